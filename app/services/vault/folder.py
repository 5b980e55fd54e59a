"""One data folder's encryption: whether it is on, whether it is open, and who may open it."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace

from app.errors import UserError
from app.paths import DATABASE
from app.services.vault import desktop_keyring, header
from app.services.vault.cipher import DATABASE_MAGIC, Cipher, is_encrypted_file
from app.services.vault.header import Cost, Header, Made, State
from app.services.vault.problems import HeaderDamaged

_PAGE = 4096
_VALUES, _MOST_OF_ONE = 248, 64
"""Of a page of random bytes: how many values it has at least, and how often one stands in it."""


class Vault:
    """The header of a data folder and the cipher that its database and files share.

    `cipher` is theirs, where they are open already. Raises HeaderDamaged, NewerVault.
    """

    def __init__(self, folder: Path, cipher: Cipher | None = None) -> None:
        self.folder = folder
        self.header = header.read_header(folder)
        if self.header is None:
            _refuse_lost(folder)
        self.cipher = cipher or (Cipher() if self.header is None else Cipher(b""))

    @property
    def is_locked(self) -> bool:
        return self.cipher.is_locked

    @property
    def half_done(self) -> State | None:
        """The conversion that was begun and has not ended, if there is one."""
        if self.header is None or self.header.state == "encrypted":
            return None
        return self.header.state

    @property
    def opens_by_keyring(self) -> bool:
        """Whether the desktop's keyring is one of the doors."""
        return self.header is not None and self.header.keyring is not None

    def unlock(self, secret: str) -> None:
        """Opens it by passphrase or recovery key. Raises WrongPassphrase."""
        self.cipher.unlock(header.open_header(self._encrypted(), secret))
        self._mend_copies()

    def unlock_by_keyring(self) -> bool:
        """Opens it by what the desktop keeps; whether that did it."""
        known = self._encrypted()
        secret = desktop_keyring.kept(known.id) if known.keyring is not None else None
        key = header.open_by_keyring(known, secret) if secret else None
        if key is None:
            return False
        self.cipher.unlock(key)
        self._mend_copies()
        return True

    def lock(self) -> None:
        """Forgets the key; whoever has the database open must let go of it too."""
        self.cipher.lock()

    # Doors; each wants the passphrase or the recovery key once more

    def change_passphrase(self, secret: str, passphrase: str, cost: Cost | None = None) -> None:
        """From here on another passphrase opens it. Raises WrongPassphrase, PassphraseTooShort."""
        known = self._encrypted()
        key = header.open_header(known, secret)
        self.write(header.with_passphrase(known, key, passphrase, cost or known.passphrase.cost))

    def draw_recovery_key(self, secret: str) -> tuple[Header, str]:
        """A new recovery key, to be shown once, and the header with which it counts: until that is
        written the old one does, so that a key nobody has seen is never the only one."""
        known = self._encrypted()
        return header.with_recovery_key(known, header.open_header(known, secret))

    def open_by_keyring(self, secret: str) -> None:
        """Makes the desktop's keyring one of the doors. Raises WrongPassphrase, UserError."""
        known = self._encrypted()
        key = header.open_header(known, secret)
        drawn = secrets.token_urlsafe(32)
        if not desktop_keyring.keep(known.id, drawn):
            raise UserError(
                "This desktop has no keyring that keeps a secret.",
                "Go on with the passphrase, or install one: pip install keyring",
            )
        self.write(header.with_keyring(known, key, drawn))

    def shut_keyring(self) -> None:
        """The desktop's keyring opens it no more."""
        known = self._encrypted()
        desktop_keyring.forget(known.id)
        self.write(replace(known, keyring=None))

    # Conversion: see `store.encrypting`

    def begin(self, made: Made) -> None:
        """Writes the header with which a plain folder is going to be encrypted."""
        self.write(replace(made.header, state="encrypting"))
        self.cipher.unlock(made.key)

    def set_state(self, state: State) -> None:
        self.write(replace(self._encrypted(), state=state))

    def end(self) -> None:
        """Nothing is encrypted any more: the header goes."""
        if self.header is not None and self.header.keyring is not None:
            desktop_keyring.forget(self.header.id)
        header.remove_header(self.folder)
        self.header = None
        self.cipher.become_plain()

    def write(self, changed: Header) -> None:
        """Puts another header in place of this one. Raises UserError."""
        try:
            header.write_header(self.folder, changed)
        except OSError as error:
            raise UserError(
                f"{self.folder / header.NAME} cannot be written ({error.strerror}).",
                "Free some space or check the folder's rights; what was there still holds.",
            ) from error
        self.header = changed

    def _mend_copies(self) -> None:
        """Writes the copy anew where it is not as the header is; only read media keep theirs."""
        known = header.encode_header(self._encrypted())
        for place in header.header_places(self.folder):
            try:
                if not place.is_file() or place.read_bytes() != known:
                    header.write_header(self.folder, self._encrypted())
            except OSError:
                return

    def _encrypted(self) -> Header:
        if self.header is None:
            raise UserError(
                "This data folder is not encrypted.", "It needs no passphrase; nothing was changed."
            )
        return self.header


def _refuse_lost(folder: Path) -> None:
    """Raises HeaderDamaged where something is encrypted and the header is gone with its copy."""
    if _looks_encrypted(folder / DATABASE) or _first_that_can_be_read(
        (folder / "files").glob("??/*.pdf"), is_encrypted_file
    ):
        raise HeaderDamaged(
            f"What is kept in {folder} is encrypted, but {header.NAME} and its copy in the folder "
            "of the backups are gone: they hold the wrapped key, without which nothing can be read, "
            "also not with the right passphrase or recovery key.",
            f"Put {header.NAME} back from a copy of the disk, or restore into another data folder "
            "an archive that `backup` wrote: each holds its own. Nothing was changed here.",
        )


def _first_that_can_be_read(paths: Iterable[Path], ask: Callable[[Path], bool]) -> bool:
    """What is asked of the first file that can be read: one that cannot stops nothing else."""
    for path in paths:
        try:
            return ask(path)
        except OSError:
            continue
    return False


def _looks_encrypted(database: Path) -> bool:
    """Whether the file is no plain database and its first page is as random as an encrypted one."""
    try:
        with database.open("rb") as file:
            page = file.read(_PAGE)
    except OSError:
        return False  # not there, or not to be read: opening it says so
    # Of so many random bytes nearly every value there is occurs; a damaged page, words or a
    # picture have fewer.
    return (
        len(page) == _PAGE
        and not page.startswith(DATABASE_MAGIC)
        and len(set(page)) >= _VALUES
        and max(Counter(page).values()) <= _MOST_OF_ONE
    )
