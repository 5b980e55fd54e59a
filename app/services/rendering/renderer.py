"""Letter to PDF: which engine sets it (Typst), with which fonts, to which PDF standards.

Typst runs without the GIL: render in a worker thread and the window keeps answering. A Renderer
may be shared by threads: each rendering has a compiler of its own, fonts and Typst's memory of
earlier pages are shared, which is what makes the next keystroke's letter quick.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from msgspec.structs import replace

from app.errors import UserError
from app.evidence import Place
from app.letter import FieldId, Letter, Outcome, field_ids, get_value
from app.services.citations import Style
from app.services.pdf import PdfPage
from app.services.rendering.ceilings import refuse_endless_text
from app.services.rendering.context import Variable, letter_names, printed, variables
from app.services.rendering.creator import with_creator
from app.services.rendering.glyphs import Glyphs, read_glyphs
from app.services.rendering.labelled_tables import with_row_headers
from app.services.rendering.layouts import TEMPLATE, Layout, Layouts, TemplateError
from app.services.rendering.places import Mark, find_places, read_marks
from app.services.rendering.values import Expression, clean, quoted

if TYPE_CHECKING:
    from app.services.rendering.templates import Templates

DEFAULT_LAYOUT = "maximus-2016"
FORM_DATA = "letter.json"
_WITH_FORM_DATA: list[typst.PDFStandard] = ["a-3a", "ua-1"]
_WITHOUT_FORM_DATA: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_OUTCOMES = {
    Outcome.UPHOLD: "uphold",
    Outcome.OVERTURN: "overturn",
    Outcome.PARTIAL: "partial",
}
_NO_PACKAGES = Path(os.devnull) / "none"
"""Where no package is found, and none can be laid."""
_FIELD = re.compile(r'#field\("([^"\\]+)"')
"""How `values.Finalizer` writes a field; inside a value the quote would be escaped."""
_LINE = re.compile(r"\.typ:(\d+):\d+")


class Rendered:
    """A finished letter: its PDF, and where in it each field is printed. `letter` is what it shows.

    Who only wants the PDF waits for no places.
    """

    def __init__(
        self, pdf: bytes, pages: int, letter: Letter, marks: Callable[[], tuple[Mark, ...]]
    ) -> None:
        self.pdf = pdf
        self.pages = pages
        self.letter = letter
        self.marks = marks

    def places_on(self, pages: tuple[PdfPage, ...]) -> Mapping[FieldId, tuple[Place, ...]]:
        """Where each printed field stands, one `Place` a page, one box a line; `pages` are those of
        its PDF as they were read, which this does not do: the engine holds all threads up."""
        return find_places(pages, self.letter, self.marks())


class Renderer:
    """Renders letters by the layouts found in some folders, the user's own folder first.

    `words` replaces fixed words in every layout that has words of that name, such as
    `letterhead`, or in one layout alone: `maximus-2016/rationale`.
    """

    def __init__(
        self, template_folders: Sequence[Path], fonts: Path, words: Mapping[str, str] | None = None
    ) -> None:
        self._folders = tuple(template_folders)
        self._font_folder = fonts
        self._words = dict(words or {})

    # Read when the first letter is set, Jinja too: a tenth of a second that no start waits for.

    @cached_property
    def _glyphs(self) -> Glyphs:
        return read_glyphs(self._font_folder)

    @cached_property
    def _layouts(self) -> Layouts:
        return Layouts(self._folders)

    @cached_property
    def _templates(self) -> Templates:
        from app.services.rendering.templates import Templates

        return Templates(self._folders, self._glyphs)

    @cached_property
    def _fonts(self) -> typst.Fonts:
        folders = [str(self._font_folder)]
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
        )

    def layouts(self) -> tuple[Layout, ...]:
        """Every layout there is. Raises UserError for one that cannot be used."""
        return tuple(self._layouts.get(name) for name in self._layouts.names())

    def layout(self, name: str) -> Layout:
        """That layout with the words it will print. Raises UserError if there is none."""
        layout = self._layouts.get(name)
        changed = {
            key: self._words.get(f"{name}/{key}", self._words.get(key, text))
            for key, text in layout.words.items()
        }
        return replace(layout, words=changed)

    def layout_for(self, letter: Letter) -> str:
        """The name of the layout this letter is written in unless another is asked for."""
        return letter.layout if letter.layout in self._layouts.names() else DEFAULT_LAYOUT

    def citation_style(self, letter: Letter) -> Style:
        """How the letter's layout prints citations; by section where it cannot be used."""
        try:
            return self._layouts.get(self.layout_for(letter)).citations
        except UserError:
            return Style.SECTIONS_2016

    def variables(self, layout: str) -> tuple[Variable, ...]:
        """All that the template of a layout can print."""
        return variables(self.layout(layout).words)

    def unprintable(self, letter: Letter) -> tuple[FieldId, ...]:
        """The fields with a character that no font here has; it would be printed as `?`."""
        return tuple(
            field
            for field in field_ids(letter)
            if self._glyphs.lacks(clean(printed(get_value(letter, field))))
        )

    def printed_fields(self, letter: Letter, layout: str | None = None) -> frozenset[FieldId]:
        """The fields that a layout's pages print of this letter.

        Raises UserError for a template that cannot be used.
        """
        name, letter = self._what(letter, layout, redacted=False)
        source = self._templates.source(name, self._context(name, letter, None, {}))
        return frozenset(map(FieldId.from_key, _FIELD.findall(source)))

    def render(
        self,
        letter: Letter,
        layout: str | None = None,
        *,
        form_data: bytes | None = None,
        redacted: bool = False,
        as_read: Mapping[FieldId, str] | None = None,
    ) -> Rendered:
        """The letter as PDF; the same input gives the same bytes.

        `as_read` are the texts as printed in the letter it was read from (`Evidence.text`): what
        was not edited since is printed with the same spaces, so that its lines end as they did.
        `form_data` is attached as `letter.json`: PDF/A-3a, else PDF/A-2a, both PDF/UA-1.
        `redacted` gives the public copy: no cover, no names from it, never form data.
        Raises UserError for a template that cannot be used.
        """
        name, letter = self._what(letter, layout, redacted)
        if redacted:
            form_data = None
        context = self._context(name, letter, form_data, as_read or {}, redacted=redacted)
        source = self._templates.source(name, context)
        compiler = self._compiler(name, source)
        standards = _WITHOUT_FORM_DATA if form_data is None else _WITH_FORM_DATA
        try:
            pdf = compiler.compile(
                format="pdf", pdf_standards=standards, timestamp=_timestamp(letter)
            )
        except typst.TypstError as error:
            raise self._template_error(name, context, error) from error
        except BaseException as error:
            # A bug of the engine shows as this class of the Rust bridge, which nobody can import.
            if type(error).__name__ != "PanicException":
                raise
            raise TemplateError(f"{name}/{TEMPLATE}", None, "the engine gave up on it") from error
        assert isinstance(pdf, bytes), "Typst gives bytes when it is not given a file"
        pdf = with_row_headers(with_creator(pdf))
        return Rendered(
            pdf, _page_count(pdf), letter, lambda: read_marks(self._compiler(name, source))
        )

    def render_word(
        self,
        letter: Letter,
        layout: str | None = None,
        *,
        redacted: bool = False,
        as_read: Mapping[FieldId, str] | None = None,
    ) -> bytes:
        """The letter as a Word file (.docx), by the Word template beside the layout's template.

        `as_read` as for `render`: the same spaces and the same hyphens that hold a line together.
        Raises UserError for a Word template that is missing or cannot be used.
        """
        from app.services.rendering.word import WORD_TEMPLATE, fill

        name, letter = self._what(letter, layout, redacted)
        template = self._layouts.folder(name) / WORD_TEMPLATE
        return fill(template, self._context(name, letter, None, as_read or {}, redacted=redacted))

    def _what(self, letter: Letter, layout: str | None, redacted: bool) -> tuple[str, Letter]:
        """The layout to use and the letter to show in it."""
        refuse_endless_text(letter)
        name = layout or self.layout_for(letter)
        if redacted:
            from app.services.rendering.public import public_letter  # no start waits for it

            name = self._layouts.get(name).public_layout or name
            letter = public_letter(letter)
        return name, letter

    def _context(
        self,
        name: str,
        letter: Letter,
        form_data: bytes | None,
        as_read: Mapping[FieldId, str],
        *,
        redacted: bool = False,
    ) -> dict[str, Any]:
        words = self.layout(name).words
        # A public copy's properties tell no more than what kind of letter it is.
        named = () if redacted else (letter.header.case_number,)
        title = " ".join(filter(None, (words.get("document", ""), *named)))
        outcome = _OUTCOMES.get(letter.outcome) if letter.outcome else None
        return {
            "letter": letter_names(letter, as_read),
            "words": words,
            "title": title,
            "outcome": words.get(f"outcome_{outcome}", ""),
            "meaning": words.get(f"meaning_{outcome}", ""),
            "form_data": _form_data(form_data),
        }

    def _compiler(self, name: str, source: str) -> typst.Compiler:
        return typst.Compiler(
            input=source.encode(),
            root=self._layouts.folder(name),
            font_paths=self._fonts,
            package_path=_NO_PACKAGES,
            package_cache_path=_NO_PACKAGES,
        )

    def _template_error(
        self, name: str, context: Mapping[str, Any], error: typst.TypstError
    ) -> TemplateError:
        found = _LINE.search(error.diagnostic)
        reason = error.message.strip().rstrip(".").replace("\n", " ")
        if found is None:
            return TemplateError(f"{name}/{TEMPLATE}", None, reason)
        place, line = self._templates.origin(name, context, int(found.group(1)))
        return TemplateError(place, line, reason)


def _form_data(data: bytes | None) -> Expression:
    """The Typst markup that attaches the form data, or nothing."""
    if data is None:
        return Expression("")
    return Expression(
        f"#pdf.attach({quoted(FORM_DATA)}, bytes({quoted(data.decode())}), "
        'relationship: "source", mime-type: "application/json", description: "Form data")'
    )


def _timestamp(letter: Letter) -> int:
    """The file's time: the letter's date, never the clock, so that the bytes stay the same.

    Of an undated letter it is the latest day in its header: an archive wants some date.
    """
    header = letter.header
    days = (header.ur_denial_date, header.application_received, header.date_assigned)
    latest = max((day for day in days if day is not None), default=None)
    day = letter.cover.letter_date or header.decision_date or latest
    if day is None or day.year < 1970:
        return 0
    return int(datetime.combine(day, time(), UTC).timestamp())


_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def _page_count(pdf: bytes) -> int:
    return len(_PAGE.findall(pdf))
