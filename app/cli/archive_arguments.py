"""What the commands take that look through all kept letters."""

from __future__ import annotations

from pathlib import Path

from app.cli.options import Add, add_overwrite, count, day

FACETS = {
    "decision": "Upheld or Overturned",
    "outcome": "of the letter: Uphold, Overturn or Partial Overturn",
    "kind": "kind of treatment, as Imaging",
    "part": "part of the body, as low back",
    "drug": "generic name",
    "guideline": "cited by the reviewer, as Low Back Complaints",
    "edition": "of a cited guideline, as 2016",
    "specialty": "of the reviewer",
}


def add_search(add: Add) -> None:
    command = add(
        "search",
        "searching.search",
        "Find disputed items in all kept letters, by their words and by what they are about.",
        'All words must be there; "in quotes" beside each other, begin* by its beginning. An option '
        "that is named twice finds either.",
    )
    command.add_argument("words", nargs="*", metavar="WORDS")
    command.add_argument(
        "--without", action="append", default=[], metavar="WORD", help="that must not be there"
    )
    for name, words in FACETS.items():
        command.add_argument(
            f"--{name}", action="append", default=[], metavar=name.upper(), help=words
        )
    command.add_argument(
        "--from", dest="first_day", type=day, metavar="DATE", help="decided on that day or later"
    )
    command.add_argument(
        "--to", dest="last_day", type=day, metavar="DATE", help="decided on that day or earlier"
    )
    command.add_argument("--limit", type=count, default=20, metavar="N", help="so many (else 20)")
    command.add_argument(
        "--facets", action="store_true", help="tell also how many have which decision, treatment …"
    )
    command.add_argument("--json", action="store_true", help="the answer as one JSON object")
    command.add_argument(
        "--terms", type=Path, metavar="FILE", help="count each line of a text file of terms"
    )
    command.add_argument("--save", default="", metavar="NAME", help="keep the search under a name")
    command.add_argument("--saved", default="", metavar="NAME", help="search what was kept so")
    command.add_argument("--list-saved", action="store_true", help="list the kept searches")
    command.add_argument("--forget", default="", metavar="NAME", help="forget a kept search")


def add_tables(add: Add) -> None:
    command = add(
        "tables",
        "tables.tables",
        "Write letters, items, citations and findings of all kept letters as tables.",
        "Each as CSV and JSON Lines, with a dictionary of the columns. They tell of no person unless "
        "--names asks for it.",
    )
    command.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="made if it is not there"
    )
    command.add_argument(
        "--names",
        action="store_true",
        help="with names, claim numbers, files, and texts as they are",
    )
    command.add_argument(
        "--texts", action="store_true", help="with summaries, guidelines and rationales"
    )
    command.add_argument(
        "--without-findings", action="store_true", help="quicker: no letter is checked"
    )
    add_overwrite(command)
