"""What a citation would make of the field it is meant for, before anything is changed."""

from __future__ import annotations

from enum import Enum

import msgspec

from app.letter import Citation, FieldId, Guideline, Letter, get_value
from app.services.citations import Guidelines, Style, with_citation, write_guideline
from app.services.editing import side_of


class Effect(Enum):
    """What becomes of the field."""

    ADDED = "added"
    JOINED = "joined"
    """Its chapter is cited already: the citation there gets the new places."""
    CITED = "cited"
    """All of it is cited already, so nothing changes."""


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A guideline field of a letter, and how it is written and read."""

    letter: Letter
    field: FieldId
    style: Style
    guidelines: Guidelines

    @property
    def guideline(self) -> Guideline:
        return get_value(self.letter, self.field)

    @property
    def text_before(self) -> str:
        """The field's sentences; where it has none, what it would say that cites nothing."""
        return self.guideline.text or write_guideline((), side_of(self.field), self.style)

    def text_with(self, citation: Citation | None) -> tuple[str, Effect]:
        """The field's sentences with the citation, and what that is to the field."""
        before = self.guideline
        if citation is None:
            return before.text, Effect.CITED
        after = with_citation(before, citation, side_of(self.field), self.style, self.guidelines)
        if after is before:
            return before.text, Effect.CITED
        joined = len(after.citations) == len(before.citations) and before.text
        return after.text, Effect.JOINED if joined else Effect.ADDED
