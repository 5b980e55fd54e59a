from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.letter import Source
from app.services.library import Entry, EntryKind, Library, Rule, check_entry

COMPLETE = {
    EntryKind.GUIDELINE: Entry(title="T", publisher="P", edition="2016"),
    EntryKind.STUDY: Entry(
        kind=EntryKind.STUDY, title="T", authors=("A B",), edition="2016", journal="J", volume="1", pages="2"
    ),
}  # fmt: skip


@pytest.mark.parametrize("entry", COMPLETE.values())
def test_a_complete_entry_has_no_problem(entry: Entry) -> None:
    assert check_entry(entry) == ()


@pytest.mark.parametrize(
    ("entry", "rule", "field"),
    [
        (replace(COMPLETE[EntryKind.GUIDELINE], edition=""), Rule.LAW, "edition"),
        (replace(COMPLETE[EntryKind.GUIDELINE], publisher=""), Rule.LAW, "publisher"),
        (replace(COMPLETE[EntryKind.STUDY], authors=()), Rule.LAW, "authors"),
        (replace(COMPLETE[EntryKind.STUDY], volume=""), Rule.LAW, "volume"),
        (replace(COMPLETE[EntryKind.STUDY], edition="16"), Rule.HOUSE, "edition"),
        (replace(COMPLETE[EntryKind.STUDY], title="A; b"), Rule.HOUSE, "title"),
        (
            Entry(kind=EntryKind.MTUS, source=Source.MTUS, title="T", edition="2016"),
            Rule.HOUSE,
            "effective_from",
        ),
        (replace(COMPLETE[EntryKind.STUDY], title=""), Rule.FORM, "title"),
    ],
)
def test_law_house_and_form_are_told_apart(entry: Entry, rule: Rule, field: str) -> None:
    (problem,) = check_entry(entry)
    assert (problem.rule, problem.field, problem.blocks) == (rule, field, rule is Rule.FORM)


def test_wording_nobody_checked_is_not_told_as_law(library: Library) -> None:
    for entry in library.entries():
        problems = check_entry(entry)
        assert not any(problem.blocks for problem in problems)
        assert all("not checked" in p.message for p in problems if p.rule is Rule.LAW)
