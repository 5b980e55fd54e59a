"""Names of which letters alone are written: spelt out, by their initials, by one behind a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from app.services.privacy.folding import Token, fold
from app.services.privacy.ordinary import is_word

_TITLED_INITIALS = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sra?|[Pp]atient|[Aa]pplicant|[Cc]laimant|[Ee]mployee|[Ww]orker)\b\.?\s+"
    r"((?:[A-Z](?![\w'’ʼ])\.?[\s-]?){1,3}|[A-Z]{2,3}(?!\w))"
)
_NEXT_WORD = re.compile(r"[.\s-]*([A-Z][^\W\d_]+)")
ABBREVIATIONS = frozenset(["pe", "pt", "ot", "md", "do", "dc", "pa", "np", "er", "rn", "iv", "po", "bid", "tid", "qid", "prn", "im", "sc", "ac", "pc", "am", "pm", "us", "ca", "la", "eg", "ie", "ap", "mp", "ip"])  # fmt: skip
_CUT_SHORT = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr)\b\.?|([A-Z][a-z]+))\s((?:O['’ʼ]|Mc|Mac|De|Di|D['’ʼ]|Van|Von|Le|La)?[A-Z][a-z]{0,8}\.)"
)
SPELT = 4
"""So many single letters in a row are a word spelt out."""


def spelt_out(words: Sequence[Token], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where one of the folded keys stands letter by letter."""
    run: list[Token] = []
    for word in (*words, None):
        single = [word] if word is not None and len(word.key) == 1 else []
        if single and (not run or single[0].start - run[-1].end <= 2):
            run += single
            continue
        yield from _in_run(run, keys)
        run = single


def _in_run(run: Sequence[Token], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    letters = "".join(word.key for word in run)
    if len(letters) < SPELT:
        return
    for key in keys:
        at = letters.find(key)
        if at >= 0:
            yield run[at].start, run[at + len(key) - 1].end


def is_dotted_initial(text: str, word: Token, after: Token) -> bool:
    """Whether a word is an initial with a dot that stands at the next."""
    shown = text[word.start : word.end]
    return len(word.key) == 1 and shown.isupper() and text[word.end : after.start].strip() == "."


def dotted_initials(text: str, *orders: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where initials with dots stand for a whole name; `orders` are the first letters of its parts
    and of its words. Of three or more some may be left out behind the first."""
    if max(map(len, orders)) < 2:
        return
    wanted = {form for order in orders if len(order) > 1 for form in _forms(order)}
    for match in re.finditer(r"(?<![\w.])(?:[A-Z]\.[\s-]?){2,5}(?!\w)", text):
        letters = fold(match[0])
        if letters in ABBREVIATIONS:
            continue
        some = len(letters) > 2 and any(_some_of(letters, order) for order in orders)
        if letters in wanted or some:
            yield match.start(), match.start() + len(match[0].rstrip())


def _forms(order: Sequence[str]) -> Iterator[str]:
    yield "".join(order)
    yield order[0] + order[-1]
    yield order[-1] + "".join(order[:-1])


def _some_of(letters: str, order: Sequence[str]) -> bool:
    """Whether the letters are the first of `order` and some others of it, as they come there."""
    rest = iter(order)
    return letters[0] == order[0] and all(letter in rest for letter in letters)


def titled_initials(text: str, initials: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where initials behind a title stand for a whole name, and no other name follows them."""
    for match in _TITLED_INITIALS.finditer(text):
        after = _NEXT_WORD.match(text, match.end())
        if after and not is_word(fold(after[1])):
            continue
        if all(letter in initials for letter in fold(match[1])):
            yield match.start(1), match.start(1) + len(match[1].rstrip(" -\n"))


def cut_short(
    text: str, parts: Collection[str], is_given: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    """Where the beginning of a surname with a dot stands for all of it: `Ms. McG.`, `Bill O'S.`"""
    for match in _CUT_SHORT.finditer(text):
        key = fold(match[2])
        if match[1] and not is_given(fold(match[1])):
            continue
        if len(key) > 1 and any(part.startswith(key) and part != key for part in parts):
            yield match.start(1 if match[1] else 2), match.end()
