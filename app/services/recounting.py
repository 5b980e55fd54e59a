"""How much is left to do in letters that nobody has opened since the rules changed, for the list."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import msgspec

from app import __version__
from app.errors import UserError
from app.letter import FieldId
from app.services.casefile.record import record_of
from app.services.check_context import check_context
from app.services.checks import Finding, check, standard_table, standing
from app.services.citations import Guidelines
from app.services.letter_intake import Reader, text_of_kept
from app.services.review import State, all_statuses, open_points
from app.services.settings import Settings
from app.services.store import Case, Store

STAMP = "counted_with"
"""Under which it is kept by which rules the list was counted last."""


def stamp_of(store: Store, settings: Settings) -> str:
    """Another one where letters may be judged otherwise than before. Raises UserError."""
    set_aside = sorted(dismissal.finding for dismissal in store.dismissed_always())
    told = (
        __version__,
        standard_table(),
        sorted(settings.rules.items()),
        settings.house_rules,
        settings.days_to_decide,
        set_aside,
    )
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def recount(
    store: Store,
    reader: Reader,
    settings: Settings,
    case_ids: Sequence[int],
    *,
    guidelines: Callable[[], Guidelines],
    stopped: Callable[[], bool],
) -> bool:
    """Count anew what is left to do in kept letters; whether all of them were looked at.

    One that cannot be read (its file is locked or gone) is listed as before until it is opened;
    so is one that was changed meanwhile, which is counted by whoever changes it.
    """
    for case_id in case_ids:
        if stopped():
            return False
        try:
            case = store.case(case_id)
            doubts, errors = _left(case, store, reader, settings, guidelines())
            summary = case.summary
            if (summary.doubts, summary.errors) != (doubts, errors):
                store.set_left(case_id, doubts, errors, unless_changed_since=summary.changed_at)
        except (KeyError, UserError):  # it was deleted, or cannot be read
            continue
    return True


def findings_of(
    case: Case, store: Store, reader: Reader, settings: Settings, guidelines: Guidelines
) -> tuple[Finding, ...]:
    """All that the checks find in a kept letter, also what was set aside. Raises UserError."""
    original = text_of_kept(store, reader, case.id)
    context = check_context(
        settings,
        case.summary.file_name,
        evidence=case.parsed.evidence,
        pages=original.page_texts,
        metadata=original.metadata,
        guidelines=guidelines,
        record=record_of(store, reader, case.id),
    )
    return check(case.letter, context)


def _left(
    case: Case, store: Store, reader: Reader, settings: Settings, guidelines: Guidelines
) -> tuple[int, int]:
    """(fields with something left to do that is not put off, those of them that are errors)."""
    set_aside = {dismissal.finding for dismissal in case.dismissals}
    statuses = all_statuses(
        case.letter,
        case.parsed.letter,
        case.parsed.evidence,
        {FieldId.from_key(key): value for key, value in case.confirmed.items()},
        findings=standing(findings_of(case, store, reader, settings, guidelines), set_aside),
    )
    postponed = {FieldId.from_key(key) for key in case.postponed} & statuses.keys()
    waiting = [point for point in open_points(statuses, postponed) if not point.postponed]
    return len(waiting), sum(point.state is State.ERROR for point in waiting)
