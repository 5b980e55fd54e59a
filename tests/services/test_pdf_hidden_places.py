"""A name in each place where a PDF can hold one: no byte of it is in the copy, nor in what only looks clean."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable
from contextlib import suppress

import pymupdf
import pytest

from app.services.pdf import read
from app.services.pdf.cleaning import cleaned
from app.services.pdf.picture_files import without_description
from app.services.pdf_redaction import redact

NAME = "Ottoline Brzezicka"
_HEX = re.compile(r"[0-9A-Fa-f]{2}")
Put = Callable[[pymupdf.Document, pymupdf.Page], None]


def _object(document: pymupdf.Document, written: str, stream: bytes | None = None) -> int:
    xref = document.get_new_xref()
    document.update_object(xref, written)
    if stream is not None:
        document.update_stream(xref, stream)
    return xref


def _draw(document: pymupdf.Document, page: pymupdf.Page, stream: bytes) -> None:
    """Adds to what the page shows."""
    contents = document.xref_get_key(page.xref, "Contents")[1].strip("[] ")
    added = _object(document, "<<>>", stream)
    document.xref_set_key(page.xref, "Contents", f"[{contents} {added} 0 R]")


def in_switched_off_layer(document: pymupdf.Document, page: pymupdf.Page) -> None:
    layer = document.add_ocg("draft", on=False)
    page.insert_text((72, 500), f"of {NAME} here", oc=layer)


def in_a_layers_name(document: pymupdf.Document, page: pymupdf.Page) -> None:
    layer = document.add_ocg(NAME)
    page.insert_text((72, 500), "a layer", oc=layer)


def in_a_pictures_comment(document: pymupdf.Document, page: pymupdf.Page) -> None:
    page.insert_image(pymupdf.Rect(300, 500, 340, 540), stream=_jpeg(NAME.encode()))


def in_the_remarks_of_a_jpeg_2000(document: pymupdf.Document, page: pymupdf.Page) -> None:
    xref = page.insert_image(pymupdf.Rect(300, 500, 340, 540), stream=_jpeg(b"x"))
    written = "<</Type/XObject/Subtype/Image/Width 8/Height 8/Filter/JPXDecode>>"
    document.update_object(xref, written)
    document.update_stream(xref, _jpeg_2000(NAME.encode()), compress=False)
    document.xref_set_key(xref, "Filter", "/JPXDecode")


def in_a_picture_packed_once_more(document: pymupdf.Document, page: pymupdf.Page) -> None:
    xref = page.insert_image(pymupdf.Rect(300, 500, 340, 540), stream=_jpeg(b"x"))
    packed = zlib.compress(_jpeg(NAME.encode())).hex().encode() + b">"
    document.update_stream(xref, packed, compress=False)
    document.xref_set_key(xref, "Filter", "[/ASCIIHexDecode /FlateDecode /DCTDecode]")


def in_the_text_read_out(document: pymupdf.Document, page: pymupdf.Page) -> None:
    text = b"feff" + NAME.encode("utf-16-be").hex().encode()
    shown = b"BT /helv 10 Tf 72 600 Td (the worker) Tj ET"
    _draw(document, page, b"/Span <</ActualText <" + text + b">>> BDC " + shown + b" EMC")


def in_the_structure(document: pymupdf.Document, _page: pymupdf.Page) -> None:
    element = _object(document, f"<</Type/StructElem/S/Figure/Alt({NAME})>>")
    document.xref_set_key(document.pdf_catalog(), "StructTreeRoot", f"{element} 0 R")


def in_an_unknown_entry_of_the_page(document: pymupdf.Document, page: pymupdf.Page) -> None:
    spare = _object(document, "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]>>", NAME.encode())
    document.xref_set_key(page.xref, "ACME_Spare", f"{spare} 0 R")
    document.xref_set_key(page.xref, "ACME_Writer", f"({NAME})")


def in_unknown_entries_of_the_file(document: pymupdf.Document, _page: pymupdf.Page) -> None:
    document.xref_set_key(document.pdf_catalog(), "Lang", f"({NAME})")
    document.xref_set_key(document.pdf_catalog(), "ACME_Last", f"({NAME})")


def in_a_remark_of_the_contents(document: pymupdf.Document, page: pymupdf.Page) -> None:
    _draw(document, page, f"% {NAME}\n".encode())


def in_a_pinned_file(_document: pymupdf.Document, page: pymupdf.Page) -> None:
    page.add_file_annot((40, 40), NAME.encode(), f"{NAME}.txt", desc=NAME)


def in_a_links_target(_document: pymupdf.Document, page: pymupdf.Page) -> None:
    target = f"https://example.org/{NAME.replace(' ', '/')}"
    area = pymupdf.Rect(72, 60, 200, 80)
    page.insert_link({"kind": pymupdf.LINK_URI, "from": area, "uri": target})


def in_what_a_picture_is_called(document: pymupdf.Document, page: pymupdf.Page) -> None:
    xref = page.insert_image(pymupdf.Rect(300, 500, 340, 540), stream=_jpeg(b"x"))
    document.xref_set_key(xref, "OPI", f"<</1.3<</F({NAME}.tif)>>>>")


def in_a_page_label(document: pymupdf.Document, _page: pymupdf.Page) -> None:
    label = {"startpage": 0, "prefix": NAME, "style": "D", "firstpagenum": 1}
    document.set_page_labels([label])


def in_tiny_type(_document: pymupdf.Document, page: pymupdf.Page) -> None:
    page.insert_text((72, 500), NAME, fontsize=0.3)


def off_the_page(_document: pymupdf.Document, page: pymupdf.Page) -> None:
    page.insert_text((900, 1500), NAME)


PLACES: tuple[Put, ...] = (
    in_switched_off_layer,
    in_a_layers_name,
    in_a_pictures_comment,
    in_the_remarks_of_a_jpeg_2000,
    in_a_picture_packed_once_more,
    in_the_text_read_out,
    in_the_structure,
    in_an_unknown_entry_of_the_page,
    in_unknown_entries_of_the_file,
    in_a_remark_of_the_contents,
    in_a_pinned_file,
    in_a_links_target,
    in_what_a_picture_is_called,
    in_a_page_label,
    in_tiny_type,
    off_the_page,
)
UNSEEN_LEFT_BY_CLEANING = {in_switched_off_layer}
"""What a layer holds that can be switched on again is told, not taken out."""


def _jpeg(comment: bytes) -> bytes:
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 40))
    picture.clear_with(200)
    plain = picture.tobytes("jpeg")
    segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
    return plain[:2] + segment + plain[2:]


def _jpeg_2000(remark: bytes) -> bytes:
    """A grey one of 8 x 8 with the remark in a box of its own and in the codestream."""
    plain = base64.b64decode(JPEG_2000)
    at = plain.index(b"jp2c") - 4
    stream = plain[at + 8 :]
    told = b"\xff\x64" + (len(remark) + 4).to_bytes(2, "big") + b"\0\1" + remark
    after = stream.index(b"\xff\x90")
    stream = stream[:after] + told + stream[after:]
    boxes = ((b"xml ", remark), (b"uuid", bytes(16) + remark), (b"jp2c", stream))
    written = ((len(data) + 8).to_bytes(4, "big") + kind + data for kind, data in boxes)
    return plain[:at] + b"".join(written)


JPEG_2000 = (
    "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAACAAAAAgAAQcHAAAAAAAPY29s"
    "cgEAAAAAABEAAACRanAyY/9P/1EAKQAAAAAACAAAAAgAAAAAAAAAAAAAAAgAAAAIAAAAAAAAAAAAAQcBAf9SAAwAAAAB"
    "AAMEBAAB/1wADUBASEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS40/5AACgAAAAAA"
    "FgAB/5PPtAgET4CAgP/Z"
)


def _letter(put: Put) -> bytes:
    with pymupdf.open() as document:
        page = document.new_page()
        for line in range(12):
            page.insert_text((72, 72 + 14 * line), "The determination says that rest was enough.")
        put(document, page)
        return document.tobytes()


def _holds_name(pdf: bytes) -> bool:
    """Whether the surname is anywhere: in the bytes, an object, a stream or the text of a page."""
    surname = NAME.split()[1]
    coded = surname.encode(), surname.encode("utf-16-be")
    wanted = {form.lower() for one in coded for form in (one, one.hex().encode())}
    parts = [pdf]
    with pymupdf.open(stream=pdf) as document:
        for xref in range(1, document.xref_length()):
            parts.append(document.xref_object(xref).encode())
            if document.xref_is_stream(xref):
                parts.append(document.xref_stream(xref) or b"")
                raw = document.xref_stream_raw(xref) or b""
                parts.append(raw)
                for packed in (raw, bytes.fromhex("".join(_HEX.findall(raw.decode("latin-1"))))):
                    unpacked = zlib.decompressobj()
                    with suppress(zlib.error):
                        parts.append(unpacked.decompress(packed))
        parts += [page.get_text(clip=pymupdf.INFINITE_RECT()).encode() for page in document]
    return any(one in part.lower() for part in parts for one in wanted)


@pytest.fixture(autouse=True)
def pictures_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the pictures show is not asked here, and reading them would take some seconds each."""
    monkeypatch.setattr("app.services.pdf_redaction.pictures.is_installed", lambda: False)


