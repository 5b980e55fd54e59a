"""Letters made from the files of pieces: sound as they stand, or with one wording put in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache

import msgspec
from msgspec.structs import replace

from app.letter import (
    Cover,
    Decision,
    FieldId,
    Header,
    Issue,
    Letter,
    Patient,
    Request,
    Reviewer,
)
from app.services.citations import read_guideline
from tests.score.wordings.rows import HERE, Half

OTHER = {Decision.UPHELD: Decision.OVERTURNED, Decision.OVERTURNED: Decision.UPHELD}


class _Item(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A disputed item of a base. The last piece of a rationale is its conclusion."""

    title: str
    decision: Decision
    ca: str
    mx: str
    rationale: list[str]
    original: str = ""
    authorized: str = ""
    in_dispute: str = ""


class _Base(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A letter in pieces. The last piece of the summary is the sentence on utilization review."""

    injury: date
    ur: date
    received: date
    assigned: date
    decided: date
    specialties: list[str]
    age: int
    sex: str
    summary: list[str]
    issues: list[_Item]
    disputed: str = ""


def base_names() -> tuple[str, ...]:
    """The short letters that wordings are put into."""
    return tuple(_pieces("letters.toml"))


def round_names() -> tuple[str, ...]:
    """The letters of the rounds, beside the short ones."""
    return tuple(_pieces("round_letters.toml"))


def long_names(half: Half) -> tuple[str, ...]:
    """The letters of the usual length in which nothing is wrong."""
    return tuple(_pieces(f"sound_{half}.toml"))


def letter_of(base: str, changes: Mapping[str, str] | None = None) -> Letter:
    """The letter of a base with each text of `changes` put where its name says.

    `summary` and `rationale` go in before the last piece; `summary.last` and `conclusion` in its place;
    `rationale.all` in place of all pieces; `decision+rationale` too, with the other decision. The other
    names are those of the fields. `@2` behind a name means the second item; without it, the first.
    """
    pieces = msgspec.convert(_bases()[base], _Base)
    header: dict[str, date] = {}
    for name, text in (changes or {}).items():
        place, _, number = name.partition("@")
        if place.startswith("header."):
            header[place.removeprefix("header.")] = date.fromisoformat(text)
        else:
            _put(pieces, pieces.issues[int(number or 1) - 1], place, text)
    letter = _joined(pieces, base)
    return replace(letter, header=replace(letter.header, **header))


def changed_fields(changes: Mapping[str, str]) -> frozenset[FieldId]:
    """The fields that hold what was put in: one of them is where a finding has to stand or point."""
    fields: set[FieldId] = set()
    for name in changes:
        place, _, number = name.partition("@")
        fields.update(_fields(place, int(number or 1)))
    return frozenset(fields)


def _fields(place: str, issue: int) -> list[FieldId]:
    if place.startswith("header."):
        return [FieldId(f"header.{name}") for name in Header.__struct_fields__]
    if place.startswith("summary"):
        return [FieldId("clinical_summary")]
    if place == "specialties":
        return [FieldId("reviewer.specialties")]
    if place == "cover":
        return [FieldId("cover.disputed_items")]
    names = {
        "title": ("title",),
        "mx": ("maximus_guideline",),
        "decision": ("decision",),
        "decision+rationale": ("decision", "rationale"),
        "conclusion": ("rationale", "decision"),
    }.get(place, ("rationale",))
    if place.startswith("request."):
        names = (place, "title", "request.original", "request.authorized", "request.in_dispute")
    return [FieldId(f"issue.{name}", issue) for name in names]


def _put(pieces: _Base, item: _Item, place: str, text: str) -> None:
    if place == "summary":
        pieces.summary.insert(-1, text)
    elif place == "summary.last":
        pieces.summary[-1] = text
    elif place == "rationale":
        item.rationale.insert(-1, text)
    elif place == "conclusion":
        item.rationale[-1] = text
    elif place in ("rationale.all", "decision+rationale"):
        item.rationale = [text]
        if place == "decision+rationale":
            item.decision = OTHER[item.decision]
    elif place == "decision":
        item.decision = Decision(text)
    elif place in ("title", "mx"):
        setattr(item, place, text)
    elif place.startswith("request."):
        part = place.removeprefix("request.")
        item.title = item.title.replace(getattr(item, part), text)
        setattr(item, part, text)
    elif place == "specialties":
        pieces.specialties = [text]
    elif place == "cover":
        pieces.disputed = text
    else:
        raise ValueError(f"nothing can be put at {place}")


def _joined(pieces: _Base, base: str) -> Letter:
    number = 1 + list(_bases()).index(base)
    return Letter(
        header=Header(
            case_number=f"CM16-{200000 + number:07d}",
            date_assigned=pieces.assigned,
            date_of_injury=pieces.injury,
            decision_date=pieces.decided,
            ur_denial_date=pieces.ur,
            priority="Standard",
            application_received=pieces.received,
        ),
        reviewer=Reviewer(licensure=("California",), specialties=tuple(pieces.specialties)),
        patient=Patient(age=pieces.age, sex=pieces.sex, date_of_injury=pieces.injury),
        clinical_summary=" ".join(pieces.summary),
        cover=Cover(disputed_items=pieces.disputed),
        issues=tuple(_issue(id_, item) for id_, item in enumerate(pieces.issues, start=1)),
        issues_made=len(pieces.issues),
    )


def _issue(id_: int, item: _Item) -> Issue:
    request = Request(
        original=item.original, authorized=item.authorized, in_dispute=item.in_dispute
    )
    return Issue(
        id=id_,
        title=item.title,
        decision=item.decision,
        request=None if request == Request() else request,
        claims_administrator_guideline=read_guideline(item.ca).guideline,
        maximus_guideline=read_guideline(item.mx).guideline,
        rationale=" ".join(item.rationale),
    )


@cache
def _bases() -> dict[str, object]:
    files = ("letters.toml", "sound_open.toml", "sound_held_out.toml", "round_letters.toml")
    return {name: pieces for file in files for name, pieces in _pieces(file).items()}


def _pieces(file: str) -> dict[str, object]:
    return tomllib.loads((HERE / file).read_text(encoding="utf-8"))
