"""A determination is begun from files: read, compared, kept; nothing where one cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pymupdf
import pytest

from app.errors import UserError
from app.letter import FieldId
from app.paths import DATABASE
from app.services.case_sources import OfTwoCases, begin_from, read_source, read_sources
from app.services.database import open_database
from app.services.intake.values import SourceKind
from app.services.store import Store
from app.services.store.case_files import CaseFiles
from tests.intake_files import letters
from tests.intake_files.forms import drawn
from tests.intake_files.made_applications import FORMS
from tests.readers import the_reader

NOW = datetime(2026, 1, 5, 9, 30, 1)
LETTER = "b1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An application and the decision it is about, another decision, and records."""
    made = tmp_path_factory.mktemp("sources")
    values = FORMS[0].values | {
        "employee": "Halvard J Pickering", "claim": "NV00412286", "injury": "12/05/2018", "ur": "06/18/2021",
    }  # fmt: skip
    form = replace(FORMS[0], values=values, items=("Lyrica 75 mg #60",))
    (made / "application.pdf").write_bytes(drawn(form))
    (made / "decision.pdf").write_bytes(letters.drawn(LETTER))
    (made / "other.pdf").write_bytes(letters.drawn("a1"))
    both = pymupdf.open(stream=letters.drawn(LETTER))
    both.insert_pdf(pymupdf.open(stream=drawn(form)))
    (made / "both.pdf").write_bytes(both.tobytes())
    records = pymupdf.open(stream=letters.drawn("a2"))
    records.new_page()
    (made / "records.pdf").write_bytes(records.tobytes())
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = open_database(tmp_path / DATABASE)
    yield Store(database, tmp_path)
    database.close()


def test_the_letter_has_what_both_say(store: Store, folder: Path) -> None:
    sources = read_sources(
        the_reader(),
        application=folder / "application.pdf",
        decision=folder / "decision.pdf",
        records=[folder / "records.pdf"],
    )
    begun = begin_from(store, sources, by="me", now=NOW)
    case = store.case(begun.summary.id)
    assert case.letter.cover.employee == "Halvard J Pickering"
    assert [issue.title for issue in case.letter.issues] == [
        "Cervical epidural steroid injection C6-7",
        "Pregabalin 75 mg #60",
    ]
    evidence = case.parsed.evidence[FieldId("cover.claim_number")]
    assert evidence.source == "application, page 1"
    files = CaseFiles(store)
    kept = {file.id: file.name for file in files.files(begun.summary.id)}
    assert list(kept.values()) == ["application.pdf", "decision.pdf", "records.pdf"]
    documents = files.documents(begun.summary.id)
    assert [document.name for document in documents[:2]] == [
        "Application for Independent Medical Review",
        "UR determination",
    ]
    named = {file.sha256: file.name for file in files.files(begun.summary.id)}
    assert named[evidence.places[0].file] == "application.pdf"
    (place,) = case.parsed.evidence[FieldId("issue.title", 2)].places
    assert (named[place.file], place.page) == ("decision.pdf", 1)
    assert begun.summary.doubts > 8


def test_of_two_cases_nothing_is_kept_until_somebody_says_so(store: Store, folder: Path) -> None:
    sources = read_sources(
        the_reader(), application=folder / "application.pdf", decision=folder / "other.pdf"
    )
    with pytest.raises(OfTwoCases, match="Marisol Quintanar"):
        begin_from(store, sources, by="me", now=NOW)
    assert store.cases() == ()
    begun = begin_from(store, sources, by="me", now=NOW, is_same_case=True)
    assert store.case(begun.summary.id).letter.cover.employee == "Halvard J Pickering"


def test_a_file_of_both_is_read_as_both(folder: Path) -> None:
    both = read_source(the_reader(), folder / "both.pdf")
    assert both.kinds == (SourceKind.APPLICATION, SourceKind.UR_DECISION)
    assert both.application is not None
    (place,) = next(iter(both.application.facts.values())).evidence.places
    assert place.page == 3


def test_what_a_file_is_is_told_by_its_words(folder: Path) -> None:
    assert read_source(the_reader(), folder / "application.pdf").kinds == (SourceKind.APPLICATION,)
    assert read_source(the_reader(), folder / "other.pdf").kinds == (SourceKind.UR_DECISION,)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.pdf", b"", "empty.pdf: "),
        ("text.pdf", b"not a pdf at all", "text.pdf: "),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", "cut.pdf: "),
    ],
)
def test_what_cannot_be_read_is_told_with_its_name(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError, match=words):
        read_source(the_reader(), path, SourceKind.APPLICATION)
