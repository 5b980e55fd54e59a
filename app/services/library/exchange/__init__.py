"""The library in files of other programs: CSV, BibTeX, RIS, CSL-JSON, EndNote and PubMed.

Each format carries the usual fields, for other programs, and our own entry whole, so that our
own files lose nothing. Where another program changed a usual field, its value wins.
"""

from app.services.library.exchange.encodings import ENCODINGS, samples
from app.services.library.exchange.files import (
    WRITTEN,
    Format,
    Found,
    export_entries,
    read_entries,
)
from app.services.library.exchange.pace import MOST_BYTES, Pace, Stopped
from app.services.library.exchange.preview import (
    Action,
    ImportPreview,
    ImportRow,
    apply_import,
    preview_import,
)

__all__ = [
    "ENCODINGS",
    "MOST_BYTES",
    "WRITTEN",
    "Action",
    "Format",
    "Found",
    "ImportPreview",
    "ImportRow",
    "Pace",
    "Stopped",
    "apply_import",
    "export_entries",
    "preview_import",
    "read_entries",
    "samples",
]
