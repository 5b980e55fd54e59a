"""The word that may be misread is lit alone, and its picture stands beside its field."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.services.parsing import parse
from app.services.pdf import read
from app.ui.form.row_foot import PictureLabel
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf

NUMBER, SUMMARY = FieldId("header.case_number"), FieldId("clinical_summary")


@pytest.fixture
def doubting(desk: Desk, tmp_path: Path) -> Desk:
    """A letter read as if from its picture, with two words that are not sure."""
    path = write_pdf(tmp_path / "fax.pdf", letter(3))
    text = read(path)
    page = text.pages[0]
    number = parse(text).letter.header.case_number
    sure = tuple(0.7 if each in (number, "injury") else 0.97 for each in page.texts)
    text = msgspec.structs.replace(text, pages=(page.as_recognised(sure), *text.pages[1:]))
    imported = desk.store.import_pdf(path, parse(text), by="ada")
    desk.window.letters.open(imported.summary.id)
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    return desk


def picture_of(desk: Desk, field: FieldId) -> QLabel:
    row = desk.window.form.row(field)
    assert row is not None
    return row.findChild(PictureLabel)


def has_ink(label: QLabel) -> bool:
    image = label.pixmap().toImage()
    return any(
        image.pixelColor(x, y).alpha() and image.pixelColor(x, y).lightness() < 100
        for x in range(0, image.width())
        for y in range(0, image.height())
    )


def test_the_word_in_doubt_is_lit_alone_and_shown_beside_its_field(
    doubting: Desk, qtbot: QtBot
) -> None:
    label = picture_of(doubting, NUMBER)
    high = label.height()
    qtbot.waitUntil(lambda: has_ink(label))
    assert label.height() == high
    assert not label.isHidden()
    evidence = doubting.document.evidence
    (place,) = evidence[NUMBER].doubtful_places
    lit = doubting.window.letter_pane.view.highlights.places("doubts")
    assert place in lit
    words = evidence[SUMMARY].doubtful_places
    assert words
    assert all(len(place.boxes) == 1 for place in words)
    assert not set(evidence[SUMMARY].places) & set(lit)


def test_the_picture_goes_when_the_field_is_answered(doubting: Desk, qtbot: QtBot) -> None:
    label = picture_of(doubting, NUMBER)
    qtbot.waitUntil(lambda: has_ink(label))
    doubting.document.set_current_field(NUMBER)
    doubting.trigger("confirm")
    doubting.settle()
    assert label.pixmap().isNull()
    assert label.isHidden()


def test_a_letter_that_is_printed_has_no_pictures(desk: Desk, tmp_path: Path) -> None:
    desk.open(write_pdf(tmp_path / "printed.pdf", letter(4)))
    desk.settle()
    assert all(label.pixmap().isNull() for label in desk.window.form.findChildren(PictureLabel))
