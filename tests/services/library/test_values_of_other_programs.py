"""Single values as other programs write them: names, dates, numbers, LaTeX; read right or told."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.library.exchange import Format, read_entries


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("journal = nowhere", "macro “nowhere”"),
        ("title = {Pain \\strangesign more}", "\\strangesign"),
        ("doi = {see web}", "“see web” is no DOI"),
        ("year = {soon}", "“soon” is no year"),
    ],
)
def test_a_value_of_bibtex_that_cannot_be_right_is_told(line: str, doubt: str) -> None:
    text = f"@article{{a, {line}, title = {{Pain}}, author = {{Doe, J.}}}}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert any(doubt in words for words in one.remarks)


@pytest.mark.parametrize(
    ("written", "read_as", "doubt"),
    [
        (r"Mu\~noz, J. and Nu\~{n}ez, B. and S{\~a}o, C.", ("Muñoz, J.", "Nuñez, B.", "São, C."), ""),
        ("Office for Work and Health", ("Office for Work and Health",), "as one author"),
        ("College of Work and Home Medicine", ("College of Work", "Medicine, Home"), "as two authors"),
        ("{College of Work and Home Medicine}", ("College of Work and Home Medicine",), ""),
        ("Jane Roe and Ann Doe", ("Roe, Jane", "Doe, Ann"), ""),
        ("Board of Care and others", ("Board of Care", "et al."), ""),
        ("Roe, Jane; Doe, Ann", ("Roe, Jane", "Doe, Ann"), ""),
        ("Roe, J.A., Doe, A.", ("Roe, J.A.", "Doe, A."), ""),
        ("Roe JB, van der Meer PJ, Doe B", ("Roe JB", "van der Meer PJ", "Doe B"), ""),
        ("Roe JB and Kai LI", ("Roe JB", "Kai LI"), "family name and initials"),
        ("Jane Roe, Ann Doe, and Eve Poe", ("Roe, Jane", "Doe, Ann", "Poe, Eve"), ""),
        ("King, Martin Luther, Jr.", ("King, Martin Luther, Jr.",), ""),
        ("Roe, Jane, Doe, Ann", ("Roe, Jane, Doe, Ann",), "as one author"),
    ],
)  # fmt: skip
def test_names_without_braces(written: str, read_as: tuple[str, ...], doubt: str) -> None:
    text = f"@misc{{a, author = {{{written}}}, title = {{Pain}}, year = 2010}}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert one.entry.authors == read_as
    assert any(doubt in words for words in one.remarks) if doubt else one.remarks == ()


@pytest.mark.parametrize(
    ("divider", "cells", "days", "unsure"),
    [
        (",", ("01/12/2017", "4/18/2019"), (date(2017, 1, 12), date(2019, 4, 18)), 0),
        (",", ("01/12/2017", "18/04/2019"), (date(2017, 12, 1), date(2019, 4, 18)), 0),
        (";", ("01-12-2017", "18-04-2019"), (date(2017, 12, 1), date(2019, 4, 18)), 0),
        (",", ("01/12/2017", "02/02/2019"), (date(2017, 1, 12), date(2019, 2, 2)), 1),
        (";", ("01/12/2017", "02/02/2019"), (date(2017, 12, 1), date(2019, 2, 2)), 1),
        (",", ("18/04/2019", "4/18/2019", "3/4/2019"), (date(2019, 4, 18), date(2019, 4, 18), date(2019, 3, 4)), 1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["date", "effective_from"])
def test_one_date_of_a_file_tells_which_part_of_all_is_the_day(
    divider: str, cells: tuple[str, ...], days: tuple[date, ...], unsure: int, column: str
) -> None:
    rows = "".join(f"Pain {at}{divider}{cell}\n" for at, cell in enumerate(cells))
    found = read_entries(f"title{divider}{column}\n{rows}".encode(), Format.CSV)
    field = "publication_date" if column == "date" else column
    assert tuple(getattr(one.entry, field) for one in found.entries) == days
    told = [words for one in found.entries for words in one.remarks if "goes first" in words]
    assert len(told) == unsure


@pytest.mark.parametrize(
    ("written", "read_as", "told"),
    [
        (r"Decay of \$\textasciicircum 32\${{P}} in bone", "Decay of ³²P in bone", True),
        (r"Uptake of {{Na}}\$\_\{x\}\${{F}}", "Uptake of NaxF", True),
        (r"Uptake of {{Na}}\_\{x\}{{F}}", "Uptake of NaxF", True),
        (r"\{\{\vphantom{\}\}}{{Disc}}\vphantom\{\}\vphantom\{\}\textbackslash{}textemdash{} nerve",
         "Disc—nerve", True),
        (r"Pain after J{\"o}rgen \textbackslash{}AArnes", "Pain after Jörgen Årnes", True),
        (r"$\Delta$$\Sigma$ values and $$\beta$$ blockers", "ΔΣ values and β blockers", False),
        (r"The clinic of Ia\textcommabelow{s}i and Tu\textcommabelow t", "The clinic of Iași and Tuț", False),
        (r"Costs of \$5 to \$10 a day, 50\% less", "Costs of $5 to $10 a day, 50% less", False),
        (r"Files in C:\textbackslash{}records\textbackslash{}alpha", "Files in C:\\records\\alpha", False),
        (r"Sets \{a, b\} of \$3", "Sets {a, b} of $3", False),
        (r"A brace for $90 and not $900, at 10$^{-3}$5", "A brace for $90 and not $900, at 10⁻³5", False),
        (r"A fee of $12 \& more", "A fee of $12 & more", False),
    ],
)  # fmt: skip
def test_latex_that_was_escaped_once_too_often_is_read_and_told(
    written: str, read_as: str, told: bool
) -> None:
    text = f"@book{{a, author = {{Doe, J.}}, title = {{{written}}}, year = 2010}}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert one.entry.title == read_as
    assert [words for words in one.remarks if "within LaTeX" in words] == [
        "In the title, LaTeX stood within LaTeX; it was read twice."
    ] * told


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        (r"pages = {12 (3), \ppno\space 40-48 \addsemicolon\space 12 (4), \ppno\space 7-9}", "pages",
         "12 (3), 40-48 ; 12 (4), 7-9"),
        (r"pages = {40~--~48}", "pages", "40-48"),
    ],
)  # fmt: skip
def test_pages_with_the_commands_of_styles(line: str, field: str, value: str) -> None:
    text = f"@article{{a, title = {{Pain}}, author = {{Doe, J.}}, year = 2010, {line}}}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert getattr(one.entry, field) == value


@pytest.mark.parametrize("line", [r"year = {\bibstring{nodate}}", "year = {in print}"])
def test_a_year_that_is_none_is_told_of_a_book_too(line: str) -> None:
    text = f"@book{{a, title = {{Pain}}, author = {{Doe, J.}}, {line}}}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert any("is no year" in words for words in one.remarks)


@pytest.mark.parametrize("field", ["publisher", "pages", "journal", "note"])
def test_an_unknown_command_is_told_wherever_it_stands(field: str) -> None:
    text = f"@misc{{a, title = {{Pain}}, author = {{Doe, J.}}, {field} = {{1 \\oddsign 2}}}}"
    (one,) = read_entries(text.encode(), Format.BIBTEX).entries
    assert any("\\oddsign" in words for words in one.remarks)


def test_entries_without_a_key_take_nothing_of_one_another() -> None:
    text = """@article{, author = {Adler, K.}, title = {Pain at work}, volume = {3}, journal = {Spine}}
    @book{, editor = {Baum, T.}, title = {The back}, publisher = {Lark}}
    @article{, author = {Cole, U.}, title = {Weakness}, crossref = {}}"""
    found = read_entries(text.encode(), Format.BIBTEX).entries
    assert [(one.entry.title, one.entry.journal, one.entry.volume) for one in found] == [
        ("Pain at work", "Spine", "3"),
        ("The back", "", ""),
        ("Weakness", "", ""),
    ]


@pytest.mark.parametrize(
    ("text", "name", "field", "value"),
    [
        ("@article{a, title={Rest}, doi={10.1000/(SICI)10{\\textless}7{\\textgreater}3.0{\\_}x}}",
         "a.bib", "doi", "10.1000/(SICI)10<7>3.0_x"),
        ("@article{a, title={Rest}, doi={10.1000/a$<$7$>$b}}", "a.bib", "doi", "10.1000/a<7>b"),
        ("PMID- 21300004\nTI  - Rest.\nFAU - Ode, Tom\nAU  - Ode T\nCN  - Rest Study Group\n"
         "FAU - Roe, Ann\nAU  - Roe A\n", "a.nbib", "authors",
         ("Ode, Tom", "Rest Study Group", "Roe, Ann")),
        ("Titel;Band;Heft;PMID\nRest;31,0;4,00;21300004,0\n", "a.csv", "volume", "31"),
        ("Titel;Band\nRest;31,000\n", "a.csv", "volume", "31,000"),
        ("TY  - JOUR\nTI  - Rest\nAU  - Ode, T; Roe, A\nER  - \n", "a.ris", "authors",
         ("Ode, T", "Roe, A")),
        ("ty  - JOUR\nti  - Rest\nau  - Ode, T\ner  - \n", "a.ris", "authors", ("Ode, T",)),
        ('Title,Author,Year\nRest,"Le Goff, Ann L.",2011\n', "a.csv", "authors", ("Le Goff, Ann L.",)),
        ('Author; Title; Year\nOde, T; "Rest; and more"; 2011\n', "a.csv", "title", "Rest; and more"),
        ("Title,Date\nRest,20110714\n", "a.csv", "publication_date", date(2011, 7, 14)),
        ("Title,Date\nRest,20111714\n", "a.csv", "publication_date", None),
        ("Item Title,Publication Title,Item DOI\nRest,Spine,10.1000/x\n", "a.csv", "journal", "Spine"),
    ],
)  # fmt: skip
def test_what_single_programs_write(text: str, name: str, field: str, value: object) -> None:
    (one,) = read_entries(text.encode(), Format.of_name(name)).entries
    assert getattr(one.entry, field) == value
    assert one.entry.title.startswith("Rest")


def test_names_that_run_together_are_told() -> None:
    text = "Title,Authors\nRest,Tom OduyaAnn Roe\nMore rest,Tom McArdle\n"
    told = [one.remarks for one in read_entries(text.encode(), Format.CSV).entries]
    assert told == [("“Tom OduyaAnn Roe” was read as one author.",), ()]
