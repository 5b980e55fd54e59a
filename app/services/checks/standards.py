"""What a determination may be measured by, as data: the wrong standards of law and of editions."""

from __future__ import annotations

import re
from functools import cache, cached_property

import msgspec

from app.services.checks.table import FOLDER


class LegalStandard(msgspec.Struct, frozen=True, dict=True):
    """Something medical necessity does not go by."""

    what: str
    pattern: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.I)


class EditionStandard(msgspec.Struct, frozen=True, dict=True):
    """What another edition of a guideline says than the one cited. `titles` is part of its title."""

    titles: str
    edition: str
    pattern: str
    what: str
    instead: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.I)


class Standards(msgspec.Struct, frozen=True):
    """Both lists, and which specialties are trained in what."""

    legal: tuple[LegalStandard, ...]
    editions: tuple[EditionStandard, ...]
    unfit_specialties: dict[str, tuple[str, ...]]
    only_parts: dict[str, frozenset[str]]


@cache
def standards() -> Standards:
    """The standards that ship with the program."""
    return msgspec.json.decode((FOLDER / "standards.json").read_bytes(), type=Standards)
