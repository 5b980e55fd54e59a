"""The commands, on the same services as the window; their words and JSON are a contract.

Exit status: 0 done, 2 usage, 3 some input could not be used. A file that cannot be used gives one
clear line on stderr, and the others are still done.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.errors import UserError
from app.evidence import ParseResult, texts_as_read
from app.letter import FieldId, Letter
from app.paths import DATA_VARIABLE, DATABASE, FONTS, TEMPLATES, data_folder

if TYPE_CHECKING:
    from app.services.rendering import Renderer
    from app.services.store import Store

DONE, UNUSABLE = 0, 3

COMMANDS = (
    "parse",
    "render",
    "check",
    "import",
    "export",
    "library",
    "cases",
    "backup",
    "restore",
    "layouts",
    "variables",
)


def main(arguments: list[str]) -> int:
    """Run one command. Raises SystemExit(2) for a wrong use, UserError for a world's problem."""
    chosen = _parser().parse_args(arguments)
    if not hasattr(chosen, "run"):
        _parser().print_help()
        return DONE
    run: Callable[[argparse.Namespace], int] = chosen.run
    return run(chosen)


def window_parser() -> argparse.ArgumentParser:
    """The arguments of the window: letters, and where the data lie."""
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="Opens the window on these letters. Commands: " + ", ".join(COMMANDS) + ".",
    )
    parser.add_argument("letters", nargs="*", metavar="LETTER.pdf")
    _add_data(parser)
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        help=f"the data folder (else {DATA_VARIABLE}, else the usual place)",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="IMR Desk. Without a command it opens the window: main.py [LETTER.pdf …]",
    )
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], words: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        _add_data(command)
        return command

    parse = add("parse", _parse, "Read letters and print what they say.")
    parse.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parse.add_argument("--json", action="store_true", help="one JSON object a line")
    parse.add_argument("--password", help="for letters that are locked")

    render = add("render", _render, "Write a letter from its JSON.")
    render.add_argument("file", type=Path, metavar="LETTER.json")
    render.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf")
    render.add_argument("--layout", metavar="NAME", help="another layout than the letter's own")
    render.add_argument("--redacted", action="store_true", help="the public copy")

    check = add("check", _check, "Say what in a letter does not hold together.")
    check.add_argument("file", type=Path, metavar="FILE.pdf|LETTER.json")
    check.add_argument("--json", action="store_true", help="the report as JSON")

    take_in = add("import", _import, "Take letters into the data folder.")
    take_in.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    export = add("export", _export, "Write kept letters as PDF.")
    export.add_argument("cases", nargs="+", metavar="CASE", help="a case number, or 'all'")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    export.add_argument("--redacted", action="store_true", help="public copies")

    library = add("library", _library, "Search, import or export the guideline library.")
    library.add_argument("action", choices=("search", "import", "export"))
    library.add_argument("words", nargs="+", metavar="WORDS|FILE")

    add("cases", _cases, "List the kept letters.")
    backup = add("backup", _backup, "Write everything kept into one file.")
    backup.add_argument("file", type=Path, metavar="BACKUP.zip")
    restore = add("restore", _restore, "Put a backup in place of what is kept.")
    restore.add_argument("file", type=Path, metavar="BACKUP.zip")
    add("layouts", _layouts, "List the layouts a letter can be written in.")
    variables = add("variables", _variables, "List what the templates of a layout can print.")
    variables.add_argument("layout", metavar="NAME")
    return parser


def _tell(what: str) -> None:
    print(what, file=sys.stderr)


def _each(files: Iterable[Path], act: Callable[[Path], None]) -> int:
    """Do `act` with every file; what cannot be used is told and passed over."""
    status = DONE
    for file in files:
        try:
            act(file)
        except UserError as error:
            _tell(f"{file}: {error.what} {error.remedy}")
            status = UNUSABLE
    return status


# Letters


