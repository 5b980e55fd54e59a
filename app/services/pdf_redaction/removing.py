"""How text is truly taken out of a PDF: off the page, and out of all that a file can hold unseen.

Text is removed from the page, not covered; with it goes everything a page does not show but a
file can hold: metadata, attachments, bookmarks, annotations, forms, scripts and the structure
tree (which may repeat the text). The result is opened again and searched before anyone gets it.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, cast

import msgspec
import pymupdf

from app.errors import UserError
from app.evidence import Box, Place
from app.services.guard import Progress
from app.services.pdf.engine import working_on
from app.services.pdf.files import load
from app.services.pdf.messages import Answer
from app.services.pdf.private_parts import open_with_layers, remove_private_parts, switch_off
from app.services.pdf.reading import read
from app.services.pdf_redaction.pictures import boxes_on, drawn_pages, pages_seen, private_boxes
from app.services.pdf_redaction.proving import (
    EVERYWHERE,
    LeftOver,
    Proof,
    prove,
    tell_nobody,
)
from app.services.privacy.reading import PrivateTerms
from app.services.privacy.wanted import wanted_phrases


class CannotSee(UserError):
    """Terms are to be taken out of pages whose text says nothing; no public copy was made."""

    def __init__(self, pages: tuple[int, ...]) -> None:
        listed = ", ".join(map(str, pages))
        which = f"page {listed}" if len(pages) == 1 else f"pages {listed}"
        super().__init__(
            f"The public copy was not made: the text of {which} cannot be read, so that no term "
            "can be found there.",
            "Drag over what must go on each of these pages, then write the copy again.",
        )
        self.pages = pages


class Redacted(msgspec.Struct, frozen=True):
    """A public copy and the proof that came with it."""

    pdf: bytes
    proof: Proof


class RedactAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What crosses the border of the guarded process: the copy, what was left, or what went wrong."""

    made: Redacted | None = None
    left: Proof | None = None
    unseen: tuple[int, ...] = ()
    failed: Answer = Answer()


def redact(
    source: bytes,
    terms: Sequence[str],
    places: Iterable[Place] = (),
    password: str | None = None,
    *,
    printed_pages: int | None = None,
    tell: Progress = tell_nobody,
) -> Redacted:
    """A public copy: `terms` are removed wherever they stand as whole words, however they are cased,
    accented, hyphenated or spaced, and all that lies in the boxes of `places`. `tell` hears how many
    pictures of pages are read, first of the original, then of the copy.

    Raises CannotSee where terms are to go from pages whose text cannot be read, unless areas are
    marked there; LeftOver where something cannot be removed, and the errors of `pdf.read`.
    """
    places = tuple(places)
    wanted = wanted_phrases(terms)
    unread = read(source, password).unread_pages if wanted.count else ()
    data = load(source)
    pictured = {*unread, *drawn_pages(data, password)} if wanted.count else set[int]()
    read_so_far = count(1)
    seen = (
        pages_seen(data, password, sorted(pictured), lambda: tell(next(read_so_far), len(pictured)))
        or ()
    )
    read_there = {page.number for page in seen if page.texts}
    unread = tuple(page for page in unread if page not in read_there)
    unmarked = tuple(page for page in unread if page not in {place.page for place in places})
    if unmarked:
        raise CannotSee(unmarked)
    document, off = open_with_layers(data, password)
    with working_on(document):
        boxes: dict[int, tuple[Box, ...]] = {}
        for place in places:
            boxes[place.page] = boxes.get(place.page, ()) + place.boxes
        for page in seen:
            found = tuple(private_boxes(page, wanted.terms))
            boxes[page.number] = boxes.get(page.number, ()) + found
        for number, page in enumerate(document.pages(), 1):
            _redact_page(page, wanted.terms, boxes.get(number, ()))
        _remove_hidden(document)
        switch_off(document, off)
        pdf = document.tobytes(
            garbage=4, deflate=True, clean=True, encryption=pymupdf.PDF_ENCRYPT_NONE, no_new_id=True
        )
    proof = prove(pdf, wanted, places, unread, read_there, printed_pages=printed_pages, tell=tell)
    if not proof.clean:
        raise LeftOver(proof)
    return Redacted(pdf, proof)


def _redact_page(page: pymupdf.Page, terms: PrivateTerms, boxes: Sequence[Box]) -> None:
    for annotation in list(page.annots()):
        page.delete_annot(annotation)
    for field in list(page.widgets()):
        page.delete_widget(cast("pymupdf.Widget", field))
    for link in page.get_links():
        page.delete_link(link)
    # What is drawn in a box may be words too, as outlines: it goes. A term is found by its text, and
    # the lines beside that stay.
    _take_out(page, list(boxes_on(page, boxes)), pymupdf.PDF_REDACT_LINE_ART_REMOVE_IF_TOUCHED)
    _take_out(page, list(_areas(page, terms)), pymupdf.PDF_REDACT_LINE_ART_NONE)


def _take_out(page: pymupdf.Page, areas: Sequence[pymupdf.Rect], drawn: int) -> None:
    for area in areas:
        page.add_redact_annot(area, fill=(0, 0, 0), cross_out=False)
    if areas:
        page.apply_redactions(
            images=pymupdf.PDF_REDACT_IMAGE_PIXELS,
            graphics=drawn,
            text=pymupdf.PDF_REDACT_TEXT_REMOVE,
        )


def _areas(page: pymupdf.Page, terms: PrivateTerms) -> Iterator[pymupdf.Rect]:
    """The areas of all matches, one a line, in the page's own unturned points."""
    letters: list[str] = []
    spots: list[pymupdf.Rect | None] = []
    raw = cast("dict[str, Any]", page.get_text("rawdict", clip=EVERYWHERE))
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for char in span["chars"]:
                    letters.append(char["c"][:1] or " ")
                    spots.append(pymupdf.Rect(char["bbox"]))
            letters.append("\n")
            spots.append(None)
    text = "".join(letters)
    for start, end in terms.read(text).private:
        yield from _lines_of(spots[start:end])


def _lines_of(spots: Sequence[pymupdf.Rect | None]) -> Iterator[pymupdf.Rect]:
    area: pymupdf.Rect | None = None
    for spot in (*spots, None):
        if spot is not None:
            area = spot if area is None else area | spot
        elif area is not None:
            # Less high than the letters: a line above or below may reach into their boxes.
            rim = area.height / 4
            yield pymupdf.Rect(area.x0, area.y0 + rim, area.x1, area.y1 - rim)
            area = None


def _remove_hidden(document: pymupdf.Document) -> None:
    document.scrub(redact_images=2)
    document.set_toc([])
    document.set_metadata({})
    document.del_xml_metadata()
    remove_private_parts(document)
