"""What the program asks the processes that know the engine, and what they answer."""

from __future__ import annotations

import msgspec

from app.evidence import Box
from app.services.pdf.words import PdfPage, PdfText

MOST_PIXELS = 48_000_000
"""A picture of a page has no more, whatever scale is asked for."""

BYTES_A_PIXEL = 3


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF to read and, where `document` is not 0, to keep open under that number for drawing.

    `forgotten` are the numbers of documents that nobody draws from any more.
    """

    data: bytes
    password: str | None = None
    name: str = ""
    document: int = 0
    with_text: bool = True
    forgotten: tuple[int, ...] = ()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Its text and the sizes of its pages, or the name of what went wrong."""

    text: PdfText | None = None
    sizes: tuple[tuple[float, float], ...] = ()
    error: str = ""
    wrong: bool = False


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """A page (from 1) of an open document to draw, `scale` pixels a point.

    `clip` is the part of it that is wanted, x0, y0, x1, y1 in 0..1; all of it where there is none.
    """

    document: int
    page: int
    scale: float
    clip: Box | None = None
    forgotten: tuple[int, ...] = ()


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """The picture: in the shared memory, or in `rgb` where there is none.

    `unknown` where no document of that number is open, as in a process that was just started.
    """

    width: int = 0
    height: int = 0
    stride: int = 0
    rgb: bytes = b""
    unknown: bool = False
    damaged: bool = False


class ReadPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A page (from 1) of an open document whose picture is to be read."""

    document: int
    page: int
    forgotten: tuple[int, ...] = ()


class PictureRead(msgspec.Struct, frozen=True, kw_only=True):
    """The page with the words in its picture; `unknown` and `damaged` as in `Drawn`."""

    page: PdfPage | None = None
    unknown: bool = False
    damaged: bool = False


class LayWords(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF whose recognised `pages` are to have their words behind their pictures."""

    data: bytes
    pages: tuple[PdfPage, ...]
    password: str | None = None


class ReadWords(msgspec.Struct, frozen=True, kw_only=True):
    """Pages (from 1) of an open document whose words are wanted, for records that are looked up."""

    document: int
    pages: tuple[int, ...]
    forgotten: tuple[int, ...] = ()


class WordsRead(msgspec.Struct, frozen=True, kw_only=True):
    """These pages with their words; `unknown` as in `Drawn`. One that is broken has none."""

    pages: tuple[PdfPage, ...] = ()
    unknown: bool = False


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """`properties` are title, author and the like with the two dates, those that are not empty.

    `outside` are the words that lie off their page; `layers` can be switched off by a viewer;
    `versions` counts the states of the file that lie one after the other in it, from 1. `spoken` is
    what is read out or copied in place of what is shown; `links` are targets out of the file that no
    page shows; `private` counts thumbnails of pages and
    data that a program left for itself.
    """

    attachments: tuple[tuple[str, int], ...] = ()
    properties: dict[str, str] = {}
    more_properties: tuple[str, ...] = ()
    bookmarks: int = 0
    notes: int = 0
    form_fields: int = 0
    scripts: int = 0
    layers: int = 0
    outside: tuple[str, ...] = ()
    versions: int = 1
    spoken: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    private: int = 0


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in a file, or what went wrong."""

    inside: Inside | None = None
    failed: Answer = Answer()


class Cleaned(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was written anew, or what went wrong."""

    pdf: bytes = b""
    failed: Answer = Answer()
