"""How a question is put to the index: words as typed, facts as numbers, days as tokens.

Facts stand in the index as words of a column of their own, so that they narrow a search by the
same lists that words do. They are called as no word is: which column a word stands in need not be
asked, which is the dearest part of a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from app.errors import UserError
from app.services.archive.tables import FACT

_PART = re.compile(r'(?<!\S)(-?)(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"\w+")
_LONG_ENOUGH = 3
"""Letters of a word that may still be written: with fewer it would find nearly everything."""


ITEM = f"{FACT}item"
"""The fact of every row but that of a letter as a whole, which is found by its words alone."""


class Term(msgspec.Struct, frozen=True):
    """One part of what was typed: its words, which stand beside each other."""

    words: tuple[str, ...]
    begins: bool = False
    refused: bool = False

    @property
    def match(self) -> str:
        phrase = '"' + " ".join(self.words) + '"'
        return f"{phrase} *" if self.begins else phrase

    @property
    def is_plain(self) -> bool:
        """Whether it is one word, as a whole."""
        return len(self.words) == 1 and not self.begins and not self.refused


def terms_of(words: str, *, begun: bool = False) -> tuple[Term, ...]:
    """The parts of what was typed. What is no letter or figure parts words: `C5-6` is a phrase."""
    found: list[Term] = []
    for minus, quoted, bare in _PART.findall(words):
        parts = tuple(_WORD.findall(quoted or bare))
        if parts:
            found.append(Term(parts, bare.endswith("*"), bool(minus)))
    if begun and found and words[-1:].isalnum():
        last = found[-1]
        if len(last.words[-1]) >= _LONG_ENOUGH and not last.refused:
            found[-1] = msgspec.structs.replace(last, begins=True)
    return tuple(found)


def match_of(
    terms: Iterable[Term],
    chosen: Iterable[Iterable[int]] = (),
    first_day: date | None = None,
    last_day: date | None = None,
) -> str:
    """What the index is asked. `chosen` are the numbers of the values of each facet.

    Raises UserError where only what must not be there is named.
    """
    terms = tuple(terms)
    wanted = " AND ".join(term.match for term in terms if not term.refused)
    parts = [f"({wanted})" if wanted else ITEM]
    parts += [_facts(map(fact_token, numbers)) for numbers in chosen]
    if first_day is not None or last_day is not None:
        parts.append(_facts(days_between(first_day, last_day)))
    refused = " OR ".join(term.match for term in terms if term.refused)
    if not refused:
        return " AND ".join(parts)
    if not wanted:
        raise UserError("Only what must not be there was named.", "Name also what is to be found.")
    return f"({' AND '.join(parts)}) NOT ({refused})"


def _facts(tokens: Iterable[str]) -> str:
    # Where there is no such value nothing is found: no token is called so.
    return f"({' OR '.join(tokens) or f'{FACT}none'})"


def fact_token(number: int) -> str:
    """How a value stands in the index, by its number."""
    return f"{FACT}f{number}"


def day_tokens(day: date | None) -> tuple[str, ...]:
    """The tokens an item's day stands for: its year, its month, itself."""
    if day is None:
        return ()
    return f"{FACT}y{day:%Y}", f"{FACT}m{day:%Y%m}", f"{FACT}d{day:%Y%m%d}"


_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)


def days_between(first: date | None, last: date | None) -> Iterator[str]:
    """The fewest tokens that stand for all days from the first to the last."""
    day, last = max(first or _FIRST, _FIRST), min(last or _LAST, _LAST)
    while day <= last:
        year_end, month_end = date(day.year, 12, 31), _month_end(day)
        if (day.month, day.day) == (1, 1) and year_end <= last:
            yield f"{FACT}y{day:%Y}"
            day = year_end
        elif day.day == 1 and month_end <= last:
            yield f"{FACT}m{day:%Y%m}"
            day = month_end
        else:
            yield f"{FACT}d{day:%Y%m%d}"
        day += timedelta(days=1)


def _month_end(day: date) -> date:
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return after - timedelta(days=1)
