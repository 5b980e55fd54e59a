"""What PDF/A and PDF/UA ask of a file, looked for in the finished bytes.

A validator from elsewhere judges the standards whole; below is what readers and archives stumble
over, in words. Neither shares code with the compiler that wrote the file, which checks itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from xml.etree import ElementTree

import pymupdf

from app.services.conformance import verdict

TYPES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_OPERATOR = re.compile(
    rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|\b(?:BMC|BDC|EMC|Tj|TJ|BT|ET|Do|re|[fSBsb]\*?)(?![\w])"
)
_MCID = re.compile(rb"/MCID (\d+)")


def problems(pdf: bytes) -> list[str]:
    """What is wrong, in words; nothing where the file keeps what it says of itself."""
    with pymupdf.open(stream=pdf) as document:
        return [*_of_validator(pdf), *_of_file(pdf, document), *_of_metadata(document), *_of_colour(document),
                *_of_fonts(document), *_of_structure(document), *_of_pages(document),
                *_of_attachments(document)]  # fmt: skip


def _of_validator(pdf: bytes) -> Iterator[str]:
    judged = verdict(pdf)
    assert judged is not None, "page-validation is one of the tests' own packages"
    yield from judged.failures
    if len(judged.standards) != 2:
        yield f"declares {judged.standards} alone"


def _of_file(pdf: bytes, document: pymupdf.Document) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}", pdf):
        yield "header without the mark of a binary file"
    start = int(pdf.rsplit(b"startxref", 1)[1].split()[0])
    if pdf[start : start + 4] != b"xref":
        yield "startxref does not point to the table"
    rows = re.findall(rb"(\d{10}) (\d{5}) n\r\n", pdf[start:])
    for number, (offset, _) in enumerate(rows, 1):
        if not re.match(rb"%d 0 obj" % number, pdf[int(offset) :]):
            yield f"object {number} is not where the table says"
    if document.xref_get_key(-1, "ID")[0] != "array":
        yield "no file identifier"
    if document.is_encrypted or document.xref_get_key(-1, "Encrypt")[0] != "null":
        yield "encrypted"
    for number in range(1, document.xref_length()):
        for key in ("AA", "JS", "OpenAction"):
            if document.xref_get_key(number, key)[0] != "null":
                yield f"object {number} acts by itself ({key})"


def _of_metadata(document: pymupdf.Document) -> Iterator[str]:
    kind, place = document.xref_get_key(document.pdf_catalog(), "Metadata")
    if kind != "xref":
        yield "no XMP metadata"
        return
    stream = int(place.split()[0])
    if document.xref_get_key(stream, "Filter")[0] != "null":
        yield "XMP metadata is compressed"
    described = ElementTree.fromstring(document.get_xml_metadata().strip("\ufeff"))

    def told(path: str) -> str:
        return described.findtext(f".//{path}", "", TYPES)

    if told("pdfaid:part") not in ("2", "3") or told("pdfaid:conformance") != "A":
        yield "does not say which PDF/A it keeps"
    if told("pdfuaid:part") != "1":
        yield "does not say that it keeps PDF/UA-1"
    info = document.metadata or {}
    if not info["title"] or told("dc:title/rdf:Alt/rdf:li") != info["title"]:
        yield "title missing, or told otherwise in XMP"
    if told("xmp:CreatorTool") != info["creator"]:
        yield "creator told otherwise in XMP"
    if info["author"] or described.find(".//dc:creator", TYPES) is not None:
        yield "an author is named"
    for name, key in (("xmp:CreateDate", "creationDate"), ("xmp:ModifyDate", "modDate")):
        day = datetime.fromisoformat(told(name)).strftime("D:%Y%m%d%H%M%S")
        if not info[key].startswith(day):
            yield f"{key} told otherwise in XMP"


def _of_colour(document: pymupdf.Document) -> Iterator[str]:
    catalog = document.pdf_catalog()
    kind, value = document.xref_get_key(catalog, "OutputIntents")
    if kind == "xref":
        value = document.xref_object(int(value.split()[0]))
    profiles = re.findall(r"/DestOutputProfile (\d+) 0 R", _inlined(document, value))
    if not profiles or "GTS_PDFA1" not in _inlined(document, value):
        yield "no output intent"
    for number in map(int, profiles):
        profile = document.xref_stream(number)
        if profile[36:40] != b"acsp":
            yield "the output profile is no ICC profile"
        if document.xref_get_key(number, "N") not in (("int", "1"), ("int", "3"), ("int", "4")):
            yield "the output profile does not count its colours"


def _inlined(document: pymupdf.Document, value: str) -> str:
    """A value with the objects it points to, one step deep."""
    return value + "".join(
        document.xref_object(int(number)) for number in re.findall(r"(\d+) 0 R", value)
    )


def _of_fonts(document: pymupdf.Document) -> Iterator[str]:
    for page in document:
        for number, ending, _kind, name, *_ in page.get_fonts(full=True):
            if ending == "n/a" or not document.extract_font(number)[3]:
                yield f"font {name} is not embedded"
            if document.xref_get_key(number, "ToUnicode")[0] == "null":
                yield f"font {name} does not tell its characters"


def _of_structure(document: pymupdf.Document) -> Iterator[str]:
    catalog = document.pdf_catalog()
    if document.xref_get_key(catalog, "MarkInfo/Marked") != ("bool", "true"):
        yield "not said to be marked"
    if not document.xref_get_key(catalog, "Lang")[1]:
        yield "no language"
    if document.xref_get_key(catalog, "Lang")[0] == "null":
        yield "no language"
    if document.xref_get_key(catalog, "ViewerPreferences/DisplayDocTitle") != ("bool", "true"):
        yield "viewers would show the file's name, not its title"
    kind, root = document.xref_get_key(catalog, "StructTreeRoot")
    if kind != "xref":
        yield "no structure tree"
        return
    if document.xref_get_key(int(root.split()[0]), "ParentTree")[0] == "null":
        yield "no way from the page to the structure"
    if document.xref_get_key(catalog, "Outlines")[0] == "null":
        yield "no bookmarks"
    kinds = list(_kinds(document, int(root.split()[0])))
    levels = [int(kind[1]) for kind in kinds if re.fullmatch(r"H[1-6]", kind)]
    if not levels or levels[0] != 1:
        yield "the first heading is not of the first level"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a level of headings is left out"
    if "Table" in kinds and "TH" not in kinds:
        yield "a table without header cells"


def _kinds(document: pymupdf.Document, root: int) -> Iterator[str]:
    """The kinds of the structure's parts, in reading order."""
    seen: set[int] = set()

    def walk(number: int) -> Iterator[str]:
        if number in seen:
            return
        seen.add(number)
        kind = document.xref_get_key(number, "S")
        if kind[0] == "name":
            yield kind[1][1:]
        _, children = document.xref_get_key(number, "K")
        for child in re.findall(r"(\d+) 0 R", children):
            if document.xref_get_key(int(child), "Type")[1] != "/Page":
                yield from walk(int(child))

    return walk(root)


