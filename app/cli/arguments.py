"""What the commands are called and take, and which function does each.

A command is done by `module.function` of this folder, which is imported when it is run: reading
one letter waits for no library of citations, and the window for no command.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from app.cli.archive_arguments import add_search, add_tables
from app.cli.keeping_arguments import (
    add_backup,
    add_backups,
    add_pack,
    add_restore,
    add_settings,
    add_unpack,
    add_vault,
)
from app.cli.options import (
    Add,
    Parser,
    add_data,
    add_leaving,
    add_no_ocr,
    add_overwrite,
    add_password,
    add_public,
    add_version,
    count,
    day,
    letter_file,
)
from app.cli.writing_arguments import (
    add_inspect,
    add_layouts,
    add_schema,
    add_searchable,
    add_variables,
)

COMMANDS = (
    "parse", "render", "check", "inspect", "searchable", "import", "export", "new", "library", "cases",
    "search", "tables", "documents", "remove", "pack", "unpack", "backup", "backups", "restore", "vault", "layouts", "variables",
    "schema", "settings",
)  # fmt: skip
PROGRAM = "imr-desk"
_STATUS = "Exit status: 0 done, 2 wrong use, 3 something could not be used (told on stderr)."

ABOUT = "Search, import or export the guideline library, and what it knows of the law."
MORE = (
    "status: how old the facts are, what is in force and what ends when. update: take in a file of "
    "facts that was signed off. drugs: read the MTUS Drug List, .xlsx or .csv. seal: write the "
    "checksum into a file of facts."
)

LIBRARY_ACTIONS = ("search", "import", "export", "update", "seal", "drugs", "status")

Run = Callable[[argparse.Namespace], int]


def function_of(act: str) -> Run:
    """The function that does a command, by `module.function`."""
    module, function = act.split(".")
    return getattr(import_module(f"app.cli.{module}"), function)


def window_parser() -> argparse.ArgumentParser:
    """The arguments of the window: letters, and where the data lie."""
    parser = Parser(
        prog=_started_as(),
        description="Opens the window on these letters. Commands: " + ", ".join(COMMANDS) + ".",
    )
    parser.add_argument("letters", nargs="*", metavar="LETTER.pdf")
    add_version(parser)
    add_data(parser)
    return parser


def _started_as() -> str:
    """The program's name for who typed it: `imr-desk` where it is installed, else `main.py`."""
    name = Path(sys.argv[0]).stem
    return name if name == PROGRAM else "main.py"


def program_parser() -> argparse.ArgumentParser:
    """The arguments of the commands; `chosen.act` says which function does one."""
    parser = Parser(
        prog=_started_as(),
        description=f"IMR Desk. Without a command it opens the window: {_started_as()} [LETTER.pdf …]",
        epilog=f"{_STATUS} COMMAND --help tells more of a command.",
    )
    add_version(parser)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")

    def add(name: str, act: str, words: str, more: str = "") -> argparse.ArgumentParser:
        command = commands.add_parser(
            name, help=words, description=f"{words} {more}".strip(), epilog=_STATUS
        )
        command.set_defaults(act=act)
        add_data(command)
        return command

    for add_command in _IN_ORDER:
        add_command(add)
    return parser


def _add_parse(add: Add) -> None:
    parse = add("parse", "letters.parse", "Read letters and print what they say.")
    parse.add_argument("files", nargs="+", metavar="FILE", help="a PDF, or - for standard input")
    parse.add_argument("--json", action="store_true", help="one JSON object a letter, one a line")
    add_password(parse)
    add_no_ocr(parse)


def _add_render(add: Add) -> None:
    render = add(
        "render",
        "writing.render",
        "Write a letter from its JSON, as PDF or Word.",
        "The checks are run as in the window: a letter in which errors stand is written only "
        "with a reason.",
    )
    render.add_argument(
        "file", metavar="LETTER.json", help="as `parse --json` writes it, or - for standard input"
    )
    render.add_argument(
        "-o",
        "--output",
        required=True,
        type=letter_file,
        metavar="OUT",
        help="OUT.pdf, OUT.docx, or - for a PDF on standard output",
    )
    add_overwrite(render)
    render.add_argument("--layout", metavar="NAME", help="another layout than the letter's own")
    add_public(render, "the public copy: no cover, no names from it")
    add_leaving(render)


def _add_check(add: Add) -> None:
    check = add(
        "check",
        "letters.check",
        "Say what in letters does not hold together.",
        "Findings do not change the exit status.",
    )
    check.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a PDF, a letter's JSON, a folder with either, or - for one on standard input",
    )
    check.add_argument(
        "--json",
        action="store_true",
        help="the report as one JSON object; of several letters one object a line",
    )
    check.add_argument(
        "--disputed",
        type=Path,
        metavar="LIST",
        help="the items of the application, to tell which the letter does not decide: "
        "TXT with one a line, or CSV",
    )
    add_password(check)
    add_no_ocr(check)


