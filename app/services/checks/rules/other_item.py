"""Rules on what is spoken of: another drug, or another kind of item, than the title asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from app.services.checks.facts import PASSED, Facts, IssueFacts
from app.services.checks.hits import item_hit
from app.services.checks.naming import is_ancillary, is_patients
from app.services.checks.rules.requests import SUMMARY, is_asked, is_now, title_items
from app.services.checks.values import Hit
from app.services.language.items import Item, is_general, items_of
from app.services.language.seeking import seek
from app.services.language.terms import (
    DRUG,
    TREATMENT,
    concepts,
    drug_list,
    group_of,
    in_words,
    wider,
)
from app.services.language.texts import Text

ASKS_FOR = re.compile(
    r"\b(?:the|this|an?)\s+[^.;,]{3,40}?\s+(?:being (?:requested|sought|asked for|proposed)|for which (?:approval|authorization|certification) is|(?:that|which) (?:is|was|has been) (?:requested|sought|ordered|asked for|proposed)|as (?:requested|ordered|proposed))\b|\b(?:the|this|an?)\s+(?:proposed|planned|ordered|recommended|prescribed)\s+[^.;,]{3,60}?(?=\s+(?:is|are|was|were|should|would|may|can)\b)|\b(?:the|this|current|present)\s+(?:\w+\s+)?(?:requests?\s+(?:(?:is|was)\s+)?(?:for|of|to)|requested)\s+[^.;,]{3,90}|\brequest(?:s|ed|ing)\s+(?:for\s+)?(?:an?\s|the\s)?[^.;,]{3,60}"
    r"|^[^.;]{3,80}?\b(?:has been|have been|was|is|were|are) (?:being |now |currently )?(?:requested|asked for|ordered|at issue|in dispute|submitted for review|what has been asked for)\b",
    re.I,
)
CONCLUDED_ON = re.compile(
    r"[^.;]{3,160}?\b(?:is|are|was|were),?\s+(?:\w+,?\s+){0,5}?(?:medically|not|necessary|supported|warranted|appropriate|certified|approved|authorized)\b",
    re.I,
)
# What says that a drug is taken and does something.
BENEFIT = re.compile(
    r"\b(?:lets?|allows?|enables?|helps?|helped|reliev\w+|reduc\w+|improv\w+|keeps?|works?|worked|effective|benefit\w*|takes?|uses?|with relief)\b",
    re.I,
)
# The kind of item a study, a device or an operation is; what is proposed of one is compared with the title.
PROPOSED = re.compile(
    r"\b(?:is|are|was|were)\s+(?:not\s+|therefore\s+|thus\s+|clearly\s+|well\s+|fully\s+)*(?:supported|warranted|justified|certified|indicated|appropriate|reasonable|necessary|needed|called for|of use|meant to|intended to|an (?:accepted |appropriate |reasonable )?(?:option|operation|treatment|study|procedure)|the (?:study|test|procedure|treatment|best|right)|a (?:fitting|suitable|reasonable|good|sound|sensible|logical|proper|prudent) \w+)"
    r"|\b(?:will|would)\s+(?:not\s+)?(?:help|show|relieve|tell|reveal|clarify|assist|be of)\b|\bshould be (?:done|performed|imaged|studied|obtained|given|provided)\b",
    re.I,
)
RELIEVED = re.compile(
    r"\b(?:relieved|reduced|improved|lessened|eased|helped)\s+(?:the|his|her)\s+(?:\w+\s+)?(?:pain|symptoms|function)\b|\b(?:is|are) (?:being )?taken\b|\bwas prescribed\b",
    re.I,
)
INSTEAD = re.compile(
    r"\b(?:instead|rather|alternativ\w*|before|first|prior|initial\w*|other|also|another|in addition|as well|less invasive|previous\w*|unless|if|after|following|followed|subsequent\w*|until|could|(?-i:may)|consider\w*|recommend\w*|without|versus|than|and)\b",
    re.I,
)
# "Before Norco he took another drug."
OTHER_TIME = re.compile(r"\b(?:before|prior to|until|then|earlier)\b", re.I)
ANY_CLASS = frozenset(("analgesic", "topical"))
COMPARED_GROUPS = frozenset(
    ("imaging", "electrodiagnostic", "injection", "surgery", "equipment", "psych", "diagnostic")
)


class _Asked(NamedTuple):
    """One issue's drugs beside all that the letter names."""

    names: frozenset[str]
    titled: frozenset[str]
    summary: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        return self.titled | self.summary

    @property
    def twins(self) -> frozenset[str]:
        """Drugs that are easily taken for ours."""
        return _twins(self.names) - self.titled

    def replaces(self, item: Item) -> bool:
        """Whether it is of the class of a drug that the letter knows, and so may stand in its place."""
        own = set(drug_list().drugs[item.name].classes) - ANY_CLASS
        known = (drug_list().drugs.get(name) for name in self.known)
        return any(own & set(drug.classes) for drug in known if drug is not None)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset[str]().union(*(drug_list().drugs[name].classes for name in self.names))


