"""Whose case a utilization review letter is about, and its four days, kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec.structs import replace

from app.evidence import Doubt, Evidence, Place
from app.services.intake.form_places import Arrangement, value_of
from app.services.intake.labels import CASE_LABELS, ENDS, LabelTable, Spot, find_labels
from app.services.intake.layout import Layout
from app.services.intake.ur_lines import Line, word_at
from app.services.intake.values import Fact, Facts, Told
from app.services.language.dates import date_text, find_dates
from app.services.language.day_values import day_of
from app.services.language.review_days import ReviewDay, review_day_of, review_days
from app.services.parsing.rows import Row

TABLE = LabelTable(*CASE_LABELS, *ENDS)
_Entry = tuple[date, tuple[Place, ...], str, bool]
"""A day with its places, its words, and whether a label tells it."""
_FACT_OF = {
    ReviewDay.SIGNED: Fact.RFA_SIGNED,
    ReviewDay.RECEIVED: Fact.RFA_RECEIVED,
    ReviewDay.DECIDED: Fact.UR_DECIDED,
    ReviewDay.SERVED: Fact.UR_SERVED,
}
_PERSON = re.compile(
    r"(?:Mr|Ms|Mrs|Miss)\.?\s+(?P<named>[A-Z][\w'\u2019-]+(?:\s+[A-Z][\w'\u2019.-]*){1,3})$"
)
_NAME = re.compile(
    r"[A-Z][\w'\u2019-]+(?:\s+(?:[A-Z][\w'\u2019.-]*|van|de|la|del|von|der|da)){1,4}"
)
_RE = re.compile(r"^(?:re|regarding|subject)\s*:?\s+(?P<name>.+)$", re.I)
_PARTED = re.compile(r"\s*[;/|]\s*|\s{3,}|,\s+(?=claim|DOI)", re.I)
_TITLES = re.compile(
    r",?\s+(?:M\.?D|D\.?O|D\.?C|N\.?P|P\.?A(?:-?C)?|D\.?P\.?M|Ph\.?D|Psy\.?D|L\.?Ac)\.?$", re.I
)
_HEAD_ROWS = 60
_FIRST_ROWS = 8
_LONGEST = 9


def read_facts(layout: Layout, lines: Sequence[Line]) -> Facts:
    """The facts that a letter tells of its case, those of `Fact` that it has."""
    rows = layout.rows[:_HEAD_ROWS]
    facts: Facts = {}
    spots = _with_bare(layout, rows, find_labels(layout, rows, TABLE))
    for spot in spots:
        if spot.fact is not None:
            _take(layout, spot, spots, facts)
    if Fact.EMPLOYEE not in facts:
        _employee_elsewhere(layout, rows, facts)
    _days(layout, lines, facts)
    return facts


def _with_bare(layout: Layout, rows: Sequence[Row], spots: list[Spot]) -> list[Spot]:
    """Labels without a colon too, where they begin a row beside rows that are labelled."""
    labelled = {spot.row for spot in spots}
    more: list[Spot] = []
    for row in rows:
        if row.number in labelled or not ({row.number - 1, row.number + 1} & labelled):
            continue
        for end in range(min(row.first + 3, row.last - 1), row.first, -1):
            text = " ".join(layout.sheet.texts[row.first : end])
            behind = layout.sheet.texts[end]
            found = _bare(text)
            if found is not None and (behind[0].isupper() or behind[0].isdigit()):
                left, right = row.sides_of(row.first)[0], row.sides_of(end - 1)[1]
                more.append(Spot(found, row.number, row.first, end, left, right, False))
                break
    return sorted([*spots, *more], key=lambda spot: spot.first)


def _bare(text: str) -> Fact | None:
    words = text.casefold()
    if words in ("employee", "claimant", "applicant", "patient", "injured worker", "worker"):
        return Fact.EMPLOYEE
    if words in ("physician", "provider", "doctor"):
        return Fact.PROVIDER
    return Fact.CLAIM_NUMBER if words == "claim" else None


def _take(layout: Layout, spot: Spot, spots: list[Spot], facts: Facts) -> None:
    assert spot.fact is not None
    words = _value(layout, spot, spots) or _below(layout, spot, spots)
    if words is None:
        return
    first, last = words
    text = layout.sheet.line(first, last).strip(" ,;")
    value: str | date | None = text
    doubts: list[str] = []
    if spot.fact is Fact.DATE_OF_INJURY:
        value, doubt = day_of(text)
        doubts += [doubt] if doubt else []
        if value is None:
            return
    elif not _may_be(spot.fact, text):
        return
    known = facts.get(spot.fact)
    if known is not None:
        if (
            known.value != value
            and spot.is_closed
            and spot.fact in (Fact.DATE_OF_INJURY, Fact.CLAIM_NUMBER)
        ):
            words_of = date_text(value) if isinstance(value, date) else str(value)
            facts[spot.fact] = known.doubted(
                f"The letter says {words_of} in another place.", words_of
            )
        return
    if spot.like:
        doubts.append(f"The label is printed as “{layout.sheet.joined(spot.first, spot.last)}”.")
    evidence = Evidence(
        places=layout.places(first, last),
        text=layout.sheet.printed(first, last),
        rule="UR letter: label",
        doubts=tuple(Doubt(words=why) for why in doubts),
    )
    facts[spot.fact] = Told(value=value, evidence=evidence)


def _value(layout: Layout, spot: Spot, spots: list[Spot]) -> tuple[int, int] | None:
    """The words behind a label: in its piece, else the next piece of its row."""
    row = layout.rows[spot.row]
    end = min(
        (one.first for one in spots if one.row == spot.row and one.first >= spot.last),
        default=row.last,
    )
    texts = layout.sheet.texts
    first = spot.last
    while first < end and texts[first] in ("-", ":", "\u2013", "#", "/"):
        first += 1
    if first >= end:
        return None
    piece = next(piece for piece in layout.pieces(row) if piece.first <= first < piece.last)
    last = min(piece.last, end)
    for at in range(first, last):
        if texts[at] in ("/", "|") or texts[at].endswith(";"):
            last = at + texts[at].endswith(";")
            break
    return (first, last) if last > first else None


def _below(layout: Layout, spot: Spot, spots: list[Spot]) -> tuple[int, int] | None:
    """The words below a label, where nothing but labels stands in its row: a table of facts."""
    row = layout.rows[spot.row]
    beside = [one for one in spots if one.row == spot.row]
    labelled = sum(one.last - one.first for one in beside)
    if len(beside) < 2 or labelled < row.last - row.first:
        return None
    return value_of(layout, spot, spots, Arrangement.BELOW)


def _may_be(fact: Fact, text: str) -> bool:
    words = text.split()
    if not words or len(words) > _LONGEST:
        return False
    if fact is Fact.CLAIM_NUMBER:
        return any(c.isdigit() for c in text) and len(words) <= 4 and not find_dates(text)
    return (
        text[0].isupper()
        and not text.endswith(":")
        and not re.search(r"[.!?]\s+[A-Z][a-z]+\s+[a-z]", text)
    )


def _employee_elsewhere(layout: Layout, rows: Iterable[Row], facts: Facts) -> None:
    """The name behind “Re:” or with Mr or Ms before it, where no label names the employee."""
    for row in rows:
        for piece in layout.pieces(row):
            match = _RE.match(piece.text)
            name = _PARTED.split(match["name"])[0] if match else ""
            titled = _PERSON.match(piece.text)
            if titled is not None:
                name = titled["named"]
            if not name or not _NAME.fullmatch(name) or _TITLES.search(name) or name.isupper():
                continue
            at = piece.text.find(name)
            first = piece.first + piece.text.count(" ", 0, at)
            last = first + len(name.split())
            why = "No label names the employee: it is taken from the line that names whom the letter is about."
            facts[Fact.EMPLOYEE] = Told(
                value=name,
                evidence=Evidence(
                    places=layout.places(first, last),
                    text=name,
                    rule="UR letter: subject",
                    doubts=(Doubt(words=why),),
                ),
            )
            return


def _days(layout: Layout, lines: Sequence[Line], facts: Facts) -> None:
    """The four days: as labels tell them, else as sentences do; the letter's own day where none does."""
    told: dict[Fact, list[_Entry]] = {}
    head: tuple[date, tuple[Place, ...], str] | None = None
    for number, line in enumerate(lines):
        is_label = len(line.text.split()) <= 12
        for found in review_days(line.text):
            if found.day.value is None:
                continue
            places = _places(layout, line, found.day.start, found.day.text)
            if found.kind is ReviewDay.LETTER:
                head = head or (found.day.value, places, found.day.text)
            else:
                entry = (found.day.value, places, found.day.text, is_label)
                told.setdefault(_FACT_OF[found.kind], []).append(entry)
        alone = find_dates(line.text)
        if (
            head is None
            and number < _FIRST_ROWS
            and len(alone) == 1
            and len(line.text) - len(alone[0].text) < 3
        ):
            day = alone[0]
            if day.value is not None:
                head = (day.value, _places(layout, line, day.start, day.text), day.text)
    for fact, entry in _days_below(layout):
        told.setdefault(fact, []).append(entry)
    for fact, entries in told.items():
        entries.sort(key=lambda entry: not entry[3])
        facts[fact] = _one_day(entries)
    if Fact.UR_SERVED not in facts and head is not None:
        why = "The letter does not say when it was served: this is the date at its top."
        facts[Fact.UR_SERVED] = Told(
            value=head[0],
            evidence=Evidence(
                places=head[1], text=head[2], rule="UR letter: its date", doubts=(Doubt(words=why),)
            ),
        )
    _in_order(facts)


