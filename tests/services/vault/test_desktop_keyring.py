"""The desktop's keyring as one more door; without the package there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.errors import UserError
from app.services.store.encrypting import encrypt_folder
from app.services.vault import desktop_keyring
from app.services.vault.folder import Vault
from tests.services.vault.made_folder import PASSPHRASE, ensure_whole, fill, made_header


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "data")
    encrypt_folder(Vault(tmp_path / "data"), made_header())
    return tmp_path / "data"


def test_without_the_package_it_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    vault = Vault(folder)
    assert not desktop_keyring.is_available()
    with pytest.raises(UserError, match="keyring"):
        vault.open_by_keyring(PASSPHRASE)
    assert not vault.opens_by_keyring
    assert not vault.unlock_by_keyring()


def test_it_opens_until_it_is_shut(folder: Path) -> None:
    keyring = pytest.importorskip("keyring", reason="the extra `keyring` is not installed")
    kept: dict[tuple[str, str], str] = {}

    class InMemory(keyring.backend.KeyringBackend):
        priority = 1

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def delete_password(self, service: str, username: str) -> None:
            del kept[service, username]

    keyring.set_keyring(InMemory())
    Vault(folder).open_by_keyring(PASSPHRASE)
    vault = Vault(folder)
    assert vault.unlock_by_keyring()
    ensure_whole(folder, vault)
    assert PASSPHRASE not in kept.values()
    vault.change_passphrase(PASSPHRASE, "quite another passphrase")
    assert Vault(folder).unlock_by_keyring()
    vault.shut_keyring()
    assert not Vault(folder).unlock_by_keyring()
    assert not kept
