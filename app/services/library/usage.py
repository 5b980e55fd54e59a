"""Which entries were cited in which letters, for what, and with which result."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.letter import Decision
from app.services.library.rows import EntryRow, UseRow
from app.services.library.stored import now

RECENT = 12
MOST_FOR_TREATMENT = 24


class Used(msgspec.Struct, frozen=True, kw_only=True):
    """How often an entry was used for a kind of treatment, and what was decided."""

    times: int
    outcomes: tuple[tuple[Decision, int], ...]


def record(
    session: Session, entry_id: int, case_key: str, treatment: str, outcome: Decision | None
) -> None:
    """Notes a use; a second use for the same treatment of the same letter replaces the first."""
    values = {
        "entry_id": entry_id,
        "case_key": case_key,
        "treatment": treatment,
        "outcome": None if outcome is None else outcome.value,
        "used_at": now(),
    }
    statement = insert(UseRow).values(values)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["entry_id", "case_key", "treatment"],
            set_={"outcome": statement.excluded.outcome, "used_at": statement.excluded.used_at},
        )
    )


# The id an entry has now: that of the one it was merged into.
_CURRENT = func.coalesce(EntryRow.merged_into, EntryRow.id)


def for_treatment(session: Session, treatment: str) -> dict[int, Used]:
    """Entries used before for this kind of treatment, the most used first."""
    rows = session.execute(
        select(_CURRENT, UseRow.outcome, func.count())
        .join(UseRow, UseRow.entry_id == EntryRow.id)
        .where(UseRow.treatment == treatment)
        .group_by(_CURRENT, UseRow.outcome)
    )
    counts: dict[int, dict[str | None, int]] = {}
    for entry_id, outcome, count in rows:
        counts.setdefault(entry_id, {})[outcome] = count
    used = {
        entry_id: Used(
            times=sum(by_outcome.values()),
            outcomes=tuple(
                (decision, by_outcome[decision.value])
                for decision in Decision
                if by_outcome.get(decision.value)
            ),
        )
        for entry_id, by_outcome in counts.items()
    }
    ordered = sorted(used, key=lambda entry_id: (-used[entry_id].times, entry_id))
    return {entry_id: used[entry_id] for entry_id in ordered[:MOST_FOR_TREATMENT]}


def of_entry(session: Session, entry_id: int) -> tuple[tuple[Decision | None, int], ...]:
    """How often an entry was cited, by decision; None counts the undecided."""
    rows = session.execute(
        select(UseRow.outcome, func.count())
        .join(EntryRow, UseRow.entry_id == EntryRow.id)
        .where(_CURRENT.in_((entry_id,)))
        .group_by(UseRow.outcome)
    )
    counts: dict[str | None, int] = {row[0]: row[1] for row in rows}
    decisions: tuple[Decision | None, ...] = (*Decision, None)
    return tuple((one, counts[one]) for one in decisions if counts.get(one))


def recent(session: Session) -> Sequence[int]:
    """The entries used last, newest first."""
    rows = session.execute(
        select(_CURRENT)
        .join(UseRow, UseRow.entry_id == EntryRow.id)
        .order_by(UseRow.used_at.desc(), UseRow.id.desc())
        .limit(RECENT * 4)
    )
    return list(dict.fromkeys(entry_id for (entry_id,) in rows))[:RECENT]
