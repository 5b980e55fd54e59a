"""Ages, sexes and pronouns, and whose they are: the worker's, a relative's, of an earlier day.

An age is found by its unit (`year-old`, `y/o`, `years of age`) and read backwards from there; a
text is gone through once by a pattern that begins with a set of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from app.services.language.numbers import WRITTEN, as_number

SEXES = {
    "male": "male", "man": "male", "gentleman": "male", "boy": "male", "m": "male",
    "female": "female", "woman": "female", "lady": "female", "girl": "female", "f": "female",
}  # fmt: skip
YOUNGEST, OLDEST = 14, 105
_UNIT = re.compile(
    r"[yY](?:(?:ears?|rs?)\.?[\s\u2010-\u2013-]{0,3}(?:old|of\s+age)\b|(?:ears?|rs?)\s(?=(?:fe)?male\b|(?:wo)?man\b)"
    r"|/?[oO](?=[MF]?(?!\w))|\.\s?o\.(?=[MF]?(?!\w)))"
)
_YEARS = re.compile(
    rf"(?<![\w.,/])(?<!\d[-\u2013])(?P<years>\d{{1,3}}|{WRITTEN})(?:\s?\(\d{{1,3}}\))?\s?[-\u2010-\u2013]?\s?$",
    re.IGNORECASE,
)
_LONGEST = 44
"""Characters of an age in words, with the same in figures behind it."""
_AGED = re.compile(
    rf"[aA]ge(?:d| of)?[\s:]{{1,2}}(?P<years>\d{{2}}|(?i:{WRITTEN}))\b(?!\s?(?:%|percent|years?\b))"
)
_KIN = (
    r"(?:son|daughter|child|children|boy|girl|mother|father|brother|sister|wife|husband|grand\w+)"
)
_OTHERS = r"(?:supervisor|co-?worker|boss|manager|foreman|employer|colleague|friend|neighbou?r|roommate|partner|fianc\w+|girlfriend|boyfriend|inmate|resident|client|customer|student|pupil|guest|attacker|assailant|suspect|passenger|nephew|niece|cousin|aunt|uncle|grand\w+)"
_OTHER_BEFORE = re.compile(
    rf"\b(?:(?:an?|the|one)\s+(?:\w+\s+)?(?:co-?worker|colleague|friend|neighbou?r|roommate|inmate|resident|customer|attacker|assailant|suspect|passenger|bystander)|(?:his|her|their|another|(?:(?:by|of|with|from|lift\w*|help\w*|transfer\w*|assist\w*|restrain\w*|carry\w*|push\w*|pull\w*|catch\w*)\s+(?:an?|the)))\s+(?:\w+\s+)?{_OTHERS})(?:\s*,|\s+(?:is|was|who is|who was|aged))*\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
"""Before an age: somebody else of whom it is told."""
_MET = re.compile(
    r"\b(?:by|lift\w*|help\w*|transfer\w*|assist\w*|restrain\w*|carry\w*|catch\w*|bath(?:e|ed|ing)|turning|car(?:es?|ed|ing) for|look\w* after)\s+(?:an?|the|his|her)\s+(?:\d+[\s-]*(?:pounds?|lbs?|kg)[\s,]+)?$",
    re.IGNORECASE,
)
"""Before an age: what the worker did to somebody, or had done by him."""
_OTHER_BEHIND = re.compile(
    rf"[\s,-]*(?:old\s+)?(?:(?:fe)?male\s+)?(?:{_OTHERS}|patient|driver|(?:gentle|wo)?man|lady)\b",
    re.IGNORECASE,
)
_KIN_BEHIND = re.compile(
    rf"[\s,-]*(?:old\s+)?(?:(?:fe)?male\s+)?(?:{_KIN}|history)\b", re.IGNORECASE
)
_KIN_BEFORE = re.compile(
    rf"\b{_KIN}(?:\s*,|\s+(?:is|was|who is|who was|aged))*\s+(?:an?\s+)?$", re.IGNORECASE
)
_THEN_BEHIND = re.compile(
    r"(?:[\s-]+(?!who\b|with\b|is\b|has\b|and\b)[\w-]+){0,3}?,?\s+(?:at the time|at that (?:time|point)|then\b|back then|when (?:he|she|first|originally|injured|hurt))|,?\s+(?:when|at the time|at time|at injury|on (?:the|that) (?:day|date)|then\b|in (?:[A-Z][a-z]+ )?(?:19|20)\d\d|back then|by the time|at that (?:time|point))\b"
)
_THEN_BEFORE = re.compile(
    r"\b(?:(?:at|since|from|by)\s+(?:the\s+)?(?:age\s+(?:of\s+)?)?"
    r"|(?:when|until|till|before|after|once|while|by the time)\s+(?:\w+\s+){1,3}(?:was|were|became|turned|reached)\s+(?:age\s+|only\s+|about\s+)?)$",
    re.IGNORECASE,
)
_LIMIT_BEHIND = re.compile(
    r"\s+(?:or|and)\s+(?:older|younger|over|above|under|up)\b", re.IGNORECASE
)
_LIMIT_BEFORE = re.compile(
    r"\b(?:under|over|above|below|than|least|until|patients|persons|people|adults|children|those|individuals|ages?|between)\s+"
    r"(?:the\s+)?(?:aged?\s+)?(?:of\s+)?$",
    re.IGNORECASE,
)
_THING_BEHIND = re.compile(
    r"[\s,-]+(?:[\w-]+\s+){0,2}?(?:injury|injuries|claim|case|MRI|x-?rays?|scans?|studies|study|fracture|surgery|fusion|"
    r"reports?|films?|scar|hardware|device|pump|stimulator|implant|complaint|problem|episode|accident|incident|symptoms)\b",
    re.IGNORECASE,
)
PERSON = r"(?:(?:fe)?male|(?:gentle|wo)?man|lady|patient|worker|claimant|applicant|employee|individual|IW)"
_PERSON_BEHIND = re.compile(
    rf"[MF]\b|,?(?:[\s-]+(?!with\b|and\b|who\b)[\w-]+){{0,3}}?[\s-]+(?:{PERSON}\b|[MF]\b(?!\.D))",
    re.IGNORECASE,
)
_PERSON_BEFORE = re.compile(
    rf"\b(?:{PERSON}|he|she)\b,?(?:\s+(?:is|was|who|currently|presently|now|an?|only|just|already|approximately|about)\b|,)*\s*\(?(?:age\s+)?$|\b(?:in|for|of|that)\s+(?:this|our)\s*$|\b(?:given|due to|considering|despite|with|because of|at|for)\s+(?:his|her|the (?:patient|worker|claimant|applicant)'s)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_ADJECTIVES = (
    "yr-old",
    "yr old",
    "yrs old",
    "y/o",
    "yo",
    "y.o",
    "years of age",
    "year-old",
    "year old",
    "yo",
    "y.o",
    "y/o",
    "years old",
    "years-old",
    "y.o.",
)
_NOUN_BEHIND = re.compile(
    r"\.?,?\s+(?!with\b|and\b|who\b|when\b|at\b|or\b|in\b|son\b|daughter\b)[a-z]{4,}", re.IGNORECASE
)
_NOW_BEHIND = re.compile(
    rf",\s+(?:he|she|the\s+{PERSON})\s+(?:is|has|should|can|cannot|needs?|may|will|still)\b",
    re.IGNORECASE,
)
_AS_ONE = re.compile(
    r"\b(?:in|for|of|as|is|to)\s+(?:an?|this)\s+(?:\w+\s+)?$|(?:^|[.;]\s+)(?:This|The|Our)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_BARE_AGE = re.compile(
    rf"(?:\b(?:in|for|of|is|as|with|worker,|patient,|claimant,|applicant,|employee,)\s+|^|\.\s+)an?\s+(?:\w+\s+)?{PERSON}\s+(?:of|aged)\s*(?P<years0>\d{{2}}|{WRITTEN})(?=\s+(?:and|the|this|it|is|has|with|should|who|in|such)\b|\s*,)|\b(?:(?:in|for|of|is|as|with|worker,|patient,|claimant,|applicant,|employee,)\s+an?\s+(?:\w+\s+)?{PERSON}\s+(?:of|aged)|(?:he|she|patient|worker|claimant|applicant)\s+is\s+(?:now\s+|only\s+|just\s+|already\s+)?|(?:^|[.;,]\s+)at\s+(?:just\s+|only\s+)?(?=(?:\d\d|[a-z]+(?:-[a-z]+)?),?\s+(?:he|she|this|the\s+(?:patient|worker|claimant|applicant))\s+(?:is|has|needs|should|can|may|remains|would)\b)|(?:^|[.;,]\s+)(?:even |already |now )?at\s+(?:just\s+|only\s+|barely\s+)?(?=(?:\d\d|[a-z]+(?:-[a-z]+)?),\s+(?:an?|this|the)\s+(?:[\w-]+\s+){{0,2}}?{PERSON}\b)|\b(?:patient|worker|claimant|applicant|employee),\s+(?:aged\s+|now\s+|who is\s+)?(?=(?:\d\d|[a-z-]+),)|(?<!since )at\s+(?:the\s+)?age\s+(?:of\s+)?(?=\d\d,?\s+(?:he|she)\s+(?:is|has|needs|should|can)))\s*"
    rf"(?P<years>\d{{2}}|{WRITTEN})(?=\s+(?:and|the|this|it|is|has|with|should|who|in|such)\b|\s*,|\s*\.(?!\d)|\s*$|\s+years\s+of\s+age|,?\s+(?:he|she|this|the)\b)",
    re.IGNORECASE,
)
_AT_AGE = re.compile(
    rf"(?:^|[.;]\s+)(?:At|With)\s+(?:(?:the|an|his|her)\s+age\s+of\s+(?:only\s+|just\s+|now\s+)?|(?=(?:\d{{2}}|{WRITTEN}) years of age\b))(?P<years>\d{{2}}|(?i:{WRITTEN}))\b(?!(?:[\s,]+\w+){{0,5}}?[\s,]+(?:was|were|had|broke|underwent|sustained|suffered|fell|began|started|lost|became)\b)"
)
"""An age told of today at the beginning of a sentence."""
_SEX = re.compile(r"\b(?:(?:fe)?male|(?:gentle|wo)?man|lady|girl|boy)\b", re.IGNORECASE)
_SEX_HINTS = ("male", "man", "lady", "mr", "ms", "miss")
"""One of these stands in every text that tells a sex: looking for them is cheap."""
_INITIAL = re.compile(r"\s*([MF])\b(?!\.D)")
_NEARBY_WORDS = re.compile(
    r",?[\s-]+(?:\w+[\s-]+){0,3}?((?:fe)?male|(?:gentle|wo)?man|lady)\b", re.IGNORECASE
)
_SAID_OF_WORKER = re.compile(
    r"(?:\b(?:injured worker|patient|applicant|claimant|employee|worker|he|she)\s+is\s+an?\s+(?:\w+[\s-]+){0,4}?|(?:^|[.;]\s+)This\s+(?:\w+[\s-]+)?|\b(?:patient|claimant|worker|applicant),\s+an?\s+(?:\w+[\s-]+){0,2}?|(?:^|[.;]\s+)The\s+(?=lady\b|gentleman\b)"
    r"|\b(?:records?|notes?|reports?|file|chart)\s+(?:describes?|concerns?|refers? to|is of|are of|is about)\s+an?\s+(?:\w+[\s-]+){0,2}?)((?:fe)?male|(?:wo)?man|gentleman|lady)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"(?:^|[.;,]\s+|\b(?:that|as|since|because|and)\s+)(?:[Tt]he|[Tt]his)\s+(?:\w+\s+)?((?:wo)?man|lady|gentleman|(?:fe)?male)(?:\s+(?:patient|worker|claimant|applicant|employee))?\s+(?:is|has|had|was|[a-z]+s|reports?|reported|should|did|complain\w*|cannot|can|failed|underwent|wore|took)\b(?!\s+(?:struck|hit|who|driving))"
    r"|\b[Tt]his\s+(?:\w+\s+)?((?:wo)?man|lady|gentleman)\b(?!['’]s\s+(?:wife|husband|son|daughter))"
)
_NAMES_OTHERS = re.compile(
    rf"\b(?:{_OTHERS}|assailant|attacker|another|driver|intruder|robber|shopper|visitor)\b", re.I
)
_ADDRESSED = re.compile(
    r"\b(Mr|Mrs|Ms|Miss)\b\.?\s+[A-Z][\w'’-]*\.?\s+(?:is|has|had|was|returned?|report\w*|complain\w*|present\w*|continu\w*|remain\w*|underwent|state[sd]?|injured|sustained|denie[sd]|attended|takes|took|works|worked)\b"
)
PRONOUNS = {
    "male": re.compile(
        r"(?<![/\w])(?<!she or )(?<!her or )(?<!hers or )(?<!herself or )(?:he|him|his|himself)(?![/\w])"
        r"(?!\s*(?:/|or)\s*(?:she|her))",
        re.IGNORECASE,
    ),
    "female": re.compile(
        r"(?<![/\w])(?<!he or )(?<!him or )(?<!his or )(?<!himself or )(?:she|her|hers|herself)(?![/\w])"
        r"(?!\s*(?:/|or)\s*(?:he|his|him))(?!\s+(?:and colleagues|et al))",
        re.IGNORECASE,
    ),
}
"""The pronouns of each sex, but those of "he or she"."""
# What only one of the sexes has; telling of a relative is told apart by the sentence.
ONLY_OF = {
    "female": re.compile(
        r"\b(?:hysterectom\w+|ovar\w+|oophorectom\w+|uter(?:us|ine)|pregnan\w+|(?:post|peri|pre)?-?menopaus\w+|endometri\w+|lactat\w+|breast-?feed\w*|obstetric\w*|tubal ligation|hysteroscop\w+|menstru\w+|vagin\w+|mammogra\w+|pap smear|gynecolog\w+|cesarean|c-section|postpartum|childbirth|gave birth|giving birth|deliver(?:y|ed) (?:of )?(?:her|the|a) (?:\w+ )?(?:child|baby|infant))\b",
        re.I,
    ),
    "male": re.compile(
        r"\b(?:prostat\w+|testic\w+|testis|scrot\w+|vasectom\w+|erectile|penile|benign prostatic|BPH|impoten\w+)\b",
        re.I,
    ),
}


class Whose(StrEnum):
    """Whom an age is told of: the worker today or on an earlier day, a relative, or nobody."""

    WORKER = "worker"
    EARLIER = "worker on an earlier day"
    KIN = "relative"
    OTHER = "other"


class Age(NamedTuple):
    """An age in years with its place. `named` where a word for the person stands beside it."""

    years: int
    whose: Whose
    named: bool
    text: str
    start: int
    end: int


class Sex(NamedTuple):
    """A word for a sex with its place."""

    sex: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=512)
def ages_told(text: str) -> tuple[Age, ...]:
    """Every age of the worker today that a rationale or a summary tells, also without a noun for it.

    Beside those of `find_ages`: "her as a 35 y.o. housekeeper", "a patient of 82", "at 51 years of
    age, he should". The reading of letters goes by the plain ones.
    """
    found = [age for age in find_ages(text) if age.whose is Whose.WORKER and age.named]
    for age in find_ages(text):
        if age in found or age.whose in (Whose.KIN, Whose.OTHER):
            continue
        behind = text[age.end :]
        described = age.whose is Whose.WORKER and age.text.lower().endswith(_ADJECTIVES)
        as_one = described and _AS_ONE.search(text, 0, age.start)
        if (described and _NOUN_BEHIND.match(behind)) or as_one or _NOW_BEHIND.match(behind):
            found.append(age)
    for match in _AT_AGE.finditer(text):
        years = as_number(match["years"])
        if years and YOUNGEST <= years <= OLDEST:
            found.append(Age(years, Whose.WORKER, True, match[0].lstrip(".; "), *match.span()))
    for match in _BARE_AGE.finditer(text):
        years = as_number(match["years0"] or match["years"])
        if years and YOUNGEST <= years <= OLDEST:
            found.append(Age(years, Whose.WORKER, True, match[0], *match.span()))
    return tuple(found)


@lru_cache(maxsize=512)
def find_ages(text: str) -> tuple[Age, ...]:
    """Every age of somebody who may work, and of relatives, in order; not those of things."""
    found = sorted(_ages(text), key=lambda age: age.start)
    return tuple(age for age in found if age.whose is Whose.KIN or YOUNGEST <= age.years <= OLDEST)


def sex_beside(text: str, age: Age) -> Sex | None:
    """The word or the initial that tells the sex right behind an age."""
    behind = text[age.end : age.end + 60]
    match = _INITIAL.match(behind) or _SEX.search(behind.split(".")[0][:45])
    if match is None:
        return None
    start, end = match.span(match.lastindex or 0)
    return _sex(text, age.end + start, age.end + end)


@lru_cache(maxsize=512)
def find_sexes(text: str) -> tuple[Sex, ...]:
    """Every word that tells the worker's sex: behind an age, or where it says what the worker is."""
    found = [
        _sex(text, *match.span(1))
        for age in find_ages(text)
        if age.whose is Whose.WORKER and (match := _NEARBY_WORDS.match(text, age.end))
    ]
    found += (_sex(text, *match.span(1)) for match in _SAID_OF_WORKER.finditer(text))
    return tuple(dict.fromkeys(sorted(found, key=lambda sex: sex.start)))


