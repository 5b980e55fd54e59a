"""Hyphens that break words at a row's end, and soft ones that print nothing."""

from __future__ import annotations

import pytest

from app.services.parsing import parse
from app.services.parsing.broken_words import is_broken_word, run_together
from tests.services.parsing.factories import LEAD, TOP, issue_of, text_of


@pytest.mark.parametrize(
    ("first", "second", "broken"),
    [
        ("radicu", "lopathy", True),
        ("degener", "ative", True),
        ("electro", "myography", True),
        ("osteo", "arthritis", True),
        ("follow", "up", False),
        ("non", "certified", False),
        ("re", "evaluation", False),
        ("work", "related", False),
        ("low", "back", False),
        ("qwe", "rtz", False),
    ],
)
def test_the_word_lists_tell_broken_words(first: str, second: str, broken: bool) -> None:
    assert is_broken_word(first, second) is broken


def test_one_broken_word_in_a_letter_is_whole_and_a_tied_one_stays_tied() -> None:
    summary = [
        "The injured worker is a 47-year-old female. The diagnoses are cervical radicu-",
        "lopathy and a strain, with a follow-",
        "up visit in March. She is thirty-six weeks out.",
    ]
    result = parse(text_of([*TOP, *summary, *LEAD, *issue_of()]))
    text = result.letter.clinical_summary
    assert "cervical radiculopathy and" in text
    assert "follow-up visit" in text


def test_soft_hyphens_inside_words_print_nothing() -> None:
    summary = [
        "The injured wor\u00adker is a 47-year-old fe\u00admale with lum\u00adbar radi\u00adcu\u00ad",
        "lo\u00adpathy since the in\u00adjury.",
    ]
    title = "*Mag\u00adnetic re\u00adso\u00adnance imag\u00ading of the knee:* Upheld"
    result = parse(text_of([*TOP, *summary, *LEAD, *issue_of(title)]))
    assert "\u00ad" not in result.letter.clinical_summary
    assert "lumbar radiculopathy since the injury." in result.letter.clinical_summary
    assert result.letter.issues[0].title == "Magnetic resonance imaging of the knee"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("of the bilateralshoulder joints", ("bilateralshoulder", "bilateral shoulder")),
        ("Sixacupuncture visits", ("Sixacupuncture", "Six acupuncture")),
        ("two timesa week", ("timesa", "times a")),
        ("visits(30 minutes)", ("visits(30", "visits (30")),
        ("one refill for3 months", ("for3", "for 3")),
    ],
)
def test_words_that_lost_the_space_between_them(text: str, told: tuple[str, str]) -> None:
    assert run_together(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Norco 10/325 mg, Percocet and gabapentin 600mg twice a day",
        "transforaminal epidural steroid injection, electromyography of the extremities",
        "medication(s) for the L5-S1 level with b12",
        "MRI without contrast, TENS unit, EMG/NCV",
        "Cyclophene gel, Ketophene cream, toxilogical screens",
    ],
)
def test_words_that_lost_none(text: str) -> None:
    assert run_together(text) is None