def _parse(chosen: argparse.Namespace) -> int:
    from app.services.intake import read_letter
    from app.services.interchange import encode
    from app.services.pdf import GuardedReader

    with GuardedReader() as reader:

        def act(file: Path) -> None:
            result = read_letter(reader, file, chosen.password)
            if chosen.json:
                print(encode(result, file.name).decode())
            else:
                print(form_text(result, file.name))

        return _each(chosen.files, act)


def form_text(result: ParseResult, name: str) -> str:
    """The filled form in plain text: a line a field, with its doubt."""
    from app.letter import field_ids, get_value, is_missing
    from app.services.wording import value_words

    letter = result.letter
    lines = [f"{name}: {result.layout}, {result.pages} pages, outcome {letter.outcome}"]
    numbers = {issue.id: n for n, issue in enumerate(letter.issues, 1)}
    for field in field_ids(letter):
        value = get_value(letter, field)
        seen = result.evidence.get(field)
        doubt = seen.doubt if seen else None
        if is_missing(value) and not doubt:
            continue
        label = field.spec.label
        if field.issue is not None:
            label = f"Item {numbers[field.issue]}, {label.lower()}"
        lines.append(f"  {label}: {value_words(value)}" + (f"   [? {doubt}]" if doubt else ""))
    return "\n".join(lines)


# Writing


def _render(chosen: argparse.Namespace) -> int:
    from app.services.interchange import decode, encode_letter, printed_texts
    from app.services.rendering import write_file

    data = _bytes_of(chosen.file)
    letter = decode(data)
    if chosen.redacted:
        pdf = _proved_copy(_renderer(), letter, printed_texts(data), chosen.layout)
    else:
        form_data = encode_letter(letter, chosen.output.name)
        rendered = _renderer().render(
            letter, chosen.layout, form_data=form_data, as_read=printed_texts(data)
        )
        pdf = rendered.pdf
    write_file(chosen.output, pdf, replace=True)
    return DONE


def _proved_copy(
    renderer: Renderer,
    letter: Letter,
    as_read: Mapping[FieldId, str],
    layout: str | None = None,
) -> bytes:
    """The public copy, searched for what must not be in it; what was searched goes to stderr."""
    from app.services.public_copy import public_copy

    if layout is not None:
        letter = msgspec.structs.replace(letter, layout=renderer.layout(layout).name)
    copy = public_copy(renderer, letter, as_read)
    _tell(copy.sentence)
    return copy.pdf


def _letter_of_json(file: Path) -> Letter:
    from app.services.interchange import decode

    return decode(_bytes_of(file))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError(
            f"{file} cannot be read: {error.strerror}.", "Check its name and that you may read it."
        ) from error


def _renderer() -> Renderer:
    from app.services.rendering import Renderer

    return Renderer([TEMPLATES], FONTS)


def _layouts(_chosen: argparse.Namespace) -> int:
    for layout in _renderer().layouts():
        print(f"{layout.name}\t{layout.title}")
    return DONE


def _variables(chosen: argparse.Namespace) -> int:
    for variable in _renderer().variables(chosen.layout):
        print(f"{variable.name}\t{variable.meaning}")
    return DONE


# Checking


def _check(chosen: argparse.Namespace) -> int:
    from app.services.checks import CheckContext, check, report, report_json
    from app.services.intake import recognise
    from app.services.pdf import GuardedReader

    context = CheckContext(today=date.today(), file_name=chosen.file.name)
    if chosen.file.suffix.lower() == ".json":
        letter = _letter_of_json(chosen.file)
    else:
        with GuardedReader() as reader:
            text = reader.read(chosen.file)
        result = recognise(text)
        letter = result.letter
        context = msgspec.structs.replace(
            context,
            evidence=result.evidence,
            pages=text.page_texts,
            metadata=text.metadata,
        )
    findings = check(letter, context)
    if chosen.json:
        print(report_json(letter, findings).decode())
        return DONE
    told = report(letter, findings)
    for finding in findings:
        print(f"{finding.severity}: {finding.sentence} [{finding.rule}]")
    print(f"{told.errors} errors, {told.warnings} warnings, {told.infos} remarks")
    return DONE


# What is kept


