"""What is known of the law: how old it is, what ends when, and taking newer facts in."""

from __future__ import annotations

from datetime import date

import msgspec

from app.services.citations.drug_lists import list_on, lists_of, named
from app.services.citations.drug_values import DrugList
from app.services.citations.force import Standing, standing
from app.services.citations.known import Guidelines
from app.services.citations.lineage import stood
from app.services.database import Database
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
            drugs=drugs,
            drugs_named="" if drugs is None else named(drugs, lists),
        )


def _place(entry: Entry) -> tuple[object, ...]:
    """By section of the regulation, as numbers: 9792.23.2 before 9792.23.10."""
    numbers = entry.regulation.removeprefix("8 CCR ").split("-")[0].split(".")
    return (
        tuple(int(number) for number in numbers if number.isdecimal()) or (99999,),
        entry.title,
    )
