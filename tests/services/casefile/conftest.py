"""A store with one letter, the reader of PDFs, and a bundle of made-up records that was read once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from app.services.casefile.reading import read_file
from app.services.casefile.values import CaseFile, Document
from app.services.database import open_database
from app.services.letter_reader import LetterReader
from app.services.store import Store
from app.services.store.case_files import CaseFiles
from tests.letters import records
from tests.services.store.letters import put


@pytest.fixture(scope="package")
def reader() -> Iterator[LetterReader]:
    with LetterReader() as made:
        yield made


class Shelf(NamedTuple):
    """The documents of one letter, and how to put more there."""

    files: CaseFiles
    case_id: int
    reader: LetterReader

    def take(self, data: bytes, name: str = "records.pdf") -> tuple[CaseFile, tuple[Document, ...]]:
        """Add a file, read it, and give it with its documents."""
        file, _ = self.files.add(self.case_id, data, name)
        assert read_file(self.files, self.reader, file.id)
        there = self.files.documents(self.case_id)
        return self.files.file(file.id), tuple(one for one in there if one.file_id == file.id)


@pytest.fixture
def shelf(tmp_path: Path, reader: LetterReader) -> Iterator[Shelf]:
    database = open_database(tmp_path / "imr-desk.db")
    store = Store(database, tmp_path)
    yield Shelf(CaseFiles(store), put(store), reader)
    database.close()


SENT = (
    records.fax_cover(date(2016, 3, 20)),
    records.application(date(2016, 3, 22)),
    records.ur_letter(date(2016, 3, 15)),
    records.rfa(date(2016, 3, 7)),
    records.narrative(date(2016, 3, 4)),
    records.narrative(date(2016, 2, 3)),
    records.form_pr2(date(2016, 2, 11)),
    records.imaging(date(2016, 1, 19)),
    records.therapy(date(2016, 1, 5), 1),
    records.therapy(date(2016, 1, 8), 2),
    records.lab(date(2016, 2, 20)),
    records.narrative(date(2016, 3, 4)),
)
"""A file as it is sent: the newest report twice, two with the same words of different days."""
STAMP = "MAR-22-2016 09:14 FROM BAYVIEW 510 555 0101"
