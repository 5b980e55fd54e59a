"""Reading a utilization review decision: whose case, its days, and each item with its verdict.

What a table, a list, a heading and a report say of one item is put together by what they name; a
spelling or a verdict that differs is doubted.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from app.services.intake.application import NotReadable, is_application
from app.services.intake.layout import Layout, has_words, squeezed
from app.services.intake.mentions import Mention
from app.services.intake.sameness import LEAST, sameness
from app.services.intake.ur_facts import read_facts
from app.services.intake.ur_guidelines import cited_in, guideline_in
from app.services.intake.ur_items import ItemReader
from app.services.intake.ur_lines import Line, lines_of
from app.services.intake.ur_table import read_tables
from app.services.intake.values import Fact, ReviewedItem, UrDecision, Verdict
from app.services.language.sentences import sentences
from app.services.language.terms import DRUG, TREATMENT
from app.services.language.texts import read_text
from app.services.pdf import FormText

_OF_UR = re.compile(
    r"utili[sz]ation\s+review|\bUR\b|determination|certif|authori[sz]ation|\bRFA\b|medically\s+necessary|adverse",
    re.I,
)
_REMEDY = "Choose the utilization review decision's PDF that has text, or begin without it and type what it says."
_SAME = 0.8
_NEXT = 1
"""Lines: so near stand the items of a list."""
_GENERIC = re.compile(
    r"(?:rationale|discussion|summary|review|report|records?|history|conclusion|reasons?|explanation|guidelines?|references?|determination|decision|notice|criteria|findings?|questions?|reviewer|physician|peer|utilization|medical|opinion|letter|advisor|clinical|case|of|the|to|and|for|s)+",
    re.I,
)


def read_ur_letter(form: FormText) -> UrDecision:
    """The decision in a file. Raises NotReadable where it is a scan or says nothing of the kind."""
    text = form.text
    readable = [page for page in text.pages if has_words(page)]
    if not readable:
        raise NotReadable(
            "The utilization review letter is a scan: its pages have no text to read from.", _REMEDY
        )
    pages = tuple(page.number for page in readable if not is_application((page,), form))
    if not pages:
        raise NotReadable(
            "The file holds the application, and no utilization review decision.", _REMEDY
        )
    layout = Layout(text, pages, form)
    if not _OF_UR.search(layout.sheet.text):
        raise NotReadable("The file is no utilization review decision.", _REMEDY)
    table = read_tables(layout)
    lines = lines_of(layout, [row for row in layout.rows if row.number not in table.rows])
    facts = read_facts(layout, lines)
    numbered = {item.number: item.title for item in table.items if item.number}
    reader = ItemReader(layout, numbered)
    for line, after in pairwise((*lines, None)):
        assert line is not None
        reader.read(line, after)
    items = _with_wide(_together(table.items, reader.end()), reader.wide)
    items = _cited_in_passing(items, layout, lines)
    notes: list[str] = []
    if not items:
        notes.append("No item with a verdict was found in the utilization review letter.")
    unread = len(text.pages) - len(readable)
    if unread:
        notes.append(f"{unread} of its {len(text.pages)} pages have no text.")
    if not items and Fact.CLAIM_NUMBER not in facts and Fact.EMPLOYEE not in facts:
        raise NotReadable("The file is no utilization review decision.", _REMEDY)
    return UrDecision(facts=facts, items=items, notes=tuple(notes))


def _cited_in_passing(
    items: tuple[ReviewedItem, ...], layout: Layout, lines: list[Line]
) -> tuple[ReviewedItem, ...]:
    """A letter without headings for guidelines: those of sentences that name one of its items."""
    if any(item.guideline for item in items):
        return items
    changed = list(items)
    for line in lines:
        for sentence in sentences(line.text):
            cited = cited_in(sentence.text)
            named = _names(sentence.text.replace(cited, " ")) if cited else frozenset[str]()
            meant = [at for at, item in enumerate(items) if _names(item.title) & named]
            if len(meant) == 1 and not changed[meant[0]].guideline:
                places = layout.places(line.first, line.last)
                changed[meant[0]] = with_doubt(
                    replace(items[meant[0]], guideline=cited, guideline_places=places),
                    "The guideline is cited in a sentence about it, under no heading of its own.",
                )
    return tuple(changed)


def _with_wide(items: tuple[ReviewedItem, ...], wide: Mention | None) -> tuple[ReviewedItem, ...]:
    """The items with what the letter cites for all of them at its end, doubted."""
    cited, places = guideline_in([wide]) if wide is not None else ("", ())
    if not cited:
        return items
    words = "The letter cites its guideline for all items together."
    return tuple(
        item
        if item.guideline and item.guideline_places != places
        else replace(
            item,
            guideline=cited,
            guideline_places=places,
            doubts=(*item.doubts, words) if len(items) > 1 else item.doubts,
        )
        for item in items
    )


def _together(of_table: list[Mention], told: list[Mention]) -> tuple[ReviewedItem, ...]:
    """One item of all that is told of it; what names no item and has no verdict falls away."""
    groups: list[list[Mention]] = [[mention] for mention in of_table if mention.title]
    is_numbered = bool(of_table) and all(mention.number for mention in of_table)
    for mention in told:
        group = _group_of(mention, groups, is_numbered)
        if group is not None:
            group.append(mention)
        elif (
            mention.title
            and _names_item(mention)
            and (mention.verdict or mention.reason or mention.number)
        ):
            groups.append([mention])
    items = [_item(group) for group in groups if any(mention.verdict for mention in group)]
    return tuple(items)


def _group_of(
    mention: Mention, groups: list[list[Mention]], is_numbered: bool
) -> list[Mention] | None:
    """What else tells of the same item: by its words, else by the number it has in the letter."""
    if mention.title:
        groups = [group for group in groups if not _are_neighbours(mention, group)]
        best = max(groups, key=lambda group: _alike(mention, group), default=None)
        if best is not None and _alike(mention, best) >= LEAST:
            return best
        if mention.verdict is not None or not is_numbered:
            return None
    if not mention.number or (mention.title and mention.verdict is not None):
        return None
    numbers = [group[0].number or at for at, group in enumerate(groups, 1)]
    return groups[numbers.index(mention.number)] if mention.number in numbers else None


def _are_neighbours(mention: Mention, group: list[Mention]) -> bool:
    """Whether both are lines of one list: two of them are two items, however alike."""
    return any(
        mention.line and other.line and 0 < mention.line - other.line <= _NEXT for other in group
    ) and all(squeezed(other.title) != squeezed(mention.title) for other in group)


def _alike(mention: Mention, group: list[Mention]) -> float:
    """How much alike two tellings are: with the same amounts more than with others."""
    titles = [other.title for other in group if other.title]
    same = max((sameness(mention.title, title) for title in titles), default=0.0)
    if (
        same < _SAME
        and mention.verdict
        and any(other.verdict for other in group if other.strong > 1)
    ):
        return same if _names(mention.title) & _names(titles[0]) or same >= _SAME else same - 0.15
    return same


def _names(title: str) -> frozenset[str]:
    read = read_text(title)
    return read.named(DRUG) | read.named(TREATMENT)


def _names_item(mention: Mention) -> bool:
    """Whether the words may be an item: not the heading of a part of the letter."""
    return not _GENERIC.fullmatch(squeezed(mention.title)) and len(mention.title) > 3


def _item(group: list[Mention]) -> ReviewedItem:
    named = next(mention for mention in group if mention.title)
    judged = sorted((one for one in group if one.verdict), key=lambda one: -one.strong)
    verdict = judged[0].verdict or Verdict.NONE
    doubts: list[str] = []
    others = dict.fromkeys(one.verdict for one in judged if one.verdict is not verdict)
    for other in others:
        doubts.append(f"The letter calls it {verdict} in one place and {other} in another.")
    spellings = {squeezed(one.title): one.title for one in group if one.title and one is not named}
    spellings.pop(squeezed(named.title), None)
    if spellings:
        told = "”, “".join(spellings.values())
        doubts.append(f"The letter also writes it as “{told}”.")
    cited, places = guideline_in(group)
    approved = next((one.approved for one in judged if one.approved and _is_part(one.approved)), "")
    if verdict is not Verdict.MODIFIED:
        approved = ""
    return ReviewedItem(
        title=named.title,
        verdict=verdict,
        printed=judged[0].printed,
        approved=approved,
        guideline=cited,
        places=named.places,
        verdict_places=judged[0].verdict_places,
        guideline_places=places,
        spellings=tuple(spellings.values()),
        doubts=tuple(doubts),
    )


def _is_part(approved: str) -> bool:
    return squeezed(approved) not in ("0", "none", "na", "no", "")


def with_doubt(item: ReviewedItem, words: str, *spellings: str) -> ReviewedItem:
    """The item with one doubt and some spellings more."""
    more = tuple(one for one in spellings if one not in (*item.spellings, item.title))
    return replace(item, doubts=(*item.doubts, words), spellings=(*item.spellings, *more))
