"""The command that begins a determination: from nothing, a letter, or the documents of its case."""

from __future__ import annotations

import argparse
from datetime import datetime

from app.cli.files import DONE, bytes_of, printable, shown
from app.cli.kept import by_name, case_name, kept_store, ones_named, the_one
from app.letter import Letter
from app.services.application_items import read_items
from app.services.case_sources import begin_from, read_sources
from app.services.casefile.reading import pdfs_among, read_file
from app.services.casefile.wording import file_words
from app.services.intake.draft import Draft
from app.services.interchange import decode
from app.services.leaving import left_to_do
from app.services.letter_reader import LetterReader
from app.services.new_letter import as_pattern, with_items
from app.services.review import points_words
from app.services.settings import load_settings
from app.services.store import Store
from app.services.store.case_files import CaseFiles
from app.services.wording import field_words


def new(chosen: argparse.Namespace) -> int:
    """Begin a determination, and print what its documents say and what is left to do."""
    with LetterReader() as reader, kept_store(chosen) as store:
        sources = read_sources(
            reader,
            application=chosen.application,
            decision=chosen.ur,
            records=pdfs_among(chosen.records),
            password=chosen.password,
        )
        settings = load_settings(store)
        letter = _beginning(store, chosen)
        begun = begin_from(
            store,
            sources,
            by=by_name(settings),
            now=datetime.now(),
            settings=settings,
            begun=letter,
            is_same_case=chosen.same_case,
        )
        case = store.case(begun.summary.id)
        points = left_to_do(case, ())
        print(f"{case_name(case.summary)}: begun, {points_words(points)}")
        _tell(sources.draft(letter))
        _read(CaseFiles(store), reader, begun.summary.id, chosen.password)
        print("Left to do:")
        for point in points:
            print(f"  {field_words(case.letter, point.field)}: {shown(point.words)}")
    return DONE


def _beginning(store: Store, chosen: argparse.Namespace) -> Letter:
    """What the letter has before its documents fill it."""
    letter = decode(bytes_of(chosen.file)) if chosen.file else Letter()
    if chosen.like:
        pattern = store.case(the_one(ones_named(store.cases(), chosen.like)).id)
        letter = as_pattern(pattern.letter)
    if chosen.items:
        letter = with_items(letter, "\n".join(read_items(chosen.items)))
    return letter


def _read(files: CaseFiles, reader: LetterReader, case_id: int, password: str | None) -> None:
    """Read the documents that were kept with the letter, and say how many pages have no text."""
    for file in files.files(case_id):
        read_file(files, reader, file.id, password=password)
        told = files.file(file.id)
        print(f"Document {printable(told.name)}: {file_words(told)}")


def _tell(draft: Draft) -> None:
    """What the documents say, where it stands, and what is doubtful of it."""
    for row in draft.rows:
        where = f" ({row.source})" if row.source else ""
        print(f"  {row.fact}: {shown(row.value) or 'not found'}{where}")
        for doubt in row.doubts:
            print(f"    ? {shown(doubt)}")
    if draft.items:
        print("Items:")
    for item in draft.items:
        told = item.verdict or "on the application"
        print(f"  [{'x' if item.is_on else ' '}] {shown(item.title)}: {told}")
        for words in (*((item.warning,) if item.warning else ()), *item.doubts):
            print(f"    ? {shown(words)}")
    for note in (*(one.words for one in draft.different), *draft.notes):
        print(f"Note: {shown(note)}")
