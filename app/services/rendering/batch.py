"""Many letters in one go: progress, cancel, and one failure never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from app.errors import UserError


class BatchItem(msgspec.Struct, frozen=True):
    """What became of one item. `error` is None when it was done, `stopped` if it was not tried.

    `told` is what there is to say of one that was done.
    """

    name: str
    error: UserError | None = None
    stopped: bool = False
    told: str = ""

    @property
    def done(self) -> bool:
        return self.error is None and not self.stopped


Job = tuple[str, Callable[[], str]]
"""A name for the report, and the work, which gives what there is to say of it."""


def run_batch(
    jobs: Sequence[Job],
    progress: Callable[[int, int, BatchItem], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[BatchItem, ...]:
    """Does each job in turn and says what became of it, in the same order.

    `progress` gets how many are done, how many there are, and the latest outcome. `stopped` is
    asked before each job. A job's UserError is kept; anything else is a bug and is raised.
    """
    outcomes: list[BatchItem] = []
    for name, work in jobs:
        if stopped():
            outcomes.append(BatchItem(name, stopped=True))
            continue
        try:
            outcomes.append(BatchItem(name, told=work()))
        except UserError as error:
            outcomes.append(BatchItem(name, error))
        if progress is not None:
            progress(len(outcomes), len(jobs), outcomes[-1])
    return tuple(outcomes)


def report(outcomes: Iterable[BatchItem]) -> str:
    """The outcomes in words: how many were written, and each failure on a line of its own."""
    all_of_them = tuple(outcomes)
    done = sum(outcome.done for outcome in all_of_them)
    lines = [f"{done} of {len(all_of_them)} written."]
    lines += [f"{outcome.name}: {outcome.error}" for outcome in all_of_them if outcome.error]
    lines += [f"{outcome.name}: {outcome.told}" for outcome in all_of_them if outcome.told]
    left = sum(outcome.stopped for outcome in all_of_them)
    if left:
        lines.append(f"{left} not started: stopped.")
    return "\n".join(lines)
