"""Whether the summary tells of more requests than the letter has items: a page may be gone.

Asked only where an item begins a page, or the letter's last one is full to its foot: a page that is
missing there leaves no other trace, for the text above is whole, and so is the one below.
"""

from __future__ import annotations

import re

from app.services.parsing.another_letter import doubt_items_behind
from app.services.parsing.draft import Draft, field
from app.services.parsing.several import UNUSED
from app.services.parsing.summary import REQUESTED

_WORD = re.compile(r"[a-z][a-z-]{3,}")
_STEM = 5
_LEAST = 2
"""So many requests without an item are no other name for one that is there."""
_PARTS = re.compile(r"[,;]|\band\b|\bas well as\b")
_VAGUE = re.compile(
    r"with|without|left|right|bilat|days?|visit|sessi|weeks?|month|times?|each|follo|reque|retro|origi|modif|initi"
    r"|addit|purch|renta|evalu|treat|servi|thera|units?|assoc|ancil|surgi|surge|post-?o?p?|pre-o?p?|medic|conti"
    r"|curre|regim|progr|consu|trial|tablet|refil|activ|daily"
)
"""Stems that name nothing by themselves."""


def check_lost_items(draft: Draft, end: int | None) -> None:
    """Doubts the items that begin a page, and whether there are more, where requests have none.

    `end` is the word behind the letter's last one.
    """
    requested = draft.value(REQUESTED)
    titles = [field("issue.title", issue) for issue in draft.issues]
    begins = [draft.words(title)[0] for title in titles if draft.has(title)]
    turns = [word for word in begins if _begins_page(draft, word)]
    is_full = end is not None and _fills_page(draft, end - 1)
    if not requested or not (turns or is_full):
        return
    named = {stem for title in titles for stem in _stems(draft.value(title) or "")}
    lost = [
        part.strip()
        for part in _PARTS.split(requested)
        if (stems := _stems(part)) and named.isdisjoint(stems)
    ]
    if len(lost) < _LEAST:
        return
    shown = ", ".join(f"“{part}”" for part in lost[:3])
    if is_full:
        page = draft.sheet.rows[-1].page
        draft.incomplete = f"The summary tells of {shown}, and no item is on that: a page behind page {page} may be missing."
        draft.notes.append(draft.incomplete)
    for word in turns:
        page = draft.sheet.row_at(word).page
        why = f"The summary tells of {shown}, and no item is on that: a page before page {page} may be missing."
        for name in draft.starting_at(word):
            draft.doubt(name, why)
        doubt_items_behind(draft, word, why)


def _begins_page(draft: Draft, word: int) -> bool:
    row = draft.sheet.row_at(word)
    if not row.number or row.first != word:
        return False
    return draft.sheet.rows[row.number - 1].page != row.page


def _fills_page(draft: Draft, word: int) -> bool:
    """Whether the row of this word stands at the foot of its page, as it does where a text goes on."""
    rows = draft.sheet.rows
    if rows[0].page == rows[-1].page:
        return False  # nothing tells where the foot of a single page is
    return draft.sheet.row_at(word).bottom > draft.sheet.foot - UNUSED


def _stems(text: str) -> set[str]:
    words = (word[:_STEM] for word in _WORD.findall(text.casefold()))
    return {word for word in words if not _VAGUE.fullmatch(word)}
