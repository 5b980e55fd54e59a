"""What every dialog of the desk looks like: a title with a line below it, a body, a foot.

Dialogs never block: they are shown, tell what was decided by signals, and free themselves when
they are closed.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui import theme
from app.ui.curtain import refused_behind_curtain
from app.ui.enter_button import EnterButton
from app.ui.help_task import offer_everywhere
from app.ui.screen_room import keep_on_screen

MARGIN = 24
GAP = 16
ROOM_OF_SCREEN = 0.9
USUAL_POINTS = 10.0


class DialogFrame(QDialog):
    """A dialog with the house's title, `body` and `foot`; Escape closes it.

    `size` is for text of the usual size: it grows with the text, up to the screen.
    """

    tells_of_letters = True
    """Whether it may show something of a letter; then it goes while patient data is hidden."""

    def __init__(self, parent: QWidget | None, size: QSize) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = theme.LookWatch(self)
        look.scheme_changed.connect(self._on_scheme_changed)
        look.text_changed.connect(self._on_text_changed)
        self._title = words_label("", "title")
        self._explanation = words_label("", "label")
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._explanation)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN - 4, MARGIN, GAP)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addLayout(self.body, 1)
        column.addLayout(self.foot)
        self._size = size
        self.resize(self._grown())
        offer_everywhere(self)

    def _grown(self) -> QSize:
        grown = self._size * max(1.0, self.font().pointSizeF() / USUAL_POINTS)
        return grown.boundedTo(self.screen().availableSize() * ROOM_OF_SCREEN)

    @override
    def setVisible(self, visible: bool) -> None:
        """It does not come up where patient data is hidden and it may show some."""
        if visible and self.tells_of_letters and refused_behind_curtain(self):
            self.reject()
            self.deleteLater()
            return
        super().setVisible(visible)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        keep_on_screen(self)

    def set_title(self, title: str, explanation: str = "") -> None:
        """What the dialog is, and in a line what is done here."""
        self.setWindowTitle(title)
        self._title.setText(title)
        self._explanation.setText(explanation)
        self._explanation.setVisible(bool(explanation))

    def add_close_button(self) -> QPushButton:
        """The button that ends the dialog, last in the foot."""
        close = EnterButton("Close")
        close.clicked.connect(self.close)
        self.foot.addWidget(close)
        return close

    def dress(self) -> None:
        """Tint what is drawn for the scheme in force; called again when the scheme changes."""

    def fit_text(self) -> None:
        """Give what is as wide as some words the size that they have; called again when it changes."""

    def _on_text_changed(self) -> None:
        self.fit_text()
        self.resize(self.size().expandedTo(self._grown()))
        keep_on_screen(self)

    def _on_scheme_changed(self) -> None:
        self.dress()


def words_label(words: str, tone: str, *, wraps: bool = True) -> QLabel:
    """Plain words in one of the tones of the style sheet."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", tone)
    label.setWordWrap(wraps)
    if wraps:
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label


def labelled(editor: QWidget) -> QVBoxLayout:
    """An editor below its name, which leads to it by its key."""
    label = words_label(editor.accessibleName(), "label")
    label.setBuddy(editor)
    pair = QVBoxLayout()
    pair.setSpacing(4)
    pair.addWidget(label)
    pair.addWidget(editor)
    return pair


def say(label: QLabel, words: str, tone: str) -> None:
    """Change a label's words and tone."""
    label.setText(words)
    theme.set_property(label, "tone", tone)


def flat_button(words: str, tip: str = "") -> QPushButton:
    """A button that is words alone."""
    button = EnterButton(words)
    button.setProperty("flat", True)
    button.setToolTip(tip)
    return button


def scrolling(content: QWidget) -> QScrollArea:
    """The content with a bar at its side where there is no room for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def card() -> QFrame:
    """A surface on which something belongs together."""
    frame = QFrame()
    frame.setProperty("card", True)
    return frame
