"""Letters with foreign ink, damaged or bundled: `python -m tests.score.ink`.

Prints for each kind of twin how many fields were exact, doubted or silently wrong, and fails where
any is silently wrong. `--every N` takes each Nth letter, `--kind WORDS` only kinds so named,
`--seeds FIRST:LAST` other seeds, `--show` what is silently wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator

from app.services import pdf
from app.services.parsing import parse
from tests.score import (
    clerk_ink,
    clerk_slips,
    damage,
    desk_files,
    desk_ink,
    handled_ink,
    handled_pages,
    office_ink,
    office_pages,
    office_texts,
    stamps,
)
from tests.score.truth import Verdict, compare, letters_folder, load_truth

Row = Counter[str]


def main() -> int:
    options = _options()
    folder = letters_folder()
    if folder is None:
        print("No public letters here: set IMR_DESK_LETTERS to a folder with public/.")
        return 0
    first, last = map(int, options.seeds.split(":"))
    truths = load_truth(folder)[:: options.every]
    names = [str(truth["case"]) for truth in truths]
    files = [(folder / f"{name}.pdf").read_bytes() for name in names]
    rows: dict[str, Row] = {}
    for number, truth in enumerate(truths):
        other = files[(number + 1) % len(files)]
        for seed in range(first, last):
            for kind, data in _twins(files[number], other, number + 1000 * seed, options.kind):
                text = pdf.read(data)
                result = parse(text)
                comparison = compare(result, truth, boxed=kind in desk_files.BOXED)
                row = rows.setdefault(kind, Counter())
                if not text.has_text and result.notes:  # told as a whole: nothing of it is read
                    row[str(Verdict.DOUBTED)] += len(comparison.verdicts)
                    continue
                row.update(map(str, comparison.verdicts.values()))
                row["false doubts"] += len(comparison.false_doubts)
                wrong = [k for k, v in comparison.verdicts.items() if v is Verdict.SILENT]
                if wrong and options.show:
                    print(f"  {kind}: {names[number]} seed {seed}: {', '.join(wrong)}", flush=True)
    return _print(rows)


def _twins(data: bytes, other: bytes, seed: int, wanted: str) -> Iterator[tuple[str, bytes]]:
    for kind, draw in {**stamps.ALL, **desk_ink.ALL}.items():
        if wanted in kind:
            yield kind, stamps.drawn_on(data, draw, f"{kind} {seed}")
    office = {**office_ink.ALL, **office_pages.ALL, **office_texts.ALL}
    handled = {**handled_ink.ALL, **handled_pages.ALL}
    clerks = {**clerk_ink.ALL, **clerk_slips.ALL}
    for kind, damaging in {**damage.ALL, **desk_files.ALL, **office, **handled, **clerks}.items():
        if wanted in kind:
            yield kind, damage.changed(data, other, damaging, f"{kind} {seed}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--kind", default="")
    parser.add_argument("--seeds", default="0:1")
    parser.add_argument("--show", action="store_true")
    return parser.parse_args()


def _print(rows: dict[str, Row]) -> int:
    print(f"\n{'':32}{'exact':>8}{'doubted':>9}{'silent':>8}{'doubts on right fields':>24}")
    total: Row = Counter()
    for name, row in (*rows.items(), ("all", total)):
        if row is not total:
            total.update(row)
        print(
            f"  {name:30}{row[Verdict.EXACT]:8}{row[Verdict.DOUBTED]:9}{row[Verdict.SILENT]:8}"
            f"{row['false doubts']:16}"
        )
    return 1 if total[Verdict.SILENT] else 0


if __name__ == "__main__":
    sys.exit(main())
