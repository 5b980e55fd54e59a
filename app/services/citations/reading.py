"""Reading a guideline field: the fixed sentences, then the citations of each part."""

from __future__ import annotations

import re

from msgspec.structs import replace

from app.letter import Basis, Citation, Guideline, Source
from app.services.citations.mtus import read_mtus
from app.services.citations.outside import join_addresses, read_outside
from app.services.citations.values import GuidelineReading

_BASED = re.compile(
    r"[Dd](?<!\w.)(?i:ecision\s+(?:is\s+|was\s+)?based\s+on\s+(?:the\s+)?"
    r"(?P<outside>Non\s?-?\s?MTUS(?:\s+Citations?)?|MTUS)\b)"
)
_NONE = re.compile(r"\bdid\s+not\s+cite\s+any\b", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"\bdid\s+not\s+base\s+(?:their|his|her|his/her|its|the)\s+decision\s+on\s+the\s+MTUS"
    r"|\boutside\s+(?:of\s+)?the\s+MTUS",
    re.IGNORECASE,
)
LONGEST_FIELD = 20_000
"""The longest field in letters has about 1,000 characters; more is a heading that was missed."""

_FIXED = (
    "did not cite any medical evidence for its decision",
    "based their decision on recommendation(s) outside of the MTUS Guidelines",
    "did not base their decision on the MTUS",
)


def read_guideline(text: str) -> GuidelineReading:
    """A guideline field of either house style, with all citations in it. Never raises.

    A source that is not known is still a citation, as printed, with a sentence that says so.
    The guideline's text is the given one with one space between words and web addresses joined.
    """
    text = join_addresses(" ".join(text.split()))
    if not text:
        return GuidelineReading(guideline=Guideline())
    if len(text) > LONGEST_FIELD:
        reading = read_guideline(text[:LONGEST_FIELD])
        return GuidelineReading(
            guideline=replace(reading.guideline, text=text),
            problems=("The field is far too long for a guideline; only its beginning was read.",),
        )
    marks = list(_BASED.finditer(text))
    if not marks:
        return _read_without_mark(text)
    citations: list[Citation] = []
    problems: list[str] = []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        body = text[mark.end() : end]
        outside = mark["outside"].lower().startswith("non")
        found, doubts = read_outside(body) if outside else read_mtus(body)
        citations.extend(found)
        problems.extend(doubts)
    opening = text[: marks[0].start()].strip()
    if (
        opening
        and not (_OUTSIDE.search(opening) or _NONE.search(opening))
        and not _nearly_fixed(opening)
    ):
        problems.append("The words before “Decision based on” are not one of the usual sentences.")
    if _NONE.search(opening):
        problems.append("The field says that no evidence was cited, and cites some.")
    return GuidelineReading(
        guideline=Guideline(text=text, basis=_basis(citations), citations=tuple(citations)),
        problems=tuple(dict.fromkeys(problems)),
    )


def _basis(citations: list[Citation] | tuple[Citation, ...]) -> Basis:
    inside = any(citation.source is Source.MTUS for citation in citations)
    outside = any(citation.source is not Source.MTUS for citation in citations)
    if inside:
        return Basis.BOTH if outside else Basis.MTUS
    return Basis.OUTSIDE


def _read_without_mark(text: str) -> GuidelineReading:
    """A field that has no "Decision based on": nothing cited, or words of its own."""
    if _NONE.search(text):
        return GuidelineReading(guideline=Guideline(text=text))
    if _OUTSIDE.search(text):
        return GuidelineReading(guideline=Guideline(text=text, basis=Basis.OUTSIDE))
    fixed = _nearly_fixed(text)
    if fixed is not None:
        basis = Basis.NONE if fixed == _FIXED[0] else Basis.OUTSIDE
        return GuidelineReading(
            guideline=Guideline(text=text, basis=basis),
            problems=(f"The sentence is read as “… {fixed}.”",),
        )
    citations, problems = read_reference(text)
    return GuidelineReading(
        guideline=Guideline(text=text, basis=_basis(citations), citations=citations),
        problems=("The field does not begin with one of the usual sentences.", *problems),
    )


def _nearly_fixed(text: str) -> str | None:
    """The fixed sentence the text misspells, or None."""
    if len(text) > 400:
        return None
    from rapidfuzz import fuzz, process

    best = process.extractOne(text, _FIXED, scorer=fuzz.partial_ratio, score_cutoff=85)
    return None if best is None else best[0]


def read_reference(text: str) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """A reference without the sentence around it, as pasted: `MTUS ACOEM Chapter 12 page 303`.

    Returns the citations and the problems with them, as `read_guideline` does.
    """
    text = join_addresses(" ".join(text.split())).rstrip(" .")
    if not text:
        return (), ()
    bare = re.sub(
        r"^(?:CA\s+|California\s+)?MTUS\b[\s:,/-]*", "", text, count=1, flags=re.IGNORECASE
    )
    inside, doubts = read_mtus(bare)
    if bare != text or not doubts:
        return inside, doubts
    outside, outside_doubts = read_outside(text)
    return outside, outside_doubts
