"""Where layouts lie and how a template becomes Typst: folders, manifests, Jinja.

A layout is a folder with `layout.toml` (its names and fixed words) and `letter.typ` (Jinja over
Typst). The user's own folder is searched before ours, for shared files too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, cast

import jinja2
import msgspec
from jinja2.sandbox import SandboxedEnvironment

from app.errors import UserError
from app.services.citations import Style
from app.services.rendering.context import Names
from app.services.rendering.glyphs import Glyphs
from app.services.rendering.values import Finalizer, by_line, expression

MANIFEST = "layout.toml"
TEMPLATE = "letter.typ"
_PACKAGE = re.compile(r"@[\w-]+/[\w-]+:\d")


class Layout(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One layout's manifest.

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
        self.line = line
        self.variable = variable


class Missing(jinja2.StrictUndefined):
    """Names the variable that is not there the way the template wrote it."""

    @property
    def variable(self) -> str:
        owner = self._undefined_obj
        name = str(self._undefined_name)
        return f"{owner.path_of_names}.{name}" if isinstance(owner, Names) else name

    @property
    def _undefined_message(self) -> str:
        return f"there is no variable called {self.variable}"


class _Loader(jinja2.FileSystemLoader):
    """Reads templates, and refuses those that would have Typst fetch a package from the network."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, current = super().get_source(environment, template)
        for number, line in enumerate(source.splitlines(), 1):
            if _PACKAGE.search(line):
                raise jinja2.TemplateSyntaxError(
                    "packages from the network are not allowed", number, template, path
                )
        return source, path, current


class Layouts:
    """The layouts found in some folders, the first folder first."""

    def __init__(self, folders: Sequence[Path], glyphs: Glyphs) -> None:
        self._folders = tuple(folders)
        self._manifests: dict[Path, tuple[int, Layout]] = {}
        self._environment = SandboxedEnvironment(
            loader=_Loader([str(folder) for folder in folders]),
            undefined=Missing,
            finalize=Finalizer(glyphs),
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(  # pyright: ignore[reportUnknownMemberType]
            code=expression, by_line=by_line
        )

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
            layout = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Layout)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
            raise TemplateError(f"{name}/{MANIFEST}", None, str(error).rstrip(".")) from error
        self._manifests[path] = (changed, layout)
        return layout

    def source(self, name: str, context: Mapping[str, Any]) -> str:
        """The Typst source of a letter in that layout. Raises TemplateError."""
        try:
            return self._template(name).render(context)
        except jinja2.UndefinedError as error:
            place, line = _where(error, f"{name}/{TEMPLATE}")
            variable = re.search(r"variable called (\S+)", str(error))
            raise TemplateError(place, line, str(error), variable and variable.group(1)) from error
        except (jinja2.TemplateRuntimeError, TypeError, ValueError, ArithmeticError) as error:
            raise TemplateError(*_where(error, f"{name}/{TEMPLATE}"), str(error)) from error

    def origin(self, name: str, context: Mapping[str, Any], line: int) -> tuple[str, int]:
        """Which template and which of its lines wrote that line of the Typst source."""
        template = self._template(name)
        pieces = template.root_render_func(template.new_context(dict(context)))
        place = (f"{name}/{TEMPLATE}", 1)
        written = 1
        wanted = ""
        for piece in pieces:
            place = self._writing(pieces, template) or place
            lines = piece.split("\n")
            if written + len(lines) > line:
                wanted = lines[line - written]
                break
            written += len(lines) - 1
        return place[0], self._line_of(wanted, *place)

    def _line_of(self, text: str, template: str, known: int) -> int:
        """The template's line that reads so, at or after the last line Jinja kept a note of."""
        source, _, _ = _loader(self._environment).get_source(self._environment, template)
        for number, line in enumerate(source.splitlines(), 1):
            if number >= known and text.strip() and line.strip() == text.strip():
                return number
        return known

    def _writing(self, pieces: Any, template: jinja2.Template) -> tuple[str, int] | None:
        """The innermost template a half-run rendering stands in, and its line."""
        place: tuple[str, int] | None = None
        while (frame := cast("FrameType | None", getattr(pieces, "gi_frame", None))) is not None:
            line = template.get_corresponding_lineno(frame.f_lineno)
            place = (str(template.name), line)
            inner = frame.f_locals.get("gen")
            included = frame.f_locals.get("template")
            if inner is None or not isinstance(included, jinja2.Template):
                break
            pieces, template = inner, included
        return place

    def _template(self, name: str) -> jinja2.Template:
        try:
            return self._environment.get_template(f"{name}/{TEMPLATE}")
        except jinja2.TemplateSyntaxError as error:
            reason = (error.message or "").rstrip(".")
            raise TemplateError(error.name or name, error.lineno, reason) from error
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"{name}/{TEMPLATE}", None, "that file is missing") from error


def _loader(environment: jinja2.Environment) -> jinja2.BaseLoader:
    loader = environment.loader
    assert loader is not None, "set when the environment was made"
    return loader


def _where(error: BaseException, template: str) -> tuple[str, int | None]:
    """The template and line an error came up in: its innermost frame that is template text.

    Jinja writes the traceback so that it shows template files and lines.
    """
    place: tuple[str, int | None] = (template, None)
    step = error.__traceback__
    while step is not None:
        path = Path(step.tb_frame.f_code.co_filename)
        if path.suffix == ".typ":
            place = (f"{path.parent.name}/{path.name}", step.tb_lineno)
        step = step.tb_next
    return place
