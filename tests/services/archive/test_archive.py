"""Items are found by words and structure, as the letters stand at the moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.letter import FieldId, get_value, with_value
from app.services.archive.archive import PAGE, Archive
from app.services.archive.values import Facet, Found, Question
from app.services.database import open_database
from app.services.store import Store
from tests.services.archive.made_letters import BACK, UPHELD, WRIST, issue, keep, letter


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two letters of two items; only read here."""
    folder = tmp_path_factory.mktemp("archive")
    database = open_database(folder / "imr-desk.db")
    store = Store(database, folder)
    keep(store, WRIST)
    keep(store, BACK)
    made = Archive(database)
    made.fill()
    yield made
    database.close()


def titles(archive: Archive, words: str = "", **more: object) -> set[str]:
    question = Question(words=words, **more)  # type: ignore[arg-type]
    found = archive.page(question)
    assert archive.count(question) == len(found)
    return {one.title.split()[0] for one in found if one.issue_id is not None}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("grip", {"Occupational", "Gabapentin"}),
        ("grip strength", {"Occupational", "Gabapentin"}),
        ('"grip strength"', {"Occupational"}),
        ('"strength grip"', set()),
        ("gab*", {"Gabapentin"}),
        ("visit", {"Occupational"}),  # the letter says visits
        ("necessary -imaging", {"Occupational", "Tramadol"}),
        ('necessary -"red flag"', {"Occupational", "Tramadol"}),
        ("X-ray", set()),  # of the summary alone
        ("hand therapy", {"Occupational"}),  # of the request
        ('"unclosed quote', set()),
        ("AND OR NOT ( ) : ^ ' \" *", set()),
        ("opioid", {"Tramadol", "Gabapentin"}),  # the guideline is called so
    ],
)
def test_words_find_items(archive: Archive, words: str, wanted: set[str]) -> None:
    assert titles(archive, words) == wanted


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({Facet.DECISION: ("Overturned",)}, {"Tramadol"}),
        ({Facet.DECISION: ("Overturned", "Upheld"), Facet.DRUG: ("gabapentin",)}, {"Gabapentin"}),
        ({Facet.KIND: ("Imaging",)}, {"MRI"}),
        ({Facet.PART: ("low back",)}, {"MRI", "Gabapentin"}),
        ({Facet.GUIDELINE: ("MTUS Opioids",)}, {"Tramadol", "Gabapentin"}),
        ({Facet.EDITION: ("MTUS Opioids, 2009",)}, {"Gabapentin"}),
        ({Facet.SPECIALTY: ("Pain Management",)}, {"MRI", "Gabapentin"}),
        ({Facet.OUTCOME: ("Partial Overturn",)}, {"Occupational", "Tramadol"}),
        ({Facet.DRUG: ("no such",)}, set()),
    ],
)
def test_structure_finds_items(
    archive: Archive, chosen: dict[Facet, tuple[str, ...]], wanted: set[str]
) -> None:
    assert titles(archive, chosen=chosen) == wanted


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (date(2016, 3, 4), date(2016, 3, 4), {"Occupational", "Tramadol"}),
        (date(2016, 3, 5), None, {"MRI", "Gabapentin"}),
        (None, date(2016, 3, 3), set()),
        (date(2015, 12, 31), date(2017, 11, 29), {"Occupational", "Tramadol"}),
        (date(2017, 1, 1), date(2017, 12, 31), {"MRI", "Gabapentin"}),
    ],
)
def test_days_bound_a_search(
    archive: Archive, first: date | None, last: date | None, wanted: set[str]
) -> None:
    assert titles(archive, first_day=first, last_day=last) == wanted


def test_words_and_structure_narrow_each_other(archive: Archive) -> None:
    assert titles(archive, "necessary", chosen={Facet.DECISION: ("Upheld",)}) == {
        "Occupational",
        "MRI",
    }


def test_a_result_knows_where_its_words_stand(archive: Archive) -> None:
    def only(words: str) -> Found:
        (found,) = archive.page(Question(words=words))
        return found

    cases = (
        (WRIST, "weaning", FieldId("issue.rationale", 2), "Weaning"),
        (WRIST, '"8 visits of hand therapy"', FieldId("issue.request.in_dispute", 1), "8"),
        (BACK, "roofer", FieldId("clinical_summary"), "roofer"),
        (BACK, "CM16-0300002", FieldId("header.case_number"), "CM16"),
        (BACK, '"without contrast"', FieldId("issue.title", 1), "without"),
    )
    for of, words, field, first in cases:
        found = only(words)
        assert found.field == field
        value = get_value(of, field)
        start, end = found.places[0]
        assert value[start:end].startswith(first)
        start, end = found.lit[0]
        assert found.snippet[start:end].startswith(first)


