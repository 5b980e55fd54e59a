"""One error of each kind put into a letter that was sound: what the checks are measured by.

A mutation takes a letter and a random source and gives the letter with one error, or None where
the letter has no place for it, or where nothing in it could ever tell (a date of injury that the
letter tells only once). `caught_by` are the rules any of which says what is wrong.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from app.letter import (
    Basis,
    Citation,
    Decision,
    FieldId,
    Guideline,
    Issue,
    Letter,
    Source,
    with_value,
)
from app.services.checks import CheckContext


class Mutant(NamedTuple):
    """The letter with one error, and what the run must know beside it."""

    letter: Letter
    context: CheckContext = CheckContext()


Change = Callable[[Letter, random.Random], Mutant | None]


class Mutation(NamedTuple):
    """One kind of error, how it is made, and the rules that should catch it."""

    name: str
    change: Change
    caught_by: frozenset[str]


KINDS: list[Mutation] = []
SIDES = ("side", "side-summary", "side-request", "parts-same-item", "item-of-summary-lost")
PLACES = (
    "body-part",
    "body-part-summary",
    "chapter-fits",
    "item-of-summary-lost",
    "parts-same-item",
    "level",
    "rationale-of-other",
)
WORD_PARTS = (
    "shoulder",
    "knee",
    "elbow",
    "wrist",
    "hip",
    "ankle",
    "foot",
    "hand",
    "cervical",
    "lumbar",
    "thoracic",
    "neck",
    "low back",
)
FAR = {
    "shoulder": "knee", "knee": "shoulder", "elbow": "ankle", "wrist": "knee", "hip": "elbow", "ankle": "wrist", "foot": "shoulder",
    "hand": "foot", "cervical": "lumbar", "lumbar": "cervical", "thoracic": "knee", "neck": "low back", "low back": "neck",
}  # fmt: skip
PART = re.compile(r"\b(" + "|".join(WORD_PARTS) + r")\b", re.I)
SIDE = re.compile(r"\b(left|right)\b", re.I)
STRENGTH = re.compile(r"(\d+(?:\.\d+)?)(?=(?:/\d+)?\s?(?:mg|mcg|%))", re.I)
QUANTITY = re.compile(r"(?<=#)(\d+)")
NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
VISITS = re.compile(
    r"\b(\d+|"
    + "|".join(NUMBERS)
    + r")(?= (?:sessions|visits|times|treatments)\b)|(?<=times )(\d+)\b|(?<=#)(\d+)\b",
    re.I,
)
NOT_NECESSARY = re.compile(
    r"\b(?:is|are|was) (?:determined to be |deemed |considered )?not medically necessary", re.I
)
NECESSARY = re.compile(r"\b(is|are|was) medically necessary", re.I)
OTHER_DRUG = ("Ambien", "Lyrica", "Zanaflex", "Celebrex")
DRUG = re.compile(
    r"\b(Norco|Ultram|Tramadol|Flexeril|Cyclobenzaprine|Ibuprofen|Naproxen|Naprosyn|Gabapentin|Omeprazole|Voltaren|Lidoderm|Percocet|Soma|Meloxicam|Nortriptyline|Baclofen|Tizanidine|Hydrocodone|Orphenadrine)\b",
    re.I,
)
DAY = re.compile(r"\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b")


def kind(name: str, *caught_by: str) -> Callable[[Change], Change]:
    """Enters a function in the list of kinds."""

    def enter(change: Change) -> Change:
        KINDS.append(Mutation(name, change, frozenset(caught_by)))
        return change

    return enter


def with_issue(letter: Letter, issue: Issue) -> Letter:
    return replace(
        letter, issues=tuple(issue if one.id == issue.id else one for one in letter.issues)
    )


def pick(letter: Letter, rng: random.Random, fits: Callable[[Issue], object]) -> Issue | None:
    found = [issue for issue in letter.issues if fits(issue)]
    return rng.choice(found) if found else None


def swapped(match: re.Match[str]) -> str:
    other = {"left": "right", "right": "left"}[match[0].lower()]
    return other.capitalize() if match[0][0].isupper() else other


def moved(text: str, one: str, other: str) -> str:
    return re.sub(
        rf"\b{re.escape(one)}\b",
        lambda m: other.title() if m[0][0].isupper() else other,
        text,
        flags=re.I,
    )


def retitled(issue: Issue, title: str) -> Issue:
    """The title changed; the parts UR told apart are then read from it again."""
    return replace(issue, title=title, request=None)


def in_part(issue: Issue) -> bool:
    return issue.request is not None and "was authorized" in issue.title


# --- decision and rationale -------------------------------------------------------------------


@kind("decision flipped", "polarity", "polarity-weak")
def flip_decision(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.decision and i.rationale)
    if issue is None:
        return None
    other = Decision.OVERTURNED if issue.decision is Decision.UPHELD else Decision.UPHELD
    return Mutant(with_issue(letter, replace(issue, decision=other)))


@kind("conclusion flipped", "polarity", "polarity-weak", "polarity-mixed")
def flip_conclusion(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(
        letter, rng, lambda i: NOT_NECESSARY.search(i.rationale) or NECESSARY.search(i.rationale)
    )
    if issue is None:
        return None
    text = issue.rationale
    last = [*NOT_NECESSARY.finditer(text)]
    if last:
        changed = (
            text[: last[-1].start()] + last[-1][0].replace("not ", "", 1) + text[last[-1].end() :]
        )
    else:
        found = [*NECESSARY.finditer(text)][-1]
        changed = (
            text[: found.start()] + f"{found[1]} not medically necessary" + text[found.end() :]
        )
    return Mutant(with_issue(letter, replace(issue, rationale=changed)))


@kind(
    "conclusion cut off", "no-conclusion", "rationale-short", "issue-field-missing", "no-full-stop"
)
def cut_conclusion(letter: Letter, rng: random.Random) -> Mutant | None:
    def only_at_the_end(issue: Issue) -> bool:
        sentences = re.split(r"(?<=[.!?])\s+", issue.rationale)
        said = [
            s
            for s in sentences
            if re.search(
                r"medical|necess|support|certif|approv|indicated|warrant|recommended", s, re.I
            )
        ]
        return len(sentences) > 2 and len(said) == 1 and said[0] == sentences[-1]

    issue = pick(letter, rng, only_at_the_end)
    if issue is None:
        return None
    sentences = re.split(r"(?<=[.!?])\s+", issue.rationale)
    return Mutant(with_issue(letter, replace(issue, rationale=" ".join(sentences[:-1]))))


@kind(
    "rationales changed places", "rationale-of-other", "other-item-concluded", "body-part", "drug", "polarity", "polarity-weak",
    "level", "side", "side-request", "visits", "quantity", "strength",
)  # fmt: skip
def swap_rationales(letter: Letter, rng: random.Random) -> Mutant | None:
    pairs = [
        (one, two)
        for at, one in enumerate(letter.issues)
        for two in letter.issues[at + 1 :]
        if one.rationale != two.rationale and tells(one) and tells(two) and own_words(one, two)
    ]
    if not pairs:
        return None
    one, two = rng.choice(pairs)
    changed = with_issue(letter, replace(one, rationale=two.rationale))
    return Mutant(with_issue(changed, replace(two, rationale=one.rationale)))


def tells(issue: Issue) -> bool:
    return "ancillary" not in issue.rationale and len(issue.rationale.split()) > 30


def own_words(one: Issue, two: Issue) -> bool:
    """Whether each rationale names something of its own title that the other's title lacks."""

    def words(text: str) -> set[str]:
        return {
            w
            for w in re.findall(r"[a-z]{4,}", text.lower())
            if w not in ("times", "week", "weeks", "with", "original", "request")
        }

    mine, theirs = words(one.title) - words(two.title), words(two.title) - words(one.title)
    return bool(mine & words(one.rationale) and theirs & words(two.rationale)) and not (
        mine & words(two.rationale) or theirs & words(one.rationale)
    )


