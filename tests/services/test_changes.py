"""What differs between two letters, field by field, word by word."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.letter import Decision, FieldId, Letter, with_value
from app.services import editing
from app.services.changes import changes
from tests.ui.made_letters import letter


def _joined(runs: tuple[tuple[bool, str], ...]) -> str:
    return "".join(text for _, text in runs)


def test_the_same_letter_has_no_changes() -> None:
    assert changes(letter(), letter()) == ()


def test_changes_come_in_the_order_of_the_form() -> None:
    made = letter()
    after = with_value(made, FieldId("issue.decision", 1), Decision.UPHELD)
    after = with_value(after, FieldId("header.date_of_injury"), date(2016, 9, 18))
    found = changes(made, after)
    assert [change.label for change in found] == ["Date of injury", "Decision"]
    assert [change.issue for change in found] == [None, 2]
    first = found[0]
    assert (_joined(first.before), _joined(first.after)) == ("09/13/2016", "09/18/2016")
    assert [text for same, text in first.before if not same] == ["13"]


def test_added_and_removed_issues_are_told() -> None:
    made = letter()
    after, _ = editing.duplicate_issue(made, 0)
    added = [change for change in changes(made, after) if change.field.issue == after.issues_made]
    assert added
    assert all(change.before == () for change in added)
    gone = [c for c in changes(made, editing.remove_issue(made, 1)) if c.field.issue == 1]
    assert gone
    assert all(change.after == () for change in gone)


def _told(before: Letter, after: Letter) -> list[tuple[int | None, str, str, str]]:
    return [(c.issue, c.label, _joined(c.before), _joined(c.after)) for c in changes(before, after)]


def test_an_added_item_is_told_although_it_is_empty() -> None:
    made = letter()
    after, _ = editing.add_issue(made)
    assert _told(made, after) == [(3, "added", "", "")]
    assert _told(after, made) == [(3, "removed", "", "")]


@pytest.mark.parametrize(
    ("moved", "step", "told"),
    [
        (2, -2, [(1, "moved", "Item 3", "Item 1")]),
        (0, 2, [(3, "moved", "Item 1", "Item 3")]),
        (1, 1, [(3, "moved", "Item 2", "Item 3")]),
    ],
)
def test_a_moved_item_is_told_once(
    moved: int, step: int, told: list[tuple[int, str, str, str]]
) -> None:
    made = letter(issues=4)
    assert _told(made, editing.move_issue(made, moved, step)) == told


def test_items_that_follow_a_removed_one_have_not_moved() -> None:
    made = letter(issues=3)
    found = changes(made, editing.remove_issue(made, 0))
    assert {change.field.issue for change in found} == {0}


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_runs_of_a_side_are_its_whole_text(one: str, other: str) -> None:
    field = FieldId("clinical_summary")
    made = letter()
    before, after = with_value(made, field, one), with_value(made, field, other)
    for change in changes(before, after):
        assert _joined(change.before) == one
        assert _joined(change.after) == other
