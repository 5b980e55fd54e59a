"""The small languages inside BibTeX: values joined with `#`, macros, names, lists."""

# The libraries this is built on tell no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateImportUsage=false

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import pairwise
from typing import Any

from app.services.library import names
from app.services.library.exchange.markup import from_latex
from app.services.library.exchange.reference import Damaged, words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_TILDE = re.compile(r"\\~(?:\{(?:[A-Za-z]|\\[ij])\}|[A-Za-z])")
_NEXT_FIELD = re.compile(r"\s*[A-Za-z][\w-]*\s*=\s*[{\"\w]")
_NO_COMMA = "a comma is missing between two fields of the entry"
_EXTENDED = re.compile(r"(family|given|prefix|suffix|useprefix)\s*=\s*", re.IGNORECASE)


MOST_OF_MACROS = 20_000
"""So many characters macros may add to a field: each can name others twice, and so on."""


def macros_of(blocks: Iterable[Any]) -> dict[str, str]:
    """The strings a file defines, by name in lower case, and the months every style knows."""
    macros = {month[:3].lower(): month for month in _MONTHS}
    for block in blocks:
        if type(block).__name__ == "String":
            # one that grows beyond all measure, or names an unknown one, is told where it is used
            doubts: list[str] = []
            with suppress(Damaged):
                text = evaluated(str(block.value), macros, doubts)
                if not doubts:
                    macros[block.key.lower()] = text
    return macros


def evaluated(value: str, macros: dict[str, str], remarks: list[str]) -> str:
    """A value as it stands in the file, as its text: `sp # { Journal}` is joined.

    Raises Damaged where macros of macros make more of it than any field holds.
    """
    parts: list[str] = []
    room = MOST_OF_MACROS
    for part in _joined(value):
        if part[:1] in ("{", '"') and len(part) > 1:
            if _ends_before_its_end(part):
                raise Damaged(_NO_COMMA)
            parts.append(part[1:-1])
        elif part.lower() in macros:
            parts.append(macros[part.lower()])
            room -= len(parts[-1])
            if room < 0:
                raise Damaged(f"its macros make a field of more than {MOST_OF_MACROS:,} characters")
        elif _NEXT_FIELD.search(part):
            raise Damaged(_NO_COMMA)
        else:
            if part and not part.isdecimal() and re.fullmatch(r"[^\s{}\"]+", part):
                remarks.append(f"The file does not say what the macro “{part}” stands for.")
            parts.append(part)
    return "".join(parts)


def _ends_before_its_end(part: str) -> bool:
    """Whether the brace or quote that opens a value is closed before a next field: what is behind
    it, `{One} author = {Doe}`, belongs to no value."""
    depths = _depths(part[:-1])
    if part[0] == "{":
        closed = next((at for at, depth in enumerate(depths) if not depth), None)
    else:
        ends = (at for at, mark in enumerate(part[1:-1], start=1) if mark == '"')
        closed = next((at for at in ends if not depths[at] and part[at - 1] != "\\"), None)
    return closed is not None and _NEXT_FIELD.match(part, closed + 1) is not None


def _joined(value: str) -> list[str]:
    """The parts of a value between the `#` that stand in no braces and no quotes."""
    parts, depth, quoted, start = list[str](), 0, False, 0
    for at, mark in enumerate(value):
        if at and value[at - 1] == "\\":
            continue
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
        elif mark == '"' and not depth:
            quoted = not quoted
        elif mark == "#" and not depth and not quoted:
            parts.append(value[start:at].strip())
            start = at + 1
    return [*parts, value[start:].strip()]


def split_list(value: str) -> list[str]:
    """Keywords parted by semicolons, or else by commas, outside braces."""
    divider = ";" if any(mark == ";" for mark, _ in _outside(value)) else ","
    return [part for part in _split(value, divider) if part.strip()]


def names_of(value: str) -> tuple[str, ...]:
    """The names of an author or editor field, as the library keeps them."""
    return names.in_order([_kept(one) for one in _people(value) if one])


def doubtful_names(value: str) -> list[str]:
    """What is to be told of names: whether an organisation without braces holds an “and” or stands
    before another one is not written."""
    people = _people(value)
    told = [
        f"“{one}” was read as one author."
        for one in people
        if _AND.search(one) and not _in_one_brace(one)
    ]
    told += [
        f"“{one}” was read as family name and initials."
        for one in people
        if _is_indexed(one) and re.search(r"[AEIOUY]", one.rpartition(" ")[2])
    ]
    return told + [
        f"“{one} and {other}” was read as two authors. If it is one, put braces around it."
        for one, other in pairwise(people)
        if _is_bare_organisation(one) and "," not in other and not names.is_others(other)
    ]


