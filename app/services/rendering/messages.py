"""What the program asks the process that sets letters by foreign layouts, and what it answers."""

from __future__ import annotations

import msgspec

from app.errors import UserError
from app.letter import FieldId, Letter
from app.services.rendering.layouts import TemplateError
from app.services.rendering.places import Mark


class SetRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A letter to set, with all that `Renderer` is made of."""

    folders: tuple[str, ...]
    fonts: str
    words: dict[str, str]
    letter: Letter
    layout: str | None = None
    form_data: bytes | None = None
    redacted: bool = False
    as_read: dict[FieldId, str] = {}


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """A UserError as it crosses the border; `template` names the place of a TemplateError."""

    what: str
    remedy: str
    template: str | None = None
    line: int | None = None
    reason: str = ""
    variable: str | None = None

    @classmethod
    def of(cls, error: UserError) -> Trouble:
        if not isinstance(error, TemplateError):
            return cls(what=error.what, remedy=error.remedy)
        return cls(
            what=error.what,
            remedy=error.remedy,
            template=error.template,
            line=error.line,
            reason=error.reason,
            variable=error.variable,
        )

    def error(self) -> UserError:
        """The error as it was raised there."""
        if self.template is None:
            return UserError(self.what, self.remedy)
        return TemplateError(self.template, self.line, self.reason, self.variable)


class SetAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The file, its number of pages and the letter it shows; the marks, or the fields that the
    pages print, where they were asked for."""

    data: bytes = b""
    pages: int = 0
    letter: Letter = Letter()
    marks: tuple[Mark, ...] = ()
    fields: tuple[FieldId, ...] = ()
    trouble: Trouble | None = None
