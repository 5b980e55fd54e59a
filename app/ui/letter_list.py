"""What is done to letters of the list as wholes: marked checked, removed, put back, deleted.

One letter or many, each act is one step that Ctrl+Z takes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.services.store import Act, CaseSummary, Erased, Status, Store, erase
from app.ui.desk_history import DeskHistory, Earlier, ListAct
from app.ui.jobs import Jobs
from app.ui.notice_bar import Kind, NoticeBar, Offer
from app.ui.session import Session

NEVER = datetime.min.replace(tzinfo=UTC)


class LetterList(QObject):
    """Acts on letters whether they are on the desk or not."""

    list_changed = Signal()
    """What is kept is to be listed anew."""
    letters_gone = Signal(object)
    """The letters (a tuple of their ids) are about to leave the list."""
    letter_wanted = Signal(int)
    """The letter (its id) is to be on the desk."""

    def __init__(
        self,
        store: Store,
        session: Session,
        history: DeskHistory,
        notice: NoticeBar,
        jobs: Jobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._since = datetime.now(UTC)
        self._store = store
        self._session = session
        self._history = history
        self._notice = notice
        self._jobs = jobs
        self._deletes = False

    # In earlier sittings

    def earlier_acts(
        self, case: CaseSummary | None, cases: Sequence[CaseSummary]
    ) -> tuple[Earlier, ...]:
        """What undo has to take back of earlier sittings, as a letter comes onto the desk, or none
        does: that it was checked, and letters that were removed after whatever was done to others.
        `cases` are all, those removed among them."""
        here = case.id if case is not None else None
        worked = [one for one in cases if one.status is not Status.NEW and one.id != here]
        others = [one.changed_at for one in worked if one.removed_at is None]
        last = max(others, default=NEVER)
        gone = sorted(
            (one.removed_at, one.id)
            for one in cases
            if one.removed_at is not None and last < one.removed_at < self._since
        )
        times = self._store.step_times(case.id) if case is not None else ()
        position = self._history.here
        placed = [(sum(time <= when for time in times[:position]), when, i) for when, i in gone]
        acts = [Earlier(self._removal(ids), at) for at, ids in _at_once(placed)]
        if case is not None and case.status is Status.CHECKED and (act := self._checking(case)):
            acts.append(Earlier(act, position, of_letter=True))
        return tuple(sorted(acts, key=_at))

    def _checking(self, case: CaseSummary) -> ListAct | None:
        marked = [e for e in self._store.journal(case.id) if e.act is Act.STATUS and e.after]
        if not marked or marked[-1].after != Status.CHECKED:
            return None
        before = Status(marked[-1].before)
        return ListAct(
            "Mark checked",
            partial(self._set_back, ((case.id, before),), case.id),
            partial(self._check_again, ((case.id, ""),)),
        )

    def _removal(self, ids: tuple[int, ...]) -> ListAct:
        words = "Remove letter" if len(ids) == 1 else f"Remove {len(ids)} letters"
        return ListAct(words, partial(self._put_back, ids), partial(self._remove, ids))

    # Checked

    def mark_checked(self, case_id: int, note: str = "") -> bool:
        """The letter on the desk is done; `note` is kept in its history. False where it was so."""
        before = self._session.status
        if before.is_done:
            return False
        self._session.set_status_of(case_id, Status.CHECKED, note)
        self._history.add(
            ListAct(
                "Mark checked",
                partial(self._set_back, ((case_id, before),), case_id),
                partial(self._check_again, ((case_id, note),)),
            )
        )
        return True

    def mark_many(self, cases: Sequence[CaseSummary]) -> None:
        """Mark those in which nothing is left to do; of the others it is told how many they are."""
        clean = [case for case in cases if not case.is_done and not _left(case)]
        unclean = [case for case in cases if not case.is_done and _left(case)]
        self._mark(clean)
        done = "1 letter is marked checked."
        if len(clean) != 1:
            done = f"{len(clean)} letters are marked checked."
        if not unclean:
            self._notice.tell(Kind.LISTED, done)
            return
        many = len(unclean) > 1
        left = "1 letter something is left to do: it stays as it is."
        if many:
            left = f"{len(unclean)} letters something is left to do: they stay as they are."
        words = f"{done} In {left}" if clean else f"Not marked checked. In {left}"
        again = "Mark those checked too" if many else "Mark it checked too"
        self._notice.tell(Kind.LISTED, words, Offer(again, partial(self._mark, unclean)))

    def _mark(self, cases: Sequence[CaseSummary]) -> None:
        if not cases:
            return
        before = tuple((case.id, case.status) for case in cases)
        notes = tuple((case.id, _note(case)) for case in cases)
        self._check_again(notes)
        words = "Mark checked" if len(cases) == 1 else "Mark %d letters checked"
        self._history.add(
            ListAct(
                words % len(cases) if "%d" in words else words,
                partial(self._set_back, before, None),
                partial(self._check_again, notes),
            )
        )

    def _check_again(self, notes: Sequence[tuple[int, str]]) -> None:
        for case_id, note in notes:
            self._session.set_status_of(case_id, Status.CHECKED, note)
        self.list_changed.emit()

    def _set_back(self, before: Sequence[tuple[int, Status]], wanted: int | None) -> None:
        self._history.forget_earlier()
        for case_id, status in before:
            self._session.set_status_of(case_id, status)
        self.list_changed.emit()
        if wanted is not None:
            self.letter_wanted.emit(wanted)
        self._notice.retract(Kind.LISTED)

    # Removed

    def remove(self, cases: Sequence[CaseSummary]) -> None:
        """Take letters off the list; all of them is kept, and undo brings them back."""
        ids = tuple(case.id for case in cases)
        self._remove(ids)
        if self._notice.stands(Kind.LIST_FAILED):
            return
        self._history.add(self._removal(ids))
        told = "The letter is removed from the list."
        if len(ids) > 1:
            told = f"{len(ids)} letters are removed from the list."
        self._notice.tell(
            Kind.LISTED,
            f"{told} Ctrl+Z brings back what was removed; so does the list of the removed.",
            Offer("Bring back", partial(self.put_back, cases)),
        )

    def put_back(self, cases: Sequence[CaseSummary]) -> None:
        """Put removed letters back on the list, as they were."""
        ids = tuple(case.id for case in cases)
        self._put_back(ids)
        words = "Put back on the list"
        self._history.add(ListAct(words, partial(self._remove, ids), partial(self._put_back, ids)))

    def _remove(self, ids: Sequence[int]) -> None:
        self._notice.retract(Kind.LIST_FAILED)
        self.letters_gone.emit(tuple(ids))
        try:
            self._store.remove_cases(ids, by=self._session.by)
        except UserError as error:
            self._notice.tell_problem(Kind.LIST_FAILED, error)
        self.list_changed.emit()

    def _put_back(self, ids: Sequence[int]) -> None:
        self._notice.retract(Kind.LISTED)
        try:
            self._store.put_back(*ids, by=self._session.by)
        except UserError as error:
            self._notice.tell_problem(Kind.LIST_FAILED, error)
        self.list_changed.emit()
        self.letter_wanted.emit(ids[0])

    # Deleted

    def ask_to_delete(self, cases: Sequence[CaseSummary]) -> None:
        """Removed letters are to go for good: ask in place."""
        count = len(cases)
        words = (
            "Delete this letter with its history and its file? It is erased from the backups in "
            "the data folder too: nothing brings it back."
        )
        if count > 1:
            words = (
                f"Delete these {count} letters with their history and their files? They are erased "
                "from the backups in the data folder too: nothing brings them back."
            )
        self._notice.tell(
            Kind.DELETION_ASKED,
            words,
            Offer("Keep", _nothing),
            Offer("Delete for good", partial(self._delete, cases), loses=True),
            holds=partial(self._are_removed, frozenset(case.id for case in cases)),
        )

    def _are_removed(self, ids: frozenset[int]) -> bool:
        return ids <= {case.id for case in self._store.cases(removed=True)}

    def _delete(self, cases: Sequence[CaseSummary]) -> None:
        self._notice.retract(Kind.LISTED)  # what was removed is not to be brought back any more
        self._deletes = True
        self._notice.tell(Kind.DELETING, "Deleting for good…", holds=self._is_deleting)
        ids = tuple(case.id for case in cases)
        self._jobs.run(partial(erase, self._store, ids), self._on_erased, self._on_erase_failed)

    def _on_erased(self, erased: Erased) -> None:
        self._end_deleting()
        self._notice.tell(Kind.LISTED, erased.words)
        self._history.forget()
        self.list_changed.emit()

    def _is_deleting(self) -> bool:
        return self._deletes

    def _end_deleting(self) -> None:
        self._deletes = False
        self._notice.retract(Kind.DELETING)

    def _on_erase_failed(self, error: Exception) -> None:
        self._end_deleting()
        if isinstance(error, UserError):
            self._notice.tell_problem(Kind.LIST_FAILED, error)
        self._history.forget()
        self.list_changed.emit()


def _at(earlier: Earlier) -> int:
    return earlier.at


def _at_once(gone: Iterable[tuple[int, datetime, int]]) -> list[tuple[int, tuple[int, ...]]]:
    """Letters removed together, with the steps that were taken before; `gone` has when each went."""
    acts: list[tuple[int, tuple[int, ...]]] = []
    last = NEVER
    for at, when, case_id in gone:
        if acts and acts[-1][0] == at and when == last:
            acts[-1] = (at, (*acts[-1][1], case_id))
        else:
            acts.append((at, (case_id,)))
        last = when
    return acts


def _left(case: CaseSummary) -> bool:
    return bool(case.doubts or case.postponed)


def _note(case: CaseSummary) -> str:
    """What the history keeps of a letter that is marked although something is left to do."""
    parts: list[str] = []
    if case.doubts:
        parts.append("1 field" if case.doubts == 1 else f"{case.doubts} fields")
    if case.postponed:
        parts.append(f"{case.postponed} postponed")
    return f"Left to do: {', '.join(parts)}." if parts else ""


def _nothing() -> None:
    """The notice goes, and that is all."""
