"""What the window says of how a letter was read."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from app.services.database import open_database
from app.services.letter_intake import open_kept, take_in
from app.services.store import Store
from app.ui.reading_words import words_of_reading
from tests.letters.make import FOLDER
from tests.readers import the_reader

LETTER = (FOLDER / "2016-three-issues.pdf").read_bytes()


def page_with(words: str, attached: bytes) -> bytes:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), words)
    page.draw_rect((100, 200, 400, 500), fill=(0, 0, 0))
    document.embfile_add("inside", attached, filename="inside.pdf")
    return document.tobytes()


LOCKED = pymupdf.open(stream=LETTER).tobytes(
    encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y"
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LETTER, ()),
        (page_with("A cover of the package", LETTER), ("“inside.pdf” was taken out of it",)),
        (
            page_with("A cover of the package", LOCKED),
            ("does not look like a determination letter", "“inside.pdf”"),
        ),
        (page_with("", LOCKED), ("picture of paper", "“inside.pdf”", "by hand")),
    ],
)
def test_the_window_says_what_was_read_and_where_the_letter_may_be(
    tmp_path: Path, data: bytes, said: tuple[str, ...]
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    database = open_database(tmp_path / "data.db")
    store, reader = Store(database, tmp_path / "data"), the_reader()
    opened = open_kept(store, reader, take_in(store, reader, path, by="clerk").summary.id)
    words = words_of_reading(opened)
    opened.pictures.close()
    database.close()
    assert all(part in words for part in said)
    assert bool(words) == bool(said)
