"""The card of keys on paper: the user's own keys, as the program has them now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from app.letter import Letter
from app.services.rendering.report_pdf import KeyCard, KeyGroup, ReportRenderer
from app.ui.actions import FIXED, Actions, ActionSpec
from app.ui.exporting import Exporter

EVERYWHERE = "Everywhere"
PROGRAM = "IMR Desk"


class KeyCardWriter(QObject):
    """Writes the card where the user says, when it is asked for."""

    def __init__(
        self, commands: Actions, exporter: Exporter, papers: ReportRenderer, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._exporter = exporter
        self._papers = papers
        commands["key_card"].triggered.connect(self._on_key_card_triggered)

    def _on_key_card_triggered(self) -> None:
        make = partial(_made, self._papers, key_card(self._commands, date.today()))
        self._exporter.save("key_card", make, Letter(), PROGRAM)


def key_card(commands: Actions, made: date) -> KeyCard:
    """The keys in force, by menu, then those that do the same everywhere."""
    groups = [
        KeyGroup(heading=menu, keys=tuple(keys))
        for menu, rows in groupby(commands, key=lambda row: row[0].menu)
        if (keys := list(_keys(rows)))
    ]
    fixed = tuple((_shown(row.key) if row.is_sequence else row.key, row.does) for row in FIXED)
    return KeyCard(
        title=f"{PROGRAM}: keys",
        made=made,
        groups=(*groups, KeyGroup(heading=EVERYWHERE, keys=fixed)),
        key_word="Key",
        does_word="What it does",
        foot="Ctrl+/ lists the keys and changes them; F1 opens the manual.",
    )


def _keys(rows: Iterator[tuple[ActionSpec, QAction]]) -> Iterator[tuple[str, str]]:
    for _, action in rows:
        shown = " or ".join(
            key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()
        )
        if shown:
            yield shown, action.text().rstrip("…")


def _shown(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _made(papers: ReportRenderer, card: KeyCard, _path: Path) -> tuple[bytes, str]:
    return papers.render(card), ""
