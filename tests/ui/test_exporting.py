"""Each form a letter is written in, where it goes, and what is said when that does not work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from docx import Document
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.letter import Cover, FieldId
from app.services.parsing import parse
from app.services.pdf import read
from app.services.store import Status
from tests.readers import the_reader
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf

CLEAN = letter(7, summary_doi="09/13/2016")
"""A letter in which no error stands."""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.open(write_pdf(tmp_path / "letter.pdf", CLEAN))
    made.settle()
    assert made.window.checks.errors == ()
    yield made
    made.close()


def export(desk: Desk, form: str, path: Path | None) -> list[tuple[str, str]]:
    """Export as a menu does; answers what was proposed: names and filters."""
    asked: list[tuple[str, str]] = []

    def answer(name: str, file_filter: str) -> Path | None:
        asked.append((name, file_filter))
        return path

    desk.window.exporter.ask_path = answer
    desk.window.notice.clear()
    desk.trigger(form)
    desk.settle()
    return asked


def text_of(path: Path) -> str:
    return " ".join(word.text for page in read(path).pages for word in page.words)


def test_a_pdf_is_written_and_parses_back(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    asked = export(desk, "export_pdf", out)
    assert asked == [("CM16-0200007 letter.pdf", "PDF (*.pdf)")]
    now = desk.document.letter
    back = the_reader().letter(out).result.letter
    assert back.header == now.header
    assert [issue.maximus_guideline for issue in back.issues] == [
        issue.maximus_guideline for issue in now.issues
    ]
    from_page = parse(read(out)).letter
    assert from_page.header == now.header
    assert [issue.rationale for issue in from_page.issues] == [i.rationale for i in now.issues]
    assert desk.window.notice.words == (
        f"Written: {out}\nAttached as letter.json: the values that its pages print. "
        "Validated: it keeps PDF/UA-1 and PDF/A-3a."
    )
    assert out.stat().st_mode & 0o077 == 0
    case_id = desk.window.session.case_id
    desk.wait_until(lambda: desk.store.summary(case_id).status is Status.EXPORTED)


def test_json_and_word_are_written_and_do_not_count_as_sent(desk: Desk, tmp_path: Path) -> None:
    assert export(desk, "export_json", tmp_path / "out.json")[0][0] == "CM16-0200007 letter.json"
    told = msgspec.json.decode((tmp_path / "out.json").read_bytes())
    assert told["header"]["case_number"] == "CM16-0200007"
    assert len(told["issues"]) == 2
    assert export(desk, "export_word", tmp_path / "out.docx")[0][1] == "Word (*.docx)"
    document = Document(str(tmp_path / "out.docx"))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert desk.document.letter.issues[1].rationale in words
    assert desk.store.summary(desk.window.session.case_id).status is not Status.EXPORTED


def test_a_public_copy_is_written_with_its_proof(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "public.pdf"
    desk.document.replace_letter(
        replace(
            desk.document.letter,
            cover=Cover(employee="Pat Example", claim_number="ZZ-4711"),
            clinical_summary="Pat Example was seen. " + desk.document.letter.clinical_summary,
        ),
        "Parties",
    )
    export(desk, "export_redacted", out)
    if desk.window.checks.errors or desk.window.checks.reason_line.isVisible():
        desk.window.checks.override_given.emit("public copy takes it out")
        desk.settle()
    assert "found 0 times in" in desk.window.notice.words
    assert str(out) in desk.window.notice.words
    assert "[removed] was seen." in text_of(out)
    assert "Example" not in text_of(out)
    assert not read(out).attachments


def test_a_public_copy_with_a_name_left_in_it_is_not_written(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "public.pdf"
    desk.document.edit(FieldId("cover.employee"), "Pat Example")
    desk.document.edit(FieldId("reviewer.specialties"), ("Pat Example",))
    export(desk, "export_redacted", out)
    desk.window.checks.override_given.emit("to see what happens")
    desk.settle()
    assert not out.exists()
    assert "was not written" in desk.window.notice.words
    assert "Pat" not in desk.window.notice.words


def test_nothing_happens_where_no_place_is_named(desk: Desk, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    assert len(export(desk, "export_pdf", None)) == 1
    assert desk.window.notice.words == ""
    assert sorted(tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_to_is_told(desk: Desk, tmp_path: Path) -> None:
    before = desk.document.letter
    for form, ending in (("export_pdf", "pdf"), ("export_word", "docx"), ("checks_report", "pdf")):
        (tmp_path / f"folder.{ending}").mkdir(exist_ok=True)
        for bad in (tmp_path / "no such folder" / f"out.{ending}", tmp_path / f"folder.{ending}"):
            export(desk, form, bad)
            assert "could not be written" in desk.window.notice.words
            assert "Choose another folder" in desk.window.notice.words
        assert [path for path in tmp_path.iterdir() if path.suffix == ".part"] == []
        # Nothing is lost, and the next place works.
        export(desk, form, tmp_path / f"{form}.{ending}")
        assert (tmp_path / f"{form}.{ending}").exists()
    assert desk.document.letter == before


def test_a_file_is_replaced_only_where_the_user_was_asked_about_it(
    desk: Desk, tmp_path: Path
) -> None:
    other = tmp_path / "mine.pdf"
    other.write_bytes(b"mine")
    # The dialog asked about `mine`, of which there is none; `mine.pdf` was never spoken of.
    export(desk, "export_pdf", tmp_path / "mine")
    assert other.read_bytes() == b"mine"
    assert "already a file mine.pdf" in desk.window.notice.words
    export(desk, "export_pdf", other)
    assert other.read_bytes().startswith(b"%PDF")
    export(desk, "export_pdf", tmp_path / "fresh")
    assert (tmp_path / "fresh.pdf").exists()


def test_what_no_font_has_is_told_before_anything_is_written(desk: Desk, tmp_path: Path) -> None:
    issue = desk.document.letter.issues[1]
    field = FieldId("issue.rationale", issue.id)
    desk.document.edit(field, issue.rationale + " 漢")
    out = tmp_path / "out.pdf"
    assert export(desk, "export_pdf", out) == []
    assert "Item 2 · Decision rationale" in desk.window.notice.words
    assert not out.exists()
    write, go = desk.window.notice._cards[-1].notice.offers
    go.act()
    assert desk.document.current_field == field
    write.act()
    desk.settle()
    assert out.exists()
    # Other programs have other fonts.
    assert len(export(desk, "export_word", tmp_path / "out.docx")) == 1


def test_the_report_is_written_as_pdf_and_json(desk: Desk, tmp_path: Path) -> None:
    desk.document.edit(FieldId("header.priority"), "")
    asked = export(desk, "checks_report", tmp_path / "report.pdf")
    assert asked == [("CM16-0200007 report of the checks.pdf", "PDF (*.pdf)")]
    shown = text_of(tmp_path / "report.pdf")
    assert "Report of the checks: CM16-0200007" in shown
    assert "Priority" in shown
    desk.window.commands["checks"].setChecked(True)
    desk.window.exporter.ask_path = lambda _name, _filter: tmp_path / "report.json"
    as_json = desk.window.checks.report_menu.actions()[1]
    as_json.trigger()
    desk.settle()
    told = msgspec.json.decode((tmp_path / "report.json").read_bytes())
    assert told["errors"] == len(desk.window.checks.errors) > 0
    assert desk.store.summary(desk.window.session.case_id).status is Status.IN_WORK
