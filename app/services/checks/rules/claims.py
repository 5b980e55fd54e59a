"""Rules on statements that something is not documented: the plain error letters are set aside for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.letter import FieldId
from app.services.checks.facts import Facts, bare
from app.services.checks.text import Text, read
from app.services.checks.values import Hit, Quote
from app.services.checks.vocabulary import standard_words

UNDOCUMENTED = re.compile(
    r"\b(?P<claim>(?:(?:is|are|was|were|has been|have been)\s+)?(?:no|not any|without|a lack of|lack of|insufficient|absence of|limited)\s+"
    r"(?:clear\s+|specific\s+|documented\s+|objective\s+|subjective\s+|recent\s+|clinical\s+|supporting\s+|medical\s+|significant\s+)*"
    r"(?:documentation|documented evidence|evidence|mention|indication|record|records|report|discussion|information)"
    r"(?:\s+(?:provided|submitted|available|noted|documented|presented|found|given))?\s+(?:of|that|to support|to suggest|to indicate|regarding|indicating|"
    r"showing|demonstrating|specifying|on|to substantiate|concerning|for))\s+(?P<what>[^.;:]{3,160})"
    r"|\b(?P<claim2>(?:did|does|do|was|were|is|are)\s+not\s+(?:document(?:ed)?|mention(?:ed)?|record(?:ed)?))\s+(?P<what2>[^.;:]{3,160})",
    re.I,
)
NEGATED = re.compile(
    r"\b(?:no|not|denie[sd]|negative|without|absent|lack|never|none|unremarkable|normal)\b", re.I
)


@dataclass(frozen=True)
class Claim:
    """A statement that something is not in the record."""

    said: str
    what: str
    keys: tuple[str, ...]


def claim_contradicted(facts: Facts) -> Iterator[Hit]:
    """A claim that X is not documented, where one sentence of the file speaks of all of X."""
    for issue in facts.issues:
        for claim in claims(issue.issue.rationale):
            quotes = mentions_of(facts, claim)
            strong = [
                quote
                for quote, count in quotes
                if count == len(claim.keys) and count >= 2 and not NEGATED.search(quote.text)
            ]
            if strong:
                yield Hit(
                    field=issue.field("rationale"),
                    related=tuple(dict.fromkeys(q.field for q in strong if q.field is not None)),
                    told={
                        "issue": str(issue.number),
                        "claim": claim.said,
                        "count": str(len(strong)),
                    },
                    quotes=tuple(strong),
                )


def claim_to_confirm(facts: Facts) -> Iterator[Hit]:
    """Every claim that something is not documented, with each place that mentions it."""
    for issue in facts.issues:
        for claim in claims(issue.issue.rationale):
            quotes = tuple(quote for quote, _ in mentions_of(facts, claim))
            yield Hit(
                field=issue.field("rationale"),
                says="mentioned" if quotes else "default",
                told={"issue": str(issue.number), "claim": claim.said, "count": str(len(quotes))},
                quotes=quotes,
            )


@lru_cache(maxsize=512)
def claims(rationale: str) -> tuple[Claim, ...]:
    """The statements of a rationale that something is not in the record."""
    found: list[Claim] = []
    for sentence in read(rationale).sentences:
        for match in UNDOCUMENTED.finditer(sentence.text):
            what = (match["what"] or match["what2"] or "").strip()
            # About the literature, not about this record.
            if re.match(
                r"(?:the )?(?:routine |long-?term )?(?:use|efficacy|effectiveness)\b", what, re.I
            ):
                continue
            what = re.split(
                r"\b(?:to warrant|warranting|that would|which would|prior to|in order to|, and|, or|but|however|as)\b|,\s+(?:the|this|\w+ing)\b",
                what,
            )[0].strip(" ,")
            keys = tuple(dict.fromkeys(_stem(w.text) for w in read(what).words if _tells(w.text)))
            if keys:
                said = f"{match['claim'] or match['claim2']} {what}".strip()
                found.append(
                    Claim(
                        re.sub(
                            r"^(?:is|are|was|were|has been|have been)\s+(?=no|a lack|lack|insuff|limited)",
                            "",
                            said,
                        ),
                        what,
                        keys,
                    )
                )
    return tuple(found)


def mentions_of(facts: Facts, claim: Claim) -> list[tuple[Quote, int]]:
    """Sentences of the summary and the pages that name what a claim says is not there.

    Each with how many of the claim's words it has. Where a page shows the letter itself, its
    sentences are the letter's own and do not count.
    """
    found: list[tuple[Quote, int]] = []
    least = 1 if len(claim.keys) == 1 else 2 if len(claim.keys) <= 4 else 3
    wanted = set(claim.keys)
    said = bare(claim.said)
    sources: list[tuple[FieldId | None, int | None, Text]] = [
        (FieldId("clinical_summary"), None, facts.summary)
    ]
    if not facts.summary.raw.strip():
        sources = []
    sources += [(None, page, text) for page, text in enumerate(facts.pages, 1)]
    seen: set[str] = set()
    for field, page, text in sources:
        for sentence, stems in _stemmed(text.raw):
            count = len(wanted & stems)
            if count < least:
                continue
            key = bare(sentence)
            # Behind a colon: the first sentence of a field is printed behind its label.
            tail = bare(sentence.rsplit(":", 1)[-1])
            own = page is not None and (
                key in facts.own_words or (len(tail) > 20 and tail in facts.own_words)
            )
            if not own and said not in key and key not in seen:
                seen.add(key)
                found.append((Quote(sentence, field, page), count))
    return found


@lru_cache(maxsize=256)
def _stemmed(raw: str) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (sentence.text, frozenset(_stem(word.text) for word in read(sentence.text).words))
        for sentence in read(raw).sentences
    )


def _tells(word: str) -> bool:
    return len(word) > 3 and word.isalpha() and word not in standard_words().empty_words


def _stem(word: str) -> str:
    """A word without its ending, cut to seven letters: enough to match plural and tense."""
    for ending in ("ations", "ation", "ical", "ies", "ing", "es", "ed", "ic", "al", "s", "y"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            word = word[: -len(ending)]
            break
    return word[:7]


RULES = {
    "claim-contradicted": claim_contradicted,
    "claim-to-confirm": claim_to_confirm,
}
