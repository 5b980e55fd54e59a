"""Letters that leave by themselves: through the window's gate, and noted in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pymupdf
import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Cover, FieldId, Header, Letter, with_value
from app.services.database import open_database
from app.services.leaving import Held, Leaving, Unfinished
from app.services.letter_intake import take_in
from app.services.letter_reader import LetterReader
from app.services.rendering import FileExists, make_renderer
from app.services.settings import Settings
from app.services.store import Act, Marks, Status, Store
from tests.readers import the_reader
from tests.ui.made_letters import ON_A_SATURDAY, letter, write_pdf

SOUND = letter(1, summary_doi="09/13/2016")
ALONE = Settings(without_others=True)
HELD = letter(2)
"""Its dates of injury differ: one error."""


class Office(NamedTuple):
    store: Store
    leaving: Leaving
    folder: Path
    reader: LetterReader

    def keep(self, kept: Letter, name: str = "letter.pdf") -> int:
        path = write_pdf(self.folder / name, kept)
        return take_in(self.store, self.reader, path, by="clerk").summary.id

    def change(self, case_id: int, field: FieldId, value: object) -> None:
        before = self.store.case(case_id).letter
        after = with_value(before, field, value)
        was = getattr(before.header, field.name.removeprefix("header."), "")
        self.store.record_edit(
            case_id, after, field=field.key, before=was, after=value, by="clerk", label="Edit"
        )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = open_database(tmp_path / "data" / "imr-desk.db")
    store = Store(database, tmp_path / "data")
    settings = Settings(file_name="{decision_date} {case_number} {kind}")
    reader = the_reader()
    leaving = Leaving(store, reader, make_renderer(settings), settings, "clerk")
    yield Office(store, leaving, tmp_path, reader)
    database.close()


def test_a_letter_that_holds_together_leaves_and_is_noted(office: Office) -> None:
    case_id = office.keep(SOUND)
    written = office.leaving.write(case_id, office.folder)
    assert written.path.name == "2016-11-14 CM16-0200001 letter.pdf"
    assert office.reader.letter(written.path).result.letter.issues[0].title == SOUND.issues[0].title
    assert office.store.summary(case_id).status is Status.EXPORTED
    assert office.store.journal(case_id)[-1].act is Act.EXPORT
    with pytest.raises(UserError, match="another letter of this list"):
        office.leaving.write(case_id, office.folder, overwrite=True)


def test_errors_hold_it_until_a_reason_is_given_and_kept(office: Office) -> None:
    case_id = office.keep(HELD)
    before = sorted(office.folder.iterdir())
    for reason in ("", "  "):
        with pytest.raises(Held, match="Not written: "):
            office.leaving.write(case_id, office.folder, reason=reason)
    assert sorted(office.folder.iterdir()) == before
    office.leaving.write(case_id, office.folder, reason="The file has both dates")
    told = [str(entry.after) for entry in office.store.journal(case_id) if entry.act is Act.DISMISS]
    assert len(told) == 1
    assert "The file has both dates" in told[0]
    assert "injury-date" in told[0]
    assert office.store.verify(case_id) is None


def test_what_is_printed_on_the_original_counts(office: Office) -> None:
    """The number in the header was changed: only the page still tells the other one."""
    case_id = office.keep(SOUND)
    office.change(case_id, FieldId("header.case_number"), "CM16-0200009")
    with pytest.raises(Held, match="CM16-0200009"):
        office.leaving.write(case_id, office.folder)


def test_a_file_that_is_there_stays_unless_it_may_go(office: Office) -> None:
    case_id = office.keep(SOUND)
    there = office.folder / "2016-11-14 CM16-0200001 letter.pdf"
    there.write_bytes(b"mine")
    with pytest.raises(FileExists):
        office.leaving.write(case_id, office.folder)
    assert there.read_bytes() == b"mine"
    office.leaving.write(case_id, office.folder, overwrite=True)
    assert there.read_bytes().startswith(b"%PDF")


def test_a_public_copy_is_proved_and_marks_nothing(office: Office) -> None:
    case_id = office.keep(SOUND)
    written = office.leaving.write(case_id, office.folder, redacted=True)
    assert written.path.name.endswith("public copy.pdf")
    assert written.proved
    assert office.store.summary(case_id).status is Status.NEW


def test_half_typed_words_and_unknown_characters_hold_it(office: Office) -> None:
    case_id = office.keep(SOUND)
    office.store.save_draft(case_id, "header.priority", "Stand")
    with pytest.raises(UserError, match="half-typed"):
        office.leaving.write(case_id, office.folder)
    office.store.clear_draft(case_id, "header.priority")
    rationale = FieldId("issue.rationale", office.store.case(case_id).letter.issues[1].id)
    text = f"{SOUND.issues[1].rationale} \U00013000"
    office.change(case_id, rationale, text)
    with pytest.raises(UserError, match=r"no font here has stands in Item 2 · Decision rationale"):
        office.leaving.write(case_id, office.folder)


def test_a_locked_original_is_asked_for_its_password(office: Office) -> None:
    plain = write_pdf(office.folder / "plain.pdf", SOUND)
    locked = office.folder / "locked.pdf"
    with pymupdf.open(plain) as document:
        document.save(locked, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="sesame")
    taken = take_in(office.store, office.reader, locked, by="clerk", password="sesame")
    with pytest.raises(UserError, match="locked"):
        office.leaving.write(taken.summary.id, office.folder)
    assert office.leaving.write(taken.summary.id, office.folder, password="sesame").path.exists()


def test_a_letter_without_a_number_is_named_after_its_file(office: Office) -> None:
    nameless = replace(SOUND, header=Header(), cover=Cover())
    summary = office.store.summary(office.keep(nameless, "old scan.pdf"))
    assert office.leaving.path_of(summary, office.folder).name == "undated old scan letter.pdf"


def test_what_is_left_to_do_holds_it_until_it_is_done(office: Office) -> None:
    """Decided on a Saturday: the reading asks, no check calls it an error."""
    made = letter(4, summary_doi="09/13/2016", decided=ON_A_SATURDAY)
    case_id, decided = office.keep(made), "header.decision_date"
    with pytest.raises(Unfinished, match=r"left to do in this letter: 1 doubt \(Decision date\)"):
        office.leaving.write(case_id, office.folder)
    with pytest.raises(Unfinished):
        office.leaving.write(case_id, office.folder, redacted=True)
    value = office.store.case(case_id).letter.header.decision_date
    office.store.put_marks(case_id, decided, Marks(confirmed=True, value=value), by="clerk")
    assert office.leaving.write(case_id, office.folder).path.exists()


def test_what_was_postponed_holds_it_until_a_reason_is_given_and_kept(office: Office) -> None:
    case_id = office.keep(SOUND)
    office.store.put_marks(case_id, "header.priority", Marks(note="Ask the office"), by="clerk")
    with pytest.raises(Unfinished, match=r"1 postponed \(Priority\)"):
        office.leaving.write(case_id, office.folder)
    office.leaving.write(case_id, office.folder, reason="The office is closed")
    journal = office.store.journal(case_id)
    assert any("The office is closed" in str(entry.after) for entry in journal)
    assert journal[-1].act is Act.EXPORT
    assert "1 postponed (Priority)" in str(journal[-1])


def test_errors_and_what_is_left_besides_are_told_in_one_line(office: Office) -> None:
    case_id = office.keep(letter(5, decided=ON_A_SATURDAY))
    with pytest.raises(Held) as held:
        office.leaving.write(case_id, office.folder)
    assert "Left to do besides: " in held.value.what
    assert "Decision date" in held.value.what
    assert "\n" not in held.value.what


def test_whoever_is_named_goes_from_the_public_copy_where_that_is_chosen(office: Office) -> None:
    summary = "The 47 year old male saw Dr. Priya Raghunathan with his wife Marisol."
    case_id = office.keep(replace(SOUND, clinical_summary=summary))
    told = office.leaving.write(case_id, office.folder, redacted=True)
    assert "Others named in it stay" in told.proved
    for leaving, chosen in (
        (office.leaving, True),
        (Leaving(office.store, office.reader, make_renderer(ALONE), ALONE, "clerk"), False),
    ):
        folder = office.folder / f"chosen {chosen}"
        folder.mkdir()
        written = leaving.write(case_id, folder, redacted=True, without_others=chosen)
        with pymupdf.open(written.path) as pdf:
            words = " ".join(page.get_text() for page in pdf)
        assert "Dr." in words
        assert "Raghunathan" not in words
        assert "Marisol" not in words
        assert "Others named in it stay" not in written.proved
