"""The searches that are kept under a name: chosen, kept, forgotten."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction

from app.services.archive.values import Question
from app.ui import theme
from app.ui.enter_button import EnterButton, EnterToolButton


class SavedBox(EnterToolButton):
    """A button whose menu lists them."""

    question_chosen = Signal(object)
    """A Question."""
    name_given = Signal(str)
    """The search on show is to be kept under that name."""
    forget_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("Saved searches")
        self.setAccessibleName("Saved searches")
        self.setIcon(theme.icon("bookmark", "muted"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._on_menu_about_to_show)
        self.name = QLineEdit()
        self._menu_fill({})

    def show_searches(self, searches: dict[str, Question]) -> None:
        """These are kept now."""
        self._menu_fill(searches)

    @property
    def names(self) -> tuple[str, ...]:
        """Of what is kept."""
        return self._names

    def choose(self, name: str) -> None:
        """As the menu does."""
        self.question_chosen.emit(self._searches[name])

    def _menu_fill(self, searches: dict[str, Question]) -> None:
        self._searches = dict(searches)
        self._names = tuple(searches)
        self._menu.clear()
        for name in searches:
            self._menu.addAction(_plain(name)).triggered.connect(partial(self._on_chosen, name))
        if searches:
            forget = self._menu.addMenu("Forget")
            for name in searches:
                act = forget.addAction(_plain(name))
                act.triggered.connect(partial(self._on_forget, name))
            self._menu.addSeparator()
        self._menu.addAction(self._keeping())

    def _keeping(self) -> QWidgetAction:
        """A line for a name, at the end of the menu."""
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name for this search")
        self.name.setAccessibleName("Name under which this search is kept")
        keep = EnterButton("Save")
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.name)
        row.addWidget(keep)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(place)
        self.name.returnPressed.connect(self._on_name_return_pressed)
        keep.clicked.connect(self._on_name_return_pressed)
        return action

    def _on_menu_about_to_show(self) -> None:
        self.name.clear()
        if not self._names:
            self.name.setFocus()

    def _on_chosen(self, name: str, _checked: bool = False) -> None:
        self.choose(name)

    def _on_forget(self, name: str, _checked: bool = False) -> None:
        self.forget_requested.emit(name)

    def _on_name_return_pressed(self) -> None:
        name = self.name.text().strip()
        if name:
            self._menu.close()
            self.name_given.emit(name)


def _plain(name: str) -> str:
    """A name whose & is one."""
    return name.replace("&", "&&")
