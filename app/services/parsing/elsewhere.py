"""Files whose pages are not the letter: it is attached to them, or drawn by another program."""

from __future__ import annotations

from app.services.pdf import PdfText

_MOST_NAMED = 5
_DYNAMIC = (
    "The file is a form whose pages only the program that fills it can draw (XFA). Open it there, "
    "print it as a PDF and open that."
)


def where_the_letter_may_be(text: PdfText) -> str | None:
    """What to do about a file that is only the wrapping of others; of use where it is no letter."""
    if text.is_dynamic_form:
        return _DYNAMIC
    names = [name for name in text.attachments if name.lower().endswith(".pdf")]
    if not names:
        return None
    named = ", ".join(f"“{name}”" for name in names[:_MOST_NAMED])
    more = ", …" if len(names) > _MOST_NAMED else ""
    if len(names) == 1:
        return f"Another PDF is attached to this one: {named}. Save it from there and open it."
    return (
        f"{len(names)} other PDFs are attached to this one, as in a portfolio: {named}{more}. "
        "Save the letter from there and open it."
    )
