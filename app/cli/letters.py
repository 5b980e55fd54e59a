"""The commands that keep nothing: reading, writing and checking one letter or another."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.cli.files import (
    DONE,
    STANDARD,
    UNUSABLE,
    bytes_of,
    each,
    printable,
    put_out,
    reason_asked,
    refuse_to_replace,
    source,
    tell,
)
from app.cli.opening import kept_guidelines, kept_settings, open_store
from app.errors import UserError
from app.evidence import ParseResult
from app.paths import data_folder
from app.services.recognition import NOT_INSTALLED, is_installed

if TYPE_CHECKING:
    from app.letter import Letter
    from app.services.checks import CheckContext
    from app.services.letter_intake import Reader
    from app.services.letter_reader import ReadLetter
    from app.services.pdf import PdfText
    from app.services.rendering import Renderer
    from app.services.settings import Settings

_JSON_BEGINS = b"{"
_WORD = ".docx"


class NoText(UserError):
    """A PDF that is a picture of paper, or does not say which characters its glyphs are."""

    def __init__(self, text: PdfText) -> None:
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
    from app.services.interchange import encode
    from app.services.letter_reader import LetterReader

    with LetterReader() as reader:

        def act(name: str) -> None:
            read = _read(reader, source(name), chosen)
            shown = printable(name)
            if chosen.json:
                put_out(encode(read.result, shown) + b"\n")
            else:
                within = f" ({printable(read.inner)} attached to it)" if read.inner else ""
                print(form_text(read.result, shown + within), flush=True)

        return each(((name, name) for name in chosen.files), act)


def _read(reader: Reader, letter: Path | bytes, chosen: argparse.Namespace) -> ReadLetter:
    """Raises NoText beside the errors of reading."""
    from app.services.form_data import ATTACHMENT

    read = read_for(reader, letter, chosen)
    if not read.text.has_text and ATTACHMENT not in read.text.attachments:
        raise NoText(read.text)
    return read


def read_for(reader: Reader, letter: Path | bytes, chosen: argparse.Namespace) -> ReadLetter:
    """The letter, with the pictures of its pages read unless that is not wanted."""
    if chosen.no_ocr:
        return reader.letter(letter, chosen.password)
    read = reader.letter_recognised(letter, chosen.password)
    if read.text.unread_pages and read.text.has_text and not is_installed():
        tell(f"{NOT_INSTALLED}. Pages that are pictures were left out.")
    return read


def form_text(result: ParseResult, name: str) -> str:
    """The filled form in plain text: a line a field, with its doubt."""
    from app.letter import field_ids, get_value, is_missing
    from app.services.wording import value_words

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


# Writing


def render(chosen: argparse.Namespace) -> int:
    """Write a letter from its JSON."""
    from app.services.rendering import write_file

    def act(name: str) -> None:
        if chosen.output != STANDARD:
            refuse_to_replace(Path(chosen.output), chosen.overwrite)
        made = _set(chosen, name, bytes_of(name))
        if chosen.output == STANDARD:
            put_out(made)
        else:
            write_file(Path(chosen.output), made, replace=chosen.overwrite)

    return each([(chosen.file, chosen.file)], act)


def _set(chosen: argparse.Namespace, name: str, data: bytes) -> bytes:
    from app.services.interchange import decode, printed_texts
    from app.services.letter_file import letter_file
    from app.services.public_copy import public_copy

    letter, as_read = decode(data), printed_texts(data)
    settings = kept_settings(chosen)
    renderer = _renderer(chosen)
    out = Path(chosen.output)
    if chosen.redacted and out.suffix.lower() == _WORD:
        raise UserError("A public copy is written as PDF only.", "Name a file that ends in .pdf.")
    if chosen.layout is not None:
        layout = renderer.layout(chosen.layout).name
        letter = msgspec.structs.replace(letter, layout=layout)
    _pass_gate(chosen, name, letter, renderer, settings)
    if chosen.redacted:
        without = chosen.without_others or settings.without_others
        copy = public_copy(renderer, letter, as_read, without_others=without)
        tell(copy.sentence)
        return copy.pdf
    if out.suffix.lower() == _WORD:
        return renderer.render_word(letter, as_read=as_read)
    shown = "" if chosen.output == STANDARD else printable(out)
    attach_all = chosen.attach_all or settings.attach_all
    made = letter_file(renderer, letter, shown, as_read=as_read, attach_all=attach_all)
    tell(made.sentence)
    return made.pdf


def _pass_gate(
    chosen: argparse.Namespace,
    name: str,
    letter: Letter,
    renderer: Renderer,
    settings: Settings,
) -> None:
    """What holds a kept letter holds this one too. Raises UserError."""
    from app.services.check_context import check_context
    from app.services.leaving import gate

    shown = "" if name == STANDARD else printable(name)
    context = check_context(settings, shown, guidelines=kept_guidelines(chosen))
    holding = gate(renderer, letter, context, redacted=chosen.redacted)
    with reason_asked():
        holding.pass_with(letter, chosen.reason)


def _renderer(chosen: argparse.Namespace) -> Renderer:
    """With the user's own layouts and words, where some are set in the data folder."""
    from app.application import make_renderer

    return make_renderer(kept_settings(chosen))


