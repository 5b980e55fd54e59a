"""How a letter leaves: what the checks may know of it then, what holds it here, what is noted.

One answer for every door: the window's export of the open letter, the export of many, the command.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.evidence import texts_as_read
from app.letter import FieldId, Header, Letter
from app.services.casefile.record import record_of
from app.services.check_context import check_context
from app.services.checks import CheckContext, Finding, blocking, check, standing
from app.services.checks.values import PRIVATE_RULES
from app.services.citations import Guidelines
from app.services.letter_file import letter_file
from app.services.letter_intake import Reader, text_of_kept
from app.services.pdf import PasswordNeeded
from app.services.rendering import LETTER, PUBLIC_COPY, FileExists, Renderer, file_name, write_file
from app.services.review import (
    OpenPoint,
    State,
    all_statuses,
    named_points,
    open_points,
    points_words,
)
from app.services.settings import Settings
from app.services.store import Case, CaseSummary, Scope, Status, Store
from app.services.wording import field_words


class Written(msgspec.Struct, frozen=True):
    """A file that was written, and in words what was proved of it, if anything."""

    path: Path
    proved: str = ""


class Held(UserError):
    """Errors stand in the letter, and nobody said why it may leave all the same."""

    def __init__(self, errors: Collection[Finding], left: str = "") -> None:
        """`left` is in words what is left to do in it besides."""
        first, *others = errors
        more = ""
        if others:
            noun = "error stands" if len(others) == 1 else "errors stand"
            more = f" {len(others)} more {noun}."
        if left:
            more += f" Left to do besides: {left}."
        super().__init__(
            f"Not written: {first.sentence}{more}",
            "Open the letter and correct that, or say there why it may stay.",
        )


class Unfinished(UserError):
    """Something is left to do in the letter, and nobody said why it may leave all the same."""

    def __init__(self, left: str) -> None:
        super().__init__(
            f"Not written: left to do in this letter: {left}.",
            "Open the letter and do that, or export it there all the same.",
        )


class Unprintable(UserError):
    """A character stands in the letter that no font here has."""

    def __init__(self, letter: Letter, fields: Collection[FieldId]) -> None:
        names = ", ".join(field_words(letter, field) for field in fields)
        super().__init__(
            f"Not written: a character that no font here has stands in {names}.",
            "Replace it, or open the letter and export it there all the same.",
        )


class Gate(msgspec.Struct, frozen=True):
    """What holds a letter: errors of the checks, what else is left to do in it, and fields that
    would be printed with a `?`."""

    errors: tuple[Finding, ...] = ()
    unprintable: tuple[FieldId, ...] = ()
    left: tuple[OpenPoint, ...] = ()

    @property
    def holds(self) -> bool:
        return bool(self.errors or self.left or self.unprintable)

    def pass_with(self, letter: Letter, reason: str) -> None:
        """Raises Held, Unfinished or Unprintable where something holds the letter and there is no
        reason."""
        if reason.strip():
            return
        left = named_points(letter, self.left) if self.left else ""
        if self.errors:
            raise Held(self.errors, left)
        if left:
            raise Unfinished(left)
        if self.unprintable:
            raise Unprintable(letter, self.unprintable)


def gate(
    renderer: Renderer,
    letter: Letter,
    context: CheckContext,
    set_aside: Collection[str] = (),
    *,
    redacted: bool = False,
) -> Gate:
    """What holds a letter here, the same for every door."""
    errors = blocking(standing(check(letter, context), set_aside))
    if redacted:
        errors = held_in_public(errors, letter, context)
    return Gate(errors, renderer.unprintable(letter))


def held_in_public(
    errors: Collection[Finding], letter: Letter, context: CheckContext
) -> tuple[Finding, ...]:
    """Those of the errors that also hold the public copy: what it takes out does not."""
    if not any(error.rule in PRIVATE_RULES for error in errors):
        return tuple(errors)
    from app.services.rendering.public import public_letter  # no start waits for it

    left = {
        (finding.rule, finding.field)
        for finding in check(public_letter(letter), context)
        if finding.rule in PRIVATE_RULES
    }
    return tuple(
        error
        for error in errors
        if error.rule not in PRIVATE_RULES or (error.rule, error.field) in left
    )


def override_name(errors: Collection[Finding], left: Collection[OpenPoint] = ()) -> str:
    """Under which name the journal keeps that a letter left although these errors stood, and this
    was left to do."""
    rules = ", ".join(error.rule for error in errors)
    others = points_words(tuple(left)) if left else "characters without a font"
    return f"export: {rules or others}"


def left_to_do(case: Case, errors: Sequence[Finding]) -> tuple[OpenPoint, ...]:
    """What is left to do in a kept letter, as its window would tell it, besides the errors that
    the checks found in it."""
    statuses = all_statuses(
        case.letter,
        case.parsed.letter,
        case.parsed.evidence,
        {FieldId.from_key(key): value for key, value in case.confirmed.items()},
        findings=errors,
    )
    postponed = {FieldId.from_key(key) for key in case.postponed}
    points = open_points(statuses, postponed & statuses.keys())
    return tuple(point for point in points if point.postponed or point.state is not State.ERROR)


class Leaving:
    """Writes kept letters into a folder, through the gate of the window, where nobody can be asked.

    What the window would ask is refused, with the reason. One of these writes no file twice.
    """

    def __init__(
        self, store: Store, reader: Reader, renderer: Renderer, settings: Settings, by: str
    ) -> None:
        self._store = store
        self._reader = reader
        self._renderer = renderer
        self._settings = settings
        self._by = by
        self._written: set[Path] = set()

    @cached_property
    def _guidelines(self) -> Guidelines:
        """Those of the library. It comes with the first letter that leaves, not with the window."""
        from app.services.library import Library

        return Library(self._store.database).guidelines()

    def path_of(self, case: CaseSummary, folder: Path, kind: str = LETTER) -> Path:
        """Where a letter will be written."""
        header = Header(
            case_number=case.number or Path(case.file_name).stem, decision_date=case.decision_date
        )
        name = file_name(Letter(header=header), kind, "pdf", self._settings.file_name)
        return folder / name

    def write(
        self,
        case_id: int,
        folder: Path,
        *,
        redacted: bool = False,
        overwrite: bool = False,
        reason: str = "",
        password: str | None = None,
        attach_all: bool = False,
        without_others: bool = False,
    ) -> Written:
        """Write a kept letter, or its public copy, and note it in the journal.

        `reason` says why it leaves although something holds it; `password` opens the original;
        `attach_all` attaches every value, also what no page prints; `without_others` takes everybody
        out of the public copy whom it names. Raises Held, Unfinished, Unprintable, FileExists and
        UserError, with nothing written then.
        """
        case = self._store.case(case_id)
        holding = self._gate(case, password, redacted=redacted)
        holding.pass_with(case.letter, reason)
        path = self.path_of(case.summary, folder, PUBLIC_COPY if redacted else LETTER)
        if path in self._written:
            raise UserError(
                f"Not written: another letter of this list is the file {path.name} already.",
                "Open the letter and export it there under a name of its own.",
            )
        if path.exists() and not overwrite:
            raise FileExists(path)
        if redacted:
            pdf, proved = self._public(case, without_others)
        else:
            pdf, proved = self._whole(case, path, attach_all)
        write_file(path, pdf, replace=overwrite)
        self._written.add(path)
        if holding.holds:
            self._store.dismiss(
                case_id,
                override_name(holding.errors, holding.left),
                scope=Scope.ONE,
                reason=reason.strip(),
                by=self._by,
            )
        if not redacted:
            left = named_points(case.letter, holding.left) if holding.left else ""
            note = f"Left to do: {left}." if left else ""
            self._store.set_status(case_id, Status.EXPORTED, by=self._by, note=note)
        return Written(path, proved)

    def _gate(self, case: Case, password: str | None, *, redacted: bool) -> Gate:
        """What holds the letter here. Raises UserError for what cannot be judged."""
        if case.drafts:
            raise UserError(
                "Not written: words are half-typed in it.", "Open the letter and finish that field."
            )
        try:
            original = text_of_kept(self._store, self._reader, case.id, password)
        except PasswordNeeded as error:
            raise UserError(
                "Not written: its PDF is locked, so that the checks cannot look into it.",
                "Open the letter with its password and export it there.",
            ) from error
        context = check_context(
            self._settings,
            case.summary.file_name,
            evidence=case.parsed.evidence,
            pages=original.page_texts,
            metadata=original.metadata,
            guidelines=self._guidelines,
            record=record_of(self._store, self._reader, case.id),
        )
        set_aside = {dismissal.finding for dismissal in case.dismissals}
        holding = gate(self._renderer, case.letter, context, set_aside, redacted=redacted)
        return replace(holding, left=left_to_do(case, holding.errors))

    def _public(self, case: Case, without_others: bool) -> tuple[bytes, str]:
        # It proves its work with the PDF engine, which is loaded with the first copy.
        from app.services.public_copy import public_copy

        copy = public_copy(
            self._renderer,
            case.letter,
            texts_as_read(case.parsed.evidence),
            without_others=without_others or self._settings.without_others,
        )
        return copy.pdf, copy.sentence

    def _whole(self, case: Case, path: Path, attach_all: bool) -> tuple[bytes, str]:
        made = letter_file(
            self._renderer,
            case.letter,
            path.name,
            as_read=texts_as_read(case.parsed.evidence),
            attach_all=attach_all or self._settings.attach_all,
        )
        return made.pdf, made.sentence
