"""What the rules read in a text: sentences, dates, amounts, levels, conclusions."""

from __future__ import annotations

from datetime import date

import pytest

from app.letter import Decision
from app.services.checks.facts import reasoning
from app.services.checks.rules.quantities import strengths
from app.services.language.amounts import quantities, refills, visits
from app.services.language.conclusions import closing
from app.services.language.levels import levels_in
from app.services.language.texts import read_text


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        ("One. Two.", 2),
        ("Seen by Dr. Roe today. Well.", 2),
        ("Dose 1.5 mg. See p. 12 there.", 2),
        ("A\nB", 2),
        ("e.g. this", 1),
        ("", 0),
    ],
)
def test_sentences(raw: str, count: int) -> None:
    assert len(read_text(raw).sentences) == count


@pytest.mark.parametrize(
    ("raw", "days"),
    [
        ("on 10-13-16.", [date(2016, 10, 13)]),
        ("on 11-4- 16, and 11/23/ 2016", [date(2016, 11, 4), date(2016, 11, 23)]),
        ("On October 10, 2015", [date(2015, 10, 10)]),
        ("02/30/2016", [None]),
        ("L4-5-6, 10/325 and 6-8-10-12", []),
    ],
)
def test_dates(raw: str, days: list[date | None]) -> None:
    assert [found.value for found in read_text(raw).dates] == days


@pytest.mark.parametrize(
    ("raw", "weekly", "totals"),
    [
        ("2 times a week for 6 weeks", {(2, 6)}, {12}),
        ("two times a week times six weeks", {(2, 6)}, {12}),
        ("twice a week for 3 weeks", {(2, 3)}, {6}),
        ("3 visits per week for 2 weeks", {(3, 2)}, {6}),
        ("physical therapy visits 3x2.", {(3, 2)}, {6}),
        ("two to three times a week for six to eight weeks (24 sessions)", set(), {24}),
        ("Eight (8) physical therapy sessions", set(), {8}),
        ("Spinal manipulation times 12", set(), {12}),
        ("no number", set(), set()),
    ],
)
def test_visits(raw: str, weekly: set[tuple[int, int]], totals: set[int]) -> None:
    found = visits(raw)
    assert found.weekly == weekly
    assert found.totals == totals


def test_other_amounts() -> None:
    assert quantities("Norco #60, quantity of 30, 90 tablets, qty: 12") == {60, 30, 90, 12}
    assert refills("with 2 refills, three refills, refills: 4") == {2, 3, 4}
    assert [
        (s.drug, s.dose.text, s.dose.figures)
        for s in strengths(read_text("Norco 10-325 mg and Flexeril 10mg; Ultram, up to 400 mg"))
    ] == [
        ("hydrocodone", "10-325 mg", (10, 325)),
        ("cyclobenzaprine", "10mg", (10,)),
    ]
    assert levels_in("L4-5, L5-S1, C6-C7, T10, L5/S1 and 10 L of water, T25") == {
        "L4",
        "L5",
        "S1",
        "C6",
        "C7",
        "T10",
    }


UP, OVER = Decision.UPHELD, Decision.OVERTURNED


@pytest.mark.parametrize(
    ("rationale", "decision"),
    [
        ("Therefore, the request is not medically necessary.", UP),
        ("Thus the current request is medically necessary.", OVER),
        ("Medical necessity has not been established.", UP),
        ("The medical necessity of this request is established.", OVER),
        ("This does not support the medical necessity of the request.", UP),
        ("More of this care is not a medical necessity for the worker.", UP),
        ("The request is determined to not be medically necessary.", UP),
        ("The scan is held medically appropriate and necessary to find the cause.", OVER),
        ("The scan is not borne out as being medically necessary now.", UP),
        ("As A is not medically necessary, the request for B is medically necessary.", OVER),
        ("The request for MRI without contrast is medically necessary.", OVER),
        ("An MRI may be medically necessary if a red flag is seen.", None),
        ("It is medically necessary for patients who fail other care.", None),
        ("The requested surgery is supported.", OVER),
        ("The requested surgery was denied.", UP),
        ("The request is for a brace.", None),
        ("There is little reason to depart from the adverse determination.", UP),
        ("I see no grounds for overturning the prior denial.", UP),
        ("The operation is not indicated at this time.", UP),
    ],
)
def test_conclusions(rationale: str, decision: Decision | None) -> None:
    verdict = closing(tuple(sentence.text for sentence in reasoning(rationale)))
    assert (verdict.decision if verdict else None) is decision
