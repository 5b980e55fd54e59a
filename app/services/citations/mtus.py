"""Citations of the MTUS: `Low Back Complaints 2004, Section(s): …` and the older page form.

Chapter names and section names both contain commas and "and", so the text is cut at anchors
only: a year behind a known title, "Guidelines" behind a known title, or "Chapter 12".
"""

from __future__ import annotations

import re

import msgspec

from app.letter import Citation, Source
from app.services.citations.known import Guidelines, KnownGuideline, words_of
from app.services.citations.locators import page_problems
from app.services.citations.sections import (
    begins_with_section,
    first_sentence,
    mended_sections,
    no_part,
    read_sections,
    sentences_as_parts,
    without_prose,
)
from app.services.citations.values import Cited

_ANCHOR = re.compile(
    # One set of characters first makes the search many times as fast; what it was is asked behind.
    r"[ACGPacgp12](?:(?:(?<=[Aa])(?<!\w.)(?i:COEM\W{1,3}(?:Practice\s+Guidelines?\W{1,3})?C)"
    r"|(?<=[Pp])(?i:ractice\s+Guidelines?\W{1,3}C)|(?<=[Cc])(?<!\w.))"
    r"(?i:h(?:apter|\.))\s*(?P<number>\d{1,2})\b"
    r"|(?<=[Gg])(?<!\w.)(?P<guidelines>(?i:uidelines?))\b"
    r"|(?P<year>(?<!\w.)(?:(?<=1)9|(?<=2)[0Oo])[0-9OoIiLl]{2})\b)"
)
_YEAR_NEXT = re.compile(r"\W{0,3}\(?(?:[A-Z][a-z]{2,8}\.?\s(?:\d{1,2},?\s)?)?((?:19|20)\d\d)\)?")
_YEAR_FIRST = re.compile(r"\(?((?:19|20)\d\d)\)?[\s,:]+(?=[A-Z])")
_ADOPTED = re.compile(
    r"\s*(?:\bGuidelines?\b\s*)?(?:\([^()]{0,60}|,?\s*\bACOEM\b[^()]{0,30})$", re.IGNORECASE
)
"""What stands between a title and the year of its edition: `Guideline (ACOEM February 13, 2020)`."""
_BEHIND_TITLE = re.compile(
    r"\s*\([A-Z][A-Za-z]{1,6}\)\s*$|\s+Medical\s+Treatment\s*$", re.IGNORECASE
)
_GROUP = re.compile(
    r"(?:General\s+Approaches|Clinical\s+Topics|Special\s+Topics)\s*[:–-]\s*", re.IGNORECASE
)
"""The parts that the MTUS has its guidelines in."""
_CLOSING = re.compile(r"\s*\)")
_LAST_JOINT = re.compile(r".*(?:,\s*and|[,;])\s+", re.IGNORECASE)
_SECTION = re.compile(r"\bSect[il1]ons?\s*(?:\(\s*s\s*\)?)?\s*[:;.]\s*", re.IGNORECASE)
_PAGE = re.compile(
    r"\b(?:pages?|pgs?|pp?)\b\s*\.?\s*(?:\(\s*s\s*\)?)?\s*[:;.]?\s*(?=\d)"
    r"|\bPages?\s*\(s\)\s*:?\s*$",
    re.IGNORECASE,
)
_PAGE_NOTE = re.compile(r"\s*(?:\((?:pdf|online|web)[^()]{0,30}\)|of\s+\d{1,4}\b)", re.IGNORECASE)
_PAGE_NUMBERS = re.compile(r"\d{1,4}(?:\s*(?:[-–—&,;]|,?\s*and)\s*\d{1,4}(?!\d|\.\d))*")
_NAME_END = re.compile(r"\s*(?:[,;.:(]|\bPages?\b|\bSections?\b|\band\b)", re.IGNORECASE)
_LEAD = re.compile(r"^(?:\s*(?:[:;,.-]|x\b|MTUS\b|\bthe\b))*\s*", re.IGNORECASE)
_LIKE_A_TITLE = re.compile(r"[A-Z].{0,80}\b(?:Complaints|Treatment|Disorders)$")
_DIGITS = str.maketrans("OoIl", "0011")
_CHAPTER_GAP = re.compile(r"[\s:,(–-]*")
_BEFORE_SECTIONS = re.compile(r"[\s,:;.]*(?:Guidelines?\b)?[\s,:;.]*", re.IGNORECASE)
_SENTENCE_LEAD = re.compile(r"(?:(?:and|also|MTUS)\s+)*", re.IGNORECASE)
_LABEL_FIRST = re.compile(
    r"(?:and\s+)?(?:Sect[il1]ons?\b|(?:Pages?|pgs?|pp?)\b\W{0,3}(?:\(\s*s\s*\)\W{0,3})?\d)",
    re.IGNORECASE,
)
LONGEST_UNKNOWN_NAME = 90


