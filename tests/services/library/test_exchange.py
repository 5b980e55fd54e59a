from __future__ import annotations

import json
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Source
from app.services.library import Entry, EntryKind, Excerpt, Library, Section, copy_of
from app.services.library.exchange import (
    WRITTEN,
    Action,
    Format,
    apply_import,
    export_entries,
    preview_import,
    read_entries,
)
from app.services.library.names import printed
from app.services.library.values import CONTENT_FIELDS
from tests.budget import examples

EXPORTS = Path(__file__).parent / "exports"

LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20
).map(str.strip).filter(bool)  # fmt: skip
HARD = st.sampled_from(
    ["=1+1", "{", "}", "\\", '"', "@article{a,", "ER  - ", "TY  - JOUR", "é—ß", "'quoted'", "$x$", "%", "#"]
)  # fmt: skip
WORDS = LINE | HARD
LINES = st.lists(WORDS, max_size=3).map(tuple)
NOTES = st.lists(WORDS, max_size=3).map("\n".join)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
PAGE = st.none() | st.integers(1, 2000)
ENTRIES = st.builds(
    Entry,
    kind=st.sampled_from(EntryKind),
    source=st.sampled_from(Source),
    title=WORDS,
    publisher=st.just("") | WORDS,
    chapter=st.just("") | WORDS,
    edition=st.sampled_from(["", "2016", "3rd ed."]) | WORDS,
    publication_date=DAYS,
    sections=st.lists(
        st.builds(Section, name=WORDS, pages=st.sampled_from(["", "3-4"]), confirmed=st.booleans()),
        max_size=2,
    ).map(tuple),
    aliases=LINES,
    body_parts=LINES,
    first_page=PAGE,
    last_page=PAGE,
    pages_confirmed=st.booleans(),
    regulation=st.just("") | WORDS,
    effective_from=DAYS,
    effective_to=DAYS,
    authors=LINES,
    journal=st.just("") | WORDS,
    volume=st.just("") | WORDS,
    pages=st.sampled_from(["", "12", "12-34", "e12--e34"]) | WORDS,
    url=st.sampled_from(["", "https://example.org/a_b?c=%20~d"]),
    notes=NOTES,
    excerpts=st.lists(st.builds(Excerpt, text=NOTES, place=st.just("") | WORDS), max_size=2).map(
        tuple
    ),
    key=st.sampled_from(["own-1", "own-2"]),
)

STUDY = Entry(
    kind=EntryKind.STUDY,
    title="Café rest & work",
    authors=("Müller AB", "Roe C"),
    journal="Spine",
    edition="2010",
    volume="35",
    pages="1-9",
    body_parts=("low back", "knee"),
    key="own-1",
)


def content(entry: Entry) -> dict[str, object]:
    return {field: getattr(entry, field) for field in ("key", *CONTENT_FIELDS)}


@pytest.mark.parametrize("file_format", WRITTEN)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=examples(60))
@given(entries=st.lists(ENTRIES, min_size=1, max_size=3))
def test_our_own_files_lose_nothing(file_format: Format, entries: list[Entry]) -> None:
    read = read_entries(export_entries(entries, file_format), file_format)
    assert [content(one.entry) for one in read.entries] == [content(entry) for entry in entries]


@pytest.mark.parametrize("file_format", WRITTEN)
def test_the_whole_starter_library_goes_out_and_comes_in_unchanged(
    library: Library, file_format: Format
) -> None:
    data = export_entries(library.entries(), file_format)
    preview = preview_import(library, read_entries(data, file_format))
    assert preview.count(Action.SAME) == len(preview.rows) == library.count()


