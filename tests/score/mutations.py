"""One error of each kind put into a letter that was sound: what the checks are measured by.

A mutation takes a letter and a random source and gives the letter with one error, or None where
the letter has no place for it, or where nothing in it could ever tell (a date of injury that the
letter tells only once). `caught_by` are the rules any of which says what is wrong.
"""

from __future__ import annotations

import random

from app.letter import Letter
from app.services.checks import CheckContext
from tests.score import (
    mutated_citations,
    mutated_decisions,
    mutated_facts,
    mutated_items,
    mutated_texts,
)
from tests.score.mutation import KINDS, Mutant, Mutation

__all__ = ["KINDS", "Mutant", "Mutation", "applied"]

# Each of these modules enters its kinds in the list when it is read.
SOURCES = (mutated_decisions, mutated_items, mutated_facts, mutated_citations, mutated_texts)


def applied(letter: Letter, mutation: Mutation, seed: int) -> Mutant | None:
    """The mutation put into the letter; the same seed gives the same error."""
    mutant = mutation.change(
        letter, random.Random(f"{mutation.name}/{letter.header.case_number}/{seed}")
    )
    return (
        mutant if mutant and (mutant.letter != letter or mutant.context != CheckContext()) else None
    )
