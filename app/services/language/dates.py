"""Days: every way a letter, a record or a typing hand writes one, and the one way letters print it.

Months come first, as everywhere in these letters, unless the year does. Of two digits for a year
one rule makes four. Looking through a text costs two passes of patterns that begin with a set of
characters; a month's name is looked for only where a year stands that may belong to one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

import msgspec
from msgspec.structs import replace

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH_OF = {name: at for at, name in enumerate(MONTHS, 1)} | {
    short: at for at, name in enumerate(MONTHS, 1) for short in (name[:3], name[:4])
}
_BY_PREFIX = {name[:3]: at for at, name in enumerate(MONTHS, 1)}
_ANY_CASE = "|".join("".join(f"[{c.upper()}{c}]" for c in name[:3]) for name in MONTHS)
_NAME = rf"(?:{_ANY_CASE})[A-Za-z]{{0,7}}"
_DIGIT = "[0-9OolISBZ|]"
_AS_DIGITS = str.maketrans("OolISBZ|", "00115821")
_DASHES = "\u2010\u2011\u2012\u2013-"
_ORDINAL = "(?:st|nd|rd|th)?"
_NUMERIC = re.compile(
    rf"(?P<m>{_DIGIT}{{1,2}})\s?(?P<sep>[/.{_DASHES}])\s?(?P<d>{_DIGIT}{{1,2}})"
    rf"\s?(?P=sep)\s?(?P<y>{_DIGIT}{{4}}|[0-9]{{2}})(?![0-9])"
)
_YEAR_FIRST = re.compile(
    r"(?P<y>[12][09][0-9]{2})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})(?![0-9])"
)
_MONTH_FIRST = re.compile(
    rf"(?P<name>{_NAME})(?:\.?\s+|\.|[-/])(?P<d>[0-9]{{1,2}}){_ORDINAL}"
    r"(?:\s*[,.]\s*(?:of\s+)?|\s+(?:of\s+)?|(?P<tied>[-/]))"
    r"(?:(?P<y>[0-9]{4})|['\u2019](?P<short>[0-9]{2})|(?(tied)(?P<two>[0-9]{2})|(?!)))(?![0-9])"
)
_DAY_FIRST = re.compile(
    rf"(?P<d>[0-9]{{1,2}}){_ORDINAL}(?:\s+(?:day\s+)?(?:of\s+)?|[-/.]|)(?P<name>{_NAME})"
    r"(?:\.?,?\s+(?:of\s+)?|(?P<tied>[-/.])|)"
    r"(?:(?P<y>[0-9]{4})|['\u2019](?P<short>[0-9]{2})|(?(tied)(?P<two>[0-9]{2})|(?!)))(?![0-9])"
)
_SIGNS_OF_MONTHS = (
    re.compile(r"[0-9](?<=[^-/0-9][0-9])[0-9]{3}(?![0-9])"),
    re.compile(r"[-/'\u2019](?<![0-9][-/])[0-9]{1,4}(?![0-9])"),
)
"""Years behind a word or a comma, figures tied to one: no numeric date has them, every named one does."""
_NAME_NEARBY = re.compile(_ANY_CASE)
_LONGEST = 40
"""Characters of a date that names its month."""
_COMPACT = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{8}|[0-9]{6})(?![0-9A-Za-z])")
_LOOSE = re.compile(
    rf"(?P<one>[0-9]{{1,4}})[\s/.{_DASHES}]{{1,3}}(?P<two>[0-9]{{1,2}})[\s/.{_DASHES}]{{1,3}}(?P<three>[0-9]{{1,4}})"
)
_NUMBERED = re.compile(
    r"(?:§|\b(?:sections?|sec|chapters?|ch|version|v|no|item|part)\.?)\s*$", re.I
)
"""Before figures with full stops between them: no date, but a place in a book."""
_TO = re.compile(rf"\s*(?:[{_DASHES}]|\bto\b|\bthrough\b|\bthru\b|\buntil\b)\s*")
_BIRTH = re.compile(
    r"\b(?:date of birth\b|birth ?(?:date|day)\b|DOB\b|D\.O\.B\b\.?|born\b)(?:\s+of\b)?[:\s]*(?:(?:is|was)\s+)?(?:(?:given|told|listed|recorded|noted|reported|shown)\s+)?(?:as\s+|on\s+)?",
    re.I,
)
_SECOND_BIRTH = re.compile(
    r",?\s+(?:and|but|or|then|versus|vs\.?)\s+(?:(?:later|elsewhere|then)\s+)?(?:as\s+|on\s+)?",
    re.I,
)
"""Between two days told of one birth."""
_BORN_IN = re.compile(
    r"\bborn (?:in|during)\s+(?:the (?:year|spring|summer|fall|autumn|winter) (?:of )?)?(?:[A-Z][a-z]+\.?,?\s+(?:of\s+)?)?(?:19|20)\d\d"
)
_ONLY_MARKS = " \t\n\u00a0,.;:()[]"
_NEXT_CENTURY = {False: 40, True: 13}
"""By whether a birth is meant: from this two-digit year on, the last century is. Nobody who is younger works."""


class DateFound(msgspec.Struct, frozen=True):
    """A date as printed.

    `value` is None where no calendar has such a day; `parts` are year, month and day all the same.
    `mended` where letters were read as digits.
    """

    value: date | None
    text: str
    start: int
    end: int
    parts: tuple[int, int, int]
    mended: bool = False


class PartialDate(msgspec.Struct, frozen=True):
    """A month or a year as printed: all days from `first` to `last` may be meant."""

    first: date
    last: date
    text: str
    start: int
    end: int


def find_dates(text: str, birth: bool = False) -> tuple[DateFound, ...]:
    """Every date in running text, in order. `birth` where a two-digit year is one of birth."""
    return _find(text, birth)


@lru_cache(maxsize=1024)
def _find(text: str, birth: bool) -> tuple[DateFound, ...]:
    """Kept by value: the same text is asked for its dates several times."""
    found = [read for match in _NUMERIC.finditer(text) if (read := _numeric(text, match, birth))]
    numeric = len(found)
    found += [read for match in _YEAR_FIRST.finditer(text) if (read := _year_first(text, match))]
    if _names_a_month(text):
        found += _named(text, birth)
    if len(found) > numeric:
        found.sort(key=lambda each: (each.start, -each.end))
        found = _without_overlaps(found)
    return tuple(found)


def days_in(text: str) -> set[date]:
    """Every day that a text names."""
    return {found.value for found in find_dates(text) if found.value is not None}


def read_date(text: str, birth: bool = False) -> DateFound | None:
    """The first date in words where a date is expected; figures without marks count there too."""
    found = find_dates(text, birth)
    if found:
        return found[0]
    for match in _COMPACT.finditer(text):
        parts = _compact(match[0], birth)
        return DateFound(_day(*parts), match[0], match.start(), match.end(), parts)
    return None


def whole_date(text: str, birth: bool = False) -> DateFound | None:
    """The date in a text that is nothing but one, as typed: also `1 9 2017`, `01092017`, `030816`."""
    start = len(text) - len(text.lstrip(_ONLY_MARKS))
    end = len(text.rstrip(_ONLY_MARKS))
    found = read_date(text, birth)
    if found is not None and found.start <= start and found.end >= end:
        return found
    loose = _LOOSE.fullmatch(text, start, end)
    if loose is None:
        return None
    one, two, three = loose.groups()
    if len(one) == 4 and len(three) <= 2:
        parts = (int(one), int(two), int(three))
    elif len(one) <= 2 and len(three) in (2, 4):
        parts = (_year(three, birth), int(one), int(two))
    else:
        return None
    return DateFound(_day(*parts), loose[0], start, end, parts)


def date_at(text: str, start: int, birth: bool = False) -> DateFound | None:
    """The date that begins at this place of a text, where one is expected."""
    found = read_date(text[start : start + _LONGEST], birth)
    if found is None or found.start:
        return None
    return replace(found, start=start, end=start + found.end)


def find_stretches(text: str) -> tuple[tuple[DateFound, DateFound], ...]:
    """Every stretch of time told by its first and its last day: `1/2/2014 - 3/5/2015`."""
    return tuple(
        (one, other)
        for one, other in pairwise(find_dates(text))
        if _TO.fullmatch(text, one.end, other.start)
    )


def find_birth_dates(text: str) -> tuple[DateFound, ...]:
    """Every date behind words for a birth; its place begins with those words."""
    found: list[DateFound] = []
    for cue in _BIRTH.finditer(text) if _speaks_of_birth(text) else ():
        day = date_at(text, cue.end(), birth=True)
        if day is not None:
            start = cue.start()
            found.append(replace(day, text=text[start : day.end], start=start))
            other = _SECOND_BIRTH.match(text, day.end)
            second = date_at(text, other.end(), birth=True) if other else None
            if second is not None:
                found.append(second)
    return tuple(found)


def _speaks_of_birth(text: str) -> bool:
    lower = text.lower()
    return any(hint in lower for hint in ("birth", "born", "dob", "d.o.b"))


def find_births(text: str) -> tuple[PartialDate, ...]:
    """Every birth, told by its day, its month or its year alone."""
    whole = find_birth_dates(text)
    found = [PartialDate(d.value, d.value, d.text, d.start, d.end) for d in whole if d.value]
    for match in _BORN_IN.finditer(text) if "born" in text else ():
        part = next(
            (p for p in find_partial_dates(text) if match.start() < p.start < match.end()), None
        )
        if part is not None:
            found.append(part)
    return tuple(found)


def full_year(year: int, birth: bool = False) -> int:
    """A year of two digits in full.

    Up to 39 a record is of this century, and what is told of later years of the last one. Births
    are of the last century already from 13 on: who is injured at work was fourteen at least.
    """
    if year >= 100:
        return year
    return year + (2000 if year < _NEXT_CENTURY[birth] else 1900)


def date_text(day: date | None) -> str:
    """A date as letters print it, and forms and lists show it; nothing for none."""
    return f"{day.month:02}/{day.day:02}/{day.year:04}" if day is not None else ""


def moment_text(at: datetime, seconds: bool = False) -> str:
    """A moment as lists show it: the day as in letters, and the time."""
    return f"{date_text(at)} {at:%H:%M:%S}" if seconds else f"{date_text(at)} {at:%H:%M}"


def _numeric(text: str, match: re.Match[str], birth: bool) -> DateFound | None:
    start, end = match.span()
    month, sep, day, year = match.group("m", "sep", "d", "y")
    short = len(year) == 2
    if _runs_on(text, start, end, short) or (short and text[end : end + 1].isalpha()):
        return None
    plain = sep == "/" or (not short and end - start == len(month) + len(day) + 6)
    mended = not (month + day + year).isdecimal()
    if mended:
        month, day, year = (part.translate(_AS_DIGITS) for part in (month, day, year))
    parts = (_year(year, birth), int(month), int(day))
    value = _day(*parts)
    if not plain and not _may_be_a_date(text, match, parts, value):
        return None
    return DateFound(value, match[0], start, end, parts, mended)


def _may_be_a_date(
    text: str, match: re.Match[str], parts: tuple[int, int, int], value: date | None
) -> bool:
    """Whether figures with dashes or full stops between them are no series of numbers."""
    spaces = match.end() - match.start() - sum(map(len, match.group("m", "d", "y"))) - 2
    short = len(match["y"]) == 2
    if match["sep"] == ".":
        numbered = _NUMBERED.search(text, max(match.start() - 12, 0), match.start())
        return not spaces and not (short and (value is None or numbered))
    if spaces > 2 and short:
        return False
    return value is not None or not short or (parts[1] <= 12 and parts[2] <= 31)


def _runs_on(text: str, start: int, end: int, short: bool) -> bool:
    """Whether figures stand before or behind that make one longer number of it."""
    before = text[max(start - 2, 0) : start]
    if before[-1:].isalnum() or (before[-1:] in ("/", ".") and before[:1].isdigit()):
        return True
    behind = text[end : end + 2]
    if not behind[1:].isdigit() or behind[0] not in "/.-":
        return False
    # a stretch of time goes on with another date
    return behind[0] != "-" or (short and _NUMERIC.match(text, end + 1) is None)


def _year_first(text: str, match: re.Match[str]) -> DateFound | None:
    start, end = match.span()
    before = text[max(start - 1, 0) : start]
    behind = text[end : end + 2]
    if (
        before.isalnum()
        or before in ("/", ".", "-")
        or (behind[1:].isdigit() and behind[0] in "/.-")
    ):
        return None
    parts = (int(match["y"]), int(match["m"]), int(match["d"]))
    return DateFound(_day(*parts), match[0], start, end, parts)


def _names_a_month(text: str) -> bool:
    """Whether a month's name stands right before a year; far cheaper than to look for the names."""
    return any(
        _NAME_NEARBY.search(text, max(sign.start() - _LONGEST, 0), sign.start()) is not None
        for pattern in _SIGNS_OF_MONTHS
        for sign in pattern.finditer(text)
    )


