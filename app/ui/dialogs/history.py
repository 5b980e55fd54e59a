"""The history of a letter's edits: read, filtered, checked against tampering, and put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.letter import FieldId, Letter, get_value
from app.services.language.dates import moment_text
from app.services.rendering.files import write_file
from app.services.store import ISSUES, LETTER, Break, JournalEntry
from app.ui import theme
from app.ui.dialogs.field_words import (
    OF_VALUES,
    act_words,
    entry_words,
    field_words,
)
from app.ui.dialogs.frame import DialogFrame, say, words_label
from app.ui.dialogs.history_table import FIELD, WHAT, WHEN, WHO, HistoryTable
from app.ui.dialogs.journal_csv import journal_csv
from app.ui.drop_down import DropDown
from app.ui.file_places import first_shown

ENTRY_ROLE = Qt.ItemDataRole.UserRole
ALL_FIELDS = "*"
ONE_LINE = 60
NOT_THERE: Any = object()

Index = QModelIndex | QPersistentModelIndex


def time_words(at: datetime) -> str:
    """A moment in the time of this computer, as the letters write dates."""
    return moment_text(at.astimezone(), seconds=True)


def verdict_words(entries: int, verdict: Break | None) -> str:
    """Whether the journal holds, in a sentence."""
    if verdict is None:
        noun = "entry" if entries == 1 else "entries"
        return f"The journal holds: {entries} {noun}, chained."
    return (
        f"The journal does not hold: at entry {verdict.seq}, {verdict.reason}. "
        "Something other than this program changed the data; a backup may have it whole."
    )


class HistoryDialog(DialogFrame):
    """The newest entry first. `letter` is the letter as it stands: what can be put back is
    measured against it."""

    revert_requested = Signal(str, object)
    """(field key, the former value): to be made a new edit."""

    def __init__(
        self,
        entries: Sequence[JournalEntry],
        verdict: Break | None,
        letter: Letter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, QSize(960, 680))
        self._letter = letter
        self._entries: tuple[JournalEntry, ...] = ()
        self._model = _EntryModel(self)
        self._verdict_mark = QLabel()
        self._verdict_words = words_label("", "ok")
        self._field = DropDown()
        self._field.setMinimumWidth(240)
        self._field.setAccessibleName("Show the edits of this field")
        self._table = HistoryTable(self._model)
        self._before, self._after = _text_box(), _text_box()
        self._put_before = QPushButton("Put this back")
        self._put_after = QPushButton("Put this back")
        self._words = words_label("", "muted")
        self._export = QPushButton("Save as CSV…")
        self._lay_out()
        self._field.currentIndexChanged.connect(self._on_field_changed)
        self._table.selectionModel().currentChanged.connect(self._on_table_current_changed)
        self._put_before.clicked.connect(self._on_put_before_clicked)
        self._put_after.clicked.connect(self._on_put_after_clicked)
        self._export.clicked.connect(self._on_export_clicked)
        self.show_entries(entries, verdict, letter)
        self._table.setFocus()

    def show_entries(
        self, entries: Sequence[JournalEntry], verdict: Break | None, letter: Letter
    ) -> None:
        """Show the journal anew; the filter stays as it is, the newest entry is chosen."""
        self._letter = letter
        self._entries = tuple(sorted(entries, key=lambda one: -one.seq))
        number = letter.header.case_number
        self.set_title(
            f"History of {number}" if number else "History",
            "Every edit of this letter; a former value can be put back as a new edit.",
        )
        say(
            self._verdict_words,
            verdict_words(len(entries), verdict),
            "ok" if verdict is None else "error",
        )
        self._verdict_mark.setProperty("broken", verdict is not None)
        self.dress()
        self._fill_fields()
        self._show_entries()

    @override
    def dress(self) -> None:
        broken = bool(self._verdict_mark.property("broken"))
        mark = theme.icon("octagon-alert", "error") if broken else theme.icon("shield-check", "ok")
        self._verdict_mark.setPixmap(mark.pixmap(20, 20))

    def save_csv(self, path: str) -> None:
        """Write the whole journal to a file; says in place what came of it."""
        target = Path(path)
        try:
            # The file chooser has asked already whether a file may be overwritten.
            write_file(target, journal_csv(self._entries, self._letter), replace=True)
        except UserError as error:
            say(self._words, f"{error.what} {error.remedy}", "error")
            return
        say(self._words, f"Saved as {target.name}. It holds medical data.", "ok")

    # Building

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._verdict_mark)
        top.addWidget(self._verdict_words, 1)
        name = words_label("Field", "label", wraps=False)
        name.setBuddy(self._field)
        top.addWidget(name)
        top.addWidget(self._field)
        values = QWidget()
        columns = QHBoxLayout(values)
        columns.setContentsMargins(0, 8, 0, 0)
        columns.setSpacing(16)
        for words, box, button in (
            ("Before", self._before, self._put_before),
            ("After", self._after, self._put_after),
        ):
            columns.addLayout(_value_column(words, box, button), 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._table)
        split.addWidget(values)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setHandleWidth(4)
        split.setProperty("quiet", True)
        self.body.addLayout(top)
        self.body.addWidget(split, 1)
        self._export.setAutoDefault(False)
        self.foot.addWidget(self._words, 1)
        self.foot.addWidget(self._export)
        self.add_close_button()
        self.setTabOrder(self._field, self._table)

    # Showing

    def _fill_fields(self) -> None:
        chosen = self._field.currentData()
        self._field.blockSignals(True)
        self._field.clear()
        self._field.addItem("All fields", ALL_FIELDS)
        seen = dict.fromkeys(entry.field for entry in self._entries if entry.field)
        for key in sorted(seen, key=self._field_words):
            self._field.addItem(self._field_words(key), key)
        self._field.setCurrentIndex(max(0, self._field.findData(chosen)))
        self._field.blockSignals(False)

    def _field_words(self, key: str) -> str:
        return field_words(key, self._letter)

    def _show_entries(self) -> None:
        chosen = self._field.currentData()
        shown = [one for one in self._entries if chosen in (ALL_FIELDS, one.field)]
        self._model.show_entries(shown, self._letter)
        self._table.setCurrentIndex(self._model.index(0, 0))
        self._show_current()

    def _current(self) -> JournalEntry | None:
        return self._table.currentIndex().data(ENTRY_ROLE)

    def _show_current(self) -> None:
        entry = self._current()
        before, after = entry_words(entry) if entry is not None else ("", "")
        empty = "Nothing stood here."
        for box, words in ((self._before, before), (self._after, after)):
            box.setPlainText(words)
            box.setPlaceholderText(empty if entry is not None else "")
        self._show_ways_back(entry)

    def _show_ways_back(self, entry: JournalEntry | None) -> None:
        before = entry is not None and self._can_put_back(entry, entry.before)
        after = entry is not None and self._can_put_back(entry, entry.after)
        self._put_before.setEnabled(before)
        self._put_after.setEnabled(after)
        words = ""
        if entry is not None and not (before or after):
            if entry.act not in OF_VALUES:
                words = "This changed no value."
            elif not self._is_there(entry.field):
                words = "This disputed item was removed: undo its removal first."
        say(self._words, words, "muted")

    def _is_there(self, key: str) -> bool:
        return self._now(key) is not NOT_THERE

    def _now(self, key: str) -> Any:
        """The value as it stands; NOT_THERE where the letter has no such field."""
        if key == ISSUES:
            return self._letter.issues
        if key == LETTER:
            return self._letter
        try:
            return get_value(self._letter, FieldId.from_key(key))
        except (KeyError, ValueError):
            return NOT_THERE

    def _can_put_back(self, entry: JournalEntry, value: Any) -> bool:
        if entry.act not in OF_VALUES or not self._is_there(entry.field):
            return False
        if entry.field in (ISSUES, LETTER) and value is None:
            return False
        return (value or None) != (self._now(entry.field) or None)

    # Slots

    def _on_field_changed(self) -> None:
        self._show_entries()

    def _on_table_current_changed(self) -> None:
        self._show_current()

    def _on_put_before_clicked(self) -> None:
        entry = self._current()
        if entry is not None:
            self._put_back(entry, entry.before)

    def _on_put_after_clicked(self) -> None:
        entry = self._current()
        if entry is not None:
            self._put_back(entry, entry.after)

    def _put_back(self, entry: JournalEntry, value: Any) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.revert_requested.emit(entry.field, value)

    def _on_export_clicked(self) -> None:
        chooser = QFileDialog(self, "Save the history")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDirectory(first_shown())
        chooser.setDefaultSuffix("csv")
        chooser.setNameFilter("Tables (*.csv)")
        chooser.selectFile(f"{self._letter.header.case_number or 'letter'} history.csv")
        chooser.fileSelected.connect(self.save_csv)
        chooser.open()


class _EntryModel(QAbstractTableModel):
    HEADERS = ("When", "Who", "What", "Field", "Before → after")

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[JournalEntry] = []
        self._letter: Letter | None = None

    def show_entries(self, entries: list[JournalEntry], letter: Letter) -> None:
        self.beginResetModel()
        self._entries, self._letter = entries, letter
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._entries)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(self.HEADERS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADERS[section]
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(entry, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words(entry, index.column()) or "nothing"
        if role == Qt.ItemDataRole.ForegroundRole and index.column() in (WHEN, WHO):
            return theme.colour("muted")
        return None

    def _words(self, entry: JournalEntry, column: int) -> str:
        if column == WHEN:
            return time_words(entry.at)
        if column == WHO:
            return entry.by
        if column == WHAT:
            return act_words(entry)
        if column == FIELD:
            return field_words(entry.field, self._letter) if entry.field else ""
        before, after = map(_one_line, entry_words(entry))
        if not before and not after:
            return ""
        return f"{before or '–'} → {after or '–'}"


def _one_line(text: str) -> str:
    line = " ".join(text[: 4 * ONE_LINE].split())
    return line if len(line) <= ONE_LINE else line[: ONE_LINE - 1].rstrip() + "…"


def _text_box() -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setMinimumHeight(72)
    return box


def _value_column(words: str, box: QPlainTextEdit, button: QPushButton) -> QVBoxLayout:
    name = words_label(words, "label")
    name.setBuddy(box)
    box.setAccessibleName(words)
    button.setAutoDefault(False)
    button.setAccessibleName(f"{button.text()}: {words.lower()}")
    theme.set_property(button, "flat", True)
    head = QHBoxLayout()
    head.addWidget(name, 1)
    head.addWidget(button)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addLayout(head)
    column.addWidget(box, 1)
    return column