def _people(value: str) -> list[str]:
    """The names parted at each “and”; nobody is called by one word, so that a word alone behind
    an organisation is the end of its name."""
    found: list[str] = []
    for one in _one_by_one(" ".join(value.split())):
        alone = found and one.isalpha() and not names.is_others(one)
        if alone and _is_bare_organisation(found[-1]):
            found[-1] = f"{found[-1]} and {one}"
        else:
            found.append(one)
    return found


def _one_by_one(value: str) -> list[str]:
    """What stands between each “and”, and where semicolons or commas part names instead."""
    found: list[str] = []
    for part in _split_at_and(value):
        for one in (" ".join(piece.split()) for piece in _split(part, ";")):
            bare = "," in one and not set("{\\=") & set(one)
            found += names.parted(one) if bare and not names.is_organisation(one) else [one]
    return found


def _is_bare_organisation(raw: str) -> bool:
    return "," not in raw and "{" not in raw and names.is_organisation(raw)


def _split_at_and(value: str) -> list[str]:
    parts: list[str] = []
    start = at = 0
    inside = _depths(value)
    for match in re.finditer(r"(?<=\s)and(?=\s)", value, re.IGNORECASE):
        at = match.start()
        if not inside[at]:
            parts.append(value[start:at])
            start = match.end()
    return [*parts, value[start:]]


def _depths(value: str) -> list[int]:
    depth, depths = 0, list[int]()
    for at, mark in enumerate(value):
        escaped = at > 0 and value[at - 1] == "\\"
        depth += (mark == "{" and not escaped) - (mark == "}" and not escaped)
        depths.append(max(depth, 0))
    return depths


def _outside(value: str) -> list[tuple[str, int]]:
    return [(value[at], at) for at, depth in enumerate(_depths(value)) if not depth]


def _split(value: str, divider: str) -> list[str]:
    parts, start = list[str](), 0
    for mark, at in _outside(value):
        if mark == divider:
            parts.append(value[start:at])
            start = at + 1
    return [*parts, value[start:]]


def _kept(raw: str) -> str:
    """One name as the library keeps it. A name wholly in braces is an organisation's."""
    if names.is_others(raw):
        return names.OTHERS
    if _in_one_brace(raw):
        return names.kept(names.Name(family=_text(raw), organisation=True))
    extended = _extended(raw)
    if extended is not None:
        return extended
    if _is_bare_organisation(raw):
        return names.kept(names.Name(family=_text(raw), organisation=True))
    if names.has_commas_of_many(raw) or _is_indexed(raw):
        return _text(raw)
    return _parted(raw)


def _is_indexed(raw: str) -> bool:
    """Whether a name is written as medical indexes do, `Doe AB`: to BibTeX, AB were the family."""
    return not set(",{\\~") & set(raw) and bool(names.split(raw).given)


def _in_one_brace(raw: str) -> bool:
    """Whether one pair of braces holds it all, and it is no accent like `{\\'E}tienne`."""
    if not raw.startswith("{") or not raw.endswith("}") or raw.startswith("{\\"):
        return False
    return all(_depths(raw)[:-1])


def _extended(raw: str) -> str | None:
    """`family=Berg, given=Pieter, prefix=van den`, as biblatex writes names."""
    if not _EXTENDED.match(raw):
        return None
    parts: dict[str, str] = {}
    for piece in _split(raw, ","):
        name, equals, text = piece.partition("=")
        if equals:
            parts[name.strip().lower()] = _text(text)
    family = " ".join(filter(None, (parts.get("prefix", ""), parts.get("family", ""))))
    return names.kept(
        names.Name(family=family, given=parts.get("given", ""), suffix=parts.get("suffix", ""))
    )


def _parted(raw: str) -> str:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    # to the reader of names a tilde is a space, also that of `Mu\\~noz`
    raw = _TILDE.sub(lambda match: from_latex(match[0]), raw)
    parts = parse_single_name_into_parts(raw, strict=False)
    family = _text(" ".join((*parts.von, *parts.last)))
    given, suffix = _text(" ".join(parts.first)), _text(" ".join(parts.jr))
    if not given and "," not in raw and " " in family:
        return names.kept(names.Name(family=family, organisation=True))
    last = family.split(" ")
    if not suffix and given and "," not in raw and names.is_suffix(last[-1]):
        suffix = last[-1]
        before = _text(" ".join(parts.first)).split(" ")
        family, given = (
            (" ".join(last[:-1]), given) if len(last) > 1 else (before[-1], " ".join(before[:-1]))
        )
    if not given:
        return names.kept(names.Name(family=family, organisation=True))
    return names.kept(names.split(", ".join(part for part in (family, given, suffix) if part)))


def _text(raw: str) -> str:
    return words(from_latex(raw)).replace("\xa0", " ")
