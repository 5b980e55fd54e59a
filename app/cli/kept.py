"""The commands on what is kept in the data folder: letters, backups, the guideline library."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from app.cli import guidelines
from app.cli.files import (
    DONE,
    UNUSABLE,
    bytes_of,
    each,
    reason_asked,
    refuse_to_replace,
    tell,
)
from app.cli.opening import open_store
from app.errors import UserError
from app.paths import data_folder, open_to_others, user_name
from app.services.leaving import Leaving
from app.services.letter_reader import LetterReader
from app.services.library import Library
from app.services.library.exchange import (
    Action,
    Format,
    apply_import,
    export_entries,
    preview_import,
    read_entries,
    samples,
)
from app.services.rendering import FileExists, make_renderer, write_file
from app.services.settings import Settings, load_settings
from app.services.store import Backups, CaseSummary, FolderLock, Store, erase, write_archive

ALL = "all"


def kept_store(
    chosen: argparse.Namespace, *, reading: bool = False
) -> AbstractContextManager[Store]:
    folder = data_folder(chosen.data)
    warning = open_to_others(folder)
    if warning is not None:
        tell(f"{folder}: {warning}")
    return open_store(folder, chosen, reading=reading)


@contextmanager
def locked_store(chosen: argparse.Namespace) -> Iterator[Store]:
    """What is kept, for this command alone: a window that is open would go on with what was there
    before. Raises FolderInUse."""
    folder = data_folder(chosen.data)
    lock = FolderLock(folder)
    try:
        with open_store(folder, chosen, holds_lock=True) as store:
            yield store
    finally:
        lock.release()


def by_name(settings: Settings) -> str:
    """The name the journal keeps for what is done here."""
    return settings.by or user_name()


# Letters


def cases(chosen: argparse.Namespace) -> int:
    """List the kept letters."""
    with kept_store(chosen, reading=True) as store:
        for case in store.cases(removed=chosen.removed):
            print(f"{case_name(case)}\t{case.status}\t{case.doubts} to check\t{case.outcome or ''}")
    return DONE


def export(chosen: argparse.Namespace) -> int:
    """Write kept letters into a folder, through the same gate as the window's."""
    with kept_store(chosen, reading=True) as store, LetterReader() as reader:
        settings = load_settings(store)
        leaving = Leaving(store, reader, make_renderer(settings), settings, by_name(settings))
        make_folder(chosen.output)
        kept = store.cases()
        wanted = _named(kept, chosen.cases)

        def act(case: CaseSummary | None) -> None:
            _write(leaving, case, chosen)

        return each(wanted, act)


def _write(leaving: Leaving, case: CaseSummary | None, chosen: argparse.Namespace) -> None:
    if case is None:
        raise UserError("No such case is kept.", "The command `cases` lists them.")
    try:
        with reason_asked():
            written = leaving.write(
                case.id,
                chosen.output,
                redacted=chosen.redacted,
                overwrite=chosen.overwrite,
                reason=chosen.reason,
                password=chosen.password,
                attach_all=chosen.attach_all,
                without_others=chosen.without_others,
            )
    except FileExists as error:
        raise UserError(
            error.what, "Add --overwrite to write over it, or name another folder."
        ) from error
    print(written.path, flush=True)
    if written.proved:
        tell(f"{case_name(case)}: {written.proved}")


def _named(
    kept: tuple[CaseSummary, ...], names: list[str]
) -> Iterator[tuple[str, CaseSummary | None]]:
    """Every kept letter of each name; None for a name that no letter has."""
    if names == [ALL]:
        yield from ((case_name(case), case) for case in kept)
        return
    for name in names:
        yield from [(name, case) for case in kept if case_name(case) == name] or [(name, None)]


@contextmanager
def the_case(chosen: argparse.Namespace, *, reading: bool) -> Iterator[tuple[Store, int]]:
    """The store, and the id of the one case that was named. Raises UserError."""
    with kept_store(chosen, reading=reading) as store:
        yield store, the_one(ones_named(store.cases(), chosen.case)).id


def case_name(case: CaseSummary) -> str:
    return case.number or case.file_name


