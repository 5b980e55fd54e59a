"""How a citation prints its authors."""

from __future__ import annotations

import pytest

from app.services.library import printed_all
from app.services.library.exchange import Format, read_entries


@pytest.mark.parametrize(
    ("authors", "printed"),
    [
        ((), ""),
        (("Doe, Jane Beth",), "Doe JB"),
        (("Doe, Jane", "Roe, Richard", "Moe, Max"), "Doe J, Roe R, Moe M"),
        (("Doe, Jane", "Roe, R.", "Moe, M", "Poe, P"), "Doe J, Roe R, Moe M, et al."),
        (("Doe, Jane", "et al."), "Doe J, et al."),
        (("Doe, Jane", "others"), "Doe J, et al."),
        (("Doe, A", "Roe, B", "Moe, C", "et al."), "Doe A, Roe B, Moe C, et al."),
        (("et al.",), ""),
        (("van den Berg, Pieter J.",), "van den Berg PJ"),
        (("de la Cruz, María-José",), "de la Cruz MJ"),
        (("Smithers, Alan, Jr.",), "Smithers A Jr"),
        (("Smithers, III, Alan",), "Smithers A III"),
        (("Doe AB", "Roe CD Jr"), "Doe AB, Roe CD Jr"),
        (("{Jones, Wells and Partners}", "Doe, Jane"), "Jones, Wells and Partners, Doe J"),
        (("World Health Organization",), "World Health Organization"),
        (("O'Neill, Tip",), "O'Neill T"),
    ],
)
def test_authors_are_printed_as_the_style_says(authors: tuple[str, ...], printed: str) -> None:
    assert printed_all(authors) == printed


MENDELEY = """"Citation Key","Type","Title","Authors","Year","Source","Volume","Issue","Pages","Publisher","Editors","Identifiers","Websites","Keywords","Read","Starred","Created","Last Modified"
"Doe2012","journal","Braces for the knee: a trial","Doe, Jane B.; van den Berg, Pieter; Smithers, Alan, Jr.","2012","Example Journal","12","3","101-109","","","doi:10.1000/xyz123; pmid:12345678","http://www.example.org/a; http://www.example.org/b","knee; brace","true","false","2019-03-01T10:00:00.000Z","2019-03-02"
"Roe2015","book_section","Sleep","Roe, Ann","2015","The Book of Rest","","","7-9","Example Press","Moe, Bob","","","","","","",""
"""
MENDELEY_RECORDS = """title,type,authors,year,source,volume,pages,identifiers,websites,last_modified
Braces for the knee: a trial,journal,"[{'first_name': 'Jane B.', 'last_name': 'Doe'}, {'first_name': 'Pieter', 'last_name': 'van den Berg'}, {'last_name': 'Example Group'}]",2012,Example Journal,12,101-109,"{'doi': '10.1000/xyz123', 'pmid': '12345678'}",['http://www.example.org/a'],2019-03-02
"""


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        (MENDELEY, ("Doe, Jane B.", "van den Berg, Pieter", "Smithers, Alan, Jr.")),
        (MENDELEY_RECORDS, ("Doe, Jane B.", "van den Berg, Pieter", "Example Group")),
    ],
)
def test_a_table_with_the_columns_of_mendeley_is_read(text: str, authors: tuple[str, ...]) -> None:
    first, *rest = read_entries(text.encode(), Format.CSV).entries
    entry = first.entry
    assert (entry.kind.value, entry.authors, entry.journal) == ("study", authors, "Example Journal")
    assert (entry.volume, entry.pages, entry.edition) == ("12", "101-109", "2012")
    assert (entry.doi, entry.pmid) == ("10.1000/xyz123", "12345678")
    assert entry.url == "http://www.example.org/a"
    assert (first.left_out, first.remarks) == ((), ())
    for one in rest:
        assert (one.entry.kind.value, one.entry.journal) == ("guideline", "The Book of Rest")
        assert one.entry.editors == ("Moe, Bob",)
