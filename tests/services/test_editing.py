"""What a change carries with it."""

from __future__ import annotations

import pytest

from app.letter import Citation, FieldId, Request, Source, get_value
from app.services import editing
from app.services.citations import Style
from tests.ui.made_letters import letter

MAXIMUS = "issue.maximus_guideline"
SPLIT = (
    "Twelve visits of acupuncture was the original request. Six visits was authorized by the "
    "Claims Administrator. The remaining IMR eligible portion of the original request, six "
    "visits is"
)


def test_a_guideline_changed_as_text_is_read_again() -> None:
    made = letter()
    field = FieldId(MAXIMUS, 0)
    after = editing.edit_value(
        made, field, "Decision based on MTUS Knee Complaints 2004, Section(s): Initial Care."
    )
    (citation,) = get_value(after, field).citations
    assert (citation.title, citation.sections) == ("Knee Complaints", ("Initial Care",))


def test_a_citation_that_stays_keeps_its_library_entry() -> None:
    made, field = letter(), FieldId(MAXIMUS, 0)
    cited = editing.add_citation(
        made,
        field,
        Citation(source=Source.MTUS, title="Knee Complaints", edition="2004", library_id=7),
        Style.SECTIONS_2016,
    )
    text = get_value(cited, field).text.replace("Special Studies", "Initial Care")
    after = editing.edit_value(cited, field, text)
    assert 7 in [citation.library_id for citation in get_value(after, field).citations]


def test_a_title_is_split_and_its_parts_write_it() -> None:
    made = letter()
    title = FieldId("issue.title", 0)
    after = editing.edit_value(made, title, SPLIT)
    assert after.issue(0).request == Request(
        original="Twelve visits of acupuncture", authorized="Six visits", in_dispute="six visits"
    )
    part = FieldId("issue.request.authorized", 0)
    after = editing.edit_value(after, part, "Four visits")
    assert "Four visits was authorized by the Claims Administrator." in after.issue(0).title
    plain = editing.edit_value(after, title, "Acupuncture")
    assert plain.issue(0).request is None


@pytest.mark.parametrize("value", ["", "Physical therapy"])
def test_the_same_value_is_no_change(value: str) -> None:
    field = FieldId("issue.title", 0)
    made = editing.edit_value(letter(), field, value)
    assert editing.edit_value(made, field, value) is made


def test_issue_ids_are_never_given_twice() -> None:
    made = letter()
    after, first = editing.add_issue(made)
    after = editing.remove_issue(after, first)
    after, second = editing.add_issue(after, after=0)
    assert second > first
    assert [issue.id for issue in after.issues] == [0, second, 1]
    after, copy = editing.duplicate_issue(after, 0)
    assert after.issue(copy).title == after.issue(0).title
    assert [i.id for i in editing.move_issue(after, 0, 2).issues] == [copy, second, 0, 1]
    assert [i.id for i in editing.move_issue(after, 0, -3).issues] == [0, copy, second, 1]


def test_a_removed_citation_leaves_the_fixed_sentence() -> None:
    made, field = letter(), FieldId(MAXIMUS, 0)
    after = editing.remove_citation(made, field, 0, Style.SECTIONS_2016)
    assert get_value(after, field).citations == ()
    assert get_value(after, field).text


@pytest.mark.parametrize(
    "change",
    [
        lambda made: editing.edit_value(made, FieldId("header.priority"), "Expedited"),
        lambda made: editing.edit_value(made, FieldId("issue.title", 0), SPLIT),
        lambda made: editing.add_issue(made)[0],
        lambda made: editing.remove_issue(made, 1),
        lambda made: editing.move_issue(made, 1, -1),
    ],
)
def test_a_described_step_can_be_done_again(change) -> None:
    made = letter()
    after = change(made)
    key, _before, value = editing.describe_step(made, after, FieldId("issue.title", 0))
    again = editing.apply_step(made, key, value)
    assert again.issues == after.issues
    assert again.header == after.header
