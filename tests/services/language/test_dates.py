"""Dates in every form that letters, records and typing hands have for them."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.language.dates import (
    date_at,
    date_text,
    days_in,
    find_birth_dates,
    find_dates,
    find_partial_dates,
    find_stretches,
    full_year,
    moment_text,
    read_date,
    whole_date,
)

EIGHTH = date(2016, 3, 8)


@pytest.mark.parametrize(
    "printed",
    [
        "03/08/2016", "3/8/2016", "3/8/16", "3-8-16", "03-08-2016", "3.8.2016", "3.8.16",
        "3 / 8 / 2016", "03/08/ 2016", "3-8- 16", "3- 8- 16", "3\u20138\u20132016", "3\u00a0/8/2016",
        "March 8, 2016", "March 8 2016", "MARCH 8, 2016", "march 8,2016", "March 08, 2016", "March 8. 2016",
        "March 8th, 2016", "March 8th of 2016", "Mar. 8, 2016", "Mar 8 2016", "Mar-8-2016", "March 8, '16",
        "8 March 2016", "8th of March, 2016", "8th day of March 2016", "8 Mar. 2016", "08-Mar-2016", "8-Mar-16", "08MAR2016",
        "2016-03-08", "2016/3/8", "2016.03.08",
        "O3/O8/2O16",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "around", ["{}", "Seen on {}.", "({})", "DOI:{}, then", "from {} to 4/1/2017"]
)
def test_a_date_in_running_text(printed: str, around: str) -> None:
    text = around.format(printed)
    found = find_dates(text)[0]
    assert found.value == EIGHTH
    assert (found.text, text[found.start : found.end]) == (printed, printed)


@pytest.mark.parametrize(
    "typed",
    [
        "20160308",
        "03082016",
        "030816",
        "160308",
        "3 8 2016",
        "3-8/2016",
        " 3/8/2016. ",
        "2016 3 8",
        "2016 3 08",
    ],
)
def test_what_only_counts_where_a_date_is_expected(typed: str) -> None:
    found = whole_date(typed)
    assert found is not None
    assert found.value == EIGHTH
    assert find_dates(f"Number {typed}5".replace(" ", "")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "L4-5-6, 10/325 and 6-8-10-12", "1/2/3/2014", "12/34-56-7890", "555-12-3456", "3/8/16/7",
        "section 3.8.16", "Chapter 14.2.15", "14.2.15", "14-16-18 weeks", "6-40-16", "§9792.24.2", "version 3.8.16", "3-8-16mg",
        "Decision 12, 2014", "on March 8, 16 visits", "may 5 of 20", "marching 8, 2016", "A3/8/2016",
        "20160308", "030816", "in 2016", "A2016-03-08", "1.2016-03-08", "5-2016-03-08", "2016-03-08-5", "2016.03.08.1", "2016-03-085", "Marhc 8, 2016", "12 - 14 - 16 visits", "", "3/8", "3. 8. 2016", "visits 3 - 8 - 16",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    "printed",
    [
        "02/30/2016",
        "13/45/20",
        "February 30, 2016",
        "31 June 2015",
        "2-30-16",
        "13- 40-2016",
        "2016-13-01",
        "99/99/9999",
    ],
)
def test_a_day_that_no_calendar_has(printed: str) -> None:
    (found,) = find_dates(f"on {printed} she")
    assert (found.value, found.text) == (None, printed)
    assert len(found.parts) == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Feburary", 2),
        ("Septmber", 9),
        ("Octobor", 10),
        ("Augst", 8),
        ("Sept.", 9),
        ("Agust", None),
        ("Octopus", None),
    ],
)
def test_a_month_that_is_misspelt(name: str, value: int | None) -> None:
    found = find_dates(f"{name} 8, 2016")
    assert [each.value.month for each in found if each.value] == ([value] if value else [])


@pytest.mark.parametrize(
    ("year", "record", "birth"),
    [
        (0, 2000, 2000),
        (12, 2012, 2012),
        (13, 2013, 1913),
        (16, 2016, 1916),
        (39, 2039, 1939),
        (40, 1940, 1940),
        (45, 1945, 1945),
        (70, 1970, 1970),
        (99, 1999, 1999),
        (1889, 1889, 1889),
    ],
)
def test_one_rule_for_years_of_two_digits(year: int, record: int, birth: int) -> None:
    assert (full_year(year), full_year(year, birth=True)) == (record, birth)


@pytest.mark.parametrize("printed", ["1/2/{}", "1-2-{}", "2-Jan-{}", "January 2, '{}", "0102{}"])
@pytest.mark.parametrize("year", [14, 39, 40, 45, 68, 71])
def test_the_rule_is_the_same_for_every_form(printed: str, year: int) -> None:
    for birth in (False, True):
        found = read_date(printed.format(year), birth)
        assert found is not None
        assert found.value == date(full_year(year, birth), 1, 2)


def test_of_two_forms_in_one_place_the_longer_counts_once() -> None:
    text = "On 3/2/2014-4/5/2015 and 3-2-14-4-5-14, Mar 2, 2014 and 5 May 2015, 2016-01-02."
    assert [found.value for found in find_dates(text)] == [
        date(2014, 3, 2), date(2015, 4, 5), date(2014, 3, 2), date(2014, 4, 5),
        date(2014, 3, 2), date(2015, 5, 5), date(2016, 1, 2),
    ]  # fmt: skip
    assert days_in("3/2/2014, March 2nd 2014 and 2/30/2014") == {date(2014, 3, 2)}


@pytest.mark.parametrize(
    "text",
    [
        "injury from 1/2/2014 to 3/8/2016",
        "1/2/2014 - 3/8/2016",
        "1/2/14–3/8/16",
        "Jan. 2, 2014 through March 8, 2016",
    ],
)
def test_a_stretch_of_time(text: str) -> None:
    ((first, last),) = find_stretches(text)
    assert (first.value, last.value) == (date(2014, 1, 2), EIGHTH)


def test_two_days_are_no_stretch() -> None:
    assert find_stretches("on 1/2/2014 and 3/8/2016") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("DOB: 3/8/45", date(1945, 3, 8)), ("D.O.B. 03/08/1945,", date(1945, 3, 8)), ("was born on March 8, 1945", date(1945, 3, 8)),
        ("born 8 March 1945", date(1945, 3, 8)), ("birth date is 3-8-16", date(1916, 3, 8)), ("DOB 03081945", date(1945, 3, 8)),
        ("Date of birth was on 3/8/1945", date(1945, 3, 8)), ("born in Texas, seen 3/8/2016", None),
    ],
)  # fmt: skip
def test_a_birth_date(text: str, value: date | None) -> None:
    found = find_birth_dates(text)
    assert [each.value for each in found] == ([value] if value else [])
    assert all(text[each.start : each.end] == each.text for each in found)


def test_a_date_at_a_place() -> None:
    text = "updated 3/8/2016, not 3/9/2016"
    found = date_at(text, 8)
    assert found is not None
    assert (found.value, found.start, found.end) == (EIGHTH, 8, 16)
    assert date_at(text, 0) is None


@pytest.mark.parametrize(
    ("text", "first", "last", "printed"),
    [
        ("in March 2014", date(2014, 3, 1), date(2014, 3, 31), "March 2014"),
        ("Feb. of 2016,", date(2016, 2, 1), date(2016, 2, 29), "Feb. of 2016"),
        ("since 12/2015", date(2015, 12, 1), date(2015, 12, 31), "12/2015"),
        ("early 2013", date(2013, 1, 1), date(2013, 12, 31), "2013"),
        ("Decision of 2014", date(2014, 1, 1), date(2014, 12, 31), "2014"),
    ],
)
def test_a_date_without_its_day(text: str, first: date, last: date, printed: str) -> None:
    (found,) = find_partial_dates(text)
    assert (found.first, found.last, found.text) == (first, last, printed)
    assert text[found.start : found.end] == printed


@pytest.mark.parametrize(
    "text", ["March 8, 2014", "3/8/2014", "8 March 2014", "13/2014", "2014 tablets", "of 20145"]
)
def test_no_date_without_its_day(text: str) -> None:
    assert find_partial_dates(text) == ()


def test_letters_print_one_form() -> None:
    assert (date_text(EIGHTH), date_text(None)) == ("03/08/2016", "")
    at = datetime(2016, 3, 8, 9, 5, 7)
    assert (moment_text(at), moment_text(at, seconds=True)) == (
        "03/08/2016 09:05",
        "03/08/2016 09:05:07",
    )


@given(st.dates(date(1000, 1, 1)))
def test_what_is_printed_reads_as_it_was(day: date) -> None:
    forms = (
        date_text(day),
        f"{day.year:04}-{day:%m-%d}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
    )
    for printed in forms[:1] if not 1900 <= day.year < 2100 else forms:
        found = whole_date(printed)
        assert found is not None
        assert found.value == day


@given(st.text(st.sampled_from("0123456789/-. ,'ODmarchMay") | st.characters()))
def test_any_text_is_read_and_places_are_right(text: str) -> None:
    found = find_dates(text)
    for each in (*found, *find_partial_dates(text), *find_birth_dates(text)):
        assert text[each.start : each.end] == each.text
    assert all(one.end <= other.start for one, other in pairwise(found))
    whole_date(text)


def test_a_birth_is_only_meant_where_it_is_said() -> None:
    for found in (
        read_date("1/2/30"),
        whole_date("1/2/30"),
        date_at("on 1/2/30", 3),
        *find_dates("1/2/30"),
    ):
        assert found is not None
        assert found.value == date(2030, 1, 2)
    found = date_at("on 1/2/30", 3, birth=True)
    assert found is not None
    assert found.value == date(1930, 1, 2)
    assert (full_year(99), full_year(100)) == (1999, 100)


@pytest.mark.parametrize(
    "typed",
    [
        "3 8 8",
        "2016 3 2016",
        "3 8 201",
        "201 3 8",
        "201 3 14",
        "3 8",
        "20163",
        "x",
        "",
        "3/8/2016 or so",
    ],
)
def test_what_is_typed_and_is_no_date(typed: str) -> None:
    assert whole_date(typed) is None
