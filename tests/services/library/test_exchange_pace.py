"""Files made to keep a reader busy: each is read or told, and any reading can be stopped."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.services.library.exchange import Format, Pace, Stopped, read_entries
from app.services.library.exchange.markup import from_latex
from app.services.library.exchange.pace import check_size

GOOD = "@article{good, title={Rest}, author={Doe, Ann}, year=2014}\n"


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("title={%s}" % ("$ " * 40_000), "more LaTeX"),
        ("title={%s}" % ("$" * 100_000), "more LaTeX"),
        ("title={%s}" % ("\\(" * 40_000), "more LaTeX"),
        ("title={%s}" % ("\\alpha " * 20_000), "more LaTeX"),
        ("title={%s}" % ("<sup>" * 30_000), "no title"),
        ("title={Sleep}, journal=a59", "what the macro “a59” stands for"),
    ],
)
def test_one_endless_field_is_told_and_the_others_are_read(field: str, reason: str) -> None:
    macros = "@string{a0={ab}}\n" + "".join(
        f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 60)
    )
    found = read_entries(f"{macros}@book{{k, {field}}}\n{GOOD}".encode(), Format.BIBTEX)
    assert "Rest" in [one.entry.title for one in found.entries]
    told = [bad.reason for bad in found.unread] + [r for one in found.entries for r in one.remarks]
    assert any(reason in words for words in told), told


def test_each_of_many_damaged_items_is_told_with_its_line() -> None:
    items = ['{"title": "Sleep" "type": "book"}' for _ in range(5_000)]
    items[17] = '{"title": "' + "long " * 20_000 + '", "type": "book"}'
    items[18] = '{"title": ' + "1" * 5_000 + "}"
    found = read_entries(("[" + ",\n".join(items) + "]").encode(), Format.CSL_JSON)
    assert [one.line for one in found.entries] == [18]
    assert [bad.line for bad in found.unread] == [n for n in range(1, 5_001) if n != 18]


@pytest.mark.parametrize("file_format", Format)
def test_reading_ends_when_it_is_not_wanted_or_its_time_is_up(file_format: Format) -> None:
    text = {
        Format.CSV: "Title,Year\nRest,2014\n",
        Format.BIBTEX: GOOD,
        Format.RIS: "TY  - JOUR\nTI  - Rest\nER  - \n",
        Format.CSL_JSON: '[{"title": "Rest"}]',
        Format.ENDNOTE: "%0 Book\n%T Rest\n",
        Format.ENDNOTE_XML: "<xml><records><record><titles><title>Rest</title></titles></record>",
        Format.PUBMED: "PMID- 123456\nTI  - Rest\n",
        Format.SCIENCE: "FN Web\nPT J\nTI Rest\nER\n\nEF\n",
        Format.REFWORKS: "RT Journal Article\nT1 Rest\n",
    }[file_format]
    assert read_entries(text.encode(), file_format).entries
    with pytest.raises(Stopped):
        read_entries(text.encode(), file_format, pace=Pace(lambda: False))
    with pytest.raises(UserError, match="cannot be read in 0 seconds"):
        read_entries(text.encode(), file_format, pace=Pace(seconds=0))


def test_pages_of_any_length_are_read() -> None:
    for pages in ("1" * 50_000, "1-" * 20_000, "9" * 6_000 + "-" + "1" * 5_000):
        text = f"@article{{k, title={{Rest}}, pages={{{pages}}}}}"
        (one,) = read_entries(text.encode(), Format.BIBTEX).entries
        assert one.entry.pages.startswith(pages[:9])


def test_a_file_larger_than_any_library_is_refused() -> None:
    with pytest.raises(UserError, match="larger than 0 MB"):
        check_size(b"x" * 101, most=100)


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        ("{\\'E}tudes on M{\\\"u}ller's Gr\\\"o\\ss{}e", "Études on Müller's Größe"),
        ("{MRI} of the {\\v S}pine --- 2--3", "MRI of the Špine — 2–3"),
        ("\\'{\\i}ndex \\& \\c{c}a, 50% or 50\\%", "índex & ça, 50% or 50%"),
        ("{\\aa}lesund \\o{}re \\~n", "ålesund øre ñ"),
    ],
)
def test_accents_alone_are_read_as_with_commands_beside_them(latex: str, words: str) -> None:
    assert from_latex(latex) == words
    assert from_latex(f"{latex} $x$") == f"{words} x"


@pytest.mark.parametrize(
    ("printed", "pages"),
    [("101-9", "101-109"), ("101--109", "101-109"), ("R583-6", "R583-6"), ("-423", "423"), ("8n11564-8n1568", "8n11564-8n1568")],
)  # fmt: skip
def test_pages_are_written_out_where_both_are_numbers(printed: str, pages: str) -> None:
    text = f"@article{{k, title={{Rest}}, pages={{{printed}}}}}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert one.entry.pages == pages
