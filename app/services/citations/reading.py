"""Reading a guideline field: the fixed sentences, then the citations of each part."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from app.letter import Basis, Citation, Guideline, Source
from app.services.citations.free_sources import join_addresses
from app.services.citations.known import Guidelines, standard_guidelines
from app.services.citations.mtus import read_mtus
from app.services.citations.outside import read_outside
from app.services.citations.values import Cited, GuidelineReading

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

_ONE_SENTENCE = re.compile(r"[^\s.](?:[^.]|\.(?!\s|$))*\.?")
LEAST_FIXED = 25
"""Fewer letters are like some part of a usual sentence by chance."""

_FIXED = (
    "did not cite any medical evidence for its decision",
    "based their decision on recommendation(s) outside of the MTUS Guidelines",
    "did not base their decision on the MTUS",
)


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One "Decision based on …" of a field, with what it cites.

    It begins at `begin`, the words behind "MTUS" or "Non-MTUS Citation" at `body`, and whatever
    stands before the next one belongs to it, up to `end`.
    """

    outside: bool
    begin: int
    body: int
    end: int
    cited: Cited


def read_sentences(text: str, guidelines: Guidelines) -> tuple[Sentence, ...]:
    """The sentences of a field that cite; nothing of it is repeated in them."""
    marks = list(_BASED.finditer(text))
    sentences: list[Sentence] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.start() if following else len(text)
        outside = mark["outside"].lower().startswith("non")
        read = read_outside if outside else read_mtus
        sentences.append(
            Sentence(
                outside=outside,
                begin=mark.start(),
                body=mark.end(),
                end=end,
                cited=read(text[mark.end() : end], guidelines),
            )
        )
    return tuple(sentences)


_NAMES_A_SOURCE = re.compile(
    r"\b(?:(?:Non-)?MTUS|Official Disability Guidelines?|FDA|ACR|AAOS|NICE|Cochrane|UpToDate|Medscape|WebMD)\b"
    r"|^(?:and |& )?ODG\b|^\((?:ACOEM|MTUS|DWC)\b|www\.|https?:",
    re.IGNORECASE,
)


_ODG = re.compile(r"\bODG\b")
_SECTION_LABEL = re.compile(r"\bSections?(?:\(s\))?:?\s+", re.IGNORECASE)


def _named_in_sections(citations: list[Citation], told: list[str]) -> list[str]:
    """A sentence for each section that may not be one: it names a source, which was not parted from
    it, or begins before the label of the sections."""
    found: list[str] = []
    for citation in citations:
        for section in citation.sections:
            if any(section in other for other in told):
                continue
            if _NAMES_A_SOURCE.search(section) or (
                citation.source is Source.MTUS and _ODG.search(section)
            ):
                found.append(f"“{section}” names a source, and was read as a section.")
            elif section not in citation.text and section in _SECTION_LABEL.sub("", citation.text):
                found.append(f"“{section}” begins before the label of the sections.")
    return found


@lru_cache(maxsize=32)
def read_guideline(text: str, guidelines: Guidelines | None = None) -> GuidelineReading:
    """A guideline field of either house style, with all citations in it. Never raises.

    A source that is not known is still a citation, as printed, with a sentence that says so.
    The guideline's text is the given one with one space between words and web addresses joined.
    `guidelines` are those that are known; without them, the program's own. A few are kept: of the
    fields of neighbouring letters four in ten say the same.
    """
    guidelines = guidelines or standard_guidelines()
    text = join_addresses(" ".join(text.split()))
    if not text:
        return GuidelineReading(guideline=Guideline())
    if len(text) > LONGEST_FIELD:
        reading = read_guideline(text[:LONGEST_FIELD], guidelines)
        return GuidelineReading(
            guideline=replace(reading.guideline, text=text),
            problems=("The field is far too long for a guideline; only its beginning was read.",),
        )
    sentences = read_sentences(text, guidelines)
    if not sentences:
        return _read_without_mark(text, guidelines)
    citations = [one for sentence in sentences for one in sentence.cited.citations]
    problems = [one for sentence in sentences for one in sentence.cited.problems]
    problems += _named_in_sections(citations, problems)
    opening = text[: sentences[0].begin].strip()
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


def _read_without_mark(text: str, guidelines: Guidelines) -> GuidelineReading:
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
    citations, problems = read_reference(text, guidelines)
    return GuidelineReading(
        guideline=Guideline(text=text, basis=_basis(citations), citations=citations),
        problems=("The field does not begin with one of the usual sentences.", *problems),
    )


def fixed_sentence(text: str) -> tuple[int, int] | None:
    """Where the text has one of the usual sentences that cite nothing, as printed or misspelt."""
    for match in _ONE_SENTENCE.finditer(text):
        said = match.group()
        near = len(said) > LEAST_FIXED and _nearly_fixed(said) is not None
        if near or _OUTSIDE.search(said) or says_none(said):
            return match.span()
    return None


def says_none(text: str) -> bool:
    """Whether the text says that no evidence was cited."""
    return _NONE.search(text) is not None


def _nearly_fixed(text: str) -> str | None:
    """The fixed sentence the text misspells, or None."""
    if len(text) > 400:
        return None
    from rapidfuzz import fuzz, process

    best = process.extractOne(text, _FIXED, scorer=fuzz.partial_ratio, score_cutoff=85)
    return None if best is None else best[0]


def read_reference(
    text: str, guidelines: Guidelines | None = None
) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """A reference without the sentence around it, as pasted: `MTUS ACOEM Chapter 12 page 303`.

    Returns the citations and the problems with them, as `read_guideline` does.
    """
    guidelines = guidelines or standard_guidelines()
    text = join_addresses(" ".join(text.split())).rstrip(" .")
    if not text:
        return (), ()
    bare = re.sub(
        r"^(?:CA\s+|California\s+)?MTUS\b[\s:,/-]*", "", text, count=1, flags=re.IGNORECASE
    )
    read = read_mtus(bare, guidelines)
    if bare == text and read.problems:
        read = read_outside(text, guidelines)
    return read.citations, read.problems
