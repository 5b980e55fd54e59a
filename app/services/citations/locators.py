"""Where in a guideline: page ranges and section names, as typed or as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from app.services.citations.known import KnownGuideline, letters_of

_PAGES = re.compile(
    r"^(?:page\s*\(s\)|pages?|pgs?|pp?)?\s*[.:]?\s*"
    r"(\d{1,4}(?:\s*[-–—,&]\s*(?:and\s+)?\d{1,4}){0,20})\s*(?:\([^()]{0,40}\))?\s*\.?$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")


class Locator(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, read: either `pages` (`303-304, 309`) or a `section`, with remarks."""

    pages: str | None = None
    section: str | None = None
    problems: tuple[str, ...] = ()


class PageRange(msgspec.Struct, frozen=True):
    """One run of pages, both ends included, and what was odd about how it was written."""

    first: int
    last: int
    abbreviated: bool = False
    reversed: bool = False


def page_ranges(text: str) -> tuple[PageRange, ...]:
    """The runs of pages in `303-4, 309`: abbreviated ends written out, reversed ones turned."""
    ranges: list[PageRange] = []
    for match in _RANGE.finditer(text):
        first = match.group(1)
        last = match.group(2) or first
        abbreviated = len(last) < len(first)
        if abbreviated:
            full = first[: len(first) - len(last)] + last
            # 309-4 cannot be an abbreviation of 309-304: it is taken as a reversed range
            last = full
        low, high = int(first), int(last)
        ranges.append(
            PageRange(min(low, high), max(low, high), abbreviated=abbreviated, reversed=high < low)
        )
    return tuple(ranges)


def as_written(ranges: tuple[PageRange, ...]) -> str:
    """Ranges the way the house writes them: `303-304, 309`."""
    return ", ".join(
        str(run.first) if run.first == run.last else f"{run.first}-{run.last}" for run in ranges
    )


def merged(ranges: Iterable[PageRange]) -> tuple[PageRange, ...]:
    """Ranges in the order of the pages; those that overlap or touch are one."""
    runs: list[PageRange] = []
    for run in sorted(ranges, key=lambda run: (run.first, run.last)):
        if runs and run.first <= runs[-1].last + 1:
            runs[-1] = PageRange(runs[-1].first, max(runs[-1].last, run.last))
        else:
            runs.append(PageRange(run.first, run.last))
    return tuple(runs)


def page_problems(text: str, guideline: KnownGuideline | None) -> tuple[str, ...]:
    """What cannot be right about the pages: reversed, or outside the guideline's own pages."""
    problems: list[str] = []
    for run in page_ranges(text):
        if run.reversed:
            problems.append(f"The page range {text} runs backwards.")
        if guideline is not None:
            problems.extend(_outside(run, guideline))
    return tuple(dict.fromkeys(problems))


def _outside(run: PageRange, guideline: KnownGuideline) -> tuple[str, ...]:
    first, last = guideline.first_page, guideline.last_page
    if first is None or last is None or (run.first >= first and run.last <= last):
        return ()
    pages = as_written((run,))
    if guideline.pages_confirmed:
        return (f"Page {pages} is not in {guideline.title}, which has pages {first}-{last}.",)
    return (
        f"Page {pages} may not be in {guideline.title}: its pages are thought to be "
        f"{first}-{last} (not confirmed).",
    )


def read_locator(text: str, guideline: KnownGuideline | None = None) -> Locator:
    """Pages or a section name as typed: `10-15`, `303-4`, `p. 303`, `special studies`.

    Pages come back written out, a section in the guideline's own spelling where it has one or
    where only one of its sections begins so. Problems are sentences for the user. Never raises.
    """
    typed = " ".join(text.split())
    if not typed:
        return Locator()
    match = _PAGES.match(typed)
    if match is None:
        return _read_section(typed, guideline)
    printed = match.group(1)
    ranges = page_ranges(printed)
    pages = as_written(ranges)
    problems = [
        f"{printed} is short for {pages}." for run in ranges if run.abbreviated and not run.reversed
    ]
    problems.extend(page_problems(printed, guideline))
    return Locator(pages=pages, problems=tuple(dict.fromkeys(problems)))


def _read_section(typed: str, guideline: KnownGuideline | None) -> Locator:
    if guideline is None or not guideline.sections:
        return Locator(section=typed)
    wanted = letters_of(typed)
    names = [section.name for section in guideline.sections]
    for fits in (
        [name for name in names if letters_of(name) == wanted],
        [name for name in names if wanted and letters_of(name).startswith(wanted)],
    ):
        if len(fits) == 1:
            return Locator(section=fits[0])
    if all(section.topic for section in guideline.sections):
        return Locator(section=typed)  # topics alone: the guideline's own headings are not known
    from rapidfuzz import fuzz, process

    _, score, position = process.extractOne(wanted, list(map(letters_of, names)), scorer=fuzz.ratio)
    if score >= 85:
        name = names[position]
        return Locator(section=name, problems=(f"“{typed}” is taken as “{name}”.",))
    return Locator(
        section=typed, problems=(f"{guideline.title} has no section “{typed}” that is known here.",)
    )
