"""How what is kept is encrypted: the key and who may unwrap it, the one way to open a database."""

from app.services.vault.cipher import Cipher
from app.services.vault.problems import (
    EncryptedChanged,
    EncryptionUnavailable,
    HeaderDamaged,
    NewerVault,
    VaultLocked,
    WrongPassphrase,
    sql_errors,
)

__all__ = [
    "Cipher",
    "EncryptedChanged",
    "EncryptionUnavailable",
    "HeaderDamaged",
    "NewerVault",
    "VaultLocked",
    "WrongPassphrase",
    "sql_errors",
]
