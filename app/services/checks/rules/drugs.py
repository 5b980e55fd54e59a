"""Rules on what a drug is called: its class, and the generic name of a brand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from app.services.checks.facts import Facts
from app.services.checks.values import Hit, Quote
from app.services.citations.drug_lists import list_on, lists_of, named, rows_on
from app.services.citations.drug_values import ListedDrug
from app.services.language.facts import read_sentence
from app.services.language.terms import DRUG, Mention, drug_list

CLASSES = (
    ("opioid", re.compile(r"opioid|opiate|narcotic", re.I)),
    ("nsaid", re.compile(r"NSAID|non-?steroidal|anti-?inflammatory", re.I)),
    ("muscle relaxant", re.compile(r"muscle relax|antispasm", re.I)),
    ("anticonvulsant", re.compile(r"anti-?convuls|anti-?epilep|\bAED\b", re.I)),
    ("antidepressant", re.compile(r"anti-?depress|tricyclic|\bSS?NRI\b|\bSSRI\b", re.I)),
    ("stimulant", re.compile(r"stimulant", re.I)),
    ("benzodiazepine", re.compile(r"benzodiazepine", re.I)),
    ("ppi", re.compile(r"proton pump|\bPPI\b", re.I)),
    ("hypnotic", re.compile(r"hypnotic|sleep aid|sedative[- ]hypnotic", re.I)),
    ("steroid", re.compile(r"(?<!non)(?<!non-)\bsteroid|corticosteroid", re.I)),
    ("antibiotic", re.compile(r"antibiotic", re.I)),
    ("h2 blocker", re.compile(r"\bH-?2\b|histamine-2", re.I)),
    ("triptan", re.compile(r"\btriptan", re.I)),
    ("anticoagulant", re.compile(r"anti-?coagulant|blood thinner", re.I)),
    ("antipsychotic", re.compile(r"anti-?psychotic", re.I)),
    ("laxative", re.compile(r"laxative|stool softener", re.I)),
    ("barbiturate", re.compile(r"barbiturate", re.I)),
    ("statin", re.compile(r"\bstatin", re.I)),
    ("antihistamine", re.compile(r"(?<!h2 )anti-?histamine", re.I)),
)  # fmt: skip
# What may be said of drugs of another class too, by what they are given for.
ALSO_CALLED = {
    "nsaid": frozenset(("steroid", "analgesic")),
    "muscle relaxant": frozenset(("benzodiazepine", "antispasmodic")),
    "anticonvulsant": frozenset(("benzodiazepine", "barbiturate", "mood stabilizer")),
    "antidepressant": frozenset(("muscle relaxant", "antipsychotic", "anxiolytic")),
    "hypnotic": frozenset(("benzodiazepine", "antidepressant", "antihistamine", "barbiturate", "antipsychotic", "sleep aid")),
    "steroid": frozenset(("hormone",)),
    "anticoagulant": frozenset(("antiplatelet", "nsaid")),
    "antihistamine": frozenset(("h2 blocker", "antidepressant")),
}  # fmt: skip

IS_A = re.compile(
    r"^[^.;]{0,30}?(?:,\s*(?:which is\s+)?|\bis\s+|\()(?:an?|the)\s+([^,.;)]{3,60})", re.I
)
SUCH_AS = re.compile(
    r"([A-Za-z -]{4,40}?)s?,?\s+(?:such as|like|including)\s+(?:\w+\s+){0,1}$", re.I
)
BELONGS_TO = re.compile(
    r"^(?:\s+\w+){0,2}?\s+(?:belongs? to|is one of|is among|is classified as|is classed as|is considered|falls (?:in|into|under))\s+(?:the\s+|an?\s+)?"
    r"(?:(?:class|group|family|category) of\s+)?([^,.;)]{3,60})",
    re.I,
)
AS_A = re.compile(
    r"\b(?:as|being|like (?:all |any |the )?other)\s+(?:an?\s+)?([A-Za-z0-9 -]{3,40}),\s+(?:the\s+)?$",
    re.I,
)
WHOLE_CLASS = re.compile(
    r"\w*(?:\s+(?:agents?|drugs?|medications?|inhibitors?|class|blockers?|pills?))?\s*$", re.I
)
# "Norco (hydrocodone)", "Norco, the brand name of hydrocodone", "hydrocodone, sold as Norco".
SAME_AS = re.compile(
    r"\s*(?:,\s*)?(?:which is\s+|is\s+)?(?:(?:an?|the)\s+)?(?:brand(?: name)?|trade ?name|generic(?: name| form| version| equivalent)?|proprietary name)\s+(?:of|for)\s+(?:the\s+)?(?:\w+\s+)?"
    r"|\s*(?:,\s*)?(?:is\s+)?(?:sold as|marketed as|also known as|a\.?k\.?a\.?|i\.?e\.?,?|that is,)\s+",
    re.I,
)
SALT = r"(?:\s+(?:hcl|hydrochloride|sodium|potassium|sulfate|tartrate|succinate|er|xr|sr|cr|ir|dr|acetaminophen|apap)\b)*"
GIVEN_AS = re.compile(
    r"\w*\s+(?:injections?|shots?|blocks?|infusions?|pumps?|tapers?|packs?|dose ?packs?)\b", re.I
)
"""Something that is done with a drug of the class, and so the next of a list."""
OR = re.compile(r"\b(?:or|and)\b", re.I)
NOT_ITSELF = re.compile(r"\b(?:not|non|with|and|or|for|to|of)\b", re.I)
IN_BRACKETS = re.compile(r"\s*\(\s*(?:generic\s+)?")


def brand_name(facts: Facts) -> Iterator[Hit]:
    """A brand put to another drug's generic name: "Lyrica (gabapentin)"."""
    for field, text in facts.narratives:
        for sentence in text.sentences:
            drugs = [m for m in read_sentence(sentence.text).mentions if m.kind == DRUG]
            wrong = next(
                (
                    (one, other)
                    for one, other in pairwise(drugs)
                    if one.name != other.name and _same_thing(sentence.text, one, other, drugs)
                ),
                None,
            )
            if wrong is None:
                continue
            one, other = wrong
            start = text.raw.index(sentence.text, sentence.start)
            yield Hit(
                field=field,
                told={
                    "one": sentence.text[one.start : one.end],
                    "is": one.name,
                    "two": sentence.text[other.start : other.end],
                },
                quotes=(Quote(sentence.text, field, None, start + one.start, start + other.end),),
            )
            break


