"""What of a PDF's objects may stay in a file that leaves: named one by one, all else goes.

A list of what to take out would miss what a program that is not known here has left behind.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import re

import pymupdf

from app.services.pdf.engine import open_document
from app.services.pdf.picture_files import unfiltered, without_description

_OF_CATALOG = frozenset(
    ["Type", "Pages", "Version", "ViewerPreferences", "PageLayout", "OCProperties", "OutputIntents", "Lang"]
)  # fmt: skip
_OF_PAGE = frozenset(
    ["Type", "Parent", "Resources", "MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox", "Contents", "Rotate", "Group", "UserUnit", "Annots"]
)  # fmt: skip
_NOWHERE = (
    "PieceInfo",
    "Metadata",
    "LastModified",
    "StructParent",
    "StructParents",
    "AA",
    "Thumb",
    "ActualText",
    "Alt",
)
_OF_NO_PICTURE = ("Name", "OPI", "Alternates", "Measure", "PtData", "ID")
"""What a picture or a drawn part says of itself beside what shows."""
SPOKEN_INLINE = re.compile(
    rb"/(?:ActualText|Alt|E)\s*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>)", re.S
)
"""What is read out in place of what is shown, as the contents of a page say it."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def remove_private_parts(document: pymupdf.Document) -> None:
    """Takes out all that is not needed to show the pages."""
    pages = {document.page_xref(number): number for number in range(document.page_count)}
    for xref in range(1, document.xref_length()):
        keys = _keys(document, xref)
        if "Type" in keys and document.xref_get_key(xref, "Type")[1] == "/Page":
            _keep(document, xref, keys, _OF_PAGE)
            for contents in document.load_page(pages[xref]).get_contents() if xref in pages else ():
                _unspeak(document, contents)
            continue
        for key in _NOWHERE:
            if key in keys:
                document.xref_set_key(xref, key, "null")
        kind = document.xref_get_key(xref, "Subtype")[1] if "Subtype" in keys else ""
        if kind in ("/Image", "/Form"):
            for key in _OF_NO_PICTURE:
                if key in keys:
                    document.xref_set_key(xref, key, "null")
        if kind == "/Image":
            _undescribe(document, xref)
        elif kind == "/Form":
            _unspeak(document, xref)
    catalog = document.pdf_catalog()
    _keep(document, catalog, _keys(document, catalog), _OF_CATALOG)
    if not _LANGUAGE.fullmatch(document.xref_get_key(catalog, "Lang")[1]):
        document.xref_set_key(catalog, "Lang", "null")
    for number, xref in enumerate(document.get_ocgs(), 1):
        document.xref_set_key(xref, "Name", f"(layer {number})")
        for key in ("Usage", "Intent"):
            document.xref_set_key(xref, key, "null")
    for key in ("Creator", "Name"):
        if document.xref_get_key(catalog, f"OCProperties/D/{key}")[0] != "null":
            document.xref_set_key(catalog, f"OCProperties/D/{key}", "null")


def open_with_layers(data: bytes, password: str | None) -> tuple[pymupdf.Document, tuple[int, ...]]:
    """A document in which every layer is switched on, so that it is read and redacted like all
    else; and the layers that were off: see `switch_off`. Raises PasswordNeeded, DamagedPdf."""
    document = open_document(data, password)
    off = tuple(xref for xref, layer in document.get_ocgs().items() if not layer["on"])
    if not off:
        return document, off
    document.set_layer(-1, on=list(off), off=[])
    switched = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_NONE)  # a layer is read once
    document.close()
    return open_document(switched, None), off


def switch_off(document: pymupdf.Document, layers: tuple[int, ...]) -> None:
    """The layers are off again when the file is opened."""
    if layers:
        document.set_layer(-1, on=[], off=list(layers))


def _keys(document: pymupdf.Document, xref: int) -> tuple[str, ...]:
    return tuple(document.xref_get_keys(xref))


def _keep(
    document: pymupdf.Document, xref: int, keys: tuple[str, ...], known: frozenset[str]
) -> None:
    for key in keys:
        if key not in known:
            document.xref_set_key(xref, key, "null")


def _unspeak(document: pymupdf.Document, xref: int) -> None:
    before: bytes = document.xref_stream(xref) or b""
    after = SPOKEN_INLINE.sub(b"", before)
    if after != before:
        document.update_stream(xref, after)


def _undescribe(document: pymupdf.Document, xref: int) -> None:
    """Takes out what a picture says of itself, whatever other filters lie around it."""
    filters = re.findall(r"/\w+", document.xref_get_key(xref, "Filter")[1])
    if not filters or filters[-1] not in ("/DCTDecode", "/JPXDecode"):
        return
    before = unfiltered(document.xref_stream_raw(xref) or b"", filters[:-1])
    if before is None:
        return
    after = without_description(before)
    if after != before:
        parameters = document.xref_get_key(xref, "DecodeParms")
        document.update_stream(xref, after, compress=False)
        document.xref_set_key(xref, "Filter", filters[-1])
        # Those of several filters are a list, and those of the picture its last.
        if parameters[0] == "dict":
            document.xref_set_key(xref, "DecodeParms", parameters[1])
