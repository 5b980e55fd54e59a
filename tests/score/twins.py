"""Degraded twins of clean letters, and errors put into them: what a letter looks like in the wild."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from app.services import pdf
from app.services.parsing.sheet import Sheet, lay_out
from app.services.pdf import PdfPage, PdfText, Word
from tests.score.content import take_apart
from tests.score.typeset import Style, typeset

STYLES = {
    "set again": Style(),
    "no bold": Style(fonts=("tiro", "tiro")),
    "other fonts and margins": Style(fonts=("helv", "hebo"), size=10, page=(595, 842), margin=54),
    "header as loose text": Style(table=False),
    "hyphenated": Style(hyphenate=True, margin=100),
    "page headers and footers": Style(running=True),
    "no white space": Style(gaps=False),
    "no bold, no white space": Style(fonts=("helv", "helv"), size=11, gaps=False),
}

_CONFUSED = {
    "1": "l", "l": "1", "I": "l", "0": "O", "O": "0", "o": "c", "c": "e", "e": "c", "5": "S", "S": "5",
    "8": "B", "B": "8", "m": "rn", "n": "ri", "a": "o", "t": "f", "f": "t", "i": "j", "2": "Z", "6": "b",
    "u": "v", "v": "y", "h": "b", "d": "cl", "r": "n", "s": "z", "M": "N", "T": "I", "3": "8", "4": "A",
    "7": "1", "9": "g", "p": "o", "g": "q", "D": "O", "C": "G", "U": "V", "P": "F", "R": "K", "E": "F",
}  # fmt: skip


def set_again(name: str, text: PdfText, seed: int) -> PdfText:
    """The letter set in one of the styles and read back."""
    return pdf.read(typeset(take_apart(text), STYLES[name], seed))


def with_noise(text: PdfText, share: float, seed: int) -> PdfText:
    """Misread characters: `share` of all."""
    chance = random.Random(seed)

    def misread(word: str) -> str:
        return "".join(
            _CONFUSED.get(letter, letter) if chance.random() < share else letter for letter in word
        )

    return _with_words(text, lambda _, word: replace(word, text=misread(word.text)))


def relabelled(text: PdfText) -> PdfText:
    """The labels of the issues in other capitals, and as plurals."""
    spelled = {"guideline:": "Guidelines:", "rationale:": "Rationale :", "MAXIMUS": "Maximus"}

    def respell(word: Word) -> Word:
        return replace(word, text=spelled.get(word.text, word.text)) if word.bold else word

    return _with_words(text, lambda _, word: respell(word))


def two_in_one(text: PdfText, other: PdfText) -> PdfText:
    """Both letters in one file."""
    return _renumbered((*text.pages, *other.pages))


def page_missing(text: PdfText, seed: int) -> PdfText:
    """One page lost."""
    gone = random.Random(seed).randrange(len(text.pages))
    return _renumbered(page for at, page in enumerate(text.pages) if at != gone)


def injected(text: PdfText, seed: int) -> Iterator[tuple[str, PdfText]]:
    """The letter with one error each: name of the error, letter."""
    chance = random.Random(seed)
    sheet = lay_out(text)
    yield "swapped digits", _swapped(text, chance)
    for kind, phrases in (
        ("lost heading", ("CLINICAL CASE SUMMARY", "IMR ISSUES, DECISIONS AND RATIONALES")),
        (
            "lost label",
            ("Claims Administrator guideline:", "MAXIMUS guideline:", "Decision rationale:"),
        ),
    ):
        for phrase in phrases:
            found = [
                at for at in _occurrences(sheet.text, phrase) if sheet.starts_row(sheet.word_at(at))
            ]
            at = chance.choice(found)
            first = sheet.word_at(at)
            yield kind, _without(text, sheet, range(first, first + len(phrase.split())))
    ends = [
        n
        for n, word in enumerate(sheet.texts)
        if word in ("Upheld", "Overturned") and sheet.texts[n - 1].endswith((":", "is"))
    ]
    if len(ends) > 1:
        end = chance.choice(ends[1:])
        first = end
        while sheet.bold[first - 1]:
            first -= 1
        yield "merged issues", _without(text, sheet, range(first, end + 1))
    yield "cut page", _cut(text, chance)


def _swapped(text: PdfText, chance: random.Random) -> PdfText:
    """Two neighbouring digits of one header value exchanged."""
    page = text.pages[0]
    candidates: list[tuple[Word, int]] = []
    for word in page.words:
        if word.box[1] < 0.2 and sum(letter.isdigit() for letter in word.text) >= 8:
            spots = [
                n
                for n in range(len(word.text) - 1)
                if word.text[n : n + 2].isdigit() and word.text[n] != word.text[n + 1]
            ]
            candidates.extend((word, n) for n in spots)
    target, at = chance.choice(candidates)
    changed = target.text[:at] + target.text[at + 1] + target.text[at] + target.text[at + 2 :]
    return _with_words(
        text,
        lambda on, word: replace(word, text=changed) if on is page and word == target else word,
    )


def _cut(text: PdfText, chance: random.Random) -> PdfText:
    """The lower part of one page lost."""
    at = chance.randrange(len(text.pages))
    below = chance.uniform(0.3, 0.8)
    page = text.pages[at]
    kept = page.with_words(word for word in page.words if word.box[1] < below)
    pages = (*text.pages[:at], kept, *text.pages[at + 1 :])
    return replace(text, pages=pages)


def _occurrences(text: str, phrase: str) -> list[int]:
    found: list[int] = []
    at = text.find(phrase)
    while at >= 0:
        found.append(at)
        at = text.find(phrase, at + 1)
    return found


def _without(text: PdfText, sheet: Sheet, words: range) -> PdfText:
    """The letter less these words of its sheet."""
    gone = {(sheet.row_at(word).page, sheet.box(word)) for word in words}
    pages = tuple(
        page.with_words(word for word in page.words if (page.number, word.box) not in gone)
        for page in text.pages
    )
    return replace(text, pages=pages)


def _with_words(text: PdfText, change: Callable[[PdfPage, Word], Word]) -> PdfText:
    pages = tuple(page.with_words(change(page, word) for word in page.words) for page in text.pages)
    return replace(text, pages=pages)


def _renumbered(pages: Iterator[PdfPage] | tuple[PdfPage, ...]) -> PdfText:
    numbered = tuple(replace(page, number=n) for n, page in enumerate(pages, start=1))
    return PdfText(pages=numbered, has_text=any(page.texts for page in numbered))