class _Start(msgspec.Struct, kw_only=True):
    """Where one citation's name begins and ends, and what the name says."""

    begin: int
    end: int
    title: str
    chapter: str | None = None
    edition: str | None = None
    problem: str | None = None


def read_mtus(text: str, guidelines: Guidelines) -> Cited:
    """The citations in the text behind "Decision based on MTUS", and problems with them."""
    text = text[_matched_end(_LEAD, text) :].rstrip(" .")
    if not text:
        return Cited(problems=("The sentence names the MTUS but no chapter of it.",))
    text, prose = _without_prose(text, guidelines)
    starts = _starts(text, guidelines)
    citations: list[Citation] = []
    problems: list[str] = [no_part(sentence) for sentence in prose]
    for start, following in zip(starts, [*(s.begin for s in starts[1:]), len(text)], strict=True):
        citation, found = _read_one(text[start.begin : following], start, guidelines)
        citations.append(citation)
        problems.extend(found)
    return Cited(citations=tuple(citations), problems=tuple(problems), prose=prose)


def _without_prose(text: str, guidelines: Guidelines) -> tuple[str, tuple[str, ...]]:
    """The text without the sentences that cite nothing, and those sentences.

    A sentence that begins with a citation, a label or a known section goes on citing.
    """
    if first_sentence(text) == text:
        return text, ()
    starts = _starts(text, guidelines)
    begins = {start.begin for start in starts}

    def goes_on(begin: int, sentence: str) -> bool:
        title = next(start.title for start in reversed(starts) if start.begin < begin)
        return (
            begin + _matched_end(_SENTENCE_LEAD, sentence) in begins
            or _LABEL_FIRST.match(sentence) is not None
            or begins_with_section(sentence, Source.MTUS, title, guidelines)
        )

    return without_prose(text, goes_on)


def _matched_end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _starts(text: str, guidelines: Guidelines) -> list[_Start]:
    starts = _anchored_starts(text, guidelines)
    dated = _YEAR_FIRST.match(text)
    if dated and starts and dated.end() >= starts[0].begin:
        starts[0].begin, starts[0].edition = 0, starts[0].edition or dated[1]
    elif dated and not starts and (known := guidelines.mtus_titles.at_start(text[dated.end() :])):
        title, length = known
        starts = [_Start(begin=0, end=dated.end() + length, title=title, edition=dated[1])]
    elif starts and _GROUP.fullmatch(text[: starts[0].begin]):
        starts[0].begin = 0
    elif not starts or starts[0].begin > 0:
        starts.insert(0, _nameless_start(text[: starts[0].begin] if starts else text, guidelines))
    return [start for start in starts if start.end > start.begin]


def _anchored_starts(text: str, guidelines: Guidelines) -> list[_Start]:
    """What begins at a word that only the name of a guideline has, one behind the other."""
    starts: list[_Start] = []
    done = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() < done:
            continue
        offset = max(done, anchor.start() - 300)
        before = text[offset : anchor.start()]
        if anchor["number"]:
            start = _chapter_start(text, anchor, guidelines)
        elif anchor["year"]:
            start = _titled_start(before, offset, anchor, guidelines)
            start = start or _unknown_start(before, offset, anchor, guidelines, first=not starts)
        else:
            start = _guidelines_start(text, before, offset, anchor, guidelines)
        if start is not None:
            starts.append(start)
            done = start.end
    return starts


