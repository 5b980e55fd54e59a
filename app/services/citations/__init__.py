"""Guideline fields of a letter: the sentences they are printed in, and the citations they mean.

Hides the grammar of both house styles, the names and spellings of guidelines, and the page
spans and dates known of them.
"""

from app.services.citations.changing import with_citation, without_citation
from app.services.citations.known import Guidelines, standard_guidelines
from app.services.citations.locators import Locator, read_locator
from app.services.citations.reading import read_guideline, read_reference
from app.services.citations.values import GuidelineReading, Side, Style
from app.services.citations.writing import in_style, same_citation, write_guideline

__all__ = [
    "GuidelineReading",
    "Guidelines",
    "Locator",
    "Side",
    "Style",
    "in_style",
    "read_guideline",
    "read_locator",
    "read_reference",
    "same_citation",
    "standard_guidelines",
    "with_citation",
    "without_citation",
    "write_guideline",
]
