"""Builds the Word templates that lie beside the layouts: `python -m app.services.rendering.word_template`.

They hold the same paragraphs as the PDF templates, with docxtpl's tags; a user changes a copy of
one in Word. Run this again after changing it; a test compares the files with what it builds.
"""

# python-docx has types for its doors only, and no door for an indent or a shade of a table.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportPrivateUsage=false
# ruff: noqa: SLF001

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from app.paths import TEMPLATES
from app.services.rendering.word import WORD_TEMPLATE, without_traces

_HEADER = (
    (13.2, (("case_number", 0), None)),
    (13.2, (("date_assigned", 0), ("date_of_injury", 2))),
    (13.08, (("decision_date", 0), ("ur_denial_date", 2))),
    (25.8, (("priority", 0), ("application_received", 2))),
)
"""Each row's height in points, and its fields with the column of each one's label."""
_WIDTHS = (107.4, 149.52, 97.92, 123.96)
_COVER_ROWS = (
    ("cover_case_number", "letter.header.case_number"),
    ("cover_employee", "letter.cover.employee"),
    ("cover_claim_number", "letter.cover.claim_number"),
    ("cover_provider", "letter.cover.provider"),
    ("date_of_injury", "letter.header.date_of_injury"),
    ("ur_denial_date", "letter.header.ur_denial_date"),
    ("priority", "letter.header.priority"),
    ("application_received", "letter.header.application_received"),
    (
        "cover_treatments",
        "letter.cover.disputed_items|by_line if letter.cover.disputed_items "
        "else letter.issues|map(attribute='title')|join('\\n')",
    ),
)
_COVER_WIDTHS = (190.0, 278.0)


def build(layout: str) -> bytes:
    """The Word template of one of our layouts."""
    document = docx.Document()
    _set_page(document)
    _BODIES[layout](document)
    document.core_properties.title = "{{ title }}"
    file = io.BytesIO()
    document.save(file)
    return without_traces(file.getvalue())


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Pt(612), Pt(792)
    section.left_margin = section.right_margin = Pt(72)
    section.top_margin = section.bottom_margin = Pt(72)
    section.header_distance = section.footer_distance = Pt(36)
    normal = document.styles["Normal"]
    _set_style(normal, "Times New Roman", 12)
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name]
        _set_style(style, "Times New Roman", 12)
        assert isinstance(style, ParagraphStyle)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold = name == "Heading 1"
        style.paragraph_format.keep_with_next = False
    heading = document.styles["Heading 1"]
    assert isinstance(heading, ParagraphStyle)
    heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_after = Pt(6.6)


def _set_style(style: object, font: str, size: float) -> None:
    assert isinstance(style, ParagraphStyle)
    style.font.name = font
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if "heme" in str(attribute):
            del fonts.attrib[attribute]
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), font)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    style.paragraph_format.widow_control = True


def _line(document: Document, text: str = "", bold: str = "") -> Paragraph:
    """A paragraph: a bold label, then running text."""
    paragraph = document.add_paragraph()
    if bold:
        paragraph.add_run(bold).bold = True
    if text:
        paragraph.add_run(text)
    return paragraph


def _heading(document: Document, words: str) -> Paragraph:
    return document.add_heading("{{ words." + words + " }}", 1)


_LOGO_LINES = ("{%p if logo %}", "{{ logo }}", "{%p endif %}")


