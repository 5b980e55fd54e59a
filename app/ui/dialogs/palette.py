"""The commands palette: any action by a few letters of its name, its key beside it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QKeyEvent, QKeySequence, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui import theme
from app.ui.actions import Actions, ActionSpec
from app.ui.announce import ANNOUNCER
from app.ui.dialogs.frame import words_label
from app.ui.dialogs.matching import NO_MATCH, match_spans, score
from app.ui.screen_room import keep_on_screen

RECENT_KEPT = 8
WIDTH, ROW_HEIGHT, ROWS_SHOWN = 640, 40, 10
COMMAND_ROLE = Qt.ItemDataRole.UserRole
NOTHING_LEFT = {
    "undo": "nothing to undo",
    "redo": "nothing to redo",
    "page_back": "no page before",
    "page_forward": "no page after",
}

Index = QModelIndex | QPersistentModelIndex


class Command(msgspec.Struct, frozen=True):
    """One line of the palette; `reason` says why it cannot be done now, empty where it can."""

    spec: ActionSpec
    text: str
    key: str
    reason: str
    recent: bool
    on: bool = False


def commands_of(actions: Actions, recent: Sequence[str]) -> tuple[Command, ...]:
    """Every action: what was used last first, then as in the menus; what cannot be done last."""
    letter_open = any(spec.needs_letter and action.isEnabled() for spec, action in actions)
    commands = [
        Command(
            spec,
            spec.text.rstrip("…"),
            action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            _reason(spec, action, letter_open),
            spec.id in recent and action.isEnabled(),
            action.isCheckable() and action.isChecked(),
        )
        for spec, action in actions
        if spec.id != "palette"
    ]
    order = {action_id: place for place, action_id in enumerate(recent)}
    commands.sort(key=lambda one: (bool(one.reason), order.get(one.spec.id, len(order))))
    return tuple(commands)


def _reason(spec: ActionSpec, action: QAction, letter_open: bool) -> str:
    if action.isEnabled():
        return ""
    if spec.needs_letter and not letter_open:
        return "needs an open letter"
    return NOTHING_LEFT.get(spec.id, "not possible now")


def found(commands: Sequence[Command], typed: str) -> tuple[Command, ...]:
    """The commands that fit what was typed, the best first; equal ones as they were."""
    scored = [(score(typed, (one.text, one.spec.menu)), one) for one in commands]
    fitting = [pair for pair in scored if pair[0] != NO_MATCH]
    if typed.strip():
        fitting.sort(key=lambda pair: (bool(pair[1].reason), pair[0] - pair[1].recent))
    return tuple(one for _, one in fitting)


class CommandPalette(QDialog):
    """Type, choose with the arrow keys, Enter does it. A click elsewhere or Escape closes it."""

    tells_of_letters = False

    command_chosen = Signal(str)
    """The id of the action, just before it is triggered."""
    recent_changed = Signal(object)
    """The ids used last as a tuple, newest first: to be handed to the next palette."""

    def __init__(
        self, actions: Actions, parent: QWidget | None = None, recent: Sequence[str] = ()
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Commands")
        self._actions = actions
        self._recent = tuple(recent)
        self._commands = commands_of(actions, self._recent)
        self._line = QLineEdit()
        self._line.setPlaceholderText("Type what you want to do")
        self._line.setAccessibleName("Command")
        self._line.setAccessibleDescription(
            "Type a few letters, choose with the arrow keys, press Enter."
        )
        self._line.addAction(
            theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._line.setProperty("large", True)
        self._model = _CommandModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_CommandDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setProperty("plain", True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("Commands that fit")
        self._nothing = words_label("No command has these words.", "label")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = QLabel("↑ ↓ choose     Enter do it     Esc close")
        self._hint.setProperty("tone", "muted")
        sheet = QFrame(self)
        sheet.setProperty("popup", True)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(sheet)
        self._line.textChanged.connect(self._on_line_text_changed)
        self._line.installEventFilter(self)
        self._list.clicked.connect(self._on_list_activated)
        self._list.activated.connect(self._on_list_activated)
        self._show_found("")

    @property
    def commands(self) -> tuple[Command, ...]:
        """What is listed now, from the top."""
        return self._model.commands

    @property
    def current(self) -> Command | None:
        """The line Enter would do."""
        return self._list.currentIndex().data(COMMAND_ROLE)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        """In the middle of the upper part of the window that asked for it."""
        row = max(ROW_HEIGHT, self.fontMetrics().height() + 20)
        parent = self.parentWidget()
        around = parent.window().geometry() if parent else self.screen().availableGeometry()
        width = min(max(WIDTH, 56 * self.fontMetrics().averageCharWidth() * 2), around.width() - 32)
        chrome = self._line.sizeHint().height() + self._hint.sizeHint().height() + 40
        height = min(chrome + ROWS_SHOWN * row, around.height() - 32)
        self.resize(max(width, 320), max(height, 240))
        corner = QPoint((around.width() - self.width()) // 2, min(72, around.height() // 8))
        self.move(around.topLeft() + corner)
        keep_on_screen(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                QApplication.sendEvent(self._list, event)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_list_activated(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _step(self, step: int) -> None:
        rows = self._model.rowCount()
        if rows:
            row = (self._list.currentIndex().row() + step) % rows
            self._list.setCurrentIndex(self._model.index(row))
            ANNOUNCER.announce_row(self._line, self._list.currentIndex())

    def _on_line_text_changed(self, text: str) -> None:
        self._show_found(text)

    def _show_found(self, typed: str) -> None:
        self._model.show_commands(found(self._commands, typed), typed)
        self._list.setCurrentIndex(self._model.index(0))
        nothing = not self._model.commands
        self._list.setVisible(not nothing)
        self._nothing.setVisible(nothing)
        self._line.setAccessibleDescription(
            self._nothing.text() if nothing else f"{self._model.rowCount()} commands"
        )
        if typed:
            ANNOUNCER.announce_row(self._line, self._list.currentIndex(), self._nothing.text())

    def _on_list_activated(self, index: Index) -> None:
        command: Command | None = index.data(COMMAND_ROLE)
        if command is None or command.reason:
            return
        action_id = command.spec.id
        others = [one for one in self._recent if one != action_id]
        # Closed first: an action finds the window as it was before the palette came.
        self.close()
        self.command_chosen.emit(action_id)
        self.recent_changed.emit((action_id, *others)[:RECENT_KEPT])
        self._actions[action_id].trigger()


class _CommandModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.commands: tuple[Command, ...] = ()
        self.typed = ""

    def show_commands(self, commands: tuple[Command, ...], typed: str) -> None:
        self.beginResetModel()
        self.commands, self.typed = commands, typed
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.commands)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.commands):
            return None
        command = self.commands[index.row()]
        if role == COMMAND_ROLE:
            return command
        if role == Qt.ItemDataRole.DisplayRole:
            return command.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = (command.text, command.spec.menu, command.key, command.reason)
            return ", ".join(part for part in told if part)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        # A command that cannot be done can still be chosen, so that its reason is read out.
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _CommandDelegate(QStyledItemDelegate):
    """Icon, name with the typed letters bold, where it stands in the menus; its key on the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, max(ROW_HEIGHT, option.fontMetrics.height() + 20))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        command: Command = index.data(COMMAND_ROLE)
        model = index.model()
        typed = model.typed if isinstance(model, _CommandModel) else ""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(theme.colour("accent_soft"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(option.rect.adjusted(0, 1, -1, -1), 6, 6)
        box = option.rect.adjusted(12, 0, -12, 0)
        name = "check" if command.on else command.spec.icon
        if name:
            tint = "muted" if command.reason else "accent" if command.on else "text"
            place = QRect(box.left(), box.center().y() - 7, 16, 16)
            theme.icon(name, tint).paint(painter, place)
        right = self._paint_key(painter, option, box, command)
        text = QRect(box.left() + 28, box.top(), right - box.left() - 44, box.height())
        painter.setPen(theme.colour("muted" if command.reason else "text"))
        end = _paint_words(painter, option.font, text, command.text, typed)
        more = command.reason or (
            command.spec.menu + (" · recent" if command.recent and not typed else "")
        )
        painter.setFont(_sized(option.font, 0.9))
        painter.setPen(theme.colour("muted"))
        rest = QRect(end + 12, text.top(), text.right() - end - 12, text.height())
        more = painter.fontMetrics().elidedText(more, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, more)
        painter.restore()

    def _paint_key(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, command: Command
    ) -> int:
        """Draws the key as a key cap and gives where it begins."""
        if not command.key:
            return box.right()
        painter.setFont(_sized(option.font, 0.9))
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(command.key) + 16
        height = metrics.height() + 6
        cap = QRect(box.right() - width, box.center().y() - height // 2 + 1, width, height)
        painter.setBrush(theme.colour("raised"))
        painter.setPen(theme.colour("line"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(theme.colour("muted"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, command.key)
        return cap.left()


def _paint_words(painter: QPainter, font: QFont, box: QRect, text: str, typed: str) -> int:
    """Draws the text, what was typed in bold, and gives where it ends."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    spans = match_spans(typed, text) or []
    x = box.left()
    for part, is_bold in _parts(text, spans):
        painter.setFont(bold if is_bold else font)
        width = painter.fontMetrics().horizontalAdvance(part)
        painter.drawText(
            QRect(x, box.top(), box.right() - x, box.height()), Qt.AlignmentFlag.AlignVCenter, part
        )
        x += width
    return x


def _parts(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in spans:
        if end <= at:
            continue
        start = max(start, at)
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    parts.append((text[at:], False))
    return [part for part in parts if part[0]]


def _sized(font: QFont, factor: float) -> QFont:
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * factor)
    return smaller
