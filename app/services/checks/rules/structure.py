"""Rules on what a letter must have: its header, its issues, each item decided once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from app.letter import FIELDS, SPEC_BY_NAME, FieldId, get_value, is_missing
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.law import deadlines_on
from app.services.checks.table import number, setting
from app.services.checks.timeline import CHAIN, days_of
from app.services.checks.values import Hit, NewItem
from app.services.language.dates import date_text, find_dates
from app.services.language.numbers import WRITTEN
from app.services.language.seeking import seek
from app.services.language.terms import DRUG, TREATMENT, group_of
from app.services.language.texts import read_text

CASE_NUMBER = re.compile(r"CM\d\d-\d{7}|IMR ?13-\d+", re.I)
PRINTED_CASE = re.compile(r"\bCM\s?\d\d\s?-\s?\d{7}\b")
PRINTED_OUTCOME = re.compile(
    r"Final Determination:\s*(PARTIAL(?:LY)? OVERTURN(?:ED)?|OVERTURN(?:ED)?|UPH[EO]LD)", re.I
)
HEADER = tuple(spec.name for spec in FIELDS if spec.required and spec.name.startswith("header."))
OF_ISSUE = tuple(
    spec.name.removeprefix("issue.") for spec in FIELDS if spec.required and spec.of_issue
)
AMOUNT = re.compile(
    rf"\d|#|\b(?:{WRITTEN}|daily|weekly|unspecified)\b",
    re.I,
)
RECORDS_CAME = re.compile(
    r"\b(?:medical )?(?:records?|documentation|documents)\b[^.;]{0,40}?\b(?:were|was) (?:all |complete(?:ly)? |finally )?(?:received|submitted|complete|in hand|furnished)\b(?: complete)?(?: on| by| as of)?",
    re.I,
)
CASE = FieldId("header.case_number")
APPLICATION = FieldId("cover.disputed_items")


def label(name: str) -> str:
    """A field's label."""
    return SPEC_BY_NAME[name].label


def header_missing(facts: Facts) -> Iterator[Hit]:
    """The whole table is not there: said once, not for each field."""
    if _no_header(facts):
        yield Hit(field=CASE, related=tuple(FieldId(name) for name in HEADER[1:]))


def header_field_missing(facts: Facts) -> Iterator[Hit]:
    if _no_header(facts):
        return
    for name in HEADER:
        if is_missing(get_value(facts.letter, FieldId(name))):
            yield Hit(field=FieldId(name), told={"name": label(name)})


def case_number_form(facts: Facts) -> Iterator[Hit]:
    found = facts.letter.header.case_number.strip()
    if found and not CASE_NUMBER.fullmatch(found):
        yield Hit(field=CASE, told={"number": found})


def case_number_elsewhere(facts: Facts) -> Iterator[Hit]:
    """Another case number on a page, in the file's name or in a text."""
    ours = facts.letter.header.case_number.replace(" ", "")
    if not CASE_NUMBER.fullmatch(ours):
        return
    places = [(f"page {n}", page.raw) for n, page in enumerate(facts.pages, 1)]
    places += [(label(field.name), text.raw) for field, text in facts.texts]
    places.append(("the file name", facts.context.file_name))
    told: set[str] = set()
    for place, raw in places:
        if "CM" not in raw:
            continue
        for match in PRINTED_CASE.finditer(raw):
            other = match[0].replace(" ", "")
            if other != ours and other not in told:
                told.add(other)
                yield Hit(
                    field=CASE,
                    told={"number": ours, "other": other, "place": place},
                    values=(ours, other),
                )


def dates_order(facts: Facts) -> Iterator[Hit]:
    known = list(days_of(facts.letter).items())
    for (first, earlier), (second, later) in pairwise(known):
        if earlier > later:
            yield Hit(
                field=second,
                related=(first,),
                told={
                    "first": first.spec.label,
                    "earlier": date_text(earlier),
                    "second": second.spec.label,
                    "later": date_text(later),
                },
                values=(date_text(earlier), date_text(later)),
            )


def date_in_future(facts: Facts) -> Iterator[Hit]:
    today = facts.context.today
    if today is None:
        return
    for field, day in days_of(facts.letter).items():
        # One day of grace: a letter may be dated for tomorrow's mail.
        if day > today + timedelta(days=1):
            yield Hit(field=field, told={"name": field.spec.label, "day": date_text(day)})


def dates_far_apart(facts: Facts) -> Iterator[Hit]:
    yield from _distances(facts, "dates-far-apart")


