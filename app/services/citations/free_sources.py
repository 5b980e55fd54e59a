"""Sources in free words: where one ends and the next begins, and addresses that a line end broke."""

from __future__ import annotations

import re

from app.services.citations.known import Guidelines

_AUTHOR_ONLY = re.compile(r"^[A-Z][\w'’-]{1,30},?\s+[A-Z]{1,3}\.?$")
_AUTHORED = re.compile(r"[A-Z][\w'’-]{1,30},?\s+[A-Z]{1,3}\b[.,]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AND = re.compile(r"^(?:and|as well as)\s+(?=[A-Z])")
_ADDRESS = re.compile(r"https?://|www\.")
_GOES_ON = re.compile(
    r"[a-z\d(]|(?:Chapters?|Sections?|Tables?|Figures?|Fig|Part|Vol|Volume|Issue|No|Pages?|Pp?|Ed|Edition|Suppl\w*)\b"
)
"""How a part begins that tells where in a source something stands, such as its volume."""


def join_addresses(text: str) -> str:
    """The text with web addresses that a line end broke behind a hyphen put together again."""
    if "www." not in text and "http" not in text:
        return text
    joined: list[str] = []
    for word in text.split(" "):
        last = joined[-1] if joined else ""
        if (
            last.endswith("-")
            and ("www." in last or "http" in last)
            and ("/" in word or "." in word)
        ):
            joined[-1] = last + word
        else:
            joined.append(word)
    return " ".join(joined)


def free_sources(text: str) -> list[str]:
    """The sources of a free text, parted by semicolons.

    What no source begins with goes on with the one before it: names of co-authors, the volume, a
    chapter, the second half of the title of a study whose year is still to come.
    """
    sources: list[str] = []
    authors = ""
    for part in (part.strip() for part in text.split("; ")):
        if _AUTHOR_ONLY.match(part):
            authors += f"{part}; "
        elif sources and not authors and _goes_on(sources[-1], part):
            sources[-1] += f"; {part}"
        elif part:
            if sources and not authors:
                part = _AND.sub("", part)
            sources.append(authors + part)
            authors = ""
    if authors:
        sources.append(authors.rstrip("; "))
    return sources or [text]


def _goes_on(source: str, part: str) -> bool:
    part = _AND.sub("", part)
    if _GOES_ON.match(part) and not _ADDRESS.match(part):
        return True
    unfinished = _AUTHORED.match(source) and not _YEAR.search(source)
    return bool(unfinished and not _AUTHORED.match(part) and _YEAR.search(part))


def parted_doubt(sources: list[str], guidelines: Guidelines) -> str | None:
    """A doubt where a semicolon was taken to part two sources, and one of them is hardly one."""
    if len(sources) < 2 or all(_is_whole(source, guidelines) for source in sources):
        return None
    return "The semicolon is taken to part two sources; they may be one."


def _is_whole(source: str, guidelines: Guidelines) -> bool:
    return bool(
        _YEAR.search(source) or _ADDRESS.search(source) or guidelines.other_titles.get(source)
    )
