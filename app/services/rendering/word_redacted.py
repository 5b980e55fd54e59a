"""Blacked-out words in a Word file: runs of their own, black on black."""

# python-docx has types for its doors only, and no door for the shade of a run.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportMissingParameterType=false

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.letter import REDACTED

_BEHIND_SHADE = (
    "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout",
    "w:specVanish", "w:oMath",
)  # fmt: skip
"""What Word wants behind a run's shade, in its order."""


def black_out(document: Document) -> None:
    """Prints every word that stands for a black box as one."""
    for text in list(document.element.body.iter(qn("w:t"))):
        if REDACTED in (text.text or ""):
            _split(text)


def _split(text: Any) -> None:
    """Parts a run at its blacked-out words. What else it holds stays behind them."""
    run = text.getparent()
    before, *behind = text.text.split(REDACTED)
    text.text = before
    text.set(qn("xml:space"), "preserve")
    following = list(text.itersiblings())
    last = run
    for part in behind:
        for words, black in ((REDACTED, True), (part, False)):
            if words:
                made = _run(run, words, black=black)
                last.addnext(made)
                last = made
    if following:
        rest = OxmlElement("w:r")
        if run.find(qn("w:rPr")) is not None:
            rest.append(deepcopy(run.find(qn("w:rPr"))))
        rest.extend(following)
        last.addnext(rest)


def _run(like: Any, words: str, *, black: bool) -> Any:
    made = OxmlElement("w:r")
    look = like.find(qn("w:rPr"))
    look = OxmlElement("w:rPr") if look is None else deepcopy(look)
    if black:
        for name in ("w:color", "w:shd"):
            for old in look.findall(qn(name)):
                look.remove(old)
        look.get_or_add_color().set(qn("w:val"), "000000")
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "000000")):
            shade.set(qn(f"w:{key}"), value)
        look.insert_element_before(shade, *_BEHIND_SHADE)
    made.append(look)
    text = OxmlElement("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    made.append(text)
    return made
