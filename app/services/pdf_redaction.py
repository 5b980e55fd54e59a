"""Public copies of PDFs: how text is truly taken out, and how it is proved that nothing is left.

Text is removed from the page, not covered; with it goes everything a page does not show but a
file can hold: metadata, attachments, bookmarks, annotations, forms, scripts and the structure
tree (which may repeat the text). The result is opened again and searched before anyone gets it.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import msgspec
import pymupdf

from app.errors import UserError
from app.evidence import Box, Place
from app.services.pdf.engine import ENGINE_ERRORS, open_document
from app.services.pdf.errors import DamagedPdf
from app.services.pdf.files import load

_HIDDEN_IN_CATALOG = [
    "StructTreeRoot",
    "MarkInfo",
    "Outlines",
    "Names",
    "Dests",
    "AcroForm",
    "PieceInfo",
    "Metadata",
    "OpenAction",
    "AA",
    "PageLabels",
    "Threads",
    "Collection",
    "AF",
    "SpiderInfo",
]
_HIDDEN_IN_PAGE = ["PieceInfo", "Metadata", "Thumb", "StructParents", "AA", "B", "Tabs"]
_BINARY = re.compile(
    r"/Subtype\s*/Image|/FontFile|/Length1|/Subtype\s*/(?:Type1C|OpenType|CIDFontType0C)"
)
_EVERYWHERE = pymupdf.INFINITE_RECT()


class Searched(msgspec.Struct, frozen=True):
    """One part of a file that was searched: how many items it has, and in how many a term was."""

    where: str
    items: int
    found: int


class Proof(msgspec.Struct, frozen=True):
    """What was searched in a finished file and how often anything private was found.

    It never says what the terms were.
    """

    terms: int
    boxes: int
    searched: tuple[Searched, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was found anywhere."""
        return all(part.found == 0 for part in self.searched)

    @property
    def sentence(self) -> str:
        """The proof in words, for a report."""
        parts = ", ".join(f"{part.where} ({part.items})" for part in self.searched)
        return f"{self.terms} terms and {self.boxes} boxes: found 0 times in {parts}."


class Redacted(msgspec.Struct, frozen=True):
    """A public copy and the proof that came with it."""

    pdf: bytes
    proof: Proof


class LeftOver(UserError):
    """Something private is still in the file; no public copy was made."""

    def __init__(self, proof: Proof) -> None:
        where = ", ".join(part.where for part in proof.searched if part.found)
        super().__init__(
            f"The public copy was not made: something private is still in its {where}.",
            "Mark that place on the page too, or print the letter to a new PDF and try again.",
        )
        self.proof = proof


def redact(
    source: bytes, terms: Sequence[str], places: Iterable[Place] = (), password: str | None = None
) -> Redacted:
    """A public copy: `terms` are removed wherever they stand as whole words, in any case, and all
    that lies in the boxes of `places`.

    Raises LeftOver where something cannot be removed, and the errors of `pdf.read`.
    """
    places = tuple(places)
    patterns = _patterns(terms)
    document = open_document(load(source), password)
    try:
        boxes: dict[int, tuple[Box, ...]] = {}
        for place in places:
            boxes[place.page] = boxes.get(place.page, ()) + place.boxes
        for number, page in enumerate(document.pages(), 1):
            _redact_page(page, patterns, boxes.get(number, ()))
        _remove_hidden(document)
        pdf = document.tobytes(
            garbage=4, deflate=True, clean=True, encryption=pymupdf.PDF_ENCRYPT_NONE, no_new_id=True
        )
    except ENGINE_ERRORS as error:
        raise DamagedPdf from error
    finally:
        document.close()
    proof = prove(pdf, terms, places)
    if not proof.clean:
        raise LeftOver(proof)
    return Redacted(pdf, proof)


def prove(pdf: bytes, terms: Sequence[str], places: Iterable[Place] = ()) -> Proof:
    """Searches a finished file for `terms` and for text left in the boxes of `places`.

    Looks at the text of every page, also off the page; every stream and object; metadata,
    attachments, bookmarks, annotations and form fields, which must not be there at all.
    """
    patterns = _patterns(terms)
    places = tuple(places)
    document = open_document(load(pdf), None)
    try:
        texts = [_page_text(page) for page in document]
        objects = list(_objects(document))
        about = [text for text in (document.metadata or {}).values() if text]
        about.append(document.get_xml_metadata())
        bookmarks = [str(entry[1]) for entry in document.get_toc()]
        attached = document.embfile_count()
        marks = sum(len(list(page.annots())) + len(list(page.widgets())) for page in document)
        in_boxes = sum(
            _text_in(document[place.page - 1], box) for place in places for box in place.boxes
        )
    except ENGINE_ERRORS as error:
        raise DamagedPdf from error
    finally:
        document.close()
    return Proof(
        terms=len(patterns),
        boxes=sum(len(place.boxes) for place in places),
        searched=(
            Searched("text", len(texts), _hits(texts, patterns)),
            Searched("boxes", sum(len(place.boxes) for place in places), in_boxes),
            Searched("streams and objects", len(objects), _byte_hits(objects, terms)),
            Searched("metadata", len(about), _hits(about, patterns)),
            Searched("bookmarks", len(bookmarks), _hits(bookmarks, patterns)),
            Searched("attachments", attached, attached),
            Searched("annotations and form fields", marks, marks),
        ),
    )


