"""Letters cut up by headings alone: the shared part of the forms of 2013."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from app.letter import Decision
from app.services.citations import read_guideline
from app.services.parsing.draft import Draft, field
from app.services.parsing.phrases import UNUSUAL
from app.services.parsing.sheet import Sheet

DECIDED = re.compile(
    r"\b(?:is|are|was|were)\s*(?P<not>not)?\s*medically\s+necessary(?:\s+and\s+appropriate)?\b",
    re.IGNORECASE,
)
"""The decision in a sentence. An emphasised `not` may be glued to the next word."""

CLAIMS_SENTENCE = re.compile(
    r"The Claims Administrator (?:based its|did not base its|did not cite|based their)[^\n]*?\.(?=\s+(?:The|MTUS)\b|\s*$)"
)
REVIEWER_SENTENCE = re.compile(
    r"The (?:Expert|Physician|Professional|Medical) Reviewer (?:based|found|relied|did not)[^\n]*?\.(?=\s+(?:The|Rationale|MTUS)\b|\s*$)"
)


class Section(msgspec.Struct, frozen=True):
    """A heading and its text: words `first` to `last` (not included) are the text."""

    name: str
    heading: int
    first: int
    last: int


def cut_up(
    sheet: Sheet, headings: Mapping[str, re.Pattern[str]], start: int = 0, end: int | None = None
) -> list[Section]:
    """The sections between two words, in order; a heading must begin a row or a bold run."""
    end = len(sheet.texts) if end is None else end
    spots: list[tuple[int, int, str]] = []
    for name, pattern in headings.items():
        for match in pattern.finditer(sheet.text, sheet.offset_of(start), sheet.offset_of(end)):
            first = sheet.word_at(match.start())
            if sheet.starts_row(first) or sheet.bold[first]:
                spots.append((first, sheet.word_at(max(match.end() - 1, match.start())) + 1, name))
    spots.sort()
    kept: list[tuple[int, int, str]] = []
    for spot in spots:
        if not kept or spot[0] >= kept[-1][1]:
            kept.append(spot)
    if not kept:
        return []
    ends = [*(spot[0] for spot in kept[1:]), end]
    return [
        Section(name, first, last, stop)
        for (first, last, name), stop in zip(kept, ends, strict=True)
    ]


def first_named(sections: list[Section], name: str) -> Section | None:
    return next((section for section in sections if section.name == name), None)


def decision_of(match: re.Match[str]) -> Decision:
    """What a sentence decides: necessary overturns the denial."""
    return Decision.UPHELD if match["not"] else Decision.OVERTURNED


def words_of(
    sheet: Sheet, start: int, match: re.Match[str], group: str | int = 0
) -> tuple[int, int]:
    """The words a match lies in, for a search in the text from character `start` on."""
    first = sheet.word_at(start + match.start(group))
    return first, sheet.word_at(start + max(match.end(group) - 1, match.start(group))) + 1


def put_guideline_sentence(
    draft: Draft, name: str, issue: int, pattern: re.Pattern[str], first: int, last: int
) -> None:
    """The sentence that says what a decision was based on, as a guideline field."""
    sheet = draft.sheet
    target = field(name, issue)
    match = pattern.search(sheet.joined(first, last))
    if match is None:
        who = "Claims Administrator" if "claims" in name else "reviewer"
        draft.doubt(target, f"No sentence says what the {who} based the decision on.")
        return
    words = words_of(sheet, sheet.offset_of(first), match)
    reading = read_guideline(sheet.line(*words), draft.guidelines)
    draft.put(target, reading.guideline, words, "sentence")
    for problem in reading.problems:
        if problem != UNUSUAL:
            draft.doubt(target, problem)


def put_lines(draft: Draft, name: str, first: int, last: int) -> None:
    """A list of documents: one line each, bullets dropped."""
    sheet = draft.sheet
    lines: list[str] = []
    at = first
    while at < last:
        row = sheet.row_at(at)
        end = min(row.last, last)
        text = " ".join(sheet.texts[at:end])
        bullet = re.match(r"(?:[•·\uf0b7\u25cf*-]|\d{1,2}[.)])\s+", text)
        if bullet or sheet.forced_before(row.first) or not lines:
            lines.append(text[bullet.end() :] if bullet else text)
        else:
            lines[-1] += " " + text
        at = end
    if lines:
        draft.put(field(name), "\n".join(lines), (first, last), "heading")
