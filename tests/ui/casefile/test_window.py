"""The case file's window: corrections, finding, timeline, the list of documents reviewed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from app.services.casefile.values import DocumentKind
from app.ui.casefile.window import CaseFileWindow
from tests.letters import records
from tests.ui.accessibility import nameless_cells, walk
from tests.ui.casefile.test_flow import REPORTS, WAIT, filed
from tests.ui.desk import Desk

__all__ = ["filed"]


@pytest.fixture
def window(filed: Desk) -> CaseFileWindow:
    filed.trigger("case_file")
    made = filed.window.case_window.window
    assert made is not None
    filed.settle()
    return made


def test_each_cell_of_its_lists_says_something_and_each_widget_has_a_name(
    filed: Desk, window: CaseFileWindow
) -> None:
    filed.window.case_window.show(0)
    filed.settle()
    assert window.documents.tree.topLevelItemCount() > 0
    assert nameless_cells(window) == []
    assert [words for words in walk(window) if "has no name" in words] == []


@pytest.mark.parametrize("width", [560, 700, 1000])
def test_all_columns_of_the_documents_are_in_sight(
    filed: Desk, window: CaseFileWindow, width: int
) -> None:
    filed.window.case_window.show(0)
    window.resize(width, 600)
    filed.settle()
    tree = window.documents.tree
    assert not tree.horizontalScrollBar().isVisible()
    assert tree.header().length() <= tree.viewport().width()


def test_what_a_document_is_can_be_corrected(
    filed: Desk, window: CaseFileWindow, qtbot: QtBot
) -> None:
    tab, flow = window.documents, filed.window.case_file
    top = tab.tree.topLevelItem(0)
    assert [top.child(at).text(0) for at in range(top.childCount())] == [
        "Progress report",
        "MRI report",
        "Physical therapy note",
    ]
    tab.tree.setCurrentItem(top.child(1))
    assert (tab.provider.text(), tab.first.text()) == ("Priya Anand", "01/19/2016")
    filed.type(tab.provider, "Dr. Somebody Else")
    filed.type(tab.first, "1/20/16")
    tab.name.setFocus()
    qtbot.waitUntil(lambda: flow.shelf.documents[1].provider == "Dr. Somebody Else", timeout=WAIT)
    qtbot.waitUntil(lambda: flow.shelf.documents[1].first_date == date(2016, 1, 20), timeout=WAIT)
    tab.kind.setCurrentText(DocumentKind.OTHER.value)
    tab.kind.activated.emit(tab.kind.currentIndex())
    qtbot.waitUntil(lambda: flow.shelf.documents[1].kind is DocumentKind.OTHER, timeout=WAIT)


def test_documents_are_split_at_the_page_shown_and_joined(
    filed: Desk, window: CaseFileWindow, qtbot: QtBot
) -> None:
    tab, flow = window.documents, filed.window.case_file
    tab.tree.setCurrentItem(tab.tree.topLevelItem(0).child(0))
    tab._split.click()
    assert "Show the page first" in tab._said.text()
    flow.go_to_page(flow.shelf.files[0].id, 2)
    view = filed.window.letter_pane.view
    qtbot.waitUntil(lambda: bool(view.file) and view.current_page == 2, timeout=WAIT)
    tab._split.click()
    qtbot.waitUntil(lambda: len(flow.shelf.documents) == 4, timeout=WAIT)
    tab.tree.setCurrentItem(tab.tree.topLevelItem(0).child(1))
    tab._join.click()
    qtbot.waitUntil(lambda: len(flow.shelf.documents) == 3, timeout=WAIT)


def test_a_phrase_is_counted_by_document_and_leads_to_its_page(
    filed: Desk, window: CaseFileWindow, qtbot: QtBot
) -> None:
    window.show_tab(1)
    qtbot.keyClicks(window.finding.term, "disc protr")
    tree = window.finding.tree
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 1, timeout=WAIT)
    assert window.finding.count.text() == "1 page in 1 document"
    assert tree.topLevelItem(0).text(0).startswith("MRI report, Priya Anand, 01/19/2016: 1 page")
    assert "disc protrusion" in tree.topLevelItem(0).child(0).text(0)
    qtbot.keyClick(window.finding.term, Qt.Key.Key_Return)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    view = filed.window.letter_pane.view
    qtbot.waitUntil(lambda: bool(view.highlights.places("passage")), timeout=WAIT)
    assert view.highlights.places("passage")[0].page == 3
    window.finding.term.setText("nowhere at all")
    qtbot.waitUntil(lambda: window.finding.count.text() == "Nothing", timeout=WAIT)


def test_the_timeline_is_filtered_and_leads_to_the_page(
    filed: Desk, window: CaseFileWindow, qtbot: QtBot
) -> None:
    window.show_tab(2)
    tree = window.timeline.tree
    qtbot.waitUntil(lambda: tree.topLevelItemCount() >= 3, timeout=WAIT)
    window.timeline.filter.setText("MRI")
    qtbot.waitUntil(
        lambda: (
            [tree.topLevelItem(at).text(0) for at in range(tree.topLevelItemCount())]
            == ["01/19/2016"] * tree.topLevelItemCount()
            and tree.topLevelItemCount() > 0
        ),
        timeout=WAIT,
    )
    tree.setCurrentItem(tree.topLevelItem(0))
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    view = filed.window.letter_pane.view
    qtbot.waitUntil(lambda: bool(view.file) and view.current_page == 3, timeout=WAIT)


def test_the_list_of_documents_reviewed_goes_into_the_letter(
    filed: Desk, window: CaseFileWindow
) -> None:
    window.show_tab(3)
    assert "MRI report by Priya Anand, dated 01/19/2016" in window.reviewed.lines.toPlainText()
    window.reviewed.first.setPlainText("Application")
    window.reviewed.give.click()
    lines = filed.document.letter.cover.documents_reviewed.split("\n")
    assert lines[0] == "Application"
    assert "Progress report by Elena Marsh, dated 03/04/2016" in lines
    assert filed.store.setting("records_reviewed")["first"] == ["Application"]
    filed.trigger("undo")
    assert filed.document.letter.cover.documents_reviewed == ""


def test_files_are_dropped_into_the_window(
    filed: Desk, window: CaseFileWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "more.pdf"
    path.write_bytes(records.bundle(REPORTS[1:2])[0])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    flow = filed.window.case_file
    qtbot.waitUntil(lambda: len(flow.shelf.documents) == 4, timeout=WAIT)
    qtbot.waitUntil(lambda: flow.shelf.documents[3].copy_of is not None, timeout=WAIT)


def test_finding_on_a_document_looks_through_the_whole_case_file(filed: Desk, qtbot: QtBot) -> None:
    view = filed.window.letter_pane.view
    filed.trigger("find")
    qtbot.waitUntil(filed.window.letter_pane.find_bar.isVisible, timeout=WAIT)
    filed.window.case_file.go_to_stop(1)
    qtbot.waitUntil(lambda: bool(view.file), timeout=WAIT)
    assert not filed.window.letter_pane.find_bar.isVisible()
    filed.trigger("find")
    window = filed.window.case_window.window
    assert window is not None
    assert window.tabs.currentIndex() == 1
    assert not filed.window.letter_pane.find_bar.isVisible()
