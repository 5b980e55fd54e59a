"""The import rule: main -> application, cli -> ui -> services -> letter; never back, never sideways."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_archon import archrule

PROJECT = Path(__file__).resolve().parents[1]
VALUES = ("app.letter", "app.evidence", "app.errors")
PANES = ("app.ui.form", "app.ui.pages", "app.ui.citing", "app.ui.dialogs")

# Only these services may know an engine; everyone else speaks to them.
ENGINES = {
    "pymupdf": ("app.services.pdf*", "app.services.pdf_redaction"),
    "tesserocr": ("app.services.recognition*",),
    "PIL": ("app.services.recognition*",),
    "typst": ("app.services.rendering*",),
    "jinja2": ("app.services.rendering*",),
    "docxtpl": ("app.services.rendering*",),
    "docx": ("app.services.rendering*",),
    "sqlalchemy": ("app.services.database*", "app.services.store*", "app.services.library*"),
    "alembic": ("app.services.database*",),
    "sqlcipher3": ("app.services.vault*",),
    "cryptography": ("app.services.vault*",),
}


@pytest.fixture(scope="module")
def nodes() -> dict[str, list[ast.AST]]:
    """Every node of every module's source, by its path: read once for all tests here."""
    return {
        path.relative_to(PROJECT).as_posix(): [*ast.walk(ast.parse(path.read_text("utf-8")))]
        for path in sorted((PROJECT / "app").rglob("*.py"))
    }


def test_values_import_nothing_of_ours() -> None:
    (
        archrule("values")
        .match(*VALUES)
        .should_not_import("app.services*", "app.ui*", "app.cli*", "app.application")
        .check("app", only_direct_imports=True)
    )


def test_services_know_no_window() -> None:
    (
        archrule("services")
        .match("app.services*")
        .should_not_import(
            "PySide6*",
            "app.ui*",
            "app.cli*",
            "app.application",
            "app.data_access",
            "app.tour",
            "app.crash",
        )
        .check("app", only_direct_imports=True)
    )


