"""The guidelines that are known, and the many ways letters spell their names.

Hides where the program's own are kept (`resources/guidelines/*.json`) and how a name is looked
up: by its words alone, so that commas, ampersands, "and" and letter case never matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property, lru_cache

import msgspec
from msgspec.structs import replace

from app.letter import Source
from app.paths import RESOURCES
from app.services.citations.drug_values import DrugList
from app.services.citations.force import Adoption

GUIDELINES = RESOURCES / "guidelines"
FILES = ("mtus.json", "odg.json", "others.json")
TOPICS = "topics.json"

_WORD = re.compile(r"[^\W_]+")


class Sure(StrEnum):
    """How well the facts of an entry can be trusted."""

    HIGH = "high"
    """Seen on the division's own page."""
    MEDIUM = "medium"
    """From the trade press."""
    DATE = "date"
    """The day of the order is known, the text it adopts is not."""


class KnownSection(msgspec.Struct, frozen=True, kw_only=True):
    """A section or topic as letters name it. `pages` is where it is printed, if paged; `topic`
    tells a name for what is dealt with, where nobody saw how the guideline heads it."""

    name: str
    pages: str = ""
    confirmed: bool = False
    topic: bool = False


class KnownGuideline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One block of the data files.

    `title` is the name in letters since 2016, `titles_2014` the names the older letters print.
    `doubtful_from` is the day from which nobody has verified that it is still in force;
    everything not marked confirmed is unconfirmed. `sources` are where its facts were seen,
    `sure` is how well those can be trusted.
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
    adoption: Adoption = Adoption.DATED
    superseded_by: str = ""
    sure: Sure | None = None
    sources: tuple[str, ...] = ()
    note: str = ""


class GuidelineFile(msgspec.Struct, frozen=True, kw_only=True):
    """A data file: `version` goes up whenever an entry of it changes.

    `as_of` is the day its facts were last looked at: what was in force then is not verified for
    any later day. `sources` are addresses by the names the entries call them.
    """

    about: str
    version: int
    entries: tuple[KnownGuideline, ...]
    as_of: date | None = None
    sources: dict[str, str] = {}


class _Topics(msgspec.Struct, frozen=True):
    """Names of topics for the entries whose keys begin with one of `keys`."""

    keys: tuple[str, ...]
    topics: tuple[str, ...]


class _TopicFile(msgspec.Struct, frozen=True):
    about: str
    groups: tuple[_Topics, ...]


@cache
def guideline_files() -> tuple[GuidelineFile, ...]:
    """All data files, by file name. Read once."""
    decoder = msgspec.json.Decoder(GuidelineFile)
    files = (decoder.decode((GUIDELINES / name).read_bytes()) for name in FILES)
    return tuple(completed(file) for file in files)


@cache
def _topics() -> tuple[_Topics, ...]:
    return msgspec.json.decode((GUIDELINES / TOPICS).read_bytes(), type=_TopicFile).groups


def completed(file: GuidelineFile) -> GuidelineFile:
    """The file with what it says of all its entries, and the topics that are known of their
    chapters, written into each of them."""
    return replace(file, entries=tuple(_completed(one, file) for one in file.entries))


def _completed(entry: KnownGuideline, file: GuidelineFile) -> KnownGuideline:
    sources = tuple(file.sources.get(source, source) for source in entry.sources)
    named = {letters_of(section.name) for section in entry.sections}
    added = tuple(
        KnownSection(name=name, topic=True)
        for group in _topics()
        if entry.key.startswith(group.keys)
        for name in group.topics
        if letters_of(name) not in named
    )
    doubtful = entry.doubtful_from
    open_ended = entry.effective_from is not None and entry.effective_to is None
    if file.as_of is not None and doubtful is None and open_ended:
        doubtful = file.as_of + timedelta(days=1)
    return replace(
        entry, sources=sources, sections=(*entry.sections, *added), doubtful_from=doubtful
    )


@lru_cache(maxsize=512)
def words_of(name: str) -> str:
    """A name as its words alone: lower case, one space between, without "and" and "the"."""
    return " ".join(word for word in _WORD.findall(name.lower()) if word not in ("and", "the"))


