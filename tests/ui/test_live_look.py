"""Another scheme or size of text is taken up at once by all that is open, as a new start would show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.ui import theme
from app.ui.theme import Scheme
from tests.ui.desk import Desk
from tests.ui.dialogs.made import MAKERS, make_settings
from tests.ui.made_letters import letter, write_pdf

LOOKS = [(Scheme.DARK, None), (Scheme.LIGHT, 14.0)]
looks = pytest.mark.parametrize(("scheme", "points"), LOOKS, ids=["dark", "14 pt"])
# The desktop may turn dark at any time; the size of text is set in the settings.
DIALOGS = [
    *((make, Scheme.DARK, None) for make in MAKERS),
    (make_settings, Scheme.LIGHT, 14.0),
]
SIZE = QSize(1280, 720)
LEAST = 60
"""Points of ten thousands that may differ: how long a text is may be known a little later, and
what runs behind may have come further."""


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    # A caret that blinks is no difference.
    blinks = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    theme.apply(qapp, Scheme.LIGHT)
    yield qapp
    qapp.setCursorFlashTime(blinks)
    theme.apply(qapp, Scheme.LIGHT)


def settle() -> None:
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def picture(widget: QWidget) -> QImage:
    settle()
    widget.resize(SIZE)
    settle()
    return widget.grab().toImage()


def difference(first: QImage, second: QImage) -> list[tuple[int, int]]:
    """Where two pictures differ, at every fourth point; the end of a scroll bar may."""
    assert first.size() == second.size()
    found = [
        (x, y)
        for y in range(0, first.height(), 4)
        for x in range(0, first.width(), 4)
        if first.pixel(x, y) != second.pixel(x, y)
    ]
    return found if len(found) > LEAST else []


@pytest.mark.parametrize(("make", "scheme", "points"), DIALOGS)
def test_an_open_dialog_takes_it_up(
    application: QApplication,
    qtbot: QtBot,
    make: Callable[[QWidget], QDialog],
    scheme: Scheme,
    points: float | None,
) -> None:
    parents: list[QWidget] = []

    def shown() -> QDialog:
        parent = QWidget()
        parents.append(parent)
        parent.resize(1200, 800)
        qtbot.addWidget(parent)
        made = make(parent)
        made.show()
        settle()
        return made

    live = shown()
    theme.apply(application, scheme, points)
    changed = picture(live)
    live.close()
    assert difference(changed, picture(shown())) == []


@looks
def test_the_window_takes_it_up(
    application: QApplication, tmp_path: Path, scheme: Scheme, points: float | None
) -> None:
    path = write_pdf(tmp_path / "letter.pdf", letter(1, issues=3))

    def opened(name: str) -> Desk:
        folder = tmp_path / name
        folder.mkdir()
        desk = Desk(folder)
        desk.window.resize(SIZE)
        desk.open(path)
        desk.window.commands["checks"].setChecked(True)
        desk.settle()
        desk.window.checks.take_focus()
        return desk

    def shown(desk: Desk) -> list[QImage]:
        pictures: list[QImage] = []
        for field in ("header.date_of_injury", "issue.title"):
            issue = desk.document.letter.issues[1].id if field.startswith("issue") else None
            desk.window.form._scroll.go_to_top()
            settle()
            desk.window.fields.go_to(FieldId(field, issue))
            for box in desk.window.findChildren(QLineEdit):
                box.deselect()
            for text in desk.window.findChildren(QPlainTextEdit):
                text.moveCursor(text.textCursor().MoveOperation.Start)
            # All but the page: how far it is scrolled is no matter of looks.
            window = desk.window
            window.resize(SIZE)
            window.rows.setSizes([420, 180])
            settle()
            panes = (window.top_bar, window.form, window.checks)
            pictures.extend(pane.grab().toImage() for pane in panes)
        return pictures

    with closing(opened("live")) as live:
        shown(live)
        theme.change(application, scheme, points)
        changed = shown(live)
    with closing(opened("fresh")) as fresh:
        shown(fresh)
        new = shown(fresh)
    for one, other in zip(changed, new, strict=True):
        assert difference(one, other) == []
