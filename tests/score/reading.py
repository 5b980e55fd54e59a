"""Scores the parser on the public letters, clean and degraded: `python -m tests.score.reading`.

Prints accuracy by field, the fields gained and lost against the last committed score, and for each
degraded twin and injected error how many fields were exact, doubted, silently wrong. `--write`
writes the committed score anew; `--quick` takes every sixth letter; `--show NAME` lists the
silently wrong fields of one twin.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from app.evidence import ParseResult
from app.services import pdf
from app.services.parsing import parse
from app.services.pdf import PdfText
from tests.conftest import PROJECT
from tests.score import twins
from tests.score.reflow import reflowed
from tests.score.truth import Comparison, Verdict, compare, letters_folder, load_truth

COMMITTED = PROJECT / "docs" / "measurements" / "reading-score.json"
Scores = dict[str, Counter[str]]
_UNNAMED = "swapped digits, no file name"
"""Letters come in files named by their case number, as all twins do here but these."""


def main() -> int:
    options = _options()
    folder = letters_folder()
    if folder is None:
        print("No public letters here: set IMR_DESK_LETTERS to a folder with public/.")
        return 0
    truths = load_truth(folder)[:: 6 if options.quick else 1]
    texts = {truth["case"]: pdf.read(folder / f"{truth['case']}.pdf") for truth in truths}
    clean = {truth["case"]: compare(parse(texts[truth["case"]]), truth) for truth in truths}
    _print_clean(clean)
    scores = _degraded(truths, texts, options.show)
    _print_degraded(scores)
    lost = _print_changes(clean, scores)
    if options.write:
        _write(clean, scores)
    return 1 if lost else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--show", default="")
    return parser.parse_args()


def _degraded(
    truths: list[dict[str, object]], texts: dict[str, PdfText], show: str
) -> dict[str, Counter[str]]:
    scores: dict[str, Counter[str]] = {}
    for number, truth in enumerate(truths):
        case = str(truth["case"])
        other = texts[str(truths[(number + 1) % len(truths)]["case"])]
        for name, text in _versions(texts[case], other, number):
            named = "" if name == _UNNAMED else case
            _count(scores, name, case, parse(replace(text, name=named)), truth, show)
    by_case = {str(truth["case"]): truth for truth in truths}
    for case, text in reflowed(texts):
        result = parse(replace(text, name=case))
        _count(scores, "reflowed by LibreOffice", case, result, by_case[case], show)
    return scores


def _versions(text: PdfText, other: PdfText, seed: int) -> Iterator[tuple[str, PdfText]]:
    for name in twins.STYLES:
        yield name, twins.set_again(name, text, seed)
    yield "labels spelled otherwise", twins.relabelled(text)
    yield "noise, 3 in 1000", twins.with_noise(text, 0.003, seed)
    yield "noise, 1 in 100", twins.with_noise(text, 0.01, seed)
    yield "noise, 3 in 100", twins.with_noise(text, 0.03, seed)
    yield "two letters in one file", twins.two_in_one(text, other)
    yield "a page missing", twins.page_missing(text, seed)
    for name, injected in twins.injected(text, seed):
        yield name, injected
        if name == "swapped digits":
            yield _UNNAMED, injected


def _count(
    scores: Scores, name: str, case: str, result: ParseResult, truth: dict[str, object], show: str
) -> None:
    comparison = compare(result, truth)
    counter = scores.setdefault(name, Counter())
    counter.update(str(verdict) for verdict in comparison.verdicts.values())
    counter["false doubts"] += len(comparison.false_doubts)
    if show and show == name:
        wrong = [
            label for label, verdict in comparison.verdicts.items() if verdict is Verdict.SILENT
        ]
        if wrong:
            print(f"  {name}: {case}: {', '.join(wrong)}")


def _kind(label: str) -> str:
    """A field's name without the number of its issue."""
    parts = label.split(".")
    return ".".join(["issue", *parts[2:]]) if parts[0] == "issues" else label


def _print_clean(clean: dict[str, Comparison]) -> None:
    totals: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    for comparison in clean.values():
        for label, verdict in comparison.verdicts.items():
            totals[_kind(label)] += 1
            exact[_kind(label)] += verdict is Verdict.EXACT
    print(f"{len(clean)} letters")
    for name, total in totals.items():
        print(f"  {name:42} {exact[name]:5} of {total:5}  {exact[name] / total:7.2%}")
    fields, right = sum(totals.values()), sum(exact.values())
    doubts = [f"{case} {label}" for case, each in clean.items() for label in each.false_doubts]
    print(f"  {'all':42} {right:5} of {fields:5}  {right / fields:7.2%}")
    print(f"  doubts on right fields: {len(doubts)} ({len(doubts) / max(right, 1):.2%})")
    for doubt in doubts:
        print(f"    {doubt}")


def _print_degraded(scores: Scores) -> None:
    print(f"\n{'':32}{'exact':>8}{'doubted':>9}{'silent':>8}{'doubts on right fields':>24}")
    for name, counter in scores.items():
        right = counter[Verdict.EXACT]
        share = counter["false doubts"] / max(right, 1)
        print(
            f"  {name:30}{right:8}{counter[Verdict.DOUBTED]:9}{counter[Verdict.SILENT]:8}"
            f"{counter['false doubts']:16} {share:7.1%}"
        )


def _print_changes(clean: dict[str, Comparison], scores: Scores) -> list[str]:
    """Fields gained and lost against the committed score; gives those lost."""
    if not COMMITTED.is_file():
        print("\nNo committed score to compare with.")
        return []
    before = json.loads(COMMITTED.read_text())
    gained: list[str] = []
    lost: list[str] = []
    for case, comparison in clean.items():
        wrong = before["not_exact"].get(case, {})
        for label, verdict in comparison.verdicts.items():
            if verdict is Verdict.EXACT and label in wrong:
                gained.append(f"{case} {label}")
            elif verdict is not Verdict.EXACT and label not in wrong and case in before["letters"]:
                lost.append(f"{case} {label}")
    for title, changes in (("gained", gained), ("lost", lost)):
        print(f"\n{len(changes)} fields {title} since the committed score")
        for change in changes:
            print(f"  {change}")
    if len(clean) == len(before["letters"]):
        for name, counter in scores.items():
            silent = before["degraded"].get(name, {}).get(str(Verdict.SILENT), 0)
            if counter[Verdict.SILENT] != silent:
                print(f"  {name}: silently wrong {silent} -> {counter[Verdict.SILENT]}")
    return lost


def _write(clean: dict[str, Comparison], scores: Scores) -> None:
    """Keeps, by case number and field name, what is not exact; no text of any letter."""
    document = {
        "letters": sorted(clean),
        "fields": sum(len(each.verdicts) for each in clean.values()),
        "not_exact": {
            case: {
                label: str(verdict)
                for label, verdict in each.verdicts.items()
                if verdict is not Verdict.EXACT
            }
            for case, each in sorted(clean.items())
            if any(verdict is not Verdict.EXACT for verdict in each.verdicts.values())
        },
        "false_doubts": {
            case: each.false_doubts for case, each in sorted(clean.items()) if each.false_doubts
        },
        "degraded": {name: dict(sorted(counter.items())) for name, counter in scores.items()},
    }
    COMMITTED.parent.mkdir(parents=True, exist_ok=True)
    Path(COMMITTED).write_text(json.dumps(document, indent=1) + "\n")
    print(f"\nWrote {COMMITTED.relative_to(PROJECT)}")


if __name__ == "__main__":
    sys.exit(main())
