"""From words to a letter: one door, `parse`.

Hides the layouts, their wording and every rule by which a value is found or doubted.
"""

from app.services.parsing.parser import parse

__all__ = ["parse"]
