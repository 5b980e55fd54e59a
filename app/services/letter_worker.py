"""The tasks of the processes that read letters: those of `pdf`, and recognising what is in one.

It is a role of `app.services.guard`.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from app.errors import UserError
from app.services.citations import Guidelines
from app.services.citations.known import KnownGuideline
from app.services.guard import SharedBytes, Task
from app.services.letter_messages import LetterAnswer, LetterRequest, RedactRequest
from app.services.pdf import worker


def tasks(shared: SharedBytes | None) -> dict[str, Task]:
    """What such a process can do, by name."""
    return {**worker.tasks(shared), "letter": _letter, "redact": _redact}


def _letter(body: bytes) -> bytes:
    # A tenth of a second of rules: read with the first letter, not with the first page.
    from app.services.enclosed import recognise

    request = msgspec.msgpack.decode(body, type=LetterRequest)
    try:
        text = worker.read(request.pdf)
    except UserError as error:
        return msgspec.msgpack.encode(LetterAnswer(failed=worker.failed(error)))
    known = _guidelines(request.guidelines) if request.guidelines else None
    found = recognise(text, known)
    return msgspec.msgpack.encode(
        LetterAnswer(text=found.text, result=found.result, inner=found.name, inner_data=found.data)
    )


def _redact(body: bytes) -> bytes:
    # Few PDFs are redacted: what it takes is loaded with the first.
    from app.services.pdf_redaction import CannotSee, LeftOver, RedactAnswer, redact

    request = msgspec.msgpack.decode(body, type=RedactRequest)
    try:
        made = redact(request.data, request.terms, request.places, request.password)
        answer = RedactAnswer(made=made)
    except LeftOver as error:
        answer = RedactAnswer(left=error.proof)
    except CannotSee as error:
        answer = RedactAnswer(unseen=error.pages)
    except UserError as error:
        answer = RedactAnswer(failed=worker.failed(error))
    return msgspec.msgpack.encode(answer)


@lru_cache(maxsize=2)
def _guidelines(data: bytes) -> Guidelines:
    return Guidelines(msgspec.msgpack.decode(data, type=tuple[KnownGuideline, ...]))
