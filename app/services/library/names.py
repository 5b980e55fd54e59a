"""Names of authors: how the library keeps one, and how a citation prints them.

A person is kept as reference managers write one, `Family, Given, Suffix`, with the particle before
the family name; `Doe AB` as medical indexes do is understood too. Anything else is an organisation
and printed as it stands; one that could be taken for a person is kept in braces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

OTHERS = "et al."
"""Kept behind the last author where a source names no more of them."""

SHOWN = 3
"""So many authors a citation prints before it says `et al.`."""

_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s+al\.?|\.\.\.|…)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd|4th)\.?", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:of|for|and|the|on|in)\b|&|"
    r"(?i:\b(?:agency|academy|association|board|bureau|cent(?:er|re)s?|collaborat\w*|college|"
    r"commission|committee|company|consortium|corporation|council|department|division|foundation|"
    r"group|inc|institutes?|investigators|ltd|ministry|network|office|organi[sz]ation|panel|program|"
    r"service|society|task ?force|team|trialists|university|work ?group)\b)"
)
_INITIALS = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ]\.?-?){1,3}|(?:[^\W\d_a-zß-öø-ÿ]\.-?){4,5}")
_INITIALS_OF_LISTS = re.compile(r"(?:[A-Z]\.?[- ]?){1,4}")
_PARTICLE = re.compile(r"(?:[a-zà-ÿ'’]+\s+)+")


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a name; an organisation has `family` alone."""

    family: str
    given: str = ""
    suffix: str = ""
    organisation: bool = False


def kept(name: Name) -> str:
    """The name as the library keeps it; `split` is the way back."""
    if name.organisation or not name.given:
        read = split(name.family)
        return name.family if read.organisation else "{" + name.family + "}"
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def split(author: str) -> Name:
    """The parts of a kept author."""
    author = " ".join(author.split())
    if author.startswith("{") and author.endswith("}"):
        return Name(family=author[1:-1].strip(), organisation=True)
    if author.endswith(","):
        return Name(family=author.rstrip(" ,"), organisation=True)
    parts = [part.strip() for part in author.split(",")]
    if len(parts) == 1:
        return _without_comma(author)
    if not parts[0] or not any(parts[1:]) or len(parts) > 3 or _ORGANISATION.search(author):
        return Name(family=author.rstrip(" ,"), organisation=True)
    family, given, suffix = parts[0], parts[1], parts[2] if len(parts) == 3 else ""
    if _SUFFIX.fullmatch(given) and suffix:
        given, suffix = suffix, given
    elif _SUFFIX.fullmatch(family.rpartition(" ")[2]) and not suffix and " " in family:
        family, _, suffix = family.rpartition(" ")
    return Name(family=family, given=given, suffix=suffix)


def _without_comma(author: str) -> Name:
    """`Doe AB` and `Doe AB Jr` are people as medical indexes name them; all else is not."""
    words, suffix = author.split(" "), ""
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        words, suffix = words[:-1], words[-1]
    initials = words[-1]
    if (
        len(words) > 1
        and _INITIALS.fullmatch(initials)
        and not _ORGANISATION.search(author)
        and not " ".join(words[:-1]).isupper()
    ):
        return Name(family=" ".join(words[:-1]), given=initials, suffix=suffix)
    return Name(family=author, organisation=True)


def family_of(author: str) -> str:
    """The family name without its particle, lower case: what sorts and finds an author."""
    family = split(author).family
    particle = _PARTICLE.match(family)
    return (family[particle.end() :] if particle else family).casefold()


def as_written(author: str) -> str:
    """The name as it is kept, without the braces that only hold an organisation together."""
    return author[1:-1] if author.startswith("{") and author.endswith("}") else author


def printed(author: str) -> str:
    """The name as a citation prints it: `van den Berg PJ`, `Smithers A Jr`."""
    name = split(author)
    if name.organisation:
        return name.family
    given = name.given.replace(".", " ").strip()
    if given.isupper() and len(given) <= 3:
        initials = given
    else:
        initials = "".join(word[0] for word in re.split(r"[\s-]+", given) if word)
    suffix = name.suffix.rstrip(".")
    return " ".join(part for part in (name.family, initials, suffix) if part)


def printed_all(authors: Sequence[str]) -> str:
    """The authors of a citation: the first three, and `et al.` where there are more."""
    named = [author for author in authors if not is_others(author)]
    words = ", ".join(printed(author) for author in named[:SHOWN])
    more = len(named) > SHOWN or len(named) < len(authors)
    return f"{words}, et al." if more and words else words


def is_others(author: str) -> bool:
    """Whether the words only say that there are more authors."""
    return _OTHERS.fullmatch(author.strip()) is not None


def in_order(authors: Sequence[str]) -> tuple[str, ...]:
    """The authors without what is empty; words for "and others" stand last, once."""
    named = [author for author in authors if author and not is_others(author)]
    more = (OTHERS,) if any(map(is_others, authors)) and named else ()
    return (*named, *more)


def is_suffix(word: str) -> bool:
    """Whether a word behind a name only tells the generation."""
    return _SUFFIX.fullmatch(word) is not None


def is_organisation(words: str) -> bool:
    """Whether words hold one that only the name of an organisation has."""
    return _ORGANISATION.search(words) is not None


def parted(text: str) -> list[str]:
    """The names in a text that parts them by commas: `Ng KW, St John P` are two, `Doe, Jane` is
    one, `Doe, J., Roe, R.` are two."""
    parts = [
        part.strip()
        for part in re.split(r",\s*(?:and\s+|&\s*)?", re.sub(r"(?<=[a-z]{3})\.$", "", text))
        if part.strip()
    ]
    if len(parts) == 3 and parts[0][:1].islower():
        return [text]  # `von Berg, Freiherr, Karl Maria`: a list begins with a given name
    if len(parts) < 2:
        pair = re.split(r"\s+(?:and|&)\s+", text)
        return pair if len(pair) == 2 and all(split(one).given for one in pair) else [text]
    if all(" " in part for part in parts):
        given = [bool(split(part).given) for part in parts]
        groups = [is_organisation(part) for part in parts]
        # of two parts, `Le Goff, Ana L.`, one with initials does not make a name of the other
        whole = len(parts) > 2 or all(map(max, given, groups))
        goes_on = len(parts) > 2 or text.endswith(",")  # as before the “and” of a list
        if (any(given) and whole) or (goes_on and not is_organisation(text)):
            return parts
    initials = all(map(_INITIALS_OF_LISTS.fullmatch, parts[1::2]))
    if len(parts) > 2 and len(parts) % 2 == 0 and initials:
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [text]


def has_commas_of_many(author: str) -> bool:
    """Whether a name has more commas than a name has parts: `Doe, Jane, Roe, Ann`."""
    return author.count(",") > 2 and not author.startswith("{")
