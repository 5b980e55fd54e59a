"""Rules on what must never leave: the reviewer's identity and the worker's personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from app.letter import FieldId
from app.services.checks.facts import Facts
from app.services.checks.rules.structure import CASE_NUMBER, label
from app.services.checks.values import Hit, Quote
from app.services.language.dates import date_text, find_birth_dates
from app.services.privacy.kinds import EMAIL, PHONE, SSN, find_kinds
from app.services.privacy.reading import terms_of

LICENCE = re.compile(
    r"\b(?:medical )?licen[sc]e\s*(?:number|no\.?|#)\s*:?\s*(?=\w*\d)[\w-]{4,}|\bNPI\s*(?:number|no\.?|#)?\s*:?\s*\d{10}\b",
    re.I,
)
NAME = r"(?:[A-Z][a-z'’-]+|[A-Z]\.)(?:\s+(?:[A-Z][a-z'’-]+|[A-Z]\.)){1,3}"
DEGREE = r"(?:M\.?D\.?|D\.?O\.?|D\.?C\.?|Ph\.?D\.?|Psy\.?D\.?|D\.?P\.?M\.?|D\.?D\.?S\.?|R\.?N\.?|L\.?Ac\.?|P\.?A\.?-?C?)"
SIGNED = re.compile(
    rf"\b(?i:reviewed by|signed by|electronically signed(?: by)?|reviewer(?:'s)? name|(?:expert|physician) reviewer(?:'s name)?(?: is|:)|sincerely,?|signature)[:\s]*(?:Dr\.?\s+)?({NAME})"
)
PERSON = re.compile(
    rf"\b((?:Mr|Mrs|Ms|Miss)\.?\s+[A-Z][a-z'’-]{{2,}}(?:\s[A-Z][a-z'’-]{{2,}})?)|\b({NAME}),?\s+{DEGREE}(?![\w-])|\b(Dr\.?\s+[A-Z][a-z'’-]{{2,}}(?:\s[A-Z][a-z'’-]{{2,}})?)"
)
NAMED_PATIENT = re.compile(
    rf"\b(?:patient|employee|injured worker|claimant|applicant)(?:'s)? name(?: is|:)?\s*({NAME})",
    re.I,
)
NO_PERSON = re.compile(
    r"^(?:Dr\.?\s+)?(?:Utilization|Claims|Peer|Independent|Case|Quality|Clinical|Maximus|State|Division|First|Report|Doctor|Medical|Treatment|Guideline|Official|Registered|Licensed|Board|Primary|Treating|"
    r"Orthopedic|Physician|Nurse|Physical|Occupational|Family|Internal|Reviewer|Assistant)\b"
)
METADATA_NAMES = {
    "author": "an author",
    "creator": "a creator",
    "lastmodifiedby": "who changed it last",
    "last_modified_by": "who changed it last",
    "manager": "a manager",
    "company": "a company",
}
PRODUCT = re.compile(
    r"word|acrobat|adobe|pdf|office|microsoft|writer|typst|imr desk|libre|maximus|chrom|quartz|scan|canon|hp\b|xerox|ricoh|konica|print",
    re.I,
)
CASE = FieldId("header.case_number")


def personal_data(facts: Facts) -> Iterator[Hit]:
    """Numbers and addresses that name a person, anywhere in the letter's texts."""
    for field, text in facts.texts:
        for seen in find_kinds(text.raw):
            yield Hit(
                field=field,
                told={"kind": seen.kind, "place": label(field.name).lower(), "value": seen.words},
                quotes=(Quote(seen.words, field),),
                alike=seen.kind,
            )


def birth_dates(facts: Facts) -> Iterator[Hit]:
    """Two birth dates that differ."""
    told: dict[date, FieldId] = {}
    for field, text in facts.texts:
        for found in find_birth_dates(text.raw):
            if found.value is None:
                continue
            if told and found.value not in told:
                first = next(iter(told))
                yield Hit(
                    field=field,
                    related=(told[first],),
                    told={"one": date_text(first), "other": date_text(found.value)},
                )
            told.setdefault(found.value, field)


