"""How a value is typed and shown: the words in an editor for a value, and the value for words."""

from __future__ import annotations

import re
from datetime import date

_DATE_PARTS = re.compile(r"^\s*(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})\s*$")


def date_text(value: date | None) -> str:
    """The form's date, as letters print it: MM/DD/YYYY."""
    return value.strftime("%m/%d/%Y") if value else ""


def read_date(text: str) -> date | None:
    """The date in what was typed: 1/9/2017, 01-09-17, 2017-01-09, 01092017. None where empty.

    Two-digit years are of this century up to 2039, else of the last. Raises ValueError with a
    sentence for anything else.
    """
    text = text.strip()
    if not text:
        return None
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:2]}/{text[2:4]}/{text[4:]}"
    parts = _DATE_PARTS.match(text)
    if not parts:
        raise ValueError("Not a date. Type month, day, year: 01/09/2017.")
    first, second, third = parts.groups()
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
    else:
        year, month, day = int(third), int(first), int(second)
        if len(third) == 2:
            year += 2000 if year < 40 else 1900
        elif len(third) != 4:
            raise ValueError("The year needs two or four digits: 01/09/2017.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no such day: month {month}, day {day}, {year}.") from None


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
