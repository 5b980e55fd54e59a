"""What may go out to anyone: our own letter without its names, another's PDF with parts taken out.

Decides which terms to look for, and that nothing is handed over before it was searched: what is
returned or written here is clean, and comes with its proof.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.evidence import Place
from app.letter import FieldId, Issue, Letter
from app.services.checks import check
from app.services.checks.values import PRIVATE_RULES
from app.services.conformance import Verdict, verdict
from app.services.guard import Progress, Watch
from app.services.letter_intake import Reader
from app.services.originals import OriginalChosen, OwnFolderChosen, refuse_originals
from app.services.pdf import read
from app.services.pdf_redaction import LeftOver, Proof, Redacted, names_author, prove
from app.services.privacy.folding import fold
from app.services.privacy.others import Other, find_others
from app.services.privacy.reading import terms_of, terms_of_phrases
from app.services.privacy.wanted import wanted_of
from app.services.rendering import Renderer, write_file
from app.services.rendering.public import public_letter, public_text, texts_of
from app.services.vocabularies import recognise
from app.services.wording import field_words

_TITLE = re.compile(r"^(?:dr|mr|mrs|ms|miss)\.?\s+", re.IGNORECASE)


class PublicCopy(msgspec.Struct, frozen=True):
    """Our own letter's public copy with its proof.

    `removed` counts what was taken out; `left` says in which fields, and how often, a word of a
    name was left because it reads as an ordinary word. `form_words` counts words of names that the
    form itself prints. `no_author` says that the file was looked at for an author and names none;
    `verdict` is that of the validator on its standards, where one is installed.
    """

    pdf: bytes
    proof: Proof
    removed: int = 0
    left: tuple[tuple[str, int], ...] = ()
    form_words: int = 0
    no_author: bool = False
    verdict: Verdict | None = None
    others: tuple[Other, ...] = ()

    @property
    def sentence(self) -> str:
        """The proof in words."""
        told = [f"{self.removed} taken out." if self.removed else "Nothing had to be taken out."]
        if not self.proof.terms:
            told.append("The letter's cover names nobody, so no name was looked for.")
        told.append(self.proof.sentence)
        if self.no_author:
            told.append("The file names no author.")
        if self.verdict:
            told.append(self.verdict.sentence)
        if self.form_words:
            told.append(
                f"Not counted: {self.form_words} words of names that the form itself prints."
            )
        if self.left:
            fields = ", ".join(f"{field} {count}" for field, count in self.left)
            told.append(
                f"LEFT STANDING, as they read as ordinary words: words that are also a name on the "
                f"cover ({fields}). Look at them."
            )
        if self.others:
            roles = Counter(other.role for other in self.others)
            counted = ", ".join(f"{count} of {role}" for role, count in roles.items())
            told.append(f"Others named in it stay, as nobody chose to take them out: {counted}.")
        return " ".join(told)


class NotClean(UserError):
    """A name or number of the cover is still in our own public copy."""

    def __init__(self, proof: Proof) -> None:
        where = ", ".join(part.where for part in proof.searched if part.found)
        super().__init__(
            f"The public copy was not written: a name or number is still in its {where}.",
            "Take it out of the letter's fields, then export again.",
        )
        self.proof = proof


class CopyStopped(UserError):
    """Somebody stopped the proof of a public copy."""

    def __init__(self) -> None:
        super().__init__(
            "The public copy was not written: its proof was stopped.", "Export it again."
        )


def public_copy(
    renderer: Renderer,
    letter: Letter,
    as_read: Mapping[FieldId, str] | None = None,
    *,
    without_others: bool = False,
    watch: Watch | None = None,
) -> PublicCopy:
    """Our own letter's public copy with its proof. Raises NotClean where it is not clean.

    `without_others` takes out everybody it names, not only those of the cover. `watch` is told how
    many pictures of pages are read; where it is cancelled CopyStopped is raised.

    A word of a name that is also a word of the form (a patient called Case, a doctor of
    California) tells nothing where the form prints it, and is not counted there.
    """
    if without_others:
        letter = without_people(letter, (other.name for other in others_named(letter)))
    text = public_text(letter)
    pdf = renderer.render(letter, redacted=True, as_read=as_read).pdf
    form = " ".join(read(renderer.render(_bare(letter), redacted=True).pdf).page_texts)
    wanted = wanted_of(letter.cover, form)
    proof = prove(pdf, wanted, tell=_teller(watch))
    if not proof.clean:
        raise NotClean(proof)
    printed = sum(map(wanted.printed_by_form, read(pdf).page_texts))
    left = tuple((field_words(letter, field), count) for field, count in text.doubtful)
    return PublicCopy(
        pdf,
        proof,
        text.removed,
        left,
        printed,
        no_author=not names_author(pdf),
        verdict=verdict(pdf),
        others=others_named(letter),
    )


def _teller(watch: Watch | None) -> Progress:
    def tell(done: int, of: int) -> None:
        if watch is not None:
            watch.tell(done, of)
            if watch.is_cancelled:
                raise CopyStopped

    return tell


def others_named(letter: Letter) -> tuple[Other, ...]:
    """The people besides those of the cover whom the public copy names, with the fields that do."""
    public = public_letter(letter)
    texts = ((field_words(public, field), text) for field, text in texts_of(public))
    return find_others(texts)


def without_people(letter: Letter, names: Iterable[str]) -> Letter:
    """The letter whose public copy names these people no more: they are looked for as those of its
    cover are, which is not printed there."""
    lines = (letter.cover.copies_to, *names)
    cover = replace(letter.cover, copies_to="\n".join(line for line in lines if line))
    return replace(letter, cover=cover)


def _bare(letter: Letter) -> Letter:
    """What the letter's form says by itself: its fixed words, and credentials that are known ones."""
    known = tuple(one for one in letter.reviewer.specialties if recognise("specialties", one))
    issues = tuple(Issue(id=issue.id, decision=issue.decision) for issue in letter.issues)
    return Letter(
        layout=letter.layout,
        reviewer=replace(letter.reviewer, specialties=known, subspecialties=()),
        issues=issues,
        issues_made=letter.issues_made,
    )