FOREIGN = {
    Format.BIBTEX: r"""
@article{a1,
  title = {Caf{\'e} rest \& work},
  author = {M{\"u}ller, AB and Roe, C},
  journal = "Spine", year = 2010, volume = {35}, pages = {1--9}, keywords = {low back; knee}
}
""",
    Format.RIS: "TY  - JOUR\nTI  - Café rest & work\nAU  - Müller, AB\nAU  - Roe, C\nT2  - Spine\n"
    "PY  - 2010\nVL  - 35\nSP  - 1\nEP  - 9\nKW  - low back\nKW  - knee\nER  - \n",
    Format.CSL_JSON: '[{"id": "a", "type": "article-journal", "title": "Café rest & work", "author": '
    '[{"family": "Müller", "given": "AB"}, {"family": "Roe", "given": "C"}], "container-title": '
    '"Spine", "issued": {"date-parts": [[2010, 3]]}, "volume": "35", "page": "1-9", '
    '"keyword": "low back, knee"}]',
    Format.CSV: "Title,Authors,Journal,Edition,Volume,Pages,Body parts,Kind\n"
    'Café rest & work,"Müller AB\nRoe C",Spine,2010,35,1-9,"low back\nknee",study\n',
}


@pytest.mark.parametrize("file_format", WRITTEN)
def test_reads_files_of_other_programs(file_format: Format) -> None:
    (read,) = read_entries(FOREIGN[file_format].encode(), file_format).entries
    authors = tuple(author.replace(",", "") for author in read.entry.authors)
    assert replace(read.entry, authors=authors, key="own-1") == STUDY
    assert "notes" not in read.fields


@pytest.mark.parametrize(
    ("file_format", "old", "new"),
    [
        (Format.BIBTEX, "volume = {35}", "volume = {36}"),
        (Format.RIS, "VL  - 35", "VL  - 36"),
        (Format.CSL_JSON, '"volume": "35",\n    "page"', '"volume": "36",\n    "page"'),
    ],
)
def test_a_field_another_program_changed_wins(file_format: Format, old: str, new: str) -> None:
    text = export_entries([STUDY], file_format).decode()
    assert old in text
    (read,) = read_entries(text.replace(old, new).encode(), file_format).entries
    assert read.entry == replace(STUDY, volume="36")


@pytest.mark.parametrize(
    ("file_format", "text", "words"),
    [
        (Format.CSV, "name of it,year\nA,2010\n", "no column is called “title”"),
        (Format.CSV, "", "no column"),
        (Format.BIBTEX, "only words", "no entry begins"),
        (Format.RIS, "words\n", "no entry begins"),
        (Format.CSL_JSON, "[]", "no entry begins"),
        (Format.CSL_JSON, '{"name": "A"}', "no list of references"),
        (Format.CSL_JSON, "words", "no list of references"),
    ],
)
def test_a_file_that_holds_no_references_is_refused(
    file_format: Format, text: str, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        read_entries(text.encode(), file_format)


@pytest.mark.parametrize(
    ("file_format", "text", "line", "words"),
    [
        (Format.CSV, "title,first_page\nB,1\nA,x\n", 3, "column “first_page”"),
        (Format.CSV, "title,effective_from\nA,when?\nB,\n", 2, "no date"),
        (Format.CSV, "title,kind\nA,poem\nB,study\n", 2, "column “kind”"),
        (Format.CSV, "title\nA,B\nB\n", 2, "more cells than columns"),
        (Format.CSV, "title,sections\nA,[}\nB,\n", 2, "not a list"),
        (Format.CSV, 'title,volume\nB,1\n"A"x,2\nC,3\n', 3, "not proper CSV"),
        (Format.CSV, 'title,volume\n"A"x,2\nC,3\n', 2, "not proper CSV"),
        (Format.CSV, 'title,volume\nB,1\n"A,2\nC,3\n', 3, "not proper CSV"),
        (Format.BIBTEX, "@article{b, title={B}}\n@book{b, title={x\n", 2, "never closed"),
        (Format.BIBTEX, "@article{b, title={B}}\n@book{c, year=2010}\n", 2, "no title"),
        (Format.RIS, "TI  - A\nER  - \nTY  - JOUR\nTI  - B\nER  - \n", 1, "does not begin"),
        (Format.RIS, "TY  - JOUR\nAU  - A\nER  - \nTY  - JOUR\nTI  - B\n", 1, "no title"),
        (Format.CSL_JSON, '[{"title": "B"},\n {"title": }]', 2, "damaged"),
        (Format.CSL_JSON, '[{"title": "B"},\n 3]', 2, "something else"),
        (
            Format.CSL_JSON,
            '[{"title": "B"},\n{"custom": {"imr-desk": {"title": 3}}}]',
            2,
            "damaged",
        ),
        (Format.CSL_JSON, '[{"title": "B"},\n{"title": "half \\ud800"}]', 2, "half of a character"),
        (Format.ENDNOTE, "%0 Book\n%A Doe, J.\n\n%0 Book\n%T B\n", 1, "no title"),
        (Format.PUBMED, "PMID- 1\nAU  - Doe J\n\nPMID- 21300004\nTI  - B\n", 1, "no title"),
    ],
)
def test_a_broken_record_is_told_with_its_line_and_the_others_are_read(
    file_format: Format, text: str, line: int, words: str
) -> None:
    found = read_entries(text.encode(), file_format)
    (bad,) = found.unread
    assert bad.line == line
    assert words in bad.reason
    assert all(one.entry.title in "BC" for one in found.entries)
    assert found.entries


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UserError, match="does not hold text"):
        read_entries(b"\0\1\2", Format.CSV)
    for name in ("library.docx", "EndNote.enl", "My Library.RDF"):
        with pytest.raises(UserError, match="are not read"):
            Format.of_name(name)
    with pytest.raises(UserError, match="format"):
        Format.of_name("library.zzz")
    assert Format.of_name("My Library.BIB") is Format.BIBTEX
    with pytest.raises(UserError, match="as CSV"):
        Format.of_name("References.XLSX")


