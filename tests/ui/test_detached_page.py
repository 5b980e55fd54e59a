"""The page in a window of its own, and back."""

from __future__ import annotations

from pathlib import Path

from tests.ui.desk import Desk
from tests.ui.made_letters import write_pdf


def test_the_page_goes_out_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    desk.open(write_pdf(tmp_path / "letter.pdf"))
    pane = desk.window.letter_pane
    desk.trigger("detach_page")
    assert pane.window() is not desk.window
    assert pane.isVisible()
    first = next(iter(desk.document.evidence))
    desk.window.fields.go_to(first)
    pane.window().close()
    desk.settle()
    assert pane.window() is desk.window
    assert not desk.window.commands["detach_page"].isChecked()
    assert desk.window.panes.indexOf(pane) == 1
