"""The rules a house writes itself: a pattern that must, or must not, stand in a field."""

from __future__ import annotations

from collections.abc import Iterator

from app.letter import Guideline, field_ids, get_value
from app.services.checks.facts import Facts
from app.services.checks.patterns import BadPattern, compiled
from app.services.checks.values import Hit, HouseRule, Quote


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
