"""What the checks may know beside a letter: of the file it was read from, and of the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.evidence import Evidence
from app.letter import FieldId
from app.services.checks import CheckContext
from app.services.checks.record import Record
from app.services.citations import Guidelines
from app.services.settings import Settings


def check_context(
    settings: Settings,
    name: str,
    *,
    evidence: Mapping[FieldId, Evidence] = {},
    pages: tuple[str, ...] = (),
    metadata: Mapping[str, str] = {},
    disputed: tuple[str, ...] = (),
    guidelines: Guidelines | None = None,
    record: Record | None = None,
) -> CheckContext:
    """What the checks may know beside a letter: of the file it was read from, of the house.

    `disputed` stands for the letter's own list of the items on the application, `guidelines` for
    those the program knows, `record` for the documents the letter was written from.
    """
    return CheckContext(
        evidence=evidence,
        pages=pages,
        metadata=metadata,
        today=date.today(),
        file_name=name,
        disputed=disputed,
        overrides=settings.overrides,
        settings=settings.check_numbers,
        house_rules=settings.house_rules,
        guidelines=guidelines,
        record=record,
    )
