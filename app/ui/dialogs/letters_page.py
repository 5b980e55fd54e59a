"""The settings of new letters: letterhead and logo, layouts of one's own, names and place of files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.errors import UserError
from app.letter import Header, Letter
from app.services.rendering.files import LETTER, file_name
from app.services.settings import FILE_NAME_PARTS, Settings, folder_problem, problem_of_pattern
from app.ui import theme
from app.ui.dialogs.frame import say
from app.ui.dialogs.settings_page import SettingsPage, switch_of
from app.ui.file_places import first_shown

SAMPLE = Letter(header=Header(case_number="CM16-0200001", decision_date=date(2016, 11, 28)))
"""A made-up letter, for the example of a file name."""
LAYOUTS_WORDS = "Layouts in it are offered before those that came with the program."
EXPORT_WORDS = "Proposed first when a letter is exported; otherwise the folder that was used last."
LOGO_WORDS = "SVG, PNG or JPEG, printed 30 points high at the top left of the first page."
_PICTURES = "Pictures (*.svg *.png *.jpg *.jpeg)"


class LettersPage(SettingsPage):
    """`switches` tell by themselves; all else by `changed`."""

    changed = Signal(str, object)
    """(name of the setting, its value; None while what stands there cannot be used)"""

    def __init__(self, values: Settings) -> None:
        super().__init__()
        self._logo = values.logo
        self._letterhead = self._line(values.letterhead, 80, "As in the layout")
        self._letterhead_second = self._line(values.letterhead_second, 80, "As in the layout")
        self._picture = QLabel()
        self._choose_logo = _button("Choose…", "Choose the logo")
        self._remove_logo = _button("Remove", "Remove the logo")
        self._template_folder = QLineEdit(values.template_folder)
        self._template_folder.setPlaceholderText("None")
        self._choose_folder = _button("Choose…", "Choose the folder of your own layouts")
        self._export_folder = QLineEdit(values.export_folder)
        self._export_folder.setPlaceholderText("The folder that was used last")
        self._choose_export = _button("Choose…", "Choose the folder for exported letters")
        self._file_name = self._line(values.file_name, 120, "")
        self.add("Letterhead", self._letterhead)
        self.add("Letterhead, second line", self._letterhead_second)
        logo = _beside(self._picture, self._choose_logo, self._remove_logo)
        logo.setFocusProxy(self._choose_logo)
        self.add("Logo", logo, LOGO_WORDS)
        self._logo_words = self.last_words
        self._layouts_words = self._add_folder(
            "Folder of your own layouts", self._template_folder, self._choose_folder
        )
        self._export_words = self._add_folder(
            "Folder for exported letters", self._export_folder, self._choose_export
        )
        self.add("Names of exported files", self._file_name, " ")
        self._name_words = self.last_words
        parts = ", ".join(f"{{{part}}} {words}" for part, words in FILE_NAME_PARTS.items())
        self.add_words(f"Parts: {parts}.")
        attach = switch_of("attach_all", "Attach every value to PDFs", on=values.attach_all)
        others = switch_of(
            "without_others", "Take others out of public copies", on=values.without_others
        )
        self.add_switch(
            attach, "Also what no page prints, such as the cover. Otherwise only what is printed."
        )
        self.add_switch(
            others,
            "Physicians, family and whoever else is named with a title or a role. Otherwise asked.",
        )
        self.switches = (attach, others)
        self._show_logo()
        self._show_folders()
        self._show_name()
        self._connect()

    def _connect(self) -> None:
        self._letterhead.textChanged.connect(self._on_letterhead_changed)
        self._letterhead_second.textChanged.connect(self._on_letterhead_second_changed)
        self._choose_logo.clicked.connect(self._on_choose_logo_clicked)
        self._remove_logo.clicked.connect(self._on_remove_logo_clicked)
        self._template_folder.textChanged.connect(self._on_template_folder_changed)
        self._choose_folder.clicked.connect(self._on_choose_folder_clicked)
        self._export_folder.textChanged.connect(self._on_export_folder_changed)
        self._choose_export.clicked.connect(self._on_choose_export_clicked)
        self._file_name.textChanged.connect(self._on_file_name_changed)

    def _line(self, text: str, longest: int, hint: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setMaxLength(longest)
        line.setPlaceholderText(hint)
        return line

    def _add_folder(self, label: str, line: QLineEdit, button: QPushButton) -> QLabel:
        row = _beside(line, button)
        row.setFocusProxy(line)
        self.add(label, row, " ")
        line.setAccessibleName(label)
        return self.last_words

    # Logo

    def take_logo(self, path: Path) -> None:
        """The picture of that file from now on; what cannot be one is told in place."""
        from app.services.rendering.logo import read_logo

        try:
            self._logo = read_logo(path)
        except UserError as error:
            say(self._logo_words, f"{error.what} {error.remedy}", "error")
            self._choose_logo.setAccessibleDescription(self._logo_words.text())
            return
        self._show_logo()
        self.changed.emit("logo", self._logo)

    def _show_logo(self) -> None:
        say(self._logo_words, LOGO_WORDS, "muted")
        self._choose_logo.setAccessibleDescription(LOGO_WORDS)
        self._remove_logo.setVisible(bool(self._logo))
        self._picture.setVisible(bool(self._logo))
        if self._logo:
            self._picture.setPixmap(_drawn(self._logo, self.devicePixelRatioF()))
            self._picture.setAccessibleName("The logo as it is printed")

    def _on_choose_logo_clicked(self) -> None:
        chooser = QFileDialog(self, "Logo", first_shown(), _PICTURES)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self._on_logo_selected)
        chooser.open()

    def _on_logo_selected(self, name: str) -> None:
        self.take_logo(Path(name))

    def _on_remove_logo_clicked(self) -> None:
        self._logo = ""
        self._choose_logo.setFocus()
        self._show_logo()
        self.changed.emit("logo", "")

    # Folders and names

    def _show_folders(self) -> None:
        for line, label, usual, otherwise in (
            (
                self._template_folder,
                self._layouts_words,
                LAYOUTS_WORDS,
                "The layouts that came with the program are used.",
            ),
            (
                self._export_folder,
                self._export_words,
                EXPORT_WORDS,
                "The folder that was used last is proposed.",
            ),
        ):
            problem = folder_problem(line.text().strip(), otherwise)
            say(label, problem or usual, "error" if problem else "muted")
            theme.set_property(line, "wrong", bool(problem))
            line.setAccessibleDescription(label.text())

    def _show_name(self) -> None:
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

    def _on_letterhead_changed(self, text: str) -> None:
        self.changed.emit("letterhead", text.strip())

    def _on_letterhead_second_changed(self, text: str) -> None:
        self.changed.emit("letterhead_second", text.strip())

    def _on_template_folder_changed(self, text: str) -> None:
        self._tell_folder("template_folder", text.strip())

    def _on_export_folder_changed(self, text: str) -> None:
        self._tell_folder("export_folder", text.strip())

    def _tell_folder(self, name: str, folder: str) -> None:
        self._show_folders()
        self.changed.emit(name, None if folder_problem(folder, "") else folder)

    def _on_choose_folder_clicked(self) -> None:
        self._ask_folder("Folder of your own layouts", self._template_folder)

    def _on_choose_export_clicked(self) -> None:
        self._ask_folder("Folder for exported letters", self._export_folder)

    def _ask_folder(self, title: str, line: QLineEdit) -> None:
        chooser = QFileDialog(self, title)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setDirectory(line.text().strip() or first_shown())
        chooser.fileSelected.connect(line.setText)
        chooser.open()

    def _on_file_name_changed(self, text: str) -> None:
        self._show_name()
        self.changed.emit("file_name", None if problem_of_pattern(text) else text.strip())


def _button(words: str, name: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setAccessibleName(name)
    return button


def _beside(first: QWidget, *others: QWidget) -> QWidget:
    """A row: the first takes the room, unless it is a picture."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(first, 0 if isinstance(first, QLabel) else 1)
    for other in others:
        row.addWidget(other)
    if isinstance(first, QLabel):
        row.addStretch(1)
    return holder


def _drawn(svg: str, ratio: float) -> QPixmap:
    """The logo as on paper: on white, at the height it is printed at 100 %."""
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = renderer.defaultSize()
    height = 40
    width = min(280, max(1, height * size.width() // max(1, size.height())))
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return picture
