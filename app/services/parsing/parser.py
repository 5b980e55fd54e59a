"""The order of work: lay out, choose the form, read it, cross-check, put together."""

from __future__ import annotations

from msgspec.structs import replace

from app.evidence import ParseResult
from app.letter import Letter
from app.services.citations import Guidelines
from app.services.parsing.columns import in_parts
from app.services.parsing.crosscheck import crosscheck
from app.services.parsing.draft import Draft
from app.services.parsing.elsewhere import where_the_letter_may_be
from app.services.parsing.foreign_ink import sort_ink
from app.services.parsing.forms import read_form
from app.services.parsing.forms_2013 import read_form_of_2013
from app.services.parsing.layouts import layout_of
from app.services.parsing.marks import exact_marks
from app.services.parsing.noise import doubt_misread
from app.services.parsing.out_of_order import in_order
from app.services.parsing.recognised import doubt_recognised
from app.services.parsing.repeats import Repeats, doubt_places, without_repeats
from app.services.parsing.set_apart import closed_up
from app.services.parsing.set_aside import tell_ink
from app.services.parsing.several import OUT_OF_ORDER, first_letter, without_records_before
from app.services.parsing.sheet import lay_out
from app.services.parsing.unread import (
    blank_pages,
    tell_unread,
    why_nothing_is_read,
    without_unread,
)
from app.services.pdf import PdfText


def parse(text: PdfText, guidelines: Guidelines | None = None) -> ParseResult:
    """Reads a letter. Never raises: what cannot be found is missing, with a doubt that says why.

    `guidelines` are those that are known; without them, the program's own.
    """
    pages = len(text.pages)
    whole = text
    inside = where_the_letter_may_be(text)
    ink = sort_ink(in_parts(closed_up(without_unread(text))))
    repeats = without_repeats(ink.text) if pages > 1 else Repeats(ink.text)
    text, reordered = in_order(repeats.text)
    sheet = lay_out(text)
    text, before = without_records_before(text, sheet)
    if before:
        sheet = lay_out(text)
    first, note = first_letter(text, sheet) if pages > 1 else (text, None)
    if note:
        sheet = lay_out(first)
    draft = Draft(sheet, guidelines)
    draft.blank_pages, draft.seams = blank_pages(whole), whole.seams
    draft.notes += [*repeats.notes, *filter(None, (reordered, before, note))]
    if before and before.endswith(OUT_OF_ORDER):
        draft.incomplete = before
    _tell_of_pages(draft, text)
    if not sheet.texts:
        return _without_text(draft, whole, inside)
    of_2013 = read_form_of_2013(draft)
    if of_2013 is not None:
        layout, reasons = of_2013
        crosscheck(draft, layout, text.name)
    else:
        sections = read_form(draft, exact_marks(sheet))
        layout, reasons = layout_of(draft, sections)
        crosscheck(draft, layout, text.name)
        doubt_misread(draft, sections.marks, text)
    if inside and layout == "unknown":
        draft.notes.append(inside)
        reasons = (inside, *reasons)
    tell_ink(draft, ink)
    doubt_places(draft, repeats.unsure)
    doubt_recognised(draft, whole)
    last = max((page.number for page in first.pages), default=pages)
    incomplete = tell_unread(draft, replace(whole, pages=whole.pages[:last]))
    return ParseResult(
        letter=draft.letter(layout),
        evidence=draft.evidence(),
        layout=layout,
        layout_reasons=reasons,
        notes=tuple(draft.notes),
        incomplete=incomplete or draft.incomplete,
        set_aside=ink.set_aside,
        pages=pages,
    )


def _tell_of_pages(draft: Draft, text: PdfText) -> None:
    if text.read_to:
        draft.notes.append(
            f"The file has {text.pages[-1].number} pages. The letter stands among the first "
            f"{text.read_to}; those behind were not read."
        )
    if text.unreadable_pages:
        numbers = ", ".join(str(page) for page in text.unreadable_pages)
        draft.notes.append(f"These pages of the file cannot be read: {numbers}.")


def _without_text(draft: Draft, text: PdfText, inside: str | None) -> ParseResult:
    """A file of pictures or of unknown glyphs: nothing to read, and one sentence that says so."""
    why = why_nothing_is_read(text)
    note = inside or f"{why} Have the text recognised first, or type the fields in."
    return ParseResult(
        letter=Letter(layout="unknown"),
        evidence={},
        layout="unknown",
        layout_reasons=(inside or why,),
        notes=(*draft.notes, note),
        pages=len(text.pages),
    )
