"""Errors in what is cited."""

from __future__ import annotations

import random
import re
from datetime import date

from msgspec.structs import replace

from app.letter import (
    Basis,
    Citation,
    Guideline,
    Issue,
    Letter,
    Source,
)
from tests.score.mutation import (
    FAR,
    PART,
    Mutant,
    kind,
    pick,
    with_issue,
)


def recited(issue: Issue, *citations: Citation, text: str = "") -> Issue:
    said = text or "Decision based on MTUS " + ", and ".join(c.text for c in citations) + "."
    return replace(
        issue,
        maximus_guideline=Guideline(
            text=said, basis=Basis.MTUS if citations else Basis.NONE, citations=citations
        ),
    )


def mtus(title: str, edition: str | None, section: str = "", pages: str | None = None) -> Citation:
    text = f"{title} {edition}" if edition else title
    text += f", Section(s): {section}" if section else ""
    text += f" Page(s): {pages}" if pages else ""
    return Citation(
        source=Source.MTUS,
        title=title,
        edition=edition,
        sections=(section,) if section else (),
        pages=pages,
        text=text,
    )


def of_mtus(issue: Issue) -> Citation | None:
    return next(
        (c for c in issue.maximus_guideline.citations if c.source is Source.MTUS and c.sections),
        None,
    )


@kind("citation dropped", "no-evidence")
def citation_dropped(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.maximus_guideline.citations)
    return issue and Mutant(
        with_issue(
            letter,
            recited(
                issue,
                text="The Expert Reviewer did not cite any medical evidence for its decision.",
            ),
        )
    )


@kind("year of the edition dropped", "mtus-parts")
def year_dropped(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, of_mtus)
    if issue is None:
        return None
    cited = of_mtus(issue)
    return Mutant(with_issue(letter, recited(issue, mtus(cited.title, None, cited.sections[0]))))


@kind("section dropped", "mtus-parts")
def section_dropped(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: of_mtus(i) and "Postsurgical" not in of_mtus(i).title)
    if issue is None:
        return None
    cited = of_mtus(issue)
    return Mutant(with_issue(letter, recited(issue, mtus(cited.title, cited.edition))))


@kind("edition out of force", "edition-in-force")
def old_edition(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(
        letter, rng, lambda i: of_mtus(i) and of_mtus(i).title == "Chronic Pain Medical Treatment"
    )
    if issue is None or letter.header.decision_date is None:
        return None
    return Mutant(
        with_issue(
            letter,
            recited(
                issue, mtus("Chronic Pain Medical Treatment", "2009", of_mtus(issue).sections[0])
            ),
        )
    )


@kind("edition out of force since 2017", "edition-in-force")
def since_2017(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: of_mtus(i) and of_mtus(i).edition == "2004")
    if issue is None:
        return None
    return Mutant(
        replace(
            letter, header=replace(letter.header, decision_date=date(2018, 3, rng.randint(1, 28)))
        )
    )


@kind("edition that never was", "edition-unknown", "edition-in-force")
def false_edition(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: of_mtus(i) and of_mtus(i).edition)
    if issue is None:
        return None
    cited = of_mtus(issue)
    return Mutant(
        with_issue(
            letter,
            recited(issue, mtus(cited.title, str(int(cited.edition) + 10), cited.sections[0])),
        )
    )


CHAPTERS = {
    "Shoulder Complaints": ("9", 195, 225), "Low Back Complaints": ("12", 287, 328), "Knee Complaints": ("13", 329, 360),
    "Neck and Upper Back Complaints": ("8", 165, 194), "Ankle and Foot Complaints": ("14", 361, 386),
    "Forearm, Wrist, and Hand Complaints": ("11", 253, 286),
}  # fmt: skip
CHAPTER_FOR = {
    "shoulder": "Shoulder Complaints", "knee": "Knee Complaints", "wrist": "Forearm, Wrist, and Hand Complaints", "hand": "Forearm, Wrist, and Hand Complaints",
    "ankle": "Ankle and Foot Complaints", "foot": "Ankle and Foot Complaints", "cervical": "Neck and Upper Back Complaints",
    "neck": "Neck and Upper Back Complaints", "lumbar": "Low Back Complaints", "low back": "Low Back Complaints",
}  # fmt: skip


@kind("chapter of another body part", "chapter-fits")
def wrong_chapter(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        parts = {m.lower() for m in PART.findall(issue.title)}
        return (
            len(parts) == 1
            and not re.search(r"post-?\s?op|pre-?\s?op|associated|labs", issue.title, re.I)
            and next(iter(parts)) in CHAPTER_FOR
        )

    issue = pick(letter, rng, fits)
    if issue is None:
        return None
    part = PART.search(issue.title)[0].lower()
    other = CHAPTER_FOR.get(FAR[part], "Eye")
    return Mutant(with_issue(letter, recited(issue, mtus(other, "2004", "Special Studies"))))


@kind("page of another chapter", "wrong-book", "pages-outside")
def wrong_page(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.maximus_guideline.text)
    if issue is None:
        return None
    title, (number, first, last) = rng.choice([*CHAPTERS.items()])
    page = rng.choice(
        [p for p in (12, 98, 170, 210, 270, 304, 340, 370, 600) if not first <= p <= last]
    )
    cited = replace(
        mtus(f"{title}", None, pages=str(page)),
        chapter=number,
        text=f"ACOEM Chapter {number} {title} Page(s): {page}",
    )
    return Mutant(with_issue(letter, recited(issue, cited)))


@kind("page out of a topic's book", "wrong-book", "pages-outside")
def wrong_topic(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.maximus_guideline.text)
    if issue is None:
        return None
    page = rng.choice((170, 214, 304, 343))
    cited = mtus("Chronic Pain Treatment Guidelines", None, pages=str(page))
    return Mutant(with_issue(letter, recited(issue, cited)))


@kind("abbreviated page range", "abbreviated-pages")
def abbreviated(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.maximus_guideline.text)
    if issue is None:
        return None
    title, (number, first, _) = rng.choice([*CHAPTERS.items()])
    pages = (
        f"{first + 2}-{(first + 4) % 10}"
        if (first + 2) // 10 == (first + 4) // 10
        else f"{first + 2}-{(first + 4) % 100:02}"
    )
    cited = replace(
        mtus(title, None, pages=pages),
        chapter=number,
        text=f"ACOEM Chapter {number} {title} Page(s): {pages}",
    )
    return Mutant(with_issue(letter, recited(issue, cited)))


@kind("outside source without a reason", "no-reason-outside", "search-order")
def outside(letter: Letter, rng: random.Random) -> Mutant | None:
    def fits(issue: Issue) -> bool:
        return issue.maximus_guideline.basis is Basis.MTUS and not re.search(
            r"not (?:\w+ ){0,2}(?:address|discuss|mention|recommend|provide)|specific|silent|additional",
            issue.rationale,
            re.I,
        )

    issue = pick(letter, rng, fits)
    if issue is None:
        return None
    cited = Citation(
        source=Source.ODG,
        title="Low Back",
        edition="2016",
        text="Official Disability Guidelines (ODG) 2016, Low Back, MRIs",
    )
    said = (
        "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. Decision based on Non-MTUS Citation "
        + cited.text
        + "."
    )
    return Mutant(
        with_issue(
            letter,
            replace(
                issue,
                maximus_guideline=Guideline(text=said, basis=Basis.OUTSIDE, citations=(cited,)),
            ),
        )
    )
