"""How many drawn inputs a test takes: a third where changes are judged, all where more is looked for.

`make many` looks for more: the same tests, with every input of their budgets and new ones each time.
"""

from __future__ import annotations

import os

MANY = bool(os.environ.get("IMR_DESK_MANY"))


def examples(many: int) -> int:
    """The budget of a test whose whole budget is `many`."""
    return many if MANY else max(4, many // 3)
