"""The state of a field follows from values alone."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from app.evidence import Doubt, Evidence
from app.letter import FieldId, Header, Letter, Patient, Reviewer, get_value, with_value
from app.paths import SAMPLE
from app.services.checks import Finding, Severity, Source, check
from app.services.parsing import parse
from app.services.pdf import read
from app.services.review import (
    OpenPoint,
    State,
    all_statuses,
    field_status,
    following,
    open_points,
    points_words,
    still_said,
)

NUMBER = FieldId("header.case_number")
AGE = FieldId("patient.age")
READ = Letter(header=Header(case_number="CM16-0200001", decision_date=date(2016, 11, 14)))
DOUBT = {NUMBER: Evidence(doubts=(Doubt(words="Two numbers follow the label."),))}


@pytest.mark.parametrize(
    ("letter", "field", "evidence", "confirmed", "state", "is_open"),
    [
        (READ, NUMBER, {}, {}, State.PARSED, False),
        (READ, NUMBER, DOUBT, {}, State.DOUBTFUL, True),
        (READ, NUMBER, DOUBT, {NUMBER: "CM16-0200001"}, State.CONFIRMED, False),
        (READ, NUMBER, DOUBT, {NUMBER: "CM16-0299999"}, State.DOUBTFUL, True),
        (with_value(READ, NUMBER, "CM16-1"), NUMBER, DOUBT, {}, State.EDITED, False),
        (with_value(READ, NUMBER, ""), NUMBER, {}, {}, State.MISSING, True),
        (with_value(READ, NUMBER, ""), NUMBER, {}, {NUMBER: ""}, State.CONFIRMED, False),
        (READ, AGE, {}, {}, State.EMPTY, False),
        (
            READ,
            AGE,
            {AGE: Evidence(doubts=(Doubt(words="No age is told."),))},
            {},
            State.MISSING,
            True,
        ),
    ],
)
def test_state(letter, field, evidence, confirmed, state, is_open) -> None:
    status = field_status(field, letter, READ, evidence, confirmed)
    assert (status.state, status.open) == (state, is_open)
    assert status.words or state is State.EMPTY


def test_a_doubt_is_told_in_its_own_words() -> None:
    status = field_status(NUMBER, READ, READ, DOUBT, {})
    assert status.words == "Two numbers follow the label."


def test_open_points_come_in_the_order_of_the_form() -> None:
    statuses = all_statuses(replace(READ, header=Header()), READ, {}, {})
    names = [point.field.name for point in open_points(statuses)]
    assert names[0] == "header.case_number"
    assert names.index("header.priority") < names.index("clinical_summary")


INJURY = FieldId("header.date_of_injury")
TOLD = FieldId("patient.date_of_injury")
TWO_DAYS = Letter(
    header=Header(case_number="CM16-0200001", date_of_injury=date(2014, 3, 8)),
    patient=Patient(date_of_injury=date(2014, 3, 18)),
)
DAYS = ("03/08/2014", "03/18/2014")


def differs(words: str, other: FieldId) -> Doubt:
    return Doubt(words=words, rule="injury-date", values=DAYS, related=(other,))


ONE_QUESTION = {
    INJURY: Evidence(doubts=(differs("The summary has 3/18/2014.", TOLD),), others=("03/18/2014",)),
    TOLD: Evidence(doubts=(differs("The header has 03/08/2014.", INJURY),), others=("03/08/2014",)),
}


def error(field: FieldId, *related: FieldId) -> Finding:
    return Finding(
        rule="some-rule",
        severity=Severity.ERROR,
        sentence=f"{field.spec.label} does not hold together.",
        field=field,
        source=Source("house", ""),
        remedy="Look at it.",
        key=f"some-rule:{field.key}",
        alike="some-rule",
        related=related,
    )


def points(letter=TWO_DAYS, confirmed=(), findings=(), postponed=()) -> dict[FieldId, OpenPoint]:
    values = {field: get_value(letter, field) for field in confirmed}
    statuses = all_statuses(letter, TWO_DAYS, ONE_QUESTION, values, {}, findings)
    found = open_points(statuses, postponed)
    return {point.field: point for point in found if point.field in (INJURY, TOLD)}


def test_one_question_is_asked_at_the_field_that_comes_first() -> None:
    assert list(points()) == [INJURY]
    statuses = all_statuses(TWO_DAYS, TWO_DAYS, ONE_QUESTION, {})
    # The other side can be answered all the same: it says what is asked there.
    assert statuses[TOLD].asks
    assert statuses[TOLD].state is State.DOUBTFUL


@pytest.mark.parametrize("side", [INJURY, TOLD])
def test_keeping_either_side_settles_both(side: FieldId) -> None:
    assert points(confirmed=[side]) == {}


@pytest.mark.parametrize(("side", "day"), [(INJURY, date(2014, 3, 18)), (TOLD, date(2014, 3, 8))])
def test_giving_either_side_the_other_value_settles_both(side: FieldId, day: date) -> None:
    assert points(with_value(TWO_DAYS, side, day)) == {}


def test_a_third_value_leaves_the_other_side_to_be_asked() -> None:
    assert list(points(with_value(TWO_DAYS, INJURY, date(2014, 4, 8)))) == [TOLD]


def test_an_error_that_is_the_question_itself_comes_up_when_it_is_answered() -> None:
    findings = (error(TOLD, INJURY),)
    assert list(points(findings=findings)) == [INJURY]
    left = points(confirmed=[INJURY], findings=findings)[TOLD]
    # Somebody has chosen: it is left to do, and nobody has to be asked again.
    assert (left.state, left.waits) == (State.ERROR, False)


def test_an_error_outweighs_a_doubt_and_both_are_told_once() -> None:
    evidence = {NUMBER: DOUBT[NUMBER]}
    statuses = all_statuses(READ, READ, evidence, {}, {}, (error(NUMBER),))
    status = statuses[NUMBER]
    assert status.state is State.ERROR
    assert status.asks
    assert status.waits
    assert status.words == "Case number does not hold together.\nTwo numbers follow the label."
    assert [p.field for p in open_points(statuses)].count(NUMBER) == 1


def test_an_error_in_a_confirmed_value_is_left_to_do_but_does_not_wait() -> None:
    statuses = all_statuses(READ, READ, {}, {NUMBER: "CM16-0200001"}, {}, (error(NUMBER),))
    assert (statuses[NUMBER].open, statuses[NUMBER].waits) == (True, False)


def test_half_typed_words_outweigh_all() -> None:
    statuses = all_statuses(READ, READ, DOUBT, {}, {NUMBER: "No number."}, (error(NUMBER),))
    assert statuses[NUMBER].state is State.HALF_TYPED
    assert statuses[NUMBER].words == "No number."


def test_an_error_of_no_field_of_the_form_is_told_at_its_beginning() -> None:
    statuses = all_statuses(READ, READ, {}, {}, {}, (error(FieldId("issue.title", 7)),))
    assert statuses[NUMBER].state is State.ERROR


def test_warnings_are_nothing_left_to_do() -> None:
    warning = replace(error(NUMBER), severity=Severity.WARNING)
    assert all_statuses(READ, READ, {}, {}, {}, (warning,))[NUMBER].state is State.PARSED


def test_what_was_put_off_is_left_to_do_and_does_not_wait() -> None:
    put_off = points(postponed=[INJURY])[INJURY]
    assert (put_off.postponed, put_off.waits) == (True, False)
    # A field with nothing against it too: somebody left a note on it.
    assert TOLD in points(confirmed=[TOLD], postponed=[TOLD])


def test_the_next_point_comes_round_the_end() -> None:
    statuses = all_statuses(replace(READ, header=Header()), READ, {}, {})
    left = open_points(statuses)
    first, second, last = left[0].field, left[1].field, left[-1].field
    assert following(left, statuses, None) == first
    assert following(left, statuses, first) == second
    assert following(left, statuses, last) == first
    assert following(left, statuses, first, backwards=True) == last
    assert following(left, statuses, second, backwards=True) == first
    assert following((), statuses, first) is None


def test_a_finding_counts_while_its_values_are_what_the_checks_saw() -> None:
    finding = error(TOLD, INJURY)
    other = with_value(TWO_DAYS, NUMBER, "CM16-0200002")
    assert still_said((finding,), TWO_DAYS, other) == (finding,)
    changed = with_value(TWO_DAYS, INJURY, date(2014, 3, 18))
    assert still_said((finding,), TWO_DAYS, changed) == ()


def test_how_much_is_left_is_told_by_kind() -> None:
    made = [
        OpenPoint(field=NUMBER, state=State.ERROR, words="", waits=True),
        OpenPoint(field=INJURY, state=State.DOUBTFUL, words="", waits=True),
        OpenPoint(field=TOLD, state=State.DOUBTFUL, words="", waits=True),
        OpenPoint(field=AGE, state=State.MISSING, words="", waits=False, postponed=True),
    ]
    assert points_words(made) == "1 error, 2 doubts, 1 postponed"
    assert points_words([]) == ""


LICENSURE = FieldId("reviewer.licensure")


def test_a_value_on_no_list_is_asked_about_and_stays_told_when_it_is_confirmed() -> None:
    parsed = Letter(reviewer=Reviewer(licensure=("California",)))
    letter = Letter(reviewer=Reviewer(licensure=("California", "Kalif")))
    status = field_status(LICENSURE, letter, parsed, {}, {})
    assert (status.state, status.open, status.unlisted) == (State.DOUBTFUL, True, True)
    assert status.words == "“Kalif” is on no list of states."
    kept = field_status(LICENSURE, letter, parsed, {}, {LICENSURE: ("California", "Kalif")})
    assert (kept.state, kept.open, kept.unlisted) == (State.CONFIRMED, False, True)
    assert "“Kalif” is on no list" in kept.words


DENIED = FieldId("header.ur_denial_date")
DECIDED = FieldId("header.decision_date")
LATE = Letter(header=Header(ur_denial_date=date(2016, 12, 1), decision_date=date(2016, 11, 14)))
IN_ORDER = ("12/01/2016", "11/14/2016")


def out_of_order(other: FieldId) -> Doubt:
    words = "The UR denial date is after the decision."
    return Doubt(words=words, rule="dates-order", values=IN_ORDER, related=(other,))


def test_a_doubt_goes_when_another_of_its_values_is_changed() -> None:
    """Whether the new values go together is for the checks to say, as the letter stands."""
    evidence = {DECIDED: Evidence(doubts=(out_of_order(DENIED), Doubt(words="It is blurred.")))}
    statuses = all_statuses(LATE, LATE, evidence, {})
    assert statuses[DECIDED].words == f"{out_of_order(DENIED).words} It is blurred."
    changed = with_value(LATE, DENIED, date(2016, 10, 1))
    assert all_statuses(changed, LATE, evidence, {})[DECIDED].words == "It is blurred."
    only = {DECIDED: Evidence(doubts=(out_of_order(DENIED),))}
    assert all_statuses(changed, LATE, only, {})[DECIDED].state is State.PARSED
    assert all_statuses(LATE, LATE, only, {})[DECIDED].state is State.DOUBTFUL


def test_the_same_judgement_is_told_once_whatever_its_words() -> None:
    evidence = {DECIDED: Evidence(doubts=(out_of_order(DENIED), Doubt(words="It is blurred.")))}
    same = replace(error(DECIDED, DENIED), rule="dates-order", values=IN_ORDER[::-1])
    status = all_statuses(LATE, LATE, evidence, {}, {}, (same,))[DECIDED]
    assert status.words == f"{same.sentence}\nIt is blurred."
    assert status.tells(same)


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("dates-order", ("12/01/2016", "11/15/2016")),
        ("dates-order", ("12/01/2016",)),
        ("dates-order", ()),
        ("ur-date", IN_ORDER),
    ],
)
def test_an_error_over_other_values_is_another_judgement(
    rule: str, values: tuple[str, ...]
) -> None:
    """Not even one that quotes the very days of the doubt."""
    evidence = {DECIDED: Evidence(doubts=(out_of_order(DENIED),))}
    other = replace(error(DECIDED, DENIED), rule=rule, values=values, sentence=f"{IN_ORDER}")
    quiet = all_statuses(LATE, LATE, evidence, {})[DECIDED]
    assert not quiet.tells(other)
    status = all_statuses(LATE, LATE, evidence, {}, {}, (other,))[DECIDED]
    assert status.words == f"{other.sentence}\n{out_of_order(DENIED).words}"


def test_each_question_of_the_sample_letter_is_asked_once() -> None:
    """A doubt of the reading and a finding of the checks about the same are one judgement."""
    result = parse(read(SAMPLE.read_bytes()))
    asked = {
        (field, doubt.judgement) for field, seen in result.evidence.items() for doubt in seen.doubts
    }
    fields = {field for field, _ in asked}
    found = [
        finding
        for finding in check(result.letter)
        if finding.field in fields and finding.severity is not Severity.INFO
    ]
    assert len(found) >= 2
    assert [f.sentence for f in found if not any(f.judgement == one for _, one in asked)] == []
