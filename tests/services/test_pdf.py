"""Reading PDFs: words, looks, turned pages, errors, pictures, attachments, limits."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pymupdf
import pytest

from app.errors import UserError
from app.services import pdf
from app.services.pdf import worker
from app.services.pdf.messages import Draw, Drawn, Request
from tests.conftest import PROJECT
from tests.heavy import endless


def made(
    *lines: tuple[str, str],
    rotation: int = 0,
    turn: int = 0,
    size: tuple[float, float] = (612, 792),
) -> bytes:
    """A PDF of one page with lines of (text, font), one under the other."""
    document = pymupdf.open()
    page = document.new_page(width=size[0], height=size[1])
    for number, (text, font) in enumerate(lines):
        at = (72 + 30 * number, 100) if turn == 90 else (72, 100 + 30 * number)
        page.insert_text(at, text, fontname=font, rotate=turn)
    page.set_rotation(rotation)
    data: bytes = document.tobytes()
    document.close()
    return data


@pytest.fixture(scope="module")
def reader() -> Iterator[pdf.GuardedReader]:
    with pdf.GuardedReader() as made_here:
        yield made_here


def test_words_have_places_and_looks() -> None:
    text = pdf.read(made(("Title here:", "tibo"), ("Upheld today", "tiro")))
    words = text.pages[0].words
    assert [word.text for word in words] == ["Title", "here:", "Upheld", "today"]
    assert [word.bold for word in words] == [True, True, False, False]
    assert [word.line for word in words] == [0, 0, 1, 1]
    assert all(0 <= edge <= 1 for word in words for edge in word.box)
    assert words[0].box[0] == pytest.approx(72 / 612, abs=0.002)


def test_bold_changes_within_a_line() -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "Label & sign:", fontname="tibo", fontsize=12)
    page.insert_text((160, 100), "value <1>", fontname="tiro", fontsize=12)
    words = pdf.read(document.tobytes()).pages[0].words
    assert [(word.text, word.bold) for word in words] == [
        ("Label", True),
        ("&", True),
        ("sign:", True),
        ("value", False),
        ("<1>", False),
    ]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_shown(reader: pdf.GuardedReader, rotation: int) -> None:
    text = pdf.read(made(("First word", "tiro"), rotation=rotation))
    page = text.pages[0]
    with reader.pictures(made(("First word", "tiro"), rotation=rotation)) as pictures:
        assert pictures.sizes[0] == (page.width, page.height)
        picture = pictures.draw(1, 1.0)
    x0, y0, x1, y1 = page.words[0].box
    dark = [
        picture.rgb[y * picture.stride + x * 3] < 128
        for y in range(int(y0 * picture.height), int(y1 * picture.height) + 1)
        for x in range(int(x0 * picture.width), int(x1 * picture.width) + 1)
    ]
    assert any(dark), "no ink where the word is said to be"
    assert page.turned == rotation


@pytest.mark.parametrize("rotation", [0, 90])
def test_print_beside_the_page_is_not_read(rotation: int) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "Lumbar support")
    page.insert_text((590, 130), "WWWWW halved", fontname="tiro")
    page.set_rotation(rotation)
    alone = pdf.read(document.tobytes()).pages[0]
    page.set_rotation(0)
    page.insert_text((-200, 160), "Leftward", fontname="tibo", fontsize=30)
    page.insert_text((900, 190), "Rightward Upheld", fontname="tiit", color=(1, 0, 0))
    for along in range(8):
        page.insert_text((72 + 30 * along, 1100), "Downward and aslant", rotate=90)
    page.set_rotation(rotation)
    assert [word.text for word in alone.words] == ["Lumbar", "support", "W"]
    found = pdf.read(document.tobytes()).pages[0]
    assert (found.words, found.looks, found.turned) == (alone.words, alone.looks, alone.turned)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rows_that_begin_with_the_same_long_word_are_two_whichever_way_they_run(turn: int) -> None:
    document = pymupdf.open()
    page = document.new_page(width=600, height=600)
    along, across = {0: (0, 1), 90: (1, 0), 180: (0, -1), 270: (-1, 0)}[turn]
    for row in range(6):
        for again in (0.0, 0.4):  # each printed twice, so that the page is looked at closely
            at = (300 + along * 13 * row, 300 + across * 13 * row + again)
            page.insert_text(at, f"Documentation {row}", fontsize=12, rotate=turn)
    words = [word.text for word in pdf.read(document.tobytes()).pages[0].words]
    assert words.count("Documentation") == 6


def test_bold_print_is_known_on_a_page_that_runs_sideways_behind_what_is_drawn() -> None:
    document = pymupdf.open()
    page = document.new_page()
    for row in range(4):
        page.draw_rect(pymupdf.Rect(60 + 30 * row, 90, 66 + 30 * row, 400), fill=(0.9, 0.9, 0.9))
        for font, word, y in (("tibo", f"Label{row}:", 500), ("tiro", f"value{row}", 300)):
            page.insert_text((72 + 30 * row, y), word, fontname=font, rotate=90)
    words = pdf.read(document.tobytes()).pages[0].words
    assert {word.text for word in words if word.bold} == {f"Label{row}:" for row in range(4)}


def test_sideways_text_is_told() -> None:
    text = pdf.read(made(*[(f"Sideways row number {n}", "tiro") for n in range(5)], turn=90))
    assert text.pages[0].turned == 270


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", pdf.EmptyFile),
        (b"hello, this is no pdf", pdf.NotAPdf),
        (b"%PDF-1.7\nnothing follows", pdf.DamagedPdf),
        (b"%PDF-1.4" + bytes(range(256)) * 40, pdf.DamagedPdf),
    ],
)
def test_bad_files_have_clear_errors(data: bytes, error: type[UserError]) -> None:
    with pytest.raises(error) as caught:
        pdf.read(data)
    assert caught.value.what.endswith(".")
    assert caught.value.remedy.endswith(".")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(pdf.CannotOpen):
        pdf.read(tmp_path / "none.pdf")


def encrypted(user: str) -> bytes:
    document = pymupdf.open(stream=made(("Secret words", "tiro")))
    data: bytes = document.tobytes(
        encryption=pymupdf.PDF_ENCRYPT_AES_128, owner_pw="owner", user_pw=user, permissions=0
    )
    return data


def test_empty_password_opens_and_copy_bit_is_ignored() -> None:
    assert [word.text for word in pdf.read(encrypted("")).pages[0].words] == ["Secret", "words"]


@pytest.mark.parametrize(("password", "wrong"), [(None, False), ("guess", True)])
def test_password_is_asked_for(password: str | None, wrong: bool) -> None:
    with pytest.raises(pdf.PasswordNeeded) as caught:
        pdf.read(encrypted("right"), password)
    assert caught.value.wrong is wrong
    assert pdf.read(encrypted("right"), "right").has_text


def test_scan_has_no_text() -> None:
    document = pymupdf.open()
    page = document.new_page()
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 20, 20))
    pixels.clear_with(200)
    page.insert_image(page.rect, pixmap=pixels)
    text = pdf.read(document.tobytes())
    assert not text.has_text
    assert text.pages[0].words == ()


@pytest.mark.parametrize("size", [(3, 3), (14_000, 14_000), (20_000, 5)])
def test_odd_pages_can_be_read_and_drawn(
    reader: pdf.GuardedReader, size: tuple[float, float]
) -> None:
    data = made(("Word", "tiro"), size=size)
    assert len(pdf.read(data).pages) == 1
    with reader.pictures(data) as pictures:
        picture = pictures.draw(1, 4.0)
    assert 0 < picture.width * picture.height <= 50_000_000
    assert len(picture.rgb) == picture.stride * picture.height


def test_attachments_come_along() -> None:
    document = pymupdf.open(stream=made(("Letter", "tiro")))
    document.embfile_add("letter.json", b'{"schema": 1}', filename="letter.json")
    assert pdf.read(document.tobytes()).attachments == {"letter.json": b'{"schema": 1}'}


def test_the_files_properties_come_along_where_they_say_something(tmp_path: Path) -> None:
    document = pymupdf.open(stream=made(("text", "tiro")))
    document.set_metadata(
        {"author": "Pat Example", "title": " A letter ", "subject": "", "creationDate": "x"}
    )
    path = tmp_path / "letter.pdf"
    path.write_bytes(document.tobytes())
    said = {"author": "Pat Example", "title": "A letter"}
    assert pdf.read(path).metadata == said
    with pdf.GuardedReader() as reader:
        assert reader.read(path).metadata == said
    assert pdf.read(made(("text", "tiro"))).metadata == {}


def test_pictures_from_many_threads_and_after_close(reader: pdf.GuardedReader) -> None:
    pictures = reader.pictures(made(("Word", "tiro")))
    drawn: list[pdf.Picture] = []
    threads = [
        threading.Thread(target=lambda: drawn.append(pictures.draw(1, 0.5))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({picture.rgb for picture in drawn}) == 1
    assert len(drawn) == 6
    with pytest.raises(IndexError):
        pictures.draw(2, 1.0)
    pictures.close()
    pictures.close()
    with pytest.raises(ValueError, match="closed"):
        pictures.draw(1, 1.0)


def test_guarded_reads_the_same_and_stays_warm(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(made(("Some words", "tibo")))
    with pdf.GuardedReader(seconds=30) as reader:
        assert reader.read(path) == pdf.read(path)
        assert reader.read(path).name == "letter"
        with pytest.raises(pdf.PasswordNeeded) as caught:
            reader.read(encrypted("right"), "wrong")
        assert caught.value.wrong
        with pytest.raises(pdf.DamagedPdf):
            reader.read(b"%PDF-1.7\nnothing follows")
        assert reader.read(path).has_text


def test_guarded_stops_in_time() -> None:
    with pdf.GuardedReader(seconds=0.001) as reader, pytest.raises(pdf.TookTooLong):
        reader.read(made(("Word", "tiro")))


def test_guarded_can_be_stopped_and_used_again() -> None:
    with pdf.GuardedReader(seconds=30) as reader:
        reader.warm()
        reader.stop()
        # Stopping what does not run yet only costs a new start, or one clear error.
        with contextlib.suppress(pdf.ReadingStopped):
            reader.read(made(("Word", "tiro")))
        assert reader.read(made(("Word", "tiro"))).has_text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no memory limit for a process")
def test_guarded_stops_at_its_memory_limit() -> None:
    document = pymupdf.open()
    document.new_page()
    document.embfile_add("big", b"0" * 15_000_000, filename="big")
    data = document.tobytes(deflate=True) + b"\n%" + b" " * 120_000_000
    with pdf.GuardedReader(seconds=60, megabytes=300) as reader:
        with pytest.raises((pdf.TooMuchMemory, pdf.ReadingStopped)):
            reader.read(data)
        assert reader.read(made(("Word", "tiro"))).has_text


def test_a_page_that_never_ends_is_given_up_and_the_others_are_drawn(
    reader: pdf.GuardedReader,
) -> None:
    with reader.pictures(endless(2)) as pictures:
        before = pictures.draw(1, 1.0)
        with pytest.raises(pdf.TooHeavy) as caught:
            pictures.draw(2, 1.0, seconds=0.5)
        assert caught.value.page == 2
        assert pictures.draw(1, 1.0) == before


def test_a_page_is_drawn_while_another_takes_long(reader: pdf.GuardedReader) -> None:
    with reader.pictures(endless(2)) as pictures:
        ended: list[Exception] = []

        def draw_long() -> None:
            try:
                pictures.draw(2, 1.0, seconds=60)
            except (pdf.TooHeavy, ValueError) as error:
                ended.append(error)

        thread = threading.Thread(target=draw_long)
        thread.start()
        assert pictures.draw(1, 1.0).width == 595
        assert not ended
        pictures.close()
        thread.join(30)
        assert len(ended) == 1, "nobody waits for a page of a letter that is closed"


def test_reading_does_not_wait_for_a_page(reader: pdf.GuardedReader) -> None:
    with reader.pictures(endless()) as pictures:

        def draw() -> None:
            with contextlib.suppress(pdf.TooHeavy, ValueError):
                pictures.draw(1, 1.0)

        thread = threading.Thread(target=draw)
        thread.start()
        assert reader.read(made(("Word", "tiro"))).has_text
        pictures.close()
        thread.join(30)


def test_pictures_outlive_the_process_they_were_opened_in(reader: pdf.GuardedReader) -> None:
    with reader.pictures(made(("Word", "tiro"))) as pictures:
        before = pictures.draw(1, 1.0)
        reader.close()
        assert pictures.draw(1, 1.0) == before


def test_where_memory_cannot_be_shared_pictures_come_through_the_pipe() -> None:
    documents = worker.tasks(None, lambda *_: None)
    request = Request(data=made(("Word", "tiro")), document=1)
    documents["open"](msgspec.msgpack.encode(request))
    answer = documents["draw"](msgspec.msgpack.encode(Draw(document=1, page=1, scale=0.5)))
    drawn = msgspec.msgpack.decode(answer, type=Drawn)
    assert len(drawn.rgb) == drawn.stride * drawn.height > 0


def test_worker_imports_no_window_toolkit() -> None:
    code = (
        "import app.services.pdf.worker, sys; print(any('PySide' in name for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
