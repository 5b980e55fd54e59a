"""How a letter's value becomes Typst: as string expressions only, so that no value can act as markup.

Also decides where a line may break inside a word, which Word and Typst see differently: Word
breaks after every hyphen and never after a slash.
"""

from __future__ import annotations

import re
from typing import Self

from app.letter import REDACTED
from app.services.rendering.glyphs import Glyphs, runs_right_to_left
from app.services.rendering.spacing import HOLDING_HYPHEN, ends_page, is_plain, respaced


class Value(str):
    """The printed form of one field. `key` is `FieldId.key`, so that its place can be found.

    A line break parts paragraphs (an empty line between them), or only lines if `by_line`.
    `ends_page` says whether a page ended after it in the letter it was read from, None if unknown.
    """

    __slots__ = ("by_line", "ends_page", "key", "spaced")
    key: str
    by_line: bool
    ends_page: bool | None
    spaced: bool

    @classmethod
    def of(cls, text: str, key: str, printed: str | None = None) -> Self:
        """A field's value, spaced as in `printed` where that has the same words."""
        spaced = None if not printed or is_plain(printed) else respaced(tidy(text), printed)
        value = cls(text if spaced is None else spaced)
        value.key = key
        value.by_line = False
        value.spaced = spaced is not None
        value.ends_page = ends_page(printed)
        return value

    def parted_by_line(self) -> Self:
        value = type(self)(self)
        value.key = self.key
        value.by_line = True
        value.spaced = self.spaced
        value.ends_page = self.ends_page
        return value


class Expression(str):
    """A finished Typst expression. Only this module makes one."""

    __slots__ = ()


# A part of a word that fits no line; it may break every forty letters, but not before an accent.
_TOO_LONG = 80
_PIECES = re.compile(r".{1,40}[\u0300-\u036f\u200d\ufe00-\ufe0f]*")
_DROPPED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \xa0]+")
# Words tied by a no-break space are one: `tidy` leaves such a space in no value but a spaced one.
_WORD = re.compile(r"[\S\xa0]+")
# Typst sees the break after a hyphen by itself before a letter only.
_AFTER_HYPHEN = re.compile(r"(?<=\w[-\u2010])(?=[^A-Za-z])")
_AFTER_ANY_HYPHEN = re.compile(r"(?<=\w[-\u2010])(?=\S)")
# Typst would also break inside these: after a slash before a letter, after other marks, in addresses.
_HELD = re.compile(r"[\x01\xa0]|/(?=\D)|[?!|\u2013\u2014](?=.)|www\.|https?:", re.IGNORECASE)


def clean(text: str) -> str:
    """The text without what cannot be printed: control characters, marks of writing
    direction, lone surrogates.

    A tab counts as a space. Line breaks stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _DROPPED.sub("", text)


def tidy(text: str) -> str:
    """The text as it is printed: cleaned, with one space between words."""
    return _SPACES.sub(" ", clean(text))


def quoted(text: str) -> str:
    """The text as a Typst string, quotes included."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def expression(value: str | int) -> Expression:
    """The value for use in Typst code, as in `#set document(title: …)`: a string or a number."""
    return Expression(str(value) if isinstance(value, int) else quoted(clean(value)))


def by_line(text: str) -> str:
    """The same value, its lines printed one under the other without empty lines between."""
    if isinstance(text, Value):
        return text.parted_by_line()
    return text


class Finalizer:
    """What a template's `{{ … }}` writes: each value as Typst code, never as markup."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs

    def __call__(self, value: object) -> str:
        """The Typst code. Raises TypeError for what is no value, such as a whole issue."""
        if isinstance(value, Expression):
            return str(value)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise TypeError("only texts and numbers can be printed")
        spaced = isinstance(value, Value) and value.spaced
        lines = (str(value) if spaced else tidy(str(value))).split("\n")
        code = "(" + ",".join(self._line(line) for line in lines) + ",)"
        if not isinstance(value, Value):
            return f"#words({code});"
        parted = ",parbreak()" if value.by_line else ""
        return f"#field({quoted(value.key)},{code}{parted});"

    def _line(self, line: str) -> str:
        if REDACTED not in line:
            return self._visible(line)
        pieces: list[str] = []
        for number, part in enumerate(line.split(REDACTED)):
            if number:
                pieces.append(f"redacted({quoted(REDACTED)})")
            if part:
                pieces.append(self._visible(part))
        return f"({','.join(pieces)},).join()"

    def _visible(self, line: str) -> str:
        parts = self._glyphs.parts(line)
        if len(parts) == 1 and not parts[0][0] and not runs_right_to_left(line):
            return _line_expression(parts[0][1])
        pieces = [
            f"spare({quoted(text)})" if spare else _line_expression(text) for spare, text in parts
        ]
        code = f"({','.join(pieces)},).join()"
        return f"joined({code})" if runs_right_to_left(line) else code


def _line_expression(line: str) -> str:
    """One paragraph as a Typst expression: strings, with the break points that Word would see."""
    out: list[str] = []
    start = 0
    for match in _WORD.finditer(line):
        parts = _word_parts(match.group())
        if not parts:
            continue
        if match.start() > start:
            out.append(quoted(line[start : match.start()]))
        out.append(",gap,".join(parts))
        start = match.end()
    if start < len(line) or not out:
        out.append(quoted(line[start:]))
    return out[0] if len(out) == 1 and "," not in out[0] else f"({','.join(out)},).join()"


def _word_parts(word: str) -> list[str]:
    """The word cut where a line may end inside it; empty if Typst sees that by itself."""
    held = _HELD.search(word)
    parts = (_AFTER_ANY_HYPHEN if held else _AFTER_HYPHEN).split(word)
    if len(parts) == 1 and len(word) <= _TOO_LONG and not held:
        return []
    return [_part_expression(part) for part in parts]


def _part_expression(part: str) -> str:
    held = _HELD.search(part)
    part = part.replace(HOLDING_HYPHEN, "-").replace("\xa0", " ")
    if len(part) > _TOO_LONG:
        return ",gap,".join(quoted(piece) for piece in _PIECES.findall(part))
    return f"hold({quoted(part)})" if held else quoted(part)
