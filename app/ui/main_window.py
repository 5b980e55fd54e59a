"""The window: creates the panes, lays them out, and hands them to the one place that connects them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.letter import Letter
from app.paths import FONTS, HANDED_OVER, SNIPPETS, TEMPLATES
from app.services.citations import Guidelines, Style
from app.services.rendering.report_pdf import ReportRenderer
from app.services.settings import Settings
from app.services.snippets import Snippets
from app.services.vault.folder import Vault
from app.ui.archive.flow import ArchiveFlow
from app.ui.batch_export import BatchExporter
from app.ui.beginning_texts import BeginningTexts
from app.ui.beside import side_windows
from app.ui.casefile.flow import CaseFileFlow
from app.ui.casefile.opening import CaseFileOpening
from app.ui.casefile.quoting import Quoting
from app.ui.checks_view import ChecksView
from app.ui.command_wiring import CommandWiring
from app.ui.conversation import Conversation
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
from app.ui.letter_flow import LetterFlow
from app.ui.letter_list import LetterList
from app.ui.letter_pane import LetterPane
from app.ui.list_watch import ListWatch
from app.ui.looking import Looking
from app.ui.new_letter import NewLetters
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.opener import Opener
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
    """The desk. Panes never speak to each other: `Conversation` connects what they say."""

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
        self.first_letter = FirstLetter(self.document, self.notice, self.commands, tour, self)
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
        self.archive = ArchiveFlow(store, jobs, self.document, self.session, self.commands, self)
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
        self.document.history.indexChanged.connect(self._on_history_index_changed)
        conversation = Conversation(self, services.library)
        self._wiring = CommandWiring(self)
        self._take_settings(settings)
        self.commands["mask"].setChecked(settings.mask_on_start)
        self.batch.use(renderer, settings)
        self.letters.show_queue()
        conversation.show_letter(None)
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

    def _on_history_index_changed(self, _index: int) -> None:
        # A slot of the window's own: the history's last change comes while the window is deleted.
        self.signs.show_history()

    def _row_in_hand(self) -> QWidget | None:
        field = self.document.current_field
        return self.form.row(field) if field is not None else None

    def _known_guidelines(self) -> Guidelines:
        return self._library().guidelines()

    def _citation_style(self, letter: Letter) -> Style:
        return self._renderer.citation_style(letter)

    # The window itself

    def use_settings(self, settings: Settings) -> None:
        """Work on with other settings."""
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
        self.archive.close()
        self.letters.leave()
        self.recounter.stop()
        self.scans.stop()
        self.case_file.background.stop()
        self.session.save_setting(PLACES, self.places())
        self.session.close()
        super().closeEvent(event)
        self.closed.emit()
