"""Rules that compare the letter with the record it was written from: its documents, page by page.

Days, age, side, level and visits are compared, and what utilization review decided and cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.letter import FieldId
from app.services.checks.facts import Facts
from app.services.checks.items import LEAST, likeness, match_items
from app.services.checks.naming import short
from app.services.checks.record import RECORDS, UR_DECISION, Record, RecordPage
from app.services.checks.rules.record_hits import hit, quote_of
from app.services.checks.values import Hit, NewItem, Quote
from app.services.language.case_days import find_injury_days, find_ur_days
from app.services.language.dates import date_text, days_in, find_birth_dates
from app.services.language.levels import (
    REGION_OF_LEVEL,
    levels_in,
    names_in_region,
    sites_in,
    sites_meet,
)
from app.services.language.matching import phrases_of
from app.services.language.terms import TREATMENT, in_words
from app.services.language.texts import Text, read_text

_INJURY = ("date of injury", "doi", "d.o.i", "injury date", "injured on", "date of loss")
_BIRTH = ("date of birth", "dob", "d.o.b", "birth date", "birthdate")
_VISIT = re.compile(
    r"\b(?:visit|session|treatment)s?\s*(?:no\.?|number|#)?\s*:?\s*(?P<one>\d{1,3})\s*(?:of|/)\s*\d{1,3}\b"
    r"|\b(?:completed|attended|had|received)\s+(?P<two>\d{1,3})\s+(?:\w+\s+){0,3}?(?:visits|sessions)\b"
    r"|\bvisits?\s+(?:completed|attended|to date)\s*:?\s*(?P<three>\d{1,3})\b",
    re.I,
)
_ONE_SIDE = frozenset(("left", "right"))
_BOOKS = {
    "MTUS": re.compile(r"\bMTUS\b|medical treatment utilization schedule", re.I),
    "ACOEM": re.compile(r"\bACOEM\b|occupational and environmental medicine", re.I),
    "ODG": re.compile(r"\bODG\b|official disability guidelines", re.I),
}


def injury_day(facts: Facts) -> Iterator[Hit]:
    """The date of injury is another one in the documents."""
    ours = facts.letter.header.date_of_injury or facts.letter.patient.date_of_injury
    record = facts.context.record
    if record is None or ours is None:
        return
    found: dict[date, RecordPage] = {}
    for page in record.pages(_INJURY):
        text = " ".join(page.text.split())
        births = {born.value for born in find_birth_dates(text)}
        for day in find_injury_days(text):
            if day.first.value not in (None, *births) and not day.earlier:
                found.setdefault(day.first.value, page)
                if (
                    day.last is not None
                    and day.last.value
                    and day.first.value <= ours <= day.last.value
                ):
                    return
    if found and ours not in found:
        day, page = next(iter(found.items()))
        yield _compared(FieldId("header.date_of_injury"), date_text(ours), date_text(day), page)


def ur_day(facts: Facts) -> Iterator[Hit]:
    """The UR letter is of another day."""
    ours, record = facts.letter.header.ur_denial_date, facts.context.record
    if record is None or ours is None:
        return
    letters = record.of_kind(UR_DECISION)
    named = {day for page in letters for day in days_in(page.text)}
    told = [day.value for page in letters for day in find_ur_days(" ".join(page.text.split()))]
    theirs = next((day for day in (*(page.day for page in letters), *told) if day), None)
    if theirs is not None and ours not in named and ours not in {page.day for page in letters}:
        yield _compared(
            FieldId("header.ur_denial_date"), date_text(ours), date_text(theirs), letters[0]
        )


def age(facts: Facts) -> Iterator[Hit]:
    """The birth date in the documents makes another age."""
    ours, record = facts.letter.patient.age, facts.context.record
    header = facts.letter.header
    days = [
        day for day in (header.ur_denial_date, header.decision_date, header.date_assigned) if day
    ]
    if record is None or ours is None or not days:
        return
    ages: dict[int, RecordPage] = {}
    for page in record.pages(_BIRTH):
        for born in find_birth_dates(page.text):
            if born.value is None:
                continue
            for day in (min(days), max(days)):
                ages.setdefault(_years(born.value, day), page)
    if ages and ours not in ages:
        years, page = next(iter(ages.items()))
        yield _compared(FieldId("patient.age"), str(ours), f"{years} by the birth date", page)


def side(facts: Facts) -> Iterator[Hit]:
    """The item is of one side of a part that the documents only have on the other."""
    record = facts.context.record
    if record is None:
        return
    for issue in facts.issues:
        for part, sides in _sides(issue.title).items():
            if len(sides) != 1 or not sides <= _ONE_SIDE:
                continue
            (ours,) = sides
            pages = record.pages(phrases_of(part), (RECORDS,))
            theirs: dict[str, list[RecordPage]] = {}
            for page in pages:
                for one in _sides(_text(page)).get(part, frozenset[str]()):
                    theirs.setdefault(one, []).append(page)
            if theirs and ours not in theirs and theirs.keys() <= _ONE_SIDE:
                other, where = max(theirs.items(), key=lambda one: len(one[1]))
                yield _compared(
                    issue.field("title"),
                    f"{ours} {in_words(part)}", f"{other} {in_words(part)}", where[0], "side",
                )  # fmt: skip


def level(facts: Facts) -> Iterator[Hit]:
    """The item names a spine level that no document has, though they name others near it."""
    record = facts.context.record
    if record is None:
        return
    for issue in facts.issues:
        ours = sites_in(issue.title.raw)
        if not ours:
            continue
        regions = {REGION_OF_LEVEL[name[0]] for name in levels_in(issue.title.raw)}
        names = [name for region in sorted(regions) for name in names_in_region(region)]
        found: dict[str, RecordPage] = {}
        for page in record.pages(names, (RECORDS,)):
            for site in sites_in(page.text):
                if REGION_OF_LEVEL.get(site[0]) in regions:
                    found.setdefault(site, page)
        if found and not sites_meet(ours, frozenset(found)):
            site, page = next(iter(found.items()))
            yield _compared(issue.field("title"), ", ".join(sorted(ours)), site, page, "level")


def visits(facts: Facts) -> Iterator[Hit]:
    """The notes of a therapy count more visits than the letter says were done."""
    record = facts.context.record
    if record is None:
        return
    for field, text in facts.narratives:
        for fact in text.facts:
            if fact.kind != TREATMENT or not fact.visits or not fact.marks.done or fact.negative:
                continue
            told = _visits_of(record, fact.name)
            if told is not None and told[0] > fact.visits:
                count, page, sentence = told
                start, end = text.place(fact.sentence)
                yield hit(
                    field,
                    {"ours": str(fact.visits), "theirs": str(count), "what": in_words(fact.name),
                     "where": page.where},
                    (Quote(text.sentences[fact.sentence].text, field, None, start, end),
                     quote_of(page, sentence)),
                    values=(str(fact.visits), str(count)),
                )  # fmt: skip


def ur_items(facts: Facts) -> Iterator[Hit]:
    """An item that utilization review denied or modified and the letter does not decide."""
    record = facts.context.record
    if record is None:
        return
    titles = [item.title for item in record.reviewed if item.verdict in ("denied", "modified")]
    for title in match_items(facts.letter, titles).lost:
        yield Hit(
            field=FieldId("cover.disputed_items"),
            told={"item": short(title)},
            fix=NewItem(title, "Add it"),
            alike=title,
        )


def ur_guideline(facts: Facts) -> Iterator[Hit]:
    """The claims administrator's guideline is another one than the UR letter cites."""
    record = facts.context.record
    if record is None:
        return
    for issue in facts.issues:
        item = max(
            record.reviewed, key=lambda one: likeness(one.title, issue.issue.title), default=None
        )
        if item is None or likeness(item.title, issue.issue.title) < LEAST or not item.guideline:
            continue
        ours, theirs = (
            _books(issue.issue.claims_administrator_guideline.text),
            _books(item.guideline),
        )
        if theirs and ours != theirs and not ours >= theirs:
            field = issue.field("claims_administrator_guideline")
            yield hit(
                field,
                {"issue": str(issue.number), "theirs": ", ".join(sorted(theirs)),
                 "ours": ", ".join(sorted(ours)) or "none", "told": short(item.guideline)},
                (),
                values=(", ".join(sorted(ours)), ", ".join(sorted(theirs))),
            )  # fmt: skip


