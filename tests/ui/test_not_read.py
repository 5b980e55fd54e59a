"""Print that was not read as the letter's: lit on the page, told by a click, taken in by its button."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtWidgets import QApplication

from app.letter import FieldId, get_value
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf

SUMMARY = FieldId("clinical_summary")
PRIORITY = FieldId("header.priority")
NOTE = "Rush, see attached"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A letter with a note in blue across its summary, open on the desk."""
    made = Desk(tmp_path)
    path = write_pdf(tmp_path / "noted.pdf", letter(3))
    document = pymupdf.open(path)
    document[0].insert_text((250, 480), NOTE, fontname="heit", fontsize=13, color=(0, 0, 0.8))
    path.write_bytes(document.tobytes())
    made.open(path)
    made.settle()
    yield made
    made.close()


def middle(desk: Desk) -> tuple[int, float, float]:
    (aside,) = desk.document.set_aside
    x0, y0, x1, y1 = aside.place.boxes[0]
    return aside.place.page, (x0 + x1) / 2, (y0 + y1) / 2


def test_it_is_lit_told_and_taken_into_the_field_in_hand(desk: Desk) -> None:
    window = desk.window
    assert desk.document.set_aside[0].text == NOTE
    lit = window.letter_pane.view.highlights.places("not read")
    assert lit == (desk.document.set_aside[0].place,)
    window.fields.go_to(SUMMARY)
    before = get_value(desk.document.letter, SUMMARY)
    assert NOTE not in before
    window.letter_pane.view.clicked.emit(*middle(desk))
    assert desk.document.current_field == SUMMARY
    assert NOTE in window.notice.words
    assert "was not read" in window.notice.words
    button = window.notice._cards[-1].buttons[0]
    assert "Clinical case summary" in button.text()
    button.click()
    assert get_value(desk.document.letter, SUMMARY) == f"{before} {NOTE}"
    desk.trigger("undo")
    assert get_value(desk.document.letter, SUMMARY) == before


def test_the_keyboard_goes_through_it(desk: Desk) -> None:
    desk.window.fields.go_to(SUMMARY)
    desk.trigger("show_not_read")
    assert NOTE in desk.window.notice.words


def test_what_makes_no_value_is_refused(desk: Desk) -> None:
    before = get_value(desk.document.letter, PRIORITY)
    desk.window.fields.go_to(PRIORITY)
    desk.window.fields.take_in(desk.document.set_aside[0])
    assert get_value(desk.document.letter, PRIORITY) == before
    assert "none of" in desk.window.notice.words


def test_a_letter_without_any_says_so(qapp: QApplication, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.open(write_pdf(tmp_path / "clean.pdf", letter(4)))
    desk.settle()
    assert desk.document.set_aside == ()
    desk.trigger("show_not_read")
    assert "All print" in desk.window.notice.words
    desk.close()
