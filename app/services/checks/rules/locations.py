"""Rules on where: sides, body parts, levels and fingers the rationale tells otherwise than the letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from app.services.checks.claims import SUMMARY, had
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import (
    listed,
    of_healthy_limb,
    overlap,
    part_names,
    parts_of,
    short,
)
from app.services.checks.rules.patient import guideline_sentences, pair, plain
from app.services.checks.values import Hit, Quote
from app.services.language.facts import NORMAL, Fact
from app.services.language.levels import REGION_OF_LEVEL, sites_in, sites_meet
from app.services.language.seeking import seek
from app.services.language.terms import (
    ATTRIBUTE,
    CONDITION,
    DIAGNOSIS,
    FINGER,
    SIDE,
    SIGN,
    TREATMENT,
    beside,
    in_words,
)
from app.services.language.texts import SidedPart, Text

# A side is certain only where something is wrong there, or something was done.
AFFECTED = re.compile(
    r"\b(?:pain\w*|ache\w*|aching|sore\w*|stiff\w*|weak\w*|numb\w*|tingl\w*|paresthe\w*|tender\w*|swell\w*|swollen|spasm\w*"
    r"|positive|decreas\w*|diminish\w*|reduc\w*|limit\w*|restrict\w*|loss|lost|lacks?|torn|tears?|rupture\w*|injur\w*|strain\w*"
    r"|sprain\w*|fractur\w*|surg\w*|operat\w*|repair\w*|replace\w*|\w+ectomy|\w+plasty|\w+scop\w+|inject\w*|therap\w*|treat\w*"
    r"|symptom\w*|complain\w*|impair\w*|cannot|unable|affect\w*|involv\w*|painful|hurts?|symptomatic|bad|diagnos\w*|radi\w+|\w+itis|\w+osis|\w+pathy|syndrome|MRI|CT|x-?rays?|EMG|NCV|imaging|study"
    r"|verif\w*|confirm\w*|nerve|root|denervat\w*|radicul\w*|request\w*|brace|splint|cast|evaluat\w*|abnormal\w*|impinge\w*|instab\w*|atroph\w*|deficits?|signs?|findings?)\b",
    re.I,
)
COMPLAINED = re.compile(
    r"\b(?:complain\w*|symptomatic|hurts?|aches?|bothers?|troubles?|painful|pain in|injur\w+ (?:to|of)|suffers?|troubled|bothered|voiced?)\b",
    re.I,
)
WRONG = frozenset((SIGN, DIAGNOSIS, CONDITION, TREATMENT))
"""What is told of a limb that something is wrong with, or that something is done to."""
ASPECT = re.compile(
    r"\b(medial|lateral)\s+(?:and\s+\w+\s+)?(joint space|(?:joint\s+)?compartment|menisc|epicondyl|malleol|collateral)",
    re.I,
)
GENERAL = re.compile(
    r"\b(?:patients|individuals|workers|studies|literature|criteria|e\.g\.|such as (?!this\b|his\b|hers\b)|including|placebo|superior|shown to"
    r"|indicated for|evaluated for|FDA[- ]approved|approved (?:for|only)|meta-analysis|trials?|randomized|should|recommend\w*|may be|generally"
    r"|investigated|as in|similar\w*|unlike|like (?:the|in)|in general)\b",
    re.I,
)


def treatment_place(facts: Facts) -> Iterator[Hit]:
    """A treatment had, of another side or body part than the summary tells."""
    for issue in facts.issues:
        for ours in issue.rationale.of_kind(TREATMENT):
            if not had(ours) or not (ours.sides or ours.parts):
                continue
            theirs = [f for f in facts.summary.of_kind(TREATMENT) if had(f) and f.name == ours.name]
            if theirs and all(_elsewhere(ours, fact, facts.summary) for fact in theirs):
                yield pair(facts, issue, ours, theirs[0], f"place of the {in_words(ours.name)}")
                break


def finding_place(facts: Facts) -> Iterator[Hit]:
    """A finding at another level of the spine than the summary has it."""
    theirs = [(f, _levels(facts.summary, f)) for f in plain(facts.summary, SIGN)]
    for issue in facts.issues:
        for ours in plain(issue.rationale, SIGN):
            mine = _levels(issue.rationale, ours)
            same = [(f, levels) for f, levels in theirs if f.name == ours.name and levels]
            if (
                mine
                and same
                and ours.value
                and not any(sites_meet(levels, mine) for _, levels in same)
            ):
                yield pair(facts, issue, ours, same[0][0], f"level of the {in_words(ours.name)}")
                break


def complaint(facts: Facts) -> Iterator[Hit]:
    """A part the rationale speaks of as this patient's, which nothing else in the letter names."""
    told = (facts.summary_parts - _denied_parts(facts.summary)) | frozenset[str]().union(
        *(parts_of(issue.title) for issue in facts.issues)
    )
    for issue in facts.issues if told else ():
        for number, parts, _ in _places_of(issue.rationale):
            sentence = issue.rationale.sentences[number].text
            if not parts or (of_healthy_limb(sentence) and not seek(COMPLAINED, sentence)):
                continue
            strange = frozenset(
                p for p in parts if not beside(p) & told and not overlap(frozenset((p,)), told)
            )
            # Beside a part that is known another has to be told as one that hurts.
            if strange and _is_by_root(sentence, strange, told):
                continue
            if strange == parts or (strange and seek(COMPLAINED, sentence)):
                yield _place_hit(issue, number, part_names(strange), part_names(told))
                break


