"""The list: what a row says, what the filter leaves, in which order, and where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from app.services.store import CaseSummary, Status
from app.ui.queue_model import MASK, SORTS, SUMMARY_ROLE, due_date, state_words
from app.ui.queue_view import QueueView

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def case(place: int, **changed: object) -> CaseSummary:
    values: dict[str, object] = {
        "id": place,
        "number": f"CM16-{200000 + place:07d}",
        "file_sha256": f"{place:064d}",
        "file_name": f"letter-{place}.pdf",
        "status": Status.NEW,
        "doubts": 0,
        "issues": 2,
        "outcome": "Uphold",
        "layout": "maximus-2016",
        "pages": 2,
        "priority": "Standard",
        "date_assigned": None,
        "date_of_injury": None,
        "decision_date": None,
        "ur_denial_date": None,
        "application_received": None,
        "imported_at": START + timedelta(minutes=place),
        "opened_at": None,
        "changed_at": START,
    }
    return CaseSummary(**{**values, **changed})  # type: ignore[arg-type]


FIVE = (
    case(1, doubts=2, number="CM16-0200009", date_assigned=date(2016, 5, 1)),
    case(2, status=Status.CHECKED, outcome="Overturn"),
    case(3, doubts=5, date_assigned=date(2016, 4, 1)),
    case(4, status=Status.IN_WORK, number="", file_name="scan.pdf"),
    case(5, status=Status.EXPORTED, doubts=1),
)


@pytest.fixture
def queue(qtbot: QtBot) -> Iterator[QueueView]:
    view = QueueView()
    qtbot.addWidget(view)
    view.resize(260, 400)
    view.show_cases(FIVE)
    view.show()
    return view


def shown(queue: QueueView) -> list[int]:
    model = queue._visible
    return [model.index(row, 0).data(SUMMARY_ROLE).id for row in range(model.rowCount())]


def walked(queue: QueueView, first: int | None, step: int) -> list[int]:
    met: list[int] = []
    here = queue.neighbour(first, step)
    while here is not None:
        met.append(here)
        here = queue.neighbour(here, step)
    return met


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("Order of arrival", [1, 2, 3, 4, 5]),
        ("Case number", [4, 2, 3, 5, 1]),
        ("Most doubts first", [3, 1, 5, 2, 4]),
        ("Due first", [3, 1, 2, 4, 5]),
        ("Status", [1, 3, 4, 2, 5]),
    ],
)
def test_next_and_previous_follow_the_order_and_end(
    queue: QueueView, order: str, expected: list[int]
) -> None:
    queue._order.setCurrentText(order)
    assert shown(queue) == expected
    assert walked(queue, None, 1) == expected
    assert walked(queue, None, -1) == expected[::-1]
    assert queue.neighbour(expected[-1], 1) is None
    assert queue.neighbour(expected[0], -1) is None
    assert queue.place_of(expected[1]) == (2, 5)


def test_every_order_there_is_was_looked_at() -> None:
    assert list(SORTS) == [
        "Order of arrival",
        "Case number",
        "Most doubts first",
        "Due first",
        "Status",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("0200009", [1]),
        ("SCAN", [4]),
        ("overturn", [2]),
        ("letter-3", [3]),
        ("nothing like it", []),
        ("  ", [1, 2, 3, 4, 5]),
    ],
)
def test_the_filter_looks_at_number_file_and_outcome(
    queue: QueueView, words: str, expected: list[int]
) -> None:
    QTest.keyClicks(queue._filter, words)
    assert shown(queue) == expected
    assert walked(queue, None, 1) == expected


def test_the_status_filter_and_the_words_count_together(queue: QueueView) -> None:
    queue._status.setCurrentText("New")
    assert shown(queue) == [1, 3]
    QTest.keyClicks(queue._filter, "letter-3")
    assert shown(queue) == [3]
    assert queue._count.text() == "1 of 5 letters"
    assert queue.place_of(1) == (0, 1)
    # From a letter that is not listed the way leads to the first, or the last.
    assert queue.neighbour(1, 1) == 3


def test_a_letter_that_changes_moves_to_its_place(queue: QueueView) -> None:
    queue._order.setCurrentText("Most doubts first")
    queue.show_case(case(2, doubts=9))
    assert shown(queue)[0] == 2
    queue.show_case(case(6, doubts=3))
    assert shown(queue) == [2, 3, 6, 1, 5, 4]


def test_the_count_says_what_is_left(queue: QueueView) -> None:
    assert queue._count.text() == "5 letters, 3 still to do"
    queue.show_case(case(1, status=Status.CHECKED))
    assert queue._count.text() == "5 letters, 2 still to do"


def test_how_many_wait_is_told_for_who_has_the_list_folded_away(queue: QueueView) -> None:
    waiting: list[int] = []
    queue.waiting_changed.connect(waiting.append)
    queue.show_cases(FIVE[:2])
    assert waiting[-1] == 1
    queue.show_cases(())
    assert waiting[-1] == 0


def test_an_empty_list_says_why(queue: QueueView, qtbot: QtBot) -> None:
    queue._filter.setText("no such letter")
    qtbot.waitUntil(lambda: queue.empty.words == "No letter fits the filter.")
    queue._filter.clear()
    assert queue.empty.words == ""
    queue.show_cases(())
    qtbot.waitUntil(lambda: queue.empty.words.startswith("No letters yet."))
    assert queue._count.text() == ""


def test_a_click_and_enter_ask_for_the_letter(queue: QueueView, qtbot: QtBot) -> None:
    view = queue.findChild(QListView)
    assert view is not None
    asked: list[int] = []
    queue.case_requested.connect(asked.append)
    spot = view.visualRect(queue._visible.index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked == [3, 4]


def test_the_row_of_a_letter_is_spoken(queue: QueueView) -> None:
    index = queue._visible.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "CM16-0200009, new, 2 to check"
    assert queue._visible.index(3, 0).data() == "scan.pdf"


def test_a_masked_list_shows_and_speaks_no_number(queue: QueueView) -> None:
    open_picture = queue.grab().toImage()
    queue.set_masked(True)
    assert queue.grab().toImage() != open_picture
    for row in range(5):
        for role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            assert "CM16" not in str(queue._visible.index(row, 0).data(role))
            assert "scan" not in str(queue._visible.index(row, 0).data(role))
    assert MASK in str(queue._visible.index(0, 0).data())
    queue.set_masked(False)
    assert queue._visible.index(0, 0).data() == "CM16-0200009"


def test_a_row_says_what_waits_and_by_when(queue: QueueView) -> None:
    row = queue._delegate
    assert (state_words(FIVE[0]), row._due(FIVE[0])) == ("new · 2 to check", "! due 05/31/2016")
    queue.set_days_to_decide(10)
    assert row._due(FIVE[0]) == "! due 05/11/2016"
    assert (state_words(FIVE[4]), row._due(FIVE[4])) == ("exported · 1 to check", "")
    mixed = case(7, doubts=3, errors=1, postponed=2)
    assert state_words(mixed) == "new · 1 error, 2 to check, 2 postponed"
    tomorrow = case(8, date_assigned=date.today() - timedelta(days=9))
    assert row._due(tomorrow).startswith("due ")
    queue.set_masked(True)
    assert row._due(FIVE[0]) == ""
    queue.set_masked(False)
    assert due_date(FIVE[1], 30) is None


MORE = (
    case(11, doubts=2, errors=1),
    case(12, postponed=1),
    case(13, date_assigned=date(2016, 5, 1)),
    case(14, date_assigned=date(2016, 5, 1), status=Status.CHECKED),
    case(15, removed_at=START, errors=1, doubts=1),
    case(16, date_assigned=date(2999, 1, 1)),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("All", [11, 12, 13, 14, 16]),
        ("To do", [11, 12, 13, 16]),
        ("With something left", [11, 12]),
        ("With errors", [11]),
        ("Postponed", [12]),
        ("Overdue", [13]),
        ("Checked", [14]),
        ("Removed", [15]),
    ],
)
def test_the_list_can_be_narrowed_to_what_waits(
    queue: QueueView, name: str, expected: list[int]
) -> None:
    queue.show_cases(MORE)
    queue._status.setCurrentText(name)
    assert shown(queue) == expected


def test_the_next_letter_to_do_passes_over_what_is_done_and_comes_round(queue: QueueView) -> None:
    assert queue.next_to_do(1) == 3
    assert queue.next_to_do(3) == 4
    assert queue.next_to_do(4) == 1
    queue._status.setCurrentText("Checked")
    assert queue.next_to_do(2) is None
    assert queue.to_do_elsewhere() == 3


def test_what_was_done_today_is_counted(queue: QueueView) -> None:
    queue.show_case(case(2, status=Status.CHECKED, done_at=datetime.now(UTC)))
    queue.show_case(case(5, status=Status.EXPORTED, done_at=START))
    assert queue._count.text() == "5 letters, 3 still to do · 1 done today"


def test_several_letters_are_selected_without_opening_any(queue: QueueView, qtbot: QtBot) -> None:
    view = queue._list
    asked: list[object] = []
    queue.case_requested.connect(asked.append)
    queue.select(1)
    spots = [view.visualRect(queue._visible.index(row, 0)).center() for row in (2, 3)]
    for spot in spots:
        with_control = Qt.KeyboardModifier.ControlModifier
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, with_control, spot)
    assert [one.id for one in queue.selected()] == [1, 3, 4]
    assert queue._count.text().endswith("· 3 selected")
    # The letter on the desk is told by its own sign, and going on leaves the selection alone.
    queue.select(2)
    assert queue._delegate.on_desk == 2
    assert [one.id for one in queue.selected()] == [1, 3, 4]
    with qtbot.waitSignal(queue.act_requested) as act:
        QTest.keyClick(view, Qt.Key.Key_Delete)
    name, chosen = act.args
    assert (name, [one.id for one in chosen]) == ("remove", [1, 3, 4])


def test_the_menu_acts_on_what_its_first_line_names(queue: QueueView, qtbot: QtBot) -> None:
    queue.select(3)
    menu = queue.menu()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [FIVE[2].number, "Open", "Mark checked", "Export PDF…", "Remove from the list"]
    with qtbot.waitSignal(queue.act_requested) as act:
        next(one for one in menu.actions() if one.data() == "check").trigger()
    assert (act.args[0], [one.id for one in act.args[1]]) == ("check", [3])
    queue.show_cases(MORE)
    queue._status.setCurrentText("Removed")
    queue.select(15)
    words = [action.text() for action in queue.menu().actions() if action.text()]
    assert words[1:] == ["Put back on the list", "Delete for good…"]
