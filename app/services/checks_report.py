"""What a report of the checks says, on paper and as JSON: the words, their order, what is left out.

Who set a finding aside is left out: the report may go to others, and reviewers are anonymous.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from app.letter import Letter
from app.services import checks
from app.services.checks import CheckContext, Finding, Group, Quote, Reach, Report, Severity
from app.services.rendering import printed
from app.services.rendering.report_pdf import Entry, Part, ReportRenderer, Section, Sheet
from app.services.store import Dismissal
from app.services.wording import field_words

HEADINGS = {
    Severity.ERROR: "Errors",
    Severity.WARNING: "Warnings",
    Severity.INFO: "Worth knowing",
}
WORDS = {
    Severity.ERROR: "They keep the letter from leaving unless someone says why it may.",
    Severity.WARNING: "",
    Severity.INFO: "",
}
_MOST_QUOTES = 8
_FOOT = "Made by rules, not by a person: what they do not look for, they do not find."


def report_json(
    letter: Letter, context: CheckContext, dismissals: Iterable[Dismissal] = ()
) -> bytes:
    """Runs the checks and tells what they found as JSON, in the schema of the checks."""
    return checks.report_json(letter, checks.check(letter, context), _reaches(dismissals))


def report_pdf(
    renderer: ReportRenderer,
    letter: Letter,
    context: CheckContext,
    dismissals: Iterable[Dismissal] = (),
) -> bytes:
    """Runs the checks and tells what they found on paper; `context.today` is the report's date.

    Raises UserError for a template that cannot be used.
    """
    told = checks.report(letter, checks.check(letter, context), _reaches(dismissals))
    return renderer.render(report_sheet(letter, told, context.today or date.today()))


def report_sheet(letter: Letter, told: Report, made: date) -> Sheet:
    """The words of the report on a letter."""
    number = told.case_number or "a letter without a number"
    writer = _Writer(letter)
    sections = [
        writer.section(severity, tuple(groups))
        for severity, groups in groupby(told.groups, key=_severity)
    ]
    if not told.groups:
        words = "The letter holds together as far as the checks can see."
        sections.append(Section(heading="Nothing found", words=words))
    if told.dismissed:
        sections.append(writer.set_aside(told.dismissed))
    return Sheet(
        title=f"Report of the checks: {number}",
        made=made,
        facts=(
            ("Case number", told.case_number or "missing"),
            ("Outcome", told.outcome or "no decision yet"),
            ("Disputed items", str(len(letter.issues))),
            ("Date of the report", printed(made)),
            ("Found", counts(told)),
        ),
        sections=tuple(sections),
        foot=_FOOT,
    )


def counts(told: Report) -> str:
    """How many findings of each severity stand, and how many were set aside."""
    words = [
        _counted(told.errors, "error"),
        _counted(told.warnings, "warning"),
        f"{told.infos} worth knowing",
    ]
    return f"{', '.join(words)}; {len(told.dismissed)} set aside"


class _Writer:
    """Numbers the findings through the whole report and says where in the letter each stands."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        self._number = 0

    def section(self, severity: Severity, groups: tuple[Group, ...]) -> Section:
        parts = tuple(
            Part(
                heading=self._heading(group.issue),
                entries=tuple(self._entry(finding) for finding in group.findings),
            )
            for group in groups
        )
        found = sum(len(group.findings) for group in groups)
        return Section(
            heading=f"{HEADINGS[severity]} ({found})", words=WORDS[severity], parts=parts
        )

    def set_aside(self, dismissed: tuple[tuple[Finding, str], ...]) -> Section:
        parts = tuple(
            Part(
                heading=HEADINGS[severity],
                entries=tuple(self._entry(finding, reason) for finding, reason in group),
            )
            for severity, group in groupby(dismissed, key=_severity_of_dismissed)
        )
        return Section(
            heading=f"Set aside ({len(dismissed)})",
            words="Found, and let stand by a person for the reason given.",
            parts=parts,
        )

    def _heading(self, issue: int | None) -> str:
        if issue is None:
            return "The letter as a whole"
        title = self._letter.issues[issue - 1].title
        return f"Disputed item {issue}: {title}" if title else f"Disputed item {issue}"

    def _entry(self, finding: Finding, reason: str = "") -> Entry:
        self._number += 1
        quotes = [(self._place(quote), quote.text) for quote in finding.quotes[:_MOST_QUOTES]]
        left = len(finding.quotes) - len(quotes)
        if left > 0:
            quotes.append((f"And {_counted(left, 'more place')}", "…"))
        return Entry(
            number=self._number,
            sentence=finding.sentence,
            where=field_words(self._letter, finding.field),
            source=_source(finding),
            remedy="" if reason else finding.remedy,
            reason=reason,
            quotes=tuple(quotes),
        )

    def _place(self, quote: Quote) -> str:
        if quote.field is not None:
            return field_words(self._letter, quote.field)
        return f"Page {quote.page}" if quote.page else "Stands there"


def _source(finding: Finding) -> str:
    """Where the rule comes from; unconfirmed law is never told as a fact."""
    source = finding.source
    return source.cite if source.confirmed else f"{source.cite} (unconfirmed)"


def _severity(group: Group) -> Severity:
    return group.severity


def _severity_of_dismissed(dismissed: tuple[Finding, str]) -> Severity:
    return dismissed[0].severity


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _reaches(dismissals: Iterable[Dismissal]) -> tuple[checks.Dismissal, ...]:
    """The kept dismissals as the checks understand them."""
    return tuple(
        checks.Dismissal(reach=Reach(one.scope.value), name=one.finding, reason=one.reason)
        for one in dismissals
    )
