"""Going back to a backup: which ones there are, what would change, and only then the question.

The question is asked in the foot of the same window, with what will happen in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.services.language.dates import moment_text
from app.services.store import Backup, CannotCompare, CaseDifference, Change, Room
from app.ui import theme
from app.ui.dialogs.field_words import field_words
from app.ui.dialogs.frame import DialogFrame, card, say, words_label
from app.ui.jobs import Jobs

BACKUP_ROLE = Qt.ItemDataRole.UserRole
MASK = "CM••-•••••••"
REASONS = {
    "": "made by itself",
    "before-restore": "before a restore",
    "before-removal": "before a letter was removed",
    "by-hand": "made by you",
}
CHANGES = {
    Change.DIFFERENT: "goes back to how it was",
    Change.ONLY_IN_BACKUP: "comes back: only the backup has it",
    Change.ONLY_NOW: "goes away: the backup has it not",
}

Compare = Callable[[Backup], tuple[CaseDifference, ...]]
Measure = Callable[[], Room]


def size_words(size: int) -> str:
    """A file's size, as a person counts it."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def backup_words(backup: Backup) -> str:
    """When a backup was made, in the time of this computer."""
    return moment_text(backup.at.astimezone())


def reason_words(reason: str) -> str:
    """Why a backup was made."""
    if reason.startswith("before-upgrade"):
        return "before a new version"
    return REASONS.get(reason, reason.replace("-", " "))


def list_backups(rows: QListWidget, backups: Sequence[Backup], room: Room | None = None) -> None:
    """Fill a list with backups, in the order given, newest first: when, why, and how big where
    that is known."""
    rows.clear()
    rows.setAccessibleName("Backups, newest first")
    for backup in backups:
        reason = reason_words(backup.reason)
        size = None if room is None else room.own.get(backup.path)
        known = [reason] if size is None else [reason, size_words(size)]
        lines = [backup_words(backup), " · ".join(known)]
        if backup.clock_set_back:
            lines.append("the clock had been set back")
        item = QListWidgetItem("\n".join(lines), rows)
        item.setData(BACKUP_ROLE, backup)
        item.setSizeHint(QSize(0, len(lines) * rows.fontMetrics().height() + 20))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(lines))