def _letterhead(document: Document) -> None:
    """Above the first page's text, where the letters have a logo."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Pt(47)
    header = section.first_page_header
    for line in _LOGO_LINES:
        header.add_paragraph(line)
    for words in ("letterhead", "letterhead_second"):
        paragraph = header.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(-44)
        run = paragraph.add_run("{{ words." + words + " }}")
        run.font.name, run.font.size, run.bold = "Arial", Pt(8), words == "letterhead"
    empty = header.paragraphs[0]._p
    empty.getparent().remove(empty)


def _header_table(document: Document, *, new_page: bool = False) -> None:
    top = _line(document)
    # Said of the paragraph: a break of its own would fill a page where the one before is full.
    top.paragraph_format.page_break_before = new_page
    top.paragraph_format.space_after = Pt(6.6)
    table = document.add_table(rows=len(_HEADER), cols=4, style="Table Grid")
    table.autofit = False
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "0")
    indent.set(qn("w:type"), "dxa")
    table._tblPr.append(indent)
    for column, width in enumerate(_WIDTHS):
        table.columns[column].width = Pt(width)
    for row, (height, pairs) in enumerate(_HEADER):
        table.rows[row].height = Pt(height)
        table.rows[row].height_rule = WD_ROW_HEIGHT_RULE.EXACTLY
        for column in range(4):
            table.cell(row, column).width = Pt(_WIDTHS[column])
        for pair in pairs:
            if pair is not None:
                name, column = pair
                _cell(table.cell(row, column), "{{ words." + name + " }}", label=True)
                _cell(table.cell(row, column + 1), "{{ letter.header." + name + " }}")
    _cell(table.cell(0, 2).merge(table.cell(0, 3)), "", label=True)


def _cell(cell: _Cell, text: str, *, label: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.name, run.font.size, run.bold = "Arial", Pt(11), label
    if label:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E0E0E0")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _credentials(document: Document) -> None:
    _heading(document, "made_heading")
    _line(document, "{{ words.made }}")
    _line(document)
    _line(document, "{{ words.credentials }}")
    _line(document, "{{ words.licensure }} {{ letter.reviewer.licensure }}")
    _line(document, "{{ words.specialties }} {{ letter.reviewer.specialties }}")


def _credentials_in_sentence(document: Document) -> None:
    _heading(document, "made_heading")
    _line(
        document,
        "{{ words.made_before }} {% if letter.reviewer.specialties or letter.reviewer.licensure %}"
        "{{ words.certified }} {{ letter.reviewer.specialties }}"
        "{% if letter.reviewer.subspecialties %}, {{ words.subspecialty }} "
        "{{ letter.reviewer.subspecialties }}{% endif %} and {{ words.licensed }} "
        "{{ letter.reviewer.licensure }}. {% endif %}{{ words.made_after }}",
    )


def _body(document: Document) -> None:
    _line(document)
    _heading(document, "summary_heading")
    _line(document, "{{ words.summary }}")
    _line(document)
    _line(document, "{{ letter.clinical_summary }}")
    _line(document)
    _heading(document, "issues_heading")
    _line(document, "{{ words.issues }}")
    _line(document, "{%p for issue in letter.issues %}")
    _line(document)
    title = document.add_heading("", 2)
    title.add_run("{{ issue.title }}:").bold = True
    title.add_run(" {{ issue.decision }}")
    for name in ("claims_administrator_guideline", "maximus_guideline", "rationale"):
        _line(document)
        _line(document, " {{ issue." + name + " }}", bold="{{ words." + name + " }}")
    _line(document, "{%p endfor %}")


def _form(document: Document) -> None:
    _letterhead(document)
    _form_pages(document)


def _form_pages(document: Document, *, new_page: bool = False) -> None:
    _header_table(document, new_page=new_page)
    _line(document)
    _credentials(document)
    _body(document)


def _form_2014(document: Document) -> None:
    _letterhead(document)
    _header_table(document)
    _line(document)
    _credentials_in_sentence(document)
    _body(document)


def _cover_table(document: Document) -> None:
    table = document.add_table(rows=len(_COVER_ROWS), cols=2, style="Table Grid")
    table.autofit = False
    for row, (words, value) in enumerate(_COVER_ROWS):
        for column, width in enumerate(_COVER_WIDTHS):
            table.cell(row, column).width = Pt(width)
        _cell(table.cell(row, 0), "{{ words." + words + " }}", label=True)
        _cell(table.cell(row, 1), "{{ " + value + " }}")


def _parties(document: Document) -> None:
    for line in _LOGO_LINES:
        _line(document, line)
    _heading(document, "company")
    _line(document, "{{ words.company_address|by_line }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(document)
    _line(document, "{{ letter.cover.letter_date }}")
    _line(document)
    _line(document, "{{ letter.cover.addressee|by_line }}")
    _line(document)
    _cover_table(document)
    _line(document)
    _line(document, "{{ words.salutation }}")
    _line(document)
    _line(document, bold="{{ words.determination }} {{ outcome }}")
    for text in ("meaning", "words.opening", "words.binding", "words.appeal"):
        _line(document)
        _line(document, "{{ " + text + " }}")
    _line(document)
    _closing(document)
    _form_pages(document, new_page=True)
    _line(document, "{%p if letter.cover.documents_reviewed %}")
    _heading(document, "documents_heading").paragraph_format.page_break_before = True
    _line(document, "{{ words.documents }}")
    _line(document)
    _line(document, "{{ letter.cover.documents_reviewed|by_line }}")
    _line(document, "{%p endif %}")


def _closing(document: Document) -> None:
    """The signature and the copies, which stay together on one page."""
    together = [_line(document, "{{ words.closing }}")]
    together += [_line(document) for _ in range(3)]
    together.append(_line(document, "{{ words.signature|by_line }}"))
    _line(document, "{%p if letter.cover.copies_to %}")
    together.append(_line(document))
    last = _line(document, "{{ words.copies }} {{ letter.cover.copies_to|by_line }}")
    _line(document, "{%p endif %}")
    for paragraph in together:
        paragraph.paragraph_format.keep_with_next = True
    last.paragraph_format.keep_together = True


def _plain(document: Document) -> None:
    for line in _LOGO_LINES:
        _line(document, line)
    _line(document, bold="{{ words.house }}")
    _line(document)
    _heading(document, "heading")
    for name in ("case_number", "date_assigned", "date_of_injury", "decision_date"):
        _plain_row(document, name)
    for name in ("ur_denial_date", "priority", "application_received"):
        _plain_row(document, name)
    _line(document, ": {{ letter.outcome }}", bold="{{ words.outcome }}")
    _line(document)
    _heading(document, "reviewer_heading")
    _line(document, "{{ words.reviewer }}")
    _line(document, ": {{ letter.reviewer.licensure }}", bold="{{ words.licensure }}")
    _line(document, ": {{ letter.reviewer.specialties }}", bold="{{ words.specialties }}")
    _line(document)
    _heading(document, "summary_heading")
    _line(document, "{{ letter.clinical_summary }}")
    _line(document)
    _heading(document, "issues_heading")
    _line(document, "{%p for issue in letter.issues %}")
    document.add_heading("{{ issue.title }}", 2)
    _line(document, ": {{ issue.decision }}", bold="{{ words.decision }}")
    for name in ("claims_administrator_guideline", "maximus_guideline", "rationale"):
        _line(document, ": {{ issue." + name + " }}", bold="{{ words." + name + " }}")
    _line(document)
    _line(document, "{%p endfor %}")


def _plain_row(document: Document, name: str) -> None:
    _line(document, ": {{ letter.header." + name + " }}", bold="{{ words." + name + " }}")


_BODIES: dict[str, Callable[[Document], None]] = {
    "maximus-2016": _form,
    "maximus-2015": _form,
    "maximus-2014": _form_2014,
    "parties": _parties,
    "plain": _plain,
}
LAYOUTS = tuple(_BODIES)


def main() -> None:
    """Writes the Word template of every layout of ours."""
    for layout in LAYOUTS:
        (TEMPLATES / layout / WORD_TEMPLATE).write_bytes(build(layout))


if __name__ == "__main__":
    main()
