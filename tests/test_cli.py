"""The commands: their JSON, their exit status, their words."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest
from msgspec.structs import replace

from app.application import main
from app.cli import COMMANDS
from app.cli.arguments import function_of, program_parser
from app.cli.opening import open_store
from app.letter import Cover
from app.paths import DATABASE, SAMPLE, TEMPLATES
from app.services.database import open_database
from app.services.interchange import decode, encode_letter
from app.services.pdf import read
from app.services.settings import Settings, save_settings
from app.services.store import FolderLock, Store
from tests.bundles import long_bundle
from tests.commands import DONE, PROJECT, UNUSABLE, USAGE, run, run_process
from tests.intake_files import letters
from tests.intake_files.forms import drawn
from tests.intake_files.made_applications import FORMS
from tests.ui.made_letters import letter, write_pdf

WHY = ("--reason", "it is made up")
"""The made-up letter has an error that the tests of the checks need."""


def scan(path: Path) -> Path:
    """A PDF that is a picture of paper."""
    with pymupdf.open() as paper:
        page = paper.new_page()
        page.draw_rect((72, 72, 540, 720))
        paper.save(path)
    return path


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pdf(tmp_path_factory.mktemp("letters") / "letter.pdf")


def test_every_command_has_a_function_that_does_it() -> None:
    parser = program_parser()
    commands = next(each.choices for each in parser._actions if isinstance(each.choices, dict))
    assert tuple(sorted(commands)) == tuple(sorted(COMMANDS))
    for command in commands.values():
        assert callable(function_of(command.get_default("act")))


def test_parse_prints_one_object_a_letter(pdf: Path) -> None:
    done = run("parse", pdf, pdf, "--json")
    assert done.returncode == DONE, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    said = json.loads(lines[0])
    made = letter()
    assert said["schema"] == 1
    assert said["file"] == "letter.pdf"
    assert said["layout"] == "maximus-2016"
    assert (
        said["header"].items()
        >= {
            "case_number": "CM16-0200001",
            "date_assigned": "2016-10-26",
            "date_of_injury": "2016-09-13",
            "decision_date": "2016-11-14",
            "ur_denial_date": "2016-10-07",
            "priority": "Standard",
            "application_received": "2016-10-14",
        }.items()
    )
    assert said["reviewer"]["licensure"] == ["California"]
    assert said["reviewer"]["specialties"] == ["Occupational Medicine"]
    assert (said["patient"]["age"], said["patient"]["sex"]) == (47, "female")
    assert said["patient"]["date_of_injury"] == "2016-09-18"
    assert said["outcome"] == "Partial Overturn"
    assert said["clinical_summary"] == made.clinical_summary
    first = said["issues"][0]
    assert set(first) == {
        "title",
        "decision",
        "request",
        "claims_administrator_guideline",
        "maximus_guideline",
        "rationale",
    }
    assert first["title"] == made.issues[0].title
    assert first["decision"] == "Upheld"
    assert first["request"] is None
    assert first["maximus_guideline"]["basis"] == "mtus"
    (citation,) = first["maximus_guideline"]["citations"]
    assert citation["source"] == "MTUS"
    assert citation["title"] == "Low Back Complaints"
    assert citation["edition"] == "2004"
    assert citation["sections"] == ["Special Studies"]
    assert citation["pages"] is None
    assert first["rationale"] == made.issues[0].rationale
    for key in ("header.case_number", "issues.0.title", "issues.1.rationale"):
        seen = said["evidence"][key]
        assert seen["page"] >= 1
        assert all(0 <= edge <= 1 for box in seen["boxes"] for edge in box)
    assert "09/18/2016" in said["evidence"]["patient.date_of_injury"]["doubt"]


def test_parse_prints_the_form_for_people(pdf: Path) -> None:
    done = run("parse", pdf)
    assert "Case number: CM16-0200001" in done.stdout
    assert "Item 2, decision: Overturned" in done.stdout


@pytest.mark.parametrize(
    ("name", "data"),
    [("no.pdf", b"not a PDF at all"), ("empty.pdf", b""), ("gone.pdf", None)],
)
def test_parse_tells_what_it_cannot_read_and_does_the_rest(
    pdf: Path, tmp_path: Path, name: str, data: bytes | None
) -> None:
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    done = run("parse", bad, pdf, "--json")
    assert done.returncode == UNUSABLE
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{bad}: ")
    assert json.loads(done.stdout)["file"] == "letter.pdf"


def test_render_and_parse_give_the_same_letter(tmp_path: Path) -> None:
    made = letter(7, issues=3)
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    source.write_bytes(encode_letter(made))
    done = run("render", source, "-o", out, *WHY)
    assert done.returncode == DONE, done.stderr
    said = run("parse", out, "--json").stdout
    again = decode(said.encode())
    assert again.header == made.header
    assert again.clinical_summary == made.clinical_summary
    assert [(i.title, i.decision, i.rationale) for i in again.issues] == [
        (i.title, i.decision, i.rationale) for i in made.issues
    ]


@pytest.mark.parametrize(
    "layout", ["maximus-2016", "maximus-2015", "maximus-2014", "plain", "parties"]
)
def test_render_in_every_layout(tmp_path: Path, layout: str) -> None:
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    source.write_bytes(encode_letter(letter()))
    done = run("render", source, "-o", out, "--layout", layout, *WHY)
    assert done.returncode == DONE, done.stderr
    assert out.read_bytes().startswith(b"%PDF")


def test_a_redacted_copy_is_proved(tmp_path: Path) -> None:
    made = replace(letter(), cover=Cover(employee="Ramona Quill", claim_number="QX-77120"))
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    source.write_bytes(encode_letter(made))
    done = run("render", source, "-o", out, "--layout", "parties", "--redacted", *WHY)
    assert done.returncode == DONE, done.stderr
    assert "found 0 times" in done.stderr
    text = " ".join(word.text for page in read(out).pages for word in page.words)
    assert "CM16-0200001" in text
    assert "Quill" not in text
    assert not read(out).attachments


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "not JSON"),
        (b'{"schema": 9}', "schema 9"),
        (b'{"schema": 1, "header": {"date_assigned": "soon"}}', "date_assigned"),
    ],
)
def test_render_says_what_is_wrong_with_the_json(tmp_path: Path, data: bytes, words: str) -> None:
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    source.write_bytes(data)
    done = run("render", source, "-o", out)
    assert done.returncode == UNUSABLE
    assert words in done.stderr
    assert not out.exists()


def test_an_unknown_layout_is_told(tmp_path: Path) -> None:
    source = tmp_path / "letter.json"
    source.write_bytes(encode_letter(letter()))
    done = run("render", source, "-o", tmp_path / "out.pdf", "--layout", "nonesuch")
    assert done.returncode == UNUSABLE
    assert "no layout of that name" in done.stderr
    assert "maximus-2016" in done.stderr


def test_wrong_use_is_status_2() -> None:
    assert run("render").returncode == USAGE
    assert run("parse").returncode == USAGE


def test_kept_letters_import_list_export_backup_restore(pdf: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = run("import", pdf, tmp_path / "gone.pdf", "--data", data)
    assert done.returncode == UNUSABLE
    assert "letter.pdf: taken in" in done.stdout
    assert "gone.pdf" in done.stderr
    listed = run("cases", IMR_DESK_DATA=str(data)).stdout
    assert listed.startswith("CM16-0200001\tnew\t")
    out = tmp_path / "out"
    # An error stands in it: the gate of the window holds here too.
    done = run("export", "all", "-o", out, "--data", data)
    assert done.returncode == UNUSABLE
    assert done.stderr.startswith("CM16-0200001: Not written: ")
    assert "--reason" in done.stderr
    assert not list(out.iterdir())
    export = ("export", "all", "-o", out, "--data", data, "--reason", "The file has both dates")
    done = run(*export)
    assert done.returncode == DONE, done.stderr
    assert done.stdout.strip() == str(out / "CM16-0200001 letter.pdf")
    listed = run("cases", IMR_DESK_DATA=str(data)).stdout
    assert listed.startswith("CM16-0200001\texported\t")
    assert run("--data", data, "cases").stdout == listed
    done = run(*export)
    assert done.returncode == UNUSABLE
    assert "--overwrite" in done.stderr
    assert run(*export, "--overwrite").returncode == DONE
    assert run(*export, "--redacted").returncode == DONE
    assert (out / "CM16-0200001 public copy.pdf").exists()
    done = run("export", "CM99-0000000", "-o", out, "--data", data)
    assert (done.returncode, done.stderr.count("\n")) == (UNUSABLE, 1)
    backup = tmp_path / "all.zip"
    assert run("backup", backup, "--data", data).returncode == DONE
    whole = backup.read_bytes()
    done = run("backup", backup, "--data", data)
    assert (done.returncode, "--overwrite" in done.stderr) == (UNUSABLE, True)
    assert backup.read_bytes() == whole
    assert run("backup", backup, "--overwrite", "--data", data).returncode == DONE
    other = tmp_path / "other"
    assert run("restore", backup, "--data", other).returncode == DONE
    assert run("cases", "--data", other).stdout == listed
    (other / "imr-desk.db").write_bytes(b"")
    done = run("cases", "--data", other)
    assert done.returncode == UNUSABLE
    assert "is gone or empty" in done.stderr
    assert run("restore", backup, "--data", other).returncode == DONE
    assert run("cases", "--data", other).stdout == listed
    made = run("backups", "--data", other).stdout.splitlines()
    assert made[-1].startswith(f"{len(made) - 1} backups take ")
    before = made[0].split("kB", 1)[1].strip()
    assert "before-restore" in before
    assert run("restore", before, "--data", other).returncode == DONE
    assert run("cases", "--data", other).stdout == ""  # as it was before the first restore
    made = run("backups", "--data", other).stdout.splitlines()
    assert run("restore", made[0].split()[-1], "--data", other).returncode == DONE
    assert run("cases", "--data", other).stdout == listed


def test_nothing_is_restored_under_an_open_window(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "data")
    done = run("restore", tmp_path / "all.zip", "--data", tmp_path / "data")
    lock.release()
    assert done.returncode == UNUSABLE
    assert "has been open on" in done.stderr


@pytest.mark.parametrize("given", [False, True], ids=["a file", "standard input"])
def test_check_reports(pdf: Path, given: bool) -> None:
    file, data = ("-", pdf.read_bytes()) if given else (pdf, b"")
    said = json.loads(run("check", file, "--json", given=data).stdout)
    assert said["case_number"] == "CM16-0200001"
    assert "errors 1," in run("check", file, given=data).stdout


def test_check_takes_many_files_and_folders(pdf: Path, tmp_path: Path) -> None:
    inside = tmp_path / "letters"
    inside.mkdir()
    write_pdf(inside / "b.pdf", letter(2))
    write_pdf(inside / "a.pdf", letter(3))
    done = run("check", pdf, inside, tmp_path / "gone.pdf", "--json")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["file"] for one in said] == [pdf.name, "a.pdf", "b.pdf"]
    assert [one["case_number"] for one in said][1:] == ["CM16-0200003", "CM16-0200002"]
    # What cannot be used is told, and the others are still checked.
    assert (done.returncode, done.stderr.count("\n")) == (UNUSABLE, 1)
    plain = run("check", inside).stdout.splitlines()
    assert {line.split(": ")[0] for line in plain} == {"a.pdf", "b.pdf"}
    assert sum("errors 1," in line for line in plain) == 2


@pytest.mark.parametrize("command", ["parse", "check", "import"])
def test_what_lies_beside_letters_is_left_out_and_said(
    command: str, pdf: Path, tmp_path: Path
) -> None:
    beside = [tmp_path / name for name in ("~$letter.pdf", ".DS_Store")]
    for path in beside:
        path.write_bytes(b"no letter")
    data = ("--data", tmp_path / "data")
    done = run(*data, command, beside[0], pdf, beside[1])
    assert (done.returncode, done.stderr.count("left out")) == (DONE, 2)
    alone = run(*data, command, beside[0])
    assert (alone.returncode, alone.stderr.count("left out")) == (UNUSABLE, 1)


def test_check_takes_a_folder_of_letters_as_json(pdf: Path, tmp_path: Path) -> None:
    inside = tmp_path / "letters"
    (inside / "more").mkdir(parents=True)
    for number, path in ((2, inside / "two.json"), (3, inside / "more/three.JSON")):
        path.write_bytes(encode_letter(letter(number)))
    done = run("check", inside, "--json")
    assert (done.returncode, done.stderr) == (DONE, "")
    said = {(one["file"], one["case_number"]) for one in map(json.loads, done.stdout.splitlines())}
    assert said == {("two.json", "CM16-0200002"), ("three.JSON", "CM16-0200003")}
    # What is no letter is told, and the letters beside it are still checked.
    (inside / "package.json").write_text('{"name": "something else"}')
    done = run("check", inside)
    assert (done.returncode, "package.json" in done.stderr) == (UNUSABLE, True)
    assert done.stdout.count("errors 1,") == 2
    done = run("check", inside / "more", "--json")
    assert json.loads(done.stdout)["case_number"] == "CM16-0200003"
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "notes.txt").write_text("nothing")
    done = run("check", empty)
    assert (done.returncode, "neither a PDF nor" in done.stderr) == (UNUSABLE, True)


def test_a_wrong_use_names_one_argument_not_all(tmp_path: Path) -> None:
    names = [f"letter-{number}.pdf" for number in range(40)]
    done = run("render", *names, "-o", tmp_path / "out.pdf")
    assert done.returncode == USAGE
    assert done.stderr.splitlines()[-1].endswith("not known here: letter-1.pdf and 38 more")
    assert "letter-7" not in done.stderr


def test_check_tells_which_item_of_the_application_is_not_decided(
    pdf: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "items.csv"
    listed.write_text(
        "no,Treatment\n1,MRI lumbar spine\n2,PT left shoulder x6\n3,Norco 5/325 #30\n"
    )
    done = run("check", pdf, "--disputed", listed)
    assert done.returncode == DONE, done.stderr
    lost = [line for line in done.stdout.splitlines() if line.endswith("[item-lost]")]
    assert len(lost) == 1
    assert "Norco" in lost[0]
    assert "[item-added]" not in done.stdout
    done = run("check", pdf, "--disputed", tmp_path / "gone.txt")
    assert done.returncode == UNUSABLE
    assert "gone.txt" in done.stderr


@pytest.mark.parametrize("command", ["parse", "check"])
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_picture_of_paper_is_told(tmp_path: Path, command: str, more: tuple[str, ...]) -> None:
    paper = scan(tmp_path / "scan.pdf")
    done = run(command, paper, *more)
    assert done.returncode == UNUSABLE
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{paper}: The PDF has no text")
    assert done.stdout == ""


def test_a_picture_of_paper_is_taken_in_to_be_typed_by_hand(tmp_path: Path) -> None:
    paper = scan(tmp_path / "scan.pdf")
    done = run("import", paper, "--data", tmp_path / "data")
    assert done.returncode == DONE, done.stderr
    assert done.stdout.startswith("scan.pdf: taken in, not recognised as a letter, ")
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run("import", empty, "--data", tmp_path / "data")
    assert (done.returncode, "no PDF in that folder" in done.stderr) == (UNUSABLE, True)


def test_standard_input_and_output_pass_a_letter_on(pdf: Path) -> None:
    done = run_process("parse", "-", "--json", given=pdf.read_bytes())
    assert json.loads(done.stdout)["file"] == "-"
    written = run_process("render", "-", "-o", "-", *WHY, given=done.stdout)
    assert written.returncode == DONE, written.stderr.decode()
    again = json.loads(run_process("parse", "-", "--json", given=written.stdout).stdout)
    assert again["clinical_summary"] == letter().clinical_summary


def test_a_letter_is_written_as_word_where_its_name_says_so(tmp_path: Path) -> None:
    source, out = tmp_path / "letter.json", tmp_path / "out.docx"
    source.write_bytes(encode_letter(letter()))
    assert run("render", source, "-o", out, *WHY).returncode == DONE
    assert out.read_bytes().startswith(b"PK")
    done = run("render", source, "-o", tmp_path / "public.docx", "--redacted")
    assert (done.returncode, "PDF only" in done.stderr) == (UNUSABLE, True)


@pytest.mark.parametrize("name", ["x.txt", "x.doc", "x", "x.pdf.bak"])
def test_the_ending_tells_the_kind_and_another_one_is_refused(tmp_path: Path, name: str) -> None:
    source = tmp_path / "letter.json"
    source.write_bytes(encode_letter(letter()))
    done = run("render", source, "-o", tmp_path / name)
    assert (done.returncode, ".docx" in done.stderr) == (USAGE, True)
    assert not (tmp_path / name).exists()


def test_what_is_there_is_written_over_only_where_that_was_said(tmp_path: Path) -> None:
    mine, pipe = tmp_path / "mine.pdf", tmp_path / "pipe.pdf"
    mine.write_bytes(b"mine")
    os.mkfifo(pipe)
    source = tmp_path / "letter.json"
    source.write_bytes(encode_letter(letter(1, summary_doi="09/13/2016")))
    done = run("render", source, "-o", mine)
    assert (done.returncode, "--overwrite" in done.stderr) == (UNUSABLE, True)
    assert mine.read_bytes() == b"mine"
    for words in (("render", source, "-o", pipe, "--overwrite"), ("parse", pipe), ("check", pipe)):
        done = run(*words)
        assert (done.returncode, "pipe" in done.stderr) == (UNUSABLE, True)
    done = run("restore", pipe, "--data", tmp_path / "data")
    assert (done.returncode, "cannot be read: it is a pipe" in done.stderr) == (UNUSABLE, True)
    assert run("render", source, "-o", mine, "--overwrite").returncode == DONE
    assert mine.read_bytes().startswith(b"%PDF")
    table = tmp_path / "library.csv"
    export = ("library", "export", table, "--data", tmp_path / "data")
    assert run(*export).returncode == DONE
    assert run(*export).returncode == UNUSABLE
    assert run(*export, "--overwrite").returncode == DONE


@pytest.mark.parametrize("more", [(), ("--redacted",)])
def test_render_passes_the_gate_of_the_export(tmp_path: Path, more: tuple[str, ...]) -> None:
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    source.write_bytes(encode_letter(letter()))
    done = run("render", source, "-o", out, *more)
    assert (done.returncode, "--reason" in done.stderr, out.exists()) == (UNUSABLE, True, False)
    sound = letter(1, summary_doi="09/13/2016")
    source.write_bytes(
        encode_letter(replace(sound, clinical_summary=f"{sound.clinical_summary} \u4e2d"))
    )
    done = run("render", source, "-o", out, *more)
    assert (done.returncode, "no font here has" in done.stderr) == (UNUSABLE, True)
    assert run("render", source, "-o", out, *more, *WHY).returncode == DONE


def test_what_the_public_copy_takes_out_does_not_hold_it(tmp_path: Path) -> None:
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    sound = letter(1, summary_doi="09/13/2016")
    private = f"{sound.clinical_summary} SSN 219-09-9999, call (559) 555-0131."
    source.write_bytes(encode_letter(replace(sound, clinical_summary=private)))
    assert run("render", source, "-o", out).returncode == UNUSABLE
    done = run("render", source, "-o", out, "--redacted")
    assert done.returncode == DONE, done.stderr
    text = " ".join(read(out).page_texts)
    assert "SSN [removed], call [removed]." in text
    assert "219" not in text


def test_a_pdf_carries_what_it_prints_and_inspect_tells_what_more(tmp_path: Path) -> None:
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    cover = Cover(employee="Ramona Quill", claim_number="QX-77120", copies_to="Osgood Vale")
    source.write_bytes(encode_letter(replace(letter(1, summary_doi="09/13/2016"), cover=cover)))
    done = run("render", source, "-o", out, *WHY)
    assert "Left out of it: " in done.stderr
    assert "Employee" in done.stderr
    attached = read(out).attachments["letter.json"]
    assert not any(word in attached for word in (b"Quill", b"77120", b"Vale"))
    said = run("inspect", out).stdout
    assert "the values that its pages print" in said
    assert "! " not in said
    done = run("render", source, "-o", out, "--attach-all", "--overwrite", *WHY)
    assert "ALSO what no page prints: Employee" in done.stderr
    assert b"Quill" in read(out).attachments["letter.json"]
    said = run("inspect", out).stdout
    assert "! Attached: letter.json" in said
    assert "no page prints: Employee, Claim number, Copies to" in said


def test_the_layouts_a_user_made_are_known_to_the_commands(tmp_path: Path) -> None:
    own = tmp_path / "layouts"
    shutil.copytree(TEMPLATES / "plain", own / "mine")
    data = tmp_path / "data"
    database = open_database(data / DATABASE)
    save_settings(Store(database, data), Settings(template_folder=str(own)))
    database.close()
    assert "\nmine\t" in run("layouts", "--data", data).stdout
    assert "mine" not in run("layouts").stdout
    assert "letter.header.case_number\t" in run("variables", "mine", "--data", data).stdout


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_each_command_says_how_it_is_used(command: str) -> None:
    done = run(*([command] if command else []), "--help")
    assert done.returncode == DONE
    assert "Exit status: 0 done, 2 wrong use" in " ".join(done.stdout.split())


@pytest.mark.parametrize("name", [b"\xff.pdf", "\u0142\U0001f600.pdf".encode()])
def test_a_file_name_that_is_no_text_stops_nothing(pdf: Path, tmp_path: Path, name: bytes) -> None:
    odd = tmp_path / os.fsdecode(name)
    odd.write_bytes(pdf.read_bytes())
    assert json.loads(run_process("parse", odd, "--json").stdout)["schema"] == 1
    assert b"CM16-0200001" in run_process("parse", odd, PYTHONIOENCODING="ascii").stdout


def test_library_search(tmp_path: Path) -> None:
    done = run("library", "search", "low", "back", "--data", tmp_path, "--on", "03/25/2024")
    heading, first, *others = done.stdout.splitlines()
    assert heading == "MTUS in force on the decision date:"
    assert first == "  MTUS Low Back Disorders 2020"
    assert any("Superseded by Low Back Disorders 2020." in line for line in others)
    assert others[-1].strip().startswith(("ODG", "ACOEM"))
    wrong = run("library", "search", "knee", "--on", "13/13/2024", "--data", tmp_path)
    assert wrong.returncode == USAGE
    assert "13/13/2024" in wrong.stderr


def test_library_status_drugs_and_update(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(
        "MTUS Drug List v.13 effective 08/06/2025,\nDrug Ingredient,Exempt/Non-Exempt\nIbuprofen,Exempt\n"
    )
    data = tmp_path / "data"
    assert "1 rows" in run("library", "drugs", listed, "--data", data).stdout
    done = run("library", "status", "--data", data, "--on", "09/01/2025")
    assert "Facts of 11/27/2026" in done.stdout
    assert "Low Back Disorders 2020" in done.stdout
    assert "MTUS Drug List v. 13, in force from 08/06/2025: 1 rows" in done.stdout
    facts = tmp_path / "facts.json"
    facts.write_text(
        '{"format": "imr-desk-guidelines", "version": 900, "as_of": "2027-01-05", "about": "Orders",'
        ' "signed_off_by": "Dr. Quill", "signed_off_on": "2027-01-06", "entries": [{"key": "mtus-tail",'
        ' "kind": "mtus", "source": "MTUS", "title": "Tail Disorders", "edition": "2027"}]}'
    )
    unsealed = run("library", "update", facts, "--data", data)
    assert unsealed.returncode == UNUSABLE
    assert "checksum" in unsealed.stderr
    assert run("library", "seal", facts, "--data", data).returncode == DONE
    told = run("library", "update", facts, "--dry-run", "--data", data)
    assert "Tail Disorders 2027: new" in told.stdout
    assert "Nothing was changed." in told.stdout
    assert run("library", "update", facts, "--data", data).returncode == DONE
    assert "signed off by Dr. Quill" in run("library", "status", "--data", data).stdout


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        ("check a.pdf --json b.pdf", ["a.pdf", "b.pdf"]),
        ("check --json a.pdf b.pdf", ["a.pdf", "b.pdf"]),
        ("library update --dry-run a.json", ["a.json"]),
        ("library --dry-run update --data here a.json", ["a.json"]),
    ],
)
def test_files_and_options_stand_in_any_order(arguments: str, files: list[str]) -> None:
    chosen = vars(program_parser().parse_args(arguments.split()))
    given = chosen.get("files") or chosen["words"]
    assert [str(name) for name in given] == files


NO_DISPLAY = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY"), "")


def test_without_a_display_the_whole_job_is_done_on_the_sample(tmp_path: Path) -> None:
    done = run_process("--data", tmp_path, **NO_DISPLAY)
    assert done.returncode == DONE, done.stderr.decode()
    printed = done.stdout.decode()
    assert "No display was found" in printed
    assert "Cited in item 1" in printed
    written = printed.strip().rsplit("The new letter is written: ", 1)[1]
    assert Path(written).read_bytes().startswith(b"%PDF")
    assert Path(written).parent == tmp_path / "tour"
    assert str(tmp_path / "tour") in printed
    assert not (tmp_path / DATABASE).exists()


def test_without_a_display_a_letter_that_is_named_is_only_read(pdf: Path, tmp_path: Path) -> None:
    assert run("import", pdf, "--data", tmp_path).returncode == DONE
    with open_store(tmp_path) as store:
        before = store.case(store.cases()[0].id)
    done = run(pdf, "--data", tmp_path, **NO_DISPLAY)
    assert done.returncode == DONE, done.stderr
    assert "Case number: CM16-0200001" in done.stdout
    assert "nothing is kept or changed" in done.stdout
    with open_store(tmp_path) as store:
        assert store.case(store.cases()[0].id) == before
    other = tmp_path / "other"
    assert run(pdf, tmp_path / "gone.pdf", "--data", other, **NO_DISPLAY).returncode == UNUSABLE
    assert not other.exists()


@pytest.mark.parametrize(
    ("words", "hint"), [(["bogus"], "bogus"), (["pars", "letter.pdf"], "`parse`"), (["no/x"], "x")]
)
def test_a_mistyped_command_is_a_wrong_use_and_no_letter(words: list[str], hint: str) -> None:
    for environment in (NO_DISPLAY, {"QT_QPA_PLATFORM": "offscreen"}):
        done = run(*words, **environment)
        assert done.returncode == USAGE
        assert hint in done.stderr
        assert not done.stdout


@pytest.mark.parametrize("words", [
    ["parse", "gone.pdf"], ["render", "gone.json", "-o", "x.pdf"], ["check", "gone.pdf"],
    ["inspect", "gone.pdf"], ["import", "gone.pdf"], ["export", "CM99-0000000", "-o", "."],
    ["remove", "CM99-0000000"], ["library", "import", "gone.bib"], ["restore", "gone.zip"],
    ["library", "export", "gone/x.bib"], ["backup", "gone/x.zip"], ["variables", "gone"],
])  # fmt: skip
def test_each_line_of_a_failure_begins_with_a_name(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMR_DESK_DATA", str(tmp_path / "data"))
    assert main(words) == UNUSABLE
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(tuple(f"{word}: " for word in words if not word.startswith("-")))


def test_letters_are_removed_without_being_opened(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("import", SAMPLE, "--data", data)
    name = run("cases", "--data", data).stdout.split("\t")[0]
    done = run("remove", name, "CM99-0000000", "--data", data)
    assert done.returncode == UNUSABLE
    assert f"{name}: removed from the list" in done.stdout
    assert "CM99-0000000: No such case is kept." in done.stderr
    assert run("cases", "--data", data).stdout == ""
    assert run("cases", "--removed", "--data", data).stdout.startswith(name)
    assert "here already" in run("import", SAMPLE, "--data", data).stdout
    assert run("cases", "--data", data).stdout.startswith(name)


def test_a_letter_is_erased_on_and_off_the_list(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("import", SAMPLE, "--data", data)
    name = run("cases", "--data", data).stdout.split("\t")[0]
    run("backup", data / "all.zip", "--data", data)
    run("remove", name, "--data", data)
    done = run("remove", "--for-good", name, "--data", data)
    assert done.returncode == DONE, done.stderr
    assert f"{name}: Erased from the database, the kept files and from 1 backup" in done.stdout
    assert "copies of this disk" in done.stdout
    assert run("cases", "--removed", "--data", data).stdout == ""
    assert not list(data.glob("files/??/*"))
    assert all(name.encode() not in path.read_bytes() for path in data.iterdir() if path.is_file())
    assert run("remove", "--for-good", name, "--data", data).returncode == UNUSABLE


def test_every_command_clears_the_plain_copies_of_a_killed_process(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("import", SAMPLE, "--data", data)
    left = data / "opened-left"
    left.mkdir()
    (left / "in-use").touch()
    (left / "imr-desk.db").write_bytes(b"plain")
    assert run("cases", "--data", data).returncode == DONE
    assert not left.exists()


def test_a_determination_is_begun_from_its_documents(tmp_path: Path) -> None:
    decision, form = tmp_path / "decision.pdf", tmp_path / "form.pdf"
    decision.write_bytes(letters.drawn("a1"))
    form.write_bytes(drawn(FORMS[0]))
    data = ("--data", str(tmp_path / "data"))
    begun = run("new", "--ur", str(decision), "--records", str(decision), *data)
    assert begun.returncode == 0
    assert "Employee: Marisol Quintanar (UR decision, page 1)" in begun.stdout
    assert "[x] MRI of the lumbar spine without contrast: denied" in begun.stdout
    assert "[ ] Naproxen 550 mg #60: approved" in begun.stdout
    assert "Document decision.pdf: 1 page\n" in begun.stdout
    assert "Case number: It stands neither" in begun.stdout
    other = run("new", "--ur", str(decision), "--application", str(form), *data)
    assert other.returncode == 3
    assert "may be of two cases" in other.stderr
    wrong = run("new", "--application", str(decision), *data)
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert "decision.pdf: The file is no application" in wrong.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a terminal of its own")
def test_on_a_terminal_a_bundle_says_how_far_it_is_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "bundle.pdf"
    path.write_bytes(long_bundle(2990))
    screen, end = os.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "main.py", "parse", str(path)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=end,
        ) as process:
            told = b""
            while b"bundle.pdf: page " not in told:
                told += os.read(screen, 1000)
            process.send_signal(signal.SIGINT)
            status = process.wait(30)
            told += os.read(screen, 10_000)
        assert status == 130
        assert told.endswith(
            b"Stopped. What was done before that stays; begin again for the rest.\r\n"
        )
        assert told.rindex(b"\r", 0, told.index(b"Stopped")) == told.index(b"Stopped") - 1
    finally:
        os.close(screen)
        os.close(end)
