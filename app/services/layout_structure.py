"""Which words of a house's letter do what our fixed words do.

A letter of any house has the same parts: a head of labels and values, how it was made, a summary,
items with their decisions and reasons. Which is which is told by order where it is that of our form,
else by what headings and labels speak of. Hides how those parts are found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import dropwhile, pairwise, takewhile
from typing import NamedTuple

from app.services.layout_head import TELLS, Line, letterhead, of_the_head
from app.services.pdf import PdfText

HEADINGS = ("made_heading", "summary_heading", "issues_heading")
LABELS = ("claims_administrator_guideline", "maximus_guideline", "rationale")
CREDENTIALS = ("licensure", "specialties")
_SAME_LINE = 0.6
"""Words are in one line where their middles lie nearer than so much of their height."""
_APART = 1.25
"""By so much of the usual step from line to line a line that begins anew is farther away."""
_OUTCOME = r"(?P<decision>Upheld|Uphold|Overturned|Overturn)[)\]]?\.?$"
_DECIDED = re.compile(
    rf"(?P<title>(?:^|.*\S))\s*(?:[:–—-]\s*[(\[]?|[(\[]){_OUTCOME}", re.IGNORECASE
)
_IS_DECIDED = re.compile(rf"(?P<title>.*\S)\s+(?:is|are|was|were)\s+{_OUTCOME}", re.IGNORECASE)
"""A sentence that is a title too: in bold alone, for a rationale may end so."""
_ITS_NUMBER = re.compile(r"(?:(?:item|issue|request)\s+)?#?\d{1,2}[.):]\s+(?=\D)", re.IGNORECASE)
_ITS_LABEL = re.compile(
    r"(?:(?:final|our|imr|the|reviewer'?s?)\s+)*(?:decision|determination|outcome|result|finding)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"([A-Z][^:.;\d]{2,60}:)(?=\s|$)")
_NUMBER = re.compile(r"\d+")
_LONGEST_LEAD = 5
"""So many lines a sentence has that leads from a heading to what follows."""
_LONGEST_HEADING = 10
_LONGEST_TITLE = 5

_HEADINGS_SPEAK_OF = {
    "summary_heading": r"summary|history|course|background|clinical",
    "issues_heading": r"issue|dispute|decision|determination|finding|treatment|rationale",
    "made_heading": r"\bhow\b|basis|reviewer|qualif|credential|process|method|\babout\b",
}
_LABELS_SPEAK_OF = {
    "rationale": r"rationale|reason|analysis|discussion|explanation|conclusion|\bwhy\b|basis",
    "claims_administrator_guideline": r"\bUR\b|utilization|claims|administrator|carrier|insurer|denial",
    "maximus_guideline": r"\bIMR\b|maximus|review|physician|\bour\b|\bwe\b|expert|guideline|criteria",
}


class Item(NamedTuple):
    """A disputed item as it stands: what its labels head, by the name of the label."""

    title: str
    decision: str
    texts: dict[str, str]


class Form(NamedTuple):
    """A house's letter by its parts: its fixed words and its values, by our names, and the order in
    which its headings and labels stand."""

    words: dict[str, str]
    values: dict[str, str]
    items: tuple[Item, ...]
    order: tuple[str, ...]


def lines_of(text: PdfText) -> list[Line]:
    """The lines of all pages, top down."""
    found: list[Line] = []
    for page in text.pages:
        rows: list[tuple[float, list[tuple[float, str, bool]]]] = []
        bold = page.bold or (False,) * len(page.texts)
        words = sorted(
            zip(page.tops, page.bottoms, page.lefts, page.texts, bold, strict=True),
            key=lambda one: one[0] + one[1],
        )
        for top, bottom, left, word, is_bold in words:
            middle = (top + bottom) / 2
            if rows and middle - rows[-1][0] < _SAME_LINE * (bottom - top):
                rows[-1][1].append((left, word, is_bold))
            else:
                rows.append((middle, [(left, word, is_bold)]))
        steps = [below[0] - above[0] for above, below in pairwise(rows)]
        usual = sorted(steps)[len(steps) // 5] if steps else 0.0  # most may part paragraphs
        for (_, row), step in zip(rows, (1.0, *steps), strict=False):
            ordered = " ".join(word for _, word, _ in sorted(row))
            is_bold = all(one for _, _, one in row)
            found.append(Line(page.number, ordered, is_bold, step > _APART * usual))
    return found


def places_of(wanted: Sequence[str], words: Sequence[str]) -> list[int]:
    """Where among words a run of words begins."""
    first, length = wanted[0], len(wanted)
    return [
        at
        for at, word in enumerate(words)
        if word == first and list(words[at : at + length]) == list(wanted)
    ]


def form_of(text: PdfText, words: Mapping[str, str]) -> Form | None:
    """The parts of a letter whose fixed words are `words` in ours; None where it has no such parts."""
    printed = lines_of(text)
    lines = _without_running(printed)
    decided = [at for at, line in enumerate(lines) if _decision(line)]
    if not decided or any(name not in words for name in (*HEADINGS, *LABELS)):
        return None
    heads = _headings(lines, decided)
    if "summary_heading" not in heads or "issues_heading" not in heads:
        return None
    found = {name: lines[at].text for name, at in heads.items()}
    first = min(heads.values())
    head_words, values = of_the_head(text, lines[:first])
    found |= letterhead(printed) | head_words
    ends = sorted((*heads.values(), len(lines)))
    parts = {
        name: [line.text for line in lines[at + 1 : min(e for e in ends if e > at)]]
        for name, at in heads.items()
    }
    making = parts.get("made_heading") or _behind_the_head(lines[:first], values)
    made_words, credentials = _of_the_making(making)
    found |= made_words
    values |= credentials
    summary = parts["summary_heading"]
    found |= _lead("summary", summary)
    values["clinical_summary"] = " ".join(summary[_length_of_lead(summary) :])
    before_items = range(heads["issues_heading"] + 1, _title_begin(lines, decided[0]))
    found |= _lead("issues", [lines[at].text for at in before_items], is_all=True)
    labels, items = _of_the_items(lines, decided, min(e for e in ends if e > decided[-1]), words)
    found |= labels
    known = {name: one for name, one in found.items() if name in words}
    order = (*sorted(heads, key=heads.__getitem__), *labels)
    return Form(known, values, items, order)


def _without_running(lines: Sequence[Line]) -> list[Line]:
    """The lines but for those that come again on most pages, with another number at most."""
    pages = {line.page for line in lines}
    on = Counter(mask for _, mask in {(one.page, _NUMBER.sub("0", one.text)) for one in lines})
    most = max(len(pages) / 2, 1)
    return [
        one
        for one in lines
        if len(pages) < 2 or on[_NUMBER.sub("0", one.text)] <= most or _decision(one)
    ]


def _headings(lines: Sequence[Line], decided: Sequence[int]) -> dict[str, int]:
    """Where the headings are: by the order of our form, else by what they speak of."""
    titles = {at for one in decided for at in range(_title_begin(lines, one), one)}
    head = len(list(takewhile(lambda line: not TELLS.search(line.text), lines)))
    before = range(head, decided[0])
    for is_one in (_is_in_capitals, _is_bold_alone):
        places = [at for at in before if is_one(lines[at]) and at not in titles]
        if len(places) == len(HEADINGS):
            return dict(zip(HEADINGS, places, strict=True))
    places = [
        at
        for at, line in enumerate(lines)
        if at >= head
        and at not in titles
        and at not in decided
        and (_is_in_capitals(line) or _is_bold_alone(line))
    ]
    return _by_what_they_say({at: lines[at].text for at in places}, _HEADINGS_SPEAK_OF)


def _by_what_they_say(texts: Mapping[int, str], known: Mapping[str, str]) -> dict[str, int]:
    """For each name the one place that speaks of it; each place has one name, the first that fits."""
    found: dict[str, int] = {}
    for at, text in texts.items():
        fitting = (name for name, sign in known.items() if re.search(sign, text, re.IGNORECASE))
        name = next((name for name in fitting if name not in found), None)
        if name is not None:
            found[name] = at
    return found


def _is_in_capitals(line: Line) -> bool:
    letters = [mark for mark in line.text if mark.isalpha()]
    return len(letters) >= 8 and line.text.upper() == line.text and ":" not in line.text


def _is_bold_alone(line: Line) -> bool:
    words = line.text.split()
    is_short = len(words) <= _LONGEST_HEADING and len(line.text) >= 8
    return line.bold and is_short and not re.search(r"[:.\d]", line.text)


def _decision(line: Line) -> re.Match[str] | None:
    """The title and the decision of a line that ends in one."""
    return _DECIDED.match(line.text) or (_IS_DECIDED.match(line.text) if line.bold else None)


def _title(line: Line) -> str:
    match = _decision(line)
    return match["title"].strip() if match else ""


def _title_begin(lines: Sequence[Line], decided: int) -> int:
    """Where the title begins that the decision ends, or, under a label of its own, follows."""
    at = decided
    if at and (not _title(lines[at]) or _ITS_LABEL.fullmatch(_title(lines[at]))):
        at -= 1
    while at and decided - at < _LONGEST_TITLE and _goes_on(lines[at - 1], lines[at]):
        at -= 1
    return at


def _goes_on(line: Line, below: Line) -> bool:
    """Whether a line of a title may go on in the one below."""
    is_closed = line.text.endswith((".", ":")) or _decision(line)
    return not (below.apart or is_closed or _LABEL.match(line.text)) and line.bold == below.bold


def _behind_the_head(lines: Sequence[Line], values: Mapping[str, str]) -> list[str]:
    """What stands between the head and the first heading, where how it was made has none."""
    last = max(
        (at for at, line in enumerate(lines) if any(one in line.text for one in values.values())),
        default=-1,
    )
    below = [line.text for line in lines[last + 1 :]]
    return list(dropwhile(_LABEL.match, below))  # the head may tell more than ours does


def _of_the_making(lines: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The paragraph, the sentence before the credentials, their labels and their values."""
    labelled = [at for at, line in enumerate(lines) if _LABEL.match(line)]
    labelled = [at for at in labelled if lines[at].rstrip().rpartition(":")[2].strip()]
    if len(labelled) < len(CREDENTIALS):
        return {}, {}
    first, second = labelled[-2:]
    found: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, at, end in zip(CREDENTIALS, (first, second), (second, len(lines)), strict=True):
        match = _LABEL.match(lines[at])
        if match:
            found[name] = match[1]
            rest = lines[at][match.end() :], *lines[at + 1 : end]
            values[name] = " ".join(one.strip() for one in rest).strip()
    before = " ".join(lines[:first])
    if before.endswith(":"):
        at = before.rfind(". ") + 1
        found["credentials"] = before[at:].strip()
        before = before[:at]
    if before.strip():
        found["made"] = before.strip()
    return found, values


