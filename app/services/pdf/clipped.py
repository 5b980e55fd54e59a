"""Words that a file holds and no page shows, as they lie outside what their part of it may paint.

A page put into another one in part, or cropped by a program that only masks the rest, keeps them.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections import Counter
from typing import cast

import pymupdf

from app.services.pdf.looks import Columns, RawWord

_NEAR = 0.5


def clipped_words(page: pymupdf.Page, words: Columns) -> list[int]:
    """The numbers of the words of which nothing is left inside the page's clip paths."""
    shown = _engine_words(page, pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_CLIP)
    if len(shown) >= len(words.texts):
        return []
    # Nothing is clipped where the engine says the same of both: its words are not everywhere ours.
    if len(shown) == len(_engine_words(page, pymupdf.TEXT_PRESERVE_WHITESPACE)):
        return []
    whole = Counter((word[4], round(word[0]), round(word[1])) for word in shown)
    lost: list[int] = []
    for at, (text, (x0, y0, _, _)) in enumerate(zip(words.texts, words.boxes, strict=True)):
        key = (text, round(x0), round(y0))
        if whole[key]:
            whole[key] -= 1
        else:
            lost.append(at)
    cut = [word for word in shown if whole[(word[4], round(word[0]), round(word[1]))] > 0]
    return [at for at in lost if not any(_is_part(word, words, at) for word in cut)]


def _engine_words(page: pymupdf.Page, flags: int) -> list[RawWord]:
    return cast("list[RawWord]", page.get_textpage(flags=flags).extractWORDS())


def _is_part(shown: RawWord, words: Columns, at: int) -> bool:
    """Whether it is what a clip path has left of the word."""
    x0, y0, x1, y1, text, *_ = shown
    across = min(x1, words.x1s[at]) - max(x0, words.x0s[at])
    down = min(y1, words.y1s[at]) - max(y0, words.y0s[at])
    return text in words.texts[at] and across > _NEAR and down > (y1 - y0) / 2
