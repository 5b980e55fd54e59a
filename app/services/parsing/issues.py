"""The issues of the 2014 to 2017 forms: where each begins, and which label owns which words.

An issue is `Title: Decision`, then three labelled parts. The labels are fixed and so the surest
mark; the decision is the word before the first of them; the title is what its bold run, the white
space above it or the row's start say, and a doubt where those disagree. Confirmed by real letters.
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
from rapidfuzz import fuzz

from app.letter import Decision, FieldId
from app.services.citations import read_guideline
from app.services.parsing.draft import Draft, field
from app.services.parsing.marks import LABELS, Found, like_marks, name_of
from app.services.parsing.phrases import Mark
from app.services.parsing.requests import read_request
from app.services.parsing.sheet import Sheet

_FIELD = {
    Mark.CLAIMS: "issue.claims_administrator_guideline",
    Mark.MAXIMUS: "issue.maximus_guideline",
    Mark.RATIONALE: "issue.rationale",
}
_DECISIONS = tuple(Decision)
_DECISION_WORD = re.compile(r"[UuOo](?:pheld|PHELD|verturned|VERTURNED)")
_LIKE = 70.0
_ENDS = re.compile("[.!?:;][\"')\\]\u201d\u2019]*$")
_LONGEST_TITLE = 160
"""Words. The longest title of 439 real ones has about ninety."""


class Heading(msgspec.Struct, frozen=True):
    """A title and its decision: words `first` to `decision`, the decision from there to `last`."""

    first: int
    decision: int
    last: int
    value: Decision | None
    doubts: tuple[str, ...] = ()
    title_doubts: tuple[str, ...] = ()


class _Part(msgspec.Struct, frozen=True):
    """A heading or a label, and where its own words begin and end."""

    first: int
    last: int
    label: Found | None = None
    heading: Heading | None = None


def read_issues(draft: Draft, marks: list[Found], first: int, last: int) -> None:
    """Reads every issue printed between two words."""
    sheet = draft.sheet
    labels = [mark for mark in marks if mark.mark in LABELS and first <= mark.first < last]
    if not _regular(labels):
        more = like_marks(sheet, LABELS, first, last)
        labels = _merged(labels, more)
    parts = _parts(sheet, labels, first, last)
    if not parts:
        draft.notes.append("No disputed item was found: the page with the issues may be missing.")
        return
    _Reader(draft, parts, last).read()


def _regular(labels: list[Found]) -> bool:
    """Whether the labels come in threes, in the form's order."""
    return (
        len(labels) % 3 == 0
        and bool(labels)
        and all(label.mark is LABELS[number % 3] for number, label in enumerate(labels))
    )


def _merged(exact: list[Found], like: list[Found]) -> list[Found]:
    """All labels in order: of two that overlap, the exact one."""
    taken = {word for label in exact for word in range(label.first, label.last)}
    more = [each for each in like if taken.isdisjoint(range(each.first, each.last))]
    return sorted([*exact, *more], key=lambda each: each.first)


def _parts(sheet: Sheet, labels: list[Found], first: int, last: int) -> list[_Part]:
    """Labels and the headings between them, in order."""
    parts: list[_Part] = []
    start = first
    ends = [*(label.first for label in labels), last]
    for number, end in enumerate(ends):
        label = labels[number] if number < len(labels) else None
        before = labels[number - 1].mark if number else None
        for heading in _headings(sheet, start, end, before, label):
            parts.append(_Part(heading.first, heading.last, heading=heading))
        if label is not None:
            parts.append(_Part(label.first, label.last, label=label))
            start = label.last
    return parts


