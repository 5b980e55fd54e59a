"""What the clinical summary says of the person: age, sex, day of injury, and its set phrases.

Reads only what is said in so many words; two statements that differ are a doubt. The set phrases
are those of summaries of 2014 to 2017, confirmed by real letters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from app.letter import FieldId
from app.services.parsing.dates import ReadDate, date_matches, date_of, shown
from app.services.parsing.draft import Draft, field

AGE = field("patient.age")
SEX = field("patient.sex")
INJURY = field("patient.date_of_injury")
HEADER_INJURY = field("header.date_of_injury")
SUMMARY = field("clinical_summary")
DIAGNOSES = field("summary_facts.diagnoses")
TREATMENT = field("summary_facts.treatment_to_date")
REQUESTED = field("summary_facts.requested_treatment")

_SEXES = {
    "male": "male", "man": "male", "gentleman": "male", "boy": "male",
    "female": "female", "woman": "female", "lady": "female", "girl": "female",
}  # fmt: skip
_SEX = re.compile(rf"\b(?:{'|'.join(_SEXES)})\b", re.IGNORECASE)
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {"sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
_WRITTEN = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}"
_AGE = re.compile(
    rf"\b(?P<age>\d{{1,3}}|{_WRITTEN})\s?[-\u2010-\u2013 ]\s?(?:years?|yrs?)\.?\s?[-\u2010-\u2013 ]?\s?(?:old|of age)\b"
    rf"|\b(?P<short>\d{{1,3}})\s?-?\s?(?:y/o|yo|y\.o\.)(?![\w])"
    rf"|\b(?P<bare>\d{{2}})-?\s?year\s(?=(?:male|female|man|woman)\b)"
    rf"|\bage(?:d| of)?\s(?P<aged>\d{{2}})\b(?!\s?(?:%|percent))",
    re.IGNORECASE,
)
_AGE_IN_DIGITS = re.compile(r"([0-9]{1,3})[ -]{1,2}(?:[Yy]ears?|yrs?)\.?[ -]{1,2}(?:old|of age)\b")
"""Begins with a set of characters, which makes it many times as fast as `_AGE`."""
_KIN = re.compile(
    r"^[\s,-]*(?:old\s+)?(?:son|daughter|child|boy|girl|mother|father|history)\b", re.IGNORECASE
)
_HURT = re.compile(
    r"\b(?:injur(?:y|ies|ed)|DOI|accident|incident|hurt|claim|onset|trauma|illness)\b",
    re.IGNORECASE,
)
_HURT_HINTS = (
    "injur",
    "doi",
    "accident",
    "incident",
    "hurt",
    "claim",
    "onset",
    "trauma",
    "illness",
)
_BETWEEN = re.compile(
    r"^(?:[\s,:(]|\bdate\b|\b(?:injury|claim|accident|incident|work|industrial|occupational|related|dated|date|on|of|from|occurred|occurring|happened|was|is|that|which|in|at|his|her|the|a|reported|sustained|to|left|right|work-related|job|or|about|when|he|she|while|working|around|with|initial|as)\b|[-\u2013])*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;!?](?P<space>\s+)(?=[A-Z0-9(])|\n")
"""Where a sentence ends: at the white space behind its mark, or at a paragraph's end."""
_LONGEST_ABBREVIATION = 8
"""Characters, with the one before it."""
_ABBREVIATED = re.compile(r"\b(?:Dr|Mr|Ms|Mrs|vs|No|approx|St|Jr|Inc|e\.g|i\.e|etc)\.$")

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


class _Text:
    """The summary's text, and which words a stretch of it is printed in."""

    def __init__(self, draft: Draft, first: int, last: int) -> None:
        self.draft = draft
        self.text, self.rows = draft.sheet.prose_with_starts(first, last)
        self.last = last
        self._offsets = [offset for offset, _ in self.rows]

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The words that characters `start` to `end` lie in."""
        return self._word(start), self._word(max(end - 1, start)) + 1

    def _word(self, offset: int) -> int:
        number = bisect_right(self._offsets, offset) - 1
        begin, word = self.rows[number]
        return min(word + self.text.count(" ", begin, offset), self.last - 1)


def read_summary(draft: Draft, first: int, last: int) -> None:
    """Takes the summary's text from the words `first` to `last`, and what it says of the person."""
    if last <= first:
        draft.doubt(SUMMARY, "Nothing is printed under “Clinical case summary”.")
        return
    text = _Text(draft, first, last)
    draft.put(SUMMARY, text.text, (first, last), "heading")
    _read_person(text)
    _read_injury(text)
    _read_phrases(text)


