"""What a determination is begun with: the facts of its sources together, its items, what differs.

The form and the letter of the review say the same in other words: each value has the document and
the page it was taken from, and where they disagree both are there to choose from. Case number, date
assigned and the day the application came in stand on neither, and are left empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from app.evidence import Doubt, Evidence
from app.letter import FieldId, Letter, get_value, is_missing, with_value
from app.services.checks.items import match_items
from app.services.intake.draft_items import DraftItem, draft_items
from app.services.intake.identity import Agreement, Difference, agreement, differences
from app.services.intake.values import (
    Application,
    Fact,
    Facts,
    SourceKind,
    Told,
    UrDecision,
    source_words,
)
from app.services.wording import value_words

OF_APPLICATION, OF_DECISION = "application", "UR decision"
_FIELDS = {
    Fact.EMPLOYEE: "cover.employee",
    Fact.CLAIM_NUMBER: "cover.claim_number",
    Fact.DATE_OF_INJURY: "header.date_of_injury",
    Fact.UR_DECIDED: "header.ur_denial_date",
    Fact.PRIORITY: "header.priority",
    Fact.PROVIDER: "cover.provider",
    Fact.ADMINISTRATOR: "cover.copies_to",
}
_ON_NO_FORM = ("header.case_number", "header.date_assigned", "header.application_received")
_SHOWN = (
    Fact.EMPLOYEE, Fact.CLAIM_NUMBER, Fact.DATE_OF_INJURY, Fact.PROVIDER, Fact.ADMINISTRATOR, Fact.PRIORITY,
    Fact.RFA_SIGNED, Fact.RFA_RECEIVED, Fact.UR_DECIDED, Fact.UR_SERVED, Fact.DIAGNOSIS, Fact.LIABILITY,
)  # fmt: skip


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One value as it is shown before it fills: which, what, from where, and what is doubtful.

    `field` is the one it fills; None where the letter has none for it.
    """

    fact: Fact
    value: str
    source: str
    doubts: tuple[str, ...] = ()
    field: FieldId | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What the sources say together, before it fills anything.

    `different` are the sentences that say the sources are of two cases.
    """

    facts: dict[Fact, tuple[Told, SourceKind]]
    items: tuple[DraftItem, ...] = ()
    lines: tuple[str, ...] = ()
    different: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The facts in the order they are looked at."""
        return tuple(
            Row(
                fact=fact,
                value=value_words(told.value),
                source=source_words(kind, told.evidence.places) if told.value is not None else "",
                doubts=tuple(doubt.words for doubt in told.evidence.doubts),
                field=FieldId(_FIELDS[fact]) if fact in _FIELDS else None,
            )
            for fact in _SHOWN
            if fact in self.facts
            for told, kind in (self.facts[fact],)
            if told.value is not None or fact in _FIELDS
        )


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A letter with what its sources say, and where each value was read."""

    letter: Letter
    evidence: dict[FieldId, Evidence]


def draft_of(
    application: Application | None,
    decision: UrDecision | None,
    at_hand: Letter | None = None,
) -> Draft:
    """What the sources say together; `at_hand` is a letter they are to be filled into."""
    one = application.facts if application else {}
    other = decision.facts if decision else {}
    different = list(differences(one, OF_APPLICATION, other, OF_DECISION))
    if at_hand is not None:
        known = facts_of(at_hand)
        for facts, name in ((one, OF_APPLICATION), (other, OF_DECISION)):
            different += differences(known, "letter", facts, name)
    notes = [*(application.notes if application else ()), *(decision.notes if decision else ())]
    liable = one.get(Fact.LIABILITY)
    if liable is not None and liable.value == "yes":
        notes.append(
            "The application says that liability is disputed too: it may be deferred until that is settled."
        )
    if application is not None and not application.is_signed:
        notes.append(
            "No date of a signature was found on the application: an unsigned one is not eligible."
        )
    return Draft(
        facts=_facts(one, other),
        items=_not_had(draft_items(application, decision), at_hand),
        lines=tuple(line.title for line in application.items) if application else (),
        different=tuple(different),
        notes=tuple(notes),
    )


def _not_had(items: tuple[DraftItem, ...], at_hand: Letter | None) -> tuple[DraftItem, ...]:
    """The items, those off that the letter has already: it would have them twice."""
    if at_hand is None or not at_hand.issues:
        return items
    had = dict(match_items(at_hand, [item.title for item in items]).decided)
    return tuple(
        replace(
            item,
            is_on=False,
            doubts=(*item.doubts, f"The letter has it already, as its item {had[item.title]}."),
        )
        if item.is_on and item.title in had
        else item
        for item in items
    )


def facts_of(letter: Letter) -> Facts:
    """What a letter says of whose case it is."""
    found: Facts = {}
    for fact in (Fact.EMPLOYEE, Fact.CLAIM_NUMBER, Fact.DATE_OF_INJURY):
        value = get_value(letter, FieldId(_FIELDS[fact]))
        if not is_missing(value):
            found[fact] = Told(value=value, evidence=Evidence())
    return found


def _facts(one: Facts, other: Facts) -> dict[Fact, tuple[Told, SourceKind]]:
    """Each fact once: the application's, but the days of the review as the review tells them."""
    found: dict[Fact, tuple[Told, SourceKind]] = {}
    for fact in Fact:
        mine, theirs = one.get(fact), other.get(fact)
        of_review = fact is Fact.UR_DECIDED
        first, second = (theirs, mine) if of_review else (mine, theirs)
        kinds = (SourceKind.UR_DECISION, SourceKind.APPLICATION)
        kind, another = kinds if of_review else kinds[::-1]
        if first is None or (
            first.value is None and second is not None and second.value is not None
        ):
            first, second, kind, another = second, first, another, kind
        if first is not None:
            found[fact] = (_compared(fact, first, second, another), kind)
    return found