def _of_pages(document: pymupdf.Document) -> Iterator[str]:
    for page in document:
        where = f"page {page.number + 1}"
        if document.xref_get_key(page.xref, "Tabs") != ("name", "/S"):
            yield f"{where}: Tab does not follow the structure"
        if document.xref_get_key(page.xref, "StructParents")[0] != "int":
            yield f"{where}: not in the structure"
        depth = 0
        content = page.read_contents()
        numbers = [int(number) for number in _MCID.findall(content)]
        if len(numbers) != len(set(numbers)):
            yield f"{where}: two parts of the same number"
        for found in _OPERATOR.finditer(content):
            word = found.group()
            depth += (word in (b"BMC", b"BDC")) - (word == b"EMC")
            if depth == 0 and word in (b"Tj", b"TJ", b"Do", b"f", b"S", b"B", b"f*"):
                yield f"{where}: something is drawn that is neither content nor decoration"
                break
        for link in page.annots() or ():
            yield f"{where}: an annotation ({link.type[1]})"


def _of_attachments(document: pymupdf.Document) -> Iterator[str]:
    part = document.get_xml_metadata().partition("<pdfaid:part>")[2][:1]
    names = document.embfile_names()
    if names and part != "3":
        yield "a file is attached, which only PDF/A-3 allows"
    if not names:
        return
    _, listed = document.xref_get_key(document.pdf_catalog(), "AF")
    for number in map(int, re.findall(r"(\d+) 0 R", listed)):
        for key in ("AFRelationship", "F", "UF", "Desc"):
            if document.xref_get_key(number, key)[0] == "null":
                yield f"the attached file has no {key}"
        stream = int(document.xref_get_key(number, "EF/F")[1].split()[0])
        if document.xref_get_key(stream, "Subtype")[0] != "name":
            yield "the attached file does not say what it is"
        if document.xref_get_key(stream, "Params/ModDate")[0] == "null":
            yield "the attached file has no date"
    if len(re.findall(r"0 R", listed)) != len(names):
        yield "an attached file is not said to belong to the document"
