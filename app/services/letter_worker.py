"""The tasks of the processes that read letters: those of `pdf`, and recognising what is in one.

It is a role of `app.services.guard`.
"""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import PurePath

import msgspec

from app.errors import UserError
from app.services.citations import Guidelines
from app.services.citations.known import KnownGuideline
from app.services.guard import Progress, SharedBytes, Task
from app.services.letter_messages import LetterAnswer, LetterRequest, RedactRequest
from app.services.pdf import worker
from app.services.pdf.messages import PictureRead, ReadPicture


def tasks(shared: SharedBytes | None, tell: Progress) -> dict[str, Task]:
    """What such a process can do, by name."""
    documents = worker.Documents(shared, tell)
    return {
        **worker.tasks_on(documents),
        "letter": partial(_letter, tell),
        "redact": partial(_redact, tell),
        "recognise": partial(_recognise, documents),
    }


def _letter(tell: Progress, body: bytes) -> bytes:
    # A tenth of a second of rules: read with the first letter, not with the first page.
    from app.services.enclosed import recognise
    from app.services.what_is_left import what_is_left

    request = msgspec.msgpack.decode(body, type=LetterRequest)
    try:
        text = worker.read(request.pdf, tell).with_recognised(request.recognised)
    except UserError as error:
        return msgspec.msgpack.encode(LetterAnswer(failed=worker.failed(error)))
    known = _guidelines(request.guidelines) if request.guidelines else None
    found = recognise(text, known)
    if text.read_to and found.result.layout == "unknown":  # what looked like the letter was none
        found = recognise(worker.read(request.pdf, tell, whole=True), known)
    left = None
    if request.judged_by is not None:
        judged_by = request.judged_by
        if found.name:
            judged_by = msgspec.structs.replace(judged_by, name=PurePath(found.name).name)
        left = what_is_left(found.result, found.text, judged_by, known)
    return msgspec.msgpack.encode(
        LetterAnswer(
            text=found.text,
            result=found.result,
            inner=found.name,
            inner_data=found.data,
            left=left,
        )
    )


def _redact(tell: Progress, body: bytes) -> bytes:
    # Few PDFs are redacted: what it takes is loaded with the first.
    from app.services.pdf_redaction import CannotSee, LeftOver, RedactAnswer, redact

    request = msgspec.msgpack.decode(body, type=RedactRequest)
    try:
        made = redact(
            request.data,
            request.terms,
            request.places,
            request.password,
            printed_pages=request.printed_pages,
            tell=tell,
        )
        answer = RedactAnswer(made=made)
    except LeftOver as error:
        answer = RedactAnswer(left=error.proof)
    except CannotSee as error:
        answer = RedactAnswer(unseen=error.pages)
    except UserError as error:
        answer = RedactAnswer(failed=worker.failed(error))
    return msgspec.msgpack.encode(answer)


def _recognise(documents: worker.Documents, body: bytes) -> bytes:
    """A ReadPicture's PictureRead."""
    # Few letters are pictures: what reads them is loaded with the first.
    from app.services.pdf.engine import ENGINE_ERRORS
    from app.services.pdf.scans import scan_of
    from app.services.recognition.engine import read_scan

    wanted = msgspec.msgpack.decode(body, type=ReadPicture)
    documents.forget(wanted.forgotten)
    document = documents.get(wanted.document)
    if document is None:
        return msgspec.msgpack.encode(PictureRead(unknown=True))
    try:
        scan = scan_of(document[wanted.page - 1], wanted.page)
    except ENGINE_ERRORS:
        return msgspec.msgpack.encode(PictureRead(damaged=True))
    return msgspec.msgpack.encode(PictureRead(page=read_scan(scan)))


@lru_cache(maxsize=2)
def _guidelines(data: bytes) -> Guidelines:
    return Guidelines(msgspec.msgpack.decode(data, type=tuple[KnownGuideline, ...]))
