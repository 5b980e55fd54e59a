"""A case goes from one desk to another and back: nothing is lost, what both changed is asked."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.letter import FieldId, get_value
from app.services import editing
from app.services.casefile.values import Document, DocumentKind, PageText, Quotation
from app.services.database import open_database
from app.services.handover import (
    Altered,
    PassphraseWanted,
    Side,
    look_into,
    pack_case,
    take_in,
)
from app.services.handover.taking_in import Unsettled
from app.services.store import (
    ISSUES,
    Act,
    Marks,
    NotAnArchive,
    Scope,
    Status,
    Store,
    read_archive,
    write_archive,
)
from app.services.store.case_files import CaseFiles
from app.services.store.readings import pages_read, put_pages_read
from app.services.vault import Cipher, VaultLocked
from app.services.vault.problems import WrongPassphrase
from tests.services.store.letters import edit, put

PASSPHRASE = "five made-up words stand here"
RECORDS = b"%PDF-1.7 made-up records"

Opened = Callable[[str], Store]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Opened]:
    """Stores in folders of their own, by their names."""
    stores: dict[str, Store] = {}

    def opened(name: str, cipher: Cipher | None = None) -> Store:
        if name not in stores:
            folder = tmp_path / name
            stores[name] = Store(open_database(folder / "imr-desk.db", cipher), folder)
        return stores[name]

    yield opened
    for store in stores.values():
        store.database.close()


def handed(store: Store, case_id: int, passphrase: str = "") -> Path:
    path = store.folder / f"handed-{len(list(store.folder.glob('handed-*')))}.imrcase"
    pack_case(store, case_id, path, passphrase)
    return path


def change(store: Store, case_id: int, key: str, value: Any) -> None:
    edit(store, case_id, store.case(case_id).letter, key, value)


def value_of(store: Store, case_id: int, key: str) -> Any:
    return get_value(store.case(case_id).letter, FieldId.from_key(key))


def taken_by(store: Store, path: Path, **choices: Side) -> int:
    by_key = {key.replace("__", "."): side for key, side in choices.items()}
    return take_in(store, path, by="clerk", choices=by_key).case_id


def test_a_letter_that_is_new_comes_with_all_that_is_kept_of_it(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    put(there, 9)  # so that the ids are others
    case_id = put(here)
    change(here, case_id, "patient.age", 57)
    here.put_marks(case_id, "patient.sex", Marks(confirmed=True, value="male"), by="clerk")
    here.put_marks(case_id, "header.priority", Marks(note="ask"), by="clerk")
    here.save_draft(case_id, "cover.addressee", "half typ")
    here.dismiss(case_id, "a finding", scope=Scope.ONE, reason="so", by="clerk")
    put_pages_read(here, case_id, {1: "[]"})
    files = CaseFiles(here)
    file, _ = files.add(case_id, RECORDS, "records.pdf", pages=2)
    words = "A quackenbush sign was seen."
    files.put_pages(file.id, [PageText(page=1, text=words), PageText(page=2, text="")])
    files.quote(
        case_id,
        Quotation(
            file_id=file.id, page=1, boxes=((0, 0, 1, 1),), field="clinical_summary", words=words
        ),
    )
    path = handed(here, case_id)
    look = look_into(there, path)
    assert (look.case_id, look.conflicts) == (None, ())
    assert len(there.cases()) == 1
    taken = take_in(there, path, by="reviewer")
    assert taken.is_new
    ours, theirs = here.case(case_id), there.case(taken.case_id)
    for name in ("letter", "parsed", "history", "drafts", "confirmed", "postponed"):
        assert getattr(ours, name) == getattr(theirs, name)
    assert [one.finding for one in theirs.dismissals] == ["a finding"]
    assert there.journal(taken.case_id) == here.journal(case_id)
    assert there.verify(taken.case_id) is None
    assert there.pdf(taken.case_id) == here.pdf(case_id)
    assert pages_read(there, taken.case_id) == {1: "[]"}
    their_files = CaseFiles(there)
    (copy,) = their_files.files(taken.case_id)
    assert their_files.data(copy.id) == RECORDS
    assert [found.page for found in their_files.search(taken.case_id, "quackenbush")] == [1]
    assert [one.words for one in their_files.quotations(taken.case_id)] == [words]
    assert [len(their_files.documents(taken.case_id)), len(files.documents(case_id))] == [1, 1]


def test_nothing_but_that_letter_is_in_the_file(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    other = put(here, 7)
    change(here, other, "cover.employee", "Quackenbush")
    here.save_setting("signature", "Quackenbush")
    path = handed(here, case_id)
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert len(archive.namelist()) == 3
    assert b"Quackenbush" not in everything
    assert path.stat().st_mode & 0o077 == 0
    taken_by(there, path)
    assert len(there.cases()) == 1


def test_what_one_side_changed_is_taken_a_step_a_field(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    their_id = taken_by(there, handed(here, case_id))
    change(there, their_id, "issues.1.rationale", "Written there.")
    change(there, their_id, "issues.2.rationale", "Written there too.")
    there.put_marks(their_id, "patient.age", Marks(confirmed=True, value=56), by="reviewer")
    change(here, case_id, "cover.employee", "Corrected here")
    back = handed(there, their_id)
    look = look_into(here, back)
    assert look.taken == (
        "Item 1 · Decision rationale",
        "Item 2 · Decision rationale",
        "1 field confirmed or put off",
    )
    assert value_of(here, case_id, "issues.1.rationale") != "Written there."
    taken_by(here, back)
    case = here.case(case_id)
    assert value_of(here, case_id, "issues.1.rationale") == "Written there."
    assert case.letter.cover.employee == "Corrected here"
    assert case.confirmed == {"patient.age": 56}
    assert [step.field for step in case.history.steps[-2:]] == [
        "issues.1.rationale",
        "issues.2.rationale",
    ]
    assert here.verify(case_id) is None
    merged = here.journal(case_id)[-1]
    assert merged.act is Act.MERGE
    # What was written there lies in the history here, word for word.
    assert "Written there too." in json.dumps(merged.after)
    before = editing.add_issue(case.letter, None)  # a letter that goes on as any other
    assert before[1] == case.letter.issues_made + 1


def test_the_same_file_again_changes_nothing(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    first = handed(here, case_id)
    their_id = taken_by(there, first)
    change(there, their_id, "patient.age", 57)
    back = handed(there, their_id)
    taken_by(here, back)
    entries = here.journal(case_id)
    for path in (back, first):
        assert look_into(here, path).is_known
        taken_by(here, path)
    assert here.journal(case_id) == entries


def test_what_both_changed_is_asked_and_nothing_is_taken_before(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    their_id = taken_by(there, handed(here, case_id))
    change(here, case_id, "patient.age", 57)
    change(there, their_id, "patient.age", 75)
    change(there, their_id, "patient.sex", "female")
    back = handed(there, their_id)
    with pytest.raises(Unsettled) as told:
        taken_by(here, back)
    (conflict,) = told.value.conflicts
    assert (conflict.ours, conflict.theirs) == (57, 75)
    assert here.case(case_id).letter.patient.sex == "male"
    taken_by(here, back, patient__age=Side.THEIRS)
    assert here.case(case_id).letter.patient.age == 75
    assert here.case(case_id).letter.patient.sex == "female"


def test_going_back_and_forth_asks_once(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    their_id = taken_by(there, handed(here, case_id))
    for letter_of, store, number in (("Here", here, case_id), ("There", there, their_id)):
        after, made = editing.add_issue(store.case(number).letter, None)
        before = store.case(number).letter
        store.record_edit(
            number,
            after,
            field=ISSUES,
            before=before.issues,
            after=after.issues,
            by="x",
            label="Add",
        )
        change(store, number, f"issues.{made}.title", letter_of)
    change(here, case_id, "patient.age", 57)
    change(there, their_id, "patient.age", 75)
    taken_by(here, handed(there, their_id), patient__age=Side.OURS)
    # There works on, on the item that has another number here.
    change(there, their_id, "issues.3.rationale", "Why there.")
    back = handed(there, their_id)
    assert look_into(here, back).conflicts == ()
    taken_by(here, back)
    rationales = {issue.title: issue.rationale for issue in here.case(case_id).letter.issues}
    assert rationales["There"] == "Why there."
    assert rationales["Here"] == ""
    # And there takes all of it, without being asked what was chosen here.
    look = look_into(there, handed(here, case_id))
    assert look.conflicts == ()
    assert look.letter.patient.age == 57
    taken_by(there, handed(here, case_id))
    for store, number in ((here, case_id), (there, their_id)):
        titles = [issue.title for issue in store.case(number).letter.issues]
        assert len(titles) == 4
        assert {"Here", "There"} < set(titles)
        assert store.verify(number) is None
    assert {one.rationale for one in there.case(their_id).letter.issues} == set(rationales.values())


def test_two_desks_that_read_the_same_file_come_from_what_was_read(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id, their_id = put(here), put(there)
    change(here, case_id, "patient.age", 57)
    change(there, their_id, "patient.sex", "female")
    taken_by(here, handed(there, their_id))
    patient = here.case(case_id).letter.patient
    assert (patient.age, patient.sex) == (57, "female")


def test_half_typed_words_of_both_are_kept_or_named(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    their_id = taken_by(there, handed(here, case_id))
    here.save_draft(case_id, "clinical_summary", "ours half")
    there.save_draft(their_id, "clinical_summary", "theirs half")
    there.save_draft(their_id, "issues.1.rationale", "only theirs")
    taken = take_in(here, handed(there, their_id), by="clerk")
    assert here.drafts(case_id) == {
        "clinical_summary": "ours half",
        "issues.1.rationale": "only theirs",
    }
    assert any("theirs half" in note for note in taken.notes)


def test_done_there_is_done_here_where_the_letter_is_the_same(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    their_id = taken_by(there, handed(here, case_id))
    change(there, their_id, "patient.age", 57)
    there.set_status(their_id, Status.CHECKED, by="reviewer")
    back = handed(there, their_id)
    taken_by(here, back)
    assert here.summary(case_id).status is Status.CHECKED
    change(here, case_id, "patient.sex", "female")
    there.set_status(their_id, Status.EXPORTED, by="reviewer")
    taken_by(here, handed(there, their_id))
    assert here.summary(case_id).status is Status.IN_WORK


def test_a_letter_that_was_removed_here_comes_back(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    path = handed(here, case_id)
    their_id = taken_by(there, path)
    here.remove_case(case_id, by="clerk")
    taken_by(here, path)
    assert [case.id for case in here.cases()] == [case_id]
    here.remove_case(case_id, by="clerk")
    change(there, their_id, "patient.age", 57)
    taken_by(here, handed(there, their_id))
    assert here.case(case_id).letter.patient.age == 57
    assert [case.id for case in here.cases()] == [case_id]


def test_documents_of_both_are_there_and_those_both_corrected_are_asked(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    ours = CaseFiles(here)
    shared, _ = ours.add(case_id, RECORDS, "records.pdf", pages=4)
    ours.end_reading(shared.id, [Document(last_page=4, name="Chart")])
    their_id = taken_by(there, handed(here, case_id))
    theirs = CaseFiles(there)
    theirs.add(their_id, RECORDS + b"2", "new.pdf", pages=1)
    ours.add(case_id, RECORDS + b"3", "ours.pdf", pages=1)
    (chart, _) = theirs.documents(their_id)
    theirs.correct(chart.id, {"provider": "Dr. There"})
    look = look_into(here, handed(there, their_id))
    assert look.taken == ("Documents of records.pdf", "Document: new.pdf")
    taken_by(here, handed(there, their_id))
    assert {file.name for file in ours.files(case_id)} == {"records.pdf", "ours.pdf", "new.pdf"}
    assert ours.documents(case_id)[0].provider == "Dr. There"
    ours.correct(ours.documents(case_id)[0].id, {"kind": DocumentKind.RECORDS})
    theirs.correct(theirs.documents(their_id)[0].id, {"provider": "Dr. Other"})
    back = handed(there, their_id)
    (conflict,) = look_into(here, back).conflicts
    assert "Dr. Other" in conflict.theirs
    take_in(here, back, by="clerk", choices={conflict.key: Side.THEIRS})
    assert ours.documents(case_id)[0].provider == "Dr. Other"


def test_a_passphrase_locks_the_file(desk: Opened) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    path = handed(here, case_id, PASSPHRASE)
    assert b"aquatic therapy" not in path.read_bytes()
    with pytest.raises(VaultLocked):
        look_into(there, path)
    with pytest.raises(WrongPassphrase):
        look_into(there, path, "not these words at all")
    take_in(there, path, PASSPHRASE, by="reviewer")
    assert len(there.cases()) == 1


def test_from_and_to_encrypted_folders(desk: Opened, tmp_path: Path) -> None:
    pytest.importorskip("sqlcipher3")
    cipher = Cipher(b"k" * 32)
    with closing(open_database(tmp_path / "locked" / "imr-desk.db", cipher)) as database:
        locked, there = Store(database, tmp_path / "locked"), desk("there")
        case_id = put(locked)
        with pytest.raises(PassphraseWanted):
            handed(locked, case_id)
        their_id = take_in(there, handed(locked, case_id, PASSPHRASE), PASSPHRASE, by="x").case_id
        change(there, their_id, "clinical_summary", "Quackenbush was here.")
        take_in(locked, handed(there, their_id), by="x")
        assert locked.case(case_id).letter.clinical_summary == "Quackenbush was here."
        database.close()
        for path in (tmp_path / "locked").rglob("*"):
            assert not path.is_file() or b"Quackenbush" not in path.read_bytes()


def test_what_is_no_handed_over_case_is_refused(desk: Opened, tmp_path: Path) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    whole = tmp_path / "all.zip"
    write_archive(here, whole)
    one = handed(here, case_id)
    text = tmp_path / "letter.imrcase"
    text.write_text("no zip")
    for path in (whole, text, tmp_path / "nothing.imrcase", tmp_path):
        with pytest.raises(NotAnArchive):
            look_into(there, path)
    with pytest.raises(NotAnArchive, match="handed over"):
        read_archive(there, one)
    cut = tmp_path / "cut.imrcase"
    cut.write_bytes(one.read_bytes()[:-200])
    with pytest.raises(NotAnArchive):
        look_into(there, cut)
    assert not there.cases()


def test_what_was_altered_on_the_way_is_refused(desk: Opened, tmp_path: Path) -> None:
    here, there = desk("here"), desk("there")
    case_id = put(here)
    change(here, case_id, "patient.age", 57)
    with here.database.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE journal SET after = '75' WHERE field = 'patient.age'"
        )
    with pytest.raises(Altered, match="changed"):
        look_into(there, handed(here, case_id))
    assert not there.cases()


def test_a_missing_document_stops_the_packing(desk: Opened) -> None:
    here = desk("here")
    case_id = put(here)
    file, _ = CaseFiles(here).add(case_id, RECORDS, "records.pdf")
    here.files.remove(file.sha256)
    with pytest.raises(UserError):
        handed(here, case_id)
    assert not list(here.folder.glob("handed-*"))
