"""What a text of a letter names: body parts, levels, sides, and whether it is about an item.

Shared by the rules that compare one item as told in several places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.services.checks.facts import SPINE, Facts, IssueFacts
from app.services.language.levels import REGION_OF_LEVEL, levels_in
from app.services.language.seeking import seek
from app.services.language.sentences import Sentence
from app.services.language.terms import DRUG, PART, TREATMENT, in_words
from app.services.language.texts import Text

BROAD = {
    "arm": frozenset(("shoulder", "elbow", "hand")),
    "leg": frozenset(("hip", "knee", "ankle_foot")),
    "limbs": frozenset(("arm", "leg", "shoulder", "elbow", "hand", "hip", "knee", "ankle_foot")),
}
# Told of the limb that is well, of its use, or of another time: no slip of the pen.
_EARLIER = re.compile(
    r"\b(?:prior|previous\w*|earlier|history|in (?:19|20)\d\d|(?:19|20)\d\d (?:claim|injury|accident|case|surgery|operation|episode)|(?:other|settled|closed|former) claim|years? ago|years before|as an? (?:child|boy|girl|teen\w*|youth|young|student|adult)|childhood"
    r"|teen\w*|in (?:high )?school|in college|in (?:his|her) (?:youth|teens|twenties|thirties)|old|non-?industrial|unrelated|separate|another|for comparison|resolved|healed|recovered|long since)\b",
    re.I,
)
_OTHER_SIDE = re.compile(
    r"\bcontra-?lateral|\bopposite|\bunaffected|\buninjured|\buninvolved|\bcompar(?!tment)|\bother (?:side|hand|arm|leg)|\bhealthy|\bno (?:complaints?|symptoms|pain|problems?|deficit|findings?|tender\w*|weak\w*)"
    r"|\bnot (?:painful|tender|involved|affected|injured)\b|\bpainless|\bfreely\b|\b(?:set|as|measured|held) against\b|\bin contrast\b|\bthan (?:on )?the (?:left|right)\b|\bwithout (?:complaints?|symptoms|pain|finding|abnormal|deficit)|\basymptomatic|(?:symptom|pain)[- ]free|\bfree of|\bcompensat|\boverus|\brel(?:y|ies|ied|ying) (?:more )?on\b"
    r"|\bnormal|\bunremarkable|\bintact\b|\bnegative|\babsent|\b5/5|\bfull\b(?!-| thickness)|\bpreserved|(?<!as )\bwell[- ](?!as\b|chosen|known|documented|described|established|within|over|beyond|after|above|below|founded|taken)|\bgood\b|\bsymmetric|\bstrong\b|\bwears?\b|\bspared\b|\bis fine|\bis well|\bto 1[678]0\b|\bdoes not hurt|\bbetter (?:side|leg|arm|hand)"
    r"|\bdominan(?!t (?:left|right|hand|arm|wrist|elbow|shoulder|side))|\bhanded|\buses? (?:the|his|her)|\bwith (?:the|his|her) (?:left|right) (?:hand|arm|foot|leg)\b|\bif\b|\bshould\b|\bin case\b",
    re.I,
)


@lru_cache(maxsize=4096)
def of_healthy_limb(sentence: str) -> bool:
    """Whether a sentence tells of the limb that is well, of what it is used for, or of another time."""
    return bool(seek(_EARLIER, sentence) or seek(_OTHER_SIDE, sentence))


ANCILLARY = re.compile(
    r"\bassociated\b|\bpre-?\s?op|\bpost-?\s?op|\blabs?\b|clearance|\bDVT\b|\bassist", re.I
)
GOES_WITH = re.compile(
    r"\bancillary\b|pre-?\s?operative (?:test|lab|clear|eval)|associated (?:service|request)", re.I
)


IN_GENERAL = re.compile(
    r"\b(?:if|when(?:ever)?|only where|unless|whether|patients|persons|individuals|people|workers|studies|trials|literature|(?-i:may)|might|can|could|would|should"
    r"|are (?:also |only )?(?:supported|allowed|covered|permitted)|label(?:l?ing|ed)?|maximum|must|often|usually|usual|customar\w+|routine\w*|standard|ordinar\w+|generally|typical\w*|such as|e\.g\.|recommend\w*|criteria|guidelines?|indicated|common|defin(?:ed as|ition)|upon evidence of|(?:is|are) granted (?:up)?on|treats?|used (?:to|in)|helps?|risk)\b",
    re.I,
)


def is_ancillary(issue: IssueFacts) -> bool:
    """Whether an item only goes with an operation: clearance, laboratory, equipment afterwards."""
    return bool(issue.title.found(ANCILLARY) or issue.rationale.found(GOES_WITH))


def treatment_parts(text: Text) -> Iterator[tuple[str, str]]:
    """Treatments with the body part that follows at once."""
    mentions = text.mentions
    for index, mention in enumerate(mentions):
        if mention.kind != TREATMENT:
            continue
        for later in mentions[index + 1 :]:
            if later.kind == TREATMENT and later.name != mention.name:
                break
            if later.kind == PART and later.first <= mention.last + 4:
                yield mention.name, later.name
                break


def about(issue: IssueFacts, text: Text, sentence: Sentence) -> bool:
    """Whether a sentence speaks of the issue's own item."""
    ours = issue.title.named(DRUG) or issue.title.named(TREATMENT)
    there = text.named_within(DRUG, sentence.start, sentence.end) | text.named_within(
        TREATMENT, sentence.start, sentence.end
    )
    return bool(ours & there)