def drug(facts: Facts) -> Iterator[Hit]:
    """The title's drug against those asked for, those taken, and those easily taken for it."""
    drugs = [_drugs_of(issue) for issue in facts.issues]
    titled = frozenset[str]().union(*drugs)
    summary = frozenset(item.name for item in items_of(facts.summary))
    for issue, names in zip(facts.issues, drugs, strict=True):
        asked = _Asked(names, titled, summary)
        for place, field, text in (
            ("rationale", issue.field("rationale"), issue.rationale),
            ("summary", SUMMARY, facts.summary),
        ):
            told = [
                item
                for item in items_of(text)
                if item.kind == DRUG and item.marks.source != "guideline"
            ]
            wrong = (
                _wrong_in_reasons(asked, issue, text, told)
                if place == "rationale"
                else _wrong_in_summary(asked, issue, text, told)
            )
            if wrong is not None:
                ours = _meant(wrong, issue, facts.summary)
                own = (i for i in title_items(issue) if i.kind == DRUG and i.name != wrong.name)
                ours = ours if ours.name != wrong.name else next(own, None)
                if ours is None:
                    break
                shown = in_words(ours.name), in_words(wrong.name)
                yield item_hit(issue, place, field, text, ours, wrong, *shown)
                break


def _meant(wrong: Item, issue: IssueFacts, summary: Text) -> Item:
    """The drug that another was named for: the title's, or one of the summary that looks alike."""
    own = [item for item in title_items(issue) if item.kind == DRUG]
    twins, mine = _twins(frozenset((wrong.name,))), set(drug_list().drugs[wrong.name].classes)
    others = [item for item in items_of(summary) if item.kind == DRUG]
    alike = [item for item in others if item.name in twins]
    alike += [item for item in others if mine & set(drug_list().drugs[item.name].classes)]
    of_class = [item for item in own if mine & set(drug_list().drugs[item.name].classes)]
    return (of_class or alike or own or others)[0]


def _drugs_of(issue: IssueFacts) -> frozenset[str]:
    return frozenset(item.name for item in title_items(issue) if item.kind == DRUG)


def _wrong_in_reasons(
    asked: _Asked, issue: IssueFacts, text: Text, told: list[Item]
) -> Item | None:
    """The first drug of a rationale that stands where the title's own is meant."""
    tests = (_taken_for_it,)
    if asked.names:
        tests = (_asked_in_its_place, _alone_in_its_place, _taken_in_its_place, _taken_for_it)
    return next((item for test in tests if (item := test(asked, issue, text, told))), None)


def _asked_in_its_place(
    asked: _Asked, issue: IssueFacts, text: Text, told: list[Item]
) -> Item | None:
    wanted = [item for item in told if is_asked(item, text, issue)]
    if wanted and not any(item.name in asked.names for item in wanted):
        return wanted[0] if wanted[0].name not in asked.titled else None
    for item in wanted:
        sentence = text.sentences[item.sentence].text
        start, _ = text.place(item.sentence)
        subject = seek(ASKS_FOR, sentence)
        own = any(o.sentence == item.sentence and o.name in asked.names for o in told)
        if (
            item.name not in asked.known
            and subject
            and not own
            and not seek(INSTEAD, sentence)
            and subject.start() <= item.start - start < subject.end()
        ):
            return item
    return None


def _alone_in_its_place(
    asked: _Asked, issue: IssueFacts, text: Text, told: list[Item]
) -> Item | None:
    """Reasons that name one drug, not ours and none of its kind."""
    everywhere = [item for item in items_of(text) if item.kind == DRUG]
    if not told or any(asked.names & ({one.name} | wider(one.name)) for one in everywhere):
        return None
    kinds = frozenset[str]().union(*map(wider, asked.names)) - asked.names - {"medication"}
    if kinds & {fact.name for fact in text.facts} or told[0].name in asked.titled:
        return None
    return told[0] if is_now(told[0], text, issue) else None


