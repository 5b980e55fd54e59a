"""The numbers of the code, to be read beside those of another state: `make house`.

`python -m tests.score.house [--base REVISION]` prints files, lines, the sizes of functions and classes,
branches, late imports of the project's own and public docstrings, and names the largest of each
kind. Numbers point at places to look at; they judge nothing.
"""

from __future__ import annotations

import argparse
import ast
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[2]
SMALL_FILE, LONG_FUNCTION, MANY_BRANCHES, LARGE_CLASS, MANY_METHODS = 65, 50, 12, 300, 25
SHOWN = 8
"""So many of the largest of each kind are named."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BRANCHES = (
    ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.comprehension, ast.match_case,
    ast.BoolOp,
)  # fmt: skip


class Piece(NamedTuple):
    """A function or class, and how large it is."""

    size: int
    where: str
    branches: int = 0
    methods: int = 0


class Numbers(NamedTuple):
    """What was counted, by its name, and the largest of each kind."""

    rows: dict[str, int]
    largest: dict[str, tuple[str, ...]]


def measure(root: Path) -> Numbers:
    """The numbers of the checkout at `root`."""
    files: list[int] = []
    functions: list[Piece] = []
    classes: list[Piece] = []
    late = public = explained = 0
    for path in sorted((root / "app").rglob("*.py")):
        source = path.read_text("utf-8")
        files.append(source.count("\n"))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
                place = f"{path.relative_to(root).as_posix()}:{node.lineno} {node.name}"
                if not node.name.startswith("_"):
                    public += 1
                    explained += ast.get_docstring(node) is not None
                if isinstance(node, ast.ClassDef):
                    classes.append(_class(node, place))
                else:
                    functions.append(_function(node, place))
                    late += sum(map(_is_late_import, _own(node)))
    tests = sum(path.read_text("utf-8").count("\n") for path in (root / "tests").rglob("*.py"))
    sizes = sorted(piece.size for piece in functions)
    rows = {
        "files in app": len(files),
        "lines in app": sum(files),
        "lines in tests": tests,
        f"files under {SMALL_FILE} lines": sum(size < SMALL_FILE for size in files),
        "lines of a function, median": _share(sizes, 0.5),
        "lines of a function, 99th of 100": _share(sizes, 0.99),
        f"functions over {LONG_FUNCTION} lines": sum(size > LONG_FUNCTION for size in sizes),
        f"functions over {MANY_BRANCHES} branches": sum(
            piece.branches > MANY_BRANCHES for piece in functions
        ),
        f"classes over {LARGE_CLASS} lines": sum(piece.size > LARGE_CLASS for piece in classes),
        f"classes over {MANY_METHODS} methods": sum(
            piece.methods > MANY_METHODS for piece in classes
        ),
        "late imports of our own": late,
        "public docstrings of 100": round(100 * explained / max(1, public)),
    }
    return Numbers(
        rows,
        {
            "longest functions": _most([(piece.size, piece.where) for piece in functions]),
            "most branches": _most([(piece.branches, piece.where) for piece in functions]),
            "largest classes": _most([(piece.size, piece.where) for piece in classes]),
            "most methods": _most([(piece.methods, piece.where) for piece in classes]),
        },
    )


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function itself, not in those within it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, (*_FUNCTIONS, ast.ClassDef)):
            yield from _own(child)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, place: str) -> Piece:
    branches = 1 + sum(isinstance(each, _BRANCHES) for each in _own(node))
    return Piece(_lines(node), place, branches)


def _class(node: ast.ClassDef, place: str) -> Piece:
    return Piece(_lines(node), place, methods=sum(isinstance(x, _FUNCTIONS) for x in node.body))


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_late_import(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "app"


def _share(sizes: Sequence[int], share: float) -> int:
    return sizes[min(len(sizes) - 1, int(len(sizes) * share))] if sizes else 0


def _most(sizes: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(f"{size} {where}" for size, where in sorted(sizes, reverse=True)[:SHOWN])


def _measured_at(revision: str) -> Numbers:
    archive = subprocess.run(
        ["git", "archive", revision, "app", "tests"], cwd=PROJECT, capture_output=True, check=True
    )
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as packed:
            packed.extractall(folder, filter="data")
        return measure(Path(folder))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--base", metavar="REVISION", help="another state to show beside this one")
    base = options.parse_args().base
    before = _measured_at(base).rows if base else {}
    now = measure(PROJECT)
    for name, number in now.rows.items():
        print(f"{name:34}{before.get(name, ''):>8}{number:>8}".rstrip())
    for kind, pieces in now.largest.items():
        print(f"\n{kind}")
        for piece in pieces:
            print(f"  {piece}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
