"""Rules on what a decision cites: is it there, complete, in force, and about this item?

Only the reviewer's own field is held to them; the claims administrator's field reports what
somebody else cited, and is looked at for old editions and against the reviewer's only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.letter import Basis, Citation, Source
from app.services.checks.chapters import (
    cited_editions,
    fits,
    instead_of,
    known_editions,
    parts_of,
)
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.law import citation_parts_on
from app.services.checks.naming import is_ancillary
from app.services.checks.naming import parts_of as parts_named
from app.services.checks.values import Hit
from app.services.citations.force import Adoption, Standing, in_force, standing
from app.services.citations.known import KnownGuideline
from app.services.language.dates import date_text
from app.services.language.seeking import seek
from app.services.language.terms import in_words
from app.services.language.texts import read_text

SECTIONLESS = re.compile(r"acupuncture|postsurgical|formulary", re.I)
STUDY = re.compile(
    r"\b(?:et al|J(?:ournal)?\.? (?:of )?[A-Z]|N Engl|Spine \(|Pain Physician|JAMA|Lancet|BMJ|Cochrane|Am J|Arch |Clin )|\bvol(?:ume)?\.? ?\d"
)
URL = re.compile(r"https?://|www\.|\.(?:com|org|gov|net|edu)\b", re.I)
SILENT = re.compile(
    r"(?:does|do|did) not (?:\w+ ){0,2}(?:address|specifically|cover|provide|discuss|mention|apply|contain|comment|give|make|include|speak)"
    r"|not (?:specifically |directly )?(?:addressed|covered|discussed|mentioned)|\bsilent\b|no (?:specific )?(?:recommendation|guidance|mention|guidelines?|criteria)"
    r"|not address|not mention|more (?:specific|detailed|current|recent)|specific(?:ally)? (?:criteria|address)|rebut|stronger evidence|presumption|alternative guidelines|"
    r"in addition to (?:the )?MTUS|additionally (?:referenced|used)|also used|also referenced|referenced since|not chronic|acute (?:nature|injury|pain|phase)|defers? to|fails? to address|"
    r"not applicable|inapplicable|less than .{0,30}chronic|no mtus|not in (?:the )?mtus|not found in|not included",
    re.I,
)
NAMES_SOURCE = {
    Source.ODG: re.compile(r"\bODG\b|official disab", re.I),
    Source.ACOEM: re.compile(r"\bACOEM\b|occupational (?:and environmental )?medicine", re.I),
    Source.MTUS: re.compile(r"\bMTUS\b|\bACOEM\b|california|guidelines?\b", re.I),
}
DEPENDENT = re.compile(
    r"\b(?:ancillary|associated|primary|surg\w+|procedure|operation)\b[^.]{0,80}\bnot\b", re.I
)
STUDY_PARTS = {
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "volume": re.compile(r"\bvol|\d+\s?\(\d+\)|;\s?\d+|\b\d+:\d", re.I),
    "page": re.compile(r"\bpp?\.|\bpages?\b|:\s?[A-Z]?\d+", re.I),
}
SILENT_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def no_evidence(facts: Facts) -> Iterator[Hit]:
    """The reviewer cites nothing. Where the item only hangs on another one, that is reason enough."""
    for issue in facts.issues:
        guideline = issue.issue.maximus_guideline
        cites = guideline.basis is not Basis.NONE or guideline.citations
        if not guideline.text.strip() or cites or is_ancillary(issue):
            continue
        if not seek(DEPENDENT, issue.issue.rationale):
            yield Hit(field=issue.field("maximus_guideline"), told={"issue": str(issue.number)})


def mtus_parts(facts: Facts) -> Iterator[Hit]:
    """What the format of the letter's day asks for: year and section, or before it the page."""
    wanted = citation_parts_on("mtus", facts.letter.header.decision_date)
    undated = facts.letter.header.decision_date is None
    for issue, citation in cited(facts, Source.MTUS):
        there = _parts_of(citation, facts)
        paged = citation.pages or citation.chapter or facts.letter.layout == "maximus-2014"
        older = undated and paged and not citation.edition
        groups = (("page",),) if older else wanted
        missing = [f"the {group[0]}" for group in groups if not there & set(group)]
        if missing:
            yield citation_hit(issue, citation, missing=" and ".join(missing))


def _parts_of(citation: Citation, facts: Facts) -> set[str]:
    """What a citation of the MTUS names; a section where the chapter has none to name."""
    sections = (
        citation.sections
        or SECTIONLESS.search(citation.title)
        or not _has_known_sections(citation, facts)
    )
    parts = {"year": citation.edition, "page": citation.pages, "section": sections}
    return {part for part, value in parts.items() if value}


def _has_known_sections(citation: Citation, facts: Facts) -> bool:
    """Whether there is a section to name; also True for a chapter nobody knows."""
    known = cited_editions(citation, facts.guidelines)
    return not known or any(entry.sections for entry in known)


