"""Where a parsed value came from and why it may be wrong: kept beside the letter, by field."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from app.letter import FieldId, Letter

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in 0..1 of the page, from its top left corner."""


class Place(msgspec.Struct, frozen=True):
    """Boxes on one page (counted from 1), one box a line of text."""

    page: int
    boxes: tuple[Box, ...]


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """Print on a page that was not read as part of the letter: stamps, notes, numbers, hidden text.

    `why` says by what it was told, in words that go on from “was not read:”.
    """

    place: Place
    text: str
    why: str


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What the parser saw for one field.

    `text` is what is printed there, with its own spaces (`Sheet.printed` says how), `rule` the
    parser's rule that took it, `doubt` a sentence that a clerk understands, or None. A missing
    value has no places and says why in `doubt`. `others` are the values that may be meant
    instead, as they are typed into the form: what another place of the letter says, or the name
    of the file.
    """

    places: tuple[Place, ...] = ()
    text: str = ""
    rule: str = ""
    doubt: str | None = None
    others: tuple[str, ...] = ()


class ParseResult(msgspec.Struct, frozen=True, kw_only=True):
    """One letter as read from a PDF.

    `layout` is the name of the form or `unknown`; `layout_reasons` are the sentences that say
    on what evidence. `notes` are remarks on the file as a whole (a second letter in it, a page
    missing), for the user. `incomplete` says why there may be more disputed items than were read,
    so that their number and the outcome are doubtful. `set_aside` is the print that was not taken
    for the letter's.
    """

    letter: Letter
    evidence: Mapping[FieldId, Evidence]
    layout: str
    layout_reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    incomplete: str | None = None
    set_aside: tuple[SetAside, ...] = ()
    pages: int = 0


def texts_as_read(evidence: Mapping[FieldId, Evidence]) -> dict[FieldId, str]:
    """What is printed for each field, for setting the letter again as it was read."""
    return {field: seen.text for field, seen in evidence.items() if seen.text}
