"""Headings and labels whose letters stand apart, or whose capitals are of two sizes, as words again.

A page then holds `R A T I O N A L E S` or `MA X IM U S`. Asked only of a letter that lacks a heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from app.services.pdf import PdfPage, PdfText, Word

_HEADED = "SUMMARY"
"""A word that stands in a heading of every letter, with its letters together."""
_FEW = 3
"""So many pieces of one or two letters are no words."""
_LEAST, _CLOSE = 0.175, 0.2
"""Of the height of a row: between them begins what parts words in capitals, by the font; narrower gaps
part none."""
_NO_SPACE = 1.25
"""Times as wide as a gap between letters is the least one between words, where letters are set apart."""
_SINGLE = 0.6
"""Of the pieces of a row whose letters are set wide apart so many are single ones."""
_MARKS = ",.:;()/&-"


def closed_up(text: PdfText) -> PdfText:
    """The text with words for letters set apart; itself where there are none."""
    if any(_HEADED in page.texts for page in text.pages):
        return text
    pages = tuple(_closed_up(page) for page in text.pages)
    return replace(text, pages=pages) if pages != text.pages else text


def _closed_up(page: PdfPage) -> PdfPage:
    pieces = sum(1 for each in page.texts if len(each) < _FEW and each.isupper())
    if pieces < _FEW or page.turned or page.certainties:
        return page
    return page.with_words(word for run in _runs(page.words) for word in _joined(run, page))


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words, those in capitals that follow each other on a line together."""
    run: list[Word] = []
    for word in words:
        capital = word.text.strip(_MARKS).isupper() or (run and not word.text.strip(_MARKS))
        if run and not (capital and word.line == run[0].line):
            yield run
            run = []
        if capital:
            run.append(word)
        else:
            yield [word]
    if run:
        yield run


def _joined(run: list[Word], page: PdfPage) -> list[Word]:
    small = sum(1 for word in run if len(word.text.strip(_MARKS)) < _FEW)
    if small < _FEW or 2 * small < len(run):
        return run
    gaps = [(after.box[0] - word.box[2]) * page.width for word, after in pairwise(run)]
    height = max(word.box[3] - word.box[1] for word in run) * page.height
    close = _space_from(gaps, _LEAST * height, _CLOSE * height)
    single = sum(1 for word in run if len(word.text) == 1)
    if min(gaps) >= close and single > _SINGLE * len(run):
        close = _space_from(gaps, close, max(gaps), least=_NO_SPACE)
    found = [run[0]]
    for word, gap in zip(run[1:], gaps, strict=True):
        if gap >= close:
            found.append(word)
            continue
        last = found[-1]
        box = (
            last.box[0], min(last.box[1], word.box[1]), word.box[2], max(last.box[3], word.box[3]),
        )  # fmt: skip
        found[-1] = replace(last, text=last.text + word.text, box=box)
    return found


def _space_from(gaps: Sequence[float], low: float, high: float, least: float = 1.0) -> float:
    """How wide a gap is a space: between `low` and `high` where the gaps differ most, by so many times
    at least; `low` where they do not."""
    steps = [
        (after / max(gap, 0.1), (gap + after) / 2)
        for gap, after in pairwise(sorted(gaps))
        if gap < high and after > low
    ]
    times, middle = max(steps, default=(0.0, low))
    return middle if times > least else low
