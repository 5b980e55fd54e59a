"""Searches that are kept under a name, with what else is kept in the data folder."""

from __future__ import annotations

from typing import Any

import msgspec

from app.errors import UserError
from app.services.archive.values import Question

SETTING = "saved_searches"


Kept = dict[str, Any]
"""The setting as it is kept: questions as plain JSON values, by name."""


def read_searches(kept: Kept) -> dict[str, Question]:
    """All of them, in the order of their names; what a later version kept is left out."""
    found: dict[str, Question] = {}
    for name in sorted(kept, key=str.casefold):
        try:
            found[name] = msgspec.convert(kept[name], type=Question)
        except msgspec.ValidationError:
            continue
    return found


def with_search(kept: Kept, name: str, question: Question) -> Kept:
    """With a search under a name, in place of one that had it. Raises UserError."""
    name = name.strip()
    if not name:
        raise UserError("The search has no name.", "Type one.")
    if question.is_empty:
        raise UserError("There is nothing to keep.", "Type words or choose values first.")
    asked = msgspec.structs.replace(question, begun=False)
    return {**kept, name: msgspec.to_builtins(asked)}


def without_search(kept: Kept, name: str) -> Kept:
    """Without the search of that name. Raises UserError where there is none."""
    if name not in kept:
        raise no_such_search(name)
    return {key: value for key, value in kept.items() if key != name}


def no_such_search(name: str) -> UserError:
    return UserError(
        f"No search is kept under the name {name}.", "`search --list-saved` lists them."
    )
