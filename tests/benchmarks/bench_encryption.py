"""What encryption costs: opening, queries, commits and kept PDFs, beside the same folder in the clear.

Run as `python -m tests.benchmarks.bench_encryption [LETTERS]`. Plain and encrypted take turns, and
each counts with its best time, so that other programs on the machine do not count. Exits 1 where
the queries together take more than a tenth longer.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.services.database import open_database
from app.services.library import Library
from app.services.store import Store
from app.services.vault import Cipher
from app.services.vault.header import make_header, open_header
from tests.services.store.letters import BY, letter, parsed

ROUNDS = 15
LETTERS = 600
MOST = 1.10
PDF = b"%PDF-1.7" + bytes(range(256)) * 94


def best(acts: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """The least milliseconds of each; they take turns."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            begun = time.perf_counter()
            act()
            times[name].append((time.perf_counter() - begun) * 1000)
    return {name: min(taken) for name, taken in times.items()}


def filled(folder: Path, cipher: Cipher, letters: int) -> Store:
    store = Store(open_database(folder / "imr-desk.db", cipher), folder)
    for number in range(1, letters + 1):
        store.import_pdf(PDF + str(number).encode(), parsed(letter(number)), by=BY)
    Library(store.database)
    return store


def opened(store: Store, folder: Path) -> Callable[[], object]:
    def act() -> None:
        again = open_database(folder / "imr-desk.db", store.cipher)
        Store(again, folder).cases()
        again.close()

    return act


def row(name: str, plain: float, encrypted: float) -> float:
    print(f"{name:34} {plain:10.3f} {encrypted:10.3f} {encrypted / plain:8.2f}")
    return encrypted / plain


def main(letters: int) -> int:
    with tempfile.TemporaryDirectory() as place:
        folders = {name: Path(place) / name for name in ("plain", "encrypted")}
        made = make_header("a passphrase for measuring")
        stores = {
            "plain": filled(folders["plain"], Cipher(), letters),
            "encrypted": filled(folders["encrypted"], Cipher(made.key), letters),
        }
        libraries = {name: Library(store.database) for name, store in stores.items()}
        print(f"{letters} letters{'':24} {'plain ms':>10} {'enc. ms':>10} {'times':>8}")
        parts: dict[str, Callable[[str], object]] = {
            "list of letters": lambda name: stores[name].cases(),
            "one letter with its history": lambda name: stores[name].case(letters // 2),
            "search of the library": lambda name: libraries[name].search("low back special"),
        }
        sums = {"plain": 0.0, "encrypted": 0.0}
        for words, act in parts.items():
            taken = best({name: lambda name=name, act=act: act(name) for name in stores})
            row(words, taken["plain"], taken["encrypted"])
            sums = {name: sums[name] + taken[name] for name in sums}
        more = row("queries together", sums["plain"], sums["encrypted"])
        others: dict[str, Callable[[str], object]] = {
            "a commit": lambda name: stores[name].save_draft(1, "clinical_summary", "words " * 50),
            "a kept PDF of 24 kB read": lambda name: stores[name].pdf(1),
            "opening": lambda name: opened(stores[name], folders[name])(),
        }
        for words, act in others.items():
            taken = best({name: lambda name=name, act=act: act(name) for name in stores})
            row(words, taken["plain"], taken["encrypted"])
        unlock = best({"unlock": lambda: open_header(made.header, "a passphrase for measuring")}, 3)
        print(f"{'a try at a passphrase':34} {'':10} {unlock['unlock']:10.0f}")
        for store in stores.values():
            store.database.close()
    return 0 if more <= MOST else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS))