@lru_cache(maxsize=512)
def letters_of(name: str) -> str:
    """A name as its letters and digits alone, for names broken by a line end."""
    return "".join(_WORD.findall(name.lower()))


class Spellings:
    """Names by their words, for finding one at the start or the end of a stretch of text."""

    def __init__(self, names: dict[str, str]) -> None:
        """`names` maps every spelling to the name it stands for."""
        by_words = ((words_of(spelling), name) for spelling, name in names.items())
        self.names = {words: name for words, name in by_words if words}
        self._begins = _beginnings(name.split(" ") for name in self.names)
        self._ends = _beginnings(name.split(" ")[::-1] for name in self.names)

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
            if tuple(spoken) not in self._begins:
                break
            name = self.names.get(" ".join(spoken))
            if name is not None:
                found = name, match.end()
        return found

    def at_end(self, text: str) -> tuple[str, int] | None:
        """The longest name the text ends with, and where in the text it begins."""
        found: tuple[str, int] | None = None
        spoken: list[str] = []
        for match in reversed(list(_WORD.finditer(text[-200:]))):
            word = match.group().lower()
            if word in ("and", "the"):
                continue
            spoken.append(word)
            if tuple(spoken) not in self._ends:
                break
            name = self.names.get(" ".join(reversed(spoken)))
            if name is not None:
                found = name, max(0, len(text) - 200) + match.start()
        return found

    def nearest(self, text: str) -> str | None:
        """The name the text most likely misspells (nine letters in ten agree), or None."""
        from rapidfuzz import fuzz, process

        best = process.extractOne(
            words_of(text[:200]), list(self.names), scorer=fuzz.ratio, score_cutoff=88
        )
        return None if best is None else self.names[best[0]]


def _beginnings(names: Iterable[list[str]]) -> frozenset[tuple[str, ...]]:
    """All that names begin with, word by word: where it stops being one, no name goes on."""
    return frozenset(tuple(name[:end]) for name in names for end in range(1, len(name) + 1))