def _read_person(text: _Text) -> None:
    draft = text.draft
    ages: dict[int, re.Match[str]] = {}
    sexes: dict[str, tuple[int, int]] = {}
    for match in _age_matches(text.text):
        behind = text.text[match.end() : match.end() + 60]
        if _KIN.match(behind):
            continue
        number = _number(next(group for group in match.groups() if group))
        if number is not None and 14 <= number <= 105:
            ages.setdefault(number, match)
            sex = _SEX.search(behind.split(".")[0][:45])
            if sex:
                at = match.end() + sex.start()
                sexes.setdefault(_SEXES[sex.group().lower()], (at, at + len(sex.group())))
    if ages:
        age, match = next(iter(ages.items()))
        draft.put(AGE, age, text.words(match.start(), match.end()), "age in the summary")
        if len(ages) > 1:
            printed = " and ".join(str(each) for each in ages)
            draft.doubt(AGE, f"The summary gives different ages: {printed}.")
    _read_sex(text, sexes)


def _age_matches(text: str) -> list[re.Match[str]]:
    """Ages in digits, as nearly all are; only where there are none, every other way to say one."""
    found = [
        match
        for match in _AGE_IN_DIGITS.finditer(text)
        if not text[match.start() - 1 : match.start()].isalnum()
    ]
    return found or list(_AGE.finditer(text))


def _read_sex(text: _Text, beside_age: dict[str, tuple[int, int]]) -> None:
    draft = text.draft
    found = beside_age
    if not found:
        opening = text.text[:400]
        for match in _SEX.finditer(opening):
            found.setdefault(_SEXES[match.group().lower()], match.span())
    if not found:
        return
    sex, span = next(iter(found.items()))
    draft.put(SEX, sex, text.words(*span), "sex in the summary")
    if len(found) > 1:
        draft.doubt(SEX, "The summary says both male and female.")


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    words = re.split(r"[- ]", text.lower())
    if words[0] in _TEENS:
        return _TEENS[words[0]]
    return _TENS.get(words[0], 0) + (_ONES.get(words[1], 0) if len(words) > 1 else 0) or None


def _read_injury(text: _Text) -> None:
    draft = text.draft
    candidates: dict[date | None, ReadDate] = {}
    for match in date_matches(text.text):
        before = text.text[max(match.start() - 90, 0) : match.start()]
        if not _any_in(before.lower(), _HURT_HINTS):
            continue
        hurt = list(_HURT.finditer(before))
        if hurt and _BETWEEN.match(before[hurt[-1].end() :]):
            found = date_of(match)
            candidates.setdefault(found.value, found)
    if not candidates:
        return
    header = draft.value(HEADER_INJURY)
    value, found = next(iter(candidates.items()))
    words = text.words(found.start, found.end)
    if value is None:
        draft.put(INJURY, None, words, "injury in the summary")
        draft.doubt(INJURY, f"There is no such day as “{found.text}”.")
        return
    draft.put(INJURY, value, words, "injury in the summary")
    if len(candidates) > 1 and header is not None and value != header:
        others = " and ".join(each.text for each in candidates.values())
        draft.doubt(INJURY, f"The summary gives more than one day of injury: {others}.")
    if header is not None and value != header:
        draft.doubt(INJURY, f"The summary says {found.text}, the header {shown(header)}.")
        draft.doubt(HEADER_INJURY, f"The header says {shown(header)}, the summary {found.text}.")


def _read_phrases(text: _Text) -> None:
    wanted = list(_PHRASES)
    for start, end in _sentences(text.text):
        sentence = text.text[start:end]
        folded = sentence.casefold()
        for phrase in wanted:
            if _any_in(folded, phrase[1]) and _put_phrase(text, start, sentence, phrase):
                wanted = [other for other in wanted if other is not phrase]


def _any_in(text: str, hints: tuple[str, ...]) -> bool:
    # A loop, not any(): asked some fifty times a letter.
    for hint in hints:  # noqa: SIM110
        if hint in text:
            return True
    return False


def _put_phrase(text: _Text, start: int, sentence: str, phrase: _Phrase) -> bool:
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


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences begin and end; abbreviations do not end one."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE.finditer(text):
        end = match.start("space")
        end = match.start() if end < 0 else end
        if _ABBREVIATED.search(text, max(start, end - _LONGEST_ABBREVIATION), end):
            continue
        spans.append((start, end))
        start = match.end()
    spans.append((start, len(text)))
    return spans
