"""The guidelines the program knows by itself, and the many ways letters spell their names.

Hides where that knowledge is kept (`resources/guidelines/*.json`) and how a name is looked up:
by its words alone, so that commas, ampersands, "and" and letter case never matter.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from app.letter import Source

GUIDELINES = Path(__file__).resolve().parents[3] / "resources" / "guidelines"
FILES = ("mtus.json", "odg.json", "others.json")

LONGEST_NAME = 14
"""No known name has more words than this; look-ups stop there."""

_WORD = re.compile(r"[^\W_]+")


class KnownSection(msgspec.Struct, frozen=True, kw_only=True):
    """A section or topic as letters name it. `pages` is where it is printed, if paged."""

    name: str
    pages: str = ""
    confirmed: bool = False


class KnownGuideline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One block of the data files.

    `title` is the name in letters since 2016, `titles_2014` the names the older letters print.
    `doubtful_from` is the day from which nobody has verified that it is still in force;
    everything not marked confirmed is unconfirmed.
    """

    key: str
    kind: str
    source: Source
    title: str
    publisher: str = ""
    chapter: str = ""
    edition: str = ""
    publication_date: date | None = None
    titles_2014: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()
    sections: tuple[KnownSection, ...] = ()
    first_page: int | None = None
    last_page: int | None = None
    pages_confirmed: bool = False
    regulation: str = ""
    regulation_confirmed: bool = False
    effective_from: date | None = None
    effective_to: date | None = None
    dates_confirmed: bool = False
    doubtful_from: date | None = None
    superseded_by: str = ""
    note: str = ""


class GuidelineFile(msgspec.Struct, frozen=True, kw_only=True):
    """A data file: `version` goes up whenever an entry of it changes."""

    about: str
    version: int
    entries: tuple[KnownGuideline, ...]


@cache
def guideline_files() -> tuple[GuidelineFile, ...]:
    """All data files, by file name. Read once."""
    decoder = msgspec.json.Decoder(GuidelineFile)
    return tuple(decoder.decode((GUIDELINES / name).read_bytes()) for name in FILES)


def known_guidelines() -> tuple[KnownGuideline, ...]:
    """Every guideline of the data files."""
    return tuple(entry for file in guideline_files() for entry in file.entries)


def words_of(name: str) -> str:
    """A name as its words alone: lower case, one space between, without "and" and "the"."""
    return " ".join(word for word in _WORD.findall(name.lower()) if word not in ("and", "the"))


def letters_of(name: str) -> str:
    """A name as its letters and digits alone, for names broken by a line end."""
    return "".join(_WORD.findall(name.lower()))


class Spellings:
    """Names by their words, for finding one at the start or the end of a stretch of text."""

    def __init__(self, names: dict[str, str]) -> None:
        """`names` maps every spelling to the name it stands for."""
        self.names = {words_of(spelling): name for spelling, name in names.items()}

    def get(self, text: str) -> str | None:
        """The name the whole text spells, or None."""
        return self.names.get(words_of(text))

    def at_start(self, text: str) -> tuple[str, int] | None:
        """The longest name the text begins with, and where in the text it ends."""
        found: tuple[str, int] | None = None
        spoken: list[str] = []
        for match in _WORD.finditer(text):
            word = match.group().lower()
            if word in ("and", "the"):
                continue
            spoken.append(word)
            name = self.names.get(" ".join(spoken))
            if name is not None:
                found = name, match.end()
            if len(spoken) == LONGEST_NAME:
                break
        return found

    def at_end(self, text: str) -> tuple[str, int] | None:
        """The longest name the text ends with, and where in the text it begins."""
        found: tuple[str, int] | None = None
        spoken: list[str] = []
        for match in reversed(list(_WORD.finditer(text[-200:]))):
            word = match.group().lower()
            if word in ("and", "the"):
                continue
            spoken.insert(0, word)
            name = self.names.get(" ".join(spoken))
            if name is not None:
                found = name, max(0, len(text) - 200) + match.start()
            if len(spoken) == LONGEST_NAME:
                break
        return found

    def nearest(self, text: str) -> str | None:
        """The name the text most likely misspells (nine letters in ten agree), or None."""
        from rapidfuzz import fuzz, process

        best = process.extractOne(
            words_of(text[:200]), list(self.names), scorer=fuzz.ratio, score_cutoff=88
        )
        return None if best is None else self.names[best[0]]


def _spellings(source: Source) -> dict[str, str]:
    spellings: dict[str, str] = {}
    for entry in known_guidelines():
        if entry.source is source:
            for alias in entry.aliases:
                spellings.setdefault(alias, entry.title)
    for entry in known_guidelines():
        if entry.source is source:
            spellings[entry.title] = entry.title
    return spellings


@cache
def mtus_titles() -> Spellings:
    """Titles of the MTUS as letters since 2016 print them, and their other spellings."""
    return Spellings(_spellings(Source.MTUS))


@cache
def mtus_titles_2014() -> Spellings:
    """Names ending in "Guidelines" that the older letters print; each stands for itself."""
    return Spellings({title: title for entry in known_guidelines() for title in entry.titles_2014})


@cache
def mtus_titles_by_year() -> dict[tuple[str, str], str]:
    """(words of a name, year) -> title of the guideline that has an edition of that year.

    Names may be shortened: "Low Back 2020" is Low Back Disorders, "Low Back 2004" Complaints.
    """
    found: dict[tuple[str, str], str] = {}
    for entry in known_guidelines():
        if entry.source is Source.MTUS:
            short = re.sub(r" (?:Complaints|Disorders|Treatment)$", "", entry.title)
            for name in (*entry.aliases, short):
                found.setdefault((words_of(name), entry.edition), entry.title)
    for entry in known_guidelines():
        if entry.source is Source.MTUS:
            found[words_of(entry.title), entry.edition] = entry.title
    return found


@cache
def odg_chapters() -> Spellings:
    """Chapters of the ODG under all their spellings."""
    return Spellings(_spellings(Source.ODG))


@cache
def acoem_titles() -> Spellings:
    """Titles of ACOEM guidelines cited apart from the MTUS."""
    return Spellings(_spellings(Source.MTUS) | _spellings(Source.ACOEM))


@cache
def _by_title() -> dict[tuple[Source, str], tuple[KnownGuideline, ...]]:
    found: dict[tuple[Source, str], tuple[KnownGuideline, ...]] = {}
    for entry in known_guidelines():
        for title in {entry.title, *entry.titles_2014}:
            key = entry.source, words_of(title)
            found[key] = (*found.get(key, ()), entry)
    return found


def editions(source: Source, title: str) -> tuple[KnownGuideline, ...]:
    """Every known edition under that title (also an older name of it), oldest first."""
    return _by_title().get((source, words_of(title)), ())


@cache
def mtus_chapters() -> dict[str, str]:
    """ACOEM chapter number -> title."""
    return {entry.chapter: entry.title for entry in known_guidelines() if entry.chapter}


@cache
def section_names(source: Source, title: str) -> dict[str, str]:
    """Known section names of all editions under that title: letters alone -> as printed."""
    return {
        letters_of(section.name): section.name
        for entry in editions(source, title)
        for section in entry.sections
    }
