"""Words that are shown whole or in fewer words, never cut: beside a field, on the bar, in the list."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.services.review import OpenPoint, State
from app.ui import theme
from app.ui.drop_down import DropDown
from app.ui.last_question import Ending
from app.ui.queue_model import FILTERS, SORTS
from app.ui.queue_view import QueueView
from app.ui.top_bar import TopBar
from app.ui.whole_words import WholeWords
from tests.ui.desk import Desk


def test_a_field_with_little_room_says_at_least_what_enter_does(qapp: QApplication) -> None:
    words = WholeWords()
    words.setText("Enter: new line · Ctrl+Enter: right, letter checked")
    all_of_it = words.sizeHint().width()
    first = words.fontMetrics().horizontalAdvance("Enter: new line")
    shown = {
        all_of_it + 4: "Enter: new line · Ctrl+Enter: right, letter checked",
        all_of_it - 40: "Ctrl+Enter: right, letter checked",
        first + 4: "Enter: new line",
        10: "",
    }
    for width, text in shown.items():
        plain = WholeWords()
        plain.setText(text)
        for label in (words, plain):
            label.resize(width, 20)
        assert words.grab().toImage() == plain.grab().toImage(), text
    assert all_of_it > 2 * first + 44


MUCH = tuple(
    OpenPoint(field=FieldId(name), state=state, words="", waits=True, postponed=postponed)
    for name, state, postponed in (
        ("header.priority", State.MISSING, False),
        ("patient.age", State.DOUBTFUL, False),
        ("patient.sex", State.DOUBTFUL, True),
    )
)


@pytest.mark.parametrize("points", [None, 14.0], ids=["usual text", "14 pt"])
def test_the_bar_says_what_is_left_in_whole_words_at_any_width(
    qtbot: QtBot, desk: Desk, points: float | None
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Scheme.LIGHT, points)
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(1600, 100)
    bar = TopBar(desk.window.commands, ground)
    ground.show()
    bar.show_letter("CM16-0200001", 3, 60)
    bar.show_saved("saved")
    seen: set[str] = set()
    for width in range(1500, 700, -25):
        bar.resize(width, bar.sizeHint().height())
        bar.show_left(MUCH, Ending.ANY)
        QApplication.processEvents()
        words = bar._left.shown()
        assert words.startswith("? ")
        assert bar._left.fontMetrics().horizontalAdvance(words) <= bar._left.width()
        seen.add(words)
    bar.show_left(MUCH[:1])
    QApplication.processEvents()
    theme.apply(application, theme.Scheme.LIGHT)
    assert "? 1 missing, 1 doubt, 1 postponed · then checked" in seen
    assert len(seen) > 1


def test_the_choices_over_the_list_show_their_words_or_a_sign_with_a_tip(qtbot: QtBot) -> None:
    view = QueueView()
    qtbot.addWidget(view)
    view.resize(210, 400)
    view.show()
    status, order = view.findChildren(DropDown)
    for name in FILTERS:
        status.setCurrentText(name)
        assert status.fontMetrics().horizontalAdvance(name) < status.width()
    for name in SORTS:
        order.setCurrentText(name)
        assert order.toolTip().endswith(f": {name}")
    assert order.width() < 70
