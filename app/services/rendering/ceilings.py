"""How much text a letter may have to be set: far more than any letter has."""

from __future__ import annotations

from app.errors import UserError
from app.letter import Letter, field_ids, get_value
from app.services.wording import field_words, value_words

MOST_CHARACTERS = 400_000
MOST_LINES = 20_000
MOST_ITEMS = 2_000

SHORT = 50_000
"""Characters of a letter that is set in a second or two, whatever they are; most have 10,000."""


def refuse_endless_text(letter: Letter) -> None:
    """Raises UserError for a letter that would take gigabytes and minutes to set."""
    if len(letter.issues) > MOST_ITEMS:
        raise UserError(
            f"The letter has {len(letter.issues):,} disputed items; {MOST_ITEMS:,} can be set.",
            "Part it into several letters.",
        )
    size_of(letter)


def size_of(letter: Letter) -> int:
    """How many characters the letter has. Raises UserError where they, or its lines, are too many."""
    characters = lines = 0
    for field in field_ids(letter):
        text = value_words(get_value(letter, field))
        characters += len(text)
        lines += text.count("\n") + text.count("\r")
        if characters > MOST_CHARACTERS or lines > MOST_LINES:
            raise UserError(
                f"The letter is too long to be set: it has more than {MOST_CHARACTERS:,} "
                f"characters or {MOST_LINES:,} lines up to “{field_words(letter, field)}”.",
                "Shorten that field.",
            )
    return characters
