"""A determination that is begun here: nothing, a letter's JSON or a letter of the list is its start.

Every letter is kept with a PDF, and so is this one: a page of ours that says what it is, so that
backups, erasing, handing over and the desk know one kind of letter only. The page prints nothing of
the letter; the new letter is set from its fields.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.evidence import Evidence, ParseResult
from app.letter import FieldId, Letter, field_ids, get_value, is_missing
from app.paths import FONTS, TEMPLATES
from app.services import editing
from app.services.application_items import items_of
from app.services.check_context import check_context
from app.services.checks import check, standing
from app.services.checks.items import match_items
from app.services.citations import Guidelines
from app.services.interchange import decode
from app.services.letter_intake import Reader
from app.services.pdf import CannotOpen
from app.services.regular_files import read_regular
from app.services.rendering import printed
from app.services.rendering.report_pdf import ReportRenderer, Section, Sheet
from app.services.review import State, all_statuses, open_points
from app.services.settings import Settings
from app.services.store import Imported, Store

PREFIX = "New determination"


def begin(
    store: Store,
    letter: Letter,
    *,
    by: str,
    now: datetime,
    file_name: str = "",
    settings: Settings | None = None,
    evidence: Mapping[FieldId, Evidence] | None = None,
) -> Imported:
    """Keep a letter that was read from no page, with how much is left to do in it.

    `file_name` is what it is called while it has no case number, `evidence` says of what was read
    from other documents where. Raises UserError.
    """
    evidence = evidence or {}
    name = file_name or f"{PREFIX} {now.isoformat(' ', 'seconds').replace(':', '.')}.pdf"
    context = check_context(settings or Settings(), name, evidence=evidence, pages=(), metadata={})
    set_aside = {dismissal.finding for dismissal in store.dismissed_always()}
    findings = standing(check(letter, context), set_aside)
    left = open_points(all_statuses(letter, letter, evidence, {}, {}, findings))
    return store.import_pdf(
        first_page(now),
        ParseResult(letter=letter, evidence=evidence, layout=letter.layout, pages=1),
        by=by,
        file_name=name,
        doubts=len(left),
        errors=sum(point.state is State.ERROR for point in left),
    )


def first_page(now: datetime) -> bytes:
    """The page that stands where a letter would that came in; no two are the same file."""
    sheet = Sheet(
        title="A determination that is begun here",
        made=now.date(),
        facts=(("Begun", printed(now.date())), ("Sheet", secrets.token_hex(4))),
        sections=(
            Section(
                heading="There is no letter to read from",
                words="Its fields are in the form. As it will be printed it stands under the tab "
                "New letter.",
            ),
        ),
        foot="This page is kept in place of a letter that came in. It is not part of the letter.",
    )
    return ReportRenderer(TEMPLATES, FONTS).render(sheet)


def as_pattern(letter: Letter) -> Letter:
    """A letter's form and reviewer, and nothing of its case: what the next one begins with."""
    return Letter(layout=letter.layout, reviewer=letter.reviewer)


class Beginning(msgspec.Struct, frozen=True):
    """What a letter has before documents fill it: a letter that was written elsewhere, or the form and
    reviewer of the kept one of that id, or nothing."""

    letter: Letter | None = None
    like: int | None = None

    def of(self, store: Store) -> Letter:
        """The letter to begin with. Raises UserError."""
        if self.letter is not None:
            return self.letter
        return as_pattern(store.case(self.like).letter) if self.like is not None else Letter()


def read_beginning(reader: Reader, path: Path, guidelines: Guidelines | None = None) -> Letter:
    """The letter in a file, written as JSON or as the PDF that is sent.

    Raises UserError, which names the file.
    """
    try:
        data = read_regular(path)
        if path.suffix.lower() == ".json":
            return decode(data, guidelines)
        letter = reader.letter(data, guidelines=guidelines).result.letter
    except OSError as error:
        raise CannotOpen(error.strerror or type(error).__name__) from error
    except UserError as error:
        raise UserError(f"{path.name}: {error.what}", error.remedy) from error
    if letter == Letter(layout=letter.layout):
        raise UserError(
            f"{path.name}: No letter was found in it.", "Choose the letter's JSON or PDF."
        )
    return letter


def with_items(letter: Letter, lines: str, given: int = 0) -> Letter:
    """The letter with a disputed item for each of the application's that it does not decide.

    `lines` is the application's list, one item a line. An item that stands empty is filled first;
    ids up to `given` are taken.
    """
    for title in match_items(letter, items_of(lines)).lost:
        letter = with_item(letter, title, given)
    return letter


def with_item(letter: Letter, title: str, given: int = 0) -> Letter:
    """The letter with one disputed item more, or with its first empty one used for it."""
    for place, issue in enumerate(letter.issues):
        if _is_empty(letter, issue.id):
            issues = (
                *letter.issues[:place],
                replace(issue, title=title),
                *letter.issues[place + 1 :],
            )
            return replace(letter, issues=issues)
    last = letter.issues[-1].id if letter.issues else None
    letter, made = editing.add_issue(letter, last, given)
    issues = tuple(
        replace(issue, title=title) if issue.id == made else issue for issue in letter.issues
    )
    return replace(letter, issues=issues)


def _is_empty(letter: Letter, issue: int) -> bool:
    return all(
        is_missing(get_value(letter, field)) for field in field_ids(letter) if field.issue == issue
    )
