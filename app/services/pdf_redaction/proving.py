"""How it is proved that nothing is left in a file: where it is searched, by which means, and what
could not be searched. The second reading shares no pattern with the removal.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple, cast

import msgspec
import pymupdf

from app.errors import UserError
from app.evidence import Box, Place
from app.services.guard import Progress
from app.services.pdf.engine import open_document, working_on
from app.services.pdf.files import load
from app.services.pdf_redaction.pictures import (
    drawn_in,
    drawn_pages,
    pages_seen,
    printed_seen,
    text_of,
)
from app.services.privacy.folding import fold
from app.services.privacy.wanted import Wanted, wanted_phrases
from app.services.recognition import installed, is_installed

_BINARY = re.compile(
    r"/Subtype\s*/Image|/FontFile|/Length1|/Subtype\s*/(?:Type1C|OpenType|CIDFontType0C)"
)
EVERYWHERE = pymupdf.INFINITE_RECT()


class Searched(msgspec.Struct, frozen=True):
    """One part of a file that was searched: how many items it has, and in how many a term was."""

    where: str
    items: int
    found: int


class Proof(msgspec.Struct, frozen=True):
    """What was searched in a finished file and how often anything private was found.

    It never says what the terms were. `looked_for` are they in kinds and numbers. `resembling`
    counts words of the pages that are only like one. `unread_pages` are those whose text cannot be
    read, so that nothing can be said of them; `recognised` says whether the pictures of the pages
    were read too, but for those of `not_seen`. `not_looked_for` are sentences on what was not.
    """

    terms: int
    boxes: int
    searched: tuple[Searched, ...]
    looked_for: str = ""
    resembling: int = 0
    unread_pages: tuple[int, ...] = ()
    recognised: bool = False
    not_looked_for: tuple[str, ...] = ()
    not_seen: tuple[int, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing was found anywhere."""
        return all(part.found == 0 for part in self.searched)

    @property
    def whole(self) -> bool:
        """Whether every page could be searched."""
        return not self.unread_pages

    @property
    def sentence(self) -> str:
        """The proof in words, for a report."""
        looked = [self.looked_for] if self.looked_for else []
        if self.boxes or not looked:
            looked.append(f"{self.boxes} boxes")
        parts = ", ".join(f"{part.where} ({part.items})" for part in self.searched)
        told = [f"Looked for {' and '.join(looked)}: found 0 times in {parts}."]
        return " ".join((*told, *self.reservations))

    @property
    def reservations(self) -> tuple[str, ...]:
        """What the proof does not cover, a sentence each."""
        told: list[str] = []
        if self.unread_pages:
            pages = ", ".join(map(str, self.unread_pages))
            told.append(f"NOT searched: page {pages}, whose text cannot be read; look at it.")
        if self.resembling:
            what = (
                "1 place resembles"
                if self.resembling == 1
                else f"{self.resembling} places resemble"
            )
            told.append(f"{what} something private: look at the pages.")
        if not self.recognised and self.terms:
            told.append(NOT_RECOGNISED)
        if self.not_seen:
            first, last = self.not_seen[0], self.not_seen[-1]
            pages = f"page {first}" if first == last else f"pages {first} to {last}"
            told.append(f"Of {pages} only the text was read, not the picture: look at them.")
        told.extend(self.not_looked_for)
        told.append(NEVER_SEEN)
        return tuple(told)


NOT_RECOGNISED = (
    "The pictures of the pages were not read, nor text in pictures looked for: no text recognition "
    "is installed on this computer."
)
NEVER_SEEN = "Look at each page before you send it: nicknames that are no form of the name, handwriting and who can be known by the story are not looked for."


class LeftOver(UserError):
    """Something private is still in the file; no public copy was made."""

    def __init__(self, proof: Proof) -> None:
        where = ", ".join(part.where for part in proof.searched if part.found)
        super().__init__(
            f"The public copy was not made: something private is still in its {where}.",
            "Mark that place on the page too, or print the letter to a new PDF and try again.",
        )
        self.proof = proof


def tell_nobody(_done: int, _of: int) -> None:
    """Nobody waits for it."""