def layouts(chosen: argparse.Namespace) -> int:
    """Name the layouts, or lay a letter of the house's own beside one of them."""
    if chosen.match is not None:
        return _match(chosen)
    for layout in _renderer(chosen).layouts():
        print(f"{layout.name}\t{layout.title}")
    return DONE


def _match(chosen: argparse.Namespace) -> int:
    """Print, line by line, what differs; with --apply keep the words that make it alike."""
    from app.services.layout_matching import match_layout
    from app.services.letter_reader import LetterReader
    from app.services.settings import load_settings, save_settings, with_words

    with LetterReader() as reader:
        found = match_layout(_renderer(chosen), reader, chosen.match, chosen.layout)
    for line in found.differences:
        print(f"page {line.page}")
        print(f"  ours:   {line.ours}")
        print(f"  theirs: {line.theirs}")
    print(f"{len(found.differences)} of {found.lines} lines differ from the layout {found.layout}")
    for proposal in found.proposals:
        print(f"{proposal.name}: “{proposal.ours}” is “{proposal.theirs}” there")
    for name in found.lacking:
        print(f"{name}: not told from what stands beside it; set it in a layout of your own")
    if chosen.apply and found.proposals:
        with open_store(data_folder(chosen.data), chosen) as store:
            settings = load_settings(store)
            save_settings(store, with_words(settings, found.words))
        print(f"{len(found.proposals)} words are kept in the settings")
    elif found.proposals:
        print("Add --apply to keep them in the settings.")
    return DONE


def variables(chosen: argparse.Namespace) -> int:
    """Name what the templates of a layout can print."""
    for variable in _renderer(chosen).variables(chosen.layout):
        print(f"{variable.name}\t{variable.meaning}")
    return DONE


def schema(chosen: argparse.Namespace) -> int:
    """Print the JSON Schema of a letter, as other programs need it."""
    from app.services.interchange_schema import written_schema

    put_out(written_schema())
    return DONE


# Looking before sending


def inspect(chosen: argparse.Namespace) -> int:
    """Say what PDFs hold that their pages do not show."""
    from app.services.inspection import look
    from app.services.pdf import GuardedReader
    from app.services.rendering import write_file

    if chosen.output is not None:
        if len(chosen.files) > 1:
            raise UserError("A copy is of one file.", "Name one PDF with --output.")
        refuse_to_replace(chosen.output, chosen.overwrite)

    with GuardedReader() as reader:

        def act(name: str) -> None:
            data = bytes_of(name)
            seen = look(reader, data, chosen.password)
            pages = "1 page" if seen.pages == 1 else f"{seen.pages} pages"
            print(f"{printable(name)}: {pages}")
            for remark in seen.remarks:
                print(f"  {'! ' if remark.careful else '  '}{remark.words}")
            if chosen.output is not None:
                copy = reader.cleaned(data, chosen.password)
                write_file(chosen.output, copy, replace=chosen.overwrite)
                print(f"Written without what its pages do not show: {chosen.output}")

        return each(((name, name) for name in chosen.files), act)


# Checking


def check(chosen: argparse.Namespace) -> int:
    """Say what in letters does not hold together."""
    from app.services.letter_reader import LetterReader

    names, status = _letters_in(chosen.files)
    several = len(names) > 1
    with LetterReader() as reader:

        def act(name: str) -> None:
            _check_one(reader, chosen, name, several=several)

        return max(status, each(((name, name) for name in names), act))


def _letters_in(names: list[str]) -> tuple[list[str], int]:
    """The files of these names, those of a folder in their order; a folder without any is told."""
    from app.services.letter_intake import pdfs_of

    found: list[str] = []
    status = DONE
    for name in names:
        if name == STANDARD or not Path(name).is_dir():
            found.append(name)
            continue
        inside = [str(path) for path in pdfs_of(Path(name))]
        if not inside:
            tell(f"{name}: There is no PDF in that folder. Name the folder that has the letters.")
            status = UNUSABLE
        found += inside
    return found, status


def _check_one(reader: Reader, chosen: argparse.Namespace, name: str, *, several: bool) -> None:
    """The report on one letter; of several each says which file it is of, as JSON on one line."""
    from app.services.checks import check as run_checks
    from app.services.checks import report, report_json

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
    from app.services.application_items import read_items
    from app.services.check_context import check_context
    from app.services.interchange import decode

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