@kind(
    "rationale copied to another issue",
    "rationale-repeated",
    "rationale-of-other",
    "other-item-concluded",
    "body-part",
    "drug",
)
def copy_rationale(letter: Letter, rng: random.Random) -> Mutant | None:
    full = [issue for issue in letter.issues if tells(issue)]
    if len(full) < 2:
        return None
    one, two = rng.sample(full, 2)
    return Mutant(with_issue(letter, replace(two, rationale=one.rationale)))


# --- the item ------------------------------------------------------------------------------


@kind("side swapped in the title", *SIDES)
def side_in_title(letter: Letter, rng: random.Random) -> Mutant | None:
    told = letter.clinical_summary.lower()

    def fits(issue: Issue) -> bool:
        sides = {m.lower() for m in SIDE.findall(issue.title)}
        part = PART.search(issue.title)
        if len(sides) != 1 or part is None:
            return False
        (side,) = sides
        both = told + " " + issue.rationale.lower()
        return f"{side} {part[0].lower()}" in both and not re.search(
            rf"(?:{swap_word(side)}|bilateral|both) (?:\w+ )?{part[0].lower()}", both
        )

    issue = pick(letter, rng, fits)
    return issue and Mutant(with_issue(letter, retitled(issue, SIDE.sub(swapped, issue.title))))


def swap_word(side: str) -> str:
    return {"left": "right", "right": "left"}[side]