@contextmanager
def _kept(chosen: argparse.Namespace) -> Iterator[Store]:
    from app.services.database import open_database
    from app.services.store import Store

    folder = data_folder(chosen.data)
    database = open_database(folder / DATABASE)
    try:
        yield Store(database, folder)
    finally:
        database.close()


def _import(chosen: argparse.Namespace) -> int:
    from app.services.intake import pdfs_of, take_in
    from app.services.pdf import GuardedReader

    files = [file for path in chosen.paths for file in pdfs_of(path)]
    with _kept(chosen) as store, GuardedReader() as reader:

        def act(file: Path) -> None:
            imported = take_in(store, reader, file, by=getpass.getuser())
            words = "here already" if imported.known else "taken in"
            print(f"{file.name}: {words}, {imported.summary.doubts} to check", flush=True)

        return _each(files, act)


def _cases(chosen: argparse.Namespace) -> int:
    with _kept(chosen) as store:
        for case in store.cases():
            number = case.number or case.file_name
            print(f"{number}\t{case.status}\t{case.doubts} to check\t{case.outcome or ''}")
    return DONE


def _export(chosen: argparse.Namespace) -> int:
    from app.services.interchange import encode_letter
    from app.services.rendering import file_name, write_file

    renderer = _renderer()
    with _kept(chosen) as store:
        kept = {case.number or case.file_name: case for case in store.cases()}
        wanted = list(kept) if chosen.cases == ["all"] else chosen.cases
        status = DONE
        _make_folder(chosen.output)
        for number in wanted:
            try:
                if number not in kept:
                    raise UserError("No such case is kept.", "The command `cases` lists them.")
                case = store.case(kept[number].id)
                letter, as_read = case.letter, texts_as_read(case.parsed.evidence)
                kind = "public copy" if chosen.redacted else "determination"
                path = chosen.output / file_name(letter, kind, "pdf")
                if chosen.redacted:
                    pdf = _proved_copy(renderer, letter, as_read)
                else:
                    form_data = encode_letter(letter, path.name)
                    rendered = renderer.render(letter, form_data=form_data, as_read=as_read)
                    pdf = rendered.pdf
                write_file(path, pdf)
                print(path, flush=True)
            except UserError as error:
                _tell(f"{number}: {error.what} {error.remedy}")
                status = UNUSABLE
    return status


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another one."
        ) from error


def _backup(chosen: argparse.Namespace) -> int:
    from app.services.store import write_archive

    with _kept(chosen) as store:
        print(f"{write_archive(store, chosen.file)} letters written to {chosen.file}")
    return DONE


def _restore(chosen: argparse.Namespace) -> int:
    from app.services.store import read_archive

    with _kept(chosen) as store:
        before = read_archive(store, chosen.file)
        print(f"Restored. What was here before is kept in {before.path}")
    return DONE


# The library


def _library(chosen: argparse.Namespace) -> int:
    from app.services.library import Library, reference_text
    from app.services.library.exchange import (
        Action,
        Format,
        apply_import,
        export_entries,
        preview_import,
        read_entries,
    )
    from app.services.rendering import write_file

    with _kept(chosen) as store:
        library = Library(store.database)
        if chosen.action == "search":
            for hit in library.search(" ".join(chosen.words)):
                print(reference_text(hit.entry))
        elif chosen.action == "export":
            path = Path(chosen.words[0])
            entries = library.entries(limit=library.count())
            write_file(path, export_entries(entries, Format.of_name(path.name)), replace=True)
            print(f"{len(entries)} entries written to {path}")
        else:
            path = Path(chosen.words[0])
            found = read_entries(_bytes_of(path), Format.of_name(path.name))
            preview = preview_import(library, found)
            apply_import(library, preview)
            told = ", ".join(f"{preview.count(action)} {action.value}" for action in Action)
            print(f"{path.name}: {told}")
            for row in preview.rows:
                for problem in row.problems:
                    _tell(f"{path}: line {row.line}: {problem.message}")
            return UNUSABLE if preview.count(Action.REFUSE) else DONE
    return DONE
