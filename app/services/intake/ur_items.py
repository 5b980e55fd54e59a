"""The items of a utilization review letter outside its table: lists, sentences, reports, questions."""

from __future__ import annotations

import re

from app.services.intake.layout import Layout
from app.services.intake.mentions import Mention
from app.services.intake.sameness import LEAST, sameness
from app.services.intake.ur_gathering import LEAD_NUMBER, MOST_TITLE, Gathering
from app.services.intake.ur_lines import Line
from app.services.intake.ur_words import (
    Labelled,
    Role,
    SaidOf,
    clean_title,
    heading_verdict,
    labelled,
    question,
    sentence_items,
    title_before_verdict,
)
from app.services.language.dates import find_dates
from app.services.language.sentences import sentences
from app.services.language.ur_verdicts import MODIFIED, find_verdicts

_RIGHTS = re.compile(
    r"proof\s+of\s+service|independent\s+medical\s+review|\bif\s+you\s+(?:disagree|do\s+not\s+agree|have\s+questions)|\brights\b|right\s+to\s+(?:disagree|dispute|appeal)|aviso|information\s+and\s+assistance",
    re.I,
)
_ENDS = re.compile(
    r"^(?:your\s+rights|proof\s+of\s+service|declaration\s+of\s+service|dispute\s+resolution|notice\s+of\s+(?:your\s+)?rights|appeal\s+(?:process|rights)|how\s+to\s+appeal|(?:physician|peer)?\s*(?:reviewer|advisor)(?:\s+(?:information|credentials))?\s*:|attestation|I\s+attest|enclosures?|cc:)",
    re.I,
)
_IN_BRACKETS = re.compile(r"\s*\(([^()]{2,40})\)\s*$")
_SURELY = 0.85
_REFERS = re.compile(
    r"^(?:as\s+to|regarding|concerning|for)\s+(?:item|request|no\.?|number)?\s*#?\(?(\d{1,2})\)?\s*[,:]\s+",
    re.I,
)
"""“As to 1), …”: what follows is of the item of that number."""
_SPAN = re.compile(r"\bbetween\s+\S+\s+and\s+\S+", re.I)
_PAIR = re.compile(r"[^:]{2,40}:\s")
"""A label with a value: no item of a list without bullets."""


