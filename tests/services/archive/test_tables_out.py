"""All kept letters as tables: what they hold, whom they do not name, that they lie there whole."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from app.letter import Cover
from app.services.archive.table_columns import TABLES
from app.services.archive.tables_out import Wanted, write_tables
from app.services.citations import standard_guidelines
from app.services.database import open_database
from app.services.letter_intake import take_in
from app.services.recounting import findings_of
from app.services.rendering import FileExists
from app.services.settings import Settings
from app.services.store import Scope, Store
from tests.readers import the_reader
from tests.services.archive.made_letters import BACK, UPHELD, WRIST, issue, keep
from tests.ui.letter_files import letter_file


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = open_database(tmp_path / "data.db")
    yield Store(database, tmp_path)
    database.close()


def _write(store: Store, folder: Path, *, overwrite: bool = False, **wanted: bool) -> Any:
    folder.mkdir(exist_ok=True)
    return write_tables(
        store,
        the_reader(),
        folder,
        Wanted(**{"findings": False, **wanted}),
        Settings(),
        standard_guidelines(),
        overwrite=overwrite,
    )


def _csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def _jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_both_forms_hold_the_same_rows(store: Store, tmp_path: Path) -> None:
    keep(store, WRIST)
    keep(store, BACK)
    out = tmp_path / "out"
    assert _write(store, out).rows == {"letters": 2, "items": 4, "citations": 4}
    assert {path.name for path in out.iterdir()} == {
        f"{name}.{form}"
        for name in ("letters", "items", "citations", "dictionary")
        for form in ("csv", "jsonl")
    }
    for name in ("letters", "items", "citations"):
        table, lines = _csv(out / f"{name}.csv"), _jsonl(out / f"{name}.jsonl")
        assert [list(row) for row in table] == [list(row) for row in lines]
        told = {row["column"] for row in _csv(out / "dictionary.csv") if row["table"] == name}
        assert told == set(lines[0])
        for row, line in zip(table, lines, strict=True):
            for column, value in line.items():
                shown = "; ".join(value) if isinstance(value, list) else value
                assert row[column] == ("" if shown is None else str(shown))
    letters = {row["case_number"]: row for row in _jsonl(out / "letters.jsonl")}
    wrist = letters["CM16-0300001"]
    assert (wrist["decision_date"], wrist["outcome"]) == ("2016-03-04", "Partial Overturn")
    assert (wrist["items"], wrist["items_overturned"], wrist["patient_age"]) == (2, 1, None)
    items = _jsonl(out / "items.jsonl")
    tramadol = next(row for row in items if row["drugs"] == ["tramadol"])
    assert (tramadol["letter"], tramadol["item"], tramadol["decision"]) == (
        wrist["letter"],
        2,
        "Overturned",
    )
    assert {row["title"] for row in _jsonl(out / "citations.jsonl")} >= {"Opioids"}


def test_nobody_is_named_unless_asked(store: Store, tmp_path: Path) -> None:
    named = replace(
        WRIST,
        cover=Cover(
            employee="Wilhelmina Ostrander",
            claim_number="AB-77120",
            provider="Horatio Quimby, M.D.",
        ),
        clinical_summary="Ms. Ostrander caught her hand in a dough mixer.",
        issues=(issue(1, "Follow up with Dr. Quimby", UPHELD, "Dr. Quimby gives no reason."),),
    )
    keep(store, named)
    out = tmp_path / "out"
    _write(store, out, texts=True)
    everything = "".join(path.read_text("utf-8") for path in out.iterdir())
    for name in ("Ostrander", "Quimby", "AB-77120", "CM16-0300001.pdf"):
        assert name not in everything
    assert "dough mixer" in everything
    _write(store, out, texts=True, names=True, overwrite=True)
    everything = "".join(path.read_text("utf-8") for path in out.iterdir())
    for name in ("Ostrander", "Quimby", "AB-77120", "CM16-0300001.pdf"):
        assert name in everything


def test_findings_are_told_with_what_was_set_aside(store: Store, tmp_path: Path) -> None:
    kept = take_in(store, the_reader(), letter_file(tmp_path, 1), by="clerk").summary.id
    out = tmp_path / "out"
    _write(store, out, findings=True, names=True)
    found = _jsonl(out / "findings.jsonl")
    assert found
    assert not any(row["set_aside"] for row in found)
    assert all(row["rule"] and row["sentence"] for row in found)
    case = store.case(kept)
    first, *_ = findings_of(case, store, the_reader(), Settings(), standard_guidelines())
    store.dismiss(kept, first.key, scope=Scope.ONE, reason="Seen.", by="clerk")
    _write(store, out, findings=True, overwrite=True)
    again = _jsonl(out / "findings.jsonl")
    assert [row["set_aside"] for row in again].count(True) == 1
    assert "sentence" not in again[0]


def test_what_is_there_is_not_written_over(store: Store, tmp_path: Path) -> None:
    keep(store, WRIST)
    out = tmp_path / "out"
    out.mkdir()
    (out / "items.csv").write_text("mine")
    with pytest.raises(FileExists):
        _write(store, out)
    assert [path.name for path in out.iterdir()] == ["items.csv"]
    assert (out / "items.csv").read_text() == "mine"
    _write(store, out, overwrite=True)
    assert _csv(out / "items.csv")[0]["item"] == "1"


def test_a_letter_that_cannot_be_read_is_told(store: Store, tmp_path: Path) -> None:
    keep(store, BACK)
    broken = keep(store, WRIST)
    with store.database.plainly() as raw:
        raw.execute("UPDATE letters SET letter = '{' WHERE case_id = ?", (broken,))
        raw.commit()
    written = _write(store, tmp_path / "out")
    assert written.rows["letters"] == 1
    ((name, why),) = written.left_out
    assert name == "CM16-0300001"
    assert "cannot be read" in why


def test_no_cell_is_a_formula(store: Store, tmp_path: Path) -> None:
    keep(store, replace(WRIST, issues=(issue(1, "=HYPERLINK(1)", UPHELD, "No."),)))
    out = tmp_path / "out"
    _write(store, out)
    assert _csv(out / "items.csv")[0]["title"] == "'=HYPERLINK(1)"
    assert _jsonl(out / "items.jsonl")[0]["title"] == "=HYPERLINK(1)"


def test_every_column_is_told_once() -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[a-z_]+", name) for name in names)
        assert all(column.about for column in table.columns)