def reviewer_named(facts: Facts) -> Iterator[Hit]:
    """A signature, a licence number, "reviewed by": the reviewer must stay unknown."""
    for field, text in facts.texts:
        for pattern in (SIGNED, LICENCE):
            for match in text.found(pattern):
                # "Reviewed by Utilization Review" names nobody.
                if pattern is SIGNED and NO_PERSON.match(match[1]):
                    continue
                yield Hit(
                    field=field,
                    told={"value": match[0], "place": label(field.name).lower()},
                    quotes=(Quote(match[0], field),),
                )
    for name in (*facts.letter.reviewer.specialties, *facts.letter.reviewer.licensure):
        if re.search(rf"^{NAME},?\s+{DEGREE}$", name) or LICENCE.search(name):
            yield Hit(
                field=FieldId("reviewer.specialties"),
                told={"value": name, "place": "credentials"},
            )


def person_named(facts: Facts) -> Iterator[Hit]:
    """A person's name: the worker's where the letter knows it, or a title or degree beside one."""
    for field, text in facts.texts:
        told: set[str] = set()
        for start, end in terms_of(facts.letter.cover).names_in(text.raw):
            told.add(text.raw[start:end].strip(" .,"))
        for match in text.found(PERSON):
            name = next(group for group in match.groups() if group)
            if not NO_PERSON.match(name):
                told.add(name)
        for match in text.found(NAMED_PATIENT):
            told.add(match[1])
        for name in sorted(told):
            yield Hit(
                field=field,
                told={"name": name, "place": label(field.name).lower()},
                quotes=(Quote(name, field),),
            )


def metadata_name(facts: Facts) -> Iterator[Hit]:
    """A name in the file's properties. The finding never says which: it may be passed on."""
    for key, value in _properties(facts.context.metadata):
        whom = METADATA_NAMES.get(key.lower().replace(" ", ""))
        if whom is not None and value.strip() and not PRODUCT.search(value):
            yield Hit(field=CASE, told={"whom": whom, "value": value.strip()}, alike=whom)


def file_name(facts: Facts) -> Iterator[Hit]:
    """Personal data in the file's name."""
    name = facts.context.file_name
    stem = re.sub(r"\.\w{2,5}$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    spaced = re.sub(r"[_]+", " ", stem)
    found = [match[0] for pattern in (SSN, PHONE, EMAIL) for match in pattern.finditer(spaced)]
    for value in (*found, *(day.text for day in find_birth_dates(spaced))):
        yield Hit(field=CASE, told={"value": value})
    for person in _known_names(facts):
        if re.search(rf"(?<![a-z]){re.escape(person)}(?![a-z])", spaced, re.I):
            yield Hit(field=CASE, told={"value": person})
    named = re.search(r"(?<![A-Za-z])([A-Z][a-z]{2,},\s?[A-Z][a-z]{2,})(?![A-Za-z])", spaced)
    if named and not CASE_NUMBER.fullmatch(stem):
        yield Hit(field=CASE, told={"value": named[1]})


def _known_names(facts: Facts) -> tuple[str, ...]:
    """Names the parties' pages give, which the rest of the letter must not."""
    found: list[str] = []
    employee = facts.letter.cover.employee.strip()
    if employee:
        found.append(employee)
        last = employee.split(",")[0] if "," in employee else employee.split()[-1]
        if len(last) > 3:
            found.append(last)
    claim = facts.letter.cover.claim_number.strip()
    if len(claim) > 4:
        found.append(claim)
    return tuple(dict.fromkeys(found))


def _properties(metadata: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in metadata.items():
        # What a file says may be anything, whatever the annotation promises.
        if isinstance(key, str) and isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            yield key.strip("/"), value


RULES = {
    "personal-data": personal_data,
    "birth-dates": birth_dates,
    "reviewer-named": reviewer_named,
    "person-named": person_named,
    "metadata-name": metadata_name,
    "file-name": file_name,
}
