"""Whether what stands behind a page's end is of another letter, whose last pages lie in the file too.

Such pages have no heading of a letter, so only what they say can tell: a text that was concluded
goes on, another person is spoken of, an item is not whole. The items that follow are doubtful too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from app.letter import FieldId
from app.services.language.people import Whose, find_ages, sex_beside
from app.services.language.sentences import TEXT_END, sentences
from app.services.parsing.draft import Draft, field
from app.services.parsing.person import AGE, SEX
from app.services.parsing.prose import any_in

_CONCLUDED = (
    "medically necessary",
    "medically appropriate",
    "medical necessity",
    "not certified",
    "is certified",
    "not supported",
)
_LAST_SENTENCE = 60
"""Words before a page's end that hold its last sentence."""
_FOUND_BY = "year", "yr", "y/o", "y.o", "aged"
_OLDER = 1
"""Years by which a person's age in two records of one letter may differ."""


def check_other_letter(draft: Draft) -> None:
    """Doubts the texts that a page's end may have joined to one of another letter."""
    for word, name in _turns_inside(draft):
        page = draft.sheet.row_at(word).page
        if _is_concluded_before(draft, name, word):
            why = f"The text concludes where page {page - 1} ends, and goes on on page {page}."
        elif person := _other_person(draft, name, word):
            why = f"Page {page} goes on with {person}, another person than in the summary."
        else:
            continue
        draft.doubt(name, f"{why} Page {page} may be of another letter.")
        doubt_items_behind(draft, word, why)
    for page, word in _behind_blank_pages(draft):
        why = f"Page {page - 1} is blank and page {page} goes on."
        for name in (*draft.across(word), *draft.starting_at(word)):
            draft.doubt(name, f"{why} Page {page} may be of another letter.")
        doubt_items_behind(draft, word, why)
    for page, word in _behind_seams(draft):
        why = f"Page {page} was bound in from another file: its fonts are not those before."
        doubt_items_behind(draft, word, why)
    for word in draft.tears:
        why = f"The item above it is not whole where page {draft.sheet.row_at(word).page} begins."
        doubt_items_behind(draft, word, why)


def doubt_items_behind(draft: Draft, word: int, why: str) -> None:
    """Doubts the items that begin behind this word, where it is not the first one that does.

    With them the number of items and the outcome are doubtful.
    """
    draft.incomplete = f"{why} There may be other disputed items than these."
    titles = [field("issue.title", issue) for issue in draft.issues]
    begins = {title: draft.words(title)[0] for title in titles if draft.has(title)}
    if any(first < word for first in begins.values()):
        for title, first in begins.items():
            if first >= word:
                draft.doubt(title, f"{why} This item may be of another letter.")


def _behind_blank_pages(draft: Draft) -> Iterator[tuple[int, int]]:
    """The pages that go on behind a blank one, where letters do not, and the words they begin with."""
    if draft.blank_pages:
        for above, row in pairwise(draft.sheet.rows):
            blank = above.page < row.page - 1 and row.page - 1 in draft.blank_pages
            if blank and TEXT_END.search(above.texts[-1]):
                yield row.page, row.first


def _behind_seams(draft: Draft) -> Iterator[tuple[int, int]]:
    """The pages from another file with items before and behind, and the words they begin with."""
    if not draft.seams or not draft.issues:
        return
    titles = [draft.words(field("issue.title", issue))[0] for issue in draft.issues]
    for page in draft.seams:
        word = next((row.first for row in draft.sheet.rows if row.page == page), None)
        if word is not None and titles[0] < word <= titles[-1]:
            yield page, word


def _turns_inside(draft: Draft) -> Iterator[tuple[int, FieldId]]:
    """The words that begin a page inside a rationale, and which."""
    turns = [row.first for above, row in pairwise(draft.sheet.rows) if above.page != row.page]
    for issue in draft.issues if turns else ():
        name = field("issue.rationale", issue)
        first, last = draft.words(name)
        for word in turns:
            if first < word < last:
                yield word, name


def _is_concluded_before(draft: Draft, name: FieldId, word: int) -> bool:
    sheet = draft.sheet
    if not TEXT_END.search(sheet.texts[word - 1]):
        return False
    first = max(draft.words(name)[0], word - _LAST_SENTENCE)
    last = sentences(sheet.joined(first, word))[-1].text
    return any_in(last.casefold(), _CONCLUDED)


def _other_person(draft: Draft, name: FieldId, word: int) -> str:
    """The words for a person of another age or sex than the summary's, behind a page's end."""
    text = draft.sheet.joined(word, draft.words(name)[1])
    age, sex = draft.value(AGE), draft.value(SEX)
    if not any_in(text, _FOUND_BY):
        return ""
    for found in find_ages(text):
        if found.whose in (Whose.KIN, Whose.OTHER, Whose.EARLIER):
            continue
        beside = sex_beside(text, found)
        other_age = age is not None and abs(found.years - age) > _OLDER
        if other_age or (beside is not None and sex is not None and beside.sex != sex):
            return f"“{text[found.start : beside.end if beside else found.end]}”"
    return ""
