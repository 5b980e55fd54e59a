"""Reading letters in guarded processes: a file whose recognition never ends is stopped too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.evidence import ParseResult, Place
from app.services.citations import Guidelines
from app.services.letter_messages import LetterAnswer, LetterRequest, RedactRequest
from app.services.pdf import GuardedReader, PdfText, name_of
from app.services.pdf.desk import error_of
from app.services.pdf.files import load
from app.services.pdf.messages import Request

if TYPE_CHECKING:
    from app.services.pdf_redaction import Redacted

REDACT_SECONDS = 300.0
"""The pictures of the pages may have to be read too, a few seconds each."""


class ReadLetter(msgspec.Struct, frozen=True):
    """The words of a file, and the letter in them.

    `inner` and `data` are the name and the bytes of the letter where it was attached to the file.
    """

    text: PdfText
    result: ParseResult
    inner: str = ""
    data: bytes = b""


class LetterReader(GuardedReader):
    """Reads and draws PDFs, and recognises letters in them."""

    role = "app.services.letter_worker"

    def letter(
        self,
        source: Path | str | bytes,
        password: str | None = None,
        guidelines: Guidelines | None = None,
    ) -> ReadLetter:
        """The letter in a PDF, with `guidelines` known (the program's own, if none are given).

        Raises UserError where the file cannot be read.
        """
        request = LetterRequest(
            pdf=Request(data=load(source), password=password, name=name_of(source)),
            guidelines=msgspec.msgpack.encode(guidelines.entries) if guidelines else b"",
        )
        told = self.call("letter", msgspec.msgpack.encode(request))
        answer = msgspec.msgpack.decode(told, type=LetterAnswer)
        if answer.failed.error:
            raise error_of(answer.failed)
        assert answer.text is not None
        assert answer.result is not None
        return ReadLetter(answer.text, answer.result, answer.inner, answer.inner_data)

    def redact(
        self,
        source: bytes,
        terms: Sequence[str],
        places: Iterable[Place] = (),
        password: str | None = None,
    ) -> Redacted:
        """As `app.services.pdf_redaction.redact`, and within limits of time and memory."""
        from app.services.pdf_redaction import CannotSee, LeftOver, RedactAnswer

        request = RedactRequest(
            data=source, terms=tuple(terms), places=tuple(places), password=password
        )
        told = self.call("redact", msgspec.msgpack.encode(request), REDACT_SECONDS)
        answer = msgspec.msgpack.decode(told, type=RedactAnswer)
        if answer.failed.error:
            raise error_of(answer.failed)
        if answer.left is not None:
            raise LeftOver(answer.left)
        if answer.unseen:
            raise CannotSee(answer.unseen)
        assert answer.made is not None
        return answer.made
