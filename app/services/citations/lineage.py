"""Which edition of a chapter stood on a day: editions that took each other's place are one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from app.letter import Source
from app.services.citations.force import Dated, in_force
from app.services.citations.known import words_of


class Edition(Dated, Protocol):
    """An edition of a chapter of the MTUS, as the library or the data files keep it."""

    @property
    def key(self) -> str: ...
    @property
    def source(self) -> Source: ...
    @property
    def title(self) -> str: ...
    @property
    def superseded_by(self) -> str: ...


T = TypeVar("T", bound=Edition)


def line_of(edition: T, among: Iterable[T]) -> tuple[T, ...]:
    """The editions of its chapter, itself among them: what took its place, what it took the place
    of, and what has its title. In the order of `among`."""
    mtus = [one for one in among if one.source is Source.MTUS]
    line = {edition.key}
    titles = {words_of(edition.title)}
    while True:
        before = len(line)
        for one in mtus:
            if one.key in line or words_of(one.title) in titles or one.superseded_by in line:
                line.add(one.key)
                titles.add(words_of(one.title))
                line |= {one.superseded_by} - {""}
        if len(line) == before:
            return tuple(one for one in mtus if one.key in line)


def edition_in_force(edition: T, among: Iterable[T], on: date) -> T | None:
    """The edition of its chapter that stood on that day, verified or not; None where none is known.

    What took the edition's place goes before others of its line: chapters were joined and split.
    """
    editions: Sequence[T] = tuple(among)
    by_key = {one.key: one for one in editions}
    seen: set[str] = set()
    following: T | None = edition
    while following is not None and following.key not in seen:
        if stood(following, on):
            return following
        seen.add(following.key)
        following = by_key.get(following.superseded_by)
    standing = [one for one in line_of(edition, editions) if stood(one, on)]
    same = [one for one in standing if words_of(one.title) == words_of(edition.title)]
    return next(iter((*same, *standing)), None)


def stood(edition: Edition, on: date) -> bool:
    """Whether it had begun and was not over: an edition without a first day never stood for sure."""
    return edition.effective_from is not None and in_force(edition, on) is not False
