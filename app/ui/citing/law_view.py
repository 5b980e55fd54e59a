"""What is known of the law today: how old that is, what is in force, what ends when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.citing.page import Page, button


class LawView(Page):
    """Its lines can be selected and copied; `update` asks for a file of newer facts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What is known of the law", parent)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setTabStopDistance(32 * self.lines.fontMetrics().averageCharWidth())
        self.lines.setAccessibleName("What is known of the law")
        self.update_facts = button("Update facts…", primary=True)
        self.body.addWidget(self.lines, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.update_facts)

    def show_status(self, lines: Sequence[str]) -> None:
        """Take over what is known; the first line is its age."""
        self.set_title("What is known of the law", lines[0])
        self.lines.setPlainText("\n".join(lines[1:]).strip())
