"""What the public copy of our own letter leaves out: the cover, and all that tells of a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from app.letter import Cover, FieldId, Guideline, Kind, Letter, field_ids, get_value, with_value
from app.services.privacy.reading import PrivateTerms, terms_of

REMOVED = "[removed]"


class PublicText(msgspec.Struct, frozen=True):
    """The letter as anyone may read it; how often something was taken out of it.

    `doubtful` says how often a word of a name was left in a field, as it reads as an ordinary word.
    """

    letter: Letter
    removed: int
    doubtful: tuple[tuple[FieldId, int], ...] = ()


def public_letter(letter: Letter) -> Letter:
    """The letter without its cover, what tells of a person replaced by `[removed]` everywhere."""
    return public_text(letter).letter


def public_text(letter: Letter, terms: PrivateTerms | None = None) -> PublicText:
    """The same with what there is to say about it; `terms` are the cover's, if they are known."""
    terms = terms_of(letter.cover) if terms is None else terms
    public = replace(letter, cover=Cover())
    removed = 0
    doubtful: list[tuple[FieldId, int]] = []
    for field, text in texts_of(public):
        # The names of guidelines have capitals of their own.
        reading = terms.read(text, prose=field.spec.kind is not Kind.GUIDELINE)
        removed += len(reading.private)
        if reading.doubtful:
            doubtful.append((field, len(reading.doubtful)))
        if reading.private:
            public = _with_text(public, field, _without(text, reading.private))
    return PublicText(public, removed, tuple(doubtful))


def texts_of(letter: Letter) -> Iterator[tuple[FieldId, str]]:
    """The fields with words of their own, and these words."""
    for field in field_ids(letter):
        if field.spec.kind in (Kind.LINE, Kind.TEXT, Kind.GUIDELINE):
            value: Any = get_value(letter, field)
            text = value.text if isinstance(value, Guideline) else value
            if text:
                yield field, text


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}{REMOVED}{text[end:]}"
    return text


def _with_text(letter: Letter, field: FieldId, text: str) -> Letter:
    value: Any = get_value(letter, field)
    if isinstance(value, Guideline):
        return with_value(letter, field, replace(value, text=text, citations=()))
    return with_value(letter, field, text)
