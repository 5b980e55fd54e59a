"""The windows beside the work: each owner opens its own, and carries out what is decided in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from app.services.settings import Settings
from app.services.store import Store
from app.ui.actions import Actions
from app.ui.beside.backups import BackupWindows
from app.ui.beside.hidden import HiddenData
from app.ui.beside.letter import LetterWindows
from app.ui.beside.library import LibraryWindow
from app.ui.beside.program import ProgramWindows
from app.ui.beside.settings import SettingsWindows
from app.ui.document import LetterDocument
from app.ui.jobs import Jobs
from app.ui.notice_bar import NoticeBar
from app.ui.session import Session

if TYPE_CHECKING:
    from app.services.library import Library


class SideWindows(NamedTuple):
    """The owners, and what they ask whether patient data may be shown."""

    hidden: HiddenData
    program: ProgramWindows
    settings: SettingsWindows
    letter: LetterWindows
    backups: BackupWindows
    library: LibraryWindow


def side_windows(
    store: Store,
    library: Callable[[], Library],
    document: LetterDocument,
    session: Session,
    commands: Actions,
    notice: NoticeBar,
    jobs: Jobs,
    settings: Settings,
    window: QWidget,
) -> SideWindows:
    """The owners of the windows beside `window`; they belong to it."""
    hidden = HiddenData(notice)
    set_here = SettingsWindows(store, settings, commands, hidden, notice, jobs, window)
    program = ProgramWindows(store, session, commands, window)
    set_here.keys_taken_over.connect(program.take_kept_keys)
    return SideWindows(
        hidden,
        program,
        set_here,
        LetterWindows(store, document, session, commands, hidden, window),
        BackupWindows(store, session, set_here.current, commands, hidden, notice, jobs, window),
        LibraryWindow(store, library, document, session, commands, jobs, window),
    )


__all__ = ["SideWindows", "side_windows"]
