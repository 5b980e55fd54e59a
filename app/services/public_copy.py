"""What may go out to anyone: our own letter without its names, another's PDF with parts taken out.

Decides which terms to look for, and that nothing is handed over before it was searched: what is
returned or written here is clean, and comes with its proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from app.errors import UserError
from app.evidence import Place
from app.letter import FieldId, Issue, Letter
from app.services.checks import check
from app.services.pdf_redaction import LeftOver, Proof, Redacted, names_author, prove, redact
from app.services.rendering import Renderer, private_terms, write_file

PRIVATE_RULES = frozenset({"personal-data", "person-named", "reviewer-named", "birth-dates"})
"""The rules that look for what names a person."""
_MUST_BE_ABSENT = {
    "attachments": "attachments",
    "annotations and form fields": "annotations or form fields",
}
"""The parts of a file whose mere presence the proof counts as found."""
_TITLE = re.compile(r"^(?:dr|mr|mrs|ms|miss)\.?\s+", re.IGNORECASE)


class PublicCopy(msgspec.Struct, frozen=True):
    """Our own letter's public copy. `form_words` counts what was not looked for, see below.

    `no_author` says that the file was looked at for an author and names none.
    """

    pdf: bytes
    proof: Proof
    form_words: int = 0
    no_author: bool = False

    @property
    def sentence(self) -> str:
        """The proof in words."""
        if not self.proof.terms and not self.proof.boxes and not self.form_words:
            return self._nothing_to_search
        if not self.form_words:
            return self.proof.sentence
        return (
            f"{self.proof.sentence} Not counted: {self.form_words} single words of names that "
            "the form itself prints."
        )

    @property
    def _nothing_to_search(self) -> str:
        """What holds without a name to search for: only what was looked at is said."""
        absent = [
            _MUST_BE_ABSENT[part.where]
            for part in self.proof.searched
            if part.where in _MUST_BE_ABSENT
        ]
        author = ["author"] if self.no_author else []
        return (
            "The letter's cover names nobody, so there was nothing to search for by name. "
            f"Checked: the file has no {', no '.join((*author, *absent))}."
        )


class NotClean(UserError):
    """A name or number of the cover is still in our own public copy."""

    def __init__(self, proof: Proof) -> None:
        where = ", ".join(part.where for part in proof.searched if part.found)
        super().__init__(
            f"The public copy was not written: a name or number is still in its {where}.",
            "Take it out of the letter's fields, then export again.",
        )
        self.proof = proof


class OriginalChosen(UserError):
    """The place named is that of the file the copy was made from."""

    def __init__(self) -> None:
        super().__init__(
            "The copy was not written: that file is the original.",
            "Choose another name or folder.",
        )


class OwnFolderChosen(UserError):
    """The place named is among the program's own data."""

    def __init__(self) -> None:
        super().__init__(
            "The copy was not written: that folder holds the program's own data.",
            "Choose another folder.",
        )


def public_copy(
    renderer: Renderer, letter: Letter, as_read: Mapping[FieldId, str] | None = None
) -> PublicCopy:
    """Our own letter's public copy with its proof. Raises NotClean where it is not clean.

    A single word of a name that is also a word of the form (a patient called Case, a doctor of
    California) tells nothing there: it is left out of the search. Whole names never are.
    """
    terms = private_terms(letter)
    pdf = renderer.render(letter, redacted=True, as_read=as_read).pdf
    proof = prove(pdf, terms)
    form_words = 0
    if not proof.clean:
        form = renderer.render(_bare(letter), redacted=True).pdf
        counted = tuple(term for term in terms if " " in term or prove(form, (term,)).clean)
        form_words = len(terms) - len(counted)
        proof = prove(pdf, counted)
    if not proof.clean:
        raise NotClean(proof)
    return PublicCopy(pdf, proof, form_words, no_author=not names_author(pdf))


def _bare(letter: Letter) -> Letter:
    """What the letter's form says by itself: its fixed words and the reviewer's credentials."""
    issues = tuple(Issue(id=issue.id, decision=issue.decision) for issue in letter.issues)
    return Letter(
        layout=letter.layout,
        reviewer=letter.reviewer,
        issues=issues,
        issues_made=letter.issues_made,
    )


def suggested_terms(letter: Letter, lines: Iterable[str] = ()) -> tuple[str, ...]:
    """What should probably be taken out of a letter that came in: the names on its cover, and
    what the rules on personal data find in its fields and in the printed `lines` of its pages.
    """
    printed = tuple(lines)
    known = private_terms(letter)
    found = dict.fromkeys(known)
    found.update(dict.fromkeys(_private_in(letter)))
    # The rules read a letter: the pages are given to them as one. A name that would run over a
    # line there is most often a label or a title below a name.
    for term in _private_in(Letter(clinical_summary=" ".join(printed))):
        if any(term in line for line in printed):
            found[term] = None
    whole = [term.casefold() for term in known if " " in term or any(map(str.isdigit, term))]
    return tuple(
        term
        for term in found
        if len(term) > 1 and (term in known or not any(name in term.casefold() for name in whole))
    )


def _private_in(letter: Letter) -> Iterator[str]:
    """What the rules quote as telling of a person, names without their titles."""
    for finding in check(letter):
        if finding.rule in PRIVATE_RULES:
            for quote in finding.quotes:
                yield _TITLE.sub("", quote.text.strip())


def write_redacted(
    path: Path,
    source: bytes,
    terms: Sequence[str],
    places: Iterable[Place],
    *,
    password: str | None = None,
    kept_in: Path | None = None,
    may_replace: bool = False,
) -> Redacted:
    """Makes the redacted copy of a PDF and writes it whole or not at all.

    Never over `source`, wherever that lies, nor into the folder `kept_in`, which holds the
    originals. Raises LeftOver where something is left, OriginalChosen, OwnFolderChosen, and the
    errors of reading and writing; nothing is written then.
    """
    if kept_in is not None and path.resolve().is_relative_to(kept_in.resolve()):
        raise OwnFolderChosen
    if _holds(path, source):
        raise OriginalChosen
    made = redact(source, terms, places, password)
    write_file(path, made.pdf, replace=may_replace)
    return made


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False  # not there, or not to be read: writing will say so


__all__ = [
    "PRIVATE_RULES",
    "LeftOver",
    "NotClean",
    "OriginalChosen",
    "OwnFolderChosen",
    "PublicCopy",
    "Redacted",
    "public_copy",
    "suggested_terms",
    "write_redacted",
]
