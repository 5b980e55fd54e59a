"""Changing a guideline field by one citation: its sentences are edited, not written anew.

A change is tried where a hand would make it, and stands if the new text reads as it should: the
wanted citations, no new doubt, and every word that cites nothing. Where no such edit does, the
citations are written anew and the other words put beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from app.letter import Citation, Guideline, Source
from app.services.citations.joining import joined, same_chapter
from app.services.citations.known import Guidelines, standard_guidelines
from app.services.citations.mtus import without_joint
from app.services.citations.reading import (
    Sentence,
    fixed_sentence,
    read_guideline,
    read_sentences,
    says_none,
)
from app.services.citations.sections import no_part, sentences_of
from app.services.citations.values import Side, Style
from app.services.citations.writing import (
    MTUS_JOINT,
    ON_MTUS,
    ON_OUTSIDE,
    in_style,
    named_anew,
    outside_sentence,
    same_citation,
    write_guideline,
    write_mtus,
    write_outside,
)

_JOINT = re.compile(r"[\s,;.&]*(?:\band\b\s*)?")
_ADDRESS = re.compile(r"\bhttps?://|\bwww\.|^Other Medical Treatment", re.IGNORECASE)


def with_citation(
    guideline: Guideline,
    citation: Citation,
    side: Side,
    style: Style,
    guidelines: Guidelines | None = None,
) -> Guideline:
    """The field with one more citation; a chapter that it cites gets the places it lacks.

    The very same field comes back where it cites all of that already.
    """
    change = _Change(guideline, side, style, guidelines or standard_guidelines())
    added = in_style(citation, style, change.guidelines)
    joint: tuple[int, Citation] | None = None
    for place, there in enumerate(guideline.citations):
        if same_citation(there, added):
            return guideline
        if same_chapter(there, added, change.guidelines):
            both = joined(there, added)
            if both is there:
                return guideline
            joint = place, both
    return change.adding(added) if joint is None else change.replacing(*joint)


def without_citation(
    guideline: Guideline,
    citation: Citation,
    side: Side,
    style: Style,
    guidelines: Guidelines | None = None,
) -> Guideline:
    """The field without that citation; the same field if it does not have it."""
    for place, there in enumerate(guideline.citations):
        if same_citation(there, citation):
            change = _Change(guideline, side, style, guidelines or standard_guidelines())
            return change.removing(place)
    return guideline


class _Change:
    """A field taken apart, and the texts that would make the wanted change."""

    def __init__(
        self, guideline: Guideline, side: Side, style: Style, guidelines: Guidelines
    ) -> None:
        self.guidelines = guidelines
        self._side, self._style = side, style
        self._text = guideline.text
        self._before = read_guideline(guideline.text, guidelines)
        self._sentences = read_sentences(guideline.text, guidelines)
        self._citations = guideline.citations
        found = self._before.guideline.citations
        # what is cited may have come from elsewhere than the sentences: then they are not edited
        self._in_step = len(found) == len(self._citations) and all(
            map(same_citation, found, self._citations)
        )
        is_prose = not self._sentences and not any(map(_is_source, self._citations))
        if self._in_step and is_prose:
            self._citations = ()  # words of the reviewer, read as a source for want of any other
        self._prose = self._other_words()

    def _other_words(self) -> tuple[str, ...]:
        """The sentences that cite nothing, save the fixed one."""
        opening = self._text[: self._sentences[0].begin if self._sentences else None]
        fixed = fixed_sentence(opening)
        if fixed is not None:
            opening = f"{opening[: fixed[0]]} {opening[fixed[1] :]}"
        elif not self._sentences and self._citations and self._in_step:
            opening = ""  # all of it is a citation
        prose = (words for one in self._sentences for words in one.cited.prose)
        return (*sentences_of(opening), *prose)

    # ---- The three changes

    def adding(self, added: Citation) -> Guideline:
        inside = added.source is Source.MTUS
        own = [one for one in self._sentences if one.outside is not inside]
        citations = list(self._citations)
        place = 0 if inside and not own else len(citations)
        if own:
            place = sum(
                len(one.cited.citations) for one in self._sentences if one.begin <= own[-1].begin
            )
        citations.insert(place, added)
        if own:
            texts = self._put_behind(own[-1], added)
        elif inside:
            texts = self._with_mtus_sentence(f"{ON_MTUS} {self._written(added)}.")
        else:
            texts = self._with_outside_sentence(f"{ON_OUTSIDE} {self._written(added)}.")
        return self._settled(texts, citations)

    def replacing(self, place: int, by: Citation) -> Guideline:
        """The citation at `place` of the field says more now."""
        citations = list(self._citations)
        there, citations[place] = citations[place], by
        words = (*_said_more(there, by), named_anew(by, self._style, self.guidelines))
        return self._settled(self._with_span(place, words), citations)

    def removing(self, place: int) -> Guideline:
        citations = list(self._citations)
        gone = citations.pop(place) if citations else None
        if gone is None:  # not cited in a sentence: the words themselves go
            self._prose = ()
            return self._settled((), ())
        sentence, index = self._place_of(place)
        if sentence is None:
            return self._settled((), citations)
        if len(sentence.cited.citations) > 1:
            return self._settled(self._cut(sentence, index), citations)
        return self._settled(self._without_sentence(sentence, gone, citations), citations)

    # ---- Texts

    def _written(self, citation: Citation, behind: Citation | None = None) -> str:
        if citation.source is Source.MTUS:
            return write_mtus(citation, self._style, self.guidelines)
        return write_outside(self.guidelines, citation, behind)

    def _put_behind(self, sentence: Sentence, added: Citation) -> Iterator[str]:
        """Behind the last words of the sentence that cite something."""
        end = self._citing_end(sentence)
        cited = sentence.cited.citations
        if not cited:
            words = f" {self._written(added)}"
        elif added.source is Source.MTUS:
            words = MTUS_JOINT + self._written(added)
        else:
            words = self._written(added, behind=cited[-1])
        yield self._text[:end] + words + (self._text[end:] or ".")

    def _with_mtus_sentence(self, sentence: str) -> Iterator[str]:
        """In place of the fixed sentence, else before the first one that cites."""
        if not self._sentences and self._citations:
            return
        first = self._sentences[0].begin if self._sentences else 0
        begin, end = fixed_sentence(self._text[: first or None]) or (first, first)
        yield _in_row(self._text[:begin], sentence, self._text[end:])

    def _with_outside_sentence(self, sentence: str) -> Iterator[str]:
        """At the end, or in place of the sentence that nothing is cited."""
        if self._sentences:
            yield _in_row(self._text, sentence)
            return
        if self._citations:
            return
        opening = outside_sentence(self._side, self._style)
        begin, end = fixed_sentence(self._text) or (0, 0)
        if begin < end and not says_none(self._text[begin:end]):
            opening = self._text[begin:end]
        before, behind = self._text[:begin], self._text[end:]
        yield _in_row(before, opening, sentence, behind)
        # words behind a source that stands for itself would be read as more of it
        yield _in_row(before, behind, opening, sentence)

    def _cut(self, sentence: Sentence, index: int) -> Iterator[str]:
        """The text without one of several citations of a sentence."""
        span = self._span(sentence, index)
        if span is None:
            return
        before, behind = self._text[: span[0]], self._text[span[1] :]
        if index == len(sentence.cited.citations) - 1:
            yield without_joint(before) + behind
        else:
            yield before + behind[_end(_JOINT, behind) :]

    def _without_sentence(
        self, sentence: Sentence, gone: Citation, left: Sequence[Citation]
    ) -> Iterator[str]:
        """The text with the fixed sentence, where one is wanted now, for one that cites."""
        before = self._text[: sentence.begin]
        behind = self._text[self._citing_end(sentence) :].lstrip(" .")
        instead = ""
        if not left:
            instead = write_guideline((), self._side, self._style)
            fixed = fixed_sentence(before)
            if fixed is not None:
                before = _in_row(before[: fixed[0]], before[fixed[1] :])
        elif gone.source is Source.MTUS and all(one.source is not Source.MTUS for one in left):
            instead = outside_sentence(self._side, self._style)
        yield _in_row(before, instead, behind)

    def _with_span(self, place: int, words: Sequence[str]) -> Iterator[str]:
        """The text with each of the words in the place of a citation."""
        sentence, index = self._place_of(place)
        span = None if sentence is None else self._span(sentence, index)
        if span is not None:
            for one in words:
                yield self._text[: span[0]] + one + self._text[span[1] :]

    # ---- Places in the text

    def _place_of(self, place: int) -> tuple[Sentence | None, int]:
        """The sentence of the citation at that place of the field, and its place in there."""
        for sentence in self._sentences:
            if place < len(sentence.cited.citations):
                return sentence, place
            place -= len(sentence.cited.citations)
        return None, 0

    def _span(self, sentence: Sentence, index: int) -> tuple[int, int] | None:
        """Where one of the sentence's citations is printed in one piece; None where it is not."""
        span = None
        end = sentence.body
        for citation in sentence.cited.citations[: index + 1]:
            begin = self._text.find(citation.text, end, sentence.end)
            span = (begin, begin + len(citation.text)) if begin >= 0 else None
            end = end if span is None else span[1]
        return span

    def _citing_end(self, sentence: Sentence) -> int:
        """The end of a sentence's words that cite: other words may follow, and the full stop."""
        words = self._text[sentence.body : sentence.end].rstrip(" .")
        for prose in reversed(sentence.cited.prose):
            if not words.endswith(prose):
                break
            words = words[: -len(prose)].rstrip(" .")
        return sentence.body + len(words)

    # ---- Which text stands

    def _settled(self, texts: Iterable[str], wanted: Sequence[Citation]) -> Guideline:
        """The first of the texts that reads as wanted, else the citations written anew."""
        # its printed words may make a citation doubtful where it stands alone
        plain = [replace(citation, text="") for citation in wanted]
        doubts = {*self._before.problems, *map(no_part, self._prose)}
        doubts.update(read_guideline(self._sentence_of(plain), self.guidelines).problems)
        for text in texts if self._in_step else ():
            found = self._found(text, wanted, doubts)
            if found is not None:
                return found
        ordered = sorted(wanted, key=lambda citation: citation.source is not Source.MTUS)
        prose = [f"{words}." for words in self._prose]
        for written in (self._sentence_of(wanted), self._sentence_of(plain)):
            for text in (_in_row(written, *prose), _in_row(*prose, written)):
                found = self._found(text, ordered, doubts)
                if found is not None:
                    return found
        # words that no sentence of the grammar can hold: what is printed counts
        return self._with_ids(_in_row(*prose, self._sentence_of(plain)), wanted)

    def _sentence_of(self, citations: Sequence[Citation]) -> str:
        return write_guideline(citations, self._side, self._style, guidelines=self.guidelines)

    def _found(self, text: str, wanted: Sequence[Citation], doubts: set[str]) -> Guideline | None:
        """The field as that text reads, where it cites what is wanted and has all other words."""
        reading = read_guideline(text, self.guidelines)
        found = reading.guideline.citations
        if (
            len(found) != len(wanted)
            or not all(map(same_citation, found, wanted))
            or not all(words in reading.guideline.text for words in self._prose)
            or not doubts.issuperset(reading.problems)
        ):
            return None
        return self._with_ids(text, wanted)

    def _with_ids(self, text: str, wanted: Sequence[Citation]) -> Guideline:
        """The field as that text reads, each citation with the library entry it was picked from."""
        guideline = read_guideline(text, self.guidelines).guideline
        citations = tuple(
            replace(
                one,
                library_id=next((c.library_id for c in wanted if same_citation(c, one)), None),
            )
            for one in guideline.citations
        )
        return replace(guideline, citations=citations)


def _is_source(citation: Citation) -> bool:
    """Whether a citation without a sentence around it names a source for certain."""
    return citation.source is not Source.OTHER or _ADDRESS.search(citation.text) is not None


def _said_more(there: Citation, by: Citation) -> tuple[str, ...]:
    """The printed words of a citation with the places it has more of, where they can be put in."""
    new = [section for section in by.sections if section not in there.sections]
    text = there.text
    if there.pages and by.pages and by.pages != there.pages and text.count(there.pages) == 1:
        text = text.replace(there.pages, by.pages)
    if new and there.sections and not there.pages:
        text = (", " if there.source is Source.MTUS else "; ").join((text, *new))
    return (text,) if text != there.text else ()


def _end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _in_row(*parts: str) -> str:
    """The parts behind one another, each ended by a full stop where it is not the last."""
    said = [part.strip() for part in parts if part.strip(" .")]
    return " ".join(
        part if part.endswith((".", "!", "?", ":")) or part is said[-1] else f"{part}."
        for part in said
    )