BY_ROOT = re.compile(
    r"\b(?:weak\w*|numb\w*|sensat\w*|sensory|strength|power|motor|reflex\w*|jerk|tingl\w*|paresthe\w*|dermatom\w*|roots?|radi(?:at|cul)\w*|shoot\w*|web space)\b",
    re.I,
)


def _is_by_root(sentence: str, strange: frozenset[str], told: frozenset[str]) -> bool:
    """Whether a limb is told of for the nerve root that the letter's spine has to do with."""
    below, above = {"low_back", "spine", "back"} & told, {"neck", "spine"} & told
    limbs = (LEG if below else frozenset[str]()) | (ARM if above else frozenset[str]())
    return strange <= limbs and seek(BY_ROOT, sentence) is not None


LEG, ARM = frozenset(("leg", "ankle_foot", "limbs", "knee")), frozenset(("arm", "hand", "limbs"))
NO_COMPLAINT = re.compile(
    r"\b(?:no|denie[sd]|without|never)\b[^.;]{0,40}\b(?:pain|complaints?|symptoms?)\b", re.I
)


def _denied_parts(text: Text) -> frozenset[str]:
    """Parts of which a text tells only that nothing is complained of there."""
    denied: set[str] = set()
    others: set[str] = set()
    for number, read in enumerate(text.read):
        here = {m.name for m in read.mentions if m.kind == "part"}
        none = seek(NO_COMPLAINT, text.sentences[number].text)
        (denied if none else others).update(here)
    return frozenset(denied - others)


def finger_told(facts: Facts) -> Iterator[Hit]:
    """Fingers, or an inner or outer part of a joint, of which the summary tells only others."""
    summary = facts.summary
    fingers = frozenset(m.name for read in summary.read for m in read.mentions if m.kind == FINGER)
    aspects = _aspects(summary.raw)
    for issue in facts.issues if fingers or aspects else ():
        text = issue.rationale
        own = (
            frozenset(m.name for m in issue.title.read[0].mentions if m.kind == FINGER)
            if issue.title.read
            else frozenset[str]()
        )
        for number, read in enumerate(text.read):
            sentence = text.sentences[number].text
            here = frozenset(m.name for m in read.mentions if m.kind == FINGER)
            if not here and not _aspects(sentence):
                continue
            if number in guideline_sentences(text) or seek(GENERAL, sentence):
                continue
            if not seek(AFFECTED, sentence) or of_healthy_limb(sentence.replace("history", "")):
                continue
            if here and fingers and not here & (fingers | own):
                yield _place_hit(issue, number, listed(here), listed(fingers))
                break
            wrong = [
                (noun, way)
                for noun, way in _aspects(sentence).items()
                if noun in aspects and not way & aspects[noun]
            ]
            if wrong:
                (noun, way), *_ = wrong
                ours, theirs = (f"{listed(one)} {noun}" for one in (way, aspects[noun]))
                yield _place_hit(issue, number, ours, theirs)
                break