def _compared(fact: Fact, told: Told, other: Told | None, name: SourceKind) -> Told:
    if other is None or told.value is None or other.value is None:
        return told
    if fact is Fact.PRIORITY:
        same = Agreement.SAME if told.value == other.value else Agreement.ANOTHER
    else:
        same = agreement(fact, told.value, other.value)
    if same is Agreement.SAME:
        return told
    words = value_words(other.value)
    return told.doubted(f"The {name} says {words}.", words)


def fill(
    draft: Draft,
    chosen: Iterable[int],
    begun: Letter | None = None,
    files: Mapping[SourceKind, str] | None = None,
) -> Filled:
    """The letter with every fact, and the items of these numbers (their places in `draft.items`).

    What `begun` has already stays: its form, its reviewer, whatever was typed. `files` name the
    sources as places do.
    """
    letter, files = begun or Letter(), files or {}
    evidence: dict[FieldId, Evidence] = {}
    for fact, name in _FIELDS.items():
        field = FieldId(name)
        if fact not in draft.facts or not is_missing(get_value(letter, field)):
            continue
        told, kind = draft.facts[fact]
        if told.value is not None:
            letter = with_value(letter, field, told.value)
        evidence[field] = replace(told.evidence, source=source_words(kind, told.evidence.places))
        evidence[field] = _in_file(evidence[field], files.get(kind, ""))
    _days_of_review(draft, evidence)
    if is_missing(letter.cover.disputed_items) and draft.lines:
        letter = with_value(letter, FieldId("cover.disputed_items"), "\n".join(draft.lines))
    wanted = set(chosen)
    for number, item in enumerate(draft.items):
        if number in wanted:
            letter, seen = item.put(letter)
            file = files.get(item.kind, "")
            evidence |= {field: _in_file(one, file) for field, one in seen.items()}
    for name in _ON_NO_FORM:
        field = FieldId(name)
        if is_missing(get_value(letter, field)):
            evidence[field] = _on_no_form(name, draft)
    return Filled(letter=letter, evidence=evidence)


def _in_file(seen: Evidence, file: str) -> Evidence:
    """The evidence with its places in a document, not in the letter; none where it is not kept."""
    places = tuple(replace(place, file=file) for place in seen.places) if file else ()
    return replace(seen, places=places)


def _days_of_review(draft: Draft, evidence: dict[FieldId, Evidence]) -> None:
    """The day the decision was served is offered beside the one it was made."""
    field = FieldId("header.ur_denial_date")
    served = draft.facts.get(Fact.UR_SERVED)
    seen = evidence.get(field)
    decided = draft.facts.get(Fact.UR_DECIDED)
    if served is None or seen is None or served[0].value is None or decided is None:
        return
    if served[0].value != decided[0].value:
        others = dict.fromkeys((*seen.others, value_words(served[0].value)))
        evidence[field] = replace(seen, others=tuple(others))


def _on_no_form(name: str, draft: Draft) -> Evidence:
    """Why such a field is empty; the day of a fax is offered for the day the application came in."""
    faxed = draft.facts.get(Fact.FAXED)
    others: tuple[str, ...] = ()
    words = "It stands neither on the application nor on the UR decision: take it from the notice of assignment."
    if (
        name == "header.application_received"
        and faxed is not None
        and isinstance(faxed[0].value, date)
    ):
        others = (value_words(faxed[0].value),)
        words += f" The fax line on the application says {others[0]}."
    return Evidence(doubts=(Doubt(words=words),), others=others)
