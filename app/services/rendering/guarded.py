"""Setting letters where it can be stopped: by layouts from outside, or with very much text.

A layout is a program: it may loop for ever, ask for all memory, or reach for a package on the
network. Its letters are set in a process with limits, which can open no socket where the system
can forbid it (Linux); elsewhere its only way out leads to a port of this machine where nobody
listens. The program's own layouts do none of this: with the text of a letter they are set here.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from typing_extensions import override

from app.errors import UserError
from app.letter import FieldId, Letter
from app.paths import FONTS, TEMPLATES
from app.services.guard import Ended, Failed, OutOfMemory, Pool, TimedOut
from app.services.rendering.ceilings import SHORT, size_of
from app.services.rendering.logo import problem_of_logo
from app.services.rendering.messages import SetAnswer, SetRequest
from app.services.rendering.places import Mark
from app.services.rendering.renderer import Rendered, Renderer
from app.services.settings import Settings

SECONDS = 20.0
MEGABYTES = 1536
_CORRECT = "Correct the layout, choose another one, or shorten the letter."
_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_ENVIRONMENT = {
    **{name: _NOWHERE for proxy in _PROXIES for name in (proxy, proxy.lower())},
    **{"NO_PROXY": "", "no_proxy": ""},
}


def setting_pool(megabytes: int = MEGABYTES) -> Pool:
    """The processes that set letters by foreign layouts; started when first asked."""
    return Pool("app.services.rendering.worker", megabytes, environment=_ENVIRONMENT)


def make_renderer(settings: Settings, pool: Pool | None = None) -> GuardedRenderer:
    """The renderer with the user's own templates before ours, and the house's own words.

    With templates or a logo of the user's, letters are set in a process of `pool`. A logo that
    cannot be one counts as none.
    """
    logo = "" if problem_of_logo(settings.logo) else settings.logo
    words = settings.layout_words | ({"logo": logo} if logo else {})
    own = Path(settings.template_folder) if settings.template_folder else None
    foreign = [own] if own is not None and own.is_dir() else []
    return GuardedRenderer(
        [*foreign, TEMPLATES], FONTS, words, own=not foreign and not logo, pool=pool
    )


class GuardedRenderer(Renderer):
    """As `Renderer`; raises UserError where the limits of time or memory were reached too.

    `own` says that all that is set, folders and logo, is the program's own.
    """

    def __init__(
        self,
        template_folders: Sequence[Path],
        fonts: Path,
        words: Mapping[str, str] | None = None,
        *,
        own: bool = False,
        pool: Pool | None = None,
        seconds: float = SECONDS,
    ) -> None:
        super().__init__(template_folders, fonts, words)
        self._own = own
        self._pool = pool or setting_pool()
        self._seconds = seconds

    @override
    def printed_fields(self, letter: Letter, layout: str | None = None) -> frozenset[FieldId]:
        if self._is_set_here(letter):
            return super().printed_fields(letter, layout)
        request = self._request(letter, layout, None, False, None)
        return frozenset(self._ask("fields", request).fields)

    @override
    def render(
        self,
        letter: Letter,
        layout: str | None = None,
        *,
        form_data: bytes | None = None,
        redacted: bool = False,
        as_read: Mapping[FieldId, str] | None = None,
    ) -> Rendered:
        if self._is_set_here(letter):
            return super().render(
                letter, layout, form_data=form_data, redacted=redacted, as_read=as_read
            )
        request = self._request(letter, layout, form_data, redacted, as_read)
        answer = self._ask("pdf", request)

        def marks() -> tuple[Mark, ...]:
            return self._ask("marks", request).marks

        return Rendered(answer.data, answer.pages, answer.letter, marks)

    @override
    def render_word(
        self,
        letter: Letter,
        layout: str | None = None,
        *,
        redacted: bool = False,
        as_read: Mapping[FieldId, str] | None = None,
    ) -> bytes:
        if self._is_set_here(letter):
            return super().render_word(letter, layout, redacted=redacted, as_read=as_read)
        return self._ask("word", self._request(letter, layout, None, redacted, as_read)).data

    def _is_set_here(self, letter: Letter) -> bool:
        return size_of(letter) <= SHORT and self._own

    def _request(
        self,
        letter: Letter,
        layout: str | None,
        form_data: bytes | None,
        redacted: bool,
        as_read: Mapping[FieldId, str] | None,
    ) -> SetRequest:
        return SetRequest(
            folders=tuple(str(folder) for folder in self._folders),
            fonts=str(self._font_folder),
            words=self._words,
            letter=letter,
            layout=layout,
            form_data=form_data,
            redacted=redacted,
            as_read=dict(as_read or {}),
        )

    def _ask(self, task: str, request: SetRequest) -> SetAnswer:
        with self._limits():
            told = self._pool.call(task, msgspec.msgpack.encode(request), self._seconds)
        answer = msgspec.msgpack.decode(told, type=SetAnswer)
        if answer.trouble is not None:
            raise answer.trouble.error()
        return answer

    @contextmanager
    def _limits(self) -> Generator[None]:
        try:
            yield
        except TimedOut as error:
            raise UserError(
                "Setting the letter was stopped: its layout and text took longer than "
                f"{self._seconds:g} seconds.",
                _CORRECT,
            ) from error
        except (OutOfMemory, Ended) as error:
            raise UserError(
                "Setting the letter was stopped: its layout and text need too much memory.",
                _CORRECT,
            ) from error
        except Failed as error:
            raise UserError(
                f"The layout cannot be used: it failed ({error.kind}).", _CORRECT
            ) from error
