"""By what the items found can be narrowed: values with how many have them, ticked to be chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.services.archive.values import Facet, FacetCount, Facets

_FACET_ROLE = Qt.ItemDataRole.UserRole
_VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
NAMES = {
    Facet.DECISION: "Decision",
    Facet.OUTCOME: "Outcome of the letter",
    Facet.KIND: "Treatment",
    Facet.PART: "Part of the body",
    Facet.DRUG: "Drug",
    Facet.GUIDELINE: "Guideline",
    Facet.EDITION: "Guideline and edition",
    Facet.SPECIALTY: "Specialty",
}
_UNFOLDED = (Facet.DECISION, Facet.KIND)


class FacetTree(QTreeWidget):
    """What is chosen stays listed, also where nothing that was found has it."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setAccessibleName("Narrow the search")
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tops: dict[Facet, QTreeWidgetItem] = {}
        for facet, name in NAMES.items():
            top = QTreeWidgetItem([name])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            top.setToolTip(0, name)
            top.setData(1, Qt.ItemDataRole.AccessibleTextRole, "values")
            self.addTopLevelItem(top)
            top.setExpanded(facet in _UNFOLDED)
            self._tops[facet] = top
        self.itemChanged.connect(self._on_item_changed)
        self.itemActivated.connect(self._on_item_activated)

    @property
    def chosen(self) -> dict[Facet, tuple[str, ...]]:
        """The values that are ticked, by facet."""
        found: dict[Facet, tuple[str, ...]] = {}
        for facet in NAMES:
            ticked = tuple(
                str(item.data(0, _VALUE_ROLE))
                for item in self._items(facet)
                if item.checkState(0) is Qt.CheckState.Checked
            )
            if ticked:
                found[facet] = ticked
        return found

    def choose(self, chosen: dict[Facet, tuple[str, ...]]) -> None:
        """Tick these values and no others, without a word."""
        self.blockSignals(True)
        for facet in NAMES:
            self._fill(facet, (), chosen.get(facet, ()))
        self.blockSignals(False)

    def show_counts(self, facets: Facets) -> None:
        """How many of the items found have which value; the cursor stays where it is."""
        at = self.currentItem()
        place = (at.data(0, _FACET_ROLE), at.data(0, _VALUE_ROLE)) if at is not None else None
        chosen = self.chosen
        self.blockSignals(True)
        for facet in NAMES:
            self._fill(facet, facets.get(facet, ()), chosen.get(facet, ()))
            for item in self._items(facet):
                if place == (facet.value, item.data(0, _VALUE_ROLE)):
                    self.setCurrentItem(item)
        self.blockSignals(False)

    def _items(self, facet: Facet) -> list[QTreeWidgetItem]:
        top = self._tops[facet]
        children = (top.child(row) for row in range(top.childCount()))
        return [child for child in children if child is not None]

    def _fill(self, facet: Facet, counts: tuple[FacetCount, ...], ticked: tuple[str, ...]) -> None:
        counted = {one.value: one.count for one in counts}
        for value in ticked:
            counted.setdefault(value, 0)
        top = self._tops[facet]
        bar, at = self.verticalScrollBar(), self.verticalScrollBar().value()
        top.takeChildren()
        for value, count in counted.items():
            item = QTreeWidgetItem([value, f"{count:,}"])
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
            )
            is_ticked = value in ticked
            item.setCheckState(0, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            item.setData(0, _FACET_ROLE, facet.value)
            item.setData(0, _VALUE_ROLE, value)
            item.setToolTip(0, value)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{value}, {count:,} items")
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            top.addChild(item)
        top.setHidden(not counted)
        bar.setValue(at)

    def _on_item_changed(self, _item: QTreeWidgetItem, _column: int) -> None:
        self.chosen_changed.emit()

    def _on_item_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        """Enter and a double click tick a value, or fold a facet."""
        if item.parent() is None:
            return
        ticked = item.checkState(0) is Qt.CheckState.Checked
        item.setCheckState(0, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