@pytest.mark.parametrize("file_format", WRITTEN)
@given(data=st.binary(max_size=60) | st.text(string.printable, max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(file_format: Format, data: bytes) -> None:
    try:
        read = read_entries(data, file_format)
    except UserError:
        return
    assert all(one.line >= 1 for one in (*read.entries, *read.unread))


def test_the_preview_tells_what_will_change_and_the_import_is_one_step(library: Library) -> None:
    there = library.by_key("acoem-12-2004")
    assert there is not None
    before = library.entries()
    data = export_entries(
        [
            replace(there, notes="imported"),
            STUDY,
            replace(there, key="", title="Low Back complaints", remark="P"),
            replace(STUDY, key="own-9", title="Odd", first_page=9, last_page=2),
            before[0],
        ],
        Format.CSV,
    )
    preview = preview_import(library, read_entries(data, Format.CSV))
    assert [row.action for row in preview.rows] == [
        Action.CHANGE,
        Action.ADD,
        Action.TWICE,
        Action.REFUSE,
        Action.SAME,
    ]
    assert [(d.label, d.right) for d in preview.rows[0].differences] == [("My notes", "imported")]
    assert library.entries() == before
    only = replace(preview, rows=preview.rows[:2])
    added = apply_import(library, only)
    assert [entry.title for entry in added] == [there.title, STUDY.title]
    assert library.count() == len(before) + 1
    library.undo()
    assert library.entries() == before


def test_a_foreign_file_only_changes_the_fields_it_has(library: Library) -> None:
    saved = library.save(replace(copy_of(STUDY), notes="mine", url="https://example.org"))
    text = FOREIGN[Format.RIS].replace("VL  - 35", "VL  - 36")
    preview = preview_import(library, read_entries(text.encode(), Format.RIS))
    assert {d.field for d in preview.rows[0].differences} == {"volume", "authors"}
    apply_import(library, preview)
    assert saved.id is not None
    now = library.get(saved.id)
    assert now is not None
    assert (now.volume, now.notes, now.url) == ("36", "mine", "https://example.org")


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Rest & work, and more of it: Café rest & work"},
        {"edition": "2011"},
        {"authors": ("Someone Else",)},
    ],
)
def test_another_study_is_never_taken_for_one_that_is_there(
    library: Library, changed: dict[str, object]
) -> None:
    library.save(STUDY)
    data = export_entries([replace(STUDY, key="", **changed)], Format.RIS)
    preview = preview_import(library, read_entries(data, Format.RIS))
    assert [row.action for row in preview.rows] == [Action.ADD]


