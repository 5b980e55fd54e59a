"""Rules on the facts about the person: age, sex, dates told in the summary and the rationales.

A determination can be set aside for a plain error of such a fact, so each is compared with every
place that tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.letter import FieldId
from app.services.checks.facts import Facts
from app.services.checks.rules.structure import label
from app.services.checks.values import Hit, Quote
from app.services.language.age_bounds import age_bounds
from app.services.language.asides import is_reported
from app.services.language.dates import (
    find_births,
    find_dates,
    find_partial_dates,
)
from app.services.language.people import (
    ONLY_OF,
    PRONOUNS,
    Age,
    ages_told,
    find_sexes,
    sexes_told,
    without_ages,
)
from app.services.language.seeking import seek
from app.services.language.texts import Text

SUMMARY = FieldId("clinical_summary")
SOMEBODY_ELSE = re.compile(
    r"\b(?:dr|doctors?|physicians?|providers?|surgeons?|therapists?|treaters?|specialists?|psychologists?|nurses?|wife|"
    r"husband|spouse|son|daughter|mother|father|brother|sister|friend|student|co-?worker|boss|supervisor|"
    r"child|children|boy|girl|female|male|woman|man|he/she|his/her|reviewer|attorney|caregiver|chiropractor|"
    r"\w+ologists?|\w+iatrists?|\w+opedists?|\w+opaths?|examiner|evaluator|practitioner|clinician|internist|dentist|author|colleagues?|PTP|QME|AME|"
    r"P\.?A\.?-C|assistant|technician|interpreter|case manager|adjuster|manager|employer|trainer|instructor|parent|nephew|niece|aunt|uncle|"
    r"cousin|partner|fianc\w+|boyfriend|girlfriend|neighbor|roommate|dog|horse|cow|bull|cat|animal|assailant|attacker|inmate|prisoner|robber|suspect|customer|client|resident|grand\w+|et al|M\.?D\.?|D\.?C\.?|D\.?O\.?|who)\b",
    re.I,
)
KIN = {
    "male": re.compile(r"\b(?:husband|son|father|brother|boyfriend|grandson|grandfather|nephew|uncle)s?\b", re.I),
    "female": re.compile(r"\b(?:wife|daughter|mother|sister|girlfriend|grandmother|granddaughter|niece|aunt)s?\b", re.I),
}  # fmt: skip
OF_KIN = 2
NAMED_DOCTOR = re.compile(r"\bDr\.?\s+[A-Z]\w+[^.;]*$")
NAMED = re.compile(r"\b(?:patient|injured worker|claimant|applicant|employee|IW)\b", re.I)
# What a physician does; the patient hardly ever.
ACTS = re.compile(
    r"\s+(?:also\s+|then\s+|has\s+|had\s+|did\s+(?:not\s+)?|does\s+(?:not\s+)?|would\s+|is\s+)?(?:request|recommend|prescrib|order|want|plan|explain|document|examin|wr[io]te"
    r"|written|f[io]und|believ|ask|submit|refer|indicat|justif|propos|suggest|advis|opin|cit|note|sees|saw|diagnos|inject|operat|perform(?:ed|s) (?:the|an?) )",
    re.I,
)
WRITES = re.compile(
    r"\s+(?:\w+\s+)?(?:reports?|notes?|opinions?|office|requests?|recommendations?|prescriptions?|evaluations?|letters?|clinic|rationale|plan|stud(?:y|ies))\b",
    re.I,
)
# Only where the worker opens the clause and no other person can be meant by what follows.
WORKER = re.compile(
    r"(?:^|\b(?:that|as|since|because|when|while|if|although|and|where)\s+|[,;:]\s+)(?:the|this)\s+(?:injured\s+)?"
    r"(?:patient|worker|claimant|applicant|employee|IW)\b(?!\s*(?:and|or|,))(?:'s)?",
    re.I,
)


IN_GENERAL = re.compile(
    r"\b(?:family|guidelines?|MTUS|ODG|ACOEM|FDA|women|men|patients|individuals|contraindicat\w*|warn\w*|category|should|such as|e\.g\.|including|or)\b",
    re.I,
)


def age(facts: Facts) -> Iterator[Hit]:
    """Different ages of the injured worker in the letter."""
    told: dict[int, tuple[FieldId, str]] = {}
    if facts.letter.patient.age is not None:
        told[facts.letter.patient.age] = (FieldId("patient.age"), str(facts.letter.patient.age))
    for field, text in facts.narratives:
        for found in ages_told(text.raw):
            years = found.years
            if _is_of_other_sex(facts, text, found) or is_reported(text, found.start):
                continue
            if _is_of_its_time(facts, text, found):
                told.setdefault(years, (field, found.text))
            if told and years not in told:
                first, printed = next(iter(told.items()))
                yield Hit(
                    field=field,
                    related=(printed[0],),
                    told={
                        "one": str(first),
                        "where": label(printed[0].name).lower(),
                        "other": str(years),
                        "place": label(field.name).lower(),
                    },
                    values=(str(first), str(years)),
                    quotes=(Quote(found.text, field),),
                )
            told.setdefault(years, (field, found.text))
    yield from _out_of_bounds(facts)
    yield from _birth_against_age(facts)


def _is_of_its_time(facts: Facts, text: Text, found: Age) -> bool:
    """An age told with a year in which the patient was that old: "a 24-year-old lineman in 1996"."""
    now, decided = facts.letter.patient.age, facts.letter.header.decision_date
    number = text.sentence_at(found.start)
    if now is None or decided is None or number is None or found.years >= now:
        return False
    if now not in {one.years for one in ages_told(text.raw)}:
        return False
    sentence = text.sentences[number].text
    days = [day.value for day in find_dates(sentence) if day.value is not None]
    days += [part.first for part in find_partial_dates(sentence)]
    return any(abs(now - (decided.year - day.year) - found.years) <= 1 for day in days)


def _is_of_other_sex(facts: Facts, text: Text, found: Age) -> bool:
    """ "At 66 he needs watching", of a woman: somebody else is meant."""
    sex = facts.letter.patient.sex
    if sex not in PRONOUNS or "year-old" in found.text.lower() or "year old" in found.text.lower():
        return False
    other = PRONOUNS["female" if sex == "male" else "male"]
    before = text.raw[max(0, found.start - 12) : found.start + 3]
    return bool(other.search(text.raw, found.end, found.end + 12) or other.search(before))


def _out_of_bounds(facts: Facts) -> Iterator[Hit]:
    """An age told by its decade or a limit that the patient's own is not within."""
    years = facts.letter.patient.age
    for field, text in facts.narratives if years is not None else ():
        for sentence in text.sentences:
            bounds = age_bounds(sentence.text)
            if bounds and years is not None and not bounds[0] - 1 <= years <= bounds[1] + 1:
                yield Hit(
                    field=field,
                    related=(FieldId("patient.age"),),
                    told={
                        "one": str(years),
                        "where": label("patient.age").lower(),
                        "other": bounds[2],
                        "place": label(field.name).lower(),
                    },
                    values=(str(years), bounds[2]),
                    quotes=(Quote(bounds[2], field),),
                )


