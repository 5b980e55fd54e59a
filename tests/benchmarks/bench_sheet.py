"""How many keys the header fields of fifty letters take in the sheet, and how long each holds it up.

Run as `python -m tests.benchmarks.bench_sheet`. The letters as they are (one in eight has a doubtful
field), and with a doubt in one of five, some with two; the pictures are waited for before each key,
as nobody keeps what he has not seen. Exits 1 where it is sixty keys or more, or a key holds the
window up for more than a tenth of a second.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from PySide6.QtWidgets import QApplication

from app.services.one_field import HEADER
from app.ui import theme
from tests.benchmarks.offscreen import keep_platform_quiet
from tests.ui.sheet.counted import AS_THEY_ARE, COUNT, ONE_IN_FIVE, go_through
from tests.ui.sheet.many import INJURY, Change
from tests.ui.sheet.sheet_desk import SheetDesk

MOST_KEYS, MOST_MS = 60, 100.0
KINDS: dict[str, dict[int, Change]] = {"as they are": AS_THEY_ARE, "one in five": ONE_IN_FIVE}
FIELDS = {"header": HEADER, "one field": INJURY.name}


class TimedDesk(SheetDesk):
    """Notes how long each key keeps the window's own thread at work, whatever else runs here."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.held: list[float] = []

    def press(self, *args: object, **named: object) -> None:
        start = time.thread_time()
        super().press(*args, **named)  # type: ignore[arg-type]
        self.held.append((time.thread_time() - start) * 1000)


def main() -> int:
    keep_platform_quiet()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Scheme.LIGHT)
    print(
        f"{COUNT} letters                 keys   milliseconds a key: median / worst   rows there after"
    )
    well = True
    for field, name in FIELDS.items():
        for kind, changes in KINDS.items():
            with tempfile.TemporaryDirectory() as folder:
                desk = TimedDesk(Path(folder))
                desk.fill(COUNT, changes)
                start = time.perf_counter()
                desk.show_sheet(name)
                there = time.perf_counter() - start
                keys = go_through(desk, frozenset({11, 22}))
                worst = max(desk.held)
                desk.close()
            print(
                f"  {field:10} {kind:12} {keys:6}   {median(desk.held):20.1f} {worst:7.1f} {there:14.2f} s"
            )
            well = well and keys < MOST_KEYS and worst <= MOST_MS
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
