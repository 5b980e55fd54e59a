"""The settings: each takes effect as it is changed, so there is nothing to apply or to cancel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
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

from app.services.checks.values import RuleInfo
from app.services.settings import (
    Settings,
)
from app.ui import theme
from app.ui.dialogs.frame import DialogFrame, flat_button, say, scrolling
from app.ui.dialogs.house_rules import HouseRules
from app.ui.dialogs.letters_page import LettersPage
from app.ui.dialogs.rules import RuleChooser
from app.ui.dialogs.settings_page import SettingsPage, switch_of
from app.ui.dialogs.settings_search import first_place
from app.ui.dialogs.switch import Switch
from app.ui.drop_down import DropDown

SCHEMES = {
    "system": "As the desktop",
    "light": "Light",
    "dark": "Dark",
    "contrast": "Strong contrast",
}
BACKUPS = {1: "Every hour", 4: "Every 4 hours", 8: "Every 8 hours", 24: "Once a day"}
TEXT_SIZES: tuple[float | None, ...] = (None, 9, 10, 11, 12, 14, 16, 18, 20)
TYPING_PAUSE_MS = 400
DAYS_WORDS = "From the date assigned; the list of letters shows the day it is due."


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
        self._letters = LettersPage(values)
        self._rules = RuleChooser(rules, values.rules)
        self._house_rules = HouseRules(values.house_rules)
        for words, page in (
            ("Look", self._make_look()),
            ("Work", self._make_work()),
            ("New letters", self._letters),
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
        self._backups.currentIndexChanged.connect(self._on_backups_changed)
        self._letters.changed.connect(self._on_letters_changed)
        self._days.textChanged.connect(self._on_days_changed)
        self._by.textChanged.connect(self._on_by_changed)
        self._export.clicked.connect(self._on_export_clicked)
        self._import.clicked.connect(self._on_import_clicked)
        self._rules.choices_changed.connect(self._on_rules_choices_changed)
        self._house_rules.rules_changed.connect(self._on_house_rules_changed)
        for box in (*self._switches, *self._letters.switches):
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
        self._backups = DropDown()
        for hours, words in BACKUPS.items():
            self._backups.addItem(words, hours)
        here = self._backups.findData(self._values.backup_hours)
        if here < 0:
            here = self._backups.count()
            self._backups.addItem(
                f"Every {self._values.backup_hours} hours", self._values.backup_hours
            )
        self._backups.setCurrentIndex(here)
        page.add(
            "Backups",
            self._backups,
            "Made while the window is open; older ones are thinned out.",
        )
        page.add_switch(
            self._switch("spell_check", "Check spelling"),
            "In the summary and the rationale, with a medical word list.",
        )
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
        box = switch_of(name, words, on=getattr(self._values, name))
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

    # Slots

    def _on_scheme_changed(self) -> None:
        self.keep(scheme=self._scheme.currentData())

    def _on_text_points_changed(self) -> None:
        self.keep(text_points=self._text_points.currentData())

    def _on_backups_changed(self) -> None:
        self.keep(backup_hours=self._backups.currentData())

    def _on_letters_changed(self, name: str, value: object) -> None:
        """What is typed there counts after a pause; what cannot be used counts as not said."""
        if value is None:
            self._waiting.pop(name, None)
        else:
            self._keep_soon(**{name: value})

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

    def _on_house_rules_changed(self, rules: object) -> None:
        self.keep(house_rules=rules)

    def _on_rules_choices_changed(self, choices: object) -> None:
        self.keep(rules=choices)
