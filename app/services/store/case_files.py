"""The door to the documents of the letters: added, read page by page, corrected, searched.

Their PDFs lie with those of the letters, their texts in the database: backed up, encrypted and
erased with the letter they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from app.errors import UserError
from app.services.casefile.values import (
    CaseFile,
    Document,
    DocumentKind,
    Found,
    PageText,
    Quotation,
)
from app.services.database.connection import driver_connection
from app.services.database.packing import pack_text, unpack_text
from app.services.store import case_words
from app.services.store.store import Store

LARGEST = 512 * 2**20
"""Bytes of a file that is kept; what is sent to reviewers is never larger."""
AT_ONCE = 200
"""Pages that are put into the index in one transaction."""
_FIELDS = tuple(
    name for name in Document.__struct_fields__ if name not in ("id", "file_id", "corrected")
)
_CORRECTABLE = frozenset(_FIELDS) - {"first_page", "last_page", "copy_of"}


class CaseFiles:
    """What belongs to each letter beside its own PDF.

    Methods may be called from any thread and raise UserError with nothing half done, KeyError for
    what is not there.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._database = store.database

    # Files

    def add(self, case_id: int, data: bytes, name: str, pages: int = 0) -> tuple[CaseFile, bool]:
        """Keeps a PDF with a letter; gives it, and whether it was there already.

        It is one document of unknown kind until it was read.
        """
        if len(data) > LARGEST:
            raise UserError(
                f"{name} has {len(data) / 2**20:,.0f} MB, more than a case file takes "
                f"({LARGEST / 2**20:,.0f} MB).",
                "Split it into several files and add those.",
            )
        self._store.summary(case_id)
        name = name.encode(errors="replace").decode()
        sha256 = self._store.files.put(data)
        with self._database.writing() as session:
            raw = driver_connection(session)
            known = raw.execute(
                "SELECT id FROM case_files WHERE case_id = ? AND file_sha256 = ?", (case_id, sha256)
            ).fetchone()
            if known is None:
                cursor = raw.execute(
                    "INSERT INTO case_files (case_id, file_sha256, file_name, pages, problem, is_read, "
                    "added_at) VALUES (?, ?, ?, ?, '', 0, ?)",
                    (
                        case_id,
                        sha256,
                        name,
                        pages,
                        datetime.now(UTC).isoformat(timespec="microseconds"),
                    ),
                )
                file_id = int(cursor.lastrowid or 0)
                whole = Document(last_page=max(pages, 1), name=name.removesuffix(".pdf"))
                _insert_document(raw, case_id, file_id, whole)
            else:
                file_id = known[0]
            return _files(raw, "case_files.id = ?", file_id)[0], known is not None

    def files(self, case_id: int) -> tuple[CaseFile, ...]:
        """The files of a letter, in the order they came."""
        with self._database.plainly() as raw:
            return _files(raw, "case_files.case_id = ?", case_id)

    def file(self, file_id: int) -> CaseFile:
        with self._database.plainly() as raw:
            found = _files(raw, "case_files.id = ?", file_id)
        if not found:
            raise KeyError(file_id)
        return found[0]

    def data(self, file_id: int) -> bytes:
        """The bytes of a file. Raises FileMissing, FileChanged."""
        return self._store.files.get(self.file(file_id).sha256)

    def remove(self, file_id: int) -> None:
        """Takes a file out of a letter's documents, with its texts and its words in the index."""
        with self._database.writing() as session:
            raw = driver_connection(session)
            case_words.forget_file(raw, file_id)
            _forget_copies_of(raw, file_id)
            raw.execute("DELETE FROM case_files WHERE id = ?", (file_id,))

    # Reading

    def note_opened(self, file_id: int, pages: int, problem: str = "") -> None:
        """How many pages a file has, or why it cannot be read."""
        with self._database.writing() as session:
            raw = driver_connection(session)
            raw.execute(
                "UPDATE case_files SET pages = ?, problem = ?, is_read = ? WHERE id = ?",
                (pages, problem, bool(problem), file_id),
            )
            raw.execute(
                "UPDATE case_documents SET last_page = ? WHERE file_id = ? AND first_page = 1 "
                "AND last_page < ? AND "
                "(SELECT count(*) FROM case_documents WHERE file_id = ?) = 1",
                (max(pages, 1), file_id, pages, file_id),
            )

    def put_pages(self, file_id: int, pages: Iterable[PageText]) -> None:
        """Keeps the texts of some pages, and their words in the index."""
        case_id = self.file(file_id).case_id
        with self._database.writing() as session:
            raw = driver_connection(session)
            for page in pages:
                cursor = raw.execute(
                    "INSERT INTO case_pages (case_id, file_id, page, has_text, text) "
                    "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (case_id, file_id, page.page, page.has_text, pack_text(page.text)),
                )
                if cursor.rowcount:
                    case_words.put(raw, int(cursor.lastrowid or 0), case_id, page.text)

    def index_missing(self, case_id: int) -> bool:
        """Puts some pages of a letter into the index that are not in it, as after a backup was
        restored; False where none was left."""
        with self._database.plainly() as raw:
            if not case_words.missing(raw, case_id, 1):
                return False
        with self._database.writing() as session:
            raw = driver_connection(session)
            for row, text in case_words.missing(raw, case_id, AT_ONCE):
                case_words.put(raw, row, case_id, unpack_text(text))
        return True

    def pages_read(self, file_id: int) -> frozenset[int]:
        """The numbers of the pages whose text is kept."""
        with self._database.plainly() as raw:
            rows = raw.execute("SELECT page FROM case_pages WHERE file_id = ?", (file_id,))
            return frozenset(page for (page,) in rows)

    def texts(self, file_id: int, first: int = 1, last: int = 1 << 40) -> Iterator[PageText]:
        """The texts of a file's pages in order, some at a time, so that no bundle lies in memory."""
        while first <= last:
            with self._database.plainly() as raw:
                rows = raw.execute(
                    "SELECT page, text, has_text FROM case_pages WHERE file_id = ? "
                    "AND page BETWEEN ? AND ? ORDER BY page LIMIT 64",
                    (file_id, first, last),
                ).fetchall()
            if not rows:
                return
            for page, text, has_text in rows:
                yield PageText(page=page, text=unpack_text(text), has_text=bool(has_text))
            first = rows[-1][0] + 1

    def end_reading(self, file_id: int, proposed: Sequence[Document]) -> None:
        """All pages of a file were read: it is these documents, where nobody said otherwise.

        `copy_of` of a proposed document is the id of one of another file, or -n for the n-th
        proposed.
        """
        with self._database.writing() as session:
            raw = driver_connection(session)
            raw.execute("UPDATE case_files SET is_read = 1 WHERE id = ?", (file_id,))
            now = _documents(raw, "file_id = ?", file_id)
            if not proposed or any(document.corrected for document in now):
                return
            case_id = raw.execute(
                "SELECT case_id FROM case_files WHERE id = ?", (file_id,)
            ).fetchone()[0]
            _forget_copies_of(raw, file_id)
            raw.execute("DELETE FROM case_documents WHERE file_id = ?", (file_id,))
            ids: list[int] = []
            for document in proposed:
                copy_of = document.copy_of
                if copy_of is not None and copy_of < 0:
                    copy_of = ids[-copy_of - 1]
                replaced = msgspec.structs.replace(document, copy_of=copy_of)
                ids.append(_insert_document(raw, case_id, file_id, replaced))

    # Documents

    def documents(self, case_id: int) -> tuple[Document, ...]:
        """The documents of a letter, in the order of files and pages."""
        with self._database.plainly() as raw:
            return _documents(raw, "case_id = ?", case_id)

    def correct(self, document_id: int, values: Mapping[str, Any]) -> None:
        """Sets fields of a document (kind, name, provider, first_date, last_date, is_listed), for
        good: no reading changes them any more. Raises ValueError for another field."""
        if not values.keys() <= _CORRECTABLE:
            raise ValueError(", ".join(values.keys() - _CORRECTABLE))
        with self._database.writing() as session:
            raw = driver_connection(session)
            document = _one(raw, document_id)
            said = sorted({*document.corrected, *values})
            changed = msgspec.structs.replace(document, corrected=tuple(said), **values)
            _update_document(raw, changed)

    def split(self, document_id: int, page: int) -> int:
        """Begins a new document at a page of one; gives its id. Raises ValueError for a page that
        is not inside."""
        with self._database.writing() as session:
            raw = driver_connection(session)
            document = _one(raw, document_id)
            if not document.first_page < page <= document.last_page:
                raise ValueError(page)
            case_id = raw.execute(
                "SELECT case_id FROM case_documents WHERE id = ?", (document_id,)
            ).fetchone()[0]
            said = tuple(sorted({*document.corrected, "pages"}))
            first = msgspec.structs.replace(document, last_page=page - 1, corrected=said)
            second = msgspec.structs.replace(
                document, first_page=page, copy_of=None, corrected=("pages",)
            )
            _update_document(raw, first)
            return _insert_document(raw, case_id, document.file_id, second)

    def join(self, document_id: int) -> int:
        """Makes a document part of the one before it in its file; gives that one's id. Raises
        ValueError for the first."""
        with self._database.writing() as session:
            raw = driver_connection(session)
            document = _one(raw, document_id)
            before = [
                one
                for one in _documents(raw, "file_id = ?", document.file_id)
                if one.last_page == document.first_page - 1
            ]
            if not before:
                raise ValueError(document_id)
            said = tuple(sorted({*before[0].corrected, "pages"}))
            whole = msgspec.structs.replace(before[0], last_page=document.last_page, corrected=said)
            _update_document(raw, whole)
            raw.execute("DELETE FROM case_documents WHERE id = ?", (document_id,))
            raw.execute(
                "UPDATE case_documents SET copy_of = NULL WHERE copy_of = ?", (document_id,)
            )
            return whole.id

    # Searching

    def search(self, case_id: int, phrase: str, most: int = case_words.MOST) -> tuple[Found, ...]:
        """The pages of a letter's documents on which a phrase stands, the last word of it perhaps
        only begun, in the order of files and pages."""
        with self._database.plainly() as raw:
            return case_words.search(raw, case_id, phrase, most)

    def excerpts(self, phrase: str, found: Iterable[Found]) -> tuple[str, ...]:
        """The words around the first place of the phrase on each of these pages."""
        with self._database.plainly() as raw:
            return tuple(case_words.excerpt(raw, one, phrase) for one in found)

    def pages_with(
        self, case_id: int, phrases: Iterable[str], most: int = case_words.MOST
    ) -> tuple[tuple[int, PageText], ...]:
        """The pages (with the ids of their files) that have one of some phrases, as whole words;
        `*` at the end of one stands for whatever its last word goes on with."""
        with self._database.plainly() as raw:
            return case_words.pages_with(raw, case_id, phrases, most)

    # Where words of the letter were taken from

    def quote(self, case_id: int, quotation: Quotation) -> None:
        """Keeps where words that were put into a field stand."""
        with self._database.writing() as session:
            driver_connection(session).execute(
                "INSERT INTO case_quotations (case_id, file_id, page, boxes, field, words) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    case_id,
                    quotation.file_id,
                    quotation.page,
                    msgspec.json.encode(quotation.boxes).decode(),
                    quotation.field,
                    quotation.words,
                ),
            )

    def quotations(self, case_id: int) -> tuple[Quotation, ...]:
        """All that was taken from the documents of a letter, the last first."""
        with self._database.plainly() as raw:
            rows = raw.execute(
                "SELECT id, file_id, page, boxes, field, words FROM case_quotations "
                "WHERE case_id = ? ORDER BY id DESC",
                (case_id,),
            ).fetchall()
        names = ("id", "file_id", "page", "boxes", "field", "words")
        values = [dict(zip(names, row, strict=True)) for row in rows]
        for one in values:
            one["boxes"] = msgspec.json.decode(one["boxes"])
        return msgspec.convert(values, type=tuple[Quotation, ...])


