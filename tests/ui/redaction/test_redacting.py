"""Taking parts out of a letter that came in: marked by drag, by key and by typing, then proved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.evidence import Place
from app.letter import Cover
from app.services.pdf import read
from app.ui.redaction import Marks
from app.ui.redaction.window import RedactionWindow
from tests.ui.accessibility import walk
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, the_renderer

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def made_pdf(path: Path) -> Path:
    """A letter to the parties, as it comes in from elsewhere."""
    made = letter(5, summary_doi="09/13/2016")
    made = replace(
        made,
        cover=Cover(employee="Pat Example", claim_number="ZZ-4711", provider="Jo Doctor, MD"),
        clinical_summary=f"{made.clinical_summary} Call 916-555-0100.",
    )
    path.write_bytes(the_renderer().render(made, "parties").pdf)
    return path


@pytest.fixture(scope="module")
def shared_desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all: no test here changes the letter on it."""
    folder = tmp_path_factory.mktemp("desk")
    made = Desk(folder)
    made.open(made_pdf(folder / "incoming.pdf"))
    made.settle()
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, shared_desk: Desk) -> Iterator[Desk]:
    yield shared_desk
    shared_desk.window.commands["mask"].setChecked(False)
    shared_desk.window.redaction.close()
    shared_desk.window.redaction._kept.clear()
    shared_desk.window.notice.clear()
    shared_desk.settle()


@pytest.fixture
def window(desk: Desk) -> RedactionWindow:
    desk.trigger("redact_pdf")
    shown = desk.window.redaction.window
    assert shown is not None
    desk.wait_until(lambda: shown.view.page_count > 0)
    desk.settle()
    return shown


def point(window: RedactionWindow, page: int, x: float, y: float) -> QPoint:
    """A point of a page, in the viewport."""
    spot = window.view.rect_of([Place(page, ((x, y, x, y),))]).topLeft()
    box = window.view._layout.to_strip(page, (x, y, x, y)).topLeft() if spot.isNull() else spot
    return (box - QPointF(window.view.window_on_strip.topLeft())).toPoint()


def box_of(window: RedactionWindow, word: str) -> tuple[int, tuple[float, float, float, float]]:
    [first, *_] = window.view.text.find(word, whole_words=True)
    return first.places[0].page, first.places[0].boxes[0]


def drag(window: RedactionWindow, start: QPoint, end: QPoint) -> None:
    port = window.view.viewport()
    QTest.mousePress(port, LEFT, NONE, start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, LEFT, NONE, end)


def drag_over(window: RedactionWindow, word: str) -> None:
    page, (x0, y0, x1, y1) = box_of(window, word)
    drag(
        window,
        point(window, page, x0 - 0.01, y0 - 0.003),
        point(window, page, x1 + 0.01, y1 + 0.003),
    )


def type_term(window: RedactionWindow, term: str) -> None:
    window.line.setFocus()
    QTest.keyClicks(window.line, term)
    QTest.keyClick(window.line, Qt.Key.Key_Return)


def write(desk: Desk, window: RedactionWindow, path: Path | None) -> list[str]:
    asked: list[str] = []
    desk.window.exporter.ask_path = lambda name, _filter: (asked.append(name), path)[1]
    QTest.mouseClick(window.writing.write, LEFT)
    desk.settle()
    return asked


def words_of(path: Path) -> str:
    return " ".join(word.text for page in read(path).pages for word in page.words)


