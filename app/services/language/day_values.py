"""A day as a form or letter of a case tells it: the value, and what is doubtful about it."""

from __future__ import annotations

from datetime import date

from app.services.language.dates import read_date

_YEARS = range(1930, 2101)


def day_of(text: str) -> tuple[date | None, str | None]:
    """The day in a cell's words, and why it may be wrong or missing."""
    found = read_date(text)
    if found is None:
        return None, f"“{text}” cannot be read as a date."
    if found.value is None:
        return None, f"There is no such day as “{found.text}”."
    if found.value.year not in _YEARS:
        return found.value, f"The year of “{found.text}” cannot be right."
    if found.mended:
        return found.value, f"“{found.text}” has letters among its digits."
    if found.end - found.start < len(text.rstrip(" .,;")):
        return found.value, f"More than a date stands there: “{text}”."
    return found.value, None
