"""The small values that pass the door of this service."""

from __future__ import annotations

from enum import Enum

import msgspec

from app.letter import Citation, Guideline


class Side(Enum):
    """Whose guideline field it is. The value is how the fixed sentences name them."""

    CLAIMS_ADMINISTRATOR = "Claims Administrator"
    MAXIMUS = "Expert Reviewer"


class Style(Enum):
    """The two ways the house has written citations: by page, and since 2016 by section."""

    PAGES_2014 = "pages"
    SECTIONS_2016 = "sections"


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """What one sentence cites. `prose` are its sentences that cite nothing, as printed."""

    citations: tuple[Citation, ...] = ()
    problems: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()


class GuidelineReading(msgspec.Struct, frozen=True, kw_only=True):
    """A guideline field as read, and what a clerk should look at in it."""

    guideline: Guideline
    problems: tuple[str, ...] = ()
