"""What a letter's PDF holds beside its pages: the values they print, as form data; all of them only
where somebody chose that.

Whoever gets the PDF sees the pages: what no page shows must not leave in it unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from app.letter import FieldId, Issue, Letter, field_ids, get_value, is_missing, with_value
from app.services.conformance import verdict
from app.services.interchange import encode_letter
from app.services.language.dates import days_in
from app.services.privacy.folding import fold
from app.services.rendering import FORM_DATA, Renderer, printed

_MOST_NAMED = 4


class LetterFile(msgspec.Struct, frozen=True):
    """A finished PDF, and in words what is attached to it and which standards it keeps."""

    pdf: bytes
    sentence: str


def letter_file(
    renderer: Renderer,
    letter: Letter,
    name: str,
    layout: str | None = None,
    *,
    as_read: Mapping[FieldId, str] | None = None,
    attach_all: bool = False,
) -> LetterFile:
    """The letter as PDF with its form data: what the layout prints, or all where that was chosen.

    `name` is the file's own. Raises UserError for a layout that cannot be used.
    """
    shown, unprinted = printed_only(renderer, letter, layout)
    attached = letter if attach_all else shown
    rendered = renderer.render(
        letter, layout, form_data=encode_letter(attached, name), as_read=as_read
    )
    told = [_sentence(unprinted, attach_all=attach_all)]
    if judged := verdict(rendered.pdf):
        told.append(judged.sentence)
    return LetterFile(rendered.pdf, " ".join(told))


def printed_only(
    renderer: Renderer, letter: Letter, layout: str | None = None
) -> tuple[Letter, tuple[FieldId, ...]]:
    """The letter with what its pages print, and the fields that were emptied for that.

    A value without a place of its own stays where the words of another field tell it, as the
    summary tells the age.
    """
    on_page = renderer.printed_fields(letter, layout)
    text = "\n".join(printed(get_value(letter, field)) for field in on_page)
    emptied: list[FieldId] = []
    shown = letter
    for field in field_ids(letter):
        value = get_value(letter, field)
        if field in on_page or is_missing(value):
            continue
        if not tells(text, value):
            emptied.append(field)
            shown = with_value(shown, field, _empty(field))
    return shown, tuple(emptied)


def tells(text: str, value: Any) -> bool:
    """Whether a text tells a field's value: its words, or a date in any form."""
    if isinstance(value, date):
        return value in days_in(text)
    return fold(printed(value)) in _folded(text)


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    return fold(text)


def _empty(field: FieldId) -> Any:
    issues = () if field.issue is None else (Issue(id=field.issue),)
    return get_value(Letter(issues=issues), field)


def _sentence(unprinted: tuple[FieldId, ...], *, attach_all: bool) -> str:
    names = list(dict.fromkeys(field.spec.label for field in unprinted))
    if len(names) > _MOST_NAMED:
        names = [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    listed = ", ".join(names)
    if not listed:
        return f"Attached as {FORM_DATA}: the values that its pages print."
    if attach_all:
        return f"Attached as {FORM_DATA}: every value, ALSO what no page prints: {listed}."
    return f"Attached as {FORM_DATA}: the values that its pages print. Left out of it: {listed}."
