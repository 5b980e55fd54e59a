"""The library of citations the picker offers and the manager keeps.

Hides how entries are stored, searched, versioned and brought up to date with the program.
"""

from app.services.citations.force import Adoption, Standing
from app.services.library.drafts import copy_of, entry_from
from app.services.library.duplicates import compare
from app.services.library.facts import FactChange, FactsFile, Update, read_facts, sealed
from app.services.library.in_force import force_remarks, in_force, is_topic
from app.services.library.lawbook import LawStatus, status_lines
from app.services.library.library import Library, Order
from app.services.library.meaning import note_on_silence
from app.services.library.names import as_written, printed_all
from app.services.library.treatments import treatment_kind, treatment_kinds
from app.services.library.validation import EntryProblem, Rule, check_entry
from app.services.library.values import (
    Change,
    Difference,
    Entry,
    EntryKind,
    Excerpt,
    Group,
    Hit,
    Section,
    Version,
    citation_of,
    known_of,
    reference_text,
)

__all__ = [
    "Adoption",
    "Change",
    "Difference",
    "Entry",
    "EntryKind",
    "EntryProblem",
    "Excerpt",
    "FactChange",
    "FactsFile",
    "Group",
    "Hit",
    "LawStatus",
    "Library",
    "Order",
    "Rule",
    "Section",
    "Standing",
    "Update",
    "Version",
    "as_written",
    "check_entry",
    "citation_of",
    "compare",
    "copy_of",
    "entry_from",
    "force_remarks",
    "in_force",
    "is_topic",
    "known_of",
    "note_on_silence",
    "printed_all",
    "read_facts",
    "reference_text",
    "sealed",
    "status_lines",
    "treatment_kind",
    "treatment_kinds",
]
