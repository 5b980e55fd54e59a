"""Making a layout look like the house's own letters: a letter of theirs beside our rendering of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.paths import FONTS, TEMPLATES
from app.services.layout_matching import Match, match_layout
from app.services.letter_reader import LetterReader
from app.services.rendering import Renderer
from app.services.settings import Settings, with_words
from app.ui.dialogs.frame import DialogFrame, flat_button, say, words_label
from app.ui.drop_down import DropDown
from app.ui.enter_button import EnterButton
from app.ui.file_places import first_shown
from app.ui.jobs import Jobs

SIZE = QSize(880, 600)
NAME_ROLE = Qt.ItemDataRole.UserRole
NO_WORDS = ("logo",)
LETTER = 2
"""The column of what stands in the letter of the house."""


class _ThirdColumn(QStyledItemDelegate):
    """While what stands in the letter of the house is typed, its lines are offered."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[str, ...] = ()

    @override
    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName("In your letter")
        completer = QCompleter(list(self.lines), editor)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        editor.setCompleter(completer)
        return editor

    @override
    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        room: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        over = max(editor.sizeHint().height() - room.height(), 0)
        editor.setGeometry(room.adjusted(0, -(over // 2), 0, over - over // 2))


class WordTable(QTreeWidget):
    """The fixed words of the layout: first those that the letter prints otherwise or for which nothing
    was found in it. Those that are ticked are taken over; what is typed is ticked."""

    def __init__(self) -> None:
        super().__init__()
        _set_up(self, "Words to take over", ("Word", "In the layout", "In your letter"))
        self._third = _ThirdColumn(self)
        self.setItemDelegate(self._third)
        self.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.itemDoubleClicked.connect(self._on_item_double_clicked)
        self.itemChanged.connect(self._on_item_changed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_F2 and item is not None:
            self._on_item_double_clicked(item)
        else:
            super().keyPressEvent(event)

    def _on_item_double_clicked(self, item: QTreeWidgetItem) -> None:
        self.editItem(item, LETTER)

    def show_words(self, layout: str, words: Mapping[str, str], match: Match | None = None) -> None:
        """Fill the table anew: what the letter prints otherwise, ticked, what was not told, the rest."""
        told = (*match.proposals, *match.lacking) if match else ()
        names = {one.name for one in told} | set(NO_WORDS)
        same = [name for name in words if name not in names]
        rows = [(one.name, one.ours, one.theirs, bool(one.theirs)) for one in told]
        rows += [(name, words[name], words[name] if match else "", False) for name in same]
        self._third.lines = match.printed if match else ()
        with QSignalBlocker(self):
            self.clear()
            for name, ours, theirs, is_ticked in rows:
                item = QTreeWidgetItem([in_words(name), ours, theirs])
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                item.setData(0, NAME_ROLE, f"{layout}/{name}")
                item.setCheckState(
                    0, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
                )
                item.setToolTip(1, ours)
                item.setToolTip(LETTER, theirs)
                _speak(item)
                self.addTopLevelItem(item)
        if first := self.topLevelItem(0):
            self.setCurrentItem(first)

    def ticked(self) -> dict[str, str]:
        """The words that are to be taken over, by `layout/name`."""
        items = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return {
            item.data(0, NAME_ROLE): text
            for item in items
            if item is not None
            and item.checkState(0) is Qt.CheckState.Checked
            and (text := item.text(LETTER).strip())
        }

    def _on_item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == LETTER:
            state = Qt.CheckState.Checked if item.text(LETTER).strip() else Qt.CheckState.Unchecked
            with QSignalBlocker(self):
                _speak(item)
            item.setCheckState(0, state)


def _speak(item: QTreeWidgetItem) -> None:
    """What a screen reader says of a word that nothing stands for yet."""
    spoken = None if item.text(LETTER).strip() else "nothing yet"
    item.setData(LETTER, Qt.ItemDataRole.AccessibleTextRole, spoken)


class LayoutMatchDialog(DialogFrame):
    """First the letter is chosen, then what differs is shown; ticked words are taken over, and what
    differs then is shown again."""

    words_chosen = Signal(object)
    """The words by `layout/name`, as the settings keep them."""

    def __init__(self, settings: Settings, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent, SIZE)
        self._settings, self._jobs = settings, jobs
        self._path: Path | None = None
        self._taken_over = 0
        # Tests and scripts put their own answer here.
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self.set_title(
            "Make a layout look like my letter",
            "Choose a letter of your house. It is read, set anew in the layout, and compared line by line.",
        )
        self.layouts = DropDown()
        self.layouts.setAccessibleName("Layout")
        for layout in Renderer([TEMPLATES], FONTS).layouts():
            self.layouts.addItem(layout.title, layout.name)
        self.layouts.setCurrentIndex(max(self.layouts.findData("maximus-2016"), 0))
        self.words = WordTable()
        self.lines = QTreeWidget()
        _set_up(self.lines, "Lines that differ", ("Page", "In the layout", "In your letter"))
        self.looks = QListWidget()
        self.looks.setAccessibleName("What looks otherwise")
        self.looks.setWordWrap(True)
        self.tabs = QTabWidget()
        for page, name in ((self.words, "Words"), (self.lines, "Lines"), (self.looks, "Look")):
            self.tabs.addTab(page, name)
        self.told = words_label("", "muted")
        self.body.addWidget(self.layouts)
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.told)
        self.choose = flat_button("Choose a letter…", "A PDF of your house")
        self.apply = EnterButton("Take over")
        self.apply.setProperty("primary", True)
        self.apply.setEnabled(False)
        self.as_it_came = flat_button(
            "Words as they came", "Take back what was taken over into this layout"
        )
        self.foot.addWidget(self.choose)
        self.foot.addWidget(self.as_it_came)
        self.foot.addStretch(1)
        self.foot.addWidget(self.apply)
        self.add_close_button()
        self.choose.clicked.connect(self._on_choose_clicked)
        self.apply.clicked.connect(self._on_apply_clicked)
        self.words.itemChanged.connect(self._on_words_item_changed)
        self.as_it_came.clicked.connect(self._on_as_it_came_clicked)
        self.layouts.activated.connect(self._on_layouts_activated)
        self._show_own()
        self.choose.setFocus()

    def read(self, path: Path) -> None:
        """Compare that letter with the layout that is chosen."""
        self._path = path
        say(self.told, "Reading and comparing…", "muted")
        self.choose.setEnabled(False)
        layout = self.layouts.currentData()
        self._jobs.run(
            partial(_match, self._settings, path, layout), self._on_matched, self._on_failed
        )

    def _ask_file(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(
            self, "A letter of your house", first_shown(), "PDF (*.pdf)"
        )
        return Path(name) if name else None

    def _on_choose_clicked(self) -> None:
        path = self.ask_file()
        if path is not None:
            self._taken_over = 0
            self.read(path)

    def _on_matched(self, match: Match) -> None:
        self.choose.setEnabled(True)
        self.words.show_words(match.layout, self._own(match.layout), match)
        self.lines.clear()
        for line in match.differences:
            row = QTreeWidgetItem([str(line.page), line.ours, line.theirs])
            row.setToolTip(1, line.ours)
            row.setToolTip(2, line.theirs)
            self.lines.addTopLevelItem(row)
        self.looks.clear()
        self.looks.addItems(match.looks)
        say(self.told, self._counted(match), "muted")
        self.apply.setEnabled(bool(match.proposals))
        if match.proposals:
            self.apply.setFocus()
        else:
            (self.words if match.lacking else self.choose).setFocus()

    def _taken(self) -> str:
        one = self._taken_over == 1
        return "1 word is taken over." if one else f"{self._taken_over} words are taken over."

    def _counted(self, match: Match) -> str:
        told = [self._taken()] if self._taken_over else []
        told.append(match.counted)
        if match.moved:
            told.append(f"{match.moved} have the same words, but end or stand elsewhere.")
        if match.proposals:
            count = len(match.proposals)
            told.append(f"{count} word{'s' * (count > 1)} would make it alike.")
        if match.lacking:
            told.append(
                "What stands in your letter for the others was not told: type it, or choose"
            )
            told.append("it from its lines (F2 or a double click).")
        return " ".join(told)

    def _on_failed(self, error: Exception) -> None:
        self.choose.setEnabled(True)
        if isinstance(error, UserError):
            say(self.told, f"{error.what} {error.remedy}", "error")

    def _on_apply_clicked(self) -> None:
        chosen = self.words.ticked()
        self._taken_over += len(chosen)
        self._keep(chosen)

    def _on_words_item_changed(self) -> None:
        self.apply.setEnabled(bool(self.words.ticked()))

    def _on_as_it_came_clicked(self) -> None:
        self._taken_over = 0
        self._keep(dict.fromkeys(self._own_words(), ""))
        if self._path is None:
            say(self.told, "The layout prints its own words again.", "muted")

    def _on_layouts_activated(self) -> None:
        self._show_own()
        if self._path is not None:
            self._taken_over = 0
            self.read(self._path)

    def _keep(self, words: dict[str, str]) -> None:
        """Hand the words over, and show at once what differs with them."""
        self.words_chosen.emit(words)
        self._settings = with_words(self._settings, words)
        self._show_own()
        if self._path is not None:
            self.apply.setEnabled(False)
            self.read(self._path)

    def _own_words(self) -> list[str]:
        layout = f"{self.layouts.currentData()}/"
        return [name for name in self._settings.words if name.startswith(layout)]

    def _own(self, layout: str) -> Mapping[str, str]:
        """The fixed words of a layout as they are printed now."""
        return Renderer([TEMPLATES], FONTS, self._settings.layout_words).layout(layout).words

    def _show_own(self) -> None:
        if self._path is None:
            layout = self.layouts.currentData()
            self.words.show_words(layout, self._own(layout))
            self.apply.setEnabled(False)
            taken = f"{self._taken()} " if self._taken_over else ""
            by_hand = "Without a letter each word can be typed (F2 or a double click)."
            say(self.told, taken + by_hand, "muted")
        self.as_it_came.setEnabled(bool(self._own_words()))


def _set_up(tree: QTreeWidget, name: str, heads: tuple[str, str, str]) -> None:
    tree.setHeaderLabels(list(heads))
    tree.setAccessibleName(name)
    tree.setRootIsDecorated(False)
    tree.setWordWrap(True)
    header = tree.header()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)


def in_words(name: str) -> str:
    """A fixed word of a layout as people call it: `made_heading` is `Made heading`."""
    return name.replace("_", " ").capitalize().replace("Ur ", "UR ")


def _match(settings: Settings, path: Path, layout: str) -> Match:
    with LetterReader() as reader:
        return match_layout(
            Renderer([TEMPLATES], FONTS, settings.layout_words), reader, path, layout
        )
