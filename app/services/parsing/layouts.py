"""Which layout a letter has, and the sentences that say why."""

from __future__ import annotations

import re

from app.services.parsing.draft import Draft, field
from app.services.parsing.forms import Sections
from app.services.parsing.marks import LABELS
from app.services.parsing.phrases import Mark

_SECTIONS_STYLE = ("Section(s):", "recommendation(s) outside of the MTUS")
_PAGES_STYLE = ("Page(s):", "MTUS ACOEM Chapter", "did not base their decision on the MTUS")
_YEAR_STYLE = re.compile(r"MTUS [A-Z][^.]{3,60}? (?:19|20)[0-9]{2}\b")


def layout_of(draft: Draft, sections: Sections) -> tuple[str, tuple[str, ...]]:
    """The layout's name, or `unknown`, and the reasons for it."""
    marks = {mark.mark for mark in sections.marks}
    headings = [mark for mark in (Mark.HOW, Mark.SUMMARY, Mark.ISSUES) if mark in marks]
    labels = [mark for mark in LABELS if mark in marks]
    if not labels or len(headings) + len(labels) < 3:
        return "unknown", ("Too few of the known headings and labels were found.",)
    reasons = [
        f"The headings and labels of the forms since 2014 were found ({len(headings)} of 3, {len(labels)} of 3)."
    ]
    if not sections.credentials_block:
        reasons.append("The credentials are told in a sentence, as in 2014.")
        return "maximus-2014", tuple(reasons)
    text = draft.sheet.text
    new, old = _count(text, _SECTIONS_STYLE), _count(text, _PAGES_STYLE)
    if new == old:
        new += len(_YEAR_STYLE.findall(text))
    if new != old:
        style = "sections and years" if new > old else "pages"
        reasons.append(f"Guidelines are cited by {style} ({max(new, old)} places).")
        return ("maximus-2016" if new > old else "maximus-2015"), tuple(reasons)
    decided = draft.value(field("header.decision_date"))
    if decided is not None:
        reasons.append(f"The decision is of {decided.year}.")
        return ("maximus-2016" if decided.year >= 2016 else "maximus-2015"), tuple(reasons)
    reasons.append("Neither citations nor dates tell its year; taken for the latest form.")
    return "maximus-2016", tuple(reasons)


def _count(text: str, phrases: tuple[str, ...]) -> int:
    return sum(text.count(phrase) for phrase in phrases)
