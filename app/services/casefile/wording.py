"""How the documents of a letter read in words: in lists, in the window and on the command line."""

from __future__ import annotations

from app.services.casefile.values import CaseFile, Document
from app.services.language.dates import date_text


def days_words(document: Document) -> str:
    """The day, or the first and last one, as letters print them."""
    first, last = document.first_date, document.last_date
    if first is None or last is None or first == last:
        return date_text(first or last)
    return f"{date_text(first)}-{date_text(last)}"


def pages_words(document: Document) -> str:
    """Which pages of the file."""
    if document.pages == 1:
        return f"p. {document.first_page}"
    return f"p. {document.first_page}-{document.last_page}"


def document_words(document: Document) -> str:
    """A document in a line: name, provider, days."""
    return ", ".join(filter(None, (document.name, document.provider, days_words(document))))


def file_words(file: CaseFile) -> str:
    """How far a file was read, and what of it cannot be searched."""
    if file.problem:
        return file.problem
    if not file.pages:
        return "not opened yet"
    pages = f"{file.pages:,} page{'' if file.pages == 1 else 's'}"
    if not file.is_read:
        return f"{file.pages_read:,} of {pages} read"
    if not file.without_text:
        return pages
    if file.without_text == file.pages:
        return f"{pages}, without text: {'it is a picture' if file.pages == 1 else 'they are pictures'}"
    verb = "has" if file.without_text == 1 else "have"
    return f"{file.without_text:,} of {pages} {verb} no text"