@lru_cache(maxsize=512)
def sexes_told(text: str) -> tuple[Sex, ...]:
    """The same, and those that a rationale tells without saying what the worker is.

    "The woman has failed therapy", "Mrs. N. returned": the reading of letters goes by the plain ones.
    """
    lower = text.lower()
    if not any(hint in lower for hint in _SEX_HINTS):
        return ()
    found = list(find_sexes(text))
    if not _NAMES_OTHERS.search(text):
        for match in _DEFINITE.finditer(text):
            found.append(_sex(text, *match.span(1 if match[1] else 2)))
    for match in _ADDRESSED.finditer(text):
        sex = "male" if match[1].lower() == "mr" else "female"
        found.append(Sex(sex, match[0], *match.span()))
    return tuple(dict.fromkeys(sorted(found, key=lambda sex: sex.start)))


def first_sexes(text: str, until: int) -> dict[str, Sex]:
    """The first word for each sex up to a place of the text, whomever it is said of."""
    found: dict[str, Sex] = {}
    for match in _SEX.finditer(text, 0, until):
        sex = _sex(text, *match.span())
        found.setdefault(sex.sex, sex)
    return found


def without_ages(text: str) -> str:
    """The text without its ages and the words for the person behind them."""
    rest, at = "", 0
    for age in find_ages(text):
        person = _PERSON_BEHIND.match(text, age.end)
        rest += text[at : age.start]
        at = max(at, person.end() if person else age.end)
    return rest + text[at:]


