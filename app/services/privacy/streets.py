"""How an address of the cover is found: its street, short or in full, its town, its ZIP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from app.services.privacy.folding import Token, fold, tokens
from app.services.privacy.names import Found
from app.services.privacy.ordinary import is_ordinary

_TYPES = {
    "street": "st", "avenue": "av ave", "boulevard": "blvd", "road": "rd", "drive": "dr", "lane": "ln",
    "court": "ct", "place": "pl", "terrace": "ter terr", "circle": "cir", "parkway": "pkwy",
    "highway": "hwy", "way": "", "trail": "trl", "loop": "", "square": "sq", "plaza": "plz", "alley": "",
}  # fmt: skip
_TYPE_OF = {short: full for full, more in _TYPES.items() for short in (full, *more.split())}
_WAYS = frozenset(
    [
        "n",
        "s",
        "e",
        "w",
        "north",
        "south",
        "east",
        "west",
        "ne",
        "nw",
        "se",
        "sw",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
    ]
)
_ROOMS = frozenset(["apt", "apartment", "suite", "ste", "unit", "room", "rm", "floor", "fl"])
_TOWN = re.compile(
    r"(?:^|,)\s*(?P<town>[^\d,]+?),?\s+(?P<state>[A-Z]{2}|Calif\.?|California)\.?,?\s*"
    r"(?P<zip>\d{5}(?:-\d{4})?)?\s*$"
)
_BOX = re.compile(
    r"\b(?:(?:P\.?\s?O\.?|Post\s+Office|PMB)\s*)?\bBox\s*(?:#|No\.?)?\s*(\w*\d\w*)", re.I
)
_ROOM = re.compile(
    r"\b(?:apt|apartment|suite|ste|unit|room|rm|space|spc|trailer|lot)\b\.?\s*(?:#|no\.?)?\s*"
    r"(\d+(?:-?[a-z])?|[a-z](?:-?\d+)?)\b",
    re.I,
)
"""A part of a house, which tells where somebody lives also without the street."""
_CODE_BEFORE = re.compile(r"(?:cpt|codes?|hcpcs|procedures?)\W*(?:\d{5}\W+(?:and\s+)?)*$", re.I)
_GAP = re.compile(r"[\s,.#-]{0,3}")


class Street:
    """A line of an address with a house number or a box: found with or without the number."""

    def __init__(self, line: str) -> None:
        box = _BOX.search(line)
        self._box = fold(box[1]) if box else ""
        room = _ROOM.search(line)
        self._room = fold(room[1]) if room else ""
        keys = [token.key for token in tokens(_BOX.sub("", line))]
        self._number = keys[0] if keys and keys[0][0].isdigit() else ""
        rest = keys[1:] if self._number else keys
        while rest and rest[0] in _WAYS:
            rest = rest[1:]
        ends = [at for at, key in enumerate(rest) if at and (key in _TYPE_OF or key in _ROOMS)]
        self._core = tuple(rest[: ends[0]] if ends else rest)
        kind = rest[ends[0]] if ends else ""
        self._type = _TYPE_OF.get(kind, "")

    def __bool__(self) -> bool:
        return bool(self._core or self._box or self._room)

    @cached_property
    def _alone(self) -> bool:
        """Whether the street's name is enough, without number and type."""
        return any(not is_ordinary(key) and not key[0].isdigit() for key in self._core)

    def find(self, text: str, words: list[Token]) -> Iterator[Found]:
        """Where the street stands; with it the house number, the direction and the room."""
        if self._box:
            for match in _BOX.finditer(text):
                if fold(match[1]) == self._box:
                    yield Found(match.start(), match.end())
        if self._room:
            for match in _ROOM.finditer(text):
                if fold(match[1]) == self._room:
                    yield Found(match.start(), match.end())
        size = len(self._core)
        for at in range(len(words) - size + 1 if size else 0):
            if tuple(word.key for word in words[at : at + size]) != self._core:
                continue
            first, last, shown = self._around(text, words, at, at + size - 1)
            if self._alone or shown:
                yield Found(words[first].start, words[last].end)

    def _around(
        self, text: str, words: list[Token], first: int, last: int
    ) -> tuple[int, int, bool]:
        """The words that belong to the address, and whether number or type is among them."""
        shown = False
        if (
            last + 1 < len(words)
            and _TYPE_OF.get(words[last + 1].key)
            and self._near(text, words, last)
        ):
            shown = _TYPE_OF[words[last + 1].key] == self._type
            last += shown
        while first and self._near(text, words, first - 1) and words[first - 1].key in _WAYS:
            first -= 1
        if first and self._near(text, words, first - 1) and words[first - 1].key == self._number:
            first, shown = first - 1, True
        if (
            last + 2 < len(words)
            and words[last + 1].key in _ROOMS
            and self._near(text, words, last)
        ):
            last += 2
        return first, last, shown

    def _near(self, text: str, words: list[Token], at: int) -> bool:
        return _GAP.fullmatch(text, words[at].end, words[at + 1].start) is not None


class Zip:
    """A ZIP code. Five digits after the word code are a procedure's, not a town's."""

    def __init__(self, digits: str) -> None:
        self._pattern = re.compile(rf"(?<![\d-]){digits[:5]}(?:-?\d{{4}})?(?![\d-])")

    def find(self, text: str) -> Iterator[Found]:
        """Where it stands."""
        for match in self._pattern.finditer(text):
            if not _CODE_BEFORE.search(text[: match.start()]):
                yield Found(match.start(), match.end())


def town_and_zip(line: str) -> tuple[str, str, str] | None:
    """What stands before an address's last part, its town and its ZIP; None for another line."""
    match = _TOWN.search(line)
    return (line[: match.start()], match["town"].strip(), match["zip"] or "") if match else None


def is_street(line: str) -> bool:
    """Whether a line of an address tells a street or a box."""
    if _BOX.search(line):
        return True
    keys = [token.key for token in tokens(line)]
    if not keys or not keys[0][0].isdigit():
        return False
    return len(keys) > 1 and any(not key.isdigit() for key in keys[1:])