class Guidelines:
    """Some guidelines, found by their names, numbers and years. Never changes once it is made.

    Of two that share a spelling the earlier one has it; a title goes before any other spelling.
    """

    def __init__(
        self, entries: Iterable[KnownGuideline], own_drug_lists: tuple[DrugList, ...] = ()
    ) -> None:
        """`own_drug_lists` are the versions of the MTUS Drug List that were read in."""
        self.entries = tuple(entries)
        self.own_drug_lists = own_drug_lists
        self._section_names: dict[tuple[Source, str], dict[str, str]] = {}

    def with_own(
        self, own: Iterable[KnownGuideline], drug_lists: tuple[DrugList, ...] = ()
    ) -> Guidelines:
        """These and the user's own, which may correct facts of these but take none of their names.

        One with the key, title and edition of one of these stands in its place; it keeps the
        spellings and sections that letters print, whatever the user made of them.
        """
        entries = {entry.key: entry for entry in self.entries}
        for entry in own:
            there = entries.get(entry.key)
            if there is not None and _name(there) == _name(entry):
                entries[entry.key] = self._corrected(there, entry)
            else:
                entries[f"own {entry.key}"] = replace(entry, aliases=self._free(entry))
        return Guidelines(entries.values(), drug_lists or self.own_drug_lists)

    def _corrected(self, there: KnownGuideline, entry: KnownGuideline) -> KnownGuideline:
        names = {letters_of(section.name) for section in entry.sections}
        missing = (one for one in there.sections if letters_of(one.name) not in names)
        return replace(
            entry,
            titles_2014=there.titles_2014,
            aliases=(*there.aliases, *self._free(entry)),
            sections=(*entry.sections, *missing),
        )

    def _free(self, entry: KnownGuideline) -> tuple[str, ...]:
        """The spellings of an entry that none of these has."""
        taken = (self._spellings(entry.source), self.mtus_titles_2014)
        return tuple(a for a in entry.aliases if not any(t.get(a) is not None for t in taken))

    def _spellings(self, *sources: Source) -> Spellings:
        spellings: dict[str, str] = {}
        for source in sources:
            mine = [entry for entry in self.entries if entry.source is source]
            own: dict[str, str] = {}
            for entry in mine:
                for alias in entry.aliases:
                    own.setdefault(alias, entry.title)
            spellings |= own | {entry.title: entry.title for entry in mine}
        return Spellings(spellings)

    @cached_property
    def mtus_titles(self) -> Spellings:
        """Titles of the MTUS as letters since 2016 print them, and their other spellings."""
        return self._spellings(Source.MTUS)

    @cached_property
    def mtus_titles_2014(self) -> Spellings:
        """Names ending in "Guidelines" that the older letters print; each stands for itself."""
        return Spellings({title: title for entry in self.entries for title in entry.titles_2014})

    @cached_property
    def mtus_titles_by_year(self) -> dict[tuple[str, str], str]:
        """(words of a name, year) -> title of the guideline that has an edition of that year.

        Names may be shortened: "Low Back 2020" is Low Back Disorders, "Low Back 2004" Complaints.
        """
        found: dict[tuple[str, str], str] = {}
        mtus = [entry for entry in self.entries if entry.source is Source.MTUS]
        for entry in mtus:
            short = re.sub(r" (?:Complaints|Disorders|Treatment)$", "", entry.title)
            for name in (*entry.aliases, short):
                found.setdefault((words_of(name), entry.edition), entry.title)
        for entry in mtus:
            found[words_of(entry.title), entry.edition] = entry.title
        return found

    @cached_property
    def mtus_chapters(self) -> dict[str, str]:
        """ACOEM chapter number -> title."""
        found: dict[str, str] = {}
        for entry in self.entries:
            if entry.chapter and entry.source is Source.MTUS:
                found.setdefault(entry.chapter, entry.title)
        return found

    @cached_property
    def odg_chapters(self) -> Spellings:
        """Chapters of the ODG under all their spellings."""
        return self._spellings(Source.ODG)

    @cached_property
    def other_titles(self) -> Spellings:
        """Sources of no publisher named here, such as `UpToDate`."""
        return self._spellings(Source.OTHER)

    @cached_property
    def acoem_titles(self) -> Spellings:
        """Titles of ACOEM guidelines cited apart from the MTUS."""
        return self._spellings(Source.MTUS, Source.ACOEM)

    @cached_property
    def _by_title(self) -> dict[tuple[Source, str], tuple[KnownGuideline, ...]]:
        found: dict[tuple[Source, str], tuple[KnownGuideline, ...]] = {}
        for entry in self.entries:
            for title in {entry.title, *entry.titles_2014}:
                key = entry.source, words_of(title)
                found[key] = (*found.get(key, ()), entry)
        return found

    def editions(self, source: Source, title: str) -> tuple[KnownGuideline, ...]:
        """Every edition under that title (also an older name of it), as they are ordered here."""
        return self._by_title.get((source, words_of(title)), ())

    def section_names(self, source: Source, title: str) -> dict[str, str]:
        """Section names of all editions under that title: letters alone -> as printed."""
        names = self._section_names.get((source, title))
        if names is None:
            names = {
                letters_of(section.name): section.name
                for entry in self.editions(source, title)
                for section in entry.sections
            }
            self._section_names[source, title] = names
        return names


def _name(entry: KnownGuideline) -> tuple[Source, str, str]:
    return entry.source, words_of(entry.title), entry.edition


@cache
def standard_guidelines() -> Guidelines:
    """The guidelines of the data files, oldest edition first."""
    return Guidelines(entry for file in guideline_files() for entry in file.entries)


def known_guidelines() -> tuple[KnownGuideline, ...]:
    """Every guideline of the data files."""
    return standard_guidelines().entries


def editions(source: Source, title: str) -> tuple[KnownGuideline, ...]:
    """Every edition in the data files under that title (also an older name of it)."""
    return standard_guidelines().editions(source, title)
