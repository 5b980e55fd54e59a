"""The field in hand is seen, whatever else stands in the window and however large that is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from app.letter import CASE, COVER, ISSUE, REVIEWER, SUMMARY, FieldId, field_ids
from app.ui import theme
from tests.budget import MANY
from tests.ui.desk import Desk

SIZES = ((1280, 680), (960, 560), (1024, 720), (1440, 860))
PANELS = ("", "checks", "find", "strip", "new letter")
STANDS = [(shown, points) for points in (None, 14.0) for shown in PANELS]


def panels(desk: Desk, shown: str) -> None:
    """Only this stands in the window beside page and form."""
    window = desk.window
    window.commands["checks"].setChecked(shown == "checks")
    window.letter_pane.find_bar.setVisible(shown == "find")
    if shown == "strip":
        window.strips.show_import_step(3, 60, 0)
    else:
        window.strips.show_import_end(3, 0)
        window.strips.clear_done()
    desk.trigger("tab_preview" if shown == "new letter" else "tab_letter")


@pytest.fixture
def large(desk: Desk, qapp: QApplication) -> Iterator[Desk]:
    """The window, which gets its size and its text back."""
    size = desk.window.size()
    yield desk
    theme.apply(qapp, theme.Scheme.LIGHT)
    panels(desk, "")
    desk.window.resize(size)
    desk.settle()


def is_whole(part: QWidget) -> bool:
    """Whether nothing of a widget is cut off or covered."""
    return part.visibleRegion().boundingRect() == part.rect()


def cut(desk: Desk, field: FieldId) -> str:
    """What of a field is not seen; of one that is higher than the form its label must be."""
    row = desk.window.form.row(field)
    assert row is not None
    room: QRect = desk.window.form._scroll._scroll.viewport().rect()
    if not is_whole(row._label):
        return "label"
    if row._label.width() < row._label.sizeHint().width():
        return "words of the label"
    if row.height() <= room.height() and not is_whole(row.editor):
        return "editor"
    return ""


@pytest.mark.parametrize("stand", range(len(STANDS)))
def test_the_field_in_hand_and_its_label_are_wholly_seen(
    large: Desk, qapp: QApplication, stand: int
) -> None:
    """Each size with one panel after the other; all with all where more is looked for."""
    shown, points = STANDS[stand]
    theme.apply(qapp, theme.Scheme.LIGHT, points)
    fields = list(field_ids(large.document.letter))
    found: list[tuple[tuple[int, int], FieldId, str]] = []
    for size in SIZES if MANY else (SIZES[stand % len(SIZES)],):
        large.window.resize(*size)
        panels(large, shown)
        large.settle()
        for field in [*fields, *reversed(fields[::3])]:
            large.window.fields.go_to(field)
            for _ in range(4):
                QApplication.processEvents()
            if what := cut(large, field):
                found.append((size, field, what))
    assert found == []


@pytest.mark.parametrize("section", [CASE, REVIEWER, SUMMARY, ISSUE, COVER])
def test_a_section_that_is_chosen_has_its_first_field_in_hand(desk: Desk, section: str) -> None:
    buttons = desk.window.form.findChildren(QToolButton)
    button = next(one for one in buttons if one.property("section") == section)
    button.click()
    desk.settle()
    field = desk.document.current_field
    assert field is not None
    assert field == next(f for f in desk.document.statuses if f.spec.section == section)
    row = desk.window.form.row(field)
    assert row is not None
    assert row.editor.isAncestorOf(desk.window.focusWidget())
    assert cut(desk, field) == ""
