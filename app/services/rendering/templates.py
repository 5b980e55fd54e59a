"""How a layout's template becomes Typst: Jinja, sandboxed, with every value written as Typst code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, cast

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from typing_extensions import override

from app.services.rendering.context import Names
from app.services.rendering.glyphs import Glyphs
from app.services.rendering.layouts import TEMPLATE, TemplateError, refuse_link
from app.services.rendering.values import Finalizer, by_line, expression

_PACKAGE = re.compile(r"@[\w-]+/[\w-]+:\d")


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


TEMPLATE_FAULTS = (
    jinja2.TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    OSError,
    MemoryError,
)
"""What an expression in a template can raise; Jinja hands it on as it is."""


class _Loader(jinja2.FileSystemLoader):
    """Reads templates, and refuses those that would have Typst fetch a package from the network."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, current = super().get_source(environment, template)
        folder = next(Path(one) for one in self.searchpath if Path(path).is_relative_to(one))
        refuse_link(Path(path), folder)
        for number, line in enumerate(source.splitlines(), 1):
            if _PACKAGE.search(line):
                raise jinja2.TemplateSyntaxError(
                    "packages from the network are not allowed", number, template, path
                )
        return source, path, current


class _Finalizer(Finalizer):
    @override
    def __call__(self, value: object) -> str:
        if isinstance(value, jinja2.Undefined):
            return str(value)  # a missing variable raises its own error here
        return super().__call__(value)


class Templates:
    """The templates found in some folders, the first folder first."""

    def __init__(self, folders: Sequence[Path], glyphs: Glyphs) -> None:
        self._environment = SandboxedEnvironment(
            loader=_Loader([str(folder) for folder in folders]),
            undefined=Missing,
            finalize=_Finalizer(glyphs),
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(  # pyright: ignore[reportUnknownMemberType]
            code=expression, by_line=by_line
        )

    def source(self, name: str, context: Mapping[str, Any]) -> str:
        """The Typst source of a letter in that layout. Raises TemplateError."""
        try:
            return self._template(name).render(context)
        except jinja2.UndefinedError as error:
            place, line = _where(error, f"{name}/{TEMPLATE}")
            variable = re.search(r"variable called (\S+)", str(error))
            raise TemplateError(place, line, str(error), variable and variable.group(1)) from error
        except RecursionError as error:
            reason = "it includes or calls itself without end"
            raise TemplateError(f"{name}/{TEMPLATE}", None, reason) from error
        except jinja2.TemplateNotFound as error:
            place, line = _where(error, f"{name}/{TEMPLATE}")
            raise TemplateError(place, line, f"there is no file {error.name}") from error
        except TEMPLATE_FAULTS as error:
            reason = str(error).rstrip(".") or type(error).__name__
            raise TemplateError(*_where(error, f"{name}/{TEMPLATE}"), reason) from error

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
