"""A line for another entry of the library: found by its words, chosen from a list, kept as its key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget
from typing_extensions import override

from app.services.library import Entry, Library
from app.ui.citing.entry_fields import Unreadable
from app.ui.citing.rows import ROW_ROLE, Row, RowDelegate, Rows
from app.ui.citing.words import in_force_words, place_in_source, short_name

MOST_OFFERED = 12
ROWS_SHOWN = 5


class EntryLine(QLineEdit):
    """What is typed is searched for at every key; Down asks for what is likely."""

    changed = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._entry = Entry()
        self._key = ""
        self._words = ""
        self._rows = Rows(self)
        self._completer = QCompleter(self._rows, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(ROWS_SHOWN)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        # the completer gives its popup a delegate of its own
        self._popup.setItemDelegate(RowDelegate(self._popup))
        self._popup.setAccessibleName("Entries that fit")
        self._completer.setWidget(self)
        chosen = self._completer.activated[QModelIndex]  # pyright: ignore[reportIndexIssue]
        chosen.connect(self._on_completer_activated)
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._on_text_edited)
        self.textChanged.connect(self._on_text_changed)

    def offer_for(self, entry: Entry) -> None:
        """The entry the other one belongs to: it is never offered, others of its title are."""
        self._entry = entry

    def show_key(self, key: str) -> None:
        """Show the entry with that key; a key that names none is shown as it is."""
        entry = self._library.by_key(key) if key else None
        self._take(key, short_name(entry) if entry is not None else key)

    def key(self) -> str:
        """The key of the chosen entry, empty for none; raises Unreadable for words alone."""
        typed = self._typed
        if typed == self._words:
            return self._key
        if not typed:
            return ""
        raise Unreadable("Choose an entry from the list, or leave this empty.")

    @property
    def _typed(self) -> str:
        return " ".join(self.text().split())

    def _take(self, key: str, words: str) -> None:
        self._key, self._words = key, words
        self.setText(words)
        self.setCursorPosition(0)

    def _offer(self, query: str) -> None:
        found = self._library.search(query, limit=MOST_OFFERED) if query else ()
        entries = [hit.entry for hit in found if hit.entry.id != self._entry.id]
        self._rows.show_rows(
            tuple(
                Row(
                    title=short_name(entry),
                    value=entry,
                    note=place_in_source(entry),
                    detail=in_force_words(entry) or entry.publisher,
                )
                for entry in entries
            )
        )
        if entries:
            self._completer.complete()
        else:
            self._popup.hide()

    def _on_text_edited(self) -> None:
        self._offer(self._typed)

    def _on_text_changed(self) -> None:
        self.changed.emit()

    def _on_completer_activated(self, index: QModelIndex) -> None:
        row: Row = index.data(ROW_ROLE)
        self._take(row.value.key, row.title)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self._offer(self._typed or self._entry.title)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The one entry that has exactly the typed name is the one that is meant."""
        super().focusOutEvent(event)
        typed = self._typed
        if typed and typed != self._words:
            named = [
                hit.entry
                for hit in self._library.search(typed, limit=MOST_OFFERED)
                if short_name(hit.entry).lower() == typed.lower()
            ]
            if len(named) == 1:
                self._take(named[0].key, short_name(named[0]))
