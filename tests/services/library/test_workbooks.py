"""Spreadsheets as Excel and LibreOffice write them: days, numbers, sheets, texts of several parts.

The files in `spreadsheets` were written by XlsxWriter, which writes what Excel does, and openpyxl.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.services.citations.drug_values import Status
from app.services.library.drug_file import read_drug_list
from app.services.library.workbooks import read_workbook

FOLDER = Path(__file__).parent / "spreadsheets"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(sheet: str, *, shared: str = "", styles: str = "", workbook: str = "") -> bytes:
    """A workbook of these parts; what is not given is left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/worksheets/sheet1.xml", f"<worksheet {MAIN}>{sheet}</worksheet>")
        if shared:
            packed.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{shared}</sst>")
        if styles:
            packed.writestr("xl/styles.xml", f"<styleSheet {MAIN}>{styles}</styleSheet>")
        if workbook:
            packed.writestr("xl/workbook.xml", f"<workbook {MAIN}>{workbook}</workbook>")
    return file.getvalue()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.xlsx")), ids=lambda path: path.stem)
def test_the_drug_list_is_read_from_what_spreadsheet_programs_write(path: Path) -> None:
    found = read_drug_list(path.read_bytes(), "list.xlsx")
    assert (found.drugs.version, found.drugs.effective_from) == ("13", date(2025, 8, 6))
    assert [
        (one.ingredient, one.status, one.special_fill, one.perioperative_fill)
        for one in found.drugs.rows
    ] == [
        ("Acetaminophen", Status.EXEMPT, None, None),
        ("Baclofen", Status.NON_EXEMPT, 4, 4),
        ("Ketorolac tromethamine", Status.NON_EXEMPT, 4, 4),
        ("Diclofenac sodium (gel 1%)", Status.EXEMPT, None, None),
    ]
    assert found.refused == ()


LIBRE_STYLES = (
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="General"/>'
    '<numFmt numFmtId="165" formatCode="[$-409]d\\-mmm\\-yy;@"/></numFmts>'
    '<cellStyleXfs count="1"><xf numFmtId="165"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
)


def test_what_libreoffice_draws_below_and_beside_a_table_is_none_of_it() -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="1" t="n">'
        '<v>45875</v></c><c r="AMJ1" s="0"/></row>'
        '<row r="3" customFormat="false"><c r="A3" s="0" t="str"><f aca="false">A1</f><v>a  b</v></c>'
        '<c r="C3" s="0" t="b"><v>1</v></c><c r="D3" s="0" t="n"><v>4.5</v></c></row>'
        '<row r="1048576" ht="12.8"/></sheetData>'
    )
    shared = '<si><t xml:space="preserve">Exempt </t></si>'
    (rows,) = read_workbook(book(sheet, shared=shared, styles=LIBRE_STYLES))
    assert rows == [["Exempt", "2025-08-06"], [], ["a b", "", "Yes", "4.5"]]


def test_a_number_is_a_day_only_where_its_cell_shows_one() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="&quot;day &quot;0"/>'
        '<numFmt numFmtId="171" formatCode="yyyy\\-mm\\-dd"/>'
        '<numFmt numFmtId="172" formatCode="[Red]0.00"/></numFmts><cellXfs>'
        + "".join(f'<xf numFmtId="{n}"/>' for n in (0, 14, 170, 171, 172))
        + "</cellXfs>"
    )
    cells = "".join(f'<c s="{style}"><v>45875</v></c>' for style in range(5))
    (rows,) = read_workbook(book(f"<sheetData><row>{cells}</row></sheetData>", styles=styles))
    assert rows == [["45875", "2025-08-06", "45875", "2025-08-06", "45875"]]


def test_how_a_text_is_read_aloud_is_no_part_of_it() -> None:
    sheet = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    shared = "<si><r><t>Ty</t></r><r><t>lenol</t></r><rPh sb='0' eb='1'><t>tailenoru</t></rPh></si>"
    assert read_workbook(book(sheet, shared=shared)) == [[["Tylenol"]]]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 cut off",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        book('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'),
        book('<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>'),
        book('<sheetData><row r="99999999"><c r="A1"><v>7</v></c></row></sheetData>'),
        book("<sheetData>"),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UserError, match="spreadsheet"):
        read_drug_list(data, "list.xlsx")
