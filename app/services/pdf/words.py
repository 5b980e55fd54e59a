"""What a PDF says, as plain values: words, where they stand, how they look."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from app.evidence import Box


class Word(msgspec.Struct, frozen=True, gc=False):
    """One printed word. `line` counts the engine's text lines within the page.

    `box` is 0..1 of the page as it is shown, top-down.
    """

    text: str
    box: Box
    bold: bool
    line: int


class PdfPage(msgspec.Struct, frozen=True, array_like=True):
    """One page: `number` from 1, `width` and `height` in points as shown.

    `turned` is by how many degrees (0, 90, 180, 270, clockwise) most of its text is turned away
    from upright on the page as shown. The words come in the order of the file and are kept column
    by column, which costs half of what values do: `words` makes values of them. `starts` are the
    numbers of the words that begin one of the engine's text lines.
    """

    number: int
    width: float
    height: float
    turned: int = 0
    texts: tuple[str, ...] = ()
    lefts: tuple[float, ...] = ()
    tops: tuple[float, ...] = ()
    rights: tuple[float, ...] = ()
    bottoms: tuple[float, ...] = ()
    bold: tuple[bool, ...] = ()
    starts: tuple[int, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        boxes = zip(self.lefts, self.tops, self.rights, self.bottoms, strict=True)
        borders = pairwise((*self.starts, len(self.texts)))
        lines = [line for line, (start, end) in enumerate(borders) for _ in range(start, end)]
        return tuple(map(Word, self.texts, boxes, self.bold, lines))

    def with_words(self, words: Iterable[Word]) -> PdfPage:
        """The page with these words instead of its own."""
        kept = list(words)
        lines = [word.line for word in kept]
        starts = [n for n, line in enumerate(lines) if not n or line != lines[n - 1]]
        columns = zip(*((word.text, *word.box, word.bold) for word in kept), strict=True)
        bare = PdfPage(self.number, self.width, self.height, self.turned, *columns)
        return replace(bare, starts=tuple(starts))


class PdfText(msgspec.Struct, frozen=True, kw_only=True):
    """A whole PDF as text. `name` is the file's name without ending, if it had one.

    `has_text` is False for pictures of paper. `unreadable_pages` could not be read at all.
    `attachments` are the files inside the PDF, by name. `metadata` are its properties as the
    file gives them, of title, author, subject, keywords, creator and producer those not empty.
    """

    pages: tuple[PdfPage, ...] = ()
    has_text: bool = False
    name: str = ""
    unreadable_pages: tuple[int, ...] = ()
    attachments: dict[str, bytes] = {}
    metadata: dict[str, str] = {}

    @property
    def page_texts(self) -> tuple[str, ...]:
        """The words of each page in one line, in the order of the file."""
        return tuple(" ".join(page.texts) for page in self.pages)
