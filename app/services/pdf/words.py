"""What a PDF says, as plain values: words, where they stand, how they look."""

from __future__ import annotations

import msgspec

from app.evidence import Box


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One printed word. `line` counts the engine's text lines within the page; `size` is in points.

    `box` is 0..1 of the page as it is shown, top-down.
    """

    text: str
    box: Box
    bold: bool
    size: float
    line: int


class PdfPage(msgspec.Struct, frozen=True, array_like=True):
    """One page: `number` from 1, `width` and `height` in points as shown.

    `turned` is by how many degrees (0, 90, 180, 270, clockwise) most of its text is turned away
    from upright on the page as shown. Words come in the order of the file.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    turned: int = 0


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
        return tuple(" ".join(word.text for word in page.words) for page in self.pages)