# Tens of thousands of rows are put through the driver's own connections.


def _files(raw: Any, condition: str, value: int) -> tuple[CaseFile, ...]:
    rows = raw.execute(
        "SELECT case_files.id, case_files.case_id, file_sha256, file_name, pages, "
        "count(case_pages.id), count(case_pages.id) - coalesce(sum(has_text), 0), problem, is_read "
        "FROM case_files LEFT JOIN case_pages ON case_pages.file_id = case_files.id "
        f"WHERE {condition} GROUP BY case_files.id ORDER BY case_files.id",
        (value,),
    ).fetchall()
    return tuple(
        CaseFile(
            id=row[0], case_id=row[1], sha256=row[2], name=row[3], pages=row[4],
            pages_read=row[5], without_text=row[6], problem=row[7], is_read=bool(row[8]),
        )
        for row in rows
    )  # fmt: skip


def _documents(raw: Any, condition: str, value: int) -> tuple[Document, ...]:
    rows = raw.execute(
        f"SELECT id, file_id, {', '.join(_FIELDS)}, corrected FROM case_documents "
        f"WHERE {condition} ORDER BY file_id, first_page",
        (value,),
    ).fetchall()
    names = ("id", "file_id", *_FIELDS, "corrected")
    values = [dict(zip(names, row, strict=True)) for row in rows]
    for one in values:
        one["corrected"] = tuple(name for name in str(one["corrected"]).split(",") if name)
        one["is_listed"] = bool(one["is_listed"])
        if one["kind"] not in list(DocumentKind):
            one["kind"] = DocumentKind.OTHER
    return msgspec.convert(values, type=tuple[Document, ...])


