"""The look before sending: by itself after an export, of any PDF on request, quiet where all is well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.services.pdf.inside import look_inside
from app.services.settings import Settings
from app.ui.dialogs.look_inside import LookDialog
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf

CLEAN = letter(7, summary_doi="09/13/2016")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.open(write_pdf(tmp_path / "letter.pdf", CLEAN))
    made.settle()
    yield made
    made.close()


def _words(dialog: LookDialog) -> str:
    rows = dialog.findChild(QListWidget)
    told = [label.text() for label in dialog.findChildren(QLabel)]
    return "\n".join([*told, *(rows.item(row).text() for row in range(rows.count()))])


def _press(dialog: LookDialog, words: str) -> None:
    next(one for one in dialog.findChildren(QPushButton) if one.text() == words).click()


def _export(desk: Desk, out: Path) -> None:
    desk.window.exporter.ask_path = lambda _name, _filter: out
    desk.trigger("export_pdf")
    desk.settle()


def test_nothing_is_said_of_a_letter_that_holds_nothing_unseen(desk: Desk, tmp_path: Path) -> None:
    _export(desk, tmp_path / "out.pdf")
    assert "Written:" in desk.window.notice.words
    assert not any("Look before" in words for words in desk.window.notice.all_words)
    assert desk.window.looking.dialog is None


def test_what_leaves_unseen_is_told_after_the_export_and_taken_out(
    desk: Desk, tmp_path: Path
) -> None:
    desk.window.exporter.take_settings(Settings(attach_all=True))
    desk.document.edit(FieldId("cover.employee"), "Ramona Quill")
    out = tmp_path / "out.pdf"
    _export(desk, out)
    assert any(
        "Look before sending out.pdf: Attached: letter.json" in words
        for words in desk.window.notice.all_words
    )
    desk.window.looking.look_at(out, is_ours=True)
    desk.settle()
    dialog = desk.window.looking.dialog
    assert dialog is not None
    assert "values that no page prints: Employee" in _words(dialog)
    _press(dialog, "Take out what may go…")
    desk.settle()
    assert look_inside(out).attachments == ()
    assert "Written: out.pdf. The file holds nothing that its pages do not show." in _words(dialog)


def test_another_pdf_is_written_beside_and_stays_as_it_is(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, copy = tmp_path / "foreign.pdf", tmp_path / "copy.pdf"
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "A letter from elsewhere")
        document.embfile_add("notes.txt", b"x")
        document.save(source)
    before = source.read_bytes()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(source), ""))
    desk.trigger("look_inside")
    desk.settle()
    dialog = desk.window.looking.dialog
    assert dialog is not None
    assert "Attached: notes.txt" in _words(dialog)
    asked: list[str] = []
    desk.window.exporter.ask_path = lambda name, _filter: asked.append(name) or copy
    _press(dialog, "Take out what may go…")
    desk.settle()
    assert asked == [str(tmp_path / "foreign without hidden data.pdf")]
    assert source.read_bytes() == before
    assert look_inside(copy).attachments == ()
    assert "A letter from elsewhere" in pymupdf.open(copy)[0].get_text()


def test_while_patient_data_is_hidden_nothing_is_shown(desk: Desk) -> None:
    desk.trigger("mask")
    desk.trigger("look_inside")
    assert "Patient data is hidden" in desk.window.notice.words
    assert desk.window.looking.dialog is None


def test_a_file_that_is_no_pdf_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"hello")
    desk.window.looking.look_at(tmp_path / "a.pdf", is_ours=False)
    desk.settle()
    assert "not a PDF" in desk.window.notice.words
