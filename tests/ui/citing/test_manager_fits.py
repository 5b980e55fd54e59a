"""The library's window is as wide as it was made, however long what it tells."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from app.services.library import Entry, EntryKind, Library, copy_of
from tests.ui.citing.conftest import Hand

LONG = (
    "A randomized controlled trial of graded exercise and cognitive behavioural therapy after"
    " lumbar fusion surgery in injured workers with chronic low back pain of long standing"
)


def within(window: QWidget) -> bool:
    """Whether every button and box that shows lies inside the window whole."""
    parts = [*window.findChildren(QPushButton), *window.findChildren(QComboBox)]
    return all(
        window.rect().contains(part.rect().translated(part.mapTo(window, QPoint(0, 0))))
        for part in parts
        if part.isVisible()
    )


def test_duplicates_with_long_titles_fit_the_window(hand: Hand, library: Library) -> None:
    one = library.save(Entry(kind=EntryKind.STUDY, title=LONG, edition="2011", notes="n " * 90))
    library.save(replace(copy_of(one), title=f"{LONG}s", notes="", journal="J " * 60))
    hand.manager.resize(1280, 720)
    hand.do("duplicates")
    assert hand.manager.size() == QSize(1280, 720)
    assert hand.manager.minimumSizeHint().width() <= 1000
    assert within(hand.manager)
    hand.manager.duplicates.merge.click()
    hand.settle()
    assert LONG in hand.manager.status
    assert hand.manager.size() == QSize(1280, 720)
    assert within(hand.manager)


def test_a_file_with_a_long_name_fits_the_window(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / f"{'references_of_the_year_' * 8}.ris"
    file.write_text(f"TY  - JOUR\nTI  - {LONG}\nER  - \n")
    hand.manager.resize(1280, 720)
    hand.manager.import_file(file)
    hand.settle()
    assert hand.manager.pages.currentWidget() is hand.manager.preview
    assert hand.manager.size() == QSize(1280, 720)
    assert within(hand.manager)
