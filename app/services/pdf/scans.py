"""The picture of a page as it is shown to a recogniser: as the scanner made it, where it is one scan.

Drawing a coarse scan anew would blow its dots up to squares, so what the file holds is taken.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from typing import Any, cast

import msgspec
import pymupdf

from app.services.pdf.engine import ENGINE_ERRORS

DOTS = 300
_MOST_PIXELS = 40_000_000
_LEAST_DOTS, _MOST_DOTS = 60.0, 620.0
_WHOLE = 0.97
"""Of the page's width and height: what covers so much is the page."""
_SAMPLE = 48
"""Pixels of the longer side in which two pictures are compared."""
_ALIKE = 24.0


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """The grey picture of a page: a byte a pixel, rows without gaps, as the page is shown.

    `across` and `down` are its dots an inch, `points` the size of the page.
    """

    page: int
    width: int
    height: int
    across: float
    down: float
    points: tuple[float, float]
    grey: bytes


def scan_of(page: pymupdf.Page, number: int) -> Scan:
    """The picture of a page; raises what the engine does."""
    return _scan(page, number, _own_picture(page) or _drawn(page, DOTS))


def drawn_scan(page: pymupdf.Page, number: int, dots: int) -> Scan:
    """The picture of a page as it is drawn at so many dots; raises what the engine does."""
    return _scan(page, number, _drawn(page, dots))


def _scan(page: pymupdf.Page, number: int, pixels: pymupdf.Pixmap) -> Scan:
    points = (page.rect.width, page.rect.height)
    return Scan(
        page=number,
        width=pixels.width,
        height=pixels.height,
        across=pixels.width * 72 / points[0],
        down=pixels.height * 72 / points[1],
        points=points,
        grey=_packed(pixels),
    )


def _drawn(page: pymupdf.Page, dots: int) -> pymupdf.Pixmap:
    scale = dots / 72
    size = page.rect.width * page.rect.height
    scale = min(scale, (_MOST_PIXELS / max(size, 1.0)) ** 0.5)
    return _grey(page, scale)


def _grey(page: pymupdf.Page, scale: float) -> pymupdf.Pixmap:
    return page.get_pixmap(
        matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, alpha=False
    )


def _own_picture(page: pymupdf.Page) -> pymupdf.Pixmap | None:
    """The one picture that the page is, if it is one and lies on it straight."""
    try:
        shown = cast("list[dict[str, Any]]", page.get_image_info(xrefs=True))
        if len(shown) != 1 or page.rotation or page.get_text("words") or not shown[0]["xref"]:
            return None
        about = shown[0]
        if not _is_the_page(page, about):
            return None
        pixels = pymupdf.Pixmap(page.parent, about["xref"])
        if pixels.colorspace is None or pixels.alpha:
            return None
        if pixels.n > 1:
            pixels = pymupdf.Pixmap(pymupdf.csGRAY, pixels)
        return pixels if _is_shown(page, pixels) else None
    except ENGINE_ERRORS:
        return None  # it is drawn instead, where it can be


def _is_the_page(page: pymupdf.Page, about: dict[str, Any]) -> bool:
    a, b, c, d, e, f = about["transform"]
    width, height = page.rect.width, page.rect.height
    straight = abs(b) < 0.5 and abs(c) < 0.5 and a > 0 and d > 0
    if not straight or abs(a - width) > (1 - _WHOLE) * width:
        return False
    if abs(d - height) > (1 - _WHOLE) * height or abs(e) + abs(f) > (1 - _WHOLE) * width:
        return False
    across, down = about["width"] * 72 / width, about["height"] * 72 / height
    return (
        _LEAST_DOTS < across < _MOST_DOTS
        and _LEAST_DOTS < down < _MOST_DOTS
        and about["width"] * about["height"] <= _MOST_PIXELS
    )


def _is_shown(page: pymupdf.Page, pixels: pymupdf.Pixmap) -> bool:
    """Whether the page looks like that picture: masks, inversions and drawings may come over it."""
    seen = _grey(page, _SAMPLE / max(page.rect.width, page.rect.height))
    small = pymupdf.Pixmap(pixels, seen.width, seen.height, None)
    one, other = _packed(seen), _packed(small)
    if len(one) != len(other):
        return False
    off = sum(abs(a - b) for a, b in zip(one, other, strict=True))
    return off <= _ALIKE * len(one)


def _packed(pixels: pymupdf.Pixmap) -> bytes:
    """A byte a pixel, without what rows may end in."""
    samples = bytes(pixels.samples)
    if pixels.stride == pixels.width:
        return samples
    rows = range(0, pixels.stride * pixels.height, pixels.stride)
    return b"".join(samples[at : at + pixels.width] for at in rows)
