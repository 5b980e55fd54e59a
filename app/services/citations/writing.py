"""Writing a guideline field in one of the two house styles."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from app.letter import Basis, Citation, Guideline, Source
from app.services.citations.known import KnownGuideline, editions
from app.services.citations.mtus import cited_guideline, read_mtus
from app.services.citations.outside import read_outside
from app.services.citations.reading import read_guideline
from app.services.citations.values import Side, Style

_OTHER = "Other Medical Treatment Guidelines"
_BARE_ODG = ("Guidelines", "Guideline", "Preface")


def write_guideline(
    citations: Sequence[Citation],
    side: Side,
    style: Style,
    *,
    basis: Basis = Basis.NONE,
) -> str:
    """The field's sentences for these citations, MTUS first, as the letters of that time do.

    A citation that still says what its printed text says is written as it was printed. `basis`
    only matters without citations: OUTSIDE then writes the sentence that the decision does not
    rest on the MTUS instead of the one that nothing was cited.
    """
    inside = [citation for citation in citations if citation.source is Source.MTUS]
    outside = [citation for citation in citations if citation.source is not Source.MTUS]
    sentences: list[str] = []
    if not citations:
        if basis is not Basis.OUTSIDE:
            return f"The {side.value} did not cite any medical evidence for its decision."
        return _outside_sentence(side, style)
    if inside:
        named = ", and ".join(_write_mtus(citation, style) for citation in inside)
        sentences.append(f"Decision based on MTUS {named}.")
    else:
        sentences.append(_outside_sentence(side, style))
    if outside:
        sentences.append(f"Decision based on Non-MTUS Citation {_join_outside(outside)}.")
    return " ".join(sentences)


def _outside_sentence(side: Side, style: Style) -> str:
    if style is Style.PAGES_2014:
        return f"The {side.value} did not base their decision on the MTUS."
    return f"The {side.value} based their decision on recommendation(s) outside of the MTUS Guidelines."


def in_style(citation: Citation, style: Style) -> Citation:
    """The citation with the parts that style prints: chapter number and pages, or year and section.

    What the style needs and the citation lacks is filled in from the known guidelines; what was
    typed by the user (sections, pages) is never dropped.
    """
    if citation.source is Source.OTHER:
        # a semicolon parts two sources in the sentence
        title = " ".join(citation.title.split()).replace("; ", ", ").strip(" .,;")
        return Citation(source=Source.OTHER, title=title, library_id=citation.library_id)
    if citation.source is not Source.MTUS:
        return replace(citation, text="")
    known = cited_guideline(citation)
    if known is None:
        return replace(citation, text="")
    if style is Style.SECTIONS_2016:
        return replace(
            citation,
            title=known.title,
            chapter=None,
            edition=citation.edition or known.edition,
            text="",
        )
    if known.chapter and _is_chapter_of_its_time(known):
        return replace(citation, title=known.title, chapter=known.chapter, edition=None, text="")
    if known.titles_2014 and known is editions(known.source, known.title)[0]:
        title = citation.title if citation.title in known.titles_2014 else known.titles_2014[0]
        return replace(citation, title=title, chapter=None, edition=None, text="")
    return replace(
        citation,
        title=known.title,
        chapter=None,
        edition=citation.edition or known.edition,
        text="",
    )


def _is_chapter_of_its_time(known: KnownGuideline) -> bool:
    """Whether "Chapter 10" alone means this edition: the first of that number does."""
    same = [
        entry for entry in editions(known.source, known.title) if entry.chapter == known.chapter
    ]
    return same[0] is known


def _write_mtus(citation: Citation, style: Style) -> str:
    printed = _as_printed(citation, style)
    if printed:
        return printed
    paged = style is Style.PAGES_2014
    name = citation.title
    if citation.chapter:
        name = f"ACOEM Chapter {citation.chapter} {name}".strip()
    if citation.edition:
        name = f"{name} {citation.edition}"
    sections = ", ".join(citation.sections)
    if sections:
        name += f" {sections}" if paged and not citation.edition else f", Section(s): {sections}"
    if citation.pages:
        name += f" Page(s): {citation.pages}" if paged else f", Page(s): {citation.pages}"
    return name


def _write_outside(citation: Citation) -> str:
    printed = _as_printed(citation, None)
    if printed:
        return printed
    if citation.source is Source.OTHER:
        return citation.title
    parts: list[str] = []
    if citation.source is Source.ODG:
        name = "Official Disability Guidelines (ODG)"
        parts.append(f"{name} {citation.edition}" if citation.edition else name)
        if citation.title:
            bare = citation.title.endswith(_BARE_ODG)
            parts.append(citation.title if bare else f"{citation.title} Chapter")
    else:
        parts.append("ACOEM Practice Guidelines")
        if citation.edition:
            parts.append(citation.edition)
        if citation.chapter:
            parts.append(f"Chapter {citation.chapter}")
        if citation.title:
            parts.append(citation.title)
    if citation.sections:
        parts.append("; ".join(citation.sections))
    if citation.pages:
        parts.append(f"pg. {citation.pages}")
    return ", ".join(parts)


def _join_outside(citations: Sequence[Citation]) -> str:
    """The sources one after another. Behind a guideline any other source is named as one, as in
    letters: a bare semicolon would make it a topic of that guideline."""
    written = ""
    for number, citation in enumerate(citations):
        text = _write_outside(citation)
        behind_guideline = number > 0 and citations[number - 1].source is not Source.OTHER
        if citation.source is Source.OTHER and behind_guideline:
            if not text.startswith((_OTHER, "http://", "https://", "www.")):
                text = f"{_OTHER} {text}"
            written += f" and {text}"
        else:
            written += f"; {text}" if written else text
    return written


def same_citation(one: Citation, other: Citation) -> bool:
    """Whether two citations say the same, however they are printed or were picked."""
    return replace(one, text="", library_id=None) == replace(other, text="", library_id=None)


def _as_printed(citation: Citation, style: Style | None) -> str:
    """The citation's printed text if it still says what the citation says, else nothing."""
    if not citation.text:
        return ""
    if style is not None and style is not style_of(citation):
        return ""
    found, doubts = read_outside(citation.text) if style is None else read_mtus(citation.text)
    misspelt = any(" is read as " in doubt for doubt in doubts) and style is not None
    if len(found) == 1 and same_citation(found[0], citation) and not misspelt:
        return citation.text
    return ""