def names_author(pdf: bytes) -> bool:
    """Whether the file's properties, in either of the two forms a PDF has, name an author."""
    document = open_document(load(pdf), None)
    try:
        told = cast("dict[str, str | None]", document.metadata or {})
        return bool(told.get("author")) or "dc:creator" in document.get_xml_metadata()
    except ENGINE_ERRORS as error:
        raise DamagedPdf from error
    finally:
        document.close()


def _patterns(terms: Sequence[str]) -> list[re.Pattern[str]]:
    """A pattern a term: its words with any space or line break between, whole words only."""
    patterns: list[re.Pattern[str]] = []
    for term in dict.fromkeys(terms):
        words = [_broken_word(word) for word in term.split()]
        if words:
            patterns.append(re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE))
    return patterns


def _broken_word(word: str) -> str:
    """The word as a pattern that also finds it parted at a hyphen by the end of a line."""
    return "".join(re.escape(letter) + (r"\n?" if letter == "-" else "") for letter in word)


def _redact_page(page: pymupdf.Page, patterns: list[re.Pattern[str]], boxes: Sequence[Box]) -> None:
    for annotation in list(page.annots()):
        page.delete_annot(annotation)
    for field in list(page.widgets()):
        page.delete_widget(cast("pymupdf.Widget", field))
    for link in page.get_links():
        page.delete_link(link)
    areas = list(_areas(page, patterns))
    shown = page.rect
    for x0, y0, x1, y1 in boxes:
        area = pymupdf.Rect(
            x0 * shown.width, y0 * shown.height, x1 * shown.width, y1 * shown.height
        )
        areas.append(area * page.derotation_matrix)
    for area in areas:
        page.add_redact_annot(area, fill=(0, 0, 0), cross_out=False)
    if areas:
        page.apply_redactions(
            images=pymupdf.PDF_REDACT_IMAGE_PIXELS,
            graphics=pymupdf.PDF_REDACT_LINE_ART_NONE,
            text=pymupdf.PDF_REDACT_TEXT_REMOVE,
        )


def _areas(page: pymupdf.Page, patterns: list[re.Pattern[str]]) -> Iterator[pymupdf.Rect]:
    """The areas of all matches, one a line, in the page's own unturned points."""
    letters: list[str] = []
    spots: list[pymupdf.Rect | None] = []
    raw = cast("dict[str, Any]", page.get_text("rawdict", clip=_EVERYWHERE))
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for char in span["chars"]:
                    letters.append(char["c"][:1] or " ")
                    spots.append(pymupdf.Rect(char["bbox"]))
            letters.append("\n")
            spots.append(None)
    text = "".join(letters)
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield from _lines_of(spots[match.start() : match.end()])


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
    _remove_keys(document, document.pdf_catalog(), _HIDDEN_IN_CATALOG)
    for page in document:
        _remove_keys(document, page.xref, _HIDDEN_IN_PAGE)


def _remove_keys(document: pymupdf.Document, xref: int, keys: Sequence[str]) -> None:
    for key in keys:
        if document.xref_get_key(xref, key)[0] != "null":
            document.xref_set_key(xref, key, "null")


def _page_text(page: pymupdf.Page) -> str:
    return cast("str", page.get_text("text", clip=_EVERYWHERE))


def _text_in(page: pymupdf.Page, box: Box) -> int:
    """How many words have their middle in the box."""
    x0, y0, x1, y1 = box
    found = 0
    for word in page.get_text("words"):
        spot = pymupdf.Rect(word[:4]) * page.rotation_matrix
        across = (spot.x0 + spot.x1) / 2 / page.rect.width
        down = (spot.y0 + spot.y1) / 2 / page.rect.height
        found += x0 < across < x1 and y0 < down < y1
    return found


def _objects(document: pymupdf.Document) -> Iterator[bytes]:
    """Every object and every stream that is not a picture or a font, unpacked."""
    for xref in range(1, document.xref_length()):
        written = document.xref_object(xref, compressed=True)
        yield written.encode("utf-8", "replace")
        if document.xref_is_stream(xref) and not _BINARY.search(written):
            yield document.xref_stream(xref) or b""


def _hits(texts: Iterable[str], patterns: list[re.Pattern[str]]) -> int:
    return sum(any(pattern.search(text) for pattern in patterns) for text in texts)


def _byte_hits(objects: Iterable[bytes], terms: Sequence[str]) -> int:
    """In how many byte strings a term stands, in each encoding a PDF may write text in."""
    patterns: list[re.Pattern[bytes]] = []
    for term in terms:
        text = term.strip()
        if len(text) < 3:
            continue  # would be found by chance; the text of the pages is searched for it
        for coding, after in (("utf-8", rb"(?!\w)"), ("utf-16-be", rb"(?!\x00\w)")):
            coded = text.encode(coding)
            pattern = rb"(?<!\w)" + re.escape(coded) + after
            patterns.append(re.compile(pattern, re.IGNORECASE))
            if len(coded) > 4:  # shorter hex digits are found by chance
                patterns.append(re.compile(re.escape(coded.hex().encode()), re.IGNORECASE))
    return sum(any(pattern.search(data) for pattern in patterns) for data in objects)
