"""What reading a letter costs: `python -m tests.benchmarks.bench_reading`.

Side by side in one run, letter by letter in turn, so that a busy machine slows both alike:
PyMuPDF alone (open, words of every page) against `pdf.read` and `parse`. Then letters a second,
on one core and on all. Uses the public letters where they are, else the made-up ones.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pymupdf

from app.services import pdf
from app.services.letter_reader import LetterReader
from app.services.parsing import parse
from tests.letters.make import FOLDER
from tests.score.truth import letters_folder

ROUNDS = 7
LIMIT = 1.5


def engine_alone(data: bytes) -> None:
    document = pymupdf.open(stream=data, filetype="pdf")
    for page in document:
        page.get_text("words")
    document.close()


def read_whole(data: bytes) -> None:
    parse(pdf.read(data))


def main() -> int:
    folder = letters_folder() or FOLDER
    letters = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]
    alone, words, whole = _side_by_side(letters)
    ratio = whole / alone
    print(f"{len(letters)} letters from {folder.name}/, best of {ROUNDS} rounds each")
    print(f"  PyMuPDF alone: open and words    {alone * 1000:7.2f} ms a letter")
    print(f"  pdf.read: words, looks, turns    {words * 1000:7.2f} ms  {words / alone:5.2f}x")
    print(
        f"  read and parse: all fields       {whole * 1000:7.2f} ms  {ratio:5.2f}x (limit {LIMIT}x)"
    )
    one = _rate(letters, 1)
    cores = os.cpu_count() or 1
    print(f"  on one core                      {one:7.1f} letters a second")
    print(f"  on {cores} cores                       {_rate(letters, cores):7.1f} letters a second")
    print(f"  in a guarded process             {_guarded(letters):7.1f} letters a second")
    return 0 if ratio <= LIMIT else 1


def _side_by_side(letters: list[bytes]) -> tuple[float, float, float]:
    """Seconds a letter: mean over letters of the best round each."""
    works = (engine_alone, lambda data: pdf.read(data), read_whole)
    best = [[float("inf")] * len(letters) for _ in works]
    for _ in range(ROUNDS):
        for number, data in enumerate(letters):
            for kind, work in enumerate(works):
                gc.collect(0)
                started = time.perf_counter()
                work(data)
                best[kind][number] = min(best[kind][number], time.perf_counter() - started)
    alone, words, whole = (statistics.mean(times) for times in best)
    return alone, words, whole


def _many(letters: list[bytes]) -> int:
    for data in letters:
        read_whole(data)
    return len(letters)


def _rate(letters: list[bytes], cores: int) -> float:
    """Letters a second with so many processes, started and warm before the clock runs."""
    with ProcessPoolExecutor(cores) as pool:
        parts = [letters[at::cores] for at in range(cores)]
        list(pool.map(_many, [part[:2] for part in parts]))
        started = time.perf_counter()
        count = sum(pool.map(_many, parts))
        return count / (time.perf_counter() - started)


def _guarded(letters: list[bytes]) -> float:
    with LetterReader() as reader:
        reader.letter(letters[0])
        started = time.perf_counter()
        for data in letters:
            reader.letter(data)
        return len(letters) / (time.perf_counter() - started)


if __name__ == "__main__":
    assert Path(FOLDER).is_dir()
    sys.exit(main())