def _named(text: str, birth: bool) -> Iterator[DateFound]:
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        for match in pattern.finditer(text):
            start, end = match.span()
            month = _month(match["name"])
            if month is None or text[max(start - 1, 0) : start].isalnum():
                continue
            year = match["y"] or match["short"] or match["two"]
            parts = (_year(year, birth), month, int(match["d"]))
            yield DateFound(_day(*parts), match[0], start, end, parts)


def _month(name: str) -> int | None:
    """The month a word names, with one letter wrong, left out or exchanged in the long ones."""
    lower = name.lower()
    known = _MONTH_OF.get(lower)
    if known is not None:
        return known
    month = _BY_PREFIX[lower[:3]]
    right = MONTHS[month - 1]
    if len(right) < 6 or abs(len(right) - len(lower)) > 1:
        return None
    shared = (Counter(right) & Counter(lower)).total()
    return month if shared >= max(len(right), len(lower)) - 1 else None


def _compact(digits: str, birth: bool) -> tuple[int, int, int]:
    """The day in figures alone: month, day, year, or with the year first where that alone makes a day."""
    month_first = (_year(digits[4:], birth), int(digits[:2]), int(digits[2:4]))
    year_first = (_year(digits[:-4], birth), int(digits[-4:-2]), int(digits[-2:]))
    alone = _day(*month_first) is None and _day(*year_first) is not None
    return year_first if alone else month_first


