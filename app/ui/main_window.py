"""The window: creates the panes, lays them out, and holds the one block where they are connected."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMenu,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.evidence import Place
from app.letter import FieldId
from app.paths import FONTS, SNIPPETS, TEMPLATES
from app.services.checks import Fix
from app.services.intake import OpenedCase, Reader
from app.services.library import Library
from app.services.rendering import Renderer
from app.services.rendering.report_pdf import ReportRenderer
from app.services.settings import Settings
from app.services.snippets import Snippets
from app.services.spelling import Spelling
from app.services.store import Store
from app.ui.actions import TABLE, Actions
from app.ui.batch_export import BatchExporter
from app.ui.checks_view import ChecksView
from app.ui.citing import CitationPicker
from app.ui.departure import Departure
from app.ui.detached_page import DetachedPage
from app.ui.document import LetterDocument
from app.ui.drafting import Drafting
from app.ui.exporting import Exporter
from app.ui.field_flow import FieldFlow
from app.ui.form.form_view import FormView
from app.ui.jobs import Jobs
from app.ui.letter_flow import LetterFlow
from app.ui.letter_pane import LetterPane
from app.ui.notice_bar import NoticeBar, Offer
from app.ui.opener import Opener
from app.ui.outline_items import outline_items
from app.ui.pages import OutlineView, ThumbnailList
from app.ui.queue_view import QueueView
from app.ui.redaction import RedactionFlow
from app.ui.session import Session
from app.ui.side_windows import SideWindows
from app.ui.top_bar import TopBar

FOLD_QUEUE_BELOW = 1100
"""Window width in pixels under which the list of letters folds by itself."""
AFTER_START_MS = 300
"""Milliseconds after which the hourly backup and the word lists may take the processor."""
GEOMETRY = "window"
MASKED = "CM••-•••••••"


class Services(msgspec.Struct, frozen=True):
    """What the window works with, made by the composition root."""

    store: Store
    library: Library
    reader: Reader
    make_renderer: Callable[[Settings], Renderer]
    spelling: Spelling


class MainWindow(QMainWindow):
    """The desk. Panes never speak to each other: what they say is connected here."""

    came_up = Signal()
    """The window has been painted for the first time and takes keys."""
    closed = Signal()

    def __init__(self, services: Services, settings: Settings, jobs: Jobs) -> None:
        super().__init__()
        store = services.store
        self._store = store
        self._spelling = services.spelling
        self._make_renderer = services.make_renderer
        renderer = services.make_renderer(settings)
        self._jobs = jobs
        self._queue_folded_by_us = False
        self._masked = False
        self._is_up = False
        self._detached: DetachedPage | None = None

        # Create
        self.commands = Actions(self)
        self.document = LetterDocument(self)
        self.session = Session(store, self.document, self)
        self.opener = Opener(store, services.reader, jobs, self.session.by, self)
        self.exporter = Exporter(renderer, jobs, self)
        self.batch = BatchExporter(store, renderer, jobs, self.session.by, self)
        self.queue = QueueView()
        self.letter_pane = LetterPane(self.document, renderer, jobs)
        self.form = FormView(self.document, services.spelling)
        self.checks = ChecksView(self.document, jobs)
        self.picker = CitationPicker(services.library, self)
        self.outline = OutlineView()
        self.thumbnails = ThumbnailList(self.letter_pane.view)
        self.notice = NoticeBar()
        self.top_bar = TopBar(self.commands)
        self.beside = SideWindows(
            store,
            services.library,
            self.document,
            self.session,
            self.commands,
            self.notice,
            jobs,
            settings,
            self,
        )
        self.fields = FieldFlow(self.document, self.form, self.letter_pane, self)
        self.letters = LetterFlow(
            store,
            self.document,
            self.session,
            self.opener,
            self.queue,
            self.form,
            self.letter_pane,
            self.notice,
            self,
        )

        self.drafting = Drafting(self.document, self.form, Snippets(SNIPPETS, store.folder), self)
        self.departure = Departure(
            store,
            self.document,
            self.session,
            self.exporter,
            self.checks,
            self.notice,
            ReportRenderer(TEMPLATES, FONTS),
            self,
        )
        self.redaction = RedactionFlow(store, self.exporter, jobs, self)

        # Lay out
        self._lay_out()
        self._fill_menus()
        self.setAcceptDrops(True)
        self.setMinimumSize(720, 480)
        self._restore_geometry()

        # Connect
        self._connect_panes()
        self._connect_commands()
        self._show_no_letter()
        self._take_settings(settings)
        self.commands["mask"].setChecked(settings.mask_on_start)
        self.batch.use(renderer, settings)
        self.letters.show_queue()
        # What nobody waits for begins when the window is up: workers would only hold it back.
        QTimer.singleShot(AFTER_START_MS, self, self._on_started)

    # Laying out

    def _lay_out(self) -> None:
        side_tabs = QTabWidget()
        side_tabs.setDocumentMode(True)
        side_tabs.addTab(self.outline, self.tr("Outline"))
        side_tabs.addTab(self.thumbnails, self.tr("Pages"))
        self.side = QSplitter(Qt.Orientation.Vertical)
        self.side.addWidget(self.queue)
        self.side.addWidget(side_tabs)
        self.side.setSizes([420, 280])
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setChildrenCollapsible(False)
        for place, (widget, stretch) in enumerate(
            ((self.side, 0), (self.letter_pane, 5), (self.form, 4))
        ):
            self.panes.addWidget(widget)
            self.panes.setStretchFactor(place, stretch)
        self.panes.setSizes([240, 660, 540])
        self.rows = QSplitter(Qt.Orientation.Vertical)
        self.rows.addWidget(self.panes)
        self.rows.addWidget(self.checks)
        self.rows.setStretchFactor(0, 1)
        self.rows.setSizes([660, 220])
        self.checks.hide()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (
            self.top_bar,
            self.notice,
            self.beside.progress,
            self.beside.export_progress,
        ):
            column.addWidget(widget)
        column.addWidget(self.rows, 1)
        self.setCentralWidget(body)
        self.commands["queue"].setChecked(True)

    def _fill_menus(self) -> None:
        menus: dict[str, QMenu] = {}
        for spec in TABLE:
            if spec.menu not in menus:
                menus[spec.menu] = self.menuBar().addMenu(self.tr(spec.menu))
            menus[spec.menu].addAction(self.commands[spec.id])

    # The whole conversation of the panes

    def _connect_panes(self) -> None:
        document, view, pane = self.document, self.letter_pane.view, self.letter_pane
        document.letter_changed.connect(self._on_document_letter_changed)
        document.history.indexChanged.connect(self._show_history)
        document.statuses_changed.connect(self._on_document_statuses_changed)
        document.current_field_changed.connect(self._on_document_current_field_changed)

        self.session.trouble.connect(self._on_session_trouble)
        self.session.saved.connect(self._on_session_saved)
        self.session.status_changed.connect(self.letters.refresh_listed)

        self.opener.opened.connect(self.letters.show)
        self.opener.open_failed.connect(self.letters.show_open_failure)
        self.opener.taken_in.connect(self.letters.show_taken_in)
        self.opener.taken_in.connect(self._show_place_in_list)
        self.opener.file_failed.connect(self.letters.show_file_failure)
        self.opener.progressed.connect(self.beside.show_import_step)
        self.opener.file_failed.connect(self.beside.show_import_failure)
        self.opener.finished.connect(self.beside.show_import_end)
        self.beside.progress.cancel_requested.connect(self.opener.cancel)
        self.batch.started.connect(self.beside.start_export)
        self.batch.progressed.connect(self.beside.show_export_step)
        self.batch.finished.connect(self.beside.export_progress.finish)
        self.batch.finished.connect(self.letters.show_queue)
        self.beside.export_progress.cancel_requested.connect(self.batch.cancel)
        self.beside.settings_changed.connect(self._on_beside_settings_changed)
        self.beside.about_to_restore.connect(self.letters.close)
        self.beside.restored.connect(self.letters.show_queue)
        self.letters.letter_shown.connect(self._on_letters_letter_shown)

        self.queue.case_requested.connect(self.letters.open)
        self.outline.place_chosen.connect(self._on_outline_place_chosen)

        view.clicked.connect(self.fields.take_page_click)
        view.words_picked.connect(self.fields.fill)
        pane.preview.field_clicked.connect(self.fields.go_to)
        pane.changes.field_requested.connect(self.fields.go_to)

        self.form.place_requested.connect(self.fields.show_place_of)
        self.form.cite_requested.connect(self.fields.cite)
        self.form.confirm_requested.connect(self.fields.confirm)
        self.form.text_typed.connect(self.session.note_typing)
        self.form.typing_ended.connect(self.session.end_typing)
        self.form.word_learned.connect(self.beside.note_word)
        self.fields.last_doubt_done.connect(self._on_fields_last_doubt_done)
        self.fields.words_refused.connect(self.notice.tell)
        self.fields.citation_wanted.connect(self._on_fields_citation_wanted)
        self.fields.citation_added.connect(self.beside.note_citation)
        self.drafting.failed.connect(self.notice.tell_problem)
        self.drafting.no_blank_left.connect(self._on_drafting_no_blank_left)
        self.picker.citation_chosen.connect(self.fields.add_citation)

        self.checks.field_requested.connect(self.fields.go_to)
        self.checks.findings_changed.connect(self.top_bar.show_findings)
        self.checks.findings_shown.connect(self.form.show_findings)
        self.checks.fix_requested.connect(self._on_checks_fix_requested)
        self.checks.dismissed.connect(self.departure.dismiss)
        self.checks.recalled.connect(self.departure.recall)
        self.checks.override_given.connect(self.departure.override)
        self.checks.report_requested.connect(self.departure.report)
        self.departure.blocked.connect(self._on_departure_blocked)
        self.departure.field_requested.connect(self.fields.go_to)
        self.redaction.written.connect(self._on_redaction_written)
        self.redaction.failed.connect(self.notice.tell_problem)
        self.exporter.exported.connect(self.departure.tell_written)
        self.exporter.failed.connect(self.notice.tell_problem)
        self.notice.password_given.connect(self.letters.unlock)

    def _connect_commands(self) -> None:
        form, fields, letters, pane = self.form, self.fields, self.letters, self.letter_pane
        slots = {
            "open": self._ask_files,
            "open_folder": self._ask_folder,
            "redact_pdf": self._on_redact_pdf_triggered,
            "checks_report": self._on_checks_report_triggered,
            "export_many": self._on_export_many_triggered,
            "quit": self.close,
            "undo": self.document.undo,
            "redo": self.document.redo,
            "find": pane.open_find,
            "find_next": pane.find_bar.find_next,
            "find_previous": pane.find_bar.find_previous,
            "confirm": self._on_confirm_triggered,
            "next_doubt": self._on_next_doubt_triggered,
            "previous_doubt": self._on_previous_doubt_triggered,
            "show_place": fields.show_place,
            "fill_from_page": fields.fill_from_selection,
            "revert_field": fields.revert,
            "cite": self._on_cite_triggered,
            "snippet": self.drafting.show_list,
            "next_blank": self._on_next_blank_triggered,
            "previous_blank": self._on_previous_blank_triggered,
            "next_letter": self._on_next_letter_triggered,
            "previous_letter": self._on_previous_letter_triggered,
            "checked": letters.checked,
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
        for name, slot in slots.items():
            self.commands[name].triggered.connect(slot)
        for form in Exporter.FORMS:
            self.commands[f"export_{form}"].triggered.connect(self._on_export_triggered)
        for name in ("add_issue", "duplicate_issue", "issue_up", "issue_down", "remove_issue"):
            self.commands[name].triggered.connect(self._on_issue_command_triggered)
        self.commands["checks"].toggled.connect(self._on_checks_toggled)
        self.commands["queue"].toggled.connect(self.side.setVisible)
        self.commands["mask"].toggled.connect(self.set_masked)
        self.commands["dark_page"].toggled.connect(pane.set_dark_page)
        self.commands["full_screen"].toggled.connect(self._on_full_screen_toggled)
        self.commands["remove_letter"].triggered.connect(letters.remove)
        self.commands["detach_page"].toggled.connect(self._on_detach_page_toggled)

    # Opening

    def take_in(self, paths: list[Path]) -> None:
        """Take in files and folders given from outside; the first letter is opened."""
        if paths:
            self.letters.take_in(paths)

    def _ask_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Open letters"), "", self.tr("Letters (*.pdf);;All files (*)")
        )
        self.take_in([Path(name) for name in chosen])

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Open a folder of letters"))
        if chosen:
            self.take_in([Path(chosen)])

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.take_in([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    # What the panes say

    def _on_letters_letter_shown(self, opened: OpenedCase | None) -> None:
        if opened is None:
            self._show_no_letter()
            return
        self.commands.enable_for_letter(True)
        self._show_place_in_list()
        self.departure.letter_shown(opened)
        self._show_outline()
        self._show_doubts()
        self._show_history()
        self.fields.light_doubts()
        self.fields.start()

    def _show_no_letter(self) -> None:
        self.commands.enable_for_letter(False)
        self.top_bar.show_letter("", 0, 0)
        self.top_bar.show_doubts(None)
        self.top_bar.show_saved("")
        self.outline.set_items(())
        self.setWindowTitle("IMR Desk")

    def _show_place_in_list(self, *_: object) -> None:
        opened = self.letters.opened
        if opened is None:
            return
        number = self.document.letter.header.case_number or opened.case.summary.file_name
        shown = MASKED if self._masked else number
        self.top_bar.show_letter(shown, *self.queue.place_of(opened.case.id))
        self.setWindowTitle(f"{shown} – IMR Desk")

    def _on_document_letter_changed(self, _letter: object) -> None:
        self.top_bar.show_saved(self.tr("typing…"))
        self._show_place_in_list()
        self._show_outline()

    def _on_document_statuses_changed(self, _fields: object) -> None:
        self._show_doubts()
        self._show_outline()
        self.fields.light_doubts()

    def _on_document_current_field_changed(self, _field: object) -> None:
        self.fields.light_current()

    def _show_doubts(self) -> None:
        self.top_bar.show_doubts(len(self.document.doubts))

    def _show_outline(self) -> None:
        self.outline.set_items(outline_items(self.document))

    def _show_history(self, _index: int = 0) -> None:
        history = self.document.history
        self.commands["undo"].setEnabled(history.canUndo())
        self.commands["redo"].setEnabled(history.canRedo())
        for name, text in (("undo", history.undoText()), ("redo", history.redoText())):
            words = f"{name.capitalize()}: {text}" if text else name.capitalize()
            self.commands[name].setText(words)

    def _on_outline_place_chosen(self, place: Place) -> None:
        self.letter_pane.show_letter_tab()
        self.letter_pane.view.go_to([place])

    def _on_session_saved(self) -> None:
        self.top_bar.show_saved(self.tr("saved"))
        self.letters.refresh_listed()
        self._show_history()

    def _on_session_trouble(self, error: UserError) -> None:
        self.top_bar.show_saved(self.tr("NOT saved yet"))
        self.notice.tell_problem(error)

    def _on_fields_last_doubt_done(self) -> None:
        self.notice.tell(
            self.tr("No doubts left in this letter."),
            Offer(self.tr("Checked, open next (Ctrl+Shift+S)"), self.letters.checked),
        )

    def _on_fields_citation_wanted(self, field: FieldId, anchor: QWidget) -> None:
        self.picker.open_for(self.document.letter, field, anchor)

    def _on_checks_fix_requested(self, fix: Fix) -> None:
        self.document.edit(fix.field, fix.value)
        self.fields.go_to(fix.field)

    def _on_checks_toggled(self, shown: bool) -> None:
        self.checks.setVisible(shown)
        if shown:
            self.checks.run()
            self.checks.take_focus()

    def _on_departure_blocked(self) -> None:
        self.commands["checks"].setChecked(True)

    def _on_redact_pdf_triggered(self) -> None:
        opened = self.letters.opened
        if self._masked:
            self.notice.tell(
                self.tr("Patient data is hidden. Show it (Ctrl+Shift+H) to redact the letter.")
            )
        elif opened is not None:
            self.document.seal()
            self.redaction.open(opened, self.document.letter)

    def _on_redaction_written(self, path: Path, proved: str) -> None:
        self.departure.tell_written("redacted_copy", path, proved)

    def _on_checks_report_triggered(self) -> None:
        self.document.seal()
        self.departure.report("report_pdf")

    def _on_export_many_triggered(self) -> None:
        self.session.keep_all()
        self.batch.export_listed(self.queue.listed())

    # Commands that need a word more than a slot

    def _on_export_triggered(self) -> None:
        self.document.seal()
        self.departure.export(self.sender().objectName().removeprefix("export_"))

    def _on_confirm_triggered(self) -> None:
        self.fields.confirm()

    def _on_next_doubt_triggered(self) -> None:
        self.fields.next_doubt()

    def _on_previous_doubt_triggered(self) -> None:
        self.fields.next_doubt(backwards=True)

    def _on_cite_triggered(self) -> None:
        self.fields.cite()

    def _on_next_blank_triggered(self) -> None:
        self.drafting.go_to_blank()

    def _on_previous_blank_triggered(self) -> None:
        self.drafting.go_to_blank(backwards=True)

    def _on_drafting_no_blank_left(self) -> None:
        self.notice.tell(self.tr("There is no blank left in this text."))

    def _on_next_letter_triggered(self) -> None:
        self.letters.step(1)

    def _on_previous_letter_triggered(self) -> None:
        self.letters.step(-1)

    def _on_issue_command_triggered(self) -> None:
        name = self.sender().objectName().replace("_issue", "").replace("issue_", "")
        self.form.do_issue_action(name)

    def _on_switch_pane_triggered(self) -> None:
        self._switch_pane(1)

    def _on_switch_pane_back_triggered(self) -> None:
        self._switch_pane(-1)

    def _switch_pane(self, step: int) -> None:
        """Page, form, checks, list, and round again; what is hidden is passed over."""
        stops = [
            (self.letter_pane, self.letter_pane.focus_shown),
            (self.form, self.form.focus_current),
            (self.checks, self.checks.take_focus),
            (self.side, self.queue.setFocus),
        ]
        stops = [stop for stop in stops if stop[0].isVisible()]
        focus = QApplication.focusWidget()
        here = next(
            (place for place, (pane, _) in enumerate(stops) if focus and pane.isAncestorOf(focus)),
            -1 if step > 0 else 0,
        )
        stops[(here + step) % len(stops)][1]()

    # The window itself

    def _on_beside_settings_changed(self, settings: Settings) -> None:
        renderer = self._make_renderer(settings)
        self.letter_pane.preview.set_renderer(renderer)
        self.exporter.set_renderer(renderer)
        self.batch.use(renderer, settings)
        self._take_settings(settings)

    def _on_started(self) -> None:
        self.beside.back_up_if_due()
        self._jobs.run(self._spelling.load, self._on_spelling_loaded, priority=-1)

    def _on_spelling_loaded(self, _nothing: None) -> None:
        self.form.show_spelling(self.beside.settings.spell_check)

    def _take_settings(self, settings: Settings) -> None:
        if settings.by:
            self.session.by = settings.by
        self.queue.set_days_to_decide(settings.days_to_decide)
        self.commands["dark_page"].setChecked(settings.dark_page)
        self.departure.take_settings(settings)
        self.form.show_spelling(settings.spell_check)
        self.exporter.set_file_name(settings.file_name)

    def _on_detach_page_toggled(self, detached: bool) -> None:
        if detached:
            self._detached = DetachedPage(self.letter_pane, self.tr("Page – IMR Desk"))
            self._detached.closed.connect(self._on_detached_closed)
            self._detached.show()
        elif self._detached is not None:
            self._detached.close()

    def _on_detached_closed(self) -> None:
        self._detached = None
        self.panes.insertWidget(1, self.letter_pane)
        self.letter_pane.show()
        self.commands["detach_page"].setChecked(False)

    def set_masked(self, masked: bool) -> None:
        """Hide patient data in the list, on the page and in the title, for a shared screen."""
        self._masked = masked
        self.queue.set_masked(masked)
        self.letter_pane.set_masked(masked)
        if masked:
            self.redaction.close()
        self._show_place_in_list()

    def _on_full_screen_toggled(self, full: bool) -> None:
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    def _restore_geometry(self) -> None:
        kept = self._store.setting(GEOMETRY)
        self.resize(1440, 900)
        if isinstance(kept, dict):
            for widget, name in self._kept_states():
                if name in kept:
                    widget.restoreState(QByteArray.fromBase64(kept[name].encode()))
            if "window" in kept:
                self.restoreGeometry(QByteArray.fromBase64(kept["window"].encode()))
            self.commands["queue"].setChecked(not self.side.isHidden())
            self.commands["checks"].setChecked(not self.checks.isHidden())

    def _kept_states(self) -> tuple[tuple[QSplitter, str], ...]:
        return ((self.panes, "panes"), (self.rows, "rows"), (self.side, "side"))

    def _keep_geometry(self) -> None:
        kept = {name: _text(widget.saveState()) for widget, name in self._kept_states()}
        kept["window"] = _text(self.saveGeometry())
        self.session.save_setting(GEOMETRY, kept)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_up:
            self._is_up = True
            # Once all that lies on the window is painted too.
            QTimer.singleShot(0, self, self.came_up.emit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < FOLD_QUEUE_BELOW
        if narrow and not self.side.isHidden():
            self._queue_folded_by_us = True
            self.commands["queue"].setChecked(False)
        elif not narrow and self._queue_folded_by_us:
            self._queue_folded_by_us = False
            self.commands["queue"].setChecked(True)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            self.session.flush()
        except UserError as error:
            # What could not be written is still tried: closing now would lose it.
            event.ignore()
            self.notice.tell_problem(error)
            return
        if self._detached is not None:
            self._detached.close()
        self.redaction.close()
        self.letters.leave()
        self._keep_geometry()
        with suppress(UserError):  # from here on only the look of the window could be lost
            self.session.close()
        super().closeEvent(event)
        self.closed.emit()


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode()
