"""The disputed items of a draft: what was denied or modified, beside what the application lists."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from app.evidence import Doubt, Evidence, Place
from app.letter import Basis, Citation, FieldId, Guideline, Issue, Letter, Request, Source
from app.services.citations import Side, Style, read_reference, write_guideline
from app.services.intake.layout import squeezed
from app.services.intake.sameness import LEAST, sameness
from app.services.intake.values import (
    Application,
    ItemLine,
    ReviewedItem,
    SourceKind,
    UrDecision,
    Verdict,
    source_words,
)

_ON = frozenset((Verdict.DENIED, Verdict.MODIFIED))
_CONDITIONAL = (
    "It was denied for want of information: such an item is not eligible until it was decided on."
)


class DraftItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item as it is offered: `is_on` whether it becomes one of the letter's unless changed.

    `verdict` is None where only the application has it. `warning` says why it should not silently
    become an item.
    """

    title: str
    verdict: Verdict | None
    is_on: bool
    spellings: tuple[str, ...] = ()
    approved: str = ""
    guideline: str = ""
    warning: str = ""
    doubts: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    guideline_places: tuple[Place, ...] = ()
    kind: SourceKind = SourceKind.UR_DECISION

    def put(self, letter: Letter) -> tuple[Letter, dict[FieldId, Evidence]]:
        """The letter with this item as one more of its own, and where each part was read."""
        made = letter.issues_made + 1
        told = (*self.doubts, *((self.warning,) if self.warning else ()))
        seen = {
            FieldId("issue.title", made): Evidence(
                places=self.places,
                text=self.title,
                doubts=tuple(Doubt(words=words) for words in told),
                others=self.spellings,
                source=source_words(self.kind, self.places),
            )
        }
        guideline, request = Guideline(), None
        if self.verdict is not None:
            field = FieldId("issue.claims_administrator_guideline", made)
            guideline, seen[field] = self._guideline()
        if self.verdict is Verdict.MODIFIED:
            request = Request(original=self.title, authorized=self.approved)
            seen[FieldId("issue.request.authorized", made)] = self._authorized()
        issue = Issue(
            id=made,
            title=self.title,
            request=request,
            claims_administrator_guideline=guideline,
        )
        return replace(letter, issues=(*letter.issues, issue), issues_made=made), seen

    def _authorized(self) -> Evidence:
        """Where the approved part was read, or that it was not found."""
        if self.approved:
            source = source_words(self.kind, self.places)
            return Evidence(places=self.places, text=self.approved, source=source)
        words = "The UR decision modified this item; what part was approved was not found in it."
        return Evidence(doubts=(Doubt(words=words),))

    def _guideline(self) -> tuple[Guideline, Evidence]:
        """The field of the claims administrator's guideline, in the letter's fixed sentences."""
        if not self.guideline:
            words = "The UR decision names no guideline for this item that was found."
            none = write_guideline((), Side.CLAIMS_ADMINISTRATOR, Style.SECTIONS_2016)
            return Guideline(), Evidence(doubts=(Doubt(words=words),), others=(none,))
        cited: list[Citation] = []
        problems: list[str] = []
        for part in self.guideline.split(";"):
            citations, why = read_reference(part)
            cited += citations
            problems += why
        text = write_guideline(cited, Side.CLAIMS_ADMINISTRATOR, Style.SECTIONS_2016)
        if not cited:
            problems.append(f"The UR decision cites “{self.guideline}”.")
            return Guideline(), Evidence(doubts=tuple(Doubt(words=why) for why in problems))
        evidence = Evidence(
            places=self.guideline_places,
            text=text,
            doubts=tuple(Doubt(words=why) for why in dict.fromkeys(problems)),
            source=source_words(self.kind, self.guideline_places),
        )
        return Guideline(text=text, basis=_basis(cited), citations=tuple(cited)), evidence


def draft_items(
    application: Application | None, decision: UrDecision | None
) -> tuple[DraftItem, ...]:
    """The items of both together, those of the decision first, in its order."""
    lines = list(application.items) if application else []
    reviewed = decision.items if decision else ()
    if not reviewed:
        return tuple(_of_line(line, alone=decision is None) for line in lines)
    pairs = _pairs(lines, reviewed)
    found = [_of_review(item, pairs.get(at), bool(lines)) for at, item in enumerate(reviewed)]
    taken = {id(line) for line in pairs.values()}
    found += [_of_line(line, alone=False) for line in lines if id(line) not in taken]
    return tuple(found)


def _pairs(lines: Sequence[ItemLine], items: Sequence[ReviewedItem]) -> dict[int, ItemLine]:
    """Which line of the application means which item, the most alike first, each used once."""
    scored = sorted(
        (
            (max(sameness(line.title, name) for name in (item.title, *item.spellings)), at, number)
            for at, item in enumerate(items)
            for number, line in enumerate(lines)
        ),
        key=lambda score: (-score[0], score[1:]),
    )
    pairs: dict[int, ItemLine] = {}
    used: set[int] = set()
    for alike, at, number in scored:
        if alike >= LEAST and at not in pairs and number not in used:
            pairs[at] = lines[number]
            used.add(number)
    return pairs


def _of_review(item: ReviewedItem, line: ItemLine | None, has_lines: bool) -> DraftItem:
    doubts, spellings = list(item.doubts), list(item.spellings)
    is_on = item.verdict in _ON
    if line is not None:
        if squeezed(line.title) != squeezed(item.title):
            doubts.append(f"The application writes it as “{line.title}”.")
            spellings.append(line.title)
        if not is_on and item.verdict is not Verdict.CONDITIONAL:
            doubts.append("The application lists it, and the UR decision did not deny it.")
    elif is_on and has_lines:
        doubts.append("The application does not list it.")
    return DraftItem(
        title=item.title,
        verdict=item.verdict,
        is_on=is_on,
        spellings=tuple(dict.fromkeys(one for one in spellings if one != item.title)),
        approved=item.approved,
        guideline=item.guideline,
        warning=_CONDITIONAL if item.verdict is Verdict.CONDITIONAL else "",
        doubts=tuple(dict.fromkeys(doubts)),
        places=item.places,
        guideline_places=item.guideline_places,
    )


def _of_line(line: ItemLine, alone: bool) -> DraftItem:
    doubts = [line.doubt] if line.doubt else []
    if not alone:
        doubts.append("The UR decision has no such item that was found.")
    return DraftItem(
        title=line.title,
        verdict=None,
        is_on=True,
        doubts=tuple(doubts),
        places=line.places,
        kind=SourceKind.APPLICATION,
    )


def _basis(citations: Sequence[Citation]) -> Basis:
    inside = any(citation.source is Source.MTUS for citation in citations)
    outside = any(citation.source is not Source.MTUS for citation in citations)
    if inside:
        return Basis.BOTH if outside else Basis.MTUS
    return Basis.OUTSIDE