def _same_thing(sentence: str, one: Mention, other: Mention, drugs: list[Mention]) -> bool:
    """Whether one is told to be the other; a combination names its parts in brackets."""
    between = sentence[one.end : other.start]
    if SAME_AS.fullmatch(between):
        return True
    if not IN_BRACKETS.fullmatch(between) or not re.match(
        rf"{SALT}\s*\)", sentence[other.end :], re.I
    ):
        return False
    inside = {m.name for m in drugs if one.end < m.start < sentence.find(")", other.end)}
    # One of two generic names in brackets may be listed, not explained.
    brand = sentence[one.start : one.end].lower() != one.name
    return one.name not in inside and (
        brand or sentence[other.start : other.end].lower() != other.name
    )


def drug_class(facts: Facts) -> Iterator[Hit]:
    """A drug called what it is not: "gabapentin, an opioid"."""
    for field, text in facts.narratives:
        for sentence in text.sentences:
            read = read_sentence(sentence.text)
            for mention in (m for m in read.mentions if m.kind == DRUG):
                said = _called(sentence.text, mention.start, mention.end)
                own = drug_list().drugs[mention.name].classes
                if not said or said in own or any(said in name for name in own):
                    continue
                if ALSO_CALLED.get(said, frozenset()) & set(own):
                    continue
                start = text.raw.index(sentence.text, sentence.start)
                yield Hit(
                    field=field,
                    told={
                        "drug": sentence.text[mention.start : mention.end],
                        "said": said,
                        "own": ", ".join(own[:1]),
                    },
                    quotes=(
                        Quote(
                            sentence.text, field, None, start + mention.start, start + mention.end
                        ),
                    ),
                )


def _called(sentence: str, start: int, end: int) -> str:
    """The class a sentence puts a drug in, or nothing."""
    behind = IS_A.match(sentence[end:]) or BELONGS_TO.match(sentence[end:])
    before = SUCH_AS.search(sentence[:start])
    # The class is told at once: "an opioid", "a short-acting opioid".
    near = " ".join(behind[1].split()[:3]) if behind else ""
    for words in (near, before[1] if before else ""):
        for name, pattern in CLASSES:
            found = pattern.search(words)
            if found and not NOT_ITSELF.search(words[: found.start()]):
                if GIVEN_AS.match(words, found.end()) or OR.search(words, found.end()):
                    continue
                return name
    itself = AS_A.search(sentence[:start])
    for name, pattern in CLASSES if itself else ():
        found = pattern.search(itself[1]) if itself else None
        if found and itself and not NOT_ITSELF.search(itself[1][: found.start()]):
            return name if WHOLE_CLASS.match(itself[1], found.end()) else ""
    return ""


def on_drug_list(facts: Facts) -> Iterator[Hit]:
    """What the MTUS Drug List in force on the decision date says of each drug that is asked for."""
    day = facts.letter.header.decision_date
    lists = lists_of(facts.guidelines)
    drugs = None if day is None else list_on(lists, day)
    if drugs is None:
        return
    version = named(drugs, lists)
    for issue in facts.issues:
        for drug in sorted(issue.title.named(DRUG)):
            told = {"drug": drug, "Drug": drug[:1].upper() + drug[1:], "list": version}
            if not drugs.rows:
                yield Hit(field=issue.field("title"), says="unknown", told=told)
                continue
            rows = rows_on(drugs, drug)
            if not rows:
                yield Hit(field=issue.field("title"), says="unlisted", told=told)
                continue
            statuses = " or ".join(dict.fromkeys(row.status.value for row in rows))
            forms = ", ".join(dict.fromkeys(row.form for row in rows if row.form))
            several = len({row.status for row in rows}) > 1
            told["status"] = f"{statuses}, by its form ({forms})" if several and forms else statuses
            told["fills"] = _fills(rows)
            yield Hit(field=issue.field("title"), told=told)


def _fills(rows: tuple[ListedDrug, ...]) -> str:
    """What may be dispensed without authorization all the same."""
    fills = (
        ("Special fill", [row.special_fill for row in rows if row.special_fill]),
        ("Perioperative fill", [row.perioperative_fill for row in rows if row.perioperative_fill]),
    )
    return "".join(f" {name}: {max(days)} days." for name, days in fills if days)


RULES = {
    "drug-list": on_drug_list,
    "drug-class": drug_class,
    "brand-name": brand_name,
}
