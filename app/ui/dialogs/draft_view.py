"""What the documents of a case say, before it fills a letter: values, where from, doubts, items."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.intake.draft import Draft, Row
from app.services.intake.draft_items import DraftItem
from app.services.intake.values import Verdict
from app.ui.dialogs.frame import words_label

_STEP = 8
_FACT_COLUMN, _VALUE_COLUMN, _SOURCE_COLUMN = range(3)


class DraftView(QWidget):
    """Lists a draft; the items have check marks."""

    items_changed = Signal(int)
    """How many items are chosen now."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[QCheckBox] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(_STEP)
        if draft.rows:
            column.addWidget(words_label("The case", "strong"))
            column.addLayout(self._facts(draft.rows))
        if draft.items:
            column.addSpacing(_STEP)
            column.addWidget(words_label("Disputed items", "strong"))
            for item in draft.items:
                column.addWidget(self._item(item))
        for note in draft.notes:
            column.addWidget(words_label(note, "doubt"))
        column.addStretch(1)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The places of the items that have a check mark."""
        return tuple(at for at, box in enumerate(self.boxes) if box.isChecked())

    def _facts(self, rows: Sequence[Row]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * _STEP)
        grid.setVerticalSpacing(_STEP // 2)
        grid.setColumnStretch(_VALUE_COLUMN, 1)
        for row in rows:
            at = grid.rowCount()
            grid.addWidget(
                words_label(row.fact, "label", wraps=False),
                at,
                _FACT_COLUMN,
                Qt.AlignmentFlag.AlignTop,
            )
            value = words_label(row.value or "not found", "" if row.value else "missing")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{row.fact}: {row.value or 'not found'}, {row.source}")
            grid.addWidget(value, at, _VALUE_COLUMN)
            grid.addWidget(
                words_label(row.source, "muted", wraps=False),
                at,
                _SOURCE_COLUMN,
                Qt.AlignmentFlag.AlignTop,
            )
            if row.doubts:
                grid.addWidget(
                    words_label("? " + " ".join(row.doubts), "doubt"), at + 1, _VALUE_COLUMN, 1, 2
                )
        return grid

    def _item(self, item: DraftItem) -> QWidget:
        box = QCheckBox()
        box.setChecked(item.is_on)
        box.setAccessibleName(_shown(item))
        told = [*((item.warning,) if item.warning else ()), *item.doubts]
        box.setAccessibleDescription(" ".join(told))
        box.toggled.connect(self._on_box_toggled)
        self.boxes.append(box)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        line = QHBoxLayout()
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(_WordsOf(box, _shown(item)), 1)
        column.addLayout(line)
        details = [f"approved: {item.approved}"] if item.approved else []
        details += [f"guideline: {item.guideline}"] if item.guideline else []
        for words, tone in ((". ".join(details), "muted"), (" ".join(told), "doubt")):
            if words:
                label = words_label(("? " if tone == "doubt" else "") + words, tone)
                label.setContentsMargins(3 * _STEP, 0, 0, 0)
                column.addWidget(label)
        return part

    def _on_box_toggled(self) -> None:
        self.items_changed.emit(len(self.chosen))


class _WordsOf(QLabel):
    """The words beside a check mark, which a box by itself cuts where they are long."""

    def __init__(self, box: QCheckBox, words: str) -> None:
        super().__init__(words)
        self._box = box
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._box.toggle()


def _shown(item: DraftItem) -> str:
    """The item's line: what it is, and what was decided."""
    verdict = "on the application" if item.verdict is None else str(item.verdict)
    if item.verdict is Verdict.NONE:
        verdict = "not decided: withdrawn, deferred or decided before"
    return f"{item.title} - {verdict}"