def test_terms_and_areas_are_taken_out_and_the_proof_is_told(
    desk: Desk, window: RedactionWindow, tmp_path: Path
) -> None:
    case_id = desk.window.session.case_id
    original = desk.store.pdf(case_id)
    assert not window.writing.write.isEnabled()
    type_term(window, "pat  example")
    drag_over(window, "ZZ-4711")
    assert window.marks.terms == ("pat example",)
    assert window.words == "1 term and 1 area will be taken out of the copy."
    type_term(window, "Nobody Atall")
    assert window.words.endswith("1 term stands on no page.")
    window.list.removed.emit(next(r for r in window.list.rows if r.term == "Nobody Atall"))
    assert len(window.marks.areas) == 1
    assert "ZZ-4711" in [window.list.topLevelItem(1).child(0).text(0)][0]
    out = tmp_path / "copy.pdf"
    assert write(desk, window, out) == ["CM16-0200005 redacted copy.pdf"]
    shown = words_of(out)
    assert "Example" not in shown
    assert "ZZ-4711" not in shown
    assert "Jo Doctor" in shown
    assert "Searched for 1 term and in 1 area" in window.proof.words
    assert "the text of the" in window.proof.words
    assert ": found 0 times" in window.proof.words
    assert "pictures" in window.proof.words
    assert window.copy_view.page_count == window.view.page_count
    assert desk.store.pdf(case_id) == original
    with pymupdf.open(out) as document:
        assert not any(document.metadata[key] for key in ("title", "author", "producer"))
    # What is marked anew was not proved.
    type_term(window, "Doctor")
    assert not window.proof.isVisible()


def test_suggestions_are_taken_one_by_one_or_all(window: RedactionWindow) -> None:
    offered = window.suggestions
    assert {"Pat Example", "ZZ-4711", "Jo Doctor", "916-555-0100"} <= set(offered)
    row = next(row for row in window.list.rows if row.term == "ZZ-4711")
    assert (row.taken, len(row.places)) == (False, 1)
    window.list.suggestion_taken.emit("ZZ-4711")
    assert window.marks.terms == ("ZZ-4711",)
    assert "ZZ-4711" not in window.suggestions
    QTest.mouseClick(window._add_all, LEFT)
    assert set(window.marks.terms) == set(offered)
    assert window.suggestions == ()
    assert not window._add_all.isEnabled()


def test_each_mark_can_be_removed_by_its_button_and_by_delete(
    desk: Desk, window: RedactionWindow
) -> None:
    type_term(window, "Pat Example")
    drag_over(window, "ZZ-4711")
    desk.settle()
    buttons = [
        button
        for button in window.list.findChildren(QAbstractButton)
        if button.accessibleName().startswith("Do not take out")
    ]
    assert len(buttons) == 2
    QTest.mouseClick(buttons[0], LEFT)
    desk.wait_until(lambda: window.marks.terms == ())
    assert "Pat Example" in window.suggestions
    window.list.setCurrentItem(window.list.topLevelItem(0).child(0))
    QTest.keyClick(window.list, Qt.Key.Key_Delete)
    assert window.marks == Marks()


def test_a_double_click_marks_a_word_and_keys_mark_a_selection(window: RedactionWindow) -> None:
    page, (x0, y0, x1, y1) = box_of(window, "ZZ-4711")
    QTest.mouseDClick(
        window.view.viewport(), LEFT, NONE, point(window, page, (x0 + x1) / 2, (y0 + y1) / 2)
    )
    assert window.marks.areas == (Place(page, ((x0, y0, x1, y1),)),)
    assert not window._mark_selection.isEnabled()
    window.view.setFocus()
    for _ in range(3):
        QTest.keyClick(window.view, Qt.Key.Key_Right, SHIFT)
    assert window._mark_selection.isEnabled()
    words = window.view.selected_text
    QTest.keyClick(window.view, Qt.Key.Key_Return)
    assert len(window.marks.areas) == 2
    assert window.list.topLevelItem(0).child(0).text(0) == " ".join(words.split())


def test_a_click_or_a_broken_off_drag_marks_nothing(window: RedactionWindow) -> None:
    port = window.view.viewport()
    spot = point(window, 1, 0.3, 0.3)
    QTest.mouseClick(port, LEFT, NONE, spot)
    QTest.mousePress(port, LEFT, NONE, spot)
    QTest.mouseMove(port, spot + QPoint(60, 40))
    assert window.view.highlights.places("marked area")
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, LEFT, NONE, spot + QPoint(60, 40))
    assert window.isVisible()
    assert window.marks == Marks()
    assert not window.view.highlights.places("marked area")


