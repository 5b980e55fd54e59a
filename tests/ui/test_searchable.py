"""The scan on the desk is written out with its words, from the menu, with what was read before."""

from __future__ import annotations

from pathlib import Path

import pymupdf
from pytestqt.qtbot import QtBot

from app.letter import FieldId, get_value
from tests.scans import needs_ocr
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf
from tests.ui.test_scan_reading import NUMBER, SECONDS, fax


@needs_ocr
def test_the_letter_on_the_desk_is_written_with_its_words(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    window = desk.window
    desk.open(fax(desk.folder))
    number = letter(3).header.case_number
    qtbot.waitUntil(lambda: get_value(desk.document.letter, NUMBER) == number, timeout=SECONDS)
    out = tmp_path / "copy.pdf"
    asked: list[str] = []

    def answer(name: str, _filter: str) -> Path:
        asked.append(name)
        return out

    window.exporter.ask_path = answer
    desk.trigger("searchable_pdf")
    qtbot.waitUntil(lambda: "Written" in window.notice.words, timeout=SECONDS)
    assert asked == [f"{number} searchable.pdf"]
    assert "page 1" in window.notice.words
    assert number in str(pymupdf.open(out)[0].get_text())


def test_a_letter_that_is_printed_is_told_to_have_its_words(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.open(write_pdf(tmp_path / "printed.pdf", letter(4)))
    desk.settle()
    out = tmp_path / "copy.pdf"
    desk.window.exporter.ask_path = lambda _name, _filter: out
    desk.trigger("searchable_pdf")
    qtbot.waitUntil(lambda: "Nothing was written" in desk.window.notice.words, timeout=SECONDS)
    assert not out.exists()
    assert get_value(desk.document.letter, FieldId("header.case_number"))


def test_nobody_who_names_no_place_is_told_anything(desk: Desk, tmp_path: Path) -> None:
    desk.open(write_pdf(tmp_path / "printed.pdf", letter(5)))
    desk.settle()
    desk.window.notice.clear()
    desk.window.exporter.ask_path = lambda _name, _filter: None
    desk.trigger("searchable_pdf")
    desk.settle()
    assert desk.window.notice.words == ""
