"""Converts a folder again and again, killed at another touch of the file system each time.

`python -m tests.services.vault.deaths FOLDER encrypt|decrypt EVERY` prints how often it was killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from app.services.store.encrypting import decrypt_folder, encrypt_folder, go_on
from app.services.vault.folder import Vault
from tests.services.vault.made_folder import (
    PASSPHRASE,
    ensure_whole,
    files_with,
    fill,
    made_header,
    plain_files,
)

TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
MADE = made_header()


def opened(folder: Path) -> Vault:
    vault = Vault(folder)
    if vault.is_locked:
        vault.unlock(PASSPHRASE)
    return vault


def convert(folder: Path, direction: str) -> None:
    if direction == "encrypt":
        encrypt_folder(Vault(folder), MADE)
    else:
        decrypt_folder(opened(folder))


def killed_at(folder: Path, direction: str, touch: int) -> bool:
    """Whether a child that converts the folder came to that touch of a file, and died there."""
    child = os.fork()
    if child == 0:
        touches = count()

        def on_event(event: str, _arguments: object) -> None:
            if event in TOUCHES and next(touches) == touch:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(on_event)
        convert(folder, direction)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), status
    return status != 0


def main(place: str, direction: str, every: str) -> None:
    ready, folder = Path(place) / "ready", Path(place) / "data"
    fill(ready)
    if direction == "decrypt":
        convert(ready, "encrypt")
    kills = 0
    for touch in range(0, 100_000, int(every)):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(ready, folder)
        if not killed_at(folder, direction, touch):
            break
        kills += 1
        vault = opened(folder)
        if vault.half_done:
            go_on(vault)
        ensure_whole(folder, vault)
        left = [*files_with(folder), *plain_files(folder)]
        assert vault.cipher.is_plain or not left, (touch, left)
    print(kills)


if __name__ == "__main__":
    main(*sys.argv[1:])
