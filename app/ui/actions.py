"""Everything a user can ask of the program, in one table: words, icon, key.

Menus, tool bar, command palette and the list of keys are all made from it, and keys are mapped
anew here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from app.ui import theme

FILE, EDIT, FIELD, ISSUE, PAGE, LETTER, VIEW, HELP = (
    "File",
    "Edit",
    "Field",
    "Disputed item",
    "Page",
    "Letter",
    "View",
    "Help",
)
# How a menu is written in the menu bar: the letter behind & opens it together with Alt.
MENUS = {
    FILE: "&File",
    EDIT: "&Edit",
    FIELD: "F&ield",
    ISSUE: "&Disputed item",
    PAGE: "&Page",
    LETTER: "&Letter",
    VIEW: "&View",
    HELP: "&Help",
}

EXPORT = "E&xport"
SUBMENUS = {
    "export_pdf": EXPORT,
    "export_redacted": EXPORT,
    "export_word": EXPORT,
    "export_json": EXPORT,
    "export_many": EXPORT,
    "export_many_redacted": EXPORT,
}
"""What stands in a menu of its own inside the menu: a menu that is longer than the screen breaks."""


class ActionSpec(msgspec.Struct, frozen=True):
    """One row of the table; `keys` are in Qt's portable notation, the first one is shown."""

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    needs_letter: bool = False


def _row(
    id: str,  # noqa: A002 - the table's own word
    menu: str,
    text: str,
    keys: str = "",
    icon: str = "",
    *,
    checkable: bool = False,
    letter: bool = False,
) -> ActionSpec:
    return ActionSpec(
        id, menu, text, tuple(keys.split("  ")) if keys else (), icon, checkable, letter
    )


