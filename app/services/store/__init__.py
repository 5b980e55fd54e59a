"""Everything kept of the letters: files, parsed and current values, history, drafts, marks."""

from app.services.database import DatabaseDamaged
from app.services.store.archive import read_archive, write_archive
from app.services.store.archive_file import NotAnArchive, archive_owner
from app.services.store.backup_content import Room
from app.services.store.backups import (
    DAMAGED,
    Backups,
    CannotCompare,
    backups_in,
    clear_leftovers,
    restore_damaged,
    start_empty,
)
from app.services.store.edit_log import EditLog
from app.services.store.erasing import BEYOND_REACH, Erased, erase, finish_erasing
from app.services.store.files import FileChanged, FileMissing
from app.services.store.lock import FolderInUse, FolderLock
from app.services.store.store import Store
from app.services.store.values import (
    NO_HISTORY,
    Act,
    Backup,
    Break,
    Case,
    CaseDifference,
    CaseSummary,
    CaseUnreadable,
    Change,
    Dismissal,
    Imported,
    JournalEntry,
    ListState,
    Marks,
    Order,
    Scope,
    Status,
    Twin,
    UndoHistory,
    UndoStep,
)
from app.services.store.wire import ISSUES, LETTER

__all__ = [
    "BEYOND_REACH",
    "DAMAGED",
    "ISSUES",
    "LETTER",
    "NO_HISTORY",
    "Act",
    "Backup",
    "Backups",
    "Break",
    "CannotCompare",
    "Case",
    "CaseDifference",
    "CaseSummary",
    "CaseUnreadable",
    "Change",
    "DatabaseDamaged",
    "Dismissal",
    "EditLog",
    "Erased",
    "FileChanged",
    "FileMissing",
    "FolderInUse",
    "FolderLock",
    "Imported",
    "JournalEntry",
    "ListState",
    "Marks",
    "NotAnArchive",
    "Order",
    "Room",
    "Scope",
    "Status",
    "Store",
    "Twin",
    "UndoHistory",
    "UndoStep",
    "archive_owner",
    "backups_in",
    "clear_leftovers",
    "erase",
    "finish_erasing",
    "read_archive",
    "restore_damaged",
    "start_empty",
    "write_archive",
]
