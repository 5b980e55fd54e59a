"""What the commands take that keep everything safe or carry it elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.opening import NEW_PASSPHRASE_VARIABLE
from app.cli.options import Add, add_overwrite


def add_pack(add: Add) -> None:
    command = add(
        "pack",
        "handing_over.pack",
        "Write a kept letter with its documents and its history into one file for another desk.",
        "There `unpack` or the window takes it in; coming back it is merged with what was done here.",
    )
    command.add_argument("case", metavar="CASE", help="a case number, as `cases` lists it")
    command.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE.imrcase", help="the file to write"
    )
    command.add_argument(
        "--encrypt",
        action="store_true",
        help="with a passphrase of its own; of an encrypted data folder nothing leaves without",
    )
    _add_new_passphrase(command)
    add_overwrite(command)


def add_unpack(add: Add) -> None:
    command = add(
        "unpack",
        "handing_over.unpack",
        "Take in a letter that another desk handed over, or hands back.",
        "What only one side changed since is taken. Where both changed the same to something else, "
        "both are shown and nothing is taken in before --ours or --theirs says which holds.",
    )
    command.add_argument("file", type=Path, metavar="FILE.imrcase")
    command.add_argument(
        "--dry-run", action="store_true", help="only tell what would be taken and what is to choose"
    )
    choose = "a field as it is listed, or `all`"
    for side in ("ours", "theirs"):
        command.add_argument(
            f"--{side}", action="append", default=[], metavar="FIELD", help=f"keep {side}: {choose}"
        )
    _add_archive_passphrase(command, "opens a file that is encrypted")


def add_settings(add: Add) -> None:
    exchange = add(
        "settings",
        "settings.exchange",
        "Export what is set (settings, keys, words, snippets) as one file, or take such a file over.",
        "Your name in the history is not in it.",
    )
    exchange.add_argument("action", choices=("export", "import"))
    exchange.add_argument("file", type=Path, metavar="FILE.json")
    add_overwrite(exchange)


def add_backup(add: Add) -> None:
    backup = add("backup", "kept.backup", "Write everything kept into one file.")
    backup.add_argument("file", type=Path, metavar="BACKUP.zip")
    add_overwrite(backup)


def add_backups(add: Add) -> None:
    add(
        "backups",
        "kept.list_backups",
        "List the backups in the data folder, newest first, with the room they take.",
        "What backups have in common is kept once: beside each is what it takes alone.",
    )


def add_restore(add: Add) -> None:
    restore = add(
        "restore",
        "restoring.restore",
        "Put a backup in place of what is kept.",
        "What was kept before is backed up first.",
    )
    restore.add_argument(
        "file", type=Path, metavar="BACKUP", help="a file of `backup`, or one that `backups` lists"
    )
    _add_archive_passphrase(
        restore,
        "opens a backup that another data folder encrypted, where its passphrase is another",
    )


def add_vault(add: Add) -> None:
    command = add(
        "vault",
        "vault.vault",
        "Encrypt the data folder, decrypt it, change its passphrase or recovery key.",
        "What was stopped half way is gone on with by the next command or start.",
    )
    command.add_argument(
        "action", choices=("status", "encrypt", "decrypt", "passphrase", "recovery-key")
    )
    _add_new_passphrase(command)


def _add_new_passphrase(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"its first line is the new passphrase (else {NEW_PASSPHRASE_VARIABLE}, else asked)",
    )


def _add_archive_passphrase(command: argparse.ArgumentParser, words: str) -> None:
    command.add_argument("--archive-passphrase-file", type=Path, metavar="FILE", help=words)
