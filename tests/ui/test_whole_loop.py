"""The whole job by keys and commands: open, correct, cite, see the new letter, export, start again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.letter import FieldId, Letter
from app.services.parsing import parse
from app.services.pdf import read
from tests.readers import the_reader
from tests.ui.desk import Desk
from tests.ui.made_letters import write_pdf

PUBLIC = ("CM16-0213037", "CM16-0230651", "CM17-0005177")
SEEDS = ("000_", "001_", "002_", "003_", "004_")


def _correct_cite_and_export(desk: Desk, out: Path) -> Letter:
    """What a person does with the open letter; answers the letter as it stands at the end."""
    editor = desk.editor("header.case_number")
    desk.type(editor, "CM16-0299999")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert desk.document.letter.header.case_number == "CM16-0299999"

    issue = desk.document.letter.issues[0]
    field = FieldId("issue.maximus_guideline", issue.id)
    had = len(issue.maximus_guideline.citations)
    desk.window.fields.go_to(field)
    desk.trigger("cite")
    desk.wait_until(desk.window.picker.isVisible)
    line = desk.window.picker.view.line
    QTest.keyClicks(line, "knee complaints 2004")
    desk.wait_until(lambda: desk.window.picker.view.list.currentIndex().isValid())
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClicks(line, "Special Studies")
    QTest.keyClick(line, Qt.Key.Key_Return)
    guideline = desk.document.letter.issue(issue.id).maximus_guideline
    assert len(guideline.citations) == had + 1
    assert any("Knee" in citation.title for citation in guideline.citations)
    assert "Knee Complaints" in guideline.text

    desk.trigger("tab_preview")
    desk.wait_until(lambda: desk.window.letter_pane.preview.rendered is not None)
    shown = read(desk.window.letter_pane.preview.rendered.pdf)
    words = " ".join(word.text for page in shown.pages for word in page.words)
    assert "Knee Complaints" in words

    desk.window.exporter.ask_path = lambda _name, _filter: out
    desk.trigger("export_pdf")
    if desk.window.checks.errors:
        QTest.keyClicks(desk.window.checks.reason_line, "checked against the file")
        QTest.keyClick(desk.window.checks.reason_line, Qt.Key.Key_Return)
    desk.wait_until(out.exists)
    return desk.document.letter


def _same_values(one: Letter, other: Letter) -> bool:
    """Equal but for issue ids and library ids, which belong to a letter in a database."""

    def bare(letter: Letter) -> object:
        import msgspec

        plain = msgspec.to_builtins(letter)
        plain.pop("issues_made")
        for issue in plain["issues"]:
            issue.pop("id")
            for side in ("claims_administrator_guideline", "maximus_guideline"):
                for citation in issue[side]["citations"]:
                    citation.pop("library_id")
        return plain

    return bare(one) == bare(other)


def _go_through(desk: Desk, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    desk.open(path)
    desk.settle()
    after = _correct_cite_and_export(desk, out)

    # The exported PDF opens again with the same values, from its form data …
    assert _same_values(the_reader().letter(out).result.letter, after)
    # … and so it does read from the page alone.
    from_page = parse(read(out)).letter
    assert from_page.header == after.header
    assert from_page.clinical_summary == after.clinical_summary
    assert [
        (i.title, i.decision, i.maximus_guideline.text, i.rationale) for i in from_page.issues
    ] == [(i.title, i.decision, i.maximus_guideline.text, i.rationale) for i in after.issues]

    # Start again: the letter and its edits are there.
    desk.close()
    again = Desk(desk.folder)
    try:
        again.window.letters.open_last()
        again.wait_until(lambda: again.window.letters.opened is not None)
        assert again.document.letter == after
        again.document.undo()
        assert again.document.letter != after
    finally:
        again.close()


def test_the_whole_loop_on_a_made_letter(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    _go_through(desk, write_pdf(tmp_path / "letter.pdf"), tmp_path)


@pytest.mark.parametrize("case", PUBLIC)
def test_the_whole_loop_on_a_public_letter(
    qtbot: QtBot, tmp_path: Path, real_letters: Path, case: str
) -> None:
    _go_through(Desk(tmp_path), real_letters / "public" / f"{case}.pdf", tmp_path)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_whole_loop_on_a_seed(
    qtbot: QtBot, tmp_path: Path, real_letters: Path, seed: str
) -> None:
    path = next((real_letters / "seeds").glob(f"{seed}*.pdf"))
    _go_through(Desk(tmp_path), path, tmp_path)
