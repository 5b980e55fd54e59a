"""No notice covers the field in hand, on no screen that the desk stands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication

from app.ui.notice_bar import Kind, Offer
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf

SCREENS = ((1440, 900), (1280, 720), (960, 540))
"""Points of a screen of 1920 by 1080 at 100 % and less, at 150 %, and at 200 %."""
LONG = (
    "The pictures of the pages are being read, and what was read of them is told here at length. "
)


@pytest.fixture(scope="module")
def desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    made = Desk(folder)
    made.open(write_pdf(folder / "letter.pdf", letter(issues=3)))
    made.settle()
    yield made
    made.close()


@pytest.mark.parametrize("checks", [False, True])
@pytest.mark.parametrize("size", SCREENS)
def test_none_lies_over_the_field_in_hand(desk: Desk, size: tuple[int, int], checks: bool) -> None:
    window = desk.window
    window.resize(*size)
    window.commands["checks"].setChecked(checks)
    QApplication.processEvents()
    for kinds in ((Kind.WRITTEN,), (Kind.BACKED_UP, Kind.READING), (Kind.PRINTED,)):
        for kind in kinds:
            window.notice.tell(kind, LONG * 2, Offer("Go there", lambda: None))
        covered: list[str] = []
        for field in desk.document.statuses:
            window.fields.go_to(field)
            QApplication.processEvents()
            row = window.form.row(field)
            assert row is not None
            shown = row.visibleRegion().boundingRect()
            there = QRect(row.mapTo(window.body, shown.topLeft()), shown.size())
            bar = QRect(window.notice.mapTo(window.body, QPoint()), window.notice.size())
            if there.intersects(bar) or not window.body.rect().contains(bar):
                covered.append(field.key)
        assert covered == []
    window.notice.clear()