def _taken_in_its_place(
    asked: _Asked, issue: IssueFacts, text: Text, told: list[Item]
) -> Item | None:
    """A drug of the same kind told as taken, of which the letter knows nothing else."""
    for item in told:
        sentence = text.sentences[item.sentence].text
        beside_ours = any(o.sentence == item.sentence and o.name in asked.names for o in told)
        if (
            item.name not in asked.known
            and item.marks.plain
            and not (item.marks.denied and item.marks.near <= 1)
            and is_patients(text, item.sentence)
            and (item.marks.patient or seek(RELIEVED, sentence) or _opens(item, text))
            and not (is_general(text.read[item.sentence]) or item.marks.source)
            and asked.classes & set(drug_list().drugs[item.name].classes)
            and is_now(item, text, issue)
            and not (beside_ours and seek(OTHER_TIME, sentence))
        ):
            return item
    return None


def _opens(item: Item, text: Text) -> bool:
    """Whether it is what a sentence is about: named among its first words."""
    return item.start - text.place(item.sentence)[0] <= 16


def _taken_for_it(asked: _Asked, issue: IssueFacts, text: Text, told: list[Item]) -> Item | None:
    twins = (asked.twins | _twins(asked.known)) - asked.known
    for item in told:
        taken = item.marks.patient and item.marks.done and not item.marks.denied
        taken = taken and item.name not in asked.known and asked.replaces(item)
        taken = taken and not seek(OTHER_TIME, text.sentences[item.sentence].text)
        if (item.name in twins or taken) and is_now(item, text, issue):
            return item
    return None


def _twins(names: frozenset[str]) -> frozenset[str]:
    """Drugs that are easily taken for one of these."""
    pairs = drug_list().look_alikes
    return frozenset(two for pair in pairs for one, two in (pair, pair[::-1]) if one in names)


def _wrong_in_summary(
    asked: _Asked, issue: IssueFacts, text: Text, told: list[Item]
) -> Item | None:
    """A drug easily taken for ours, where the summary names ours nowhere."""
    known = {item.name for item in items_of(issue.rationale)}
    if not asked.names or any(item.name in asked.names for item in told):
        return None
    return next(
        (item for item in told if item.name in asked.twins - known and is_now(item, text, issue)),
        None,
    )


def modality(facts: Facts) -> Iterator[Hit]:
    """A request, a proposal or a conclusion that names another kind of item than any title has."""
    for issue in facts.issues:
        ours = title_items(issue)
        text = issue.rationale
        for number, sentence in enumerate(text.sentences if ours else ()):
            if number in text.quoted or seek(PASSED, sentence.text):
                continue
            strange = _asked_instead(facts, issue, text, number)
            strange = strange or _same_sort(facts, issue, text, number)
            strange = strange or (_all_of_another(facts, issue, ours) if not number else None)
            # One drug for another is told by the rule on drugs.
            if strange is not None and not _both_drugs(ours, strange):
                names = in_words(ours[0].name), in_words(strange.name)
                field = issue.field("rationale")
                yield item_hit(issue, "rationale", field, text, ours[0], strange, *names)
                break


def _both_drugs(ours: tuple[Item, ...], strange: Item) -> bool:
    return strange.kind == DRUG and any(item.kind == DRUG for item in ours)


def _all_of_another(facts: Facts, issue: IssueFacts, ours: tuple[Item, ...]) -> Item | None:
    """Reasons that name nothing of the title's sort, but only what the letter knows nowhere else."""
    named = [item for item in _named(issue.rationale) if item.marks.source != "guideline"]
    known = facts.known_items
    if not named or not any(item.name for item in ours) or is_ancillary(issue):
        return None
    if any(item.is_same(one) for item in _named(issue.rationale) for one in known):
        return None
    kinds = {name for item in ours for name in wider(item.name)} - {"conservative", "medication"}
    sorts = frozenset[str]().union(*map(_sorts, ours)) - {""}
    if any(wider(item.name) & kinds or _sorts(item) & sorts for item in _named(issue.rationale)):
        return None
    strange = [
        item
        for item in named
        if not issue.names(item)
        and not _is_visit(item)
        and is_patients(issue.rationale, item.sentence)
        and not _is_of_something_else(issue, issue.rationale, item, True)
    ]
    return strange[0] if strange else None


