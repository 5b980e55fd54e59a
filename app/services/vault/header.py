"""The file beside the database that holds the data key, wrapped by who may open it.

The data key is random and never changes. It is wrapped by the passphrase (through scrypt, whose
cost is written beside it), by the recovery key, and by a secret in the desktop's keyring where the
user wants that. Whoever has the header still needs one of the three.

A second copy lies with the backups: a header that is lost takes everything with it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import unicodedata
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from app.errors import UserError
from app.services.private_files import sync_folder, write_private
from app.services.vault import problems
from app.services.vault.cipher import KEY_BYTES
from app.services.vault.problems import HeaderDamaged, WrongPassphrase
from app.services.vault.recovery import draw_recovery_key, read_recovery_key

NAME = "vault.json"
FORMAT = 1
SHORTEST = 10
"""Characters of a passphrase; guessing is the only attack that is left."""
MOST = 2**21
"""Of scrypt's n times r, 256 MB: a header from outside may not ask for more."""
_NONCE = 12
_LARGEST = 64 * 1024

State = Literal["encrypting", "encrypted", "decrypting"]


class PassphraseTooShort(UserError):
    """It would be guessed."""


class Cost(msgspec.Struct, frozen=True):
    """What one try at a passphrase takes: scrypt's parameters, 128 MB and a third of a second."""

    n: Annotated[int, Meta(ge=2, le=2**20)] = 2**17
    r: Annotated[int, Meta(ge=1, le=16)] = 8
    p: Annotated[int, Meta(ge=1, le=8)] = 1


class Wrapped(msgspec.Struct, frozen=True, kw_only=True):
    """The data key as one door has it."""

    salt: Annotated[bytes, Meta(min_length=16, max_length=64)]
    box: Annotated[bytes, Meta(max_length=256)]
    cost: Cost | None = None


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """Who may open a data folder, and how far its conversion is."""

    format: int = FORMAT
    id: str
    state: State
    passphrase: Wrapped
    recovery: Wrapped
    keyring: Wrapped | None = None


class _Sealed(msgspec.Struct, frozen=True):
    """The header as it is written: a damaged one is told from a wrong passphrase."""

    vault: msgspec.Raw
    checksum: str


class _FormatOnly(msgspec.Struct, frozen=True):
    format: int = FORMAT


# Making and opening


class Made(msgspec.Struct, frozen=True):
    """A new header, the data key, and the recovery key to be shown once."""

    header: Header
    key: bytes
    recovery_key: str


def make_header(passphrase: str, cost: Cost | None = None) -> Made:
    """A new data key and its doors; nothing is written. Raises PassphraseTooShort."""
    key, vault_id, recovery_key = secrets.token_bytes(KEY_BYTES), secrets.token_hex(8), ""
    recovery_key = draw_recovery_key()
    header = Header(
        id=vault_id,
        state="encrypting",
        passphrase=_by_passphrase(vault_id, key, passphrase, cost or Cost()),
        recovery=_by_recovery(vault_id, key, recovery_key),
    )
    return Made(header, key, recovery_key)


def open_header(header: Header, secret: str) -> bytes:
    """The data key, by passphrase or recovery key. Raises WrongPassphrase."""
    box = header.passphrase
    key = _unwrap(box, _stretched(secret, box), _bound(header.id, "passphrase", box.cost))
    if key is None and (recovery_key := read_recovery_key(secret)) is not None:
        box = header.recovery
        key = _unwrap(box, _of_random(recovery_key, box.salt), _bound(header.id, "recovery"))
    if key is None:
        raise WrongPassphrase(
            "That is neither the passphrase nor the recovery key.",
            "Try again; capitals and spaces count. Without one of the two nothing can be read: "
            "there is no other way in.",
        )
    return key


def with_passphrase(
    header: Header, key: bytes, passphrase: str, cost: Cost | None = None
) -> Header:
    """The header with another passphrase; the recovery key stays. Raises PassphraseTooShort."""
    return replace(header, passphrase=_by_passphrase(header.id, key, passphrase, cost or Cost()))


def with_recovery_key(header: Header, key: bytes) -> tuple[Header, str]:
    """The header with a new recovery key, which is to be shown once; the old one opens nothing."""
    recovery_key = draw_recovery_key()
    return replace(header, recovery=_by_recovery(header.id, key, recovery_key)), recovery_key


def with_keyring(header: Header, key: bytes, secret: str | None) -> Header:
    """The header with a door for a secret that the desktop keeps; without one it is shut."""
    if secret is None:
        return replace(header, keyring=None)
    salt = os.urandom(16)
    box = _wrap(key, _of_random(secret, salt), _bound(header.id, "keyring"))
    return replace(header, keyring=Wrapped(salt=salt, box=box))


def open_by_keyring(header: Header, secret: str) -> bytes | None:
    """The data key by what the desktop kept; None where that is not it."""
    box = header.keyring
    if box is None:
        return None
    return _unwrap(box, _of_random(secret, box.salt), _bound(header.id, "keyring"))


