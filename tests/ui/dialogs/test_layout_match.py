"""A letter of the house beside a layout, in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.paths import FONTS, TEMPLATES
from app.services.rendering import Renderer
from app.services.settings import Settings, with_words
from app.ui.dialogs.layout_match import NAME_ROLE, LayoutMatchDialog, in_words
from app.ui.jobs import Jobs
from tests.ui.made_letters import letter

HOUSE = {"maximus_guideline": "Maximus guideline:", "issues": "These are the decisions:"}


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.cancel_all()
    assert made.wait_for_done(20_000)


def test_the_ticked_words_are_taken_over(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    file = tmp_path / "house.pdf"
    file.write_bytes(Renderer([TEMPLATES], FONTS, HOUSE).render(letter(1), "maximus-2016").pdf)
    dialog = LayoutMatchDialog(Settings(), jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.ask_file = lambda: file
    dialog.choose.click()
    qtbot.waitUntil(lambda: "lines differ" in dialog.told.text(), timeout=20_000)
    found = {name.partition("/")[2]: text for name, text in dialog.words.ticked().items()}
    assert found == HOUSE
    assert dialog.lines.topLevelItemCount() >= 2
    first = dialog.words.topLevelItem(0)
    assert first is not None
    first_name = first.text(0)
    first.setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.apply.hasFocus()
    kept = {name: text for name, text in HOUSE.items() if in_words(name) != first.text(0)}
    before = dialog.lines.topLevelItemCount()
    with qtbot.waitSignal(dialog.words_chosen) as told:
        dialog.apply.click()
    assert told.args is not None
    assert told.args == [{f"maximus-2016/{name}": text for name, text in kept.items()}]
    settings = with_words(Settings(), told.args[0])
    assert settings.layout_words == told.args[0]
    # the dialog stays and shows what differs now
    qtbot.waitUntil(lambda: "1 word is taken over" in dialog.told.text(), timeout=20_000)
    assert 0 < dialog.lines.topLevelItemCount() < before
    assert [*map(in_words, (name.partition("/")[2] for name in dialog.words.ticked()))] == [
        first_name
    ]
    with qtbot.waitSignal(dialog.words_chosen) as back:
        dialog.as_it_came.click()
    assert back.args is not None
    assert with_words(settings, back.args[0]).layout_words == {}
    assert not dialog.as_it_came.isEnabled()
    qtbot.waitUntil(lambda: len(dialog.words.ticked()) == len(HOUSE), timeout=20_000)


def test_what_is_no_letter_is_told_in_place(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    file = tmp_path / "no.pdf"
    file.write_text("no PDF at all")
    dialog = LayoutMatchDialog(Settings(), jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.read(file)
    qtbot.waitUntil(lambda: "PDF" in dialog.told.text(), timeout=20_000)
    assert dialog.choose.isEnabled()
    assert not dialog.apply.isEnabled()


def test_what_was_not_told_is_typed_by_hand(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    file = tmp_path / "house.pdf"
    words = {"letterhead": "Lakeside", "letterhead_second": "\u00a0"}
    file.write_bytes(Renderer([TEMPLATES], FONTS, words).render(letter(1), "maximus-2016").pdf)
    dialog = LayoutMatchDialog(Settings(), jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.read(file)
    qtbot.waitUntil(lambda: "F2" in dialog.told.text(), timeout=20_000)
    rows = [dialog.words.topLevelItem(n) for n in range(dialog.words.topLevelItemCount())]
    (row,) = [row for row in rows if row is not None and not row.text(2)]
    assert row.checkState(0) is Qt.CheckState.Unchecked
    dialog.words.setCurrentItem(row)
    dialog.words.setFocus()
    qtbot.keyClick(dialog.words, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: dialog.words.findChild(QLineEdit) is not None)
    editor = dialog.words.findChild(QLineEdit)
    qtbot.keyClicks(editor, "Review of care")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.checkState(0) is Qt.CheckState.Checked)
    with qtbot.waitSignal(dialog.words_chosen) as told:
        dialog.apply.click()
    assert told.args is not None
    assert told.args[0][row.data(0, NAME_ROLE)] == "Review of care"


def test_words_are_set_without_a_letter_too(qtbot: QtBot, jobs: Jobs) -> None:
    dialog = LayoutMatchDialog(Settings(), jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    rows = {
        row.data(0, NAME_ROLE): row
        for place in range(dialog.words.topLevelItemCount())
        if (row := dialog.words.topLevelItem(place)) is not None
    }
    rows["maximus-2016/priority"].setText(2, "Kind of review:")
    assert dialog.words.ticked() == {"maximus-2016/priority": "Kind of review:"}
    with qtbot.waitSignal(dialog.words_chosen) as told:
        dialog.apply.click()
    assert told.args == [{"maximus-2016/priority": "Kind of review:"}]
    row = dialog.words.topLevelItem(list(rows).index("maximus-2016/priority"))
    assert row is not None
    assert row.text(1) == "Kind of review:"
    assert not dialog.apply.isEnabled()
    assert dialog.as_it_came.isEnabled()
