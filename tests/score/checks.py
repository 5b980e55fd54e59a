"""How good the checks are: findings by rule on real letters, and errors caught that were put in.

`python -m tests.score.checks [FOLDER …]` runs all rules over the public letters, compares the
findings with the verdicts kept in `tests/services/checks/verdicts.json`, and then puts one error
of each kind into each letter, the real and the synthetic ones, and counts which are caught.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from app.letter import Letter
from app.services.checks import CheckContext, Finding, Severity, check
from app.services.parsing import parse
from app.services.pdf import read
from tests.score.mutations import KINDS, Mutation, applied
from tests.score.synthetic import synthetic_letters
from tests.score.truth import letters_folder

ROOT = Path(__file__).parents[2]
VERDICTS = ROOT / "tests" / "services" / "checks" / "verdicts.json"


def folders(arguments: list[str]) -> list[Path]:
    if arguments:
        return [Path(argument) for argument in arguments]
    public = letters_folder()
    return [public, public.parent / "seeds"] if public else []


def parsed(folder: Path) -> Iterator[tuple[str, Letter]]:
    for path in sorted(folder.glob("*.pdf")):
        yield path.stem, parse(read(path)).letter


def judged(letters: Iterable[tuple[str, Letter]]) -> None:
    """Findings by rule, with how many were read and found true or false."""
    verdicts = {
        (row["case"], row["rule"], row["field"]): row["true"]
        for row in json.loads(VERDICTS.read_text())["verdicts"]
    }
    rows: dict[tuple[Severity, str], Counter[str]] = defaultdict(Counter)
    for name, letter in letters:
        for finding in check(letter, CheckContext(file_name=f"{name}.pdf")):
            verdict = verdicts.get((name, finding.rule, finding.field.key))
            state = "unread" if verdict is None else "true" if verdict else "false"
            rows[finding.severity, finding.rule][state] += 1
    print(f"{'severity':9}{'rule':24}{'true':>6}{'false':>7}{'unread':>8}")
    order = list(Severity)
    for (severity, rule), count in sorted(
        rows.items(), key=lambda row: (order.index(row[0][0]), row[0][1])
    ):
        print(f"{severity:9}{rule:24}{count['true']:6}{count['false']:7}{count['unread']:8}")
    for severity in order:
        total = sum((count for (s, _), count in rows.items() if s is severity), Counter[str]())
        print(f"{severity:9}{'all':24}{total['true']:6}{total['false']:7}{total['unread']:8}")


def new_findings(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    known = {finding.key for finding in before}
    return [finding for finding in after if finding.key not in known]


def catches(
    letter: Letter, before: tuple[Finding, ...], mutation: Mutation, seed: int
) -> bool | None:
    """Whether one of the right rules says what is wrong; None where there is no place for the error."""
    mutant = applied(letter, mutation, seed)
    if mutant is None:
        return None
    found = [
        f
        for f in new_findings(before, check(mutant.letter, mutant.context))
        if f.rule in mutation.caught_by
    ]
    return any(f.rule != "claim-to-confirm" or f.quotes for f in found)


def bench(
    letters: list[tuple[str, Letter]], seeds: int = 2
) -> dict[str, tuple[int, int, list[str]]]:
    """For each kind: errors put in, errors caught, and the letters where one was missed."""
    results: dict[str, tuple[int, int, list[str]]] = {}
    before = {name: check(letter) for name, letter in letters}
    for mutation in KINDS:
        put = caught = 0
        missed: list[str] = []
        for name, letter in letters:
            for seed in range(seeds):
                got = catches(letter, before[name], mutation, seed)
                if got is None:
                    continue
                put += 1
                caught += got
                if not got and name not in missed:
                    missed.append(name)
        results[mutation.name] = (put, caught, missed)
    return results


def timed(letters: list[tuple[str, Letter]]) -> None:
    """Milliseconds on a letter of 20 issues, after one key is typed in a rationale."""
    issues = [issue for _, letter in letters for issue in letter.issues][:20]
    letter = replace(
        letters[0][1],
        issues=tuple(replace(issue, id=at) for at, issue in enumerate(issues)),
        issues_made=20,
    )
    first = time.perf_counter()
    check(letter)
    first = time.perf_counter() - first
    times: list[float] = []
    for typed in range(20):
        last = replace(letter.issues[-1], rationale=letter.issues[-1].rationale + "x" * typed)
        changed = replace(letter, issues=(*letter.issues[:-1], last))
        start = time.perf_counter()
        check(changed)
        times.append(time.perf_counter() - start)
    words = sum(len(issue.rationale.split()) for issue in issues)
    print(
        f"\n20 issues, {words} words of rationale: first run {first * 1000:.1f} ms, while typing {sorted(times)[10] * 1000:.1f} ms (median)"
    )


def main() -> None:
    letters: list[tuple[str, Letter]] = []
    for folder in folders(sys.argv[1:]):
        some = [*parsed(folder)]
        print(f"\n{folder.name}: {len(some)} letters")
        judged(some)
        letters += some
    for title, group in (
        ("real letters", letters),
        ("synthetic letters", [*synthetic_letters(40)]),
    ):
        print(
            f"\nerrors made from the rules' own patterns, put into {len(group)} {title}\n{'kind':44}{'put in':>7}{'caught':>8}{'of 100':>8}"
        )
        totals = [0, 0]
        for name, (put, caught, missed) in bench(group).items():
            rate = f"{100 * caught / put:8.0f}" if put else "       -"
            print(f"{name:44}{put:7}{caught:8}{rate}  {' '.join(missed[:4])}")
            totals[0] += put
            totals[1] += caught
        print(
            f"{'all kinds':44}{totals[0]:7}{totals[1]:8}{100 * totals[1] / max(1, totals[0]):8.1f}"
        )
    timed(letters or [*synthetic_letters(20)])


if __name__ == "__main__":
    main()
