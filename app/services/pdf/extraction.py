"""From a PDF to `PdfText`: which pages and words count, and where they stand on the page as shown."""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress, count
from operator import not_
from typing import NamedTuple, cast

import pymupdf
from msgspec.structs import replace

from app.evidence import Box
from app.services.guard import Progress
from app.services.pdf.bundles import CLOSELY, Bundle, is_told, is_worth_a_look
from app.services.pdf.closely import Closely, look_closely
from app.services.pdf.engine import ENGINE_ERRORS, open_document, rotation_of, size_of
from app.services.pdf.legible import PictureFinder
from app.services.pdf.looks import Columns, Looks, RawWord, looks, quick_looks
from app.services.pdf.plain import is_plain
from app.services.pdf.shapes import MapChecker
from app.services.pdf.slope import slope_of
from app.services.pdf.unprinted import has_unprinted, printed_words
from app.services.pdf.words import PdfPage, PdfText, Unread, Word

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_COLLECT_VECTORS
_LARGEST = 1e7
_ATTACHMENT_LIMIT = 16 * 1024 * 1024
_PROPERTIES = ("title", "author", "subject", "keywords", "creator", "producer")


def extract(
    data: bytes,
    name: str,
    password: str | None,
    tell: Progress | None = None,
    *,
    whole: bool = False,
) -> PdfText:
    """The text of a PDF; `name` is its file's. Of a bundle `tell` is told how many pages of how many
    are read, and it is not read to its end unless as a `whole`. Raises PasswordNeeded or DamagedPdf.
    """
    document = open_document(data, password)
    try:
        pages: list[PdfPage] = []
        unreadable: list[int] = []
        doubts = _Doubts(PictureFinder(), MapChecker(document))
        bundle = Bundle(0 if whole else document.page_count)
        for index in range(document.page_count):
            try:
                if bundle.is_read:
                    pages.append(PdfPage(index + 1, 612.0, 792.0))
                    continue
                if tell and is_told(index, document.page_count):
                    tell(index, document.page_count)
                page = _read_page(document.load_page(index), index + 1, doubts)
                bundle.take(page)
                pages.append(page)
            except ENGINE_ERRORS:
                unreadable.append(index + 1)
                pages.append(PdfPage(index + 1, 612.0, 792.0))
        return PdfText(
            read_to=bundle.read_to,
            pages=tuple(pages),
            has_text=any(page.texts and not page.unread for page in pages),
            name=name,
            unreadable_pages=tuple(unreadable),
            attachments=_attachments(document),
            metadata=_metadata(document),
            seams=doubts.maps.seams(),
            is_dynamic_form=document.page_count == 1 and _is_dynamic_form(document),
        )
    finally:
        document.close()


class _Doubts(NamedTuple):
    """What tells of a file's pages why their words are not what they show."""

    pictures: PictureFinder
    maps: MapChecker

    def unread(self, page: pymupdf.Page, number: int, words: Columns | None) -> Unread:
        if number > CLOSELY:
            return Unread.NOTHING
        why = self.pictures.unread(page, words.texts if words else ())
        if words and not why and self.maps.is_wrong(page, words):
            return Unread.GLYPHS
        return why


def _read_page(page: pymupdf.Page, number: int, doubts: _Doubts) -> PdfPage:
    rotation = rotation_of(page)
    width, height = size_of(page)
    if not (0 < width < _LARGEST and 0 < height < _LARGEST):
        return PdfPage(number, 612.0, 792.0)
    text_page, words, how = _printed(page)
    if words is None or how is None:
        return PdfPage(number, width, height, rotation, unread=doubts.unread(page, number, None))
    why = doubts.unread(page, number, words)
    close: Closely | None = None
    # The engine counts the words of each of its lines from 0.
    starts = tuple(compress(count(), map(not_, words.places)))
    if is_worth_a_look(number, words.texts) and not is_plain(page, text_page, words, starts, how):
        close = look_closely(page, text_page, words, how.bold, how.turned)
        words, how.bold = close.columns, close.bold
        starts = tuple(compress(count(), map(not_, words.places)))
    x0s, y0s, x1s, y1s = words.x0s, words.y0s, words.x1s, words.y1s
    if rotation:
        # Text is given as if the page were not turned; only turned pages pay for the conversion.
        x0s, y0s, x1s, y1s = _turned(zip(x0s, y0s, x1s, y1s, strict=True), page.rotation_matrix)
    across, down = 1 / width, 1 / height
    found = PdfPage(
        number,
        width,
        height,
        (how.turned + rotation) % 360,
        tuple(words.texts),
        tuple([x * across for x in x0s]),
        tuple([y * down for y in y0s]),
        tuple([x * across for x in x1s]),
        tuple([y * down for y in y1s]),
        tuple(how.bold),
        starts,
        close.looks if close else (),
        close.look_of if close else (),
        unread=why,
    )
    if close:
        found = replace(found, slope=slope_of(found))
    lowest = min(min(found.lefts), min(found.tops))
    if lowest < 0 or max(found.rights) > 1 or max(found.bottoms) > 1:
        return found.with_words(_on_the_page(found.words))
    return found


