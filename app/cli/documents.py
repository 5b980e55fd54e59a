"""The command on the documents that a letter is written from."""

from __future__ import annotations

import argparse
import sys

from app.cli.files import DONE, UNUSABLE, printable, tell
from app.cli.kept import the_case
from app.errors import UserError
from app.services.casefile.named import lacking
from app.services.casefile.reading import add_file, pdfs_among, read_file
from app.services.casefile.values import CaseFile
from app.services.casefile.wording import days_words, document_words, file_words, pages_words
from app.services.letter_reader import LetterReader
from app.services.store.case_files import CaseFiles


def documents(chosen: argparse.Namespace) -> int:
    """Add, remove and list the documents of a letter."""
    changes = bool(chosen.add or chosen.remove)
    status = DONE
    with the_case(chosen, reading=not changes) as (store, case_id):
        files = CaseFiles(store)
        if chosen.remove:
            status = _remove(files, case_id, chosen.remove)
        if chosen.add:
            with LetterReader() as reader:
                status = max(status, _add(files, reader, case_id, chosen))
        if chosen.find:
            _find(files, case_id, chosen.find)
        else:
            _list(files, case_id)
    return status


def _add(files: CaseFiles, reader: LetterReader, case_id: int, chosen: argparse.Namespace) -> int:
    status = DONE
    for path in pdfs_among(chosen.add):
        try:
            file, known = add_file(files, case_id, path)
            if known:
                tell(f"{printable(path)}: here already")
            if not file.is_read or file.problem:
                read_file(
                    files, reader, file.id, password=chosen.password, progressed=_show_progress
                )
        except UserError as error:
            tell(f"{printable(path)}: {error}")
            status = UNUSABLE
            continue
        if problem := files.file(file.id).problem:
            tell(f"{printable(path)}: {problem}")
            status = UNUSABLE
    return status


def _show_progress(done: int, of: int) -> None:
    if sys.stderr.isatty() and of > 100:
        print(f"\r{done} of {of} pages", end="" if done < of else "\n", file=sys.stderr, flush=True)


def _remove(files: CaseFiles, case_id: int, names: list[str]) -> int:
    status = DONE
    for name in names:
        there = [file for file in files.files(case_id) if file.name == name]
        if not there:
            tell(f"{name}: No document file of that name is kept. Without --remove all are listed.")
            status = UNUSABLE
        for file in there:
            files.remove(file.id)
    return status


def _find(files: CaseFiles, case_id: int, phrase: str) -> None:
    found = files.search(case_id, phrase)
    names = {file.id: file.name for file in files.files(case_id)}
    for one, words in zip(found, files.excerpts(phrase, found), strict=True):
        print(f"{printable(names[one.file_id])}\tpage {one.page}\t{words}")


def _list(files: CaseFiles, case_id: int) -> None:
    there = files.documents(case_id)
    for file in files.files(case_id):
        print(f"{printable(file.name)}: {_file_words(file)}")
        for document in (one for one in there if one.file_id == file.id):
            copy = next((one for one in there if one.id == document.copy_of), None)
            parts = [
                pages_words(document),
                document.kind.value,
                document.name,
                document.provider,
                days_words(document),
                f"repeats {document_words(copy)}" if copy else "",
            ]
            print("\t" + "\t".join(parts).rstrip())
    for named in lacking(files, there):
        print(named.words)


def _file_words(file: CaseFile) -> str:
    return file_words(file)
