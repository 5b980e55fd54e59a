"""What is private in a letter's texts: the people, numbers and places of its cover, and kinds of
numbers that tell of a person whatever the cover says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import permutations

import msgspec

from app.letter import Cover
from app.services.privacy.folding import fold, tokens
from app.services.privacy.kinds import find_kinds
from app.services.privacy.name_parts import HOUSE
from app.services.privacy.names import Found, Name
from app.services.privacy.numbers import Number
from app.services.privacy.ordinary import is_ordinary
from app.services.privacy.streets import Street, Zip, is_street, town_and_zip

_ROLE = re.compile(
    r"\b(?:claims?\s+(?:administrator|adjuster|examiner)|adjuster|examiner|(?:applicant|defense|defence)(?:['’]s)?\s+attorneys?|"
    r"attorneys?(?:\s+(?:for|at)(?:\s+the)?\s+\w+)?|counsel|employee|employer|injured\s+(?:worker|employee)|provider|"
    r"requesting\s+(?:physician|provider)|treating\s+(?:physician|provider)|primary|physician|doctor|patient|applicant|"
    r"defendant|carrier|insurer|division\s+of\s+workers['’]?\s+compensation|department\s+of\s+industrial\s+relations|"
    r"administrative\s+director|state\s+of\s+california|dwc|dir|imr|tpa|esq(?:uire)?|c/o|attn|attention|via|fax|phone|"
    r"tel(?:ephone)?|e-?mail|cc|copy|copies|to|the|representative|utilization\s+review|unit)\b\.?",
    re.I,
)
_PIECES = re.compile(r"[;:()\[\]\n\t]|\s[-\u2013\u2014]\s|,\s+(?=[A-Z][\w'’]+(?:\s+[A-Z&]|\s*$))")
_TITLED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss)\b\.?\s+((?:[A-Z][\w'’-]+\s?){1,3})|((?:[A-Z][\w'’.-]+\s){1,3}[A-Z][\w'’-]+),?\s+(?:M\.?D|D\.?O|D\.?C|Ph\.?D|Psy\.?D)\b"
)
_BETWEEN = re.compile(r"[\W_]{0,4}")
"""What may stand between the words of a chosen phrase."""
_DEGREES = re.compile(r"(?:,?\s+(?:[A-Z]\.){2,6}|,\s*[A-Z]{2,6})(?=\s*(?:,|$))")
_LONG_NUMBER = re.compile(r"(?<!\w)\(?\d[\d\s().\-/]{5,}\d(?!\w)")


class Reading(msgspec.Struct, frozen=True):
    """What was found in one text. `doubtful` are words of a name that read as ordinary words."""

    private: tuple[tuple[int, int], ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()


class PrivateTerms:
    """What is looked for: names by their parts, numbers by their digits, addresses, and kinds."""

    def __init__(
        self,
        names: Iterable[Name] = (),
        numbers: Iterable[Number] = (),
        streets: Iterable[Street] = (),
        zips: Iterable[Zip] = (),
        *,
        kinds: bool = True,
    ) -> None:
        self.names = tuple(name for name in names if name)
        self.numbers = tuple(number for number in numbers if number)
        self.streets = tuple(street for street in streets if street)
        self.zips = tuple(zips)
        self._kinds = kinds

    def __len__(self) -> int:
        return len(self.names) + len(self.numbers) + len(self.streets) + len(self.zips)

    @property
    def words(self) -> str:
        """What is looked for, in words: `2 names by their parts, 1 number by its digits`."""
        counts = (
            (len(self.names), "name by its parts", "names by their parts"),
            (len(self.numbers), "number by its digits", "numbers by their digits"),
            (len(self.streets) + len(self.zips), "part of an address", "parts of addresses"),
        )
        told = [f"{count} {one if count == 1 else more}" for count, one, more in counts if count]
        return ", ".join(told)

    def read(self, text: str, *, prose: bool = True) -> Reading:
        """Where in a text something private stands.

        What is no `prose`, such as the names of guidelines, has capitals of its own: there an
        ordinary word is never a name, and there is no doubt of it.
        """
        found = self.of_cover(text, prose=prose)
        sure = [(one.start, one.end) for one in found if one.sure]
        if self._kinds:
            sure += [seen.span for seen in find_kinds(text)]
        private = _joined(sure)
        doubtful = {
            (one.start, one.end)
            for one in found
            if not one.sure and not any(a <= one.start < b for a, b in private)
        }
        return Reading(tuple(private), tuple(sorted(doubtful)))

    def places(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where in a text something stands that goes."""
        return self.read(text).private

    def names_in(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where what the cover tells stands in a text, without what is known by its shape."""
        return _names_in(self, text)

    def of_cover(self, text: str, *, prose: bool = True) -> list[Found]:
        """All that the cover tells and a text repeats, sure or not."""
        if not len(self):
            return []
        words = tokens(text)
        found: list[Found] = []
        for name in self.names:
            found += name.find(text, words, prose=prose)
        for number in self.numbers:
            found += number.find(text)
        for street in self.streets:
            found += street.find(text, words)
        for code in self.zips:
            found += code.find(text)
        return found


def is_role(word: str) -> bool:
    """Whether a word says what somebody is, and not who."""
    return _ROLE.fullmatch(word) is not None or HOUSE.fullmatch(word) is not None


@lru_cache(maxsize=512)
def _names_in(terms: PrivateTerms, text: str) -> tuple[tuple[int, int], ...]:
    """Kept by value: while a letter is typed most of its texts stay as they are."""
    return tuple(_joined((one.start, one.end) for one in terms.of_cover(text) if one.sure))


@lru_cache(maxsize=16)
def terms_of(cover: Cover) -> PrivateTerms:
    """All that a cover tells of people: who, under which number, where they live, who gets copies."""
    return _CoverReading(cover).terms


def terms_of_phrases(phrases: Iterable[str]) -> PrivateTerms:
    """Phrases that somebody chose: each whole, however it is spaced, accented or hyphenated."""
    chosen = [phrase for phrase in phrases if fold(phrase)]
    return PrivateTerms(
        [Phrase(phrase) for phrase in chosen],
        [Number(phrase) for phrase in chosen if _is_number(phrase)],
        kinds=False,
    )


class Phrase(Name):
    """Words that go as a whole and wherever they stand: whoever typed them has decided."""

    _joining = _BETWEEN

    def __init__(self, text: str) -> None:
        super().__init__(text, person=False)
        self._left_out = frozenset[str]()
        self._words = [token.key for token in tokens(text)]
        shown = text.split()
        self._turned = 1 < len(shown) <= 3 and all(word[:1].isupper() for word in shown)

    @cached_property
    def keys(self) -> dict[str, bool]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The phrase run together; a person's name also in another order."""
        orders = permutations(self._words) if self._turned else [tuple(self._words)]
        return {"".join(order): False for order in orders}

    @cached_property
    def _near(self) -> tuple[str, ...]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return ()


class _CoverReading:
    """Takes a cover apart into what is looked for."""

    def __init__(self, cover: Cover) -> None:
        self._names: list[Name] = [Name(cover.employee)]
        self._numbers: list[Number] = []
        self._streets: list[Street] = []
        self._zips: list[Zip] = []
        self._seen: set[str] = set()
        for part in re.split(r"[\n;]|,\s|\s/\s|\s&\s|\sand\s", cover.claim_number):
            self._numbers.append(Number(part))
        if len(self._numbers) > 1:
            self._numbers.insert(0, Number(cover.claim_number))
        for text in (cover.provider, cover.addressee, cover.copies_to):
            for line in text.split("\n"):
                self._take_line(line)
        for match in _TITLED.finditer(cover.documents_reviewed):
            self._names.append(Name(match[1] or match[2]))
        self.terms = PrivateTerms(self._names, self._numbers, self._streets, self._zips)

    def _take_line(self, line: str) -> None:
        town = town_and_zip(line)
        if town is not None:
            self._take_town(*town)
            return
        for number in _LONG_NUMBER.findall(line):
            self._numbers.append(Number(number))
        if is_street(line):
            self._streets.append(Street(line))
            return
        line = _LONG_NUMBER.sub(" ", line)
        for piece in _pieces(line):
            self._take_name(piece)

    def _take_town(self, before: str, town: str, code: str) -> None:
        # The street may stand in the same line: 12 Elm Street, Fresno, CA 93701.
        if before.strip():
            self._take_line(before)
        self._names.append(Name(town, is_place=True))
        if code:
            self._zips.append(Zip(code))

    def _take_name(self, piece: str) -> None:
        key = fold(piece)
        if len(key) < 2 or key in self._seen:
            return
        self._seen.add(key)
        house = HOUSE.search(piece) is not None
        if not house and not any(word[:1].isupper() for word in piece.split()):
            return  # "all parties" names nobody
        self._names.append(Name(piece, person=not house))


def _pieces(line: str) -> Iterator[str]:
    """The names in a line, without what each is there for."""
    line = _DEGREES.sub("", line)
    whole = HOUSE.search(line) is None
    parts = re.split(_PIECES, line) if not _is_turned(line) or not whole else [line]
    for part in parts:
        named = _ROLE.sub(" ", part).strip(" ,.-/")
        if fold(named):
            yield named


def _is_turned(line: str) -> bool:
    """Whether it is one name with the surname first: Roe, Jane MD."""
    return (
        re.fullmatch(r"\s*[^,;:()\n]+,\s*[^,;:()\n]+(?:,\s*[A-Za-z.]{2,6}\.?)?\s*", line)
        is not None
    )


def _is_number(phrase: str) -> bool:
    digits = sum(char.isdigit() for char in phrase)
    return digits >= 4 and digits * 2 >= len(fold(phrase))


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


__all__ = ["Phrase", "PrivateTerms", "Reading", "is_ordinary", "terms_of", "terms_of_phrases"]
