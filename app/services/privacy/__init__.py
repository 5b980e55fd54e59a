"""What in a text tells of a person: found by other ways of writing than the cover's own."""

from app.services.privacy.folding import fold
from app.services.privacy.reading import PrivateTerms, Reading, terms_of, terms_of_phrases
from app.services.privacy.wanted import Wanted, wanted_of, wanted_phrases

__all__ = [
    "PrivateTerms",
    "Reading",
    "Wanted",
    "fold",
    "terms_of",
    "terms_of_phrases",
    "wanted_of",
    "wanted_phrases",
]
