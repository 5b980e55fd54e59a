"""The settings: each takes effect as it is changed, so there is nothing to apply or to cancel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.letter import Header, Letter
from app.services.checks.values import RuleInfo
from app.services.rendering.files import LETTER, file_name
from app.services.settings import (
    FILE_NAME_PARTS,
    Settings,
    folder_problem,
    problem_of_pattern,
)
from app.ui import theme
from app.ui.dialogs.frame import DialogFrame, flat_button, say, scrolling
from app.ui.dialogs.house_rules import HouseRules
from app.ui.dialogs.rules import RuleChooser
from app.ui.dialogs.settings_page import SettingsPage
from app.ui.dialogs.settings_search import first_place
from app.ui.dialogs.switch import Switch
from app.ui.drop_down import DropDown
from app.ui.file_places import first_shown

SCHEMES = {"system": "As the desktop", "light": "Light", "dark": "Dark"}
TEXT_SIZES: tuple[float | None, ...] = (None, 9, 10, 11, 12, 14, 16, 18, 20)
TYPING_PAUSE_MS = 400
DAYS_WORDS = "From the date assigned; the list of letters shows the day it is due."
SAMPLE = Letter(header=Header(case_number="CM16-0200001", decision_date=date(2016, 11, 28)))
"""A made-up letter, for the example of a file name."""


class SettingsDialog(DialogFrame):
    """Sections on the left, one page each. `rules` are the checks that can be set."""

    tells_of_letters = False

    settings_changed = Signal(object)
    """The whole Settings, after each change that makes sense."""
    export_requested = Signal()
    import_requested = Signal()
    encryption_requested = Signal()
    """Another desk's file is to be taken over: the dialog is closed, as its values are old then."""

    def __init__(
        self, values: Settings, parent: QWidget | None = None, rules: Sequence[RuleInfo] = ()
    ) -> None:
        super().__init__(parent, QSize(840, 600))
        self.set_title("Settings", "Each change is kept and takes effect at once.")
        self._values = values
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._waiting: dict[str, Any] = {}
        self._sections = QListWidget()
        self._sections.setProperty("sections", True)
        self._sections.setFrameShape(QFrame.Shape.NoFrame)
        self._sections.setAccessibleName("Sections of the settings")
        self._pages = QStackedWidget()
        self._rules = RuleChooser(rules, values.rules)
        self._house_rules = HouseRules(values.house_rules)
        for words, page in (
            ("Look", self._make_look()),
            ("Work", self._make_work()),
            ("New letters", self._make_letters()),
            ("Checks", self._rules),
            ("House rules", self._house_rules),
            ("Encryption", self._make_encryption()),
        ):
            self._sections.addItem(words)
            self._pages.addWidget(scrolling(page))
        self._find = QLineEdit()
        self._find.setPlaceholderText("Find a setting")
        self._find.setAccessibleName("Find a setting")
        self._find.setClearButtonEnabled(True)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._find)
        left.addWidget(self._sections, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self._pages, 1)
        self.body.addLayout(row, 1)
        self._export = flat_button("Export…", "All of it as one file, for other desks")
        self._import = flat_button("Import…", "Take over the file of another desk")
        self.foot.addWidget(self._export)
        self.foot.addWidget(self._import)
        self.foot.addStretch(1)
        self.add_close_button()
        self._connect()
        self.fit_text()
        self._sections.setCurrentRow(0)
        self._sections.setFocus()

    @property
    def values(self) -> Settings:
        """The settings as they stand."""
        return self._values

    def show_section(self, row: int) -> None:
        """Open a section by its place."""
        self._sections.setCurrentRow(row)

    @override
    def dress(self) -> None:
        self._rules.dress()

    @override
    def fit_text(self) -> None:
        for box in (self._sections, self._find):
            box.setFixedWidth(max(184, 24 * self.fontMetrics().averageCharWidth()))
        for row in range(self._sections.count()):
            self._sections.item(row).setSizeHint(QSize(0, self.fontMetrics().height() + 20))

    def _on_find_text_changed(self, words: str) -> None:
        """Only the sections that have these words stay, and the first of them is open there."""
        first: tuple[int, QScrollArea, QWidget] | None = None
        for row in range(self._sections.count()):
            area = self._pages.widget(row)
            name = self._sections.item(row).text()
            found = first_place(area, words) if isinstance(area, QScrollArea) else None
            named = words.casefold() in name.casefold()
            self._sections.item(row).setHidden(bool(words) and found is None and not named)
            if first is None and found is not None and isinstance(area, QScrollArea):
                first = row, area, found
        if first is not None:
            row, area, found = first
            self._sections.setCurrentRow(row)
            area.ensureWidgetVisible(found)

    # Building

    def _connect(self) -> None:
        self._typing.timeout.connect(self._flush)
        self.finished.connect(self._flush)
        self._sections.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._find.textChanged.connect(self._on_find_text_changed)
        QShortcut(QKeySequence.StandardKey.Find, self, self._find.setFocus)
        self._scheme.currentIndexChanged.connect(self._on_scheme_changed)
        self._text_points.currentIndexChanged.connect(self._on_text_points_changed)
        self._days.textChanged.connect(self._on_days_changed)
        self._by.textChanged.connect(self._on_by_changed)
        self._letterhead.textChanged.connect(self._on_letterhead_changed)
        self._letterhead_second.textChanged.connect(self._on_letterhead_second_changed)
        self._template_folder.textChanged.connect(self._on_template_folder_changed)
        self._choose_folder.clicked.connect(self._on_choose_folder_clicked)
        self._export.clicked.connect(self._on_export_clicked)
        self._import.clicked.connect(self._on_import_clicked)
        self._file_name.textChanged.connect(self._on_file_name_changed)
        self._rules.choices_changed.connect(self._on_rules_choices_changed)
        self._house_rules.rules_changed.connect(self._on_house_rules_changed)
        for box in self._switches:
            box.toggled.connect(self._on_switch_toggled)

    def _make_look(self) -> QWidget:
        self._switches: list[Switch] = []
        self._scheme = DropDown()
        for value, words in SCHEMES.items():
            self._scheme.addItem(words, value)
        self._scheme.setCurrentIndex(self._scheme.findData(self._values.scheme))
        self._text_points = DropDown()
        for points in TEXT_SIZES:
            words = "As the desktop" if points is None else f"{points:g} points"
            self._text_points.addItem(words, points)
        here = self._text_points.findData(self._values.text_points)
        if here < 0:
            self._text_points.addItem(f"{self._values.text_points:g} points", None)
            here = self._text_points.count() - 1
            self._text_points.setItemData(here, self._values.text_points)
        self._text_points.setCurrentIndex(here)
        page = SettingsPage()
        page.add("Colours", self._scheme)
        page.add("Size of text", self._text_points)
        page.add_switch(
            self._switch("dark_page", "Dark page"),
            "Darkens the letter's paper as well; pictures and marks keep their hues.",
        )
        page.add_switch(
            self._switch("mask_on_start", "Hide patient data on start"),
            "For a shared screen. Ctrl+Shift+H shows and hides it at any time.",
        )
        return page

    def _make_work(self) -> QWidget:
        self._by = QLineEdit(self._values.by)
        self._by.setMaxLength(80)
        self._by.setPlaceholderText("Your name on this computer")
        self._days = QLineEdit(str(self._values.days_to_decide))
        self._days.setMaxLength(3)
        self._days.setMaximumWidth(96)
        page = SettingsPage()
        page.add(
            "Your name in the history",
            self._by,
            "Says who made an edit. It is kept here and is written into no letter.",
        )
        page.add(
            "Days to decide",
            self._days,
            DAYS_WORDS,
        )
        self._days_words = page.last_words
        page.add_switch(
            self._switch("spell_check", "Check spelling"),
            "In the summary and the rationale, with a medical word list.",
        )
        return page

    def _make_letters(self) -> QWidget:
        self._letterhead = QLineEdit(self._values.letterhead)
        self._letterhead.setMaxLength(80)
        self._letterhead.setPlaceholderText("As in the layout")
        self._letterhead_second = QLineEdit(self._values.letterhead_second)
        self._letterhead_second.setMaxLength(80)
        self._letterhead_second.setPlaceholderText("As in the layout")
        self._template_folder = QLineEdit(self._values.template_folder)
        self._template_folder.setPlaceholderText("None")
        self._choose_folder = QPushButton("Choose…")
        self._choose_folder.setAutoDefault(False)
        self._choose_folder.setAccessibleName("Choose the folder of your own layouts")
        self._file_name = QLineEdit(self._values.file_name)
        self._file_name.setMaxLength(120)
        folder = QWidget()
        row = QHBoxLayout(folder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._template_folder, 1)
        row.addWidget(self._choose_folder)
        folder.setFocusProxy(self._template_folder)
        page = SettingsPage()
        page.add("Letterhead", self._letterhead)
        page.add("Letterhead, second line", self._letterhead_second)
        page.add("Folder of your own layouts", folder, " ")
        self._folder_words = page.last_words
        self._template_folder.setAccessibleName("Folder of your own layouts")
        page.add("Names of exported files", self._file_name, " ")
        self._name_words = page.last_words
        parts = ", ".join(f"{{{part}}} {words}" for part, words in FILE_NAME_PARTS.items())
        page.add_words(f"Parts: {parts}.")
        page.add_switch(
            self._switch("attach_all", "Attach every value to PDFs"),
            "Also what no page prints, such as the cover. Otherwise only what is printed.",
        )
        page.add_switch(
            self._switch("without_others", "Take others out of public copies"),
            "Physicians, family and whoever else is named with a title or a role. Otherwise asked.",
        )
        self._show_folder_words()
        self._show_name_words()
        return page

    def _make_encryption(self) -> QWidget:
        self._encryption = QPushButton("Encryption, passphrase and locking…")
        self._encryption.setAutoDefault(False)
        self._encryption.clicked.connect(self._on_encryption_clicked)
        page = SettingsPage()
        page.add(
            "What is kept on this computer",
            self._encryption,
            "It can be encrypted with a passphrase, and decrypted again; off by default.",
        )
        return page

    def _switch(self, name: str, words: str) -> Switch:
        box = Switch(words)
        box.setChecked(getattr(self._values, name))
        box.setProperty("setting", name)
        self._switches.append(box)
        return box

    # What is kept

    def keep(self, **changes: Any) -> None:
        """Take over some values and tell, if anything is another value now."""
        changed = replace(self._values, **changes)
        if changed != self._values:
            self._values = changed
            self.settings_changed.emit(changed)

    def _on_export_clicked(self) -> None:
        self._flush()
        self.export_requested.emit()

    def _on_encryption_clicked(self) -> None:
        self.close()
        self.encryption_requested.emit()

    def _on_import_clicked(self) -> None:
        self.close()
        self.import_requested.emit()

    def _keep_soon(self, **changes: Any) -> None:
        """Take over what is being typed after a pause in the typing."""
        self._waiting.update(changes)
        self._typing.start()

    def _flush(self) -> None:
        self._typing.stop()
        waiting, self._waiting = self._waiting, {}
        self.keep(**waiting)

    def _show_folder_words(self) -> None:
        problem = folder_problem(self._template_folder.text().strip())
        usual = "Layouts in it are offered before those that came with the program."
        say(self._folder_words, problem or usual, "error" if problem else "muted")
        theme.set_property(self._template_folder, "wrong", bool(problem))
        self._template_folder.setAccessibleDescription(self._folder_words.text())

    def _show_name_words(self) -> None:
        pattern = self._file_name.text()
        problem = problem_of_pattern(pattern)
        sample = "" if problem else file_name(SAMPLE, LETTER, "pdf", pattern)
        say(
            self._name_words,
            problem or f"For example: {sample}",
            "error" if problem else "muted",
        )
        theme.set_property(self._file_name, "wrong", bool(problem))
        self._file_name.setAccessibleDescription(self._name_words.text())

    # Slots

    def _on_scheme_changed(self) -> None:
        self.keep(scheme=self._scheme.currentData())

    def _on_text_points_changed(self) -> None:
        self.keep(text_points=self._text_points.currentData())

    def _on_switch_toggled(self, on: bool) -> None:
        self.keep(**{str(self.sender().property("setting")): on})

    def _on_days_changed(self, text: str) -> None:
        fits = text.strip().isdecimal() and 1 <= int(text) <= 365
        words = DAYS_WORDS if fits else "A number of days from 1 to 365."
        say(self._days_words, words, "muted" if fits else "error")
        theme.set_property(self._days, "wrong", not fits)
        self._days.setAccessibleDescription(words)
        if fits:
            self._keep_soon(days_to_decide=int(text))
        else:
            self._waiting.pop("days_to_decide", None)

    def _on_by_changed(self, text: str) -> None:
        self._keep_soon(by=text.strip())

    def _on_letterhead_changed(self, text: str) -> None:
        self._keep_soon(letterhead=text.strip())

    def _on_letterhead_second_changed(self, text: str) -> None:
        self._keep_soon(letterhead_second=text.strip())

    def _on_template_folder_changed(self, text: str) -> None:
        self._show_folder_words()
        if folder_problem(text.strip()):
            self._waiting.pop("template_folder", None)
        else:
            self._keep_soon(template_folder=text.strip())

    def _on_choose_folder_clicked(self) -> None:
        chooser = QFileDialog(self, "Folder of your own layouts")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setDirectory(self._values.template_folder or first_shown())
        chooser.fileSelected.connect(self._template_folder.setText)
        chooser.open()

    def _on_file_name_changed(self, text: str) -> None:
        self._show_name_words()
        if problem_of_pattern(text):
            self._waiting.pop("file_name", None)
        else:
            self._keep_soon(file_name=text.strip())

    def _on_house_rules_changed(self, rules: object) -> None:
        self.keep(house_rules=rules)

    def _on_rules_choices_changed(self, choices: object) -> None:
        self.keep(rules=choices)
