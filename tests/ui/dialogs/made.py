"""Made-up values the dialogs are shown with, and how each dialog is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QDialog, QWidget

from app.letter import Decision, Header, Issue, Letter
from app.services.case_sources import SourceFile
from app.services.checks.table import standard_table
from app.services.handover import Conflict
from app.services.handover import Look as Comes
from app.services.inspection import Look, Remark
from app.services.intake.application import read_application
from app.services.intake.ur_letter import read_ur_letter
from app.services.intake.values import SourceKind
from app.services.pdf.form_fields import read_form
from app.services.privacy.others import Other, Role
from app.services.settings import Settings
from app.services.store import Act, Backup, CaseDifference, Change, JournalEntry, Room, Status
from app.services.vault.folder import Vault
from app.ui.actions import Actions
from app.ui.dialogs.about import AboutDialog
from app.ui.dialogs.application_items import ApplicationItemsDialog
from app.ui.dialogs.encryption import EncryptionDialog
from app.ui.dialogs.hand_over import HandOverDialog
from app.ui.dialogs.help import HelpWindow
from app.ui.dialogs.history import HistoryDialog
from app.ui.dialogs.keys import KeysDialog
from app.ui.dialogs.look_inside import LookDialog
from app.ui.dialogs.new_determination import NewDeterminationDialog
from app.ui.dialogs.note import NotePopup
from app.ui.dialogs.other_people import OtherPeopleDialog
from app.ui.dialogs.palette import CommandPalette
from app.ui.dialogs.restore import RestoreDialog
from app.ui.dialogs.second_reader import SecondReaderDialog
from app.ui.dialogs.settings import SettingsDialog
from app.ui.dialogs.taking_in import PassphraseDialog, TakingInDialog
from app.ui.jobs import Jobs
from tests.intake_files import letters
from tests.intake_files.forms import drawn
from tests.intake_files.made_applications import FORMS
from tests.readers import the_reader
from tests.services.vault.made_folder import made_header

MANUAL = Path(__file__).resolve().parents[3] / "docs" / "manual.md"
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LETTER = Letter(
    header=Header(case_number="CM16-0200001", date_of_injury=date(2016, 10, 18)),
    issues=(
        Issue(id=1, title="MRI of the lumbar spine", decision=Decision.UPHELD),
        Issue(id=3, title="Physical therapy"),
    ),
    issues_made=3,
)
DIFFERENCES = (
    CaseDifference(
        number="CM16-0200001",
        file_name="a.pdf",
        change=Change.DIFFERENT,
        fields=("header.date_of_injury", "issues.1.rationale"),
        status_then=Status.NEW,
        status_now=Status.IN_WORK,
    ),
    CaseDifference(number="CM16-0200002", file_name="b.pdf", change=Change.ONLY_NOW),
)


def entries() -> tuple[JournalEntry, ...]:
    rows = (
        (Act.IMPORT, "Imported", "", None, "ab12"),
        (Act.STATUS, "Marked in work", "", "new", "in work"),
        (Act.EDIT, "Edit", "header.date_of_injury", date(2016, 10, 13), date(2016, 10, 18)),
        (Act.EDIT, "Edit", "issues.3.title", "=Chiropractic", "Physical therapy"),
        (Act.EDIT, "Edit", "issues.2.title", "Acupuncture", "Injection"),
        (Act.POSTPONE, "Postponed", "header.priority", None, "Ask the office"),
    )
    return tuple(
        JournalEntry(
            seq=seq,
            at=START + timedelta(minutes=seq),
            by="A. Clerk",
            act=act,
            label=label,
            field=field,
            before=before,
            after=after,
        )
        for seq, (act, label, field, before, after) in enumerate(rows, 1)
    )


def backups() -> tuple[Backup, ...]:
    return tuple(
        Backup(
            path=Path(f"/backups/{place}.db"),
            at=START - timedelta(hours=place),
            reason=reason,
        )
        for place, reason in enumerate(("", "before-restore", "by-hand"))
    )


def measure() -> Room:
    return Room(together=4_700_000, own={one.path: 84_321 for one in backups()})


def compare(_backup: Backup) -> tuple[CaseDifference, ...]:
    return DIFFERENCES


def make_palette(parent: QWidget) -> QDialog:
    return CommandPalette(Actions(parent), parent)


def make_keys(parent: QWidget) -> QDialog:
    return KeysDialog(Actions(parent), {}, parent)


def make_settings(parent: QWidget) -> QDialog:
    return SettingsDialog(Settings(), parent, standard_table().rules)


def make_history(parent: QWidget) -> QDialog:
    return HistoryDialog(entries(), None, LETTER, parent)


def make_look(parent: QWidget) -> QDialog:
    remarks = (
        Remark("Attached: notes.txt, 5 bytes", careful=True, can_go=True),
        Remark("Hidden text: none"),
    )
    return LookDialog(Path("/letters/a.pdf"), Look(pages=2, remarks=remarks), parent)


def make_other_people(parent: QWidget) -> QDialog:
    others = (
        Other("Priya Raghunathan", Role.PHYSICIAN, ("Clinical case summary",)),
        Other("Marisol", Role.FAMILY, ("Clinical case summary",)),
    )
    return OtherPeopleDialog(others, parent)


def make_hand_over(parent: QWidget) -> QDialog:
    return HandOverDialog("CM16-0200001", 3, must_lock=False, parent=parent)


def make_passphrase(parent: QWidget) -> QDialog:
    return PassphraseDialog("CM16-0200001.imrcase", parent)


def make_taking_in(parent: QWidget) -> QDialog:
    rationale = (
        "The claimant has had six visits of physical therapy with improvement of range of motion. "
        "Further visits are supported by the cited guideline."
    )
    look = Comes(
        name="CM16-0200001",
        case_id=1,
        taken=("Age", "Item 1 · MAXIMUS guideline", "Document: records.pdf"),
        conflicts=(
            Conflict(key="patient.age", ours=56, theirs=65),
            Conflict(key="issues.1.rationale", ours=rationale, theirs="Not supported."),
        ),
        letter=LETTER,
    )
    return TakingInDialog(look, parent)


def make_second_reader(parent: QWidget) -> QDialog:
    return SecondReaderDialog(LETTER, parent)


def make_restore(parent: QWidget) -> QDialog:
    jobs = Jobs(parent)
    dialog = RestoreDialog(backups(), compare, jobs, parent, measure=measure)
    # The jobs go with the parent here: none may still run then.
    jobs.wait_for_done(30_000)
    return dialog


def make_help(parent: QWidget) -> QDialog:
    return HelpWindow(MANUAL, parent)


def make_about(parent: QWidget) -> QDialog:
    return AboutDialog("0.1.0", parent)


def make_note(parent: QWidget) -> QDialog:
    return NotePopup("Date of injury", "Ask the office", parent)


def make_application_items(parent: QWidget) -> QDialog:
    return ApplicationItemsDialog(LETTER, parent)


def make_new_determination(parent: QWidget) -> QDialog:
    dialog = NewDeterminationDialog(the_reader(), Jobs(), parent)
    form, decision = drawn(FORMS[2]), letters.drawn("d6")
    read = read_application(read_form(form, "application", None))
    dialog.put(
        SourceKind.APPLICATION, SourceFile(name="application.pdf", data=form, application=read)
    )
    told = read_ur_letter(read_form(decision, "decision", None))
    dialog.put(
        SourceKind.UR_DECISION, SourceFile(name="decision.pdf", data=decision, decision=told)
    )
    return dialog


def make_encryption(parent: QWidget) -> QDialog:
    with TemporaryDirectory() as folder:
        return EncryptionDialog(Vault(Path(folder)), 10, parent)


def make_encrypted(parent: QWidget) -> QDialog:
    with TemporaryDirectory() as folder:
        vault = Vault(Path(folder))
        vault.begin(made_header())
        vault.set_state("encrypted")
        return EncryptionDialog(vault, 10, parent)


MAKERS: tuple[Callable[[QWidget], QDialog], ...] = (
    make_palette,
    make_keys,
    make_settings,
    make_history,
    make_restore,
    make_look,
    make_other_people,
    make_hand_over,
    make_passphrase,
    make_taking_in,
    make_second_reader,
    make_help,
    make_about,
    make_note,
    make_application_items,
    make_new_determination,
    make_encryption,
    make_encrypted,
)
