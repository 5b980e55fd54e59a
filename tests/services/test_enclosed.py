"""A letter that another PDF only wraps is taken out and read; what lies beside it is named."""

from __future__ import annotations

import argparse
from pathlib import Path

import pymupdf
import pytest

from app.cli.files import UNUSABLE
from app.cli.letters import parse as parse_command
from app.services.database import open_database
from app.services.enclosed import recognise
from app.services.letter_intake import open_kept, take_in
from app.services.letter_reader import LetterReader
from app.services.pdf import read
from app.services.store import Store
from tests.letters.make import FOLDER
from tests.readers import the_reader

LETTER = (FOLDER / "2016-three-issues.pdf").read_bytes()


def page_with(words: str) -> pymupdf.Document:
    document = pymupdf.open()
    page = document.new_page()
    if words:
        page.insert_text((72, 100), words)
    return document


def records() -> bytes:
    return page_with("Progress note of the second visit. The knee is stable.").tobytes()


def locked() -> bytes:
    return page_with("Nobody may read this.").tobytes(
        encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y"
    )


def portfolio(**files: bytes) -> bytes:
    document = page_with("For the best experience open this portfolio in another program.")
    for name, data in files.items():
        document.embfile_add(name, data, filename=name.replace("_", "."))
    return document.tobytes()


def test_the_letter_of_a_portfolio_is_read_and_its_neighbours_are_named() -> None:
    outer = read(portfolio(a_pdf=records(), key_pdf=locked(), decision_pdf=LETTER))
    found = recognise(outer, None)
    assert (found.name, found.data) == ("decision.pdf", LETTER)
    assert found.result.letter == recognise(read(LETTER), None).result.letter
    told = found.result.notes[0]
    assert all(f"“{name}”" in told for name in ("decision.pdf", "a.pdf", "key.pdf"))


def test_a_portfolio_in_a_portfolio_is_opened_too_and_a_name_may_lack_its_ending() -> None:
    inner = portfolio(letter=LETTER)
    assert recognise(read(portfolio(package_pdf=inner)), None).name == "letter"


def test_without_a_letter_inside_the_file_itself_is_shown_and_what_is_attached_named() -> None:
    found = recognise(read(portfolio(a_pdf=records())), None)
    assert not found.name
    assert any("“a.pdf”" in note for note in found.result.notes)


def test_a_letter_with_records_attached_is_the_letter() -> None:
    document = pymupdf.open(stream=LETTER)
    document.embfile_add("other.pdf", LETTER, filename="other.pdf")
    assert not recognise(read(document.tobytes()), None).name


@pytest.fixture(scope="module")
def reader() -> LetterReader:
    return the_reader()


def test_the_letter_alone_is_kept(reader: LetterReader, tmp_path: Path) -> None:
    path = tmp_path / "package.pdf"
    path.write_bytes(portfolio(a_pdf=records(), decision_pdf=LETTER))
    database = open_database(tmp_path / "data.db")
    store = Store(database, tmp_path / "data")
    kept = take_in(store, reader, path, by="clerk").summary
    assert kept.file_name == "decision.pdf"
    assert store.pdf(kept.id) == LETTER
    opened = open_kept(store, reader, kept.id)
    assert len(opened.pictures.sizes) == len(opened.text.pages) == kept.pages
    assert "“decision.pdf”" in opened.case.parsed.notes[0]
    opened.pictures.close()
    alone = tmp_path / "decision.pdf"
    alone.write_bytes(LETTER)
    assert take_in(store, reader, alone, by="clerk").known
    database.close()


def test_the_command_says_where_a_letter_was_and_where_one_may_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, scan = tmp_path / "package.pdf", tmp_path / "scan.pdf"
    whole.write_bytes(portfolio(decision_pdf=LETTER))
    picture = page_with("")
    picture.embfile_add("locked", locked(), filename="locked.pdf")
    picture[0].draw_rect((100, 100, 400, 500), fill=(0, 0, 0))
    scan.write_bytes(picture.tobytes())
    files = [str(whole), str(scan)]
    status = parse_command(argparse.Namespace(files=files, password=None, json=False, no_ocr=True))
    said = capsys.readouterr()
    assert "package.pdf (decision.pdf attached to it): maximus-2016" in said.out
    assert status == UNUSABLE
    assert "“locked.pdf”" in said.err
