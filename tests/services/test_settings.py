"""Settings come back as they were kept, and nothing that is wrong stops the program."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.letter import Header, Letter
from app.services.checks.values import Override, Severity
from app.services.database import open_database
from app.services.rendering.files import file_name
from app.services.settings import (
    FILE_NAME_PARTS,
    KEY,
    Settings,
    folder_problem,
    load_settings,
    problem_of_pattern,
    read_settings,
    save_settings,
)
from app.services.store import Store

FULL = Settings(
    scheme="dark",
    text_points=12.5,
    dark_page=True,
    mask_on_start=True,
    by="A. Clerk",
    days_to_decide=45,
    spell_check=False,
    template_folder="/layouts",
    letterhead="Review",
    letterhead_second="Determination",
    logo='<svg xmlns="http://www.w3.org/2000/svg"/>',
    export_folder="/letters",
    backup_hours=4,
    file_name="{decision_date} {case_number} {kind}",
    rules={"dates": "off", "side": "info"},
)


@pytest.fixture
def store(tmp_path: Path) -> Any:
    database = open_database(tmp_path / "imr-desk.db")
    yield Store(database, tmp_path)
    database.close()


@pytest.mark.parametrize("settings", [Settings(), FULL])
def test_they_come_back_as_they_were_kept(store: Store, settings: Settings):
    save_settings(store, settings)
    assert load_settings(store) == settings


def test_nothing_kept_yet(store: Store):
    assert load_settings(store) == Settings()


def test_only_what_differs_is_kept(store: Store):
    save_settings(store, Settings(scheme="dark"))
    assert store.setting(KEY) == {"scheme": "dark"}


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (None, Settings()),
        ("words", Settings()),
        ([1, 2], Settings()),
        ({"of_a_later_version": 1, "by": "A"}, Settings(by="A")),
        ({"scheme": "purple", "by": "A"}, Settings(by="A")),
        ({"text_points": 400}, Settings()),
        ({"text_points": None}, Settings()),
        ({"text_points": "12"}, Settings()),
        ({"days_to_decide": 0, "dark_page": True}, Settings(dark_page=True)),
        ({"dark_page": "yes"}, Settings()),
        ({"file_name": "{name}"}, Settings()),
        ({"rules": {"a": "off", "b": "loud", "c": 3}}, Settings(rules={"a": "off"})),
        ({"rules": "off"}, Settings()),
    ],
)
def test_a_wrong_value_counts_as_not_set(kept: Any, expected: Settings):
    assert read_settings(kept) == expected


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(Settings.__struct_fields__), json_values))
def test_any_json_makes_settings_that_can_be_used(kept: dict[str, Any]):
    settings = read_settings(kept)
    assert settings.days_to_decide >= 1
    assert problem_of_pattern(settings.file_name) == ""
    assert read_settings(kept) == settings


def test_what_the_checks_and_the_layouts_take():
    assert FULL.overrides == {
        "dates": Override(off=True),
        "side": Override(off=False, severity=Severity.INFO),
    }
    assert FULL.check_numbers == {"days_standard": 45}
    assert FULL.layout_words == {"letterhead": "Review", "letterhead_second": "Determination"}
    assert Settings().layout_words == {}


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{case_number}", ""),
        ("{case_number} {kind} {decision_date}", ""),
        ("", "empty"),
        ("  ", "empty"),
        ("{kind}", "{case_number}"),
        ("{case_number} {patient}", "no {patient}"),
        ("{case_number", "brace"),
        ("{case_number}}", "brace"),
        ("{case_number}/{kind}", "'/'"),
    ],
)
def test_patterns_for_file_names(pattern: str, words: str):
    problem = problem_of_pattern(pattern)
    assert bool(problem) is bool(words)
    assert words in problem


def test_every_part_offered_can_be_filled():
    pattern = " ".join(f"{{{part}}}" for part in FILE_NAME_PARTS)
    letter = Letter(header=Header(case_number="CM16-0200001", decision_date=date(2016, 11, 28)))
    assert problem_of_pattern(pattern) == ""
    assert file_name(letter, "public copy", "pdf", pattern) == (
        "CM16-0200001 2016-11-28 public copy.pdf"
    )


def test_a_template_folder(tmp_path: Path):
    assert folder_problem("", "Otherwise.") == ""
    assert folder_problem(str(tmp_path), "Otherwise.") == ""
    assert folder_problem(str(tmp_path / "none"), "So.") == "There is no such folder. So."
