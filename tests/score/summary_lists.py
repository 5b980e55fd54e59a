"""Scores the three lists of the clinical summary: `python -m tests.score.summary_lists`.

Prints for each list how many were exact, doubted, silently wrong. The right values lie in
`summary_facts.json` by case number: facts as short noun phrases, parted by semicolons, other right
readings behind a bar. Every second letter is kept aside: `--show` lists what is not exact in the
others only, so that the reading is not fitted to those kept aside. Right is what has the same
words that matter, in whatever order.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from app.evidence import ParseResult
from app.letter import FieldId
from app.services import pdf
from app.services.parsing import parse
from tests.score.truth import Verdict, letters_folder

RIGHT = Path(__file__).parent / "summary_facts.json"
LISTS = ("diagnoses", "treatment_to_date", "requested_treatment")
_IDLE = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "this",
        "to",
        "with",
    ]
)
Lists = dict[str, str]


def words_that_matter(text: str) -> frozenset[str]:
    """The words of a list that carry its facts, without their plural."""
    words = re.findall(r"[a-z0-9#%'/.+-]*[a-z0-9#%]", text.casefold())
    return frozenset(re.sub(r"(?<=[a-z]{3})(?<!s)s$", "", word) for word in words) - _IDLE


def is_right(value: str, wanted: str) -> bool:
    """Whether the value has the words of one of the right readings, no more and no fewer."""
    return words_that_matter(value) in map(words_that_matter, wanted.split("|"))


def verdicts(result: ParseResult, wanted: Lists) -> dict[str, Verdict]:
    """The verdict on each list. What is doubted is told, whatever its value."""
    found: dict[str, Verdict] = {}
    for name in LISTS:
        value = getattr(result.letter.summary_facts, name)
        seen = result.evidence.get(FieldId(f"summary_facts.{name}"))
        if is_right(value, wanted[name]):
            found[name] = Verdict.EXACT
        elif seen is not None and seen.doubt:
            found[name] = Verdict.DOUBTED
        else:
            found[name] = Verdict.SILENT
    return found


def main() -> int:
    folder = letters_folder()
    if folder is None:
        print("No public letters here: set IMR_DESK_LETTERS to a folder with public/.")
        return 0
    show = "--show" in sys.argv
    right: dict[str, Lists] = json.loads(RIGHT.read_text(encoding="utf-8"))
    counts: dict[tuple[str, bool], Counter[str]] = {}
    for number, (case, wanted) in enumerate(right.items()):
        aside = number % 2 == 1
        result = parse(pdf.read(folder / f"{case}.pdf"))
        for name, verdict in verdicts(result, wanted).items():
            counts.setdefault((name, aside), Counter())[verdict] += 1
            if show and not aside and verdict is not Verdict.EXACT:
                value = getattr(result.letter.summary_facts, name)
                print(f"  {case} {name}: {verdict}\n    read  {value}\n    right {wanted[name]}")
    print(f"{len(right)} letters, half of them kept aside")
    print(f"{'':36}{'exact':>8}{'doubted':>9}{'silent':>8}{'told or right':>15}")
    for (name, aside), counter in sorted(counts.items()):
        label = f"{name}{', kept aside' if aside else ''}"
        told = 1 - counter[Verdict.SILENT] / counter.total()
        print(
            f"  {label:34}{counter[Verdict.EXACT]:8}{counter[Verdict.DOUBTED]:9}"
            f"{counter[Verdict.SILENT]:8}{told:15.0%}"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
