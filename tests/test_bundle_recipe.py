"""What the recipes of the built program name is there; building and driving it is `make bundle`."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

PACKAGING = Path(__file__).resolve().parents[1] / "packaging"


def test_the_desktop_entry_starts_the_program_with_letters() -> None:
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(PACKAGING / "imr-desk.desktop", "utf-8")
    told = entry["Desktop Entry"]
    assert (told["Exec"], told["MimeType"]) == ("imr-desk %F", "application/pdf;")
    assert told["Icon"] == "imr-desk"


def test_what_the_recipe_takes_along_is_there() -> None:
    spec = (PACKAGING / "imr-desk.spec").read_text("utf-8")
    taken = re.findall(r"str\(project((?: / \"[\w.]+\")+)\)", spec)
    assert len(taken) >= 4
    for parts in taken:
        path = PACKAGING.parent.joinpath(*re.findall(r"\"([\w.]+)\"", parts))
        assert path.exists(), path
