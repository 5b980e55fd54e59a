"""Beginning a determination: from nothing, or from the documents of its case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.letter import Letter
from app.services.case_sources import SourceFile, Sources, check_records, read_source
from app.services.intake.draft import Draft
from app.services.intake.values import SourceKind
from app.services.letter_intake import Reader, pdfs_of
from app.services.new_letter import Beginning, read_beginning
from app.ui.dialogs.draft_view import DraftView
from app.ui.dialogs.frame import DialogFrame, flat_button, say, scrolling, words_label
from app.ui.drop_down import DropDown
from app.ui.file_places import first_shown
from app.ui.jobs import URGENT, Jobs

SIZE = QSize(760, 640)
_NONE = "none yet"
_NAMES = {
    SourceKind.APPLICATION: "Application for IMR",
    SourceKind.UR_DECISION: "UR decision",
}
_LETTER_FILTER = "Letters (*.json *.pdf);;All files (*)"
_FILTER = "PDF files (*.pdf);;All files (*)"


class _Read(NamedTuple):
    """A file that was read for a place, None for whatever it is; or what is the matter with it."""

    path: Path
    kind: SourceKind | None
    source: SourceFile | None = None
    problem: UserError | None = None


def _read_for(reader: Reader, path: Path, kind: SourceKind | None) -> _Read:
    """Runs in a worker."""
    try:
        return _Read(path, kind, read_source(reader, path, kind))
    except UserError as error:
        return _Read(path, kind, problem=error)


class SourceSlot(QWidget):
    """One of the documents: its name, the file chosen for it, a button to choose and one to let go."""

    choose_requested = Signal(object)
    cleared = Signal(object)
    """Both with the kind of document; None for records."""

    def __init__(self, kind: SourceKind | None, name: str, choose: str, grid: QGridLayout) -> None:
        super().__init__()
        self._kind, self._name = kind, name
        self.told = words_label(_NONE, "muted")
        self.choose = flat_button(choose)
        self.choose.setAccessibleName(f"{name}: {choose}")
        self.clear = flat_button("Take out")
        self.clear.setAccessibleName(f"{name}: take out")
        row = grid.rowCount()
        label = QLabel(name)
        label.setBuddy(self.choose)
        for at, part in enumerate((label, self.told, self.choose, self.clear)):
            grid.addWidget(part, row, at)
        self.clear.hide()
        self.choose.clicked.connect(self._on_choose_clicked)
        self.clear.clicked.connect(self._on_clear_clicked)

    def _on_choose_clicked(self) -> None:
        self.choose_requested.emit(self._kind)

    def _on_clear_clicked(self) -> None:
        self.choose.setFocus()
        self.cleared.emit(self._kind)

    def show_words(self, words: str, tone: str = "") -> None:
        """What is chosen, or what is the matter with it."""
        say(self.told, words or _NONE, tone if words else "muted")
        self.told.setAccessibleName(f"{self._name}: {words or _NONE}")
        self.clear.setVisible(bool(words) and tone == "")


def pattern_box(grid: QGridLayout) -> DropDown:
    """The list of letters whose form and reviewer may be taken, in a row of its own."""
    box = DropDown()
    box.addItem("none", None)
    box.setEnabled(False)
    label = QLabel("Form and reviewer of")
    label.setBuddy(box)
    box.setAccessibleName(label.text())
    row = grid.rowCount()
    grid.addWidget(label, row, 0)
    grid.addWidget(box, row, 1, 1, 3)
    return box


class NewDeterminationDialog(DialogFrame):
    """Reads what is chosen or dropped, shows what it says, and asks for the letter to be begun."""

    letter_wanted = Signal(object, object, object, bool)
    """The `Sources`, the `Beginning`, the places of the chosen items, and whether differing ones are
    of one case."""

    def __init__(self, reader: Reader, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent, SIZE)
        self._reader = reader
        self._jobs = jobs
        self._sources = Sources()
        self._letter: Letter | None = None
        self._problems: list[str] = []
        self._reading = 0
        # Tests and scripts put their own answers here.
        self.ask_files: Callable[[bool], Sequence[Path]] = self._ask_files
        self.ask_letter: Callable[[], Path | None] = self._ask_letter
        self.setAcceptDrops(True)
        self.set_title(
            "New determination",
            "From the documents of its case or from nothing. Choose them or drop them here: what "
            "they say is shown before it fills the letter.",
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        self.slots = {
            kind: SourceSlot(kind, name, "Choose…", grid) for kind, name in _NAMES.items()
        }
        self.records = SourceSlot(None, "Records", "Add…", grid)
        self.begun = SourceSlot(None, "Letter begun elsewhere", "Choose…", grid)
        self.pattern = pattern_box(grid)
        self.problem = words_label("", "error")
        self.problem.hide()
        self.same_case = QCheckBox("They are of the same case")
        self.same_case.hide()
        self.view: DraftView | None = None
        # All of it is moved where there is little room, the documents too.
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(grid)
        self._column.addWidget(self.problem)
        self._column.addWidget(self.same_case)
        self._column.addStretch(1)
        self.body.addWidget(scrolling(whole), 1)
        self._cancel = QPushButton("Cancel")
        self._cancel.setAutoDefault(False)
        self.begin = QPushButton("Begin empty")
        self.begin.setProperty("primary", True)
        self.begin.setAutoDefault(False)
        # The button's own shortcut would go with each change of its words.
        QShortcut(QKeySequence("Ctrl+Return"), self, self.begin.click)
        self.foot.addStretch(1)
        self.foot.addWidget(self._cancel)
        self.foot.addWidget(self.begin)
        for slot in (*self.slots.values(), self.records):
            slot.choose_requested.connect(self._on_slot_choose_requested)
            slot.cleared.connect(self._on_slot_cleared)
        self.begun.choose_requested.connect(self._on_begun_choose_requested)
        self.begun.cleared.connect(self._on_begun_cleared)
        self.pattern.currentIndexChanged.connect(self._show_begin)
        self.same_case.toggled.connect(self._show_begin)
        self._cancel.clicked.connect(self.close)
        self.begin.clicked.connect(self._on_begin_clicked)
        self.slots[SourceKind.APPLICATION].choose.setFocus()

    def take(self, paths: Sequence[Path]) -> None:
        """Files of any kind: each goes where its words say that it belongs."""
        self._problems.clear()
        for path in (file for given in paths for file in pdfs_of(given)):
            if path.suffix.lower() == ".json":
                self._read_letter(path)
            else:
                self._read(path, None)

    def offer_patterns(self, patterns: Sequence[tuple[int, str]]) -> None:
        """Kept letters, each with its id and its name, whose form and reviewer may be taken."""
        for case_id, name in patterns:
            self.pattern.addItem(name, case_id)
        self.pattern.setEnabled(bool(patterns) and self._letter is None)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        urls = event.mimeData().urls()
        self.take([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def _on_slot_choose_requested(self, kind: SourceKind | None) -> None:
        self._problems.clear()
        if kind is None:
            self._add_records(self.ask_files(True))
            return
        for path in self.ask_files(False):
            self._read(path, kind)

    def _on_begun_choose_requested(self) -> None:
        self._problems.clear()
        path = self.ask_letter()
        if path is not None:
            self._read_letter(path)

    def _on_begun_cleared(self) -> None:
        self._put_letter("", None)

    def _read_letter(self, path: Path) -> None:
        self._reading += 1
        self.begun.show_words(f"reading {path.name} …", "muted")
        self._show_begin()
        self._jobs.run(
            partial(read_beginning, self._reader, path),
            partial(self._on_letter_read, path.name),
            self._on_letter_failed,
            priority=URGENT,
        )

    def _on_letter_read(self, name: str, letter: Letter) -> None:
        self._reading -= 1
        self._put_letter(name, letter)

    def _on_letter_failed(self, error: Exception) -> None:
        self._reading -= 1
        if isinstance(error, UserError):
            self._problems.append(str(error))
        self._put_letter("", None)

    def _put_letter(self, name: str, letter: Letter | None) -> None:
        """A letter to go on from, or none; while there is one no other is a pattern."""
        self._letter = letter
        self.begun.show_words(name)
        self.pattern.setCurrentIndex(0)
        self.pattern.setEnabled(letter is None and self.pattern.count() > 1)
        self._show_draft()

    def _draft(self) -> Draft:
        return self._sources.draft(self._letter)

    def _on_slot_cleared(self, kind: SourceKind | None) -> None:
        if kind is not None:
            self.put(kind, None)
            return
        self._sources = replace(self._sources, records=())
        self.records.show_words("")
        self._show_begin()

    def _read(self, path: Path, kind: SourceKind | None) -> None:
        self._reading += 1
        if kind is not None:
            self.slots[kind].show_words(f"reading {path.name} …", "muted")
        self._show_begin()
        self._jobs.run(partial(_read_for, self._reader, path, kind), self._on_read, priority=URGENT)

    def _on_read(self, read: _Read) -> None:
        self._reading -= 1
        if read.source is not None:
            for kind in (read.kind,) if read.kind is not None else read.source.kinds:
                self.put(kind, read.source)
            return
        assert read.problem is not None
        if read.kind is not None:
            self._show_slot(read.kind)
        if read.kind is None and self._add_records([read.path]):
            self._problems.append(f"{read.problem.what} It was added to the records.")
        else:
            self._problems.append(str(read.problem))
        self._show_begin()

    def put(self, kind: SourceKind, source: SourceFile | None) -> None:
        """A document that was read, or none, in the place for its kind."""
        name = "application" if kind is SourceKind.APPLICATION else "decision"
        self._sources = replace(self._sources, **{name: source})
        self._show_slot(kind)
        self._show_draft()

    def _show_slot(self, kind: SourceKind) -> None:
        source = self._sources.of_kind(kind)
        self.slots[kind].show_words(source.name if source else "")

    def _show_draft(self) -> None:
        if self.view is not None:
            self.view.hide()
            self.view.deleteLater()
        self.view = DraftView(self._draft()) if self._sources.read else None
        if self.view is not None:
            self._column.insertWidget(self._column.count() - 1, self.view)
        different = self._draft().different
        self.same_case.setChecked(False)
        self.same_case.setVisible(bool(different))
        if self.view is not None:
            self.view.items_changed.connect(self._show_begin)
        self._show_begin()

    def _show_begin(self) -> None:
        different = [one.words for one in self._draft().different]
        told = ["These documents may be of two cases.", *different] if different else []
        self.problem.setText("\n".join((*told, *self._problems)))
        self.problem.setVisible(bool(self.problem.text()))
        held = not self.same_case.isHidden() and not self.same_case.isChecked()
        self.begin.setEnabled(not self._reading and not held)
        if self.view is None:
            self.begin.setText(self._begin_words())
            return
        count = len(self.view.chosen)
        items = "1 item" if count == 1 else f"{count} items"
        self.begin.setText(f"Begin with {items}")

    def _begin_words(self) -> str:
        if self._letter is not None:
            return "Begin with this letter"
        if self._sources.records:
            return "Begin with records"
        return "Begin empty" if self.pattern.currentData() is None else "Begin like that letter"

    def _add_records(self, paths: Sequence[Path]) -> bool:
        added: list[Path] = []
        for path in paths:
            try:
                added.append(check_records(path))
            except UserError as error:
                self._problems.append(str(error))
        records = tuple(dict.fromkeys((*self._sources.records, *added)))
        self._sources = replace(self._sources, records=records)
        names = ", ".join(path.name for path in records[:3])
        more = f" and {len(records) - 3} more" if len(records) > 3 else ""
        self.records.show_words(names + more)
        self._show_begin()
        return bool(added)

    def _on_begin_clicked(self) -> None:
        chosen = self.view.chosen if self.view is not None else ()
        beginning = Beginning(self._letter, self.pattern.currentData())
        self.letter_wanted.emit(self._sources, beginning, chosen, self.same_case.isChecked())
        self.close()

    def _ask_letter(self) -> Path | None:
        title = "Choose a letter's JSON or PDF"
        chosen, _ = QFileDialog.getOpenFileName(self, title, first_shown(), _LETTER_FILTER)
        return Path(chosen) if chosen else None

    def _ask_files(self, many: bool) -> Sequence[Path]:
        ask = QFileDialog.getOpenFileNames if many else QFileDialog.getOpenFileName
        title = "Add records" if many else "Choose the document"
        chosen, _ = ask(self, title, first_shown(), _FILTER)
        names = chosen if isinstance(chosen, list) else [chosen] if chosen else []
        return [Path(name) for name in names]
