"""Errors in what is disputed: side, body part, drug, amount, an issue lost or told twice."""

from __future__ import annotations

import random
import re

from msgspec.structs import replace

from app.letter import (
    Decision,
    Issue,
    Letter,
)
from app.services.checks import CheckContext
from tests.score.mutation import (
    DRUG,
    FAR,
    NUMBERS,
    OTHER_DRUG,
    PART,
    PLACES,
    QUANTITY,
    SIDE,
    SIDES,
    STRENGTH,
    VISITS,
    Mutant,
    in_part,
    kind,
    moved,
    pick,
    retitled,
    swapped,
    with_issue,
)


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
