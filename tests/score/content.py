"""A clean letter taken apart into what can be set again: header, paragraphs, runs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from app.letter import Header
from app.services.parsing import parse
from app.services.parsing.sheet import Sheet, lay_out
from app.services.pdf import PdfText

Run = tuple[str, bool]
"""A word, and whether it is bold."""


@dataclass(frozen=True)
class Paragraph:
    words: tuple[Run, ...]
    heading: bool


@dataclass(frozen=True)
class Content:
    header: tuple[tuple[str, str], ...]
    paragraphs: tuple[Paragraph, ...]


def take_apart(text: PdfText) -> Content:
    """The content of a clean letter of the 2016 form."""
    sheet = lay_out(text)
    header = parse(text).letter.header
    start = next(row.number for row in sheet.rows if row.text.startswith("HOW THE IMR"))
    return Content(_header_rows(header), tuple(_paragraphs(sheet, start)))


def _header_rows(header: Header) -> tuple[tuple[str, str], ...]:
    def day(name: str) -> str:
        return f"{getattr(header, name):%m/%d/%Y}"

    return (
        ("Case Number:", header.case_number),
        ("", ""),
        ("Date Assigned:", day("date_assigned")),
        ("Date of Injury:", day("date_of_injury")),
        ("Decision Date:", day("decision_date")),
        ("UR Denial Date:", day("ur_denial_date")),
        ("Priority:", header.priority),
        ("Application Received:", day("application_received")),
    )


def _paragraphs(sheet: Sheet, start: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    words: list[Run] = []
    heading = False
    for row in sheet.rows[start:]:
        is_heading = row.text.isupper() and sheet.bold[row.first] and row.left > 0.15
        if words and (
            heading
            or is_heading
            or sheet.breaks_before(row.first)
            or _labelled(row.text)
            or words[-1][0] == "below:"
        ):
            found.append(Paragraph(tuple(words), heading))
            words = []
        runs = [(sheet.texts[at], sheet.bold[at]) for at in range(row.first, row.last)]
        if words and not any(space in sheet.prose(row.first - 1, row.first + 1) for space in " \n"):
            words[-1] = (words[-1][0] + runs[0][0], words[-1][1])
            runs = runs[1:]
        words.extend(runs)
        heading = is_heading
    if words:
        found.append(Paragraph(tuple(words), heading))
    return found


def _labelled(text: str) -> bool:
    return text.startswith(
        (
            "Claims Administrator guideline:",
            "MAXIMUS guideline:",
            "Decision rationale:",
            "State(s) of",
            "Certification(s)/",
        )
    )


def runs(words: tuple[Run, ...]) -> list[tuple[str, bool]]:
    """Words of one look joined."""
    return [
        (" ".join(word for word, _ in group), bold)
        for bold, group in ((bold, list(each)) for bold, each in groupby(words, lambda run: run[1]))
    ]
