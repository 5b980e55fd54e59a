"""Pictures of every view as it is met: `make look`, then open build/look/.

`make pictures` makes those of the README and the manual anew, into docs/pictures/.

On the screens that the desk stands on, light and dark, and with large text. Each is a process of
its own, as Qt takes its screen and scale at start only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
OUT = PROJECT / "build" / "look"
PICTURES = PROJECT / "docs" / "pictures"
PICTURE_WIDTH = 1080
SHOWN = {
    "01-sample": "desk",
    "07-picker": "citing",
    "05-checks": "checks",
    "04-preview": "new-letter",
}
"""The views that the papers show, and what their pictures are called."""


class Stand(NamedTuple):
    """A screen in points, how many pixels a point has, and the size of text (0: the usual)."""

    name: str
    width: int
    height: int
    scale: float = 1.0
    points: float = 0.0


STANDS = (
    Stand("office", 1440, 900),
    Stand("laptop-100", 1280, 720),
    # 1920 by 1080 pixels at 150 %: the commonest laptop.
    Stand("laptop-150", 1280, 720, 1.5),
    Stand("laptop-200", 1280, 720, 2.0),
    Stand("laptop-14pt", 1280, 720, 1.0, 14.0),
    Stand("old-14pt", 1024, 768, 1.0, 14.0),
)


def main(names: list[str]) -> int:
    if names == ["--pictures"]:
        return _run(STANDS[0], "take_pictures()")
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    for stand in STANDS:
        if not names or stand.name in names:
            _run(stand, f"take({stand.name!r})")
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}")
    return 0


def _run(stand: Stand, call: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(
            os.environ,
            QT_SCALE_FACTOR=str(stand.scale),
            QT_QPA_PLATFORM=f"offscreen:configfile={_screen(stand, Path(folder))}",
        )
        code = f"from tests import look; look.{call}"
        run = [sys.executable, "-c", code]
        return subprocess.run(run, check=True, cwd=PROJECT, env=environment).returncode


def _screen(stand: Stand, folder: Path) -> Path:
    pixels = {"width": int(stand.width * stand.scale), "height": int(stand.height * stand.scale)}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1.0}
    file = folder / "screen.json"
    screen = {"name": stand.name, "x": 0, "y": 0, **pixels, **dots}
    file.write_text(json.dumps({"screens": [screen]}), "utf-8")
    return file


def take(name: str) -> None:
    """Walk through the views once a scheme."""
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from tests.ui.desk import Desk

    stand = next(stand for stand in STANDS if stand.name == name)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        theme.apply(application, scheme, stand.points or None)
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder))
            for view, show in _views(desk):
                desk.close_beside()
                show()
                desk.settle()
                desk.grab().save(str(OUT / f"{view}-{stand.name}-{scheme}.png"))
            desk.close()


def take_pictures() -> None:
    """The few views that the papers show, small enough to be kept with them."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from tests.ui.desk import Desk

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Scheme.LIGHT, None)
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for view, show in _views(desk):
            if view > max(SHOWN):
                break
            if "empty" in view:
                continue
            desk.close_beside()
            show()
            desk.settle()
            if view in SHOWN:
                smooth = Qt.TransformationMode.SmoothTransformation
                picture = desk.grab().toImage().scaledToWidth(PICTURE_WIDTH, smooth)
                # Five bits a colour are as good to the eye here, and half as large.
                flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
                small = picture.convertToFormat(QImage.Format.Format_RGB16, flags)
                small.convertToFormat(QImage.Format.Format_RGB888).save(
                    str(PICTURES / f"{SHOWN[view]}.png"), quality=0
                )
        desk.close()


def _views(desk: object) -> list[tuple[str, Callable[[], None]]]:
    from tests.ui.desk import Desk

    assert isinstance(desk, Desk)
    return [
        ("01-empty", desk.show_empty),
        ("01-empty-preview", desk.show_empty_preview),
        ("01-sample", desk.show_sample),
        ("02-letter", desk.show_letter),
        ("02-postponed", desk.show_postponed),
        ("03-issue", desk.show_issue),
        ("04-preview", desk.show_preview),
        ("05-checks", desk.show_checks),
        ("06-changes", desk.show_changes),
        ("07-picker-2016", desk.show_picker),
        ("07-picker-2019", partial(desk.show_picker, date(2019, 6, 3))),
        ("07-picker-2024", partial(desk.show_picker, date(2024, 3, 25), "chronic pain")),
        ("07-picker-2024-mri", partial(desk.show_picker, date(2024, 3, 25), "lumbar mri")),
        ("07-picker-2024-old", partial(desk.show_picker, date(2024, 3, 25), "acoem 12 2004")),
        ("08-find", desk.show_find),
        ("09-problem", desk.show_problem),
        ("10-import", desk.show_import),
        ("11-narrow", desk.show_narrow),
        *desk.dialogs(),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
