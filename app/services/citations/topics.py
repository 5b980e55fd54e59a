"""The topic behind a chapter: without the words and marks that lead to it or stand around it."""

from __future__ import annotations

import re

REMARK = re.compile(
    r"\s*\((?:online\s+version|acute\s*(?:&|and)\s*chronic|chronic|online)\)", re.IGNORECASE
)
CHAPTER_WORD = re.compile(
    r"\s*(?P<word>\b(?:chapter|section)s?\b|\bprocedure\s+(?:summary|index)\b)", re.IGNORECASE
)
_TOPIC_EDGE = re.compile(r"^[\s,:;/.–-]+|[\s,:;/–-]+$")


def plain_topic(topic: str) -> str:
    """A topic without the marks and words around it: `(Hyperstimulation analgesia)`, `X Topic`."""
    remark = REMARK.match(topic)
    if remark:
        topic = topic[remark.end() :]
    topic = _TOPIC_EDGE.sub("", topic)
    if topic.startswith("(") and topic.endswith(")") and _closes_at_end(topic):
        topic = topic[1:-1].strip()
    return re.sub(r"\s+Topic$", "", topic)


def _closes_at_end(text: str) -> bool:
    depth = 0
    for position, mark in enumerate(text):
        depth += (mark == "(") - (mark == ")")
        if depth == 0:
            return position == len(text) - 1
    return False