def test_a_deleted_entry_comes_back_by_import_as_itself(library: Library) -> None:
    saved = library.save(STUDY)
    assert saved.id is not None
    data = export_entries([saved], Format.CSL_JSON)
    library.delete(saved.id)
    preview = preview_import(library, read_entries(data, Format.CSL_JSON))
    assert [row.action for row in preview.rows] == [Action.ADD]
    apply_import(library, preview)
    assert library.get(saved.id) == saved


CHAPTER = Entry(
    kind=EntryKind.GUIDELINE,
    title="Shoulder & arm: relief of 50%",
    authors=(
        "van den Berg, Pieter",
        "Smithers, Alan, Jr.",
        "{Jones, Wells and Partners}",
        "et al.",
    ),
    editors=("Okafor, Chidi",),
    edition="2008",
    edition_statement="3rd",
    journal="Rehabilitation of the worker",
    pages="195-224",
    publisher="Northgate Press",
    doi="10.1000/a_b%3C(1)",
    pmid="21270001",
    issue="2",
    url="https://example.org/50%25?a=b_c",
    key="own-3",
)


def test_our_ris_says_to_others_what_it_says_to_us() -> None:
    import rispy

    article, chapter, book = rispy.loads(
        export_entries([STUDY, CHAPTER, Entry(title="Book", editors=("Doe, J",))], Format.RIS)
        .decode()
    )  # fmt: skip
    assert article["type_of_reference"] == "JOUR"
    assert article["authors"] == ["Müller, AB", "Roe, C"]
    assert chapter["type_of_reference"] == "CHAP"
    assert chapter["authors"][:2] == ["van den Berg, Pieter", "Smithers, Alan, Jr."]
    assert (chapter["doi"], chapter["secondary_authors"]) == (CHAPTER.doi, ["Okafor, Chidi"])
    assert book["type_of_reference"] == "GEN"


def test_our_bibtex_says_to_others_what_it_says_to_us() -> None:
    from pybtex.database import parse_string

    data = export_entries([STUDY, CHAPTER], Format.BIBTEX).decode()
    article, chapter = parse_string(data, "bibtex").entries.values()
    assert (article.type, chapter.type) == ("article", "incollection")
    berg, smithers, partners, others = chapter.persons["author"]
    assert (berg.prelast_names, berg.last_names) == (["van", "den"], ["Berg"])
    assert smithers.lineage_names == ["Jr."]
    assert partners.last_names == ["{Jones, Wells and Partners}"]
    assert others.last_names == ["others"]
    assert chapter.fields["doi"] == CHAPTER.doi
    assert chapter.fields["booktitle"] == CHAPTER.journal


def test_our_csl_says_to_others_what_it_says_to_us() -> None:
    (item,) = json.loads(export_entries([CHAPTER], Format.CSL_JSON))
    assert (item["type"], item["container-title"]) == ("chapter", CHAPTER.journal)
    assert item["author"][1] == {"family": "Smithers", "given": "Alan", "suffix": "Jr."}
    assert item["author"][2] == {"literal": "Jones, Wells and Partners"}
    assert (item["DOI"], item["PMID"]) == (CHAPTER.doi, CHAPTER.pmid)


@pytest.mark.parametrize("file_format", [Format.BIBTEX, Format.RIS, Format.CSL_JSON])
def test_without_our_own_part_the_fields_of_others_come_back(file_format: Format) -> None:
    text = export_entries([STUDY, CHAPTER], file_format).decode()
    if file_format is Format.CSL_JSON:
        items = json.loads(text)
        text = json.dumps([{k: v for k, v in item.items() if k != "custom"} for item in items])
    else:
        text = "".join(line for line in text.splitlines(True) if "imr-desk" not in line)
    for read, entry in zip(
        read_entries(text.encode(), file_format).entries, (STUDY, CHAPTER), strict=True
    ):
        assert not read.remarks
        authors = tuple(map(printed, read.entry.authors))
        assert authors == tuple(map(printed, entry.authors))
        assert replace(read.entry, authors=entry.authors, key=entry.key) == entry


