"""The commands that carry a letter to another desk and take it in again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.cli.commands import main
from app.errors import UserError
from app.services.database import open_database
from app.services.store import Store
from tests.services.store.letters import edit, put

NUMBER = "CM16-0200001"
Told = tuple[int, str, str]
Run = Callable[..., Told]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(folder: Path, *words: str) -> Told:
        refused = ""
        try:
            status = main([*words, "--data", str(folder)])
        except UserError as error:
            status, refused = 3, str(error)
        told = capsys.readouterr()
        return status, told.out, told.err + refused

    return ran


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    with closing(open_database(folder / "imr-desk.db")) as database:
        put(Store(database, folder))
    return folder


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    folder.mkdir(mode=0o700)
    return folder


def change(folder: Path, key: str, value: object) -> None:
    with closing(open_database(folder / "imr-desk.db")) as database:
        store = Store(database, folder)
        (case,) = store.cases()
        edit(store, case.id, store.case(case.id).letter, key, value)


def value(folder: Path) -> tuple[int | None, str | None]:
    with closing(open_database(folder / "imr-desk.db")) as database:
        store = Store(database, folder)
        (case,) = store.cases()
        patient = store.case(case.id).letter.patient
        return patient.age, patient.sex


def test_a_case_goes_there_and_comes_back(run: Run, here: Path, there: Path) -> None:
    path = str(here.parent / "case.imrcase")
    assert run(here, "pack", NUMBER, "-o", path)[:2] == (
        0,
        f"{NUMBER} with 0 documents written to {path}\n",
    )
    status, _, err = run(here, "pack", NUMBER, "-o", path)
    assert (status, "--overwrite" in err) == (3, True)
    status, out, _ = run(there, "unpack", path)
    assert (status, f"{NUMBER}: taken in" in out) == (0, True)
    change(here, "patient.age", 57)
    change(there, "patient.age", 75)
    change(there, "patient.sex", "female")
    assert run(there, "pack", NUMBER, "-o", path, "--overwrite")[0] == 0

    status, out, err = run(here, "unpack", path)
    assert (status, value(here)) == (3, (57, "male"))
    assert "taken: Sex" in out
    assert "both changed: Age\n      ours: 57\n      theirs: 75\n" in out
    assert "--theirs" in err
    status, out, err = run(here, "unpack", path, "--theirs", "Weight")
    assert (status, "Nothing to choose is called Weight" in err) == (3, True)
    assert run(here, "unpack", path, "--dry-run", "--theirs", "all")[0] == 0
    assert value(here) == (57, "male")
    status, out, _ = run(here, "unpack", path, "--theirs", "Age")
    assert (status, f"{NUMBER}: merged" in out, value(here)) == (0, True, (75, "female"))
    status, out, _ = run(here, "unpack", path)
    assert (status, "all of it is here already" in out) == (0, True)


def test_an_encrypted_one_asks_for_its_passphrase(
    run: Run, here: Path, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(here.parent / "case.imrcase")
    secret = here.parent / "secret"
    secret.write_text("five made-up words stand here\n")
    arguments = ("pack", NUMBER, "-o", path, "--encrypt", "--new-passphrase-file", str(secret))
    assert run(here, *arguments)[0] == 0
    status, _, err = run(there, "unpack", path)
    assert (status, "passphrase" in err) == (3, True)
    assert run(there, "unpack", path, "--archive-passphrase-file", str(secret))[0] == 0


def test_wrong_files_are_told(run: Run, here: Path, there: Path) -> None:
    status, _, err = run(here, "pack", NUMBER, "-o", str(here.parent / "case.zip"))
    assert (status, ".imrcase" in err) == (3, True)
    status, _, err = run(here, "pack", "CM16-0299999", "-o", str(here.parent / "case.imrcase"))
    assert (status, "No such case" in err) == (3, True)
    status, _, err = run(there, "unpack", str(here.parent / "none.imrcase"))
    assert (status, "none.imrcase" in err) == (3, True)
