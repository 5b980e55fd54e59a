"""The state of a field follows from values alone."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from app.evidence import Evidence
from app.letter import FieldId, Header, Letter, with_value
from app.services.review import State, all_statuses, field_status, open_fields

NUMBER = FieldId("header.case_number")
AGE = FieldId("patient.age")
READ = Letter(header=Header(case_number="CM16-0200001", decision_date=date(2016, 11, 14)))
DOUBT = {NUMBER: Evidence(doubt="Two numbers follow the label.")}


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
        (READ, AGE, {AGE: Evidence(doubt="No age is told.")}, {}, State.MISSING, True),
    ],
)
def test_state(letter, field, evidence, confirmed, state, is_open) -> None:
    status = field_status(field, letter, READ, evidence, confirmed)
    assert (status.state, status.open) == (state, is_open)
    assert status.words or state is State.EMPTY


def test_a_doubt_is_told_in_its_own_words() -> None:
    status = field_status(NUMBER, READ, READ, DOUBT, {})
    assert status.words == "Two numbers follow the label."


def test_open_fields_come_in_the_order_of_the_form() -> None:
    statuses = all_statuses(replace(READ, header=Header()), READ, {}, {})
    names = [field.name for field in open_fields(statuses)]
    assert names[0] == "header.case_number"
    assert names.index("header.priority") < names.index("clinical_summary")
