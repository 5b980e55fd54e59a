"""One run of the rules: from a letter to its findings, in the order a reader wants them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from app.letter import FieldId, Letter, field_ids
from app.services.checks.law import source_on
from app.services.checks.table import house_rule_info, rules_in_force
from app.services.checks.values import CheckContext, Finding, Hit, RuleInfo, Severity

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
# Told for the reader only: an issue's place may change without anything of the finding changing.
NOT_IN_KEY = frozenset(("issue", "first", "place", "where", "count"))


def check(letter: Letter, context: CheckContext | None = None) -> tuple[Finding, ...]:
    """All findings of the rules in force: errors first, then by the order of the form.

    Never raises, whatever the letter holds. The same finding is given once.
    """
    # Their patterns take a twentieth of a second: made with the first run, not with the window.
    from app.services.checks.facts import Facts
    from app.services.checks.rules import RULES
    from app.services.checks.rules.asides import sets_aside
    from app.services.checks.rules.house import house

    facts = Facts(letter, context or CheckContext())
    found: dict[str, Finding] = {}
    day = _law_day(letter, facts.context)
    for rule in rules_in_force(facts.context, letter.header.decision_date):
        for hit in RULES[rule.id](facts):
            if sets_aside(facts, rule, hit):
                continue
            finding = _finding(rule, hit, day)
            found.setdefault(finding.key, finding)
    for house_rule in facts.context.house_rules:
        info = house_rule_info(house_rule)
        for hit in house(facts, house_rule):
            finding = _finding(info, hit)
            found.setdefault(finding.key, finding)
    return tuple(_sorted(letter, found.values()))


def _law_day(letter: Letter, context: CheckContext) -> date | None:
    """The day whose rules are told: of a letter that is not decided yet, today, or else the latest
    day of its header."""
    header = letter.header
    told = (header.date_assigned, header.application_received, header.ur_denial_date)
    latest = max((day for day in told if day is not None), default=None)
    return header.decision_date or context.today or latest


def _finding(rule: RuleInfo, hit: Hit, day: date | None = None) -> Finding:
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        sentence=rule.says[hit.says].format_map(hit.told),
        field=hit.field,
        source=source_on(rule.source, day),
        remedy=rule.remedy,
        key=_key(rule.id, hit),
        alike=f"{rule.id}:{hit.says}" + (f":{_digest(hit.alike)}" if hit.alike else ""),
        related=hit.related,
        quotes=hit.quotes,
        fix=hit.fix,
        values=hit.values,
    )


def _key(rule: str, hit: Hit) -> str:
    values = "\x1f".join(
        f"{name}={value}" for name, value in sorted(hit.told.items()) if name not in NOT_IN_KEY
    )
    return f"{rule}:{hit.field.key}:{_digest(hit.says + values)}"


def _digest(value: str) -> str:
    """Letters are medical: a key kept anywhere must not tell what the letter says."""
    return hashlib.blake2s(value.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _sorted(letter: Letter, findings: object) -> Iterator[Finding]:
    place: dict[FieldId, int] = {field: at for at, field in enumerate(field_ids(letter))}
    listed: list[Finding] = list(findings)  # type: ignore[call-overload]
    yield from sorted(listed, key=lambda f: (ORDER[f.severity], place.get(f.field, len(place))))
