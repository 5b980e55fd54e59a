"""The items of a JSON list, one by one, so that a damaged one does not take the others along."""

from __future__ import annotations

import json
import re
from typing import cast

import msgspec

_NEXT = re.compile(r"\}\s*,?\s*(?=\{)")
_LISTS = ("items", "references", "data")


class Broken(msgspec.Struct, frozen=True):
    """Stands for an item that is no JSON; `line` is where it breaks."""

    line: int


Item = tuple[object, int, str]
"""(value, the line it begins in, its text)"""


def items_of(text: str) -> list[Item] | None:
    """The items of a list, or of the list inside an object; a single reference is one item.

    None where no list of anything begins.
    """
    begin = _list_start(text)
    if begin is not None:
        return _listed(text, begin)
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(text, at)
    except (json.JSONDecodeError, RecursionError):
        return [(Broken(text.count("\n", 0, at) + 1), text.count("\n", 0, at) + 1, text[at:])]
    if isinstance(value, dict) and ("title" in value or "type" in value):
        return [(cast("object", value), text.count("\n", 0, at) + 1, text[at:])]
    return None


def _list_start(text: str) -> int | None:
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        return at + 1
    if text[at : at + 1] == "{":
        match = re.match(r'\{\s*"(\w+)"\s*:\s*\[', text[at:])
        if match and match[1] in _LISTS:
            return at + match.end()
    return None


def _listed(text: str, position: int) -> list[Item]:
    decoder = json.JSONDecoder()
    items: list[Item] = []
    line, counted = 1, 0
    position = _skip(text, position)
    while position < len(text) and text[position] != "]":
        line += text.count("\n", counted, position)
        counted = position
        try:
            value, end = decoder.raw_decode(text, position)
        except (json.JSONDecodeError, RecursionError) as error:
            end = _next_item(text, position)
            broken = error.lineno if isinstance(error, json.JSONDecodeError) else line
            items.append((Broken(broken), line, text[position:end]))
        else:
            items.append((value, line, text[position : min(end, position + 400)]))
        position = _skip(text, end)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
    return items


def _next_item(text: str, position: int) -> int:
    """Where the next item of the list may begin, behind a damaged one."""
    match = _NEXT.search(text, position + 1)
    while match is not None and not _begins_item(text, match.end()):
        match = _NEXT.search(text, match.end())
    return len(text) if match is None else match.end()


def _begins_item(text: str, position: int) -> bool:
    """Whether a reference begins here, and no name in a list of names."""
    head = text[position : position + 400]
    key = re.match(r'\{\s*"([^"]*)"', head)
    return key is not None and key[1] not in ("family", "given", "literal", "suffix", "name")


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
