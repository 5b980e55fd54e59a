"""Ready sentences with blanks: where they are kept, and how their blanks are filled from the case.

A blank is `***`, a choice such as `[has|has not]`, or the name of a field in braces, such as
`{header.date_of_injury}`; a field that the letter does not have yet becomes `***`. The checks find a
blank left over by `next_blank`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from app.errors import UserError
from app.letter import SPEC_BY_NAME, FieldId, Kind, Letter, get_value, is_missing
from app.paths import WORDS
from app.services.language.terms import drug_list
from app.services.rendering.context import printed
from app.services.rendering.files import write_file
from app.services.vault.cipher import MAGIC, Cipher

BLANK = "***"
OWN_FILE = "snippets.json"
_FIELD = re.compile(r"\{([\w.]+)\}")
_CHOICE = re.compile(r"\[([^\[\]\n|]*(?:\|[^\[\]\n|]*)+)\]")
_BLANK = re.compile(rf"\*{{3,}}|\{{[\w.]+\}}|{_CHOICE.pattern}")
_NAME = re.compile(r"[\w-]+")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?![\w-]*[A-Z\d])")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:\n])[\s“\"(]*$")


Place = Literal["rationale", "summary", "ur guideline", "guideline", "any"]
PLACES: dict[str, Place] = {
    "issue.rationale": "rationale",
    "clinical_summary": "summary",
    "issue.claims_administrator_guideline": "ur guideline",
    "issue.maximus_guideline": "guideline",
}
"""Fields that have snippets of their own, by their names."""


class Snippet(msgspec.Struct, frozen=True, kw_only=True, rename={"place": "for"}):
    """A ready sentence. It is inserted by typing a full stop and its `name`, or from the list.

    `place` says where it is offered: in rationales, in the summary, in one of the two guideline
    fields, or everywhere.
    """

    name: str
    title: str
    text: str
    place: Place = "any"


class Snippets:
    """Our snippets and the user's own, which replace ours of the same name.

    `ours` is the file that comes with the program; the user's own are kept in `folder`, by the
    cipher of that folder.
    """

    def __init__(self, ours: Path, folder: Path, cipher: Cipher) -> None:
        self._ours = ours
        self._own = folder / OWN_FILE
        self._cipher = cipher

    def all(self, place: str | None = None) -> tuple[Snippet, ...]:
        """All snippets, or those offered in `place`, by title.

        Raises UserError if the user's own file cannot be understood.
        """
        snippets = {snippet.name: snippet for snippet in (*_read(self._ours), *self.own())}
        wanted = [
            item for item in snippets.values() if place is None or item.place in (place, "any")
        ]
        return tuple(sorted(wanted, key=lambda item: item.title.casefold()))

    def own(self) -> tuple[Snippet, ...]:
        """The user's own snippets, in the order of the file."""
        return _read(self._own, self._cipher) if self._own.exists() else ()

    def find(self, name: str) -> Snippet | None:
        """The snippet of that name, whatever the case of its letters."""
        for snippet in self.all():
            if snippet.name.casefold() == name.casefold():
                return snippet
        return None

    def save(self, snippet: Snippet) -> None:
        """Keeps a snippet as the user's own, in place of one of the same name.

        Raises UserError for a name that could not be typed, an unknown blank, or a full disk.
        """
        check(snippet)
        kept = [item for item in self.own() if item.name != snippet.name]
        self._write([*kept, snippet])

    def delete(self, name: str) -> None:
        """Forgets the user's own snippet of that name; one of ours comes back into sight."""
        self._write(item for item in self.own() if item.name != name)

    def _write(self, snippets: Iterable[Snippet]) -> None:
        data = msgspec.json.format(msgspec.json.encode(list(snippets)), indent=2)
        write_file(self._own, self._cipher.encrypt(data, OWN_FILE), replace=True)


