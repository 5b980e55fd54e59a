"""The bytes of a file, and whether they are a PDF at all."""

from __future__ import annotations

import re
from pathlib import Path

from app.services.pdf.errors import CannotOpen, EmptyFile, NotAPdf
from app.services.regular_files import read_regular

_SIGNATURE = re.compile(rb"%PDF-\d")
_SIGNATURE_WITHIN = 1024


def load(source: Path | str | bytes) -> bytes:
    """The file's bytes. Raises CannotOpen, EmptyFile or NotAPdf."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            data = read_regular(Path(source))
        except OSError as error:
            raise CannotOpen(error.strerror or "unknown reason") from error
    if not data:
        raise EmptyFile
    if not _SIGNATURE.search(data, 0, _SIGNATURE_WITHIN):
        raise NotAPdf
    return data
