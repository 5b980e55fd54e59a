"""What stands under an editor: the words on its value, and a button for each way out of a doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui import theme
from app.ui.button_flow import ButtonFlow

OF_OTHERS = ("use_other", "use_second_other")
"""The commands that put the first and the second other value in place."""
LONGEST = 48
"""Letters of another value that its button shows; its tip has all of it."""


class RowFoot(QWidget):
    """Says what it is told to; which words and which ways out is the row's decision."""

    kept = Signal()
    other_chosen = Signal(int)
    """Which of the other values, counted from 0."""
    reverted = Signal()
    place_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = PictureLabel()
        self._words = _words_label()
        self._findings = _words_label()
        self._known = _words_label()
        self._keep = _flat_button("Keep", "confirm", "It is right as it stands (Enter)")
        self._revert = _flat_button("Use read value", "revert_field")
        self._place = _flat_button("Page", "show_place")
        self._others: list[QPushButton] = []
        self._ways = ButtonFlow()
        self._ways.set_buttons((self._keep, self._revert, self._place))
        self._most: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._picture)
        column.addWidget(self._words)
        column.addWidget(self._findings)
        column.addWidget(self._known)
        column.addWidget(self._ways)
        column.addStretch(1)  # room that is kept lies below what is said
        self._keep.clicked.connect(self.kept)
        self._revert.clicked.connect(self.reverted)
        self._place.clicked.connect(self.place_wanted)

    def say(self, words: str, tone: str) -> None:
        """What is known of the value; empty for nothing."""
        _say(self._words, words, tone)
        self._fit()

    def show_picture(self, picture: QPixmap | None) -> None:
        """The words in doubt as the page shows them; None for nothing."""
        self._picture.show_picture(picture)
        self._fit()

    def say_found(self, words: str, tone: str) -> None:
        """What the checks found; empty for nothing."""
        _say(self._findings, words, tone)
        self._fit()

    def say_known(self, words: str) -> None:
        """What is known of the value beside what is right or wrong with it; empty for nothing."""
        _say(self._known, words, "muted")
        self._fit()

    def offer(
        self,
        *,
        keep: bool,
        others: Sequence[str],
        read: str | None,
        place: bool,
        keys: Mapping[str, str],
    ) -> None:
        """Which ways out there are: `others` are values in words, `read` is the value that was
        read, None where it stands there; `keys` are those of the commands, by their ids."""
        self._keep.setVisible(keep)
        self._revert.setVisible(read is not None)
        tip = "Back to what was read: {}".format((read or "")[:200])
        self._revert.setToolTip(_with_key(tip, keys.get("revert_field", "")))
        self._place.setVisible(place)
        self._place.setToolTip(
            _with_key("Show where it stands on the page", keys.get("show_place", ""))
        )
        if [button.property("words") for button in self._others] != list(others):
            self._make_others(others)
        for index, button in enumerate(self._others):
            tip = "Put {} here and go on".format(button.property("words"))
            button.setToolTip(_with_key(tip, keys.get(OF_OTHERS[min(index, 1)], "")))
        self._ways.fit()
        self._fit()

    def hold(self) -> None:
        """Be no higher than now, whatever is said, until `release`: of what there is no room for,
        whole parts wait."""
        self._most = 0 if self.isHidden() else self.height()

    def release(self) -> None:
        """Be as high as what is said again."""
        self._most = None
        self._fit()

    def _fit(self) -> None:
        """Show what there is to say, as much of it as there is room for."""
        used = 0
        for part in (self._words, self._picture, self._findings, self._ways, self._known):
            high = part.heightForWidth(self.width())
            says = part is self._ways or bool(part.property("says"))
            fits = self._most is None or used + high <= self._most
            part.setVisible(says and fits)
            used += high if says and fits else 0

    def keep_room(self) -> None:
        """Be no lower from now on than now: what goes leaves its room, and no row below moves."""
        if self.isVisible():
            self.setMinimumHeight(max(self.minimumHeight(), self.height()))

    def give_room_back(self) -> None:
        """Be as high as what is said from now on."""
        self.setMinimumHeight(0)
        self.resize(self.width(), 0)  # what it was is no measure any more
        self.updateGeometry()

    def _make_others(self, others: Sequence[str]) -> None:
        for button in self._others:
            button.hide()
            button.deleteLater()
        self._others = [self._make_other(index, words) for index, words in enumerate(others)]
        # They stand between what keeps the value and what leads to the page.
        self._ways.set_buttons((self._keep, *self._others, self._revert, self._place))
        for button in self._others:
            button.show()

    def _make_other(self, index: int, words: str) -> QPushButton:
        shown = words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
        shown = shown.replace("&", "&&")  # else it would mark a letter as a key
        button = _flat_button(f"Use {shown}", OF_OTHERS[min(index, 1)])
        button.setProperty("words", words)
        button.setProperty("place", index)
        button.clicked.connect(self._on_other_clicked)
        return button

    def _on_other_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self.other_chosen.emit(int(button.property("place")))


class PictureLabel(QLabel):
    """A part of the page, as high as it is, and no wider than there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The words in doubt, as the page shows them")
        self.hide()

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show it from its left; None for nothing."""
        self.setPixmap(picture or QPixmap())
        self.setProperty("says", picture is not None)

    @override
    def heightForWidth(self, width: int) -> int:
        return self.sizeHint().height()


def _words_label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    label.hide()
    return label


def _say(label: QLabel, words: str, tone: str) -> None:
    label.setText(words)
    label.setProperty("says", bool(words))
    theme.set_property(label, "tone", tone)


def _with_key(tip: str, key: str) -> str:
    return f"{tip} ({key})" if key else tip


def _flat_button(text: str, command: str, tip: str = "") -> QPushButton:
    """`command` is the one that does the same: Tab goes from field to field, past the buttons."""
    button = QPushButton(text)
    button.setProperty("command", command)
    button.setProperty("flat", True)
    button.setProperty("inline", True)
    button.setAutoDefault(False)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
