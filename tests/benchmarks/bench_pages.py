"""How fast pages come, beside a bare drawing of the same page in the same run.

Run with `python -m tests.benchmarks.bench_pages`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pymupdf
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.services.pdf import GuardedReader, Word, read
from app.ui.jobs import Jobs
from app.ui.pages import PageView

PAGES = 24
ROUNDS = 12
LINE = "The knee brace was asked for after an injury of the left knee at work in 2003; it"


class Document(NamedTuple):
    data: bytes
    words: tuple[tuple[Word, ...], ...]


def dense_letter(pages: int, mark: str = "") -> Document:
    """A letter as full as a real one: 46 lines a page."""
    made = pymupdf.open()
    for number in range(1, pages + 1):
        page = made.new_page(width=612, height=792)
        page.insert_text((72, 50), f"Page {number} {mark}", fontname="tibo", fontsize=12)
        for line in range(46):
            page.insert_text((72, 80 + 14 * line), LINE, fontname="tiro", fontsize=12)
    data = made.tobytes()
    made.close()
    return Document(data, tuple(page.words for page in read(data).pages))


def wait_until(true: Callable[[], bool]) -> None:
    start = perf_counter()
    while not true():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if perf_counter() - start > 20:
            raise TimeoutError


class Bench:
    def __init__(self) -> None:
        self.jobs = Jobs()
        self.reader = GuardedReader()
        # Wakes `wait_until` where nothing else happens.
        self.heartbeat = QTimer(interval=1)
        self.heartbeat.start()
        self.view = PageView(self.jobs)
        self.view.resize(900, 1000)
        self.view.show()
        self.letter = dense_letter(PAGES)
        self.view.show_document(self.reader.pictures(self.letter.data), self.letter.words)
        self.view.set_zoom(1.0)
        wait_until(self.at_rest)

    def at_rest(self) -> bool:
        return not self.view.is_settling and not self.jobs.busy

    def is_sharp(self) -> bool:
        return self.view.drawings.sharp(self.view.current_page) is not None

    def shows_something(self) -> bool:
        return self.view.drawings.rough(self.view.current_page) is not None

    def bare(self, *, opening: bool) -> float:
        """A drawing without any window: of an open letter, or of one that is opened for it."""
        scale = self.view.drawings.look.scale
        times: list[float] = []
        pictures = self.reader.pictures(self.letter.data)
        for page in range(1, ROUNDS + 1):
            start = perf_counter()
            if opening:
                pictures = self.reader.pictures(self.letter.data)
            pictures.draw(page, scale)
            times.append((perf_counter() - start) * 1000)
        return median(times)

    def open_letter(self, letter: Document) -> None:
        self.view.show_document(self.reader.pictures(letter.data), letter.words)

    def first_pages(self, ready: Callable[[], bool]) -> float:
        """From the bytes of a letter to its first page on the screen."""
        letters = [dense_letter(2, str(number)) for number in range(ROUNDS)]
        times: list[float] = []
        for letter in letters:
            start = perf_counter()
            self.open_letter(letter)
            wait_until(ready)
            times.append((perf_counter() - start) * 1000)
            wait_until(self.at_rest)
        self.open_letter(self.letter)
        wait_until(self.at_rest)
        return median(times)

    def turns(self, ready: Callable[[], bool], pause: bool) -> list[float]:
        """Each turn through all pages; with a pause the next page was drawn ahead."""
        self.open_letter(self.letter)
        wait_until(self.at_rest if pause else self.shows_something)
        times: list[float] = []
        for page in range(2, PAGES + 1):
            start = perf_counter()
            self.view.go_to_page(page)
            wait_until(ready)
            times.append((perf_counter() - start) * 1000)
            if pause:
                wait_until(self.at_rest)
        return times

    def longest_blank(self) -> float:
        return max(self.turns(self.shows_something, pause=False))

    def most_cached(self) -> int:
        most = 0
        for zoom in (1.0, 2.0, 3.0, 4.0, 5.0):
            self.view.set_zoom(zoom)
            for page in range(1, 7):
                self.view.go_to_page(page)
                wait_until(self.at_rest)
                most = max(most, self.view.drawings.cached_bytes)
        return most


def main() -> None:
    application = QApplication([])
    bench = Bench()
    bare = bench.bare(opening=False)
    cold = bench.bare(opening=True)
    ahead = bench.turns(bench.is_sharp, pause=True)
    fast = bench.turns(bench.is_sharp, pause=False)
    rows = [
        ("bare drawing of one page", bare, bare),
        ("bare opening and drawing of one page", cold, cold),
        ("opening a letter, something shown", bench.first_pages(bench.shows_something), cold),
        ("opening a letter, first page sharp", bench.first_pages(bench.is_sharp), cold),
        ("turning to the next page, sharp (median)", median(ahead), bare),
        ("turning without a pause, sharp (95 %)", quantiles(fast, n=20)[-1], bare),
        ("longest blank while turning fast", bench.longest_blank(), bare),
    ]
    print(f"{'what':44}{'ms':>9}{'x bare':>9}")
    for what, time, against in rows:
        print(f"{what:44}{time:9.1f}{time / against:9.2f}")
    print(f"{'most kept in pictures, MB':44}{bench.most_cached() / 2**20:9.1f}")
    bench.view.clear()
    bench.jobs.wait_for_done(5000)
    bench.reader.close()
    application.quit()


if __name__ == "__main__":
    main()
