"""Files that are no letter, by the window and by the command: told in place, and the rest comes in."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.letter import FieldId
from app.services.recognition.installed import is_installed
from tests.commands import run
from tests.ui.desk import Desk
from tests.ui.letter_files import (
    PASSWORD,
    letter_file,
    letter_files,
    locked_file,
    other_file,
    pageless_file,
    scan_file,
    truncated_file,
)


def text_file(folder: Path) -> Path:
    path = folder / "notes.pdf"
    path.write_text("Dear colleague, please find the letter attached.")
    return path


def empty_file(folder: Path) -> Path:
    path = folder / "empty.pdf"
    path.touch()
    return path


def missing_file(folder: Path) -> Path:
    return folder / "gone.pdf"


def folder_with_a_letters_name(folder: Path) -> Path:
    path = folder / "folder.pdf"
    path.mkdir()
    return path


# How the file is made, and the sentence that is told.
BAD = {
    "text": (text_file, "The file is not a PDF."),
    "empty": (empty_file, "The file is empty (0 bytes)."),
    "missing": (missing_file, "The file cannot be opened: No such file or directory."),
    "truncated": (truncated_file, "The PDF is damaged and no page of it can be read."),
    "pageless": (pageless_file, "The PDF is damaged and no page of it can be read."),
}
bad_files = pytest.mark.parametrize(("make", "sentence"), BAD.values(), ids=BAD)


@bad_files
def test_a_bad_file_is_told_and_the_open_letter_stays(
    desk: Desk, make: Callable[[Path], Path], sentence: str
) -> None:
    good = letter_file(desk.folder)
    desk.open(good)
    desk.document.edit(FieldId("header.priority"), "Expedited")
    before = desk.document.letter
    bad = make(desk.folder)
    desk.window.take_in([bad])
    desk.wait_until(lambda: sentence in desk.window.notice.words)
    words = desk.window.notice.words
    assert words.startswith(f"{bad.name}: {sentence}\n")
    assert words.splitlines()[1].endswith(".")
    assert desk.document.letter is before
    # The program goes on: another letter opens, and this one kept its edit.
    desk.open(letter_file(desk.folder, 2))
    assert len(desk.store.cases()) == 2
    assert desk.store.case(desk.store.cases()[0].id).letter == before


def test_the_good_letters_of_an_import_come_in_beside_the_bad(desk: Desk) -> None:
    first, second = letter_files(desk.folder, 2)
    bad = [make(desk.folder) for make, _ in BAD.values()]
    desk.window.take_in([bad[0], first, *bad[1:], second])
    progress = desk.window.strips.reading
    desk.wait_until(lambda: progress.words == "2 letters read · 5 could not be read")
    desk.settle()
    assert len(desk.store.cases()) == 2
    assert desk.document.letter.header.case_number == "CM16-0200001"
    told = dict(progress.details)
    assert set(told) == {path.name for path in bad}
    for path, (_, sentence) in zip(bad, BAD.values(), strict=True):
        assert told[path.name].startswith(sentence)


def test_an_empty_folder_is_told(desk: Desk) -> None:
    folder = folder_with_a_letters_name(desk.folder)
    desk.window.take_in([folder])
    desk.settle()
    assert "no PDF" in desk.window.notice.words
    assert not desk.window.opener.is_importing


def password_line(desk: Desk) -> QLineEdit:
    desk.wait_until(lambda: "password" in desk.window.notice.words.lower())
    line = desk.window.notice.findChild(QLineEdit)
    assert line is not None
    desk.wait_until(line.isVisible)
    return line


def give(desk: Desk, password: str) -> None:
    line = password_line(desk)
    QTest.keyClicks(line, password)
    QTest.keyClick(line, Qt.Key.Key_Return)
    desk.settle()


def test_a_locked_letter_asks_in_place_until_the_password_is_right(desk: Desk) -> None:
    desk.window.take_in([locked_file(desk.folder), letter_file(desk.folder, 1)])
    assert "locked.pdf: The PDF is protected by a password." in password_line_words(desk)
    # The other letter of the import came in meanwhile.
    desk.wait_until(lambda: len(desk.store.cases()) == 1)
    give(desk, "a wrong one")
    assert "The password does not open this PDF." in desk.window.notice.words
    assert len(desk.store.cases()) == 1
    give(desk, PASSWORD)
    desk.wait_until(lambda: desk.document.letter.header.case_number == "CM16-0200009")
    assert desk.window.notice.words == ""
    # What was told of the import goes on being true.
    strip = desk.window.strips.reading
    desk.wait_until(lambda: strip.words == "2 letters read")
    assert strip.details == ()
    assert desk.window.letter_pane.view.page_count == 2
    # It opens again without being asked for in this sitting …
    locked = desk.window.session.case_id
    desk.trigger("previous_letter")
    desk.trigger("next_letter")
    desk.settle()
    for case in desk.store.cases():
        desk.window.letters.open(case.id)
        desk.wait_until(lambda case=case: desk.window.session.case_id == case.id)
    assert desk.window.session.case_id == locked


def password_line_words(desk: Desk) -> str:
    password_line(desk)
    return desk.window.notice.words


def test_a_locked_letter_asks_again_at_the_next_start(desk: Desk) -> None:
    desk.window.take_in([locked_file(desk.folder)])
    give(desk, PASSWORD)
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    desk.settle()
    data = desk.folder / "data"
    assert all(PASSWORD.encode() not in p.read_bytes() for p in data.rglob("*") if p.is_file())
    folder = desk.folder
    desk.window.letters.close()
    again = Desk(folder)
    try:
        again.window.letters.open(again.store.cases()[0].id)
        give(again, PASSWORD)
        again.wait_until(lambda: again.window.letters.opened is not None)
    finally:
        again.close()


def test_several_locked_letters_are_asked_for_one_after_the_other(desk: Desk) -> None:
    desk.window.take_in(
        [locked_file(desk.folder, 8, name="a.pdf"), locked_file(desk.folder, 9, name="b.pdf")]
    )
    desk.wait_until(lambda: not desk.window.opener.is_importing)
    give(desk, PASSWORD)
    desk.wait_until(lambda: len(desk.store.cases()) == 1)
    give(desk, PASSWORD)
    desk.wait_until(lambda: len(desk.store.cases()) == 2)


def test_a_scan_is_kept_and_can_be_filled_in_by_hand(desk: Desk) -> None:
    desk.open(scan_file(desk.folder))
    read = "The pictures of the pages are being read" if is_installed() else "This PDF has no text"
    assert desk.window.notice.words.startswith(read)
    assert desk.window.letter_pane.view.page_count == 2
    editor = desk.editor("header.case_number")
    desk.type(editor, "CM16-0299999")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.trigger("add_issue")
    assert desk.document.letter.header.case_number == "CM16-0299999"
    assert len(desk.document.letter.issues) == 1


def test_something_else_is_told_to_be_no_letter(desk: Desk) -> None:
    desk.open(other_file(desk.folder))
    assert desk.document.parsed.layout == "unknown"
    assert "determination letter" in desk.window.notice.words
    assert desk.window.letter_pane.view.page_count == 1
    assert len(desk.document.doubts) > 5


# The same by the command


def parse(*files: Path, password: str = "") -> subprocess.CompletedProcess[str]:
    more = ["--password", password] if password else []
    return run("parse", "--json", *more, *files)


def test_the_command_tells_each_bad_file_in_a_line_and_reads_the_rest(tmp_path: Path) -> None:
    bad = [make(tmp_path) for make, _ in BAD.values()]
    bad += [folder_with_a_letters_name(tmp_path), locked_file(tmp_path), scan_file(tmp_path)]
    sentences = [sentence for _, sentence in BAD.values()]
    sentences += [
        "The file cannot be opened: it is a folder.",
        "The PDF is protected by a password.",
        "The PDF has no text: it is a picture of paper",
    ]
    good = [letter_file(tmp_path), other_file(tmp_path)]
    done = run("parse", "--json", "--no-ocr", bad[0], good[0], *bad[1:], *good[1:])
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert len(lines) == len(bad)
    for line, path, sentence in zip(lines, bad, sentences, strict=True):
        assert line.startswith(f"{path}: {sentence}")
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["file"] for one in read] == [path.name for path in good]
    assert [one["layout"] for one in read] == ["maximus-2016", "unknown"]


def test_the_command_takes_a_password(tmp_path: Path) -> None:
    locked = locked_file(tmp_path)
    right, wrong = parse(locked, password=PASSWORD), parse(locked, password="no")
    assert (right.returncode, right.stderr) == (0, "")
    assert json.loads(right.stdout)["header"]["case_number"] == "CM16-0200009"
    assert wrong.returncode == 3
    assert "The password does not open this PDF." in wrong.stderr
    assert wrong.stdout == ""


def test_news_and_passwords_do_not_wait_for_each_other(desk: Desk) -> None:
    """A locked file asks by its name, once; what else is to be told stands beside it."""
    desk.open(letter_file(desk.folder, 1))
    desk.window.take_in([locked_file(desk.folder)])
    desk.wait_until(lambda: desk.window.notice.asks)
    twin = letter_file(desk.folder, 1, issues=3, name="again.pdf")
    desk.window.take_in([twin])
    desk.wait_until(lambda: "Another file of case" in desk.window.notice.words)
    assert desk.window.notice.asks
    # Whoever does not know the password closes it, and is not asked after each import.
    (asking,) = (card for card in desk.window.notice._cards if card.notice.asks)
    QTest.keyClick(asking.password, Qt.Key.Key_Escape)
    desk.open(letter_file(desk.folder, 2))
    desk.settle()
    assert not desk.window.notice.asks


def test_a_password_asked_for_in_the_midst_of_writing_leaves_the_cursor_in_its_field(
    desk: Desk,
) -> None:
    """Else half a sentence would be typed into the password, and seen by nobody."""
    window = desk.window
    window.take_in([letter_file(desk.folder, 1), locked_file(desk.folder)])
    desk.wait_until(lambda: bool(desk.document.is_open))
    field = FieldId("clinical_summary")
    window.fields.go_to(field)
    desk.wait_until(lambda: window.notice.asks)
    row = window.form.row(field)
    assert row is not None
    holder = window.focusWidget()
    assert row.isAncestorOf(holder)
    QTest.keyClicks(holder, "Written on. ")
    assert "Written on. " in desk.document.letter.clinical_summary
    # The key for the next pane leads there, and back from there.
    window.activateWindow()
    desk.wait_until(lambda: QApplication.focusWidget() is holder)
    desk.trigger("switch_pane")
    assert window.focusWidget() is password_line(desk)
    desk.trigger("switch_pane_back")
    assert row.isAncestorOf(window.focusWidget())


def test_a_kept_locked_letter_asks_by_its_name_until_another_is_opened(desk: Desk) -> None:
    desk.open(letter_file(desk.folder, 1))
    desk.window.take_in([locked_file(desk.folder)])
    give(desk, PASSWORD)
    desk.wait_until(lambda: desk.document.letter.header.case_number == "CM16-0200009")
    locked = desk.window.session.case_id
    assert locked is not None
    desk.trigger("previous_letter")
    desk.settle()
    desk.window.opener._passwords.clear()  # as after a new start
    desk.window.opener.forget_ahead()
    desk.window.letters.open(locked)
    desk.wait_until(lambda: desk.window.notice.asks)
    assert desk.window.notice.words.startswith("CM16-0200009: ")
    other = desk.window.letters.opened
    desk.open(letter_file(desk.folder, 2))
    assert desk.window.letters.opened is not other
    assert not desk.window.notice.asks
