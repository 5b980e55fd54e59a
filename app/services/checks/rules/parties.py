"""Rules on the reviewer's credentials and on the pages that only the parties get."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.letter import FIELDS, REVIEWER, FieldId, get_value
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import part_names, parts_of
from app.services.checks.rules.structure import label
from app.services.checks.standards import standards
from app.services.checks.values import Fix, Hit
from app.services.language.dates import find_dates, find_stretches
from app.services.language.terms import DRUG, TREATMENT, group_of
from app.services.vocabularies import recognise

PARTIES = "parties"
COVER = ("letter_date", "addressee", "employee", "claim_number", "provider", "copies_to")
RECIPIENTS = (
    ("the employee", r"employee|worker|patient|applicant\b"),
    ("the requesting physician", r"physician|provider|doctor|M\.?D\b"),
    ("the claims administrator", r"claims? admin|insur|administrator|employer"),
    ("the Division of Workers' Compensation", r"division|DWC|DIR\b|industrial relations"),
)
DOCUMENTS = FieldId("cover.documents_reviewed")
RANGE = re.compile(r"\b(?:through|from .{0,30} to)\b", re.I)
UNDATED = re.compile(r"MTUS|guideline|application|schedule", re.I)
DENIAL = re.compile(
    r"utilization review|\bUR\b|determination|denial|MTUS|guideline|application", re.I
)


def credentials_missing(facts: Facts) -> Iterator[Hit]:
    for name in (spec.name for spec in FIELDS if spec.required and spec.section == REVIEWER):
        if not any(entry.strip() for entry in get_value(facts.letter, FieldId(name))):
            yield Hit(field=FieldId(name), told={"name": label(name)})


def credentials_unknown(facts: Facts) -> Iterator[Hit]:
    """An entry that is not on the list; with the right spelling where only one is near."""
    for name, vocabulary in (
        ("licensure", "states"),
        ("specialties", "specialties"),
        ("subspecialties", "specialties"),
    ):
        entries: tuple[str, ...] = getattr(facts.letter.reviewer, name)
        for place, entry in enumerate(entries):
            if not entry.strip():
                continue
            known = recognise(vocabulary, entry)
            if known is not None and known.exact:
                continue
            field = FieldId(f"reviewer.{name}")
            fix = None
            if known is not None:
                value = (*entries[:place], known.entry, *entries[place + 1 :])
                fix = Fix(field, value, f"Write {known.entry}")
            yield Hit(
                field=field,
                says="near" if known else "default",
                told={
                    "entry": entry,
                    "name": label(field.name).lower(),
                    "near": known.entry if known else "",
                },
                fix=fix,
                alike=entry.lower(),
                values=(entry,),
            )


def specialty_fits(facts: Facts) -> Iterator[Hit]:
    """An item that none of the reviewer's specialties is trained to judge."""
    unfit = standards().unfit_specialties
    specialties = [entry.strip() for entry in facts.letter.reviewer.specialties if entry.strip()]
    if not specialties:
        return
    for issue in facts.issues:
        groups: dict[str, str] = {}
        for treatment in issue.title.named(TREATMENT):
            if treatment in ("dental", "hearing"):
                groups[treatment] = "dental care" if treatment == "dental" else "hearing care"
            elif group_of(treatment) in ("psych", "surgery", "injection"):
                groups[group_of(treatment)] = {
                    "psych": "mental health care",
                    "surgery": "surgery",
                    "injection": "injections",
                }[group_of(treatment)]
        if issue.title.named(DRUG):
            groups["drug"] = "prescription drugs"
        place = _unfit_place(facts, issue, specialties)
        if place and not groups.keys() & {"psych"}:
            groups["place"] = f"care of the {place}"
        for group, what in sorted(groups.items()):
            if group == "place" or all(
                specialty.lower().startswith(unfit[group]) for specialty in specialties
            ):
                yield Hit(
                    field=FieldId("reviewer.specialties"),
                    related=(issue.field("title"),),
                    told={
                        "issue": str(issue.number),
                        "specialties": ", ".join(specialties),
                        "what": what,
                    },
                )
                break


def _unfit_place(facts: Facts, issue: IssueFacts, specialties: list[str]) -> str:
    """The body part of an item, where each specialty is trained in other parts only."""
    only = standards().only_parts
    trained: set[str] = set()
    for specialty in specialties:
        limits = [parts for start, parts in only.items() if specialty.lower().startswith(start)]
        if not limits:
            return ""
        trained |= limits[0]
    parts = parts_of(issue.title) or facts.summary_parts
    skin = {"abdomen", "chest"} & parts
    return "" if parts & trained or skin or not parts else part_names(parts)


def cover_incomplete(facts: Facts) -> Iterator[Hit]:
    if facts.letter.layout != PARTIES:
        return
    for name in COVER:
        value = getattr(facts.letter.cover, name)
        if value is None or (isinstance(value, str) and not value.strip()):
            yield Hit(field=FieldId(f"cover.{name}"), told={"name": label(f"cover.{name}")})
    copies = facts.letter.cover.copies_to
    if copies.strip():
        for who, pattern in RECIPIENTS:
            if not re.search(pattern, copies, re.I):
                yield Hit(field=FieldId("cover.copies_to"), says="copy", told={"name": who})


def records_missing(facts: Facts) -> Iterator[Hit]:
    """No list of documents on the parties' pages."""
    if facts.letter.layout == PARTIES and not facts.letter.cover.documents_reviewed.strip():
        yield Hit(field=DOCUMENTS)


def records_undated(facts: Facts) -> Iterator[Hit]:
    """Documents told by a range of dates only, or by none."""
    for line in _documents(facts):
        if UNDATED.search(line):
            continue
        ranges = bool(find_stretches(line) or RANGE.search(line))
        if ranges or not find_dates(line):
            says = "range" if ranges else "default"
            yield Hit(field=DOCUMENTS, says=says, told={"line": line})


def records_only_denial(facts: Facts) -> Iterator[Hit]:
    """Nothing but the UR's own papers: a review must never rest on them alone."""
    lines = _documents(facts)
    if lines and all(DENIAL.search(line) for line in lines):
        yield Hit(field=DOCUMENTS, told={"count": str(len(lines))})


def _documents(facts: Facts) -> tuple[str, ...]:
    return tuple(
        line.strip() for line in facts.letter.cover.documents_reviewed.split("\n") if line.strip()
    )


RULES = {
    "credentials-missing": credentials_missing,
    "credentials-unknown": credentials_unknown,
    "specialty-fits": specialty_fits,
    "cover-incomplete": cover_incomplete,
    "records-missing": records_missing,
    "records-undated": records_undated,
    "records-only-denial": records_only_denial,
}
