"""The layout of the new letter is chosen beside it: one step of the history."""

from __future__ import annotations

from pathlib import Path

from tests.ui.desk import Desk
from tests.ui.made_letters import write_pdf


def test_another_layout_is_set_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    desk.open(write_pdf(tmp_path / "letter.pdf"))
    desk.trigger("tab_preview")
    pane = desk.window.letter_pane.preview
    desk.wait_until(lambda: pane.rendered is not None)
    choice = pane.layout_choice
    before = pane.rendered
    titles = [choice.itemText(row) for row in range(choice.count())]
    plain = next(row for row, title in enumerate(titles) if "plain" in title.lower())
    choice.setCurrentIndex(plain)
    choice.activated.emit(plain)
    assert desk.document.letter.layout == "plain"
    desk.wait_until(lambda: pane.rendered is not before)
    desk.document.undo()
    assert desk.document.letter.layout == "maximus-2016"
    assert choice.currentIndex() != plain
