"""The measured promises: errors put in are caught; on real letters the checks speak the truth."""

from __future__ import annotations

import json
from pathlib import Path

from app.services.checks import CheckContext, Severity, check
from app.services.parsing import parse
from app.services.pdf import read
from tests.benchmarks.bench_checks import long_letter, never_read, seconds, typed
from tests.score.checks import VERDICTS, bench
from tests.score.synthetic import synthetic_letters


def test_errors_put_in_are_caught() -> None:
    letters = [*synthetic_letters(6)]
    missed = {
        name: f"{caught} of {put}"
        for name, (put, caught, _) in bench(letters, seeds=1).items()
        if caught < 0.95 * put
    }
    assert missed == {}


def test_synthetic_letters_are_sound() -> None:
    for name, letter in synthetic_letters(25):
        assert [f.sentence for f in check(letter) if f.severity is not Severity.INFO] == [], name


def test_real_letters(real_letters: Path) -> None:
    """No false error; nine of ten warnings true; and nothing that nobody has read."""
    verdicts = {
        (row["case"], row["rule"], row["field"]): row["true"]
        for row in json.loads(VERDICTS.read_text())["verdicts"]
    }
    warnings: list[bool] = []
    for path in sorted(real_letters.glob("*/*.pdf")):
        for finding in check(parse(read(path)).letter, CheckContext(file_name=path.name)):
            if finding.severity is Severity.INFO:
                continue
            true = verdicts[path.stem, finding.rule, finding.field.key]
            if finding.severity is Severity.ERROR:
                assert true, (path.stem, finding.rule)
            else:
                warnings.append(true)
    assert sum(warnings) >= 0.9 * len(warnings)


def test_twenty_issues_while_typing() -> None:
    """Only what changed is read again; `bench_checks` tells how long it takes."""
    letter = long_letter()
    check(letter)
    whole = min(seconds(never_read(letter, number)) for number in range(1, 4))
    check(letter)
    assert min(seconds(typed(letter, number)) for number in range(1, 9)) < 0.5 * whole
