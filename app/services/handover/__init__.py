"""A case from desk to desk in one file: packed here, taken in there, merged when it comes back.

`pack_case` writes the file. `look_into` says what taking one in would do and where both desks changed
the same; `take_in` does it with what was chosen there.
"""

from app.services.handover.merge import Conflict, Merged, Side, merge
from app.services.handover.taking_in import Look, TakenIn, look_into, take_in
from app.services.handover.wording import conflict_words, value_words
from app.services.store.case_archive import Altered, PassphraseWanted, pack_case

__all__ = [
    "Altered",
    "Conflict",
    "Look",
    "Merged",
    "PassphraseWanted",
    "Side",
    "TakenIn",
    "conflict_words",
    "look_into",
    "merge",
    "pack_case",
    "take_in",
    "value_words",
]
