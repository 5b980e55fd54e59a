"""Rules on what the reasons go by: the standard, the sources named, the class of a drug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.letter import Citation, Source
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import overlap, parts_of, short
from app.services.checks.rules.guidelines import SILENT, cited
from app.services.checks.rules.requests import title_items
from app.services.checks.standards import LegalStandard, standards
from app.services.checks.values import Hit, Quote
from app.services.language.items import items_of
from app.services.language.seeking import seek
from app.services.language.terms import DRUG, drug_list, wider
from app.services.language.texts import read_text

# What a rationale may rest on, and how its guideline field would have it.
SOURCES = (
    ("the Official Disability Guidelines", re.compile(r"\bODG\b|\bofficial disability", re.I), re.compile(r"\bODG\b|official disab|work loss data", re.I)),
    ("ACOEM", re.compile(r"\bACOEM\b|\bcollege of occupational", re.I), re.compile(r"\bACOEM\b|college of occupational|\bMTUS\b", re.I)),
    ("the MTUS", re.compile(r"\bMTUS\b|\bmedical treatment utilization schedule", re.I), re.compile(r"\bMTUS\b|medical treatment utilization", re.I)),
    ("the Cochrane reviews", re.compile(r"\bcochrane\b", re.I), re.compile(r"cochrane", re.I)),
    ("UpToDate", re.compile(r"\buptodate\b", re.I), re.compile(r"uptodate", re.I)),
    ("the CDC", re.compile(r"\bCDC\b|\bcenters for disease control", re.I), re.compile(r"\bCDC\b|centers for disease", re.I)),
    ("the AAOS", re.compile(r"\bAAOS\b|\bamerican academy of orth", re.I), re.compile(r"AAOS|american academy of orth", re.I)),
    ("the North American Spine Society", re.compile(r"\bNASS\b|\bnorth american spine", re.I), re.compile(r"NASS|north american spine", re.I)),
    ("the Physicians' Desk Reference", re.compile(r"\bPDR\b|\bphysicians'? desk reference", re.I), re.compile(r"PDR|desk reference", re.I)),
    ("a Medicare rule", re.compile(r"\b(?:CMS|medicare) (?:guideline|criteria|coverage|policy|manual)", re.I), re.compile(r"CMS|medicare", re.I)),
    ("the AMA Guides", re.compile(r"\bAMA guides?\b", re.I), re.compile(r"\bAMA\b", re.I)),
    ("the American Pain Society", re.compile(r"\bamerican pain society|\bAPS guideline", re.I), re.compile(r"american pain|\bAPS\b", re.I)),
    ("a journal", re.compile(r"\b(?:study|trial|article|review) (?:in|from|of) the [A-Z]|\bJournal of [A-Z]|\bNew England Journal|\bJAMA\b|\bLancet\b|\bet al\.?,?(?: \w+){0,4}? \(?(?:19|20)\d\d|\b[A-Z][a-z]+(?:'s|’s) (?:19|20)\d\d (?:recommend|stud|review|trial|guideline|paper|article|consensus|series|report)"), re.compile(r"journal|JAMA|lancet|et al|\bJ\b", re.I)),
    ("a textbook", re.compile(r"\btext-?book\b|'s (?:Principles|Operative) ", re.I), re.compile(r"text-?book|principles", re.I)),
    ("the Postsurgical Treatment Guidelines", re.compile(r"\bpost-?surgical treatment guidelines?", re.I), re.compile(r"post-?surgical", re.I)),
    ("the Acupuncture Guidelines", re.compile(r"\bacupuncture (?:medical )?(?:treatment )?guidelines?", re.I), re.compile(r"acupuncture", re.I)),
    ("the Opioids Treatment Guidelines", re.compile(r"\bopioids? treatment guidelines?", re.I), re.compile(r"opioid", re.I)),
    ("the FDA or a package insert", re.compile(r"\bFDA\b(?![- ](?:approv|label|clear))|\bpackage inserts?\b|\bfood and drug administration|\bmanufacturer's (?:label|prescribing)|\bprescribing information", re.I), re.compile(r"FDA|package insert|food and drug|prescribing|PDR|drugs\.com|dailymed", re.I)),
    ("the American College of Radiology", re.compile(r"\bACR appropriateness|\bamerican college of radiology", re.I), re.compile(r"\bACR\b|college of radiology", re.I)),
)  # fmt: skip
_BODY = r"(?:Society|Academy|Association|College|Institute|Federation|Foundation|Council|Board|Alliance|Collaboration|Network|Agency|Consortium)"
_PAPER = r"(?:guideline|criteria|statement|recommend|consensus|position|parameter|standard|polic|assessment|review|report|bulletin|advisor|practice)"
SOCIETY = re.compile(
    rf"\b(?:(?:[A-Z]\w+ )+{_BODY}(?: (?:of|for|on|and|the|[A-Z]\w+))*?(?=(?:['’]s?)?,? (?:\w+ ){{0,3}}?{_PAPER})"
    rf"|(?:American|International|European|British|Canadian|National|World|North American) {_BODY}(?: (?:of|for|on|and|the|[A-Z]\w+))+\b(?<! of)(?<! for)(?<! and)(?<! the)"
    rf"|(?:American|International|European|British|Canadian|National|World) (?:Headache|Heart|Diabetes|Psychiatric|Psychological|Health)(?: (?:of|for|on|and|the|[A-Z]\w+))+\b(?<! of)(?<! for)(?<! and)(?<! the)"
    rf"|(?<=of the )(?:[A-Z]\w+ )+{_BODY})"
)
"""Other bodies that are named as a source."""
CITED_AS = {
    "the Official Disability Guidelines": frozenset((Source.ODG,)),
    "ACOEM": frozenset((Source.ACOEM, Source.MTUS)),
    "the MTUS": frozenset((Source.MTUS,)),
}
RELIED_ON = re.compile(
    r"\b(?:recommend|stat(?:e|es|ed|ing)|support|indicat|not(?:e|es|ed)|advis|suggest|criteria|requir|specif|allow|consider|says?|list|call|guideline|accord|per\b|pursuant|under|based on|cit(?:e|ed|es|ing)|refer|limit|describe|permit|provide|address|find|found|reach|speak|bear|call|set|show|conclude|report|publish|go(?:es)? by)",
    re.I,
)
BY_AUTHOR = re.compile(
    r"\b(?:trial|study|review|article|paper|analysis|series)\s+(?:by|of|from)\s+[A-Z]|^(?:According to|In) (?:an?|the|one) [^.;]{0,40}?\b(?:trial|study|review|article|paper)\b"
)
RESTS_ON = re.compile(
    r"\b(?:I|we|this (?:reviewer|decision|determination|reviewer's decision))\b[^.;]{0,40}\b(?:rest|rel(?:y|ied|ies)|base[sd]?|go(?:es)? by|follow)",
)
POSTSURGICAL = re.compile(r"\bpost-?surgical\b", re.I)
SEE_ALSO = re.compile(r"\W*(?:also )?(?:see|refer to)\b", re.I)
YEAR = re.compile(
    r"\b(?P<before>(?:19|20)\d\d)\s+(?:California\s+|CA\s+)?(?P<one>MTUS|ACOEM|ODG|Chronic Pain|Opioids?|Official Disability)"
    r"|\b(?P<two>MTUS|ACOEM|ODG|Chronic Pain(?: Medical)?(?: Treatment)? Guidelines?|Opioids? Treatment Guidelines?|Official Disability Guidelines)\W+(?:[A-Za-z]+\W+){0,5}?\(?(?:[A-Za-z]+\s+)?(?:\d{1,2},?\s+)?(?P<after>(?:19|20)\d\d)\b",
    re.I,
)
OF_A_DAY = re.compile(
    r"\b(?:in|on|since|by|until|through|from|during)\s+(?:[A-Z][a-z]+\s+)?(?:\d{1,2},?\s+)?(?:19|20)\d\d$"
)
"""A year that tells when something was, and not which edition."""
# An edition told as not the one applied, or by whom else it was applied.
OTHER_EDITION = re.compile(
    r"\b(?:supersed\w*|replac\w*|earlier|previous\w*|prior|older|former\w*|updat\w*|effective|adopted|revis\w*|came into|took effect|until|since|before|no longer"
    r"|not apply|not applicable|not in force|utilization review|UR|claims administrator|published|instead|also|compar\w*|changed|unlike|differ\w*|treating|provider)\b",
    re.I,
)


def wrong_standard(facts: Facts) -> Iterator[Hit]:
    """The reasons go by something that medical necessity does not go by."""
    for issue in facts.issues:
        for sentence in issue.reasoning:
            found = _standard_in(sentence.text)
            if found is None or seek(QUOTES_GUIDELINE, sentence.text):
                continue
            standard, match = found
            asked = not NOT_ASKED.search(sentence.text[: match.start()])
            asked = asked and not BY_OTHERS.search(sentence.text[: match.start()])
            asked = asked and not NO_GROUND.search(sentence.text, match.end())
            if not asked or seek(USUALLY, sentence.text):
                continue
            if SMALL_COST.search(match[0]) and not seek(AS_GROUND, sentence.text):
                continue
            start = issue.issue.rationale.index(sentence.text, sentence.start) + match.start()
            yield Hit(
                field=issue.field("rationale"),
                told={
                    "issue": str(issue.number),
                    "what": standard.what,
                    "said": short(sentence.text),
                },
                quotes=(
                    Quote(
                        sentence.text, issue.field("rationale"), None, start, start + len(match[0])
                    ),
                ),
            )
            break


NOT_ASKED = re.compile(
    r"\b(?:no one|nobody|neither|nor|(?:not|n't|never|without) (?:\w+ ){0,2}?(?:expect|requir|demand|ask|need|have to|necessary)\w*|need not|(?:wrong|improper|an error|a mistake|unfair|no reason|no ground|not right) (?:to|for)|is not the (?:test|standard|question))\b[^.;]{0,60}$",
    re.I,
)
"""In front of a standard: it is told not to be one."""
NO_GROUND = re.compile(
    r"\b(?:(?:does|do|did) not|doesn['’]t|cannot|is no|are no)\s+(?:\w+\s+)?(?:make|render|mean|matter|bar|defeat|preclude|decide|reason|ground|bar|test|requirement)\b",
    re.I,
)
"""Behind it likewise: "that no cure is in sight does not make it unnecessary"."""
BY_OTHERS = re.compile(
    r"\b(?:UR|utilization review\w*|claims administrator|adjuster|(?:first|prior|earlier|original) reviewer|provider|physician|patient)\b[^.;]{0,30}?\b(?:object|stat|sa(?:id|ys)|argu|held|holds|claim|reason|wrote|not|maintain|contend)\w*[^.;]*$",
    re.I,
)
SMALL_COST = re.compile(
    r"\b(?:inexpensive|cheap|saves?|saving|cost|costs|price|economical)\b", re.I
)
AS_GROUND = re.compile(
    r"\b(?:because|since|so|therefore|hence|thus|reasons?|grounds?|justif\w*|grant\w*|approv\w*|allow\w*|authoriz\w*|certif\w*|den(?:y|ied|ial)|necess\w*|too|prohibitive|outweigh\w*|exceed\w*|effective\w*|burden|carrier|insurer|employer|more|less|not|cannot|high|great|excessive|than|decid\w*|weigh\w*)\b",
    re.I,
)
"""What makes of the cost, told by the way, a reason."""
USUALLY = re.compile(
    r"\b(?:usually|often|almost always|typically|frequently|commonly|in most (?:cases|patients))\b",
    re.I,
)


@lru_cache(maxsize=8192)
def _standard_in(sentence: str) -> tuple[LegalStandard, re.Match[str]] | None:
    return next(
        ((one, match) for one in standards().legal if (match := one.compiled.search(sentence))),
        None,
    )


def edition_standard(facts: Facts) -> Iterator[Hit]:
    """The reasons apply what another edition says than the one that is cited."""
    for issue, citation in cited(facts, Source.MTUS):
        for standard in standards().editions:
            match = standard.compiled.search(issue.issue.rationale)
            if (
                match
                and citation.edition == standard.edition
                and standard.titles in f"{citation.title} {citation.sections}".lower()
            ):
                yield Hit(
                    field=issue.field("rationale"),
                    related=(issue.field("maximus_guideline"),),
                    told={
                        "issue": str(issue.number),
                        "what": standard.what,
                        "cited": f"{citation.title} {citation.edition}",
                        "instead": standard.instead,
                    },
                    quotes=(Quote(match[0], issue.field("rationale"), None, *match.span()),),
                )


def edition_named(facts: Facts) -> Iterator[Hit]:
    """The rationale names another year of a guideline than its field cites."""
    for issue in facts.issues:
        citations = issue.issue.maximus_guideline.citations
        for match in YEAR.finditer(issue.issue.rationale):
            year = match["before"] or match["after"]
            known = _years(citations, match["one"] or match["two"])
            before = issue.issue.rationale.rfind(". ", 0, match.start()) + 1
            until = issue.issue.rationale.find(". ", match.end())
            sentence = issue.issue.rationale[before : until if until > 0 else None]
            told = seek(OTHER_EDITION, sentence) or any(one in sentence for one in known)
            told = told or OF_A_DAY.search(match[0])
            if known and year not in known and not told:
                yield Hit(
                    field=issue.field("rationale"),
                    related=(issue.field("maximus_guideline"),),
                    told={
                        "issue": str(issue.number),
                        "named": match[0],
                        "years": ", ".join(sorted(known)),
                    },
                    quotes=(Quote(match[0], issue.field("rationale"), None, *match.span()),),
                )
                break


def source_not_cited(facts: Facts) -> Iterator[Hit]:
    """A source the rationale rests on that its guideline field does not cite."""
    for issue in facts.issues:
        field = issue.issue.maximus_guideline.text
        if not field.strip():
            continue
        cited_sources = {citation.source for citation in issue.issue.maximus_guideline.citations}
        of_acoem = re.search(r"complaints|general approaches|elbow|ACOEM|stress", field, re.I)
        for name, _, has in SOURCES:
            if name == "ACOEM" and not of_acoem:
                if Source.ACOEM in cited_sources or "ACOEM" in field:
                    continue
            elif has.search(field) or cited_sources & CITED_AS.get(name, frozenset()):
                continue
            place = _relied_on(issue.issue.rationale).get(name)
            if place is not None:
                yield _not_cited(issue, name, place)
        known = {name for name, _, _ in SOURCES}
        for name, place in _relied_on(issue.issue.rationale).items():
            if name not in known and name.removeprefix("the ").lower() not in field.lower():
                yield _not_cited(issue, name, place)


def _not_cited(issue: IssueFacts, name: str, place: tuple[int, int]) -> Hit:
    said = issue.issue.rationale[place[0] : place[1]]
    return Hit(
        field=issue.field("maximus_guideline"),
        related=(issue.field("rationale"),),
        told={"issue": str(issue.number), "source": name, "said": short(said)},
        quotes=(Quote(said, issue.field("rationale"), None, *place),),
    )


@lru_cache(maxsize=1024)
def _relied_on(rationale: str) -> dict[str, tuple[int, int]]:
    """The sources a rationale rests on, each with the sentence that says so."""
    text = read_text(rationale)
    found: dict[str, tuple[int, int]] = {}
    for number, sentence in enumerate(text.sentences):
        quoted = number in text.quoted and not seek(BY_AUTHOR, sentence.text)
        quoted = quoted and not seek(RESTS_ON, sentence.text)
        if quoted or SEE_ALSO.match(sentence.text):
            continue
        if not seek(RELIED_ON, sentence.text) or seek(SILENT, sentence.text):
            continue
        for name, named, _ in SOURCES:
            if name not in found and named.search(sentence.text):
                found[name] = text.place(number)
        for match in SOCIETY.finditer(sentence.text):
            found.setdefault(f"the {match[0]}", text.place(number))
    return found


def section_fits(facts: Facts) -> Iterator[Hit]:
    """The cited section names a drug or treatment, and it is not the item's."""
    for issue, citation in cited(facts, None):
        parts = parts_of(read_text("; ".join(citation.sections)))
        own_parts = parts_of(issue.title)
        if (
            POSTSURGICAL.search(citation.title)
            and parts
            and own_parts
            and not overlap(parts, own_parts)
        ):
            yield _unfit(issue, citation)
            continue
        ours = title_items(issue)
        theirs = [
            item
            for item in items_of(read_text("; ".join((citation.title, *citation.sections))))
            if item.kind == DRUG or item.name in SPECIAL
        ]
        if not ours or not theirs or len(issue.issue.maximus_guideline.citations) > 1:
            continue
        classes = {name for item in ours for name in wider(item.name)}
        section = ", ".join(citation.sections)
        own = {drug.classes for item in ours if (drug := drug_list().drugs.get(item.name))}
        if any(name in section.lower() for classes in own for name in classes):
            continue
        here = {name for item in items_of(issue.rationale) for name in wider(item.name)}
        if not any(
            wider(item.name) & (classes - {"medication", "conservative", "therapy"})
            for item in theirs
        ) and not any(item.name in here for item in theirs):
            yield _unfit(issue, citation)