def _headings(
    sheet: Sheet, start: int, end: int, before: Mark | None, label: Found | None
) -> list[Heading]:
    """The issue headings among the words between two labels.

    One is looked for right before a label that begins an issue; others only where a row ends in a
    colon and a decision, so that an issue that lost its labels is not lost itself.
    """
    found: list[Heading] = []
    begin, stop = sheet.offset_of(start), sheet.offset_of(end)
    for match in _DECISION_WORD.finditer(sheet.text, begin, stop):
        word = sheet.word_at(match.start())
        text = sheet.texts[word]
        if _decided(text) is not None and word > start:
            at_end = word + 1 == end and label is not None and label.mark is not Mark.RATIONALE
            ends_row = word + 1 == end or sheet.starts_row(word + 1)
            if at_end or (ends_row and sheet.texts[word - 1].endswith(":")):
                found.append(_heading(sheet, start, word, word + 1, _decided(text)))
                start = word + 1
    if label is None or label.mark is not Mark.CLAIMS or (found and found[-1].last == end):
        return found
    if end > start and before in (None, Mark.RATIONALE):
        heading = _unsure_heading(sheet, start, end)
        if heading is not None:
            found.append(heading)
    return found


def _unsure_heading(sheet: Sheet, start: int, end: int) -> Heading | None:
    """A heading before a label whose decision is misread or missing."""
    word = end - 1
    text = sheet.texts[word].strip(".,;:")
    if word > start:
        like = max(
            _DECISIONS, key=lambda decision: fuzz.ratio(text.casefold(), decision.casefold())
        )
        if fuzz.ratio(text.casefold(), like.casefold()) > _LIKE:
            why = f"The decision is printed as “{sheet.texts[word]}”."
            return _heading(sheet, start, word, end, like, (why,))
    at = _title_start(sheet, start, end)[0]
    titled = (
        sheet.words[word].bold or sheet.texts[word].endswith(":") or ":" in sheet.joined(at, end)
    )
    if not titled or end - at > _LONGEST_TITLE:
        return None
    why = "No decision (Upheld or Overturned) is printed behind the title."
    colon = next((n for n in range(end - 1, at, -1) if sheet.texts[n].endswith(":")), end - 1)
    return _heading(sheet, start, colon + 1, end, None, (why,))


def _decided(text: str) -> Decision | None:
    bare = text.strip(".,;:").casefold()
    if bare == "upheld":
        return Decision.UPHELD
    if bare == "overturned":
        return Decision.OVERTURNED
    return None


def _heading(
    sheet: Sheet,
    start: int,
    decision: int,
    last: int,
    value: Decision | None,
    doubts: tuple[str, ...] = (),
) -> Heading:
    first, title_doubts = _title_start(sheet, start, decision)
    return Heading(first, decision, last, value, doubts, title_doubts)


