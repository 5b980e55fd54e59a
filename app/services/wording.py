"""How a field and its value read in words, wherever they are shown without an editor."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from app.letter import FieldId, Guideline, Letter
from app.services.language.dates import date_text


def field_words(letter: Letter, field: FieldId) -> str:
    """Which field: its label, behind the place of its disputed item as the letter stands."""
    for place, issue in enumerate(letter.issues, 1):
        if issue.id == field.issue:
            return f"Item {place} · {field.spec.label}"
    return field.spec.label


def value_words(value: Any) -> str:
    """The value as text: dates as letters print them, lists with commas, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, Guideline):
        return value.text
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in cast("tuple[Any, ...]", value))
    return str(value)
