"""A day as a cell of a form or letter tells it, and what is doubtful about it."""

from __future__ import annotations

from datetime import date

from app.services.language.dates import DateFound, read_date

_YEARS = range(1930, 2101)


def read_day(text: str) -> tuple[DateFound | None, str | None]:
    """The date in a cell's words, and why it may be wrong or missing; what else stands there is
    not looked at."""
    found = read_date(text)
    if found is None:
        return None, f"“{text}” cannot be read as a date."
    if found.value is None:
        return found, f"There is no such day as “{found.text}”."
    if found.value.year not in _YEARS:
        return found, f"The year of “{found.text}” cannot be right."
    if found.mended:
        return found, f"“{found.text}” has letters among its digits."
    return found, None


def day_of(text: str) -> tuple[date | None, str | None]:
    """The day in a cell's words, and why it may be wrong or missing."""
    found, doubt = read_day(text)
    if found is None:
        return None, doubt
    if doubt is None and found.end - found.start < len(text.rstrip(" .,;")):
        doubt = f"More than a date stands there: “{text}”."
    return found.value, doubt
