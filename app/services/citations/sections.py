"""How the part behind "Section(s):" is told apart into sections.

Section names contain commas themselves (`NSAIDs, GI symptoms & cardiovascular risk`), so a
comma alone never parts two sections. The rule, from left to right:

1. The longest known section name of that guideline that ends at a comma or at the end is one
   section. One that a line end broke (`Electro- diagnostic`) is put together again.
2. A part that begins with a number (`3.3.9 Opioids ...`) runs to the comma before the next such
   number.
3. Anything else runs to the comma before the next known name, or to the end: it is kept whole.

A semicolon outside brackets always parts two sections; "and" parts two only where both are known names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from app.letter import Source
from app.services.citations.known import Guidelines, letters_of, words_of

_COMMA = re.compile(r"\s*,\s*(?:and\s+(?=[A-Z\d]))?")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\.?\s+[A-Z]")
_ITS_NUMBER = re.compile(
    r"(?:^|[a-z)]\.\s+|(?<!\d)[,;]\s*(?:and\s+)?|\bsect[il1]ons?\s*(?:\(\s*s\s*\))?\s*:\s*)\d{1,2}(?:\.\d{1,2}){0,4}\.$",
    re.IGNORECASE,
)
"""What stands before a full stop that belongs to the number of a section: `3. Opioids …`."""

_FULL_STOP = re.compile(
    # none: initials, `p. 98`, `vs. `, `Ch. `, `3rd ed. `, `Section(s). `
    r"\.(?<=[\w)]\.)(?<!\b[A-Za-z]\.)(?<!\b(?:vs|pg|pp|[Cc]h|ed)\.)(?<!\(s\)\.)\s+(?=[A-Za-z“\"(]|\d{1,2}\.\s+[A-Z])"
)

_LEADS_ON = frozenset(("and", "also", "as well as", "and also"))
"""Behind the last sentence of a citation: words that lead over to the next one."""

MOST_COMMAS_IN_A_NAME = 8
LONGEST_SHOWN = 80
"""As many letters of a stray sentence are repeated in a problem."""


def read_sections(text: str, source: Source, title: str, guidelines: Guidelines) -> tuple[str, ...]:
    """The sections named in `text`; see the module's rule. One space between words."""
    known = guidelines.section_names(source, title)
    return tuple(
        section
        for part in at_semicolons(text)
        if part.strip(" ,.")
        for section in _of_list(part.strip(" ,"), known)
    )


def write_sections(
    sections: tuple[str, ...], source: Source, title: str, guidelines: Guidelines
) -> str:
    """The sections in a row: behind commas as letters have them, unless they would run together."""
    row = ", ".join(sections)
    if len(sections) < 2 or read_sections(row, source, title, guidelines) == sections:
        return row
    return "; ".join(sections)


def mended_sections(
    sections: tuple[str, ...], source: Source, title: str, guidelines: Guidelines
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sections with misprinted names put right, and a sentence on each of those.

    Only a letter or two may differ, never a digit: `3.3.1.1` and `3.3.1.2` are two sections.
    """
    known = guidelines.section_names(source, title)
    if not known or all(letters_of(section) in known for section in sections):
        return sections, ()
    from rapidfuzz import fuzz, process

    mended: list[str] = []
    problems: list[str] = []
    for section in sections:
        letters = letters_of(section)
        best = None
        if letters not in known and len(letters) > 6:
            best = process.extractOne(letters, list(known), scorer=fuzz.ratio, score_cutoff=90)
        if (
            best is None
            or _digits(best[0]) != _digits(letters)
            or abs(len(best[0]) - len(letters)) > 1
        ):
            mended.append(section)
        else:
            mended.append(known[best[0]])
            problems.append(f"“{section}” is read as the section “{known[best[0]]}”.")
    return tuple(mended), tuple(problems)


def begins_with_section(text: str, source: Source, title: str, guidelines: Guidelines) -> bool:
    """Whether the text up to one of its commas or semicolons is a known section."""
    parts, _ = _parts(at_semicolons(text)[0].strip())
    known = guidelines.section_names(source, title)
    numbered = _NUMBERED.match(parts[0]) is not None
    return numbered or _known_from(parts, 0, known)[1] is not None


def first_sentence(text: str) -> str:
    """The text up to its first full stop, if it goes on behind one."""
    stop = next(_full_stops(text), None)
    return text[: stop.start()] if stop else text


def _full_stops(text: str) -> Iterator[re.Match[str]]:
    """The full stops at which a sentence ends."""
    for stop in _FULL_STOP.finditer(text):
        if not _ITS_NUMBER.search(text[max(0, stop.start() - 40) : stop.start() + 1]):
            yield stop


def without_prose(text: str, goes_on: Callable[[int, str], bool]) -> tuple[str, tuple[str, ...]]:
    """The text without the sentences that cite nothing, and those sentences.

    `goes_on` is asked for each sentence behind a full stop, with where it begins.
    """
    stops = list(_full_stops(text))
    kept = first_sentence(text)
    prose: list[str] = []
    for stop, following in pairwise((*stops, None)):
        assert stop is not None
        end = following.start() if following else len(text)
        sentence = text[stop.end() : end]
        if goes_on(stop.end(), sentence):
            kept += stop.group() + sentence
        elif sentence.strip(" ,.").casefold() not in _LEADS_ON:
            prose.append(sentence)
    return kept, tuple(prose)


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, without their full stops."""
    return tuple(one for part in _split_sentences(text) if (one := part.strip(" .")))


def _split_sentences(text: str) -> Iterator[str]:
    start = 0
    for stop in _full_stops(text):
        yield text[start : stop.start()]
        start = stop.end()
    yield text[start:]


def sentences_as_parts(text: str) -> str:
    """The text with its sentences parted by semicolons, as sections are."""
    return "; ".join(_split_sentences(text))


def no_part(sentence: str) -> str:
    """The problem with a sentence that cites nothing."""
    shown = sentence if len(sentence) <= LONGEST_SHOWN else sentence[: LONGEST_SHOWN - 1] + "…"
    return f"“{shown}” is no part of a citation."


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdigit())


