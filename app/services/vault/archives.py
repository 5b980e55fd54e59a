"""How an archive that leaves an encrypted folder is encrypted: as a whole, with its own header.

So it opens on any computer with the passphrase of when it was written, or the recovery key.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from app.services.vault.cipher import Cipher
from app.services.vault.header import Header, damaged_header, decode_header, encode_header
from app.services.vault.pieces import DecryptingReader, EncryptingWriter

_BEGINNING = b"IMRDarc1"
_LENGTH = struct.Struct(">I")
_LARGEST = 64 * 1024
_CONTEXT = "archive"


def archive_writer(target: IO[bytes], cipher: Cipher, header: Header) -> EncryptingWriter:
    """A file to write the archive's plain bytes to; `finish` makes it whole."""
    head = encode_header(replace(header, state="encrypted", keyring=None))
    target.write(_BEGINNING + _LENGTH.pack(len(head)) + head)
    return cipher.writer(target, _CONTEXT)


def archive_header(source: IO[bytes], shown: Path) -> Header | None:
    """Who may open the archive, `source` then stands behind it; None where it is not encrypted.

    Raises HeaderDamaged, NewerVault.
    """
    if source.read(len(_BEGINNING)) != _BEGINNING:
        source.seek(0)
        return None
    packed = source.read(_LENGTH.size)
    size = _LENGTH.unpack(packed)[0] if len(packed) == _LENGTH.size else 0
    if not 0 < size <= _LARGEST:
        raise damaged_header(shown)
    return decode_header(source.read(size), shown)


def archive_reader(source: IO[bytes], cipher: Cipher) -> DecryptingReader:
    """The archive's plain bytes, from where `archive_header` left `source`."""
    return cipher.reader(source, _CONTEXT)
