"""The issues of the 2014 to 2017 forms: which heading and which label owns which words.

An issue is `Title: Decision`, then three labelled parts. The labels are fixed and so the surest
mark. Confirmed by real letters.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from app.letter import FieldId
from app.services.citations import read_guideline
from app.services.language.sentences import SENTENCE_END
from app.services.parsing.draft import Draft, field
from app.services.parsing.headings import (
    DECISION_LABEL,
    Heading,
    headings_between,
    quoted_headings,
)
from app.services.parsing.labels import labels_of, lost_label, regular
from app.services.parsing.marks import LABELS, Found, name_of
from app.services.parsing.phrases import GUIDELINE_STARTS, UNUSUAL, Mark
from app.services.parsing.requests import read_request
from app.services.parsing.sheet import Sheet

_FIELD = {
    Mark.CLAIMS: "issue.claims_administrator_guideline",
    Mark.MAXIMUS: "issue.maximus_guideline",
    Mark.RATIONALE: "issue.rationale",
}

_SHOWN = 6
"""Words of a text that a doubt repeats."""


class _Part(msgspec.Struct, frozen=True):
    """A heading or a label, and where its own words begin and end."""

    first: int
    last: int
    label: Found | None = None
    heading: Heading | None = None


def read_issues(draft: Draft, marks: list[Found], first: int, last: int) -> None:
    """Reads every issue printed between two words."""
    sheet = draft.sheet
    labels, quoted = labels_of(sheet, marks, first, last)
    parts = _parts(sheet, labels, first, last)
    if not regular(labels):
        parts = _with_lost_labels(sheet, parts, last)
    if not parts:
        draft.notes.append("No disputed item was found: the page with the issues may be missing.")
        return
    _Reader(draft, parts, last).read()
    _doubt_quoted(draft, parts, quoted, last)
    _doubt_left_over(draft, first, parts[0].first)


def _doubt_left_over(draft: Draft, first: int, begin: int) -> None:
    """Words before the first item: what they belong to is missing, an item or more before it."""
    if begin > first:
        shown = draft.sheet.joined(max(begin - _SHOWN, first), begin)
        why = f"“… {shown}” stands before the first item and belongs to none."
        draft.doubt(field("issue.title", draft.issues[0]), why)
        draft.incomplete = f"{why} There may be other disputed items than these."


def _doubt_quoted(draft: Draft, parts: list[_Part], quoted: list[Found], last: int) -> None:
    """Texts that hold what reads like a label or a heading: it may be one."""
    sheet = draft.sheet
    for label in quoted:
        for name in draft.holding(label.first):
            draft.doubt(name, f"“{label.mark}” stands in this text in regular print.")
    decided = {part.heading.last - 1 for part in parts if part.heading}
    for word in quoted_headings(sheet, parts[0].first, last):
        for name in draft.holding(word) if word not in decided else ():
            draft.doubt(name, "A row of this text reads like the title of another item.")


def _parts(sheet: Sheet, labels: list[Found], first: int, last: int) -> list[_Part]:
    """Labels and the headings between them, in order."""
    parts: list[_Part] = []
    start = first
    ends = [*(label.first for label in labels), last]
    for number, end in enumerate(ends):
        label = labels[number] if number < len(labels) else None
        before = labels[number - 1].mark if number else None
        for heading in headings_between(sheet, start, end, before, label):
            parts.append(_Part(heading.first, heading.last, heading=heading))
        if label is not None:
            parts.append(_Part(label.first, label.last, label=label))
            start = label.last
    return parts


def _with_lost_labels(sheet: Sheet, parts: list[_Part], last: int) -> list[_Part]:
    """The parts, and the labels that their texts show to be lost."""
    found: list[_Part] = []
    for number, part in enumerate(parts):
        found.append(part)
        following = parts[number + 1] if number + 1 < len(parts) else None
        after = following.label.mark if following and following.label else None
        end = following.first if following else last
        while found[-1].heading or found[-1].label:
            before = found[-1].label.mark if found[-1].label else None
            label = lost_label(sheet, before, found[-1].last, end, after)
            if label is None:
                break
            found.append(_Part(label.first, label.last, label=label))
    return found


class _Reader:
    """Walks headings and labels and gives each part's words to its issue."""

    def __init__(self, draft: Draft, parts: list[_Part], last: int) -> None:
        self._draft = draft
        self._sheet = draft.sheet
        self._parts = parts
        self._last = last
        self._issue = -1
        self._seen: set[Mark] = set()
        self._headed = False
        self._before = 0
        self._torn = False

    def read(self) -> None:
        ends = [*(part.first for part in self._parts[1:]), self._last]
        for part, end in zip(self._parts, ends, strict=True):
            if part.heading is not None:
                self._close()
                self._open(part.heading)
            elif part.label is not None:
                self._label(part.label, part.last, end)
        self._close()

    def _open(self, heading: Heading) -> None:
        draft = self._draft
        torn = self._issue >= 0 and Mark.RATIONALE not in self._seen
        self._issue = draft.new_issue()
        self._seen = set()
        self._headed = True
        self._before = heading.first
        self._torn = False
        title = field("issue.title", self._issue)
        _put_title(draft, title, heading)
        decision = field("issue.decision", self._issue)
        if heading.value is not None:
            draft.put(decision, heading.value, (heading.decision, heading.last), "after the title")
        for why in heading.doubts:
            draft.doubt(decision, why)
        for why in heading.title_doubts:
            draft.doubt(title, why)
        if heading.title_doubts:
            for above in draft.ending_at(heading.first):
                draft.doubt(above, "Where the title below it begins is uncertain, and so its end.")
        if torn and self._begins_page(heading.first):
            why = "The issue above it is not whole and the page changes: its beginning may be missing."
            draft.doubt(title, why)

    def _label(self, label: Found, first: int, end: int) -> None:
        if self._issue < 0 or self._headless(label.mark):
            self._begin_headless(label)
        self._note_tear(label)
        self._seen.add(label.mark)
        name = field(_FIELD[label.mark], self._issue)
        if label.mark is Mark.RATIONALE:
            self._put_rationale(name, first, end)
        else:
            put_guideline(self._draft, name, first, end, label.mark)
        if label.first == label.last:
            why = f"{_sentence(name_of(label.mark))} is missing above it: it was told by how it begins."
            self._draft.doubt(name, why)
        elif not label.exact:
            printed = self._sheet.joined(label.first, label.last)
            self._draft.doubt(name, f"The label is printed as “{printed}”, not “{label.mark}”.")

    def _note_tear(self, label: Found) -> None:
        """A label missing where the page changes: what follows may be of another issue."""
        at = LABELS.index(label.mark)
        complete = at == 0 or LABELS[at - 1] in self._seen
        pages = {self._sheet.row_at(self._before).page, self._sheet.row_at(label.first).page}
        if not complete and len(pages) > 1 and not self._torn:
            self._torn = True
            self._draft.tears.append(label.first)
            self._draft.notes.append(
                f"An issue is not whole where page {max(pages)} begins: a page may be missing."
            )
        if self._torn:
            name = field(_FIELD[label.mark], self._issue)
            why = "A label is missing above it where the page changes: it may belong to another issue."
            self._draft.doubt(name, why)
        self._before = label.first

    def _headless(self, mark: Mark) -> bool:
        """Whether this label cannot belong to the issue at hand: it has it already, or a later one."""
        return any(LABELS.index(seen) >= LABELS.index(mark) for seen in self._seen)

    def _begin_headless(self, label: Found) -> None:
        """An issue without a heading: its title may have ended up in the text before it."""
        draft = self._draft
        before = self._issue
        self._close()
        self._issue = draft.new_issue()
        self._seen = set()
        if before < 0:
            draft.incomplete = (
                "The first disputed item has no title: items before it may be missing."
            )
        draft.doubt(field("issue.title", self._issue), "No title was found above this issue.")
        draft.doubt(
            field("issue.decision", self._issue),
            "No title with a decision was found above this issue.",
        )
        if before >= 0 and not self._closed_before(label):
            for name in (
                "issue.rationale",
                "issue.maximus_guideline",
                "issue.claims_administrator_guideline",
            ):
                if draft.has(field(name, before)):
                    draft.doubt(
                        field(name, before), "The next issue's title may be part of this text."
                    )
                    break

    def _begins_page(self, word: int) -> bool:
        row = self._sheet.row_at(word)
        return row.number > 0 and self._sheet.rows[row.number - 1].page != row.page

    def _closed_before(self, label: Found) -> bool:
        """Whether the text above a label ends, on the same page, as a text does and no title."""
        sheet, word = self._sheet, label.first - 1
        return (
            bool(SENTENCE_END.search(sheet.texts[word]))
            and not sheet.bold[word]
            and sheet.row_at(word).page == sheet.row_at(label.first).page
        )

    def _put_rationale(self, rationale: FieldId, first: int, end: int) -> None:
        draft = self._draft
        if end <= first:
            draft.doubt(rationale, "Nothing is printed behind the label “Decision rationale:”.")
            return
        draft.put(rationale, self._sheet.prose(first, end), (first, end), "label")

    def _close(self) -> None:
        """Says what the issue at hand lacks."""
        if self._issue < 0:
            return
        draft = self._draft
        for mark in LABELS:
            name = field(_FIELD[mark], self._issue)
            if mark not in self._seen:
                draft.doubt(name, f"{_sentence(name_of(mark))} was not found in this issue.")
        self._doubt_neighbours()

    def _doubt_neighbours(self) -> None:
        """A missing label leaves its words in the part before it."""
        draft = self._draft
        for earlier, later in pairwise(LABELS):
            if later not in self._seen and earlier in self._seen:
                name = field(_FIELD[earlier], self._issue)
                if draft.has(name):
                    draft.doubt(
                        name,
                        f"{_sentence(name_of(later))} is missing below it: its text may be part of this one.",
                    )
        if Mark.CLAIMS not in self._seen and self._headed and not self._sheet.has_bold:
            draft.doubt(
                field("issue.title", self._issue),
                f"{_sentence(name_of(Mark.CLAIMS))} is missing below the title.",
            )


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _put_title(draft: Draft, title: FieldId, heading: Heading) -> None:
    sheet = draft.sheet
    text = sheet.line(heading.first, heading.decision).rstrip()
    if text.endswith(":"):
        text = text[:-1].rstrip()
    elif text and not _parted_by_print(sheet, heading):
        draft.doubt(title, "No colon parts the title from the decision.")
    if not text:
        draft.doubt(title, "No title is printed before the decision.")
        return
    draft.put(title, text, (heading.first, heading.decision), "before the decision")
    read_request(draft, draft.issues[-1], heading.first, heading.decision)


def _parted_by_print(sheet: Sheet, heading: Heading) -> bool:
    """Whether the decision has a label below the title, or the title alone is bold."""
    if sheet.texts[heading.decision] == DECISION_LABEL:
        return True
    bold = [sheet.bold[at] for at in range(heading.first, heading.last)]
    title = heading.decision - heading.first
    return all(bold[:title]) and not any(bold[title:])


def put_guideline(draft: Draft, name: FieldId, first: int, end: int, mark: Mark) -> None:
    """Reads a guideline field's citations from its words; what cannot be so is a doubt."""
    if end <= first:
        draft.doubt(name, f"Nothing is printed behind the label “{mark}”.")
        return
    reading = read_guideline(draft.sheet.line(first, end), draft.guidelines)
    draft.put(name, reading.guideline, (first, end), "label")
    for problem in reading.problems:
        if problem != UNUSUAL or not reading.guideline.text.startswith(GUIDELINE_STARTS):
            draft.doubt(name, problem)