def _unfit(issue: IssueFacts, citation: Citation) -> Hit:
    return Hit(
        field=issue.field("maximus_guideline"),
        related=(issue.field("title"),),
        told={
            "issue": str(issue.number),
            "section": ", ".join(citation.sections),
            "title": issue.disputed.raw,
        },
    )


def _years(citations: tuple[Citation, ...], named: str) -> frozenset[str]:
    """The years of what is cited from the source that is named."""
    source = named.upper()
    found: set[str] = set()
    for citation in citations:
        if not citation.edition:
            continue
        title = citation.title.lower()
        fits = (
            (source.startswith("CHRONIC") and "chronic pain" in title)
            or (source.startswith("OPIOID") and "opioid" in title)
            or (
                source in ("ODG", "OFFICIAL DISABILITY", "OFFICIAL DISABILITY GUIDELINES")
                and citation.source is Source.ODG
            )
            or (source == "ACOEM" and (citation.source is Source.ACOEM or "complaints" in title))
            or (source == "MTUS" and citation.source is Source.MTUS)
        )
        if fits:
            found.add(citation.edition)
    return frozenset(found)


QUOTES_GUIDELINE = re.compile(
    r"\b(?:MTUS|ODG|ACOEM|guidelines?) (?:state|note|say|recommend|define|describe)", re.I
)
SPECIAL = frozenset(
    ("acupuncture", "chiropractic", "epidural", "facet", "trigger point", "electrical stimulation",
     "massage", "biofeedback", "opioid", "muscle relaxants", "anticonvulsants",
     "antidepressants", "urine test", "home health", "gym", "spinal cord stimulator", "shockwave")
)  # fmt: skip
RULES = {
    "wrong-standard": wrong_standard,
    "edition-standard": edition_standard,
    "edition-named": edition_named,
    "source-not-cited": source_not_cited,
    "section-fits": section_fits,
}
