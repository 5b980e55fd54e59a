"""The rule on how long ago the injury was, and since when there has been pain, against the header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from app.letter import FieldId
from app.services.checks.facts import Facts
from app.services.checks.naming import short
from app.services.checks.rules.structure import label
from app.services.checks.values import Hit, Quote
from app.services.language.beginnings import Beginning, beginnings
from app.services.language.dates import date_text
from app.services.language.numbers import NUMBER, as_number
from app.services.language.seeking import seek

UNITS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25, "decade": 3652.5}
SINCE = re.compile(
    rf"\b(?P<about>(?:more|less) than |over |under |nearly |almost |about |approximately |just |only )?(?P<number>{NUMBER}|a|an|several|many|a few|a couple of)[\s-]+(?P<unit>day|week|month|year|decade)s?"
    r"(?:[\s-]+(?:ago|old|out|post|status post|s/p|after|since|following|from|prior|earlier|before|into|of pain|history))?\b",
    re.I,
)
AT_LEAST = re.compile(r"\b(?:more than|over|at least|several|many|a few)\b", re.I)
MORE = re.compile(r"\b(?:more than|over|at least)\b", re.I)
INJURED = re.compile(
    r"\b(?:injur\w+|hurt|accident|onset|DOI|industrial event|incident|claim)\b", re.I
)
AT_THE_INJURY = re.compile(
    r"(?:ago|old|out|post|status post|s/p|after|since|following|from|prior|earlier)\b[^.;]{0,40}?\b(?:injur\w+|accident|onset|DOI|incident)"
    r"|\b(?:injur\w+|accident|onset|DOI|incident)\b[^.;]{0,60}?\b(?:ago|old|earlier|prior|back)\b|\b(?:injury|accident|incident)\s+(?:occurred|happened|took place|was)\b[^.;]{0,30}?\bbefore\b|\bwithin\s+(?:\w+\s+){1,2}(?:days?|weeks?|months?|years?)\s+of\s+(?:the|his|her|this)\s+(?:\w+\s+)?(?:injury|accident|incident)|\b(?:injur\w+|hurt|accident)\b[^.;]{0,40}?\b(?:days?|weeks?|months?|years?) (?:before|prior to|earlier than|ahead of) (?:the|this|his|her) (?:request|application|visit|review|decision|denial|determination|study|evaluation|examination)|\b(?:hurt|injured)\b[^.;]{0,30}?\b(?:ago|back)\b|\b(?:ago|old)\s+injur\w+|[\s-]old\s+(?:\w+\s+)?injur\w+|injur\w+\s+(?:is|was)\s+(?:\w+\s+){0,3}$",
    re.I,
)
# The acute phase told as over, or of the time it was.
NOT_ACUTE = re.compile(
    r"\b(?:at the time of|since|following|after|beyond|past|passed|over|during|no longer|not|longer in|outside|out of|if|were|had)\b",
    re.I,
)
IS_OLD = re.compile(r"\b(?:injur(?:y|ies)|accident)\s+(?:is|was)\s*$", re.I)
OF_A_PERSON = re.compile(
    r"years? of age\b|\w+[\s-]+old\b(?!\s+(?:\w+\s+)?(?:injury|injuries|accident))", re.I
)
NOW = re.compile(r"\b(?:is|are|remains?|now|only|just|ago|old|recent\w*|still|currently)\b", re.I)
ACUTE = re.compile(
    r"\b(?:injury|accident|strain|sprain) of (?:a few|some|several|only|just|\w+) (?:days|weeks)['’]?(?:s)? (?:standing|duration|ago|back)\b|\b(?:injur\w+|accident|hurt|strain|sprain|incident)\b[^.;,]{0,30}?\b(?:(?:only|just|barely|scarcely) )?(?:last (?:week|month)|yesterday|(?:a few|some|several) (?:days|weeks) (?:ago|back|old)|(?:days|weeks) (?:ago|old))\b|\b(?:fresh|brand-?new) (?:\w+ )?(?:injur\w+|strain|sprain)|\bstill in the (?:healing|acute|early|initial) (?:phase|stage|period)\b|\b(?:acute|recent|new|fresh)\s+(?:\w+\s+)?(?:injur\w+|phase|stage|period|setting)|\binjur\w+\s+(?:is|was|remains)\s+(?:still\s+|very\s+|quite\s+|relatively\s+)?(?:acute|recent|new|fresh)\b|\bacute(?:ly)? injured|\bjust (?:been )?injured",
    re.I,
)
LONG_AGO = re.compile(
    r"\b(?:long-?\s?standing|remote|old|chronic|decades?[- ]old|years[- ]old)\s+(?:\w+\s+)?injur(?:y|ies)|\binjur\w+\s+(?:is|was)\s+(?:\w+\s+)?(?:remote|years ago|long ago|decades ago)|\b(?:for|over) (?:many|several) years (?:since|after) the injury|\byears after (?:the|his|her) (?:injury|accident)",
    re.I,
)
FLARE = re.compile(
    r"\b(?:flare|exacerbat|acute on chronic|aggravat|guideline|MTUS|ODG|ACOEM)", re.I
)
COURSE = re.compile(
    r"\b(?:pain|symptom\w*|disabled|suffer\w*|impaired|complaints?|strain|sprain|hurts?|aches?|ached|condition|problem|chronicity|chronic|disability|course)\b",
    re.I,
)
LASTED = re.compile(
    rf"\b(?:for|of|over|than|lasting|lasted|now|after|back)\s+(?:(?:more than|over|about|at least|nearly|almost|well|the (?:past|last)|than)\s+)*(?P<number>{NUMBER})\+?[\s-]+(?P<unit>month|year|decade)s?(?![\s-]+(?:old|of age))\b",
    re.I,
)
LONG_COURSE = re.compile(
    r"\bbetter part of (?:a|the|two) (?:year|decade)s?|\bfor ages\b|\bmost of (?:his|her) (?:\w+ )?(?:life|career)|\bsince (?:childhood|youth|(?:his|her) (?:youth|teens|twenties))|\b(?:many|several|countless) years\b|\byear after year\b|\blong-?\s?standing|\b(?:for|over|after|back|past|last) (?:the (?:past|last) )?(?:many|several|a number of) years|\bfor decades\b|\byears of (?:pain|symptoms)|\bbeen present for years",
    re.I,
)
RECENT = re.compile(
    r"\b(?:this|here) is an? (?:new|acute|recent|fresh)\b|\b(?:of|with) (?:very )?recent onset\b|\b(?:his|her|patient's) acute (?:\w+\s+){0,3}(?:pain|strain|sprain|condition|problem)"
    r"|\b(?:is|remains) (?:still )?(?:with)?in the (?:first|early|acute|initial) (?:few )?(?:days|weeks|phase|stage|period)\b|\b(?:strain|sprain|pain) of last (?:week|month)\b|\bfirst (?:few )?(?:days|weeks) after[^.;]{0,30}\b(?:as|like) (?:here|in this case)",
    re.I,
)
NOT_THE_COURSE = re.compile(
    r"\b(?:guidelines?|MTUS|ODG|ACOEM|patients|individuals|recommend\w*|should|may|might|if|unless|whether|until|pre-?existing|prior to|before|cumulative|continuous trauma|since (?:the )?(?:19|20)\d\d|family|history of|drug|medication|opioids?|taken|taking|used|using|prescribed|not|no longer|smok\w*|people|effectiveness|efficacy|literature|stud(?:y|ies)|employed|worked)\b",
    re.I,
)
FOR_GOOD = re.compile(r"\b(?:flare|exacerbat|on chronic|new injur|re-?injur|was|were|had)\b", re.I)
HURT = re.compile(
    r"\b(?:was|got|were) (?:injured|hurt)\b|\b(?:injury|accident) (?:was|occurred|happened|took place)\b|\bsince the (?:injury|accident|date of injury)\b",
    re.I,
)
BEGAN = re.compile(
    r"\b(?:pain|symptoms|complaints|problem|condition)\s+(?:began|started|first|arose|developed)\b",
    re.I,
)
OTHER_PAIN = re.compile(
    r"\b(?:headache\w*|stomach|heartburn|depress\w*|anxiety|sleep\w*|insomnia|surg\w+|operat\w+|fusion|visit|sessions?|therapy|relief|tried|trial|seen|another|new|worse\w*|increas\w+|prior|previous\w*|before the|weeks? of|hours?)\b",
    re.I,
)
COMMAS = re.compile(r"[,;:]\s")


def injury_age(facts: Facts) -> Iterator[Hit]:
    """How long ago the injury was, against the header's dates."""
    header = facts.letter.header
    if header.date_of_injury is None or header.decision_date is None:
        return
    days = (header.decision_date - header.date_of_injury).days
    for field, text in facts.narratives:
        for sentence in text.sentences:
            place = _wrong_age(sentence.text, days) or _wrong_beginning(
                sentence.text, header.date_of_injury, header.decision_date
            )
            if place is not None:
                first = text.raw.index(sentence.text, sentence.start)
                yield Hit(
                    field=field,
                    related=(FieldId("header.date_of_injury"), FieldId("header.decision_date")),
                    told={
                        "said": short(sentence.text),
                        "place": label(field.name).lower(),
                        "injured": date_text(header.date_of_injury),
                        "decided": date_text(header.decision_date),
                    },
                    quotes=(Quote(sentence.text, field, None, first + place[0], first + place[1]),),
                )
                break