def style_of(citation: Citation) -> Style:
    """The house style a citation of the MTUS is printed in: only the newer one prints a year."""
    return Style.SECTIONS_2016 if citation.edition and not citation.chapter else Style.PAGES_2014


def with_citation(guideline: Guideline, citation: Citation, side: Side, style: Style) -> Guideline:
    """The field with one more citation, written anew; one that is there already is not added."""
    added = in_style(citation, style)
    if any(same_citation(added, there) for there in guideline.citations):
        return guideline
    return _rewritten((*guideline.citations, added), side, style)


def without_citation(
    guideline: Guideline, citation: Citation, side: Side, style: Style
) -> Guideline:
    """The field without that citation, written anew; the same field if it does not have it."""
    kept = list(guideline.citations)
    for there in guideline.citations:
        if same_citation(there, citation):
            kept.remove(there)
            return _rewritten(tuple(kept), side, style)
    return guideline


def _rewritten(citations: tuple[Citation, ...], side: Side, style: Style) -> Guideline:
    """The field for these citations; each keeps its library id and gets the text as written."""
    text = write_guideline(citations, side, style)
    read = read_guideline(text).guideline
    ordered = [c for c in citations if c.source is Source.MTUS]
    ordered += [c for c in citations if c.source is not Source.MTUS]
    if len(read.citations) == len(ordered):
        ordered = [
            replace(citation, text=printed.text)
            for citation, printed in zip(ordered, read.citations, strict=True)
        ]
    return Guideline(text=text, basis=read.basis, citations=tuple(ordered))
