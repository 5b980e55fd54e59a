"""Many letters in the list without reading each: one is read, the others are the same page with
another number, and what was read of it is changed as a test needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from msgspec.structs import replace

from app.evidence import Doubt, Evidence, ParseResult
from app.letter import FieldId, with_value
from app.services.store import CaseSummary, Store
from tests.readers import the_reader
from tests.ui.letter_files import pdf_bytes
from tests.ui.made_letters import letter

INJURY = FieldId("header.date_of_injury")
DECIDED = FieldId("header.decision_date")
NUMBER = FieldId("header.case_number")
OTHER = date(2016, 9, 18)

Change = Callable[[ParseResult], ParseResult]


def _pdf(number: int) -> bytes:
    return pdf_bytes(letter(number, summary_doi="09/13/2016"))


@cache
def _read() -> ParseResult:
    return the_reader().letter(_pdf(1)).result


def add_letters(store: Store, count: int, changes: dict[int, Change] | None = None) -> None:
    """Keep letters 1 to `count`; `changes` is what is read otherwise in some of them."""
    for number in range(1, count + 1):
        add_letter(store, number, (changes or {}).get(number))


def add_letter(store: Store, number: int, change: Change | None = None) -> CaseSummary:
    """Keep one more letter of its own number."""
    result = _read()
    result = replace(
        result, letter=with_value(result.letter, NUMBER, f"CM16-{200000 + number:07d}")
    )
    if change is not None:
        result = change(result)
    return store.import_pdf(
        _pdf(number), result, by="test", file_name=f"letter-{number}.pdf"
    ).summary


def doubt(field: FieldId = INJURY, other: str = "09/18/2016") -> Change:
    """The field may be something else."""

    def change(result: ParseResult) -> ParseResult:
        seen = result.evidence.get(field, Evidence())
        words = f"The stamp on the page says {other}."
        doubtful = replace(seen, doubts=(Doubt(words=words),), others=(other,))
        return replace(result, evidence={**result.evidence, field: doubtful})

    return change


def missing(field: FieldId) -> Change:
    """The field was not found."""

    def change(result: ParseResult) -> ParseResult:
        bare = Evidence(doubts=(Doubt(words="This line is not in the letter."),))
        return replace(
            result,
            letter=with_value(result.letter, field, None),
            evidence={**result.evidence, field: bare},
        )

    return change


def several(*changes: Change) -> Change:
    """All of these, one after another."""

    def change(result: ParseResult) -> ParseResult:
        for one in changes:
            result = one(result)
        return result

    return change


def every(numbers: Iterable[int], change: Change) -> dict[int, Change]:
    return dict.fromkeys(numbers, change)
