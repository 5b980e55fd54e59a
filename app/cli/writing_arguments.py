"""What the commands take that look into files and list what can be written."""

from __future__ import annotations

from pathlib import Path

from app.cli.options import Add, add_overwrite, add_password, pdf_file


def add_inspect(add: Add) -> None:
    inspect = add(
        "inspect",
        "writing.inspect",
        "Look into PDFs before they are sent: what they hold that their pages do not show.",
        "Lines that need a second look begin with an exclamation mark.",
    )
    inspect.add_argument("files", nargs="+", metavar="FILE.pdf", help="or - for standard input")
    inspect.add_argument(
        "-o", "--output", type=Path, metavar="COPY.pdf", help="write a copy without all that may go"
    )
    add_overwrite(inspect)
    add_password(inspect)


def add_searchable(add: Add) -> None:
    searchable = add(
        "searchable",
        "writing.searchable",
        "Write a scan with its words behind the pictures, so that they are found and copied.",
        "The pictures stay as they are; pages that have words keep them.",
    )
    searchable.add_argument("file", metavar="SCAN.pdf", help="or - for standard input")
    searchable.add_argument(
        "-o",
        "--output",
        required=True,
        type=pdf_file,
        metavar="COPY.pdf",
        help="or - for standard output",
    )
    add_overwrite(searchable)
    add_password(searchable)


def add_layouts(add: Add) -> None:
    layouts = add(
        "layouts",
        "writing.layouts",
        "List the layouts a letter can be written in.",
        "With --match, a letter of your own is laid beside a layout, line by line.",
    )
    layouts.add_argument("--match", type=Path, metavar="LETTER.pdf", help="a letter of your own")
    layouts.add_argument(
        "--layout", default="maximus-2016", metavar="NAME", help="the layout to compare it with"
    )
    layouts.add_argument(
        "--apply", action="store_true", help="keep the words that make it alike in the settings"
    )


def add_variables(add: Add) -> None:
    variables = add(
        "variables", "writing.variables", "List what the templates of a layout can print."
    )
    variables.add_argument("layout", metavar="NAME", help="a layout, as `layouts` lists them")


def add_schema(add: Add) -> None:
    add("schema", "writing.schema", "Print the JSON Schema of what `parse --json` writes.")
