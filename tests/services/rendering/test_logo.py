"""A house's logo comes from a picture of its own, is no more than a picture, and is printed by every layout."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pymupdf
import pytest

from app.errors import UserError
from app.services.rendering import GuardedRenderer, Renderer
from app.services.rendering.logo import LARGEST, logo_png, problem_of_logo, read_logo
from tests.services.rendering.conformance import problems
from tests.services.rendering.letters import FONTS, TEMPLATES, letter

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">'
    '<rect width="120" height="40" fill="#c03020"/></svg>'
)
LAYOUTS = ("maximus-2014", "maximus-2016", "parties", "plain")


@pytest.fixture(params=["svg", "png", "jpg"])
def picture(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"logo.{request.param}"
    if request.param == "svg":
        path.write_text(SVG, encoding="utf-8-sig")
    else:
        red = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 240, 80))
        red.set_rect(red.irect, (0xC0, 0x30, 0x20))
        path.write_bytes(red.tobytes(request.param))
    return path


def red_box(pdf: bytes) -> pymupdf.IRect | None:
    """Where the top of the first page is red."""
    with pymupdf.open(stream=pdf) as document:
        drawn = document[0].get_pixmap(dpi=72, clip=(0, 0, 612, 120))
    red, green = drawn.samples[:: drawn.n], drawn.samples[1 :: drawn.n]
    dots = [n for n, (r, g) in enumerate(zip(red, green, strict=True)) if r > 150 and g < 90]
    if not dots:
        return None
    across = [dot % drawn.width for dot in dots]
    down = [dot // drawn.width for dot in dots]
    return pymupdf.IRect(min(across), min(down), max(across) + 1, max(down) + 1)


def test_it_is_printed_thirty_points_high(picture: Path) -> None:
    box = red_box(Renderer([TEMPLATES], FONTS, {"logo": read_logo(picture)}).render(letter()).pdf)
    assert box is not None
    assert abs(box.height - 30) <= 1
    assert abs(box.width - 90) <= 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_prints_it_and_keeps_its_lines(layout: str) -> None:
    plain, branded = Renderer([TEMPLATES], FONTS), Renderer([TEMPLATES], FONTS, {"logo": SVG})
    before, after = plain.render(letter(), layout), branded.render(letter(), layout)
    assert red_box(before.pdf) is None
    assert red_box(after.pdf) is not None
    assert problems(after.pdf) == []
    if layout != "plain":  # there it stands in the flow of the page
        assert words_of(after.pdf) == words_of(before.pdf)
    public = branded.render(letter(), layout, redacted=True)
    assert red_box(public.pdf) is not None


def words_of(pdf: bytes) -> list[object]:
    with pymupdf.open(stream=pdf) as document:
        return [[word[:5] for word in page.get_text("words")] for page in document]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_word_files_hold_it_with_its_name(layout: str) -> None:
    made = Renderer([TEMPLATES], FONTS, {"logo": SVG}).render_word(letter(), layout)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        texts = "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
        )
    assert len(pictures) == 1
    assert 'descr="Independent Medical Review"' in texts


def test_a_very_wide_one_is_held_within_the_page(tmp_path: Path) -> None:
    wide = SVG.replace('width="120"', 'width="1200"')
    box = red_box(Renderer([TEMPLATES], FONTS, {"logo": wide}).render(letter()).pdf)
    assert box is not None
    assert box.width <= 201


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"GIF89a" + bytes(40), "no SVG, PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(8), "damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(8), "damaged"),
        (b"", "cannot be the logo"),
        (b"<html/>", "no SVG, PNG or JPEG"),
        (b"<svg", "no SVG, PNG or JPEG"),
        (SVG.replace("<rect", "<script/><rect").encode(), "script"),
        (SVG.replace("<rect", '<image href="/etc/passwd"/><rect').encode(), "outside"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.encode(), "document type"),
        (bytes(LARGEST + 1), "too large"),
    ],
)
def test_what_is_no_logo_is_one_sentence(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(data)
    with pytest.raises(UserError) as told:
        read_logo(path)
    assert words in told.value.what
    assert "Choose" in told.value.remedy


def test_a_picture_of_very_many_pixels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 5000, 10)).tobytes())
    with pytest.raises(UserError, match="5000 by 10 pixels"):
        read_logo(path)


def test_a_folder_or_nothing_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.svg"):
        with pytest.raises(UserError, match="cannot be read"):
            read_logo(path)


def test_drawings_that_never_end_are_stopped() -> None:
    layers = "".join(
        f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 12 + "</g>" for n in range(1, 14)
    )
    endless = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs>'
        f'<g id="g0"><rect width="1" height="1"/></g>{layers}</defs><use href="#g13"/></svg>'
    )
    assert problem_of_logo(endless) == ""
    with pytest.raises(UserError):
        GuardedRenderer([TEMPLATES], FONTS, {"logo": endless}, own=False, seconds=2).render(
            letter()
        )


def test_as_a_picture_for_word() -> None:
    assert logo_png(SVG).startswith(b"\x89PNG")
    with pytest.raises(UserError, match="cannot be drawn"):
        logo_png("<svg")
