"""Which command of the table does what.

Commands that belong to the window's own frame (its folds, the whole screen) are wired there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.ui.exporting import Exporter
from app.ui.file_places import first_shown
from app.ui.item_acts import change_items

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


_ITEM_COMMANDS = {
    "add_issue": "add",
    "duplicate_issue": "duplicate",
    "issue_up": "up",
    "issue_down": "down",
    "remove_issue": "remove",
}
"""What is done to the item in hand, by the command that asks for it."""


def _whether_checked_or_not(act: Callable[[], object]) -> Callable[[bool], None]:
    """A slot for `triggered`, which gives whether the command is checked: what is done needs it not."""

    def slot(_checked: bool) -> None:
        act()

    return slot


class CommandWiring(QObject):
    """Sends what menus, keys and the palette ask for to the pane or flow that does it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._connect_plain()
        self._connect_with_arguments()
        self._connect_others()

    def _connect_plain(self) -> None:
        window = self._window
        form, fields, pane = window.form, window.fields, window.letter_pane
        slots = {
            "open": self._ask_files,
            "open_folder": self._ask_folder,
            "stop": window.strips.stop,
            "read_page": self._on_read_page_triggered,
            "redact_pdf": self._on_redact_pdf_triggered,
            "look_inside": self._on_look_inside_triggered,
            "sheet": self._on_sheet_triggered,
            "search_letters": self._on_search_letters_triggered,
            "checks_report": self._on_checks_report_triggered,
            "encryption": window.vault.show,
            "lock": window.vault.lock,
            "quit": window.close,
            "undo": window.history.undo,
            "redo": window.history.redo,
            "find": pane.open_find,
            "find_next": pane.find_bar.find_next,
            "find_previous": pane.find_bar.find_previous,
            "postpone": self._on_postpone_triggered,
            "remove_citation": form.take_citation_out,
            "join_lines": form.join_lines,
            "partial_approval": form.show_request,
            "fold_cover": form.fold_cover,
            "show_place": fields.show_place,
            "fill_from_page": fields.fill_from_selection,
            "revert_field": fields.revert,
            "snippet": window.drafting.show_list,
            "checked": window.finishing.checked,
            "zoom_in": pane.zoom_in,
            "zoom_out": pane.zoom_out,
            "fit_page": pane.fit_page,
            "actual_size": pane.actual_size,
            "fit_width": pane.fit_width,
            "page_back": pane.go_back,
            "page_forward": pane.go_forward,
            "tab_letter": pane.show_letter_tab,
            "tab_preview": pane.show_preview_tab,
            "tab_changes": pane.show_changes_tab,
            "next_issue": form.next_issue,
            "previous_issue": form.previous_issue,
        }
        pane.empty.offer(
            window.commands["open"], window.commands["open_folder"], window.commands["new_letter"]
        )
        for name, slot in slots.items():
            window.commands[name].triggered.connect(slot)

    def _connect_with_arguments(self) -> None:
        window, commands = self._window, self._window.commands
        fields, drafting, letters = window.fields, window.drafting, window.letters
        table: dict[str, Callable[[], object]] = {
            "hand_over": lambda: window.handing_over.hand_over(),
            "take_case_in": lambda: window.handing_over.choose(),
            "print": partial(self._print, preview=False),
            "print_preview": partial(self._print, preview=True),
            "export_many": partial(self._export_many, redacted=False),
            "export_many_redacted": partial(self._export_many, redacted=True),
            **{f"export_{form}": partial(self._export, form) for form in Exporter.FORMS},
            "confirm": fields.confirm,
            "use_other": fields.use_other,
            "use_second_other": partial(fields.use_other, place=1),
            "show_not_read": fields.show_not_read,
            "next_doubt": fields.next_doubt,
            "previous_doubt": partial(fields.next_doubt, backwards=True),
            "cite": fields.cite,
            "next_blank": drafting.go_to_blank,
            "previous_blank": partial(drafting.go_to_blank, backwards=True),
            "next_letter": partial(letters.step, 1),
            "previous_letter": partial(letters.step, -1),
            "switch_pane": partial(self._switch_pane, 1),
            "switch_pane_back": partial(self._switch_pane, -1),
            **{
                name: partial(change_items, window.document, act)
                for name, act in _ITEM_COMMANDS.items()
            },
        }
        for name, act in table.items():
            commands[name].triggered.connect(_whether_checked_or_not(act))

    def _connect_others(self) -> None:
        window, commands = self._window, self._window.commands
        commands["checks"].toggled.connect(self._on_checks_toggled)
        commands["mask"].toggled.connect(window.set_masked)
        commands["dark_page"].toggled.connect(window.letter_pane.set_dark_page)
        commands["remove_letter"].triggered.connect(window.letters.remove)
        commands.keys_changed.connect(self._show_keys)
        self._show_keys()

    def _show_keys(self) -> None:
        commands = self._window.commands
        told = ("cite", "use_other", "use_second_other", "revert_field", "show_place")
        keys = {name: commands.key_of(name) for name in told}
        self._window.form.use_keys(keys)

    def _ask_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window,
            "Open letters",
            first_shown(),
            "Letters (*.pdf *.json *.imrcase);;All files (*)",
        )
        self._window.take_in([Path(name) for name in chosen])

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self._window, "Open a folder of letters", first_shown()
        )
        if chosen:
            self._window.take_in([Path(chosen)])

    def _on_checks_toggled(self, shown: bool) -> None:
        self._window.checks.setVisible(shown)
        if shown:
            self._window.checks.run()
            self._window.checks.take_focus()
        elif self._window.letters.opened is not None:
            self._window.form.focus_current()

    def _print(self, *, preview: bool) -> None:
        if not self._refuses_masked("print the letter"):
            self._window.print_flow.print_shown(preview=preview)

    def _refuses_masked(self, what_for: str) -> bool:
        """Whether patient data is hidden; then that is told, and what it has to be shown for."""
        if self._window.is_masked:
            self._window.beside.hidden.tell_masked(what_for)
        return self._window.is_masked

    def _on_redact_pdf_triggered(self) -> None:
        opened = self._window.letters.opened
        if not self._refuses_masked("redact the letter") and opened is not None:
            self._window.document.seal()
            self._window.redaction.open(opened, self._window.document.letter)

    def _on_look_inside_triggered(self) -> None:
        if not self._refuses_masked("look into a PDF"):
            self._window.looking.choose()

    def _on_read_page_triggered(self) -> None:
        from app.ui.page_text import read_pages  # not before it is asked for: start-up time

        if not self._refuses_masked("read the text of the pages"):
            window, pane = self._window, self._window.letter_pane
            as_read = pane.shown_view is pane.view
            made = read_pages(window.document, pane.shown_view, window, as_read=as_read)
            made.field_wanted.connect(window.fields.go_to)

    def _on_sheet_triggered(self) -> None:
        if not self._refuses_masked("open the sheet"):
            self._window.session.keep_all()
            self._window.sheet.open()

    def _on_search_letters_triggered(self) -> None:
        if not self._refuses_masked("search the letters"):
            self._window.archive.show()

    def _on_checks_report_triggered(self) -> None:
        self._window.document.seal()
        self._window.departure.report("report_pdf")

    def _export_many(self, *, redacted: bool) -> None:
        self._window.session.keep_all()
        self._window.batch.export_listed(self._window.queue.listed(), redacted=redacted)

    def _export(self, form: str) -> None:
        self._window.document.seal()
        self._window.departure.export(form)

    def _on_postpone_triggered(self) -> None:
        # The form scrolls to the field first: the note stands at what can be seen.
        self._window.form.focus_current()
        field = self._window.document.current_field
        row = self._window.form.row(field) if field is not None else None
        if row is not None:
            self._window.beside.letter.show_postpone(row.editor)

    def _switch_pane(self, step: int) -> None:
        """Page, form, notices, checks, list, and round again; what is hidden, and a form that has
        no letter or is only read, is passed over."""
        notice = self._window.notice
        stops: list[tuple[QWidget, Callable[[], None]]] = [
            (self._window.letter_pane, self._window.letter_pane.focus_shown),
            (self._window.form, self._window.form.focus_current),
            (notice, notice.focus_offer),
            (self._window.checks, self._window.checks.take_focus),
            (self._window.side, self._window.queue.take_focus),
        ]
        if self._window.letters.opened is None:
            del stops[1]
        stops = [stop for stop in stops if stop[0].isVisible() and stop[0].isEnabled()]
        focus = QApplication.focusWidget()
        here = next(
            (place for place, (pane, _) in enumerate(stops) if focus and pane.isAncestorOf(focus)),
            -1 if step > 0 else 0,
        )
        pane, take_focus = stops[(here + step) % len(stops)]
        take_focus()
        pane.activateWindow()  # the page may have a window of its own
