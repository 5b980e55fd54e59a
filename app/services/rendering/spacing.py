"""How a value is spaced when it is printed: with one space between words, or as it was printed.

What was read from a letter prints with the spaces it had there, so that its lines end where they
ended. Where a value was edited, the words before and after the edit keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

HOLDING_HYPHEN = "\x01"
"""Stands for a hyphen at which a line may not end. `clean` leaves none in a value."""
SOFT_HYPHEN = "\u00ad"
"""Stands where a row's end broke a word, which may break there again."""
_NO_BREAK_HYPHEN = "\u2011"
_ODD = re.compile(" {2,}|[\u2011\xa0\u00ad]")
_BROKEN = re.compile(r"([^\W\d_]+)- ([^\W\d_]+)")
_MOST = 8
_TOKEN = re.compile("[^ \n]+|[ \n]")


def is_plain(printed: str) -> bool:
    """Whether a printed text has whole words with one space between: nothing is to be taken then."""
    return _ODD.search(printed) is None and _BROKEN.search(printed) is None


def respaced(value: str, printed: str) -> str:
    """The value with the spaces and the hyphens of its printed text, which lacks nothing else.

    `value` has one space between words. Line breaks of the value stay as they are. Spaces that
    begin the printed text parted it from its label.
    """
    if is_plain(printed):
        return value
    printed = _BROKEN.sub(lambda broken: _whole(broken, value), printed)
    wanted = _bare(value)
    spaces, hyphens, breaks, bare = _oddities(printed)
    before = _alike(wanted, bare)
    shift = len(bare) - len(wanted)
    after = min(_alike(wanted[::-1], bare[::-1]), min(len(wanted), len(bare)) - before)
    if not before and not after:
        return value

    def place(at: int) -> int:
        """Where that letter of the value is in the printed text, or -1."""
        if at < before:
            return at
        return at + shift if at >= len(wanted) - after else -1

    out: list[str] = [spaces.get(0, " ")[1:] if before else ""]
    at = 0
    for token in _TOKEN.findall(value):
        if token == " ":
            whole = at < before or at > len(wanted) - after
            out.append(spaces.get(place(at), " ") if whole else " ")
        elif token == "\n":
            out.append(token)
        else:
            start, at = at, at + len(token)
            places = [place(number) for number in range(start, at)] if hyphens or breaks else []
            out.append(_with_hyphens(token, places, hyphens, breaks) if places else token)
    return "".join(out)


def _with_hyphens(
    word: str, places: Sequence[int], hyphens: Container[int], breaks: Container[int]
) -> str:
    """A word with the hyphens that hold, and those where a line was broken, at their places."""
    out: list[str] = []
    for char, place in zip(word, places, strict=True):
        if place in breaks:
            out.append(SOFT_HYPHEN)
        out.append(HOLDING_HYPHEN if char == "-" and place in hyphens else char)
    return "".join(out)


def ends_page(printed: str | None) -> bool | None:
    """Whether the page ended after the printed text; None where nothing is known."""
    return None if printed is None else printed.endswith("\f")


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("\n", "").replace("\f", "").replace("\xa0", "")


def _whole(broken: re.Match[str], value: str) -> str:
    """A word that a row's end broke, put together where the value has it whole."""
    first, second = broken.groups()
    if first + second in value and f"{first}-{second}" not in value:
        return first + SOFT_HYPHEN + second
    return broken.group()


def _oddities(printed: str) -> tuple[dict[int, str], set[int], set[int], str]:
    """By place among the letters: the spaces before it, the hyphens that hold, the letters before
    which a word may break; and the letters."""
    spaces: dict[int, str] = {}
    hyphens: set[int] = set()
    breaks: set[int] = set()
    at = 0
    last = 0
    for match in _ODD.finditer(printed):
        at += len(_bare(printed[last : match.start()]))
        last = match.end()
        if match.group() == _NO_BREAK_HYPHEN:
            hyphens.add(at)
            at += 1
        elif match.group() == SOFT_HYPHEN:
            breaks.add(at)
        else:
            spaces[at] = match.group()[:_MOST]
    letters = _bare(printed).replace(SOFT_HYPHEN, "").replace(_NO_BREAK_HYPHEN, "-")
    return spaces, hyphens, breaks, letters
