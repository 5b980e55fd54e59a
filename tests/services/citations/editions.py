"""The edition of each chapter that stood on the first day of each month, as rows of a table."""

from __future__ import annotations

import sys
from datetime import date
from itertools import groupby
from pathlib import Path

from app.services.citations.force import Standing, standing
from app.services.citations.known import KnownGuideline, known_guidelines
from app.services.citations.lineage import line_of, stood

GOLDEN = Path(__file__).parent / "editions_in_force.txt"
MONTHS = [date(year, month, 1) for year in range(2013, 2027) for month in range(1, 13)]


def lines() -> list[tuple[KnownGuideline, ...]]:
    """Every line of editions of the MTUS, each once."""
    found: dict[tuple[str, ...], tuple[KnownGuideline, ...]] = {}
    for entry in known_guidelines():
        line = line_of(entry, known_guidelines())
        if line:
            found.setdefault(tuple(one.key for one in line), line)
    return list(found.values())


def standing_on(line: tuple[KnownGuideline, ...], day: date) -> str:
    """The editions of a line that stood on a day, `?` behind what nobody verified for it."""
    names = [
        f"{one.title} {one.edition}"
        + ("" if standing(one, day) is Standing.IN_FORCE else "?")
        + ("" if one.dates_confirmed else " (date not confirmed)")
        for one in line
        if stood(one, day)
    ]
    return "; ".join(names) or "-"


def table() -> str:
    """A block for each line: a row for each run of months with the same editions."""
    blocks: list[str] = []
    for line in lines():
        rows = [f"{line[0].regulation or '-'} {line[-1].title}"]
        for names, run in groupby(MONTHS, lambda day, line=line: standing_on(line, day)):
            months = [f"{day:%Y-%m}" for day in run]
            rows.append(f"  {months[0]} {months[-1]} {len(months):3} {names}")
        blocks.append("\n".join(rows))
    return "\n".join(blocks) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        GOLDEN.write_text(table(), "utf-8")
    print(table())
