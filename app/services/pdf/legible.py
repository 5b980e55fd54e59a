"""Whether a page's text layer says what the page shows: is there any, and do its words mean anything.

A file may print glyphs without saying which characters they are, or say the wrong ones; and a page
may be a picture with no more text than a number stamped on it.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import cast

import pymupdf

from app.services.pdf.words import Unread

_COMMON = frozenset(
    re.findall(
        r"\S+",
        "the of and to in is was for with that be are on by not from or this as a "
        "The Case Date Number Number: Date: Page page Decision Expert Review MAXIMUS Medical No. "
        "de la que el en los del las con para und der die",
    )
)
"""Words some of which stand on every page that says anything in words."""
_LEADERS = re.compile(r"[._\-\u2013\u2014\u2026*=\s]+")
_LEAST = 12
"""Characters: of fewer nothing can be told."""
_ODD_KINDS = frozenset(("Cc", "Cn", "Co", "Cs"))
_ODD_SHARE, _ALNUM_SHARE = 0.2, 0.6
_ENOUGH_WORDS, _SURELY_ENOUGH_WORDS = 20, 40
"""So many words of which none is common: of the first their vowels decide."""
_VOWELS = frozenset("aeiouyAEIOUY")
_LEAST_VOWELS, _MOST_VOWELS = 0.27, 0.56

_FEW_WORDS = 40
_PICTURE_SHARE = 0.25
_SMALL = 420
"""Pixels of the longer side: enough to see whether there is ink."""
_DARK, _SPECKS = 190, 12
"""Fewer pixels as dark as this are dust on the glass."""
_MOST_DRAWN = 40
"""So many pages of a file are looked at as pictures; of the others a picture counts as ink."""
_PAINTS = ("fill-", "stroke-")

Logged = tuple[str, tuple[float, float, float, float]]
"""What is painted (`fill-text`, `fill-image`, …), and where."""


def illegible(texts: Sequence[str]) -> bool:
    """Whether words are no words: their characters are unknown, or others than those printed."""
    if not _COMMON.isdisjoint(texts):
        return False
    whole = _LEADERS.sub("", "".join(texts))
    if len(whole) < _LEAST:
        return False
    odd = sum(1 for char in whole if char == "\ufffd" or unicodedata.category(char) in _ODD_KINDS)
    if odd > _ODD_SHARE * len(whole) or sum(map(str.isalnum, whole)) < _ALNUM_SHARE * len(whole):
        return True
    words = [text.casefold() for text in texts if text.isalpha() and text.isascii()]
    if len(words) < _ENOUGH_WORDS or not _COMMON.isdisjoint(words):
        return False
    if len(words) >= _SURELY_ENOUGH_WORDS:
        return True
    letters = "".join(words)
    vowels = sum(1 for letter in letters if letter in _VOWELS) / len(letters)
    return not _LEAST_VOWELS <= vowels <= _MOST_VOWELS


class PictureFinder:
    """Says of a file's pages with no or few words whether they are pictures with something on them."""

    def __init__(self) -> None:
        self._left = _MOST_DRAWN

    def unread(self, page: pymupdf.Page, texts: Sequence[str]) -> Unread:
        """Why the words of the page are not what it shows, if so."""
        if texts and illegible(texts):
            return Unread.GLYPHS
        if len(texts) < _FEW_WORDS and self._is_picture(page, has_words=bool(texts)):
            return Unread.PICTURE
        return Unread.NOTHING

    def _is_picture(self, page: pymupdf.Page, *, has_words: bool) -> bool:
        if has_words and not page.get_images():
            return False
        log = cast("list[Logged]", page.get_bboxlog())
        if has_words:
            recognised = any(kind == "ignore-text" for kind, _ in log)
            if recognised or _painted(log, page) < _PICTURE_SHARE:
                return False
        elif not any(kind.startswith(_PAINTS) and not kind.endswith("-text") for kind, _ in log):
            return False
        if self._left <= 0:
            return True
        self._left -= 1
        return _has_ink(page)


def _painted(log: Iterable[Logged], page: pymupdf.Page) -> float:
    """Which share of the page is covered by pictures, the same place counted once a picture."""
    whole = page.rect
    area = sum(
        abs(pymupdf.Rect(box) & page.cropbox) for kind, box in log if kind.startswith("fill-im")
    )
    return area / max(abs(whole), 1.0)


def _has_ink(page: pymupdf.Page) -> bool:
    scale = _SMALL / max(page.rect.width, page.rect.height, 1.0)
    seen = page.get_pixmap(
        matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, alpha=False
    )
    return sum(1 for pixel in bytes(seen.samples) if pixel < _DARK) >= _SPECKS
