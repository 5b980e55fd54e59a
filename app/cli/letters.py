"""The commands that keep nothing: reading and checking one letter or another."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from app.cli.files import (
    STANDARD,
    UNUSABLE,
    bytes_of,
    each,
    followed,
    of_people,
    printable,
    put_out,
    source,
    tell,
)
from app.cli.opening import kept_guidelines, kept_settings
from app.errors import UserError
from app.evidence import ParseResult
from app.letter import Letter, field_ids, get_value, is_missing
from app.services.application_items import read_items
from app.services.check_context import check_context
from app.services.checks import CheckContext, report, report_json
from app.services.checks import check as run_checks
from app.services.form_data import ATTACHMENT
from app.services.interchange import decode, encode
from app.services.letter_intake import Reader, pdfs_of
from app.services.letter_reader import LetterReader, ReadLetter
from app.services.pdf import PdfText
from app.services.recognition import NOT_INSTALLED, is_installed
from app.services.wording import value_words

_JSON_BEGINS = b"{"


class NoText(UserError):
    """A PDF that is a picture of paper, or does not say which characters its glyphs are."""

    def __init__(self, text: PdfText) -> None:
        # The parser is loaded by the process that reads; here only where it has read nothing.
        from app.services.parsing.elsewhere import where_the_letter_may_be

        super().__init__(
            "The pages can be seen, but their text cannot be read: the PDF does not say which "
            "characters its glyphs are."
            if text.has_unknown_glyphs
            else "The PDF has no text: it is a picture of paper, and nothing can be read from it.",
            where_the_letter_may_be(text) or _remedy(),
        )


def _remedy() -> str:
    by_hand = "open it in the window and type the fields beside the page"
    if is_installed():
        return f"No words were found in its pictures: scan it again, or {by_hand}."
    return f"{NOT_INSTALLED}. Or {by_hand}."


# Reading


def parse(chosen: argparse.Namespace) -> int:
    """Print what letters say, for people or as JSON."""
    names, status = of_people(chosen.files)
    with LetterReader() as reader:

        def act(name: str) -> None:
            read = _read(reader, source(name), chosen)
            shown = printable(name)
            if chosen.json:
                put_out(encode(read.result, shown) + b"\n")
            else:
                within = f" ({printable(read.inner)} attached to it)" if read.inner else ""
                print(form_text(read.result, shown + within), flush=True)

        return max(status, each(((name, name) for name in names), act))


def _read(reader: Reader, letter: Path | bytes, chosen: argparse.Namespace) -> ReadLetter:
    """Raises NoText beside the errors of reading."""
    read = read_for(reader, letter, chosen)
    if not read.text.has_text and ATTACHMENT not in read.text.attachments:
        raise NoText(read.text)
    return read


def read_for(reader: Reader, letter: Path | bytes, chosen: argparse.Namespace) -> ReadLetter:
    """The letter, with the pictures of its pages read unless that is not wanted."""
    with followed(letter if isinstance(letter, Path) else STANDARD) as watch:
        if chosen.no_ocr:
            return reader.letter(letter, chosen.password, watch=watch)
        read = reader.letter_recognised(letter, chosen.password, watch=watch)
    if read.text.unread_pages and read.text.has_text and not is_installed():
        tell(f"{NOT_INSTALLED}. Pages that are pictures were left out.")
    return read


def form_text(result: ParseResult, name: str) -> str:
    """The filled form in plain text: a line a field, with its doubt."""
    letter = result.letter
    pages = "1 page" if result.pages == 1 else f"{result.pages} pages"
    lines = [f"{name}: {result.layout}, {pages}, outcome {letter.outcome or 'not decided'}"]
    numbers = {issue.id: number for number, issue in enumerate(letter.issues, 1)}
    for field in field_ids(letter):
        value = get_value(letter, field)
        seen = result.evidence.get(field)
        doubt = seen.doubt if seen else None
        if is_missing(value) and not doubt:
            continue
        label = field.spec.label
        if field.issue is not None:
            label = f"Item {numbers[field.issue]}, {label.lower()}"
        lines.append(f"  {label}: {value_words(value)}" + (f"   [? {doubt}]" if doubt else ""))
    return "\n".join(lines)


# Checking


def check(chosen: argparse.Namespace) -> int:
    """Say what in letters does not hold together."""
    names, status = _letters_in(chosen.files)
    several = len(names) > 1
    with LetterReader() as reader:

        def act(name: str) -> None:
            _check_one(reader, chosen, name, several=several)

        return max(status, each(((name, name) for name in names), act))


def _letters_in(names: list[str]) -> tuple[list[str], int]:
    """The files of these names, those of a folder in their order; a folder without any is told."""
    found: list[str] = []
    names, status = of_people(names)
    for name in names:
        if name == STANDARD or not Path(name).is_dir():
            found.append(name)
            continue
        inside = [str(path) for path in pdfs_of(Path(name), or_json=True)]
        if not inside:
            tell(
                f"{name}: There is neither a PDF nor a letter as JSON in that folder. "
                "Name the folder that has the letters."
            )
            status = UNUSABLE
        found += inside
    return found, status


def _check_one(reader: Reader, chosen: argparse.Namespace, name: str, *, several: bool) -> None:
    """The report on one letter; of several each says which file it is of, as JSON on one line."""
    letter, context = _to_check(reader, chosen, name)
    findings = run_checks(letter, context)
    shown = "-" if name == STANDARD else printable(name)
    if chosen.json:
        made = report_json(letter, findings)
        if several:
            made = msgspec.json.encode({"file": shown, **msgspec.json.decode(made)})
        put_out(made + b"\n")
        return
    before = f"{shown}: " if several else ""
    for finding in findings:
        print(f"{before}{finding.severity}: {finding.sentence} [{finding.rule}]")
    told = report(letter, findings)
    counts = f"errors {told.errors}, warnings {told.warnings}, worth knowing {told.infos}"
    print(f"{before}{counts}", flush=True)


def _to_check(reader: Reader, chosen: argparse.Namespace, name: str) -> tuple[Letter, CheckContext]:
    """The letter in a PDF or in JSON, whichever it is, and what the checks may know of it."""
    data = bytes_of(name)
    disputed = read_items(chosen.disputed) if chosen.disputed else ()
    settings, known = kept_settings(chosen), kept_guidelines(chosen)
    shown = "" if name == STANDARD else printable(name)
    if data.lstrip().startswith(_JSON_BEGINS) or shown.lower().endswith(".json"):
        context = check_context(settings, shown, disputed=disputed, guidelines=known)
        return decode(data), context
    read = read_for(reader, data if name == STANDARD else Path(name), chosen)
    text, result = read.text, read.result
    if not text.has_text:
        raise NoText(text)
    return result.letter, check_context(
        settings,
        printable(read.inner) if read.inner else shown,
        evidence=result.evidence,
        pages=text.page_texts,
        metadata=text.metadata,
        disputed=disputed,
        guidelines=known,
    )
