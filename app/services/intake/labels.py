"""The printed labels of forms and letters: which words are one, and of what.

They are compared without spaces, marks and case, so that labels which a draft glued together or a
program shouted are the same; with a slip of the pen they are found by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from rapidfuzz import fuzz

from app.services.intake.layout import Layout, Piece, squeezed
from app.services.intake.values import Fact
from app.services.parsing.rows import Row

LONGEST = 12
"""Words of a label."""
_LIKE = 90.0
_BEFORE_NUMBERS = (Fact.CLAIM_NUMBER, Fact.DATE_OF_INJURY)
"""Facts whose bare label, “Claim” or “DOI”, is one where a number follows."""
_ENDS = (":", "#", ".", "?", "-", "\u2013")

_WORKER = r"(?:injured|employees?|workers?|claimants?|applicants?|patients?|members?|insured|iw)"
_ORDER = r"(?:first|last|middle|initial|mi|and)*"
_CLAIM_END = r"(?:files?|claims?|case|reference|ref|number|num|no|id|s)"
_DOCTOR = r"(?:provider|physician|doctor|practitioner|prescriber|treater|requestor|requester|clinician|md|dr)"
_ASKING = (
    r"(?:requesting|treating|primary|prescribing|ordering|referring|requested|attending|who|asked)"
)
_PAYER = (
    r"(?:claims?administrators?|claims?admins?|claimshandler|claimsadjusting(?:agency|company)|adjustingagency"
    r"|insurancecarrier|insurancecompany|carrier|insurers?|payors?|payers?|tpa|thirdpartyadministrator|administrator"
    r"|administeredby|fund|selfinsuredemployer|company)"
)
NAME_PART = rf"{_WORKER}?s?(?:first|last|middle|given|family|sur)(?:name|initial)|mi|middle"
"""The label of a part of a name that has a field of its own."""
_PAYERS = (
    rf"(?:nameofthe|nameof|the)?{_PAYER}(?:or|and|of)?{_PAYER}?(?:companyname|company|names?)?"
)


class Label(msgspec.Struct, frozen=True):
    """Words that mean one fact, or None where they only end what stands before them.

    `pattern` is of the squeezed words, `names` are its usual wordings, for likeness. `alone` says
    that it is a label also without a mark behind it.
    """

    fact: Fact | None
    pattern: str
    names: tuple[str, ...] = ()
    alone: bool = True


class Spot(msgspec.Struct, frozen=True):
    """A label on a page: words `first` to before `last` of a row, and whether a mark closes it."""

    fact: Fact | None
    row: int
    first: int
    last: int
    left: float
    right: float
    is_closed: bool
    like: str = ""


CASE_LABELS: tuple[Label, ...] = (
    Label(Fact.EMPLOYEE, rf"(?:nameof(?:the)?)?{_WORKER}+s?(?:full)?names?{_ORDER}|nameof(?:the)?{_WORKER}+{_ORDER}",
          ("employee name", "injured worker name", "claimant name", "patient name", "employee name first mi last")),
    Label(Fact.EMPLOYEE, rf"(?:the)?{_WORKER}+{_ORDER}|name", alone=False),
    Label(Fact.CLAIM_NUMBER, rf"(?:insurance|your|our)?(?:claims?|file){_CLAIM_END}+", ("claim number", "claim no", "file number")),
    Label(Fact.CLAIM_NUMBER, rf"(?:insurance|your|our)?(?:claims?|file|ourfile){_CLAIM_END}*", alone=False),
    Label(Fact.DATE_OF_INJURY,
          r"(?:dates?)*(?:ofthe|of|when)?(?:injury|injuries|injured|loss|accident|incident|onset)(?:date|occurred|doi|on)*(?:mmddyyyy|mmddyy)?"
          r"|do[il](?:mmddyyyy)?|di|(?:injury|loss|accident)dates?(?:mmddyyyy)?|dateofinjuryor\w{0,24}",
          ("date of injury", "injury date", "date of injury mmddyyyy")),
    Label(Fact.PROVIDER, rf"(?:nameof)?(?:the)?(?:{_ASKING}|{_DOCTOR}|s)*{_DOCTOR}s?(?:{_ASKING})*(?:names?)?{_ORDER}"
          rf"|requested?by|requestor|requester|{_DOCTOR}whoasked|{_ASKING}+(?:{_DOCTOR})?names?{_ORDER}",
          ("requesting physician name", "requesting provider", "treating physician", "requesting physician")),
    Label(Fact.ADMINISTRATOR, _PAYERS, ("claims administrator name", "claims administrator")),
)  # fmt: skip
FORM_LABELS: tuple[Label, ...] = (
    Label(Fact.UR_DECIDED,
          r"(?=\w*date)(?:dates?)?(?:ofthe|of)?(?:the)?(?:written)?(?:utilizationreview|ur|review)+(?:decision|determination|denial|letter|dates?|of)+(?:mmddyyyy)?",
          ("date of utilization review determination letter", "date of ur decision", "ur decision date")),
    Label(Fact.DIAGNOSIS, r"a?(?:primary)?diagnos[ie]s(?:and|usei?cd\w*|icd\w*|codes?)*",
          ("primary diagnosis", "primary diagnosis use icd code where practical")),
)  # fmt: skip
ENDS: tuple[Label, ...] = tuple(
    Label(None, pattern)
    for pattern in (
        r"[a-z]{4,40}(?:information|section|info)", NAME_PART,
        r"wcis\w{0,60}|jurisdictional\w{0,40}", r"eams\w{0,40}|adj(?:case)?(?:number|no)",
        r"(?:mailing|street)?address(?:line\d?|streetcitystatezip\w*)?", r"(?:tele)?phone(?:number|no)?", r"fax(?:number|no)?",
        r"e?mail(?:address)?", r"city|state|zip(?:code)?|citystatezip(?:code)?",
        r"employers?(?:name)?|nameofemployer", rf"{_WORKER}?s?(?:attorney|representative)\w{{0,24}}",
        r"practice(?:name)?|specialty|npi(?:number)?|licen[cs]e\w{0,20}|stateoflicen[cs]e\w{0,10}",
        r"(?:claims?)?(?:adjuster|examiner)s?(?:contact)?(?:person)?(?:name)?|contact(?:name|person)?|adjustercontactname",
        r"reason|icdcode\w*", r"dateofbirth|dob|birthdate|ssn|socialsecurity\w*|sex|gender|age|occupation",
        rf"(?:{_WORKER}|representative)?s?signature\w{{0,20}}", r"date|datesigned|signaturedate", r"page\d*",
        r"re|regarding|subject|urnumber|referralnumber|review(?:number|id)|casenumber|caseno|reviewtype|typeofreview\w*",
    )
)  # fmt: skip


class LabelTable:
    """Labels that are looked for together; most words are told by one pattern to be none of them."""

    def __init__(self, *labels: Label) -> None:
        self._patterns = tuple((label, re.compile(label.pattern)) for label in labels)
        self._any = re.compile("|".join(f"(?:{label.pattern})" for label in labels))
        self._wordings = tuple(
            (squeezed(name), name, label) for label in labels for name in label.names
        )

    # A form is looked through several times: for what it is, for its labels, for what lies between.
    @lru_cache(maxsize=4096)  # noqa: B019 (there are two tables, and they last as long as the program)
    def known(self, words: str) -> tuple[Label | None, str]:
        """The label that squeezed words are, and where they are only like one, its usual wording."""
        if not words or len(words) > 90:
            return None, ""
        if self._any.fullmatch(words):
            return next(label for label, pattern in self._patterns if pattern.fullmatch(words)), ""
        if len(words) >= 9:
            for wording, name, label in self._wordings:
                if fuzz.ratio(words, wording, score_cutoff=_LIKE):
                    return label, name
        return None, ""


def find_labels(layout: Layout, rows: Iterable[Row], table: LabelTable) -> list[Spot]:
    """The labels of some rows, in reading order: the longest match at each word."""
    found: list[Spot] = []
    for row in rows:
        at = row.first
        pieces = layout.pieces(row)
        starts = {piece.first for piece in pieces}
        whole = [spot for piece in pieces if (spot := _of_piece(piece, table)) is not None]
        if len(pieces) > 1 and len(whole) == len(pieces):
            found += whole
            continue
        while at < row.last:
            spot = _label_at(layout, row, at, at in starts, table)
            if spot is not None:
                found.append(spot)
                at = spot.last
            else:
                at += 1
    return found


def _of_piece(piece: Piece, table: LabelTable) -> Spot | None:
    """The label that a whole piece is: in the head of a table of facts no mark closes one."""
    label, like = table.known(squeezed(piece.text))
    if label is None:
        return None
    return Spot(
        label.fact,
        piece.row,
        piece.first,
        piece.last,
        piece.left,
        piece.right,
        piece.text.endswith(":"),
        like,
    )


def _label_at(layout: Layout, row: Row, at: int, starts: bool, table: LabelTable) -> Spot | None:
    texts = layout.sheet.texts
    before = texts[at - 1] if at > row.first else ""
    parted = starts or before.endswith((";", ",", "/", "|", "-", ":", "\u2013"))
    if not parted and not before[-1:].isalnum():
        return None
    limit = _piece_end(layout, row, at)
    for end in range(min(at + LONGEST, limit), at, -1):
        text = " ".join(texts[at:end])
        is_closed = text.endswith((":", "#", "?")) or texts[at:end][-1][-2:] in ("#:", "):")
        if ":" in text[:-1]:
            continue
        numbered = _has_digit(texts[end:limit])
        # Only what stands apart, or what a number follows, may be a label without a mark.
        if not (is_closed or (parted and (starts or numbered))):
            continue
        label, like = table.known(squeezed(text))
        if label is None or not (is_closed or _may_be_bare(label, starts, numbered)):
            continue
        left, right = row.sides_of(at)[0], row.sides_of(end - 1)[1]
        return Spot(label.fact, row.number, at, end, left, right, is_closed, like)
    return None


def _may_be_bare(label: Label, starts: bool, numbered: bool) -> bool:
    """Whether it is a label without a mark where it begins a piece, or a number is behind it."""
    return (label.alone and starts) or (numbered and label.fact in _BEFORE_NUMBERS)


def _has_digit(words: Sequence[str]) -> bool:
    """Whether the first of these words, if there are any, has a digit."""
    return bool(words) and any(character.isdigit() for character in words[0])


def _piece_end(layout: Layout, row: Row, at: int) -> int:
    return next(piece.last for piece in layout.pieces(row) if piece.first <= at < piece.last)


def generic_label(text: str) -> bool:
    """Whether the words of a piece look like a label of any form: a few words and a colon."""
    return text.endswith(":") and len(text.split()) <= 9
