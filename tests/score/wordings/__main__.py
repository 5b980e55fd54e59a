"""How many errors are caught that were written without a look at the rules, and how many false alarms.

`python -m tests.score.wordings` runs the open half, `--held-out` the half set aside, `--rounds` the rounds
of fresh wordings, of which each file says what was caught when it was first run. `--list` names what
was missed and what was false, never of the half set aside: who has seen its misses has none any more.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from app.letter import FieldId
from app.services.checks import CheckContext, Finding, Severity, check
from tests.score.wordings.letters import base_names, changed_fields, letter_of, long_names
from tests.score.wordings.rows import Half, Row, load_families, load_rounds, load_rows

CONTEXT = CheckContext(today=date(2017, 6, 1))


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A row and what the checks say beyond what they say of its letter without the wording."""

    row: Row
    findings: tuple[Finding, ...]
    right: bool


def run(rows: Iterable[Row], families: Mapping[str, tuple[str, ...]]) -> list[Result]:
    """Each row's new errors and warnings. Right is a rule of its families at a field it changed."""
    before: dict[str, frozenset[str]] = {}
    results: list[Result] = []
    for row in rows:
        if row.base not in before:
            before[row.base] = frozenset(finding.key for finding in _findings(row.base, {}))
        new = tuple(f for f in _findings(row.base, row.changes) if f.key not in before[row.base])
        rules = {rule for family in row.families for rule in families[family]}
        fields = changed_fields(row.changes)
        right = any(f.rule in rules and fields & _places(f) for f in new)
        results.append(Result(row=row, findings=new, right=right))
    return results


def _findings(base: str, changes: Mapping[str, str]) -> list[Finding]:
    found = check(letter_of(base, changes), CONTEXT)
    return [finding for finding in found if finding.severity is not Severity.INFO]


def _places(finding: Finding) -> set[FieldId]:
    quoted = {quote.field for quote in finding.quotes if quote.field is not None}
    return {finding.field, *finding.related, *quoted}


def print_errors(results: list[Result]) -> None:
    """Caught by the right rule and by any, by the first family of each kind, and together."""
    print(f"{'family':22}{'wordings':>9}{'right rule':>12}{'any rule':>10}")
    by_family: dict[str, list[Result]] = {}
    for result in results:
        by_family.setdefault(result.row.families[0], []).append(result)
    for family, rows in sorted(by_family.items()):
        _print_line(family, rows)
    _print_line("all", results)
    kinds = {result.row.kind for result in results}
    whole = kinds - {result.row.kind for result in results if not result.right}
    print(f"kinds caught in every wording: {len(whole)} of {len(kinds)}")


def _print_line(name: str, results: list[Result]) -> None:
    right = sum(result.right for result in results)
    caught = sum(bool(result.findings) for result in results)
    print(
        f"{name:22}{len(results):9}{right:6} {right / len(results):4.0%} {caught:4} {caught / len(results):4.0%}"
    )


def print_false_alarms(results: list[Result]) -> None:
    """Findings on changes that are no errors: each is false."""
    alarmed = sum(bool(result.findings) for result in results)
    print(f"\nharmless changes with a false alarm: {alarmed} of {len(results)}")
    _print_rules(finding for result in results for finding in result.findings)


def print_sound(half: Half) -> None:
    """Findings on letters in which nothing is wrong: what is said of their facts is false."""
    names = base_names() + long_names(half)
    found = {name: _findings(name, {}) for name in names}
    print(f"\nsound letters with a finding: {sum(map(bool, found.values()))} of {len(names)}")
    _print_rules(finding for findings in found.values() for finding in findings)


def _print_rules(findings: Iterable[Finding]) -> None:
    for rule, count in Counter(finding.rule for finding in findings).most_common():
        print(f"  {count:4} {rule}")


def print_rounds(listed: bool) -> None:
    """How many of each round are caught now; what was caught at first stands in its file."""
    for name, rows in load_rounds().items():
        results = run(rows, load_families())
        errors = [result for result in results if not result.row.harmless]
        harmless = [result for result in results if result.row.harmless]
        _print_line(name, errors)
        alarmed = sum(bool(result.findings) for result in harmless)
        print(f"  harmless changes with a false alarm: {alarmed} of {len(harmless)}")
        if listed:
            print_missed(results)


def print_list(results: list[Result]) -> None:
    """Every miss and every false alarm; only ever of the open half."""
    for name in base_names() + long_names("open"):
        for finding in _findings(name, {}):
            print(f"\nsound  {name} [{finding.rule}] {finding.sentence}")
    print_missed(results)


def print_missed(results: list[Result]) -> None:
    """Each miss and each false alarm with what was said."""
    for result in results:
        if result.row.harmless and result.findings:
            print(f"\nfalse  {result.row.name}  {dict(result.row.changes)}")
        elif not result.row.harmless and not result.right:
            families = ", ".join(result.row.families)
            print(f"\nmissed {result.row.name} ({families})  {dict(result.row.changes)}")
        else:
            continue
        for finding in result.findings:
            print(f"       [{finding.rule}] {finding.sentence}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.score.wordings", description=__doc__)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--held-out", action="store_true", help="run the half set aside")
    parser.add_argument("--rounds", action="store_true", help="run the rounds of fresh wordings")
    chosen.add_argument("--list", action="store_true", help="name the misses of the open half")
    options = parser.parse_args(arguments)
    if options.rounds:
        print_rounds(options.list)
        return 0
    half: Half = "held_out" if options.held_out else "open"
    results = run(load_rows(half), load_families())
    print_errors([result for result in results if not result.row.harmless])
    print_false_alarms([result for result in results if result.row.harmless])
    print_sound(half)
    if options.list:
        print_list(results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
