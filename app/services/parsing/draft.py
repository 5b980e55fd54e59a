"""What has been read so far: values, where they stood, and the doubts that piled up on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.evidence import Doubt, Evidence, Place
from app.letter import (
    Cover,
    FieldId,
    Guideline,
    Header,
    Issue,
    Letter,
    Patient,
    Request,
    Reviewer,
    SummaryFacts,
)
from app.services.citations import Guidelines
from app.services.parsing.sheet import Sheet


class _Entry:
    __slots__ = ("doubts", "others", "places", "rule", "text", "words")

    def __init__(self) -> None:
        self.places: tuple[Place, ...] = ()
        self.text = ""
        self.rule = ""
        self.words: tuple[int, int] = (0, 0)
        self.doubts: list[Doubt] = []
        self.others: list[str] = []


class Draft:
    """Collects a letter field by field. Issue ids count from 0."""

    def __init__(self, sheet: Sheet, guidelines: Guidelines | None = None) -> None:
        self.sheet = sheet
        self.guidelines = guidelines
        self.notes: list[str] = []
        self.incomplete: str | None = None
        """Why there may be fewer or more disputed items than were read, if so."""
        self.blank_pages: frozenset[int] = frozenset()
        """The pages of the file that nothing is printed on."""
        self.seams: tuple[int, ...] = ()
        """The pages that begin what was bound into the file from another one."""
        self.tears: list[int] = []
        """The words before which an issue is not whole, though a page begins there."""
        self._values: dict[FieldId, Any] = {}
        self._entries: dict[FieldId, _Entry] = {}
        self._issues = 0

    @property
    def issues(self) -> range:
        """The ids of the issues so far."""
        return range(self._issues)

    def new_issue(self) -> int:
        """The id of one more issue."""
        self._issues += 1
        return self._issues - 1

    def put(self, field: FieldId, value: Any, words: tuple[int, int], rule: str) -> None:
        """A value read from the words `first` to `last` (not included)."""
        entry = self._entry(field)
        entry.places = self.sheet.places(*words)
        entry.text = self.sheet.printed(*words)
        entry.rule = rule
        entry.words = words
        self._values[field] = value

    def put_parts(
        self, field: FieldId, value: Any, parts: Sequence[tuple[int, int]], rule: str
    ) -> None:
        """A value that stands in several places of the page, in their order."""
        self.put(field, value, parts[0], rule)
        entry = self._entry(field)
        for part in parts[1:]:
            entry.places += self.sheet.places(*part)
            entry.text += f"; {self.sheet.printed(*part)}"

    def doubt(
        self,
        field: FieldId,
        why: str,
        *others: str,
        rule: str = "reading",
        values: tuple[str, ...] = (),
        related: tuple[FieldId, ...] = (),
        places: tuple[Place, ...] = (),
    ) -> None:
        """A sentence that says why the field may be wrong, or why it is empty.

        `others` are the values that may be meant instead, as they are typed into the form; `rule`,
        `values` and `related` say which judgement it is, `places` where the words in doubt stand
        (`Doubt`).
        """
        entry = self._entry(field)
        if all(why != doubt.words for doubt in entry.doubts):
            entry.doubts.append(
                Doubt(words=why, rule=rule, values=values, related=related, places=places)
            )
        entry.others += [other for other in others if other not in entry.others]

    def value(self, field: FieldId) -> Any:
        return self._values.get(field)

    def places(self, field: FieldId) -> tuple[Place, ...]:
        entry = self._entries.get(field)
        return entry.places if entry else ()

    def words(self, field: FieldId) -> tuple[int, int]:
        """The words a field was read from: the first, and the one behind the last."""
        entry = self._entries.get(field)
        return entry.words if entry else (0, 0)

    def rule(self, field: FieldId) -> str:
        """The rule that took a field's value; empty where it has none."""
        entry = self._entries.get(field)
        return entry.rule if entry else ""

    def has(self, field: FieldId) -> bool:
        return field in self._values

    def doubted(self, field: FieldId) -> bool:
        entry = self._entries.get(field)
        return bool(entry and entry.doubts)

    def across(self, word: int) -> list[FieldId]:
        """The fields whose words go on over this one from an earlier one."""
        return [
            name for name, entry in self._entries.items() if entry.words[0] < word < entry.words[1]
        ]

    def holding(self, word: int) -> list[FieldId]:
        """The fields that this word is part of."""
        return [
            name for name, entry in self._entries.items() if entry.words[0] <= word < entry.words[1]
        ]

    def around(self, place: Place) -> list[FieldId]:
        """The fields whose rows on a page reach from above a place to below it, or over it."""
        top = min(box[1] for box in place.boxes)
        bottom = max(box[3] for box in place.boxes)
        return [
            name
            for name, entry in self._entries.items()
            for seen in entry.places
            if seen.page == place.page
            and min(box[1] for box in seen.boxes) <= bottom
            and max(box[3] for box in seen.boxes) >= top
        ]

    def within(self, first: int, last: int) -> list[FieldId]:
        """The fields that any of these words is part of."""
        return [
            name
            for name, entry in self._entries.items()
            if entry.words[0] < last and first < entry.words[1]
        ]

    def ending_at(self, word: int) -> list[FieldId]:
        """The fields whose last word stands right before this one."""
        return [name for name, entry in self._entries.items() if entry.words[1] == word]

    def starting_at(self, word: int) -> list[FieldId]:
        """The fields whose first word is this one."""
        return [name for name, entry in self._entries.items() if entry.words[0] == word]

    def from_label(self, word: int) -> list[FieldId]:
        """The fields whose first word is the next one at or behind this: at it, or after a label."""
        first = min(
            (entry.words[0] for entry in self._entries.values() if entry.words[0] >= word),
            default=None,
        )
        return self.starting_at(first) if first is not None else []

    def of_issue_from(self, issue: int | None, word: int) -> list[FieldId]:
        """The fields of the issue that begin with this word or behind it."""
        return [
            name
            for name, entry in self._entries.items()
            if name.issue == issue and entry.words[0] >= word
        ]

    def begun_before(self, issue: int | None, word: int) -> bool:
        """Whether a field of the issue stands before this word."""
        return any(
            entry.words[1] and entry.words[0] < word
            for name, entry in self._entries.items()
            if name.issue == issue
        )

    def fields(self) -> tuple[FieldId, ...]:
        """The fields that have a value."""
        return tuple(self._values)

    def letter(self, layout: str) -> Letter:
        """All values as a letter."""
        plain: dict[str, dict[str, Any]] = {}
        issues: list[dict[str, Any]] = [{} for _ in self.issues]
        for field, value in self._values.items():
            if field.issue is None:
                section, _, name = field.name.rpartition(".")
                plain.setdefault(section, {})[name] = value
            else:
                issues[field.issue][field.name.removeprefix("issue.")] = value
        return Letter(
            layout=layout,
            header=Header(**plain.get("header", {})),
            reviewer=Reviewer(**plain.get("reviewer", {})),
            patient=Patient(**plain.get("patient", {})),
            clinical_summary=plain.get("", {}).get("clinical_summary", ""),
            summary_facts=SummaryFacts(**plain.get("summary_facts", {})),
            cover=Cover(**plain.get("cover", {})),
            issues=tuple(_issue(number, values) for number, values in enumerate(issues)),
            issues_made=len(issues),
        )

    def evidence(self) -> dict[FieldId, Evidence]:
        return {
            field: Evidence(
                places=entry.places,
                text=entry.text,
                rule=entry.rule,
                doubts=tuple(entry.doubts),
                others=tuple(entry.others),
            )
            for field, entry in self._entries.items()
        }

    def _entry(self, field: FieldId) -> _Entry:
        entry = self._entries.get(field)
        if entry is None:
            entry = self._entries[field] = _Entry()
        return entry


def _issue(number: int, values: dict[str, Any]) -> Issue:
    parts = {
        name.removeprefix("request."): value
        for name, value in values.items()
        if name.startswith("request.")
    }
    return Issue(
        id=number,
        title=values.get("title", ""),
        decision=values.get("decision"),
        request=Request(**parts) if parts else None,
        claims_administrator_guideline=values.get("claims_administrator_guideline", Guideline()),
        maximus_guideline=values.get("maximus_guideline", Guideline()),
        rationale=values.get("rationale", ""),
    )


def field(name: str, issue: int | None = None) -> FieldId:
    """A field by its name in the table of fields."""
    return FieldId(name, issue)