def _chapter_start(text: str, anchor: re.Match[str], guidelines: Guidelines) -> _Start:
    """`ACOEM Chapter 12 Low Back Complaints`: the number and the name behind it, if known."""
    number = str(int(anchor["number"]))
    expected = guidelines.mtus_chapters.get(number)
    begin, end = anchor.start(), anchor.end()
    gap = _matched_end(_CHAPTER_GAP, text[end : end + 8])
    rest = text[end + gap : end + gap + 200]
    found = guidelines.mtus_titles.at_start(rest)
    problem = None
    if found is not None:
        title, length = found
        end += gap + length
        if text[end : end + 1] == ")":
            end += 1
        if expected is not None and title != expected:
            problem = f"Chapter {number} is {expected}, but the name printed is {title}."
    else:
        stop = _NAME_END.search(rest)
        printed = rest[: stop.start() if stop else len(rest)][:LONGEST_UNKNOWN_NAME].strip()
        near = guidelines.mtus_titles.nearest(printed) if printed else None
        if near is not None and (expected is None or near == expected):
            title, problem = near, f"“{printed}” is read as {near}."
            end += gap + len(printed)
        elif expected is not None:
            title = expected
        else:
            title, problem = printed, f"Chapter {number} is not a chapter known here."
            end += gap + len(printed) if printed else 0
    year = _YEAR_NEXT.match(text, end)
    return _Start(
        begin=begin,
        end=year.end() if year else end,
        title=title,
        chapter=number,
        edition=year[1] if year else None,
        problem=problem,
    )


def _titled_start(
    before: str, offset: int, anchor: re.Match[str], guidelines: Guidelines
) -> _Start | None:
    """`Low Back Complaints 2004`: a known title right before the year."""
    adopted = _ADOPTED.search(before)
    end = anchor.end()
    if adopted is not None:
        before = before[: adopted.start()]
        end += _matched_end(_CLOSING, anchor.string[end : end + 4])
    found = _title_at_end(before, guidelines)
    if found is None:
        return None
    title, begin = found
    year, problem = _year(anchor.group())
    # a short name means the guideline that has an edition of that year
    dated = guidelines.mtus_titles_by_year.get((words_of(before[begin:]), year))
    return _Start(
        begin=offset + begin,
        end=end,
        title=dated or title,
        edition=year,
        problem=problem,
    )


def _year(printed: str) -> tuple[str, str | None]:
    """The year in digits, and a doubt where letters were printed for some of them."""
    year = printed.translate(_DIGITS)
    return year, None if year == printed else f"“{printed}” is read as {year}."


def _guidelines_start(
    text: str, before: str, offset: int, anchor: re.Match[str], guidelines: Guidelines
) -> _Start | None:
    """`Chronic Pain Treatment Guidelines`, with or without a year behind it."""
    found = guidelines.mtus_titles_2014.at_end(before + "Guidelines")
    if found is None:
        return None
    title, begin = found
    year = _YEAR_NEXT.match(text, anchor.end())
    return _Start(
        begin=offset + begin,
        end=year.end() if year else anchor.end(),
        title=title,
        edition=year[1] if year else None,
    )


def _unknown_start(
    before: str, offset: int, anchor: re.Match[str], guidelines: Guidelines, *, first: bool
) -> _Start | None:
    """A title nobody knows before a year: at the very start, or behind a joint."""
    adopted = _ADOPTED.search(before)
    end = anchor.end()
    if adopted is not None:
        before = before[: adopted.start()]
        end += _matched_end(_CLOSING, anchor.string[end : end + 4])
    tail = before[-LONGEST_UNKNOWN_NAME:]
    joint = _LAST_JOINT.match(tail)
    if first and offset == 0 and len(before) <= LONGEST_UNKNOWN_NAME:
        begin = 0
    elif joint is not None:
        begin = len(before) - len(tail) + joint.end()
    else:
        return None
    printed = before[begin:].strip(" ,")
    if not printed.strip("(") or "ection" in printed:
        return None
    year, misprint = _year(anchor.group())
    near = guidelines.mtus_titles.nearest(printed)
    if near is None and not first and not _LIKE_A_TITLE.match(printed):
        return None  # a year inside a section's name, not a new chapter
    return _Start(
        begin=offset + begin,
        end=end,
        title=near or printed,
        edition=year,
        problem=misprint or (f"“{printed}” is read as {near}." if near else _unknown(printed)),
    )


