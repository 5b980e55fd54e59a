"""What the program asks the processes that read letters, and what they answer."""

from __future__ import annotations

import msgspec

from app.evidence import ParseResult, Place
from app.services.pdf.messages import Answer, Request
from app.services.pdf.words import PdfPage, PdfText
from app.services.settings import Settings


class JudgedBy(msgspec.Struct, frozen=True, kw_only=True):
    """By what a letter is judged: the name of its file, what the house sets, and the keys of the
    findings that it set aside for all letters."""

    name: str
    settings: Settings
    set_aside: frozenset[str] = frozenset()


class LetterRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A letter to read. `guidelines` are those that are known, packed; none for the program's own.

    `recognised` are the pages whose pictures were read before. With `judged_by`, it is counted too
    how much is left to do in it.
    """

    pdf: Request
    guidelines: bytes = b""
    recognised: tuple[PdfPage, ...] = ()
    judged_by: JudgedBy | None = None


class LetterAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the file and the letter in them, or what went wrong.

    `inner` and `inner_data` are the name and the bytes of an attached file that was read instead;
    `left` are how many points are open, and how many of them are errors.
    """

    text: PdfText | None = None
    result: ParseResult | None = None
    inner: str = ""
    inner_data: bytes = b""
    left: tuple[int, int] | None = None
    failed: Answer = Answer()


class RedactRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF to take `terms` out of, and what lies in `places`."""

    data: bytes
    terms: tuple[str, ...]
    places: tuple[Place, ...] = ()
    password: str | None = None
    printed_pages: int = 0
