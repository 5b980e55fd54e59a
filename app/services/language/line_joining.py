"""Lines that a page or a mail program broke, joined to the paragraphs that were meant.

A line was broken by a machine where its next word would not have gone onto it. Blank lines, marks
of a list and lines that stop short where another word had room are meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_LEAST_WIDTH = 35
"""Characters of the longest line from which on lines look filled: a list of names is none."""
_MOST_WIDTH = 160
"""Longer lines are paragraphs: nobody breaks lines there."""
_ROOM = 0.88
"""Letters differ in width: of the longest line so much counts as full."""
_LIST_MARK = re.compile(r"(?:[-*•·▪‣–—o]|\(?(?:\d{1,2}|[a-zA-Z])[.)])\s+\S")
_QUOTE_MARK = re.compile(r"^(?:>\s?)+", re.MULTILINE)
_ENDS = re.compile(r"[.!?:;][\"”’')\]]*$")
_LEADS_ON = re.compile(
    r"(?<!\S)(?:an?|and|as|at|by|for|from|in|into|is|of|on|or|than|that|the|to|was|were|which|with)$"
)
"""No line that was meant ends with such a word, however short the lines are."""
_SPLIT_WORD = re.compile(r"(?P<word>[^\W\d_]{2,})(?P<hyphen>[-\u2010\u00ad])$")
_WORD = re.compile(r"[^\W\d_]+")
_RANGE = re.compile(r"\d[-\u2013]$")
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")


def join_broken_lines(text: str, is_word: Callable[[str], bool] | None = None) -> str:
    """The text with its paragraphs each on one line; lines that were meant stay.

    `is_word` knows words: one that was broken at a hyphen is put together where it is one.
    """
    text = _plain(text)
    if text.lstrip().startswith(">") and all(
        line.startswith(">") for line in text.splitlines() if line.strip()
    ):
        text = _QUOTE_MARK.sub("", text)
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    width = max(map(len, lines), default=0)
    joined: list[str] = []
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else ""
        if before and line and _was_broken(before, line, width):
            joined[-1] = _over_the_end(joined[-1], line, is_word)
        else:
            joined.append(line)
    return "\n".join(joined)


def join_all_lines(text: str, is_word: Callable[[str], bool] | None = None) -> str:
    """The text as one line, whatever its lines were meant for."""
    joined = ""
    for line in _plain(text).split("\n"):
        words = _SPACES.sub(" ", line).strip()
        if words:
            joined = _over_the_end(joined, words, is_word) if joined else words
    return joined


def _plain(text: str) -> str:
    text = re.sub(r"\r\n?|\u2028|\u2029|\v", "\n", text)
    return text.replace("\f", "\n\n")


def _was_broken(before: str, line: str, width: int) -> bool:
    if _LIST_MARK.match(line):
        return False
    if _SPLIT_WORD.search(before) and line[0].islower():
        return True
    if _RANGE.search(before) and line[0].isdigit():
        return True
    if _LEADS_ON.search(before) or (line[0].islower() and not _ENDS.search(before)):
        return True
    if not _LEAST_WIDTH <= width <= _MOST_WIDTH:
        return False
    first = line.split(" ", 1)[0]
    full = len(before) + 1 + len(first) > width * _ROOM
    return full or (len(before) > width * 0.6 and not _ENDS.search(before) and before[-1] == ",")


def _over_the_end(before: str, line: str, is_word: Callable[[str], bool] | None) -> str:
    """Two lines as one. A hyphen at the end stays where it may be the word's own: `long-term`."""
    if _RANGE.search(before) and line[0].isdigit():
        return before + line
    split, rest = _SPLIT_WORD.search(before), _WORD.match(line)
    if split is None or rest is None:
        return f"{before} {line}"
    whole = is_word is not None and rest[0].islower() and is_word(split["word"] + rest[0])
    if whole or split["hyphen"] == "\u00ad":
        return before[:-1] + line
    return before + line
