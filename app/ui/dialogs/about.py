"""What this program is: version, licence and why, what it is made of, and that it stays offline."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.dialogs.frame import DialogFrame, card, flat_button, scrolling, words_label

# What it is called: (distribution, licence, what for).
LIBRARIES: dict[str, tuple[str, str, str]] = {
    "Qt for Python": ("PySide6-Essentials", "LGPL-3.0", "the window"),
    "PyMuPDF": ("pymupdf", "AGPL-3.0", "reading and drawing PDF"),
    "Typst": ("typst", "Apache-2.0", "setting the new letter"),
    "Jinja": ("jinja2", "BSD-3-Clause", "templates of letters"),
    "python-docx-template": ("docxtpl", "LGPL-2.1", "Word files"),
    "SQLAlchemy": ("sqlalchemy", "MIT", "the database"),
    "sqlcipher3": ("sqlcipher3", "zlib; SQLCipher BSD-3-Clause", "the encrypted database"),
    "cryptography": ("cryptography", "Apache-2.0 or BSD-3-Clause", "the encrypted files and keys"),
    "Alembic": ("alembic", "MIT", "new versions of the database"),
    "msgspec": ("msgspec", "BSD-3-Clause", "values and JSON"),
    "RapidFuzz": ("rapidfuzz", "MIT", "finding what is nearly the same"),
    "RISpy": ("rispy", "MIT", "RIS files of references"),
    "BibtexParser": ("bibtexparser", "MIT", "BibTeX files of references"),
    "charset-normalizer": ("charset-normalizer", "MIT", "what files of references are written in"),
    "pylatexenc": ("pylatexenc", "MIT", "letters with accents in BibTeX"),
    "pyspellchecker": ("pyspellchecker", "MIT", "checking spelling"),
    "AnyAscii": ("anyascii", "ISC", "names in other letters, as they are written in ours"),
    "platformdirs": ("platformdirs", "MIT", "where data lies"),
    "typing_extensions": ("typing_extensions", "PSF-2.0", "Python's own additions"),
    "Liberation fonts": ("", "OFL-1.1", "the type of the new letter"),
    "DejaVu fonts": ("", "Bitstream Vera", "signs the letter's type lacks"),
    "Lucide icons": ("", "ISC and MIT", "the icons"),
    "OpenMedSpel": ("", "GPL-3.0-or-later", "medical words for the spelling"),
}


def version_of(distribution: str) -> str:
    """The version installed; empty where it is not a package here."""
    try:
        return version(distribution) if distribution else ""
    except PackageNotFoundError:
        return ""


class AboutDialog(DialogFrame):
    """`number` is the program's version."""

    tells_of_letters = False

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(800, 680))
        self.set_title(
            f"IMR Desk {number}",
            "Corrects, cites, checks and writes Independent Medical Review letters.",
        )
        self._number = number
        self.setWindowTitle("About IMR Desk")
        facts = card()
        column = QVBoxLayout(facts)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(4)
        for title, words in (
            (
                "Works offline",
                (
                    "No letter and no word of one leaves this computer. The program opens no "
                    "network connection, has no account and counts nothing."
                ),
            ),
            (
                "Free software",
                (
                    "Licence: GNU Affero General Public License, version 3 or later "
                    "(AGPL-3.0-or-later), because the PDF engine it is built on, PyMuPDF, is under "
                    "that licence. You may use, study, change and share it; who passes it on, "
                    "changed or not, passes on the source as well. It comes with no warranty."
                ),
            ),
            (
                "No decision is made here",
                (
                    "It reads, compares and writes; what is medically necessary is decided by the "
                    "physician who reviews the case."
                ),
            ),
        ):
            if column.count():
                column.addSpacing(12)
            column.addWidget(words_label(title, "strong", wraps=False))
            told = words_label(words, "label")
            # As high as its lines are at this width, so that a bar comes only where it must.
            told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            column.addWidget(told)
        column.addStretch(1)
        area = scrolling(facts)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setAccessibleName("About this program")
        self.body.addWidget(area, 5)
        self.body.addWidget(self._make_libraries(), 4)
        self._copy = flat_button("Copy versions")
        self._copy.setToolTip("For a report of a fault: versions only, nothing of a letter")
        self._copy.clicked.connect(self._on_copy_clicked)
        self.foot.addWidget(self._copy)
        self.foot.addStretch(1)
        self.add_close_button().setFocus()

    def _make_libraries(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(4)
        tree.setHeaderLabels(["Made with", "Version", "Licence", "For"])
        tree.setRootIsDecorated(False)
        tree.setWordWrap(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setAccessibleName("Made with these works")
        for name, (distribution, licence, use) in LIBRARIES.items():
            version = version_of(distribution)
            item = QTreeWidgetItem(tree, [name, version, licence, use])
            if not version:
                item.setData(1, Qt.ItemDataRole.AccessibleTextRole, "not installed by itself")
        header = tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return tree

    def versions(self) -> str:
        """What a report of a fault needs to say, one line a part."""
        lines = [
            f"IMR Desk {self._number}",
            f"Python {platform.python_version()} on {platform.system()} {platform.release()}",
        ]
        for name, (distribution, _, _) in LIBRARIES.items():
            number = version_of(distribution)
            if number:
                lines.append(f"{name} {number}")
        return "\n".join(lines)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.versions())
        self._copy.setText("Copied")
