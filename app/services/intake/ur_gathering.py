"""What is gathered of the items of a utilization review letter while its lines are gone through."""

from __future__ import annotations

import re

from app.evidence import Place
from app.services.intake.layout import Layout
from app.services.intake.mentions import Mention, verdict_named
from app.services.intake.ur_lines import Line, word_at
from app.services.intake.ur_words import Role, clean_title
from app.services.intake.values import Verdict
from app.services.language.ur_verdicts import MODIFIED, VerdictFound, verdict_of

MOST_TITLE = 40
"""Words of an item."""
_PART_BEHIND = re.compile(
    r"\s*[([,;-]+\s*(?:approved|authori[sz]ed|certified|modified\s+to|to)\s*:?\s+([^()]{1,60}?)[)\]]?\s*$",
    re.I,
)
_OF_READER = re.compile(r"\W*(?:if|when|you|your)\b", re.I)
"""What tells the reader what he may do is no verdict."""
_NO_ITEM = re.compile(r"(?:none|n/?a|not applicable|nothing)", re.I)
LEAD_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|[A-Z][.)])\s+")


class Gathering:
    """The item in hand, and every telling of one that was ended."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.found: list[Mention] = []
        self._block: Mention | None = None
        self._group: VerdictFound | None = None
        self._role: Role | None = None
        self._awaits_title = self._is_wide = False
        self._line = 0
        self.wide: Mention | None = None
        """What stands under the last heading for guidelines, if no item is told of behind it."""

    def _value(self, role: Role, value: str, line: Line) -> None:
        block = self._block
        if block is None:
            return
        if role is Role.VERDICT:
            self._verdict(value, line)
        elif role is Role.GUIDELINE:
            block.guideline = f"{block.guideline}; {value}" if block.guideline else value
            block.guideline_places += self._places(line, value)
        elif role is Role.APPROVED:
            block.approved = block.approved or value
        else:
            block.reason = f"{block.reason} {value}".strip()
            self._guideline_in(value, line)

    def _verdict(self, value: str, line: Line) -> None:
        verdict = verdict_of(value)
        if verdict is not None and verdict.start < 60 and not _OF_READER.match(value):
            self._take_verdict(verdict, value, line, strong=2)
            self._guideline_in(value[verdict.end :], line)

    def _take_verdict(self, verdict: VerdictFound, value: str, line: Line, strong: int) -> None:
        block = self._block
        if block is None:
            return
        if block.verdict is not None and block.strong >= strong:
            at = value.find(verdict.text)
            if verdict_named(verdict.verdict) is block.verdict is Verdict.MODIFIED and at >= 0:
                block.approved = block.approved or _approved(value[at + len(verdict.text) :])
            return
        block.verdict = verdict_named(verdict.verdict)
        block.printed, block.strong = verdict.text, strong
        block.verdict_places = self._layout.places(line.first, line.last)
        at = value.find(verdict.text)
        if verdict.verdict == MODIFIED and at >= 0:
            block.approved = block.approved or _approved(value[at + len(verdict.text) :])

    def _guideline_in(self, text: str, line: Line) -> None:
        """Words that reach a block outside its labels: they may name a guideline."""
        if self._block is not None and text.strip():
            self._block.reason = f"{self._block.reason} {text.strip()}".strip()
            if not self._block.guideline_places:
                self._block.guideline_places = self._layout.places(line.first, line.last)

    def _mention(
        self, titles: list[str], verdict: VerdictFound, behind: str, line: Line, strong: int
    ) -> None:
        for title in titles:
            bracket = _PART_BEHIND.search(title)
            part = bracket[1] if bracket else ""
            title = clean_title(title[: bracket.start()] if bracket else title)
            if not title or len(title.split()) > MOST_TITLE or _NO_ITEM.fullmatch(title):
                continue
            self.found.append(
                Mention(
                    title=title,
                    number=line.number,
                    verdict=verdict_named(verdict.verdict),
                    printed=verdict.text,
                    approved=(part or _approved(behind)) if verdict.verdict == MODIFIED else "",
                    strong=strong,
                    line=self._line,
                    places=self._places(line, title),
                    verdict_places=self._layout.places(line.first, line.last),
                )
            )

    def _open(self, title: str, line: Line, number: int) -> None:
        self._close()
        self.wide, self._is_wide = None, False
        title = clean_title(LEAD_NUMBER.sub("", title))
        self._block = Mention(
            title=title, number=number, strong=0, places=self._places(line, title)
        )
        self._role, self._group, self._awaits_title = None, None, False

    def _close(self) -> None:
        if self._block is not None:
            self.found.append(self._block)
        self._block, self._role, self._awaits_title = None, None, False

    def _places(self, line: Line, words: str) -> tuple[Place, ...]:
        """Where some words of a line stand; the whole line where they were put together."""
        at = line.text.find(words) if words else -1
        if at < 0:
            return self._layout.places(line.first, line.last)
        first = word_at(line, at)
        last = min(first + len(words.split()), line.last)
        return self._layout.places(first, last)


def _approved(behind: str) -> str:
    """What stands behind a word for a modification: the part that was approved."""
    text = re.split(r"(?<=[a-z0-9)])\.(?:\s|$)|;", behind.strip())[0]
    text = text.strip(" ,:;()\u2013-.")
    text = re.sub(
        r"^(?:(?:to|for|of|as|with|at|and|approve|authorize|certify|allow|certification|approval)\s+)+",
        "",
        text,
        flags=re.I,
    )
    text = re.sub(r"\s+(?:is|are)\s+(?:approved|authori[sz]ed|certified|allowed)$", "", text)
    return text if 0 < len(text.split()) <= 24 else ""
