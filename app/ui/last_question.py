"""Whether the field in hand asks the last question of the letter: which answers to it end the letter."""

from __future__ import annotations

from enum import Enum, auto

from app.letter import FieldId, get_value, is_missing
from app.services.review import State, same_questions
from app.ui.document import LetterDocument

ANSWERED_BY_KEEPING = frozenset({State.MISSING, State.DOUBTFUL})


class Ending(Enum):
    """What ends the letter: no answer given here, every one, or only that of the other value."""

    NONE = auto()
    ANY = auto()
    OTHER_VALUE = auto()


def ending(document: LetterDocument) -> Ending:
    """After which answer to the field in hand nothing is left to do.

    The form and the top bar say so before; whoever types the answer has given it when the field
    is left. An error is not gone because its value is kept, nor is what was postponed, nor what the
    letter needs because it is kept empty. Of two days that the letter prints one is given up: where
    both are kept, the checks have a word.
    """
    field, points = document.current_field, document.open_points
    if field is None or field not in document.statuses:
        return Ending.NONE
    if not points:
        return Ending.ANY if _is_answer(document, field) else Ending.NONE
    point = points[0]
    asks = point.waits and point.state in ANSWERED_BY_KEEPING
    if point.state is State.MISSING and field.spec.required:
        return Ending.NONE
    if not asks or [one.field for one in points] != [field]:
        return Ending.NONE
    return Ending.OTHER_VALUE if field in same_questions(document.evidence) else Ending.ANY


def _is_answer(document: LetterDocument, field: FieldId) -> bool:
    """Whether what stands in a field that was asked for is another value, which nobody has kept."""
    if not document.statuses[field].edited:
        return False
    seen = document.evidence.get(field)
    lacked = field.spec.required and _was_missing(document, field)
    kept = field in document.confirmed and (
        document.confirmed[field] == get_value(document.letter, field)
    )
    return (lacked or (seen is not None and bool(seen.doubts))) and not kept


def _was_missing(document: LetterDocument, field: FieldId) -> bool:
    try:
        return is_missing(get_value(document.parsed.letter, field))
    except KeyError:  # an item added by hand was never read
        return True
