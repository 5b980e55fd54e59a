"""What the program asks the processes that read letters, and what they answer."""

from __future__ import annotations

import msgspec

from app.evidence import ParseResult, Place
from app.services.pdf.messages import Answer, Request
from app.services.pdf.words import PdfPage, PdfText


class LetterRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A letter to read. `guidelines` are those that are known, packed; none for the program's own.

    `recognised` are the pages whose pictures were read before.
    """

    pdf: Request
    guidelines: bytes = b""
    recognised: tuple[PdfPage, ...] = ()


class LetterAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the file and the letter in them, or what went wrong.

    `inner` and `inner_data` are the name and the bytes of an attached file that was read instead.
    """

    text: PdfText | None = None
    result: ParseResult | None = None
    inner: str = ""
    inner_data: bytes = b""
    failed: Answer = Answer()


class RedactRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF to take `terms` out of, and what lies in `places`."""

    data: bytes
    terms: tuple[str, ...]
    places: tuple[Place, ...] = ()
    password: str | None = None
    printed_pages: int = 0