class RestoreDialog(DialogFrame):
    """Backups on the left, newest first; on the right what is not the same in the chosen one.

    `compare` and `measure` run in workers of `jobs` and may raise UserError.
    """

    restore_requested = Signal(object)
    """The Backup to go back to; asked for twice in this window."""

    def __init__(
        self,
        backups: Sequence[Backup],
        compare: Compare,
        jobs: Jobs,
        parent: QWidget | None = None,
        *,
        measure: Measure,
        masked: bool = False,
    ) -> None:
        super().__init__(parent, QSize(880, 600))
        self.set_title(
            "Restore a backup",
            "Choose a backup to see what would change. Nothing changes before you restore.",
        )
        self._compare = compare
        self._jobs = jobs
        self._masked = masked
        self._backups = backups
        self._list = self._make_list(backups)
        self._room = words_label("", "muted")
        self._words = words_label("", "body")
        self._tree = self._make_tree()
        row = QHBoxLayout()
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._list, 1)
        left.addWidget(self._room)
        self._room.setFixedWidth(self._list.width())
        row.addLayout(left)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._words)
        right.addWidget(self._tree, 1)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self._make_foot()
        self._list.currentItemChanged.connect(self._on_list_current_item_changed)
        self._restore.clicked.connect(self._on_restore_clicked)
        self._back.clicked.connect(self._on_back_clicked)
        self._sure.clicked.connect(self._on_sure_clicked)
        if backups:
            self._list.setCurrentRow(0)
        else:
            say(
                self._words,
                "There is no backup yet. One is made by itself every hour of work.",
                "muted",
            )
        self._list.setFocus()
        jobs.run(measure, self._on_measured, self._on_measure_failed, key="restore.measure")

    @property
    def backup(self) -> Backup | None:
        """The one chosen."""
        item = self._list.currentItem()
        return item.data(BACKUP_ROLE) if item is not None else None

    # Building

    def _make_list(self, backups: Sequence[Backup]) -> QListWidget:
        rows = QListWidget()
        rows.setFixedWidth(max(264, 34 * self.fontMetrics().averageCharWidth() + 32))
        list_backups(rows, backups)
        return rows

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderLabels(["Letter", "What would change"])
        tree.setAccessibleName("Letters that would change")
        tree.setRootIsDecorated(True)
        tree.setUniformRowHeights(True)
        header = tree.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return tree

    def _make_foot(self) -> None:
        self._restore = QPushButton("Restore this backup…")
        self._restore.setProperty("primary", True)
        self._restore.setAutoDefault(False)
        self._restore.setEnabled(False)
        first = QWidget()
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._restore)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        row.addWidget(close)
        self._feet = QStackedWidget()
        self._feet.addWidget(first)
        self._feet.addWidget(self._make_question())
        self.body.addWidget(self._feet)

    def _make_question(self) -> QFrame:
        frame = card()
        frame.setProperty("card", None)
        frame.setProperty("notice", "doubt")
        self._mark = QLabel()
        self._question = words_label("", "body")
        self._question.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sure = QPushButton("Restore")
        self._sure.setProperty("primary", True)
        self._back = QPushButton("Back")
        for button in (self._sure, self._back):
            button.setAutoDefault(False)
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._question, 1)
        row.addWidget(self._back, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._sure, 0, Qt.AlignmentFlag.AlignBottom)
        self.dress()
        return frame

    @override
    def dress(self) -> None:
        self._mark.setPixmap(theme.icon("triangle-alert", "doubt").pixmap(20, 20))

    # Showing

    def _on_list_current_item_changed(self) -> None:
        self._feet.setCurrentIndex(0)
        self._restore.setEnabled(False)
        self._tree.clear()
        backup = self.backup
        if backup is None:
            return
        say(self._words, "Comparing…", "muted")
        self._jobs.run(
            partial(_compared, self._compare, backup),
            self._on_compared,
            self._on_compare_failed,
            key="restore.compare",
        )

    def _on_compared(self, result: tuple[Backup, tuple[CaseDifference, ...]]) -> None:
        backup, differences = result
        if backup != self.backup:
            return
        self._restore.setEnabled(True)
        if not differences:
            say(self._words, "The letters are in this backup as they are now.", "ok")
            return
        noun = "letter" if len(differences) == 1 else "letters"
        say(self._words, f"{len(differences)} {noun} would change:", "body")
        for difference in differences:
            self._add_difference(difference)
        if len(differences) <= 8:
            self._tree.expandAll()
        self._tree.setCurrentIndex(self._tree.model().index(0, 0))

    def _add_difference(self, difference: CaseDifference) -> None:
        name = MASK if self._masked else difference.number or difference.file_name
        words = CHANGES[difference.change]
        item = QTreeWidgetItem(self._tree, [name, words])
        then, now = difference.status_then, difference.status_now
        if then is not None and now is not None and then is not now:
            QTreeWidgetItem(item, ["Status", f"{then}, now {now}"])
        for key in difference.fields:
            field = field_words(key)
            QTreeWidgetItem(item, [field, "as it was then"])

    def _on_measured(self, room: Room) -> None:
        """The sizes come into the rows; the one chosen and what is said of it stay."""
        if not self._backups:
            return
        chosen = self._list.currentRow()
        self._list.blockSignals(True)
        list_backups(self._list, self._backups, room)
        self._list.setCurrentRow(chosen)
        self._list.blockSignals(False)
        self._room.setText(
            f"{size_words(room.together)} together. What backups have in common is kept once: beside each is what it "
            "takes alone."
        )

    def _on_measure_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            say(self._room, f"{error.what} {error.remedy}", "error")

    def _on_compare_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            say(self._words, f"{error.what} {error.remedy}", "error")
            self._restore.setEnabled(isinstance(error, CannotCompare))

    # Asking

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._feet.currentIndex():
            self._on_back_clicked()
            return
        super().keyPressEvent(event)

    def _on_restore_clicked(self) -> None:
        backup = self.backup
        if backup is None:
            return
        self._question.setText(
            f"All letters, the guideline library and the settings go back to {backup_words(backup)}. What is here "
            "now is kept first, so that you can return to it. The imported PDF files stay as "
            "they are."
        )
        self._sure.setAccessibleDescription(self._question.text())
        self._feet.setCurrentIndex(1)
        # Not on the button that does it: Enter pressed twice must not restore.
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_back_clicked(self) -> None:
        self._feet.setCurrentIndex(0)
        self._restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sure_clicked(self) -> None:
        backup = self.backup
        if backup is not None:
            self.restore_requested.emit(backup)
            self.close()


def _compared(compare: Compare, backup: Backup) -> tuple[Backup, tuple[CaseDifference, ...]]:
    return backup, compare(backup)
