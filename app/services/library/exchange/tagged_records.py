"""Files of tagged lines: RIS, EndNote's own tags and PubMed's, parted into records of tags.

Rispy would take a line without a tag, a record without an end or a word between two of them for
something else or stop at it, and knows no other tags than those of RIS: so lines are read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from app.services.library.exchange.reference import Unread, first_words

Tags = dict[str, list[str]]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The tags of one record in a file, and the line it begins in; `values` where it was read so."""

    line: int
    tags: Tags
    ended: bool = True
    values: tuple[tuple[str, str], ...] = ()
    """Each value with its tag, in the order of the file."""


class Syntax(msgspec.Struct, frozen=True, kw_only=True):
    """How a kind of tagged file is written: `tag` finds the tag of a line and what follows it.

    A line without a tag goes on with the one before; in `lists` it is an item of its own. The
    tags `telling` are of a publication, also where the line that should begin it is missing.
    """

    tag: re.Pattern[str]
    start: str
    end: str | None
    telling: frozenset[str]
    lists: frozenset[str] = frozenset()


def read_records(text: str, syntax: Syntax) -> tuple[list[Record], list[Unread]]:
    """The records of a file, and the stretches of lines that belong to none."""
    lines = re.split(r"\r\n|\r|\n", text)
    tags = [match[1] if (match := syntax.tag.match(line)) else None for line in lines]
    edges = {syntax.start, syntax.end or syntax.start}
    records: list[Record] = []
    unread: list[Unread] = []
    begun: int | None = None
    loose: int | None = None
    for at, tag in enumerate([*tags, syntax.start]):
        if begun is not None and tag in edges:
            ended = syntax.end is None or tag == syntax.end
            values = _values(lines[begun:at], syntax)
            records.append(
                Record(line=begun + 1, tags=_by_tag(values), ended=ended, values=tuple(values))
            )
            begun = None
        elif loose is not None and tag in edges:
            unread += _loose(lines[loose:at], loose + 1, syntax, bool(records))
            loose = None
        if at == len(lines):
            break
        if tag == syntax.start:
            begun = at
        elif begun is None and loose is None and tag not in edges and lines[at].strip():
            loose = at
    return records, unread


def _by_tag(values: Sequence[tuple[str, str]]) -> Tags:
    tags: Tags = {}
    for tag, value in values:
        tags.setdefault(tag, []).append(value)
    return tags


def _values(lines: Sequence[str], syntax: Syntax) -> list[tuple[str, str]]:
    pieces: list[tuple[str, list[str]]] = []
    last, open_tag = syntax.start, ""
    for line in lines:
        match = syntax.tag.match(line)
        tag, content = (match[1], match[2].strip()) if match else (last, line.strip())
        goes_on = match is None and tag == open_tag and tag not in syntax.lists
        last = tag
        if goes_on:
            pieces[-1][1].append(content)
        elif content:
            pieces.append((tag, [content]))
            open_tag = tag
    return [(tag, " ".join(filter(None, parts))) for tag, parts in pieces]


def _loose(lines: Sequence[str], line: int, syntax: Syntax, behind: bool) -> list[Unread]:
    """What lines outside all records are: nothing where they only number or announce them."""
    text = "\n".join(lines)
    tags = {match[1] for one in lines if (match := syntax.tag.match(one))}
    if tags & syntax.telling:
        reason = f"the entry does not begin with “{syntax.start}”"
        return [Unread(line=line, reason=reason, words=first_words(text))]
    if not behind or all(map(_says_nothing, lines)) or tags:
        return []
    return [Unread(line=line, reason="these words belong to no entry", words=first_words(text))]


def _says_nothing(line: str) -> bool:
    """Whether a line between two records only numbers them or links to one."""
    words = line.strip()
    return not words or words.rstrip(".)").isdigit() or "://" in words
