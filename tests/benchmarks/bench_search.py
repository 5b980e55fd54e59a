"""How long a search over the items of all letters takes, beside LIKE and beside FTS5 asked plainly.

Run as `python -m tests.benchmarks.bench_search [ITEMS]`. The letters are made up, of common words as
letters have them (median: some ten thousand hits) and a long tail of rare ones, and the same on every
run. All figures are of processor time. "Page" is twenty items with snippets, "plain FTS5" the same
table asked as it is usually done: every match ranked, counted, and its facets grouped. Exits 1 where
the 95th percentile is over the aim.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from app.letter import (
    Basis,
    Citation,
    Decision,
    Guideline,
    Header,
    Issue,
    Letter,
    Reviewer,
    Source,
)
from app.services.archive.archive import Archive
from app.services.archive.asking import match_of, terms_of
from app.services.archive.tables import FACT, TEXTS, WORDS
from app.services.archive.values import Facet, Question
from app.services.database import Database, open_database
from app.services.database.connection import driver_connection
from app.services.store.wire import to_json
from tests.benchmarks.bench_library import CONDITIONS, ENDS, ONSETS, PARTS, TREATMENTS, VOWELS

ITEMS = 200_000
PAGE_MS, FACETS_MS = 35.0, 90.0
ITEMS_A_LETTER = 2
ROUNDS = 3

OPENINGS = (
    "The injured worker has {c} of the {p} and was treated with {t}.",
    "The records describe {c} with pain that radiates from the {p} after the industrial injury.",
    "The provider has requested authorization for {t} for the {p}.",
    "There is documentation of {t} without functional improvement in the {p}.",
    "The guidelines recommend {t} for {c} when conservative treatment has failed.",
    "Physical examination of the {p} shows tenderness and a decreased range of motion.",
    "The submitted records do not document objective findings of {c} on physical examination.",
    "The patient completed physical therapy and home exercise and takes {t} for chronic pain.",
    "MTUS does not address {t} for {c}, and other evidence-based guidelines were applied.",
)
CLOSINGS = {
    Decision.UPHELD: "Therefore, the requested {t} is not medically necessary.",
    Decision.OVERTURNED: "Therefore, the requested {t} is medically necessary and appropriate.",
}
CHAPTERS = (
    "Low Back Complaints", "Neck and Upper Back Complaints", "Shoulder Complaints", "Knee Complaints",
    "Chronic Pain", "Opioids", "Forearm, Wrist, and Hand Complaints", "Ankle and Foot Complaints",
)  # fmt: skip
SPECIALTIES = (
    "Family Practice",
    "Orthopedic Surgery",
    "Pain Management",
    "Neurology",
    "Psychiatry",
)
QUESTIONS = (
    "physical therapy", "not medically necessary", "chronic pain", "functional improvement",
    "range of motion", "lumbar radiculopathy", "shoulder", "guidelines recommend", "conservative",
    "epidural injection lumbar", "opioid", "records", "therapy knee", '"physical examination"',
    '"medically necessary and appropriate"', '"home exercise"', "gabapentin neuropathy", "tramadol",
    "acupuncture neck", "radio*", "arthro* shoulder", "evidence-based guidelines", "industrial injury",
    "pain -opioid", "tenderness wrist", "surgery hip arthritis", "stenosis decompression", "yoga",
    "insomnia zolpidem", "treatment failed",
)  # fmt: skip
NARROWED: tuple[dict[Facet, tuple[str, ...]], ...] = (
    {},
    {Facet.DECISION: ("Overturned",)},
    {Facet.SPECIALTY: ("Pain Management",), Facet.DECISION: ("Upheld",)},
    {Facet.GUIDELINE: ("MTUS Chronic Pain",)},
)


def made_up_letters(count: int) -> Iterator[Letter]:
    """Letters of two items, about 150 words each; the same on every run."""
    chance = random.Random(11)
    rare = [
        "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.randint(1, 3)))
        + chance.choice(ENDS)
        for _ in range(30_000)
    ]
    for number in range(count):
        part, condition = chance.choice(PARTS), chance.choice(CONDITIONS)
        issues = tuple(
            _issue(chance, rare, issue_id, part, condition)
            for issue_id in range(1, ITEMS_A_LETTER + 1)
        )
        yield Letter(
            header=Header(
                case_number=f"CM{14 + number % 4}-{number:07}",
                decision_date=date(2014, 1, 6) + timedelta(days=chance.randrange(1400)),
            ),
            reviewer=Reviewer(specialties=(chance.choice(SPECIALTIES),)),
            clinical_summary=f"The injured worker reported {condition} of the {part}.",
            issues=issues,
            issues_made=ITEMS_A_LETTER,
        )


def _issue(
    chance: random.Random, rare: list[str], issue_id: int, part: str, condition: str
) -> Issue:
    treatment, chapter = chance.choice(TREATMENTS), chance.choice(CHAPTERS)
    decision = chance.choices((Decision.UPHELD, Decision.OVERTURNED), (87, 13))[0]
    words: dict[str, str] = {"p": part, "c": condition, "t": treatment}
    sentences = [sentence.format(**words) for sentence in chance.sample(OPENINGS, 7)]
    for _ in range(3):
        tail = (rare[min(int(chance.paretovariate(0.6)), len(rare) - 1)] for _ in range(9))
        sentences.append(" ".join(tail).capitalize() + ".")
    sentences.append(CLOSINGS[decision].format(**words))
    edition = chance.choice(("2004", "2009", "2016"))
    cited = Citation(source=Source.MTUS, title=chapter, edition=edition)
    return Issue(
        id=issue_id,
        title=f"{chance.randint(1, 24)} sessions of {treatment} for the {part}",
        decision=decision,
        maximus_guideline=Guideline(
            text=f"MTUS {chapter} {edition}.", basis=Basis.MTUS, citations=(cited,)
        ),
        rationale=" ".join(sentences),
    )


def put_letters(database: Database, letters: Iterator[Letter]) -> None:
    """As an import leaves them, without their files."""
    case = (
        "INSERT INTO cases (id, number, file_sha256, file_name, status, doubts, issues, layout, "
        "pages, priority, decision_date, imported_at, changed_at, undo_position, journal_length, "
        "journal_hash) VALUES (?, ?, ?, '', 'new', 0, 2, '', 2, '', ?, '', '', 0, 0, '')"
    )
    with database.writing() as session:
        raw = driver_connection(session)
        for number, letter in enumerate(letters, 1):
            header = letter.header
            day = None if header.decision_date is None else header.decision_date.isoformat()
            raw.execute(case, (number, header.case_number, str(number), day))
            raw.execute("INSERT INTO letters VALUES (?, ?)", (number, to_json(letter)))


def percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def timed(work: Callable[[Question], object], questions: list[Question]) -> list[float]:
    """Processor seconds of each question: the best of some rounds."""
    best = [float("inf")] * len(questions)
    for _ in range(ROUNDS):
        for number, question in enumerate(questions):
            started = time.process_time()
            work(question)
            best[number] = min(best[number], time.process_time() - started)
    return best


class Plain:
    """The same table asked as it is usually done, and without an index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ranked(self, question: Question) -> object:
        match = match_of(terms_of(question.words))
        with self._database.plainly() as raw:
            page = raw.execute(
                f"SELECT rowid, snippet({WORDS}, -1, '[', ']', '…', 24) FROM {WORDS} "
                f"WHERE {WORDS} MATCH ? ORDER BY rank LIMIT 20",
                (match,),
            ).fetchall()
            count = raw.execute(
                f"SELECT count(*) FROM {WORDS} WHERE {WORDS} MATCH ?", (match,)
            ).fetchone()
            facets = raw.execute(
                f"SELECT facet, value, count(*) FROM {WORDS} JOIN archive_items ON archive_items.id = "
                f"{WORDS}.rowid JOIN plain_values ON plain_values.item = archive_items.id "
                f"WHERE {WORDS} MATCH ? AND facet IN ('kind', 'decision') GROUP BY facet, value",
                (match,),
            ).fetchall()
        return page, count, facets

    def like(self, question: Question) -> object:
        words = [" ".join(term.words) for term in terms_of(question.words) if not term.refused]
        text = " || ' ' || ".join(TEXTS)
        where = " AND ".join(f"{text} LIKE ?" for _ in words)
        with self._database.plainly() as raw:
            return raw.execute(
                f"SELECT count(*) FROM archive_items WHERE {where}",
                [f"%{word}%" for word in words],
            ).fetchone()

    def prepare(self) -> None:
        """Which item has which value, one row each, as such tables usually are."""
        with closing(self._database.raw()) as raw:
            raw.execute("CREATE TABLE plain_values (item INTEGER, facet TEXT, value TEXT)")
            raw.execute(
                "INSERT INTO plain_values SELECT archive_items.id, facet, value FROM archive_values "
                f"JOIN {WORDS} ON {WORDS} MATCH '{FACT}f' || archive_values.id "
                f"JOIN archive_items ON archive_items.id = {WORDS}.rowid "
                "WHERE facet IN ('kind', 'decision')"
            )
            raw.execute("CREATE INDEX plain_of_item ON plain_values (item)")
            raw.commit()


