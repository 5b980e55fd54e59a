"""Importing letters, the list of them, and what is kept beside each."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.letter import Header, Letter
from app.services.database import Database
from app.services.store import ISSUES, FileChanged, FileMissing, Marks, Order, Status, Store
from tests.services.store.letters import BY, drop, edit, letter, parsed, pdf, put


def test_an_import_can_be_read_back_as_it_was(store: Store) -> None:
    result = parsed(letter())
    imported = store.import_pdf(pdf(1), result, by=BY, file_name="first.pdf")
    case = store.case(imported.summary.id)
    assert (case.parsed, case.letter) == (result, result.letter)
    assert case.summary == imported.summary
    assert case.summary.file_name == "first.pdf"
    assert case.summary.number == result.letter.header.case_number
    assert case.summary.doubts == sum(e.doubt is not None for e in result.evidence.values()) > 0
    assert (case.summary.status, case.summary.issues) == (Status.NEW, 2)
    assert case.summary.outcome == "Uphold"
    assert case.history.steps == ()
    assert store.pdf(case.id) == pdf(1)
    assert [(entry.act, entry.by) for entry in store.journal(case.id)] == [("import", BY)]


def test_who_imports_may_count_the_doubts(store: Store) -> None:
    assert store.import_pdf(pdf(1), parsed(letter()), by=BY, doubts=3).summary.doubts == 3


def test_a_file_can_be_imported_by_path(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf(4))
    imported = store.import_pdf(path, parsed(letter(4)), by=BY)
    assert imported.summary.file_name == "letter.pdf"
    assert store.pdf(imported.summary.id) == pdf(4)


def test_the_kept_pdf_is_under_its_hash_and_for_the_owner_alone(
    store: Store, tmp_path: Path
) -> None:
    summary = store.summary(put(store))
    path = tmp_path / "files" / summary.file_sha256[:2] / f"{summary.file_sha256}.pdf"
    assert path.read_bytes() == pdf(1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "files").stat().st_mode) == 0o700


def test_the_same_file_twice_is_told_and_keeps_the_corrections(store: Store) -> None:
    case_id = put(store)
    corrected = edit(store, case_id, letter(), "header.priority", "Expedited")
    again = store.import_pdf(pdf(1), parsed(letter()), by=BY, file_name="copy.pdf")
    assert again.known
    assert again.summary.id == case_id
    assert again.twins == ()
    assert store.case(case_id).letter == corrected
    assert len(store.cases()) == 1


def test_the_same_case_in_another_file_is_told_with_what_differs(store: Store) -> None:
    first = put(store)
    other = replace(letter(), clinical_summary="Told anew.", issues=letter().issues[:1])
    imported = store.import_pdf(pdf(99), parsed(other), by=BY)
    assert not imported.known
    (twin,) = imported.twins
    assert twin.summary.id == first
    assert twin.differing == ("clinical_summary", ISSUES)


def test_twins_are_compared_as_they_stand_now(store: Store) -> None:
    first = put(store)
    before = edit(store, first, letter(), "header.priority", "Expedited")
    corrected = edit(store, first, before, "clinical_summary", "Told anew.")
    same = store.import_pdf(pdf(98), parsed(corrected), by=BY)
    assert [twin.differing for twin in same.twins] == [()]
    as_read = store.import_pdf(pdf(99), parsed(letter()), by=BY)
    assert [twin.differing for twin in as_read.twins] == [
        ("header.priority", "clinical_summary"),
        ("header.priority", "clinical_summary"),
    ]


def test_letters_without_a_number_are_no_twins(store: Store) -> None:
    nameless = Letter(header=Header())
    store.import_pdf(pdf(1), parsed(nameless), by=BY)
    assert store.import_pdf(pdf(2), parsed(nameless), by=BY).twins == ()


def test_a_changed_or_lost_pdf_is_told(store: Store) -> None:
    case_id = put(store)
    path = store.files.path(store.summary(case_id).file_sha256)
    path.write_bytes(b"something else")
    with pytest.raises(FileChanged):
        store.pdf(case_id)
    path.unlink()
    with pytest.raises(FileMissing):
        store.pdf(case_id)
    # Importing the file again mends it, and the case is still the same one.
    assert put(store) == case_id
    assert store.pdf(case_id) == pdf(1)


def test_the_list_filters_and_sorts(store: Store) -> None:
    first, second, third = (put(store, number) for number in (3, 1, 2))
    store.set_status(second, Status.CHECKED, by=BY)
    store.set_left(third, 70, 2)
    assert store.summary(third).errors == 2
    assert [case.id for case in store.cases()] == [first, second, third]
    assert [case.id for case in store.cases(order=Order.NUMBER)] == [second, third, first]
    assert store.cases(order=Order.DOUBTS, descending=True)[0].id == third
    store.set_status(third, Status.IN_WORK, by=BY)
    assert [case.id for case in store.cases(order=Order.STATUS)] == [first, third, second]
    assert [case.id for case in store.cases(status=Status.CHECKED)] == [second]
    assert [case.id for case in store.cases(text="cm16-0200002")] == [third]
    assert store.cases(text="%") == ()


@pytest.mark.parametrize("order", list(Order))
def test_every_order_puts_what_is_unknown_last(store: Store, order: Order) -> None:
    empty = store.import_pdf(pdf(50), parsed(Letter()), by=BY).summary.id
    full = put(store)
    for descending in (False, True):
        ids = [case.id for case in store.cases(order=order, descending=descending)]
        assert sorted(ids) == sorted([empty, full])
        if order in (Order.DATE_ASSIGNED,):
            assert ids == [full, empty]


def test_status_opened_view_and_settings_are_kept(store: Store) -> None:
    case_id = put(store)
    assert store.summary(case_id).opened_at is None
    store.mark_opened(case_id)
    opened = store.summary(case_id).opened_at
    assert opened is not None
    assert opened.tzinfo is not None
    store.set_status(case_id, Status.CHECKED, by=BY)
    store.set_status(case_id, Status.CHECKED, by=BY)
    store.set_status(case_id, Status.EXPORTED, by=BY)
    assert store.summary(case_id).status is Status.EXPORTED
    assert [entry.act for entry in store.journal(case_id)] == ["import", "status", "export"]
    store.save_view(case_id, {"page": 2, "zoom": 1.25})
    store.save_view(case_id, {"page": 3, "zoom": 1.5})
    assert store.case(case_id).view == {"page": 3, "zoom": 1.5}
    assert store.setting("window", "none") == "none"
    store.save_setting("window", {"size": [800, 600]})
    store.save_setting("window", {"size": [900, 600]})
    assert store.setting("window") == {"size": [900, 600]}


def test_an_edit_shows_in_the_list_and_takes_the_letter_into_work(store: Store) -> None:
    case_id = put(store)
    store.set_status(case_id, Status.CHECKED, by=BY)
    edit(store, case_id, letter(), "header.case_number", "CM16-0200077")
    summary = store.summary(case_id)
    assert (summary.number, summary.status) == ("CM16-0200077", Status.IN_WORK)


def test_when_a_letter_was_done_is_kept_until_it_is_worked_on(store: Store) -> None:
    case_id = put(store)
    assert store.summary(case_id).done_at is None
    store.set_status(case_id, Status.CHECKED, by=BY)
    done = store.summary(case_id).done_at
    assert done is not None
    assert store.summary(case_id).is_done
    store.set_status(case_id, Status.EXPORTED, by=BY)
    assert store.summary(case_id).done_at == done
    edit(store, case_id, letter(), "header.priority", "Expedited")
    assert store.summary(case_id).done_at is None
    assert not store.summary(case_id).is_done


def test_what_was_left_when_a_letter_was_checked_is_in_its_history(store: Store) -> None:
    case_id = put(store)
    store.set_status(case_id, Status.CHECKED, by=BY, note="Left to do: 2 doubts.")
    assert store.journal(case_id)[-1].label == "Marked checked. Left to do: 2 doubts."
    assert store.verify(case_id) is None


def test_what_is_put_off_is_counted(store: Store) -> None:
    case_id = put(store)
    store.put_marks(case_id, "patient.age", Marks(note="ask the office"), by=BY)
    assert store.summary(case_id).postponed == 1
    assert store.cases()[0].postponed == 1
    store.put_marks(case_id, "patient.age", Marks(), by=BY)
    assert store.cases()[0].postponed == 0


def test_a_removed_letter_is_kept_whole_and_comes_back_as_it_was(store: Store) -> None:
    case_id, other = put(store, 1), put(store, 2)
    edited = edit(store, case_id, letter(), "header.priority", "Expedited")
    store.remove_case(case_id, by=BY)
    store.remove_case(case_id, by=BY)
    assert [case.id for case in store.cases()] == [other]
    assert [case.id for case in store.cases(removed=True)] == [case_id]
    store.put_back(case_id, by=BY)
    assert [case.id for case in store.cases()] == [case_id, other]
    assert store.case(case_id).letter == edited
    assert [entry.label for entry in store.journal(case_id)][-2:] == [
        "Removed from the list",
        "Put back on the list",
    ]
    assert store.verify(case_id) is None


def test_several_letters_go_and_come_back_as_one_act(store: Store) -> None:
    ids = [put(store, number) for number in (1, 2, 3)]
    store.remove_cases(ids[:2], by=BY)
    gone = store.cases(removed=True)
    assert [case.id for case in gone] == ids[:2]
    assert len({case.removed_at for case in gone}) == 1
    store.put_back(*ids[:2], by=BY)
    assert [case.id for case in store.cases()] == ids


def test_taking_in_a_removed_letter_again_puts_it_back(store: Store) -> None:
    case_id = put(store)
    store.remove_case(case_id, by=BY)
    imported = store.import_pdf(pdf(1), parsed(letter()), by=BY)
    assert (imported.known, imported.summary.id) == (True, case_id)
    assert [case.id for case in store.cases()] == [case_id]


def test_a_deleted_letter_takes_its_history_along(store: Store, database: Database) -> None:
    case_id, other = put(store, 1), put(store, 2)
    edit(store, case_id, letter(), "header.priority", "Expedited")
    store.save_draft(case_id, "patient.age", "5")
    drop(store, case_id)
    with pytest.raises(KeyError):
        store.case(case_id)
    with database.reading() as session:
        for table in ("letters", "parses", "journal", "undo_steps", "drafts"):
            rows = session.connection().exec_driver_sql(f"SELECT case_id FROM {table}")
            assert {row[0] for row in rows} <= {other}
    assert put(store, 3) > other > case_id


@pytest.mark.parametrize(
    "call",
    [
        lambda store: store.case(9),
        lambda store: store.summary(9),
        lambda store: store.pdf(9),
        lambda store: store.verify(9),
        lambda store: store.set_status(9, Status.CHECKED, by=BY),
        lambda store: store.record_undo(9, letter(), by=BY),
        lambda store: store.put_marks(9, "patient.age", Marks(confirmed=True, value=3), by=BY),
        lambda store: store.save_draft(9, "patient.age", "3"),
        lambda store: store.save_view(9, {}),
        lambda store: store.mark_opened(9),
        lambda store: store.set_left(9, 1, 0),
        lambda store: edit(store, 9, letter(), "header.priority", "Expedited"),
    ],
)
def test_a_case_that_is_not_there_is_a_key_error(store: Store, call) -> None:
    with pytest.raises(KeyError):
        call(store)


def test_ten_thousand_letters_are_listed_quickly(store: Store, database: Database) -> None:
    put(store)
    with database.writing() as session:
        columns = ", ".join(
            column
            for (_, column, *_) in session.connection().exec_driver_sql("PRAGMA table_info(cases)")
            if column not in ("id", "file_sha256")
        )
        session.connection().exec_driver_sql(
            f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            f"INSERT INTO cases (id, file_sha256, {columns}) "
            f"SELECT n.i, printf('%064d', n.i), {columns} FROM n JOIN cases ON cases.id = 1"
        )
    started = time.process_time()
    assert len(store.cases(order=Order.DATE_ASSIGNED)) == 10_000
    # Of the processor, whatever else the machine does; it takes a tenth of that.
    assert time.process_time() - started < 1.5


@pytest.mark.parametrize(
    "name",
    [
        "CM16-0200001 \udcff\udcfe.pdf",  # bytes that are no letters, as Linux gives them
        "\ud800.pdf",
        "رسالة – e\u0301 🧾.pdf",
        "a" * 250 + ".pdf",
    ],
)
def test_any_file_name_is_taken_in(store: Store, name: str) -> None:
    summary = store.import_pdf(pdf(1), parsed(letter()), by=BY, file_name=name).summary
    assert store.summary(summary.id).file_name == name.encode(errors="replace").decode()
