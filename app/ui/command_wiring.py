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


class CommandWiring(QObject):
    """Sends what menus, keys and the palette ask for to the pane or flow that does it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._connect_plain()
        self._connect_others()

    def _connect_plain(self) -> None:
        window = self._window
        form, fields, pane = window.form, window.fields, window.letter_pane
        slots = {
            "open": self._ask_files,
            "open_folder": self._ask_folder,
            "stop": window.strips.stop,
            "print": self._on_print_triggered,
            "print_preview": self._on_print_preview_triggered,
            "redact_pdf": self._on_redact_pdf_triggered,
            "look_inside": self._on_look_inside_triggered,
            "sheet": self._on_sheet_triggered,
            "checks_report": self._on_checks_report_triggered,
            "export_many": partial(self._export_many, redacted=False),
            "export_many_redacted": partial(self._export_many, redacted=True),
            "encryption": window.vault.show,
            "lock": window.vault.lock,
            "quit": window.close,
            "undo": window.history.undo,
            "redo": window.history.redo,
            "find": pane.open_find,
            "find_next": pane.find_bar.find_next,
            "find_previous": pane.find_bar.find_previous,
            "confirm": self._on_confirm_triggered,
            "postpone": self._on_postpone_triggered,
            "use_other": self._on_use_other_triggered,
            "use_second_other": self._on_use_second_other_triggered,
            "remove_citation": form.take_citation_out,
            "join_lines": form.join_lines,
            "partial_approval": form.show_request,
            "fold_cover": form.fold_cover,
            "next_doubt": self._on_next_doubt_triggered,
            "show_not_read": self._on_show_not_read_triggered,
            "previous_doubt": self._on_previous_doubt_triggered,
            "show_place": fields.show_place,
            "fill_from_page": fields.fill_from_selection,
            "revert_field": fields.revert,
            "cite": self._on_cite_triggered,
            "snippet": window.drafting.show_list,
            "next_blank": self._on_next_blank_triggered,
            "previous_blank": self._on_previous_blank_triggered,
            "next_letter": self._on_next_letter_triggered,
            "previous_letter": self._on_previous_letter_triggered,
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
            "switch_pane": self._on_switch_pane_triggered,
            "switch_pane_back": self._on_switch_pane_back_triggered,
            "next_issue": form.next_issue,
            "previous_issue": form.previous_issue,
        }
        pane.empty.offer(
            window.commands["open"], window.commands["open_folder"], window.commands["new_letter"]
        )
        for name, slot in slots.items():
            window.commands[name].triggered.connect(slot)

    def _connect_others(self) -> None:
        window, commands = self._window, self._window.commands
        for form in Exporter.FORMS:
            commands[f"export_{form}"].triggered.connect(self._on_export_triggered)
        for name in ("add_issue", "duplicate_issue", "issue_up", "issue_down", "remove_issue"):
            commands[name].triggered.connect(self._on_issue_command_triggered)
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
            "Letters (*.pdf *.json);;All files (*)",
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

    def _on_print_triggered(self) -> None:
        self._print(preview=False)

    def _on_print_preview_triggered(self) -> None:
        self._print(preview=True)

    def _print(self, *, preview: bool) -> None:
        if not self._refuses_masked("print the letter"):
            self._window.print_flow.print_shown(preview=preview)

    def _refuses_masked(self, what_for: str) -> bool:
        """Whether patient data is hidden; then that is told, and what it has to be shown for."""
        if self._window.is_masked:
            self._window.beside.tell_masked(what_for)
        return self._window.is_masked

    def _on_redact_pdf_triggered(self) -> None:
        opened = self._window.letters.opened
        if not self._refuses_masked("redact the letter") and opened is not None:
            self._window.document.seal()
            self._window.redaction.open(opened, self._window.document.letter)

    def _on_look_inside_triggered(self) -> None:
        if not self._refuses_masked("look into a PDF"):
            self._window.looking.choose()

    def _on_sheet_triggered(self) -> None:
        if not self._refuses_masked("open the sheet"):
            self._window.session.keep_all()
            self._window.sheet.open()

    def _on_checks_report_triggered(self) -> None:
        self._window.document.seal()
        self._window.departure.report("report_pdf")

    def _export_many(self, _checked: bool = False, *, redacted: bool) -> None:
        self._window.session.keep_all()
        self._window.batch.export_listed(self._window.queue.listed(), redacted=redacted)

    # Commands that need a word more than a slot

    def _on_export_triggered(self) -> None:
        self._window.document.seal()
        self._window.departure.export(self.sender().objectName().removeprefix("export_"))

    def _on_confirm_triggered(self) -> None:
        self._window.fields.confirm()

    def _on_use_other_triggered(self) -> None:
        self._window.fields.use_other()

    def _on_use_second_other_triggered(self) -> None:
        self._window.fields.use_other(place=1)

    def _on_postpone_triggered(self) -> None:
        # The form scrolls to the field first: the note stands at what can be seen.
        self._window.form.focus_current()
        field = self._window.document.current_field
        row = self._window.form.row(field) if field is not None else None
        if row is not None:
            self._window.beside.show_postpone(row.editor)

    def _on_show_not_read_triggered(self) -> None:
        self._window.fields.show_not_read()

    def _on_next_doubt_triggered(self) -> None:
        self._window.fields.next_doubt()

    def _on_previous_doubt_triggered(self) -> None:
        self._window.fields.next_doubt(backwards=True)

    def _on_cite_triggered(self) -> None:
        self._window.fields.cite()

    def _on_next_blank_triggered(self) -> None:
        self._window.drafting.go_to_blank()

    def _on_previous_blank_triggered(self) -> None:
        self._window.drafting.go_to_blank(backwards=True)

    def _on_next_letter_triggered(self) -> None:
        self._window.letters.step(1)

    def _on_previous_letter_triggered(self) -> None:
        self._window.letters.step(-1)

    def _on_issue_command_triggered(self) -> None:
        name = self.sender().objectName().replace("_issue", "").replace("issue_", "")
        change_items(self._window.document, name)

    def _on_switch_pane_triggered(self) -> None:
        self._switch_pane(1)

    def _on_switch_pane_back_triggered(self) -> None:
        self._switch_pane(-1)

    def _switch_pane(self, step: int) -> None:
        """Page, form, notices, checks, list, and round again; what is hidden is passed over."""
        notice = self._window.notice
        stops: list[tuple[QWidget, Callable[[], None]]] = [
            (self._window.letter_pane, self._window.letter_pane.focus_shown),
            (self._window.form, self._window.form.focus_current),
            (notice, notice.focus_offer),
            (self._window.checks, self._window.checks.take_focus),
            (self._window.side, self._window.queue.setFocus),
        ]
        stops = [stop for stop in stops if stop[0].isVisible()]
        focus = QApplication.focusWidget()
        here = next(
            (place for place, (pane, _) in enumerate(stops) if focus and pane.isAncestorOf(focus)),
            -1 if step > 0 else 0,
        )
        pane, take_focus = stops[(here + step) % len(stops)]
        take_focus()
        pane.activateWindow()  # the page may have a window of its own
