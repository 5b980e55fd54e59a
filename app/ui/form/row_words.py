"""What is said beside each field: its state, the doubt and the ways out of it, what the checks found.

Nothing is said twice: what several fields would say alike is said once for their section, and a
finding that only repeats the doubt it stands under is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.letter import FieldId, Guideline, Kind, get_value
from app.services.checks import Finding, Severity
from app.services.wording import value_words
from app.ui.document import LetterDocument
from app.ui.filling import other_values
from app.ui.form.doubtful_words import differing_words, doubtful_span, found_span, is_closed
from app.ui.form.field_row import FieldRow
from app.ui.form.form_sections import FormSection

COMMON = 3
"""So many fields that say the same are told once for their section."""
LONG = frozenset({Kind.TEXT, Kind.GUIDELINE})
# A sign before the sentence: severity is not told by colour alone.
SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.INFO: "i"}
# What they find is no fault but what is known of the value: it is told at the field, calmly.
KNOWN_OF_VALUES = frozenset({"drug-list"})


class RowWords:
    """Tells the rows of the form what to say of the open letter."""

    def __init__(self, document: LetterDocument, sections: Mapping[str, FormSection]) -> None:
        self._document = document
        self._sections = sections
        self._common: dict[str, str] = {}
        self._findings: dict[FieldId, list[Finding]] = {}
        self._known: dict[FieldId, list[str]] = {}

    def take_findings(self, findings: Sequence[Finding]) -> None:
        """What the checks found from now on; of what is only worth knowing, a field is told what
        is known of its value.
        """
        self._findings, self._known = {}, {}
        for finding in findings:
            if finding.severity is Severity.INFO:
                if finding.rule in KNOWN_OF_VALUES:
                    self._known.setdefault(finding.field, []).append(finding.sentence)
            else:
                self._findings.setdefault(finding.field, []).append(finding)

    def find_common(self, *, anew: bool = False) -> bool:
        """Look what several fields of a section say alike; whether that is something else now.

        What was told once for them stays so until none says it any more: told at the last few of
        them instead, it would push their rows about. With `anew` another letter is shown.
        """
        before = dict(self._common)
        for section, card in self._sections.items():
            counts = Counter(
                status.words
                for field, status in self._document.statuses.items()
                if status.open and field.spec.section == section and field.issue is None
            )
            words, count = counts.most_common(1)[0] if counts else ("", 0)
            told = "" if anew else before.get(section, "")
            if not counts[told]:
                told = words if count >= COMMON else ""
            self._common[section] = told
            card.say(self._common[section])
        return before != self._common

    def others(self, field: FieldId) -> tuple[Any, ...]:
        """The values that may be meant in place of the one that stands in a field."""
        value = get_value(self._document.letter, field)
        found = other_values(field.spec, self._document.evidence.get(field), value)
        return tuple(other for other in found if self._is_still_said(other, field))

    def doubtful_words(self, field: FieldId) -> tuple[int, int] | None:
        """Between which places of a text the words stand that are in doubt."""
        value, status = get_value(self._document.letter, field), self._document.statuses[field]
        text = value.text if isinstance(value, Guideline) else value
        if not isinstance(text, str) or not status.open:
            return None
        others = [other for other in self.others(field) if isinstance(other, str)]
        span = doubtful_span(text, status.words, others)
        span = span or found_span(text, field, self._findings.get(field, ()))
        if span is None and status.asks and field.spec.kind in LONG and not is_closed(text):
            return len(text), len(text)  # it breaks off: what is missing is written there
        return span

    def _is_still_said(self, other: Any, field: FieldId) -> bool:
        """False where it was read from another field, which has been given a better value since."""
        letter, read = self._document.letter, self._document.parsed.letter
        issues = {issue.id for issue in read.issues}
        alike = [
            one
            for one in self._document.statuses
            if one != field and one.spec.kind is field.spec.kind and one.issue in {None, *issues}
        ]
        sources = [one for one in alike if get_value(read, one) == other]
        return not sources or any(get_value(letter, one) == other for one in sources)

    def show(self, row: FieldRow) -> None:
        """Everything there is to say of a row's field."""
        self.show_status(row)
        self.show_findings(row)

    def show_findings(self, row: FieldRow) -> None:
        """What the checks found at a row's field."""
        found = self._findings.get(row.field, [])
        status = self._document.statuses.get(row.field)
        if found and status is not None:
            found = [finding for finding in found if not status.tells(finding)]
        words = "\n".join(f"{SIGNS[finding.severity]} {finding.sentence}" for finding in found)
        row.show_findings(
            words,
            severe=any(one.severity is Severity.ERROR for one in found),
            known="\n".join(self._known.get(row.field, ())),
        )

    def show_status(self, row: FieldRow) -> None:
        """The state of a row's field, and the ways out of a doubt."""
        field = row.field
        try:
            parsed = get_value(self._document.parsed.letter, field)
        except KeyError:  # an issue added by hand was never read
            parsed = None
        status = self._document.statuses[field]
        value = get_value(self._document.letter, field)
        others = [_told_apart(one, value) for one in self.others(field)] if status.asks else []
        row.show_status(
            status,
            value_words(parsed),
            has_place=bool(self._document.places_of(field)),
            others=others,
            note=self._document.postponed.get(field),
            told_above=status.words == self._common.get(field.spec.section),
        )


def _told_apart(other: Any, value: Any) -> str:
    """Another value in words; of a list only what is not in the list that stands there, of a text
    only the words that differ."""
    if isinstance(other, tuple) and isinstance(value, tuple):
        other = tuple(entry for entry in other if entry not in value) or other
    if isinstance(other, str):
        text = value.text if isinstance(value, Guideline) else value
        if isinstance(text, str) and text:
            return differing_words(text, other)[1] or value_words(other)
    return value_words(other)