@lru_cache(maxsize=4096)
def _aspects(raw: str) -> dict[str, frozenset[str]]:
    """The inner or outer parts named, by the beginning of the noun: medial meniscus, lateral compartment."""
    found: dict[str, frozenset[str]] = {}
    for match in ASPECT.finditer(raw):
        noun = "compartment" if match[2].lower().startswith("joint") else match[2].lower()
        found[noun] = found.get(noun, frozenset()) | {match[1].lower()}
    return found


def _operated_levels(facts: Facts) -> Iterator[Hit]:
    """An operation at a level of the spine at which the summary tells of none."""
    told: dict[str, frozenset[str]] = {}
    for fact in facts.summary.of_kind(TREATMENT):
        if "surgery" in fact.cases_of and had(fact):
            told[fact.name] = told.get(fact.name, frozenset()) | _levels(facts.summary, fact)
    everywhere = frozenset[str]().union(*told.values())
    for issue in facts.issues if everywhere else ():
        for ours in issue.rationale.of_kind(TREATMENT):
            if ours.name not in told or ours.negative or not ours.marks.plain:
                continue
            mine = _levels(issue.rationale, ours)
            if (
                mine
                and told[ours.name]
                and not all(sites_meet(frozenset((one,)), everywhere) for one in mine)
            ):
                other = next(f for f in facts.summary.of_kind(TREATMENT) if f.name == ours.name)
                yield pair(facts, issue, ours, other, f"level of the {in_words(ours.name)}")
                break


def side_told(facts: Facts) -> Iterator[Hit]:
    """A side the rationale speaks of, where the rest of the letter has the other one of that limb."""
    sided = [*facts.summary.sided_parts]
    for issue in facts.issues:
        sided += issue.title.sided_parts
    told = {name for _, _, sides in _places_of(facts.summary) for name in sides}
    told |= {m.name for issue in facts.issues for m in issue.title.mentions if m.kind == SIDE}
    for issue in facts.issues if told else ():
        for number, _, sides in _places_of(issue.rationale):
            known = _sides_known(issue.rationale, number, sides, sided) or told
            if (
                sides
                and "both" not in known
                and len(known) == 1
                and not sides & known
                and not _is_well(issue.rationale, number)
            ):
                yield _place_hit(issue, number, listed(sides), listed(known))
                break


def _sides_known(
    text: Text, number: int, sides: frozenset[str], sided: list[SidedPart]
) -> frozenset[str]:
    """The sides that the rest of the letter tells of the limbs of one sentence."""
    start, end = text.place(number)
    limbs = frozenset(
        one.part for one in text.sided_parts if start <= one.start < end and one.side in sides
    )
    return frozenset(one.side for one in sided if limbs and overlap(frozenset((one.part,)), limbs))


def _is_well(text: Text, number: int) -> bool:
    """Whether a sentence tells nothing that is wrong there, or only what is well."""
    sentence = text.sentences[number].text
    here = text.in_sentence(number)
    wrong = any(fact.kind in WRONG and fact.value != NORMAL for fact in here)
    if any(fact.value == NORMAL for fact in here) or of_healthy_limb(sentence):
        return True
    return not wrong and not seek(AFFECTED, sentence)


def level_told(facts: Facts) -> Iterator[Hit]:
    """A level of the spine that neither a title nor the summary names, where they name others."""
    told = sites_in(facts.letter.clinical_summary).union(
        *(sites_in(issue.issue.title) for issue in facts.issues)
    )
    for issue in facts.issues if told else ():
        for number, _, _ in _places_of(issue.rationale):
            here = sites_in(issue.rationale.sentences[number].text)
            same_region = {REGION_OF_LEVEL[name[0]] for name in here} & {
                REGION_OF_LEVEL[name[0]] for name in told
            }
            if here and same_region and not sites_meet(here, told):
                yield _place_hit(issue, number, listed(here), listed(told))
                break


