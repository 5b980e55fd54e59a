"""How what is no letter becomes a PDF, a report of the checks or the card of keys: a template each,
set with the letters' fonts and by their rules.

Values reach the page as Typst strings only, through the same macros as a letter's. The templates
lie beside the layouts but are none: they print no letter.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typst

from app.services.rendering.creator import with_creator
from app.services.rendering.glyphs import read_glyphs
from app.services.rendering.layouts import TEMPLATE, TemplateError
from app.services.rendering.values import Expression

if TYPE_CHECKING:
    from app.services.rendering.templates import Templates

_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the report tells. `source` and `remedy` may be empty, as may `reason`.

    `reason` is why it was set aside. `quotes` are passages, each with where it stands.
    """

    number: int
    sentence: str
    where: str
    source: str = ""
    remedy: str = ""
    reason: str = ""
    quotes: tuple[tuple[str, str], ...] = ()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Entries about one thing, under its heading."""

    heading: str
    entries: tuple[Entry, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A main part of the report. `words` stand below its heading; they may be empty."""

    heading: str
    words: str = ""
    parts: tuple[Part, ...] = ()


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A whole report. `facts` are pairs of a label and its value; `made` dates the file."""

    title: str
    made: date
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    foot: str


class KeyGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Pairs of a key, as it is shown, and what it does, under their heading."""

    heading: str
    keys: tuple[tuple[str, str], ...]


class KeyCard(msgspec.Struct, frozen=True, kw_only=True):
    """The keys on paper. `key_word` and `does_word` head the two columns."""

    title: str
    made: date
    groups: tuple[KeyGroup, ...]
    key_word: str
    does_word: str
    foot: str


_TEMPLATE_OF = {Sheet: "report", KeyCard: "keys"}
"""The folder of each one's template."""


class ReportRenderer:
    """Sets reports. May be shared by threads; fonts are read when the first report is asked for."""

    def __init__(self, templates: Path, fonts: Path) -> None:
        self._folder = templates
        self._font_folder = fonts

    def render(self, sheet: Sheet | KeyCard) -> bytes:
        """The report, or the card, as PDF/A-2a and PDF/UA-1; the same sheet gives the same bytes.

        Raises TemplateError for a template that cannot be used.
        """
        context = {
            "sheet": sheet,
            # What the shared macros need of every document.
            "title": sheet.title,
            "form_data": Expression(""),
        }
        folder = _TEMPLATE_OF[type(sheet)]
        source = self._templates.source(folder, context)
        compiler = typst.Compiler(
            input=source.encode(), root=self._folder / folder, font_paths=self._fonts
        )
        made = int(datetime.combine(sheet.made, time(), UTC).timestamp())
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=made)
        except typst.TypstError as error:
            reason = error.message.strip().rstrip(".").replace("\n", " ")
            raise TemplateError(f"{folder}/{TEMPLATE}", None, reason) from error
        assert isinstance(pdf, bytes), "Typst gives bytes when it is not given a file"
        return with_creator(pdf)

    @cached_property
    def _templates(self) -> Templates:
        from app.services.rendering.templates import Templates

        return Templates([self._folder], read_glyphs(self._font_folder))

    @cached_property
    def _fonts(self) -> typst.Fonts:
        return typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(self._font_folder)],
        )
