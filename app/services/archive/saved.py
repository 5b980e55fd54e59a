"""Searches that are kept under a name, with what else is kept in the data folder."""

from __future__ import annotations

from typing import Any

import msgspec

from app.errors import UserError
from app.services.archive.values import Question
from app.services.store import Store

SETTING = "saved_searches"


def saved_searches(store: Store) -> dict[str, Question]:
    """All of them by name, in the order of their names; what a later version kept is left out."""
    found: dict[str, Question] = {}
    kept: dict[str, Any] = store.setting(SETTING, {})
    for name in sorted(kept, key=str.casefold):
        try:
            found[name] = msgspec.convert(kept[name], type=Question)
        except msgspec.ValidationError:
            continue
    return found


def save_search(store: Store, name: str, question: Question) -> None:
    """Keep a search under a name, in place of one that had it. Raises UserError."""
    name = name.strip()
    if not name:
        raise UserError("The search has no name.", "Type one.")
    if question.is_empty:
        raise UserError("There is nothing to keep.", "Type words or choose values first.")
    kept: dict[str, Any] = store.setting(SETTING, {})
    asked = msgspec.structs.replace(question, begun=False)
    store.save_setting(SETTING, {**kept, name: msgspec.to_builtins(asked)})


def forget_search(store: Store, name: str) -> None:
    """Raises UserError where none is kept under that name."""
    kept: dict[str, Any] = store.setting(SETTING, {})
    if name not in kept:
        raise no_such_search(name)
    store.save_setting(SETTING, {key: kept[key] for key in kept if key != name})


def no_such_search(name: str) -> UserError:
    return UserError(
        f"No search is kept under the name {name}.", "`search --list-saved` lists them."
    )
