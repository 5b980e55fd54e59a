"""The pick lists: where they are kept, and how a misspelt entry finds its right one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec

from app.paths import RESOURCES

FOLDER = RESOURCES / "vocabularies"
_LIKE = 84.0


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list on disk: its entries, where they come from, other spellings of an entry, and the
    entries that reviewers name most, the usual ones first."""

    entries: tuple[str, ...]
    source: str
    spellings: dict[str, str] = {}
    common: tuple[str, ...] = ()


class Known(msgspec.Struct, frozen=True):
    """An entry a printed text stands for. `exact` is False where it is only like it."""

    entry: str
    exact: bool


@cache
def _load(name: str) -> _File:
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=_File)


def entries(name: str) -> tuple[str, ...]:
    """A vocabulary by the name that the fields table uses: `states`, `specialties`.

    Raises FileNotFoundError for a name that is none.
    """
    return _load(name).entries


def states() -> tuple[str, ...]:
    """The states of the union, the District of Columbia and the territories."""
    return entries("states")


def specialties() -> tuple[str, ...]:
    """Certifications and specialties, as the state's search tool and letters print them."""
    return entries("specialties")


def recognise(name: str, text: str) -> Known | None:
    """The entry that `text` is or nearly is; None where nothing in the list is like it."""
    exact = _index(name).get(_folded(text))
    if exact is not None:
        return Known(exact, True)
    from rapidfuzz import fuzz, process, utils  # the form needs the lists alone

    best = process.extractOne(
        text,
        _load(name).entries,
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=_LIKE,
    )
    return Known(best[0], False) if best else None


def proposals(name: str, typed: str) -> tuple[str, ...]:
    """The entries that may be meant by what was typed so far, the likeliest first.

    What begins with it comes before what has a word that does, or words that begin as those typed
    do, and that before what holds it anywhere; of those the entries that reviewers name most.
    """
    wanted = _folded(typed)
    if not wanted:
        return ()
    file = _load(name)
    usual = {entry: place for place, entry in enumerate(file.common)}
    found: dict[str, tuple[int, int, int, str]] = {}
    for spelling, entry in [*((e, e) for e in file.entries), *file.spellings.items()]:
        how = _how_it_holds(_folded(spelling), wanted)
        if how is not None:
            rank = (how, usual.get(entry, len(usual)), len(entry), entry)
            found[entry] = min(found.get(entry, rank), rank)
    return tuple(sorted(found, key=found.__getitem__))


def _how_it_holds(text: str, wanted: str) -> int | None:
    if text.startswith(wanted):
        return 0
    if f" {wanted}" in text or _begins_words(text, wanted):
        return 1
    return 2 if wanted in text else None


def _begins_words(text: str, wanted: str) -> bool:
    """Whether each word typed begins a word of the text, in their order."""
    words = iter(text.split())
    typed = wanted.split()
    return len(typed) > 1 and all(any(word.startswith(one) for word in words) for one in typed)


def unlisted(name: str, values: Iterable[str]) -> tuple[str, ...]:
    """The values that are no entry of the list, nor another spelling of one."""
    index = _index(name)
    return tuple(value for value in values if _folded(value) not in index)


@cache
def _index(name: str) -> dict[str, str]:
    file = _load(name)
    index = {_folded(entry): entry for entry in file.entries}
    index.update({_folded(spelling): entry for spelling, entry in file.spellings.items()})
    return index


def _folded(text: str) -> str:
    return " ".join(text.replace("&", " and ").casefold().split())