# The file


def header_places(folder: Path) -> tuple[Path, Path]:
    """Where the header of a data folder lies, and where its copy does."""
    return folder / NAME, folder / "backups" / NAME


def read_header(folder: Path) -> Header | None:
    """The header of a data folder, None where nothing is encrypted; its copy where it is broken.

    Raises HeaderDamaged where neither can be read, NewerVault.
    """
    damaged: HeaderDamaged | None = None
    for place in header_places(folder):
        try:
            return decode_header(place.read_bytes()[:_LARGEST], place)
        except FileNotFoundError:
            continue
        except HeaderDamaged as error:
            damaged = damaged or error
        except OSError as error:
            raise UserError(
                f"{place} cannot be read ({error.strerror}).", "Check the disk and your rights."
            ) from error
    if damaged is not None:
        raise damaged
    return None


def write_header(folder: Path, header: Header) -> None:
    """Puts the header in its place, then its copy. Raises OSError; the header is whole then."""
    data = encode_header(header)
    for place in header_places(folder):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(place, data)


def remove_header(folder: Path) -> None:
    """Nothing is encrypted any more: the copy goes, then the header. Raises OSError."""
    for place in reversed(header_places(folder)):
        place.unlink(missing_ok=True)
        if place.parent.is_dir():
            sync_folder(place.parent)


def decode_header(data: bytes, shown: Path) -> Header:
    """A header from its bytes; `shown` is their place in words. Raises HeaderDamaged, NewerVault."""
    try:
        sealed = msgspec.json.decode(data, type=_Sealed)
        if hashlib.sha256(sealed.vault).hexdigest() != sealed.checksum:
            raise damaged_header(shown)
        found = msgspec.json.decode(sealed.vault, type=_FormatOnly)
        if found.format > FORMAT:
            raise problems.NewerVault(
                f"{shown} was written by a newer version of IMR Desk.",
                "It was left as it is: install the newer version.",
            )
        header = msgspec.json.decode(sealed.vault, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise damaged_header(shown) from error
    cost = header.passphrase.cost
    if cost is None or cost.n & (cost.n - 1) or cost.n * cost.r > MOST:
        raise damaged_header(shown)
    return header


def encode_header(header: Header) -> bytes:
    """The header as it is written."""
    vault = msgspec.json.encode(header)
    sealed = _Sealed(msgspec.Raw(vault), hashlib.sha256(vault).hexdigest())
    return msgspec.json.encode(sealed)


def damaged_header(place: Path) -> HeaderDamaged:
    """What is told where the wrapped keys are lost."""
    return HeaderDamaged(
        f"{place} is damaged, and its copy is damaged or gone too: it holds the wrapped key, "
        "without which nothing here can be read.",
        "Put that file back from a copy of the disk, or restore an archive that `backup` wrote: "
        "each holds its own.",
    )


# Wrapping


def _by_passphrase(vault_id: str, key: bytes, passphrase: str, cost: Cost) -> Wrapped:
    if len(_normal(passphrase)) < SHORTEST:
        raise PassphraseTooShort(
            f"The passphrase has fewer than {SHORTEST} characters.",
            "Take several words that nobody would guess.",
        )
    empty = Wrapped(salt=os.urandom(16), box=b"", cost=cost)
    bound = _bound(vault_id, "passphrase", cost)
    return replace(empty, box=_wrap(key, _stretched(passphrase, empty), bound))


def _by_recovery(vault_id: str, key: bytes, recovery_key: str) -> Wrapped:
    salt = os.urandom(16)
    box = _wrap(key, _of_random(recovery_key, salt), _bound(vault_id, "recovery"))
    return Wrapped(salt=salt, box=box)


def _normal(passphrase: str) -> str:
    # The same letters come from one keyboard composed and from another in two.
    return unicodedata.normalize("NFKC", passphrase).strip()


def _stretched(passphrase: str, box: Wrapped) -> bytes:
    cost = box.cost or Cost()
    return hashlib.scrypt(
        _normal(passphrase).encode("utf-8", "surrogatepass"),
        salt=box.salt,
        n=cost.n,
        r=cost.r,
        p=cost.p,
        maxmem=256 * cost.n * cost.r + 2**20,
        dklen=KEY_BYTES,
    )


def _of_random(secret: str, salt: bytes) -> bytes:
    """The wrapping key of a secret that nobody can guess: it needs no stretching."""
    return hashlib.blake2b(secret.encode(), key=salt, digest_size=KEY_BYTES).digest()


def _bound(vault_id: str, door: str, cost: Cost | None = None) -> bytes:
    numbers = "" if cost is None else f" {cost.n} {cost.r} {cost.p}"
    return f"imr-desk vault {vault_id} {door}{numbers}".encode()


def _wrap(key: bytes, by: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(by).encrypt(nonce, key, bound)


def _unwrap(box: Wrapped, by: bytes, bound: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(by).decrypt(box.box[:_NONCE], box.box[_NONCE:], bound)
    except (InvalidTag, ValueError):
        return None
