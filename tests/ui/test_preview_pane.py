"""The new letter grows with the form: set in the background, only while it can be seen."""

from __future__ import annotations

import pytest

from app.letter import FieldId
from app.services.pdf import read
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

CASE_NUMBER = FieldId("header.case_number")


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    desk.open(letter_file(desk.folder))
    desk.settle()
    return desk


def words(desk: Desk) -> str:
    rendered = desk.window.letter_pane.preview.rendered
    assert rendered is not None
    return " ".join(word.text for page in read(rendered.pdf).pages for word in page.words)


def test_a_hidden_preview_sets_nothing_and_a_shown_one_the_letter_as_it_stands(
    open_desk: Desk,
) -> None:
    preview = open_desk.window.letter_pane.preview
    open_desk.document.edit(CASE_NUMBER, "CM16-0299999")
    open_desk.settle()
    assert preview.rendered is None
    open_desk.trigger("tab_preview")
    open_desk.wait_until(lambda: preview.rendered is not None)
    assert "CM16-0299999" in words(open_desk)
    assert "CM16-0200001" not in words(open_desk)


def test_typing_shows_in_the_new_letter_and_the_place_stays(open_desk: Desk) -> None:
    preview = open_desk.window.letter_pane.preview
    open_desk.trigger("tab_preview")
    open_desk.wait_until(lambda: preview.rendered is not None)
    issue = open_desk.document.letter.issues[1].id
    editor = open_desk.editor("issue.rationale", issue)
    open_desk.settle()
    preview.view.go_to_page(2)
    page = preview.view.current_page
    before = preview.rendered
    open_desk.type(editor, "Quite another reason. ", replace=False)
    open_desk.wait_until(lambda: preview.rendered is not before and "Quite" in words(open_desk))
    assert preview.view.current_page == page
    assert preview.rendered.letter == open_desk.document.letter


def test_another_letter_replaces_it(open_desk: Desk) -> None:
    open_desk.trigger("tab_preview")
    open_desk.settle()
    open_desk.open(letter_file(open_desk.folder, 2))
    open_desk.settle()
    open_desk.wait_until(lambda: "CM16-0200002" in words(open_desk))
    open_desk.window.letters.close()
    assert open_desk.window.letter_pane.preview.rendered is None
    assert open_desk.window.letter_pane.preview.view.page_count == 0


def test_the_field_in_hand_is_lit_in_the_new_letter(open_desk: Desk) -> None:
    preview = open_desk.window.letter_pane.preview
    open_desk.trigger("tab_preview")
    open_desk.wait_until(lambda: preview.rendered is not None)
    open_desk.window.fields.go_to(CASE_NUMBER)
    wanted = preview.rendered.places_on(read(preview.rendered.pdf).pages)[CASE_NUMBER]
    open_desk.wait_until(lambda: preview.view.highlights.places("field") == wanted)
