"""How like the originals our letters look: `python -m tests.score.layout [FOLDER] [--list]`.

Each public letter is parsed, rendered again as it was read and compared with itself, line by
line: the same text on the same page; then, for those lines, baselines and left edges; then the
table's rules. Lines are compared without spaces: those at a line's end cannot be seen.
The 2014 and 2015 letters here were set anew by somebody else, so for them only lines and pages
count. The case numbers of letters that differ are printed with `--list`.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import msgspec
import pymupdf

from app.evidence import texts_as_read
from app.services.conformance import verdict
from app.services.parsing import parse
from app.services.pdf import read
from app.services.rendering import Renderer

PROJECT = Path(__file__).resolve().parents[2]
_TABLE_BOTTOM = 165.0
_SAME = 1.0
_SAME_RULE = 0.5


class Line(msgspec.Struct, frozen=True):
    """One printed line: text without spaces, baseline and left edge in points."""

    text: str
    baseline: float
    left: float


class Score(msgspec.Struct):
    """What was compared and how much of it was the same."""

    lines: int = 0
    same: int = 0
    in_place: int = 0
    pages: int = 0
    pages_in_place: int = 0
    rules: int = 0
    rules_in_place: int = 0
    valid: int = 0
    """Letters whose PDF keeps the PDF/A and PDF/UA it declares, by the validator's verdict."""


def lines_of(pdf: bytes) -> list[list[Line]]:
    """The printed lines of each page, top down."""
    with pymupdf.open(stream=pdf) as document:
        if document.needs_pass:
            document.authenticate("")
        return [list(_lines(page)) for page in document]


def _lines(page: pymupdf.Page) -> Iterator[Line]:
    found: dict[float, list[tuple[float, str]]] = {}
    for block in page.get_text("rawdict", flags=0)["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for char in span["chars"]:
                    x, y = char["origin"]
                    row = next((known for known in found if abs(known - y) < 3), y)
                    found.setdefault(row, []).append((x, char["c"]))
    for baseline in sorted(found):
        # A hyphen that breaks a word is a soft one where the program sets it.
        letters = [
            (x, "-" if c == "\u00ad" else c) for x, c in sorted(found[baseline]) if not c.isspace()
        ]
        if letters:
            yield Line("".join(c for _, c in letters), baseline, letters[0][0])


def rules_of(pdf: bytes) -> tuple[list[float], list[float]]:
    """The places of the table's rules on page 1: across (y) and down (x), in points."""
    with pymupdf.open(stream=pdf) as document:
        if document.needs_pass:
            document.authenticate("")
        thin = [drawing["rect"] for drawing in document[0].get_drawings()]
    across = {(rect.y0 + rect.y1) / 2 for rect in thin if rect.height < 1 and rect.width > 40}
    down = {(rect.x0 + rect.x1) / 2 for rect in thin if rect.width < 1 and rect.height > 5}
    return _apart(across), _apart(down)


def _apart(places: set[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > 1:
            found.append(place)
    return found


def compare(original: bytes, ours: bytes, score: Score, *, with_places: bool) -> int:
    """Adds one letter to the score; how many of its lines were not the same."""
    theirs, mine = lines_of(original), lines_of(ours)
    score.pages += 1
    score.pages_in_place += len(theirs) == len(mine)
    missed = 0
    for number, page in enumerate(theirs):
        first = number == 0
        wanted = [line for line in page if not first or line.baseline > _TABLE_BOTTOM]
        here = mine[number] if number < len(mine) else []
        found = [line for line in here if not first or line.baseline > _TABLE_BOTTOM]
        pairs = list(_pairs(wanted, found))
        score.lines += len(wanted)
        score.same += len(pairs)
        missed += len(wanted) - len(pairs)
        score.in_place += sum(
            abs(one.baseline - two.baseline) <= _SAME and abs(one.left - two.left) <= _SAME
            for one, two in pairs
        )
    if with_places:
        for wanted, found in zip(rules_of(original), rules_of(ours), strict=True):
            score.rules += len(wanted)
            score.rules_in_place += sum(
                any(abs(one - two) <= _SAME_RULE for two in found) for one in wanted
            )
    return missed


def _pairs(wanted: Sequence[Line], found: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    matcher = difflib.SequenceMatcher(
        None, [line.text for line in wanted], [line.text for line in found], autojunk=False
    )
    for start, other, size in matcher.get_matching_blocks():
        for step in range(size):
            yield wanted[start + step], found[other + step]


def score_letters(paths: Sequence[Path], *, with_places: bool) -> tuple[Score, dict[str, int]]:
    """The score of some letters, and how many lines each of those that differ missed."""
    renderer = Renderer([PROJECT / "templates"], PROJECT / "resources" / "fonts")
    score, differing = Score(), dict[str, int]()
    for path in paths:
        original = path.read_bytes()
        result = parse(read(original))
        ours = renderer.render(result.letter, as_read=texts_as_read(result.evidence)).pdf
        judged = verdict(ours)
        score.valid += judged is not None and judged.passed
        missed = compare(original, ours, score, with_places=with_places)
        if missed:
            differing[path.stem] = missed
    return score, differing


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the score of the 2016 letters and of the older ones."""
    parser = argparse.ArgumentParser(prog="layout", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=None)
    parser.add_argument("--list", action="store_true", help="name the letters that differ")
    chosen = parser.parse_args(arguments)
    folder = chosen.folder or Path(
        os.environ.get("IMR_DESK_LETTERS") or PROJECT.parent / "shared" / "letters"
    )
    if not folder.is_dir():
        print(f"no letters: {folder} is not a folder", file=sys.stderr)
        return 2
    for group, with_places in (("public", True), ("seeds", False)):
        paths = sorted((folder / group).glob("*.pdf"))
        score, differing = score_letters(paths, with_places=with_places)
        _print(group, score, differing if chosen.list else {}, with_places=with_places)
    return 0


def _print(group: str, score: Score, differing: dict[str, int], *, with_places: bool) -> None:
    if not score.lines:
        return
    print(f"layout, {group}: {score.pages} letters")
    print(f"  body lines with the same text on the same page  {_share(score.same, score.lines)}")
    print(
        f"  letters with the same number of pages           {_share(score.pages_in_place, score.pages)}"
    )
    print(f"  letters that keep PDF/UA-1 and PDF/A (validated)  {_share(score.valid, score.pages)}")
    if with_places:
        print(
            f"  of these lines, baseline and left edge in 1 pt  {_share(score.in_place, score.same)}"
        )
        print(
            f"  table rules in 0.5 pt                           {_share(score.rules_in_place, score.rules)}"
        )
    if differing:
        print(f"  lines missed a letter (median {median(differing.values()):g}):")
        for name, missed in sorted(differing.items(), key=lambda item: (-item[1], item[0])):
            print(f"    {name}  {missed}")


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}  ({100 * part / whole:.2f} %)" if whole else "none"


if __name__ == "__main__":
    raise SystemExit(main())
