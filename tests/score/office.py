"""What the kinds of office prints share: inks, dates, and places on a letter's pages."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import random

import pymupdf

Chance = random.Random
Document = pymupdf.Document
INKS = ((0.75, 0.05, 0.1), (0.1, 0.15, 0.6), (0, 0, 0), (0.35, 0.1, 0.45), (0.05, 0.4, 0.15))
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def some_pages(document: Document, chance: Chance) -> list[pymupdf.Page]:
    numbers = [n for n in range(len(document)) if document[n].get_text().strip()]
    chosen = {numbers[0], chance.choice(numbers), chance.choice(numbers)}
    return [document[n] for n in sorted(chosen)]


def spot(page: pymupdf.Page, chance: Chance) -> tuple[float, float]:
    return chance.uniform(70, page.rect.width - 170), chance.uniform(70, page.rect.height - 90)


def turned(at: pymupdf.Point, degrees: float) -> tuple[pymupdf.Point, pymupdf.Matrix]:
    return at, pymupdf.Matrix(degrees)


def date_words(chance: Chance) -> str:
    day, month, year = chance.randint(1, 28), chance.choice(MONTHS), chance.choice((2016, 2017))
    return chance.choice(
        (f"{month} {day:02d} {year}", f"{day} {month} {year}", f"{month} {day}, {year}")
    )
