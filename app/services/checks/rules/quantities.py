"""Rules on what and how much: drug, strength, quantity, visits, and requests granted in part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.letter import FieldId
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.rules.naming import (
    asked_for,
    listed,
    sides,
)
from app.services.checks.text import Text, read
from app.services.checks.values import Hit
from app.services.checks.vocabulary import (
    DRUG,
    DRUG_CLASS,
    PART,
    drug_classes,
)
from app.services.language.amounts import (
    Dose,
    Strength,
    find_doses,
    find_strengths,
    hours,
    quantities,
    refills,
    visits,
)
from app.services.language.levels import levels_in

SUMMARY = FieldId("clinical_summary")


def drug(facts: Facts) -> Iterator[Hit]:
    """The title's drug against the rationale: neither it nor its class, but other drugs."""
    for issue in facts.issues:
        ours = issue.title.named(DRUG)
        theirs = issue.rationale.named(DRUG)
        if not ours or not theirs or ours & theirs:
            continue
        classes = issue.rationale.named(DRUG_CLASS)
        if any(classes.intersection(drug_classes(name)) for name in ours):
            asked = read(" ".join(s.text for s in issue.asking)).named(DRUG)
            if not asked or asked & ours:
                continue
            theirs = asked
        yield Hit(
            field=issue.field("rationale"),
            related=(issue.field("title"),),
            told={"issue": str(issue.number), "ours": listed(ours), "theirs": listed(theirs)},
        )


def strength(facts: Facts) -> Iterator[Hit]:
    """A drug's strength in the title against the rationale, the request parts and the summary."""
    for issue in facts.issues:
        ours = strengths(issue.title)
        if not ours:
            continue
        by_place = (
            ("rationale", issue.field("rationale"), strengths(issue.rationale)),
            ("summary", SUMMARY, strengths(facts.summary)),
        )
        for place, field, found in by_place:
            hit = _strength_hit(issue, ours, place, field, found)
            if hit:
                yield hit
                break


def quantity(facts: Facts) -> Iterator[Hit]:
    """Counts of tablets and the like: title against rationale and the summary's request."""
    for issue in facts.issues:
        ours = quantities(issue.title.raw) | visits(issue.title.raw).totals
        if not quantities(issue.title.raw):
            continue
        asked = " ".join(sentence.text for sentence in issue.asking)
        places = (
            ("rationale", issue.field("rationale"), asked),
            ("summary", SUMMARY, asked_for(facts, issue)),
        )
        for place, field, raw in places:
            theirs = quantities(raw)
            if theirs and not theirs & ours:
                yield _amount_hit(
                    issue, place, field, _numbers(quantities(issue.title.raw)), _numbers(theirs)
                )
                break


def visit_count(facts: Facts) -> Iterator[Hit]:
    """Visits: title against the request as the rationale and the summary tell it."""
    for issue in facts.issues:
        ours = visits(issue.title.raw)
        if not ours.totals or issue.title.named(DRUG):
            continue
        places = (
            ("rationale", issue.field("rationale"), _asked_phrases(issue)),
            ("summary", SUMMARY, asked_for(facts, issue)),
        )
        for place, field, raw in places:
            theirs = visits(raw)
            numbers = (
                {n for pair in ours.weekly for n in pair}
                | ours.totals
                | quantities(issue.title.raw)
            )
            if theirs.totals and not theirs.totals & numbers:
                yield _amount_hit(
                    issue, place, field, _numbers(ours.totals), _numbers(theirs.totals)
                )
                break
            if ours.weekly and theirs.weekly and not ours.weekly & theirs.weekly:
                yield _amount_hit(issue, place, field, _weekly(ours.weekly), _weekly(theirs.weekly))
                break


def title_amounts(facts: Facts) -> Iterator[Hit]:
    """A title that counts itself: "2 times a week for 6 weeks (10 sessions)"."""
    for issue in facts.issues:
        for raw in _stretches(issue):
            found = visits(raw)
            counted = found.totals - {times * weeks for times, weeks in found.weekly}
            if len(found.weekly) == 1 and len(counted) == 1:
                ((times, weeks),) = found.weekly
                (total,) = counted
                if total != times * weeks and total not in (times, weeks):
                    yield Hit(
                        field=issue.field("title"),
                        told={
                            "issue": str(issue.number),
                            "times": str(times),
                            "weeks": str(weeks),
                            "product": str(times * weeks),
                            "total": str(total),
                        },
                    )


def parts_add_up(facts: Facts) -> Iterator[Hit]:
    """Original request = authorized + in dispute, in the first unit all of them tell."""
    for issue in facts.issues:
        request = issue.request
        if request is None or not issue.in_part:
            continue
        for unit, count in (
            ("refills", _refills),
            ("units", _quantity),
            ("visits", _visits),
            ("hours a day", _hours),
        ):
            whole, granted, rest = (
                count(part) for part in (request.original, request.authorized, request.in_dispute)
            )
            if whole is None or rest is None or whole == granted == rest:
                continue
            if granted is None and unit != "refills":
                continue
            if whole != (granted or 0) + rest:
                yield Hit(
                    field=issue.field("title"),
                    related=(
                        issue.field("request.original"),
                        issue.field("request.authorized"),
                        issue.field("request.in_dispute"),
                    ),
                    told={
                        "issue": str(issue.number),
                        "unit": unit,
                        "whole": str(whole),
                        "granted": str(granted or 0),
                        "rest": str(rest),
                        "sum": str((granted or 0) + rest),
                    },
                )
            break


