"""Where rows stand: by the width of the form and the size of text, never by what is said of values."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.letter import CASE, FIELDS, FieldId
from app.ui import theme
from app.ui.form.field_row import FieldRow
from tests.ui.desk import Desk


@pytest.fixture(params=[None, 14.0], ids=["usual text", "14 pt"])
def points(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float | None]:
    theme.apply(qapp, theme.Scheme.LIGHT, request.param)
    yield request.param
    theme.apply(qapp, theme.Scheme.LIGHT)


def box(widget: QWidget, ground: QWidget) -> QRect:
    return QRect(widget.mapTo(ground, QPoint()), widget.size())


def beside(desk: Desk, first: str, second: str) -> bool:
    one, other = (desk.window.form.row(FieldId(name)) for name in (first, second))
    assert one is not None
    assert other is not None
    return one.y() == other.y()


def test_what_is_said_of_a_value_moves_no_row_to_another_column(desk: Desk) -> None:
    window = desk.window
    for width in range(1000, 1700, 40):
        window.resize(width, 800)
        QApplication.processEvents()
        before = beside(desk, "patient.age", "patient.sex")
        for age in (None, 12):  # missing, then edited
            desk.document.edit(FieldId("patient.age"), age)
            window.resize(width + 1, 800)
            QApplication.processEvents()
            assert beside(desk, "patient.age", "patient.sex") is before
        while desk.document.history.canUndo():
            desk.document.undo()


@pytest.mark.parametrize("width", [1024, 1280, 1440])
def test_nothing_of_the_form_is_cut_at_its_side(
    desk: Desk, points: float | None, width: int
) -> None:
    form = desk.window.form
    desk.window.resize(width, 720)
    for spec in FIELDS:
        if spec.of_issue:
            continue
        desk.document.postpone(FieldId(spec.name), "Ask the office")  # the longest of marks
    desk.settle()
    seen = 0
    for widget in form.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QPushButton):
            seen += 1
            assert box(widget, form).right() <= form.width(), widget
            above = widget.parentWidget()
            assert above is None or above.rect().right() + 1 >= widget.geometry().right()
    assert seen > 30


@pytest.mark.parametrize("width", [1024, 1280])
def test_no_citation_makes_the_form_wider_than_its_room(
    desk: Desk, points: float | None, width: int
) -> None:
    desk.window.resize(width, 720)
    text = (
        "Decision based on MTUS Low Back Complaints 2004, Section(s): Summary. Decision based on "
        "Non-MTUS Citation Official Disability Guidelines (ODG) Low Back, Facet joint injections; "
        "https://www.example.org/" + "guidelines-for-the-treatment-of-chronic-pain/" * 4 + "."
    )
    desk.document.edit(FieldId("issue.maximus_guideline", desk.document.letter.issues[0].id), text)
    desk.settle()
    column = desk.window.form.findChild(QWidget, "column")
    assert column is not None
    room = column.parentWidget()
    assert room is not None
    assert column.width() <= room.width()


def test_the_fields_of_the_case_stand_two_to_a_line_on_the_commonest_laptop(desk: Desk) -> None:
    desk.window.resize(1280, 720)
    desk.settle()
    assert beside(desk, "header.case_number", "header.date_assigned")


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_with_the_checks_open_the_field_in_hand_and_the_ones_beside_it_are_whole(
    desk: Desk, size: tuple[int, int]
) -> None:
    window, form = desk.window, desk.window.form
    window.resize(*size)
    window.commands["checks"].setChecked(True)
    desk.settle()
    room = form._scroll._scroll.viewport()
    rows = [form.row(FieldId(spec.name)) for spec in FIELDS if spec.section == CASE]
    shown = [row for row in rows if row is not None and row.isVisible()]
    assert len(shown) > 4
    for place, row in enumerate(shown):
        window.fields.go_to(row.field)
        desk.settle()
        assert room.rect().contains(box(row, room))
        # And one before or after it.
        near = shown[max(place - 1, 0) : place + 2]
        assert sum(room.rect().contains(box(one, room)) for one in near) > 1


def tops(desk: Desk) -> dict[str, int]:
    """Where the rows of the case and the person stand in the form."""
    column = desk.window.form._scroll._column
    rows = (desk.window.form.row(FieldId(spec.name)) for spec in FIELDS if not spec.of_issue)
    shown = [row for row in rows if row is not None and row.isVisible()]
    return {row.spec.name: box(row, column).y() for row in shown}


def test_no_row_moves_when_what_is_said_of_a_value_goes(desk: Desk) -> None:
    """The room of a question that was answered stays until the rows are laid out anew."""
    desk.window.resize(1280, 720)
    desk.document.edit(FieldId("patient.age"), None)  # missing: words and a way out
    desk.settle()
    before = tops(desk)
    desk.document.confirm(FieldId("patient.age"))
    desk.settle()
    assert tops(desk) == before
    desk.document.postpone(FieldId("patient.sex"), "Ask the office")
    desk.settle()
    moved = tops(desk)
    desk.document.undo()
    desk.settle()
    assert tops(desk) == moved
    # Another letter, or another width, begins anew: no empty room is carried on.
    desk.window.resize(1281, 720)
    desk.settle()
    row = desk.window.form.row(FieldId("patient.age"))
    assert row is not None
    assert row._foot is None or row._foot.isHidden()


@pytest.mark.parametrize("name", ["reviewer.licensure", "patient.sex", "clinical_summary"])
def test_what_lies_under_the_mouse_stays_there_when_words_come_above_it(
    desk: Desk, name: str
) -> None:
    window = desk.window
    window.resize(1280, 720)
    window.fields.go_to(FieldId(name))
    desk.settle()
    row = window.form.row(FieldId(name))
    assert row is not None
    room = window.form._scroll._scroll.viewport()
    QCursor.setPos(row.mapToGlobal(QPoint(20, 20)))
    assert room.rect().contains(room.mapFromGlobal(QCursor.pos()))
    before, above_it = box(row, room).y(), tops(desk)[name]
    for above in ("header.case_number", "header.priority", "header.date_of_injury"):
        desk.document.postpone(FieldId(above), "Ask the office\nand write it down")
    QApplication.processEvents()
    assert tops(desk)[name] > above_it
    stayed = box(row, room).y() == before
    QCursor.setPos(desk.window.mapToGlobal(QPoint(1, 1)))  # no other test's rows are held by it
    assert stayed


@pytest.mark.parametrize("height", [560, 900])
def test_whatever_row_the_mouse_is_over_it_stays_there(desk: Desk, height: int) -> None:
    """Near its top, in its middle and at its end, whatever is said of the rows above."""
    window = desk.window
    window.resize(1280, height)
    desk.settle()
    scroll = window.form._scroll
    room, bar = scroll._scroll.viewport(), scroll._scroll.verticalScrollBar()
    row_above = ("header.case_number", "header.priority", "reviewer.licensure", "patient.age")
    seen = 0
    for share in (0.2, 0.6, 1.0):
        scroll._let_go()  # as the wheel does
        bar.setValue(int(bar.maximum() * share))
        for y in range(20, room.height(), 110):
            pointed = room.mapToGlobal(QPoint(60, y))
            QCursor.setPos(pointed)
            under = room.childAt(60, y)
            while under is not None and not isinstance(under, FieldRow):
                under = under.parentWidget()
            if under is None:
                continue  # between rows: what is seen there belongs to none of them
            before = under.mapToGlobal(QPoint()).y()
            for number, name in enumerate(row_above):
                desk.document.postpone(FieldId(name), "\n".join(["Ask"] * (1 + (y + number) % 3)))
                for _ in range(3):
                    QApplication.processEvents()
                moved = under.mapToGlobal(QPoint()).y() - before
                if moved:
                    QCursor.setPos(window.mapToGlobal(QPoint(1, 1)))
                assert moved == 0, (share, y, name, under.spec.name, bar.value(), bar.maximum())
            seen += 1
    QCursor.setPos(window.mapToGlobal(QPoint(1, 1)))
    assert seen > 4


@pytest.mark.parametrize("name", ["reviewer.licensure", "patient.sex", "clinical_summary"])
def test_the_row_in_hand_stays_when_words_come_above_it_and_the_mouse_is_elsewhere(
    desk: Desk, name: str
) -> None:
    window = desk.window
    window.resize(1280, 720)
    window.fields.go_to(FieldId(name))
    desk.settle()
    row = window.form.row(FieldId(name))
    assert row is not None
    room = window.form._scroll._scroll.viewport()
    QCursor.setPos(window.mapToGlobal(QPoint(1, 1)))
    before, above_it = box(row, room).y(), tops(desk)[name]
    for above in ("header.case_number", "header.priority", "header.date_of_injury"):
        desk.document.postpone(FieldId(above), "Ask the office\nand write it down")
    desk.settle()
    assert tops(desk)[name] > above_it
    assert box(row, room).y() == before


def test_the_field_gone_to_stays_where_it_was_when_the_one_left_gets_words(desk: Desk) -> None:
    window = desk.window
    window.resize(1280, 720)
    left, next_one = FieldId("reviewer.licensure"), FieldId("reviewer.specialties")
    window.fields.go_to(left)
    desk.settle()
    row = window.form.row(next_one)
    assert row is not None
    room = window.form._scroll._scroll.viewport()
    QCursor.setPos(window.mapToGlobal(QPoint(1, 1)))
    before = box(row, room).y()
    holder = window.focusWidget()
    QTest.keyClicks(holder, "Nevada")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    desk.settle()
    assert desk.document.current_field == next_one
    assert box(row, room).y() == before


@pytest.mark.parametrize("height", [720, 1400])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("header.case_number", "CM15-0099"),
        ("header.decision_date", "March 8, 2016"),
        ("header.application_received", "13/45"),
        ("reviewer.specialties", "Something else"),
        ("patient.age", "61"),
    ],
)
def test_no_row_moves_while_somebody_writes(desk: Desk, name: str, words: str, height: int) -> None:
    """What there is to say of values is said when the field is left, or Enter finds no value."""
    desk.window.resize(1280, height)
    field = FieldId(name)
    editor = desk.editor(name)
    desk.window.checks.run_now()  # else they would find now what was changed before
    desk.settle()
    before = tops(desk)
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for letter in words:
        QTest.keyClicks(editor, letter)
        QApplication.processEvents()
        assert tops(desk) == before
    desk.settle()  # the checks have looked by then
    assert tops(desk) == before
    row = desk.window.form.row(field)
    assert row is not None
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    desk.settle()
    assert row._foot is not None
    assert row._foot.isVisible()


def test_filling_what_is_missing_moves_none_of_the_rows_that_are_missing_too(desk: Desk) -> None:
    """What several fields lack is told once for them, and so it stays until the last is filled."""
    desk.window.resize(1280, 720)
    names = ("header.date_assigned", "header.ur_denial_date", "header.application_received")
    for name in names:
        desk.document.edit(FieldId(name), None)
    desk.document.load(desk.document.parsed, letter=desk.document.letter)
    desk.settle()
    section = desk.window.form._sections[CASE]
    assert section._words.text()
    for name in names:
        editor = desk.editor(name)
        desk.settle()
        before = seen_tops(desk)
        desk.type(editor, "10/12/2016")
        desk.settle()
        assert seen_tops(desk) == before, name
    assert not section._words.text()


def seen_tops(desk: Desk) -> dict[str, int]:
    """The same from the upper edge of what is seen of the form."""
    shown = desk.window.form._scroll._scroll.verticalScrollBar().value()
    return {name: top - shown for name, top in tops(desk).items()}