def other_parts(facts: Facts) -> Iterator[Hit]:
    """Year and chapter of another guideline: the house never prints them, so it is said once."""
    wanted = citation_parts_on("guideline", facts.letter.header.decision_date)
    lacking: list[tuple[IssueFacts, Citation, list[str]]] = []
    for source in (Source.ODG, Source.ACOEM):
        for issue, citation in cited(facts, source):
            there = {
                "year": citation.edition or SILENT_YEAR.search(citation.text),
                "chapter": citation.title.strip(),
            }
            missing = [f"the {group[0]}" for group in wanted if not any(map(there.get, group))]
            if missing:
                lacking.append((issue, citation, missing))
    if lacking:
        issue, citation, _ = lacking[0]
        yield citation_hit(
            issue,
            citation,
            missing=" and ".join(dict.fromkeys(part for *_, parts in lacking for part in parts)),
            count=str(len(lacking)),
        )


def study_parts(facts: Facts) -> Iterator[Hit]:
    """Author, title, year, journal, volume and page of a study; a bare web address has none."""
    wanted = citation_parts_on("study", facts.letter.header.decision_date)
    for issue, citation in cited(facts, Source.OTHER):
        text = citation.text or citation.title
        if URL.search(text) and len(re.sub(r"\S*(?:https?://|www\.)\S*", "", text).split()) < 5:
            yield citation_hit(issue, citation, "address")
            continue
        if not STUDY.search(text):
            continue
        missing = [
            f"the {group[0]}"
            for group in wanted
            if not any(STUDY_PARTS[part].search(text) for part in group)
        ]
        if missing:
            yield citation_hit(issue, citation, missing=", ".join(missing))


def edition_in_force(facts: Facts) -> Iterator[Hit]:
    """An edition that was over or not yet in force on the decision date, or is no edition of the
    MTUS as far as is known."""
    for issue, citation, entry, stands in _not_in_force(facts):
        says = {
            Standing.OVER: "default",
            Standing.NOT_ADOPTED: "not-adopted",
            Standing.WITHDRAWN: "withdrawn",
        }.get(stands, "early")
        if says != "early" or entry.effective_from is not None:
            yield _edition_hit(facts, issue, citation, entry, says)


def edition_not_adopted(facts: Facts) -> Iterator[Hit]:
    """An edition that was only proposed, or not even published, on the decision date."""
    for issue, citation, entry, stands in _not_in_force(facts):
        if stands is Standing.PROPOSED:
            yield _edition_hit(facts, issue, citation, entry, "default")
        elif stands is Standing.EARLY and entry.effective_from is None:
            yield _edition_hit(facts, issue, citation, entry, "unpublished")


def _not_in_force(
    facts: Facts,
) -> Iterator[tuple[IssueFacts, Citation, KnownGuideline, Standing]]:
    """What the reviewer cites of the MTUS in editions none of which stood on the decision date."""
    day = facts.letter.header.decision_date
    if day is None:
        return
    for issue, citation in cited(facts, Source.MTUS):
        known = known_editions(citation, facts.guidelines)
        named = [one for one in known if one.edition == citation.edition]
        if not named and known and all(one.adoption is Adoption.NONE for one in known):
            named = list(known)  # whatever the year, no edition of it is known as adopted
        if named and all(in_force(one, day) is False for one in named):
            yield issue, citation, named[0], standing(named[0], day)


def _edition_hit(
    facts: Facts, issue: IssueFacts, citation: Citation, entry: KnownGuideline, says: str
) -> Hit:
    day = facts.letter.header.decision_date
    assert day is not None
    stood = instead_of(entry, day, facts.guidelines)
    bounds = {"default": entry.effective_to, "early": entry.effective_from}
    bound = bounds.get(says) or entry.publication_date
    return citation_hit(
        issue,
        citation,
        says,
        edition=f"{entry.title} {citation.edition or entry.edition}".strip(),
        day=date_text(day),
        bound=date_text(bound) if bound else "",
        instead=f" In force on that day: {stood.title} {stood.edition}." if stood else "",
    )


def edition_unknown(facts: Facts) -> Iterator[Hit]:
    """A year no edition of the chapter has."""
    for issue, citation in cited(facts, Source.MTUS):
        known = known_editions(citation, facts.guidelines)
        if known and all(entry.adoption is Adoption.NONE for entry in known):
            continue
        years = sorted({entry.edition for entry in known if entry.edition})
        if citation.edition and years and citation.edition not in years:
            yield citation_hit(
                issue,
                citation,
                title=citation.title,
                edition=citation.edition,
                years=", ".join(years),
            )


SACROILIAC = re.compile(r"\bsacro-?iliac|\bSI joint|\bpiriformis|\bcoccy", re.I)
OF_PELVIS = frozenset(("hip",))
"""Where guidelines have the sacroiliac joint, which letters count among the low back."""