def test_values_are_counted_among_what_was_found(archive: Archive) -> None:
    def counts(facet: Facet, words: str = "") -> dict[str, int]:
        found = archive.facets(Question(words=words))
        return {one.value: one.count for one in found[facet]}

    assert counts(Facet.DECISION) == {"Upheld": 3, "Overturned": 1}
    assert counts(Facet.DECISION, "necessary") == {"Upheld": 2, "Overturned": 1}
    assert counts(Facet.DRUG, "grip") == {"gabapentin": 1}
    chosen = Question(chosen={Facet.DECISION: ("Overturned",)})
    narrowed = archive.facets(chosen)
    assert {one.value: one.count for one in narrowed[Facet.DECISION]} == {
        "Upheld": 3,
        "Overturned": 1,
    }
    assert {one.value for one in narrowed[Facet.DRUG]} == {"tramadol"}
    assert counts(Facet.OUTCOME) == {"Uphold": 2, "Partial Overturn": 2}


def test_a_word_that_stands_nowhere_is_put_right(archive: Archive) -> None:
    for typed, meant in (
        ("weening", "weaning"),
        ("grip strenght", "grip strength"),
        ("gabapentan", "gabapentin"),
        ("lumber imaging", "lumbar imaging"),
        ("grip strength", ""),
        ("qqqqqq", ""),
    ):
        assert archive.did_you_mean(Question(words=typed)) == meant


def test_a_value_is_named_by_its_words(archive: Archive) -> None:
    assert archive.matching(Facet.GUIDELINE, "low back") == ("MTUS Low Back Complaints",)
    assert archive.matching(Facet.DECISION, "upheld") == ("Upheld",)
    with pytest.raises(UserError, match="Did you mean gabapentin"):
        archive.matching(Facet.DRUG, "gabapentn")


def test_only_what_must_not_be_there_is_no_question(archive: Archive) -> None:
    with pytest.raises(UserError, match="must not be there"):
        archive.page(Question(words="-pain"))


def test_a_list_of_terms_is_counted(archive: Archive) -> None:
    counted = archive.terms(("grip", '"red flag"', "*", "-x"), Question())
    assert [(one.items, one.letters) for one in counted] == [(2, 2), (1, 1), (0, 0), (0, 0)]
    assert [bool(one.problem) for one in counted] == [False, False, True, True]


# As the letters stand at the moment


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = open_database(tmp_path / "imr-desk.db")
    yield Store(database, tmp_path)
    database.close()


def _edited(store: Store, case_id: int, field: FieldId, value: str) -> None:
    before = store.case(case_id).letter
    store.record_edit(
        case_id,
        with_value(before, field, value),
        field=field.key,
        before=get_value(before, field),
        after=value,
        by="clerk",
        label="Edit",
    )


def test_what_was_done_since_is_found(store: Store) -> None:
    archive = Archive(store.database)
    assert archive.fill() == 0
    case_id = keep(store, WRIST)
    assert archive.fill() == 1
    assert titles(archive, "weaning") == {"Tramadol"}
    _edited(store, case_id, FieldId("issue.rationale", 2), "A taper was agreed.")
    archive.fill()
    assert (titles(archive, "weaning"), titles(archive, "taper")) == (set(), {"Tramadol"})
    store.remove_case(case_id, by="clerk")
    archive.fill()
    assert titles(archive, "taper") == set()
    assert archive.facets(Question())[Facet.DECISION] == ()
    store.put_back(case_id, by="clerk")
    archive.fill()
    assert titles(archive, "taper") == {"Tramadol"}
    assert archive.fill() == 0


def test_the_newest_come_first_and_pages_follow_each_other(store: Store) -> None:
    for number in range(PAGE + 5):
        one = issue(1, f"Item {number}", UPHELD, "The same words in each of them.")
        keep(store, letter(number, date(2016, 1, 1), "", one))
    archive = Archive(store.database)
    archive.fill()
    question = Question(words="same words")
    first, second = archive.page(question), archive.page(question, PAGE)
    assert [one.title for one in (*first, *second)] == [
        f"Item {number}" for number in reversed(range(PAGE + 5))
    ]


def test_an_edit_keeps_an_item_in_its_place(store: Store) -> None:
    older, _ = keep(store, WRIST), keep(store, BACK)
    archive = Archive(store.database)
    archive.fill()
    before = [one.title for one in archive.page(Question())]
    _edited(store, older, FieldId("issue.rationale", 2), "A taper was agreed.")
    archive.fill()
    assert [one.title for one in archive.page(Question())] == before


def test_filling_stops_and_goes_on(store: Store) -> None:
    for number in range(230):
        keep(store, letter(number, date(2016, 1, 1), f"Case {number}"))
    archive = Archive(store.database)
    told: list[tuple[int, int]] = []

    archive.fill(lambda done, of: told.append((done, of)), is_cancelled=lambda: bool(told))
    assert told == [(100, 230)]
    assert archive.due() == 130
    assert archive.count(Question(words="case")) == 100
    assert archive.fill() == 130
    assert archive.count(Question(words="case")) == 230
