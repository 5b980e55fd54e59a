"""Where an issue begins: its title and its decision.

A heading is `Title: Decision`. The decision is the word before the first label of the issue; the
title is what its bold run, the white space above it or the row's start say, and a doubt where
those disagree. Confirmed by real letters.
"""

from __future__ import annotations

import re

import msgspec
from rapidfuzz import fuzz

from app.letter import Decision
from app.services.language.sentences import TEXT_END
from app.services.parsing.marks import Found
from app.services.parsing.phrases import Mark
from app.services.parsing.sheet import Sheet

_DECISIONS = tuple(Decision)
_DECISION_WORD = re.compile(r"[UuOo](?:pheld|PHELD|verturned|VERTURNED)")
_DECISION = re.compile(rf": \S*?{_DECISION_WORD.pattern}")
"""Begins with fixed characters, which makes it many times as fast."""
DECISION_LABEL = "Decision:"
"""What some styles print before the decision, on a row below the title."""
_LIKE = 70.0
_MOST_QUALIFIERS = 6
"""Words between a title's colon and its decision: “Partially Overturned”, “Not Upheld”."""
_LONGEST_TITLE = 160
"""Words. The longest title of 439 real ones has about ninety."""


class Heading(msgspec.Struct, frozen=True):
    """A title and its decision: words `first` to `decision`, the decision from there to `last`.

    `doubts` are those on the decision, `title_doubts` those on the title.
    """

    first: int
    decision: int
    last: int
    value: Decision | None
    doubts: tuple[str, ...] = ()
    title_doubts: tuple[str, ...] = ()


def headings_between(
    sheet: Sheet, start: int, end: int, before: Mark | None, label: Found | None
) -> list[Heading]:
    """The issue headings among the words between two labels.

    One is looked for right before a label that begins an issue; others only where a row ends in a
    colon and a decision, so that an issue that lost its labels is not lost itself. Such a row in
    regular print, in a letter that has bold, is a quotation.
    """
    found: list[Heading] = []
    for word in _maybe_decisions(sheet, start, end):
        value = _decided(sheet.texts[word])
        if value is None or word <= start:
            continue
        opens = label is not None and (
            label.mark is Mark.CLAIMS or (label.mark is Mark.MAXIMUS and before is not Mark.CLAIMS)
        )
        if (word + 1 == end and opens) or _is_row_of_its_own(sheet, word, end):
            found.append(_decided_heading(sheet, start, word, value))
            start = word + 1
    if label is None or label.mark is not Mark.CLAIMS or (found and found[-1].last == end):
        return found
    if end > start and before in (None, Mark.RATIONALE):
        heading = _unsure_heading(sheet, start, end)
        if heading is not None:
            found.append(heading)
    return found


def quoted_headings(sheet: Sheet, first: int, last: int) -> list[int]:
    """The words of a range that are decisions of headings in regular print, of a letter with bold."""
    found: list[int] = []
    if not sheet.has_bold:
        return found
    for word in _behind_colons(sheet, first, last):
        if word + 1 == last or sheet.starts_row(word + 1):
            found.append(word)
    return found


def _maybe_decisions(sheet: Sheet, first: int, last: int) -> list[int]:
    """The words of a range that decide, right behind a colon or as its last one."""
    found = _behind_colons(sheet, first, last)
    end = last - 1
    if end > first and end not in found and _DECISION_WORD.search(sheet.texts[end]):
        found.append(end)
    return found


def _behind_colons(sheet: Sheet, first: int, last: int) -> list[int]:
    matches = _DECISION.finditer(sheet.text, sheet.offset_of(first), sheet.offset_of(last))
    return [sheet.word_at(match.end() - 1) for match in matches]


def _is_row_of_its_own(sheet: Sheet, word: int, end: int) -> bool:
    """Whether a row ends in a colon and this decision, in the print that headings have."""
    ends_row = word + 1 == end or sheet.starts_row(word + 1)
    closed = sheet.texts[word - 1].endswith(":")
    return ends_row and closed and (sheet.bold[word - 1] or not sheet.has_bold)