def _birth_against_age(facts: Facts) -> Iterator[Hit]:
    """A day or a year of birth that the age in the letter does not fit."""
    years, decided = facts.letter.patient.age, facts.letter.header.decision_date
    for field, text in facts.narratives if years is not None and decided is not None else ():
        for born in find_births(text.raw):
            if years is None or decided is None:
                continue
            # The age may be of an earlier visit, and a year alone leaves a year open.
            oldest = decided.year - born.first.year + 1
            youngest = decided.year - born.last.year - 2
            if not youngest <= years <= oldest:
                yield Hit(
                    field=field,
                    related=(FieldId("patient.age"),),
                    told={
                        "one": str(years),
                        "where": label("patient.age").lower(),
                        "other": born.text,
                        "place": label(field.name).lower(),
                    },
                    values=(str(years), born.text),
                    quotes=(Quote(born.text, field),),
                )


def sex(facts: Facts) -> Iterator[Hit]:
    """Male in one place, female in another."""
    known = facts.letter.patient.sex
    place = FieldId("patient.sex")
    for field, text in facts.narratives:
        for found in sexes_told(text.raw):
            if known is None:
                known, place = found.sex, field
            elif found.sex != known and not is_reported(text, found.start):
                yield Hit(
                    field=field,
                    related=(place,),
                    told={
                        "one": known,
                        "where": label(place.name).lower(),
                        "other": found.sex,
                        "place": label(field.name).lower(),
                    },
                    values=("male", "female"),
                    quotes=(Quote(found.text, field),),
                )


