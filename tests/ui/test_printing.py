"""Ctrl+P: the view that is shown goes to paper, the pages that are wanted, through the same gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pymupdf
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.letter import FieldId
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Chooser:
    """Stands where the printer's own window stands: prints into a file."""

    def __init__(self, desk: Desk, path: Path) -> None:
        self.path = path
        self.names: list[str] = []
        self.pages: tuple[int, int] | None = None
        self.copies = 1
        self.takes = True
        desk.window.print_flow.printing.ask = self.ask

    def ask(self, printer: QPrinter) -> bool:
        self.names.append(printer.docName())
        printer.setOutputFileName(str(self.path))
        printer.setCopyCount(self.copies)
        if self.pages is not None:
            printer.setFromTo(*self.pages)
        return self.takes


@pytest.fixture
def printed_desk(desk: Desk) -> Desk:
    """A letter of several pages on the desk."""
    desk.open(write_pdf(desk.folder / "letter.pdf", letter(2, issues=5)))
    desk.settle()
    return desk


@pytest.fixture
def chooser(printed_desk: Desk, tmp_path: Path) -> Chooser:
    return Chooser(printed_desk, tmp_path / "printed.pdf")


def print_now(desk: Desk) -> None:
    ended: list[str] = []
    desk.window.print_flow.printing.printed.connect(lambda name, _count: ended.append(name))
    desk.trigger("print")
    desk.wait_until(lambda: bool(ended))


def darkness(path: Path) -> list[float]:
    """How much of each page is ink, and that it has the size of a letter."""
    found: list[float] = []
    with pymupdf.open(path) as pages:
        for page in pages:
            assert (round(page.rect.width), round(page.rect.height)) == (612, 792)
            samples = page.get_pixmap(dpi=40, colorspace=pymupdf.csGRAY).samples
            found.append(sum(1 for value in samples if value < 160) / len(samples))
    return found


def test_the_letter_as_read_is_printed_page_by_page(printed_desk: Desk, chooser: Chooser) -> None:
    count = printed_desk.window.letter_pane.view.page_count
    assert count > 1
    printed_desk.trigger("tab_letter")
    print_now(printed_desk)
    ink = darkness(chooser.path)
    assert len(ink) == count
    assert ink[0] > 0.005
    assert chooser.names == ["CM16-0200002, as read"]
    assert f"{count} pages" in printed_desk.window.notice.words


def test_where_the_new_letter_is_shown_it_is_printed_with_what_was_changed(
    printed_desk: Desk, chooser: Chooser
) -> None:
    document = printed_desk.document
    before = len(document.letter.issues)
    for issue in document.letter.issues[1:]:
        printed_desk.window.form.show_issue(issue.id)
        printed_desk.trigger("remove_issue")
    assert before > len(document.letter.issues)
    printed_desk.trigger("tab_preview")
    printed_desk.trigger("print")
    if printed_desk.window.checks.errors:
        printed_desk.window.checks.reason_line.setText("Two items were decided elsewhere")
        printed_desk.window.checks._answer.click()
    printed_desk.wait_until(chooser.path.exists)
    printed_desk.wait_until(lambda: "Printed" in printed_desk.window.notice.words)
    assert chooser.names == ["CM16-0200002, new letter"]
    assert len(darkness(chooser.path)) < printed_desk.window.letter_pane.view.page_count


def test_an_error_holds_the_new_letter_back_until_there_is_a_reason(
    printed_desk: Desk, chooser: Chooser
) -> None:
    printed_desk.document.edit(FieldId("header.decision_date"), None)
    printed_desk.trigger("tab_preview")
    printed_desk.trigger("print")
    assert printed_desk.window.checks.errors
    assert printed_desk.window.checks.reason_line.isVisible()
    assert printed_desk.window.checks._answer.text() == "Print all the same"
    assert chooser.names == []


def test_pages_and_copies(printed_desk: Desk, chooser: Chooser) -> None:
    chooser.pages, chooser.copies = (2, 2), 3
    printed_desk.trigger("tab_letter")
    print_now(printed_desk)
    ink = darkness(chooser.path)
    assert len(ink) == 3
    assert len(set(ink)) == 1


def test_nothing_is_printed_where_the_user_thought_better_of_it(
    printed_desk: Desk, chooser: Chooser
) -> None:
    chooser.takes = False
    printed_desk.trigger("print")
    printed_desk.wait_until(lambda: bool(chooser.names))
    printed_desk.settle()
    assert not chooser.path.exists()


def test_a_printer_that_takes_nothing_is_told(printed_desk: Desk, chooser: Chooser) -> None:
    chooser.path = printed_desk.folder / "no such folder" / "printed.pdf"
    printed_desk.trigger("print")
    printed_desk.wait_until(lambda: "print again" in printed_desk.window.notice.words)


def test_hidden_patient_data_is_not_printed(printed_desk: Desk, chooser: Chooser) -> None:
    printed_desk.window.commands["mask"].setChecked(True)
    printed_desk.trigger("print")
    printed_desk.settle()
    assert chooser.names == []
    assert "hidden" in printed_desk.window.notice.words


def test_the_preview_shows_every_page(printed_desk: Desk) -> None:
    from PySide6.QtPrintSupport import QPrintPreviewDialog, QPrintPreviewWidget

    printed_desk.trigger("tab_letter")
    printed_desk.trigger("print_preview")

    def shown() -> list[QPrintPreviewDialog]:
        return printed_desk.window.findChildren(QPrintPreviewDialog)

    printed_desk.wait_until(lambda: bool(shown()) and shown()[0].isVisible())
    QApplication.processEvents()
    widget = shown()[0].findChild(QPrintPreviewWidget)
    assert widget is not None
    assert widget.pageCount() == printed_desk.window.letter_pane.view.page_count
    shown()[0].close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shown()