def measure(folder: Path, items: int) -> int:
    database = open_database(folder / "bench.db")
    put_letters(database, made_up_letters(items // ITEMS_A_LETTER))
    before = database.path.stat().st_size
    archive = Archive(database)
    started = time.process_time()
    archive.fill()
    took = time.process_time() - started
    database.close()
    grown = (database.path.stat().st_size - before) / 1e6
    questions = [Question(words=words, chosen=chosen) for words in QUESTIONS for chosen in NARROWED]
    simple = [question for question in questions if not question.chosen]
    hits = sorted(archive.count(question) for question in questions)
    print(
        f"{items:,} items, {len(questions)} questions: median {hits[len(hits) // 2]:,} hits, most "
        f"{hits[-1]:,}; made in {took:.1f} s of processor time, {grown:,.0f} MB\n"
    )
    plain = Plain(database)
    started = time.process_time()
    archive.facets(Question())
    first = (time.process_time() - started) * 1000
    rows: list[tuple[str, list[float], float | None]] = [
        ("page with snippets", timed(archive.page, questions), None),
        ("page, snippets, count", timed(lambda q: (archive.page(q), archive.count(q)), questions), PAGE_MS),
        ("facets, after it", timed(archive.facets, questions), FACETS_MS),
    ]  # fmt: skip
    plain.prepare()
    rows += [
        ("plain FTS5, all of it", timed(plain.ranked, simple), None),
        ("LIKE, count alone", timed(plain.like, simple[:6]), None),
    ]
    print(f"{'':<24}{'median':>10}{'p95':>10}{'worst':>10}{'aim':>9}")
    slow = False
    for name, times, aim in rows:
        p95 = percentile(times, 0.95)
        wanted = "" if aim is None else f"{aim:.0f} ms"
        print(
            f"{name:<24}{percentile(times, 0.5):>7.1f} ms{p95:>7.1f} ms{max(times) * 1000:>7.1f} ms{wanted:>9}"
        )
        slow = slow or (aim is not None and p95 > aim)
    print(f"\nfirst facets after a change {first:.0f} ms")
    return _newest(database, archive) or int(slow)


def _newest(database: Database, archive: Archive) -> int:
    """How soon a letter that was just edited is found."""
    with closing(database.raw()) as raw:
        raw.execute(
            "UPDATE letters SET letter = replace(letter, 'sessions', 'zzsessions') WHERE case_id = 1"
        )
        raw.commit()
    started = time.perf_counter()
    archive.fill()
    found = archive.page(Question(words="zzsessions"))
    took = (time.perf_counter() - started) * 1000
    print(f"a letter that was just edited is found in {took:.0f} ms")
    database.close()
    return 0 if found and took < 1000 else 1


def main() -> int:
    items = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), items)


if __name__ == "__main__":
    raise SystemExit(main())
