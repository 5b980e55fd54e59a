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
        self._at: int | None = None

    def end(self) -> None:
        """Whatever is typed next begins a step."""
        self._at = None

    def begins(self, before: str, after: str) -> bool:
        """Whether this change of the text begins a step; to be told every change in turn."""
        start, removed, added = changed(before, after)
        goes_on = self._at in (start, start + removed)
        whole = added > 1 or removed > 1
        closed = added > 0 and _CLOSED.search(before[:start]) is not None
        broken = after[start : start + added] == "\n"
        begins = whole or closed or broken or not goes_on
        # What came in as a whole is a step of its own; what is typed over a selection goes on.
        self._at = start + added if added <= 1 else None
        return begins


def changed(before: str, after: str) -> tuple[int, int, int]:
    """Where two texts begin to differ, and how many characters went and came there."""
    start = _shared(before, after)
    behind = _shared(before[start:][::-1], after[start:][::-1])
    return start, len(before) - start - behind, len(after) - start - behind


def _shared(one: str, other: str) -> int:
    """With how many characters two texts begin alike."""
    for place, (here, there) in enumerate(zip(one, other, strict=False)):
        if here != there:
            return place
    return min(len(one), len(other))
