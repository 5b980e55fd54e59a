"""Nothing is handed out before it was searched, nothing is written over an original."""

from __future__ import annotations

import threading
from pathlib import Path

import pymupdf
import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.evidence import Place
from app.letter import Cover, Letter, Reviewer
from app.paths import FONTS, TEMPLATES
from app.services.guard import Watch
from app.services.letter_reader import LetterReader
from app.services.pdf import read
from app.services.pdf_redaction import names_author
from app.services.public_copy import (
    CopyStopped,
    LeftOver,
    NotClean,
    OriginalChosen,
    OwnFolderChosen,
    PublicCopy,
    public_copy,
    suggested_terms,
    write_redacted,
)
from app.services.rendering import FileExists, Renderer
from tests.heavy import endless_reading
from tests.readers import the_reader
from tests.scans import needs_ocr
from tests.services.privacy.kept_aside import KEPT_ASIDE
from tests.services.privacy.spellings import SPELLINGS, WITHOUT_A_TERM
from tests.ui.made_letters import letter

RENDERER = Renderer([TEMPLATES], FONTS)


def covered(employee: str, provider: str = "Jo Doctor, MD") -> Letter:
    made = letter(1)
    return replace(
        made,
        cover=Cover(employee=employee, provider=provider, claim_number="ZZ-4711"),
        clinical_summary=f"{made.clinical_summary} {employee} came back to {provider}.",
    )


def words_of(pdf: bytes) -> set[str]:
    return {word.text.strip(".,:") for page in read(pdf).pages for word in page.words}


@pytest.mark.parametrize(
    ("employee", "provider"),
    [
        ("Pat Example", "Jo Doctor, MD"),
        ("Kim Case", "California Pain Group"),
        ("Al Page", "Font Type, DO"),
    ],
)
def test_a_name_that_is_a_word_of_the_form_does_not_stop_the_copy(
    employee: str, provider: str
) -> None:
    made = covered(employee, provider)
    copy = public_copy(RENDERER, made)
    assert copy.proof.clean
    assert copy.removed >= 2
    text = " ".join(" ".join(page.texts) for page in read(copy.pdf).pages)
    assert f"{employee} came" not in text
    assert f"to {provider}" not in text
    assert "ZZ-4711" not in text
    assert "Looked for" in copy.sentence


@needs_ocr
@pytest.mark.usefixtures("printed_pages_read")
def test_the_pictures_of_our_own_pages_are_read_too_until_somebody_stops_it() -> None:
    steps: list[tuple[int, int]] = []
    watch = Watch(lambda done, of: (steps.append((done, of)), watch.cancel())[1])
    with pytest.raises(CopyStopped):
        public_copy(RENDERER, covered("Pat Example"), watch=watch)
    assert steps[0][0] == 1
    assert len(steps) == 1
    copy = public_copy(RENDERER, replace(covered("Pat Example"), issues=()))
    assert "pictures of pages" in copy.sentence
    assert not copy.proof.not_seen


def test_a_letter_that_names_nobody_is_not_said_to_have_been_searched_for_names() -> None:
    copy = public_copy(RENDERER, replace(letter(1), cover=Cover()))
    assert copy.no_author
    assert copy.sentence.startswith(
        "Nothing had to be taken out. The letter's cover names nobody, so no name was looked for."
    )
    assert "author" not in PublicCopy(copy.pdf, copy.proof).sentence


def test_an_ordinary_word_that_is_also_a_name_is_left_and_told() -> None:
    made = replace(
        letter(1),
        cover=Cover(employee="Drew Pain"),
        clinical_summary="Chronic pain in May. Mr. Pain has pain and drew a picture.",
    )
    copy = public_copy(RENDERER, made)
    text = " ".join(" ".join(page.texts) for page in read(copy.pdf).pages)
    assert "Chronic pain in May. Mr. [removed] has pain and drew a picture." in text
    assert "LEFT STANDING" in copy.sentence
    assert "Clinical case summary 3" in copy.sentence


ALL_SPELLINGS = (*SPELLINGS, *WITHOUT_A_TERM, *KEPT_ASIDE)


@pytest.mark.parametrize(
    "cover", list(dict.fromkeys(one.cover for one in ALL_SPELLINGS)), ids=lambda one: one.employee
)
def test_the_printed_copy_has_nothing_of_what_the_text_spelt(cover: Cover) -> None:
    texts = [one for one in ALL_SPELLINGS if one.cover == cover]
    made = replace(letter(1), cover=cover, clinical_summary="\n".join(one.text for one in texts))
    copy = public_copy(RENDERER, made)
    printed = " ".join(read(copy.pdf).page_texts)
    summary = printed[printed.index("all medical records:") : printed.index("IMR ISSUES")]
    assert copy.proof.clean
    for one in texts:
        if not one.stays:
            assert not [word for word in one.gone if word in summary], (one.name, summary)
        shown = "".join(one.stays).replace(" ", "")
        assert (
            not one.gone
            or not shown
            or any(stay.replace(" ", "") in summary.replace(" ", "") for stay in one.stays)
        )