def _year(digits: str, birth: bool) -> int:
    return full_year(int(digits), birth) if len(digits) == 2 else int(digits)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without_overlaps(found: list[DateFound]) -> list[DateFound]:
    kept: list[DateFound] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


_PARTIAL = re.compile(
    rf"(?:(?P<name>{_NAME})\.?,?\s+(?:of\s+)?|(?<![0-9/.-])(?P<m>[01]?[0-9])[/-]"
    r"|\b(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]y|[Dd]uring|[Oo]f|[Ee]arly|[Ll]ate|[Mm]id|[Yy]ear|[Aa]round|[Aa]bout|[Tt]o|[Bb]efore|[Aa]fter|[Tt]he|[Hh]is|[Hh]er)[- ])"
    r"(?P<y>(?:19|20)[0-9]{2})(?![0-9]|[/.-][0-9])"
)


@lru_cache(maxsize=1024)
def find_partial_dates(text: str) -> tuple[PartialDate, ...]:
    """Every month and year in running text that is told without its day: `March 2014`, `in 2014`."""
    days = find_dates(text)
    found: list[PartialDate] = []
    for match in _PARTIAL.finditer(text) if "19" in text or "20" in text else ():
        month, start = _month_before(text, match)
        end = match.end()
        if any(day.start < end and start < day.end for day in days):
            continue
        first, last = _whole(int(match["y"]), month)
        if first is not None and last is not None:
            found.append(PartialDate(first, last, text[start:end], start, end))
    return tuple(found)


def _month_before(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The month that is told with a year, 0 where none is, and where the two begin."""
    if match["m"]:
        return int(match["m"]), match.start()
    month = _month(match["name"]) if match["name"] else None
    inside_a_word = text[max(match.start() - 1, 0) : match.start()].isalnum()
    if month is None or inside_a_word:
        return 0, match.start("y")
    return month, match.start()


def _whole(year: int, month: int) -> tuple[date | None, date | None]:
    """The first and the last day of a month, or of the year where it is 0."""
    if month > 12:
        return None, None
    first = date(year, month or 1, 1)
    following = date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    return first, following - timedelta(days=1)
