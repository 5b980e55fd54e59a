"""No window is larger than its screen or lies partly outside: also on what a laptop has at 200 %."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.screen_room import bounded, keep_on_screen
from app.ui.window_frame import SIZE
from tests.ui.desk import Desk
from tests.ui.dialogs.made import MAKERS
from tests.ui.letter_files import letter_file


@pytest.fixture
def small() -> QScreen:
    """960 by 540: all that is left of 1920 by 1080 pixels at 200 %."""
    screens = {screen.name(): screen for screen in QGuiApplication.screens()}
    if "small" not in screens:
        pytest.skip("these screens are real ones")
    return screens["small"]


@pytest.fixture(params=[None, 14.0], ids=["usual text", "14 pt"])
def points(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float | None]:
    theme.apply(qapp, theme.Scheme.LIGHT, request.param)
    yield request.param
    theme.apply(qapp, theme.Scheme.LIGHT)


def is_inside(window: QWidget, screen: QScreen) -> bool:
    return screen.availableGeometry().contains(window.frameGeometry())


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_every_dialog_fits_a_small_screen(
    make: Callable[[QWidget], QDialog], small: QScreen, points: float | None, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.setGeometry(small.availableGeometry().adjusted(20, 40, -20, -20))
    parent.show()
    dialog = make(parent)
    dialog.show()
    QApplication.processEvents()
    assert is_inside(dialog, small)
    # It is not only cut off: what lies in it has room too.
    assert dialog.minimumSizeHint().width() <= dialog.width()
    assert dialog.minimumSizeHint().height() <= dialog.height()


def test_the_windows_of_the_work_fit_a_small_screen(
    desk: Desk, small: QScreen, points: float | None
) -> None:
    desk.window.setGeometry(small.availableGeometry().adjusted(4, 4, -4, -4))
    desk.open(letter_file(desk.folder))
    desk.settle()
    shown = {}
    for name, show in desk.dialogs():
        if name.endswith("masked"):
            continue
        show()
        desk.settle()
        for top in QApplication.topLevelWidgets():
            if top.isVisible() and top is not desk.window:
                shown[name] = top.screen() is not small or is_inside(top, small)
        desk.close_beside()
    assert len(shown) > 10
    assert [name for name, fits in shown.items() if not fits] == []


def test_the_first_window_is_no_larger_than_its_screen(
    small: QScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Desk(tmp_path)
    assert first.window.size() == SIZE  # this screen has the room
    assert bounded(SIZE, small).width() < 960
    # Kept on a large screen, at another scale, or by something that is no geometry at all.
    for kept in (first.window.places(), {"window": "bm8gZ2VvbWV0cnk="}, {"window": ""}):
        first.window.setGeometry(QRect(small.geometry().topLeft() + QPoint(300, 200), SIZE))
        first.window.restore_places(kept)
        first.window.came_up.emit()
        assert is_inside(first.window, first.window.screen())
    first.close()


def test_a_window_is_moved_only_as_far_as_it_takes(small: QScreen, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = small.availableGeometry()
    window.setGeometry(QRect(room.topLeft() + QPoint(40, 60), QSize(400, 300)))
    window.show()
    before = window.pos()
    keep_on_screen(window)
    assert window.pos() == before
    window.move(room.right() - 100, room.top() + 70)
    keep_on_screen(window)
    assert is_inside(window, small)
    assert window.y() == room.top() + 70
    assert window.size() == QSize(400, 300)
