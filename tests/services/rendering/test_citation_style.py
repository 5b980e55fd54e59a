"""How a letter prints citations: its layout says so, also a layout of the user's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.letter import Letter
from app.paths import FONTS, TEMPLATES
from app.services.citations import Style
from app.services.rendering import Renderer


@pytest.mark.parametrize(
    ("layout", "style"),
    [
        ("maximus-2014", Style.PAGES_2014),
        ("maximus-2015", Style.PAGES_2014),
        ("maximus-2016", Style.SECTIONS_2016),
        ("plain", Style.SECTIONS_2016),
        ("of-nobody", Style.SECTIONS_2016),
    ],
)
def test_the_layouts_manifest_says_it(layout: str, style: Style) -> None:
    assert Renderer([TEMPLATES], FONTS).citation_style(Letter(layout=layout)) is style


def test_a_layout_of_ones_own_has_its_own_style(tmp_path: Path) -> None:
    own = tmp_path / "house"
    shutil.copytree(TEMPLATES / "maximus-2016", own)
    manifest = own / "layout.toml"
    words = manifest.read_text(encoding="utf-8")
    manifest.write_text(
        words.replace('"maximus-2016"', '"house"').replace('"sections"', '"pages"'),
        encoding="utf-8",
    )
    renderer = Renderer([tmp_path, TEMPLATES], FONTS)
    assert renderer.citation_style(Letter(layout="house")) is Style.PAGES_2014
    manifest.write_text("no manifest", encoding="utf-8")
    assert renderer.citation_style(Letter(layout="house")) is Style.SECTIONS_2016
