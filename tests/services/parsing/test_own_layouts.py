"""Our own letters read again: in no style is anything set aside, left out or newly doubted."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.evidence import ParseResult
from app.letter import Letter, Patient
from app.services.parsing import parse
from app.services.pdf import read
from tests.services.rendering.letters import letter, renderer

RENDERER = renderer()
STYLES = ("maximus-2014", "maximus-2015", "maximus-2016", "parties", "plain")


def sound(issues: int) -> Letter:
    """A letter that holds together."""
    made = letter(issues)
    closed = " The request is not medically necessary."
    return replace(
        made,
        header=replace(made.header, case_number="CM16-0210001"),
        patient=Patient(age=40),
        issues=tuple(replace(one, rationale=one.rationale + closed) for one in made.issues),
    )


def again(made: Letter, style: str) -> ParseResult:
    return parse(read(RENDERER.render(made, style).pdf))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("issues", [1, 3, 9])
def test_nothing_is_set_aside_or_doubted(style: str, issues: int) -> None:
    made = sound(issues)
    result = again(made, style)
    assert result.set_aside == ()
    assert result.notes == ()
    assert [seen.doubt for seen in result.evidence.values() if seen.doubt] == []
    assert result.letter.header == made.header
    assert result.letter.reviewer == made.reviewer
    assert [one.title for one in result.letter.issues] == [one.title for one in made.issues]
    assert [one.decision for one in result.letter.issues] == [one.decision for one in made.issues]


@pytest.mark.parametrize("issues", [1, 9])
def test_the_cover_of_a_letter_to_the_parties_is_read_with_it(issues: int) -> None:
    cover = again(made := sound(issues), "parties").letter.cover
    assert cover.employee == made.cover.employee
    assert cover.claim_number == made.cover.claim_number
    assert cover.provider == made.cover.provider
    assert cover.documents_reviewed == made.cover.documents_reviewed


def test_a_last_rationale_that_breaks_off_before_another_heading_is_still_doubted() -> None:
    made = letter(2)
    cut = replace(made.issues[1], rationale="It was told here at some length. It was")
    result = again(replace(made, issues=(made.issues[0], cut)), "parties")
    assert any(
        seen.doubt for name, seen in result.evidence.items() if name.key.endswith("1.rationale")
    )
