"""Evidence keeps the spaces of the page; values keep one."""

from __future__ import annotations

import pytest

from app.services.parsing.sheet import lay_out
from app.services.pdf import PdfPage, PdfText, Word

_LEFT, _RIGHT, _CHARACTER, _SPACE = 0.12, 0.88, 0.01, 0.005


def printed(*rows: str | tuple[str, float], stretch: float = 0.0) -> str:
    """What a page of these rows holds as printed; `stretch` widens each gap more than the last.

    A row with a number leaves that much white space before the right margin: its first word is
    as wide as that takes.
    """
    words: list[Word] = []
    for line, row in enumerate(rows):
        text, room = (row, None) if isinstance(row, str) else row
        x, y = _LEFT, 0.1 + 0.02 * line
        texts = text.split(" ")
        rest = sum(_CHARACTER * len(text) + _SPACE for text in texts[1:])
        for number, word in enumerate(texts):
            width = _CHARACTER * len(word)
            if room is not None and not number:
                width = _RIGHT - room - rest - _LEFT
            if word:
                words.append(Word(word, (x, y, x + width, y + 0.015), False, line))
            x += width + _SPACE + stretch * (number % 5)
    page = PdfPage(1, 612.0, 792.0).with_words(words)
    sheet = lay_out(PdfText(pages=(page,), has_text=True))
    return sheet.printed(0, len(sheet.texts))


def test_two_spaces_in_a_row_are_kept() -> None:
    assert printed("one two.  three four", "five   six") == "one two.  three four five   six"


def test_uneven_gaps_tell_nothing() -> None:
    rows = ("one two three.  four five six seven", "eight nine ten eleven twelve.  more")
    assert "  " not in printed(*rows, stretch=0.0013)


@pytest.mark.parametrize(("above", "room", "below", "between"), [
    ("at the end.", 0.04, "word and", "end. word"),  # no room: an ordinary row's end
    ("at the end.", 0.047, "word and", "end.  word"),  # room after one space, none after two
    ("at the end.", 0.3, "word and", "end. word"),  # a paragraph's end
    ("it was on", 0.06, "11-9-16 and", "on 11\u20119\u201116 and"),  # room up to the hyphen
    ("it was on", 0.02, "11-9-16 and", "on 11-9-16 and"),
    ("it was on", 0.06, "well-known and", "on well-known and"),
    ("he has", 0.09, "neck straining and", "has neck\xa0straining and"),
])  # fmt: skip
def test_what_a_rows_end_tells(above: str, room: float, below: str, between: str) -> None:
    full = ("a row of five words", 0.0)
    assert between in printed(full, full, (above, room), below, full, full)


def test_a_page_end_is_told() -> None:
    pages = tuple(
        PdfPage(number, 612.0, 792.0).with_words(
            Word(text, (x, 0.5, x + 0.1, 0.52), False, 0)
            for text, x in (("one", 0.1), ("two", 0.21))
        )
        for number in (1, 2)
    )
    sheet = lay_out(PdfText(pages=pages, has_text=True))
    assert sheet.printed(0, 2) == "one two\f"
    assert sheet.printed(0, 1) == "one"
    assert sheet.printed(2, 4) == "one two"
    assert sheet.printed(1, 1) == ""
