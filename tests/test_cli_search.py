"""The command that searches all kept letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.services.database import open_database
from app.services.store import Store
from tests.commands import DONE, UNUSABLE, USAGE, run
from tests.services.archive.made_letters import BACK, WRIST, keep


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    folder.chmod(0o700)
    database = open_database(folder / "imr-desk.db")
    store = Store(database, folder)
    keep(store, WRIST)
    keep(store, BACK)
    database.close()
    return folder


def test_items_are_listed_with_what_was_found(data: Path) -> None:
    told = run("search", "grip", "strength", "--data", data)
    assert (told.returncode, told.stderr) == (DONE, "2 items found\n")
    numbers = [line.split("\t")[0] for line in told.stdout.splitlines()]
    assert set(numbers) == {"CM16-0300001", "CM16-0300002"}
    # A shell has taken the quotes off.
    told = run("search", "grip strength", "--data", data)
    (line,) = told.stdout.splitlines()
    number, day, decision, title, snippet = line.split("\t")
    assert (number, day, decision) == ("CM16-0300001", "03/04/2016", "Upheld")
    assert title.startswith("Occupational therapy")
    assert "Grip strength" in snippet


def test_structure_narrows_and_is_told(data: Path) -> None:
    told = run("search", "--guideline", "opioids", "--edition", "2009", "--data", data)
    assert "Gabapentin" in told.stdout
    assert "Tramadol" not in told.stdout
    told = run("search", "necessary", "--decision", "upheld", "--without", "grip", "--data", data)
    assert told.stdout.count("\n") == 1
    assert "MRI" in told.stdout
    told = run("search", "--from", "2017-01-01", "--facets", "--limit", 1, "--data", data)
    assert "decision\tUpheld\t2\n" in told.stdout
    assert told.stderr == "1 of 2 items shown\n"


def test_programs_get_one_object(data: Path) -> None:
    told = run("search", "weaning", "--facets", "--json", "--data", data)
    answer = json.loads(told.stdout)
    assert (answer["schema"], answer["count"], answer["did_you_mean"]) == (1, 1, None)
    (item,) = answer["items"]
    assert (item["case"], item["decision"], item["field"]) == (
        "CM16-0300001",
        "Overturned",
        "issues.2.rationale",
    )
    (start, end), *_ = item["places"]
    assert WRIST.issues[1].rationale[start:end] == "Weaning"
    assert answer["facets"]["drug"] == {"tramadol": 1}


def test_a_typing_error_is_told(data: Path) -> None:
    told = run("search", "wrisst", "--data", data)
    assert told.stderr == "0 items found. Did you mean: wrist\n"
    told = run("search", "--drug", "tramadl", "--data", data)
    assert told.returncode == UNUSABLE
    assert "No kept letter has the drug tramadl. Did you mean tramadol?" in told.stderr
    assert run("search", "--limit", "0", "--data", data).returncode == USAGE


def test_searches_are_kept(data: Path) -> None:
    given = ("--part", "low back", "--to", "12/31/2017", "--save", "Backs")
    kept = run("search", "strength", *given, "--data", data)
    assert "Gabapentin" in kept.stdout
    told = run("search", "--list-saved", "--data", data)
    assert told.stdout == "Backs\tstrength; part: low back; to 12/31/2017\n"
    assert run("search", "--saved", "Backs", "--data", data).stdout == kept.stdout
    assert run("search", "--forget", "Backs", "--data", data).returncode == DONE
    told = run("search", "--saved", "Backs", "--data", data)
    assert (told.returncode, "No search is kept under the name Backs" in told.stderr) == (
        UNUSABLE,
        True,
    )


def test_a_list_of_terms_is_counted(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_text('grip\n"red flag"\n-only\n')
    told = run("search", "--terms", path, "--data", data)
    assert told.stdout == 'grip\t2\t2\n"red flag"\t1\t1\n-only\t0\t0\n'
    assert told.returncode == UNUSABLE
    assert "-only: Only what must not be there was named." in told.stderr
    told = run("search", "--terms", path, "--decision", "Overturned", "--json", "--data", data)
    assert [row["items"] for row in json.loads(told.stdout)["terms"]] == [0, 0, 0]


def test_tables_are_written_for_other_programs(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = run("tables", "-o", out, "--without-findings", "--data", data)
    assert (told.returncode, told.stderr) == (DONE, "")
    assert told.stdout == "letters\t2\nitems\t4\ncitations\t4\n"
    told = run("tables", "-o", out, "--without-findings", "--data", data)
    assert told.returncode == UNUSABLE
    assert "Add --overwrite to write over it" in told.stderr
    told = run("tables", "-o", out, "--overwrite", "--data", data)
    assert told.returncode == UNUSABLE  # these letters have no PDF that could be checked
    assert told.stderr.startswith("CM16-0300001: ")