def parts_same_item(facts: Facts) -> Iterator[Hit]:
    """The parts of one request name the same drug, strength, side and body part."""
    for issue in facts.issues:
        request = issue.request
        if request is None:
            continue
        whole = read(request.original)
        rows = [("in dispute", "in_dispute", request.in_dispute)]
        if issue.in_part:
            rows.insert(0, ("authorized", "authorized", request.authorized))
        for name, field, raw in rows:
            for kind, one, other in _differences(whole, read(raw)):
                yield Hit(
                    field=issue.field("title"),
                    related=(issue.field("request.original"), issue.field(f"request.{field}")),
                    told={
                        "issue": str(issue.number),
                        "kind": kind,
                        "one": one,
                        "part": name,
                        "other": other,
                    },
                )


def _asked_phrases(issue: IssueFacts) -> str:
    """From "request" on, a few words each: guideline numbers in the same sentence stay out."""
    found: list[str] = []
    for sentence in issue.asking:
        for match in re.finditer(
            r"\b(?:request(?:ed|s)?|decision for)\b(.{0,110})", sentence.text, re.I
        ):
            stretch = re.split(
                r"\b(?:exceed\w*|is in excess|guidelines?|recommend\w*|within|is not|are not|does not|would|because|as the|however|but|given|after|completed|authorized|approved)\b",
                match[1],
                maxsplit=1,
                flags=re.I,
            )[0]
            found.append(stretch)
    return " ; ".join(found)


def _stretches(issue: IssueFacts) -> tuple[str, ...]:
    request = issue.request
    if request is None:
        return (issue.issue.title,)
    return (request.original, request.authorized, request.in_dispute)


def _strength_hit(
    issue: IssueFacts,
    ours: tuple[Strength, ...],
    place: str,
    field: FieldId,
    found: tuple[Strength, ...],
) -> Hit | None:
    for name in dict.fromkeys(one.drug for one in ours):
        wanted = [one.dose for one in ours if one.drug == name]
        theirs = [one.dose for one in found if one.drug == name]
        if theirs and not any(dose.agrees(other) for dose in wanted for other in theirs):
            return Hit(
                field=issue.field("title"),
                related=(field,),
                told={
                    "issue": str(issue.number),
                    "drug": name,
                    "ours": listed(dose.text for dose in wanted),
                    "place": place,
                    "theirs": listed(dose.text for dose in theirs),
                },
            )
    return None


def _amount_hit(issue: IssueFacts, place: str, field: FieldId, ours: str, theirs: str) -> Hit:
    return Hit(
        field=issue.field("title"),
        related=(field,),
        told={"issue": str(issue.number), "place": place, "ours": ours, "theirs": theirs},
    )


def _differences(whole: Text, part: Text) -> Iterator[tuple[str, str, str]]:
    if not part.raw.strip() or not whole.raw.strip():
        return
    pairs = (
        ("drug", whole.named(DRUG), part.named(DRUG)),
        ("side", sides(whole), sides(part)),
        ("body part", whole.named(PART), part.named(PART)),
        ("level", levels_in(whole.raw), levels_in(part.raw)),
        (
            "quantity",
            *(
                (quantities(whole.raw), quantities(part.raw))
                if refills(part.raw)
                else (frozenset[int](),) * 2
            ),
        ),
    )
    for kind, one, other in pairs:
        if one and other and not other <= one:
            yield kind, listed(one), listed(other)
    ours, theirs = find_doses(whole.raw), find_doses(part.raw)
    if ours and any(not any(dose.agrees(one) for one in ours) for dose in theirs):
        yield "strength", _printed(ours), _printed(theirs)


def strengths(text: Text) -> tuple[Strength, ...]:
    """The strengths of the drugs that a text names."""
    named = [(one.name, one.start, one.end) for one in text.mentions if one.kind == DRUG]
    return find_strengths(text.raw, named)


def _printed(doses: tuple[Dose, ...]) -> str:
    return listed(dose.text for dose in doses)


def _only(values: frozenset[int]) -> int | None:
    return next(iter(values)) if len(values) == 1 else None


def _refills(raw: str) -> int | None:
    return _only(refills(raw))


def _quantity(raw: str) -> int | None:
    return _only(quantities(raw))


def _hours(raw: str) -> int | None:
    return _only(hours(raw))


def _visits(raw: str) -> int | None:
    found = visits(raw)
    if len(found.totals) == 1:
        return _only(found.totals)
    products = frozenset(times * weeks for times, weeks in found.weekly)
    return _only(found.totals - products) if len(found.totals - products) == 1 else _only(products)


def _numbers(values: frozenset[int]) -> str:
    return ", ".join(str(value) for value in sorted(values))


def _weekly(pairs: frozenset[tuple[int, int]]) -> str:
    return ", ".join(f"{times} times a week for {weeks} weeks" for times, weeks in sorted(pairs))


RULES = {
    "drug": drug,
    "strength": strength,
    "quantity": quantity,
    "visits": visit_count,
    "title-amounts": title_amounts,
    "parts-add-up": parts_add_up,
    "parts-same-item": parts_same_item,
}