def suggested_terms(letter: Letter, lines: Iterable[str] = ()) -> tuple[str, ...]:
    """What should probably be taken out of a letter that came in, as its pages write it: names and
    numbers of its cover, what the rules on personal data find in its fields and in the printed `lines`
    of its pages, and who else is named there.
    """
    printed = tuple(lines)
    terms = terms_of(letter.cover)
    pages = "\n".join(printed)
    found = {
        term: None for term in _private_in(letter) if terms_of_phrases([term]).read(pages).private
    }
    for line in printed:
        reading = terms.read(line)
        for start, end in (*reading.private, *reading.doubtful):
            found[line[start:end].strip(" .,;")] = None
    # The rules read a letter: the pages are given to them as one. A name that would run over a
    # line there is most often a label or a title below a name.
    for term in _private_in(Letter(clinical_summary=" ".join(printed))):
        if any(term in line for line in printed):
            found[term] = None
    for other in find_others([("", " ".join(printed))]):
        if terms_of_phrases([other.name]).read(pages).private:
            found.setdefault(other.name)
    # The same in other spellings goes with each of them.
    different = {fold(term): term for term in reversed(found) if len(term) > 1}
    return tuple(reversed(different.values()))


def _private_in(letter: Letter) -> Iterator[str]:
    """What the rules quote as telling of a person, names without their titles."""
    for finding in check(letter):
        if finding.rule in PRIVATE_RULES:
            for quote in finding.quotes:
                yield _TITLE.sub("", quote.text.strip())


def write_redacted(
    reader: Reader,
    path: Path,
    source: bytes,
    terms: Sequence[str],
    places: Iterable[Place],
    *,
    password: str | None = None,
    kept_in: Path | None = None,
    may_replace: bool = False,
    watch: Watch | None = None,
) -> Redacted:
    """Makes the redacted copy of a PDF and writes it whole or not at all.

    Never over `source`, wherever that lies, nor into the folder `kept_in`, which holds the
    originals. Raises LeftOver where something is left, OriginalChosen, OwnFolderChosen, and the
    errors of reading and writing; nothing is written then, nor where `watch` is cancelled.
    """
    refuse_originals(path, source, kept_in)
    made = reader.redact(source, terms, places, password, watch)
    write_file(path, made.pdf, replace=may_replace)
    return made


__all__ = [
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
