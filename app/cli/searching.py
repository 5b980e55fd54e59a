"""The command that searches all kept letters."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from app.cli.files import DONE, UNUSABLE, shown, tell
from app.cli.kept import kept_store
from app.services.archive.archive import Archive
from app.services.archive.saved import (
    SETTING,
    Kept,
    no_such_search,
    read_searches,
    with_search,
    without_search,
)
from app.services.archive.term_lists import read_terms
from app.services.archive.values import Facet, Facets, Found, Question, TermCount
from app.services.language.dates import date_text
from app.services.store import Store

SCHEMA = 1
_LONG = 500
"""With more letters to be put into the index first, that is told."""


def search(chosen: argparse.Namespace) -> int:
    """Answer one question, or what is kept of questions."""
    changes = bool(chosen.save or chosen.forget)
    with kept_store(chosen, reading=not changes) as store:
        kept: Kept = store.setting(SETTING, {})
        if chosen.list_saved:
            for name, question in read_searches(kept).items():
                print(f"{shown(name)}\t{question_words(question)}")
            return DONE
        if chosen.forget:
            store.save_setting(SETTING, without_search(kept, chosen.forget))
            return DONE
        archive = _filled(store)
        question = _question(kept, archive, chosen)
        if chosen.save:
            store.save_setting(SETTING, with_search(kept, chosen.save, question))
        if chosen.terms is not None:
            return _terms(archive, question, chosen)
        return _answer(archive, question, chosen)


def _filled(store: Store) -> Archive:
    archive = Archive(store.database)
    due = archive.due()
    if due > _LONG:
        tell(f"{due:,} letters are put into the index first.")
    archive.fill()
    return archive


def _question(searches: Kept, archive: Archive, chosen: argparse.Namespace) -> Question:
    kept = Question()
    if chosen.saved:
        known = read_searches(searches)
        if chosen.saved not in known:
            raise no_such_search(chosen.saved)
        kept = known[chosen.saved]
    values = dict(kept.chosen)
    for facet in Facet:
        typed: list[str] = getattr(chosen, facet.value)
        meant = [value for one in typed for value in archive.matching(facet, one)]
        if meant:
            values[facet] = tuple(dict.fromkeys(meant))
    if values.get(Facet.GUIDELINE) and chosen.edition:
        values[Facet.EDITION] = _of_guidelines(values)
    refused = (f"-{_as_typed(word)}" for word in chosen.without)
    return Question(
        words=" ".join(filter(None, (kept.words, *map(_as_typed, chosen.words), *refused))),
        chosen=values,
        first_day=chosen.first_day or kept.first_day,
        last_day=chosen.last_day or kept.last_day,
    )


def _of_guidelines(values: dict[Facet, tuple[str, ...]]) -> tuple[str, ...]:
    """The editions of the guidelines that were named too."""
    names = values[Facet.GUIDELINE]
    editions = values.get(Facet.EDITION, ())
    return tuple(one for one in editions if one.rpartition(", ")[0] in names)


def _as_typed(word: str) -> str:
    """One argument: a shell has taken the quotes off words that belong together."""
    parts = word.split()
    has_signs = '"' in word or any(one.startswith("-") or one.endswith("*") for one in parts)
    return word if len(parts) < 2 or has_signs else f'"{word}"'


def question_words(question: Question) -> str:
    """A question in one line."""
    parts = [question.words] if question.words else []
    parts += [f"{facet.value}: {' or '.join(of)}" for facet, of in question.chosen.items() if of]
    if question.first_day:
        parts.append(f"from {date_text(question.first_day)}")
    if question.last_day:
        parts.append(f"to {date_text(question.last_day)}")
    return shown("; ".join(parts))


def _answer(archive: Archive, question: Question, chosen: argparse.Namespace) -> int:
    found = archive.page(question, 0, chosen.limit)
    count = archive.count(question)
    meant = archive.did_you_mean(question)
    facets = archive.facets(question) if chosen.facets else None
    if chosen.json:
        print(_as_json(question, found, count, meant, facets))
        return DONE
    for one in found:
        print("\t".join(shown(part) for part in _line(one)))
    if facets is not None:
        for facet, values in facets.items():
            for value in values:
                print(f"{facet.value}\t{shown(value.value)}\t{value.count}")
    tell(_told(len(found), count, meant))
    return DONE


def _line(one: Found) -> tuple[str, ...]:
    day = date_text(one.day)
    title = "Clinical case summary" if one.issue_id is None else one.title
    return one.number or one.file_name, day, one.decision, title, one.snippet


def _told(shown_count: int, count: int, meant: str) -> str:
    items = "1 item" if count == 1 else f"{count:,} items"
    words = f"{items} found" if shown_count == count else f"{shown_count} of {items} shown"
    return f"{words}. Did you mean: {meant}" if meant else words


def _as_json(
    question: Question,
    found: tuple[Found, ...],
    count: int,
    meant: str,
    facets: Facets | None,
) -> str:
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "question": msgspec.to_builtins(question),
        "count": count,
        "did_you_mean": meant or None,
        "items": [_item(one) for one in found],
    }
    answer["question"].pop("begun")
    if facets is not None:
        answer["facets"] = {
            facet.value: {one.value: one.count for one in values}
            for facet, values in facets.items()
        }
    return msgspec.json.encode(answer).decode()


def _item(one: Found) -> dict[str, Any]:
    return {
        "case": one.number,
        "file": one.file_name,
        "title": None if one.issue_id is None else one.title,
        "decision": one.decision or None,
        "date": one.day,
        "field": one.field.key,
        "places": one.places,
        "snippet": one.snippet,
        "lit": one.lit,
    }


def _terms(archive: Archive, question: Question, chosen: argparse.Namespace) -> int:
    counted = archive.terms(read_terms(chosen.terms), question)
    if chosen.json:
        rows = [
            {"term": one.term, "items": one.items, "letters": one.letters, "problem": one.problem}
            for one in counted
        ]
        print(msgspec.json.encode({"schema": SCHEMA, "terms": rows}).decode())
    else:
        for one in counted:
            print(f"{shown(one.term)}\t{one.items}\t{one.letters}")
    return _with_problems(counted)


def _with_problems(counted: tuple[TermCount, ...]) -> int:
    """Tell the lines that could not be searched."""
    lacking = [one for one in counted if one.problem]
    for one in lacking:
        tell(f"{shown(one.term)}: {one.problem}")
    return UNUSABLE if lacking else DONE
