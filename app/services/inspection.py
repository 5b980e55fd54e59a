"""A look into a PDF before it is sent: what it holds that its pages do not show, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from app.errors import UserError
from app.letter import Letter, field_ids, get_value, is_missing
from app.services.interchange import decode
from app.services.letter_file import tells
from app.services.pdf import PdfText, Unread
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


def inspect(source: Path | bytes, text: PdfText, password: str | None = None) -> list[Remark]:
    """What the file holds, what to be careful of first. `text` is what was read from it.

    Raises the errors of reading.
    """
    from app.services.pdf.inside import look_inside  # the engine

    inside = look_inside(source, password)
    remarks = [
        *_attached(text, inside.attachments),
        *_unseen(text, inside.outside),
        *(
            Remark(f"{_NAMES.get(key, key)}: {_shown(value)}", careful=key == "author")
            for key, value in inside.properties.items()
        ),
        *(
            Remark(f"Names in its further properties: {name}", True)
            for name in inside.more_properties
        ),
        _counted(inside.notes, "note or mark on its pages", "notes or marks on its pages"),
        _counted(inside.form_fields, "form field", "form fields"),
        _counted(inside.scripts, "script or action", "scripts or actions"),
        _counted(
            inside.layers, "layer that can be switched off", "layers that can be switched off"
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
            yield Remark(words, careful=True)
            continue
        try:
            letter = decode(text.attachments[name])
        except UserError:
            yield Remark(f"{words}, no form data of this program", careful=True)
            continue
        hidden = unprinted_fields(letter, " ".join(text.page_texts))
        if hidden:
            yield Remark(f"{words}: values that no page prints: {', '.join(hidden)}", careful=True)
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
            yield Remark(f"Page {page.number} holds text that does not show: {_cut(words)}", True)
        if page.unread:
            shown = True
            yield Remark(f"Page {page.number} shows {_DRAWN[page.unread]}: look at it", True)
    if outside:
        shown = True
        yield Remark(f"Text off the pages: {_cut(outside)}", careful=True)
    if not shown:
        yield Remark("Hidden text: none")


def _shown(value: str) -> str:
    """A property as people read it: `D:20161118` is a date."""
    stamped = re.match(r"D:(\d{4})(\d\d)(\d\d)", value)
    return "{1}/{2}/{0}".format(*stamped.groups()) if stamped else value


def _cut(words: list[str] | tuple[str, ...]) -> str:
    text = " ".join(words)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}… ({len(words)} words)"


def _counted(count: int, one: str, more: str) -> Remark:
    if not count:
        return Remark(f"{more[0].upper()}{more[1:]}: none")
    return Remark(f"{count} {one if count == 1 else more}", careful=True)
