"""Where a parsed value came from and why it may be wrong: kept beside the letter, by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from app.letter import FieldId, Letter

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in 0..1 of the page, from its top left corner."""


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Boxes on one page (counted from 1), one box a line of text.

    `file` is the SHA-256 of the document of the case file it is in, empty for the letter's own PDF.
    """

    page: int
    boxes: tuple[Box, ...]
    file: str = ""


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """Print on a page that was not read as part of the letter: stamps, notes, numbers, hidden text.

    `why` says by what it was told, in words that go on from “was not read:”.
    """

    place: Place
    text: str
    why: str


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """Why a value may be wrong, or why it is missing: a judgement like those of the checks.

    `words` is a sentence that a clerk understands. `rule` names the judgement: one of the rules
    of the checks where they make the same one, else `reading`, which is about the page.
    `values` are those that disagree, as letters print them, `related` the other fields they are of.
    `places` are where the words in doubt stand, where it is about some of the field's words alone.
    """

    words: str
    rule: str = "reading"
    values: tuple[str, ...] = ()
    related: tuple[FieldId, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def judgement(self) -> Judgement | None:
        """What makes two judgements the same; None for what nothing else can say."""
        return judgement(self.rule, self.values)


Judgement = tuple[str, frozenset[str]]
"""A rule and the values that disagree: two judgements are the same by these, never by their words."""


def judgement(rule: str, values: Iterable[str]) -> Judgement | None:
    """The identity of a judgement. None where no values are named: it is then its field's alone."""
    named = frozenset(values)
    return (rule, named) if named else None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What the parser saw for one field.

    `text` is what is printed there, with its own spaces (`Sheet.printed` says how), `rule` the
    parser's rule that took it, `doubts` say why it may be wrong. A missing value has no places
    and says why in `doubts`. `others` are the values that may be meant
    instead, as they are typed into the form: what another place of the letter says, or the name
    of the file. `source` names the document and its page where it is another than the letter.
    """

    places: tuple[Place, ...] = ()
    text: str = ""
    rule: str = ""
    doubts: tuple[Doubt, ...] = ()
    others: tuple[str, ...] = ()
    source: str = ""

    @property
    def doubt(self) -> str | None:
        """All doubts in words; None where there are none."""
        return " ".join(doubt.words for doubt in self.doubts) or None

    @property
    def doubtful_places(self) -> tuple[Place, ...]:
        """Where the words in doubt stand; none where no doubt is about some words alone."""
        return tuple(dict.fromkeys(place for doubt in self.doubts for place in doubt.places))


READ_FROM_PICTURE = "The words of page"
"""How the remark begins that pages were read from their pictures."""


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

    @property
    def tells_of_pictures(self) -> bool:
        """Whether it was read with what the pictures of its pages say."""
        return any(note.startswith(READ_FROM_PICTURE) for note in self.notes)


def texts_as_read(evidence: Mapping[FieldId, Evidence]) -> dict[FieldId, str]:
    """What the letter prints for each field, for setting it again as it was read."""
    return {field: seen.text for field, seen in evidence.items() if seen.text and not seen.source}