def make_folder(folder: Path) -> None:
    """The folder to write into, made where it is not there. Raises UserError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another one."
        ) from error


def remove(chosen: argparse.Namespace) -> int:
    """Take letters off the list, or erase them, without opening them: one may be the trouble."""
    with locked_store(chosen) as store:
        kept = store.cases()
        if chosen.for_good:
            kept = (*kept, *store.cases(removed=True))
        wanted = [(name, ones_named(kept, name)) for name in chosen.cases]
        by = by_name(load_settings(store))

        def act(found: list[CaseSummary]) -> None:
            case = the_one(found)
            if chosen.for_good:
                _erase(store, case)
                return
            store.remove_case(case.id, by=by)
            print(f"{case_name(case)}: removed from the list", flush=True)

        return each(wanted, act)


def ones_named(kept: tuple[CaseSummary, ...], name: str) -> list[CaseSummary]:
    """The letters of that number, or else of that file name."""
    of_number = [case for case in kept if case.number == name]
    return of_number or [case for case in kept if case.file_name == name]


def the_one(found: list[CaseSummary]) -> CaseSummary:
    if not found:
        raise UserError("No such case is kept.", "The command `cases` lists them.")
    if len(found) > 1:
        files = ", ".join(case.file_name for case in found)
        raise UserError(
            "Several letters are kept under that name.", f"Name one of their files: {files}."
        )
    return found[0]


def _erase(store: Store, case: CaseSummary) -> None:
    erased = erase(store, (case.id,))
    print(f"{case_name(case)}: {erased.words}", flush=True)


# Backups


def backup(chosen: argparse.Namespace) -> int:
    """Write everything kept into one file."""
    refuse_to_replace(chosen.file, chosen.overwrite)
    with kept_store(chosen, reading=True) as store:
        written = write_archive(store, chosen.file)
        noun = "file" if written.pdfs == 1 else "files"
        print(f"Everything written to {chosen.file}, with {written.pdfs} kept {noun}")
    for problem in written.lacking:
        tell(f"Not in it: a file of a letter whose fields are. {problem}")
    return UNUSABLE if written.lacking else DONE


def list_backups(chosen: argparse.Namespace) -> int:
    """List the backups that were made by themselves or by hand, newest first, with their room."""
    with kept_store(chosen, reading=True) as store:
        backups = Backups(store.database, store.folder)
        room = backups.room()
        for backup in backups.all():
            kilobytes = -(-room.own[backup.path] // 1000)
            at = f"{backup.at.astimezone():%Y-%m-%d %H:%M}"
            print(f"{at}  {kilobytes:>9,} kB  {backup.path.name}")
        print(f"{len(room.own)} backups take {-(-room.together // 1000):,} kB together")
    return DONE


# The library


def library(chosen: argparse.Namespace) -> int:
    """Search the library, exchange it with a file, or bring its facts up to one."""
    act = {"import": _import_entries, "export": _export_entries, **guidelines.ACTIONS}
    if not chosen.words and chosen.action != "status":
        raise UserError("Nothing was named.", "Name what to search, or the file.")
    with kept_store(chosen, reading=chosen.action in ("search", "export", "status")) as store:
        return act[chosen.action](Library(store.database), chosen)


def _export_entries(library: Library, chosen: argparse.Namespace) -> int:
    path = _one_file(chosen.words)
    file_format = Format.of_name(path.name)
    refuse_to_replace(path, chosen.overwrite)
    entries = library.entries(limit=library.count())
    write_file(path, export_entries(entries, file_format), replace=chosen.overwrite)
    print(f"{len(entries)} entries written to {path}")
    return DONE


def _import_entries(library: Library, chosen: argparse.Namespace) -> int:
    path = _one_file(chosen.words)
    data = bytes_of(path)
    found = read_entries(data, Format.of_name(path.name), chosen.encoding)
    if not found.sure:
        read = samples(data, (found.encoding, *found.other_encodings))
        ways = "; ".join(f"{name}: “{line}”" for name, line in read)
        raise UserError(
            f"The characters of {path.name} can be read in more than one way. {ways}.",
            f"Say which is right: --encoding {found.encoding}, for one.",
        )
    preview = preview_import(library, found)
    apply_import(library, preview)
    counted = ", ".join(
        f"{preview.count(action)} {action.value}"
        for action in Action
        if action is not Action.TWICE or preview.count(action)
    )
    read_as = "" if found.encoding == "utf-8" else f" (read as {found.encoding})"
    print(f"{path.name}{read_as}: {counted}")
    for row in preview.rows:
        if row.action is Action.SAME:
            continue
        lacking = (problem.message for problem in row.problems)
        for words in filter(None, (*lacking, *row.remarks, row.left_out)):
            tell(f"{path}: line {row.line}: {words}")
    return UNUSABLE if preview.count(Action.REFUSE) else DONE


def _one_file(words: list[str]) -> Path:
    if len(words) > 1:
        raise UserError("One file at a time.", "Put quotes around a name that has spaces.")
    return Path(words[0])
