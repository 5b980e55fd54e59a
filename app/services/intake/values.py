"""What is read of an application or a utilization review decision: frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from app.evidence import Doubt, Evidence, Place


class SourceKind(StrEnum):
    """What a file is to a draft."""

    APPLICATION = "application"
    UR_DECISION = "UR decision"


class Fact(StrEnum):
    """What either of them may say of the case, in the words it is shown under."""

    EMPLOYEE = "Employee"
    CLAIM_NUMBER = "Claim number"
    DATE_OF_INJURY = "Date of injury"
    PROVIDER = "Requesting physician"
    ADMINISTRATOR = "Claims administrator"
    PRIORITY = "Priority"
    RFA_SIGNED = "RFA signed"
    RFA_RECEIVED = "RFA received"
    UR_DECIDED = "UR decision"
    UR_SERVED = "UR letter served"
    DIAGNOSIS = "Primary diagnosis"
    LIABILITY = "Liability disputed"
    FAXED = "Fax line"


class Verdict(StrEnum):
    """What utilization review decided about one item."""

    DENIED = "denied"
    MODIFIED = "modified"
    APPROVED = "approved"
    CONDITIONAL = "conditionally denied"
    NONE = "not decided"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One fact as a document tells it: its value, None where it is missing, and its evidence."""

    value: str | date | None
    evidence: Evidence

    def doubted(self, words: str, *others: str) -> Told:
        """The same with one doubt more, and other values that may be meant."""
        seen = self.evidence
        if any(doubt.words == words for doubt in seen.doubts):
            return self
        doubts = (*seen.doubts, Doubt(words=words))
        more = tuple(dict.fromkeys((*seen.others, *(other for other in others if other))))
        return replace(self, evidence=replace(seen, doubts=doubts, others=more))


def source_words(kind: SourceKind, places: Sequence[Place]) -> str:
    """The document and the page that a value stands on, in words."""
    return f"{kind}, page {places[0].page}" if places else str(kind)


class ItemLine(msgspec.Struct, frozen=True, kw_only=True):
    """One disputed item as the application lists it."""

    title: str
    places: tuple[Place, ...] = ()
    doubt: str = ""


class ReviewedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a utilization review decision.

    `spellings` are the other ways the letter writes it. `approved` is the part that was approved,
    `guideline` what is cited for it, `reason` the rest that is told of the verdict in so many words.
    """

    title: str
    verdict: Verdict
    printed: str = ""
    approved: str = ""
    guideline: str = ""
    places: tuple[Place, ...] = ()
    verdict_places: tuple[Place, ...] = ()
    guideline_places: tuple[Place, ...] = ()
    spellings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """An application for independent medical review as read.

    `version` is what its foot says; `is_signed` whether something stands at the signature or its
    date. `pages` are those of the form among those of the file.
    """

    facts: dict[Fact, Told]
    items: tuple[ItemLine, ...] = ()
    version: str = ""
    is_signed: bool = False
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


class UrDecision(msgspec.Struct, frozen=True, kw_only=True):
    """A utilization review decision as read."""

    facts: dict[Fact, Told]
    items: tuple[ReviewedItem, ...] = ()
    notes: tuple[str, ...] = ()


Facts = dict[Fact, Told]