def _length_of_lead(lines: Sequence[str]) -> int:
    """How many lines the sentence has that leads to what follows; 0 where there is none."""
    ends = (at + 1 for at, line in enumerate(lines[:_LONGEST_LEAD]) if line.endswith(":"))
    return next(ends, 0)


def _lead(name: str, lines: Sequence[str], *, is_all: bool = False) -> dict[str, str]:
    """`is_all`: whether nothing but the sentence may stand there, so that it needs no colon."""
    length = _length_of_lead(lines)
    if is_all and not length and len(lines) <= _LONGEST_LEAD:
        length = len(lines)
    return {name: " ".join(lines[:length])} if length else {}


def _of_the_items(
    lines: Sequence[Line], decided: Sequence[int], end: int, words: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Item, ...]]:
    """The labels that begin a line in what follows each decision, and the items."""
    begins = [_title_begin(lines, at) for at in decided]
    blocks = [
        [line.text for line in lines[one + 1 : other]]
        for one, other in zip(decided, (*begins[1:], end), strict=True)
    ]
    shared = _shared_labels(blocks)
    names = _names_of(shared, words)
    items: list[Item] = []
    for begin, at, block in zip(begins, decided, blocks, strict=True):
        match = _decision(lines[at])
        ending = _title(lines[at])
        own = "" if _ITS_LABEL.fullmatch(ending) else ending
        title = " ".join((*(line.text for line in lines[begin:at]), own)).strip(" :,;")
        title = _ITS_NUMBER.sub("", title, count=1) if _ITS_NUMBER.match(title) else title
        items.append(Item(title, match["decision"] if match else "", _texts(block, names)))
    return {names[label]: label for label in shared if label in names}, tuple(items)


