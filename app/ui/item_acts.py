"""What is done to the disputed items of the open letter as wholes, added, duplicated, moved, removed,
and to the citations in them."""

from __future__ import annotations

from app.letter import FieldId
from app.services import editing
from app.ui.document import LetterDocument

_ON_THE_ONE_IN_HAND = {
    "duplicate": "Duplicate disputed item",
    "up": "Move disputed item",
    "down": "Move disputed item",
    "remove": "Remove disputed item",
}


def change_items(document: LetterDocument, action: str) -> None:
    """Add, duplicate, move or remove an item at the one in hand: one step of the history each."""
    document.seal()
    letter, here = document.letter, document.current_issue
    if action == "add":
        after, _ = editing.add_issue(letter, here, document.ids_given)
        document.replace_letter(after, "Add disputed item")
    elif here is not None:
        if action == "duplicate":
            after, _ = editing.duplicate_issue(letter, here, document.ids_given)
        elif action == "remove":
            after = editing.remove_issue(letter, here)
        else:
            after = editing.move_issue(letter, here, -1 if action == "up" else 1)
        document.replace_letter(after, _ON_THE_ONE_IN_HAND[action])


def take_out_citation(document: LetterDocument, field: FieldId, index: int) -> None:
    """Take a citation, counted from 0, out of a guideline's sentences."""
    after = editing.remove_citation(
        document.letter, field, index, document.citation_style, document.guidelines
    )
    document.replace_letter(after, "Take out citation", field)