@pytest.mark.parametrize(("name", "named"), [("Ann Lee", True), ("", False)])
def test_an_author_in_the_properties_is_seen(name: str, named: bool) -> None:
    with pymupdf.open() as document:
        document.new_page()
        document.set_metadata({"author": name})
        assert names_author(document.tobytes()) is named


def test_a_copy_with_a_name_in_it_is_refused() -> None:
    made = replace(
        covered("Pat Example"),
        reviewer=Reviewer(licensure=("California",), specialties=("Pat Example",)),
    )
    with pytest.raises(NotClean, match="text") as caught:
        public_copy(RENDERER, made)
    assert "Pat" not in str(caught.value)


def test_suggestions_are_the_cover_s_names_and_what_the_rules_find() -> None:
    lines = [
        "Seen by Dr. Ann Smithers at 12 Elm Street",
        "Call 916-555-0100",
        "Employee: EXAMPLE, PAT",
        "Provider: Jo Doctor, MD, claim zz 4711",
    ]
    found = suggested_terms(covered("Pat Example"), lines)
    assert {"EXAMPLE, PAT", "Jo Doctor", "zz 4711", "916-555-0100", "12 Elm Street"} <= set(found)
    assert "Ann Smithers" in found or "Smithers" in found
    assert not any(term.startswith(("Dr.", "Employee")) for term in found)
    assert len(found) == len(set(found))
    assert suggested_terms(Letter()) == ()
    assert suggested_terms(covered("Pat Example"), ["a page without any of them"]) == ()


@pytest.fixture
def source() -> bytes:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "Ann Lee was seen in Fresno")
        document.set_metadata({"author": "Ann Lee"})
        return document.tobytes()


def test_a_redacted_copy_is_written_with_its_proof(source: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    made = write_redacted(
        the_reader(), out, source, ["Ann Lee"], [Place(1, ((0.3, 0.05, 0.5, 0.15),))]
    )
    assert out.read_bytes() == made.pdf
    assert made.proof.clean
    assert not words_of(made.pdf) & {"Ann", "Lee", "Fresno"}


@pytest.mark.parametrize("may_replace", [False, True])
def test_the_original_is_never_written_over(
    source: bytes, tmp_path: Path, may_replace: bool
) -> None:
    path = tmp_path / "theirs.pdf"
    path.write_bytes(source)
    with pytest.raises(OriginalChosen):
        write_redacted(the_reader(), path, source, ["Lee"], (), may_replace=may_replace)
    link = tmp_path / "link.pdf"
    link.symlink_to(path)
    with pytest.raises(OriginalChosen):
        write_redacted(the_reader(), link, source, ["Lee"], (), may_replace=may_replace)
    assert path.read_bytes() == source


def test_nothing_is_written_among_the_originals(source: bytes, tmp_path: Path) -> None:
    kept = tmp_path / "data"
    (kept / "files").mkdir(parents=True)
    with pytest.raises(OwnFolderChosen):
        write_redacted(the_reader(), kept / "files" / "x.pdf", source, ["Lee"], (), kept_in=kept)
    assert not list((kept / "files").iterdir())


def test_a_file_that_is_there_is_replaced_only_where_that_was_said(
    source: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"mine")
    with pytest.raises(FileExists):
        write_redacted(the_reader(), out, source, ["Lee"], ())
    assert out.read_bytes() == b"mine"
    write_redacted(the_reader(), out, source, ["Lee"], (), may_replace=True)
    assert "Ann" in words_of(out.read_bytes())


def test_what_cannot_be_removed_leaves_no_file(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "nothing here")
        xref = document.get_new_xref()
        document.update_object(xref, "<< /Note (Ann Lee) >>")
        document.xref_set_key(document.pdf_catalog(), "ViewerPreferences", f"{xref} 0 R")
        data = document.tobytes()
    with pytest.raises(LeftOver):
        write_redacted(the_reader(), tmp_path / "out.pdf", data, ["Ann Lee"], ())
    with pytest.raises(UserError):
        write_redacted(the_reader(), tmp_path / "no" / "out.pdf", data, ["Nobody"], ())
    assert not list(tmp_path.iterdir())


def test_a_pdf_that_never_ends_is_not_redacted_for_ever(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    with LetterReader() as reader:
        ended: list[UserError] = []

        def write() -> None:
            try:
                write_redacted(reader, out, endless_reading(), ["Lee"], ())
            except UserError as error:
                ended.append(error)

        thread = threading.Thread(target=write)
        thread.start()
        while thread.is_alive():
            reader.stop()
            thread.join(0.1)
    assert len(ended) == 1
    assert not out.exists()
