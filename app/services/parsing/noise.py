"""Whether a letter's text was read from a picture, with mistakes: told by its fixed wording.

What every letter prints in the same words is the only text whose right spelling is known. A word
there that is nearly but not quite right was misread, and where a dozen fixed sentences hold one
misread character, the free text around them holds more: then every value is worth a look that
nothing else confirms.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from app.letter import REDACTED, Decision, FieldId
from app.services.parsing.corroboration import Corroboration, misreadings
from app.services.parsing.draft import Draft
from app.services.parsing.marks import Found
from app.services.parsing.person import SEX
from app.services.parsing.phrases import HOW_IT_WAS_MADE, LEAD_INS, PHRASES, Mark
from app.services.parsing.reviewer import LICENSURE, SPECIALTIES, SUBSPECIALTIES
from app.services.parsing.timeline import confirmed
from app.services.pdf import PdfText

_WORD = re.compile(r"[^\s.,;:()]+")
_IN_SENTENCE = re.compile(
    r"The \w+ reviewer is [^.]*?licensed to practice in[^.]*\.", re.IGNORECASE
)
_AFTER = (Mark.CREDENTIALS, Mark.LICENSURE, Mark.DOCUMENTS, Mark.SUMMARY)
"""What may stand below the sentences on how the determination was made."""
_NO_LETTER = re.compile(r"[\W_]+")
_NEAR = 70.0
_MOST_SUSPECTS = 4
_LISTS = (LICENSURE, SPECIALTIES, SUBSPECIALTIES)
_REPEATED = (
    "issue.title",
    "issue.request.original",
    "issue.request.authorized",
    "issue.request.in_dispute",
    "issue.claims_administrator_guideline",
    "issue.maximus_guideline",
)
"""Fields short enough that all of their words may be printed elsewhere too."""


_FREQUENT = (
    "the", "with", "this", "that", "have", "which", "there", "their", "would", "should", "since", "being",
    "without", "patient", "patients", "injury", "injured", "worker", "medical", "medically", "medicine",
    "medication", "medications", "treatment", "treatments", "therapy", "physical", "physician", "cervical",
    "lumbar", "shoulder", "muscle", "tenderness", "numbness", "flexion", "extension", "palpation", "surgery",
    "surgical", "symptoms", "complained", "complaints", "diagnosis", "diagnoses", "diagnostic", "documented",
    "documentation", "examination", "evaluation", "evidence", "findings", "functional", "history", "imaging",
    "improvement", "included", "includes", "including", "indicated", "industrial", "initial", "intervention",
    "joint", "management", "necessary", "necessity", "neurologic", "normal", "objective", "occupational",
    "original", "portion", "positive", "previously", "progress", "provided", "provider", "range",
    "recommend", "recommended", "records", "remaining", "report", "reported", "request", "requested",
    "revealed", "review", "reviewer", "sessions", "significant", "specific", "status", "submitted",
    "summary", "support", "sustained", "undergoing", "utilization", "visits", "weeks", "currently",
    "decision", "decreased", "detailed", "duration", "eligible", "authorized", "appropriate", "activity",
    "additional", "clinical", "condition", "conservative", "continued", "guidelines", "involves",
    "mechanism", "modified", "ongoing", "option", "program", "regarding", "service",
)  # fmt: skip
"""Words that these letters hold again and again, and that misread are no other words."""
_WORDS_TOO = frozenset(
    ("tho", "tue", "thc", "thai", "thal", "thar", "tham", "hove", "hane", "wonk")
)
"""Misreadings of `_FREQUENT` that are words all the same."""
_CERTAIN = 2
"""So many different misreadings of them are no slips of a typist."""
_RECOGNISER = re.compile(
    r"Paper Capture|FineReader|ABBYY|Tesseract|\w*OCR\w*|OmniPage|Readiris|ScanSnap", re.IGNORECASE
)
"""Programs that add text to pictures of paper, as files name them."""


def doubt_misread(draft: Draft, marks: tuple[Found, ...], text: PdfText) -> None:
    """Doubts the fields of a letter that was read from a picture, as far as misreading shows.

    Not those that something else confirms: a list of known entries, a second place, the file's
    name, or words that the letter repeats.
    """
    told = _told_by_words(draft, marks) or _told_by_program(text)
    if told is None:
        return
    corroboration = Corroboration(draft.sheet.texts)
    witnessed = confirmed(draft, text.name)
    for each in draft.fields():
        if each in witnessed or _is_sure(draft, each, corroboration):
            continue
        suspects = _suspects(draft, each, corroboration)
        draft.doubt(each, f"{told}: compare with the page. {suspects}".rstrip())
    draft.notes.append(f"The text looks read from a picture of paper. {told}.")


def _told_by_words(draft: Draft, marks: tuple[Found, ...]) -> str | None:
    count = _misread_words(draft, marks)
    if not count:
        return None
    words = "a misread word" if count == 1 else f"{count} misread words"
    return f"This letter has {words} for certain, so others are likely"


def _told_by_program(text: PdfText) -> str | None:
    made = f"{text.metadata.get('producer', '')} {text.metadata.get('creator', '')}"
    name = _recogniser(made)
    return f"The program that made the file recognises text ({name})" if name else None


@lru_cache(maxsize=256)  # of many letters, few programs
def _recogniser(made: str) -> str:
    found = _RECOGNISER.search(made)
    return found.group() if found else ""


def _is_sure(draft: Draft, name: FieldId, corroboration: Corroboration) -> bool:
    """Whether misreading cannot have made this value, or would have been noticed."""
    value = draft.value(name)
    if isinstance(value, Decision) or value in ("Standard", "Expedited") or name == SEX:
        return True
    if name in _LISTS:
        return not draft.doubted(name)  # every entry is known, and spelled exactly
    if name.name not in _REPEATED:
        return False
    first, last = draft.words(name)
    return all(corroboration.is_right(text) for text in draft.sheet.texts[first:last])


def _suspects(draft: Draft, name: FieldId, corroboration: Corroboration) -> str:
    """The words of a field that look misread, for the eye to begin with."""
    first, last = draft.words(name)
    texts = draft.sheet.texts[first:last]
    found = dict.fromkeys(text for text in texts if corroboration.is_suspect(text))
    shown = [f"“{text}”" for text in list(found)[:_MOST_SUSPECTS]]
    return f"Look at {', '.join(shown)}." if shown else ""


def _misread_words(draft: Draft, marks: tuple[Found, ...]) -> int:
    at = {mark.mark: mark for mark in reversed(marks)}
    sheet = draft.sheet
    inexact = [
        sheet.joined(mark.first, mark.last)
        for mark in marks
        if not mark.exact and not _has_its_letters(sheet.joined(mark.first, mark.last), mark.mark)
    ]
    count = sum(1 for printed in inexact if REDACTED not in printed)
    telltales = _telltales().intersection(sheet.texts)
    if len(telltales) >= _CERTAIN:
        count += len(telltales)
    end = min(
        (at[mark].first for mark in _AFTER if mark in at),
        default=0,
    )
    start = at[Mark.HOW].last if Mark.HOW in at else 0
    text = sheet.line(start, end) if end > start else ""
    for heading, lead in ((Mark.SUMMARY, Mark.SUMMARY_LEAD), (Mark.ISSUES, Mark.ISSUES_LEAD)):
        if heading in at and lead in at and at[heading].last <= at[lead].first:
            text += " " + sheet.line(at[heading].last, at[lead].last)
    fixed = _fixed_words()
    if not text or ("Federal Services" not in text and Mark.HOW not in at):
        return count
    text = text.replace(REDACTED, " ")
    free = text.replace(HOW_IT_WAS_MADE, " ")  # word by word only where it is not as it should be
    free = _IN_SENTENCE.sub(" ", free)
    for _, lead in LEAD_INS:
        free = free.replace(lead, " ")
    free = free.replace("-", "")  # at a row's end; none of it has a hyphen of its own
    for word in set(_WORD.findall(free)) - fixed:
        plain = not word.isdigit() and len(word) > 2 and not _is_of_fixed(word)
        if plain and process.extractOne(word, fixed, scorer=fuzz.ratio, score_cutoff=_NEAR):
            count += 1
    return count


def _has_its_letters(printed: str, phrase: str) -> bool:
    """Whether a heading or label differs from its wording in spaces, in words before or behind it
    or in words that it lacks, and in no letter: a lost space or a broken row is no misreading."""
    one, two = (_NO_LETTER.sub("", text.casefold()) for text in (printed, phrase))
    return one in two or two in one


def _is_of_fixed(word: str) -> bool:
    """Whether a word is a fixed one with other capitals, or two of them without their space."""
    folded, known = word.casefold(), _folded_words()
    return folded in known or any(
        folded[:at] in known and folded[at:] in known for at in range(2, len(folded) - 1)
    )


@cache
def _folded_words() -> frozenset[str]:
    return frozenset(word.casefold() for word in _fixed_words())


@cache
def _telltales() -> frozenset[str]:
    return frozenset(each for word in _FREQUENT for each in misreadings(word)) - _WORDS_TOO


@cache
def _fixed_words() -> frozenset[str]:
    texts = [HOW_IT_WAS_MADE, *(phrase.text for phrase in PHRASES), *(text for _, text in LEAD_INS)]
    words = {word for text in texts for word in _WORD.findall(text)}
    return frozenset(words | {"services", "Service", "Services", "physician", "Maximus"})
