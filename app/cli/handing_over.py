"""The commands that carry a letter to another desk and take one in: `pack` and `unpack`."""

from __future__ import annotations

import argparse

from app.cli.files import DONE, UNUSABLE, printable, refuse_to_read, refuse_to_replace, shown, tell
from app.cli.kept import by_name, locked_store, the_case
from app.cli.opening import asked, given_secret, new_passphrase
from app.errors import UserError
from app.paths import HANDED_OVER
from app.services.handover import (
    Conflict,
    Look,
    Side,
    conflict_words,
    look_into,
    pack_case,
    take_in,
    value_words,
)
from app.services.letter_reader import LetterReader
from app.services.library import Library
from app.services.recounting import recount
from app.services.settings import load_settings
from app.services.store import Store, archive_owner

ALL = "all"


def pack(chosen: argparse.Namespace) -> int:
    """Write a letter with all that is kept of it into one file."""
    path = chosen.output
    if path.suffix.lower() != HANDED_OVER:
        raise UserError(
            f"{path.name} does not end in {HANDED_OVER}.",
            "Name the file so: programs open it by that.",
        )
    refuse_to_replace(path, chosen.overwrite)
    with the_case(chosen, reading=True) as (store, case_id):
        passphrase = new_passphrase(chosen) if chosen.encrypt else ""
        documents = pack_case(store, case_id, path, passphrase)
        noun = "document" if documents == 1 else "documents"
        print(f"{chosen.case} with {documents} {noun} written to {path}")
    return DONE


def unpack(chosen: argparse.Namespace) -> int:
    """Take a letter in, or say what is to be chosen first."""
    refuse_to_read(chosen.file)
    with locked_store(chosen) as store:
        secret = _secret(chosen)
        look = look_into(store, chosen.file, secret)
        choices = _choices(look, chosen)
        _tell(look, choices)
        if chosen.dry_run:
            return DONE
        if len(choices) < len(look.conflicts):
            tell(
                f"{printable(chosen.file)}: nothing was taken in. Say with --ours FIELD or "
                "--theirs FIELD which of the two holds, or --ours all, --theirs all."
            )
            return UNUSABLE
        by = by_name(load_settings(store))
        taken = take_in(store, chosen.file, secret, by=by, choices=choices)
        _count(store, taken.case_id)
        for note in taken.notes:
            print(f"Note: {shown(note)}")
        print(f"{taken.name}: {'taken in' if taken.is_new else 'merged'}")
        return DONE


def _secret(chosen: argparse.Namespace) -> str:
    """The passphrase of the file, where it has one."""
    if archive_owner(chosen.file) is None:
        return ""
    given = given_secret(chosen, chosen.archive_passphrase_file)
    return asked(f"Passphrase of {chosen.file}: ") if given is None else given


def _choices(look: Look, chosen: argparse.Namespace) -> dict[str, Side]:
    keys = {conflict_words(look.letter, one): one.key for one in look.conflicts}
    choices: dict[str, Side] = {}
    for side, wanted in ((Side.OURS, chosen.ours), (Side.THEIRS, chosen.theirs)):
        for name in wanted:
            if name not in (ALL, *keys, *keys.values()):
                raise UserError(
                    f"Nothing to choose is called {name}.",
                    "Nothing was taken in: `--dry-run` lists what is.",
                )
            named = tuple(keys.values()) if name == ALL else (keys.get(name) or name,)
            choices |= {key: side for key in named if key not in choices}
    return choices


def _tell(look: Look, choices: dict[str, Side]) -> None:
    if look.case_id is None:
        print(f"{look.name}: not here yet, comes with all that is kept of it")
    elif look.is_known:
        print(f"{look.name}: all of it is here already")
    for words in look.taken:
        print(f"  taken: {shown(words)}")
    for conflict in look.conflicts:
        _tell_conflict(look, conflict, choices.get(conflict.key))


def _tell_conflict(look: Look, conflict: Conflict, choice: Side | None) -> None:
    print(f"  both changed: {shown(conflict_words(look.letter, conflict))}")
    for side, words in (
        (Side.OURS, value_words(conflict, conflict.ours)),
        (Side.THEIRS, value_words(conflict, conflict.theirs)),
    ):
        mark = "*" if side is choice else " "
        print(f"    {mark} {side}: {shown(words)}")


def _count(store: Store, case_id: int) -> None:
    """The list says how much is left to do in the letter as it is now."""
    with LetterReader() as reader:
        library = Library(store.database)
        recount(
            store,
            reader,
            load_settings(store),
            [case_id],
            guidelines=library.guidelines,
            stopped=lambda: False,
        )