def dates_near(facts: Facts) -> Iterator[Hit]:
    """Fewer days between two steps than any letter was decided in."""
    yield from _distances(facts, "dates-near")


def weekend(facts: Facts) -> Iterator[Hit]:
    """Assigned or decided on a day when nobody works."""
    for conflict in facts.conflicts:
        if conflict.rule == "weekend":
            (field,) = conflict.fields
            yield Hit(
                field=field,
                told={"name": field.spec.label, "why": conflict.words},
                values=conflict.values,
            )


def _distances(facts: Facts, rule: str) -> Iterator[Hit]:
    """Said of the steps right behind each other, not again of those that lie around them."""
    found = [conflict for conflict in facts.conflicts if conflict.rule == rule]
    spans = {each: tuple(CHAIN.index(field) for field in each.fields) for each in found}
    for conflict in found:
        first, last = spans[conflict]
        inner = [one for one in found if first <= spans[one][0] and spans[one][1] <= last]
        if len(inner) == 1:
            earlier, later = conflict.fields
            yield Hit(
                field=later,
                related=(earlier,),
                told={
                    "first": earlier.spec.label,
                    "earlier": conflict.values[0],
                    "second": later.spec.label,
                    "later": conflict.values[1],
                    "days": str(conflict.days),
                },
                values=conflict.values,
            )


def no_issues(facts: Facts) -> Iterator[Hit]:
    if not facts.issues:
        yield Hit(field=FieldId("clinical_summary"))


def summary_missing(facts: Facts) -> Iterator[Hit]:
    if not facts.letter.clinical_summary.strip():
        yield Hit(field=FieldId("clinical_summary"))


def issue_field_missing(facts: Facts) -> Iterator[Hit]:
    for issue in facts.issues:
        for name in OF_ISSUE:
            value = get_value(facts.letter, issue.field(name))
            if is_missing(value) or (isinstance(value, str) and not value.strip()):
                yield Hit(
                    field=issue.field(name),
                    told={"issue": str(issue.number), "name": label(f"issue.{name}")},
                )


def rationale_short(facts: Facts) -> Iterator[Hit]:
    least = number(facts.context, "rationale_words")
    for issue in facts.issues:
        count = len(issue.issue.rationale.split())
        if 0 < count < least:
            yield Hit(
                field=issue.field("rationale"),
                told={"issue": str(issue.number), "count": str(count), "least": str(least)},
            )


def outcome_line(facts: Facts) -> Iterator[Hit]:
    outcome = facts.letter.outcome
    if outcome is None:
        return
    wanted = str(outcome).split()[0].lower()[:4]
    for page, text in enumerate(facts.pages, 1):
        for match in text.found(PRINTED_OUTCOME):
            if match[1].lower()[:4] != wanted:
                yield Hit(
                    field=facts.issues[0].field("decision"),
                    related=tuple(issue.field("decision") for issue in facts.issues[1:]),
                    told={"page": str(page), "printed": match[1], "outcome": str(outcome)},
                )


def duplicate_title(facts: Facts) -> Iterator[Hit]:
    seen: dict[str, IssueFacts] = {}
    for issue in facts.issues:
        key = read_text(issue.issue.title).squeezed
        first = seen.setdefault(key, issue) if key else issue
        if first is not issue:
            yield Hit(
                field=issue.field("title"),
                related=(first.field("title"),),
                told={
                    "issue": str(issue.number),
                    "first": str(first.number),
                    "title": issue.issue.title,
                },
            )


def decided_twice(facts: Facts) -> Iterator[Hit]:
    """The same item with two decisions that exclude each other."""
    seen: dict[str, IssueFacts] = {}
    for issue in facts.issues:
        key = read_text(issue.issue.title).squeezed
        first = seen.setdefault(key, issue) if key else issue
        one, two = first.issue.decision, issue.issue.decision
        if one is not None and two is not None and one is not two:
            yield Hit(
                field=issue.field("decision"),
                related=(first.field("decision"),),
                told={
                    "issue": str(issue.number),
                    "first": str(first.number),
                    "one": str(one),
                    "two": str(two),
                },
            )


def title_lacks_amount(facts: Facts) -> Iterator[Hit]:
    for issue in facts.issues:
        if not issue.issue.title or seek(AMOUNT, issue.issue.title):
            continue
        treatments = issue.title.named(TREATMENT)
        what = ""
        if issue.title.named(DRUG):
            what = "the strength or the quantity"
        elif any(group_of(treatment) == "therapy" for treatment in treatments):
            what = "the number of visits"
        if what:
            yield Hit(field=issue.field("title"), told={"issue": str(issue.number), "what": what})


