"""What a form has beside its words: its fields, and its check boxes with or without a mark."""

from __future__ import annotations

import msgspec

from app.evidence import Box
from app.services.pdf.messages import Answer
from app.services.pdf.words import PdfText


class TextField(msgspec.Struct, frozen=True, kw_only=True):
    """A field to be written into, with what it holds; `box` is 0..1 of the page as shown."""

    box: Box
    value: str


class CheckBox(msgspec.Struct, frozen=True, kw_only=True):
    """A box to be ticked, a field of the file, drawn or printed; `is_on` where it has a mark."""

    box: Box
    is_on: bool


class FormPage(msgspec.Struct, frozen=True, kw_only=True):
    """The fields and check boxes of the page of that number."""

    number: int
    fields: tuple[TextField, ...] = ()
    boxes: tuple[CheckBox, ...] = ()


class FormText(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF's words with what its fields hold in their places, and without marks in boxes."""

    text: PdfText
    pages: tuple[FormPage, ...] = ()

    def page(self, number: int) -> FormPage:
        """The fields of a page; none where it has none."""
        return next((page for page in self.pages if page.number == number), FormPage(number=number))


class FormRead(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it crosses the border of the process, or what went wrong."""

    form: FormText | None = None
    failed: Answer = Answer()
