"""A page view with real PDFs of made-up text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pymupdf
import pytest
from pytestqt.qtbot import QtBot

from app.services import pdf
from app.ui.jobs import Jobs
from app.ui.pages import PageView
from tests.readers import the_reader

LINES = (
    (72, 90, "Case Number:"),
    (220, 90, "CM16-0200001"),
    (72, 110, "Date of Injury:"),
    (220, 110, "02/07/2003"),
    (72, 160, "The worker was seen for pain of the left knee and had x-"),
    (72, 174, "rays taken. The knee was swollen and a brace was asked"),
    (72, 188, "for by the treating physician."),
    (72, 230, "Knee brace: Upheld"),
)


class Document(NamedTuple):
    """One PDF, and its words as the view wants them."""

    data: bytes
    words: tuple[tuple[pdf.Word, ...], ...]

    def pictures(self) -> pdf.PagePictures:
        return the_reader().pictures(self.data)


def make_document(pages: int = 3, mark: str = "sheet", colour: bool = False) -> Document:
    made = pymupdf.open()
    for number in range(1, pages + 1):
        page = made.new_page(width=612, height=792)
        for x, y, text in LINES:
            page.insert_text((x, y), text, fontsize=11)
        page.insert_text((72, 700), f"{mark} {number}", fontsize=11)
        if colour:
            page.draw_rect((300, 300, 400, 400), fill=(1, 0, 0), color=(1, 0, 0))
    data = made.tobytes()
    made.close()
    return Document(data, tuple(page.words for page in pdf.read(data).pages))


@pytest.fixture(scope="session")
def document() -> Document:
    return make_document()


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.cancel_all()
    assert made.wait_for_done(30_000)


@pytest.fixture
def view(qtbot: QtBot, jobs: Jobs) -> PageView:
    made = PageView(jobs)
    qtbot.addWidget(made)
    made.resize(640, 500)
    made.show()
    return made


@pytest.fixture
def shown(qtbot: QtBot, view: PageView, document: Document, settle: Callable[[], None]) -> PageView:
    """The view with the three pages of `document`, all drawn."""
    view.show_document(document.pictures(), document.words)
    settle()
    return view


@pytest.fixture
def settle(qtbot: QtBot, view: PageView, jobs: Jobs) -> Callable[[], None]:
    """Wait until everything that shows is drawn sharp."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not view.is_settling and not jobs.busy)

    return wait
