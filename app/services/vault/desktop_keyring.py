"""The keyring of the desktop, where one is installed and wanted: a convenience, never the only door.

What it keeps is a random secret that wraps the data key, not the passphrase.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol

_SERVICE = "imr-desk"


class _Backend(Protocol):
    priority: float

    def set_password(self, service: str, username: str, password: str) -> None: ...
    def get_password(self, service: str, username: str) -> str | None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def is_available() -> bool:
    """Whether the library is installed and finds a keyring that keeps anything."""
    return _backend() is not None


def keep(vault_id: str, secret: str) -> bool:
    """Keeps a secret; whether the keyring took it."""
    backend = _backend()
    if backend is None:
        return False
    try:
        backend.set_password(_SERVICE, vault_id, secret)
        return backend.get_password(_SERVICE, vault_id) == secret
    except _errors():
        return False


def kept(vault_id: str) -> str | None:
    """The secret; None where the keyring has none, or is locked itself."""
    backend = _backend()
    if backend is None:
        return None
    try:
        return backend.get_password(_SERVICE, vault_id)
    except _errors():
        return None


def forget(vault_id: str) -> None:
    """Removes the secret; where the keyring does not answer it stays, and opens nothing."""
    backend = _backend()
    if backend is None:
        return
    try:
        backend.delete_password(_SERVICE, vault_id)
    except _errors():
        return


def _backend() -> _Backend | None:
    try:
        keyring: Any = import_module("keyring")
    except ImportError:
        return None
    try:
        backend: _Backend = keyring.get_keyring()
        return backend if backend.priority > 0 else None
    except _errors():
        return None


def _errors() -> tuple[type[Exception], ...]:
    errors: Any = import_module("keyring.errors")
    return (errors.KeyringError, RuntimeError, OSError)