def _sex(text: str, start: int, end: int) -> Sex:
    word = text[start:end]
    return Sex(SEXES[word.lower()], word, start, end)


def _ages(text: str) -> Iterator[Age]:
    for unit in _UNIT.finditer(text):
        before = max(unit.start() - _LONGEST, 0)
        match = _YEARS.search(text[before : unit.start()])
        years = as_number(match["years"]) if match else None
        if match is not None and years is not None:
            yield _age(text, years, before + match.start(), unit.end())
    for match in _AGED.finditer(text):
        if not text[max(match.start() - 1, 0) : match.start()].isalnum():
            yield _age(text, as_number(match["years"]) or 0, match.start(), match.end())


def _is_others(text: str, before: str, end: int) -> bool:
    """Whether an age is of somebody the worker met, or a limit."""
    met = _MET.search(before) and _OTHER_BEHIND.match(text, end)
    limit = _LIMIT_BEHIND.match(text, end) or _LIMIT_BEFORE.search(before)
    return bool(met or limit or _OTHER_BEFORE.search(before))


def _age(text: str, years: int, start: int, end: int) -> Age:
    before = text[max(start - _LONGEST, 0) : start]
    if _KIN_BEHIND.match(text, end) or _KIN_BEFORE.search(before):
        whose = Whose.KIN
    elif _is_others(text, before, end):
        whose = Whose.OTHER
    elif _THEN_BEHIND.match(text, end) or _THEN_BEFORE.search(before):
        whose = Whose.EARLIER
    elif _THING_BEHIND.match(text, end) and not _PERSON_BEHIND.match(text, end):
        whose = Whose.OTHER
    else:
        whose = Whose.WORKER
    named = bool(_PERSON_BEHIND.match(text, end) or _PERSON_BEFORE.search(before))
    return Age(years, whose, named, text[start:end], start, end)
