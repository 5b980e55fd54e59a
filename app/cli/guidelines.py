"""The library's commands that are about the law of a day: what may be cited, and how it stands."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from app.cli.files import DONE

if TYPE_CHECKING:
    from app.services.library import Entry, Library


def search(library: Library, chosen: argparse.Namespace) -> int:
    """Print what the picker would offer for these words in a letter decided on that day."""
    heading = ""
    for hit in library.search(" ".join(chosen.words), on=chosen.on or date.today()):
        if hit.group.value != heading:
            heading = hit.group.value
            print(f"{heading}:")
        parts = [_name(hit.entry), hit.section or "", *hit.warnings, *hit.remarks]
        print("  " + " | ".join(part for part in parts if part))
    return DONE


def _name(entry: Entry) -> str:
    from app.letter import Source
    from app.services.library import reference_text

    if entry.source is Source.OTHER:
        return reference_text(entry)
    return f"{entry.source.value} {entry.title} {entry.edition}".strip()
