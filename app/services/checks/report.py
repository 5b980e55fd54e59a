"""What becomes of findings: grouped for a reader, written as JSON, dismissed, held against an export."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

import msgspec

from app.letter import Letter
from app.services.checks.values import Finding, Severity


class Reach(StrEnum):
    """How far a dismissal goes: this finding, all alike in this letter, all alike everywhere."""

    ONE = "one"
    ALIKE = "alike"
    ALWAYS = "always"


class Dismissal(msgspec.Struct, frozen=True, kw_only=True):
    """A finding put aside, and why. `name` is the finding's `key` or, for many, its `alike`."""

    reach: Reach
    name: str
    reason: str


class Leave(msgspec.Struct, frozen=True):
    """The leave to export in spite of errors: the findings it is for, and why."""

    keys: tuple[str, ...]
    reason: str


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Findings of one severity about one issue (from 1), or about the letter as a whole (None)."""

    severity: Severity
    issue: int | None
    findings: tuple[Finding, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All that a report on one letter says, for a page or a screen."""

    case_number: str
    outcome: str | None
    groups: tuple[Group, ...]
    dismissed: tuple[tuple[Finding, str], ...]
    errors: int
    warnings: int
    infos: int


class ReasonNeeded(ValueError):
    """A dismissal or an override without a reason."""


def dismissal(finding: Finding, reach: Reach, reason: str) -> Dismissal:
    """The dismissal of a finding. Raises ReasonNeeded where the reason is empty."""
    if not reason.strip():
        raise ReasonNeeded("say why the finding is put aside")
    name = finding.key if reach is Reach.ONE else finding.alike
    return Dismissal(reach=reach, name=name, reason=reason.strip())


def left_over(
    findings: Iterable[Finding], dismissals: Iterable[Dismissal]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, str], ...]]:
    """The findings that stand, and those dismissed with their reasons."""
    single: dict[str, str] = {}
    alike: dict[str, str] = {}
    for one in dismissals:
        (single if one.reach is Reach.ONE else alike)[one.name] = one.reason
    standing: list[Finding] = []
    gone: list[tuple[Finding, str]] = []
    for finding in findings:
        reason = single.get(finding.key) or alike.get(finding.alike)
        if reason:
            gone.append((finding, reason))
        else:
            standing.append(finding)
    return tuple(standing), tuple(gone)


def standing(findings: Iterable[Finding], set_aside: Collection[str]) -> tuple[Finding, ...]:
    """The findings that nobody set aside, by their own key or by that of all alike."""
    return tuple(f for f in findings if f.key not in set_aside and f.alike not in set_aside)


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that keep the letter from being exported."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def override(findings: Iterable[Finding], reason: str) -> Leave:
    """The leave to export all the same. Raises ReasonNeeded where the reason is empty."""
    if not reason.strip():
        raise ReasonNeeded("say why the letter is exported all the same")
    return Leave(tuple(finding.key for finding in blocking(findings)), reason.strip())


def may_export(findings: Iterable[Finding], leave: Leave | None = None) -> bool:
    """Whether nothing blocks, or all that does is covered by the leave given."""
    covered = (
        frozenset(leave.keys) if leave is not None and leave.reason.strip() else frozenset[str]()
    )
    return all(finding.key in covered for finding in blocking(findings))


def report(
    letter: Letter, findings: Iterable[Finding], dismissals: Iterable[Dismissal] = ()
) -> Report:
    """The report on a letter: what stands, by severity and issue, and what was put aside."""
    standing, gone = left_over(findings, dismissals)
    number = {issue.id: at for at, issue in enumerate(letter.issues, 1)}
    groups: dict[tuple[Severity, int], list[Finding]] = {}
    for finding in standing:
        place = number.get(finding.field.issue, 0) if finding.field.issue is not None else 0
        groups.setdefault((finding.severity, place), []).append(finding)
    order = list(Severity)
    count = {severity: sum(f.severity is severity for f in standing) for severity in Severity}
    return Report(
        case_number=letter.header.case_number,
        outcome=str(letter.outcome) if letter.outcome else None,
        groups=tuple(
            Group(severity=severity, issue=place or None, findings=tuple(found))
            for (severity, place), found in sorted(
                groups.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
            )
        ),
        dismissed=gone,
        errors=count[Severity.ERROR],
        warnings=count[Severity.WARNING],
        infos=count[Severity.INFO],
    )


def report_json(
    letter: Letter, findings: Iterable[Finding], dismissals: Iterable[Dismissal] = ()
) -> bytes:
    """The report as JSON, schema 1, fields by their keys (`issues.3.title`)."""
    told = report(letter, findings, dismissals)
    return msgspec.json.format(
        msgspec.json.encode(
            {
                "schema": 1,
                "case_number": told.case_number,
                "outcome": told.outcome,
                "errors": told.errors,
                "warnings": told.warnings,
                "infos": told.infos,
                "findings": [
                    {**_row(finding), "issue": group.issue}
                    for group in told.groups
                    for finding in group.findings
                ],
                "dismissed": [
                    {**_row(finding), "reason": reason} for finding, reason in told.dismissed
                ],
            }
        ),
        indent=2,
    )


def _row(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "sentence": finding.sentence,
        "field": finding.field.key,
        "related": [field.key for field in finding.related],
        "source": finding.source,
        "remedy": finding.remedy,
        "key": finding.key,
        "alike": finding.alike,
        "fixable": finding.fix is not None,
        "places": [
            {
                "text": quote.text,
                "field": quote.field.key if quote.field else None,
                "page": quote.page,
            }
            for quote in finding.quotes
        ],
    }
