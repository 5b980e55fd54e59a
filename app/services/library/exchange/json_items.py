"""The items of a JSON list, one by one, so that a damaged one does not take the others along."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import cast

import msgspec

from app.services.library.exchange.pace import Pace

_NEXT = re.compile(r"(?:[,}\]\n]|\A)\s*(?=\{\s*\")")
_KEY = re.compile(r'\{\s*"([^"]*)"')
_FIRST_KEYS = ("id", "type", "title", "citation-key", "key", "itemType", "DOI")
"""With one of these an item may begin that is damaged itself."""
_DECODER = json.JSONDecoder()
_PIECE = 16_000
_SIGNS = 12
"""So near to its end an error may come of a piece being cut: within an escape or a word."""
_LISTS = ("items", "references", "data")


class Broken(msgspec.Struct, frozen=True):
    """Stands for an item that is no JSON; `line` is where it breaks."""

    line: int


Item = tuple[object, int, str]
"""(value, the line it begins in, its text)"""


def items_of(text: str, pace: Pace) -> Iterable[Item] | None:
    """The items of a list, or of the list inside an object; references one after another that no
    list holds are items too.

    None where no list of anything begins.
    """
    begin = _list_start(text)
    if begin is not None:
        return _listed(text, begin, pace)
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(text, at)
    except (ValueError, RecursionError):
        return _listed(text, at, pace)
    if text[_skip(text, end) :]:
        return _listed(text, at, pace)
    line = text.count("\n", 0, at) + 1
    found = _in_answer(value)
    return None if found is None else [(one, line, text[at : at + 400]) for one in found]


def _in_answer(value: object) -> list[object] | None:
    """The references of an object: itself, or what a register's answer has in its envelope."""
    if not isinstance(value, dict):
        return None
    told = cast("dict[str, object]", value)
    for name in ("message", *_LISTS):
        inside = told.get(name)
        if isinstance(inside, list):
            return cast("list[object]", inside)
        if isinstance(inside, dict):
            return _in_answer(cast("object", inside))
    return [told] if "title" in told or "type" in told else None


def _list_start(text: str) -> int | None:
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        return at + 1
    if text[at : at + 1] == "{":
        match = re.match(r'\{\s*"(\w+)"\s*:\s*\[', text[at:])
        if match and match[1] in _LISTS:
            return at + match.end()
    return None


def _listed(text: str, position: int, pace: Pace) -> Iterator[Item]:
    line, counted = 1, 0
    position = _skip(text, position)
    while position < len(text):
        if text[position] in "[]":  # one list may follow another
            closed = text[position] == "]"
            position = _skip(text, position + 1)
            if closed and text[position : position + 1] not in ("[", "{"):
                return
            continue
        line += text.count("\n", counted, position)
        counted = position
        try:
            value, end = _decoded(text, position)
        except (ValueError, RecursionError) as error:  # a number can be too long to be one
            end = _next_item(text, position, pace)
            behind = error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0
            broken = line + behind
            yield Broken(broken), line, text[position:end]
        else:
            yield value, line, text[position : min(end, position + 400)]
        position = _skip(text, end)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)


def _decoded(text: str, position: int) -> tuple[object, int]:
    """The value that begins there, and where it ends. Raises as the decoder does.

    It is handed no more than it needs: for each error it counts the lines of all it was handed.
    """
    size = _PIECE
    while True:
        piece = text[position : position + size]
        try:
            value, end = _DECODER.raw_decode(piece)
        except json.JSONDecodeError as error:
            cut = error.pos > len(piece) - _SIGNS or error.msg.startswith("Unterminated string")
            if not cut or position + size >= len(text):
                raise
        else:
            if end < len(piece) or position + size >= len(text):
                return value, position + end
        size *= 4


def _next_item(text: str, position: int, pace: Pace) -> int:
    """Where the next item of the list may begin, behind the beginning of a damaged one."""
    for match in pace.through(_NEXT.finditer(text, position + 1)):
        if _begins_item(text, match.end()):
            return match.end()
    return len(text)


def _begins_item(text: str, position: int) -> bool:
    """Whether a reference begins here, and no name, date or work cited within one."""
    piece = text[position : position + _PIECE]
    try:
        value, _ = _DECODER.raw_decode(piece)
    except (ValueError, RecursionError):
        key = _KEY.match(piece)
        return key is not None and key[1] in _FIRST_KEYS
    return isinstance(value, dict) and "title" in value


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
