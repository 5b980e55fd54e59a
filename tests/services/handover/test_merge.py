"""Two states of a letter made one: what one side changed is taken, what both changed is asked."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.letter import Decision, FieldId, Issue, Letter, get_value, with_value
from app.services.handover.merge import Side, merge, new_ids, renumbered
from tests.budget import examples
from tests.services.store.letters import letter

BASE = letter(issues=3)


def with_field(of: Letter, key: str, value: object) -> Letter:
    return with_value(of, FieldId.from_key(key), value)


def without(of: Letter, number: int) -> Letter:
    return replace(of, issues=tuple(issue for issue in of.issues if issue.id != number))


def with_item(of: Letter, title: str) -> Letter:
    number = of.issues_made + 1
    item = Issue(id=number, title=title)
    return replace(of, issues=(*of.issues, item), issues_made=number)


def test_what_one_side_alone_changed_is_taken() -> None:
    ours = with_field(BASE, "clinical_summary", "Ours.")
    theirs = with_field(with_field(BASE, "patient.age", 57), "issues.2.rationale", "Theirs.")
    merged = merge(BASE, ours, theirs)
    assert merged.letter == with_field(theirs, "clinical_summary", "Ours.")
    assert (merged.taken, merged.conflicts) == (("patient.age", "issues.2.rationale"), ())


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    both = with_field(BASE, "patient.age", 57)
    assert merge(BASE, both, both).letter == both
    assert merge(BASE, both, both).changes == 0


def test_what_both_changed_stays_as_it_is_here_until_one_is_chosen() -> None:
    ours = with_field(BASE, "patient.age", 57)
    theirs = with_field(BASE, "patient.age", 75)
    merged = merge(BASE, ours, theirs)
    (conflict,) = merged.conflicts
    assert (conflict.key, conflict.ours, conflict.theirs) == ("patient.age", 57, 75)
    assert merged.letter == ours
    assert merge(BASE, ours, theirs, {"patient.age": Side.THEIRS}).letter == theirs


def test_without_a_common_state_all_that_differs_is_asked() -> None:
    theirs = with_field(BASE, "patient.age", 75)
    merged = merge(None, BASE, theirs)
    assert [conflict.key for conflict in merged.conflicts] == ["patient.age"]
    assert merged.letter == BASE


def test_an_item_added_on_each_side_is_two_items() -> None:
    ours, theirs = with_item(BASE, "Ours"), with_item(BASE, "Theirs")
    ids = new_ids({0: 0, 1: 1, 2: 2, 3: 3}, theirs, ours)
    merged = merge(BASE, ours, renumbered(theirs, ids))
    assert [issue.title for issue in merged.letter.issues[3:]] == ["Ours", "Theirs"]
    assert len({issue.id for issue in merged.letter.issues}) == 5
    assert merged.letter.issues_made == 5
    assert merged.added == (5,)


def test_an_item_that_one_side_removed_goes_unless_the_other_worked_on_it() -> None:
    theirs = without(BASE, 2)
    assert merge(BASE, BASE, theirs).letter.issues == theirs.issues
    ours = with_field(BASE, "issues.2.decision", Decision.OVERTURNED)
    merged = merge(BASE, ours, theirs)
    assert [conflict.key for conflict in merged.conflicts] == ["issues.2"]
    assert merged.letter.issues == ours.issues
    chosen = merge(BASE, ours, theirs, {"issues.2": Side.THEIRS})
    assert (chosen.letter.issues, chosen.removed) == (theirs.issues, (2,))
    # And the other way round: removed here, changed there.
    merged = merge(BASE, theirs, ours)
    assert merged.letter.issues == theirs.issues
    assert merge(BASE, theirs, ours, {"issues.2": Side.THEIRS}).letter.issues == ours.issues


def test_an_order_that_one_side_changed_is_taken() -> None:
    moved = replace(BASE, issues=(BASE.issues[2], *BASE.issues[:2]))
    ours = with_field(BASE, "issues.1.rationale", "Ours.")
    for first, second in ((ours, moved), (moved, ours)):
        merged = merge(BASE, first, second)
        assert [issue.id for issue in merged.letter.issues] == [3, 1, 2]
        assert merged.letter.issue(1).rationale == "Ours."


@dataclass
class Deed:
    """One thing somebody does to a letter."""

    kind: str
    number: int
    value: str

    def on(self, of: Letter) -> Letter:
        if self.kind == "add":
            return with_item(of, self.value)
        if self.kind == "field" or not of.issues:
            return with_field(of, "clinical_summary", self.value)
        issue = of.issues[self.number % len(of.issues)]
        if self.kind == "remove":
            return without(of, issue.id)
        if self.kind == "move":
            others = tuple(one for one in of.issues if one is not issue)
            return replace(of, issues=(issue, *others))
        return with_field(of, f"issues.{issue.id}.rationale", self.value)


DEEDS = st.lists(
    st.builds(
        Deed,
        st.sampled_from(("add", "field", "remove", "move", "item")),
        st.integers(0, 5),
        st.sampled_from(("one", "two", "three")),
    ),
    max_size=5,
)


@settings(max_examples=examples(150), deadline=None)
@given(DEEDS, DEEDS)
def test_nothing_of_either_side_is_lost(here: list[Deed], there: list[Deed]) -> None:
    ours = theirs = BASE
    for deed in here:
        ours = deed.on(ours)
    for deed in there:
        theirs = deed.on(theirs)
    theirs = renumbered(theirs, new_ids({0: 0, 1: 1, 2: 2, 3: 3}, theirs, ours))
    merged = merge(BASE, ours, theirs)
    ids = [issue.id for issue in merged.letter.issues]
    assert len(set(ids)) == len(ids)
    assert max(ids, default=0) <= merged.letter.issues_made
    asked = {conflict.key for conflict in merged.conflicts}
    for side, other in ((ours, theirs), (theirs, ours)):
        for field in (FieldId("clinical_summary"), *_rationales(side)):
            value = get_value(side, field)
            if value in (_base(field), _value(other, field)):
                continue
            # A change of one side stands in the letter, or somebody is asked about it.
            whole = f"issues.{field.issue}"
            assert value == _value(merged.letter, field) or {field.key, whole} & asked
    every = dict.fromkeys(asked, Side.THEIRS)
    assert merge(BASE, ours, theirs, every).conflicts == merged.conflicts


def _rationales(of: Letter) -> list[FieldId]:
    return [FieldId("issue.rationale", issue.id) for issue in of.issues]


def _base(field: FieldId) -> object:
    return _value(BASE, field)


def _value(of: Letter, field: FieldId) -> object:
    try:
        return get_value(of, field)
    except KeyError:
        return None
