"""Help without a network: the manual that comes with the program, in a window beside the work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeySequence,
    QShortcut,
    QShowEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui import theme
from app.ui.dialogs.frame import DialogFrame, say, words_label

PLACE_ROLE = Qt.ItemDataRole.UserRole
BESIDE_WORDS = 48
"""Pixels of a task's air and of the bar beside the list."""
LINE_HEIGHT = 140.0
"""Per cent of a single line."""


class HelpWindow(DialogFrame):
    """The manual with its list of tasks and a box to find words in it. Stays open while working.

    `manual` is a Markdown file: one heading of the first level, then one of the second a task.
    Raises OSError where it cannot be read: it is part of the program.
    """

    tells_of_letters = False

    def __init__(self, manual: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(960, 720))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.set_title("How to use IMR Desk")
        # The window has the manual's own heading as its title.
        self._markdown = manual.read_text("utf-8").partition("\n")[2]
        self._tasks = QListWidget()
        self._tasks.setProperty("sections", True)
        self._tasks.setFrameShape(QFrame.Shape.NoFrame)
        self._tasks.setAccessibleName("Tasks")
        self._find = QLineEdit()
        self._find.setPlaceholderText("Find in the manual")
        self._find.setAccessibleName("Find in the manual")
        self._find.setClearButtonEnabled(True)
        self._count = words_label("", "muted", wraps=False)
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        self._text.setSearchPaths([str(manual.parent)])
        self._text.setProperty("plain", True)
        self._text.setAccessibleName("Manual")
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.Find, self, self._find.setFocus)
        self._tasks.currentItemChanged.connect(self._on_tasks_current_item_changed)
        self._find.textChanged.connect(self._on_find_text_changed)
        self._find.returnPressed.connect(self._on_find_return_pressed)
        self._text.anchorClicked.connect(self._on_text_anchor_clicked)
        self.fit_text()
        self._tasks.setCurrentRow(0)
        self._tasks.setFocus()

    def show_task(self, words: str) -> None:
        """Go to the task whose heading begins with these words; to none where there is none."""
        if not words:
            return
        for row in range(self._tasks.count()):
            if self._tasks.item(row).text().lower().startswith(words.lower()):
                self._tasks.setCurrentRow(row)
                return

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now the text has its width, and so each task its place.
        QTimer.singleShot(0, self, self._on_tasks_current_item_changed)

    @property
    def tasks(self) -> tuple[str, ...]:
        """The headings of the tasks."""
        return tuple(self._tasks.item(row).text() for row in range(self._tasks.count()))

    @override
    def fit_text(self) -> None:
        """Sets all anew in the size in force; each task's name is seen whole."""
        self.dress()
        widest = max(self.fontMetrics().horizontalAdvance(words) for words in self.tasks)
        for box in (self._tasks, self._find):
            box.setFixedWidth(max(232, widest + BESIDE_WORDS))

    @override
    def dress(self) -> None:
        """Sets the manual anew in the colours and the size in force; the place stays."""
        bar = self._text.verticalScrollBar()
        kept, row = bar.value(), self._tasks.currentRow()
        document = QTextDocument(self._text)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(8)
        document.setMarkdown(self._markdown)
        found = _style(document, self.font())
        self._text.setDocument(document)
        self._tasks.blockSignals(True)
        self._tasks.clear()
        tasks = [("In short", 0), *found]
        for words, place in tasks:
            item = QListWidgetItem(words, self._tasks)
            item.setData(PLACE_ROLE, place)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 20))
        self._tasks.setCurrentRow(row)
        self._tasks.blockSignals(False)
        bar.setValue(kept)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._find)
        left.addWidget(self._count)
        left.addWidget(self._tasks, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self._text, 1)
        self.body.addLayout(row, 1)
        self._count.hide()
        self.foot.addStretch(1)
        self.add_close_button()

    def _on_tasks_current_item_changed(self) -> None:
        item = self._tasks.currentItem()
        if item is not None:
            self._scroll_to(int(item.data(PLACE_ROLE)))

    def _scroll_to(self, position: int) -> None:
        document = self._text.document()
        box = document.documentLayout().blockBoundingRect(document.findBlock(position))
        self._text.verticalScrollBar().setValue(int(box.top()) - 8 if position else 0)

    def _on_text_anchor_clicked(self, link: QUrl) -> None:
        # Only places in the manual: the program never opens the network.
        if link.hasFragment() and not link.scheme():
            self.show_task(link.fragment().replace("-", " "))

    def _on_find_text_changed(self) -> None:
        self._mark_found()
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        self._on_find_return_pressed()

    def _on_find_return_pressed(self) -> None:
        words = self._find.text()
        if words and not self._text.find(words):
            self._text.moveCursor(QTextCursor.MoveOperation.Start)
            self._text.find(words)

    def _mark_found(self) -> None:
        words = self._find.text()
        marks: list[QTextBrowser.ExtraSelection] = []
        document = self._text.document()
        cursor = document.find(words, 0) if words else QTextCursor()
        while not cursor.isNull():
            mark = QTextBrowser.ExtraSelection()
            mark.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]
            form = QTextCharFormat()
            form.setBackground(theme.colour("selection"))
            mark.format = form  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(mark)
            cursor = document.find(words, cursor)
        self._text.setExtraSelections(marks)
        self._count.setVisible(bool(words))
        if words:
            found = f"{len(marks)} found, Enter for the next"
            say(self._count, found if marks else "Not found", "muted")