def _title_start(sheet: Sheet, start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Where the title that ends before word `end` begins, and what speaks against it."""
    if end <= start:
        return start, ()
    by_space = _start_by_space(sheet, start, end)
    if sheet.has_bold and sheet.words[end - 1].bold:
        by_bold = end - 1
        while by_bold > start and sheet.words[by_bold - 1].bold:
            by_bold -= 1
        if sheet.starts_row(by_bold):
            return _unless_hidden(sheet, start, by_bold, by_space, end)
        if by_bold <= by_space < end:
            return by_space, ("The bold print does not begin where the title does.",)
        return by_bold, ("The title does not begin a row.",)
    if sheet.has_bold:
        return by_space, ("The title is not in bold print, so its beginning is uncertain.",)
    if by_space == start and sheet.texts[start - 1].endswith(":") and not sheet.row_at(start).gap:
        by_space = _start_by_sentence(sheet, start, end)
    return by_space, _doubts_of_space(sheet, by_space)


def _unless_hidden(
    sheet: Sheet, start: int, by_bold: int, by_space: int, end: int
) -> tuple[int, tuple[str, ...]]:
    """The bold start, unless bold print of the text before runs into the title."""
    if by_bold < by_space and any(
        sheet.rows[row].gap and sheet.words[sheet.rows[row].first - 1].bold
        for row in range(sheet.row_of[by_bold] + 1, sheet.row_of[end - 1] + 1)
    ):
        return by_space, ("Bold print runs on from the text above the title.",)
    return by_bold, ()


def _start_by_space(sheet: Sheet, start: int, end: int) -> int:
    """The row's start that white space, or a row ended early behind a full stop, points to."""
    word = end - 1
    row = sheet.row_at(word)
    while row.first > start:
        at = row.first
        if row.gap or sheet.breaks_before(at):
            return at
        above = sheet.rows[row.number - 1]
        if above.last <= start:
            return at
        if above.page != row.page and _ENDS.search(sheet.texts[at - 1]):
            return at
        row = above
    return start


def _start_by_sentence(sheet: Sheet, start: int, end: int) -> int:
    """The last row before word `end` that begins behind a full stop, for want of better marks."""
    row = sheet.row_at(end - 1)
    while row.first > start:
        if _ENDS.search(sheet.texts[row.first - 1]):
            return row.first
        row = sheet.rows[row.number - 1]
    return start


def _doubts_of_space(sheet: Sheet, first: int) -> tuple[str, ...]:
    if sheet.row_at(first).gap or (first and sheet.starts_row(first) and _opens(sheet, first)):
        return ()
    if sheet.forced_before(first) and _ENDS.search(sheet.texts[first - 1]):
        return ()
    return ("Neither bold print nor white space shows where the title begins.",)


def _opens(sheet: Sheet, first: int) -> bool:
    """Whether the words before are those that stand before the first issue."""
    return sheet.texts[first - 1] in ("below:", "RATIONALES")


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

    def _label(self, label: Found, first: int, end: int) -> None:
        if self._issue < 0 or self._headless(label.mark):
            self._begin_headless()
        self._note_tear(label)
        self._seen.add(label.mark)
        name = field(_FIELD[label.mark], self._issue)
        if label.mark is Mark.RATIONALE:
            self._put_rationale(name, first, end)
        else:
            put_guideline(self._draft, name, first, end, label.mark)
        if not label.exact:
            printed = self._sheet.joined(label.first, label.last)
            self._draft.doubt(name, f"The label is printed as “{printed}”, not “{label.mark}”.")

    def _note_tear(self, label: Found) -> None:
        """A label missing where the page changes: what follows may be of another issue."""
        at = LABELS.index(label.mark)
        complete = at == 0 or LABELS[at - 1] in self._seen
        pages = {self._sheet.row_at(self._before).page, self._sheet.row_at(label.first).page}
        if not complete and len(pages) > 1:
            self._torn = True
        if self._torn:
            name = field(_FIELD[label.mark], self._issue)
            why = "A label is missing above it where the page changes: it may belong to another issue."
            self._draft.doubt(name, why)
        self._before = label.first

    def _headless(self, mark: Mark) -> bool:
        """Whether this label cannot belong to the issue at hand: it has it already, or a later one."""
        return any(LABELS.index(seen) >= LABELS.index(mark) for seen in self._seen)

    def _begin_headless(self) -> None:
        """An issue without a heading: its title may have ended up in the rationale before it."""
        draft = self._draft
        before = self._issue
        self._close()
        self._issue = draft.new_issue()
        self._seen = set()
        draft.doubt(field("issue.title", self._issue), "No title was found above this issue.")
        draft.doubt(
            field("issue.decision", self._issue),
            "No title with a decision was found above this issue.",
        )
        if before >= 0:
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
        if Mark.CLAIMS not in self._seen and self._headed:
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
    elif text:
        draft.doubt(title, "No colon parts the title from the decision.")
    if not text:
        draft.doubt(title, "No title is printed before the decision.")
        return
    draft.put(title, text, (heading.first, heading.decision), "before the decision")
    read_request(draft, draft.issues[-1], heading.first, heading.decision)


def put_guideline(draft: Draft, name: FieldId, first: int, end: int, mark: Mark) -> None:
    """Reads a guideline field's citations from its words; what cannot be so is a doubt."""
    if end <= first:
        draft.doubt(name, f"Nothing is printed behind the label “{mark}”.")
        return
    reading = read_guideline(draft.sheet.line(first, end))
    draft.put(name, reading.guideline, (first, end), "label")
    for problem in reading.problems:
        draft.doubt(name, problem)
