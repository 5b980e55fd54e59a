"""The command that takes letters in: one, or folders with tens of thousands of them."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

from app.cli.files import DONE, UNUSABLE, followed, of_people, printable, refuse_to_replace, tell
from app.cli.kept import by_name, kept_store
from app.services.bulk_intake import Outcome, State, cores, take_in_all
from app.services.guard import Watch
from app.services.job_pace import Pace
from app.services.letter_intake import pdfs_of, take_in
from app.services.letter_reader import LetterReader
from app.services.library import Library
from app.services.rendering import write_file
from app.services.settings import load_settings
from app.services.store import Imported, Store

_FEW = 2
"""Files; of more it is told how quickly they come in, and what became of them all."""


def import_letters(chosen: argparse.Namespace) -> int:
    """Keep letters, with what could be read of them."""
    if chosen.report is not None:
        refuse_to_replace(chosen.report, chosen.overwrite)
    files: list[Path] = []
    names, status = of_people(map(str, chosen.paths))
    for path in map(Path, names):
        found = pdfs_of(path)
        if not found:
            tell(f"{path}: There is no PDF in that folder. Name the folder that has the letters.")
            status = UNUSABLE
        files += found
    report = _Report()
    with kept_store(chosen) as store:
        try:
            for outcome in _outcomes(store, files, chosen):
                report.note(outcome)
                _tell(outcome)
        finally:
            # Also where it was stopped: what was read by then is kept.
            if len(files) > _FEW:
                tell(report.words(len(files)))
            if chosen.report is not None:
                write_file(chosen.report, report.table(), replace=chosen.overwrite)
    return max(status, UNUSABLE if report.counts[State.FAILED] else DONE)


def _outcomes(store: Store, files: list[Path], chosen: argparse.Namespace) -> Iterator[Outcome]:
    at_once = min(chosen.jobs or cores(), max(1, len(files)))
    settings, known = load_settings(store), Library(store.database).guidelines()
    by = by_name(settings)
    with LetterReader(at_once=at_once) as reader:

        def keep(path: Path, watch: Watch) -> Imported:
            return take_in(
                store,
                reader,
                path,
                by=by,
                password=chosen.password,
                guidelines=known,
                settings=settings,
                recognise=not chosen.no_ocr,
                watch=watch,
            )

        if len(files) == 1:
            with followed(files[0]) as watch:
                yield from take_in_all(files, lambda path, _: keep(path, watch), 1)
            return
        with closing(take_in_all(files, keep, at_once)) as outcomes:
            yield from _paced(outcomes, len(files))


def _paced(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """On a terminal a line says how quickly it goes on, and goes."""
    pace = Pace(total, monotonic)
    shown = sys.stderr.isatty()
    longest = 0
    for done, outcome in enumerate(outcomes, 1):
        if longest:
            print("\r" + " " * longest, end="\r", file=sys.stderr, flush=True)
        yield outcome
        if shown:
            line = ", ".join(filter(None, (f"{done:,} of {total:,}", pace.note(done))))
            longest = max(longest, len(line))
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
    if longest:
        print("\r" + " " * longest, end="\r", file=sys.stderr, flush=True)


def _tell(outcome: Outcome) -> None:
    imported = outcome.imported
    if imported is None:
        tell(f"{outcome.path}: {outcome.words}")
        return
    words = "here already" if imported.known else "taken in"
    if (inner := imported.summary.file_name) != outcome.path.name and not imported.known:
        words = f"{printable(inner)}, attached to it, {words}"
    if outcome.state is State.NO_LETTER:
        words += ", not recognised as a letter"
    if outcome.state is State.SAME_CASE:
        words += ", another file of a case that is here"
    print(f"{printable(outcome.path)}: {words}, {imported.summary.doubts} to check", flush=True)


class _Report:
    """What became of all files."""

    def __init__(self) -> None:
        self.counts: Counter[State] = Counter()
        self._rows: list[tuple[str, str, str, str]] = []

    def note(self, outcome: Outcome) -> None:
        self.counts[outcome.state] += 1
        number = outcome.imported.summary.number if outcome.imported else ""
        path = str(outcome.path).encode("utf-8", "replace").decode()
        self._rows.append((path, outcome.state.value, number, outcome.words))

    def words(self, total: int) -> str:
        """In one line how many of each."""
        counted = [f"{count:,} {state.value}" for state in State if (count := self.counts[state])]
        rest = total - len(self._rows)
        if rest:
            counted.append(f"{rest:,} not read yet: begin again for them")
        return f"{total:,} files: {'; '.join(counted)}."

    def table(self) -> bytes:
        """All of them as CSV."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(("file", "state", "case_number", "words"))
        writer.writerows(self._rows)
        return text.getvalue().encode()