def _style(document: QTextDocument, font: QFont) -> list[tuple[str, int]]:
    """Gives the document the program's sizes, spaces and colours; answers its tasks' headings.

    Markdown leaves no style sheet to be used: the formats are set block by block.
    """
    tasks: list[tuple[str, int]] = []
    whole = QTextCursor(document)
    whole.beginEditBlock()
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        if level == 2:
            tasks.append((block.text(), block.position()))
        _style_block(block, level, font)
        block = block.next()
    _style_links(document)
    _fit_pictures(document)
    _style_tables(document.rootFrame())
    whole.endEditBlock()
    return tasks


def _style_block(block: QTextBlock, level: int, font: QFont) -> None:
    cursor = QTextCursor(block)
    form = QTextBlockFormat()
    form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    in_table = cursor.currentTable() is not None
    in_list = block.textList() is not None
    form.setTopMargin(0 if in_table else {1: 0, 2: 32, 3: 16}.get(level, 0))
    form.setBottomMargin(0 if in_table else 4 if in_list else 8)
    cursor.mergeBlockFormat(form)
    if level:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        chars = cursor.charFormat()
        # Markdown's own size of a heading would win over the size given here.
        chars.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        chars.setFontPointSize(font.pointSizeF() * (1.25 if level == 2 else 1.1))
        chars.setFontWeight(QFont.Weight.DemiBold)
        cursor.setCharFormat(chars)


def _style_links(document: QTextDocument) -> None:
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            form = piece.charFormat()
            cursor = QTextCursor(document)
            cursor.setPosition(piece.position())
            cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            chars = QTextCharFormat()
            if form.isAnchor():
                chars.setForeground(theme.colour("accent"))
                cursor.mergeCharFormat(chars)
            elif form.fontFixedPitch():
                chars.setBackground(theme.colour("accent_soft"))
                cursor.mergeCharFormat(chars)
            pieces += 1
        block = block.next()


def _fit_pictures(document: QTextDocument) -> None:
    """No picture is wider than the manual's column, however many pixels it has."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            form = piece.charFormat().toImageFormat()
            if form.isValid():
                form.setMaximumWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                cursor = QTextCursor(document)
                cursor.setPosition(piece.position())
                cursor.setPosition(
                    piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor
                )
                cursor.setCharFormat(form)
                whole = QTextBlockFormat()
                whole.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
                cursor.mergeBlockFormat(whole)
            pieces += 1
        block = block.next()


def _style_tables(frame: QTextFrame) -> None:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            form = child.format()
            form.setBorder(1)
            form.setBorderCollapse(True)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBorderBrush(QColor(theme.colour("line")))
            form.setCellPadding(6)
            form.setCellSpacing(0)
            form.setTopMargin(4)
            form.setBottomMargin(12)
            form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            child.setFormat(form)
        _style_tables(child)
