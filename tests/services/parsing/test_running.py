"""Page headers and footers are left out, rows that the letter itself repeats are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.services.parsing import parse
from app.services.parsing.sheet import lay_out
from app.services.pdf import PdfText
from tests.services.parsing.factories import LEAD, SUMMARY, TOP, issue_of, page_of, text_of

BODY = ["The records say more about this."] * 20


def texts(*pages: Sequence[str], top: float = 0.1) -> list[str]:
    made = tuple(page_of(rows, number, top) for number, rows in enumerate(pages, start=1))
    return [row.text for row in lay_out(PdfText(pages=made, has_text=True)).rows]


@pytest.mark.parametrize(
    "row",
    [
        "Final Determination for CM16-0200009",
        "Confidential medical information.",
        "Page 7 of 9",
        "- 7 -",
    ],
)
def test_what_every_page_prints_outside_the_text_is_left_out(row: str) -> None:
    pages = [[row.replace("7", str(number)), "", *BODY] for number in (1, 2, 3)]
    assert set(texts(*pages, top=0.04)) == {BODY[0]}


@pytest.mark.parametrize(
    "row",
    [
        "for its decision.",
        "Special Studies.",
        "Knee brace: Upheld",
        "see page 82 of the guideline.",
    ],
)
def test_a_row_with_which_two_pages_begin_is_kept(row: str) -> None:
    first = ["The letter begins here.", "", *BODY]
    pages = [[row, "", *BODY], [row, "", *BODY]]
    for top in (0.1, 0.05):
        assert texts(first, *pages, top=top).count(row) == 2


def test_a_guideline_that_goes_on_over_two_pages_alike_keeps_its_end() -> None:
    start, end = "Decision based on MTUS Low Back Complaints 2004, Section(s):", "Special Studies."
    issue = issue_of(maximus=start)
    half = [*issue[:5]]
    rest = [end, "", *issue[6:], *["More was said about this here."] * 20]
    result = parse(text_of([*TOP, *SUMMARY, *BODY, *LEAD, *half], [*rest, *half], rest))
    for issue_read in result.letter.issues:
        assert issue_read.maximus_guideline.text == f"{start} {end}"
