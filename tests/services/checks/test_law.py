"""Rules follow the dates of the letter: numbers of sections, clocks, the drug list of the day."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from app.letter import Citation, Letter
from app.services.checks import CheckContext, Severity, check, standard_table
from app.services.checks.law import cite_of_all_days, deadlines_on, source_on
from app.services.checks.table import rules_in_force

from .sound import SOUND, mtus, odg, other
from .test_rules import WITH_LIST, asked, decided


def found(letter: Letter, rule: str, context: CheckContext | None = None) -> list[str]:
    return [one.sentence for one in check(letter, context or CheckContext()) if one.rule == rule]


@pytest.mark.parametrize(
    ("day", "old"),
    [
        (date(2016, 3, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
        (date(2027, 1, 5), False),
    ],
)
def test_no_old_section_of_the_review_rules_is_told_of_a_letter_of_april_2026_or_later(
    day: date, old: bool
) -> None:
    cites = [source_on(rule.source, day).cite for rule in standard_table().rules]
    assert any("9792.10.6" in cite for cite in cites) is old
    assert any("9792.10.5" in cite for cite in cites) is old
    letter = replace(SOUND, header=replace(SOUND.header, decision_date=day), issues=())
    told = next(one for one in check(letter) if one.rule == "no-issues").source
    assert ("9792.10.6" in told.cite) is old
    assert told.confirmed is old
    assert ("April 1, 2026" in told.cite) is not old


@pytest.mark.parametrize(
    ("assigned", "old"),
    [(date(2026, 3, 31), True), (date(2026, 4, 1), False), (date(2026, 4, 2), False)],
)
def test_a_letter_that_is_not_decided_yet_is_told_the_rules_of_its_latest_day(
    assigned: date, old: bool
) -> None:
    header = replace(SOUND.header, date_assigned=assigned, decision_date=None)
    for priority in ("Standard", "Expedited"):
        letter = replace(SOUND, header=replace(header, priority=priority))
        (note,) = [one for one in check(letter) if one.rule == "deadlines"]
        assert ("9792.10.5" in note.source.cite) is old
        assert note.severity is Severity.INFO
    told = check(letter, CheckContext(today=date(2026, 4, 2)))
    assert not any("9792.10.5" in one.source.cite for one in told)


@pytest.mark.parametrize(
    ("day", "old"),
    [(date(2015, 4, 19), True), (date(2015, 4, 20), False), (date(2026, 4, 2), False)],
)
def test_the_sequence_of_the_search_is_not_told_of_letters_before_it_was_in_force(
    day: date, old: bool
) -> None:
    told = {rule.id: source_on(rule.source, day) for rule in standard_table().rules}
    for rule in ("edition-not-adopted", "no-reason-outside", "search-order"):
        cites = [told[one].cite for one in told if one == rule]
        assert all(cite.startswith("Labor Code 4610.5(c)(2)") is old for cite in cites)
    ranked = [one for one in told.values() if "4610.5(c)(2), the ranks of evidence" in one.cite]
    assert bool(ranked) is old
    assert not any(one.confirmed for one in ranked)


@pytest.mark.parametrize(
    ("citation", "rule", "lacks"),
    [
        (mtus("Knee Complaints", None, chapter="13"), "mtus-parts", {2014: "lacks the page", 2016: "lacks the year and the section", 2024: "lacks the year and the section"}),
        (mtus("Knee Complaints", None, chapter="13", pages="343"), "mtus-parts", {2014: "", 2016: "lacks the year", 2024: "lacks the year"}),
        (mtus("Knee Complaints", "2004"), "mtus-parts", {2014: "lacks the page", 2016: "lacks the section", 2024: "lacks the section"}),
        (mtus("Knee Complaints", "2004", "Surgical Considerations"), "mtus-parts", {2014: "", 2016: "", 2024: ""}),
        (odg("Knee & Leg", None), "other-parts", {2014: "", 2016: "lack the year", 2024: "lack the year"}),
        (other("Doe A, Braces of the knee, J Example Med, 2012"), "study-parts", {2014: "", 2016: "lacks the volume, the page", 2024: "lacks the volume, the page"}),
    ],
)  # fmt: skip
def test_a_citation_is_judged_by_the_format_of_the_letters_day(
    citation: Citation, rule: str, lacks: dict[int, str]
) -> None:
    for year, words in lacks.items():
        told = found(decided(year, 7, 1, citation), rule)
        assert [words in one for one in told] == ([True] if words else []), (year, told)
    cited = next(rule for rule in standard_table().rules if rule.id == "mtus-parts").source
    assert "9792.21.1(d)" in source_on(cited, date(2024, 7, 1)).cite
    assert source_on(cited, date(2014, 7, 1)).cite.startswith("How letters before 2016 cite")


def test_where_no_letter_is_meant_a_section_is_told_with_the_days_it_is_called_so() -> None:
    told = {rule.id: cite_of_all_days(rule.source) for rule in standard_table().rules}
    for rule in standard_table().rules:
        old = source_on(rule.source, date(2026, 4, 1)).cite != rule.source.cite
        assert ("before 04/01/2026" in told[rule.id]) is old
    assert "after 12/31/2015; in others: how letters before 2016 cite" in told["mtus-parts"]


def test_sections_that_were_not_renumbered_stay() -> None:
    cites = [source_on(rule.source, date(2026, 10, 1)).cite for rule in standard_table().rules]
    assert any("9792.21.1" in cite for cite in cites)
    assert any("9792.27.10" in cite for cite in cites)


def test_a_rule_of_a_time_looks_at_letters_of_that_time_alone() -> None:
    def ids(day: date | None) -> set[str]:
        return {rule.id for rule in rules_in_force(CheckContext(), day)}

    assert ids(date(2018, 1, 1)) - ids(date(2017, 12, 31)) == {"drug-list"}
    assert ids(None) >= ids(date(2020, 1, 1))


@pytest.mark.parametrize(
    ("expedited", "lengths"),
    [(False, ["15 days", "12 days", "30 days"]), (True, ["24 hours", "72 hours"])],
)
def test_the_clocks_are_data(expedited: bool, lengths: list[str]) -> None:
    clocks = deadlines_on(date(2016, 11, 1), expedited=expedited)
    assert [clock.length for clock in clocks] == lengths


def test_deadlines_are_a_note_and_never_an_error() -> None:
    letter = replace(
        SOUND,
        header=replace(SOUND.header, date_assigned=date(2016, 11, 1), decision_date=None),
    )
    (note,) = [one for one in check(letter) if one.rule == "deadlines"]
    assert note.severity is Severity.INFO
    assert "11/16/2016 (15 days)" in note.sentence
    assert "11/13/2016 (12 days)" in note.sentence
    assert "30 days after the records are complete" in note.sentence
    assert not note.source.confirmed
    for rule in standard_table().rules:
        if rule.id in ("deadlines", "time-limit"):
            assert rule.severity is Severity.INFO


@pytest.mark.parametrize(
    ("title", "day", "words"),
    [
        ("Gabapentin 300mg #90", date(2025, 9, 1), "Gabapentin is non-exempt on the MTUS Drug List v. 13, in force from 08/06/2025. Special fill: 4 days."),
        ("Motrin 800mg #90", date(2026, 1, 5), "Ibuprofen is exempt on the MTUS Drug List v. 13"),
        ("Tramadol 50mg #60", date(2025, 9, 1), "Tramadol is unlisted on the MTUS Drug List v. 13"),
        ("Gabapentin 300mg #90", date(2025, 8, 5), "Gabapentin: the rows of the MTUS Drug List v. 12, in force from 11/01/2024, are not loaded"),
        ("Gabapentin 300mg #90", date(2023, 5, 5), "v. 10, in force from 11/01/2022"),
        ("Gabapentin 300mg #90", date(2024, 2, 14), "v. 10, in force from 11/01/2022, are"),
        ("Gabapentin 300mg #90", date(2024, 2, 15), "v. 11.1, in force from 02/15/2024 (v. 11 is of the same day)"),
        ("Gabapentin 300mg #90", date(2019, 5, 5), "v. 3, in force from 10/01/2018 (or v. 4 or v. 5, whose first day is not known here)"),
    ],
)  # fmt: skip
def test_the_drug_of_an_item_on_the_list_of_the_day(title: str, day: date, words: str) -> None:
    (told,) = found(asked(title, day), "drug-list", WITH_LIST)
    assert words in told
