"""A list of terms to be searched at once: a text file with one a line, as people make them."""

from __future__ import annotations

from pathlib import Path

from app.errors import UserError
from app.services.library.exchange.encodings import decode
from app.services.regular_files import read_regular

MOST = 5000
LARGEST = 1_000_000
"""Terms and bytes; a file with more is not a list of terms."""


def read_terms(path: Path) -> tuple[str, ...]:
    """The terms, each once, without empty lines and those that begin with `#`. Raises UserError."""
    try:
        data = read_regular(path, LARGEST + 1)
    except OSError as error:
        raise UserError(
            f"The list {path.name} cannot be read: {error.strerror}.",
            "Check its name and that you may read it.",
        ) from error
    lines = (line.strip() for line in decode(data[:LARGEST]).text.splitlines())
    terms = tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
    if not terms:
        raise UserError(f"There is no term in {path.name}.", "Write one on each line.")
    if len(terms) > MOST or len(data) > LARGEST:
        raise UserError(
            f"{path.name} is too long for a list of terms.",
            f"A list has at most {MOST:,} terms, one a line.",
        )
    return terms
