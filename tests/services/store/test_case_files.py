"""The documents of a letter are kept, searched, backed up, encrypted and erased with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.services.casefile.values import CaseFile, Document, DocumentKind, PageText, Quotation
from app.services.database import open_database
from app.services.store import Backups, Store, erase, read_archive, write_archive
from app.services.store.case_files import LARGEST, CaseFiles
from app.services.vault import Cipher
from tests.services.store.letters import put

RECORDS = b"%PDF-1.7 made-up records"
WORDS = "The patient has a positive quackenbush sign on the left"


@pytest.fixture
def files(store: Store) -> CaseFiles:
    return CaseFiles(store)


def _read(files: CaseFiles, case_id: int, data: bytes = RECORDS) -> CaseFile:
    file, _ = files.add(case_id, data, "records.pdf", pages=3)
    texts = ("PROGRESS REPORT\nRowan Tate", WORDS, "")
    files.put_pages(
        file.id,
        [PageText(page=at, text=text, has_text=bool(text)) for at, text in enumerate(texts, 1)],
    )
    return files.file(file.id)


def test_a_file_is_kept_once_and_is_one_document_until_it_is_read(
    store: Store, files: CaseFiles
) -> None:
    case_id = put(store)
    file, known = files.add(case_id, RECORDS, "records.pdf", pages=3)
    again, known_now = files.add(case_id, RECORDS, "the same.pdf", pages=3)
    assert (known, known_now, again) == (False, True, file)
    assert files.data(file.id) == RECORDS
    (document,) = files.documents(case_id)
    assert (document.first_page, document.last_page, document.name) == (1, 3, "records")


def test_pages_are_counted_and_found(store: Store, files: CaseFiles) -> None:
    case_id, other = put(store), put(store, 2)
    file = _read(files, case_id)
    _read(files, other, RECORDS + b"2")
    assert (file.pages, file.pages_read, file.without_text) == (3, 3, 1)
    (found,) = files.search(case_id, "quackenbush si")
    assert found == (file.id, 2)
    assert "positive quackenbush sign" in files.excerpts("quackenbush", [found])[0]
    assert files.search(case_id, "bush") == files.search(case_id, " .,") == ()
    assert [page.page for _, page in files.pages_with(case_id, ["Quackenbush", "none"])] == [2]


def test_what_a_person_said_of_a_document_outlives_the_reading(
    store: Store, files: CaseFiles
) -> None:
    case_id = put(store)
    file = _read(files, case_id)
    (document,) = files.documents(case_id)
    files.correct(document.id, {"kind": DocumentKind.RFA, "first_date": date(2016, 3, 4)})
    files.end_reading(file.id, [Document(last_page=1), Document(first_page=2, last_page=3)])
    (kept,) = files.documents(case_id)
    assert (kept.kind, kept.first_date) == (DocumentKind.RFA, date(2016, 3, 4))
    with pytest.raises(ValueError, match="first_page"):
        files.correct(document.id, {"first_page": 2})


def test_documents_are_split_and_joined(store: Store, files: CaseFiles) -> None:
    case_id = put(store)
    _read(files, case_id)
    (document,) = files.documents(case_id)
    second = files.split(document.id, 3)
    assert [(one.first_page, one.last_page) for one in files.documents(case_id)] == [(1, 2), (3, 3)]
    with pytest.raises(ValueError, match="1"):
        files.split(document.id, 1)
    assert files.join(second) == document.id
    assert [(one.first_page, one.last_page) for one in files.documents(case_id)] == [(1, 3)]


def test_a_removed_file_leaves_no_word_in_the_index(store: Store, files: CaseFiles) -> None:
    case_id = put(store)
    file = _read(files, case_id)
    files.quote(
        case_id, Quotation(file_id=file.id, page=2, boxes=((0, 0, 1, 1),), field="x", words="w")
    )
    assert files.quotations(case_id)[0].page == 2
    files.remove(file.id)
    assert files.search(case_id, "quackenbush") == ()
    assert files.documents(case_id) == files.files(case_id) == files.quotations(case_id) == ()


def test_too_large_a_file_is_refused_before_it_is_kept(store: Store, files: CaseFiles) -> None:
    case_id = put(store)

    class Large(bytes):
        def __len__(self) -> int:
            return LARGEST + 1

    with pytest.raises(UserError, match="Split it"):
        files.add(case_id, Large(), "huge.pdf")
    assert files.files(case_id) == ()


def test_a_backup_has_the_documents_and_the_index_is_made_anew(
    store: Store, files: CaseFiles
) -> None:
    case_id = put(store)
    file = _read(files, case_id)
    backups = Backups(store.database, store.folder)
    backup = backups.make()
    files.remove(file.id)
    backups.restore(backup)
    assert files.search(case_id, "quackenbush") == ()
    assert files.index_missing(case_id)
    assert not files.index_missing(case_id)
    assert [found.page for found in files.search(case_id, "quackenbush")] == [2]
    assert files.data(file.id) == RECORDS


def test_no_kept_file_goes_that_a_letters_documents_need(store: Store, files: CaseFiles) -> None:
    from datetime import timedelta

    case_id = put(store)
    file = _read(files, case_id)
    backups = Backups(store.database, store.folder)
    backups.make()
    backups.sweep(store.files, timedelta(0))
    assert files.data(file.id) == RECORDS
    files.remove(file.id)
    backups.sweep(store.files, timedelta(0))
    assert store.files.get(file.sha256) == RECORDS  # the backup needs it still


def test_an_archive_takes_the_documents_along(
    store: Store, files: CaseFiles, tmp_path: Path
) -> None:
    case_id = put(store)
    _read(files, case_id)
    assert write_archive(store, tmp_path / "all.zip").pdfs == 2
    folder = tmp_path / "other"
    folder.mkdir()
    database = open_database(folder / "imr-desk.db")
    other = Store(database, folder)
    read_archive(other, tmp_path / "all.zip")
    there = CaseFiles(other)
    assert there.data(there.files(case_id)[0].id) == RECORDS
    assert [found.page for found in there.search(case_id, "quackenbush")] == [2]
    database.close()


def test_erasing_a_letter_leaves_nothing_of_its_documents(
    store: Store, files: CaseFiles, tmp_path: Path
) -> None:
    case_id, other = put(store), put(store, 2)
    alone = _read(files, case_id)
    shared = _read(files, case_id, b"%PDF- of both")
    kept = _read(files, other, b"%PDF- of both")
    write_archive(store, tmp_path / "all.zip")
    Backups(store.database, store.folder).make()
    erase(store, [case_id])
    assert not store.files.path(alone.sha256).exists()
    assert store.files.get(shared.sha256) == b"%PDF- of both"
    assert files.index_missing(other)
    assert [found.file_id for found in files.search(other, "quackenbush")] == [kept.id]
    erase(store, [other])
    # A term lies in the index without the beginning that it shares with the one before it.
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix != ".zip":
            assert b"ackenbush" not in path.read_bytes(), path
    assert not store.files.path(shared.sha256).exists()


def test_an_encrypted_folder_searches_and_shows_no_word(tmp_path: Path) -> None:
    database = open_database(tmp_path / "imr-desk.db", Cipher(b"k" * 32))
    store = Store(database, tmp_path)
    files = CaseFiles(store)
    case_id = put(store)
    file = _read(files, case_id)
    assert [found.page for found in files.search(case_id, "quackenbush")] == [2]
    assert files.data(file.id) == RECORDS
    database.close()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"ackenbush" not in path.read_bytes(), path
            assert b"made-up records" not in path.read_bytes(), path
