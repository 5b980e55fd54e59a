"""The head of a house's letter: what stands above it, its labels and its values.

Each label is known by what it speaks of, or by the value behind it: a head may be a table, lines or
words without colons, in any order. Hides how labels and values are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from app.services.language.dates import find_dates
from app.services.pdf import PdfText

LETTERHEAD = ("letterhead", "letterhead_second")
LONGEST_LABEL = 7
"""As many words a label has at most."""
CASE = re.compile(r"(?P<label>[A-Z][^:\d]{1,40}:?)\s*(?P<value>CM\d\d-\d+|IMR ?\d\d-\d+)")
_PRIORITY = re.compile(r"(?<=[:\s])(?:Standard|Expedited|Regular|Urgent)\b")
TELLS = re.compile(r"[:\d]")
"""A line with it is no part of the letterhead."""
_LONGEST_LETTERHEAD = 4
"""Below two lines of its own a letter may have its title."""

# what the labels of a head speak of; the first that fits
_SPEAKS_OF = {
    "date_of_injury": r"injur|accident|\bDOI\b",
    "date_assigned": r"assign",
    "ur_denial_date": r"\bUR\b|utilization|denial|denied|adverse|non-?certif",
    "application_received": r"receiv|applica|filed|requested",
    "priority": r"priority|urgen|review type|type of review|\bkind\b|\bstatus\b",
    "decision_date": r"decision|determin|decided|issued|letter|mailed|dated",
    "case_number": r"case|file|review no|number|\bno\.",
}


class Line(NamedTuple):
    """A printed line: its page, its words, whether all of them are bold, whether it begins anew: there
    is more room above it than between lines."""

    page: int
    text: str
    bold: bool
    apart: bool = True


def of_the_head(text: PdfText, lines: Sequence[Line]) -> tuple[dict[str, str], dict[str, str]]:
    """The labels of the head and their values."""
    head = [line.text for line in lines]
    # in the order of the file a label that breaks in its cell stays whole
    in_file = " ".join(text.pages[0].texts)[: sum(len(line) + 1 for line in head)]
    ways = (_pairs(in_file), _pairs(" ".join(head)))
    labels, values = max(ways, key=lambda way: (len(way[1]), len(way[0])))
    case = next((match for line in head if (match := CASE.search(line))), None)
    if case is not None:
        labels["case_number"], values["case_number"] = case["label"].strip(), case["value"]
    return labels, values


def letterhead(lines: Sequence[Line]) -> dict[str, str]:
    """What stands above all that has a label or a number."""
    above = [line.text for line in takewhile(lambda one: not TELLS.search(one.text), lines)]
    return dict(zip(LETTERHEAD, above, strict=False)) if len(above) <= _LONGEST_LETTERHEAD else {}


def _pairs(head: str) -> tuple[dict[str, str], dict[str, str]]:
    """The labels between values, each by what it speaks of or by its value, and those values."""
    spans = [(one.start, one.end, "") for one in find_dates(head)]
    spans += [(one.start(), one.end(), "priority") for one in _PRIORITY.finditer(head)]
    spans += [(one.start("value"), one.end("value"), "case_number") for one in CASE.finditer(head)]
    labels: dict[str, str] = {}
    values: dict[str, str] = {}
    behind, open_name = 0, ""
    for start, end, role in sorted(spans):
        pieces = _pieces(head[behind:start])
        if open_name and len(pieces) > 1:
            labels[open_name] += f" {pieces.pop(0)}"
        for place, piece in enumerate(pieces):
            label = " ".join(piece.split()[-LONGEST_LABEL:])
            is_last = place == len(pieces) - 1
            name = (role if is_last else "") or _first_that_fits(label, labels)
            open_name = ""
            if name and behind:  # before the first label stands what is above the head
                labels.setdefault(name, label)
                open_name = "" if label.endswith(":") else name
            if name and is_last:
                values.setdefault(name, head[start:end])
        behind = end
    rest = _pieces(head[behind:])
    if open_name and rest and rest[0].endswith(":"):
        labels[open_name] += f" {rest[0]}"
    return labels, values


def _pieces(words: str) -> list[str]:
    """The labels among words without a value; a label may have no colon."""
    return [piece.strip(" ,;|") for piece in re.findall(r"[^:]+:", words) or [words]]


def _first_that_fits(label: str, taken: Iterable[str]) -> str:
    return next(
        (
            name
            for name, sign in _SPEAKS_OF.items()
            if name not in taken and re.search(sign, label, re.IGNORECASE)
        ),
        "",
    )