class ItemReader(Gathering):
    """Goes through the lines of a letter, and gathers what each of them tells of an item."""

    def __init__(self, layout: Layout, numbered: dict[int, str] | None = None) -> None:
        """`numbered` are the items of the letter's table by the numbers they have in it."""
        super().__init__(layout)
        self._numbered = numbered or {}
        self._is_aside = self._is_before_verdict = False

    def read(self, line: Line, after: Line | None = None) -> None:
        """Take up the next line; `after` is the one behind it."""
        self._line += 1
        told = labelled(after.text) if after is not None else None
        self._is_before_verdict = told is not None and told.role is Role.VERDICT
        text = line.text
        if (_ENDS.match(text) and not find_dates(text)) or (line.is_bold and _RIGHTS.search(text)):
            self._close()
            self._group, self._is_aside = None, True
            return
        text = _REFERS.sub(r"Item \1: ", text)
        if text != line.text:
            line = line._replace(text=text, number=0)
        if self._asked(line) or self._labelled(line) or self._headed(line) or self._listed(line):
            return
        if self._is_aside and not line.is_bold:
            return
        if self._known_with_reason(line) or self._told(line) or self._titled(line):
            return
        self._goes_on(line)

    def end(self) -> list[Mention]:
        """Everything that was told, in order."""
        self._close()
        return self.found

    def _asked(self, line: Line) -> bool:
        asked = question(line.text)
        if asked is None:
            return False
        title, end = asked
        if not _is_the_request(title) or self._block is None:
            self._open(title, line, line.number)
        rest = line.text[end:].strip(" -\u2013")
        if rest:
            self._verdict(rest, line)
            self._guideline_in(rest, line)
        return True

    def _labelled(self, line: Line) -> bool:
        told = labelled(line.text)
        if told is None:
            return False
        self._is_aside = told.role is Role.ASIDE
        if told.role is Role.ASIDE:
            self._role = None
            return True
        if told.role is Role.ITEM:
            return self._item(line, told.number, told.value)
        if self._is_letter_wide(told):
            return False
        self._group = self._group if told.role is Role.APPROVED else None
        if told.number and (self._block is None or self._block.number != told.number):
            self._open("", line, told.number)
        self._role = told.role
        if told.role is Role.GUIDELINE and not told.value and (line.is_bold or line.text.isupper()):
            self.wide, self._is_wide = Mention(), True
        else:
            self._is_wide = False
        if told.value:
            self._value(told.role, told.value, line)
        return True

    def _is_letter_wide(self, told: Labelled) -> bool:
        """Whether a label tells nothing of an item, for none is in hand."""
        if self._block is not None:
            return told.role is Role.APPROVED and self._block.verdict is None
        return not told.number and (told.role in (Role.APPROVED, Role.VERDICT) or bool(told.value))

    def _item(self, line: Line, number: int, value: str) -> bool:
        value = re.sub(r"^(?:\d+\s+)?of\s+\d+\b", "", value).strip(" :-\u2013")
        asked = question(value) or question(f"Is {value}")
        if asked is not None and "?" in value:
            self._open(asked[0], line, number)
            self._verdict(value[asked[1] - (0 if question(value) else 3) :], line)
            return True
        if len(value.split()) > MOST_TITLE:
            return False
        told = title_before_verdict(value)
        if told is not None:
            self._open(told[0], line, number)
            self._take_verdict(told[1], value, line, strong=2)
            return True
        if self._awaits_title and self._block is not None and not self._block.title and value:
            self._block.title = clean_title(value)
            self._block.places = self._places(line, value)
        elif value and self._is_reason(value, number):
            self._open("", line, number)  # “Request 1: the worker has …” is its reason
            self._role = Role.REASON
            self._value(Role.REASON, value, line)
            return True
        else:
            self._open(value, line, number or line.number)
        self._awaits_title = not value
        return True

    def _is_reason(self, value: str, number: int) -> bool:
        """Whether what stands behind an item's number is its reason and not its name."""
        known = self._numbered.get(number)
        if known is not None and sameness(value, known) >= LEAST:
            return False
        is_sentence = value.rstrip().endswith(".")
        return bool(number) and is_sentence and (known is not None or len(value.split()) > 6)

    def _headed(self, line: Line) -> bool:
        """A heading that gives the verdict of the list below it, or of what stands behind it."""
        headed = heading_verdict(line.text)
        if headed is None:
            return False
        verdict, rest = headed
        if re.search(r"[.!?]\s+[A-Z]", rest) or len(rest.split(";")[0].split()) > MOST_TITLE:
            return False
        if (
            self._block is not None
            and self._block.verdict is None
            and not rest
            and not line.text.endswith(":")
        ):
            self._take_verdict(verdict, line.text, line, strong=2)
            return True
        if self._block is not None and self._block.verdict is not None and line.text.endswith("."):
            return False
        self._close()
        self._group, self._is_aside = verdict, False
        for part in rest.split(";") if rest else ():
            self._mention([part], verdict, "", line, strong=1)
        return True

    def _listed(self, line: Line) -> bool:
        """An item in the list below such a heading."""
        if self._group is None:
            return False
        if not line.is_listed and (
            line.is_bold
            or len(line.text.split()) > MOST_TITLE
            or line.text.endswith((".", ":"))
            or _PAIR.match(line.text)
        ):
            self._group = None
            return False
        named = title_before_verdict(line.text)
        if named is not None:
            behind = line.text[line.text.find(named[1].text) + len(named[1].text) :]
            self._mention([named[0]], named[1], behind, line, strong=1)
            return True
        title, approved = line.text, ""
        bracket = _IN_BRACKETS.search(title)
        if bracket and self._group.verdict == MODIFIED:
            title, approved = title[: bracket.start()], bracket[1]
        self._mention([title], self._group, approved, line, strong=1)
        return True

    def _told(self, line: Line) -> bool:
        """`X: DENIED`, or sentences that say what was decided."""
        named = title_before_verdict(LEAD_NUMBER.sub("", line.text))
        if named is not None and len(named[0].split()) <= 30 and not re.search(r"\.\s", named[0]):
            if line.is_bold:
                self._open(named[0], line, line.number)
                self._take_verdict(named[1], line.text, line, strong=2)
            else:
                behind = line.text[line.text.find(named[1].text) + len(named[1].text) :]
                self._mention([named[0]], named[1], behind, line, strong=1)
            return True
        found = False
        for sentence in sentences(line.text):
            told = sentence_items(sentence.text)
            if told is None:
                continue
            found = self._said(told, sentence.text, line) or found
        return found

    def _said(self, told: SaidOf, sentence: str, line: Line) -> bool:
        """What a sentence says of the item in hand, or of one that it names itself."""
        title = told.titles[0]
        if not title or _is_the_request(title):
            if self._block is not None and self._block.verdict is None:
                self._take_verdict(told.verdict, sentence, line, strong=1)
            return False  # the rest of the line is of the item too
        if self._block is not None:
            if self._block.title and sameness(title, self._block.title) >= LEAST:
                self._take_verdict(told.verdict, sentence, line, strong=1)
                return False
            # In the midst of one item's reasons another is seldom decided, and history is told.
            if not told.is_request or find_dates(_SPAN.sub("", sentence[: told.verdict.end])):
                return False
        self._mention(told.titles, told.verdict, told.behind, line, strong=1)
        return True

    def _is_known(self, text: str, least: float = _SURELY) -> bool:
        """Whether a line names an item that was told of before, and nothing else."""
        titles = [*self._numbered.values(), *(one.title for one in self.found if one.title)]
        return any(sameness(text, title) >= least for title in titles)

    def _known_with_reason(self, line: Line) -> bool:
        """`X: why`, where X was told of before: what follows is of that item."""
        head, mark, rest = line.text.partition(": ")
        if not mark or len(head.split()) > MOST_TITLE or not rest or not self._is_known(head):
            return False
        if title_before_verdict(line.text) is not None and find_verdicts(rest[:40]):
            return False
        self._open(head, line, line.number)
        self._role = Role.REASON
        self._value(Role.REASON, rest, line)
        return True

    def _titled(self, line: Line) -> bool:
        """A line that names an item and nothing else: a heading over what is told of it."""
        words = len(line.text.split())
        if (
            self._awaits_title
            and self._block is not None
            and not self._block.title
            and words <= MOST_TITLE
        ):
            self._block.title = clean_title(line.text)
            self._block.places = self._layout.places(line.first, line.last)
            self._awaits_title = False
            return True
        is_heading = (
            line.is_bold
            or line.number
            or (self._is_before_verdict and not _PAIR.match(line.text))
            or self._is_known(line.text, _SURELY if line.is_parted else 1.0)
        )
        if is_heading and words <= 24 and not line.text.endswith("."):
            self._open(line.text, line, line.number)
            self._is_aside = False
            return True
        if line.number and self._block is None:
            self._open_numbered(line)
            return True
        return False

    def _open_numbered(self, line: Line) -> None:
        """What is told of the item of that number, behind its name where it is said again."""
        head, mark, rest = line.text.partition(" - ")
        self._open(head if mark else "", line, line.number)
        self._value(Role.REASON, rest if mark else line.text, line)

    def _goes_on(self, line: Line) -> None:
        """Plain words: of the label above them, or of the item in hand."""
        if self._is_wide and self.wide is not None:
            self.wide.guideline = f"{self.wide.guideline}; {line.text}".strip("; ")
            self.wide.guideline_places += self._layout.places(line.first, line.last)
        if line.number and (self._block is None or self._block.number != line.number):
            self._open_numbered(line)
            return
        if self._block is None:
            return
        if self._block.verdict is None and self._role in (None, Role.VERDICT):
            self._verdict(line.text, line)
        if self._role is Role.GUIDELINE and not self._block.guideline:
            self._value(Role.GUIDELINE, line.text, line)
        else:
            self._guideline_in(line.text, line)


def _is_the_request(title: str) -> bool:
    """Whether a sentence calls the item in hand by no name."""
    return bool(
        re.fullmatch(
            r"(?:the|this|it|that|such|requested|current|proposed|above|request|treatment|service|medication|procedure|item|which|and|so|as|such)?(?:\s*(?:requested|request|treatment|service|medication|procedure|item|therapy|it|is|therefore|not))*",
            title.strip(),
            re.I,
        )
    )
