"""A scan written out with its words: which of its pages need them, where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from app.errors import UserError
from app.services.guard import Watch
from app.services.letter_intake import Reader
from app.services.pdf import PdfPage, ReadingStopped

_AT_A_TIME = 32
"""Pages that are looked at together: of a long bundle few are held at a time."""


class NothingToRecognise(UserError):
    """The words of all pages are in the file already."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was written: each page with words has them in the file already.",
            "Use the file as it is; its words can be found and copied.",
        )


class NoWordsFound(UserError):
    """The pictures were read, and there is nothing to put behind them."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was written: no words were found in the pictures of the pages.",
            "Scan it again, darker or with more dots an inch.",
        )


class SearchableScan(msgspec.Struct, frozen=True):
    """The file with its words; the numbers of the pages that got some and of those without any."""

    pdf: bytes
    pages: tuple[int, ...]
    wordless: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """What was done, for the user."""
        told = f"The words of {_named(self.pages)} lie behind the pictures, as they were recognised"
        if not self.wordless:
            return f"{told}."
        return f"{told}; on {_named(self.wordless)} none were found."


def searchable_scan(
    reader: Reader,
    data: bytes,
    password: str | None = None,
    known: Iterable[PdfPage] = (),
    watch: Watch | None = None,
) -> SearchableScan:
    """The file with the words of those pages that are pictures behind them; the others stay.

    `known` are pages that were recognised before; the rest is recognised now, and `watch` is told
    how many of how many are done. Raises NothingToRecognise, NoWordsFound, NotInstalled,
    ReadingStopped where that was cancelled, and the errors of reading.
    """
    watch = watch or Watch()
    found = {page.number: page for page in known if page.certainties}
    wanted = tuple(sorted({*_pictured(reader, data, password), *found}))
    if not wanted:
        raise NothingToRecognise
    left = tuple(number for number in wanted if number not in found)
    if left:
        for page in reader.recognise(data, left, password, lambda: watch.is_cancelled):
            found[page.number] = page
            watch.tell(len(found), len(wanted))
    if watch.is_cancelled:
        raise ReadingStopped
    pages = tuple(page for _, page in sorted(found.items()) if page.texts)
    if not pages:
        raise NoWordsFound
    having = tuple(page.number for page in pages)
    wordless = tuple(number for number in wanted if number not in set(having))
    return SearchableScan(reader.searchable(data, pages, password), having, wordless)


def _pictured(reader: Reader, data: bytes, password: str | None) -> Iterator[int]:
    pictures = reader.pictures(data, password)
    with pictures:
        every = range(1, len(pictures.sizes) + 1)
        for at in range(0, len(every), _AT_A_TIME):
            seen = pictures.words(every[at : at + _AT_A_TIME])
            yield from (page.number for page in seen if page.unread)


def _named(numbers: tuple[int, ...]) -> str:
    listed = ", ".join(map(str, numbers[:12])) + (" and more" if len(numbers) > 12 else "")
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"
