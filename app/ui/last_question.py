"""Whether the field in hand asks the last question of the letter: its answer ends the letter."""

from __future__ import annotations

from app.letter import FieldId, get_value
from app.services.review import State
from app.ui.document import LetterDocument

ANSWERED_BY_KEEPING = frozenset({State.MISSING, State.DOUBTFUL})


def ends_letter(document: LetterDocument) -> bool:
    """Whether nothing is left to do once the value in hand is kept.

    The form and the top bar say so before; whoever types the answer has given it when the field
    is left. An error is not gone because its value is kept, nor is what was postponed.
    """
    field, points = document.current_field, document.open_points
    if field is None or field not in document.statuses:
        return False
    if not points:
        return _is_answer(document, field)
    return [point.field for point in points] == [field] and (
        points[0].waits and points[0].state in ANSWERED_BY_KEEPING
    )


def _is_answer(document: LetterDocument, field: FieldId) -> bool:
    """Whether what stands in a field that was asked for is another value, which nobody has kept."""
    if not document.statuses[field].edited:
        return False
    seen = document.evidence.get(field)
    kept = field in document.confirmed and (
        document.confirmed[field] == get_value(document.letter, field)
    )
    return seen is not None and bool(seen.doubts) and not kept
