"""How a letter leaves: what the checks may know, what was set aside and why, and the gate to export."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.evidence import texts_as_read
from app.letter import FieldId, Letter
from app.services.check_context import check_context
from app.services.checks import CheckContext, Finding
from app.services.checks.record import Record
from app.services.checks_report import report_json, report_pdf
from app.services.leaving import held_in_public, override_name
from app.services.letter_intake import OpenedCase
from app.services.rendering.report_pdf import ReportRenderer
from app.services.review import OpenPoint, named_points
from app.services.settings import Settings
from app.services.store import Dismissal, Scope, Status, Store
from app.services.wording import field_words
from app.ui.checks_view import ChecksView
from app.ui.document import LetterDocument
from app.ui.exporting import Exporter
from app.ui.notice_bar import Kind, NoticeBar, Offer
from app.ui.picture_notice import PictureNotice
from app.ui.session import Session

if TYPE_CHECKING:
    from app.services.privacy.others import Other

PRINTED = "print"
GATED = frozenset({"pdf", "redacted", "word", PRINTED})
"""What leaves the house, and so has to hold together; JSON is a working copy."""
MOMENT = 1.0
"""Seconds that a report waits for what was set aside just before."""
SET_HERE = frozenset({"pdf", "redacted", PRINTED})
"""What is set with our own fonts; Word and JSON take any character."""


class Departure(QObject):
    """Stands between the letter and its export."""

    blocked = Signal()
    """Errors keep the letter here; the checks ask for a reason."""
    print_ready = Signal()
    """The new letter may go to the printer."""
    field_requested = Signal(object)
    """The FieldId that has to be looked at before the letter leaves."""

    def __init__(
        self,
        store: Store,
        document: LetterDocument,
        session: Session,
        exporter: Exporter,
        checks: ChecksView,
        notice: NoticeBar,
        reports: ReportRenderer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._document = document
        self._session = session
        self._exporter = exporter
        self._checks = checks
        self._notice = notice
        self._reports = reports
        self._settings = Settings()
        self._file_name = ""
        self._pages: tuple[str, ...] = ()
        self._metadata: dict[str, str] = {}
        self._record: Record | None = None
        self._form = ""
        self._override_reason = ""
        self._told: tuple[int | None, str, tuple[OpenPoint, ...]] | None = None
        checks.set_context(self._context)
        proof = PictureNotice(notice, Kind.PROOF, "The public copy is written then.", self)
        exporter.begin_proof = proof.begin
        exporter.exported.connect(proof.end)
        exporter.failed.connect(proof.end)

    def take_settings(self, settings: Settings) -> None:
        """Which rules are off, or of another severity."""
        self._settings = settings
        self._checks.run()

    def letter_coming(self, opened: OpenedCase) -> None:
        """Another letter comes onto the desk: what the checks may know of it, before they run."""
        self._file_name = opened.case.summary.file_name
        self._metadata = opened.text.metadata
        self._record = None
        self._pages = opened.text.page_texts

    def letter_shown(self, opened: OpenedCase) -> None:
        """Another letter is on the desk."""
        self._checks.set_dismissals(opened.case.dismissals)

    def print_new(self) -> None:
        """The new letter is to be printed: it passes the same gate as an export."""
        self.export(PRINTED)

    def tell_printed(self, name: str, pages: int) -> None:
        """Pages have been handed to the printer."""
        self._note_override(PRINTED)
        counted = "1 page" if pages == 1 else f"{pages} pages"
        self._notice.tell(Kind.PRINTED, f"Printed: {name}, {counted}")

    def export(self, form: str) -> None:
        """Write the letter out, unless errors stand: then ask why it should leave."""
        self._form = form
        self._override_reason = ""
        for field, why in self._document.wrong.items():
            self.field_requested.emit(field)
            self._notice.tell_problem(
                Kind.HALF_TYPED,
                UserError(
                    f"“{field.spec.label}” holds words that make no value. {why}",
                    f"Correct it, then {self._deed.lower()} again: the letter still has the value before.",
                ),
                holds=partial(self._is_half_typed, field),
            )
            return
        self._checks.run_now()
        if form in GATED and self._holding:
            self.blocked.emit()
            self._checks.ask_override(f"{self._deed} all the same")
            return
        if form in GATED and self._tells_left():
            return
        self._write_if_printable()

    @property
    def _deed(self) -> str:
        """What is asked for, as its buttons name it."""
        return "Print" if self._form == PRINTED else "Export"

    def _tells_left(self) -> bool:
        """Tell what is left to do in the letter; False where nothing is, or that was told just now."""
        points = self._document.open_points
        asked = (self._session.case_id, self._form, points)
        told, self._told = self._told == asked and self._notice.stands(Kind.LEFT_AT_EXPORT), asked
        if told or not points:
            self._notice.retract(Kind.LEFT_AT_EXPORT)
            return False
        done, does = ("printed", "prints") if self._form == PRINTED else ("written", "writes")
        self._notice.tell(
            Kind.LEFT_AT_EXPORT,
            f"Not {done} yet. Left to do in this letter: {named_points(self._document.letter, points)}. The same again {does} it.",
            Offer("Go there (F8)", partial(self.field_requested.emit, points[0].field)),
            Offer(f"{self._deed} all the same", self._write_if_printable),
            holds=partial(self._is_left, points),
        )
        return True

    def _is_left(self, points: tuple[OpenPoint, ...]) -> bool:
        return self._document.open_points == points

    def _stands_as(self, letter: Letter) -> bool:
        return self._document.letter == letter

    def _lacks(self, lacking: tuple[FieldId, ...]) -> bool:
        return self._exporter.unprintable(self._document.letter) == lacking

    def _is_half_typed(self, field: FieldId) -> bool:
        return field in self._document.wrong

    @property
    def _holding(self) -> tuple[Finding, ...]:
        """The errors that keep the letter here; a public copy takes some of them out itself."""
        errors = self._checks.errors
        if self._form != "redacted":
            return errors
        return held_in_public(errors, self._document.letter, self._context())

    def override(self, reason: str) -> None:
        """The letter leaves this once although errors stand; the reason is kept when it has left."""
        self._override_reason = reason
        self._write_if_printable()

    def dismiss(self, finding: Finding, scope: Scope, reason: str) -> None:
        """A finding may stay, for the reason given."""
        self._session.dismiss(finding.key if scope is Scope.ONE else finding.alike, scope, reason)
        self._refresh()

    def recall(self) -> None:
        """What was set aside is shown again."""
        if self._session.case_id is None:
            return
        for dismissal in self._store.case(self._session.case_id).dismissals:
            self._session.recall(dismissal.id)
        self._refresh()

    def report(self, form: str) -> None:
        """Write what the checks find in the open letter: `report_pdf` or `report_json`."""
        case_id = self._session.case_id
        if case_id is None:
            return
        self._session.keep_all()
        make = partial(
            _report,
            self._reports,
            form,
            self._document.letter,
            self._context(),
            partial(self._kept_dismissals, case_id),
        )
        self._exporter.save(form, make, self._document.letter, self._file_name)

    def _kept_dismissals(self, case_id: int) -> tuple[Dismissal, ...]:
        """In a worker: it waits until what was set aside just now is kept."""
        self._session.log.settle(MOMENT)
        return self._store.case(case_id).dismissals

    def save_elsewhere(self) -> None:
        """Write the letter as it stands to another place, whatever the checks say of it."""
        self._form = "unsaved"
        self._write()

    def tell_written(self, form: str, path: Path, proved: str = "") -> None:
        """A file has been written; `proved` says what was proved of it."""
        self._note_override(form)
        if form == "pdf":
            points = self._document.open_points
            left = named_points(self._document.letter, points) if points else ""
            self._session.set_status(Status.EXPORTED, f"Left to do: {left}." if left else "")
        if form == "unsaved":
            proved = "It carries every value: open it here to go on from it."
        words = f"Written: {path}"
        self._notice.tell(
            Kind.WRITTEN,
            f"{words}\n{proved}" if proved else words,
            Offer("Open its folder", partial(self._exporter.open_folder, path)),
        )

    def _note_override(self, form: str) -> None:
        if self._override_reason and form in GATED:
            name = override_name(self._checks.errors)
            self._session.dismiss(name, Scope.ONE, self._override_reason)
            self._override_reason = ""

    def _write_if_printable(self) -> None:
        """Write, unless something would be printed as a question mark: tell which fields first."""
        lacking = (
            self._exporter.unprintable(self._document.letter) if self._form in SET_HERE else ()
        )
        if not lacking:
            self._write()
            return
        self._notice.tell(
            Kind.UNPRINTABLE,
            "A character that no font here has would be printed as “?”: {}.".format(
                ", ".join(field_words(self._document.letter, field) for field in lacking)
            ),
            Offer(f"{self._deed} all the same", self._write),
            Offer("Go to the field", partial(self.field_requested.emit, lacking[0])),
            holds=partial(self._lacks, lacking),
        )

    def _write(self) -> None:
        if self._form == PRINTED:
            self.print_ready.emit()
            return
        if self._form == "redacted" and self._asks_for_others():
            return
        self._write_without(())

    def _asks_for_others(self) -> bool:
        """Ask which of the people beside those of the cover stay; False where nobody is named."""
        others = self._others()
        if not others:
            return False
        names = tuple(other.name for other in others)
        if self._settings.without_others:
            self._write_without(names)
            return True
        counted = "1 other" if len(names) == 1 else f"{len(names)} others"
        self._notice.tell(
            Kind.OTHERS_NAMED,
            f"Not written yet. Besides those of the cover the public copy names {counted}.",
            Offer("Leave them", partial(self._write_without, ())),
            Offer("Choose…", partial(self._choose_others, others)),
            Offer("Take all out", partial(self._write_without, names)),
            holds=partial(self._stands_as, self._document.letter),
        )
        return True

    def _others(self) -> tuple[Other, ...]:
        # With it comes the PDF engine, which no start waits for.
        from app.services.public_copy import others_named

        return others_named(self._document.letter)

    def _choose_others(self, others: tuple[Other, ...]) -> None:
        from app.ui.dialogs.other_people import OtherPeopleDialog

        dialog = OtherPeopleDialog(others, self._checks.window())
        dialog.chosen.connect(self._write_without)
        dialog.open()

    def _write_without(self, names: tuple[str, ...]) -> None:
        """Write the letter, the public copy without these people."""
        letter = self._document.letter
        if names:
            from app.services.public_copy import without_people

            letter = without_people(letter, names)
        self._exporter.export(
            self._form,
            letter,
            self._file_name,
            texts_as_read(self._document.evidence),
        )

    def take_record(self, record: Record | None) -> None:
        """The documents of the letter on the desk, which the checks may ask from now on."""
        self._record = record
        self._checks.run()

    def _refresh(self) -> None:
        if self._session.case_id is not None:
            # What was set aside or recalled just now is read back from the store.
            self._session.settle()
            self._checks.set_dismissals(self._store.case(self._session.case_id).dismissals)

    def _context(self) -> CheckContext:
        return check_context(
            self._settings,
            self._file_name,
            evidence=self._document.evidence,
            pages=self._pages,
            metadata=self._metadata,
            guidelines=self._document.guidelines,
            record=self._record,
        )


def _report(
    reports: ReportRenderer,
    form: str,
    letter: Letter,
    context: CheckContext,
    kept: Callable[[], tuple[Dismissal, ...]],
    _path: Path,
) -> tuple[bytes, str]:
    dismissals = kept()
    if form == "report_json":
        return report_json(letter, context, dismissals), ""
    return report_pdf(reports, letter, context, dismissals), ""
