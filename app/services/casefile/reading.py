"""How the documents of a letter come in and are read: each file kept at once, its pages by and by.

Reading goes a batch of pages at a time and keeps each, so that nothing of a bundle lies in memory and
what was stopped goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.services.casefile.pages import page_text
from app.services.casefile.values import CaseFile
from app.services.pdf import CannotOpen, NotAPdf, PasswordNeeded
from app.services.regular_files import read_regular

if TYPE_CHECKING:
    from app.services.letter_intake import Reader
    from app.services.store.case_files import CaseFiles

BATCH = 32
"""Pages that are read at a time."""
BEGINNING = b"%PDF-"
LOOKED_AT = 1024


def _never() -> bool:
    return False


def pdfs_among(paths: Iterable[Path]) -> list[Path]:
    """The PDFs among files and folders, those of a folder in the order of their names."""
    from app.services.letter_intake import pdfs_of  # it brings the reading of letters along

    return [file for path in paths for file in pdfs_of(path)]


def add_file(files: CaseFiles, case_id: int, path: Path) -> tuple[CaseFile, bool]:
    """Keep a PDF among the documents of a letter, to be read later; and whether it was there.

    Raises UserError.
    """
    try:
        data = read_regular(path)
    except OSError as error:
        raise CannotOpen(error.strerror or type(error).__name__) from error
    if BEGINNING not in data[:LOOKED_AT]:
        raise NotAPdf
    return files.add(case_id, data, path.name)


def read_file(
    files: CaseFiles,
    reader: Reader,
    file_id: int,
    *,
    password: str | None = None,
    progressed: Callable[[int, int], None] | None = None,
    is_cancelled: Callable[[], bool] = _never,
) -> bool:
    """Read what is not read yet of a file and say which documents it is; False where it was
    cancelled. What cannot be read is noted with the file.

    Raises UserError where the data folder cannot be used.
    """
    file = files.file(file_id)
    data = files.data(file_id)
    try:
        pictures = reader.pictures(data, password)
    except PasswordNeeded:
        raise
    except UserError as error:
        files.note_opened(file_id, file.pages, str(error))
        return True
    with pictures:
        count = len(pictures.sizes)
        files.note_opened(file_id, count)
        there = files.pages_read(file_id)
        left = [page for page in range(1, count + 1) if page not in there]
        for at in range(0, len(left), BATCH):
            if is_cancelled():
                return False
            batch = left[at : at + BATCH]
            files.put_pages(file_id, [page_text(page) for page in pictures.words(batch)])
            if progressed:
                progressed(count - len(left) + at + len(batch), count)
    from app.services.casefile.splitting import propose  # with the first file that was read

    files.end_reading(file_id, propose(files, file_id))
    return True
