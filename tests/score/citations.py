"""How much of the guideline fields of real letters survives reading and writing.

Run as `python -m tests.score.citations`. Prints counts only.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app.letter import Citation
from app.services.citations import Side, Style, read_guideline, same_citation, write_guideline
from tests.score.truth import letters_folder


class Score(NamedTuple):
    fields: int
    citations: int
    no_problems: int
    same_citations: int
    same_text: int
    other_style: int
    """Fields whose citations also survive the sentences of the older style."""
    microseconds: float
    """Median time to read one field."""


def all_same(some: Sequence[Citation], others: Sequence[Citation]) -> bool:
    return len(some) == len(others) and all(map(same_citation, some, others))


def fields_of(truth: Path) -> list[tuple[str, Side]]:
    """The guideline fields of letters, one JSON letter a line, with whose they are."""
    return [
        (issue[key], side)
        for line in truth.read_text(encoding="utf-8").splitlines()
        for issue in json.loads(line)["issues"]
        for key, side in (("ca", Side.CLAIMS_ADMINISTRATOR), ("mx", Side.MAXIMUS))
    ]


def score(truth: Path) -> Score:
    """Reads, writes and reads again every field; the second reading must equal the first."""
    fields = fields_of(truth)
    citations = clean = same = exact = older = 0
    times: list[float] = []
    for text, side in fields:
        started = time.perf_counter()
        reading = read_guideline(text)
        times.append(time.perf_counter() - started)
        first = reading.guideline
        written = write_guideline(first.citations, side, Style.SECTIONS_2016, basis=first.basis)
        second = read_guideline(written).guideline
        paged = write_guideline(first.citations, side, Style.PAGES_2014, basis=first.basis)
        third = read_guideline(paged).guideline
        citations += len(first.citations)
        clean += not reading.problems
        same += all_same(first.citations, second.citations)
        older += all_same(first.citations, third.citations)
        exact += written == first.text
    times.sort()
    return Score(len(fields), citations, clean, same, exact, older, times[len(times) // 2] * 1e6)


def main() -> int:
    folder = letters_folder()
    if folder is None:
        print("No public letters here: set IMR_DESK_LETTERS to a folder with public/.")
        return 0
    result = score(folder / "truth.jsonl")
    share = 100 / result.fields
    print(f"guideline fields              {result.fields}")
    print(f"citations in them             {result.citations}")
    print(
        f"read without a problem        {result.no_problems} ({result.no_problems * share:.1f} %)"
    )
    print(
        f"same citations after writing  {result.same_citations} ({result.same_citations * share:.1f} %)"
    )
    print(f"written exactly as printed    {result.same_text} ({result.same_text * share:.1f} %)")
    print(
        f"same in the older style       {result.other_style} ({result.other_style * share:.1f} %)"
    )
    print(f"median reading of a field     {result.microseconds:.0f} µs")
    return 0 if result.same_citations == result.fields else 1


if __name__ == "__main__":
    raise SystemExit(main())
