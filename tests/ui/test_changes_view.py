"""What changed is told beside what was read, and leads to its field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl

from app.letter import FieldId
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    desk.open(letter_file(desk.folder))
    desk.settle()
    desk.trigger("tab_changes")
    return desk


def test_nothing_changed_says_so(open_desk: Desk) -> None:
    view = open_desk.window.letter_pane.changes
    assert view.text == "Nothing has changed since the letter was read."
    open_desk.document.edit(FieldId("header.priority"), "Expedited")
    assert "Expedited" in view.text
    open_desk.trigger("undo")
    assert view.text == "Nothing has changed since the letter was read."


def test_both_sides_are_told_with_the_difference_marked_otherwise_than_by_colour(
    open_desk: Desk,
) -> None:
    issue = open_desk.document.letter.issues[1].id
    rationale = open_desk.document.letter.issues[1].rationale
    changed = rationale.replace("therapy", "<b>acupuncture</b>")
    assert changed != rationale
    open_desk.document.edit(FieldId("issue.rationale", issue), changed)
    view = open_desk.window.letter_pane.changes
    assert "Disputed item 2: Decision rationale" in view.text
    assert "<b>acupuncture</b>" in view.text
    html = view._browser.toHtml()
    assert "text-decoration: line-through" in html
    assert "font-weight:700" in html


def test_a_fields_name_leads_to_it(open_desk: Desk) -> None:
    field = FieldId("issue.title", open_desk.document.letter.issues[1].id)
    open_desk.document.edit(field, "Another item")
    view = open_desk.window.letter_pane.changes
    assert f"field:{field.key}" in view._browser.toHtml()
    view._browser.anchorClicked.emit(QUrl(f"field:{field.key}"))
    assert open_desk.document.current_field == field


def test_a_removed_item_is_told_and_leads_nowhere(open_desk: Desk) -> None:
    gone = open_desk.document.letter.issues[1]
    open_desk.window.form.show_issue(gone.id)
    open_desk.trigger("remove_issue")
    view = open_desk.window.letter_pane.changes
    assert gone.title in view.text
    before = open_desk.document.current_field
    view._browser.anchorClicked.emit(QUrl(f"field:{FieldId('issue.title', gone.id).key}"))
    assert open_desk.document.current_field == before


def test_an_empty_new_item_and_a_moved_one_are_told(open_desk: Desk) -> None:
    view = open_desk.window.letter_pane.changes
    open_desk.trigger("add_issue")
    assert "Disputed item 3: added" in view.text or "Disputed item 2: added" in view.text
    open_desk.trigger("undo")
    open_desk.window.form.show_issue(open_desk.document.letter.issues[1].id)
    open_desk.trigger("issue_up")
    assert "moved" in view.text
    assert view.text.count("Item 1") == view.text.count("Item 2") == 1
