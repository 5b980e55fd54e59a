"""Where layouts lie and what their manifests say.

A layout is a folder with `layout.toml` (its names and fixed words) and `letter.typ` (its
template). The user's own folder is searched before ours, for shared files too.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from app.errors import UserError
from app.services.citations import Style

MANIFEST = "layout.toml"
TEMPLATE = "letter.typ"
_LARGEST = 2**20


class Layout(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One layout's manifest. `name` is that of its folder, whatever the manifest says.

    `words` are its fixed words by name; `unconfirmed` names those that could not be checked
    against a real letter, for the user to look at. `public_layout` is the layout of its public
    copy, where that is another one.
    """

    name: str
    title: str
    citations: Style
    words: dict[str, str]
    unconfirmed: tuple[str, ...] = ()
    public_layout: str | None = None


class TemplateError(UserError):
    """A layout cannot be used. `template`, `line` and `variable` say where, as far as known."""

    def __init__(
        self, template: str, line: int | None, reason: str, variable: str | None = None
    ) -> None:
        at = f", line {line}" if line else ""
        super().__init__(
            f"The template {template}{at} cannot be used: {reason}.",
            "Correct it there; the list of variables names all that can be printed.",
        )
        self.template = template
        self.reason = reason
        self.line = line
        self.variable = variable


def refuse_links(folder: Path) -> None:
    """Raises TemplateError where anything in a folder of layouts leads out of it."""
    for inside, folders, files in os.walk(folder):
        for name in (*folders, *files):
            refuse_link(Path(inside) / name, folder)


def refuse_link(path: Path, folder: Path) -> None:
    """Raises TemplateError for a path in a folder of layouts that leads out of it by a link."""
    # Looking where a path leads costs; without a link on the way it leads where it says.
    way = [path, *path.parents[: len(path.relative_to(folder).parts) - 1]]
    if any(step.is_symlink() for step in way) and not path.resolve().is_relative_to(
        folder.resolve()
    ):
        place = path.relative_to(folder).as_posix()
        raise TemplateError(place, None, "it leads out of the folder of the layouts")


def _table(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise tomllib.TOMLDecodeError("it is larger than a megabyte")
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Layouts:
    """The layouts found in some folders, the first folder first."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._manifests: dict[Path, tuple[int, Layout]] = {}

    def names(self) -> tuple[str, ...]:
        """The names of all layouts, sorted."""
        found = {
            path.parent.name for folder in self._folders for path in folder.glob(f"*/{MANIFEST}")
        }
        return tuple(sorted(found))

    def folder(self, name: str) -> Path:
        """The folder of that layout. Raises UserError if there is none."""
        for folder in self._folders:
            if (folder / name / MANIFEST).is_file():
                refuse_link(folder / name / MANIFEST, folder)
                return folder / name
        raise UserError(
            "There is no layout of that name.", f"Choose one of: {', '.join(self.names())}."
        )

    def get(self, name: str) -> Layout:
        """The layout's manifest. Raises UserError if there is none or it cannot be used."""
        path = self.folder(name) / MANIFEST
        changed = path.stat().st_mtime_ns
        known = self._manifests.get(path)
        if known is not None and known[0] == changed:
            return known[1]
        try:
            told = msgspec.convert(_table(path), Layout)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
            raise TemplateError(f"{name}/{MANIFEST}", None, str(error).rstrip(".")) from error
        except RecursionError as error:
            reason = "it is nested too deeply"
            raise TemplateError(f"{name}/{MANIFEST}", None, reason) from error
        except OSError as error:
            reason = f"it cannot be read ({error.strerror})"
            raise TemplateError(f"{name}/{MANIFEST}", None, reason) from error
        # A copied folder still tells the name it was copied from.
        layout = msgspec.structs.replace(told, name=name)
        self._manifests[path] = (changed, layout)
        return layout
