"""The window: creates the panes, lays them out, and holds the one block where they are connected."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.evidence import Place
from app.letter import FieldId, Letter
from app.paths import FONTS, HANDED_OVER, SNIPPETS, TEMPLATES
from app.services.checks import Fix, NewItem
from app.services.citations import Guidelines, Style
from app.services.letter_intake import OpenedCase
from app.services.rendering.report_pdf import ReportRenderer
from app.services.settings import Settings
from app.services.snippets import Snippets
from app.services.store import Backup, CaseSummary
from app.services.vault.folder import Vault
from app.ui.batch_export import BatchExporter
from app.ui.beginning_texts import BeginningTexts
from app.ui.beside import side_windows
from app.ui.casefile.flow import CaseFileFlow
from app.ui.casefile.opening import CaseFileOpening
from app.ui.casefile.quoting import Quoting
from app.ui.checks_view import ChecksView
from app.ui.command_wiring import CommandWiring
from app.ui.curtain import Curtain
from app.ui.departure import Departure
from app.ui.desk_history import DeskHistory
from app.ui.desk_services import Services
from app.ui.desk_signs import DeskSigns
from app.ui.desk_voice import DeskVoice
from app.ui.document import LetterDocument
from app.ui.doubt_pictures import DoubtPictures
from app.ui.drafting import Drafting
from app.ui.exporting import Exporter
from app.ui.field_flow import FieldFlow
from app.ui.field_notices import FieldNotices
from app.ui.finishing import Finishing
from app.ui.first_letter import FirstLetter
from app.ui.form.form_view import FormView
from app.ui.guided_tour import GuidedTour
from app.ui.job_strips import JobStrips
from app.ui.jobs import Jobs
from app.ui.key_card import KeyCardWriter
from app.ui.letter_flow import FIELD, LetterFlow
from app.ui.letter_list import LetterList
from app.ui.letter_pane import LetterPane
from app.ui.list_watch import ListWatch
from app.ui.looking import Looking
from app.ui.new_letter import NewLetters
from app.ui.notice_bar import Kind, NoticeBar, Offer
from app.ui.opener import Opener
from app.ui.outline_items import first_field
from app.ui.pages import OutlineView, ThumbnailList
from app.ui.print_flow import PrintFlow
from app.ui.queue_view import QueueView
from app.ui.recounter import Recounter
from app.ui.redaction import RedactionFlow
from app.ui.reviewer_profiles import ReviewerProfiles
from app.ui.safekeeping import Safekeeping
from app.ui.same_question import SameQuestion
from app.ui.scan_reading import ScanReading
from app.ui.searchable import SearchableFlow
from app.ui.session import Session
from app.ui.sheet.flow import SheetFlow
from app.ui.top_bar import TopBar
from app.ui.vault_flow import VaultFlow
from app.ui.window_frame import WindowFrame

if TYPE_CHECKING:
    from app.ui.citing import CitationPicker
    from app.ui.handing_over import HandingOver

AFTER_START_MS = 1_000
"""Milliseconds after which the hourly backup, the library and the word lists may take the
processor."""
PLACES = "window"


class MainWindow(WindowFrame):
    """The desk. Panes never speak to each other: what they say is connected here."""

    closed = Signal()

    def __init__(self, services: Services, settings: Settings, jobs: Jobs) -> None:
        super().__init__()
        store = services.store
        self._store = self.store = store
        self._library = services.library
        self._spelling = services.spelling
        self._make_renderer = services.make_renderer
        self._renderer = renderer = services.make_renderer(settings)
        self._jobs = self.jobs = jobs
        self._list_is_stale = False

        # Create
        self.document = LetterDocument(
            self, guidelines=self._known_guidelines, style_of=self._citation_style
        )
        self.session = Session(store, self.document, self)
        self.opener = Opener(
            store, services.reader, jobs, self.session.by, self, guidelines=self._known_guidelines
        )
        self.exporter = Exporter(renderer, jobs, self)
        self.batch = BatchExporter(
            store, services.reader, renderer, jobs, self.session.by, self.exporter.folder, self
        )
        self.queue = QueueView()
        self.letter_pane = LetterPane(self.document, renderer, services.reader, jobs)
        self.form = FormView(self.document, services.spelling)
        self.checks = ChecksView(self.document, jobs)
        self.outline = OutlineView()
        self.thumbnails = ThumbnailList(self.letter_pane.view)
        self.notice = NoticeBar()
        self.top_bar = TopBar(self.commands)
        self.curtain = Curtain(self)
        self.beside = side_windows(
            store, services.library, self.document, self.session, self.commands, self.notice, jobs,
            settings, self,
        )  # fmt: skip
        self.strips = JobStrips(self.notice, self)
        self.fields = FieldFlow(self.document, self.form, self.letter_pane, self)
        self.history = DeskHistory(self.document, self)
        self.letter_list = LetterList(store, self.session, self.history, self.notice, jobs, self)
        self.letters = LetterFlow(
            store, self.document, self.session, self.opener, self.queue, self.form,
            self.letter_pane, self.notice, self.letter_list, self,
        )  # fmt: skip
        self.new_letters = NewLetters(
            store, self.document, self.session, self.letters, self.commands, self.notice,
            services.reader, jobs, self,
        )  # fmt: skip
        self.finishing = Finishing(
            self.document, self.session, self.queue, self.notice, self.letter_list,
            self.checks.run_now, self,
        )  # fmt: skip

        snippets = Snippets(SNIPPETS, store.folder, store.cipher)
        ReviewerProfiles(store, self.document, self.form, self.commands["reviewer_profiles"], self)
        self.drafting = Drafting(self.document, self.form, snippets, self)
        BeginningTexts(
            store, self.document, self.drafting, self.letters, self.commands, self.notice, jobs
        )
        FieldNotices(self.document, self.fields, self.drafting, self.notice, self)
        papers = ReportRenderer(TEMPLATES, FONTS)
        self.departure = Departure(
            store, self.document, self.session, self.exporter, self.checks, self.notice, papers,
            self,
        )  # fmt: skip
        KeyCardWriter(self.commands, self.exporter, papers, self)
        tour = GuidedTour(store, self.document, self.notice, self.commands, self)
        self._first_letter = FirstLetter(self.document, self.notice, self.commands, tour, self)
        self.print_flow = PrintFlow(
            self.document, self.letter_pane, self.departure, services.reader,
            lambda: self._renderer, lambda: self.letters.opened, jobs, self,
        )  # fmt: skip
        self.redaction = RedactionFlow(store, services.reader, self.exporter, jobs, self)
        self.looking = Looking(services.reader, self.exporter, self.notice, jobs, self)
        self.same_question = SameQuestion(self.document, self.notice, self)
        self.list_watch = ListWatch(store, self.queue, self)
        self.sheet = SheetFlow(
            store, services.reader, jobs, self.document, self.session, self.history, self.commands,
            self.opener, self.checks, self.queue, self,
        )  # fmt: skip
        self.recounter = Recounter(store, services.reader, jobs, self._known_guidelines, self)
        self.scans = ScanReading(
            store, services.reader, jobs, self.letters, self.session, self.opener, self.notice,
            self._known_guidelines, self,
        )  # fmt: skip
        self.doubt_pictures = DoubtPictures(
            store, services.reader, jobs, self.document, self.form, self.letters, self.opener, self
        )
        self.searchable = SearchableFlow(
            store, services.reader, self.letters, self.opener, self.exporter, self.notice,
            self.commands["searchable_pdf"], self,
        )  # fmt: skip
        self.case_file = CaseFileFlow(
            store, services.reader, jobs, self.letters, self.letter_pane, self.commands, self.notice,
            self,
        )  # fmt: skip
        self.case_window = CaseFileOpening(
            self.case_file, self.document, store, jobs, self.commands, self
        )
        self.quoting = Quoting(
            self.case_file, self.document, self.form, self.fields, self.letter_pane, self.commands,
            self.notice, jobs,
        )  # fmt: skip
        self.signs = DeskSigns(
            self.document, self.history, self.queue, self.top_bar, self.outline, self.commands,
            lambda: self.letters.opened, self,
        )  # fmt: skip
        self.voice = DeskVoice(self.document, self.history, self.form, self.signs.heading, self)
        self.safekeeping = Safekeeping(self.session, self.top_bar, self.notice, self)
        self.vault = VaultFlow(services.vault or Vault(store.folder, store.cipher), self)

        # Lay out
        self.lay_out_side(self.queue, self.outline, self.thumbnails)
        self.lay_out(self.top_bar, self.letter_pane, self.form, self.checks, self.strips.all)
        self.notice.float_over(self.body, above=self.checks, over=self.letter_pane)
        self.notice.keep_clear_of(self._row_in_hand)
        self.restore_places(store.setting(PLACES))

        # Connect
        self._connect_panes()
        self._wiring = CommandWiring(self)
        self._take_settings(settings)
        self.commands["mask"].setChecked(settings.mask_on_start)
        self.batch.use(renderer, settings)
        self.letters.show_queue()
        self._on_letters_letter_shown(None)
        # What nobody waits for begins when the window is up: workers would only hold it back.
        self.came_up.connect(self._start_soon)

    @cached_property
    def handing_over(self) -> HandingOver:
        """Made when a case first leaves for another desk or comes from one."""
        from app.ui.handing_over import HandingOver

        return HandingOver(
            self._store, self.session, self.letters, self.exporter, self.beside.hidden,
            self.notice, self._jobs, self,
        )  # fmt: skip

    @cached_property
    def picker(self) -> CitationPicker:
        """Made when it is first wanted, and connected here."""
        from app.ui.citing import CitationPicker

        picker = CitationPicker(self._library(), self)
        picker.citation_chosen.connect(self.fields.add_citation)
        picker.closed.connect(self.form.focus_current)
        return picker

    # The whole conversation of the panes

    def _connect_panes(self) -> None:
        document, view, pane = self.document, self.letter_pane.view, self.letter_pane
        document.letter_changed.connect(self._on_document_letter_changed)
        self.signs.titled.connect(self.setWindowTitle)
        document.history.indexChanged.connect(self._on_history_index_changed)
        self.history.changed.connect(self.signs.show_history)
        document.statuses_changed.connect(self._on_document_statuses_changed)
        document.current_field_changed.connect(self._on_document_current_field_changed)

        self.session.saved.connect(self._on_session_saved)
        self.letters.held_back.connect(self.safekeeping.tell_held_back)
        self.safekeeping.copy_requested.connect(self.departure.save_elsewhere)
        self.safekeeping.close_requested.connect(self.close)
        self.safekeeping.offer_restore(Offer("Restore a backup…", self.commands["restore"].trigger))
        self.session.status_changed.connect(self.letters.refresh_listed)

        self.opener.opened.connect(self.letters.show)
        self.opener.open_failed.connect(self.letters.show_open_failure)
        self.opener.taken_in.connect(self.letters.show_taken_in)
        self.queue.listed_changed.connect(self.signs.show_place)
        next_key = partial(self.commands.key_of, "next_letter")
        self.queue.waiting_changed.connect(partial(pane.say_waiting, next_key))
        self.opener.file_failed.connect(self.letters.show_file_failure)
        self.opener.progressed.connect(self.strips.show_import_step)
        self.opener.pages_read.connect(self.strips.show_pages_read)
        self.opener.open_failed.connect(self.strips.clear_done)
        self.opener.file_failed.connect(self.strips.show_import_failure)
        self.opener.finished.connect(self.strips.show_import_end)
        self.opener.file_unlocked.connect(self.strips.show_import_mended)
        self.strips.reading.cancel_requested.connect(self.opener.cancel)
        self.batch.started.connect(self.strips.start_export)
        self.batch.progressed.connect(self.strips.show_export_step)
        self.batch.finished.connect(self.strips.exporting.finish)
        self.batch.finished.connect(self.letters.show_queue)
        self.strips.exporting.cancel_requested.connect(self.batch.cancel)
        self.beside.letter.field_postponed.connect(self.fields.go_past)
        self.beside.settings.changed.connect(self._on_beside_settings_changed)
        self.beside.backups.about_to_restore.connect(self.letters.before_restore)
        self.beside.backups.restore_ended.connect(self._on_beside_restore_ended)
        self.beside.backups.restore_ended.connect(self.letters.after_restore)
        self.curtain.refused.connect(self.beside.hidden.tell_masked)
        self.beside.letter.items_wanted.connect(self.new_letters.make_items)
        self.letters.letter_coming.connect(self.departure.letter_coming)
        self.letters.letter_coming.connect(self._on_letters_letter_coming)
        self.letters.letter_coming.connect(self.strips.clear_done)
        self.letters.letter_shown.connect(self._on_letters_letter_shown)
        self.letters.letter_shown.connect(self._first_letter.letter_shown)

        sheet = self.sheet
        self.letters.letter_asked.connect(sheet.letter_asked)
        self.letters.letter_leaving.connect(sheet.letter_leaving)
        self.letters.letter_shown.connect(sheet.letter_arrived)
        self.letters.held_back.connect(sheet.letter_arrived)
        self.opener.open_failed.connect(sheet.letter_arrived)
        self.opener.progressed.connect(sheet.letters_come)
        self.opener.taken_in.connect(sheet.letter_taken_in)
        self.letter_list.letters_gone.connect(sheet.letters_gone)
        self.beside.backups.about_to_restore.connect(sheet.close)
        self.session.saved.connect(sheet.list_edited)
        sheet.letter_edited.connect(self.opener.forget_ahead_of)
        sheet.letter_listed.connect(self.queue.show_case)
        sheet.letter_wanted.connect(self.letters.open)
        sheet.field_wanted.connect(self.fields.go_to)

        self.files_dropped.connect(self.take_in)
        self.queue.case_requested.connect(self.letters.open)
        self.list_watch.changed.connect(self.letters.show_queue)
        self.recounter.counted.connect(self.letters.show_queue)
        self.checks.dismissed.connect(self.recounter.look_soon)
        self.checks.recalled.connect(self.recounter.look_soon)
        self.queue.act_requested.connect(self._on_queue_act_requested)
        self.letter_list.list_changed.connect(self._on_letter_list_list_changed)
        self.letter_list.list_changed.connect(self.case_file.read_shelf)
        self.letter_list.letters_gone.connect(self.letters.let_go)
        self.letter_list.letter_wanted.connect(self.letters.open)
        self.finishing.letter_wanted.connect(self.letters.open)
        self.outline.section_chosen.connect(self._on_outline_section_chosen)

        view.clicked.connect(self.fields.take_page_click)
        view.words_picked.connect(self.fields.fill)
        pane.preview.field_clicked.connect(self.fields.go_to)
        pane.changes.field_requested.connect(self.fields.go_to)

        self.form.place_requested.connect(self.fields.show_place_of)
        self.form.cite_requested.connect(self.fields.cite)
        self.form.confirm_requested.connect(self.fields.confirm)
        self.form.other_requested.connect(self.fields.use_other)
        self.form.text_typed.connect(self.session.note_typing)
        self.form.typing_ended.connect(self.session.end_typing)
        self.form.word_learned.connect(self.beside.library.note_word)
        self.fields.answered.connect(self.same_question.note_answer)
        self.same_question.words_requested.connect(self.fields.take_words)
        self.fields.last_doubt_done.connect(self.finishing.come_to_end)
        self.fields.all_passed.connect(self.finishing.tell_end)
        self.finishing.more_found.connect(self.fields.go_on)
        self.fields.citation_wanted.connect(self._on_fields_citation_wanted)
        self.fields.citation_added.connect(self.beside.library.note_citation)

        self.letters.letter_shown.connect(self.case_window.letter_shown)
        self.case_window.summary_wanted.connect(self.fields.go_to)
        pane.find_bar.whole_file_wanted.connect(self.case_window.find)
        self.checks.in_record.passage_requested.connect(self.case_file.show_passage)
        self.case_file.record_changed.connect(self.departure.take_record)
        self.checks.field_requested.connect(self.fields.go_to)
        self.checks.place_requested.connect(self.form.select_place)
        self.checks.findings_changed.connect(self.top_bar.show_findings)
        self.checks.findings_shown.connect(self.document.set_findings)
        self.checks.findings_shown.connect(self.form.show_findings)
        self.checks.fix_requested.connect(self._on_checks_fix_requested)
        self.checks.dismissed.connect(self.departure.dismiss)
        self.checks.recalled.connect(self.departure.recall)
        self.checks.override_given.connect(self.departure.override)
        self.checks.report_requested.connect(self.departure.report)
        self.departure.blocked.connect(self._on_departure_blocked)
        self.departure.field_requested.connect(self.fields.go_to)
        self.redaction.written.connect(partial(self.departure.tell_written, "redacted_copy"))
        self.redaction.failed.connect(partial(self.notice.tell_problem, Kind.NOT_WRITTEN))
        self.exporter.exported.connect(self.departure.tell_written)
        self.exporter.failed.connect(partial(self.notice.tell_problem, Kind.NOT_WRITTEN))
        self.print_flow.printing.failed.connect(partial(self.notice.tell_problem, Kind.NOT_PRINTED))
        self.notice.password_given.connect(self.letters.unlock)
        self.notice.password_refused.connect(self.letters.leave_locked)
        self.notice.focus_left.connect(self.form.focus_current)
        self.jobs.idle.connect(self.notice.look_again)

    # Opening

    def take_in(self, paths: list[Path]) -> None:
        """Take in files and folders given from outside; the first letter is opened."""
        handed = [path for path in paths if path.suffix.lower() == HANDED_OVER]
        if handed:
            self.handing_over.take_in(handed)
        if letters := [path for path in paths if path not in handed]:
            self.letters.take_in(letters)

    def take_over(self, paths: list[Path]) -> None:
        """A second start hands its letters over: they come in here, and the window to the front."""
        if self.vault.is_locked:
            self.vault.wait_for(paths)
            return
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()
        self.take_in(paths)

    # What the panes say

    def _on_letters_letter_coming(self, opened: OpenedCase) -> None:
        self.notice.show_letter(opened.case.id)

    def _row_in_hand(self) -> QWidget | None:
        field = self.document.current_field
        return self.form.row(field) if field is not None else None

    def _on_letters_letter_shown(self, opened: OpenedCase | None) -> None:
        case = opened.case.summary if opened else None
        self.history.note_arrival(self.letter_list.earlier_acts(case, self.queue.cases))
        self.signs.show_all()
        if opened is None:
            self.notice.show_letter(None)
            return
        self.departure.letter_shown(opened)
        self.fields.light_doubts()
        self.fields.not_read.light()
        self.fields.start(str(opened.case.view.get(FIELD, "")))
        if opened.case.view:
            self.letter_pane.view.restore_view_state(opened.case.view)
        self.voice.letter_came()

    def _on_history_index_changed(self, _index: int) -> None:
        # A slot of the window's own: the history's last change comes while the window is deleted.
        self.signs.show_history()

    def _on_document_letter_changed(self, _letter: object) -> None:
        self.safekeeping.show_typing()
        self.signs.show_place()
        self.signs.show_outline()

    def _on_document_statuses_changed(self, _fields: object) -> None:
        self.signs.show_left()
        self.signs.show_outline()
        self.fields.light_doubts()
        self.notice.look_again()

    def _on_document_current_field_changed(self, _field: object) -> None:
        self.signs.show_left()
        self.fields.light_current()
        self.signs.show_place_in_hand()

    def _on_outline_section_chosen(self, section: tuple[int, ...], place: Place | None) -> None:
        if place is not None:
            self.letter_pane.show_letter_tab()
            self.letter_pane.view.go_to([place])
        field = first_field(self.document, section)
        if field is not None:
            self.fields.go_to(field)

    def _on_queue_act_requested(self, act: str, cases: tuple[CaseSummary, ...]) -> None:
        self.session.keep_all()
        acts: dict[str, Callable[[tuple[CaseSummary, ...]], None]] = {
            "check": self.letter_list.mark_many,
            "export": self.batch.export_listed,
            "remove": self.letter_list.remove,
            "put_back": self.letter_list.put_back,
            "delete": self.letter_list.ask_to_delete,
        }
        acts[act](cases)

    def _on_letter_list_list_changed(self) -> None:
        self._list_is_stale = True
        self._on_session_saved()

    def _on_session_saved(self) -> None:
        if self._list_is_stale and self.session.unwritten == 0:
            self._list_is_stale = False
            self.letters.show_queue()
        self.letters.refresh_listed()
        self.signs.show_history()
        self.notice.look_again()

    def _on_fields_citation_wanted(self, field: FieldId, anchor: QWidget) -> None:
        document = self.document
        self.picker.open_for(document.letter, field, anchor, document.citation_style)

    def _on_beside_restore_ended(self, before: Backup | None) -> None:
        if before is not None:
            self.history.forget()
            self._library().read_anew()

    def _known_guidelines(self) -> Guidelines:
        return self._library().guidelines()

    def _citation_style(self, letter: Letter) -> Style:
        return self._renderer.citation_style(letter)

    def _on_checks_fix_requested(self, fix: Fix | NewItem) -> None:
        if isinstance(fix, NewItem):
            self.new_letters.add_item(fix.title)
            return
        self.document.edit(fix.field, fix.value)
        self.fields.go_to(fix.field)

    def _on_departure_blocked(self) -> None:
        self.commands["checks"].setChecked(True)

    # The window itself

    def _on_beside_settings_changed(self, settings: Settings) -> None:
        self._renderer = renderer = self._make_renderer(settings)
        self.letter_pane.preview.set_renderer(renderer)
        self.exporter.set_renderer(renderer)
        self.batch.use(renderer, settings)
        self._take_settings(settings)
        self.recounter.look_soon()

    def _start_soon(self) -> None:
        QTimer.singleShot(AFTER_START_MS, self, self._on_started)

    def _on_started(self) -> None:
        if not self._store.database.is_available:
            self._start_soon()
            return
        self.list_watch.start()
        self.recounter.look_soon()
        self.beside.backups.back_up_if_due()
        self._jobs.run(self._library, priority=-1)
        self._jobs.run(self._spelling.load, self._on_spelling_loaded, priority=-1)

    def _on_spelling_loaded(self, _nothing: None) -> None:
        self.form.show_spelling(self.beside.settings.current().spell_check)

    def _take_settings(self, settings: Settings) -> None:
        if settings.by:
            self.session.by = settings.by
        self.queue.set_days_to_decide(settings.days_to_decide)
        self.commands["dark_page"].setChecked(settings.dark_page)
        self.departure.take_settings(settings)
        self.sheet.take_settings(settings)
        self.opener.take_settings(settings)
        self.recounter.use(settings)
        self.new_letters.take_settings(settings)
        self.form.show_spelling(settings.spell_check)
        self.exporter.take_settings(settings)
        self.vault.take_minutes(settings.lock_after)

    @property
    def is_masked(self) -> bool:
        """Whether patient data is hidden."""
        return self.signs.masked

    def read_only(self, folder: Path) -> None:
        """Look at letters and export them, of a data folder that takes no writing."""
        self.signs.name_program("IMR Desk (reading only)")
        self.document.reads_only = True
        self.form.setEnabled(False)
        self.notice.tell(
            Kind.READS_ONLY,
            f"{folder} can only be read: its letters can be looked at and exported, and nothing is "
            "changed or noted. Copy the folder to a disk of yours to go on working in it.",
            holds=self._reads_only,
        )

    def _reads_only(self) -> bool:
        return self.document.reads_only

    def set_masked(self, masked: bool) -> None:
        """Hide patient data in the list, on the page and in the title, for a shared screen."""
        self.signs.masked = masked
        self.curtain.draw(drawn=masked)
        for part in (self.queue, self.letter_pane, self.beside.hidden, self.strips, self.looking):
            part.set_masked(masked)
        self.signs.show_place()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.vault.is_converting or not self.safekeeping.may_close():
            event.ignore()
            return
        self.bring_page_back()
        self.redaction.close()
        self.sheet.close()
        self.letters.leave()
        self.recounter.stop()
        self.scans.stop()
        self.case_file.background.stop()
        self.session.save_setting(PLACES, self.places())
        self.session.close()
        super().closeEvent(event)
        self.closed.emit()
