"""What the form data attached to a PDF may add to what its pages say.

The page is the letter: whoever gets the PDF sees the page, and only a program sees what is
attached to it. The data fill what no page prints, tell a value's own spacing and what a citation
was picked from; where they differ from the page, the page's value stands and both are told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from msgspec.structs import replace

from app.errors import UserError
from app.evidence import Doubt, Evidence, ParseResult
from app.letter import (
    FIELDS,
    FieldId,
    Guideline,
    Issue,
    Letter,
    field_ids,
    get_value,
    is_missing,
    with_value,
)
from app.services.interchange import decode
from app.services.pdf import PdfText
from app.services.wording import field_words, value_words

ATTACHMENT = "letter.json"
RULE = "form data"

_SHORT = 80
"""Up to so many characters a value is told whole, and offered instead of the page's."""

_AROUND = 4
"""Words told on both sides of the place where long texts differ."""

_OURS = "The letter was written by this program and carries its form data."
_SPECIALTIES = FieldId("reviewer.specialties"), FieldId("reviewer.subspecialties")
_ISSUE_FIELDS = tuple(spec.name for spec in FIELDS if spec.of_issue)


def with_form_data(result: ParseResult, text: PdfText) -> ParseResult:
    """The letter of the pages with what the form data attached to the file may add."""
    attached = text.attachments.get(ATTACHMENT)
    if attached is None:
        return result
    try:
        data = decode(attached)
    except UserError as error:
        note = f"A file {ATTACHMENT} is attached that is no form data of this program: {error.what}"
        return replace(result, notes=(*result.notes, f"{note} The page was read."))
    return _Merge(result, data).result()


class _Merge:
    """Goes through the letter field by field."""

    def __init__(self, result: ParseResult, data: Letter) -> None:
        self._read = result
        self._data = data
        self._letter = result.letter
        self._evidence = dict(result.evidence)
        self._added: list[FieldId] = []
        self._notes = list(result.notes)

    def result(self) -> ParseResult:
        """What comes of both."""
        for own in field_ids(self._read.letter):
            if own.issue is None and own not in _SPECIALTIES:
                self._field(own, own)
        self._specialties()
        for issue, other in self._pairs():
            for name in _ISSUE_FIELDS:
                self._field(FieldId(name, issue.id), FieldId(name, other.id))
        if self._added:
            names = ", ".join(dict.fromkeys(field_words(self._letter, f) for f in self._added))
            self._notes.append(f"These come from the form data attached to the file: {names}.")
        known = self._read.layout != "unknown"
        layout = self._data.layout if known else self._read.layout
        return replace(
            self._read,
            letter=replace(self._letter, layout=layout),
            evidence=self._evidence,
            layout=layout,
            layout_reasons=(_OURS,) if known else self._read.layout_reasons,
            notes=tuple(self._notes),
        )

    def _pairs(self) -> Iterator[tuple[Issue, Issue]]:
        """The disputed items of the page beside those of the data, by place."""
        more: list[str] = []
        for issue, other in zip_longest(self._read.letter.issues, self._data.issues):
            if issue is None:
                more.append(other.title)
            elif other is None:
                self._doubt(
                    FieldId("issue.title", issue.id),
                    "The form data attached to the file do not have this item.",
                )
            else:
                yield issue, other
        if more:
            self._notes.append(
                "The form data attached to the file have items that no page shows: "
                f"{'; '.join(_told(title) for title in more)}."
            )

    def _specialties(self) -> None:
        """Letters print them in one row; only the data may know which are subspecialties."""
        seen = [name for field in _SPECIALTIES for name in get_value(self._letter, field)]
        told = [name for field in _SPECIALTIES for name in get_value(self._data, field)]
        if not seen or sorted(map(_bare, seen)) != sorted(map(_bare, told)):
            for field in _SPECIALTIES:
                self._field(field, field)
            return
        for field in _SPECIALTIES:
            self._put(field, get_value(self._data, field))
            self._settle(field)

    def _field(self, field: FieldId, in_data: FieldId) -> None:
        seen, told = get_value(self._letter, field), get_value(self._data, in_data)
        if is_missing(told):
            return
        if is_missing(seen):
            self._add(field, told)
        elif _bare(value_words(seen)) == _bare(value_words(told)):
            self._put(field, _both(seen, told))
            self._settle(field)
        else:
            self._differ(field, value_words(seen), value_words(told))

    def _put(self, field: FieldId, value: Any) -> None:
        self._letter = with_value(self._letter, field, value)

    def _add(self, field: FieldId, value: Any) -> None:
        self._put(field, value)
        self._added.append(field)
        expected = self._evidence.get(field)
        doubts: tuple[Doubt, ...] = ()
        if expected is not None or self._read.layout == "unknown":
            why = "No page says this; it comes from the form data attached to the file."
            doubts = (Doubt(words=why),)
        self._evidence[field] = Evidence(rule=RULE, doubts=doubts)

    def _settle(self, field: FieldId) -> None:
        """The data say how the value reads; that other places contradict it still stands."""
        seen = self._evidence.get(field)
        if seen is not None and seen.doubts and not seen.others:
            self._evidence[field] = replace(seen, doubts=())

    def _differ(self, field: FieldId, seen: str, told: str) -> None:
        if max(len(seen), len(told)) <= _SHORT:
            words = f"The page says {seen}; the form data attached to the file say {told}."
            self._doubt(field, words, told)
            return
        here, there = _where_they_part(seen.split(), told.split())
        words = f"The page says “{here}”; the form data attached to the file say “{there}”."
        self._doubt(field, words)

    def _doubt(self, field: FieldId, why: str, *others: str) -> None:
        seen = self._evidence.get(field, Evidence())
        doubts = (Doubt(words=why), *seen.doubts)
        more = tuple(other for other in others if other not in seen.others)
        self._evidence[field] = replace(seen, doubts=doubts, others=(*seen.others, *more))


def _both(seen: Any, told: Any) -> Any:
    """Of two values that print the same: the page's, with what the data know better of it."""
    if not isinstance(seen, Guideline):
        return told
    text = _bare(told.text)
    cited = all(citation.text and _bare(citation.text) in text for citation in told.citations)
    return replace(seen, text=told.text, citations=told.citations if cited else seen.citations)


def _bare(text: str) -> str:
    """The text without spaces and without what cannot be seen."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) not in _UNSEEN)


_UNSEEN = {"Cc", "Cf"}


def _where_they_part(one: list[str], two: list[str]) -> tuple[str, str]:
    """A few words of both from just before the first that differs."""
    same = 0
    while same < min(len(one), len(two)) and one[same] == two[same]:
        same += 1
    start = max(0, same - _AROUND)
    pieces = [words[start : same + _AROUND] for words in (one, two)]
    head = "… " if start else ""
    here, there = (head + _told(" ".join(words)) for words in pieces)
    return here, there


def _told(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