TABLE: tuple[ActionSpec, ...] = (
    _row("new_letter", FILE, "New determination…", "Ctrl+N", "file-plus"),
    _row("new_like_this", FILE, "New determination like this one", letter=True),
    _row("open", FILE, "Open letters…", "Ctrl+O", "folder-open"),
    _row("open_folder", FILE, "Open a folder of letters…", "Ctrl+Shift+O"),
    _row("add_documents", FILE, "Add documents to the case file…", "Ctrl+Alt+A", letter=True),
    _row("add_document_folder", FILE, "Add a folder of documents…", letter=True),
    _row("hand_over", FILE, "Hand this case over…", "Ctrl+Alt+O", letter=True),
    _row("take_case_in", FILE, "Take in a handed-over case…", "Ctrl+Alt+I"),
    _row("stop", FILE, "Stop reading or exporting letters", "Ctrl+Shift+X"),
    _row("export_pdf", FILE, "Export PDF…", "Ctrl+Shift+E", "file-output", letter=True),
    _row("export_redacted", FILE, "Export public copy…", letter=True),
    _row("export_word", FILE, "Export Word…", letter=True),
    _row("export_json", FILE, "Export JSON…", letter=True),
    _row("export_many", FILE, "Export the listed letters…", "", "file-check"),
    _row("export_many_redacted", FILE, "Export public copies of the listed letters…"),
    _row("print", FILE, "Print…", "Ctrl+P", "printer", letter=True),
    _row("print_preview", FILE, "Print preview…", letter=True),
    _row("redact_pdf", FILE, "Redact this letter's PDF…", "", "eye-off", letter=True),
    _row("look_inside", FILE, "Look inside a PDF…"),
    _row("backup", FILE, "Back up now", "", "archive"),
    _row("restore", FILE, "Restore a backup…", "", "archive-restore"),
    _row("encryption", FILE, "Encryption…", "", "lock"),
    _row("lock", FILE, "Lock", "Ctrl+Alt+L"),
    _row("settings", FILE, "Settings…", "Ctrl+,", "settings"),
    _row("quit", FILE, "Quit", "Ctrl+Q"),
    _row("undo", EDIT, "Undo", "Ctrl+Z", "undo-2", letter=True),
    _row("redo", EDIT, "Redo", "Ctrl+Shift+Z  Ctrl+Y", "redo-2", letter=True),
    _row("find", EDIT, "Find on the page", "Ctrl+F", "search", letter=True),
    _row("find_next", EDIT, "Find next", "F3", letter=True),
    _row("find_previous", EDIT, "Find previous", "Shift+F3", letter=True),
    _row("search_letters", EDIT, "Search all letters…", "Ctrl+Shift+F", "search"),
    _row("history", EDIT, "History of edits…", "Ctrl+H", "history", letter=True),
    _row("confirm", FIELD, "Confirm, next doubt", "Ctrl+Return", "check", letter=True),
    _row("use_other", FIELD, "Use the other value, next doubt", "F4", letter=True),
    _row("use_second_other", FIELD, "Use the second other value", "Shift+F4", letter=True),
    _row("next_doubt", FIELD, "Next doubt", "F8", "circle-help", letter=True),
    _row("previous_doubt", FIELD, "Previous doubt", "Shift+F8", letter=True),
    _row("show_place", FIELD, "Field or its place on the page", "Ctrl+J", "locate", letter=True),
    _row(
        "fill_from_page", FIELD, "Fill from the page's selection", "Ctrl+Shift+Return", letter=True
    ),
    _row(
        "quote_selection", FIELD, "Quote the page's selection", "Ctrl+Alt+Q", "quote", letter=True
    ),
    _row("show_source", FIELD, "Where the sentence came from", "Ctrl+Alt+W", "locate", letter=True),
    _row("show_not_read", FIELD, "Print that was not read", "Ctrl+Shift+J", "", letter=True),
    _row("revert_field", FIELD, "Back to the value read", "Ctrl+Shift+Backspace", letter=True),
    _row("postpone", FIELD, "Postpone with a note…", "Ctrl+Shift+D", "flag", letter=True),
    _row("cite", FIELD, "Cite a guideline…", "Ctrl+K", "quote", letter=True),
    _row("remove_citation", FIELD, "Take a citation out…", "Ctrl+Shift+K", letter=True),
    _row("snippet", FIELD, "Snippet…", "Ctrl+.", "notebook-pen", letter=True),
    _row("begin_text", FIELD, "Begin this text from the facts", "Ctrl+Alt+K", letter=True),
    _row("join_lines", FIELD, "Join lines", "Ctrl+Alt+J", letter=True),
    _row("next_blank", FIELD, "Next blank", "F2", letter=True),
    _row("previous_blank", FIELD, "Previous blank", "Shift+F2", letter=True),
    _row("next_issue", ISSUE, "Next disputed item", "Alt+PgDown", letter=True),
    _row("previous_issue", ISSUE, "Previous disputed item", "Alt+PgUp", letter=True),
    _row("add_issue", ISSUE, "Add disputed item", "", "plus", letter=True),
    _row("duplicate_issue", ISSUE, "Duplicate disputed item", "", "copy", letter=True),
    _row("issue_up", ISSUE, "Move up", "Alt+Shift+Up", "arrow-up", letter=True),
    _row("issue_down", ISSUE, "Move down", "Alt+Shift+Down", "arrow-down", letter=True),
    _row("remove_issue", ISSUE, "Remove disputed item", "", "trash-2", letter=True),
    _row("partial_approval", ISSUE, "UR approved a part of the request…", letter=True),
    _row("application_items", ISSUE, "Items from the application…", letter=True),
    _row("zoom_in", PAGE, "Zoom in", "Ctrl++  Ctrl+=", "zoom-in", letter=True),
    _row("zoom_out", PAGE, "Zoom out", "Ctrl+-", "zoom-out", letter=True),
    _row("fit_page", PAGE, "Fit page", "Ctrl+0", "maximize", letter=True),
    _row("actual_size", PAGE, "100 %", "Ctrl+1", letter=True),
    _row("fit_width", PAGE, "Fit width", "Ctrl+2", "move-horizontal", letter=True),
    _row("page_back", PAGE, "Back", "Alt+Left", letter=True),
    _row("page_forward", PAGE, "Forward", "Alt+Right", letter=True),
    _row("read_page", PAGE, "Text of the pages, to be read…", "Ctrl+Alt+X", letter=True),
    _row("choose_document", PAGE, "Go to a document…", "Ctrl+Alt+D", "library", letter=True),
    _row("next_document", PAGE, "Next document", "Ctrl+Alt+PgDown", letter=True),
    _row("previous_document", PAGE, "Previous document", "Ctrl+Alt+PgUp", letter=True),
    _row("searchable_pdf", PAGE, "Save the scan with its words…", "", "search", letter=True),
    _row("case_file", LETTER, "Case file…", "Ctrl+Alt+F", "library", letter=True),
    _row("find_in_case_file", EDIT, "Find in the case file…", "Ctrl+Alt+G", "search", letter=True),
    _row("timeline", LETTER, "Timeline of the case…", "Ctrl+Alt+T", "clock", letter=True),
    _row("reviewer_profiles", LETTER, "Credentials of a reviewer…", "Ctrl+Alt+R", letter=True),
    _row("next_letter", LETTER, "Next letter", "Ctrl+PgDown", "chevron-right"),
    _row("previous_letter", LETTER, "Previous letter", "Ctrl+PgUp", "chevron-left"),
    _row("checked", LETTER, "Checked, open next", "Ctrl+Shift+S", "list-checks", letter=True),
    _row("checks", LETTER, "Checks", "F7", "shield-check", checkable=True),
    _row("checks_report", LETTER, "Report of the checks…", "", "clipboard-check", letter=True),
    _row("second_reader", LETTER, "Second reader…", "Ctrl+Shift+R", "eye", letter=True),
    _row("sheet", LETTER, "One field of all letters listed…", "Ctrl+Alt+S", "rows-2"),
    _row("remove_letter", LETTER, "Remove letter from the list", letter=True),
    _row("tab_letter", VIEW, "Letter as read", "Ctrl+Alt+1", letter=True),
    _row("tab_preview", VIEW, "New letter", "Ctrl+Alt+2", letter=True),
    _row("tab_changes", VIEW, "What changed", "Ctrl+Alt+3", letter=True),
    _row("fold_cover", VIEW, "Fold or unfold the letter to the parties", "Ctrl+Alt+P", letter=True),
    _row("switch_pane", VIEW, "Next pane", "F6"),
    _row("switch_pane_back", VIEW, "Previous pane", "Shift+F6"),
    _row("queue", VIEW, "List of letters", "F9", "panel-left", checkable=True),
    _row("mask", VIEW, "Hide patient data", "Ctrl+Shift+H", "eye-off", checkable=True),
    _row("dark_page", VIEW, "Dark page", "", "moon", checkable=True),
    _row("match_layout", VIEW, "Make a layout look like my letter…"),
    _row("detach_page", VIEW, "Page in a window of its own", "", "external-link", checkable=True),
    _row("full_screen", VIEW, "Full screen", "F11", "", checkable=True),
    _row("palette", HELP, "Commands…", "Ctrl+Shift+P", "command"),
    _row("keys", HELP, "Keys…", "Ctrl+/", "keyboard"),
    _row("key_card", HELP, "Card of keys as PDF…"),
    _row("library", HELP, "Guideline library…", "Ctrl+L", "library"),
    _row("help", HELP, "How to use IMR Desk", "F1", "info"),
    _row("about", HELP, "About IMR Desk"),
)