def check(snippet: Snippet) -> None:
    """Raises UserError where a snippet's name could not be typed or it asks for an unknown field."""
    if not _NAME.fullmatch(snippet.name):
        raise UserError(
            "That name cannot be used for a snippet.", "Use letters, digits and dashes only."
        )
    for name in _FIELD.findall(snippet.text):
        if name not in SPEC_BY_NAME:
            raise UserError(
                f"The snippet asks for {{{name}}}, which is no field of a letter.",
                f"Use {BLANK} for a blank to type in, or the name of a field.",
            )


def fill(text: str, letter: Letter, issue: int | None = None, before: str = "") -> str:
    """The text with its fields filled from the letter; what is missing there becomes `***`.

    `issue` is the id of the issue being written, for the fields each issue has. `before` is what
    stands before the text: a title in the midst of a sentence begins small, one at its start large.
    """

    def value(match: re.Match[str]) -> str:
        spec = SPEC_BY_NAME.get(match.group(1))
        if spec is None or (spec.of_issue and issue is None):
            return BLANK
        found = get_value(letter, FieldId(spec.name, issue if spec.of_issue else None))
        if is_missing(found):
            return BLANK
        if spec.kind not in (Kind.LINE, Kind.TEXT):
            return printed(found)
        starts = _SENTENCE_ENDS.search(before + text[: match.start()]) is not None
        return in_sentence(printed(found), starts=starts)

    return _FIELD.sub(value, text)


def in_sentence(words: str, *, starts: bool) -> str:
    """Words as they stand in a sentence, at its start or in its midst.

    What is written with its own capitals stays so: MRI, H-wave, names of drugs.
    """
    first = _FIRST_WORD.match(words)
    if first is None:
        return words
    word = first.group()
    if starts:
        return word[0].upper() + words[1:]
    is_plain = len(word) > 1 and word[1:].islower() and word not in _names()
    return word.lower() + words[len(word) :] if is_plain else words


@cache
def _names() -> frozenset[str]:
    """Words that are written large wherever they stand: brands of drugs, names of tests."""
    brands = (
        name.capitalize()
        for generic, drug in drug_list().drugs.items()
        for name in drug.names
        if name != generic
    )
    words = (WORDS / "field.txt").read_text("utf-8").split()
    small = {word for word in words if word.islower()}
    return frozenset((*brands, *(word for word in words if word.lower() not in small)))


def choices_at(text: str, start: int) -> tuple[str, ...]:
    """What can be chosen in the blank that begins there; empty where it is one to type in."""
    match = _CHOICE.match(text, start)
    return tuple(part.strip() for part in match.group(1).split("|")) if match else ()


def next_blank(text: str, position: int = 0) -> tuple[int, int] | None:
    """Start and end of the next blank at or after `position`, then from the start of the text.

    None if there is no blank at all.
    """
    match = _BLANK.search(text, position) or _BLANK.search(text)
    return match.span() if match else None


def typed_name(text: str, position: int) -> tuple[int, str] | None:
    """The `.name` that ends at `position`: where its full stop stands, and the name.

    Only a full stop at the start of a line or after a space counts; else it ends a sentence.
    """
    match = re.search(r"(?:^|(?<=\s))\.([\w-]+)$", text[:position], re.MULTILINE)
    return (match.start(), match.group(1)) if match else None


def _read(path: Path, cipher: Cipher | None = None) -> tuple[Snippet, ...]:
    try:
        data = path.read_bytes()
        if cipher is not None and not cipher.is_plain and data.startswith(MAGIC):
            data = cipher.decrypt(data, OWN_FILE)  # else it was put there by hand
        return msgspec.json.decode(data, type=tuple[Snippet, ...])
    except OSError as error:
        raise UserError(
            f"The snippets in {path.name} cannot be read: {error.strerror or 'unknown reason'}.",
            "Check that the file is there and that you may read it.",
        ) from error
    except msgspec.DecodeError as error:
        raise UserError(
            f"The file {path.name} cannot be understood: {error}.",
            "Correct it, or move it away to start with a new one.",
        ) from error
