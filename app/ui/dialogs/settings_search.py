"""Finds a setting by its words, whichever section of the settings it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)


def first_place(page: QWidget, words: str) -> QWidget | None:
    """Where all of these words stand on a page, in any order and in part; None where they do not.

    In a list of rules the rule is chosen as well.
    """
    wanted = words.casefold().split()
    for widget, text, item in _texts(page):
        folded = text.casefold()
        if wanted and all(word in folded for word in wanted):
            if item is not None and isinstance(widget, QTreeWidget):
                widget.setCurrentItem(item)
            return widget
    return None


def _texts(page: QWidget) -> Iterator[tuple[QWidget, str, QTreeWidgetItem | None]]:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget, widget.text(), None
        elif isinstance(widget, QComboBox):
            choices = " ".join(widget.itemText(row) for row in range(widget.count()))
            yield widget, f"{widget.accessibleName()} {choices}", None
        elif isinstance(widget, QTreeWidget):
            for row in range(widget.topLevelItemCount()):
                item = widget.topLevelItem(row)
                if item is not None:
                    told = " ".join(item.text(column) for column in range(widget.columnCount()))
                    yield widget, told, item
