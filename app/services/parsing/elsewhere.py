"""Files whose pages are not the letter: it is attached to them, or drawn by another program."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.pdf import PdfText

_MOST_NAMED = 5
_BEGINS, _BEGINS_WITHIN = b"%PDF-", 1024
_DYNAMIC = (
    "The file is a form whose pages only the program that fills it can draw (XFA). Open it there, "
    "print it as a PDF and open that."
)


def attached_pdfs(text: PdfText) -> tuple[str, ...]:
    """The names of the PDFs attached to a file, told by their endings or how they begin."""
    return tuple(
        name
        for name, data in text.attachments.items()
        if name.lower().endswith(".pdf") or _BEGINS in data[:_BEGINS_WITHIN]
    )


def where_the_letter_may_be(text: PdfText) -> str | None:
    """What to do about a file that is only the wrapping of others; of use where it is no letter."""
    if text.is_dynamic_form:
        return _DYNAMIC
    names = attached_pdfs(text)
    if not names:
        return None
    named = named_files(names)
    if len(names) == 1:
        return f"Another PDF is attached to this one: {named}. Save it from there and open it."
    return (
        f"{len(names)} other PDFs are attached to this one, as in a portfolio: {named}. "
        "Save the letter from there and open it."
    )


def named_files(names: Sequence[str]) -> str:
    """The names of the first files, as they are told."""
    named = ", ".join(f"“{name}”" for name in names[:_MOST_NAMED])
    return f"{named}, …" if len(names) > _MOST_NAMED else named
