"""What holds for every dialog: named, reached by keys, closed by Escape, freed, both schemes."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QListWidget,
    QStackedWidget,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.actions import Actions
from app.ui.dialogs.keys import KeysDialog
from tests.ui.accessibility import interactive, nameless_cells, walk
from tests.ui.dialogs.made import MAKERS, make_restore, make_settings

every_dialog = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1200, 800)
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[Callable[[theme.Scheme], None]]:
    def dress(scheme: theme.Scheme) -> None:
        theme.apply(qapp, scheme)

    yield dress
    theme.apply(qapp, theme.Scheme.LIGHT)


@every_dialog
def test_every_widget_is_named_and_reached(make: Callable[[QWidget], QDialog], parent: QWidget):
    dialog = make(parent)
    dialog.show()
    assert list(interactive(dialog))
    assert walk(dialog) == []
    assert nameless_cells(dialog) == []


def test_every_page_of_the_settings_is_named_and_reached(parent: QWidget):
    dialog = make_settings(parent)
    dialog.show()
    sections = dialog.findChild(QListWidget)
    for row in range(sections.count()):
        sections.setCurrentRow(row)
        assert walk(dialog) == []


def test_the_question_before_a_restore_is_named_and_reached(qtbot: QtBot, parent: QWidget):
    dialog = make_restore(parent)
    dialog.show()
    qtbot.waitUntil(dialog._restore.isEnabled)
    dialog._restore.click()
    assert dialog.findChild(QStackedWidget).currentIndex() == 1
    assert walk(dialog) == []


@every_dialog
def test_escape_closes_and_everything_is_freed(
    make: Callable[[QWidget], QDialog], parent: QWidget, qtbot: QtBot
):
    dialog = make(parent)
    held = weakref.ref(dialog)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.show()
    qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: bool(gone))
    del dialog
    gc.collect()
    assert held() is None


@every_dialog
def test_a_change_of_scheme_while_open_redraws_it(
    make: Callable[[QWidget], QDialog], parent: QWidget, dressed: Callable[[theme.Scheme], None]
):
    dressed(theme.Scheme.LIGHT)
    dialog = make(parent)
    dialog.show()
    light = dialog.grab().toImage().pixelColor(4, 4).lightness()
    dressed(theme.Scheme.DARK)
    dark = dialog.grab().toImage().pixelColor(4, 4).lightness()
    assert light > 200
    assert dark < 80


def test_the_colours_of_a_list_follow_the_scheme(
    qtbot: QtBot, parent: QWidget, dressed: Callable[[theme.Scheme], None]
):
    dressed(theme.Scheme.LIGHT)
    dialog = KeysDialog(Actions(parent), {"undo": "Ctrl+Alt+U"}, parent)
    dialog.show()
    dialog.select("undo")
    item = dialog.findChild(QTreeWidget).currentItem()
    for scheme in (theme.Scheme.DARK, theme.Scheme.LIGHT):
        dressed(scheme)
        qtbot.waitUntil(lambda: item.foreground(1).color() == theme.colour("edited"))
