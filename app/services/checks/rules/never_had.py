"""Rules on what was had: told as never had in one place, and as had, as a second one or as the first in another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from app.services.checks.claims import (
    NOT_DONE,
    had,
    related,
    same_part,
)
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.hits import pair_hit
from app.services.checks.naming import is_patients
from app.services.checks.rules.requests import title_items
from app.services.checks.values import Hit
from app.services.language.asides import is_reported
from app.services.language.context import Marks
from app.services.language.facts import Fact
from app.services.language.occasions import AGAIN as ONE_MORE
from app.services.language.occasions import FIRST, occasion
from app.services.language.seeking import seek
from app.services.language.terms import (
    DRUG,
    GENERAL,
    PART,
    TREATMENT,
    group_of,
    wider,
)
from app.services.language.texts import Text

AGAIN = re.compile(
    r"\b(?:repeat(?:ed|ing)?|second|third|another|continued|continuation of|additional|(?:prior|previous|last|earlier))\s+(?:[\w-]+\s+){0,4}$",
    re.I,
)


FIRST_USER = re.compile(r"\bfirst[- ]time (?:user|use|recipient)s? of (?:[\w-]+ )?$", re.I)


GIVEN = re.compile(r"\s+(?:injections?|treatments?|infusions?)\b", re.I)


OF_THIS_ONE = re.compile(r"^(?:prior|previous|last|earlier)", re.I)


ARRANGED = re.compile(
    r"\b(?:certified|scheduled|booked|planned for|set for|authorized for)\b", re.I
)
"""Not done yet, and about to be."""


NOT_SENT = re.compile(
    r"\b(?:not|never)\s+(?:\w+\s+)?(?:referred|sent|scheduled) (?:to|for)\s+(?:\w+\s+){0,2}$", re.I
)


FIRST_OF_ALL = re.compile(
    r"\bfor the (?:very )?first time\b|\bnew to (?:him|her|this|the) ?(?:patient|worker|claimant|applicant|man|woman|lady|gentleman)?\b(?! (?:area|practice|provider|doctor|clinic|job|claim))"
    r"|\b(?:this|the) (?:(?:being|is|would be) )?(?:the |an? )?(?:initial|first|very first|maiden) (?:one|exposure|trip|go|attempt|try|set|round|course|trial|series|operation|procedure|injection|block|study)\b(?! of\b)",
    re.I,
)
"""What is asked for, called the first of its kind in a sentence that does not name it."""


FOR_A_TIME = re.compile(
    r"\bsince\b(?! (?:the|his|her|this) (?:injury|accident|date))|\b(?:recent\w*|lately|this year|last year|of late|in (?:the (?:last|past)|over)|currently|at present|any (?:more|longer)|no longer)\b",
    re.I,
)
"""Told as not had for a time only."""


SOUGHT = re.compile(
    r"\b(?:request|sought|seek|order|propos|plan|recommend|want|authoriz|denied)\w*", re.I
)


ONCE = frozenset(("surgery", "injection"))


STUDIES = frozenset(("imaging", "electrodiagnostic"))


AGAIN_IN_TITLE = re.compile(r"\brepeat|\bupdated?\b|\bfollow", re.I)


LATELY = re.compile(
    r"\s+(?:of|from|in|done)?\s*(?:last|this past) (?:year|month|week|spring|summer|fall|autumn|winter)\b",
    re.I,
)


TO_COME = re.compile(
    r"\bwill\b|\bonce (?:he|she|it|this|the \w+|the injured worker)\b|\b(?:is|are) to be\b|\bstill to be\b|\bto (?:commence|begin|start|follow)\b",
    re.I,
)
"""Told of what is planned, and not of what was."""


def had_against_never(facts: Facts) -> Iterator[Hit]:
    """The rationale or the title speaks of a treatment as had; the summary says it never was."""
    never = [
        fact
        for fact in facts.summary.of_kind(TREATMENT, DRUG)
        if _never_was(facts.summary, fact) and not _only_for_a_time(facts.summary, fact)
    ]
    for issue in facts.issues:
        hit = _first_hit(facts, issue)
        if hit is not None:
            yield hit
    for issue in facts.issues if never else ():
        for name, text in (("rationale", issue.rationale), ("title", issue.title)):
            hit = _never_hit(facts, issue, name, text, never)
            if hit is not None:
                yield hit
                break


def _never_was(text: Text, fact: Fact) -> bool:
    """Told as not had; of what is done once, that it is not so is enough: "declined an operation"."""
    marks = fact.marks
    if not marks.denied or marks.undocumented or not marks._replace(asked=False).plain:
        return False
    sentence = text.sentences[fact.sentence].text
    if seek(ARRANGED, sentence):
        return False
    once = bool(fact.cases_of & ONCE) and marks.patient and marks.near <= 2
    once = once or (marks.near <= 2 and seek(NOT_DONE, sentence) is not None)
    if marks.asked:
        return (
            marks.near <= 4
            and NOT_SENT.search(text.raw, text.place(fact.sentence)[0], fact.start) is not None
        )
    return (marks.done and marks.near <= 4) or once


def _only_for_a_time(text: Text, fact: Fact) -> bool:
    """Told as not had since then, of what is told as had too."""
    passing = seek(FOR_A_TIME, text.sentences[fact.sentence].text)
    return passing is not None and any(
        had(other) and related(other, fact) for other in text.of_kind(fact.kind)
    )


def again_untold(facts: Facts) -> Iterator[Hit]:
    """A study told as a second one, where the summary tells which studies there were, and not this one."""
    studies = [f for f in facts.summary.of_kind(TREATMENT) if group_of(f.name) in STUDIES]
    done = [f for f in studies if had(f) and f.name not in GENERAL]
    for issue in facts.issues if done else ():
        titled = {i.name for i in title_items(issue)}
        if seek(AGAIN_IN_TITLE, issue.issue.title):
            continue
        for fact in issue.rationale.of_kind(TREATMENT):
            if (
                fact.name not in titled
                or group_of(fact.name) not in STUDIES
                or (not fact.marks.plain and not fact.marks.asked)
            ):
                continue
            again = AGAIN.search(issue.rationale.raw, max(0, fact.start - 60), fact.start)
            known = any(f.name == fact.name and not f.marks.asked for f in studies)
            if again and not known and is_patients(issue.rationale, fact.sentence):
                yield pair_hit(facts, issue, "rationale", issue.rationale, fact, done[0])
                break


def _never_hit(
    facts: Facts, issue: IssueFacts, name: str, text: Text, never: list[Fact]
) -> Hit | None:
    for fact in (*text.of_kind(TREATMENT, DRUG), *_called_by_kind(text, issue)):
        if fact.marks.denied and not fact.marks.undocumented:
            continue
        again = AGAIN.search(text.raw, max(0, fact.start - 60), fact.start)
        if not again and (name == "title" or not (had(fact) or LATELY.match(text.raw, fact.end))):
            continue
        dated = LATELY.match(text.raw, fact.end) is not None
        if name == "rationale" and not dated and not is_patients(text, fact.sentence):
            continue
        if seek(TO_COME, text.sentences[fact.sentence].text):
            continue
        known = fact.cases_of
        if fact.name == "therapy":
            # "Therapy in the past": of the kind that is asked for.
            titled = {item.name for item in title_items(issue)}
            known = known | {name for name in titled if fact.name in wider(name)}
        if again and not fact.parts and OF_THIS_ONE.search(again[0]):
            # "The prior injection": one of the kind that is asked for.
            known = known.union(
                *(wider(item.name) for item in title_items(issue) if fact.name in wider(item.name))
            )
        if any(
            had(one) and one.name == fact.name and same_part(one, fact)
            for one in facts.summary.of_kind(fact.kind)
        ):
            continue  # the summary tells it as well: what it denies is another one
        for other in never:
            if is_reported(facts.summary, other.start):
                continue
            if other.name in known and same_part(other, fact):
                return pair_hit(facts, issue, name, text, fact, other)
    return None


def _first_untold(facts: Facts, issue: IssueFacts) -> Hit | None:
    """Called the first of its kind by a sentence that does not name it, where the summary tells it as had."""
    items = {item.name: item for item in title_items(issue) if item.name}
    text = issue.rationale
    if len(items) != 1:
        return None
    ((name, item),) = items.items()
    theirs = [f for f in facts.summary.of_kind(item.kind) if had(f) and f.name == name]
    for number, sentence in enumerate(text.sentences if theirs else ()):
        match = seek(FIRST_OF_ALL, sentence.text)
        named = any(
            f.kind in (TREATMENT, DRUG) and f.name not in wider(name)
            for f in text.in_sentence(number)
        )
        if match is None or named or number in text.quoted:
            continue
        start, _ = text.place(number)
        ours = Fact(item.kind, name, start + match.start(), start + match.end(), number, Marks())
        same = [f for f in theirs if same_part(f, ours._replace(parts=issue.title.named(PART)))]
        if same:
            return pair_hit(facts, issue, "rationale", text, ours, same[0])
    return None


def _first_hit(facts: Facts, issue: IssueFacts) -> Hit | None:
    """Told as the first of its kind where the summary tells it as had, or as one more where not."""
    untold = _first_untold(facts, issue)
    if untold is not None:
        return untold
    text = issue.rationale
    for fact in (*text.of_kind(TREATMENT, DRUG), *_called_by_kind(text, issue)):
        told = occasion(text, fact)
        if not told or fact.marks.source or fact.negative or fact.sentence in text.quoted:
            continue
        if told == FIRST and had(fact) and fact.kind == TREATMENT and not fact.marks.asked:
            continue  # a first one that is over
        if not is_patients(text, fact.sentence):
            continue
        new_to_it = FIRST_USER.search(text.raw, max(0, fact.start - 40), fact.start)
        if fact.kind == DRUG and not (new_to_it or GIVEN.match(text.raw, fact.end)):
            continue
        for other in facts.summary.of_kind(fact.kind):
            if not _is_one(fact, other, issue) or not same_part(other, fact):
                continue
            first = told == FIRST and had(other)
            if first or (told == ONE_MORE and _is_asked_first(facts.summary, other)):
                return pair_hit(facts, issue, "rationale", text, fact, other)
    return None


BY_KIND = re.compile(
    r"(?<!after )(?<!following )(?<!since )(?<!from )(?<!during )(?<!with )(?<!by )\b(?:the|this|that|such an?|a|an|another|second|repeat(?:ing|ed)?|first|initial|his|her)\s+(?P<kind>series|course|program|procedure|operation|injections?|blocks?|study|scan|trial|round)\b(?! of\b)",
    re.I,
)


def _called_by_kind(text: Text, issue: IssueFacts) -> Iterator[Fact]:
    """The title's item where the rationale calls it by what it is alone: "repeating the series"."""
    items = [item for item in title_items(issue) if item.name]
    if len({item.name for item in items}) != 1:
        return
    for match in text.found(BY_KIND):
        number = text.sentence_at(match.start())
        if number is not None and not any(
            fact.kind in (TREATMENT, DRUG) for fact in text.in_sentence(number)
        ):
            yield Fact(items[0].kind, items[0].name, *match.span("kind"), number, Marks())


def _is_one(fact: Fact, other: Fact, issue: IssueFacts) -> bool:
    """The same, or a wider word for what the title asks for: "the first time it is injected"."""
    titled = {item.name for item in title_items(issue)}
    return other.name == fact.name or (other.name in titled and fact.name in wider(other.name))


def _is_asked_first(text: Text, fact: Fact) -> bool:
    """Told as the first of its kind that is asked for."""
    asked = seek(SOUGHT, text.sentences[fact.sentence].text)
    return asked is not None and occasion(text, fact) == FIRST


RULES: dict[str, Callable[[Facts], Iterable[Hit]]] = {
    "had-against-never": lambda facts: (*had_against_never(facts), *again_untold(facts)),
}