def item_lost(facts: Facts) -> Iterator[Hit]:
    """An item of the application that the letter does not decide."""
    for item in facts.matching.lost:
        yield Hit(field=APPLICATION, told={"item": item}, fix=NewItem(item, "Add it"))


def item_added(facts: Facts) -> Iterator[Hit]:
    """An item of the letter that the application does not list."""
    for place in facts.matching.added:
        issue = facts.issues[place - 1]
        yield Hit(
            field=issue.field("title"),
            related=(APPLICATION,),
            told={"issue": str(place), "title": issue.issue.title},
        )


def _no_header(facts: Facts) -> bool:
    return all(is_missing(get_value(facts.letter, FieldId(name))) for name in HEADER)


def time_limit(facts: Facts) -> Iterator[Hit]:
    """Days counted from the receipt of the records, where the letter tells of it.

    The header alone does not say when they were complete; a house that counts from one of its
    dates says so in the settings. An expedited review is told by the header.
    """
    header = facts.letter.header
    expedited = header.priority.strip().lower() == "expedited"
    start = _clock(facts, expedited)
    if header.decision_date is None or start is None:
        return
    day, name, field = start
    limit = (
        number(facts.context, "hours_expedited") // 24
        if expedited
        else number(facts.context, "days_standard")
    )
    days = (header.decision_date - day).days
    if days > limit:
        yield Hit(
            field=FieldId("header.decision_date"),
            related=(field,),
            told={
                "days": str(days),
                "limit": str(limit),
                "start": name,
                "kind": "an expedited" if expedited else "a regular",
            },
        )


def deadlines(facts: Facts) -> Iterator[Hit]:
    """When records and determination are due, in a letter that is not decided yet."""
    header = facts.letter.header
    if header.date_assigned is None or header.decision_date is not None:
        return
    expedited = header.priority.strip().lower() == "expedited"
    clocks = deadlines_on(header.date_assigned, expedited=expedited)
    due = [
        f"{clock.what} are due {date_text(clock.ends(header.date_assigned))} ({clock.length})"
        for clock in clocks
        if clock.counts == "assigned"
    ]
    ends = next((clock for clock in clocks if clock.counts == "records"), None)
    if due and ends is not None:
        yield Hit(
            field=FieldId("header.date_assigned"),
            told={
                "assigned": date_text(header.date_assigned),
                "due": ", ".join(due),
                "determination": ends.what[0].upper() + ends.what[1:],
                "length": ends.length,
            },
        )


def _clock(facts: Facts, expedited: bool) -> tuple[date, str, FieldId] | None:
    """When the clock began: the day, what it is called, and where it is told."""
    for field, text in facts.narratives:
        for match in RECORDS_CAME.finditer(text.raw):
            found = date_at_or_after(text.raw, match.end())
            if found is not None:
                return found, "receipt of the records", field
    named = str(setting(facts.context, "count_from"))
    if not expedited and named not in ("application_received", "date_assigned"):
        return None
    name = "application_received" if named == "application_received" else "date_assigned"
    day = getattr(facts.letter.header, name)
    return (
        None if day is None else (day, label(f"header.{name}").lower(), FieldId(f"header.{name}"))
    )


def date_at_or_after(raw: str, start: int) -> date | None:
    """The first day told within a few words."""
    return next((found.value for found in find_dates(raw[start : start + 40]) if found.value), None)


RULES = {
    "header-missing": header_missing,
    "header-field-missing": header_field_missing,
    "case-number-form": case_number_form,
    "case-number-elsewhere": case_number_elsewhere,
    "dates-order": dates_order,
    "date-in-future": date_in_future,
    "dates-far-apart": dates_far_apart,
    "dates-near": dates_near,
    "weekend": weekend,
    "no-issues": no_issues,
    "summary-missing": summary_missing,
    "issue-field-missing": issue_field_missing,
    "rationale-short": rationale_short,
    "outcome-line": outcome_line,
    "duplicate-title": duplicate_title,
    "decided-twice": decided_twice,
    "title-lacks-amount": title_lacks_amount,
    "item-lost": item_lost,
    "item-added": item_added,
    "time-limit": time_limit,
    "deadlines": deadlines,
}
