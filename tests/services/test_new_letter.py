"""A determination is begun without a page, and is a letter like every other from then on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.letter import Issue, Letter
from app.paths import DATABASE
from app.services.database import open_database
from app.services.interchange import encode_letter
from app.services.letter_intake import open_kept, take_in
from app.services.new_letter import as_pattern, begin, with_item, with_items
from app.services.store import Store
from tests.readers import the_reader
from tests.ui.made_letters import letter

NOW = datetime(2026, 1, 5, 9, 30, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = open_database(tmp_path / DATABASE)
    yield Store(database, tmp_path)
    database.close()


def test_one_from_nothing_lists_what_is_required(store: Store) -> None:
    begun = begin(store, Letter(), by="me", now=NOW)
    assert not begun.known
    assert begun.summary.doubts >= 8
    opened = open_kept(store, the_reader(), begun.summary.id)
    assert opened.case.letter == Letter()
    assert opened.case.summary.file_name == "New determination 2026-01-05 09.30.01.pdf"
    assert "no letter to read from" in " ".join(opened.text.page_texts)


def test_two_begun_at_once_are_two(store: Store) -> None:
    for _ in range(2):
        begin(store, Letter(), by="me", now=NOW)
    assert len(store.cases()) == 2


def test_a_letter_s_json_is_taken_in_like_a_pdf(store: Store, tmp_path: Path) -> None:
    made = letter(3, issues=2)
    path = tmp_path / "draft.JSON"
    path.write_bytes(encode_letter(made))
    begun = take_in(store, the_reader(), path, by="me")
    kept = store.case(begun.summary.id).letter
    assert kept.header == made.header
    assert [issue.rationale for issue in kept.issues] == [issue.rationale for issue in made.issues]


def test_a_pattern_has_the_form_and_the_reviewer_and_nothing_of_the_case() -> None:
    made = letter(3)
    pattern = as_pattern(replace(made, layout="parties"))
    assert (pattern.layout, pattern.reviewer) == ("parties", made.reviewer)
    assert replace(pattern, layout=Letter().layout, reviewer=Letter().reviewer) == Letter()


def test_items_of_the_application_become_items_once() -> None:
    lines = "1. MRI of the left knee\n2) Physical therapy, 12 visits\n- Norco 10/325 #60"
    made = with_items(Letter(), lines)
    titles = ["MRI of the left knee", "Physical therapy, 12 visits", "Norco 10/325 #60"]
    assert [issue.title for issue in made.issues] == titles
    assert len({issue.id for issue in made.issues}) == 3
    assert with_items(made, lines) == made


def test_an_item_that_stands_empty_is_filled_first() -> None:
    empty = Letter(issues=(Issue(id=1), Issue(id=2, title="MRI")), issues_made=2)
    made = with_item(empty, "Norco")
    assert [(issue.id, issue.title) for issue in made.issues] == [(1, "Norco"), (2, "MRI")]
    more = with_item(made, "X-ray", given=7)
    assert [(issue.id, issue.title) for issue in more.issues][-1] == (8, "X-ray")
