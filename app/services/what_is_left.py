"""How much is left to do in a letter as it was read: what nobody has looked at yet.

The checks take longer than the reading: they run in the guarded process that read the letter, so
that many letters are read on all cores.
"""

from __future__ import annotations

from app.evidence import ParseResult
from app.services.check_context import check_context
from app.services.checks import check, standing
from app.services.citations import Guidelines
from app.services.letter_messages import JudgedBy
from app.services.pdf.words import PdfText
from app.services.review import State, all_statuses, open_points


def what_is_left(
    result: ParseResult, text: PdfText, by: JudgedBy, guidelines: Guidelines | None
) -> tuple[int, int]:
    """How many points are open in a letter as it was read, and how many of them are errors."""
    letter = result.letter
    context = check_context(
        by.settings,
        by.name,
        evidence=result.evidence,
        pages=text.page_texts,
        metadata=text.metadata,
        guidelines=guidelines,
    )
    findings = standing(check(letter, context), by.set_aside)
    left = open_points(all_statuses(letter, letter, result.evidence, {}, {}, findings))
    return len(left), sum(point.state is State.ERROR for point in left)
