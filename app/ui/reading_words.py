"""What is told of how a letter was read, when it comes onto the desk."""

from __future__ import annotations

from app.services.intake import OpenedCase


def words_of_reading(opened: OpenedCase) -> str:
    """The sentences for the user; empty where all of the letter was read and nothing is odd."""
    parsed = opened.case.parsed
    where = [note for note in parsed.notes if note in parsed.layout_reasons]
    if not opened.text.has_text:
        what = _no_glyphs() if opened.text.has_unknown_glyphs else _no_text()
        return " ".join([what, *where, _by_hand()])
    if parsed.layout == "unknown":
        return " ".join([_no_letter(), *where, _rest_by_hand()])
    return "\n".join(parsed.notes)


def _no_glyphs() -> str:
    return (
        "The pages can be seen, but their text cannot be read: the PDF does not say which "
        "characters its glyphs are."
    )


def _no_text() -> str:
    return "This PDF has no text: it is a picture of paper. Nothing could be read from it."


def _by_hand() -> str:
    return "The form can be filled in by hand beside the page."


def _no_letter() -> str:
    return "This PDF does not look like a determination letter."


def _rest_by_hand() -> str:
    return "What could be read is in the form; the rest can be filled in by hand beside the page."
