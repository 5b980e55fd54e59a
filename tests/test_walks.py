"""The walks of ARCHITECTURE.md lead through files and functions that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
STEP = re.compile(r"^\d+\. `(?P<file>app/[\w/]+\.py)` `(?P<function>\w+)`: \S", re.MULTILINE)


def walks() -> dict[str, list[tuple[str, str]]]:
    """Each walk by its name: files and functions in order."""
    text = (PROJECT / "ARCHITECTURE.md").read_text("utf-8")
    (told,) = re.findall(r"^## Five walks\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    parts = re.split(r"^\*\*(.+)\*\*$", told, flags=re.MULTILINE)[1:]
    return {
        name: [(step["file"], step["function"]) for step in STEP.finditer(steps)]
        for name, steps in zip(parts[::2], parts[1::2], strict=True)
    }


def test_there_are_five_of_at_least_six_steps() -> None:
    assert len(walks()) == 5
    assert all(len(steps) >= 6 for steps in walks().values())


@pytest.mark.parametrize("name", walks())
def test_a_walk_leads_through_what_is_there(name: str) -> None:
    steps = walks()[name]
    files = [file for file, _ in steps]
    assert len(files) == len(set(files)), "a file is gone through twice"
    for file, function in steps:
        tree = ast.parse((PROJECT / file).read_text("utf-8"))
        named = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert function in named, f"{file} has no {function}"


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/glossary.md"])
def test_what_a_document_for_newcomers_names_is_there(document: str) -> None:
    named = re.findall(r"`([\w/.-]+)`", (PROJECT / document).read_text("utf-8"))
    paths = [name for name in named if "/" in name and not name.startswith("build/")]
    assert len(paths) > 8
    for path in paths:
        places = [PROJECT / path, PROJECT / "app" / path, PROJECT / "app" / "services" / path]
        assert any(place.exists() for place in places), path
