"""How a determination is begun from files: which document each is, read, and kept with the letter.

Nothing is kept before every file was read and the sources agree on whose case they are of, or
somebody said that they do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from app.errors import UserError
from app.letter import Letter
from app.services.casefile.reading import BEGINNING, LOOKED_AT, add_file
from app.services.casefile.titles import kinds
from app.services.casefile.values import CaseFile, DocumentKind
from app.services.intake.application import NotReadable, read_application
from app.services.intake.draft import Draft, draft_of, fill
from app.services.intake.ur_letter import read_ur_letter
from app.services.intake.values import Application, SourceKind, UrDecision
from app.services.letter_intake import Reader
from app.services.new_letter import begin
from app.services.pdf import CannotOpen, FormText, NotAPdf
from app.services.regular_files import read_regular
from app.services.settings import Settings
from app.services.store import Imported, Store
from app.services.store.case_files import CaseFiles


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


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a draft is begun from."""

    application: SourceFile | None = None
    decision: SourceFile | None = None
    records: tuple[Path, ...] = ()

    def draft(self, at_hand: Letter | None = None) -> Draft:
        """What they say together."""
        application = self.application.application if self.application else None
        decision = self.decision.decision if self.decision else None
        return draft_of(application, decision, at_hand)

    @property
    def read(self) -> tuple[SourceFile, ...]:
        """The application and the decision, once where they are one file."""
        found = (one for one in (self.application, self.decision) if one is not None)
        return tuple({one.data: one for one in found}.values())

    def of_kind(self, kind: SourceKind) -> SourceFile | None:
        """The file that is the application, or the decision."""
        return self.application if kind is SourceKind.APPLICATION else self.decision


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


def check_records(path: Path) -> Path:
    """A file of records, which is read when it is kept. Raises UserError, which names the file."""
    try:
        with path.open("rb") as file:
            begins_well = BEGINNING in file.read(LOOKED_AT)
    except OSError as error:
        raise CannotOpen(error.strerror or type(error).__name__) from error
    if not begins_well:
        raise UserError(
            f"{path.name}: {NotAPdf().what}", "Records are kept as PDF: print it as one."
        )
    return path


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
        records=tuple(check_records(path) for path in records),
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
    filled = fill(
        draft, chosen, begun, {kind: _name_in_places(sources, kind) for kind in SourceKind}
    )
    imported = begin(
        store, filled.letter, by=by, now=now, settings=settings, evidence=filled.evidence
    )
    files = CaseFiles(store)
    for source in sources.read:
        file, _ = files.add(imported.summary.id, source.data, source.name)
        _name_document(files, file, source)
    for path in sources.records:
        add_file(files, imported.summary.id, path)
    return imported


def _name_document(files: CaseFiles, file: CaseFile, source: SourceFile) -> None:
    """What was read as one document is that one, whatever the title on its pages."""
    if len(source.kinds) != 1:
        return
    kind = DocumentKind(source.kinds[0])
    name = next(row.name for row in kinds() if row.kind is kind)
    for document in files.documents(file.case_id):
        if document.file_id == file.id:
            files.correct(document.id, {"kind": kind, "name": name})


def _name_in_places(sources: Sources, kind: SourceKind) -> str:
    """How places name the file of a source."""
    source = sources.of_kind(kind)
    return hashlib.sha256(source.data).hexdigest() if source is not None else ""


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that somebody named. Raises UserError."""
    try:
        return read_regular(path)
    except OSError as error:
        raise CannotOpen(error.strerror or type(error).__name__) from error
