"""The list of letters: what is there, how far each is, which comes next, and what is done to several.

The letter on the desk has a bar and bold words; the rows that are selected, one or many, are what
the list's own menu and keys act on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.services.store import CaseSummary, ListState
from app.ui.drop_down import DropDown
from app.ui.empty_state import EmptyState
from app.ui.queue_model import (
    FILTERS,
    MASK,
    SORTS,
    SUMMARY_ROLE,
    Index,
    QueueModel,
    VisibleLetters,
    due_date,
)
from app.ui.queue_row import QueueRow

__all__ = ["MASK", "SORTS", "SUMMARY_ROLE", "QueueView", "due_date"]

# act: words of the menu, and its key in the list
ACTS = {
    "check": ("Mark checked", ""),
    "export": ("Export PDF…", ""),
    "remove": ("Remove from the list", "Del"),
}
ACTS_ON_REMOVED = {
    "put_back": ("Put back on the list", ""),
    "delete": ("Delete for good…", "Del"),
}
_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class QueueView(QWidget):
    """The side list, its filter and its order."""

    case_requested = Signal(int)
    listed_changed = Signal()
    waiting_changed = Signal(int)
    """So many letters of the list are not done."""
    """Other letters are listed, or in another order: places and counts are others."""
    act_requested = Signal(str, object)
    """(one of ACTS or ACTS_ON_REMOVED, the tuple of CaseSummaries it is for)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QueueModel(self)
        self._visible = VisibleLetters(self._model, self)
        self._filter = QLineEdit()
        self._filter.setPlaceholderText("Filter letters")
        self._filter.setClearButtonEnabled(True)
        self._filter.setAccessibleName("Filter letters by number, file or outcome")
        self._status = DropDown()
        self._status.setAccessibleName("Show letters of this status")
        for name in FILTERS:
            self._status.addItem(name)
        self._order = DropDown(glyph="arrow-down-up")
        self._order.setAccessibleName("Order of the list")
        for order in SORTS:
            self._order.addItem(order)
        # As wide as there is room: the longest choice must not widen the whole side.
        adjust = DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._status.setSizeAdjustPolicy(adjust)
        self._status.setMinimumContentsLength(12)
        self._list = QListView()
        self._delegate = QueueRow(self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.setModel(self._visible)
        self._list.setUniformItemSizes(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.setAccessibleName("Letters")
        self.empty = EmptyState(self._list.viewport(), "")
        self._count = QLabel()
        self._count.setProperty("tone", "muted")
        self._count.setWordWrap(True)
        choices = QHBoxLayout()
        choices.setSpacing(4)
        choices.addWidget(self._status, 1)
        choices.addWidget(self._order)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._filter)
        column.addLayout(choices)
        column.addWidget(self._list, 1)
        column.addWidget(self._count)
        self._connect()
        self._show_count()

    def _connect(self) -> None:
        delete = QAction("Remove the selected letters", self._list)
        delete.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(self._on_delete_triggered)
        self._list.addAction(delete)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._status.currentIndexChanged.connect(self._on_filter_changed)
        self._order.currentIndexChanged.connect(self._on_filter_changed)
        self._list.clicked.connect(self._on_list_clicked)
        self._list.activated.connect(self._on_list_activated)
        self._list.customContextMenuRequested.connect(self._on_list_menu_requested)
        self._list.selectionModel().selectionChanged.connect(self._show_count)
        for signal in (
            self._visible.rowsInserted,
            self._visible.rowsRemoved,
            self._visible.modelReset,
            self._visible.layoutChanged,
            self._visible.dataChanged,
        ):
            signal.connect(self._show_count)
            signal.connect(self._on_listed_changed)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A list that was folded away begins at its top again.
        self._list.scrollTo(self._list.currentIndex())

    def take_focus(self) -> None:
        """The keyboard onto the letters."""
        self._list.setFocus()

    # What the list shows

    def show_cases(self, cases: tuple[CaseSummary, ...]) -> None:
        """All letters, those removed from the list among them."""
        self._model.show_cases(cases)

    @property
    def list_state(self) -> ListState:
        """What the store would say of its list, were it the one that is shown."""
        return ListState.of(self._model.cases)

    @property
    def cases(self) -> Sequence[CaseSummary]:
        """All letters, whatever the filter, those removed from the list among them."""
        return self._model.cases

    def show_case(self, case: CaseSummary) -> None:
        self._model.show_case(case)

    def set_masked(self, masked: bool) -> None:
        """Whether case numbers and dates are hidden."""
        self._model.set_masked(masked)
        self._delegate.masked = masked
        self._list.viewport().update()

    def set_days_to_decide(self, days: int) -> None:
        """How many days after assignment a letter counts as due."""
        self._delegate.days_to_decide = self._visible.days_to_decide = days
        self._on_filter_changed()
        self._list.viewport().update()

    def select(self, case_id: int | None) -> None:
        """Mark the letter on the desk in the list; several that are selected stay so."""
        self._delegate.on_desk = case_id
        row = self._row_of(case_id)
        selection = self._list.selectionModel()
        several = len(selection.selectedIndexes()) > 1
        if row is None:
            if not several:
                self._list.clearSelection()
        else:
            flag = QItemSelectionModel.SelectionFlag
            how = flag.NoUpdate if several else flag.ClearAndSelect
            index = self._visible.index(row, 0)
            selection.setCurrentIndex(index, how)
            self._list.scrollTo(index)
        self._list.viewport().update()

    # Which letter comes next

    def neighbour(self, case_id: int | None, step: int) -> int | None:
        """The letter `step` places on in the list as it is shown; None at its end."""
        row = self._row_of(case_id)
        there = (0 if step > 0 else self._visible.rowCount() - 1) if row is None else row + step
        if not 0 <= there < self._visible.rowCount():
            return None
        return self._visible.index(there, 0).data(SUMMARY_ROLE).id

    def next_but(self, leaving: Collection[int], case_id: int) -> int | None:
        """The letter after this one, or else before it, that is not among those that leave."""
        shown = [case.id for case in self.listed()]
        here = shown.index(case_id) if case_id in shown else 0
        near = (*shown[here:], *reversed(shown[:here]))
        return next((one for one in near if one not in leaving), None)

    def next_to_do(self, case_id: int | None) -> int | None:
        """The next letter of the list as it is shown that is not done, round its end."""
        row = self._row_of(case_id)
        listed = self.listed()
        start = 0 if row is None else row + 1
        for case in (*listed[start:], *listed[:start]):
            if case.id != case_id and not case.is_done and case.removed_at is None:
                return case.id
        return None

    def to_do_elsewhere(self) -> int:
        """How many letters that are not done the filter hides."""
        shown = {case.id for case in self.listed()}
        return sum(
            not case.is_done and case.removed_at is None and case.id not in shown
            for case in self._model.cases
        )

    def name_of(self, case_id: int) -> str:
        """What the list calls a letter; empty where it does not have it."""
        return str(self._model.index_of(case_id).data() or "")

    def listed(self) -> tuple[CaseSummary, ...]:
        """The letters as the list shows them now."""
        return tuple(
            self._visible.index(row, 0).data(SUMMARY_ROLE)
            for row in range(self._visible.rowCount())
        )

    def selected(self) -> tuple[CaseSummary, ...]:
        """The letters whose rows are selected, in their order."""
        rows = sorted(index.row() for index in self._list.selectionModel().selectedIndexes())
        return tuple(self._visible.index(row, 0).data(SUMMARY_ROLE) for row in rows)

    def place_of(self, case_id: int | None) -> tuple[int, int]:
        """(place from 1, or 0 where it is not shown; how many are shown)."""
        row = self._row_of(case_id)
        return (0 if row is None else row + 1, self._visible.rowCount())

    def _row_of(self, case_id: int | None) -> int | None:
        index = self._visible.mapFromSource(self._model.index_of(case_id))
        return index.row() if index.isValid() else None

    # What is done in it

    def menu(self) -> QMenu:
        """What can be done to the letters selected: its first line says which they are."""
        chosen = self.selected()
        menu = QMenu(self)
        words = f"{len(chosen)} letters"
        if len(chosen) == 1:
            words = self.name_of(chosen[0].id)
        title = menu.addAction(words)
        title.setEnabled(False)
        menu.addSeparator()
        if len(chosen) == 1 and not self._visible.shows_removed:
            menu.addAction("Open").setData("open")
        acts = ACTS_ON_REMOVED if self._visible.shows_removed else ACTS
        for name, (act_words, key) in acts.items():
            action = menu.addAction(act_words)
            action.setData(name)
            if key:
                action.setShortcut(QKeySequence(key))
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    def _on_list_menu_requested(self, place: QPoint) -> None:
        if self.selected():
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._list.viewport().mapToGlobal(place))

    def _on_menu_triggered(self, action: QAction) -> None:
        chosen, name = self.selected(), str(action.data())
        if name == "open":
            self.case_requested.emit(chosen[0].id)
        elif chosen:
            self.act_requested.emit(name, chosen)

    def _on_delete_triggered(self) -> None:
        chosen = self.selected()
        if chosen:
            act = "delete" if self._visible.shows_removed else "remove"
            self.act_requested.emit(act, chosen)

    def _on_filter_changed(self) -> None:
        # Choices are told by their place: item data would come back as plain text.
        self._visible.set_filter(
            self._filter.text(),
            list(FILTERS)[self._status.currentIndex()],
            list(SORTS)[self._order.currentIndex()],
        )

    def _on_list_clicked(self, index: Index) -> None:
        # With these held a click adds to the selection: the letter on the desk stays.
        if not QGuiApplication.keyboardModifiers() & _ADDING:
            self._on_list_activated(index)

    def _on_list_activated(self, index: Index) -> None:
        case = index.data(SUMMARY_ROLE)
        if case.removed_at is None:
            self.case_requested.emit(case.id)

    def _on_listed_changed(self, *_: object) -> None:
        self.listed_changed.emit()

    def _show_count(self, *_: object) -> None:
        listed = [case for case in self._model.cases if case.removed_at is None]
        shown, total = self._visible.rowCount(), len(listed)
        waiting = sum(not case.is_done for case in listed)
        self.empty.set_shown(not shown)
        if not self._model.cases:
            words = ""
            self.empty.say("No letters yet. Those you open are kept in this list.")
        elif self._visible.shows_removed:
            words = "1 letter removed" if shown == 1 else f"{shown} removed"
            self.empty.say("No letter is removed.")
        elif shown == total:
            letters = "1 letter" if total == 1 else f"{total} letters"
            words = f"{letters}, {waiting} still to do"
            self.empty.say("Every letter is removed from the list.")
        else:
            words = f"{shown} of {total} letters"
            self.empty.say("No letter fits the filter.")
        self.waiting_changed.emit(waiting)
        today = date.today()
        done = sum(c.done_at is not None and c.done_at.astimezone().date() == today for c in listed)
        if done:
            words += f" · {done} done today"
        selected = len(self._list.selectionModel().selectedIndexes())
        if selected > 1:
            words += f" · {selected} selected"
        self._count.setText(words)
