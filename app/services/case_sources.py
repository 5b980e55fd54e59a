"""How a determination is begun from files: which document each is, read, and kept with the letter.

Nothing is kept before every file was read and the sources agree on whose case they are of, or
somebody said that they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from app.errors import UserError
from app.letter import Letter
from app.services.intake.application import NotReadable, read_application
from app.services.intake.draft import Draft, draft_of, fill
from app.services.intake.ur_letter import read_ur_letter
from app.services.intake.values import Application, SourceKind, UrDecision
from app.services.letter_intake import Reader
from app.services.new_letter import begin
from app.services.pdf import CannotOpen, FormText
from app.services.regular_files import read_regular
from app.services.settings import Settings
from app.services.store import Imported, Store


class OfTwoCases(UserError):
    """The sources name another worker, claim or day of injury than one another."""

    def __init__(self, draft: Draft) -> None:
        told = " ".join(one.words for one in draft.different)
        super().__init__(
            f"The documents may be of two cases. {told}",
            "Choose the documents of one case, or say that they are of the same one.",
        )


class SourceFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that a draft is begun from: its bytes, and what was read of it."""

    name: str
    data: bytes
    application: Application | None = None
    decision: UrDecision | None = None

    @property
    def kinds(self) -> tuple[SourceKind, ...]:
        """What it was read as: a decision may have the application behind it."""
        pairs = (
            (self.application, SourceKind.APPLICATION),
            (self.decision, SourceKind.UR_DECISION),
        )
        return tuple(kind for read, kind in pairs if read is not None)


class RecordsFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of records: how many pages it has, and of how many no text can be read."""

    name: str
    data: bytes
    pages: int
    without_text: int
    read_to: int = 0

    @property
    def words(self) -> str:
        """What is told of it."""
        pages = f"{self.pages:,} page{'s' if self.pages != 1 else ''}"
        looked = f" of the first {self.read_to:,}" if self.read_to else ""
        if not self.without_text:
            return f"{pages}, all{looked} with text"
        return f"{pages}, {self.without_text:,}{looked} without text"


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a draft is begun from."""

    application: SourceFile | None = None
    decision: SourceFile | None = None
    records: tuple[RecordsFile, ...] = ()

    def draft(self, at_hand: Letter | None = None) -> Draft:
        """What they say together."""
        application = self.application.application if self.application else None
        decision = self.decision.decision if self.decision else None
        return draft_of(application, decision, at_hand)

    @property
    def files(self) -> tuple[tuple[str, bytes], ...]:
        """Names and bytes of all of them, each once."""
        found = [*(one for one in (self.application, self.decision) if one), *self.records]
        return tuple({one.data: (one.name, one.data) for one in found}.values())


def read_source(
    reader: Reader, path: Path, wanted: SourceKind | None = None, password: str | None = None
) -> SourceFile:
    """A file read as the application or the decision; as either or both where none is wanted.

    Raises UserError, which names the file.
    """
    data = bytes_of(path)
    try:
        form = reader.read_form(data, password)
        if wanted is SourceKind.APPLICATION:
            return SourceFile(name=path.name, data=data, application=read_application(form))
        if wanted is SourceKind.UR_DECISION:
            return SourceFile(name=path.name, data=data, decision=read_ur_letter(form))
        return _as_either(path.name, data, form)
    except UserError as error:
        raise UserError(f"{path.name}: {error.what}", error.remedy) from error


def _as_either(name: str, data: bytes, form: FormText) -> SourceFile:
    application: Application | None = None
    decision: UrDecision | None = None
    problem: NotReadable | None = None
    try:
        application = read_application(form)
    except NotReadable as error:
        problem = error
    try:
        decision = read_ur_letter(form)
    except NotReadable as error:
        problem = problem or error
    if decision is not None and not decision.items and application is not None:
        decision = None
    if application is None and decision is None:
        raise NotReadable(
            "The file is neither an application nor a utilization review decision that can be read.",
            "Choose another file, or add it as records.",
        ) from problem
    return SourceFile(name=name, data=data, application=application, decision=decision)


def read_records(reader: Reader, path: Path, password: str | None = None) -> RecordsFile:
    """A file of records, counted. Raises UserError, which names the file."""
    data = bytes_of(path)
    try:
        text = reader.read(data, password)
    except UserError as error:
        raise UserError(f"{path.name}: {error.what}", error.remedy) from error
    blank = {page.number for page in text.pages if not page.texts}
    read = set(range(1, (text.read_to or len(text.pages)) + 1))
    return RecordsFile(
        name=path.name,
        data=data,
        pages=len(text.pages),
        without_text=len((blank | set(text.unread_pages)) & read),
        read_to=text.read_to,
    )


def read_sources(
    reader: Reader,
    *,
    application: Path | None = None,
    decision: Path | None = None,
    records: Iterable[Path] = (),
    password: str | None = None,
) -> Sources:
    """All files read. Raises UserError for the first that cannot be."""
    return Sources(
        application=read_source(reader, application, SourceKind.APPLICATION, password)
        if application
        else None,
        decision=read_source(reader, decision, SourceKind.UR_DECISION, password)
        if decision
        else None,
        records=tuple(read_records(reader, path, password) for path in records),
    )


def begin_from(
    store: Store,
    sources: Sources,
    chosen: Sequence[int] | None = None,
    *,
    by: str,
    now: datetime,
    settings: Settings | None = None,
    begun: Letter | None = None,
    is_same_case: bool = False,
) -> Imported:
    """Begin a determination with what the sources say, and keep them with it.

    `chosen` are the places of the items among those of the draft; without them those that are on.
    Raises OfTwoCases unless `is_same_case`, and UserError.
    """
    draft = sources.draft(begun)
    if draft.different and not is_same_case:
        raise OfTwoCases(draft)
    if chosen is None:
        chosen = [number for number, item in enumerate(draft.items) if item.is_on]
    filled = fill(draft, chosen, begun)
    return begin(store, filled.letter, by=by, now=now, settings=settings, evidence=filled.evidence)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that somebody named. Raises UserError."""
    try:
        return read_regular(path)
    except OSError as error:
        raise CannotOpen(error.strerror or type(error).__name__) from error