def _forget_copies_of(raw: Any, file_id: int) -> None:
    raw.execute(
        "UPDATE case_documents SET copy_of = NULL "
        "WHERE copy_of IN (SELECT id FROM case_documents WHERE file_id = ?)",
        (file_id,),
    )


def _one(raw: Any, document_id: int) -> Document:
    found = _documents(raw, "id = ?", document_id)
    if not found:
        raise KeyError(document_id)
    return found[0]


def _values(document: Document) -> list[Any]:
    plain = msgspec.to_builtins(document)
    return [plain[name] for name in _FIELDS] + [",".join(document.corrected)]


def _insert_document(raw: Any, case_id: int, file_id: int, document: Document) -> int:
    names = ("case_id", "file_id", *_FIELDS, "corrected")
    marks = ", ".join("?" * len(names))
    cursor = raw.execute(
        f"INSERT INTO case_documents ({', '.join(names)}) VALUES ({marks})",
        (case_id, file_id, *_values(document)),
    )
    return int(cursor.lastrowid)


def _update_document(raw: Any, document: Document) -> None:
    sets = ", ".join(f"{name} = ?" for name in (*_FIELDS, "corrected"))
    raw.execute(f"UPDATE case_documents SET {sets} WHERE id = ?", (*_values(document), document.id))