@lru_cache(maxsize=8192)
def _wrong_beginning(sentence: str, injured: date, decided: date) -> tuple[int, int] | None:
    """Pain or an injury told to have begun on other days than the header's, however that is told."""
    if seek(NOT_THE_COURSE, sentence):
        return None
    of_injury = seek(HURT, sentence)
    of_pain = seek(COURSE, sentence)
    if not (of_injury or of_pain) or seek(FLARE, sentence) or seek(OTHER_PAIN, sentence):
        return None
    ours = Beginning(injured, injured, 0, 0)
    slack = max(90, (decided - injured).days // 3)
    for told in beginnings(sentence, decided):
        # Pain may be told of a later spell; that it is older than the injury may not.
        earlier = told.last + timedelta(days=slack) < injured
        if told.disagrees(ours, slack) and (earlier or of_injury or seek(BEGAN, sentence)):
            return told.start, told.end
    return None


@lru_cache(maxsize=8192)
def _wrong_age(sentence: str, days: int) -> tuple[int, int] | None:
    """What tells of another time since the injury than the dates do."""
    if seek(FLARE, sentence):
        return None
    if days > 548:
        acute = seek(ACUTE, sentence)
        if acute and not seek(NOT_ACUTE, sentence):
            return acute.span()
    if days < 120:
        old = seek(LONG_AGO, sentence)
        if old:
            return old.span()
    of_course = _wrong_course(sentence, days)
    if of_course or not seek(INJURED, sentence) or not seek(AT_THE_INJURY, sentence):
        return of_course
    told_times = tuple(SINCE.finditer(sentence))
    for match in told_times:
        number = as_number(match["number"])
        if number is None:
            number = 1 if match["number"].lower() in ("a", "an") else 3
        told = number * UNITS[match["unit"].lower()]
        around = sentence[max(0, match.start() - 60) : match.end() + 60]
        of_a_person = OF_A_PERSON.match(sentence, match.start("unit"))
        if not AT_THE_INJURY.search(around) or (
            of_a_person and not IS_OLD.search(sentence, 0, match.start())
        ):
            continue
        if told > 1.6 * days + 45:
            return match.span()
        # "Two years" may be nearly three; weeks and months are told of a visit.
        years = match["unit"].lower() == "year" and len(told_times) == 1
        short = told + 365 < 0.85 * days - 30 if years else told < 0.35 * days - 60
        # "Several years" may be many; a few weeks are few.
        least = MORE if match["unit"].lower() in ("day", "week", "month") else AT_LEAST
        if short and NOW.search(around) and not least.search(match[0]):
            return match.span()
    return None


def _wrong_course(sentence: str, days: int) -> tuple[int, int] | None:
    """Pain told as longer than the injury is old, or as new where it is old: at once or in a clause."""
    whole = _course_in(sentence, days)
    if whole is not None:
        return whole
    start = 0
    for end in (*(match.start() for match in COMMAS.finditer(sentence)), len(sentence)):
        found = _course_in(sentence[start:end], days)
        if found is not None:
            return start + found[0], start + found[1]
        start = end
    return None


def _course_in(clause: str, days: int) -> tuple[int, int] | None:
    if seek(NOT_THE_COURSE, clause):
        return None
    if days > 548:
        recent = seek(RECENT, clause)
        if recent and not seek(FOR_GOOD, clause):
            return recent.span()
    if not seek(COURSE, clause):
        return None
    long = seek(LONG_COURSE, clause) if days < 250 else None
    if long:
        return long.span()
    for match in LASTED.finditer(clause):
        number = as_number(match["number"])
        told = (number or 0) * UNITS[match["unit"].lower()]
        if told > 1.6 * days + 60:
            return match.span()
    return None


RULES = {"injury-age": injury_age}
