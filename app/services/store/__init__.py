"""Everything kept of the letters: files, parsed and current values, history, drafts, marks."""

from app.services.store.archive import NotAnArchive, read_archive, write_archive
from app.services.store.backups import Backups, backups_in, restore_damaged
from app.services.store.edit_log import EditLog
from app.services.store.files import FileChanged, FileMissing
from app.services.store.lock import FolderInUse, FolderLock
from app.services.store.store import Store
from app.services.store.values import (
    Act,
    Backup,
    Break,
    Case,
    CaseDifference,
    CaseSummary,
    Change,
    Dismissal,
    Imported,
    JournalEntry,
    Order,
    Scope,
    Status,
    Twin,
    UndoHistory,
    UndoStep,
)
from app.services.store.wire import ISSUES, LETTER

__all__ = [
    "ISSUES",
    "LETTER",
    "Act",
    "Backup",
    "Backups",
    "Break",
    "Case",
    "CaseDifference",
    "CaseSummary",
    "Change",
    "Dismissal",
    "EditLog",
    "FileChanged",
    "FileMissing",
    "FolderInUse",
    "FolderLock",
    "Imported",
    "JournalEntry",
    "NotAnArchive",
    "Order",
    "Scope",
    "Status",
    "Store",
    "Twin",
    "UndoHistory",
    "UndoStep",
    "backups_in",
    "read_archive",
    "restore_damaged",
    "write_archive",
]
