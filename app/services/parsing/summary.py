"""The clinical summary: its text, and what its set phrases state.

Reads only what is said in so many words. The set phrases are those of summaries of 2014 to 2017,
confirmed by real letters.
"""

from __future__ import annotations

import re

from app.letter import FieldId
from app.services.language.sentences import sentence_parts
from app.services.parsing.draft import Draft, field
from app.services.parsing.person import read_person
from app.services.parsing.prose import Prose, any_in

SUMMARY = field("clinical_summary")
DIAGNOSES = field("summary_facts.diagnoses")
TREATMENT = field("summary_facts.treatment_to_date")
REQUESTED = field("summary_facts.requested_treatment")

_Phrase = tuple[FieldId, tuple[str, ...], tuple[re.Pattern[str], ...]]
"""A field, words one of which a sentence must hold in any case, and how it is said."""

_PHRASES: tuple[_Phrase, ...] = (
    (
        DIAGNOSES,
        ("diagnos", "impression", "assessment"),
        (
            re.compile(
                r"\b(?:[Dd]iagnos[ei]s|[Dd]iagnostic impressions?|[Ii]mpressions?|[Aa]ssessments?)(?: \([^)]{1,20}\))?"
                r" (?:(?:has|have|had|currently|now|also|at that time) ){0,2}"
                r"(?:includes?|included|including|(?:are|is|was|were)(?: (?:documented|noted|listed|given|stated|reported) as)?|of|consists? of)(?: of)?(?: the following)?:? (?P<what>.+)"
            ),
            re.compile(r"^(?:[Dd]iagnos[ei]s|DIAGNOS[EI]S): ?(?P<what>.+)"),
            re.compile(
                r"\b(?:is|was|were|has been|had been) diagnosed (?:with|as having) (?P<what>.+)"
            ),
        ),
    ),
    (
        TREATMENT,
        ("treat", "care", "therap", "management"),
        (
            re.compile(
                r"\b(?:[Tt]reatments?|[Cc]are|[Tt]herap(?:y|ies)|[Mm]anagement)(?: (?:to date|thus far|so far|rendered|received))?"
                r" (?:(?:has|have|had|also) ){0,2}(?:includes?|included|including|consisted of|consists of|been|(?:were|was|are|is)(?: noted to include)?) (?P<what>.+)"
            ),
            re.compile(
                r"^(?:[Tt]reatment to date|[Pp]rior treatments?|[Pp]revious treatments?): ?(?P<what>.+)"
            ),
            re.compile(r"\b(?:has been|was|had been) treated with (?P<what>.+)"),
        ),
    ),
    (
        REQUESTED,
        ("request", "recommend", "plan"),
        (
            re.compile(r"\b[Tt]reatment requested (?:is|was)(?: for)? (?P<what>.+)"),
            re.compile(r"\b(?:[Uu]nder consideration is|[Tt]here is) a request for (?P<what>.+)"),
            re.compile(
                r"\b(?:[Tt]he|[Tt]his|[Aa]|[Cc]urrent) (?:current |present )?requests? (?:(?:is|was|are|were) )?(?:made )?(?:for|includes?|included) (?P<what>.+)"
            ),
            re.compile(
                r"\b(?:[Pp]rovider|[Pp]hysician|[Dd]octor|MD|DC) (?:has )?(?:requested|requests|is requesting|recommended) (?P<what>.+)"
            ),
            re.compile(
                r"\b(?:[Tt]reatment|[Cc]urrent)? ?[Pp]lan(?: of care| of treatment)?,? (?:includes?|included|was|is|consisted of)(?: for)? (?P<what>.+)"
            ),
            re.compile(
                r"\b[Rr]equested treatments? (?:includes?|included|is|are|was|were) (?P<what>.+)"
            ),
        ),
    ),
)


def read_summary(draft: Draft, first: int, last: int) -> None:
    """Takes the summary's text from the words `first` to `last`, and what it says of the person."""
    if last <= first:
        draft.doubt(SUMMARY, "Nothing is printed under “Clinical case summary”.")
        return
    text = Prose(draft, first, last)
    draft.put(SUMMARY, text.text, (first, last), "heading")
    read_person(text)
    _read_phrases(text)


def _read_phrases(text: Prose) -> None:
    wanted = list(_PHRASES)
    for sentence, start, _ in sentence_parts(text.text):
        folded = sentence.casefold()
        for phrase in wanted:
            if any_in(folded, phrase[1]) and _put_phrase(text, start, sentence, phrase):
                wanted = [other for other in wanted if other is not phrase]


def _put_phrase(text: Prose, start: int, sentence: str, phrase: _Phrase) -> bool:
    """Whether the sentence, which begins at `start`, states what the phrase looks for."""
    name, _, patterns = phrase
    for pattern in patterns:
        match = pattern.search(sentence)
        if match:
            value = match["what"].rstrip().rstrip(".;")
            if value:
                begin = start + match.start("what")
                words = text.words(begin, begin + len(value))
                text.draft.put(name, value, words, "set phrase")
            return bool(value)
    return False
