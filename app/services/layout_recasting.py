"""A house's letter as reading knows letters: our words in the place of theirs, in its own places or,
where its parts have another order, set anew in the form of ours.

Hides how the words of pages are exchanged, and how pages are made of lines that no PDF has.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from textwrap import wrap

from msgspec.structs import replace

from app.letter import CASE, FIELDS
from app.services.layout_structure import CREDENTIALS, LABELS, Form, places_of
from app.services.pdf import PdfPage, PdfText

HEADER = tuple(spec.name.removeprefix("header.") for spec in FIELDS if spec.section == CASE)
"""The head's labels and values, in the order of the form."""
_COLUMNS = ("lefts", "tops", "rights", "bottoms", "bold", "look_of", "certainties")
_WIDTH, _HEIGHT = 612.0, 792.0
_MARGIN, _LEADING, _SIZE = 72.0, 14.0, 12.0
_LINES = 46
_CHARACTERS = 85
_CHARACTER = 5.4
"""As wide a character is taken to be, in points."""


def recast(text: PdfText, form: Form, words: Mapping[str, str]) -> PdfText:
    """The letter as it would be read if it were printed in the form whose fixed words are `words`."""
    lines = [piece for line in _lines(form, words) for piece in wrap(line, _CHARACTERS) or [""]]
    starts = range(0, len(lines), _LINES)
    pages = (_page(place + 1, lines[at : at + _LINES]) for place, at in enumerate(starts))
    return replace(text, pages=tuple(pages), seams=())


def _lines(form: Form, words: Mapping[str, str]) -> Iterator[str]:
    for name in HEADER:
        if value := form.values.get(name):
            yield f"{words[name]} {value}"
    yield from ("", words["made_heading"], words["made"], "", words["credentials"])
    for name in CREDENTIALS:
        if value := form.values.get(name):
            yield f"{words[name]} {value}"
    yield from ("", words["summary_heading"], words["summary"], "")
    yield form.values.get("clinical_summary", "")
    yield from ("", words["issues_heading"], words["issues"])
    for item in form.items:
        yield from ("", f"{item.title}: {item.decision}", "")
        for name in LABELS:
            yield f"{words[name]} {item.texts.get(name, '')}"


def _page(number: int, lines: list[str]) -> PdfPage:
    texts: list[str] = []
    lefts: list[float] = []
    tops: list[float] = []
    starts: list[int] = []
    for place, line in enumerate(lines):
        left = _MARGIN
        for at, word in enumerate(line.split()):
            if not at:
                starts.append(len(texts))
            texts.append(word)
            lefts.append(left / _WIDTH)
            tops.append((_MARGIN + place * _LEADING) / _HEIGHT)
            left += (len(word) + 1) * _CHARACTER
    widths = (len(word) * _CHARACTER / _WIDTH for word in texts)
    return PdfPage(
        number=number,
        width=_WIDTH,
        height=_HEIGHT,
        texts=tuple(texts),
        lefts=tuple(lefts),
        tops=tuple(tops),
        rights=tuple(left + width for left, width in zip(lefts, widths, strict=True)),
        bottoms=tuple(top + _SIZE / _HEIGHT for top in tops),
        bold=(False,) * len(texts),
        starts=tuple(starts),
    )


def in_words_of_ours(text: PdfText, theirs: Mapping[str, str], words: Mapping[str, str]) -> PdfText:
    """The letter as it would be read if it printed our words in the place of the house's."""
    exchanged = {
        tuple(other.split()): words[name].split()
        for name, other in theirs.items()
        if other != words[name]
    }
    longest = dict(sorted(exchanged.items(), key=lambda pair: -len(pair[0])))
    return replace(text, pages=tuple(_exchanged(page, longest) for page in text.pages))


def _exchanged(page: PdfPage, words: Mapping[tuple[str, ...], list[str]]) -> PdfPage:
    """The page with those runs of words exchanged; each new word lies where one of the old did."""
    texts: list[tuple[str, int]] = [(one, at) for at, one in enumerate(page.texts)]
    for theirs, ours in words.items():
        for start in reversed(places_of(theirs, [one for one, _ in texts])):
            last = len(theirs) - 1
            texts[start : start + len(theirs)] = [
                (one, texts[start + min(place, last)][1]) for place, one in enumerate(ours)
            ]
    origins = [origin for _, origin in texts]

    def of(column: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(column[at] for at in origins) if column else ()

    return replace(
        page,
        texts=tuple(one for one, _ in texts),
        starts=tuple(sorted({bisect_left(origins, start) for start in page.starts} - {len(texts)})),
        **{name: of(getattr(page, name)) for name in _COLUMNS},
    )
