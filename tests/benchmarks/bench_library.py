"""How long a keystroke's search of the library takes, beside a LIKE scan of the same table.

Run as `python -m tests.benchmarks.bench_library [ENTRIES …]`. Every keystroke of the phrases
below is one search: `l`, `lo`, `low`, … The scan looks for the same words in the same columns.
The phrases are typed three times and each keystroke counts with its best time, so that other
programs on the machine do not count; "first" is the 95th percentile of the first round alone.
Exits 1 where the 95th percentile is over the limit for that size.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from app.letter import Source
from app.services.citations.known import known_guidelines, words_of
from app.services.database import Database, open_database
from app.services.library import Entry, EntryKind, Library, Section
from app.services.library.stored import new_key, put_new

ROUNDS = 3
LIMITS_MS = {10_000: 5.0, 100_000: 20.0}

PHRASES = (
    "low back special studies",
    "mri shoulder",
    "physical medicine",
    "nsaids gi",
    "epidural steroid injection lumbar",
    "2016 opioid taper",
    "chapter 12",
    "sholder arthroscopy",
    "electrodiagnostic tessting",
    "randomized trial acupunctur knee",
    "spine 2014 fusion",
    "odg pain gabapentin",
)

TREATMENTS = [
    "acupuncture",
    "arthroplasty",
    "arthroscopy",
    "biofeedback",
    "bracing",
    "bupropion",
    "capsaicin",
    "celecoxib",
    "chiropractic",
    "cryotherapy",
    "cyclobenzaprine",
    "decompression",
    "diclofenac",
    "discectomy",
    "duloxetine",
    "electromyography",
    "epidural",
    "exercise",
    "fusion",
    "gabapentin",
    "hydrocodone",
    "ibuprofen",
    "imaging",
    "injection",
    "ketamine",
    "laminectomy",
    "lidocaine",
    "manipulation",
    "massage",
    "meloxicam",
    "methadone",
    "mobilization",
    "morphine",
    "naproxen",
    "neurotomy",
    "omeprazole",
    "opioid",
    "orthosis",
    "oxycodone",
    "physiotherapy",
    "pregabalin",
    "radiofrequency",
    "rehabilitation",
    "splinting",
    "stimulation",
    "surgery",
    "tapentadol",
    "tizanidine",
    "topiramate",
    "traction",
    "tramadol",
    "ultrasound",
    "yoga",
    "zolpidem",
]
CONDITIONS = [
    "arthritis",
    "bursitis",
    "capsulitis",
    "carpal",
    "cervicalgia",
    "chondromalacia",
    "claudication",
    "concussion",
    "contusion",
    "depression",
    "dislocation",
    "dystrophy",
    "epicondylitis",
    "fasciitis",
    "fracture",
    "headache",
    "hernia",
    "impingement",
    "insomnia",
    "instability",
    "lumbago",
    "meniscus",
    "myelopathy",
    "neuralgia",
    "neuritis",
    "neuropathy",
    "osteoarthritis",
    "pain",
    "radiculopathy",
    "rupture",
    "sciatica",
    "scoliosis",
    "spondylolisthesis",
    "spondylosis",
    "sprain",
    "stenosis",
    "strain",
    "syndrome",
    "tear",
    "tendinitis",
    "tendinopathy",
    "tenosynovitis",
    "tinnitus",
    "whiplash",
]
PARTS = [
    "ankle",
    "cervical",
    "elbow",
    "finger",
    "foot",
    "forearm",
    "hand",
    "hip",
    "knee",
    "lumbar",
    "neck",
    "pelvis",
    "sacroiliac",
    "shoulder",
    "spine",
    "thoracic",
    "thumb",
    "wrist",
]
DESIGNS = (
    "a randomized trial", "a systematic review", "a meta-analysis", "a cohort study",
    "a randomized controlled trial", "long-term results", "a clinical practice guideline",
    "a case series", "a two-year follow-up", "a prospective study",
)  # fmt: skip
JOURNALS = (
    "Spine", "Pain", "JAMA", "BMJ", "The Clinical Journal of Pain", "Pain Physician",
    "The Journal of Bone and Joint Surgery", "Arthroscopy", "Cochrane Database of Systematic Reviews",
    "Archives of Physical Medicine and Rehabilitation", "The Spine Journal", "Physical Therapy",
    "Journal of Occupational and Environmental Medicine", "Muscle & Nerve", "Annals of Internal Medicine",
)  # fmt: skip
ONSETS, VOWELS, ENDS = ["b", "br", "ch", "d", "f", "g", "h", "j", "k", "kr", "l", "m", "n", "p", "r", "s", "sch", "st", "t", "v", "w"], "aeiou", ["ck", "l", "ll", "n", "nd", "r", "rt", "s", "t", "tz"]  # fmt: skip


def made_up_entries(count: int) -> list[Entry]:
    """Studies and guidelines with the words such libraries have; the same on every run."""
    chance = random.Random(5)
    names = [
        "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.randint(1, 2)))
        + chance.choice(ENDS)
        for _ in range(6000)
    ]
    topics = [section.name for known in known_guidelines() for section in known.sections]
    entries: list[Entry] = []
    for _ in range(count):
        treatment = chance.choice(TREATMENTS)
        part, condition = chance.choice(PARTS), chance.choice(CONDITIONS)
        title = chance.choice(
            (
                f"{treatment} for {part} {condition}: {chance.choice(DESIGNS)}",
                f"{part} {condition} after {treatment} and {chance.choice(TREATMENTS)}",
                f"Effect of {treatment} on {condition} of the {part}",
            )
        )
        guideline = chance.random() < 0.2
        entries.append(
            Entry(
                kind=EntryKind.GUIDELINE if guideline else EntryKind.STUDY,
                source=Source.OTHER,
                title=title.capitalize(),
                publisher="Society of " + chance.choice(names).capitalize() if guideline else "",
                edition=str(chance.randint(1985, 2026)),
                authors=tuple(
                    f"{chance.choice(names).capitalize()} {chance.choice('ABCDEFGHJKLM')}"
                    for _ in range(1 if guideline else chance.randint(1, 5))
                ),
                journal="" if guideline else chance.choice(JOURNALS),
                volume=str(chance.randint(1, 60)),
                body_parts=(part,),
                sections=tuple(
                    Section(name=name) for name in chance.sample(topics, 5 if guideline else 0)
                ),
                key=new_key(),
            )
        )
    return entries


def keystrokes() -> list[str]:
    return [phrase[:end] for phrase in PHRASES for end in range(1, len(phrase) + 1)]


def like_scan(database: Database, query: str) -> int:
    """The plain way: every row, every word anywhere in it; the first thirty."""
    columns = "words_title || words_names || words_topics"
    words = words_of(query).split()
    where = " AND ".join(f"{columns} LIKE :w{n}" for n in range(len(words))) or "1"
    values = {f"w{n}": f"% {word}%" for n, word in enumerate(words)}
    with database.reading() as session:
        statement = text(
            f"SELECT id, body FROM library_entries WHERE NOT deleted AND {where} "
            "ORDER BY title LIMIT 30"
        )
        return len(session.execute(statement, values).all())


def percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def timed(search: Callable[[str], object], queries: list[str]) -> list[list[float]]:
    """Seconds of each query, in three rounds."""
    rounds: list[list[float]] = []
    for _ in range(ROUNDS):
        times: list[float] = []
        for query in queries:
            started = time.perf_counter()
            search(query)
            times.append(time.perf_counter() - started)
        rounds.append(times)
    return rounds


def measure(count: int) -> tuple[list[list[float]], list[list[float]]]:
    """Rounds of seconds of each keystroke: by the library, by the scan."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "bench.db")
        try:
            library = Library(database)
            with database.writing() as session:
                put_new(session, made_up_entries(count))
            typed = keystrokes()
            searches = timed(library.search, typed)
            some = typed[:: max(1, count // 10_000)]
            return searches, timed(lambda query: like_scan(database, query), some)
        finally:
            database.close()


def main() -> int:
    sizes = [int(size) for size in sys.argv[1:]] or list(LIMITS_MS)
    print(
        f"{'entries':>9} {'median':>9} {'p95':>9} {'worst':>9} {'first':>9} {'LIKE p95':>10} {'ratio':>7}"
    )
    slow = False
    for size in sizes:
        searches, scans = measure(size)
        best = [min(times) for times in zip(*searches, strict=True)]
        scan = percentile([min(times) for times in zip(*scans, strict=True)], 0.95)
        p95 = percentile(best, 0.95)
        print(
            f"{size:>9,} {percentile(best, 0.5):>6.1f} ms {p95:>6.1f} ms {max(best) * 1000:>6.1f} ms "
            f"{percentile(searches[0], 0.95):>6.1f} ms {scan:>7.1f} ms {scan / p95:>6.1f}x"
        )
        slow = slow or p95 > LIMITS_MS.get(size, float("inf"))
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
