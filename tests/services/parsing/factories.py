"""Pages of words without a PDF: what the parser sees, made from rows of text."""

from __future__ import annotations

from collections.abc import Sequence

from app.evidence import ParseResult
from app.letter import FieldId
from app.services.pdf import PdfPage, PdfText, Word

_CHARACTER, _STEP, _LEFT, _TOP = 0.0085, 0.0175, 0.118, 0.1


def page_of(rows: Sequence[str], number: int = 1, top: float = _TOP) -> PdfPage:
    """A page of rows from the top down. An empty row is white space; `*word*` is bold."""
    words: list[Word] = []
    bold = False
    for line, row in enumerate(rows):
        x = _LEFT
        y = top + line * _STEP
        for text in row.split():
            if text.startswith("*"):
                bold = True
            ends = text.endswith("*")
            bare = text.strip("*")
            width = len(bare) * _CHARACTER
            words.append(Word(bare, (x, y, min(x + width, 1.0), y + 0.016), bold, line))
            x += width + _CHARACTER * 0.5
            if ends:
                bold = False
    return PdfPage(number, 612.0, 792.0).with_words(words)


def text_of(*pages: Sequence[str], name: str = "") -> PdfText:
    """A letter of pages of rows."""
    made = tuple(page_of(rows, number) for number, rows in enumerate(pages, start=1))
    return PdfText(pages=made, has_text=any(page.texts for page in made), name=name)


TOP = (
    "*Case Number:* CM16-0200009",
    "*Date Assigned:* 10/20/2016 *Date of Injury:* 03/08/2016",
    "*Decision Date:* 11/18/2016 *UR Denial Date:* 10/07/2016",
    "*Priority:* Standard *Application* 10/17/2016",
    "*Received:*",
    "",
    "*HOW THE IMR FINAL DETERMINATION WAS MADE*",
    "MAXIMUS Federal Services sent the complete case file to an expert reviewer.",
    "",
    "The Expert Reviewer has the following credentials:",
    "State(s) of Licensure: California",
    "Certification(s)/Specialty: Family Practice",
    "",
    "*CLINICAL CASE SUMMARY*",
    "The expert reviewer developed the following clinical case summary based on a review of the",
    "case file, including all medical records:",
    "",
)
SUMMARY = ("The injured worker is a 47-year-old female injured on 03/08/2016.",)
LEAD = (
    "",
    "*IMR ISSUES, DECISIONS AND RATIONALES*",
    "The Final Determination was based on decisions for the disputed items/services set forth below:",
    "",
)


def issue_of(
    title: str = "*MRI of the lumbar spine:* Upheld",
    claims: str = "Decision based on MTUS Low Back Complaints 2004.",
    maximus: str = "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies.",
    rationale: str = "No red flag is documented. The request is not medically necessary.",
) -> tuple[str, ...]:
    """The rows of one issue."""
    return (
        title, "",
        f"*Claims Administrator guideline:* {claims}", "",
        f"*MAXIMUS guideline:* {maximus}", "",
        f"*Decision rationale:* {rationale}", "",
    )  # fmt: skip


def letter_of(*issues: Sequence[str], summary: Sequence[str] = SUMMARY, name: str = "") -> PdfText:
    """A whole letter of one page."""
    rows = [*TOP, *summary, *LEAD]
    for issue in issues or (issue_of(),):
        rows.extend(issue)
    return text_of(rows, name=name)


def doubt(result: ParseResult, name: str, issue: int | None = None) -> str:
    """Why a field is doubtful, or nothing."""
    seen = result.evidence.get(FieldId(name, issue))
    return (seen.doubt or "") if seen else ""
