"""A bundle of thousands of pages: how soon its first page is there, how it is read, asked and held.

Run with `python -m tests.benchmarks.bench_casefile`.
"""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.evidence import ParseResult
from app.letter import Issue, Letter
from app.services.casefile.reading import read_file
from app.services.casefile.record import CaseRecord
from app.services.casefile.timeline import events
from app.services.checks import CheckContext, check
from app.services.database import open_database
from app.services.letter_reader import LetterReader
from app.services.store import Store
from app.services.store.case_files import CaseFiles
from tests.letters import records

PAGES = (40, 300, 3000)
ROUNDS = 15
QUESTIONS = (
    "romberg",
    "straight leg raise",
    "the",
    "tenderness over the paraverteb",
    "absent word",
)
REASONS = (
    "There is no documentation of a positive straight leg raise. The request is not necessary."
)


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The middle of some rounds, in milliseconds."""
    spent: list[float] = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        spent.append(perf_counter() - start)
    return 1000 * median(spent)


def resident() -> float:
    """Megabytes of this process at this moment."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(folder: Path, reader: LetterReader, count: int) -> None:
    """One bundle in a folder of its own."""
    database = open_database(folder / "imr-desk.db")
    store = Store(database, folder)
    files = CaseFiles(store)
    empty = ParseResult(letter=Letter(), evidence={}, layout="unknown", pages=1)
    case_id = store.import_pdf(b"%PDF- a letter", empty, by="bench").summary.id
    data = records.large(count)
    start = perf_counter()
    file, _ = files.add(case_id, data, "bundle.pdf")
    kept = perf_counter()
    with reader.pictures(files.data(file.id)) as pictures:
        pictures.draw(1, 1.3)
        pictures.words([1, 2, 3, 4])
        shown = perf_counter()
    before = resident()
    read_file(files, reader, file.id)
    ended = perf_counter()
    print(f"\n{count:,} pages, {len(data) / 2**20:.1f} MB")
    print(f"  kept                          {1000 * (kept - start):8.0f} ms")
    print(f"  opened, first page and words  {1000 * (shown - kept):8.0f} ms")
    print(
        f"  read and split                {ended - shown:8.1f} s   {count / (ended - shown):,.0f} pages a second"
    )
    print(f"  memory while it was read      {resident() - before:8.1f} MB more")
    print(f"  documents                     {len(files.documents(case_id)):8}")
    size = (folder / "imr-desk.db").stat().st_size / 2**20
    print(f"  database                      {size:8.1f} MB")
    for question in QUESTIONS:
        found = files.search(case_id, question)
        spent = timed(lambda asked=question: files.search(case_id, asked))
        print(f"  asked “{question}”".ljust(44) + f"{spent:6.1f} ms, {len(found):,} pages")
    letter = Letter(issues=(Issue(id=1, title="MRI of the lumbar spine", rationale=REASONS),))
    record = CaseRecord(files, case_id)
    start = perf_counter()
    check(letter, CheckContext(record=record))
    first = perf_counter() - start
    again = timed(lambda: check(letter, CheckContext(record=record)), 5)
    bare = timed(lambda: check(letter), 5)
    print(
        f"  checks against the record     {1000 * first:8.0f} ms, again {again:.0f} ms (without {bare:.0f} ms)"
    )
    spent = timed(lambda: events(files, files.documents(case_id), "", "naproxen"), 3)
    print(f"  timeline of one treatment     {spent:8.0f} ms")
    database.close()


def main() -> None:
    with LetterReader() as reader:
        reader.warm()
        for count in PAGES:
            with tempfile.TemporaryDirectory() as name:
                measure(Path(name), reader, count)


if __name__ == "__main__":
    main()
