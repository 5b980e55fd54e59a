"""Where one step of writing ends and the next begins, so that undo takes back as much as one means.

A step ends with a sentence or a line, with what comes in as a whole (a paste, a snippet, a word
put right), where the caret is set elsewhere, and at a pause, which the editor's clock tells.
"""

from __future__ import annotations

import re

_CLOSED = re.compile(r"(?:[.!?][\"”’')\]]*\s+|\n\s*)$")


class TypingSteps:
    """Follows the changes of one text."""

    def __init__(self) -> None:
        self._at: frozenset[int] = frozenset()
        """Where the writing may go on: beside the same letters two texts differ at more places
        than one."""
        self._blank = False
        """The step has nothing but spaces so far: they are of the words that follow."""

    def end(self) -> None:
        """Whatever is typed next begins a step."""
        self._at = frozenset()

    def begins(self, before: str, after: str) -> bool:
        """Whether this change of the text begins a step; to be told every change in turn."""
        start, removed, added = changed(before, after)
        places = range(start - _slack(before, after, (start, removed, added)), start + 1)
        here = [place for place in places if self._at & {place, place + removed}]
        whole = added > 1 or removed > 1
        words = after[start : start + added]
        spaces = added > 0 and not words.strip(" \xa0")
        led = bool(here) and self._blank
        closed = added > 0 and not led and _CLOSED.search(before[:start]) is not None
        broken = words == "\n"
        # What came in as a whole is a step of its own; what is typed over a selection goes on.
        goes_on_at = (place + added for place in here or places) if added <= 1 else ()
        self._at = frozenset(goes_on_at)
        begins = whole or closed or broken or not here
        self._blank = spaces and (begins or self._blank)
        return begins


def changed(before: str, after: str) -> tuple[int, int, int]:
    """Where two texts begin to differ, and how many characters went and came there."""
    start = _shared(before, after)
    behind = _shared(before[start:][::-1], after[start:][::-1])
    return start, len(before) - start - behind, len(after) - start - behind


def _slack(before: str, after: str, change: tuple[int, int, int]) -> int:
    """By how many characters earlier the same change may have been."""
    start, removed, added = change
    if removed and added:
        return 0
    one, other = before[: start + removed], after[: start + added]
    return _shared(before[:start][::-1], (one if removed else other)[::-1])


def _shared(one: str, other: str) -> int:
    """With how many characters two texts begin alike."""
    for place, (here, there) in enumerate(zip(one, other, strict=False)):
        if here != there:
            return place
    return min(len(one), len(other))
