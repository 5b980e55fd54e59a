"""The command line and an encrypted data folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.application import main
from app.paths import SAMPLE
from app.services.database import open_database
from app.services.store.encrypting import encrypt_folder
from app.services.vault.folder import Vault
from app.services.vault.header import Cost, read_header
from app.services.vault.recovery import read_recovery_key
from tests.services.vault.made_folder import CHEAP, PASSPHRASE, files_with, made_header

DONE, USAGE, UNUSABLE = 0, 2, 3
OTHER = "quite another one, and longer"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = tmp_path_factory.mktemp("ready") / "data"
    assert main(["import", str(SAMPLE), "--data", str(kept)]) == DONE
    encrypt_folder(Vault(kept), made_header())
    return kept


@pytest.fixture
def folder(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the sample letter, encrypted; its passphrase is in the environment."""
    kept = tmp_path / "data"
    shutil.copytree(ready, kept)
    monkeypatch.setenv("IMR_DESK_PASSPHRASE", PASSPHRASE)
    return kept


@pytest.fixture
def number(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The sample's case number."""
    capsys.readouterr()
    assert main(["cases", "--data", str(folder)]) == DONE
    return capsys.readouterr().out.split("\t")[0]


def test_commands_work_as_ever_with_the_passphrase(
    folder: Path, number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(folder))
    out = tmp_path / "out"
    reason = ("--reason", "made up")
    assert main(["export", number, "-o", str(out), *reason, *data]) == DONE
    assert len(list(out.glob("*.pdf"))) == 1
    assert main(["library", "search", "low back", *data]) == DONE
    assert capsys.readouterr().out
    assert main(["remove", number, "--for-good", *data]) == DONE
    assert files_with(folder, number.encode()) == []


def test_without_a_terminal_it_is_said_how_to_give_it(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("IMR_DESK_PASSPHRASE")
    data = ("--data", str(folder))
    capsys.readouterr()
    assert main(["cases", *data]) == UNUSABLE
    assert "--passphrase-file" in capsys.readouterr().err
    monkeypatch.delenv("IMR_DESK_NEW_PASSPHRASE", raising=False)
    assert main(["vault", "encrypt", "--data", str(tmp_path / "plain")]) == UNUSABLE
    told = capsys.readouterr().err
    assert "--new-passphrase-file" in told
    assert "is encrypted" not in told
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\nanother line\n")
    assert main(["cases", "--passphrase-file", str(file), *data]) == DONE
    file.write_text(PASSPHRASE[:-1])
    assert main(["cases", "--passphrase-file", str(file), *data]) == UNUSABLE
    assert "neither the passphrase nor the recovery key" in capsys.readouterr().err


def test_a_backup_opens_on_another_computer(
    folder: Path, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "all.backup"
    assert main(["backup", str(archive), "--data", str(folder)]) == DONE
    assert files_with(tmp_path, number.encode()) == []
    monkeypatch.delenv("IMR_DESK_PASSPHRASE")
    elsewhere, secret = tmp_path / "elsewhere", tmp_path / "secret"
    secret.write_text(PASSPHRASE)
    given = ("--passphrase-file", str(secret), "--data", str(elsewhere))
    assert main(["restore", str(archive), "--data", str(elsewhere)]) == UNUSABLE
    assert main(["restore", str(archive), *given]) == DONE
    vault = Vault(elsewhere)
    assert vault.is_locked
    vault.unlock(PASSPHRASE)
    assert files_with(elsewhere, number.encode()) == []
    assert main(["cases", *given]) == DONE


def test_a_backup_of_another_key_comes_into_an_encrypted_folder(
    folder: Path, number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, other = tmp_path / "all.backup", tmp_path / "other"
    assert main(["backup", str(archive), "--data", str(folder)]) == DONE
    open_database(other / "imr-desk.db").close()
    encrypt_folder(Vault(other), made_header(OTHER))
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text(OTHER)
    second.write_text(PASSPHRASE)
    given = ["--passphrase-file", str(first), "--data", str(other)]
    assert main(["restore", str(archive), "--archive-passphrase-file", str(second), *given]) == DONE
    capsys.readouterr()
    assert main(["cases", *given]) == DONE
    assert number in capsys.readouterr().out
    assert files_with(other, number.encode()) == []


def test_encryption_on_and_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path))
    monkeypatch.setenv("IMR_DESK_NEW_PASSPHRASE", "short")
    assert main(["vault", "encrypt", *data]) == UNUSABLE
    assert main(["vault", "status", *data]) == DONE
    assert "not encrypted" in capsys.readouterr().out
    monkeypatch.setenv("IMR_DESK_NEW_PASSPHRASE", PASSPHRASE)
    assert main(["vault", "encrypt", *data]) == DONE
    printed = capsys.readouterr().out.splitlines()[0].removeprefix("Recovery key: ")
    assert read_recovery_key(printed) == printed
    header = read_header(tmp_path)
    assert header is not None
    assert header.passphrase.cost == Cost()
    monkeypatch.setenv("IMR_DESK_PASSPHRASE", printed)
    assert main(["vault", "decrypt", *data]) == DONE
    assert Vault(tmp_path).cipher.is_plain
    assert main(["vault", "decrypt", *data]) == UNUSABLE


def test_passphrase_and_recovery_key_are_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(folder))
    monkeypatch.setenv("IMR_DESK_NEW_PASSPHRASE", OTHER)
    assert main(["vault", "passphrase", *data]) == DONE
    header = read_header(folder)
    assert header is not None
    assert header.passphrase.cost == CHEAP
    assert main(["cases", *data]) == UNUSABLE
    monkeypatch.setenv("IMR_DESK_PASSPHRASE", OTHER)
    capsys.readouterr()
    assert main(["vault", "recovery-key", *data]) == DONE
    monkeypatch.setenv(
        "IMR_DESK_PASSPHRASE", capsys.readouterr().out.strip().removeprefix("Recovery key: ")
    )
    assert main(["cases", *data]) == DONE