@pytest.mark.parametrize("put", PLACES, ids=lambda put: put.__name__)
def test_a_name_goes_wherever_the_file_holds_it(put: Put) -> None:
    pdf = _letter(put)
    assert _holds_name(pdf)
    made = redact(pdf, [NAME])
    assert made.proof.clean
    assert not _holds_name(made.pdf)
    assert "rest was enough" in read(made.pdf).page_texts[0]


@pytest.mark.parametrize(
    "put",
    [put for put in PLACES if put not in UNSEEN_LEFT_BY_CLEANING | {in_tiny_type}],
    ids=lambda put: put.__name__,
)
def test_what_does_not_show_goes_from_a_copy_that_is_to_be_sent(put: Put) -> None:
    copy = cleaned(_letter(put))
    assert not _holds_name(copy)
    assert "rest was enough" in read(copy).page_texts[0]


def test_a_layer_that_was_off_is_off_in_the_copy() -> None:
    made = redact(_letter(in_switched_off_layer), [NAME])
    assert "here" not in read(made.pdf).page_texts[0]


def test_a_picture_without_its_comment_is_the_same_picture() -> None:
    before, after = _jpeg(b"x" * 40), without_description(_jpeg(b"x" * 40))
    assert len(after) == len(before) - 44
    assert pymupdf.Pixmap(before).samples == pymupdf.Pixmap(after).samples
    before, after = _jpeg_2000(b"x" * 40), without_description(_jpeg_2000(b"x" * 40))
    assert len(after) <= len(before) - (40 + 8) - (16 + 40 + 8) - (40 + 6)
    assert pymupdf.Pixmap(before).samples == pymupdf.Pixmap(after).samples
    assert without_description(before[:90]) is not None
    assert without_description(b"no picture") == b"no picture"
    assert without_description(before[:30]) is not None
