"""How long the picker holds the hand up at each key: search, list, sentence, warnings and drawing.

Run as `python -m tests.benchmarks.bench_picker [ENTRIES]`. Every key of the phrases is pressed in
the open picker, in both of its steps; a key counts until what it changed is drawn. Three rounds are
typed and each key counts with its best time, so that other programs on the machine do not count.
Beside it the library's search alone, in the same run. Exits 1 where the 95th percentile is over
a frame.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.letter import Decision, FieldId, Header, Issue, Letter
from app.services.citations import Style
from app.services.database import open_database
from app.services.library import Library
from app.services.library.stored import put_new
from app.ui import theme
from app.ui.citing import CitationPicker
from tests.benchmarks.bench_library import (
    PHRASES,
    ROUNDS,
    keystrokes,
    made_up_entries,
    percentile,
    timed,
)
from tests.benchmarks.offscreen import keep_platform_quiet

FRAME_MS = 16.0
PLACES = ("special studies", "303-304", "initial care; phys")


def letter() -> Letter:
    issues = tuple(Issue(id=n, title="MRI of the lumbar spine") for n in range(1, 9))
    header = Header(decision_date=date(2016, 11, 9))
    return Letter(issues=issues, issues_made=8, header=header)


def press(widget: QWidget, key: str) -> float:
    """Seconds from the key to the drawn picture."""
    started = time.perf_counter()
    QTest.keyClicks(widget, key)
    QApplication.processEvents()
    return time.perf_counter() - started


def typed(picker: CitationPicker, anchor: QWidget) -> tuple[list[float], list[float]]:
    """Seconds of each key of the search, and of each key of the place."""
    line = picker.view.line
    finding: list[float] = []
    placing: list[float] = []
    field = FieldId("issue.maximus_guideline", 2)
    for phrase in PHRASES:
        picker.open_for(letter(), field, anchor, Style.SECTIONS_2016)
        finding += [press(line, character) for character in phrase]
        picker.close()
    for place in PLACES:
        picker.open_for(letter(), field, anchor, Style.SECTIONS_2016)
        QTest.keyClicks(line, "low back complaints 2004")
        QTest.keyClick(line, Qt.Key.Key_Return)
        placing += [press(line, character) for character in place]
        picker.close()
    return finding, placing


def main(count: int) -> int:
    keep_platform_quiet()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Scheme.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "desk.sqlite")
        library = Library(database)
        with database.writing() as session:
            put_new(session, made_up_entries(count))
        used = library.search("low back")
        for number, hit in enumerate(used):
            assert hit.entry.id is not None
            library.record_use(hit.entry.id, str(number), "MRI of the knee", Decision.UPHELD)
        anchor = QWidget()
        anchor.resize(640, 80)
        anchor.show()
        picker = CitationPicker(library, anchor)
        rounds = [typed(picker, anchor) for _ in range(ROUNDS)]
        finding = best([times for times, _ in rounds])
        placing = best([times for _, times in rounds])
        search = partial(library.search, treatment="MRI", on=date(2016, 11, 9))
        alone = best(timed(search, keystrokes()))
        database.close()
    print(f"{count:,} entries, milliseconds a key: median / 95th percentile / worst")
    for name, times in (
        ("key in the search, drawn", finding),
        ("key in the place, drawn", placing),
        ("library's search alone", alone),
    ):
        print(
            f"  {name:26} {percentile(times, 0.5):6.1f} {percentile(times, 0.95):6.1f} "
            f"{max(times) * 1000:6.1f}"
        )
    return int(max(percentile(finding, 0.95), percentile(placing, 0.95)) > FRAME_MS)


def best(rounds: list[list[float]]) -> list[float]:
    """The shortest time of each key."""
    return [min(times) for times in zip(*rounds, strict=True)]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
