"""Rules on what the reasons say is recorded nowhere: every document of the record is asked.

What the rules know by its meaning is looked for by all the words that texts use for it; what they do not
know by the very words of the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from app.services.checks.claims import Claim, claims
from app.services.checks.evidence import tells
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import short
from app.services.checks.record import RECORDS, Record, RecordPage
from app.services.checks.rules.record_hits import hit, quote_of
from app.services.checks.values import Hit, Quote
from app.services.language.facts import Fact
from app.services.language.matching import phrases_of
from app.services.language.seeking import seek
from app.services.language.terms import concepts, in_words, wider
from app.services.language.texts import read_text

AROUND = 260
"""Characters before and behind what was looked for that are read with it."""
MOST_TOLD = 4
"""Places that one finding shows."""
_NOTHING_OF = re.compile(
    r"\b(?:no|without|lack of|absence of|insufficient)\s+(?:\w+\s+){0,2}?(?:documentation|documented|"
    r"evidence|mention|record|indication|description|discussion|report)s?\s*(?:of|that|for|on|regarding|"
    r"about)?\s+(?P<one>[^.;,:()]+)"
    r"|\b(?:do(?:es)?|did)\s+not\s+(?:\w+\s+)?(?:document|mention|describe|indicate|discuss|report|show|"
    r"note|contain|include)\s+(?P<two>[^.;,:()]+)"
    r"|\b(?P<three>[A-Za-z][\w' -]{2,60}?)\s+(?:is|are|was|were)\s+(?:not|nowhere)\s+(?:documented|"
    r"mentioned|described|recorded|noted)\b",
    re.I,
)
_STOP = frozenset(
    ("a", "an", "any", "the", "of", "or", "and", "that", "this", "these", "those", "his", "her",
     "their", "its", "in", "on", "to", "for", "with", "by", "at", "from", "as", "is", "are", "was",
     "were", "be", "been", "has", "have", "had", "patient", "injured", "worker", "claimant",
     "recent", "prior", "previous", "current", "adequate", "significant", "clear", "objective",
     "any", "such", "specific", "sufficient", "further", "additional", "formal", "positive",
     "documented", "which", "who", "when", "where", "would", "could", "may", "there", "it", "he",
     "she", "other")
)  # fmt: skip
_SORTS = frozenset(
    ("test", "tests", "testing", "sign", "signs", "finding", "findings", "symptom", "symptoms",
     "exam", "examination", "trial", "change", "changes", "issue", "issues", "problem", "problems",
     "history", "level", "levels", "score", "scores")
)  # fmt: skip
"""What a thing is called besides its name: the record may call it another sort."""
_NOT_SO = re.compile(
    r"\b(?:no|not|never|denie[sd]|without|negative|none|absent)\b[^.;]{0,40}$", re.I
)
_MOST_WORDS = 4
_READ_FROM_SIGNS = frozenset(("neuro deficit", "radiculopathy"))


def claim_against_record(facts: Facts) -> Iterator[Hit]:
    """Something said to be recorded nowhere that a document tells."""
    for record, issue, claim in _claims(facts):
        told = list(_told(record, claim))[:MOST_TOLD]
        if told:
            page, sentence = told[0]
            more = f" and in {len(told) - 1} more" if len(told) > 1 else ""
            yield hit(
                issue.field("rationale"),
                {"issue": str(issue.number), "claim": claim.said, "told": short(sentence),
                 "where": page.where + more},
                (Quote(claim.text, issue.field("rationale"), None, claim.start, claim.end),
                 *(quote_of(page, sentence) for page, sentence in told)),
            )  # fmt: skip


def claim_searched(facts: Facts) -> Iterator[Hit]:
    """Something said to be recorded nowhere: what was looked for in which documents, in vain."""
    for record, issue, claim in _claims(facts):
        if next(_told(record, claim), None) or _named(record, claim.text):
            continue
        looked = sorted({in_words(fact.name) for fact in (*claim.wanted, *claim.treatments)})
        unread = record.unread_pages
        words = {"issue": str(issue.number), "claim": claim.said, "looked": ", ".join(looked)}
        quote = Quote(claim.text, issue.field("rationale"), None, claim.start, claim.end)
        if unread:
            words["count"] = f"{unread:,}"
            yield hit(issue.field("rationale"), words, (quote,), "unread")
        else:
            yield hit(issue.field("rationale"), words, (quote,))


def named_in_record(facts: Facts) -> Iterator[Hit]:
    """What is said to be recorded nowhere, where no document tells it as far as the rules know, and
    documents have the very words."""
    record = facts.context.record
    if record is None:
        return
    for issue in facts.issues:
        known = [claim for claim in claims(issue) if claim.undocumented]
        told_already = {claim.text for claim in known if next(_told(record, claim), None)}
        for sentence in issue.reasoning:
            named = None if sentence.text in told_already else _named(record, sentence.text)
            if named is not None:
                phrase, page, words = named
                field = issue.field("rationale")
                start = issue.rationale.raw.find(sentence.text)
                yield hit(
                    field,
                    {"issue": str(issue.number), "claim": short(sentence.text), "what": phrase,
                     "told": short(words), "where": page.where},
                    (Quote(sentence.text, field, None, start, start + len(sentence.text)),
                     quote_of(page, words)),
                )  # fmt: skip


def _claims(facts: Facts) -> Iterator[tuple[Record, IssueFacts, Claim]]:
    record = facts.context.record
    if record is None:
        return
    seen: set[str] = set()
    for issue in facts.issues:
        for claim in claims(issue):
            if claim.undocumented and claim.text not in seen:
                seen.add(claim.text)
                yield record, issue, claim


def _told(record: Record, claim: Claim) -> Iterator[tuple[RecordPage, str]]:
    """The sentences of documents that tell what a claim says is not there."""
    names = {name for fact in claim.wanted for name in _asked(fact)}
    phrases = sorted({term for name in names for term in phrases_of(name)})
    for page in record.pages(phrases, (RECORDS,)) if phrases else ():
        for passage in _passages(page.text, tuple(phrases)):
            text = read_text(passage)
            sentence = tells(text, claim)
            if sentence is not None:
                yield page, sentence
                break


def _named(record: Record, sentence: str) -> tuple[str, RecordPage, str] | None:
    """The words that a sentence says are nowhere, and the first passage that has them."""
    match = seek(_NOTHING_OF, sentence)
    phrase = _looked_for(match) if match else ""
    told = next(_naming(record, phrase), None) if phrase else None
    return None if told is None else (phrase, *told)


def _looked_for(match: re.Match[str]) -> str:
    """What a sentence says is nowhere, in the words that tell it."""
    words = re.findall(r"[\w'-]+", match["one"] or match["two"] or match["three"] or "")
    telling: list[str] = []
    for word in words:
        if word.lower() in _STOP:
            if telling:
                break
            continue
        telling.append(word)
        if len(telling) == _MOST_WORDS:
            break
    while len(telling) > 1 and telling[-1].lower() in _SORTS:
        telling.pop()
    return " ".join(telling) if any(len(word) > 3 for word in telling) else ""


def _naming(record: Record, phrase: str) -> Iterator[tuple[RecordPage, str]]:
    """The passages of documents that have the words and do not deny them."""
    for page in record.pages((phrase,), (RECORDS,)):
        for passage in _passages(page.text, (phrase,)):
            for sentence in read_text(passage).sentences:
                place = sentence.text.lower().find(phrase.lower())
                if place >= 0 and not _NOT_SO.search(sentence.text[:place]):
                    yield page, sentence.text


def _asked(fact: Fact) -> Iterator[str]:
    """A concept, and all that are a case of it or tell of it."""
    yield fact.name
    yield from _cases(fact.name)


@cache
def _cases(wanted: str) -> tuple[str, ...]:
    """The concepts that are a case of one; of an interpretation also the signs it is read from."""
    group = "neuro" if wanted in _READ_FROM_SIGNS else ""
    return tuple(
        name
        for name, concept in concepts().items()
        if wanted in wider(name) or (group and concept.group == group)
    )


@lru_cache(maxsize=2048)
def _passages(text: str, phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The stretches of a page around what was looked for, each begun and ended with a sentence."""
    plain = " ".join(text.split())
    lower = plain.lower()
    found: list[tuple[int, int]] = []
    for phrase in phrases:
        for match in re.finditer(rf"(?<!\w){re.escape(phrase.lower().rstrip('*'))}", lower):
            left = plain.rfind(". ", 0, max(0, match.start() - AROUND // 4))
            left = max(left + 2 if left >= 0 else 0, match.start() - AROUND)
            right = plain.find(". ", match.end())
            right = min(right + 1 if right >= 0 else len(plain), match.end() + AROUND)
            if found and left <= found[-1][1]:
                found[-1] = (min(found[-1][0], left), max(found[-1][1], right))
            else:
                found.append((left, right))
    return tuple(dict.fromkeys(plain[left:right] for left, right in found))


RULES = {
    "record-claim": claim_against_record,
    "record-searched": claim_searched,
    "record-named": named_in_record,
}
