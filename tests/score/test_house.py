"""The numbers of the code are counted as their names say."""

from __future__ import annotations

from pathlib import Path

from tests.score.house import measure

SOURCE = '''
"""A module."""
from app.letter import Letter


class Desk:
    """One with two methods."""

    def open(self, wide):
        """A late import and three branches more than none."""
        from app.services import pdf
        if wide and pdf:
            return [each for each in wide]
        return []

    def _close(self):
        def inner(way):
            return 1 if way else 2

        return inner
'''


def test_they_are_counted(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "app" / "desk.py").write_text(SOURCE)
    (tmp_path / "tests" / "test_desk.py").write_text("\n" * 7)
    numbers = measure(tmp_path)
    assert numbers.rows["files in app"] == numbers.rows["files under 65 lines"] == 1
    assert numbers.rows["lines in tests"] == 7
    assert numbers.rows["late imports of our own"] == 1
    assert numbers.rows["public docstrings of 100"] == 67  # `inner` has none
    assert numbers.largest["most branches"][0] == "4 app/desk.py:9 open"
    assert numbers.largest["most methods"] == ("2 app/desk.py:6 Desk",)
    assert "2 app/desk.py:17 inner" in numbers.largest["most branches"]
    assert "1 app/desk.py:16 _close" in numbers.largest["most branches"]
