"""Writing a guideline field in one of the two house styles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from app.letter import Basis, Citation, Source
from app.services.citations.known import Guidelines, KnownGuideline, standard_guidelines
from app.services.citations.mtus import cited_guideline, read_mtus
from app.services.citations.outside import read_outside
from app.services.citations.sections import write_sections
from app.services.citations.values import Cited, Side, Style

ON_MTUS = "Decision based on MTUS"
ON_OUTSIDE = "Decision based on Non-MTUS Citation"
MTUS_JOINT = ", and "
_OTHER = "Other Medical Treatment Guidelines"
_BARE_ODG = ("Guidelines", "Guideline", "Preface")


def write_guideline(
    citations: Sequence[Citation],
    side: Side,
    style: Style,
    *,
    basis: Basis = Basis.NONE,
    guidelines: Guidelines | None = None,
) -> str:
    """The field's sentences for these citations, MTUS first, as the letters of that time do.

    A citation that still says what its printed text says is written as it was printed. `basis`
    only matters without citations: OUTSIDE then writes the sentence that the decision does not
    rest on the MTUS instead of the one that nothing was cited. `guidelines` are those that are
    known; without them, the program's own.
    """
    guidelines = guidelines or standard_guidelines()
    inside = [citation for citation in citations if citation.source is Source.MTUS]
    outside = [citation for citation in citations if citation.source is not Source.MTUS]
    sentences: list[str] = []
    if not citations:
        if basis is not Basis.OUTSIDE:
            return f"The {side.value} did not cite any medical evidence for its decision."
        return outside_sentence(side, style)
    if inside:
        named = MTUS_JOINT.join(write_mtus(citation, style, guidelines) for citation in inside)
        sentences.append(f"{ON_MTUS} {named}.")
    else:
        sentences.append(outside_sentence(side, style))
    if outside:
        behind = [None, *outside[:-1]]
        named = "".join(map(partial(write_outside, guidelines), outside, behind))
        sentences.append(f"{ON_OUTSIDE} {named}.")
    return " ".join(sentences)


def outside_sentence(side: Side, style: Style) -> str:
    """The sentence before sources that are not of the MTUS."""
    if style is Style.PAGES_2014:
        return f"The {side.value} did not base their decision on the MTUS."
    return f"The {side.value} based their decision on recommendation(s) outside of the MTUS Guidelines."


def in_style(citation: Citation, style: Style, guidelines: Guidelines | None = None) -> Citation:
    """The citation with the parts that style prints: chapter number and pages, or year and section.

    What the style needs and the citation lacks is filled in from the known guidelines; what was
    typed by the user (sections, pages) is never dropped.
    """
    guidelines = guidelines or standard_guidelines()
    if citation.source is Source.OTHER:
        # a semicolon parts two sources in the sentence
        title = " ".join(citation.title.split()).replace("; ", ", ").strip(" .,;")
        return Citation(source=Source.OTHER, title=title, library_id=citation.library_id)
    if citation.source is not Source.MTUS:
        return replace(citation, text="")
    known = cited_guideline(citation, guidelines)
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
    same = guidelines.editions(known.source, known.title)
    if known.chapter and _is_chapter_of_its_time(known, same):
        return replace(citation, title=known.title, chapter=known.chapter, edition=None, text="")
    if known.titles_2014 and known is same[0]:
        title = citation.title if citation.title in known.titles_2014 else known.titles_2014[0]
        return replace(citation, title=title, chapter=None, edition=None, text="")
    return replace(
        citation,
        title=known.title,
        chapter=None,
        edition=citation.edition or known.edition,
        text="",
    )


def _is_chapter_of_its_time(known: KnownGuideline, same: Sequence[KnownGuideline]) -> bool:
    """Whether "Chapter 10" alone means this edition: the first of that number does."""
    return next(entry for entry in same if entry.chapter == known.chapter) is known


def write_mtus(citation: Citation, style: Style, guidelines: Guidelines) -> str:
    """One citation of the MTUS, as printed where it was and that still says the same."""
    printed = citation.text if style is style_of(citation) else ""
    if printed:
        read = read_mtus(printed, guidelines)
        misspelt = any(" is read as " in doubt for doubt in read.problems)
        if _still_says(citation, read) and not misspelt:
            return printed
    return _mtus_named(citation, style, guidelines)


def _mtus_named(citation: Citation, style: Style, guidelines: Guidelines) -> str:
    paged = style is Style.PAGES_2014
    sections = write_sections(citation.sections, citation.source, citation.title, guidelines)
    name = citation.title
    if citation.chapter:
        name = f"ACOEM Chapter {citation.chapter} {name}".strip()
    if citation.edition:
        name = f"{name} {citation.edition}"
    if sections:
        name += f" {sections}" if paged and not citation.edition else f", Section(s): {sections}"
    if citation.pages:
        name += f" Page(s): {citation.pages}" if paged else f", Page(s): {citation.pages}"
    return name


def write_outside(guidelines: Guidelines, citation: Citation, behind: Citation | None) -> str:
    """One source outside the MTUS, with the joint that leads over from the one it stands behind.

    Behind a guideline any other source is named as one, as in letters: a bare semicolon would
    make it a topic of that guideline.
    """
    written = _outside_named(citation)
    # a chapter behind another one of the ODG need not name the ODG again
    printed = citation.text
    if printed:
        both_odg = behind is not None and behind.source is citation.source is Source.ODG
        heads = ("", "ODG, ") if both_odg else ("",)
        if any(_still_says(citation, read_outside(h + printed, guidelines)) for h in heads):
            written = printed
    if behind is None:
        return written
    if citation.source is Source.OTHER and behind.source is not Source.OTHER:
        if not written.startswith((_OTHER, "http://", "https://", "www.")):
            written = f"{_OTHER} {written}"
        return f" and {written}"
    return f"; {written}"


def _outside_named(citation: Citation) -> str:
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


def named_anew(citation: Citation, style: Style, guidelines: Guidelines) -> str:
    """The citation in the words of the field's style, however it was printed."""
    if citation.source is Source.MTUS:
        return _mtus_named(citation, style, guidelines)
    return _outside_named(citation)


def same_citation(one: Citation, other: Citation) -> bool:
    """Whether two citations say the same, however they are printed or were picked."""
    return replace(one, text="", library_id=None) == replace(other, text="", library_id=None)


def _still_says(citation: Citation, read: Cited) -> bool:
    """Whether the text the citation was printed with says what the citation says."""
    return len(read.citations) == 1 and same_citation(read.citations[0], citation)


def style_of(citation: Citation) -> Style:
    """The house style a citation of the MTUS is printed in: only the newer one prints a year."""
    return Style.SECTIONS_2016 if citation.edition and not citation.chapter else Style.PAGES_2014
