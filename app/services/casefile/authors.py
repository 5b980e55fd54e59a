"""Who wrote a document: a label's name, the name that signs it, else the office at its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_CREDENTIAL = (
    r"(?:M\.?\s?D\.?|D\.?\s?O\.?|D\.?C\.?|D\.?P\.?T\.?|P\.?T\.?A?|P\.?A\.?(?:-C)?|N\.?P\.?(?:-C)?|"
    r"F\.?N\.?P\.?(?:-[A-Z]{1,2})?|L\.?\s?Ac\.?|Ph\.?\s?D\.?|Psy\.?\s?D\.?|D\.?P\.?M\.?|O\.?D\.?|"
    r"R\.?N\.?|O\.?T\.?R?(?:/L)?|C\.?H\.?T\.?|L\.?C\.?S\.?W\.?|D\.?M\.?D\.?|D\.?D\.?S\.?|A\.?T\.?C\.?)"
)
_NAME = (
    r"(?P<name>(?:Dr\.?\s+)?[A-Z][A-Za-z.'’-]*(?:[ ]+(?:[A-Z][A-Za-z.'’-]*|de|del|la|van|von|der|di|"
    r"bin|el|al|St\.)){1,4})"
)
_SIGNED = re.compile(rf"{_NAME},?\s+{_CREDENTIAL}(?![A-Za-z])")
_LAST_FIRST = re.compile(
    rf"(?P<last>[A-Z][A-Za-z'’-]+),\s+(?P<first>[A-Z][A-Za-z.'’-]+(?: [A-Z]\.?)?),\s*{_CREDENTIAL}(?![A-Za-z])"
)
_AUTHOR = re.compile(
    r"(?:interpreting|reading|dictating|rendering|evaluating|examining|treating|attending|performing|"
    r"requesting|primary treating|secondary treating|consulting|reporting|supervising)?\s*"
    r"(?:physician|provider|radiologist|surgeon|examiner|evaluator|therapist|clinician|author|"
    r"practitioner|doctor|acupuncturist|chiropractor|psychologist)(?:'s)?(?: name| \(original signature\)|"
    r" signature)?\s*:|(?:electronically |digitally )?(?:signed|dictated|authenticated|interpreted|"
    r"read|reported|performed|examined|evaluated) by\s*:?|\bby:\s|\b(?:doctor|physician|provider|"
    r"examiner)['’]?s?\s+name(?:\s+and\s+degree)?\s*:|\bname of (?:the )?(?:doctor|physician|provider|"
    r"examiner)\s*:",
    re.I,
)
_BLOCK = re.compile(r"\b(?:physician|provider) information\b", re.I)
_NAME_FIELD = re.compile(r"\s*(?:physician |provider )?name\b[^:]*:\s*", re.I)
"""A form's block on who asks, and its first field."""
_OTHERS = re.compile(
    r"\b(?:referr(?:ing|ed)|ordering|ordered|cc|to|dear|attn|attention|addressed|reviewer|pcp|"
    r"requested by|report to|copy|employer|adjuster|attorney|counsel|assistant|anesthesi\w+|"
    r"reviewed|according to|per|progress report of|report of|seen by|records? (?:of|from)|"
    r"dated|patient)\b",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:group|center|centre|clinic|associates|institute|imaging|radiology|hospital|therapy|"
    r"laborator(?:y|ies)|labs?|medical|orthop(?:a?edics?|a?edic)|surgery|surgical|chiropractic|"
    r"acupuncture|rehabilitation|rehab|health|healthcare|services|partners|inc|llc|corp|corporation|"
    r"pharmacy|diagnostics?|physicians|practice|wellness|neurology|spine|review|management|"
    r"utilization|insurance|fund|administrators?|company)\b",
    re.I,
)
_HEADS = frozenset(("state of california", "division of workers' compensation"))
_DIGITS = re.compile(r"\d")
OFFICE_ROWS = 4


def author_of(first: Sequence[str], last: Sequence[str]) -> str:
    """Who wrote a document, from the rows of its first and last page; empty where nobody is named."""
    return _labelled(first) or _labelled(last) or signer_of(last) or signer_of(first)


def provider_of(first: Sequence[str], last: Sequence[str], *, office_first: bool = False) -> str:
    """The author, else the office at the head of the first page; the other way round for letters
    of organisations."""
    if office_first:
        return office_of(first) or author_of(first, last)
    return author_of(first, last) or office_of(first)


def signer_of(rows: Sequence[str]) -> str:
    """The last name with a degree that begins a row."""
    for row in reversed(rows):
        for part in reversed(row.split("\t")):
            match = _SIGNED.match(part.strip())
            if match and not _OTHERS.search(match["name"]):
                return tidy(match["name"])
    return ""


def office_of(rows: Sequence[str]) -> str:
    """The office whose name stands at the head of a page."""
    for row in rows[:OFFICE_ROWS]:
        part = row.split("\t")[0].strip(" .,")
        if part.casefold() in _HEADS or _DIGITS.search(part) or ":" in part:
            continue
        if 2 <= len(part.split()) <= 9 and _OFFICE.search(part):
            return tidy(part)
    return ""


def tidy(name: str) -> str:
    """A name as it is listed: no capitals throughout, no title before it."""
    name = re.sub(r"^Dr\.?\s+", "", " ".join(name.split())).strip(" .,")
    if name.isupper():
        name = " ".join(
            word if len(word) < 4 and not _VOWEL.search(word) else word.title()
            for word in name.split()
        )
    return name


_VOWEL = re.compile("[AEIOUY]")


def _labelled(rows: Sequence[str]) -> str:
    for heading, row in pairwise(rows):
        found = _NAME_FIELD.match(row) if _BLOCK.search(heading) else None
        if found and (name := _name_in(row[found.end() :])):
            return name
    for at, row in enumerate(rows):
        if ":" not in row and " by " not in row:
            continue
        for label in _AUTHOR.finditer(row):
            if _OTHERS.search(row[max(0, label.start() - 14) : label.start()]):
                continue
            behind = row[label.end() :].split("\t")
            value = next((part for part in behind if part.strip()), "")
            if not value and at + 1 < len(rows):
                value = rows[at + 1]
            if name := _name_in(value):
                return name
    return ""


def _name_in(text: str) -> str:
    text = text.strip()
    if turned := _LAST_FIRST.match(text):
        return tidy(f"{turned['first']} {turned['last']}")
    if signed := _SIGNED.match(text):
        return tidy(signed["name"])
    return ""
