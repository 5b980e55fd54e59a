"""Which part of a page is cut out for a value, what is offered, and what comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evidence import Box, Place
from app.letter import CASE, FIELDS, FieldId, Issue, Letter, Request
from app.services.one_field import (
    HEADER,
    Asked,
    Cut,
    cut_for_header,
    cut_for_text,
    cut_for_value,
    fields_of,
    lines_in_doubt,
    urgency,
)
from app.services.review import FieldStatus, State
from tests.readers import the_reader
from tests.ui.letter_files import pdf_bytes
from tests.ui.made_letters import letter

SIZES = ((612.0, 792.0),)
INJURY = FieldId("header.date_of_injury")


def share(place: tuple[float, float, float, float], cut: Cut) -> bool:
    """Whether a box of the page lies within what is cut out."""
    x0, y0, x1, y1 = place
    left, top, right, bottom = cut.clip
    slack = 1e-6
    return left <= x0 + slack and top <= y0 + slack and x1 <= right + slack and y1 <= bottom + slack


boxes = st.tuples(
    st.floats(0.0, 0.8), st.floats(0.0, 0.97), st.floats(0.02, 0.2), st.floats(0.01, 0.03)
).map(lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3]))


@given(box=boxes, width=st.integers(300, 900), height=st.integers(30, 200))
def test_a_short_value_is_wholly_in_its_picture_wherever_it_stands(
    box: Box, width: int, height: int
):
    cut = cut_for_value(INJURY, (Place(1, (box,)),), SIZES, (width, height), 1.5)
    assert cut is not None
    left, top, right, bottom = cut.clip
    assert share(box, cut)
    assert -1e-9 <= left < right <= 1 + 1e-9
    assert -1e-9 <= top < bottom <= 1 + 1e-9
    # It fits the room, and the light lies on the very place.
    assert (right - left) * 612 * cut.scale <= width + 1
    assert (bottom - top) * 792 * cut.scale <= height + 1
    (lit,) = cut.lit[INJURY]
    assert left + lit[0] * (right - left) == pytest.approx(box[0], abs=1e-6)
    assert top + lit[3] * (bottom - top) == pytest.approx(box[3], abs=1e-6)


def test_what_stands_before_a_value_is_seen_with_it():
    cut = cut_for_value(INJURY, (Place(1, ((0.5, 0.2, 0.6, 0.215),)),), SIZES, (600, 34), 1.5)
    assert cut is not None
    assert cut.clip[0] * 612 < 0.5 * 612 - 90


def test_a_long_value_shows_its_beginning_no_smaller_than_can_be_read():
    place = Place(1, ((0.1, 0.2, 0.9, 0.215), (0.1, 0.22, 0.9, 0.235), (0.1, 0.24, 0.9, 0.255)))
    cut = cut_for_value(INJURY, (place,), SIZES, (200, 30), 1.5)
    assert cut is not None
    assert cut.scale == pytest.approx(0.8)
    assert cut.clip[0] <= 0.1
    assert cut.clip[1] <= 0.2 + 1e-6


def test_nothing_is_cut_out_for_what_is_printed_nowhere():
    assert cut_for_value(INJURY, (), SIZES, (300, 30), 1.5) is None
    assert cut_for_value(INJURY, (Place(7, ((0, 0, 1, 1),)),), SIZES, (300, 30), 1.5) is None
    assert cut_for_header({}, SIZES, (300, 30), 1.5) is None


def test_the_header_of_a_letter_that_was_read_is_wholly_in_its_picture():
    result = the_reader().letter(pdf_bytes(letter())).result
    fields = [field for field in fields_of(result.letter, HEADER) if field.spec.required]
    places = {field: result.evidence[field].places for field in fields}
    cut = cut_for_header(places, SIZES, (700, 150), 1.9)
    assert cut is not None
    assert all(share(box, cut) for some in places.values() for p in some for box in p.boxes)
    assert set(cut.lit) == set(fields)


def test_a_header_that_is_scattered_is_not_shown_as_one():
    apart = {
        INJURY: (Place(1, ((0.4, 0.8, 0.5, 0.82),)),),
        FieldId("header.priority"): (Place(1, ((0.1, 0.1, 0.2, 0.12),)),),
    }
    assert cut_for_header(apart, SIZES, (700, 150), 1.9) is None


def test_a_field_on_another_page_is_not_in_the_header_s_picture():
    apart = {
        FieldId("header.priority"): (Place(1, ((0.1, 0.1, 0.2, 0.12),)),),
        INJURY: (Place(2, ((0.4, 0.8, 0.5, 0.82),)),),
    }
    cut = cut_for_header(apart, SIZES * 2, (700, 150), 1.9)
    assert cut is not None
    assert cut.page == 1
    assert INJURY not in cut.lit


def test_an_item_s_field_is_asked_of_each_item():
    two = Letter(issues=(Issue(id=3), Issue(id=5)))
    assert fields_of(two, "issue.title") == (FieldId("issue.title", 3), FieldId("issue.title", 5))
    assert fields_of(two, "patient.age") == (FieldId("patient.age"),)
    assert fields_of(two, HEADER) == tuple(
        FieldId(spec.name) for spec in FIELDS if spec.section == CASE
    )


def test_what_ur_approved_is_asked_only_where_it_approved_a_part():
    parted = Issue(id=3, request=Request(original="8 visits", authorized="4", in_dispute="4"))
    some = Letter(issues=(Issue(id=1), parted))
    assert fields_of(some, "issue.request.authorized") == (FieldId("issue.request.authorized", 3),)
    assert fields_of(Letter(issues=(Issue(id=1),)), "issue.request.original") == ()


TEXT = (
    "The first line of it goes here. The second says L5-Sl in the midst of it. And the third ends."
)
THREE = Place(1, ((0.1, 0.2, 0.5, 0.22), (0.1, 0.23, 0.5, 0.25), (0.1, 0.26, 0.5, 0.28)))


@pytest.mark.parametrize(
    ("words", "line"), [("first", 0), ("L5-Sl", 1), ("third", 2), (None, 0), ("", 2)]
)
def test_of_a_long_text_the_line_with_the_words_in_doubt_is_shown(words: str | None, line: int):
    start = len(TEXT) if words == "" else TEXT.find(words or "")
    doubtful = None if words is None else (start, start + len(words))
    (place,) = lines_in_doubt((THREE,), TEXT, doubtful)
    assert place.boxes == (THREE.boxes[line],)


def test_words_that_go_over_a_line_s_end_show_both_lines_and_those_of_another_page_its_page():
    start = TEXT.index("midst")
    (place,) = lines_in_doubt((THREE,), TEXT, (start, start + 20))
    assert place.boxes == THREE.boxes[1:]
    on_two = (Place(1, THREE.boxes[:2]), Place(2, THREE.boxes[2:]))
    (place,) = lines_in_doubt(on_two, TEXT, (len(TEXT) - 5, len(TEXT)))
    assert place == Place(2, THREE.boxes[2:])
    assert lines_in_doubt((), TEXT, (0, 3)) == ()


@pytest.mark.parametrize("height", [30, 45, 70, 300])
@pytest.mark.parametrize("line", range(12))
def test_the_picture_of_a_long_text_has_whole_lines_with_those_in_doubt(line: int, height: int):
    lines = tuple((0.12, 0.1 + n * 0.016, 0.88, 0.112 + n * 0.016) for n in range(12))
    wanted = Place(1, lines[line : line + 1])
    cut = cut_for_text(INJURY, (Place(1, lines),), wanted, SIZES, (500, height), 1.5)
    assert cut is not None
    assert share(lines[line], cut)
    _, top, _, bottom = cut.clip
    assert (bottom - top) * 792 * cut.scale <= max(height, 24) + 1
    whole = [one for one in lines if top <= one[1] and one[3] <= bottom]
    touched = [one for one in lines if one[3] > top + 0.004 and one[1] < bottom - 0.004]
    assert whole == touched


def asked(state: State, *, waits: bool = False, note: str | None = None) -> Asked:
    status = FieldStatus(state, "", open=waits or state is State.ERROR, waits=waits)
    return Asked(field=INJURY, value=None, status=status, note=note)


def test_what_waits_comes_before_what_was_put_off_and_that_before_the_rest():
    waits = asked(State.DOUBTFUL, waits=True)
    put_off = asked(State.DOUBTFUL, waits=True, note="later")
    seen = asked(State.ERROR)
    plain = asked(State.PARSED)
    assert [urgency((one,)) for one in (waits, put_off, seen, plain)] == [0, 1, 1, 2]
    assert urgency((plain, waits)) == 0
    assert plain.can_be_kept
    assert not any(one.can_be_kept for one in (waits, put_off, seen, asked(State.EDITED)))
