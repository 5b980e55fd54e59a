"""A page that is missing is told, also where the text above is whole and the one below it too."""

from __future__ import annotations

import pytest

from app.evidence import ParseResult
from app.services.parsing import parse
from tests.services.parsing.factories import LEAD, TOP, issue_of, text_of

FULL = "These words fill the row of the page from its left edge to its right edge, as most do here"
ASKED = (
    "The injured worker is a 47-year-old female injured on 03/08/2016. The original utilization review",
    "denied the request for a knee brace, omeprazole and a paraffin bath due to a lack of records.",
)
BRACE = issue_of("*Knee brace:* Upheld")[:5]


def _ends(rows: int) -> ParseResult:
    """A letter of three pages, the last of so many rows: its last item ends there."""
    first = [*TOP, *ASKED, *[FULL] * 26]
    second = [*[FULL] * 15, f"{FULL}.", *LEAD, *BRACE, "*Decision rationale:* It was looked at."]
    second += [FULL] * (45 - len(second))
    last = [*[FULL] * (rows - 1), "Therefore the request is not medically necessary."]
    return parse(text_of(first, second, last))


@pytest.mark.parametrize(("rows", "told"), [(43, True), (20, False)])
def test_requests_without_an_item_are_told_where_the_letter_ends_with_a_full_page(
    rows: int, told: bool
) -> None:
    result = _ends(rows)
    assert [issue.title for issue in result.letter.issues] == ["Knee brace"]
    notes = " ".join(result.notes)
    assert ("omeprazole" in notes) is told
    assert bool(result.incomplete) is told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("as was shown (Marchetti, Oduya,", "wrist. It is of use in the hand. More was said.", True),
        ("as was shown (Marchetti, Oduya,", "2009). It is of use in the hand. More was said.", False),
        ("as was shown (Marchetti), and of", "wrist (left). It is of use in the hand.", False),
        ("as was shown, Section(s):", "wrist. It is of use in the hand.", False),
        ("one of three: a) rest, b) heat, or", "wrist splints. It is of use in the hand.", False),
    ],
)  # fmt: skip
def test_a_bracket_that_is_never_closed_tells_of_a_missing_page(
    before: str, after: str, told: bool
) -> None:
    head = [*TOP, "The injured worker is a 47-year-old female.", *LEAD, *BRACE]
    full = [*head, "*Decision rationale:* It was looked at.", *[FULL] * (44 - len(head)), before]
    result = parse(text_of(full, [after, *[FULL] * 12, "It is not medically necessary."]))
    doubts = " ".join(seen.doubt or "" for seen in result.evidence.values())
    assert ("does not go on" in doubts) is told
