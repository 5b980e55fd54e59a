"""The library's commands that are about the law of a day: what may be cited, and how it stands."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from app.cli.files import DONE, UNUSABLE, bytes_of, printable, tell
from app.errors import UserError
from app.letter import Source
from app.services.language.dates import date_text
from app.services.library import (
    Adoption,
    Entry,
    Library,
    compare,
    note_on_silence,
    read_facts,
    reference_text,
    sealed,
    status_lines,
)
from app.services.library.drug_file import read_drug_list
from app.services.rendering import write_file


def search(library: Library, chosen: argparse.Namespace) -> int:
    """Print what the picker would offer for these words in a letter decided on that day."""
    heading, words, on = "", " ".join(chosen.words), chosen.on or date.today()
    hits = library.search(words, treatment=chosen.item, on=on, paged=chosen.pages)
    for hit in hits:
        if hit.group.value != heading:
            heading = hit.group.value
            print(f"{heading}:")
        parts = [_name(hit.entry), hit.section or "", *hit.warnings, *hit.remarks]
        print("  " + " | ".join(part for part in parts if part))
    if note := note_on_silence(words, hits, on):
        print(note)
    return DONE


def _name(entry: Entry) -> str:
    if entry.source is Source.OTHER:
        return reference_text(entry)
    return f"{entry.source.value} {entry.title} {entry.edition}".strip()


def update(library: Library, chosen: argparse.Namespace) -> int:
    """Bring the library's facts up to a file that was signed off, and print what changed."""
    found = library.law.preview(read_facts(bytes_of(_file(chosen))))
    file = found.file
    print(f"Facts of {date_text(file.as_of)}, version {file.version}: {file.about}")
    print(f"Signed off by {file.signed_off_by} on {date_text(file.signed_off_on)}")
    for change in found.changes:
        labels = [one.label for one in compare(change.before, change.after)]
        done = ", ".join(labels) if change.before else "new"
        if change.after.adoption is Adoption.WITHDRAWN:
            done = "withdrawn"
        kept = f"; you changed {len(change.kept)} fields, which stay" if change.kept else ""
        deleted = "; you deleted it, which stays so" if change.deleted else ""
        print(f"  {_name(change.after)}: {done}{kept}{deleted}")
    for drugs in found.new_lists:
        print(f"  MTUS Drug List v. {drugs.version}: {len(drugs.rows)} rows")
    if chosen.dry_run:
        print("Nothing was changed.")
        return DONE
    library.take_in_facts(found)
    print(f"{len(found.changes)} entries changed")
    return DONE


def seal(_library: Library, chosen: argparse.Namespace) -> int:
    """Write the checksum into a file of facts, for who signs it off."""
    path = _file(chosen)
    write_file(path, sealed(bytes_of(path)), replace=True)
    print(f"{printable(path)} is sealed")
    return DONE


def drugs(library: Library, chosen: argparse.Namespace) -> int:
    """Read the MTUS Drug List from the division's spreadsheet, or from CSV."""
    path = _file(chosen)
    found = read_drug_list(
        bytes_of(path), path.name, version=chosen.list_version, effective_from=chosen.first_day
    )
    library.take_in_drugs(found.drugs)
    read = found.drugs
    print(
        f"MTUS Drug List v. {read.version}, in force from {date_text(read.effective_from)}: "
        f"{len(read.rows)} rows"
    )
    for line, reason in found.refused:
        tell(f"{printable(path)}: line {line}: {reason}")
    return UNUSABLE if found.refused else DONE


def status(library: Library, chosen: argparse.Namespace) -> int:
    """Print how old the facts are, what is in force on a day, and what ends when."""
    on = chosen.on or date.today()
    print("\n".join(status_lines(library.law.status(on, library.guidelines()), on)))
    return DONE


def _file(chosen: argparse.Namespace) -> Path:
    if len(chosen.words) != 1:
        raise UserError("One file at a time.", "Name the file; put quotes around one with spaces.")
    return Path(chosen.words[0])


ACTIONS = {"search": search, "update": update, "seal": seal, "drugs": drugs, "status": status}
"""The commands by the words that name them."""