class FixedKey(msgspec.Struct, frozen=True):
    """A key or a click that does the same everywhere and cannot be changed."""

    key: str
    does: str
    is_sequence: bool = False


FIXED: tuple[FixedKey, ...] = (
    FixedKey("Enter", "Right as it stands, next doubt; a new line while a text is written"),
    FixedKey("Shift+Return", "In a text: a new line; in the sheet: keep all that is shown"),
    FixedKey("Tab, Shift+Tab", "Next, previous field"),
    FixedKey("Esc", "Close what is in front"),
    FixedKey("↑, ↓", "In a date: a day later, earlier"),
    FixedKey("First letter", "In a choice: take it"),
    FixedKey("Click on the page", "Go to the field that was read there"),
    FixedKey("Ctrl+click on the page", "Fill the field with the word"),
    FixedKey("Ctrl+drag on the page", "Fill the field with the words"),
    FixedKey("Ctrl+wheel", "Zoom on the pointer"),
    FixedKey("Ctrl+C", "Copy", is_sequence=True),
    FixedKey("Ctrl+X", "Cut", is_sequence=True),
    FixedKey("Ctrl+V", "Paste", is_sequence=True),
    FixedKey("Ctrl+A", "Select all", is_sequence=True),
)


class Actions(QObject):
    """The QActions of the table, by id."""

    keys_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in TABLE}
        self._actions: dict[str, QAction] = {}
        for spec in TABLE:
            action = QAction(spec.text, parent)
            action.setObjectName(spec.id)
            action.setCheckable(spec.checkable)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._actions[spec.id] = action
        self.apply_keys({})

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[tuple[ActionSpec, QAction]]:
        for action_id, action in self._actions.items():
            yield self._specs[action_id], action

    def apply_keys(self, mapped: Mapping[str, str]) -> None:
        """Give each action its key: the user's from `mapped` (by id), else the table's."""
        for spec, action in self:
            keys = (mapped[spec.id],) if spec.id in mapped else spec.keys
            action.setShortcuts([QKeySequence(key) for key in keys if key])
            shown = self.key_of(spec.id)
            tip = spec.text.rstrip("…")
            action.setToolTip(f"{tip} ({shown})" if shown else tip)
        self.keys_changed.emit()

    def key_of(self, action_id: str) -> str:
        """The first key of an action, as it is shown; empty where it has none."""
        return self[action_id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def dress(self, only: Collection[str] | None = None) -> None:
        """Draw the icons in the scheme in force: of all actions, or only of those (by id)."""
        for spec, action in self:
            if spec.icon and (only is None or spec.id in only):
                action.setIcon(theme.icon(spec.icon))

    def enable_for_letter(self, is_open: bool) -> None:
        """Grey out what needs an open letter where there is none."""
        for spec, action in self:
            if spec.needs_letter:
                action.setEnabled(is_open)

    def clash(self, action_id: str, key: str) -> ActionSpec | None:
        """The action that has this key already."""
        wanted = QKeySequence(key)
        for spec, action in self:
            if spec.id != action_id and wanted in action.shortcuts():
                return spec
        return None
