"""The wordings of plain errors load, are what they claim to be, and say something of the checks."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from app.services.checks import check, standard_table
from tests.score.wordings.__main__ import main, run
from tests.score.wordings.letters import (
    base_names,
    changed_fields,
    letter_of,
    long_names,
    round_names,
)
from tests.score.wordings.rows import HERE, Row, load_families, load_rounds, load_rows

OPEN, HELD_OUT = load_rows("open"), load_rows("held_out")
ALL = OPEN + HELD_OUT


def kinds(rows: tuple[Row, ...], *, harmless: bool) -> Counter[str]:
    return Counter(row.kind for row in rows if row.harmless is harmless)


def test_each_kind_of_error_has_five_wordings_of_which_two_are_set_aside() -> None:
    assert len(kinds(ALL, harmless=False)) >= 100
    assert set(kinds(OPEN, harmless=False).values()) == {3}
    assert set(kinds(HELD_OUT, harmless=False).values()) == {2}
    assert kinds(OPEN, harmless=False).keys() == kinds(HELD_OUT, harmless=False).keys()


def test_each_harmless_change_has_three_wordings_of_which_one_is_set_aside() -> None:
    assert len(kinds(ALL, harmless=True)) >= 40
    assert set(kinds(OPEN, harmless=True).values()) == {2}
    assert set(kinds(HELD_OUT, harmless=True).values()) == {1}
    assert kinds(OPEN, harmless=True).keys() == kinds(HELD_OUT, harmless=True).keys()


def test_names_are_unique_and_no_wording_stands_in_both_halves() -> None:
    assert max(Counter(row.name for row in ALL).values()) == 1
    assert {path.name for path in (HERE / "open").iterdir()} == {
        path.name for path in (HERE / "held_out").iterdir()
    }
    by_kind: dict[str, set[frozenset[tuple[str, str]]]] = {}
    for row in ALL:
        by_kind.setdefault(row.kind, set()).add(frozenset(row.changes.items()))
    assert sum(map(len, by_kind.values())) == len(ALL)


def test_a_wording_changes_its_letter_at_the_fields_it_names() -> None:
    same = [row.name for row in ALL if letter_of(row.base, row.changes) == letter_of(row.base)]
    assert same == []
    for row in ALL:
        issues = {issue.id for issue in letter_of(row.base).issues}
        assert {field.issue for field in changed_fields(row.changes)} <= issues | {None}, row.name


def test_every_family_is_in_the_table_and_names_rules_that_exist() -> None:
    families = load_families()
    rules = {rule.id for rule in standard_table().rules}
    assert {family for row in ALL for family in row.families} <= families.keys()
    assert {rule for named in families.values() for rule in named} <= rules


def test_a_wording_is_caught_by_a_rule_of_its_families_only() -> None:
    row = next(row for row in OPEN if row.kind == "record-after-decision")
    caught, missed = (
        run([row], {"record-date": ("date-after-decision",)}),
        run([row], {"record-date": ("age",)}),
    )
    assert caught[0].right
    assert caught[0].findings
    assert not missed[0].right


def test_what_a_sound_letter_already_says_does_not_count() -> None:
    rows = [
        Row(kind="same", number=1, base=base, changes={}, families=("age",))
        for base in base_names()
    ]
    assert not any(result.findings for result in run(rows, {"age": ()}))


def test_the_long_letters_of_the_halves_differ() -> None:
    opened, aside = set(long_names("open")), set(long_names("held_out"))
    assert opened
    assert aside
    assert not opened & aside
    assert not (opened | aside) & set(base_names())
    assert {letter_of(name).outcome for name in opened | aside} != {None}


def test_the_half_set_aside_is_never_listed() -> None:
    with pytest.raises(SystemExit):
        main(["--held-out", "--list"])


@pytest.mark.parametrize("name", sorted(load_rounds()))
def test_a_round_that_was_read_stays_caught(name: str) -> None:
    """A third of each round, by turns: what was caught stays caught, and nothing harmless is told."""
    results = run(load_rounds()[name][::3], load_families())
    missed = {r.row.name for r in results if not r.row.harmless and not r.right}
    known = msgspec.json.decode((HERE / "rounds" / "missed.json").read_bytes())
    assert missed <= set(known[name])
    assert [r.row.name for r in results if r.row.harmless and r.findings] == []


def test_in_the_letters_of_the_rounds_no_fact_is_wrong() -> None:
    said = {finding.rule for name in round_names() for finding in check(letter_of(name))}
    assert not said & {rule for rules in load_families().values() for rule in rules}
