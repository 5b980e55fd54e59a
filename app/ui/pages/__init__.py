"""The page view: a letter's pages with what is lit, found and selected on them.

Hides how pages are laid out, drawn in the background and kept in a bounded cache.
"""

from app.ui.pages.find_bar import FindBar
from app.ui.pages.highlights import Light
from app.ui.pages.outline import Mark, OutlineItem, OutlineView
from app.ui.pages.page_bar import PageBar
from app.ui.pages.thumbnails import ThumbnailList
from app.ui.pages.view import PageView
from app.ui.pages.zoom import Fit

__all__ = [
    "FindBar",
    "Fit",
    "Light",
    "Mark",
    "OutlineItem",
    "OutlineView",
    "PageBar",
    "PageView",
    "ThumbnailList",
]
