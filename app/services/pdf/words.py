"""What a PDF says, as plain values: words, where they stand, how they look."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise, repeat

import msgspec
from msgspec.structs import replace

from app.evidence import Box

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
"""The frame of a page that is read as one."""


class Look(msgspec.Struct, frozen=True, array_like=True):
    """How words are printed: font family, size in points, colour (0xRRGGBB).

    `italic` says that it leans, `angle` is by how many degrees, clockwise, they are turned away from most of their page.
    `seen` is False where nothing of them shows: white on white, printed without ink, or `covered`
    by what was put over them later.
    `added` says that they belong to an annotation laid over the page.
    """

    font: str = ""
    size: float = 0.0
    colour: int = 0
    angle: float = 0.0
    seen: bool = True
    added: bool = False
    italic: bool = False
    covered: bool = False


class Unread(StrEnum):
    """Why the words of a page are not what it shows."""

    NOTHING = ""
    PICTURE = "picture"
    GLYPHS = "glyphs"


class Word(msgspec.Struct, frozen=True, gc=False):
    """One printed word. `line` counts the engine's text lines within the page.

    `box` is 0..1 of the page as it is shown, top-down. `look` is its number in the page's `looks`,
    -1 where the page has none.
    """

    text: str
    box: Box
    bold: bool
    line: int
    look: int = -1


class PdfPage(msgspec.Struct, frozen=True, array_like=True):
    """One page: `number` from 1, `width` and `height` in points as shown.

    `turned` is by how many degrees (0, 90, 180, 270, clockwise) most of its text is turned away
    from upright on the page as shown. The words come in the order of the file and are kept column
    by column, which costs half of what values do: `words` makes values of them. `starts` are the
    numbers of the words that begin one of the engine's text lines.

    `certainties` say how sure the recogniser is of each word (0..1) where they were read from the
    page's picture; they are empty where words are printed. `looks` and `look_of`, the number among them for each word, are empty on a plain page: one whose
    words are all of one or two kinds, in order, none over another. `slope` is by how much
    its rows fall, in points for each point to the right, with the text upright. `unread` says why
    it shows more than its words. `frame` is what a part of a page takes of it, level and upright.
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
    looks: tuple[Look, ...] = ()
    look_of: tuple[int, ...] = ()
    slope: float = 0.0
    unread: Unread = Unread.NOTHING
    frame: Box = WHOLE
    certainties: tuple[float, ...] = ()

    def as_recognised(self, certainties: tuple[float, ...]) -> PdfPage:
        """The page with its words said to be read from its picture, each so surely."""
        unread = Unread.NOTHING if self.texts else Unread.PICTURE
        return replace(self, certainties=certainties, unread=unread)

    @property
    def words(self) -> tuple[Word, ...]:
        boxes = zip(self.lefts, self.tops, self.rights, self.bottoms, strict=True)
        borders = pairwise((*self.starts, len(self.texts)))
        lines = [line for line, (start, end) in enumerate(borders) for _ in range(start, end)]
        look_of = self.look_of or repeat(-1, len(self.texts))
        return tuple(map(Word, self.texts, boxes, self.bold, lines, look_of))

    def with_words(self, words: Iterable[Word]) -> PdfPage:
        """The page with these words instead of its own."""
        kept = list(words)
        lines = [word.line for word in kept]
        starts = [n for n, line in enumerate(lines) if not n or line != lines[n - 1]]
        return replace(
            self,
            texts=tuple(word.text for word in kept),
            lefts=tuple(word.box[0] for word in kept),
            tops=tuple(word.box[1] for word in kept),
            rights=tuple(word.box[2] for word in kept),
            bottoms=tuple(word.box[3] for word in kept),
            bold=tuple(word.bold for word in kept),
            starts=tuple(starts),
            look_of=tuple(word.look for word in kept) if self.look_of else (),
            certainties=(),  # they are of the words that were read there
        )


class PdfText(msgspec.Struct, frozen=True, kw_only=True):
    """A whole PDF as text. `name` is the file's name without ending, if it had one.

    `has_text` is False for pictures of paper, and where what the words say is not known.
    `unreadable_pages` could not be read at all.
    `attachments` are the files inside the PDF, by name. `metadata` are its properties as the
    file gives them, of title, author, subject, keywords, creator and producer those not empty.
    `is_dynamic_form` says that its pages are not in it: a program of their maker's draws them (XFA).
    `seams` are the pages that begin what was bound into the file from another one.
    `read_to` is the page up to which a bundle of very many was read; 0 where all were.
    """

    pages: tuple[PdfPage, ...] = ()
    has_text: bool = False
    name: str = ""
    unreadable_pages: tuple[int, ...] = ()
    attachments: dict[str, bytes] = {}
    metadata: dict[str, str] = {}
    read_to: int = 0
    is_dynamic_form: bool = False
    seams: tuple[int, ...] = ()

    @property
    def has_unknown_glyphs(self) -> bool:
        """Whether a page can be seen whose words do not say which characters it shows."""
        return any(page.unread is Unread.GLYPHS for page in self.pages)

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """The numbers of the pages that show text which their words do not say."""
        return tuple(page.number for page in self.pages if page.unread)

    @property
    def recognised_pages(self) -> tuple[int, ...]:
        """The numbers of the pages whose words were read from their pictures."""
        return tuple(page.number for page in self.pages if page.certainties)

    def with_recognised(self, pages: Iterable[PdfPage]) -> PdfText:
        """The text with what was read from pictures in the place of pages that were not read."""
        known = {page.number: page for page in pages}
        if not known:
            return self
        found = tuple(known.get(page.number, page) if page.unread else page for page in self.pages)
        return replace(
            self, pages=found, has_text=any(page.texts and not page.unread for page in found)
        )

    @property
    def page_texts(self) -> tuple[str, ...]:
        """The words of each page in one line, in the order of the file."""
        return tuple(" ".join(page.texts) for page in self.pages)
