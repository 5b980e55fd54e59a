"""Whether a PDF keeps what it says of itself, PDF/A and PDF/UA, judged by a validator from elsewhere.

Typst checks what it writes; a second judge that shares no code with it finds what both of us would
overlook. The validator (extra `validate`) is large and changes no letter: without it nothing is said.
"""

from __future__ import annotations

import importlib
import re
from typing import Any

import msgspec

_DECLARED_PART = re.compile(rb"pdfaid:part(?:>|=[\"'])\s*(\d)")
_DECLARED_LEVEL = re.compile(rb"pdfaid:conformance(?:>|=[\"'])\s*([ABUabu])")
_DECLARES_UA = re.compile(rb"pdfuaid:part(?:>|=[\"'])\s*1")
_STREAM_LENGTH = "STREAM-LENGTH-001"
_MOST_NAMED = 3


class Verdict(msgspec.Struct, frozen=True):
    """What the validator says: `standards` it looked for, and each requirement that is not kept."""

    standards: tuple[str, ...]
    failures: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.failures

    @property
    def sentence(self) -> str:
        names = " and ".join(self.standards)
        if self.passed:
            return f"Validated: it keeps {names}."
        named = "; ".join(self.failures[:_MOST_NAMED])
        more = len(self.failures) - _MOST_NAMED
        return (
            f"Validated: it does NOT keep {names}: {named}"
            + (f"; and {more} more" if more > 0 else "")
            + "."
        )


def verdict(pdf: bytes) -> Verdict | None:
    """The validator's verdict on the standards that the file declares.

    None where no validator is installed. A file that declares none, or that the validator cannot
    read, does not pass.
    """
    page = _validator()
    if page is None:
        return None
    profiles = _declared(pdf)
    if not profiles:
        return Verdict(("PDF/A or PDF/UA",), ("it declares neither",))
    failures: dict[str, None] = {}
    for profile in profiles:
        try:
            report = page.validate_pdf_bytes(pdf, profile=profile)
        except page.PageError as error:
            failures[str(error)] = None
            continue
        failures.update(
            (f"{failure.rule_id} {failure.message}", None)
            for failure in report.failures
            if not (failure.rule_id.endswith(_STREAM_LENGTH) and _is_whole(pdf, failure.object_id))
        )
    return Verdict(tuple(profiles.values()), tuple(failures))


def _declared(pdf: bytes) -> dict[str, str]:
    """The validator's profiles for what the file's XMP, which no PDF/A compresses, says it keeps."""
    profiles: dict[str, str] = {}
    if _DECLARES_UA.search(pdf):
        profiles["ua1"] = "PDF/UA-1"
    part, level = _DECLARED_PART.search(pdf), _DECLARED_LEVEL.search(pdf)
    if part and level:
        name = part[1].decode() + level[1].decode().lower()
        profiles[name] = f"PDF/A-{name}"
    return profiles


def _is_whole(pdf: bytes, found: Any) -> bool:
    """Whether a stream is as long as it says, and ends with a byte that is also a line's end.

    The validator takes such a byte, one in 256, and the line feed after it for one end of a line,
    and finds the stream a byte short.
    """
    begun = found and re.search(
        rb"\n%d %d obj\b(?:(?!endobj).)*?/Length (\d+)(?:(?!endobj).)*?\bstream\r?\n"
        % (found.object_number, found.generation),
        pdf,
        re.DOTALL,
    )
    if not begun:
        return False
    end = begun.end() + int(begun[1])
    return pdf[end - 1 : end] == b"\r" and pdf[end:].startswith(b"\nendstream")


def _validator() -> Any:
    """The module of `page-validation`, which an installation may go without; None there."""
    try:
        module = importlib.import_module("page")
    except ImportError:
        return None
    return module if hasattr(module, "validate_pdf_bytes") else None
