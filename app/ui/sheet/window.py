"""The window of the sheet: what is chosen above, the letters in the middle, the field in hand below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.letter import FIELDS, SPEC_BY_NAME
from app.services.one_field import HEADER, LONG
from app.ui.dialogs.frame import DialogFrame, flat_button, say, scrolling, words_label
from app.ui.drop_down import DropDown
from app.ui.sheet.cut_view import CutView
from app.ui.sheet.hand import Hand
from app.ui.sheet.model import SheetModel
from app.ui.sheet.strips import Strips
from app.ui.sheet.table import SheetTable

SIZE = QSize(1260, 860)
LINES_BELOW = 8.4
"""Lines of text that the place of the field in hand is high."""


class SheetWindow(DialogFrame):
    """Not modal: the desk can be worked at beside it."""

    field_chosen = Signal(str)
    """The name of a field, or HEADER."""
    keep_requested = Signal()
    desk_requested = Signal()
    """The letter in hand is to be on the desk."""

    def __init__(self, model: SheetModel, strips: Strips) -> None:
        # Of its own: a window of the desk's would always lie over it.
        super().__init__(None, SIZE)
        self.setWindowFlags(Qt.WindowType.Window)
        self.set_title("One field of all letters listed")
        self.model = model
        self.commands: dict[str, QAction] = {}
        """What the keys do here, by the names of the commands that they are of."""
        self.choice = DropDown()
        self.choice.setAccessibleName("Field to be shown")
        self.choice.addItem("Header, all fields", HEADER)
        for spec in FIELDS:
            self.choice.addItem(spec.label, spec.name)
        self.table = SheetTable(model, strips)
        self.cut = CutView()
        self.cut.setAccessibleName("Where it is printed")
        self.hand = Hand()
        self.count = words_label("", "muted", wraps=False)
        self.name = words_label("", "section", wraps=False)
        self.said = words_label("", "muted")
        self.keep = QPushButton("")
        self.keep.setProperty("primary", True)
        self.keep.setAutoDefault(False)
        self.to_desk = flat_button("Open on the desk")
        self._lay_out()
        self.choice.activated.connect(self._on_choice_activated)
        self.keep.clicked.connect(self.keep_requested)
        self.to_desk.clicked.connect(self.desk_requested)
        self.fit_text()
        if self.size() != SIZE:
            # A screen that is smaller than the sheet would like is given to it whole.
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _lay_out(self) -> None:
        label = QLabel("&Field")
        label.setBuddy(self.choice)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label)
        head.addWidget(self.choice)
        head.addSpacing(16)
        head.addWidget(self.count)
        head.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.to_desk)
        column.addLayout(top)
        column.addWidget(scrolling(self.hand), 1)
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.cut, 3)
        row.addWidget(right, 2)
        self._below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.body.setSpacing(8)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._below)
        self.foot.addWidget(self.said, 1)
        self.foot.addWidget(self.keep)
        close = self.add_close_button()
        # Tab goes from value to value, past the buttons: each of them has its own key.
        for button, command in (
            (self.keep, "keep"),
            (self.to_desk, "show_place"),
            (close, "close"),
        ):
            button.setProperty("command", command)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def add_command(self, name: str, action: QAction) -> None:
        """Have a key do something here."""
        self.commands[name] = action
        self.addAction(action)

    @override
    def fit_text(self) -> None:
        self._below.setFixedHeight(int(self.fontMetrics().lineSpacing() * LINES_BELOW))
        self.table.fit()

    @override
    def dress(self) -> None:
        self.table.viewport().update()
        self.hand.refresh()

    def choose(self, name: str) -> None:
        """Show which field is chosen."""
        self.choice.setCurrentIndex(max(self.choice.findData(name), 0))
        keep = "Keep this header (Shift+Enter)"
        tip = (
            "Confirms the value in hand and each other value of this header that was read without "
            "a doubt, and goes on"
        )
        if name != HEADER and SPEC_BY_NAME[name].kind in LONG:
            keep = "Keep this text (Ctrl+Enter)"
            tip = "Confirms the text in hand, and goes on: of the others only a part is seen"
        elif name != HEADER:
            keep = "Keep what is shown (Shift+Enter)"
            tip = (
                "Confirms each value in view that stands beside its picture and was read without a "
                "doubt, and goes a screen on. What asks a question stays"
            )
        self.keep.setText(keep)
        self.keep.setToolTip(tip)

    def tell(self, words: str) -> None:
        """A sentence on what was done; empty for nothing."""
        say(self.said, words, "muted")

    def _on_choice_activated(self, place: int) -> None:
        self.field_chosen.emit(str(self.choice.itemData(place)))
