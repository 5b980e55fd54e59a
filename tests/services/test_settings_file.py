"""What one desk sets is what another gets, but for what is one person's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.paths import DATABASE, SNIPPETS
from app.services.checks.values import HouseRule
from app.services.database import open_database
from app.services.settings import KEYS, OWN_WORDS, Settings, load_settings, save_settings
from app.services.settings_file import settings_file, take_settings_file
from app.services.snippets import Snippet, Snippets
from app.services.store import Store
from app.services.vault import Cipher


class Place:
    """A data folder with its settings."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.database = open_database(folder / DATABASE)
        self.store = Store(self.database, folder)
        self.snippets = Snippets(SNIPPETS, folder, Cipher())


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    two = Place(tmp_path / "one"), Place(tmp_path / "other")
    yield two
    for each in two:
        each.database.close()


def test_another_desk_is_set_up_alike(desks: tuple[Place, Place]) -> None:
    one, other = desks
    settings = Settings(
        by="One Person",
        letterhead="Northside",
        text_points=12,
        rules={"weekend": "off"},
        house_rules=(
            HouseRule(id="h1", field="clinical_summary", pattern="never", sentence="No absolutes."),
        ),
    )
    save_settings(one.store, settings)
    one.store.save_setting(KEYS, {"backup": "Ctrl+Alt+B"})
    one.store.save_setting(OWN_WORDS, ["dolorimetry"])
    one.snippets.save(Snippet(name="ours", title="Ours", text="As ***."))
    save_settings(other.store, Settings(by="Another Person", days_to_decide=20))
    other.store.save_setting(KEYS, {"find": "Ctrl+Alt+F"})
    data = settings_file(one.store, one.snippets)
    taken, left = take_settings_file(data, other.store, other.snippets)
    assert left == ()
    assert b"Person" not in data
    assert taken == load_settings(other.store)
    assert (taken.by, taken.letterhead, taken.days_to_decide) == ("Another Person", "Northside", 20)
    assert (taken.rules, taken.house_rules) == (settings.rules, settings.house_rules)
    assert other.store.setting(KEYS) == {"find": "Ctrl+Alt+F", "backup": "Ctrl+Alt+B"}
    assert other.store.setting(OWN_WORDS) == ["dolorimetry"]
    assert [snippet.name for snippet in other.snippets.own()] == ["ours"]


def test_what_cannot_be_used_is_told_and_the_rest_taken_over(desks: tuple[Place, Place]) -> None:
    one, _ = desks
    data = json.dumps({
        "imr_desk_settings": 1,
        "settings": {"letterhead": "Kept", "text_points": 900, "of_tomorrow": 1, "rules": {"a": "?"}},
        "snippets": [{"name": "a b", "title": "No", "text": "x"}, {"name": "y", "title": "Y", "text": "y"}],
    }).encode()  # fmt: skip
    taken, left = take_settings_file(data, one.store, one.snippets)
    assert taken.letterhead == "Kept"
    assert [words.split()[2] for words in left[:3]] == ["text_points", "of_tomorrow", "rules"]
    assert "a b" in left[3]
    assert [snippet.name for snippet in one.snippets.own()] == ["y"]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"imr_desk_settings": 2}', b"\xff", b"[" * 9999]
)
def test_what_is_no_such_file_changes_nothing(desks: tuple[Place, Place], data: bytes) -> None:
    one, _ = desks
    save_settings(one.store, Settings(letterhead="Mine"))
    with pytest.raises(UserError):
        take_settings_file(data, one.store, one.snippets)
    assert load_settings(one.store).letterhead == "Mine"