def _asked_instead(facts: Facts, issue: IssueFacts, text: Text, number: int) -> Item | None:
    """What a sentence asks for or concludes on, where it names nothing that a title has."""
    sentence = text.sentences[number].text
    closing = number == len(text.sentences) - 1 or sentence in issue.reasons[-1:]
    subject = _subject(sentence, closing)
    if subject is None:
        return None
    start, _ = text.place(number)
    named = [item for item in items_of(text) if item.sentence == number and item.name]
    if any(one.is_same(other) for one in facts.items for other in named):
        return None
    opens = subject.start()
    if subject.re is CONCLUDED_ON:
        # "With a screw backing out, removal is necessary": what stands behind the last comma is meant.
        opens = subject.start() + sentence[: subject.end()].rfind(", ") + 1
    strange = (
        item
        for item in named
        if item.start - start < subject.end()
        and _named_at(text, item) - start >= opens
        and item.marks.source != "guideline"
        and not _is_visit(item)
        and not _is_of_something_else(issue, text, item, subject.re is CONCLUDED_ON)
    )
    return next((item for item in strange if not _is_titled(issue, text, item)), None)


# A device is replaced or repaired as a joint is, and a case may be after, or for, an operation.
DONE_TO_ANY = re.compile(r"replace\w*|repair\w*|remov\w*|revis\w*", re.I)
BESIDE_IT = re.compile(
    r"\b(?:after|following|since|before|until|schedule for|course (?:after|for|of)|scope|status post|prior to|pending)\s+(?:(?!request)[\w-]+\s+){0,3}$",
    re.I,
)
OF_ANY_KIND = {"therapy": frozenset(("psych", "therapy")), "surgery": frozenset(("surgery",))}


def _is_of_something_else(issue: IssueFacts, text: Text, item: Item, concluded: bool) -> bool:
    """A device that is replaced, what the item comes after, or the wide word for its own kind."""
    groups = frozenset(group_of(one.name) for one in title_items(issue))
    at = _named_at(text, item)
    if groups & OF_ANY_KIND.get(item.name, frozenset()):
        return True
    if item.name == "surgery" and "surgery" not in groups and DONE_TO_ANY.match(text.raw, at):
        return True
    start, _ = text.place(item.sentence)
    return concluded and BESIDE_IT.search(text.raw, start, at) is not None


def _is_titled(issue: IssueFacts, text: Text, item: Item) -> bool:
    """Whether the title has it too, in its name or in the words it is told with here."""
    if issue.names(item):
        return True
    title = issue.title.raw.lower()
    return any(
        text.raw[one.start : one.end].lower() in title
        for one in text.mentions
        if one.name == item.name and item.start <= one.start < item.end
    )


def _named_at(text: Text, item: Item) -> int:
    """Where an item is named within the stretch that is about it."""
    named = (m for m in text.mentions if m.name == item.name and item.start <= m.start < item.end)
    return next((m.start for m in named), item.start)


def _is_visit(item: Item) -> bool:
    return item.kind == TREATMENT and concepts()[item.name].group == "visit"


@lru_cache(maxsize=8192)
def _subject(sentence: str, closing: bool) -> re.Match[str] | None:
    """What a sentence asks for or concludes on, where it does one or the other."""
    asked = seek(ASKS_FOR, sentence)
    if asked or not closing:
        return asked
    return CONCLUDED_ON.match(sentence)


def _named(text: Text) -> tuple[Item, ...]:
    return tuple(item for item in items_of(text) if item.name)


def _same_sort(facts: Facts, issue: IssueFacts, text: Text, number: int) -> Item | None:
    """An item of the title's own sort that is proposed, and that the letter names nowhere else."""
    sentence = text.sentences[number].text
    if seek(INSTEAD, sentence):
        return None
    sorts = frozenset[str]().union(*(_sorts(item) for item in title_items(issue))) & COMPARED_GROUPS
    here = [item for item in items_of(text) if item.sentence == number and item.name]
    known = facts.known_items
    if not here or any(item.is_same(one) for item in here for one in known):
        return None
    item = here[-1]
    opens = _opens(here[0], text) and len({one.name for one in here}) == 1
    opens = opens and not (here[0].marks.hedged or here[0].marks.done)
    opens = opens and is_patients(text, number)
    proposed = seek(PROPOSED, sentence) and not is_general(text.read[number])
    if item.marks.source == "guideline" or _is_visit(item) or not (proposed or opens):
        return None
    if _is_of_something_else(issue, text, item, concluded=True):
        return None
    return item if group_of(item.name) in sorts and not issue.names(item) else None


def _sorts(item: Item) -> frozenset[str]:
    """What sort of item it is, also where a drug stands for its injection."""
    return frozenset(map(group_of, wider(item.name)))


RULES: dict[str, Callable[[Facts], Iterator[Hit]]] = {"drug": drug, "modality": modality}
