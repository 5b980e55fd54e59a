"""The picker's first step as rows: what a search found, under the headings of its groups."""

from __future__ import annotations

import re

from app.services.library import Group, Hit, Standing
from app.ui.citing.rows import Row
from app.ui.citing.words import in_force_words, place_in_source, use_words

AS_TYPED = "As typed"
NOT_VERIFIED = (Standing.UNVERIFIED, Standing.UNKNOWN)
_WORD = re.compile(r"\w+")


def rows_of(hits: tuple[Hit, ...], typed: str) -> tuple[Row, ...]:
    """A row for each hit, its value; headings stand before the first of each group."""
    lit = tuple(word.lower() for word in _WORD.findall(typed))
    rows: list[Row] = []
    heading = ""
    for place, hit in enumerate(hits):
        now = AS_TYPED if place == 0 and _is_read(hits) else hit.group.value
        if now != heading:
            heading = now
            rows.append(Row(title=heading))
        rows.append(_row_of(hit, lit))
    return tuple(rows)


def place_of(hit: Hit) -> str:
    """The place the search found already, as it would be typed."""
    return "; ".join(part for part in (hit.section, hit.pages) if part)


def _is_read(hits: tuple[Hit, ...]) -> bool:
    """Whether the first hit is what a reference typed in full names."""
    first = hits[0]
    places = [list(Group).index(hit.group) for hit in hits]
    return first.pages is not None or places[0] > min(places)


def _row_of(hit: Hit, lit: tuple[str, ...]) -> Row:
    entry = hit.entry
    where = "; ".join(
        part for part in (hit.section, f"p. {hit.pages}" if hit.pages else None) if part
    )
    warned = bool(hit.warnings)
    remark = use_words(hit) or ("not verified" if hit.standing in NOT_VERIFIED else "")
    return Row(
        title=entry.title,
        value=hit,
        detail=where or in_force_words(entry) or entry.publisher,
        note=place_in_source(entry),
        remark=hit.warnings[0].split(":")[0].rstrip(".") if warned else remark,
        tone="doubt" if warned else "muted",
        lit=lit,
    )
