"""Who else is named in a letter, and as what: people who are not on its cover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from app.services.language.dates import MONTHS
from app.services.privacy.folding import tokens
from app.services.privacy.ordinary import is_word


class Role(StrEnum):
    """As what somebody is named."""

    PHYSICIAN = "physicians and other treaters"
    FAMILY = "family and people about the worker"
    LAW = "attorneys, adjusters and others on the claim"
    TITLED = "others with a title"


class Other(msgspec.Struct, frozen=True):
    """A name, its role, and the places that have it."""

    name: str
    role: Role
    places: tuple[str, ...]


NOT_LOOKED_FOR = (
    "Not looked for, as no sign tells them: names without a title, degree or role beside them, "
    "nicknames, employers, and who can be known by the story."
)
_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|[A-Z]\.)"
_OF = r"(?:(?:de|la|las|los|del|van|von|der|den|da|di|du|al|el|bin|ibn)\s+)*"
_NAME = rf"{_OF}{_WORD}(?:\s+{_OF}{_WORD}){{0,3}}"
_FULL = rf"{_OF}{_WORD}(?:\s+{_OF}{_WORD}){{1,3}}"
_DEGREE = r"(?:M\.?D|D\.?O|D\.?C|Ph\.?D|Psy\.?D|D\.?P\.?M|D\.?D\.?S|R\.?N|L\.?Ac|P\.?A(?:-?C)?|N\.?P|P\.?T|D\.?P\.?T|O\.?T)\b"
_OF_FAMILY = (
    r"wife|husband|spouse|son|daughter|mother|father|sister|brother|girlfriend|boyfriend|partner|fianc[ée]e?|"
    r"friend|neighbou?r|caregiver|roommate|grandson|granddaughter|uncle|aunt|cousin|niece|nephew|supervisor|"
    r"co-?worker|boss|foreman"
)
_OF_LAW = (
    r"attorney|lawyer|counsel|adjuster|examiner|case manager|nurse case manager|paralegal|judge|mediator|"
    r"interpreter|investigator"
)
_TREATER = (
    r"physician|doctor|surgeon|therapist|psychologist|psychiatrist|chiropractor|acupuncturist|nurse|"
    r"nurse practitioner|physician assistant|podiatrist|dentist|neurologist|orthopedist"
)
_BESIDE = (
    r"(?:,|:|\s?\()?\s*(?<=\W)(?:is\s+|was\s+)?(?:whose\s+name\s+is\s+|by\s+the\s+name\s+of\s+|named\s+|called\s+|known\s+as\s+)?"
    r"(?:(?i:Mr|Mrs|Ms|Miss|Dr)\.?\s+)?"
)
_BY = r"(?:signed|seen|examined|evaluated|treated|dictated|prepared|performed|authored|written|reviewed|interpreted)\s+by"
_SIGNS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.PHYSICIAN, re.compile(rf"\b(?i:Dr|Drs|Doctor)\b\.?\s+({_NAME})")),
    (
        Role.PHYSICIAN,
        re.compile(rf"\bDrs\b\.?\s+{_NAME}(?:,\s+{_NAME})*,?\s+(?:and|&)\s+({_NAME})"),
    ),
    (Role.PHYSICIAN, re.compile(rf"\b({_FULL}),?\s+{_DEGREE}")),
    (Role.PHYSICIAN, re.compile(rf"\b({_WORD}),?\s+(?:M\.?D|D\.?O|D\.?C|Ph\.?D|Psy\.?D)\b")),
    (Role.FAMILY, re.compile(rf"\b(?i:{_OF_FAMILY}){_BESIDE}({_NAME})")),
    (Role.LAW, re.compile(rf"\b(?i:{_OF_LAW}){_BESIDE}({_NAME})")),
    (Role.LAW, re.compile(rf"\b({_FULL}),?\s+(?:Esq\b|(?i:attorney\s+(?:at|for)\b))")),
    (Role.PHYSICIAN, re.compile(rf"\b(?i:{_TREATER}){_BESIDE}({_NAME})")),
    (
        Role.TITLED,
        re.compile(rf"\b(?i:Mr|Mrs|Ms|Miss|Mx|Judge|Hon|Sra?)\b\.?\s+(?:(?i:Hon)\.?\s+)?({_NAME})"),
    ),
    (Role.TITLED, re.compile(rf"\b(?i:{_BY})\s+({_FULL})")),
)
_TITLES = frozenset((_SIGNS[0][1], _SIGNS[-2][1]))
"""Signs behind which capitals are no abbreviation."""
_NO_TITLE = frozenset((_SIGNS[3][1], _SIGNS[-1][1]))
"""Signs beside which a word stands as often as a name."""
_LEADS = re.compile(r"(?:Per|From|By|With|Then|When|While|If|And|But|Also)\s")
_NOBODY = re.compile(
    r"^(?:The|A|An|He|She|It|His|Her|They|This|That|There|In|On|At|By|For|With|Of|And|As|Is|Was|Has|Had|Not|No|To|"
    r"MD|DO|DC|PhD|PsyD|RN|NP|PA|Esq|Utilization|Claims|Peer|Independent|Case|Quality|Clinical|Maximus|MAXIMUS|State|Division|First|Report|Medical|Treatment|"
    r"Guidelines?|Official|Registered|Licensed|Board|Primary|Treating|Orthop\w+|Dr|Mr|Mrs|Ms|Hon|Judge|Physician|Nurse|Physical|Occupational|"
    r"Family|Internal|Reviewer|Assistant|Employee|Patient|Applicant|Claimant|Worker|MTUS|ODG|ACOEM|MRI|CT|EMG|UR|IMR|QME|AME|PTP|California|Visits?)\b"
)


def find_others(texts: Iterable[tuple[str, str]], known: Iterable[str] = ()) -> tuple[Other, ...]:
    """The people named in texts, each given with the words for its place, in order of their roles.

    `known` are names that are taken out anyway.
    """
    found: dict[str, tuple[Role, dict[str, None]]] = {}
    known_words = {word for name in known for word in name.lower().split()}
    for place, text in texts:
        for role, name in _named(text):
            if not set(name.lower().split()) <= known_words:
                found.setdefault(name, (role, {}))[1][place] = None
    listed = [Other(name, role, tuple(places)) for name, (role, places) in found.items()]
    order = tuple(Role)
    return tuple(sorted(listed, key=lambda other: order.index(other.role)))


def _named(text: str) -> Iterator[tuple[Role, str]]:
    taken: list[tuple[int, int]] = []
    for role, sign in _SIGNS:
        for match in sign.finditer(text):
            start, end = match.span(1)
            name = re.sub(r"['’]s?$", "", match[1].rstrip(".,"))
            if _LEADS.match(name):
                name = name.split(None, 1)[-1]
            month = name.split(None, 1)[0].lower() in MONTHS
            if sign in _NO_TITLE and all(is_word(word.key) for word in tokens(name)):
                continue
            if (
                month
                or _NOBODY.match(name)
                or len(name) < 2
                or (name.isupper() and len(name) < 5 and sign not in _TITLES)
            ):
                continue
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                yield role, name
