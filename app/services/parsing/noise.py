"""Whether a letter's text was read from a picture, with mistakes: told by its fixed wording.

What every letter prints in the same words is the only text whose right spelling is known. A word
there that is nearly but not quite right was misread, and where a dozen fixed sentences hold one
misread character, the free text around them holds more: then every value is worth a look.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from app.letter import Decision
from app.services.parsing.draft import Draft
from app.services.parsing.marks import Found
from app.services.parsing.phrases import HOW_IT_WAS_MADE, LEAD_INS, PHRASES, Mark

_WORD = re.compile(r"[^\s.,;:()]+")
_IN_SENTENCE = re.compile(
    r"The expert reviewer is Board Certified.*?licensed to practice in[^.]*\."
)
_NEAR = 70.0


def doubt_misread(draft: Draft, marks: tuple[Found, ...]) -> None:
    """Doubts every field of a letter whose fixed wording shows misread characters."""
    misread = _misread_words(draft, marks)
    if not misread:
        return
    words = "a misread word" if misread == 1 else f"{misread} misread words"
    why = f"The fixed wording of this letter has {words}, so others are likely: compare with the page."
    for name in draft.fields():
        if not _sure(draft.value(name)):
            draft.doubt(name, why)
    draft.notes.append(f"The text looks read from a scan: its fixed wording has {words}.")


def _sure(value: object) -> bool:
    """Whether misreading cannot have made this value: it is one of few words, spelled exactly."""
    if isinstance(value, Decision):
        return True
    return value in ("Standard", "Expedited")


def _misread_words(draft: Draft, marks: tuple[Found, ...]) -> int:
    at = {mark.mark: mark for mark in reversed(marks)}
    sheet = draft.sheet
    count = sum(1 for mark in marks if not mark.exact)
    end = min(
        (at[mark].first for mark in (Mark.CREDENTIALS, Mark.LICENSURE, Mark.SUMMARY) if mark in at),
        default=0,
    )
    start = at[Mark.HOW].last if Mark.HOW in at else 0
    text = _IN_SENTENCE.sub(" ", sheet.line(start, end)) if end > start else ""
    for heading, lead in ((Mark.SUMMARY, Mark.SUMMARY_LEAD), (Mark.ISSUES, Mark.ISSUES_LEAD)):
        if heading in at and lead in at and at[heading].last <= at[lead].first:
            text += " " + sheet.line(at[heading].last, at[lead].last)
    fixed = _fixed_words()
    if not text or ("Federal Services" not in text and Mark.HOW not in at):
        return count
    free = text.replace(HOW_IT_WAS_MADE, " ")  # word by word only where it is not as it should be
    for word in set(_WORD.findall(free)) - fixed:
        plain = not word.isdigit() and len(word) > 2
        if plain and process.extractOne(word, fixed, scorer=fuzz.ratio, score_cutoff=_NEAR):
            count += 1
    return count


@cache
def _fixed_words() -> frozenset[str]:
    texts = [HOW_IT_WAS_MADE, *(phrase.text for phrase in PHRASES), *(text for _, text in LEAD_INS)]
    words = {word for text in texts for word in _WORD.findall(text)}
    return frozenset(words | {"services", "Service", "Services", "physician", "Maximus"})
