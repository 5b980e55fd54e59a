"""What all rules cost on a letter of 20 items: `python -m tests.benchmarks.bench_checks`.

Processor time, best and median: of a letter that was never read, and after each letter typed into
the last rationale, when only that field is read again. The promise is 30 ms while typing.
"""

from __future__ import annotations

import statistics
import sys
import time

from msgspec.structs import replace

from app.letter import Letter
from app.services.checks import check
from tests.score.synthetic import synthetic_letters

ROUNDS = 25
LIMIT_MS = 30.0


def long_letter(items: int = 20) -> Letter:
    """One made-up letter with the disputed items of several."""
    letters = [letter for _, letter in synthetic_letters(items)]
    issues = [issue for letter in letters for issue in letter.issues][:items]
    numbered = tuple(replace(issue, id=at) for at, issue in enumerate(issues))
    return replace(letters[0], issues=numbered, issues_made=items)


def seconds(letter: Letter) -> float:
    """Processor time of all rules on it."""
    start = time.process_time()
    check(letter)
    return time.process_time() - start


def never_read(letter: Letter, number: int) -> Letter:
    """The same letter with every text new."""
    return replace(
        letter,
        clinical_summary=f"{letter.clinical_summary} Seen again {number} times.",
        issues=tuple(
            replace(issue, rationale=f"{issue.rationale} Told {number} times.")
            for issue in letter.issues
        ),
    )


def typed(letter: Letter, letters: int) -> Letter:
    """The letter with so many letters typed into its last rationale."""
    last = letter.issues[-1]
    last = replace(last, rationale=last.rationale + "x" * letters)
    return replace(letter, issues=(*letter.issues[:-1], last))


def main() -> int:
    letter = long_letter()
    check(letter)
    whole = [seconds(never_read(letter, number)) * 1000 for number in range(1, ROUNDS)]
    check(letter)
    typing = [seconds(typed(letter, number)) * 1000 for number in range(1, ROUNDS)]
    print("20 items, ms of processor time          best   median")
    for words, times in (("never read", whole), ("after each letter typed", typing)):
        print(f"  {words:<36}{min(times):6.1f}   {statistics.median(times):6.1f}")
    return 0 if min(typing) <= LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
