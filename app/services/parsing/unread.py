"""Pages that show more than their words: pictures inside a letter, and texts without meaning.

Such a page may hold a disputed item or the end of a text, so what stands beside it is doubtful, and
with it the number of items and the outcome.
"""

from __future__ import annotations

from msgspec.structs import replace

from app.letter import FieldId
from app.services.parsing.draft import Draft, field
from app.services.pdf import PdfText, Unread

NO_GLYPHS = (
    "The pages can be seen, but their text cannot be read: the file does not say which characters "
    "its glyphs are."
)
NO_TEXT = "The file has no text, only pictures of pages."


def without_unread(text: PdfText) -> PdfText:
    """The text less the words of pages that show something else."""
    if not text.unread_pages:
        return text
    pages = tuple(page.with_words(()) if page.unread else page for page in text.pages)
    return replace(text, pages=pages)


def blank_pages(text: PdfText) -> frozenset[int]:
    """The numbers of the pages that nothing is printed on."""
    return frozenset(page.number for page in text.pages if not page.texts and not page.unread)


def why_nothing_is_read(text: PdfText) -> str:
    """Why a file gives no words at all."""
    kinds = {page.unread for page in text.pages}
    return NO_GLYPHS if Unread.GLYPHS in kinds else NO_TEXT


def tell_unread(draft: Draft, text: PdfText) -> str | None:
    """Tells the pages that were not read and doubts what stands beside them.

    Gives the sentence for the number of items and the outcome, if any page was not read.
    """
    unread = [page for page in text.pages if page.unread]
    if not unread or not draft.sheet.texts:
        return None
    pictures = [page.number for page in unread if page.unread is Unread.PICTURE]
    glyphs = [page.number for page in unread if page.unread is Unread.GLYPHS]
    for numbers, why in (
        (pictures, "shows a picture: what it says was not read"),
        (glyphs, "can be seen, but its text cannot be read: its characters are not told"),
    ):
        if numbers:
            draft.notes.append(f"{_pages(numbers)} {why}.")
    numbers = [page.number for page in unread]
    told = _pages(numbers)
    for number in numbers:
        for name in _beside(draft, number):
            why = f"Page {number} was not read: this may go on or begin there."
            draft.doubt(name, why)
    return f"{told} could not be read: disputed items may be missing."


def _pages(numbers: list[int]) -> str:
    """“Page 4” or “Pages 4, 7 to 9”; the verbs after it are those of one page."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
    return f"Page {shown}" if len(numbers) == 1 else f"Each of the pages {shown}"


def _beside(draft: Draft, page: int) -> list[FieldId]:
    """The fields that end or go on where a page is missing, and those that begin behind it."""
    sheet = draft.sheet
    at = next((row.first for row in sheet.rows if row.page > page), len(sheet.texts))
    found = [*draft.across(at), *draft.ending_at(at), *draft.starting_at(at)]
    if not found:
        found = [*draft.from_label(at)]
    if not found and draft.issues:
        found = [field("issue.rationale", draft.issues[-1])]
    return found
