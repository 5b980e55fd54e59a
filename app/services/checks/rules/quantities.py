"""Rules on how much: titles that count themselves, and requests granted in part."""

from __future__ import annotations

from collections.abc import Iterator

from app.letter import FieldId
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import (
    listed,
    sides,
)
from app.services.checks.values import Hit
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
from app.services.language.terms import DRUG, PART
from app.services.language.texts import Text, read_text

SUMMARY = FieldId("clinical_summary")


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


def parts_counted(issue: IssueFacts) -> tuple[int, int, int] | None:
    """Original request, authorized and in dispute of a request that adds up, in one unit."""
    request = issue.request
    if request is None or not issue.in_part:
        return None
    for count in (_refills, _quantity, _visits, _hours):
        whole, granted, rest = (
            count(part) for part in (request.original, request.authorized, request.in_dispute)
        )
        if whole is not None and granted is not None and rest is not None:
            return (whole, granted, rest) if whole == granted + rest else None
    return None


def parts_same_item(facts: Facts) -> Iterator[Hit]:
    """The parts of one request name the same drug, strength, side and body part."""
    for issue in facts.issues:
        request = issue.request
        if request is None:
            continue
        whole = read_text(request.original)
        rows = [("in dispute", "in_dispute", request.in_dispute)]
        if issue.in_part:
            rows.insert(0, ("authorized", "authorized", request.authorized))
        for name, field, raw in rows:
            for kind, one, other in _differences(whole, read_text(raw)):
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


def _stretches(issue: IssueFacts) -> tuple[str, ...]:
    request = issue.request
    if request is None:
        return (issue.issue.title,)
    return (request.original, request.authorized, request.in_dispute)


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


RULES = {
    "title-amounts": title_amounts,
    "parts-add-up": parts_add_up,
    "parts-same-item": parts_same_item,
}
