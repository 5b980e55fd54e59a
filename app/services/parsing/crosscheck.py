"""What the parts of a letter say about each other: texts that break off, pages that do not go on."""

from __future__ import annotations

import re
from itertools import pairwise
from string import ascii_lowercase

from app.letter import REDACTED, FieldId
from app.services.language.levels import MisreadLevel, misread_levels
from app.services.language.sentences import SENTENCE_END, TEXT_END
from app.services.parsing.another_letter import check_other_letter, doubt_items_behind
from app.services.parsing.broken_words import run_together
from app.services.parsing.draft import Draft, field
from app.services.parsing.lost_items import check_lost_items
from app.services.parsing.phrases import Mark
from app.services.parsing.prose import any_in
from app.services.parsing.several import UNUSED, end_of_letter
from app.services.parsing.sheet import Sheet
from app.services.parsing.summary import check_plan
from app.services.parsing.timeline import check_timeline
from app.services.pdf import UNKNOWN

_ADDRESS = re.compile(r"(?:https?:|www\.)\S+$", re.IGNORECASE)
_CONCLUSIONS = (
    "medically necessary",
    "medically appropriate",
    "medical necessity",
    "certif",
    "established",
    "weaning",
    "not supported",
)
_BEFORE_NAMES = frozenset(
    ("a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "with")
)
"""Words that no sentence ends with, so that what follows on the next page goes on with them."""
_GOES_ON = frozenset(f"{ascii_lowercase},")
"""What a word inside a sentence ends in."""
_WIDEST_MARGIN = 0.15
_COPIES = re.compile(r"(?<![\d\w])(?<!\d )b?cc:\s?(?:\S+\s?){1,3}", re.IGNORECASE)
_BRACKETS = re.compile(r"\(|(?<!\s\w)(?<!\s\w\w)\)")
"""Those of a text: `a)` and `12)` count the parts of a list."""
_IN_BRACKETS = 30
"""Words at most."""


def crosscheck(draft: Draft, layout: str, name: str) -> None:
    """Adds the doubts that only several fields together give. `name` is the file's name."""
    end = _end(draft)
    check_timeline(draft, layout, name)
    _check_texts(draft)
    _check_page_turns(draft, end)
    check_other_letter(draft)
    check_plan(draft)
    check_lost_items(draft, end)


def _check_texts(draft: Draft) -> None:
    """Texts that stop without a full stop, and spine levels that look misread."""
    names = [field("clinical_summary")]
    for issue in draft.issues:
        names += [
            field("issue.title", issue),
            field("issue.claims_administrator_guideline", issue),
            field("issue.maximus_guideline", issue),
            field("issue.rationale", issue),
        ]
    for name in names:
        value = draft.value(name)
        if value is None:
            continue
        text: str = value if isinstance(value, str) else value.text
        closed = TEXT_END.search(text[-6:]) or _ADDRESS.search(text[-300:])
        closed = closed or text.endswith(REDACTED)
        if name.name != "issue.title" and not closed:
            draft.doubt(
                name, "The text breaks off without a full stop: a page or line may be missing."
            )
        if UNKNOWN in text:
            where = _around(text, text.index(UNKNOWN))
            what = (
                "what is printed here" if where == UNKNOWN else f"which character is in “{where}”"
            )
            draft.doubt(name, f"The file draws it but does not say {what}: compare with the page.")
        copies = _COPIES.search(text) if "cc:" in text.casefold() else None
        if copies:
            why = f"“{copies[0]}” opens a list of who has a copy: it may be none of this text."
            draft.doubt(name, why)
        fused = None if draft.sheet.evenly_spaced else run_together(text)
        if fused:
            word, apart = fused
            why = f"“{word}” looks like two words: a space may be missing."
            draft.doubt(name, why, text.replace(word, apart))
        misread = misread_levels(text)
        if misread:
            words = f"“{misread[0].text}” looks misread: a spine level with a letter for a digit?"
            put_right = _put_right(text, misread)
            others = [put_right] if put_right != text else []
            draft.doubt(name, words, *others, rule="misread-level", values=(misread[0].text,))
    _check_last_rationale(draft)


def _around(text: str, at: int) -> str:
    """The word that holds a character."""
    return text[: at + 1].split()[-1] + re.split(r"\s", text[at + 1 :], maxsplit=1)[0]


def _put_right(text: str, misread: tuple[MisreadLevel, ...]) -> str:
    for level in reversed(misread):
        text = text[: level.start] + (level.right or level.text) + text[level.end :]
    return text


def _check_last_rationale(draft: Draft) -> None:
    """Letters close with what was concluded; one that stops without it was cut."""
    if not draft.issues:
        return
    last = field("issue.rationale", draft.issues[-1])
    if draft.value(last) and not _is_concluded(draft):
        draft.doubt(last, "The letter ends without a conclusion: its end may be missing.")


def _is_concluded(draft: Draft) -> bool:
    """Whether the last rationale says at its end what was concluded, or a box covers it."""
    value = draft.value(field("issue.rationale", draft.issues[-1])) if draft.issues else None
    end = value[-400:].lower().replace("\n", " ") if value else ""
    return REDACTED in end or any_in(end, _CONCLUSIONS)


def _check_page_turns(draft: Draft, end: int | None) -> None:
    """A sentence that does not go on over the page: a page between may be missing."""
    sheet = draft.sheet
    turns: list[int] = []
    foot = _foot(sheet)
    opening = next((row.page for row in sheet.rows if row.text == Mark.HOW), 1)
    for above, row in pairwise(sheet.rows):
        if above.page == row.page or row.page <= opening:
            continue
        if above.bottom < foot - UNUSED:
            if row.first == end and _is_concluded(draft):
                continue
            why = "A page ends far above its foot here: text may be missing."
            at = row.first
            behind = _maybe_of_another(draft, at)
            for name in (*draft.across(at), *draft.ending_at(at), *behind):
                draft.doubt(name, why)
            draft.notes.append(f"Page {above.page} ends far above its foot: text may be missing.")
            doubt_items_behind(draft, at, why)
        before, after = sheet.texts[row.first - 1], sheet.texts[row.first]
        following = sheet.texts[row.first + 1] if row.last - row.first > 1 else ""
        ended = bool(TEXT_END.search(before))
        capital = after[0].isupper() and after[1:2].islower()
        named = before[0].isupper() or before in _BEFORE_NAMES or following[:1].isupper()
        goes_on = after[0].islower() and not _ADDRESS.match(after)
        broken = not ended and capital and not named and not _is_name(sheet, after)
        torn = _tears_bracket(sheet, row.first)
        if broken or torn or (goes_on and SENTENCE_END.search(before)):
            turns.append(row.first)
    for word in turns:
        why = "The text does not go on from page to page: a page may be missing."
        for name in draft.across(word):
            draft.doubt(name, why)
        doubt_items_behind(draft, word, why)


def _tears_bracket(sheet: Sheet, word: int) -> bool:
    """Whether a bracket that is open before this word is never closed."""
    before = " ".join(sheet.texts[max(word - _IN_BRACKETS, 0) : word])
    if before.rfind("(") <= before.rfind(")"):
        return False
    closing = _BRACKETS.search(" ".join(sheet.texts[word : word + _IN_BRACKETS]))
    return closing is None or closing.group() == "("


def _end(draft: Draft) -> int | None:
    """The word behind the letter's last: what follows is something else. None without an item."""
    labels = [draft.words(field("issue.rationale", issue))[0] for issue in draft.issues]
    return end_of_letter(draft.sheet, max(labels)) if any(labels) else None


def _maybe_of_another(draft: Draft, word: int) -> list[FieldId]:
    """The fields behind a cut before this word that it may have changed.

    A title may have lost its first row; what is labelled may be of another issue than the one
    that was cut, and so may all that follows it there.
    """
    found: list[FieldId] = []
    for name in draft.from_label(word):
        if name.name == "issue.title":
            found += [each for each in draft.starting_at(word) if each == name]
        elif draft.begun_before(name.issue, word):
            found += draft.of_issue_from(name.issue, word)
    return found


def _foot(sheet: Sheet) -> float:
    """How far down a page is printed: as far as the fullest, or as far from its edge as the top.

    The second only where no more than one page could be full: it may be the one that was cut.
    """
    lowest = sheet.foot
    pages = sheet.rows[-1].page if sheet.rows else 0
    if pages != 2:
        return lowest
    top = next(row.top for row in sheet.rows if row.page == pages)
    return max(lowest, 1 - top - UNUSED / 2) if top < _WIDEST_MARGIN else lowest


def _is_name(sheet: Sheet, word: str) -> bool:
    """Whether a word is written as it is inside sentences too, more than once."""
    inside = (before[-1] in _GOES_ON for before, text in pairwise(sheet.texts) if text == word)
    return sum(inside) > 1
