"""What may be typed for the place in a guideline: pages, sections, or both, parted by semicolons.

Section names hold commas, numbers and colons, so a semicolon is the only mark that parts two
places; `Special Studies p. 303` needs none.
"""

from __future__ import annotations

import re

import msgspec

from app.services.citations import Style, read_locator
from app.services.citations.known import KnownGuideline, KnownSection, letters_of
from app.ui.citing.rows import Row

_PAGES_BEHIND = re.compile(
    r"^(?P<section>.*\D)[\s,]+(?P<pages>p(?:age|g|p)?s?(?:\(s\))?[.:\s]+\d.*)$", re.IGNORECASE
)
_PAGE_LIKE = re.compile(r"^\W*(?:p(?:age|g|p)?s?\W*)?\d[\d\s,&–-]*$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
MOST_COMPLETIONS = 60


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place as typed, read. Problems are sentences for the user."""

    sections: tuple[str, ...] = ()
    pages: str | None = None
    problems: tuple[str, ...] = ()


def read_place(typed: str, guideline: KnownGuideline | None) -> Place:
    """Pages and sections of `typed`, in the guideline's own spelling. Never raises."""
    sections: list[str] = []
    pages: list[str] = []
    problems: list[str] = []
    for part in _parts(typed):
        read = read_locator(part, guideline)
        problems.extend(read.problems)
        if read.pages:
            pages.append(read.pages)
        elif read.section and read.section not in sections:
            sections.append(read.section)
    return Place(
        sections=tuple(sections),
        pages=", ".join(pages) or None,
        problems=tuple(dict.fromkeys(problems)),
    )


def _parts(typed: str) -> list[str]:
    parts: list[str] = []
    for part in typed.split(";"):
        both = _PAGES_BEHIND.match(part.strip())
        parts.extend([both["section"], both["pages"]] if both else [part])
    return [part.strip(" ,") for part in parts if part.strip(" ,")]


def last_part(typed: str) -> tuple[str, str]:
    """The text up to and with the last semicolon, and what is being typed behind it."""
    head, mark, tail = typed.rpartition(";")
    return (f"{head}{mark} " if mark else "", tail.strip())


def completions(typed: str, guideline: KnownGuideline | None, style: Style) -> tuple[Row, ...]:
    """The guideline's sections that fit what is being typed, the closest first.

    A row's value is the whole line once it is taken. Where the letter cites pages, a topic
    brings the pages it is printed on.
    """
    head, part = last_part(typed)
    if guideline is None or _PAGE_LIKE.match(part):
        return ()
    wanted = tuple(word.lower() for word in _WORD.findall(part))
    taken = {letters_of(one) for one in head.split(";")}
    found: list[tuple[tuple[int, int], KnownSection]] = []
    for place, section in enumerate(guideline.sections):
        rank = _rank(section.name, part, wanted)
        if rank is not None and letters_of(section.name) not in taken:
            found.append(((rank, place), section))
    found.sort(key=lambda pair: pair[0])
    return tuple(_row(section, head, wanted, style) for _, section in found[:MOST_COMPLETIONS])


def _rank(name: str, part: str, wanted: tuple[str, ...]) -> int | None:
    """How close a section is to the typed words, 0 the closest; None where it does not fit."""
    if not wanted:
        return 0
    if letters_of(name).startswith(letters_of(part)):
        return 0
    words = [word.lower() for word in _WORD.findall(name)]
    if all(any(word.startswith(w) for word in words) for w in wanted):
        return 1
    from rapidfuzz import fuzz

    typed = " ".join(wanted)
    close = len(typed) > 3 and fuzz.partial_ratio(typed, " ".join(words)) >= 80
    return 2 if close else None


def _row(section: KnownSection, head: str, wanted: tuple[str, ...], style: Style) -> Row:
    line = head + section.name
    if section.pages and style is Style.PAGES_2014:
        line += f"; {section.pages}"
    note = ""
    if section.pages:
        note = f"p. {section.pages}" if section.confirmed else f"p. {section.pages}, not confirmed"
    return Row(title=section.name, value=line, note=note, lit=wanted)
