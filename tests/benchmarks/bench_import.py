"""How much quicker a folder of letters comes in on all cores than on one, and in how much memory.

Run as `python -m tests.benchmarks.bench_import [LETTERS]`. The letters are made up, each with its own
number. "All" is the processor time of a letter with that of the processes that read, "own" the part
of the program itself: that alone cannot be shared out, so that all / own bounds the gain on many
cores. Where other programs take the processors, the times by the clock tell little: then "all" tells
whether reading several at a time costs more, and "grown" tells as ever. Exits 1 where the gain
is under 0.8 of the ideal and the machine was free, or where memory grows with the number of letters.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from app.services.bulk_intake import State, cores, take_in_all
from app.services.database import open_database
from app.services.guard import Watch
from app.services.letter_intake import take_in
from app.services.letter_reader import LetterReader
from app.services.store import Imported, Store
from tests.ui.letter_files import letter_file

LETTERS = 120
SHARE = 0.8
GROWTH_MB = 40.0


def run(files: list[Path], at_once: int) -> tuple[float, float, float]:
    """Of a letter the seconds by the clock and the own processor seconds, and the megabytes that
    came in the later half."""
    with tempfile.TemporaryDirectory() as name, LetterReader(at_once=at_once) as reader:
        folder = Path(name)
        database = open_database(folder / "imr-desk.db")
        store = Store(database, folder)
        # The processes start and load their rules with their first letters.
        first, rest = files[: 2 * at_once], files[2 * at_once :]

        def keep(path: Path, watch: Watch) -> Imported:
            return take_in(store, reader, path, by="bench", watch=watch)

        list(take_in_all(first, keep, at_once))
        begun, own = time.perf_counter(), _own()
        half = 0.0
        for done, outcome in enumerate(take_in_all(rest, keep, at_once), 1):
            assert outcome.state is State.TAKEN_IN, outcome.words
            if done == len(rest) // 2:
                half = _megabytes()
        took, own = time.perf_counter() - begun, _own() - own
        database.close()
        return took / len(rest), own / len(rest), _megabytes() - half


def _own(of: int = resource.RUSAGE_SELF) -> float:
    used = resource.getrusage(of)
    return used.ru_utime + used.ru_stime


def _megabytes() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        files = [letter_file(Path(name), number) for number in range(1, count + 1)]
        print(f"{count} letters, {cores()} cores, load {busy:.1f} before\n")
        print(f"{'at once':>8}{'a letter':>12}{'all':>10}{'own':>10}{'grown':>10}{'gain':>8}")
        alone, failed = 0.0, False
        for at_once in dict.fromkeys((1, cores())):
            before = _own(resource.RUSAGE_CHILDREN)
            took, own, grown = run(files, at_once)
            whole = own + (_own(resource.RUSAGE_CHILDREN) - before) / count
            alone = alone or took
            gain = alone / took
            print(
                f"{at_once:>8}{took * 1000:>9.0f} ms{whole * 1000:>7.0f} ms{own * 1000:>7.0f} ms{grown:>7.1f} MB{gain:>7.2f}x"
            )
            failed |= grown > GROWTH_MB or (busy < 1 and gain < SHARE * at_once)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
