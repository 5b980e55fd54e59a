"""Made-up PDFs that cost more than a letter ever does."""

from __future__ import annotations

import pymupdf


def endless(pages: int = 1) -> bytes:
    """A PDF whose last page fills itself with 7 * 10^9 tiles; those before it are plain."""
    document = pymupdf.open()
    for number in range(1, pages + 1):
        document.new_page().insert_text((72, 100), f"Page {number}")
    page = document[pages - 1]
    xref = document.get_new_xref()
    document.update_object(
        xref,
        "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 0.02 0.02] "
        "/XStep 0.01 /YStep 0.01 /Resources << >> >>",
    )
    document.update_stream(xref, b"1 0 0 rg 0 0 0.01 0.01 re f")
    document.xref_set_key(page.xref, "Resources", f"<< /Pattern << /P0 {xref} 0 R >> >>")
    contents = document.get_new_xref()
    document.update_object(contents, "<<>>")
    document.update_stream(contents, b"/Pattern cs /P0 scn 0 0 612 792 re f")
    document.xref_set_key(page.xref, "Contents", f"[{contents} 0 R]")
    data: bytes = document.tobytes()
    document.close()
    return data


def endless_reading() -> bytes:
    """A PDF whose page names a form that names itself ten times over, twelve levels deep."""
    document = pymupdf.open()
    page = document.new_page()
    below = 0
    for level in range(13):
        xref = document.get_new_xref()
        inner = f"/Resources << /XObject << /F {below} 0 R >> >>" if below else ""
        document.update_object(
            xref, f"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] {inner} >>"
        )
        document.update_stream(xref, b"/F Do " * 10 if level else b"0 0 m 1 1 l S")
        below = xref
    document.xref_set_key(page.xref, "Resources", f"<< /XObject << /F {below} 0 R >> >>")
    contents = document.get_new_xref()
    document.update_object(contents, "<<>>")
    document.update_stream(contents, b"/F Do")
    document.xref_set_key(page.xref, "Contents", f"{contents} 0 R")
    data: bytes = document.tobytes()
    document.close()
    return data
