"""All letters are searched from the window, by key and by mouse, and what is found comes onto the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyle, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.services.archive.archive import Archive
from app.services.archive.values import Facet
from app.ui.archive import asker
from app.ui.archive.flow import MANY
from app.ui.archive.window import ArchiveWindow
from app.ui.form.text_editor import TextEditor
from tests.services.archive.made_letters import BACK, WRIST, keep
from tests.ui.accessibility import nameless_cells, walk
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

WAIT = 20_000


@pytest.fixture
def desk_of_two(open_desk: Desk) -> Desk:
    """Two letters, the second one on the desk."""
    open_desk.open(letter_file(open_desk.folder, 2))
    open_desk.settle()
    return open_desk


def _opened(desk: Desk) -> ArchiveWindow:
    """The window of the search, with its first answer."""
    desk.trigger("search_letters")
    desk.settle()
    window = desk.window.archive.window
    assert window is not None
    return window


def _search(desk: Desk, window: ArchiveWindow, words: str) -> None:
    desk.type(window.words, words)
    desk.wait_until(lambda: not window.bar.is_waiting)
    desk.settle()


def _titles(window: ArchiveWindow) -> set[str]:
    return {found.title.split()[0] for found in window.model.found if found.issue_id is not None}


def _value(window: ArchiveWindow, facet: Facet, value: str) -> QTreeWidgetItem:
    (item,) = (one for one in window.facets._items(facet) if one.text(0) == value)
    return item


def test_a_result_opens_its_letter_at_the_words(desk_of_two: Desk, qtbot: QtBot) -> None:
    desk, window = desk_of_two, _opened(desk_of_two)
    _search(desk, window, '"red flags"')
    assert window.said.text() == "2 items found."
    # By key: to the results, to the one of the letter that is not on the desk.
    qtbot.keyClick(window.words, Qt.Key.Key_Return)
    desk.settle()
    other = next(
        row
        for row, found in enumerate(window.model.found)
        if found.case_id != desk.window.session.case_id
    )
    for _ in range(other):
        qtbot.keyClick(window.results, Qt.Key.Key_Down)
    wanted = window.results.current()
    assert wanted is not None
    qtbot.keyClick(window.results, Qt.Key.Key_Return)
    desk.wait_until(lambda: desk.window.session.case_id == wanted.case_id)
    desk.settle()
    assert desk.document.current_field == wanted.field
    assert wanted.field.name == "issue.rationale"
    row = desk.window.form.row(wanted.field)
    assert row is not None
    assert isinstance(row.editor, TextEditor)
    assert row.editor.text.textCursor().selectedText() == "red flags"


def test_a_double_click_opens_the_letter_on_the_desk_too(desk_of_two: Desk, qtbot: QtBot) -> None:
    desk, window = desk_of_two, _opened(desk_of_two)
    _search(desk, window, "conservative")
    here = next(
        row
        for row, found in enumerate(window.model.found)
        if found.case_id == desk.window.session.case_id
    )
    box = window.results.visualRect(window.model.index(here, 0))
    qtbot.mouseClick(window.results.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.mouseDClick(window.results.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert desk.document.current_field == window.model.found[here].field


def test_words_of_an_edit_are_found_at_once(open_desk: Desk) -> None:
    desk, window = open_desk, _opened(open_desk)
    _search(desk, window, "brachytherapy")
    assert window.said.text() == "Nothing was found."
    field = FieldId("issue.rationale", desk.document.letter.issues[0].id)
    desk.document.edit(field, "Brachytherapy was never at issue.")
    window.ask()
    desk.settle()
    assert [found.field for found in window.model.found] == [field]


def test_values_narrow_what_was_found(desk: Desk, qtbot: QtBot) -> None:
    keep(desk.store, WRIST)
    keep(desk.store, BACK)
    window = _opened(desk)
    assert window.said.text() == "4 items found."
    assert _value(window, Facet.DECISION, "Upheld").text(1) == "3"
    # By mouse on the box of a value.
    item = _value(window, Facet.DECISION, "Overturned")
    window.facets.scrollToItem(item)
    box = window.facets.visualItemRect(item)
    width = window.facets.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
    place = box.topLeft()
    place.setX(box.left() + 8 + width // 2)
    place.setY(box.center().y())
    qtbot.mouseClick(window.facets.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    assert _titles(window) == {"Tramadol"}
    # By key: the space bar takes it away again.
    window.facets.setFocus()
    window.facets.setCurrentItem(_value(window, Facet.DECISION, "Overturned"))
    qtbot.keyClick(window.facets, Qt.Key.Key_Space)
    desk.settle()
    assert window.said.text() == "4 items found."
    desk.type(window.bar.first_day, "1/1/2017")
    qtbot.keyClick(window.bar.first_day, Qt.Key.Key_Return)
    desk.settle()
    assert _titles(window) == {"MRI", "Gabapentin"}
    desk.type(window.bar.first_day, "soon")
    qtbot.keyClick(window.bar.first_day, Qt.Key.Key_Return)
    desk.settle()
    assert window.bar.first_day.property("invalid")
    assert window.said.text() == "4 items found."


def test_what_was_mistyped_is_offered(desk: Desk, qtbot: QtBot) -> None:
    keep(desk.store, WRIST)
    window = _opened(desk)
    _search(desk, window, "wean")
    assert _titles(window) == {"Tramadol"}  # a word that is still being typed
    desk.type(window.words, "weening")
    qtbot.keyClick(window.words, Qt.Key.Key_Return)
    desk.settle()
    assert window.meant.text() == "Did you mean: weaning"
    assert window.meant.hasFocus()
    qtbot.keyClick(window.meant, Qt.Key.Key_Return)
    desk.settle()
    assert (_titles(window), window.meant.isVisible()) == ({"Tramadol"}, False)


def test_searches_are_kept_and_forgotten(desk: Desk) -> None:
    keep(desk.store, WRIST)
    keep(desk.store, BACK)
    window = _opened(desk)
    _search(desk, window, "grip")
    window.facets.choose({Facet.DRUG: ("gabapentin",)})
    window.saved.name.setText("Grips & more")
    window.saved.name.returnPressed.emit()
    desk.session_settled()
    window.close()
    window = _opened(desk)
    assert window.saved.names == ("Grips & more",)
    window.saved.choose("Grips & more")
    desk.settle()
    assert (window.words.text(), _titles(window)) == ("grip", {"Gabapentin"})
    window.forget_requested.emit("Grips & more")
    assert window.saved.names == ()
    window.words.clear()
    window.facets.choose({})
    window.saved.name.setText("Nothing")
    window.saved.name.returnPressed.emit()
    assert window.said.text().startswith("There is nothing to keep.")


def test_a_list_of_terms_is_counted(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    keep(desk.store, WRIST)
    window = _opened(desk)
    path = tmp_path / "terms.txt"
    path.write_text("weaning\nnothing of this\n")
    desk.window.archive.count_terms(path, window.question())
    desk.settle()
    assert window.said.text() == "1 of 2 terms found. Enter searches one."
    assert not window.to_desk.isEnabled()
    qtbot.keyClick(window.counted, Qt.Key.Key_Return)
    desk.settle()
    assert window.pages.currentWidget() is window.results
    assert _titles(window) == {"Tramadol"}
    desk.window.archive.count_terms(tmp_path / "none.txt", window.question())
    desk.settle()
    assert "cannot be read" in window.said.text()


def test_a_long_list_goes_on_as_it_is_scrolled(desk: Desk, qtbot: QtBot) -> None:
    for number in range(70):
        changed = WRIST.header.__class__(case_number=f"CM16-04{number:05}")
        keep(desk.store, WRIST.__class__(header=changed, issues=WRIST.issues))
    window = _opened(desk)
    assert window.said.text() == "140 items found."
    window.results.take_first()
    for _ in range(20):
        qtbot.keyClick(window.results, Qt.Key.Key_End)
        desk.settle()
    assert window.model.rowCount() == 140
    numbers = [(found.number, found.issue_id) for found in window.model.found]
    assert len(set(numbers)) == 140


def test_hidden_patient_data_is_not_searched(open_desk: Desk) -> None:
    open_desk.window.commands["mask"].setChecked(True)
    open_desk.trigger("search_letters")
    assert open_desk.window.archive.window is None


def test_everything_is_named_and_reached(desk: Desk) -> None:
    keep(desk.store, WRIST)
    window = _opened(desk)
    assert [*walk(window), *nameless_cells(window)] == []


def test_many_letters_are_put_in_behind_and_then_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asker, "AT_ONCE", 1)
    keep(desk.store, WRIST)
    keep(desk.store, BACK)
    told: list[int] = []
    flow = desk.window.archive
    flow._asker.answered.connect(lambda answer: told.append(answer.missing))
    window = _opened(desk)
    # First what is there already, then, when all are in, the whole answer.
    assert told == [2, 0]
    assert window.said.text() == "4 items found."
    desk.store.remove_case(desk.store.cases()[0].id, by="clerk")
    desk.window.letters.show_queue()
    desk.window.letter_list.list_changed.emit()
    desk.settle()
    assert window.said.text() == "2 items found."


def test_what_comes_in_by_the_hundred_is_put_in_before_it_is_asked_for(desk: Desk) -> None:
    keep(desk.store, WRIST)
    desk.window.archive.fill(MANY - 1)
    desk.settle()
    archive = Archive(desk.database)
    assert archive.due() == 1
    desk.window.archive.fill(MANY)
    desk.settle()
    assert archive.due() == 0


def test_the_window_goes_while_patient_data_is_hidden(open_desk: Desk) -> None:
    _opened(open_desk)
    open_desk.window.commands["mask"].setChecked(True)
    assert open_desk.window.archive.window is None
