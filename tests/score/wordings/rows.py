"""The wordings as data: kinds of error and harmless changes, and the half each belongs to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

HERE = Path(__file__).parent
HARMLESS = "harmless"

Half = Literal["open", "held_out"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One wording. `changes` are texts by where they are put: see `letters.changed`.

    `families` are the kinds of rule of which one would be right; a harmless change has none.
    """

    kind: str
    number: int
    base: str
    changes: Mapping[str, str]
    families: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.kind}.{self.number}"

    @property
    def harmless(self) -> bool:
        return not self.families


class _Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind as the files in `open/` have it: `put` and `issue` say where its wordings go."""

    base: str
    wordings: list[str | dict[str, str]]
    families: tuple[str, ...] = ()
    put: str = "rationale"
    issue: int = 1


class _Fresh(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind as the files in `rounds/` have it: each wording is letter|place|text."""

    wordings: list[str]
    families: tuple[str, ...] = ()


def load_rows(half: Half) -> tuple[Row, ...]:
    """All wordings of one half, errors and harmless changes, in the order of the files."""
    return tuple(_rows(half))


def load_rounds() -> dict[str, tuple[Row, ...]]:
    """The rounds of fresh wordings by name, each wording with its letter and its place."""
    found: dict[str, tuple[Row, ...]] = {}
    for path in sorted((HERE / "rounds").glob("*.toml")):
        kinds = msgspec.convert(_table(path), dict[str, _Fresh])
        found[path.stem] = tuple(
            Row(
                kind=name,
                number=number,
                base=(parts := wording.split("|", 2))[0],
                changes={parts[1]: parts[2]},
                families=kind.families,
            )
            for name, kind in kinds.items()
            for number, wording in enumerate(kind.wordings, start=1)
        )
    return found


def load_families() -> dict[str, tuple[str, ...]]:
    """The ids of the rules that are right for each family of `families.toml`."""
    return msgspec.convert(_table(HERE / "families.toml"), dict[str, tuple[str, ...]])


def _rows(half: Half) -> Iterator[Row]:
    for path in sorted((HERE / "open").glob("*.toml")):
        kinds = msgspec.convert(_table(path), dict[str, _Kind])
        aside = _table(HERE / "held_out" / path.name)
        for name, kind in kinds.items():
            first = 1 if half == "open" else len(kind.wordings) + 1
            wordings = kind.wordings if half == "open" else aside[name]["wordings"]
            for number, wording in enumerate(wordings, start=first):
                yield Row(
                    kind=name,
                    number=number,
                    base=kind.base,
                    changes=_changes(kind, wording),
                    families=kind.families,
                )


def _changes(kind: _Kind, wording: str | dict[str, str]) -> dict[str, str]:
    if isinstance(wording, dict):
        return wording
    return {f"{kind.put}@{kind.issue}": wording}


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
