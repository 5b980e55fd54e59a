"""The command on the documents of a letter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.cli.commands import main
from app.services.database import open_database
from app.services.store import Store
from tests.letters import records
from tests.services.store.letters import put


def test_documents_are_added_listed_searched_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    database = open_database(folder / "imr-desk.db")
    put(Store(database, folder))
    database.close()
    sent = tmp_path / "sent"
    sent.mkdir()
    reports = [records.imaging(date(2016, 1, 19)), records.ur_letter(date(2016, 3, 15))]
    (sent / "bundle.pdf").write_bytes(records.bundle(reports)[0])
    (tmp_path / "no.pdf").write_bytes(b"plain words")
    data = ["--data", str(folder)]

    status = main(
        ["documents", "CM16-0200001", "--add", str(sent), str(tmp_path / "no.pdf"), *data]
    )
    told = capsys.readouterr()
    assert status == 3
    assert "no.pdf: The file is not a PDF." in told.err
    assert "bundle.pdf: 3 pages" in told.out
    assert "p. 1\trecords\tMRI report\tPriya Anand\t01/19/2016" in told.out
    assert "Electrodiagnostic study of 12/02/2015, named in the UR determination" in told.out

    assert main(["documents", "CM16-0200001", "--find", "disc protr", *data]) == 0
    assert "bundle.pdf\tpage 1\t" in capsys.readouterr().out

    assert (
        main(["documents", "CM16-0200001", "--remove", "bundle.pdf", "--remove", "x", *data]) == 3
    )
    told = capsys.readouterr()
    assert (told.out, "x: No document file of that name" in told.err) == ("", True)