def _decided_heading(sheet: Sheet, start: int, word: int, value: Decision) -> Heading:
    """The heading whose decision is this word; one that says only “in part” is doubtful."""
    first = _qualified_from(sheet, start, word)
    if word - 1 > start and sheet.texts[word - 1] == DECISION_LABEL and sheet.starts_row(word - 1):
        return _heading(sheet, start, word - 1, word + 1, value)
    if first == word:
        return _heading(sheet, start, word, word + 1, value)
    printed = sheet.joined(first, word + 1)
    why = f"The decision is printed as “{printed}”, not as one of the two words."
    return _heading(sheet, start, first, word + 1, value, (why,))


def _qualified_from(sheet: Sheet, start: int, word: int) -> int:
    """The first word of a decision: it may have words before it, behind the title's colon."""
    for at in range(word - 1, max(word - 1 - _MOST_QUALIFIERS, start), -1):
        if sheet.texts[at].endswith(":"):
            return at + 1
        if sheet.bold[at] and not sheet.bold[word]:
            break
    return word


def _unsure_heading(sheet: Sheet, start: int, end: int) -> Heading | None:
    """A heading before a label whose decision is misread or missing."""
    word = end - 1
    text = sheet.texts[word].strip(".,;:")
    if word > start + 1 and sheet.texts[word - 1].endswith("-"):
        value = _decided(sheet.texts[word - 1][:-1] + text)
        if value is not None:  # broken over two rows
            return _heading(sheet, start, word - 1, end, value)
    if word > start:
        like = max(
            _DECISIONS, key=lambda decision: fuzz.ratio(text.casefold(), decision.casefold())
        )
        if fuzz.ratio(text.casefold(), like.casefold()) > _LIKE:
            why = f"The decision is printed as “{sheet.texts[word]}”."
            return _heading(sheet, start, word, end, like, (why,))
    at = _title_start(sheet, start, end)[0]
    titled = sheet.bold[word] or sheet.texts[word].endswith(":") or ":" in sheet.joined(at, end)
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
    by_bold = end - 1
    if not sheet.bold[by_bold] and by_bold > start and sheet.texts[by_bold].endswith(":"):
        by_bold -= 1  # the colon alone may be in regular print
    if sheet.has_bold and sheet.bold[by_bold]:
        while by_bold > start and sheet.bold[by_bold - 1]:
            by_bold -= 1
        if sheet.starts_row(by_bold):
            return _unless_hidden(sheet, start, by_bold, by_space, end)
        if by_bold <= by_space < end or (by_space < by_bold and sheet.bold[by_space]):
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
        sheet.rows[row].gap and sheet.bold[sheet.rows[row].first - 1]
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
        if above.page != row.page and TEXT_END.search(sheet.texts[at - 1]):
            return at
        row = above
    return start


def _start_by_sentence(sheet: Sheet, start: int, end: int) -> int:
    """The last row before word `end` that begins behind a full stop, for want of better marks."""
    row = sheet.row_at(end - 1)
    while row.first > start:
        if TEXT_END.search(sheet.texts[row.first - 1]):
            return row.first
        row = sheet.rows[row.number - 1]
    return start


def _doubts_of_space(sheet: Sheet, first: int) -> tuple[str, ...]:
    if sheet.row_at(first).gap or (first and sheet.starts_row(first) and _opens(sheet, first)):
        return ()
    if sheet.forced_before(first) and TEXT_END.search(sheet.texts[first - 1]):
        return ()
    return ("Neither bold print nor white space shows where the title begins.",)


def _opens(sheet: Sheet, first: int) -> bool:
    """Whether the words before are those that stand before the first issue."""
    return sheet.texts[first - 1] in ("below:", "RATIONALES")
