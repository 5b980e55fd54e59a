"""The reviewer's credentials: a block of two labels since late 2014, a sentence before.

Both confirmed by real letters (the sentence by one).
"""

from __future__ import annotations

import re

from app.letter import FieldId
from app.services import vocabularies
from app.services.parsing.draft import Draft, field
from app.services.parsing.marks import Found, like_marks, name_of
from app.services.parsing.phrases import Mark

LICENSURE = field("reviewer.licensure")
SPECIALTIES = field("reviewer.specialties")
SUBSPECIALTIES = field("reviewer.subspecialties")

_CAPITAL = re.compile(r"\bWashington,? ?D\.? ?C\b\.?")
_SENTENCE = re.compile(
    r"reviewer (?:is|are|was) (?:(?:Board[- ])?Certified in |Licensed in |an? )?(?P<specialties>[^.]{2,300}?)"
    r"(?:,? (?:and )?(?:has|with) an?(?: [a-z]+)? ?subspecialty (?:certificate )?in (?P<subspecialties>.+?))?"
    r",? and (?:is |are )?licensed to practice in (?P<licensure>.+?)\. ?(?=He|She|The|$|[A-Z])",
    re.IGNORECASE | re.DOTALL,
)


def read_reviewer(draft: Draft, marks: list[Found], first: int, last: int) -> bool:
    """Reads the credentials printed between two words; whether they are a block of labels."""
    block = {mark.mark: mark for mark in marks if first <= mark.first < last}
    wanted = (Mark.LICENSURE, Mark.SPECIALTY)
    lacking = [mark for mark in wanted if mark not in block]
    if len(lacking) == 2 and _read_sentence(draft, first, last):
        return False
    if lacking:
        for mark in like_marks(draft.sheet, lacking, first, last):
            block.setdefault(mark.mark, mark)
    end = block[Mark.SPECIALTY].first if Mark.SPECIALTY in block else last
    _read_list(draft, LICENSURE, "states", block.get(Mark.LICENSURE), end, Mark.LICENSURE)
    _read_list(draft, SPECIALTIES, "specialties", block.get(Mark.SPECIALTY), last, Mark.SPECIALTY)
    return True


def read_credentials_sentence(draft: Draft, first: int, last: int) -> None:
    """Reads credentials told in a sentence between two words; doubts where there is none."""
    if not _read_sentence(draft, first, last):
        for name in (LICENSURE, SPECIALTIES):
            draft.doubt(name, "No sentence with the reviewer's board certification was found.")


def _read_list(
    draft: Draft, name: FieldId, vocabulary: str, label: Found | None, end: int, mark: Mark
) -> None:
    if label is None:
        words = name_of(mark)
        draft.doubt(name, f"{words[0].upper()}{words[1:]} was not found.")
        return
    end = _block_end(draft, label.last, end)
    if end <= label.last:
        draft.doubt(name, f"Nothing is printed behind the label “{mark}”.")
        return
    _put_list(draft, name, vocabulary, label.last, end, "credentials block")
    if not label.exact:
        draft.doubt(name, f"The label is misspelt, it should read “{mark}”.")


def _block_end(draft: Draft, first: int, end: int) -> int:
    """A list ends at white space: what follows belongs to something else."""
    sheet = draft.sheet
    if first >= end:
        return end
    row = sheet.row_at(first)
    for below in sheet.rows[row.number + 1 :]:
        if below.first >= end:
            break
        if below.gap or sheet.bold[below.first]:
            return below.first
    return end


def _read_sentence(draft: Draft, first: int, last: int) -> bool:
    sheet = draft.sheet
    text = sheet.joined(first, last)
    match = _SENTENCE.search(text)
    if match is None:
        return False
    offset = sheet.offset_of(first)
    for group, name, vocabulary in (
        ("licensure", LICENSURE, "states"),
        ("specialties", SPECIALTIES, "specialties"),
        ("subspecialties", SUBSPECIALTIES, "specialties"),
    ):
        if match[group]:
            begin = sheet.word_at(offset + match.start(group))
            end = sheet.word_at(offset + match.end(group) - 1) + 1
            _put_list(draft, name, vocabulary, begin, end, "credentials in a sentence")
    return True


def _put_list(
    draft: Draft, name: FieldId, vocabulary: str, first: int, last: int, rule: str
) -> None:
    text = draft.sheet.line(first, last).rstrip(".")
    values, doubts = read_list(vocabulary, text)
    draft.put(name, values, (first, last), rule)
    for entry, why in doubts.items():
        meant = _meant(vocabulary, values)
        draft.doubt(name, why, *meant, rule="credentials-unknown", values=(entry,))


def _meant(vocabulary: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The whole list with the known entry in place of each that is nearly one."""
    known = ((each, vocabularies.recognise(vocabulary, each)) for each in values)
    meant = tuple(near.entry if near else each for each, near in known)
    return (", ".join(meant),) if meant != values else ()


def read_list(vocabulary: str, text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The entries of a list as printed, and why some of them are doubtful.

    Separators are commas, semicolons and `and` between entries; an entry may hold `and` itself.
    """
    values: list[str] = []
    doubts: dict[str, str] = {}
    for part in _split(vocabulary, text):
        known = vocabularies.recognise(vocabulary, part)
        if known is None:
            doubts[part] = f"“{part}” is not in the list of {vocabulary}."
            values.append(part)
        elif not known.exact:
            doubts[part] = (
                f"“{part}” is not in the list of {vocabulary}; “{known.entry}” may be meant."
            )
            values.append(part)
        else:
            values.append(_printed(vocabulary, part, known.entry))
    return tuple(values), doubts


def _printed(vocabulary: str, part: str, entry: str) -> str:
    """A known entry as the letter spells it, but for short forms of a state's name."""
    return entry if vocabulary == "states" and part.casefold() != entry.casefold() else part


def _split(vocabulary: str, text: str) -> list[str]:
    parts: list[str] = []
    if vocabulary == "states":
        text = re.sub(r"[/&]", ",", _CAPITAL.sub("District of Columbia", text))
    for part in re.split(r"\s*[,;]\s*", text):
        bare = re.sub(r"^and\s+", "", part.strip())
        if not bare:
            continue
        known = vocabularies.recognise(vocabulary, bare)
        pieces = re.split(r"\s+and\s+", bare)
        if len(pieces) > 1 and not (known and known.exact):
            exact = [vocabularies.recognise(vocabulary, piece) for piece in pieces]
            if all(each is not None and each.exact for each in exact):
                parts.extend(pieces)
                continue
        parts.append(bare)
    return parts