def at_semicolons(text: str) -> list[str]:
    """The text cut at its semicolons, save those inside brackets."""
    if ";" not in text:
        return [text]
    if "(" not in text or text.count("(") != text.count(")"):
        return text.split(";")
    parts: list[str] = []
    depth = start = 0
    for position, mark in enumerate(text):
        depth += (mark == "(") - (mark == ")")
        if mark == ";" and depth <= 0:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def _of_list(text: str, known: Mapping[str, str]) -> list[str]:
    whole = known.get(letters_of(text))
    if whole is not None:
        return [_mended(text, whole)]
    two = _of_two(text, known)
    if len(two) == 2:
        return two
    parts, gaps = _parts(text)
    sections: list[str] = []
    position = 0
    unknown: list[str] = []

    def close_unknown() -> None:
        if unknown:
            sections.append("".join(unknown).strip(" ,"))
            unknown.clear()

    while position < len(parts):
        end, name = _known_from(parts, position, known)
        if name is not None:
            close_unknown()
            printed = "".join(
                map("".join, zip(parts[position:end], gaps[position:end], strict=True))
            )
            sections.append(_mended(printed.strip(" ,"), name))
            position = end
            continue
        if _NUMBERED.match(parts[position]):
            close_unknown()
        elif not unknown and sections and parts[position][:1].islower():
            unknown.append(f"{sections.pop()}, ")  # `Opioids, criteria for use`
        unknown.append(parts[position] + gaps[position])
        position += 1
    close_unknown()
    return sections


def _mended(printed: str, name: str) -> str:
    """The section as printed; in its known spelling where the words were broken apart."""
    return printed if words_of(printed) == words_of(name) else name


def _of_two(text: str, known: Mapping[str, str]) -> list[str]:
    """The text, or the two known sections it joins with "and"."""
    one, joint, other = text.partition(" and ")
    if joint and letters_of(one) in known and letters_of(other) in known:
        return [one, other]
    return [text]


def _parts(text: str) -> tuple[list[str], list[str]]:
    """The text between commas, and each comma as printed behind its part."""
    parts: list[str] = []
    gaps: list[str] = []
    start = 0
    for comma in _COMMA.finditer(text):
        parts.append(text[start : comma.start()])
        gaps.append(comma.group())
        start = comma.end()
    parts.append(text[start:])
    gaps.append("")
    return parts, gaps


def _known_from(
    parts: list[str], position: int, known: Mapping[str, str]
) -> tuple[int, str | None]:
    """The longest known name beginning at that part: where it ends, and the name."""
    joined = ""
    found: tuple[int, str | None] = (position, None)
    for end in range(position, min(len(parts), position + MOST_COMMAS_IN_A_NAME)):
        joined += letters_of(parts[end])
        name = known.get(joined)
        if name is not None:
            found = end + 1, name
    return found