def _days_below(layout: Layout) -> Iterator[tuple[Fact, _Entry]]:
    """The days below a row of labels for them: a table of facts."""
    for row, below in pairwise(layout.rows[:_HEAD_ROWS]):
        pieces = layout.pieces(row)
        labels = [review_day_of(piece.text) for piece in pieces]
        if (
            len(pieces) < 2
            or find_dates(row.text)
            or sum(label in _FACT_OF for label in labels) < 2
        ):
            continue
        for piece in layout.pieces(below):
            days = find_dates(piece.text)
            aside = [abs(one.left - piece.left) for one in pieces]
            label = labels[aside.index(min(aside))]
            if label is None or label not in _FACT_OF:
                continue
            if len(days) == 1 and days[0].value is not None:
                places = layout.places(piece.first, piece.last)
                yield _FACT_OF[label], (days[0].value, places, days[0].text, True)


def _one_day(entries: list[_Entry]) -> Told:
    value, places, text, _ = entries[0]
    told = Told(value=value, evidence=Evidence(places=places, text=text, rule="UR letter: date"))
    for other, _, _, is_label in entries[1:]:
        if other != value and (is_label or not entries[0][3]):
            words = date_text(other)
            told = told.doubted(f"The letter says {words} in another place.", words)
    return told


def _in_order(facts: Facts) -> None:
    """Doubts a day that lies before the one it has to follow."""
    order = (
        Fact.DATE_OF_INJURY,
        Fact.RFA_SIGNED,
        Fact.RFA_RECEIVED,
        Fact.UR_DECIDED,
        Fact.UR_SERVED,
    )
    known = [(fact, facts[fact]) for fact in order if fact in facts]
    for (one, earlier), (other, later) in pairwise(known):
        if (
            isinstance(earlier.value, date)
            and isinstance(later.value, date)
            and later.value < earlier.value
        ):
            words = f"{other.value} lies before {one.value[0].lower() if one.value[1].islower() else one.value[0]}{one.value[1:]}, {date_text(earlier.value)}."
            facts[other] = replace(later.doubted(words))


def _places(layout: Layout, line: Line, at: int, text: str) -> tuple[Place, ...]:
    first = word_at(line, at)
    return layout.places(first, min(first + len(text.split()), line.last))