def test_the_window_leaves_the_parser_to_the_process_that_reads() -> None:
    """Its rules and patterns take a tenth of a second to load: the first letter would wait."""
    (
        archrule("the window does not parse")
        .match("app.ui*")
        .should_not_import("app.services.parsing*")
        .check("app", only_direct_imports=True)
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_is_known_to_its_service_alone(engine: str) -> None:
    (
        archrule(f"only its service imports {engine}")
        .match("app*")
        .exclude(*ENGINES[engine])
        .should_not_import(f"{engine}*")
        .check("app", only_direct_imports=True)
    )


@pytest.mark.parametrize("pane", PANES)
def test_panes_do_not_know_each_other(pane: str) -> None:
    others = [f"{other}*" for other in PANES if other != pane]
    rule = archrule(f"{pane} stands alone").match(f"{pane}*")
    (
        rule.should_not_import(*others, "app.ui.main_window", "app.application", "app.cli*").check(
            "app", only_direct_imports=True
        )
    )


def test_the_program_starts_in_one_line() -> None:
    tree = ast.parse((PROJECT / "main.py").read_text("utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [node.module for node in imported] == ["app.application"]


@pytest.mark.parametrize("module", ["app.services.letter_intake", "app.services.checks", "app.cli"])
def test_a_command_loads_no_window_toolkit(module: str) -> None:
    code = f"import sys, {module}; print([m for m in sys.modules if m.startswith('PySide6')])"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_bare_exceptions_are_caught_in_two_places_only(nodes: dict[str, list[ast.AST]]) -> None:
    """Bugs have to reach the crash hook: only the job runner and guarded processes hand them on."""
    found = [
        name
        for name, of_module in nodes.items()
        for node in of_module
        if isinstance(node, ast.ExceptHandler)
        and isinstance(node.type, ast.Name)
        and node.type.id == "Exception"
    ]
    assert set(found) <= {"app/ui/jobs.py", "app/crash.py", "app/services/guard/worker.py"}


WAITS_FOR_THE_DISK = {
    "app/ui/departure.py": "what was set aside is read back",
    "app/ui/letter_flow.py": "a backup is about to take the place of everything",
    "app/ui/safekeeping.py": "the program ends",
    "app/ui/scan_reading.py": "once a letter, when its pictures have been read",
    "app/ui/second_start.py": "a second start hands its files over and ends",
    "app/ui/session.py": "the program ends",
    "app/ui/settling.py": "a frame at most",
    "app/ui/sheet/documents.py": "a letter that was just left is read again",
    "app/ui/vault_flow.py": "nothing may be left to write when the key is forgotten",
}
"""Where the window may wait for the disk for longer than a frame, and why."""


def test_no_way_from_letter_to_letter_waits_for_the_disk(nodes: dict[str, list[ast.AST]]) -> None:
    """Nor does anything else but what is told here: a slow disk would freeze the window."""
    found = {
        path
        for path, tree in nodes.items()
        for node in tree
        if path.startswith("app/ui/") and isinstance(node, ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("settle", "flush")
        if not any(isinstance(arg, ast.Name) and arg.id == "ONE_FRAME" for arg in node.args)
    }
    assert found == set(WAITS_FOR_THE_DISK)


def test_no_pdf_is_read_beside_the_window(nodes: dict[str, list[ast.AST]]) -> None:
    """The engine lets no other thread of its process go on: the window would stand still."""
    reading = [
        path
        for path, tree in nodes.items()
        for node in tree
        if path.startswith(("app/ui/", "app/services/rendering/"))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.services.pdf")
        if {"read", "extract"} & {one.name for one in node.names}
    ]
    assert reading == []


def test_no_network_socket_is_opened_by_our_code(nodes: dict[str, list[ast.AST]]) -> None:
    """One module knows Qt's network library, for a socket file that never leaves the computer."""
    networked = {"socket", "http", "urllib.request", "requests", "PySide6.QtNetwork"}
    local = {"QLocalServer", "QLocalSocket"}
    for path, of_module in nodes.items():
        for node in of_module:
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                is_local = {alias.name for alias in node.names} <= local
                if path == "app/ui/second_start.py" and is_local:
                    continue
                names = [node.module or ""]
            assert not networked & set(names), path


LANGUAGE = "app/services/language/"
# Names of files and of backups, in forms of their own.
NOT_ENGLISH = {"app/services/database/backup_names.py"}
FIGURES = re.compile(r"\\d(?:\{[\d,]+\}|[+*?])?|\[0-9\](?:\{[\d,]+\}|[+*?])?")
DATE_PATTERN = re.compile(
    r"N(?:\[[^\]]*[-/.][^\]]*\]|[-/]|\\\.)N(?:\[[^\]]*[-/.][^\]]*\]|[-/]|\\\.)N"
)
MONTH_NAMES = re.compile(r"jan(?:uary)?\W{1,4}feb", re.IGNORECASE)


def _reads_or_prints_dates(text: str) -> bool:
    """Whether a text of the program looks like a pattern for dates, or like a format of one."""
    if "%m/%d" in text or "%d/%m" in text or MONTH_NAMES.search(text):
        return True
    figures = FIGURES.sub(lambda match: "S" if "{3" in match[0] else "N", text)
    return bool(
        DATE_PATTERN.search(re.sub(r"\\[sb]|\(\?(?:P<\w+>|:|=|!|<!|<=)|[()*+?^$ ]", "", figures))
    )


def test_dates_are_read_and_printed_in_one_room(nodes: dict[str, list[ast.AST]]) -> None:
    found: set[str] = set()
    for name, of_module in nodes.items():
        if name.startswith(LANGUAGE):
            continue
        for node in of_module:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if _reads_or_prints_dates(node.value):
                    found.add(name)
            elif isinstance(node, ast.Attribute) and node.attr == "strptime":
                found.add(name)
    assert found - NOT_ENGLISH == set()


def test_a_dialog_for_files_begins_where_the_user_works(nodes: dict[str, list[ast.AST]]) -> None:
    """Without a folder Qt takes the one the process runs in, which is the program's own."""
    asking = {"getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"}
    nowhere = [
        f"{path}:{node.lineno}"
        for path, inside in nodes.items()
        for node in inside
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asking
        and (len(node.args) < 3 or isinstance(node.args[2], ast.Constant))
    ]
    assert not nowhere


@pytest.mark.parametrize(
    "pattern",
    [
        r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})",
        r"^\s*(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})\s*$",
        r"(?<![\w./-])(?P<m>[0-9]{1,2})/(?:[0-9]{1,2})/[0-9]+",
        r"(January|February|March) \d+",
        "%m/%d/%Y",
    ],
)
def test_a_pattern_for_dates_is_told(pattern: str) -> None:
    assert _reads_or_prints_dates(pattern)


@pytest.mark.parametrize(
    "pattern", [r"CM\d\d-\d{7}", r"\d{3}-(?!00)\d{2}-(?!0000)\d{4}", r"\d+(?:\.\d+)?", "MM/DD/YYYY"]
)
def test_another_pattern_is_not(pattern: str) -> None:
    assert not _reads_or_prints_dates(pattern)


def test_the_window_speaks_one_language(nodes: dict[str, list[ast.AST]]) -> None:
    """See docs/decisions/0006-one-language.md: no sentence is wrapped for a catalogue."""
    for path, of_module in nodes.items():
        for node in of_module:
            if isinstance(node, ast.Attribute):
                assert node.attr != "tr", path
                of_qt = isinstance(node.value, ast.Name) and node.value.id == "QCoreApplication"
                assert not (of_qt and node.attr == "translate"), path


# What a start or a first letter would wait for is imported when it is wanted, in these files alone.
LATE = {
    "a command, and a start without a window, load no toolkit": ("app/application.py",),
    "a data folder that is plain needs no vault, a start that is handed over no database": (
        "app/data_access.py",
        "app/cli/opening.py",
    ),
    "a window beside the work is loaded when it is opened": (
        "app/ui/archive/flow.py",
        "app/ui/beside/backups.py",
        "app/ui/beside/letter.py",
        "app/ui/beside/library.py",
        "app/ui/beside/program.py",
        "app/ui/beside/settings.py",
        "app/ui/command_wiring.py",
        "app/ui/departure.py",
        "app/ui/main_window.py",
        "app/ui/new_letter.py",
        "app/ui/redaction/flow.py",
        "app/ui/sheet/flow.py",
        "app/ui/vault_flow.py",
    ),
    "the first picture waits for no engine": (
        "app/ui/casefile/flow.py",
        "app/ui/casefile/opening.py",
        "app/ui/dialogs/letters_page.py",
        "app/ui/exporting.py",
        "app/ui/settings_exchange.py",
        "app/services/database/opening.py",
        "app/services/leaving.py",
        "app/services/letter_intake.py",
        "app/services/letter_reader.py",
        "app/services/rendering/renderer.py",
        "app/services/rendering/report_pdf.py",
        "app/services/rendering/word.py",
    ),
    "a reading or drawing process loads what its first task needs": (
        "app/services/letter_worker.py",
        "app/services/pdf/reading.py",
        "app/services/pdf/worker.py",
        "app/services/pdf_redaction/pictures.py",
    ),
    "the patterns of the rules and of documents are made with their first use": (
        "app/services/casefile/reading.py",
        "app/services/casefile/record.py",
        "app/ui/beginning_texts.py",
        "app/services/checks/running.py",
    ),
    "a command loads what it is asked for": (
        "app/cli/files.py",
        "app/cli/letters.py",
        "app/cli/options.py",
    ),
}


def _late_imports(of_module: list[ast.AST]) -> int:
    """How many imports of ours stand in functions."""
    functions = [each for each in of_module if isinstance(each, ast.FunctionDef)]
    late = {
        id(inner)
        for function in functions
        for inner in ast.walk(function)
        if isinstance(inner, ast.ImportFrom) and (inner.module or "").split(".")[0] == "app"
    }
    return len(late)


def test_imports_stand_at_the_top_but_for_what_a_start_would_wait_for(
    nodes: dict[str, list[ast.AST]],
) -> None:
    late = {path for path, of_module in nodes.items() if _late_imports(of_module)}
    named = {path for paths in LATE.values() for path in paths}
    assert late - named == set(), "import at the top, or say here what would wait for it"
    assert named - late == set(), "these import nothing late any more: take them off the table"
