"""Who hears whom: the one place where the panes and flows of the desk are connected.

Order counts where two hear the same: the letter in hand changes first, then what shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.evidence import Place
from app.letter import FieldId
from app.services.checks import Fix, NewItem
from app.services.letter_intake import OpenedCase
from app.services.store import Backup, CaseSummary
from app.ui.letter_flow import FIELD
from app.ui.notice_bar import Kind, Offer
from app.ui.outline_items import first_field

if TYPE_CHECKING:
    from app.services.library import Library
    from app.ui.main_window import MainWindow


class Conversation(QObject):
    """Connects the panes, and answers where what one says concerns several others."""

    def __init__(self, desk: MainWindow, library: Callable[[], Library]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = library
        self._list_is_stale = False
        self._connect_document()
        self._connect_coming()
        self._connect_keeping()
        self._connect_sheet()
        self._connect_archive()
        self._connect_list()
        self._connect_form()
        self._connect_checks()
        self._connect_leaving()

    def _connect_document(self) -> None:
        """What is done to the letter is shown at once."""
        desk = self._desk
        desk.document.letter_changed.connect(self._on_document_letter_changed)
        desk.signs.titled.connect(desk.setWindowTitle)
        desk.history.changed.connect(desk.signs.show_history)
        desk.document.statuses_changed.connect(self._on_document_statuses_changed)
        desk.document.current_field_changed.connect(self._on_document_current_field_changed)

    def _connect_coming(self) -> None:
        """Letters come in, are shown, and are kept."""
        desk = self._desk
        desk.opener.opened.connect(desk.letters.show)
        desk.opener.open_failed.connect(desk.letters.show_open_failure)
        desk.opener.taken_in.connect(desk.letters.show_taken_in)
        desk.opener.file_failed.connect(desk.letters.show_file_failure)
        desk.opener.progressed.connect(desk.strips.show_import_step)
        desk.opener.pages_read.connect(desk.strips.show_pages_read)
        desk.opener.open_failed.connect(desk.strips.clear_done)
        desk.opener.file_failed.connect(desk.strips.show_import_failure)
        desk.opener.finished.connect(desk.strips.show_import_end)
        desk.opener.file_unlocked.connect(desk.strips.show_import_mended)
        desk.strips.reading.cancel_requested.connect(desk.opener.cancel)
        desk.letters.letter_coming.connect(desk.departure.letter_coming)
        desk.letters.letter_coming.connect(self._on_letters_letter_coming)
        desk.letters.letter_coming.connect(desk.strips.clear_done)
        desk.session.saved.connect(self._on_session_saved)
        desk.letters.held_back.connect(desk.safekeeping.tell_held_back)
        desk.session.status_changed.connect(desk.letters.refresh_listed)
        desk.letters.letter_shown.connect(self.show_letter)
        desk.letters.letter_shown.connect(desk.first_letter.letter_shown)
        desk.files_dropped.connect(desk.take_in)

    def _connect_keeping(self) -> None:
        """Backups, settings, and what stands in the way of work."""
        desk = self._desk
        desk.safekeeping.copy_requested.connect(desk.departure.save_elsewhere)
        desk.safekeeping.close_requested.connect(desk.close)
        desk.safekeeping.offer_restore(Offer("Restore a backup…", desk.commands["restore"].trigger))
        desk.beside.settings.changed.connect(desk.use_settings)
        desk.beside.backups.about_to_restore.connect(desk.letters.before_restore)
        desk.beside.backups.restore_ended.connect(self._on_beside_restore_ended)
        desk.beside.backups.restore_ended.connect(desk.letters.after_restore)
        desk.curtain.refused.connect(desk.beside.hidden.tell_masked)
        desk.notice.password_given.connect(desk.letters.unlock)
        desk.notice.password_refused.connect(desk.letters.leave_locked)
        desk.notice.focus_left.connect(desk.form.focus_current)
        desk.jobs.idle.connect(desk.notice.look_again)

    def _connect_sheet(self) -> None:
        """The sheet of one field lives on the same letters."""
        desk = self._desk
        desk.letters.letter_asked.connect(desk.sheet.letter_asked)
        desk.letters.letter_leaving.connect(desk.sheet.letter_leaving)
        desk.letters.letter_shown.connect(desk.sheet.letter_arrived)
        desk.letters.held_back.connect(desk.sheet.letter_arrived)
        desk.opener.open_failed.connect(desk.sheet.letter_arrived)
        desk.opener.progressed.connect(desk.sheet.letters_come)
        desk.opener.taken_in.connect(desk.sheet.letter_taken_in)
        desk.letter_list.letters_gone.connect(desk.sheet.letters_gone)
        desk.beside.backups.about_to_restore.connect(desk.sheet.close)
        desk.session.saved.connect(desk.sheet.list_edited)
        desk.sheet.letter_edited.connect(desk.opener.forget_ahead_of)
        desk.sheet.letter_listed.connect(desk.queue.show_case)
        desk.sheet.letter_wanted.connect(desk.letters.open)
        desk.sheet.field_wanted.connect(desk.fields.go_to)

    def _connect_archive(self) -> None:
        """What is found in all letters comes onto the desk."""
        desk = self._desk
        desk.archive.letter_wanted.connect(desk.letters.open)
        desk.archive.field_wanted.connect(desk.fields.go_to)
        desk.archive.place_wanted.connect(desk.form.select_place)
        desk.letters.letter_shown.connect(desk.archive.letter_shown)
        desk.session.saved.connect(desk.archive.letter_saved)
        desk.opener.finished.connect(desk.archive.fill)
        desk.letter_list.list_changed.connect(desk.archive.look_again)
        desk.beside.backups.restore_ended.connect(desk.archive.look_again)

    def _connect_list(self) -> None:
        """The list says which letter, and what is done to many."""
        desk = self._desk
        next_key = partial(desk.commands.key_of, "next_letter")
        desk.queue.listed_changed.connect(desk.signs.show_place)
        desk.queue.waiting_changed.connect(partial(desk.letter_pane.say_waiting, next_key))
        desk.queue.case_requested.connect(desk.letters.open)
        desk.list_watch.changed.connect(desk.letters.show_queue)
        desk.recounter.counted.connect(desk.letters.show_queue)
        desk.queue.act_requested.connect(self._on_queue_act_requested)
        desk.letter_list.list_changed.connect(self._on_letter_list_list_changed)
        desk.letter_list.list_changed.connect(desk.case_file.read_shelf)
        desk.letter_list.letters_gone.connect(desk.letters.let_go)
        desk.letter_list.letter_wanted.connect(desk.letters.open)
        desk.finishing.letter_wanted.connect(desk.letters.open)
        desk.outline.section_chosen.connect(self._on_outline_section_chosen)
        desk.finishing.more_found.connect(desk.fields.go_on)

    def _connect_form(self) -> None:
        """Form and pages speak of one field in hand."""
        desk = self._desk
        desk.beside.letter.field_postponed.connect(desk.fields.go_past)
        desk.letter_pane.view.clicked.connect(desk.fields.take_page_click)
        desk.letter_pane.view.words_picked.connect(desk.fields.fill)
        desk.letter_pane.preview.field_clicked.connect(desk.fields.go_to)
        desk.letter_pane.changes.field_requested.connect(desk.fields.go_to)
        desk.form.place_requested.connect(desk.fields.show_place_of)
        desk.form.cite_requested.connect(desk.fields.cite)
        desk.form.confirm_requested.connect(desk.fields.confirm)
        desk.form.other_requested.connect(desk.fields.use_other)
        desk.form.text_typed.connect(desk.session.note_typing)
        desk.form.typing_ended.connect(desk.session.end_typing)
        desk.form.word_learned.connect(desk.beside.library.note_word)
        desk.fields.answered.connect(desk.same_question.note_answer)
        desk.same_question.words_requested.connect(desk.fields.take_words)
        desk.fields.last_doubt_done.connect(desk.finishing.come_to_end)
        desk.fields.all_passed.connect(desk.finishing.tell_end)
        desk.fields.citation_wanted.connect(self._on_fields_citation_wanted)
        desk.fields.citation_added.connect(desk.beside.library.note_citation)
        desk.case_window.summary_wanted.connect(desk.fields.go_to)
        desk.letter_pane.find_bar.whole_file_wanted.connect(desk.case_window.find)
        desk.letters.letter_shown.connect(desk.case_window.letter_shown)

    def _connect_checks(self) -> None:
        """What the checks found is shown everywhere, and answered."""
        desk = self._desk
        desk.beside.letter.items_wanted.connect(desk.new_letters.make_items)
        desk.checks.dismissed.connect(desk.recounter.look_soon)
        desk.checks.recalled.connect(desk.recounter.look_soon)
        desk.checks.in_record.passage_requested.connect(desk.case_file.show_passage)
        desk.case_file.record_changed.connect(desk.departure.take_record)
        desk.checks.field_requested.connect(desk.fields.go_to)
        desk.checks.place_requested.connect(desk.form.select_place)
        desk.checks.findings_changed.connect(desk.top_bar.show_findings)
        desk.checks.findings_shown.connect(desk.document.set_findings)
        desk.checks.findings_shown.connect(desk.form.show_findings)
        desk.checks.fix_requested.connect(self._on_checks_fix_requested)
        desk.checks.dismissed.connect(desk.departure.dismiss)
        desk.checks.recalled.connect(desk.departure.recall)
        desk.checks.override_given.connect(desk.departure.override)
        desk.checks.report_requested.connect(desk.departure.report)

    def _connect_leaving(self) -> None:
        """A letter leaves: exported, printed, redacted."""
        desk = self._desk
        desk.batch.started.connect(desk.strips.start_export)
        desk.batch.progressed.connect(desk.strips.show_export_step)
        desk.batch.finished.connect(desk.strips.exporting.finish)
        desk.batch.finished.connect(desk.letters.show_queue)
        desk.strips.exporting.cancel_requested.connect(desk.batch.cancel)
        desk.departure.blocked.connect(self._on_departure_blocked)
        desk.departure.field_requested.connect(desk.fields.go_to)
        desk.redaction.written.connect(partial(desk.departure.tell_written, "redacted_copy"))
        desk.redaction.failed.connect(partial(desk.notice.tell_problem, Kind.NOT_WRITTEN))
        desk.exporter.exported.connect(desk.departure.tell_written)
        desk.exporter.failed.connect(partial(desk.notice.tell_problem, Kind.NOT_WRITTEN))
        desk.print_flow.printing.failed.connect(partial(desk.notice.tell_problem, Kind.NOT_PRINTED))

    # What several have to hear of

    def _on_letters_letter_coming(self, opened: OpenedCase) -> None:
        self._desk.notice.show_letter(opened.case.id)

    def show_letter(self, opened: OpenedCase | None) -> None:
        """Have every pane show the letter that came, or that there is none."""
        desk = self._desk
        case = opened.case.summary if opened else None
        desk.history.note_arrival(desk.letter_list.earlier_acts(case, desk.queue.cases))
        desk.signs.show_all()
        if opened is None:
            desk.notice.show_letter(None)
            return
        desk.departure.letter_shown(opened)
        desk.fields.light_doubts()
        desk.fields.not_read.light()
        desk.fields.start(str(opened.case.view.get(FIELD, "")))
        if opened.case.view:
            desk.letter_pane.view.restore_view_state(opened.case.view)
        desk.voice.letter_came()

    def _on_document_letter_changed(self, _letter: object) -> None:
        desk = self._desk
        desk.safekeeping.show_typing()
        desk.signs.show_place()
        desk.signs.show_outline()

    def _on_document_statuses_changed(self, _fields: object) -> None:
        desk = self._desk
        desk.signs.show_left()
        desk.signs.show_outline()
        desk.fields.light_doubts()
        desk.notice.look_again()

    def _on_document_current_field_changed(self, _field: object) -> None:
        desk = self._desk
        desk.signs.show_left()
        desk.fields.light_current()
        desk.signs.show_place_in_hand()

    def _on_outline_section_chosen(self, section: tuple[int, ...], place: Place | None) -> None:
        desk = self._desk
        if place is not None:
            desk.letter_pane.show_letter_tab()
            desk.letter_pane.view.go_to([place])
        field = first_field(desk.document, section)
        if field is not None:
            desk.fields.go_to(field)

    def _on_queue_act_requested(self, act: str, cases: tuple[CaseSummary, ...]) -> None:
        desk = self._desk
        desk.session.keep_all()
        acts: dict[str, Callable[[tuple[CaseSummary, ...]], None]] = {
            "check": desk.letter_list.mark_many,
            "export": desk.batch.export_listed,
            "remove": desk.letter_list.remove,
            "put_back": desk.letter_list.put_back,
            "delete": desk.letter_list.ask_to_delete,
        }
        acts[act](cases)

    def _on_letter_list_list_changed(self) -> None:
        self._list_is_stale = True
        self._on_session_saved()

    def _on_session_saved(self) -> None:
        desk = self._desk
        if self._list_is_stale and desk.session.unwritten == 0:
            self._list_is_stale = False
            desk.letters.show_queue()
        desk.letters.refresh_listed()
        desk.signs.show_history()
        desk.notice.look_again()

    def _on_fields_citation_wanted(self, field: FieldId, anchor: QWidget) -> None:
        desk = self._desk
        document = desk.document
        desk.picker.open_for(document.letter, field, anchor, document.citation_style)

    def _on_beside_restore_ended(self, before: Backup | None) -> None:
        if before is not None:
            self._desk.history.forget()
            self._library().read_anew()

    def _on_checks_fix_requested(self, fix: Fix | NewItem) -> None:
        desk = self._desk
        if isinstance(fix, NewItem):
            desk.new_letters.add_item(fix.title)
            return
        desk.document.edit(fix.field, fix.value)
        desk.fields.go_to(fix.field)

    def _on_departure_blocked(self) -> None:
        self._desk.commands["checks"].setChecked(True)
