"""Which words of a house's letter do what our fixed words do, told by where they stand alone.

A form has the same order whatever it calls its parts: headings in capitals, a paragraph, two lines
of credentials, and labels that come again with each item. Hides how that order is found, and how a
letter reads once it is put into the words that reading knows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from app.services.pdf import PdfPage, PdfText

HEADINGS = ("made_heading", "summary_heading", "issues_heading")
LABELS = ("claims_administrator_guideline", "maximus_guideline", "rationale")
LETTERHEAD = ("letterhead", "letterhead_second")
CREDENTIALS = ("licensure", "specialties")
_CASE = re.compile(r"(?P<label>[A-Z][^:\d]{1,40}:)\s*(?:CM\d\d-\d+|IMR ?\d\d-\d+)")
_DECIDED = re.compile(r"(?:^|.*\S)\s*:\s*(?:Upheld|Uphold|Overturned|Overturn)\.?$", re.IGNORECASE)
_LABEL = re.compile(r"([A-Z][^:.;\d]{2,60}:)(?=\s|$)")
_COLUMNS = ("lefts", "tops", "rights", "bottoms", "bold", "look_of", "certainties")
_LONGEST_LEAD = 5
"""So many lines a sentence has that leads from a heading to what follows."""


def structural_words(lines: Sequence[str], words: Mapping[str, str]) -> dict[str, str]:
    """The house's word for each fixed word of ours whose place can be told; empty for another form."""
    decided = [at for at, line in enumerate(lines) if _DECIDED.match(line)]
    if not decided or any(name not in words for name in (*HEADINGS, *LABELS)):
        return {}
    heads = [at for at, line in enumerate(lines[: decided[0]]) if _is_heading(line)]
    if len(heads) != len(HEADINGS):
        return {}
    found = {name: lines[at] for name, at in zip(HEADINGS, heads, strict=True)}
    found |= _of_the_head(lines[: heads[0]])
    found |= _of_the_making(lines[heads[0] + 1 : heads[1]])
    for name, at in (("summary", heads[1]), ("issues", heads[2])):
        if lead := _lead(lines[at + 1 : at + 1 + _LONGEST_LEAD]):
            found[name] = lead
    found |= _of_the_items(lines, decided)
    return {name: text for name, text in found.items() if name in words}


def _is_heading(line: str) -> bool:
    letters = [mark for mark in line if mark.isalpha()]
    return len(letters) >= 8 and line.upper() == line and ":" not in line


def _of_the_head(lines: Sequence[str]) -> dict[str, str]:
    """The label of the case number, and the letterhead above all that has a label or a number."""
    found: dict[str, str] = {}
    case = next((match for line in lines if (match := _CASE.search(line))), None)
    if case is not None:
        found["case_number"] = case["label"]
    head = list(takewhile(lambda line: not re.search(r"[:\d]", line), lines))
    if len(head) == len(LETTERHEAD):
        found |= dict(zip(LETTERHEAD, head, strict=True))
    return found


def _of_the_making(lines: Sequence[str]) -> dict[str, str]:
    """The paragraph, the sentence before the credentials, and the labels of the credentials."""
    labelled = [at for at, line in enumerate(lines) if _LABEL.match(line)]
    labelled = [at for at in labelled if lines[at].rstrip().rpartition(":")[2].strip()]
    if len(labelled) < len(CREDENTIALS):
        return {}
    first, second = labelled[-2:]
    found: dict[str, str] = {}
    for name, at in zip(CREDENTIALS, (first, second), strict=True):
        match = _LABEL.match(lines[at])
        if match:
            found[name] = match[1]
    before = " ".join(lines[:first])
    if before.endswith(":"):
        at = before.rfind(". ") + 1
        found["credentials"] = before[at:].strip()
        before = before[:at]
    if before.strip():
        found["made"] = before.strip()
    return found


def _lead(lines: Sequence[str]) -> str:
    for at, line in enumerate(lines):
        if line.endswith(":"):
            return " ".join(lines[: at + 1])
    return ""


def _of_the_items(lines: Sequence[str], decided: Sequence[int]) -> dict[str, str]:
    """The labels that begin a line in what follows each decision, in the order of the first."""
    blocks = [lines[one + 1 : other] for one, other in pairwise((*decided, len(lines)))]
    labels = [
        list(dict.fromkeys(match[1] for line in block if (match := _LABEL.match(line))))
        for block in blocks
    ]
    shared = [one for one in labels[0] if all(one in others for others in labels)]
    return dict(zip(LABELS, shared, strict=True)) if len(shared) == len(LABELS) else {}


def in_words_of_ours(text: PdfText, theirs: Mapping[str, str], words: Mapping[str, str]) -> PdfText:
    """The letter as it would be read if it printed our words in the place of the house's."""
    exchanged = {
        tuple(other.split()): words[name].split()
        for name, other in theirs.items()
        if other != words[name]
    }
    longest = dict(sorted(exchanged.items(), key=lambda pair: -len(pair[0])))
    return replace(text, pages=tuple(_exchanged(page, longest) for page in text.pages))


def _exchanged(page: PdfPage, words: Mapping[tuple[str, ...], list[str]]) -> PdfPage:
    """The page with those runs of words exchanged; each new word lies where one of the old did."""
    texts: list[tuple[str, int]] = [(one, at) for at, one in enumerate(page.texts)]
    for theirs, ours in words.items():
        for start in reversed(_starts([one for one, _ in texts], theirs)):
            last = len(theirs) - 1
            texts[start : start + len(theirs)] = [
                (one, texts[start + min(place, last)][1]) for place, one in enumerate(ours)
            ]
    origins = [origin for _, origin in texts]

    def of(column: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(column[at] for at in origins) if column else ()

    return replace(
        page,
        texts=tuple(one for one, _ in texts),
        starts=tuple(sorted({bisect_left(origins, start) for start in page.starts} - {len(texts)})),
        **{name: of(getattr(page, name)) for name in _COLUMNS},
    )


def _starts(texts: Sequence[str], wanted: Sequence[str]) -> list[int]:
    length = len(wanted)
    return [
        at
        for at, one in enumerate(texts)
        if one == wanted[0] and tuple(texts[at : at + length]) == tuple(wanted)
    ]