@kind("side swapped in the rationale", *SIDES)
def side_in_rationale(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        sides = {m.lower() for m in SIDE.findall(issue.title)}
        part = PART.search(issue.title)
        return bool(
            len(sides) == 1
            and part
            and f"{next(iter(sides))} {part[0].lower()}" in issue.rationale.lower()
        )

    issue = pick(letter, rng, fits)
    return issue and Mutant(
        with_issue(letter, replace(issue, rationale=SIDE.sub(swapped, issue.rationale)))
    )


@kind("body part changed in the title", *PLACES)
def part_in_title(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        parts = {m.lower() for m in PART.findall(issue.title)}
        return (
            len(parts) == 1
            and next(iter(parts)) in (issue.rationale + letter.clinical_summary).lower()
        )

    issue = pick(letter, rng, fits)
    if issue is None:
        return None
    part = PART.search(issue.title)[0].lower()
    far = FAR[part]
    return Mutant(with_issue(letter, retitled(issue, moved(issue.title, part, far))))


@kind("body part changed in the rationale", *PLACES)
def part_in_rationale(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        parts = {m.lower() for m in PART.findall(issue.title)}
        told = {m.lower() for m in PART.findall(issue.rationale)}
        return len(parts) == 1 and parts == told

    issue = pick(letter, rng, fits)
    if issue is None:
        return None
    part = PART.search(issue.title)[0].lower()
    return Mutant(
        with_issue(letter, replace(issue, rationale=moved(issue.rationale, part, FAR[part])))
    )


@kind("spine level changed in the title", "level", "parts-same-item")
def level_in_title(letter: Letter, rng: random.Random) -> Mutant | None:
    pattern = re.compile(r"\b([LC])(\d)(-\d)?\b")
    issue = pick(
        letter,
        rng,
        lambda i: len(pattern.findall(i.title)) == 1 and pattern.search(i.title)[0] in i.rationale,
    )
    if issue is None:
        return None
    return Mutant(
        with_issue(
            letter,
            retitled(
                issue, pattern.sub(lambda m: f"{m[1]}{1 if int(m[2]) > 3 else 5}", issue.title)
            ),
        )
    )


@kind("strength changed in the title", "strength", "parts-same-item")
def strength_in_title(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        found = STRENGTH.findall(issue.title)
        drug = DRUG.search(issue.title)
        told = issue.rationale + " " + letter.clinical_summary
        return bool(
            found and drug and re.search(rf"{drug[0]}\s(?:\w+\s)?{re.escape(found[0])}", told, re.I)
        )

    issue = pick(letter, rng, fits)
    return issue and Mutant(
        with_issue(letter, retitled(issue, STRENGTH.sub(other_strength, issue.title, count=1)))
    )


def other_strength(match: re.Match[str]) -> str:
    value = float(match[1])
    return f"{value * 4 if value < 20 else value + 250:g}"


@kind("strength changed in the rationale", "strength")
def strength_in_rationale(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        found = STRENGTH.findall(issue.title)
        drug = DRUG.search(issue.title)
        return bool(
            found
            and drug
            and re.search(rf"{drug[0]}\s(?:\w+\s)?{re.escape(found[0])}", issue.rationale, re.I)
        )

    issue = pick(letter, rng, fits)
    if issue is None:
        return None
    old = STRENGTH.search(issue.title)[0]
    new = other_strength(STRENGTH.search(issue.title))
    return Mutant(
        with_issue(
            letter,
            replace(
                issue,
                rationale=re.sub(rf"\b{re.escape(old)}(?=/|\s?(?:mg|mcg|%))", new, issue.rationale),
            ),
        )
    )


@kind("quantity changed in the title", "quantity", "parts-add-up", "visits")
def quantity_in_title(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        found = QUANTITY.findall(issue.title)
        told = issue.rationale + " " + letter.clinical_summary
        drug = DRUG.search(issue.title)
        return (
            bool(found and drug)
            and not in_part(issue)
            and all(re.search(rf"{drug[0]}[^.;#]{{0,30}}#{n}\b", told, re.I) for n in found)
        )

    issue = pick(letter, rng, fits)
    return issue and Mutant(
        with_issue(
            letter, retitled(issue, QUANTITY.sub(lambda m: str(int(m[0]) + 45), issue.title))
        )
    )


@kind("visits changed in the title", "visits", "parts-add-up", "title-amounts", "quantity")
def visits_in_title(letter: Letter, rng: random.Random) -> Mutant | None:
    told_sentences = re.split(r"(?<=[.!?])\s+", letter.clinical_summary)

    def fits(issue: Issue) -> bool:
        match = VISITS.search(issue.title)
        if match is None or DRUG.search(issue.title) or re.search(r"\d\s?(?:mg|%)", issue.title):
            return False
        if in_part(issue):
            return True
        phrase = issue.title.lower()[match.start() : match.end() + 12]
        asked = (
            " ".join(
                s for s in told_sentences if re.search(r"request|certif|denied|modif", s, re.I)
            )
            + " "
            + issue.rationale
        )
        return phrase in asked.lower()

    issue = pick(letter, rng, fits)
    if issue is None:
        return None
    return Mutant(with_issue(letter, retitled(issue, VISITS.sub(more, issue.title, count=1))))


def more(match: re.Match[str]) -> str:
    number = match[0].lower()
    value = int(number) if number.isdigit() else NUMBERS.index(number) + 1
    return str(value + 3)


@kind("part left in dispute miscounted", "parts-add-up", "parts-same-item")
def rest_miscounted(letter: Letter, rng: random.Random) -> Mutant | None:
    number = re.compile(
        r"(?<=#)\d+|\b\d+(?= (?:sessions|visits|hours|refills))|(?<=times )\d+|\b(?:two|three|four|six)\b(?= (?:sessions|visits))"
    )
    issue = pick(letter, rng, lambda i: in_part(i) and number.search(i.request.in_dispute))
    if issue is None:
        return None
    rest = number.sub(more, issue.request.in_dispute, count=1)
    title = rest.join(issue.title.rsplit(issue.request.in_dispute, 1))
    return Mutant(
        with_issue(
            letter, replace(issue, title=title, request=replace(issue.request, in_dispute=rest))
        )
    )


@kind("strength differs within the parts", "parts-same-item")
def parts_differ(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(
        letter,
        rng,
        lambda i: (
            i.request
            and STRENGTH.search(i.request.in_dispute)
            and STRENGTH.search(i.request.original)
        ),
    )
    if issue is None:
        return None
    rest = STRENGTH.sub(other_strength, issue.request.in_dispute, count=1)
    title = rest.join(issue.title.rsplit(issue.request.in_dispute, 1))
    return Mutant(
        with_issue(
            letter, replace(issue, title=title, request=replace(issue.request, in_dispute=rest))
        )
    )


@kind("another drug in the title", "drug", "item-of-summary-lost", "rationale-of-other")
def drug_in_title(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(
        letter,
        rng,
        lambda i: DRUG.search(i.title) and DRUG.search(i.title)[0].lower() in i.rationale.lower(),
    )
    if issue is None:
        return None
    other = rng.choice(
        [
            name
            for name in OTHER_DRUG
            if name.lower() not in (issue.rationale + letter.clinical_summary).lower()
        ]
    )
    return Mutant(with_issue(letter, retitled(issue, DRUG.sub(other, issue.title))))


@kind("issue lost", "item-of-summary-lost")
def issue_lost(letter: Letter, rng: random.Random) -> Mutant | None:
    """An item that a sentence of the summary on the refusal names in the title's own words."""
    refusals = [
        s.lower()
        for s in re.split(r"(?<=[.!?])\s+", letter.clinical_summary)
        if re.search(
            r"non-?\s?certif|denied|modified|failed to approve|not medically necessary", s, re.I
        )
    ]
    if len(letter.issues) < 2:
        return None

    def fits(issue: Issue) -> bool:
        words = [
            w
            for w in re.findall(r"[a-z]{4,}", issue.title.lower())
            if w not in ("with", "without", "times", "week", "weeks", "original", "request")
        ]
        others = " ".join(one.title.lower() for one in letter.issues if one is not issue)
        own = [w for w in words if w not in others]
        return bool(own) and any(
            own[0] in s and sum(w in s for w in words) >= 0.6 * len(words) for s in refusals
        )

    issue = pick(letter, rng, fits)
    return issue and Mutant(
        replace(letter, issues=tuple(one for one in letter.issues if one is not issue))
    )


@kind("issue lost, application known", "item-lost")
def issue_lost_application(letter: Letter, rng: random.Random) -> Mutant | None:
    titles = [i.title for i in letter.issues]
    if len(titles) < 2 or len(set(titles)) < len(titles):
        return None
    issue = rng.choice(letter.issues)
    left = tuple(one for one in letter.issues if one is not issue)
    return Mutant(replace(letter, issues=left), CheckContext(disputed=tuple(titles)))


@kind("issue twice", "duplicate-title")
def issue_twice(letter: Letter, rng: random.Random) -> Mutant | None:
    if not letter.issues:
        return None
    issue = replace(rng.choice(letter.issues), id=letter.issues_made + 1)
    return Mutant(
        replace(letter, issues=(*letter.issues, issue), issues_made=letter.issues_made + 2)
    )


@kind("issue twice, decided both ways", "decided-twice", "polarity", "polarity-weak")
def issue_both_ways(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.decision)
    if issue is None:
        return None
    other = Decision.OVERTURNED if issue.decision is Decision.UPHELD else Decision.UPHELD
    copy = replace(issue, id=letter.issues_made + 1, decision=other)
    return Mutant(
        replace(letter, issues=(*letter.issues, copy), issues_made=letter.issues_made + 2)
    )


# --- the facts --------------------------------------------------------------------------------


@kind("date of injury changed in the header", "injury-date", "dates-order")
def doi_in_header(letter: Letter, rng: random.Random) -> Mutant | None:
    day = letter.header.date_of_injury
    if day is None or letter.patient.date_of_injury != day:
        return None
    changed = day - timedelta(days=rng.choice((1, 8, 30, 365)))
    return Mutant(with_value(letter, FieldId("header.date_of_injury"), changed))


@kind("date of injury changed in the summary", "injury-date")
def doi_in_summary(letter: Letter, rng: random.Random) -> Mutant | None:
    day = letter.header.date_of_injury
    if day is None or letter.patient.date_of_injury != day:
        return None
    printed = next(
        (m for m in DAY.findall(letter.clinical_summary[:400]) if same_day(m, day)), None
    )
    if printed is None:
        return None
    changed = day - timedelta(days=rng.choice((2, 9, 31)))
    text = letter.clinical_summary.replace(printed, f"{changed:%m-%d-%Y}", 1)
    return Mutant(
        replace(
            letter, clinical_summary=text, patient=replace(letter.patient, date_of_injury=changed)
        )
    )


def same_day(printed: str, day: date) -> bool:
    month, number, year = (int(part) for part in re.split(r"[-/]", printed))
    return (month, number, year % 100) == (day.month, day.day, day.year % 100)


@kind("UR date changed in the header", "ur-date", "dates-order")
def ur_in_header(letter: Letter, rng: random.Random) -> Mutant | None:
    day = letter.header.ur_denial_date
    if day is None:
        return None
    sentences = re.split(r"(?<=[.!?])\s+", letter.clinical_summary)
    told = [
        s
        for s in sentences
        if re.search(
            r"utilization review|\bUR\b|prior (?:determination|review)|previously (?:denied|reviewed|non)",
            s,
            re.I,
        )
    ]
    if not any(same_day(m, day) for s in told for m in DAY.findall(s)):
        return None
    return Mutant(
        with_value(
            letter, FieldId("header.ur_denial_date"), day - timedelta(days=rng.choice((1, 3, 7)))
        )
    )


def year_wrong(name: str) -> Change:
    def change(letter: Letter, rng: random.Random) -> Mutant | None:
        day = getattr(letter.header, name)
        if day is None or (day.month, day.day) == (2, 29):
            return None
        return Mutant(
            with_value(
                letter, FieldId(f"header.{name}"), day.replace(year=day.year + rng.choice((-1, 1)))
            )
        )

    return change


def month_and_day_swapped(name: str) -> Change:
    def change(letter: Letter, rng: random.Random) -> Mutant | None:
        day = getattr(letter.header, name)
        if day is None or day.day > 12 or abs(day.month - day.day) < 3:
            return None
        return Mutant(
            with_value(letter, FieldId(f"header.{name}"), day.replace(month=day.day, day=day.month))
        )

    return change


ORDER = (
    "dates-order",
    "dates-far-apart",
    "ur-date",
    "injury-date",
    "date-after-decision",
    "date-in-future",
)
for field in ("date_assigned", "decision_date", "ur_denial_date", "application_received"):
    KINDS.append(Mutation(f"year wrong: {field}", year_wrong(field), frozenset(ORDER)))
    KINDS.append(
        Mutation(f"month and day swapped: {field}", month_and_day_swapped(field), frozenset(ORDER))
    )


@kind("age changed in a rationale", "age")
def age_in_rationale(letter: Letter, rng: random.Random) -> Mutant | None:
    if letter.patient.age is None or not letter.issues:
        return None
    issue = rng.choice(letter.issues)
    text = f"This is a {letter.patient.age + rng.choice((-9, 6, 10))} year old {letter.patient.sex or 'patient'}. {issue.rationale}"
    return Mutant(with_issue(letter, replace(issue, rationale=text)))


@kind("age changed in the form", "age")
def age_in_form(letter: Letter, rng: random.Random) -> Mutant | None:
    if letter.patient.age is None or not re.search(r"year[\s-]old", letter.clinical_summary, re.I):
        return None
    return Mutant(
        with_value(letter, FieldId("patient.age"), letter.patient.age + rng.choice((-10, 1, 10)))
    )


@kind("sex changed in the summary", "sex", "pronouns")
def sex_in_summary(letter: Letter, rng: random.Random) -> Mutant | None:
    """The first word for the sex, read again by a parser: only pronouns can tell."""
    match = re.search(r"\b(male|female)\b", letter.clinical_summary)
    told = letter.clinical_summary + " ".join(issue.rationale for issue in letter.issues)
    own = r"\b(?:he|his|him)\b" if match and match[0] == "male" else r"\b(?:she|her)\b"
    clear = [
        s
        for s in re.split(r"(?<=[.!?])\s+", told)
        if re.search(own, s, re.I)
        and not re.search(r"physician|doctor|provider|wife|husband|treat|therap", s, re.I)
    ]
    if match is None or not clear:
        return None
    other = "female" if match[0] == "male" else "male"
    text = letter.clinical_summary[: match.start()] + other + letter.clinical_summary[match.end() :]
    return Mutant(
        replace(letter, clinical_summary=text, patient=replace(letter.patient, sex=other))
    )


@kind("pronoun changed", "pronouns")
def pronoun(letter: Letter, rng: random.Random) -> Mutant | None:
    pattern = {"male": (r"\bhe\b", "she"), "female": (r"\bshe\b", "he")}.get(
        letter.patient.sex or ""
    )
    if pattern is None:
        return None
    sentences = re.split(r"(?<=[.!?])(\s+)", letter.clinical_summary)
    places = [
        at
        for at, s in enumerate(sentences)
        if re.search(pattern[0], s, re.I)
        and not re.search(
            r"physician|doctor|provider|wife|husband|\bson\b|surgeon|therapist|\bDr|specialist",
            "".join(sentences[max(0, at - 2) : at + 1]),
            re.I,
        )
    ]
    if not places:
        return None
    at = rng.choice(places)
    sentences[at] = re.sub(
        pattern[0],
        lambda m: pattern[1].capitalize() if m[0][0].isupper() else pattern[1],
        sentences[at],
        flags=re.I,
    )
    return Mutant(replace(letter, clinical_summary="".join(sentences)))


@kind("impossible date", "impossible-date")
def impossible(letter: Letter, rng: random.Random) -> Mutant | None:
    found = DAY.findall(letter.clinical_summary)
    if not found:
        return None
    return Mutant(
        replace(
            letter,
            clinical_summary=letter.clinical_summary.replace(rng.choice(found), "13-41-2016", 1),
        )
    )


@kind("date of the record after the decision", "date-after-decision")
def late(letter: Letter, rng: random.Random) -> Mutant | None:
    if letter.header.decision_date is None:
        return None
    day = letter.header.decision_date + timedelta(days=rng.randint(5, 400))
    text = letter.clinical_summary + f" On {day:%m-%d-%Y} the injured worker reported neck pain."
    return Mutant(replace(letter, clinical_summary=text))


# --- guidelines -----------------------------------------------------------------------------


def recited(issue: Issue, *citations: Citation, text: str = "") -> Issue:
    said = text or "Decision based on MTUS " + ", and ".join(c.text for c in citations) + "."
    return replace(
        issue,
        maximus_guideline=Guideline(
            text=said, basis=Basis.MTUS if citations else Basis.NONE, citations=citations
        ),
    )


def mtus(title: str, edition: str | None, section: str = "", pages: str | None = None) -> Citation:
    text = f"{title} {edition}" if edition else title
    text += f", Section(s): {section}" if section else ""
    text += f" Page(s): {pages}" if pages else ""
    return Citation(
        source=Source.MTUS,
        title=title,
        edition=edition,
        sections=(section,) if section else (),
        pages=pages,
        text=text,
    )


def of_mtus(issue: Issue) -> Citation | None:
    return next(
        (c for c in issue.maximus_guideline.citations if c.source is Source.MTUS and c.sections),
        None,
    )


@kind("citation dropped", "no-evidence")
def citation_dropped(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.maximus_guideline.citations)
    return issue and Mutant(
        with_issue(
            letter,
            recited(
                issue,
                text="The Expert Reviewer did not cite any medical evidence for its decision.",
            ),
        )
    )


@kind("year of the edition dropped", "mtus-parts")
def year_dropped(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, of_mtus)
    if issue is None:
        return None
    cited = of_mtus(issue)
    return Mutant(with_issue(letter, recited(issue, mtus(cited.title, None, cited.sections[0]))))


@kind("section dropped", "mtus-parts")
def section_dropped(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: of_mtus(i) and "Postsurgical" not in of_mtus(i).title)
    if issue is None:
        return None
    cited = of_mtus(issue)
    return Mutant(with_issue(letter, recited(issue, mtus(cited.title, cited.edition))))


@kind("edition out of force", "edition-in-force")
def old_edition(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(
        letter, rng, lambda i: of_mtus(i) and of_mtus(i).title == "Chronic Pain Medical Treatment"
    )
    if issue is None or letter.header.decision_date is None:
        return None
    return Mutant(
        with_issue(
            letter,
            recited(
                issue, mtus("Chronic Pain Medical Treatment", "2009", of_mtus(issue).sections[0])
            ),
        )
    )


@kind("edition out of force since 2017", "edition-in-force")
def since_2017(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: of_mtus(i) and of_mtus(i).edition == "2004")
    if issue is None:
        return None
    return Mutant(
        replace(
            letter, header=replace(letter.header, decision_date=date(2018, 3, rng.randint(1, 28)))
        )
    )


@kind("edition that never was", "edition-unknown", "edition-in-force")
def false_edition(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: of_mtus(i) and of_mtus(i).edition)
    if issue is None:
        return None
    cited = of_mtus(issue)
    return Mutant(
        with_issue(
            letter,
            recited(issue, mtus(cited.title, str(int(cited.edition) + 10), cited.sections[0])),
        )
    )


CHAPTERS = {
    "Shoulder Complaints": ("9", 195, 225), "Low Back Complaints": ("12", 287, 328), "Knee Complaints": ("13", 329, 360),
    "Neck and Upper Back Complaints": ("8", 165, 194), "Ankle and Foot Complaints": ("14", 361, 386),
    "Forearm, Wrist, and Hand Complaints": ("11", 253, 286),
}  # fmt: skip
CHAPTER_FOR = {
    "shoulder": "Shoulder Complaints", "knee": "Knee Complaints", "wrist": "Forearm, Wrist, and Hand Complaints", "hand": "Forearm, Wrist, and Hand Complaints",
    "ankle": "Ankle and Foot Complaints", "foot": "Ankle and Foot Complaints", "cervical": "Neck and Upper Back Complaints",
    "neck": "Neck and Upper Back Complaints", "lumbar": "Low Back Complaints", "low back": "Low Back Complaints",
}  # fmt: skip


@kind("chapter of another body part", "chapter-fits")
def wrong_chapter(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        parts = {m.lower() for m in PART.findall(issue.title)}
        return (
            len(parts) == 1
            and not re.search(r"post-?\s?op|pre-?\s?op|associated|labs", issue.title, re.I)
            and next(iter(parts)) in CHAPTER_FOR
        )

    issue = pick(letter, rng, fits)
    if issue is None:
        return None
    part = PART.search(issue.title)[0].lower()
    other = CHAPTER_FOR.get(FAR[part], "Eye")
    return Mutant(with_issue(letter, recited(issue, mtus(other, "2004", "Special Studies"))))


@kind("page of another chapter", "wrong-book", "pages-outside")
def wrong_page(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.maximus_guideline.text)
    if issue is None:
        return None
    title, (number, first, last) = rng.choice([*CHAPTERS.items()])
    page = rng.choice(
        [p for p in (12, 98, 170, 210, 270, 304, 340, 370, 600) if not first <= p <= last]
    )
    cited = replace(
        mtus(f"{title}", None, pages=str(page)),
        chapter=number,
        text=f"ACOEM Chapter {number} {title} Page(s): {page}",
    )
    return Mutant(with_issue(letter, recited(issue, cited)))


@kind("page out of a topic's book", "wrong-book", "pages-outside")
def wrong_topic(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.maximus_guideline.text)
    if issue is None:
        return None
    page = rng.choice((170, 214, 304, 343))
    cited = mtus("Chronic Pain Treatment Guidelines", None, pages=str(page))
    return Mutant(with_issue(letter, recited(issue, cited)))


@kind("abbreviated page range", "abbreviated-pages")
def abbreviated(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.maximus_guideline.text)
    if issue is None:
        return None
    title, (number, first, _) = rng.choice([*CHAPTERS.items()])
    pages = (
        f"{first + 2}-{(first + 4) % 10}"
        if (first + 2) // 10 == (first + 4) // 10
        else f"{first + 2}-{(first + 4) % 100:02}"
    )
    cited = replace(
        mtus(title, None, pages=pages),
        chapter=number,
        text=f"ACOEM Chapter {number} {title} Page(s): {pages}",
    )
    return Mutant(with_issue(letter, recited(issue, cited)))


@kind("outside source without a reason", "no-reason-outside", "search-order")
def outside(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        return issue.maximus_guideline.basis is Basis.MTUS and not re.search(
            r"not (?:\w+ ){0,2}(?:address|discuss|mention|recommend|provide)|specific|silent|additional",
            issue.rationale,
            re.I,
        )

    issue = pick(letter, rng, fits)
    if issue is None:
        return None
    cited = Citation(
        source=Source.ODG,
        title="Low Back",
        edition="2016",
        text="Official Disability Guidelines (ODG) 2016, Low Back, MRIs",
    )
    said = (
        "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. Decision based on Non-MTUS Citation "
        + cited.text
        + "."
    )
    return Mutant(
        with_issue(
            letter,
            replace(
                issue,
                maximus_guideline=Guideline(text=said, basis=Basis.OUTSIDE, citations=(cited,)),
            ),
        )
    )


# --- what is missing, left over, or must not be there -------------------------------------------


def emptied(name: str, value: object) -> Change:
    def change(letter: Letter, rng: random.Random) -> Mutant | None:
        if not name.startswith("issue."):
            return Mutant(with_value(letter, FieldId(name), value))
        if not letter.issues:
            return None
        return Mutant(with_value(letter, FieldId(name, rng.choice(letter.issues).id), value))

    return change


for field, empty, rule in (
    ("header.case_number", "", "header-field-missing"),
    ("header.decision_date", None, "header-field-missing"),
    ("header.priority", "", "header-field-missing"),
    ("reviewer.licensure", (), "credentials-missing"),
    ("reviewer.specialties", (), "credentials-missing"),
    ("clinical_summary", "", "summary-missing"),
    ("issue.title", "", "issue-field-missing"),
    ("issue.decision", None, "issue-field-missing"),
    ("issue.claims_administrator_guideline", Guideline(), "issue-field-missing"),
    ("issue.maximus_guideline", Guideline(), "issue-field-missing"),
    ("issue.rationale", "", "issue-field-missing"),
):
    KINDS.append(
        Mutation(f"empty: {field}", emptied(field, empty), frozenset((rule, "header-missing")))
    )


@kind("case number malformed", "case-number-form")
def case_number(letter: Letter, rng: random.Random) -> Mutant | None:
    number = letter.header.case_number
    return (
        Mutant(
            with_value(
                letter,
                FieldId("header.case_number"),
                rng.choice((number[:-1], number + "1", number.replace("-", ""), "CN" + number[2:])),
            )
        )
        if number
        else None
    )


@kind("case number of another letter on a page", "case-number-elsewhere")
def case_elsewhere(letter: Letter, rng: random.Random) -> Mutant | None:
    if not letter.header.case_number:
        return None
    return Mutant(letter, CheckContext(pages=("Case Number: CM16-0299999",)))


@kind("outcome line wrong", "outcome-line")
def outcome(letter: Letter, rng: random.Random) -> Mutant | None:
    if letter.outcome is None:
        return None
    words = {"Uphold": "UPHOLD", "Overturn": "OVERTURN", "Partial Overturn": "PARTIAL OVERTURN"}
    printed = rng.choice([word for name, word in words.items() if name != letter.outcome])
    return Mutant(letter, CheckContext(pages=(f"Final Determination: {printed}",)))


def inserted(phrase: Callable[[random.Random], str]) -> Change:
    def change(letter: Letter, rng: random.Random) -> Mutant | None:
        if not letter.issues:
            return None
        field = rng.choice(
            [
                FieldId("clinical_summary"),
                *(FieldId("issue.rationale", i.id) for i in letter.issues),
            ]
        )
        old = (
            letter.clinical_summary if field.issue is None else letter.issue(field.issue).rationale
        )
        sentences = re.split(r"(?<=[.!?])\s+", old)
        at = rng.randint(0, len(sentences))
        return Mutant(
            with_value(letter, field, " ".join([*sentences[:at], phrase(rng), *sentences[at:]]))
        )

    return change


def one_of(*phrases: str) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(phrases)


for name, phrases, rule in (
    ("placeholder left", ("The injury was on [DATE].", "See ____ for details.", "Seen by [provider name] again.", "TBD.", "Add citation: XXXX.", "Reported [insert findings].", "Noted on __________."), "placeholder"),
    ("doubled word", ("There is is pain in the area.", "The the request was made.", "Pain with with motion was seen.", "It was noted noted again."), "doubled-word"),
    ("word missing after a cue", ("A progress note dated. It reported pain.", "Seen for the. Pain was noted."), "blank"),
    ("social security number", ("SSN 123-45-6789 is on file.", "The number 512-34-8876 was given."), "personal-data"),
    ("telephone number", ("Call (916) 555-0142 with questions.", "Reached at 916-555-0142.", "Fax: 916.555.0199."), "personal-data"),
    ("e-mail address", ("Write to jane.roe@example.com please.",), "personal-data"),
    ("street address", ("Lives at 1200 Capitol Avenue.", "Mail to P.O. Box 1234.", "Seen in Sacramento, CA 95814 last week."), "personal-data"),
    ("birth date", ("Date of birth: 02/14/1970.", "DOB 2/14/70 is on file.", "The worker was born on March 3, 1971."), "personal-data"),
    ("claim number", ("Claim number: WC-2291-88731.", "Claim No. 009912345 is open."), "personal-data"),
    ("worker's name", ("Mr. Robert Hill reported pain.", "Ms. Roe was seen again.", "Patient name: John Roe."), "person-named"),
    ("physician's name", ("Dr. Amanda Jones requested it.", "Seen by Paul Stone, MD, in clinic.", "Refilled by Maria Lopez, D.C."), "person-named"),
    ("reviewer's signature", ("Reviewed by: Jane Roe, MD.", "Electronically signed: Paul Stone, M.D.", "License No. A123456 applies.", "Expert reviewer: Paul Stone."), "reviewer-named"),
):  # fmt: skip
    KINDS.append(
        Mutation(
            name,
            inserted(one_of(*phrases)),
            frozenset((rule, "reviewer-named" if "signature" in name else rule)),
        )
    )


@kind("double space", "double-space")
def double_space(letter: Letter, rng: random.Random) -> Mutant | None:
    return (
        Mutant(replace(letter, clinical_summary=letter.clinical_summary.replace(" ", "  ", 1)))
        if " " in letter.clinical_summary
        else None
    )


@kind("sentence end dropped", "no-full-stop")
def no_end(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.rationale.endswith("."))
    return issue and Mutant(with_issue(letter, replace(issue, rationale=issue.rationale[:-1])))


@kind("specialty misspelt", "credentials-unknown")
def specialty(letter: Letter, rng: random.Random) -> Mutant | None:
    names = letter.reviewer.specialties
    if not names or len(names[0]) < 6:
        return None
    at = rng.randint(2, len(names[0]) - 2)
    return Mutant(
        replace(
            letter,
            reviewer=replace(
                letter.reviewer, specialties=(names[0][:at] + "x" + names[0][at:], *names[1:])
            ),
        )
    )


@kind("specialty that does not fit", "specialty-fits")
def unfit(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(
        letter,
        rng,
        lambda i: (
            DRUG.search(i.title) or re.search(r"arthroscop|surgery|epidural|fusion", i.title, re.I)
        ),
    )
    return issue and Mutant(
        replace(
            letter,
            reviewer=replace(
                letter.reviewer, specialties=(rng.choice(("Chiropractic", "Psychology")),)
            ),
        )
    )


@kind("late for an expedited review", "time-limit")
def expedited(letter: Letter, rng: random.Random) -> Mutant | None:
    header = letter.header
    if header.date_assigned is None or header.decision_date is None:
        return None
    return Mutant(with_value(letter, FieldId("header.priority"), "Expedited"))


@kind("name in the file's properties", "metadata-name")
def metadata(letter: Letter, rng: random.Random) -> Mutant | None:
    return Mutant(
        letter,
        CheckContext(
            metadata={
                rng.choice(("author", "Author", "/Author", "lastModifiedBy")): rng.choice(
                    ("Jane Roe", "JRoe", "paul stone")
                )
            }
        ),
    )


@kind("personal data in the file's name", "file-name")
def file_name(letter: Letter, rng: random.Random) -> Mutant | None:
    return Mutant(
        letter,
        CheckContext(
            file_name=rng.choice(
                ("Roe, Jane determination.pdf", "letter 512-34-8876.pdf", "Hill, Robert CM16.pdf")
            )
        ),
    )


@kind("denies what the summary tells", "claim-contradicted", "claim-to-confirm")
def denied(letter: Letter, rng: random.Random) -> Mutant | None:
    """The sentence is only counted as caught with a place where the summary mentions it."""
    found = re.findall(
        r"\b(physical therapy|acupuncture|chiropractic|epidural|radiculopathy|straight leg raise|home exercise|rotator cuff|numbness and tingling)\b",
        letter.clinical_summary,
        re.I,
    )
    if not found or not letter.issues:
        return None
    issue = rng.choice(letter.issues)
    text = f"There is no documentation of {rng.choice(found).lower()}. {issue.rationale}"
    return Mutant(with_issue(letter, replace(issue, rationale=text)))


def applied(letter: Letter, mutation: Mutation, seed: int) -> Mutant | None:
    """The mutation put into the letter; the same seed gives the same error."""
    mutant = mutation.change(
        letter, random.Random(f"{mutation.name}/{letter.header.case_number}/{seed}")
    )
    return (
        mutant if mutant and (mutant.letter != letter or mutant.context != CheckContext()) else None
    )