def pronouns(facts: Facts) -> Iterator[Hit]:
    """He for a woman, she for a man, or what only the other sex has: not where another may be meant."""
    known = facts.letter.patient.sex
    if known is None:
        known = next((found.sex for found in find_sexes(facts.summary.raw)), None)
    if known is None:
        return
    other_sex = "female" if known == "male" else "male"
    wrong = PRONOUNS[other_sex]
    told_of_kin = any(text.found(KIN[other_sex]) for _, text in facts.narratives)
    # So where a physician of that sex is told of: "Dr. Moss has seen him. She requests six more."
    told_of_kin = told_of_kin or any(
        NAMED_DOCTOR.search(text.raw, max(0, match.start() - 60), match.start())
        for _, text in facts.narratives
        for match in text.found(wrong)
    )
    told_of_kin = told_of_kin or any(
        ACTS.match(facts.summary.raw, match.end()) for match in facts.summary.found(wrong)
    )
    for field, text in facts.narratives:
        if not text.found(wrong) and not text.found(ONLY_OF[other_sex]):
            continue
        found: list[str] = []
        before = ""
        for sentence in text.sentences:
            others = without_ages(sentence.text)
            earlier, before = before, others if _last_other(others) else ""
            own_only = ONLY_OF[other_sex].search(sentence.text)
            kin = own_only and (KIN["male"].search(others) or KIN["female"].search(others))
            if own_only and not kin and not seek(IN_GENERAL, others):
                found.append(own_only[0])
            for match in wrong.finditer(sentence.text):
                if field.issue is not None and _quoted(sentence.text, match.start()):
                    continue
                if _is_workers(text, sentence.text, match, earlier):
                    found.append(match[0])
                    break
        # Where a relative of that sex is told of, a few such words may well be hers or his.
        if len(found) > (OF_KIN if told_of_kin else 0):
            yield Hit(
                field=field,
                related=(FieldId("patient.sex"),),
                told={
                    "sex": known,
                    "place": label(field.name).lower(),
                    "words": ", ".join(sorted({f"“{word.lower()}”" for word in found})),
                },
            )


def _is_workers(text: Text, sentence: str, match: re.Match[str], earlier: str) -> bool:
    """Whether a pronoun must be meant of the worker: nobody else is named before it or near it."""
    if WRITES.match(sentence, match.end()):
        return False
    possessive = match[0].lower() in ("his", "her", "hers")
    if not possessive and ACTS.match(sentence, match.end()) and SOMEBODY_ELSE.search(text.raw):
        return False
    own = WORKER.search(sentence, 0, match.start())
    if own:
        return not SOMEBODY_ELSE.search(sentence, own.end())
    opens = not sentence[: match.start()].strip(" \"'“")
    # A sentence that a pronoun opens may name others behind it: "She said that her husband drives."
    others = without_ages(sentence[: match.start()] if opens else sentence)
    return not SOMEBODY_ELSE.search(f"{earlier} {others}")


def _last_other(sentence: str) -> bool:
    """Whether the person a sentence names last is another than the worker."""
    others = [match.end() for match in SOMEBODY_ELSE.finditer(sentence)]
    return bool(others) and not NAMED.search(sentence, others[-1])


def _quoted(sentence: str, place: int) -> bool:
    return len(re.findall(r"[\"“”]", sentence[:place])) % 2 == 1


RULES = {
    "age": age,
    "sex": sex,
    "pronouns": pronouns,
}
