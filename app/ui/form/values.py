"""How a value is typed and shown: the words in an editor for a value, and the value for words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from app.services.language.dates import DateFound, whole_date

NO_VALUE: Any = object()
"""In place of a value, where words make none: no field holds it, though one may hold None."""


def read_date(text: str) -> date | None:
    """The date in what was typed, in any usual form: 1/9/2017, 01-09-17, January 9, 2017, 01092017.

    None where nothing was typed. Raises ValueError with a sentence for anything else.
    """
    if not text.strip():
        return None
    return day_of(whole_date(text), "Not a date. Type month, day, year: 01/09/2017.")


def day_of(found: DateFound | None, otherwise: str) -> date:
    """The day of a date that was read. Raises ValueError with a sentence where there is none."""
    if found is None:
        raise ValueError(otherwise)
    if found.value is None:
        year, month, day = found.parts
        raise ValueError(f"There is no such day: month {month}, day {day}, {year}.")
    return found.value


def read_age(text: str) -> int | None:
    """The age typed, in years. Raises ValueError with a sentence where it is none."""
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) < 130:
        raise ValueError("Not an age in years. Type a number such as 56.")
    return int(text)


def read_list(text: str) -> tuple[str, ...]:
    """The entries typed, parted by commas or semicolons."""
    return tuple(part for part in (" ".join(p.split()) for p in re.split("[,;]", text)) if part)


def read_line(text: str) -> str:
    """One line with single spaces."""
    return " ".join(text.split())


def read_paragraphs(text: str) -> str:
    """Text with single spaces and one newline between paragraphs."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
