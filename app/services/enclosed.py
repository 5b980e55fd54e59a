"""The letter inside a file that only wraps it: a portfolio, or another PDF it is attached to."""

from __future__ import annotations

from pathlib import PurePath

import msgspec

from app.errors import UserError
from app.evidence import ParseResult
from app.services.citations import Guidelines
from app.services.form_data import with_form_data
from app.services.parsing import parse
from app.services.parsing.elsewhere import attached_pdfs, named_files
from app.services.pdf import PdfText, read

_MOST_TRIED = 40
_DEEPEST = 2
"""A portfolio may lie in another one."""


class Recognised(msgspec.Struct, frozen=True):
    """The words of a file and the letter in them; `name` and `data` where it was inside the file."""

    text: PdfText
    result: ParseResult
    name: str = ""
    data: bytes = b""


def recognise(text: PdfText, guidelines: Guidelines | None) -> Recognised:
    """The letter in a file, or in the first of the PDFs attached to it that is one."""
    own = Recognised(text, with_form_data(parse(text, guidelines), text))
    return _inside(own, guidelines, _DEEPEST) or own


def _inside(outer: Recognised, guidelines: Guidelines | None, deep: int) -> Recognised | None:
    names = attached_pdfs(outer.text)
    if outer.result.layout != "unknown" or not names or not deep:
        return None
    for name in names[:_MOST_TRIED]:
        data = outer.text.attachments[name]
        try:
            text = msgspec.structs.replace(read(data), name=PurePath(name).stem)
        except UserError:  # locked, damaged or no PDF: it is named among the others
            continue
        found = Recognised(text, with_form_data(parse(text, guidelines), text), name, data)
        if found.result.layout == "unknown":
            deeper = _inside(found, guidelines, deep - 1)
            if deeper is None:
                continue
            found = deeper
        return _told(found, [other for other in names if other != name])
    return None


def _told(found: Recognised, others: list[str]) -> Recognised:
    note = f"The letter was attached to another PDF: “{found.name}” was taken out of it and read."
    if others:
        note += f" Attached beside it and not opened: {named_files(others)}."
    result = msgspec.structs.replace(found.result, notes=(note, *found.result.notes))
    return msgspec.structs.replace(found, result=result)
