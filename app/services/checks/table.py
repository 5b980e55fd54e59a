"""Where the rules' words live: the rule table and the settings, read from data.

A rule's sentence, severity, source and remedy are rows of `resources/checks/rules.json`; only
what it looks for is code. So a house can switch a rule off or change its severity without code.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import msgspec

from app.paths import RESOURCES
from app.services.checks.values import CheckContext, HouseRule, RuleInfo, Source

FOLDER = RESOURCES / "checks"


class Table(msgspec.Struct, frozen=True):
    """The rule table and the settings' usual values."""

    settings: dict[str, int | str]
    rules: tuple[RuleInfo, ...]


@cache
def standard_table() -> Table:
    """The table that ships with the program. The order of its rows is the order of findings."""
    return msgspec.json.decode((FOLDER / "rules.json").read_bytes(), type=Table)


def rules_in_force(context: CheckContext, day: date | None = None) -> tuple[RuleInfo, ...]:
    """The table with the house's overrides, without the rules that are off or, for a letter
    decided on `day`, belong to another time.

    A rule whose source is not confirmed never blocks an export unless the house says so.
    """
    rules: list[RuleInfo] = []
    for rule in standard_table().rules:
        override = context.overrides.get(rule.id)
        if override is not None:
            off = rule.off if override.off is None else override.off
            severity = override.severity or rule.severity
            rule = msgspec.structs.replace(rule, off=off, severity=severity)
        if not rule.off and _holds(rule, day):
            rules.append(rule)
    return tuple(rules)


def _holds(rule: RuleInfo, day: date | None) -> bool:
    if day is None:
        return True
    begun = rule.since is None or rule.since <= day
    return begun and (rule.until is None or day <= rule.until)


def house_rule_info(rule: HouseRule) -> RuleInfo:
    """A house's own rule as a row of the table."""
    wanted = "does not contain" if rule.must else "contains"
    sentence = rule.sentence or f"The house rule “{rule.pattern}”: this field {wanted} it."
    return RuleInfo(
        id=f"house.{rule.id}",
        title=rule.id,
        severity=rule.severity,
        source=Source("house", rule.cite),
        remedy=rule.remedy or "Change the field, or the rule if it does not fit this letter.",
        says={"default": sentence.replace("{", "{{").replace("}", "}}")},
    )


def setting(context: CheckContext, name: str) -> int | str:
    """A setting's value: the house's, or else the usual one. Raises KeyError for no setting."""
    usual = standard_table().settings[name]
    return context.settings.get(name, usual)


def number(context: CheckContext, name: str) -> int:
    """A setting that is a number; a house's value that is none counts as not given."""
    value = setting(context, name)
    if isinstance(value, int):
        return value
    return int(standard_table().settings[name])
