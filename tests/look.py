"""Pictures of every view in light and dark, at 100 and 200 %: `make look`, then open build/look/.

Each scale is a process of its own, as Qt takes its scale at start only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
OUT = PROJECT / "build" / "look"
SCALES = (1, 2)


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    for scale in SCALES:
        environment = dict(os.environ, QT_SCALE_FACTOR=str(scale), QT_QPA_PLATFORM="offscreen")
        code = f"from tests.look import take; take({scale})"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT, env=environment)
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}")
    return 0


def take(scale: int) -> None:
    """Walk through the views once a scheme."""
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from tests.ui.desk import Desk

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        theme.apply(application, scheme)
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder))
            for name, show in _views(desk):
                desk.close_beside()
                show()
                desk.settle()
                picture = desk.grab()
                picture.save(str(OUT / f"{name}-{scheme}-{scale}00.png"))
            desk.close()


def _views(desk: object) -> list[tuple[str, Callable[[], None]]]:
    from tests.ui.desk import Desk

    assert isinstance(desk, Desk)
    return [
        ("01-empty", desk.show_empty),
        ("01-empty-preview", desk.show_empty_preview),
        ("02-letter", desk.show_letter),
        ("02-postponed", desk.show_postponed),
        ("03-issue", desk.show_issue),
        ("04-preview", desk.show_preview),
        ("05-checks", desk.show_checks),
        ("06-changes", desk.show_changes),
        ("07-picker", desk.show_picker),
        ("08-find", desk.show_find),
        ("09-problem", desk.show_problem),
        ("10-import", desk.show_import),
        ("11-narrow", desk.show_narrow),
        *desk.dialogs(),
    ]


if __name__ == "__main__":
    sys.exit(main())