@lru_cache(maxsize=1024)
def _places_of(text: Text) -> tuple[tuple[int, frozenset[str], frozenset[str]], ...]:
    """The parts and sides of each sentence that is about this patient."""
    found: list[tuple[int, frozenset[str], frozenset[str]]] = []
    guideline = guideline_sentences(text)
    for number, read in enumerate(text.read):
        sentence = text.sentences[number].text
        complained = seek(COMPLAINED, sentence) and is_patients_own(text, number)
        if number in guideline or (seek(GENERAL, sentence) and not complained):
            continue
        pairs = [
            (m, marks)
            for m, marks in zip(read.mentions, read.marks, strict=True)
            if not marks.hedged and marks.source != "guideline"
        ]
        parts = frozenset(
            m.name
            for m, marks in pairs
            if m.kind == "part"
            and m.name != "limbs"
            and not marks.denied
            and not _is_therapy(text, number, m.end)
        )
        handed = [m for m in read.mentions if m.kind == ATTRIBUTE and "handed" in m.name]
        sides = frozenset(
            m.name
            for m, marks in pairs
            if m.kind == "side"
            and marks._replace(asked=False).plain
            and not marks.denied
            and not any(one.start <= m.start < one.end for one in handed)
        )
        found.append((number, parts, sides))
    return tuple(found)


def is_patients_own(text: Text, number: int) -> bool:
    """Whether a sentence names the worker."""
    return any(m.name == "person patient" for m in text.read[number].mentions)


def _is_therapy(text: Text, number: int, end: int) -> bool:
    """ "Hand therapy" is a kind of therapy, not therapy of a hand."""
    return text.sentences[number].text[end:].lower().startswith((" therap", "-on", "s-on"))


def _place_hit(issue: IssueFacts, number: int, ours: str, theirs: str) -> Hit:
    start, end = issue.rationale.place(number)
    sentence = issue.rationale.sentences[number].text
    return Hit(
        field=issue.field("rationale"),
        related=(SUMMARY, issue.field("title")),
        told={"issue": str(issue.number), "ours": ours, "theirs": theirs, "one": short(sentence)},
        quotes=(Quote(sentence, issue.field("rationale"), None, start, end),),
    )


STRONG_PARTS = re.compile(r"[;.]\s")
PARTS = re.compile(
    r"[;.]\s|(?:,|\band|\bwith)\s(?!(?:at |and |the )*[CTLS]-?\d)(?=[^;.,]*\b[CTLS]-?\d)"
)
"""Where another finding begins that has a level of its own; a list of levels goes on."""


def _elsewhere(one: Fact, other: Fact, text: Text) -> bool:
    """Whether one is told of another place than the other; its sentence may tell of both sides."""
    told = {m.name for m in text.read[other.sentence].mentions if m.kind == SIDE}
    if "both" in one.sides | told:
        return False
    sides = bool(one.sides and other.sides and not one.sides & told)
    parts = bool(one.parts and other.parts and not overlap(one.parts, other.parts))
    return sides or parts


def _levels(text: Text, fact: Fact) -> frozenset[str]:
    """The levels beside a finding: in its own part of the sentence, or else in its clause."""
    start, end = text.place(fact.sentence)
    for pattern in (PARTS, STRONG_PARTS):
        ends = [m.start() for m in pattern.finditer(text.raw, fact.end, end)]
        begins = [m.end() for m in pattern.finditer(text.raw, start, fact.start)]
        stretch = text.raw[max([start, *begins]) : min([end, *ends])]
        found = sites_in(stretch)
        if found:
            return found
    return frozenset()


RULES: dict[str, Callable[[Facts], Iterable[Hit]]] = {
    "treatment-place": treatment_place,
    "finding-place": lambda facts: (*finding_place(facts), *_operated_levels(facts)),
    "complaint": lambda facts: (*complaint(facts), *finger_told(facts)),
    "side-told": side_told,
    "level-told": level_told,
}
