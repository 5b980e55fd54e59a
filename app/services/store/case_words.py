"""The index of the words of all documents: how it lies in the database and how it is asked.

It has no copy of the texts. Where it lacks pages, as after a backup was restored, they are put into
it again: which it has is asked of the index itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.services.casefile.values import Found, PageText
from app.services.database.packing import unpack_text

if TYPE_CHECKING:
    import sqlite3

TABLE = "case_words"
MOST = 5000
"""Pages that a question is answered with."""
AROUND = 60
"""Characters before and behind the words found that are shown with them."""
_JOINED = "case_words JOIN case_pages ON case_pages.id = case_words.rowid WHERE case_words MATCH ?"
_WORDS = re.compile(r"\w+")
_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2010": "-"})


def put(raw: sqlite3.Connection, row: int, case_id: int, text: str) -> None:
    """Index the words of a page; `row` is its row's id."""
    raw.execute(
        "INSERT INTO case_words (rowid, case_key, words) VALUES (?, ?, ?)",
        (row, _key(case_id), text),
    )


def missing(raw: sqlite3.Connection, case_id: int, most: int) -> list[tuple[int, bytes]]:
    """Pages of a letter that are not in the index: their rows' ids and packed texts."""
    return raw.execute(
        "SELECT id, text FROM case_pages WHERE case_id = ? "
        "AND id NOT IN (SELECT id FROM case_words_docsize) LIMIT ?",
        (case_id, most),
    ).fetchall()


def forget_file(raw: sqlite3.Connection, file_id: int) -> None:
    """Take the words of a file out of the index; its rows are still there."""
    rows = raw.execute(
        "SELECT id, case_id, text FROM case_pages WHERE file_id = ? "
        "AND id IN (SELECT id FROM case_words_docsize)",
        (file_id,),
    )
    for row, case_id, text in rows.fetchall():
        raw.execute(
            "INSERT INTO case_words (case_words, rowid, case_key, words) "
            "VALUES ('delete', ?, ?, ?)",
            (row, _key(case_id), unpack_text(text)),
        )


def forget_all(raw: sqlite3.Connection) -> None:
    """Empty the index: words that were taken out of it one by one may lie in it for a while."""
    raw.execute("INSERT INTO case_words (case_words) VALUES ('delete-all')")


def search(
    raw: sqlite3.Connection, case_id: int, phrase: str, most: int = MOST
) -> tuple[Found, ...]:
    """The pages a phrase stands on; its last word may be only begun."""
    wanted = _WORDS.findall(phrase)
    if not wanted:
        return ()
    rows = raw.execute(
        f"SELECT file_id, page FROM {_JOINED} ORDER BY file_id, page LIMIT ?",
        (_in_case(case_id, f"{_quoted(wanted)} *"), most),
    )
    return tuple(Found(file_id, page) for file_id, page in rows)


def excerpt(raw: sqlite3.Connection, found: Found, phrase: str) -> str:
    """The words around the first place of a phrase on a page it was found on."""
    row = raw.execute(
        "SELECT text FROM case_pages WHERE file_id = ? AND page = ?", (found.file_id, found.page)
    ).fetchone()
    wanted = _WORDS.findall(phrase)
    if row is None or not wanted:
        return ""
    plain = unpack_text(row[0])
    folded = _folded(plain)
    hit = _pattern(wanted).search(folded)
    return (
        "" if hit is None else _around(plain if len(plain) == len(folded) else folded, *hit.span())
    )


def pages_with(
    raw: sqlite3.Connection, case_id: int, phrases: Iterable[str], most: int = MOST
) -> tuple[tuple[int, PageText], ...]:
    """The pages that have one of these phrases."""
    wanted = [term for phrase in phrases if (term := _term(phrase))]
    if not wanted:
        return ()
    rows = raw.execute(
        f"SELECT file_id, page, text, has_text FROM {_JOINED} ORDER BY file_id, page LIMIT ?",
        (_in_case(case_id, " OR ".join(wanted)), most),
    )
    return tuple(
        (file_id, PageText(page=page, text=unpack_text(text), has_text=bool(has_text)))
        for file_id, page, text, has_text in rows
    )


def _in_case(case_id: int, query: str) -> str:
    return f"case_key : {_key(case_id)} AND words : ({query})"


def _key(case_id: int) -> str:
    return f"case{case_id}"


def _term(phrase: str) -> str:
    """A phrase as the index is asked: `*` at its end stands for whatever a word goes on with."""
    words = _WORDS.findall(phrase)
    return (_quoted(words) + (" *" if phrase.endswith("*") else "")) if words else ""


def _quoted(words: list[str]) -> str:
    return '"' + " ".join(words) + '"'


def _pattern(words: list[str]) -> re.Pattern[str]:
    parts = r"[\W_]+".join(re.escape(_folded(word)) for word in words)
    return re.compile(rf"(?<!\w){parts}")


def _folded(text: str) -> str:
    """As the index takes words: without case and accents, forms of quotes and dashes alike."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def _around(text: str, start: int, end: int) -> str:
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    words = " ".join(text[left:right].split())
    if left:
        words = words.partition(" ")[2]
    if right < len(text):
        words = words.rpartition(" ")[0]
    return f"{'… ' if left else ''}{words}{' …' if right < len(text) else ''}"