def _add_import(add: Add) -> None:
    take_in = add(
        "import",
        "taking_in.import_letters",
        "Take letters into the data folder.",
        "Many are read on all cores. What was stopped goes on when it is begun again: what is here "
        "already is told by its bytes and not read again.",
    )
    take_in.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a PDF, or a folder with PDFs"
    )
    take_in.add_argument(
        "--jobs", type=count, default=0, metavar="N", help="so many at a time (else one a core)"
    )
    take_in.add_argument(
        "--report", type=Path, metavar="FILE.csv", help="what became of each file, and why"
    )
    add_overwrite(take_in)
    add_password(take_in)
    add_no_ocr(take_in)


def _add_cases(add: Add) -> None:
    cases = add("cases", "kept.cases", "List the kept letters: number, status, doubts, outcome.")
    cases.add_argument("--removed", action="store_true", help="those that were taken off the list")


def _add_export(add: Add) -> None:
    export = add(
        "export",
        "kept.export",
        "Write kept letters as PDF.",
        "The checks are run as in the window: a letter in which errors stand is written only "
        "with a reason.",
    )
    export.add_argument("cases", nargs="+", metavar="CASE", help="a case number, or `all`")
    export.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="made if it is not there"
    )
    add_public(export, "public copies")
    add_overwrite(export)
    add_leaving(export, "; kept in their history")
    add_password(export)


def _add_remove(add: Add) -> None:
    remove = add(
        "remove",
        "kept.remove",
        "Take letters off the list without opening them.",
        "All of them is kept; the window's list of the removed and the import of the same file "
        "bring them back. With --for-good nothing is kept.",
    )
    remove.add_argument(
        "--for-good",
        action="store_true",
        help="erase them, with their history and files, also from backups and archives in the "
        "data folder; also letters that are off the list",
    )
    remove.add_argument("cases", nargs="+", metavar="CASE", help="a case number or file name")


def _add_documents(add: Add) -> None:
    command = add(
        "documents",
        "documents.documents",
        "List the documents of a kept letter: pages, kind, name, provider, dates.",
        "With --add, PDFs are kept with it and read first: what each holds is told apart.",
    )
    command.add_argument("case", metavar="CASE", help="a case number, as `cases` lists it")
    command.add_argument(
        "--add", nargs="+", type=Path, default=[], metavar="PATH", help="PDFs or folders of them"
    )
    command.add_argument(
        "--remove", action="append", default=[], metavar="FILE", help="a file's name, as listed"
    )
    command.add_argument(
        "--find", default="", metavar="WORDS", help="the pages that have the words"
    )
    command.add_argument("--password", metavar="WORD", help="opens files that are locked")


def _add_new(add: Add) -> None:
    command = add(
        "new",
        "beginning.new",
        "Begin a determination and say what is left to do in it.",
        "It is kept in the data folder, as every letter is, and opened in the window. With the "
        "application and the utilization review decision its facts and disputed items are filled in.",
    )
    command.add_argument("file", nargs="?", metavar="LETTER.json", help="begin with its values")
    command.add_argument(
        "--like", metavar="CASE", help="with the form and the reviewer of this kept letter"
    )
    command.add_argument(
        "--items",
        type=Path,
        metavar="LIST",
        help="the application's items: TXT with one a line, or CSV",
    )
    command.add_argument(
        "--application", type=Path, metavar="FILE", help="the application for IMR, as PDF"
    )
    command.add_argument(
        "--ur", type=Path, metavar="FILE", help="the utilization review decision, as PDF"
    )
    command.add_argument(
        "--records", type=Path, nargs="+", default=[], metavar="FILE", help="the records, as PDF"
    )
    command.add_argument(
        "--same-case",
        action="store_true",
        help="begin also where name, claim number or date of injury differ between them",
    )
    command.add_argument("--password", metavar="WORD", help="opens documents that are locked")


def _add_library(add: Add) -> None:
    library = add("library", "kept.library", ABOUT, MORE)
    library.add_argument("action", choices=LIBRARY_ACTIONS)
    library.add_argument(
        "words",
        nargs="*",
        metavar="WORDS|FILE",
        help="what to search, or a file: .csv, .bib, .ris or .json; .enw, .xml, .nbib, .tsv and .txt"
        " are read too",
    )
    library.add_argument(
        "--encoding",
        metavar="NAME",
        help="how the characters of a file to import are written, where that is not sure: cp1252",
    )
    library.add_argument(
        "--on", type=day, metavar="DATE", help="the decision date to search for (else today)"
    )
    library.add_argument(
        "--item",
        default="",
        metavar="TITLE",
        help="the disputed item to search for, as its title says",
    )
    library.add_argument(
        "--pages", action="store_true", help="search for a letter that cites by page (until 2015)"
    )
    library.add_argument(
        "--dry-run", action="store_true", help="only tell what an update would change"
    )
    library.add_argument("--list-version", default="", metavar="13", help="version of a drug list")
    library.add_argument(
        "--from", dest="first_day", type=day, metavar="DATE", help="first day of a drug list"
    )
    add_overwrite(library)


_IN_ORDER = (
    _add_parse,
    _add_render,
    _add_check,
    add_inspect,
    add_searchable,
    add_layouts,
    add_variables,
    add_schema,
    _add_import,
    _add_cases,
    add_search,
    add_tables,
    _add_documents,
    _add_export,
    _add_remove,
    _add_new,
    _add_library,
    add_pack,
    add_unpack,
    add_settings,
    add_backup,
    add_backups,
    add_restore,
    add_vault,
)
