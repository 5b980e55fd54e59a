"""A letter that is a picture fills the form by itself; a reading that was stopped goes on later."""

from __future__ import annotations

from pathlib import Path

import pymupdf
from pytestqt.qtbot import QtBot

from app.letter import FieldId, get_value
from tests.scans import add_scan, needs_ocr
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf

pytestmark = needs_ocr
NUMBER = FieldId("header.case_number")
AGE = FieldId("patient.age")
SECONDS = 60_000


def fax(folder: Path) -> Path:
    """The first page of a letter as a picture."""
    source = pymupdf.open(write_pdf(folder / "whole.pdf", letter(3)))
    made = pymupdf.open()
    add_scan(made, source[0])
    path = folder / "fax.pdf"
    made.save(path)
    return path


def test_the_form_fills_by_itself_and_leaves_what_was_typed(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window
    desk.open(fax(desk.folder))
    qtbot.waitUntil(lambda: window.scans.is_reading, timeout=SECONDS)
    assert "are being read" in window.notice.words
    desk.document.edit(AGE, 77)
    qtbot.waitUntil(lambda: not window.scans.is_reading, timeout=SECONDS)
    number = letter(3).header.case_number
    qtbot.waitUntil(lambda: get_value(desk.document.letter, NUMBER) == number, timeout=SECONDS)
    assert get_value(desk.document.letter, AGE) == 77
    opened = window.letters.opened
    assert opened is not None
    assert opened.text.recognised_pages == (1,)
    assert number in opened.text.pages[0].texts


def test_a_stopped_reading_is_taken_up_when_the_letter_comes_again(
    desk: Desk, qtbot: QtBot
) -> None:
    window = desk.window
    desk.open(fax(desk.folder))
    qtbot.waitUntil(lambda: window.scans.is_reading, timeout=SECONDS)
    window.scans.stop()
    qtbot.waitUntil(lambda: not window.scans.is_reading, timeout=SECONDS)
    case = window.letters.opened
    assert case is not None
    assert not get_value(desk.document.letter, NUMBER)
    window.letters.close()
    window.letters.open(case.case.id)
    number = letter(3).header.case_number
    qtbot.waitUntil(lambda: get_value(desk.document.letter, NUMBER) == number, timeout=SECONDS)
