"""What letters and their backups take: `python -m tests.benchmarks.bench_backups [LETTERS…]`.

Made-up letters with texts and places as long as those of the letters seen, no two alike; then
hours of work, in each of which some sixty letters are edited and a few come in, each with a backup.
Times are of the processor: a backup is made in the background, beside whatever else goes on.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

from app.evidence import Evidence, ParseResult, Place
from app.letter import FieldId, Letter, field_ids, get_value, with_value
from app.services.database import open_database
from app.services.store import Backups, Store
from tests.letters.make import FOLDER
from tests.services.store.letters import letter

LETTERS, HOURS, EDITED, NEW = (2_000, 20_000), 8, 60, 10
LIMIT_KB_A_LETTER = 16
"""What a letter may take in the database."""
LIMIT_OF_WHOLE = 0.08
"""What an hour's backup may take of the first one."""
_SUMMARY, _RATIONALE, _LINE = 280, 200, 14
"""Words of the texts; words on a line."""


def made_up(number: int, words: list[str]) -> ParseResult:
    """A letter of its own words, with a place for each of its lines."""
    choice = random.Random(number)

    def text(count: int) -> str:
        return " ".join(choice.choices(words, k=count))

    of: Letter = replace(letter(number % 100_000), clinical_summary=text(_SUMMARY))
    issues = tuple(replace(issue, rationale=text(_RATIONALE)) for issue in of.issues)
    of = replace(of, issues=issues)
    evidence = {
        field: Evidence(places=_places(choice, value), text=str(value), rule="label")
        for field in field_ids(of)
        if (value := get_value(of, field)) not in (None, "", ())
    }
    return ParseResult(letter=of, evidence=evidence, layout="maximus-2016", pages=3)


def _places(choice: random.Random, value: object) -> tuple[Place, ...]:
    lines = len(str(value).split()) // _LINE + 1
    boxes = tuple(
        (0.1177, (top := choice.random()), choice.uniform(0.6, 0.9), top + 0.016773)
        for _ in range(lines)
    )
    return (Place(choice.randint(1, 3), boxes),)


def main() -> int:
    words = sorted({word for path in FOLDER.rglob("*.py") for word in path.read_text().split()})
    words += [f"word{number}" for number in range(6000)]
    counts = tuple(map(int, sys.argv[1:])) or LETTERS
    kept = [_measure(count, words) for count in counts]
    return 0 if all(kept) else 1


def _measure(count: int, words: list[str]) -> bool:
    """Whether so many letters keep to the limits."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = open_database(folder / "imr-desk.db")
        store = Store(database, folder)
        for number in range(count):
            _put(store, number, words)
        database.compact()
        per_letter = database.path.stat().st_size / count / 1000
        print(f"{count:,} letters of made-up words")
        print(f"  database                          {per_letter:8.1f} kB a letter")
        first, later = _work(store, folder, count, words)
        database.close()
    share = later / first
    print(f"  of an hour's backup of the first  {share:8.1%} (limit {LIMIT_OF_WHOLE:.0%})")
    return per_letter <= LIMIT_KB_A_LETTER and share <= LIMIT_OF_WHOLE


def _put(store: Store, number: int, words: list[str]) -> None:
    store.import_pdf(f"%PDF {number}".encode(), made_up(number, words), by="bench")


def _work(store: Store, folder: Path, count: int, words: list[str]) -> tuple[float, float]:
    """Bytes that the first backup took, and on average each of those after an hour's work."""
    choice = random.Random(1)
    backups = Backups(store.database, folder)
    sizes: list[int] = []
    times: list[float] = []
    for hour in range(HOURS + 1):
        if hour:
            for _ in range(EDITED):
                _edit(store, choice.randint(1, count), hour)
            for one in range(NEW):
                _put(store, count + hour * NEW + one, words)
        started = time.process_time()
        backups.make()
        times.append(time.process_time() - started)
        sizes.append(backups.room().together)
    later = (sizes[-1] - sizes[0]) / HOURS
    print(f"  first backup                      {sizes[0] / 1e6:8.1f} MB  {times[0]:5.1f} s")
    print(f"  each after {EDITED} letters edited     {later / 1e6:8.1f} MB  {times[-1]:5.1f} s")
    print(f"  all {HOURS + 1} together                    {sizes[-1] / 1e6:8.1f} MB")
    started = time.process_time()
    backups.restore(backups.all()[0])
    print(f"  going back to one                 {time.process_time() - started:17.1f} s")
    return sizes[0], later


def _edit(store: Store, case_id: int, hour: int) -> None:
    before = store.case(case_id).letter
    field = FieldId("patient.age")
    age = 30 + hour
    store.record_edit(
        case_id,
        with_value(before, field, age),
        field=field.key,
        before=get_value(before, field),
        after=age,
        by="bench",
        label="Edit age",
    )


if __name__ == "__main__":
    sys.exit(main())