def chapter_fits(facts: Facts) -> Iterator[Hit]:
    """No cited chapter is about the item's body part, and one is about another."""
    for issue in facts.issues:
        own = item_parts(issue)
        parts = own or facts.summary_parts
        if not parts or is_ancillary(issue):
            continue
        wrong: list[Citation] = []
        for citation in issue.issue.maximus_guideline.citations:
            if not own and citation.source is not Source.MTUS:
                # Another chapter of the ODG may well be the one on what is used at any part.
                continue
            entries = cited_editions(citation, facts.guidelines)
            meant = parts | OF_PELVIS if seek(SACROILIAC, issue.issue.title) else parts
            if entries and not any(fits(entry, meant) for entry in entries):
                wrong.append(citation)
        named = [
            c
            for c in issue.issue.maximus_guideline.citations
            if any(parts_of(e) for e in cited_editions(c, facts.guidelines))
        ]
        if wrong and len(wrong) == len(named):
            yield citation_hit(
                issue,
                wrong[0],
                chapter=wrong[0].title,
                parts=", ".join(sorted(in_words(part) for part in parts)),
            )


def no_reason_outside(facts: Facts) -> Iterator[Hit]:
    """Something outside the MTUS, with no word on why the MTUS does not settle it."""
    for issue in facts.issues:
        guideline = issue.issue.maximus_guideline
        if (
            guideline.basis is Basis.OUTSIDE
            and issue.issue.rationale
            and not seek(SILENT, issue.issue.rationale)
        ):
            yield Hit(
                field=issue.field("maximus_guideline"),
                related=(issue.field("rationale"),),
                told={"issue": str(issue.number)},
            )


def search_order(facts: Facts) -> Iterator[Hit]:
    """A study or web page, where neither ACOEM nor ODG is cited before it."""
    for issue in facts.issues:
        citations = issue.issue.maximus_guideline.citations
        if any(c.source is not Source.OTHER for c in citations):
            continue
        for citation in citations:
            if not seek(SILENT, issue.issue.rationale) and not re.search(
                r"\bODG\b|\bACOEM\b|official disab", citation.text, re.I
            ):
                yield citation_hit(issue, citation)
                break


def unexplained_citations(facts: Facts) -> Iterator[Hit]:
    """More than one source, and the rationale never speaks of one of them."""
    for issue in facts.issues:
        citations = issue.issue.maximus_guideline.citations
        sources = {citation.source for citation in citations if citation.source in NAMES_SOURCE}
        if len(sources) < 2 or not issue.issue.rationale:
            continue
        silent = [s for s in sorted(sources) if not NAMES_SOURCE[s].search(issue.issue.rationale)]
        if silent:
            yield Hit(
                field=issue.field("maximus_guideline"),
                related=(issue.field("rationale"),),
                told={"issue": str(issue.number), "sources": " and ".join(silent)},
            )


def competing_guidelines(facts: Facts) -> Iterator[Hit]:
    """Reviewer and claims administrator cite different chapters; the rationale does not say why."""
    for issue in facts.issues:
        ours = {c.title for c in issue.issue.maximus_guideline.citations if c.title}
        theirs = {c.title for c in issue.issue.claims_administrator_guideline.citations if c.title}
        if not ours or not theirs or ours & theirs:
            continue
        sources = {c.source for c in issue.issue.claims_administrator_guideline.citations}
        named = [
            s
            for s in sources
            if s in NAMES_SOURCE
            and s is not Source.MTUS
            and NAMES_SOURCE[s].search(issue.issue.rationale)
        ]
        if not named and not any(
            title.lower() in issue.issue.rationale.lower() for title in theirs if " " in title
        ):
            yield Hit(
                field=issue.field("maximus_guideline"),
                related=(issue.field("claims_administrator_guideline"), issue.field("rationale")),
                told={
                    "issue": str(issue.number),
                    "ours": "; ".join(sorted(ours)),
                    "theirs": "; ".join(sorted(theirs)),
                },
            )


def item_parts(issue: IssueFacts) -> frozenset[str]:
    """The body parts of the title, also by spine level."""
    return parts_named(issue.title)


def cited(facts: Facts, source: Source | None) -> Iterator[tuple[IssueFacts, Citation]]:
    """What the reviewer cites, from that source or from any."""
    for issue in facts.issues:
        for citation in issue.issue.maximus_guideline.citations:
            if source is None or citation.source is source:
                yield issue, citation


def citation_hit(issue: IssueFacts, citation: Citation, says: str = "default", **told: str) -> Hit:
    """A hit at the reviewer's field that names the citation."""
    printed = citation.text or citation.title
    return Hit(
        field=issue.field("maximus_guideline"),
        says=says,
        told={
            "issue": str(issue.number),
            "cited": printed if len(printed) < 120 else printed[:117] + "…",
            **told,
        },
        alike=read_text(citation.title).raw.lower(),
    )


RULES = {
    "no-evidence": no_evidence,
    "mtus-parts": mtus_parts,
    "other-parts": other_parts,
    "study-parts": study_parts,
    "edition-in-force": edition_in_force,
    "edition-not-adopted": edition_not_adopted,
    "edition-unknown": edition_unknown,
    "chapter-fits": chapter_fits,
    "no-reason-outside": no_reason_outside,
    "search-order": search_order,
    "unexplained-citations": unexplained_citations,
    "competing-guidelines": competing_guidelines,
}
