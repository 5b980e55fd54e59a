"""What is known of the law: how old it is, what ends when, and taking newer facts in."""

from __future__ import annotations

from datetime import date

import msgspec

from app.services.citations.drug_lists import list_on, lists_of, named
from app.services.citations.drug_values import DrugList
from app.services.citations.force import Adoption, Standing, standing
from app.services.citations.known import Guidelines
from app.services.citations.lineage import stood
from app.services.database import Database
from app.services.language.dates import date_text
from app.services.library import facts
from app.services.library.facts import FactsFile, Update
from app.services.library.picking import mtus_entries
from app.services.library.values import Entry


class LawStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What is known, its age today. `in_force` are the editions that stand on the day asked for, by regulation;
    `ending` those of them whose last day is known; `proposed` what was only heard so far."""

    version: int
    as_of: date | None
    signed_off_by: str
    age_in_days: int | None
    in_force: tuple[tuple[Entry, Standing], ...]
    ending: tuple[Entry, ...]
    proposed: tuple[Entry, ...]
    drugs: DrugList | None
    drugs_named: str = ""
    """How the drug list is called, with what is not sure of it."""
    coming: tuple[Entry, ...] = ()
    """Editions that are known to begin later."""
    next_drugs: DrugList | None = None
    withdrawn: tuple[Entry, ...] = ()
    """Editions that were told as adopted and are not."""


def status_lines(told: LawStatus, on: date) -> tuple[str, ...]:
    """What is known of the law, in lines: its age, what stands, what ends when, what is proposed."""
    signed = f", signed off by {told.signed_off_by}" if told.signed_off_by else ""
    age = "" if told.age_in_days is None else f", {max(told.age_in_days, 0)} days old today"
    lines = [f"Facts of {date_text(told.as_of)}, version {told.version}{signed}{age}"]
    lines += ["", f"In force on {date_text(on)}:"]
    lines += [f"  {_standing_line(entry, stands)}" for entry, stands in told.in_force]
    if told.drugs is not None:
        rows = f"{len(told.drugs.rows)} rows" if told.drugs.rows else "its rows are not here"
        lines.append(f"  {told.drugs_named.removeprefix('the ')}: {rows}")
    return (*lines, "", *_what_ends(told, on), *_not_law(told))


def _standing_line(entry: Entry, stands: Standing) -> str:
    ends = f" until {date_text(entry.effective_to)}" if entry.effective_to else ""
    marks = [] if entry.dates_confirmed else ["dates not confirmed"]
    marks += [stands.value] if stands is not Standing.IN_FORCE else []
    told = f" ({'; '.join(marks)})" if marks else ""
    return f"{entry.regulation or '-'}\t{entry.title} {entry.edition}{ends}{told}"


def _what_ends(told: LawStatus, on: date) -> list[str]:
    """What ends or begins after the day, the first of it first."""
    days = [
        (entry.effective_to, f"{entry.title} {entry.edition} ends")
        for entry in told.ending
        if entry.effective_to is not None
    ]
    days += [
        (entry.effective_from, f"{entry.title} {entry.edition} begins")
        for entry in told.coming
        if entry.effective_from is not None
    ]
    if told.next_drugs is not None:
        name = f"MTUS Drug List v. {told.next_drugs.version} begins"
        days.append((told.next_drugs.effective_from, name))
    if not days:
        return [f"What ends when: nothing that is in force on {date_text(on)} is known to end."]
    return [
        f"What ends and begins after {date_text(on)}:",
        *(f"  {date_text(day)}\t{name}" for day, name in sorted(days)),
    ]


def _not_law(told: LawStatus) -> list[str]:
    lines: list[str] = []
    for heading, entries in (("Only proposed:", told.proposed), ("Withdrawn:", told.withdrawn)):
        if entries:
            lines += ["", heading]
            lines += [f"  {entry.title} {entry.edition}. {entry.remark}" for entry in entries]
    return lines


class LawBook:
    """The facts of one database's library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def preview(self, file: FactsFile) -> Update:
        """What a file of facts would change. Raises UserError for one that is not newer."""
        with self._database.reading() as session:
            return facts.preview(session, file)

    def take_in(self, update: Update) -> None:
        """Change what the preview says. What the user changed or deleted stays so."""
        with self._database.writing() as session:
            facts.take_in(session, update)

    def keep_list(self, drugs: DrugList) -> None:
        """Keep a drug list that was read in."""
        with self._database.writing() as session:
            facts.keep_list(session, drugs)

    def status(self, on: date, guidelines: Guidelines) -> LawStatus:
        """What is known on that day, and how old that knowledge is."""
        with self._database.reading() as session:
            last = facts.taken(session)
            entries = mtus_entries(session)
        as_of = last.as_of if last else facts.program_as_of()
        lists = lists_of(guidelines)
        drugs = list_on(lists, on)
        standing_now = [(entry, standing(entry, on)) for entry in entries if stood(entry, on)]
        return LawStatus(
            version=last.version if last else facts.program_version(),
            as_of=as_of,
            signed_off_by=last.signed_off_by if last else "",
            age_in_days=None if as_of is None else (date.today() - as_of).days,
            in_force=tuple(sorted(standing_now, key=lambda pair: _place(pair[0]))),
            ending=tuple(entry for entry, _ in standing_now if entry.effective_to is not None),
            proposed=tuple(e for e in entries if standing(e, on) is Standing.PROPOSED),
            withdrawn=tuple(e for e in entries if e.adoption is Adoption.WITHDRAWN),
            drugs=drugs,
            coming=tuple(
                e
                for e in entries
                if e.effective_from is not None
                and e.effective_from > on
                and e.adoption is not Adoption.WITHDRAWN
            ),
            next_drugs=min(
                (one for one in lists if one.effective_from > on),
                key=lambda one: (one.effective_from, one.version),
                default=None,
            ),
            drugs_named="" if drugs is None else named(drugs, lists),
        )


def _place(entry: Entry) -> tuple[object, ...]:
    """By section of the regulation, as numbers: 9792.23.2 before 9792.23.10."""
    numbers = entry.regulation.removeprefix("8 CCR ").split("-")[0].split(".")
    return (
        tuple(int(number) for number in numbers if number.isdecimal()) or (99999,),
        entry.title,
    )
