"""Another entry of the library, named in the form of one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.library import Entry, Library
from app.ui.citing.entry_fields import Unreadable
from app.ui.citing.entry_line import EntryLine
from app.ui.citing.rows import ROW_ROLE
from tests.ui.citing.conftest import Hand

Key = Qt.Key


@pytest.fixture
def line(qtbot: QtBot, library: Library) -> EntryLine:
    made = EntryLine(library)
    qtbot.addWidget(made)
    made.show()
    old = library.by_key("acoem-12-2004")
    assert old is not None
    made.offer_for(old)
    made.show_key("")
    made.setFocus()
    return made


def offered(line: EntryLine) -> list[str]:
    model = line._popup.model()
    return [model.index(row, 0).data(ROW_ROLE).title for row in range(model.rowCount())]


def test_words_find_entries_and_enter_takes_one(qtbot: QtBot, line: EntryLine) -> None:
    qtbot.keyClicks(line, "low back dis")
    assert "Low Back Disorders 2016" in offered(line)
    assert "Low Back Complaints 2004" not in offered(line)
    qtbot.keyClick(line._popup, Key.Key_Down)
    first = line._popup.currentIndex().data(ROW_ROLE).value
    with qtbot.waitSignal(line.changed):
        qtbot.keyClick(line._popup, Key.Key_Return)
    assert isinstance(first, Entry)
    assert line.key() == first.key
    assert line.text() == f"{first.title} {first.edition}".strip()


def test_down_asks_for_what_has_the_same_title(
    qtbot: QtBot, line: EntryLine, library: Library
) -> None:
    entry = library.by_key("mtus-low-back-2016")
    assert entry is not None
    line.offer_for(entry)
    qtbot.keyClick(line, Key.Key_Down)
    assert "Low Back Disorders 2019" in offered(line)
    assert "Low Back Disorders 2016" not in offered(line)


def test_words_that_are_no_entry_are_no_value_until_one_is_chosen(line: EntryLine) -> None:
    line.setText("some later edition")
    with pytest.raises(Unreadable, match="Choose an entry"):
        line.key()
    line.clear()
    assert line.key() == ""


def test_a_whole_name_typed_is_taken_when_the_line_is_left(qtbot: QtBot, line: EntryLine) -> None:
    qtbot.keyClicks(line, "low back disorders 2019")
    line._popup.hide()
    line.clearFocus()
    assert line.key() == "mtus-low-back-2019"
    assert line.text() == "Low Back Disorders 2019"


@pytest.mark.parametrize(
    ("key", "shown"), [("acoem-13-2004", "Knee Complaints 2004"), ("gone-1", "gone-1")]
)
def test_the_name_is_shown_and_the_key_kept(line: EntryLine, key: str, shown: str) -> None:
    line.show_key(key)
    assert line.text() == shown
    assert line.key() == key


def test_the_form_saves_what_was_chosen(hand: Hand, library: Library) -> None:
    old = library.by_key("mtus-depression-2020")
    assert old is not None
    saved = library.save(replace(old, superseded_by="mtus-anxiety-2021"))
    hand.find("depressive")
    assert "Anxiety Disorders 2021" in hand.details
    hand.do("edit")
    editor = hand.manager.page.editor._boxes["superseded_by"].editor
    assert isinstance(editor, EntryLine)
    assert "Anxiety Disorders 2021" in editor.text()
    editor.clear()
    hand.manager.page.editor.save()
    hand.settle()
    assert saved.id is not None
    now = library.get(saved.id)
    assert now is not None
    assert now.superseded_by == ""
