"""The rules a house writes itself: a pattern that must, or must not, stand in a field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.letter import Guideline, field_ids, get_value
from app.services.checks.facts import Facts
from app.services.checks.values import Hit, HouseRule, Quote


class BadPattern(ValueError):
    """A house rule's regular expression that is none."""


@lru_cache(maxsize=128)
def compiled(pattern: str, is_regex: bool) -> re.Pattern[str]:
    """The pattern, ready to search with. Raises BadPattern for a regular expression that is none."""
    try:
        return re.compile(pattern if is_regex else re.escape(pattern), re.I)
    except re.error as problem:
        raise BadPattern(str(problem)) from problem


def house(facts: Facts, rule: HouseRule) -> Iterator[Hit]:
    """Where the letter goes against one house rule; a rule that cannot be read finds nothing."""
    try:
        pattern = compiled(rule.pattern, rule.is_regex)
    except BadPattern:
        return
    for field in field_ids(facts.letter):
        if field.name != rule.field:
            continue
        raw = _as_text(get_value(facts.letter, field))
        match = pattern.search(raw)
        if (match is None) == rule.must:
            quotes = (Quote(match[0], field),) if match else ()
            yield Hit(field=field, told={"found": match[0] if match else ""}, quotes=quotes)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Guideline):
        return value.text
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return str(value)
