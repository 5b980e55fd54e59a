"""A look into a PDF before it is sent: what it holds that its pages do not show, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from app.errors import UserError
from app.letter import Letter, field_ids, get_value, is_missing
from app.services.interchange import decode
from app.services.letter_file import tells
from app.services.pdf import PdfText, Unread
from app.services.pdf.messages import Inside
from app.services.privacy.folding import fold
from app.services.rendering import FORM_DATA

_LONGEST = 60
_NAMES = {
    "title": "Title",
    "author": "Author",
    "subject": "Subject",
    "keywords": "Keywords",
    "creator": "Made with",
    "producer": "Written by the program",
    "creationDate": "Made on",
    "modDate": "Changed on",
}
_DRAWN = {Unread.PICTURE: "a picture of text", Unread.GLYPHS: "letters that no program can read"}


class Remark(msgspec.Struct, frozen=True):
    """One line of the look. `careful` where whoever sends the file should look twice."""

    words: str
    careful: bool = False
    can_go: bool = False
    """Whether a copy of the file can do without it: see `GuardedReader.cleaned`."""


class Looker(Protocol):
    """Reads a PDF and looks into it, wherever that is done."""

    def read(self, source: Path | str | bytes, password: str | None = None) -> PdfText: ...

    def look_inside(self, source: Path | bytes, password: str | None = None) -> Inside: ...


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds: its pages counted, and remarks, what to be careful of first."""

    pages: int
    remarks: tuple[Remark, ...]

    @property
    def careful(self) -> tuple[Remark, ...]:
        """What should be looked at before the file is sent."""
        return tuple(remark for remark in self.remarks if remark.careful)


def look(reader: Looker, source: Path | bytes, password: str | None = None) -> Look:
    """What a file holds that its pages do not show, found out within the reader's limits.

    Raises the errors of reading.
    """
    text = reader.read(source, password)
    remarks = inspect(reader.look_inside(source, password), text)
    return Look(pages=len(text.pages), remarks=tuple(remarks))


def inspect(inside: Inside, text: PdfText) -> list[Remark]:
    """What a file holds, what to be careful of first. `text` is what was read from it."""
    remarks = [
        *_attached(text, inside.attachments),
        *_unseen(text, inside.outside),
        *(
            Remark(f"{_NAMES.get(key, key)}: {_shown(value)}", *[key == "author"] * 2)
            for key, value in inside.properties.items()
        ),
        *(
            Remark(f"Names in its further properties: {name}", careful=True, can_go=True)
            for name in inside.more_properties
        ),
        _counted(inside.notes, "note or mark on its pages", "notes or marks on its pages"),
        _counted(inside.form_fields, "form field", "form fields"),
        _counted(inside.scripts, "script or action", "scripts or actions"),
        *_spoken(text, inside.spoken),
        *(
            Remark(f"A link leads to {_cut([target])}", careful=True, can_go=True)
            for target in inside.links
        ),
        _counted(
            inside.private,
            "thumbnail or note of a program to itself",
            "thumbnails or notes of a program to itself",
        ),
        _counted(
            inside.layers,
            "layer that can be switched off",
            "layers that can be switched off",
            can_go=False,
        ),
        _counted(
            inside.versions - 1, "earlier version of the file", "earlier versions of the file"
        ),
        Remark(f"Bookmarks: {inside.bookmarks or 'none'}"),
    ]
    return sorted(remarks, key=lambda remark: not remark.careful)


def unprinted_fields(letter: Letter, text: str) -> tuple[str, ...]:
    """The labels of the values that a text does not tell."""
    found: dict[str, None] = {}
    for field in field_ids(letter):
        value = get_value(letter, field)
        if not is_missing(value) and not tells(text, value):
            found[field.spec.label] = None
    return tuple(found)


def _attached(text: PdfText, attachments: tuple[tuple[str, int], ...]) -> Iterator[Remark]:
    for name, size in attachments:
        words = f"Attached: {name}, {size:,} bytes"
        if name != FORM_DATA or name not in text.attachments:
            yield Remark(words, careful=True, can_go=True)
            continue
        try:
            letter = decode(text.attachments[name])
        except UserError:
            yield Remark(f"{words}, no form data of this program", careful=True, can_go=True)
            continue
        hidden = unprinted_fields(letter, " ".join(text.page_texts))
        if hidden:
            named = ", ".join(hidden)
            yield Remark(f"{words}: values that no page prints: {named}", careful=True, can_go=True)
        else:
            yield Remark(f"{words}: the values that its pages print")
    if not attachments:
        yield Remark("Attached: nothing")


def _unseen(text: PdfText, outside: tuple[str, ...]) -> Iterator[Remark]:
    shown = False
    for page in text.pages:
        words = [
            word.text for word in page.words if word.look >= 0 and not page.looks[word.look].seen
        ]
        if words:
            shown = True
            told = f"Page {page.number} holds text that does not show: {_cut(words)}"
            yield Remark(told, careful=True, can_go=True)
        if page.unread:
            shown = True
            yield Remark(
                f"Page {page.number} shows {_DRAWN[page.unread]}: look at it", careful=True
            )
    if outside:
        shown = True
        yield Remark(f"Text off the pages: {_cut(outside)}", careful=True, can_go=True)
    if not shown:
        yield Remark("Hidden text: none")


def _shown(value: str) -> str:
    """A property as people read it: `D:20161118` is a date."""
    stamped = re.match(r"D:(\d{4})(\d\d)(\d\d)", value)
    return "{1}/{2}/{0}".format(*stamped.groups()) if stamped else value


def _cut(words: list[str] | tuple[str, ...]) -> str:
    text = " ".join(words)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}… ({len(words)} words)"


def _counted(count: int, one: str, more: str, *, can_go: bool = True) -> Remark:
    if not count:
        return Remark(f"{more[0].upper()}{more[1:]}: none")
    return Remark(f"{count} {one if count == 1 else more}", careful=True, can_go=can_go)


def _spoken(text: PdfText, spoken: tuple[str, ...]) -> Iterator[Remark]:
    """What is read out or copied in place of what is shown, where no page shows it."""
    shown = fold(" ".join(text.page_texts))
    for words in dict.fromkeys(spoken):
        if fold(words) not in shown:
            told = _cut(words.split())
            yield Remark(f"Read out in place of what is shown: {told}", careful=True, can_go=True)
