"""Finding the fixed wording in a letter: exactly where possible, else by likeness, with a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec
from rapidfuzz import fuzz

from app.letter import REDACTED
from app.services.parsing.phrases import LEAD_INS, PHRASES, Mark, Phrase
from app.services.parsing.rows import Row
from app.services.parsing.sheet import Sheet

LABELS = (Mark.CLAIMS, Mark.MAXIMUS, Mark.RATIONALE)
_LIKE = 78.0
_UNMISTAKABLE = (Mark.LICENSURE, Mark.SPECIALTY)
"""Labels that no sentence could hold by chance."""
_NAMES = {
    Mark.HOW: "the heading “How the IMR final determination was made”",
    Mark.CREDENTIALS: "the line “has the following credentials”",
    Mark.LICENSURE: "the label “State(s) of Licensure”",
    Mark.SPECIALTY: "the label “Certification(s)/Specialty”",
    Mark.DOCUMENTS: "the heading “Documents reviewed”",
    Mark.SUMMARY: "the heading “Clinical case summary”",
    Mark.SUMMARY_LEAD: "the sentence before the clinical case summary",
    Mark.ISSUES: "the heading “IMR issues, decisions and rationales”",
    Mark.ISSUES_LEAD: "the sentence before the first issue",
    Mark.CLAIMS: "the label “Claims Administrator guideline”",
    Mark.MAXIMUS: "the label “MAXIMUS guideline”",
    Mark.RATIONALE: "the label “Decision rationale”",
}


class Found(msgspec.Struct, frozen=True):
    """A mark at words `first` to `last` (not included); `exact` where it is spelled as it should."""

    mark: Mark
    first: int
    last: int
    exact: bool = True


def name_of(mark: Mark) -> str:
    """The mark in words, for a doubt."""
    return _NAMES[mark]


def exact_marks(sheet: Sheet) -> list[Found]:
    """Every mark spelled as the form has it, in order."""
    found: list[Found] = []
    text = sheet.text
    for phrase in PHRASES:
        at = text.find(phrase.text)
        while at >= 0:
            end = at + len(phrase.text)
            first, last = sheet.word_at(at), sheet.word_at(end - 1) + 1
            if _stands_right(sheet, phrase, first, last):
                found.append(Found(phrase.mark, first, last))
            at = text.find(phrase.text, end)
    for mark, opening, pattern in _LEAD_INS:
        at = text.find(opening)
        match = pattern.search(text, at) if at >= 0 else None
        if match:
            first = sheet.word_at(match.start())
            found.append(Found(mark, first, sheet.word_at(match.end() - 1) + 1))
    return _in_order(found)


def like_marks(sheet: Sheet, wanted: Iterable[Mark], first: int, last: int) -> list[Found]:
    """Marks of these kinds between two words that are misspelt, broken or run into the text."""
    kinds = frozenset(wanted)
    scored: list[tuple[float, Found]] = []
    for phrase in PHRASES:
        if phrase.mark in kinds:
            for at in _candidates(sheet, first, last, phrase):
                score, end = _like_at(sheet, phrase, at, last)
                if end:
                    exact = _same(sheet.joined(at, end), phrase.text)
                    scored.append((score, Found(phrase.mark, at, end, exact)))
    found = _best(scored)
    for mark, sentence in LEAD_INS:
        if mark in kinds:
            found.extend(_like_sentence(sheet, mark, sentence, first, last))
    return _in_order(found)


_LEAD_INS = tuple(
    (mark, opening, re.compile(opening + behind))
    for mark, opening, behind in (
        (
            Mark.SUMMARY_LEAD,
            "The expert reviewer developed the following clinical case summary",
            r"[^:]{0,90}records:",
        ),
        (
            Mark.ISSUES_LEAD,
            "The Final Determination was based on decisions for the disputed",
            r"[^:]{0,60}below:",
        ),
    )
)
"""Marks, how they begin in fixed words, and the whole."""


def _stands_right(sheet: Sheet, phrase: Phrase, first: int, last: int) -> bool:
    row = sheet.row_at(first)
    if phrase.own_row:
        return row.first == first and last == row.last
    if row.first == first or _begins_bold(sheet, first) or phrase.mark in _UNMISTAKABLE:
        return True
    before = sheet.texts[first - 1]
    return before.endswith((".", ":")) or before in ("Upheld", "Overturned")


def _begins_bold(sheet: Sheet, word: int) -> bool:
    return sheet.bold[word] and not sheet.bold[word - 1]


def _candidates(sheet: Sheet, first: int, last: int, phrase: Phrase) -> Iterator[int]:
    """Words at which a mark may begin: each row, bold run, and sentence."""
    for word in range(first, last):
        if sheet.starts_row(word) or (
            not phrase.own_row and (_begins_bold(sheet, word) or sheet.texts[word - 1][-1] in ".:;")
        ):
            yield word


def _like_at(sheet: Sheet, phrase: Phrase, at: int, last: int) -> tuple[float, int]:
    """How like the phrase the words from `at` are, and the word after them, or 0."""
    if phrase.own_row:
        return _like_row(sheet.row_at(at), phrase)
    count = len(phrase.text.split())
    best, best_end = _LIKE, 0
    for end in range(at + max(count - 1, 1), min(at + count + 2, last) + 1):
        text = sheet.joined(at, end)
        closed = text[-1] in ":;.,"
        score = fuzz.ratio(_plain(text), _plain(phrase.text))
        if not closed and not _opens_content(sheet, phrase.mark, end, last):
            continue
        if score >= best:
            best, best_end = score, end
    return best, best_end


def _like_row(row: Row, phrase: Phrase) -> tuple[float, int]:
    if abs(len(row.text) - len(phrase.text)) > 8:
        return 0.0, 0
    score = fuzz.ratio(row.text.upper(), phrase.text.upper())
    return score, row.last if score > _LIKE else 0


def _opens_content(sheet: Sheet, mark: Mark, word: int, last: int) -> bool:
    """Whether the text behind a label without its colon reads like that label's content."""
    if word >= last:
        return False
    if mark in (Mark.CLAIMS, Mark.MAXIMUS):
        following = sheet.joined(word, min(word + 3, last))
        return max(fuzz.ratio(following, start) for start in _STARTS) > 80
    return sheet.bold[word - 1] and not sheet.bold[word]


