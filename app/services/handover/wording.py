"""How what both desks changed is told: what it is called, and the two values in words."""

from __future__ import annotations

from typing import Any

from app.letter import FieldId, Issue, Letter
from app.services import wording
from app.services.handover.merge import LAYOUT, Conflict

DOCUMENTS = "documents."
"""How the key of a conflict begins that is about the documents of a file: its name follows."""
REMOVED = "(removed)"
EMPTY = "(empty)"


def key_words(letter: Letter, key: str) -> str:
    """What is called by the key of a field or of the layout."""
    return "Layout" if key == LAYOUT else wording.field_words(letter, FieldId.from_key(key))


def conflict_words(letter: Letter, conflict: Conflict) -> str:
    """What both changed, as the form calls it."""
    if conflict.key.startswith(DOCUMENTS):
        return f"Documents of {conflict.key.removeprefix(DOCUMENTS)}"
    item = conflict.ours if conflict.ours is not None else conflict.theirs
    if isinstance(item, Issue):
        return f"Item “{item.title}”" if item.title else "An item without a title"
    return key_words(letter, conflict.key)


def value_words(conflict: Conflict, value: Any) -> str:
    """One of the two values, in the words of the letter."""
    if value is None and isinstance(conflict.ours or conflict.theirs, Issue):
        return REMOVED
    if isinstance(value, Issue):
        decision = f"{value.decision}. " if value.decision else ""
        return f"{decision}{value.rationale}".strip() or EMPTY
    return wording.value_words(value) or EMPTY
