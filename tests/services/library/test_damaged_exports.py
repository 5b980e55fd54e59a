"""Files with a fault in the midst: it costs the record it is in, and nothing is lost in silence."""

from __future__ import annotations

import pytest

from app.services.library.exchange import Format, Found, read_entries


def titles(found: Found) -> list[str]:
    return [one.entry.title for one in found.entries]


@pytest.mark.parametrize(
    ("damaged", "line"),
    [
        ('{"id": "two", "title": "Wri', 3),
        ('{"id": "two", "title": "Wrist", "author": [{"family": "Ode", "given": "T"}]', 4),
        ('{"id": "two", "title": "Wrist", "author": [{"family": "Ode" "given": "T"}]}', 3),
        ('{"title": "Wrist", "issued": {"date-parts": [[2009,]]}}', 3),
    ],
)
def test_a_damaged_item_of_json_costs_no_neighbour(damaged: str, line: int) -> None:
    whole = '{"author": [{"family": "Ode", "given": "T"}], "title": "%s", "type": "book"}'
    items = [whole % "Ankle", damaged, whole % "Elbow", whole % "Spine"]
    found = read_entries(("[\n" + ",\n".join(items) + "\n]").encode(), Format.CSL_JSON)
    assert titles(found) == ["Ankle", "Elbow", "Spine"]
    assert [bad.line for bad in found.unread] == [line]


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "Ankle", "type": "book"}\n{"title": "Elbow", "type": "book"}\n',
        '[{"title": "Ankle", "type": "book"}]\n[{"title": "Elbow", "type": "book"}]',
    ],
)
def test_references_one_after_another_are_read_where_no_list_holds_them(text: str) -> None:
    assert titles(read_entries(text.encode(), Format.CSL_JSON)) == ["Ankle", "Elbow"]


def test_the_mark_of_a_file_that_was_joined_to_another_is_no_word() -> None:
    record = "\ufeffTY  - JOUR\nTI  - %s\nER  - \n"
    found = read_entries((record % "Ankle" + record % "Elbow").encode(), Format.RIS)
    assert (titles(found), found.unread) == (["Ankle", "Elbow"], ())


def test_behind_a_damaged_row_cells_of_several_lines_are_read_on() -> None:
    rows = [f'"Knee {n}","A trial.\nIt ""helped"", mostly","19{n}"' for n in range(80, 90)]
    rows[3] = rows[3].partition("\n")[0]
    text = "\r\n".join(['"Title","Abstract","Year"', *rows])
    found = read_entries(text.encode(), Format.CSV)
    assert titles(found) == [f"Knee {n}" for n in range(80, 90) if n != 83]
    assert [bad.line for bad in found.unread] == [8]


def test_rows_behind_a_damaged_one_that_are_all_too_short_are_told() -> None:
    text = 'Title,Authors,Year\nKnee,"Ode, T,1999\nHip,Roe\nFoot,Doe\n'
    found = read_entries(text.encode(), Format.CSV)
    assert [bad.line for bad in found.unread] == [2, 3]
    assert "to the end" in found.unread[1].reason


@pytest.mark.parametrize(
    "fields",
    [
        "title = {Knee} author = {Ode, T.}, year = 1999",
        'title = "Knee" author = "Ode, T.", year = 1999',
        "year = 1999 title = {Knee}, author = {Ode, T.}",
        "title = {Knee}, journal = jpain volume = {3}",
    ],
)
def test_a_missing_comma_makes_no_title_of_two_fields(fields: str) -> None:
    good = "@book{b, title = {a = {b} in formulas}, author = {Roe, A.}, year = 2001}"
    found = read_entries(f"@article{{a, {fields}}}\n{good}".encode(), Format.BIBTEX)
    assert titles(found) == ["a = b in formulas"]
    assert ["comma" in bad.reason for bad in found.unread] == [True]


def test_a_command_that_is_not_known_leaves_a_gap_and_is_told() -> None:
    text = r"@book{a, title = {The knee\nosuchsign{}after\thissign falls}, year = 2001}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert one.entry.title == "The knee after falls"
    assert ["nosuchsign" in told for told in one.remarks] == [True, False]
    text = r"@book{a, title = {Sp\nosuchring{u}re is one word}, year = 2001}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert (one.entry.title, len(one.remarks)) == ("Spure is one word", 1)
    text = r"@book{a, title = {A view\Dash with {\LaTeX} and \texttt{words}}, year = 2001}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert (one.entry.title, one.remarks) == ("A view—with LaTeX and words", ())


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Relief for $40 and $60 a visit", "Relief for $40 and $60 a visit"),
        ("Between $80$ and $100\\,\\mathrm{K}$", "Between 80 and 100 K"),
        ("Gaps of $0.5\\,\\mu m$ and $0.9\\,\\mu m$", "Gaps of 0.5 µm and 0.9 µm"),
    ],
)
def test_a_formula_goes_with_its_own_end_and_money_is_none(written: str, title: str) -> None:
    found = read_entries(f"@book{{a, title = {{{written}}}, year = 2001}}".encode(), Format.BIBTEX)
    assert [one.replace("μ", "µ").replace("µ m", "µm") for one in titles(found)] == [title]


def test_a_name_of_three_parts_that_begins_with_a_particle_is_one() -> None:
    text = "@book{a, title = {T}, author = {von Berg, Freiherr, Karl Maria and Roe, B.}}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert one.entry.authors == ("von Berg, Karl Maria, Freiherr", "Roe, B.")
