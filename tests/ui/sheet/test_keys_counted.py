"""How many keys the sheet takes: one a letter and one for each further question, or one a screen.

`make bench` counts fifty letters; what is held here is the rule.
"""

from __future__ import annotations

from collections.abc import Callable

from app.letter import FieldId
from app.services.one_field import HEADER, fields_of
from tests.ui.sheet.counted import TWO, go_through
from tests.ui.sheet.many import INJURY, doubt, every
from tests.ui.sheet.sheet_desk import SheetDesk


def test_a_header_takes_one_key_and_one_more_for_each_further_question(
    show: Callable[..., SheetDesk],
):
    desk = show(HEADER, 5, {2: doubt(), **every((3, 4), TWO)})
    # Two letters without a question, one with one, two with two; in one the other day is right.
    assert go_through(desk, frozenset({4})) <= 5 + 2 + 1
    desk.window.session.settle()
    for number in range(1, 6):
        case = desk.store.case(number)
        settled = set(case.confirmed) | {step.field for step in case.history.steps}
        header = fields_of(case.letter, HEADER)
        assert {field.key for field in header if field.spec.required} <= settled
    assert desk.kept(4, FieldId("header.date_assigned")) is not None


def test_one_field_takes_a_key_a_question_and_one_a_screen(show: Callable[..., SheetDesk]):
    desk = show(INJURY.name, 16, every((3, 11, 15), doubt()))
    desk.view.window.showNormal()
    desk.view.window.resize(1200, 640)
    desk.settle()
    a_screen = len(list(desk.view.window.table.shown()))
    screens = -(-16 // a_screen)
    assert screens > 1
    assert go_through(desk) <= 3 + screens
    assert all(desk.is_confirmed(number, INJURY) for number in range(1, 17))