def _title_at_end(before: str, guidelines: Guidelines) -> tuple[str, int] | None:
    """The known title that the text ends with, and where it begins.

    Its short name in brackets behind it, or `Medical Treatment` before `Guideline`, is none of it.
    """
    for printed in (before, _BEHIND_TITLE.sub("", before)):
        found = guidelines.mtus_titles.at_end(printed) or guidelines.mtus_titles_2014.at_end(
            printed
        )
        if found is not None:
            return found
    return None


def _nameless_start(text: str, guidelines: Guidelines) -> _Start:
    """A name without year or number: as much as is known, else up to the first mark."""
    known = guidelines.mtus_titles.at_start(text)
    if known is not None:
        return _Start(begin=0, end=known[1], title=known[0])
    stop = re.search(r"\s*(?:,|;|\bPages?\b|\bSections?\b)", text, re.IGNORECASE)
    printed = text[: stop.start() if stop else len(text)][:LONGEST_UNKNOWN_NAME].strip()
    near = guidelines.mtus_titles.nearest(printed) or guidelines.mtus_titles_2014.nearest(printed)
    return _Start(
        begin=0,
        end=max(1, len(printed)),
        title=near or printed,
        problem=f"“{printed}” is read as {near}." if near else _unknown(printed),
    )


def _unknown(printed: str) -> str:
    return f"“{printed}” is not a guideline of the MTUS known here; it is kept as printed."


def _read_one(text: str, start: _Start, guidelines: Guidelines) -> tuple[Citation, tuple[str, ...]]:
    """One citation with what stands behind its name. `text` begins where the name does."""
    text = without_joint(text)
    rest = text[start.end - start.begin :]
    rest = rest[_matched_end(_BEFORE_SECTIONS, rest) :]
    pages, rest = _take_pages(rest)
    label = _SECTION.search(rest)
    if label is not None:
        rest = (rest[: label.start()].strip(" ,") + ", " + rest[label.end() :]).strip(" ,")
    sections, misprints = mended_sections(
        read_sections(sentences_as_parts(rest), Source.MTUS, start.title, guidelines),
        Source.MTUS,
        start.title,
        guidelines,
    )
    citation = Citation(
        source=Source.MTUS,
        title=start.title,
        chapter=start.chapter,
        edition=start.edition,
        sections=sections,
        pages=pages,
        text=text.strip().rstrip(" ."),
    )
    problems = [*([start.problem] if start.problem else []), *misprints]
    if pages:
        problems.extend(page_problems(pages, cited_guideline(citation, guidelines)))
    return citation, tuple(problems)


def _take_pages(text: str) -> tuple[str | None, str]:
    """The page numbers, and the text without them: a topic may repeat them as `p.98-99`."""
    pages: str | None = None
    kept: list[str] = []
    position = 0
    for label in _PAGE.finditer(text):
        if label.start() < position:
            continue
        numbers = _PAGE_NUMBERS.match(text, label.end())
        if numbers is None:
            continue
        kept.append(text[position : label.start()])
        printed = " ".join(numbers.group().split())
        pages = printed if pages is None or pages == printed else f"{pages}, {printed}"
        position = numbers.end()
        note = _PAGE_NOTE.match(text, position)
        if note:
            position = note.end()
    kept.append(text[position:])
    return pages, " ".join(part.strip(" ,;") for part in kept).strip(" .")


def without_joint(text: str) -> str:
    """The text without the commas and the "and" that lead over to the next citation."""
    while True:
        shorter = text.rstrip(" ,;&").removesuffix(" /")
        if shorter.lower().endswith(" and"):
            shorter = shorter[:-4]
        if shorter == text:
            return text
        text = shorter


def cited_guideline(citation: Citation, guidelines: Guidelines) -> KnownGuideline | None:
    """The known edition a citation means, or None.

    Without a year an ACOEM chapter means the one of its number; any other name is only clear
    when it has one edition, save the paged Chronic Pain guideline, which is that of 2009.
    """
    known = guidelines.editions(citation.source, citation.title)
    if citation.edition:
        known = tuple(entry for entry in known if entry.edition == citation.edition)
    elif citation.chapter:
        known = tuple(entry for entry in known if entry.chapter == citation.chapter)
    if len(known) > 1 and not citation.edition and known[0].titles_2014:
        return known[0]
    return known[0] if known else None
