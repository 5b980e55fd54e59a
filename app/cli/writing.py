"""The commands that write a letter or look into a file before it is sent, and list what can be written."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from app.cli.files import (
    DONE,
    STANDARD,
    bytes_of,
    each,
    followed,
    printable,
    put_out,
    reason_asked,
    refuse_to_replace,
    tell,
)
from app.cli.opening import kept_guidelines, kept_settings, open_store
from app.errors import UserError
from app.letter import Letter
from app.paths import data_folder
from app.services.check_context import check_context
from app.services.inspection import look
from app.services.interchange import decode, printed_texts
from app.services.interchange_schema import written_schema
from app.services.layout_matching import match_layout
from app.services.leaving import gate
from app.services.letter_file import letter_file
from app.services.letter_reader import LetterReader
from app.services.originals import refuse_originals
from app.services.pdf import GuardedReader
from app.services.public_copy import public_copy
from app.services.rendering import Renderer, make_renderer, write_file
from app.services.searchable_scan import searchable_scan
from app.services.settings import Settings, load_settings, save_settings, with_words

_WORD = ".docx"


def render(chosen: argparse.Namespace) -> int:
    """Write a letter from its JSON."""

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
    shown = "" if name == STANDARD else printable(name)
    context = check_context(settings, shown, guidelines=kept_guidelines(chosen))
    holding = gate(renderer, letter, context, redacted=chosen.redacted)
    with reason_asked():
        holding.pass_with(letter, chosen.reason)


def _renderer(chosen: argparse.Namespace) -> Renderer:
    """With the user's own layouts and words, where some are set in the data folder."""
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
    with LetterReader() as reader:
        found = match_layout(_renderer(chosen), reader, chosen.match, chosen.layout)
    for line in found.differences:
        print(f"page {line.page}")
        print(f"  ours:   {line.ours}")
        print(f"  theirs: {line.theirs}")
    print(f"{found.layout}: {found.counted}")
    if found.moved:
        print(
            f"{found.moved} lines have the same words and end elsewhere or stand in another place"
        )
    for sentence in found.looks:
        print(sentence)
    for proposal in found.proposals:
        print(f"{proposal.name}: “{proposal.ours}” is “{proposal.theirs}” there")
    for lacking in found.lacking:
        print(f"{lacking.name}: not told from what stands beside it; type it in the window's guide")
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
    put_out(written_schema())
    return DONE


# Looking before sending


def inspect(chosen: argparse.Namespace) -> int:
    """Say what PDFs hold that their pages do not show."""
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


# Scans


def searchable(chosen: argparse.Namespace) -> int:
    """Write a scan with its words behind the pictures."""

    def act(name: str) -> None:
        out = Path(chosen.output)
        data = bytes_of(name)
        if chosen.output != STANDARD:
            refuse_originals(out, data)
            refuse_to_replace(out, chosen.overwrite)
        with LetterReader() as reader, followed(name) as watch:
            made = searchable_scan(reader, data, chosen.password, watch=watch)
        if chosen.output == STANDARD:
            put_out(made.pdf)
        else:
            write_file(out, made.pdf, replace=chosen.overwrite)
        tell(made.sentence)

    return each([(chosen.file, chosen.file)], act)
