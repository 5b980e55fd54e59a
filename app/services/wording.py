"""How a field's value reads in words, wherever one is shown without its editor."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from app.letter import Guideline


def value_words(value: Any) -> str:
    """The value as text: dates as letters print them, lists with commas, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, Guideline):
        return value.text
    if isinstance(value, date):
        return value.strftime("%m/%d/%Y")
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in cast("tuple[Any, ...]", value))
    return str(value)