def _text(page: RecordPage) -> Text:
    return read_text(" ".join(page.text.split()))


def _sides(text: Text) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in text.sided_parts:
        found.setdefault(one.part, set()).add(one.side)
    return {part: frozenset(sides) for part, sides in found.items()}


def _visits_of(record: Record, treatment: str) -> tuple[int, RecordPage, str] | None:
    """The most visits of a treatment that its own notes count, and where."""
    best: tuple[int, RecordPage, str] | None = None
    for page in record.pages(("visit", "visits", "session", "sessions"), (RECORDS,)):
        if treatment not in {fact.name for fact in read_text(page.title).facts}:
            continue
        for match in _VISIT.finditer(" ".join(page.text.split())):
            count = int(match["one"] or match["two"] or match["three"])
            if best is None or count > best[0]:
                best = (count, page, match[0])
    return best


def _books(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _BOOKS.items() if pattern.search(text))


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _compared(
    field: FieldId, ours: str, theirs: str, page: RecordPage, says: str = "default"
) -> Hit:
    row = next((row for row in page.text.split("\n") if theirs in row), "")
    words = " ".join((row or page.text[:160]).split())
    return hit(
        field, {"ours": ours, "theirs": theirs, "where": page.where}, (quote_of(page, short(words)),),
        says, values=(ours, theirs),
    )  # fmt: skip


RULES = {
    "record-injury": injury_day,
    "record-ur-day": ur_day,
    "record-age": age,
    "record-side": side,
    "record-level": level,
    "record-visits": visits,
    "record-ur-items": ur_items,
    "record-ur-guideline": ur_guideline,
}