def plain_page(page: pymupdf.Page, number: int, pictures: PictureFinder) -> PdfPage:
    """A page's words where they stand, with no look at how they are printed but bold or not."""
    rotation, (width, height) = rotation_of(page), size_of(page)
    if not (0 < width < _LARGEST and 0 < height < _LARGEST):
        return PdfPage(number, 612.0, 792.0)
    _, words, how = _printed(page)
    if words is None or how is None:
        return PdfPage(number, width, height, rotation, unread=pictures.unread(page, ()))
    x0s, y0s, x1s, y1s = words.x0s, words.y0s, words.x1s, words.y1s
    if rotation:
        x0s, y0s, x1s, y1s = _turned(zip(x0s, y0s, x1s, y1s, strict=True), page.rotation_matrix)
    return PdfPage(
        number,
        width,
        height,
        (how.turned + rotation) % 360,
        tuple(words.texts),
        tuple([x / width for x in x0s]),
        tuple([y / height for y in y0s]),
        tuple([x / width for x in x1s]),
        tuple([y / height for y in y1s]),
        tuple(how.bold),
        tuple(compress(count(), map(not_, words.places))),
        unread=pictures.unread(page, words.texts),
    )


def _printed(page: pymupdf.Page) -> tuple[pymupdf.TextPage, Columns | None, Looks | None]:
    """The page's text, its words and their looks.

    The engine is asked to leave out what lies beside the page only where there may be some, which
    shows in the looks: to ask it of each character costs a twelfth of the reading.
    """
    text_page = page.get_textpage(flags=_FLAGS)
    words = _columns(text_page)
    how = quick_looks(text_page, words) if words else None
    if words and not how:
        text_page = page.get_textpage(flags=_FLAGS | pymupdf.TEXT_MEDIABOX_CLIP)
        words = _columns(text_page)
        how = looks(text_page, words) if words else None
    return text_page, words, how


def _columns(text_page: pymupdf.TextPage) -> Columns | None:
    """The words of a text; None where there are none."""
    raw = cast("list[RawWord]", text_page.extractWORDS())
    if not raw:
        return None
    x0s, y0s, x1s, y1s, texts, blocks, _, places = zip(*raw, strict=True)
    if has_unprinted(texts):
        raw = printed_words(text_page)
        if not raw:
            return None
        x0s, y0s, x1s, y1s, texts, blocks, _, places = zip(*raw, strict=True)
    return Columns(x0s, y0s, x1s, y1s, texts, blocks, places)


def _on_the_page(words: Iterable[Word]) -> Iterator[Word]:
    """The words with what stands over the page's edge cut off, less those outside it."""
    for word in words:
        x0, y0, x1, y1 = word.box
        box = (max(x0, 0.0), max(y0, 0.0), min(x1, 1.0), min(y1, 1.0))
        if box == word.box:
            yield word
        elif box[0] < box[2] and box[1] < box[3]:
            yield replace(word, box=box)


def _turned(boxes: Iterable[Box], matrix: pymupdf.Matrix) -> tuple[tuple[float, ...], ...]:
    """The columns of the boxes as seen on the turned page."""
    turned = [pymupdf.Rect(box) * matrix for box in boxes]
    return tuple(zip(*((box.x0, box.y0, box.x1, box.y1) for box in turned), strict=True))


def _attachments(document: pymupdf.Document) -> dict[str, bytes]:
    """The files inside the PDF, without those that are too large to be form data."""
    found: dict[str, bytes] = {}
    try:
        for index in range(document.embfile_count()):
            about = document.embfile_info(index)
            if about.get("length", 0) <= _ATTACHMENT_LIMIT:
                name = about.get("filename") or about.get("name") or str(index)
                found[name] = document.embfile_get(index)
    except ENGINE_ERRORS:
        return found  # a broken attachment list must not cost the letter
    return found


def _is_dynamic_form(document: pymupdf.Document) -> bool:
    """Whether the file's one page stands for pages that are drawn from a form's description."""
    try:
        kind, _ = document.xref_get_key(document.pdf_catalog(), "AcroForm/XFA")
    except ENGINE_ERRORS:
        return False
    return kind != "null"


def _metadata(document: pymupdf.Document) -> dict[str, str]:
    """The file's properties that say something; the engine read them when it opened the file."""
    known = cast("dict[str, str | None]", document.metadata or {})
    said = {name: (known.get(name) or "").strip() for name in _PROPERTIES}
    return {name: text for name, text in said.items() if text}
