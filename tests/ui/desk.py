"""The whole window on real services in a folder: for tests, and for pictures."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.application import known_words
from app.errors import UserError
from app.letter import FieldId
from app.paths import DATABASE, SAMPLE, WORDS
from app.services.database import open_database
from app.services.library import Library
from app.services.one_field import HEADER
from app.services.rendering import make_renderer
from app.services.settings import load_settings
from app.services.spelling import Spelling
from app.services.store import Backups, Store
from app.ui.desk_services import Services
from app.ui.jobs import Jobs
from app.ui.main_window import MainWindow
from app.ui.screen_room import bounded
from app.ui.sheet.flow import FIELD
from app.ui.window_frame import SIZE
from tests.fresh import put_fresh_database
from tests.readers import the_reader
from tests.ui.made_letters import letter, write_pdf

WAIT_MS = 60_000
"""Only a test that fails waits so long, or a machine with much else to do."""


class Desk:
    """Opens the program's window on a data folder; `close` leaves it as a user would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.data.mkdir(exist_ok=True)
        put_fresh_database(self.data / DATABASE)
        self.database = open_database(self.data / DATABASE)
        self.store = Store(self.database, self.data)
        self.reader = the_reader()
        self.jobs = Jobs()
        self.library = Library(self.database)
        self.window = MainWindow(
            Services(
                self.store,
                lambda: self.library,
                self.reader,
                make_renderer,
                Spelling(WORDS, known_words(self.store)),
            ),
            load_settings(self.store),
            self.jobs,
        )
        self.window.show()

    @classmethod
    def begun_with(cls, kept: Path, folder: Path) -> Desk:
        """The window on a copy of a folder in which letters were read, with the first one open."""
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        made = cls(folder)
        made.window.letters.open(made.store.cases()[0].id)
        made.wait_until(lambda: made.window.letters.opened is not None)
        made.settle()
        return made

    # Short ways to what tests speak of

    @property
    def document(self):
        return self.window.document

    def trigger(self, command: str) -> None:
        """Ask for something as a menu or key does."""
        self.window.commands[command].trigger()

    def type(self, widget: QWidget, text: str, *, replace: bool = True) -> None:
        """Type into an editor as a person does."""
        widget.setFocus()
        if replace:
            QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(widget, Qt.Key.Key_Delete)
        QTest.keyClicks(widget, text)

    def editor(self, name: str, issue: int | None = None) -> QWidget:
        """The widget that takes the typing for a field; brings its issue onto the form."""
        field = FieldId(name, issue)
        self.window.fields.go_to(field)
        row = self.window.form.row(field)
        assert row is not None
        proxy = row.editor.focusProxy()
        assert proxy is not None
        return proxy

    def open(self, path: Path) -> None:
        """Take a letter in and wait until it is on the desk."""
        before = self.window.letters.opened
        self.window.take_in([path])
        self.wait_until(lambda: self.window.letters.opened not in (None, before))

    def wait_until(self, true: Callable[[], bool], milliseconds: int = WAIT_MS) -> None:
        """Let the program go on until something is so."""
        if true():
            return
        loop = QEventLoop()
        poll = QTimer(interval=5)
        limit = QTimer(interval=milliseconds, singleShot=True)
        # What was so once counts: it may have passed by the time the loop is left.
        poll.timeout.connect(lambda: loop.exit(1) if true() else None)
        limit.timeout.connect(loop.quit)
        poll.start()
        limit.start()
        came = loop.exec() == 1
        poll.stop()  # it may be freed later than what it looks at
        assert came, "this did not come to be in time"

    def settle(self) -> None:
        """Wait until nothing runs, all that can be is kept, and everything is painted."""
        log, letters = self.window.session.log, self.window.letters
        self.wait_until(
            lambda: (
                not (self.jobs.busy or letters._settling.waits or (log.pending and not log.trouble))
            )
        )
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
        self.wait_until(lambda: not self.jobs.busy)

    def session_settled(self) -> None:
        """Wait until everything done is kept."""
        self.wait_until(lambda: self.window.session.unwritten == 0)

    def close(self) -> None:
        self.window.close()
        self.jobs.cancel_all()
        self.jobs.wait_for_done(WAIT_MS)
        self.database.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    # Views for pictures

    def grab(self) -> QPixmap:
        """The window with what floats above it."""
        picture = self.window.grab()
        for top in QApplication.topLevelWidgets():
            if top is not self.window and top.isVisible() and top.isMaximized():
                return top.grab()
            if top is not self.window and top.isVisible() and top.window() is top:
                from PySide6.QtGui import QPainter

                painter = QPainter(picture)
                if isinstance(top, QDialog) or top.windowFlags() & Qt.WindowType.Popup:
                    place = self.window.mapFromGlobal(top.pos())
                else:
                    place = QPoint(0, 0)
                painter.drawPixmap(place, top.grab())
                painter.end()
        return picture

    def show_empty(self) -> None:
        self._fill_screen()
        self.wait_until(lambda: bool(self.window.letter_pane.empty.words))

    def show_empty_preview(self) -> None:
        self.window.letter_pane.show_preview_tab()
        self.window.commands["checks"].setChecked(True)
        self.wait_until(lambda: bool(self.window.letter_pane.preview.empty.words))

    def _fill_screen(self) -> None:
        """As large as the window would be by itself on the screen it is on."""
        self.window.resize(bounded(SIZE, self.window.screen()))

    def show_sample(self) -> None:
        self.window.commands["checks"].setChecked(False)
        self.trigger("tab_letter")
        self.open(SAMPLE)

    def show_letter(self) -> None:
        self.window.commands["checks"].setChecked(False)
        for number in range(1, 6):
            made = letter(number, issues=2 + number % 3)
            self.open(write_pdf(self.folder / f"letter-{number}.pdf", made))
        self.trigger("tab_letter")
        self.trigger("previous_letter")
        self.settle()

    def show_postponed(self) -> None:
        self.document.postpone(FieldId("patient.date_of_injury"), "Ask for the first report")
        self.window.fields.go_to(FieldId("patient.date_of_injury"))

    def show_issue(self) -> None:
        made = self.document.letter.issues[1]
        self.window.fields.go_to(FieldId("issue.maximus_guideline", made.id))

    def show_preview(self) -> None:
        self.trigger("tab_preview")

    def show_checks(self) -> None:
        self.trigger("tab_letter")
        self.window.commands["checks"].setChecked(True)

    def show_changes(self) -> None:
        self.window.commands["checks"].setChecked(False)
        editor = self.editor("header.date_of_injury")
        self.type(editor, "09/18/2016")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        issue = self.document.letter.issues[0].id
        text = self.document.letter.issues[0].rationale.replace("neither", "no red flag")
        self.document.edit(FieldId("issue.rationale", issue), text)
        self.trigger("tab_changes")

    def show_picker(self, decided: date = date(2016, 11, 18), typed: str = "low back") -> None:
        """The picker as it is met in a letter of that day."""
        self.window.picker.hide()
        self.document.edit(FieldId("header.decision_date"), decided)
        self.trigger("tab_letter")
        issue = self.document.letter.issues[0].id
        self.window.fields.cite(FieldId("issue.maximus_guideline", issue))
        self.wait_until(self.window.picker.isVisible)
        QTest.keyClicks(self.window.picker.view.line, typed)

    def show_find(self) -> None:
        self.window.picker.hide()
        self.trigger("find")
        focus = QApplication.focusWidget()
        if focus is not None:
            QTest.keyClicks(focus, "lumbar")

    def show_problem(self) -> None:
        self.window.letter_pane.find_bar.close_bar()
        bad = self.folder / "scan.pdf"
        bad.write_text("no PDF at all")
        self.window.take_in([bad])
        self.wait_until(lambda: bool(self.window.notice.words))

    def show_import(self) -> None:
        self.window.notice.clear()
        self.window.strips.show_import_step(3, 60, 0)
        self.window.strips.show_import_failure(
            Path("scan.pdf"), UserError("No PDF.", "Choose one.")
        )
        self.window.strips.show_import_step(12, 60, 1)
        self.window.queue._filter.setText("no such letter")
        self.wait_until(lambda: bool(self.window.queue.empty.words))

    def show_narrow(self) -> None:
        self.window.strips.show_import_end(11, 1)
        self.window.queue._filter.setText("")
        self.window.notice.clear()
        self.window.resize(1000, 700)

    def dialogs(self) -> list[tuple[str, Callable[[], None]]]:
        """Each window beside the work, by name, opened as a user does."""
        names = ("palette", "keys", "settings", "history", "restore", "library", "help", "about")
        views = [
            (f"{20 + n}-{name}", partial(self._show_beside, name)) for n, name in enumerate(names)
        ]
        return [
            *views,
            ("30-snippets", self._show_snippets),
            ("31-note", self._show_note),
            ("32-redaction", self._show_redaction),
            ("33-page-window", self._show_page_window),
            ("34-sheet-header", partial(self._show_sheet, HEADER)),
            ("35-sheet-field", partial(self._show_sheet, "header.date_of_injury")),
            ("36-sheet-items", partial(self._show_sheet, "issue.title")),
            ("36-sheet-texts", partial(self._show_sheet, "issue.rationale")),
            ("38-hand-over", partial(self._show_beside, "hand_over")),
            ("39-second-reader", partial(self._show_beside, "second_reader")),
            ("40-case-file", partial(self._show_beside, "case_file")),
            ("41-new-determination", partial(self._show_beside, "new_letter")),
            ("99-masked", self._show_masked),
        ]

    def close_beside(self) -> None:
        """Close every window but the main one."""
        for top in QApplication.topLevelWidgets():
            if top is not self.window and top.isVisible():
                top.close()
        self.settle()

    def _show_beside(self, name: str) -> None:
        self._fill_screen()
        if name == "restore":
            Backups(self.database, self.data).make("by-hand")
        self.trigger(name)

    def _show_snippets(self) -> None:
        self.window.fields.go_to(FieldId("issue.rationale", self.document.letter.issues[0].id))
        self.trigger("snippet")

    def _show_note(self) -> None:
        self.window.fields.go_to(FieldId("header.date_of_injury"))
        self.trigger("postpone")
        self.wait_until(lambda: QApplication.activePopupWidget() is not None)

    def _show_redaction(self) -> None:
        self.trigger("redact_pdf")

    def _show_page_window(self) -> None:
        self.trigger("detach_page")

    def _show_sheet(self, name: str) -> None:
        self._fill_screen()
        self.window.session.save_setting(FIELD, name)
        self.window.session.settle()
        self.trigger("sheet")
        view = self.window.sheet.view
        assert view is not None
        self.wait_until(lambda: bool(view.model.rows))

    def _show_masked(self) -> None:
        self.window.commands["mask"].setChecked(True)


__all__ = ["Desk", "UserError"]
