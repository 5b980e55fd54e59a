"""The tasks of the process that sets letters by layouts from outside: PDF, Word, places.

It is a role of `app.services.guard`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import msgspec

from app.errors import UserError
from app.services.guard import Progress, SharedBytes, Task
from app.services.rendering.layouts import refuse_links
from app.services.rendering.messages import SetAnswer, SetRequest, Trouble
from app.services.rendering.renderer import Rendered, Renderer


def tasks(_shared: SharedBytes | None, _tell: Progress) -> dict[str, Task]:
    """What such a process can do, by name."""
    acts = {"pdf": _pdf, "word": _word, "marks": _marks, "fields": _fields}
    return {name: _task(act) for name, act in acts.items()}


def _task(act: Callable[[Renderer, SetRequest], SetAnswer]) -> Task:
    def task(body: bytes) -> bytes:
        request = msgspec.msgpack.decode(body, type=SetRequest)
        words = tuple(sorted(request.words.items()))
        try:
            for folder in request.folders:
                refuse_links(Path(folder))
            answer = act(_renderer(request.folders, request.fonts, words), request)
        except UserError as error:
            answer = SetAnswer(trouble=Trouble.of(error))
        return msgspec.msgpack.encode(answer)

    return task


@lru_cache(maxsize=2)
def _renderer(folders: tuple[str, ...], fonts: str, words: tuple[tuple[str, str], ...]) -> Renderer:
    return Renderer([Path(folder) for folder in folders], Path(fonts), dict(words))


def _rendered(renderer: Renderer, request: SetRequest) -> Rendered:
    return renderer.render(
        request.letter,
        request.layout,
        form_data=request.form_data,
        redacted=request.redacted,
        as_read=request.as_read,
    )


def _pdf(renderer: Renderer, request: SetRequest) -> SetAnswer:
    rendered = _rendered(renderer, request)
    return SetAnswer(data=rendered.pdf, pages=rendered.pages, letter=rendered.letter)


def _word(renderer: Renderer, request: SetRequest) -> SetAnswer:
    made = renderer.render_word(
        request.letter, request.layout, redacted=request.redacted, as_read=request.as_read
    )
    return SetAnswer(data=made)


def _marks(renderer: Renderer, request: SetRequest) -> SetAnswer:
    rendered = _rendered(renderer, request)
    return SetAnswer(marks=rendered.marks())


def _fields(renderer: Renderer, request: SetRequest) -> SetAnswer:
    return SetAnswer(fields=tuple(renderer.printed_fields(request.letter, request.layout)))