def asked_for(facts: Facts, issue: IssueFacts) -> str:
    """The summary's sentences that ask for, or refuse, the issue's item."""
    return " ".join(
        sentence.text
        for sentence in facts.asking
        if about(issue, facts.summary, sentence)
        and not re.search(
            r"\bpreviously (?:approved|authorized)|had been authorized|prior to\b",
            sentence.text,
            re.I,
        )
    )


def sides(text: Text) -> frozenset[str]:
    return frozenset(mention.name for mention in text.mentions if mention.kind == "side")


def same_limb(part: str, wanted: frozenset[str]) -> bool:
    """The same body part, or the limb it belongs to."""
    return not wanted or overlap(frozenset((part,)), wanted)


def overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(_wide(one) & other or _wide(other) & one)


def _wide(parts: frozenset[str]) -> frozenset[str]:
    wide = set(parts)
    for limb, members in BROAD.items():
        if limb in parts:
            wide |= members
    if "spine" in parts:
        wide |= SPINE | {"back"}
    if "back" in parts:
        wide |= SPINE - {"neck"} | {"spine"}
    return frozenset(wide)


def _level_parts(raw: str) -> frozenset[str]:
    return frozenset(REGION_OF_LEVEL[found[0]] for found in levels_in(raw))


def parts_of(text: Text) -> frozenset[str]:
    """Body parts a text names, also by spine level; "spine" alone only where no region is told."""
    parts = text.named(PART) | _level_parts(text.raw)
    return parts - {"back", "spine"} if parts & SPINE else parts


def listed(values: Iterable[object]) -> str:
    """Each value once, in order."""
    return ", ".join(sorted({str(value) for value in values}))


def part_names(parts: frozenset[str]) -> str:
    return ", ".join(sorted(in_words(part) for part in parts)) or "item"


def is_patients(text: Text, number: int) -> bool:
    """Whether a sentence tells of this patient: not what holds of patients, nor under a condition."""
    names = {mention.name for mention in text.read[number].mentions}
    if "person patient" in names:
        return "person family" not in names
    return "source guideline" not in names and not seek(IN_GENERAL, text.sentences[number].text)


def short(sentence: str, most: int = 140) -> str:
    """A passage short enough to be quoted, its end kept: conclusions stand there."""
    return sentence if len(sentence) <= most else "… " + sentence[-most:].split(" ", 1)[-1]