_STARTS = ("Decision based on", "The Claims Administrator", "The Expert Reviewer")


def _same(text: str, label: str) -> bool:
    """Whether only capitals, a plural or the colon's place differ, which means nothing."""
    return _plain(text) == _plain(label)


def _plain(text: str) -> str:
    return text.casefold().replace("guidelines", "guideline").rstrip(": ")


def _best(scored: list[tuple[float, Found]]) -> list[Found]:
    """Of those that overlap the likest."""
    kept: list[Found] = []
    taken: set[int] = set()
    for _, each in sorted(scored, key=lambda pair: (-pair[0], pair[1].first)):
        words = range(each.first, each.last)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(each)
    return kept


def _like_sentence(
    sheet: Sheet, mark: Mark, sentence: str, first: int, last: int
) -> Iterator[Found]:
    """A lead-in with reading errors: as many words as it should have, near enough in spelling."""
    count = len(sentence.split())
    for row in sheet.rows:
        if not first <= row.first < last:
            continue
        end = min(row.first + count, last)
        text = sheet.joined(row.first, end)
        if fuzz.ratio(text[:30].casefold(), sentence[:30].casefold()) < _LIKE:
            continue
        if fuzz.ratio(text.casefold(), sentence.casefold()) > _LIKE:
            least = end - 4 if REDACTED not in text else row.first  # a box stands for many words
            for word in range(max(least, row.first), min(end + 3, last)):
                if sheet.texts[word].endswith((":", ";")):
                    end = word + 1
                    break
            yield Found(mark, row.first, end, exact=False)
            return


def _in_order(found: list[Found]) -> list[Found]:
    """By place; of two that overlap the longer stays."""
    found.sort(key=lambda each: (each.first, -each.last))
    kept: list[Found] = []
    for each in found:
        if kept and each.first < kept[-1].last:
            continue
        kept.append(each)
    return kept
