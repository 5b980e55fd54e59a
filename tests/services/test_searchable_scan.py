"""A scan with its words: other readers find them where they stand, and the pictures are the same."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path
from shutil import which

import pymupdf
import pytest
from PIL import Image

from app.services.guard import Watch
from app.services.inspection import look
from app.services.letter_reader import LetterReader
from app.services.pdf import PdfPage, ReadingStopped, Word
from app.services.pdf.searchable import searchable
from app.services.searchable_scan import NothingToRecognise, NoWordsFound, searchable_scan
from tests.commands import DONE, UNUSABLE, USAGE, run
from tests.readers import the_reader
from tests.scans import add_scan, needs_ocr, scanned
from tests.services.test_recognition import LINES, small_page

ROWS = ("Claimant seen on 03/04/2019,", "“stable” – to return in six weeks.")


def paper(lines: tuple[str, ...] = ROWS) -> pymupdf.Page:
    page = pymupdf.open().new_page(width=400, height=200)
    for number, line in enumerate(lines):
        page.insert_text((40, 60 + 40 * number), line, fontsize=14)
    return page


def recognised(page: pymupdf.Page, turned: int = 0, slope: float = 0.0) -> PdfPage:
    """As a recogniser would give it: two rows of words, in order, with the page turned so."""
    words: list[Word] = []
    for row, line in enumerate(ROWS):
        left = 0.1
        for text in line.split():
            width = 0.02 * len(text)
            lean = abs(slope) * width * 2
            box = (left, 0.2 + 0.2 * row, left + width, 0.27 + 0.2 * row + lean)
            x0, y0, x1, y1 = box
            if turned == 90:
                box = (1 - y1, x0, 1 - y0, x1)
            elif turned == 180:
                box = (1 - x1, 1 - y1, 1 - x0, 1 - y0)
            elif turned == 270:
                box = (y0, 1 - x1, y1, 1 - x0)
            words.append(Word(text, box, False, row))
            left += width + 0.02
    known = PdfPage(1, page.rect.width, page.rect.height, turned, slope=slope)
    return known.with_words(words).as_recognised((0.9,) * len(words))


def file_of(*, jpeg: bytes = b"", rotated: int = 0, cut: bool = False) -> bytes:
    made = scanned(paper())
    if jpeg:
        made = pymupdf.open()
        sheet = made.new_page(width=400, height=200)
        sheet.insert_image(sheet.rect, stream=jpeg, keep_proportion=False)
    if rotated:
        made[0].set_rotation(rotated)
    if cut:
        made[0].set_cropbox(pymupdf.Rect(20, 10, 390, 180))
    return made.tobytes()


def pictures_of(pdf: bytes) -> list[bytes | None]:
    document = pymupdf.open(stream=pdf)
    return [document.xref_stream_raw(each[0]) for each in document[0].get_images()]


@pytest.mark.parametrize(
    ("rotated", "cut", "turned", "slope"),
    [
        (0, False, 0, 0.0),
        (0, True, 0, 0.0),
        (0, False, 0, 0.05),
        (0, False, 0, -0.05),
        (90, False, 90, 0.0),
        (180, True, 180, 0.0),
        (270, True, 270, 0.0),
        (0, False, 90, 0.0),
        (90, True, 0, 0.0),
    ],
)
def test_another_reader_finds_each_word_in_its_box(
    rotated: int, cut: bool, turned: int, slope: float
) -> None:
    pdf = file_of(rotated=rotated, cut=cut)
    page = pymupdf.open(stream=pdf)[0]
    known = recognised(page, turned, slope)
    made = searchable(pdf, [known])
    out = pymupdf.open(stream=made)[0]
    found = out.get_text("words", sort=False)
    assert [each[4] for each in found] == list(known.texts)
    for each, word in zip(found, known.words, strict=True):
        shown = pymupdf.Rect(each[:4]) * out.rotation_matrix
        x0, y0, x1, y1 = word.box
        there = pymupdf.Rect(
            x0 * page.rect.width, y0 * page.rect.height, x1 * page.rect.width, y1 * page.rect.height
        )
        assert max(abs(shown[at] - there[at]) for at in range(4)) < 1.5
    assert out.get_pixmap().samples == page.get_pixmap().samples
    assert pictures_of(made) == pictures_of(pdf)


@pytest.mark.skipif(which("pdftotext") is None, reason="poppler's pdftotext is not installed")
def test_poppler_copies_it_in_reading_order(tmp_path: Path) -> None:
    pdf = file_of()
    path = tmp_path / "copy.pdf"
    path.write_bytes(searchable(pdf, [recognised(pymupdf.open(stream=pdf)[0])]))
    read = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    assert [" ".join(line.split()) for line in read.stdout.split("\n") if line.strip()] == [*ROWS]
    assert read.stderr == ""


def test_nothing_beside_the_pages_is_in_the_copy() -> None:
    written = io.BytesIO()
    picture = Image.new("L", (400, 200), 255)
    about = Image.Exif()
    about[0x010E] = "Mr. Quill's kitchen"
    picture.save(written, "JPEG", exif=about)
    document = pymupdf.open(stream=file_of(jpeg=written.getvalue()))
    document.set_metadata({"title": "Quill, Peter", "author": "A. Clerk"})
    document.embfile_add("notes.txt", b"Quill")
    document.set_toc([[1, "Quill", 1]])
    known = recognised(document[0])
    made = searchable(document.tobytes(), [known])
    assert b"Quill" not in made
    assert b"Clerk" not in made
    out = pymupdf.open(stream=made)
    assert out.embfile_names() == []
    assert out.get_toc() == []
    assert not any(
        value for key, value in (out.metadata or {}).items() if key not in ("format", "encryption")
    )
    assert out[0].get_pixmap().samples == document[0].get_pixmap().samples
    seen = look(the_reader(), made)
    assert not seen.careful


def mixed() -> bytes:
    """Printed, a picture, printed."""
    made = pymupdf.open()
    made.insert_pdf(paper(("A printed page of its own.",)).parent)
    add_scan(made, small_page())
    made.insert_pdf(paper(("And one more of the printed kind.",)).parent)
    return made.tobytes()


@pytest.fixture(scope="module")
def reader() -> LetterReader:
    return the_reader()


@needs_ocr
def test_of_a_file_of_both_kinds_the_pictures_alone_get_words(reader: LetterReader) -> None:
    pdf = mixed()
    told: list[tuple[int, int]] = []
    made = searchable_scan(reader, pdf, watch=Watch(lambda done, of: told.append((done, of))))
    assert (made.pages, made.wordless) == ((2,), ())
    assert told == [(1, 1)]
    texts = [" ".join(str(page.get_text()).split()) for page in pymupdf.open(stream=made.pdf)]
    assert texts == [
        "A printed page of its own.",
        " ".join(LINES),
        "And one more of the printed kind.",
    ]
    again = reader.read(made.pdf)
    assert again.unread_pages == ()
    assert " ".join(again.pages[1].texts) == " ".join(LINES)
    with pytest.raises(NothingToRecognise):
        searchable_scan(reader, made.pdf)


def test_what_was_recognised_before_is_not_read_again(reader: LetterReader) -> None:
    pdf = file_of()
    known = recognised(pymupdf.open(stream=pdf)[0])
    made = searchable_scan(reader, pdf, known=[known])
    assert pymupdf.open(stream=made.pdf)[0].get_text("words")[0][4] == "Claimant"


@needs_ocr
def test_black_pages_and_a_stop_write_nothing(reader: LetterReader) -> None:
    page = pymupdf.open().new_page(width=300, height=200)
    page.draw_rect(page.rect, fill=(0, 0, 0))
    with pytest.raises(NoWordsFound):
        searchable_scan(reader, scanned(page).tobytes())
    stopped = Watch()
    stopped.cancel()
    with pytest.raises(ReadingStopped):
        searchable_scan(reader, file_of(), watch=stopped)


@needs_ocr
def test_the_command_follows_the_rules_of_every_target(tmp_path: Path) -> None:
    scan, out = tmp_path / "scan.pdf", tmp_path / "copy.pdf"
    scan.write_bytes(mixed())
    said = run("searchable", scan, "-o", out)
    assert (said.returncode, said.stdout) == (DONE, "")
    assert "page 2" in said.stderr
    first = out.read_bytes()
    assert LINES[0].split()[1] in pymupdf.open(out)[1].get_text()
    again = run("searchable", scan, "-o", out)
    assert (again.returncode, out.read_bytes()) == (UNUSABLE, first)
    assert "--overwrite" in again.stderr
    pipe, given = tmp_path / "pipe.pdf", scan.read_bytes()
    os.mkfifo(pipe)
    for target in (scan, pipe, tmp_path / "none" / "copy.pdf"):
        assert run("searchable", scan, "-o", target, "--overwrite").returncode == UNUSABLE
    assert scan.read_bytes() == given
    assert run("searchable", scan, "-o", tmp_path / "copy.txt").returncode == USAGE
    assert run("searchable", tmp_path / "gone.pdf", "-o", out).returncode == UNUSABLE
