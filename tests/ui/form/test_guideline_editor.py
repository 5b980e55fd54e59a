"""A guideline as sentences, and its citations as chips."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.letter import FieldId, get_value
from app.services.review import State
from app.ui.form.guideline_editor import GuidelineEditor
from tests.ui.desk import Desk
from tests.ui.form.rows import issue_of, row_of, value_of


def test_a_citation_is_taken_out_by_its_chip(desk: Desk) -> None:
    issue = issue_of(desk)
    field = FieldId("issue.maximus_guideline", issue)
    desk.editor(field.name, issue)
    before = get_value(desk.document.letter, field)
    assert len(before.citations) == 1
    row = row_of(desk, field.name, issue)
    remove = next(
        b
        for b in row.findChildren(QPushButton)
        if b.accessibleName().startswith("Take out") and b.isVisible()
    )
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    after = get_value(desk.document.letter, field)
    assert after.citations == ()
    assert "Low Back" not in after.text
    desk.trigger("undo")
    assert get_value(desk.document.letter, field) == before


def test_the_sentences_of_a_guideline_are_read_while_they_are_typed(desk: Desk) -> None:
    issue = issue_of(desk)
    text = desk.editor("issue.maximus_guideline", issue)
    desk.type(text, "Decision based on MTUS Knee Complaints 2004, Section(s): Special Studies.")
    guideline = value_of(desk, "issue.maximus_guideline", issue)
    assert [citation.title for citation in guideline.citations] == ["Knee Complaints"]
    assert desk.document.statuses[FieldId("issue.maximus_guideline", issue)].state is State.EDITED


def _has_its_room(editor: GuidelineEditor) -> bool:
    """Whether no part lies over another, and the editor is as high as its width needs it."""
    parts = [editor.text, *editor.findChildren(QPushButton)]
    tops = sorted((part.mapTo(editor, QPoint()).y(), part.height()) for part in parts)
    apart = all(top + height <= below for (top, height), (below, _) in pairwise(tops))
    return apart and editor.height() >= editor.heightForWidth(editor.width())


@pytest.mark.parametrize("width", [1600, 1280, 1000, 800, 1440])
def test_text_and_citations_have_the_room_they_need_at_any_width(desk: Desk, width: int) -> None:
    desk.window.resize(width, 700)
    desk.trigger("next_issue")
    desk.settle()
    editors = [one for one in desk.window.form.findChildren(GuidelineEditor) if one.isVisible()]
    assert len(editors) == 2
    desk.wait_until(lambda: all(_has_its_room(editor) for editor in editors))