def test_an_area_on_a_turned_page_is_the_area_that_was_seen(
    desk: Desk, window: RedactionWindow, tmp_path: Path
) -> None:
    window.view.set_rotation(90)
    window.view.set_zoom(0.4)
    desk.settle()
    page, (x0, y0, x1, y1) = box_of(window, "ZZ-4711")
    drag(
        window,
        point(window, page, x0 - 0.02, y1 + 0.005),
        point(window, page, x1 + 0.02, y0 - 0.005),
    )
    write(desk, window, tmp_path / "copy.pdf")
    shown = words_of(tmp_path / "copy.pdf")
    assert "ZZ-4711" not in shown
    assert "Pat Example" in shown


@pytest.mark.parametrize("term", ["", " ", "x"])
def test_a_term_needs_two_letters(window: RedactionWindow, term: str) -> None:
    type_term(window, term)
    assert window.marks == Marks()
    assert window.words == "A term needs at least two letters."


def test_the_original_is_not_written_over_nor_its_folder_used(
    desk: Desk, window: RedactionWindow, tmp_path: Path
) -> None:
    type_term(window, "Pat Example")
    incoming = desk.folder / "incoming.pdf"
    before = incoming.read_bytes()
    write(desk, window, incoming)
    assert "is the original" in window.notice.words
    assert incoming.read_bytes() == before
    write(desk, window, desk.data / "copy.pdf")
    assert "program's own data" in window.notice.words
    assert not (desk.data / "copy.pdf").exists()
    write(desk, window, tmp_path / "nowhere" / "copy.pdf")
    assert "could not be written" in window.notice.words
    assert not window.proof.isVisible()
    assert write(desk, window, None) == ["CM16-0200005 redacted copy.pdf"]
    # Nothing marked is lost by it.
    write(desk, window, tmp_path / "copy.pdf")
    assert window.notice.words == ""
    assert "Example" not in words_of(tmp_path / "copy.pdf")


def test_reading_the_pictures_of_the_copy_is_told_and_can_be_stopped(
    desk: Desk, window: RedactionWindow, tmp_path: Path
) -> None:
    type_term(window, "Doctor")
    out = tmp_path / "copy.pdf"
    desk.window.exporter.ask_path = lambda _name, _filter: out
    QTest.mouseClick(window.writing.write, LEFT)
    assert window.words == "Writing, and searching what was written…"
    desk.window.redaction._pictures_read.emit(2, 4)
    assert window.words == "Reading the pictures of the pages: 2 of 4…"
    window.writing.stop.setFocus()
    QTest.keyClick(window.writing.stop, Qt.Key.Key_Space)
    desk.settle()
    assert window.words == "Stopped: no copy was written."
    assert not out.exists()
    assert window.writing.stop.isHidden()
    assert window.line.hasFocus()
    assert window.writing.write.isEnabled()


def test_what_cannot_be_removed_is_refused_with_the_reason(qtbot: QtBot, tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "incoming.pdf")
    with pymupdf.open(path) as document:
        xref = document.get_new_xref()
        document.update_object(xref, "<< /Note (Pat Example) >>")
        document.xref_set_key(document.pdf_catalog(), "ViewerPreferences", f"{xref} 0 R")
        data = document.tobytes()
    path.write_bytes(data)
    desk = Desk(tmp_path)
    try:
        desk.open(path)
        desk.trigger("redact_pdf")
        window = desk.window.redaction.window
        assert window is not None
        desk.wait_until(lambda: window.view.page_count > 0)
        type_term(window, "Pat Example")
        write(desk, window, tmp_path / "copy.pdf")
        assert "was not made" in window.notice.words
        assert "streams and objects" in window.notice.words
        assert not (tmp_path / "copy.pdf").exists()
        assert window.writing.write.isEnabled()
    finally:
        desk.close()


