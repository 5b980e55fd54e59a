"""What is told of how a letter was read, when it comes onto the desk."""

from __future__ import annotations

from app.services.letter_intake import OpenedCase

NO_GLYPHS = (
    "The pages can be seen, but their text cannot be read: the PDF does not say which "
    "characters its glyphs are."
)
NO_TEXT = "This PDF has no text: it is a picture of paper. Nothing could be read from it."
BY_HAND = "The form can be filled in by hand beside the page."
NO_LETTER = "This PDF does not look like a determination letter."
REST_BY_HAND = (
    "What could be read is in the form; the rest can be filled in by hand beside the page."
)


def words_of_reading(opened: OpenedCase) -> str:
    """The sentences for the user; empty where all of the letter was read and nothing is odd."""
    parsed = opened.case.parsed
    where = [note for note in parsed.notes if note in parsed.layout_reasons]
    if not opened.text.has_text:
        what = NO_GLYPHS if opened.text.has_unknown_glyphs else NO_TEXT
        return " ".join([what, *where, BY_HAND])
    if parsed.layout == "unknown":
        return " ".join([NO_LETTER, *where, REST_BY_HAND])
    return "\n".join(parsed.notes)
