"""A file on its way in: read, recognised, kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.letter import FieldId
from app.services.database import open_database
from app.services.interchange import encode_letter
from app.services.letter_intake import open_kept, pdfs_of, take_in
from app.services.letter_reader import LetterReader
from app.services.rendering import make_renderer
from app.services.settings import Settings
from app.services.store import Store
from tests.readers import the_reader
from tests.ui.made_letters import letter, write_pdf


@pytest.fixture(scope="module")
def reader():
    return the_reader()


def test_the_page_is_the_letter_also_where_form_data_say_otherwise(
    reader: LetterReader, tmp_path: Path
) -> None:
    shown = letter()
    carried = replace(shown, header=replace(shown.header, case_number="CM16-0200077"))
    path = tmp_path / "ours.pdf"
    pdf = make_renderer(Settings()).render(shown, form_data=encode_letter(carried, "ours.pdf")).pdf
    path.write_bytes(pdf)
    result = reader.letter(path).result
    assert result.letter.header.case_number == "CM16-0200001"
    doubt = result.evidence[FieldId("header.case_number")].doubt
    assert doubt is not None
    assert "CM16-0200077" in doubt
    first = result.letter.issues[0].id
    assert result.evidence[FieldId("issue.title", first)].places
    assert result.evidence[FieldId("issue.title", first)].doubt is None


def test_a_letter_is_kept_with_its_file_and_opens_again(
    reader: LetterReader, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "letter.pdf")
    database = open_database(tmp_path / "data.db")
    store = Store(database, tmp_path / "data")
    imported = take_in(store, reader, path, by="clerk")
    assert imported.summary.doubts > 0
    opened = open_kept(store, reader, imported.summary.id)
    assert opened.case.letter.header.case_number == "CM16-0200001"
    assert opened.text.has_text
    assert len(opened.pictures.sizes) == len(opened.text.pages)
    opened.pictures.close()
    assert take_in(store, reader, path, by="clerk").known
    database.close()


def test_a_file_that_is_not_there_is_told(reader: LetterReader, tmp_path: Path) -> None:
    database = open_database(tmp_path / "data.db")
    store = Store(database, tmp_path / "data")
    with pytest.raises(UserError):
        take_in(store, reader, tmp_path / "gone.pdf", by="clerk")
    assert store.cases() == ()
    database.close()


def test_folders_are_searched_and_files_stand_for_themselves(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a.pdf", "b/c.PDF", "b/d.txt"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in pdfs_of(tmp_path)] == ["a.pdf", "c.PDF"]
    assert pdfs_of(tmp_path / "b/d.txt") == [tmp_path / "b/d.txt"]


def test_a_letter_is_listed_with_what_is_left_to_do_in_it(
    reader: LetterReader, tmp_path: Path
) -> None:
    made = letter(4)
    header = replace(made.header, case_number="CM16-4", ur_denial_date=None)
    path = write_pdf(tmp_path / "letter.pdf", replace(made, header=header))
    database = open_database(tmp_path / "data.db")
    summary = take_in(Store(database, tmp_path), reader, path, by="clerk").summary
    database.close()
    # The number of a wrong form is an error; a day that is missing and one question are not.
    assert (summary.doubts, summary.errors) == (3, 1)


@pytest.mark.parametrize(
    "name",
    [
        "._one.pdf",
        "~$one.pdf",
        "~$lock.PDF",
        ".~lock.one.pdf",
        "__MACOSX/deep/one.pdf",
        "._one.json",
    ],
)
def test_what_other_systems_leave_beside_a_letter_is_no_letter(tmp_path: Path, name: str) -> None:
    for each in ("one.pdf", "two/two.PDF", name):
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_bytes(b"%PDF-1.7")
    assert [path.name for path in pdfs_of(tmp_path, or_json=True)] == ["one.pdf", "two.PDF"]


@pytest.mark.parametrize(
    "name", ["._a.pdf", "~$a.pdf", ".~lock.a.pdf#", "Thumbs.db", ".DS_Store", "desktop.ini"]
)
def test_nor_is_it_where_it_is_named_or_dropped_among_letters(tmp_path: Path, name: str) -> None:
    assert pdfs_of(tmp_path / name) == []
    assert pdfs_of(tmp_path / "a.pdf") == [tmp_path / "a.pdf"]