def test_a_picture_of_paper_is_told_and_its_pixels_go(qtbot: QtBot, tmp_path: Path) -> None:
    with pymupdf.open(made_pdf(tmp_path / "text.pdf")) as document, pymupdf.open() as scan:
        page = document[0]
        scan.new_page(width=page.rect.width, height=page.rect.height).insert_image(
            page.rect, pixmap=page.get_pixmap(dpi=60)
        )
        scan.save(tmp_path / "scan.pdf")
    desk = Desk(tmp_path)
    try:
        desk.open(tmp_path / "scan.pdf")
        desk.trigger("redact_pdf")
        window = desk.window.redaction.window
        assert window is not None
        desk.wait_until(lambda: window.view.page_count > 0)
        assert "picture of paper" in window.notice.words
        drag(window, point(window, 1, 0.1, 0.1), point(window, 1, 0.9, 0.4))
        assert window.list.topLevelItem(0).child(0).text(0) == "Area without text"
        write(desk, window, tmp_path / "copy.pdf")
        with pymupdf.open(tmp_path / "copy.pdf") as copy:
            pixels = copy[0].get_pixmap(clip=copy[0].rect * pymupdf.Matrix(0.5, 0.3))
            assert pixels.pixel(pixels.width - 5, pixels.height - 5) == (0, 0, 0)
    finally:
        desk.close()


def test_a_locked_letter_asks_for_its_password(qtbot: QtBot, tmp_path: Path) -> None:
    with pymupdf.open(made_pdf(tmp_path / "open.pdf")) as document:
        document.save(
            tmp_path / "locked.pdf",
            encryption=pymupdf.PDF_ENCRYPT_AES_256,
            user_pw="key",
            owner_pw="key",
        )
    desk = Desk(tmp_path)
    try:
        desk.window.take_in([tmp_path / "locked.pdf"])
        desk.wait_until(lambda: desk.window.notice.asks)
        QTest.keyClicks(desk.window.notice._cards[-1].password, "key")
        QTest.keyClick(desk.window.notice._cards[-1].password, Qt.Key.Key_Return)
        desk.wait_until(lambda: desk.window.letters.opened is not None)
        desk.trigger("redact_pdf")
        window = desk.window.redaction.window
        assert window is not None
        for password in ("wrong", "key"):
            desk.wait_until(lambda: "assword" in window.notice.words)
            QTest.keyClicks(window.notice._cards[-1].password, password)
            QTest.keyClick(window.notice._cards[-1].password, Qt.Key.Key_Return)
        desk.wait_until(lambda: window.view.page_count > 0)
        type_term(window, "Pat Example")
        write(desk, window, tmp_path / "copy.pdf")
        assert "Example" not in words_of(tmp_path / "copy.pdf")
    finally:
        desk.close()


def test_marks_outlive_the_window_and_one_window_serves_a_letter(
    desk: Desk, window: RedactionWindow
) -> None:
    type_term(window, "Pat Example")
    desk.trigger("redact_pdf")
    assert desk.window.redaction.window is window
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert desk.window.redaction.window is None
    desk.settle()
    desk.trigger("redact_pdf")
    again = desk.window.redaction.window
    assert again is not None
    desk.wait_until(lambda: again.marks == Marks(("Pat Example",)))


def test_a_copy_that_is_done_after_the_window_was_closed_is_told_in_the_desk(
    desk: Desk, window: RedactionWindow, tmp_path: Path
) -> None:
    type_term(window, "Pat Example")
    desk.window.exporter.ask_path = lambda _name, _filter: tmp_path / "copy.pdf"
    QTest.mouseClick(window.writing.write, LEFT)
    window.close()
    desk.settle()
    assert "found 0 times in" in desk.window.notice.words
    assert (tmp_path / "copy.pdf").exists()


def test_hidden_patient_data_stays_hidden(desk: Desk, window: RedactionWindow) -> None:
    desk.window.commands["mask"].setChecked(True)
    assert desk.window.redaction.window is None
    desk.trigger("redact_pdf")
    assert desk.window.redaction.window is None
    assert "hidden" in desk.window.notice.words


def test_a_choice_in_the_list_goes_to_its_place(desk: Desk, window: RedactionWindow) -> None:
    type_term(window, "916-555-0100")
    assert window.view.current_page == 1
    window.list.setCurrentItem(window.list.topLevelItem(0).child(0))
    desk.settle()
    assert window.view.is_visible(window.view.rect_of(window.list.current_row.places))


def test_everything_has_a_name_and_is_reached_by_tab(window: RedactionWindow) -> None:
    type_term(window, "Pat Example")
    assert walk(window) == []
