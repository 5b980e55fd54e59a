"""A house's logo: one picture as SVG text, so that it travels with the settings and any layout sets it.

A PNG or JPEG is laid into an SVG unchanged. What a drawing of its own could do besides being drawn
(scripts, entities, what it fetches) is refused; how long it takes is limited where letters are set.
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from pathlib import Path
from xml.etree import ElementTree

from app.errors import UserError

LARGEST = 256 * 1024
"""Bytes of the file; each exported PDF carries it."""
MOST_PIXELS = 4000
HEIGHT_POINTS = 30
"""How high layouts of ours print it at most."""
_SVG = "{http://www.w3.org/2000/svg}"
_RASTERS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_CHOOSE = "Choose an SVG, PNG or JPEG picture of at most 256 kB."


def read_logo(path: Path) -> str:
    """The picture of a file as SVG text.

    Raises UserError for what is no picture of these kinds, is too large, or is more than a picture.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"{path.name} is too large for a logo.", _CHOOSE)
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.", _CHOOSE) from error
    kind = next((kind for start, kind in _RASTERS.items() if data.startswith(start)), None)
    return _drawing(data, path.name) if kind is None else _laid_in(data, kind, path.name)


def problem_of_logo(svg: str) -> str:
    """Why the text cannot be a logo, in a sentence; empty where it can, or where there is none."""
    if not svg:
        return ""
    if re.search(r"<!(DOCTYPE|ENTITY)", svg, re.IGNORECASE):
        return "It declares a document type, which no logo needs."
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return "It is no SVG, PNG or JPEG picture."
    if root.tag != f"{_SVG}svg":
        return "It is no SVG, PNG or JPEG picture."
    for element in root.iter():
        if element.tag.removeprefix(_SVG) in {"script", "foreignObject"}:
            return "It holds a script or a page, not only a picture."
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href" and not value.startswith(("#", "data:image/")):
                return "It refers to a file outside of it."
    return ""


def logo_png(svg: str) -> bytes:
    """The logo as a PNG of print quality, for Word, which knows no SVG. Raises UserError."""
    import typst  # the renderer has it already

    page = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image(bytes(sys.inputs.logo), format: "svg", height: {HEIGHT_POINTS}pt)'
    )
    try:
        made = typst.compile(page.encode(), format="png", ppi=300, sys_inputs={"logo": svg})
    except typst.TypstError as error:
        raise UserError(f"The logo cannot be drawn: {error.message}.", _CHOOSE) from error
    assert isinstance(made, bytes), "one page gives bytes"
    return made


def _drawing(data: bytes, name: str) -> str:
    try:
        svg = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{name} is no SVG, PNG or JPEG picture.", _CHOOSE) from error
    problem = problem_of_logo(svg)
    if problem or not svg.strip():
        raise UserError(f"{name} cannot be the logo. {problem}".strip(), _CHOOSE)
    return svg


def _laid_in(data: bytes, kind: str, name: str) -> str:
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.image.image import Image

    try:
        image = Image.from_file(io.BytesIO(data))
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError) as error:
        raise UserError(f"{name} is damaged: it cannot be the logo.", _CHOOSE) from error
    width, height = image.px_width, image.px_height
    if not 0 < width <= MOST_PIXELS or not 0 < height <= MOST_PIXELS:
        raise UserError(
            f"{name} is {width} by {height} pixels, too large for a logo.",
            f"Choose one of at most {MOST_PIXELS} pixels a side.",
        )
    address = f"data:{kind};base64,{b64encode(data).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="{address}"/></svg>'
    )