def test_a_publication_that_is_there_is_seen_by_its_numbers(library: Library) -> None:
    saved = library.save(
        replace(copy_of(STUDY), doi="10.1000/ABC.1", pmid="21270001", authors=("Müller, Anna",))
    )
    text = (
        "TY  - JOUR\nTI  - Cafe rest and work\nAU  - Mueller, A\nPY  - 2011\nDO  - {}\n"
        "C2  - {}\nER  - \n"
    )
    for doi, pmid, action in (
        ("https://doi.org/10.1000/abc.1", "", Action.CHANGE),
        ("", "21270001", Action.CHANGE),
        ("10.1000/abc.2", "", Action.ADD),
        ("", "21270002", Action.ADD),
    ):
        data = text.format(doi, pmid).encode()
        (row,) = preview_import(library, read_entries(data, Format.RIS)).rows
        assert row.action is action
        assert row.entry.id == (saved.id if action is Action.CHANGE else None)


def test_one_doi_of_a_whole_book_makes_its_chapters_no_twins(library: Library) -> None:
    text = "".join(
        f"TY  - CHAP\nTI  - {title}\nT2  - Book\nDO  - 10.1000/book\nER  - \n"
        for title in ("Wrist fractures", "Opioid tapering")
    )
    preview = preview_import(library, read_entries(text.encode(), Format.RIS))
    assert [row.action for row in preview.rows] == [Action.ADD, Action.ADD]


TWINS = """@article{a, title={Editorial}, author={Doe, J.}, journal={Spine}, year=2010, volume=3, pages={1}}
@article{b, title={Editorial}, author={Doe, Jane}, journal={Spine}, year=2010, volume=3, pages={99}}
@article{c, title={Editorial}, author={Doe, J.}, journal={Spine}, year=2010, volume=3, pages={1}, note={x}}
@article{d, title={Pain}, author={Roe, R.}, year=2011, doi={10.1000/d}}
@article{e, title={Pain!}, author={Roe, Richard}, year=2011, doi={https://doi.org/10.1000/D}}
"""


def test_the_same_file_again_changes_nothing(library: Library) -> None:
    found = read_entries(TWINS.encode(), Format.BIBTEX)
    first = preview_import(library, found)
    actions = [row.action for row in first.rows]
    assert actions == [Action.ADD, Action.ADD, Action.TWICE, Action.ADD, Action.TWICE]
    assert any("line 1" in remark for remark in first.rows[2].remarks)
    apply_import(library, first)
    count = library.count()
    again = preview_import(library, found)
    assert [row.action for row in again.rows] == [
        *(Action.SAME, Action.SAME, Action.TWICE, Action.SAME, Action.TWICE)
    ]
    apply_import(library, again)
    assert library.count() == count


def test_each_export_comes_in_once_and_our_own_has_no_remarks(library: Library) -> None:
    for path in sorted(EXPORTS.iterdir()):
        found = read_entries(path.read_bytes(), Format.of_name(path.name))
        apply_import(library, preview_import(library, found))
        again = preview_import(library, found)
        assert not again.count(Action.ADD) + again.count(Action.CHANGE), path.name
    entries = library.entries()
    for file_format in WRITTEN:
        own = read_entries(export_entries(entries, file_format), file_format)
        back = preview_import(library, own)
        assert back.count(Action.SAME) == len(back.rows) == len(entries)
        assert not any(row.remarks or row.left_out for row in back.rows)


def test_a_table_of_ours_from_a_spreadsheet_of_another_country_is_read() -> None:
    text = "sep=;\nTitle;Kind;Effective from;Notes\nA;mtus;03/05/2014;x\nB;study;41703;y\nC;mtus;5.3.2014;z\n"
    found = read_entries(text.encode(), Format.CSV)
    may, march = date(2014, 5, 3), date(2014, 3, 5)
    assert [one.entry.effective_from for one in found.entries] == [may, march, march]
    assert ["day before the month" in "".join(one.remarks) for one in found.entries] == [
        *(True, False, False)
    ]


def test_a_very_long_note_comes_back() -> None:
    entry = replace(STUDY, notes="n" * 400_000)
    (one,) = read_entries(export_entries([entry], Format.CSV), Format.CSV).entries
    assert one.entry.notes == entry.notes
