"""Where the reader came from: the places before and after this one, as in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

State = Mapping[str, Any]
_LONGEST = 100


class ViewHistory:
    """View states left by a jump, to go back to and forward again."""

    def __init__(self) -> None:
        self._back: list[State] = []
        self._forward: list[State] = []

    @property
    def can_go_back(self) -> bool:
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._forward)

    def leave(self, here: State) -> None:
        """A jump is about to leave this place."""
        self._back = [*self._back, here][-_LONGEST:]
        self._forward.clear()

    def go_back(self, here: State) -> State | None:
        """The place before this one, if there is one."""
        if not self._back:
            return None
        self._forward.append(here)
        return self._back.pop()

    def go_forward(self, here: State) -> State | None:
        """The place gone back from, if there is one."""
        if not self._forward:
            return None
        self._back.append(here)
        return self._forward.pop()

    def clear(self) -> None:
        self._back.clear()
        self._forward.clear()