def _names_of(labels: Sequence[str], words: Mapping[str, str]) -> dict[str, str]:
    """Which of the labels of all items is which: ours as they are, others by order, or by what they
    speak of."""
    ours = {words[name]: name for name in LABELS if words[name] in labels}
    others = [label for label in labels if label not in ours]
    names = [name for name in LABELS if name not in ours.values()]
    signs = {name: sign for name, sign in _LABELS_SPEAK_OF.items() if name in names}
    told = _by_what_they_say(dict(enumerate(others)), signs)
    if len(told) == len(names):
        return ours | {others[at]: name for name, at in told.items()}
    by_order = not ours and len(others) == len(names)
    return ours | (dict(zip(others, names, strict=True)) if by_order else {})


def _shared_labels(blocks: Sequence[Sequence[str]]) -> list[str]:
    labels = [
        list(dict.fromkeys(match[1] for line in block if (match := _LABEL.match(line))))
        for block in blocks
    ]
    return [one for one in labels[0] if all(one in others for others in labels)]


def _texts(block: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    current = ""
    for line in block:
        match = _LABEL.match(line)
        if match and match[1] in names:
            current, line = names[match[1]], line[match.end() :]
        if current:
            found.setdefault(current, []).append(line.strip())
    return {name: " ".join(filter(None, parts)) for name, parts in found.items()}