def prove(
    pdf: bytes,
    wanted: Wanted | Sequence[str],
    places: Iterable[Place] = (),
    unread_pages: tuple[int, ...] = (),
    seen_pages: Iterable[int] = (),
    *,
    printed_pages: int | None = None,
    tell: Progress = tell_nobody,
) -> Proof:
    """Searches a finished file for what is wanted and for text left in the boxes of `places`.

    Looks at the text of every page, also off the page, once as the removal did and once more
    loosely; at every stream and object; at the pictures of the pages where text recognition is
    installed; at metadata and bookmarks, and for attachments, annotations and form fields, which
    must not be there at all. `unread_pages` were found to have no text that can be read;
    `seen_pages` had none and were read from their pictures. Of the pages without pictures
    `printed_pages` are read from their pictures too, as many as usual where it is None; `tell`
    hears how many of how many are read.
    """
    if not isinstance(wanted, Wanted):
        wanted = wanted_phrases(wanted)
    places = tuple(places)
    read = _contents(pdf, places)
    boxes = sum(len(place.boxes) for place in places)
    sights = [wanted.second.look(text) for text in read.texts]
    seen = _see(pdf, read.texts, wanted, {*unread_pages, *seen_pages}, printed_pages, tell)
    return Proof(
        terms=wanted.count,
        boxes=boxes,
        searched=(
            Searched("text", len(read.texts), _hits(read.texts, wanted)),
            Searched("text read a second time", len(read.texts), sum(s.found > 0 for s in sights)),
            *((seen.searched,) if seen else ()),
            Searched("boxes", boxes, read.in_boxes),
            Searched(
                "streams and objects", len(read.objects), _byte_hits(read.objects, wanted.spellings)
            ),
            Searched("metadata", len(read.about), _hits(read.about, wanted)),
            Searched("bookmarks", len(read.bookmarks), _hits(read.bookmarks, wanted)),
            Searched("attachments", read.attached, read.attached),
            Searched("annotations and form fields", read.marks, read.marks),
        ),
        looked_for=wanted.words if wanted.count else "",
        resembling=sum(sight.resembling for sight in sights),
        unread_pages=unread_pages,
        recognised=seen is not None,
        not_looked_for=wanted.not_looked_for,
        not_seen=seen.left_out if seen else (),
    )


class _Contents(NamedTuple):
    """What is searched in a file, read once."""

    texts: list[str]
    objects: list[bytes]
    about: list[str]
    bookmarks: list[str]
    attached: int
    marks: int
    in_boxes: int


def _contents(pdf: bytes, places: tuple[Place, ...]) -> _Contents:
    with working_on(open_document(load(pdf), None)) as document:
        about = [text for text in (document.metadata or {}).values() if text]
        return _Contents(
            texts=[_page_text(page) for page in document],
            objects=list(_objects(document)),
            about=[*about, document.get_xml_metadata()],
            bookmarks=[str(entry[1]) for entry in document.get_toc()],
            attached=document.embfile_count(),
            marks=sum(len(list(page.annots())) + len(list(page.widgets())) for page in document),
            in_boxes=sum(
                _text_in(document[place.page - 1], box) for place in places for box in place.boxes
            )
            + sum(drawn_in(document[place.page - 1], place.boxes) for place in places),
        )


class _Seen(NamedTuple):
    """What the pictures of the pages said, and which were not read."""

    searched: Searched
    left_out: tuple[int, ...]


def _see(
    pdf: bytes,
    texts: Sequence[str],
    wanted: Wanted,
    unread: Collection[int],
    most: int | None,
    tell: Progress,
) -> _Seen | None:
    """None where nothing can be read from pictures, or nothing is looked for."""
    if not wanted.count or not is_installed():
        return None
    drawn = {*unread, *drawn_pages(pdf)}
    plain = [number for number in range(1, len(texts) + 1) if number not in drawn]
    most = installed.PRINTED_PAGES if most is None else most
    plain, left_out = plain[:most], tuple(plain[most:])
    total = len(drawn) + len(plain)
    done = count(1)

    def step() -> None:
        tell(next(done), total)

    found = sum(
        _stands_in(text_of(page), wanted)
        for page in pages_seen(pdf, numbers=sorted(drawn), tell=step) or ()
    )
    for number, text in zip(plain, printed_seen(pdf, plain, step), strict=True):
        found += _stands_in(_without(text, texts[number - 1], wanted), wanted)
    return _Seen(Searched("pictures of pages", total, found), left_out)


def _stands_in(text: str, wanted: Wanted) -> bool:
    return wanted.left_in(text) > 0 or wanted.second.look(text).found > 0


def _without(shown: str, text: str, wanted: Wanted) -> str:
    """What the picture of a page shows, without what its text has too: whether that is a name was
    judged there, where it is sure how the lines run."""
    judged = fold(text)
    for start, end in reversed(wanted.terms.read(shown).private):
        if fold(shown[start:end]) in judged:
            shown = shown[:start] + shown[end:]
    return shown


def names_author(pdf: bytes) -> bool:
    """Whether the file's properties, in either of the two forms a PDF has, name an author."""
    with working_on(open_document(load(pdf), None)) as document:
        told = cast("dict[str, str | None]", document.metadata or {})
        return bool(told.get("author")) or "dc:creator" in document.get_xml_metadata()


def _page_text(page: pymupdf.Page) -> str:
    return cast("str", page.get_text("text", clip=EVERYWHERE))


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


def _hits(texts: Iterable[str], wanted: Wanted) -> int:
    return sum(wanted.left_in(text) > 0 for text in texts)


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
