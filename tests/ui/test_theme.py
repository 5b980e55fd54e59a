"""Every pair of colours that meets on the screen can be told apart: WCAG 2.2, level AA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Template

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.theme import COLOURS, RESOURCES, STRONG, Scheme

TEXT, SIGN = 4.5, 3.0
"""Least contrast of text (1.4.3), and of signs, borders and focus marks (1.4.11)."""

GROUNDS = ("window", "surface", "raised")
SOFT = ("accent_soft", "doubt_soft", "missing_soft", "error_soft")

WORDS = [
    *((role, ground) for role in ("text", "muted") for ground in (*GROUNDS, *SOFT)),
    *(
        (role, ground)
        for role in ("accent", "ok", "doubt", "missing", "edited", "error")
        for ground in (*GROUNDS, "accent_soft")
    ),
    ("doubt", "doubt_soft"),
    ("missing", "missing_soft"),
    ("error", "error_soft"),
    ("on_accent", "accent"),
    ("on_accent", "error"),
    ("muted", "line"),
    ("text", "selection"),
]
SIGNS = [
    *((role, ground) for role in ("outline", "accent", "error") for ground in GROUNDS),
    ("doubt", "doubt_soft"),
    ("error", "error_soft"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
]
SHEET = (RESOURCES / "style" / "desk.qss").read_text("utf-8")


def contrast(first: str, second: str) -> float:
    """WCAG's ratio of two colours, from 1 to 21."""
    lighter, darker = sorted(map(_luminance, (first, second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp, Scheme.LIGHT)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("role", "ground"), WORDS)
def test_words_can_be_read(role: str, ground: str, scheme: int):
    assert contrast(COLOURS[role][scheme], COLOURS[ground][scheme]) >= TEXT


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("role", "ground"), SIGNS)
def test_signs_borders_and_focus_can_be_seen(role: str, ground: str, scheme: int):
    assert contrast(COLOURS[role][scheme], COLOURS[ground][scheme]) >= SIGN


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_sheet_s_own_grey_of_arrows_can_be_seen(scheme: int):
    for name in ("chevron-down-neutral", "chevron-right-neutral"):
        svg = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
        grey = re.search(r'stroke="(#[0-9A-Fa-f]{6})"', svg)
        assert grey is not None
        assert contrast(grey[1], COLOURS["surface"][scheme]) >= SIGN


def test_every_colour_of_words_in_the_sheet_is_measured_here():
    measured = {role for role, _ in WORDS}
    used = set(re.findall(r"(?<![-\w])color: \$\{(\w+)\}", SHEET))
    # Disabled controls are exempt: they say by their grey that nothing is to be read there.
    assert used - {"outline"} <= measured
    rules = re.findall(r"([^{}]+)\{ *[^{}]*(?:\$\{\w+\}[^{}]*)*\}", SHEET)
    for rule in rules:
        if re.search(rf"{re.escape(rule)}\{{[^{{}}]*(?<![-\w])color: \$\{{outline\}}", SHEET):
            assert "disabled" in rule


def test_every_rule_with_both_colours_can_be_read():
    for body in re.findall(r"\{((?:[^{}]|\$\{\w+\})*)\}", SHEET):
        words = re.search(r"(?<![-\w])color: \$\{(\w+)\}", body)
        ground = re.search(r"background: \$\{(\w+)\}", body)
        if words and ground:
            for scheme in (0, 1):
                pair = COLOURS[words[1]][scheme], COLOURS[ground[1]][scheme]
                assert contrast(*pair) >= TEXT, (words[1], ground[1])


def test_the_sheet_names_only_what_there_is():
    names = set(Template(SHEET).get_identifiers())
    assert names <= {*COLOURS, "small", "title", "icons"}
    for picture in re.findall(r"url\(\$\{icons\}/([^)]+)\)", SHEET):
        assert (RESOURCES / "icons" / picture).is_file()


STRONGEST = 7.0
"""WCAG AAA."""


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "accent_soft", "doubt_soft"])
def test_strong_contrast_is_strong_on_every_ground(ground: str, scheme: int):
    for role in ("text", "muted", "accent", "ok", "doubt", "missing", "edited", "error"):
        assert contrast(STRONG[role][scheme], STRONG[ground][scheme]) >= STRONGEST, role
    assert contrast(STRONG["outline"][scheme], STRONG[ground][scheme]) >= TEXT
    assert contrast(STRONG["on_accent"][scheme], STRONG["accent"][scheme]) >= STRONGEST
    for tone in ("missing", "error"):
        pair = STRONG[tone][scheme], STRONG[f"{tone}_soft"][scheme]
        assert contrast(*pair) >= STRONGEST


def test_strong_contrast_is_taken_up_by_palette_icons_and_watches(
    qtbot: QtBot, dressed: QApplication
):
    theme.apply(dressed, Scheme.LIGHT)
    widget = QWidget()
    qtbot.addWidget(widget)
    watch = theme.LookWatch(widget)
    assert not theme.is_strong()
    with qtbot.waitSignal(watch.scheme_changed):
        theme.apply(dressed, Scheme.CONTRAST)
    dark = theme.is_dark()
    assert theme.is_strong()
    assert theme.colour("error").name().upper() == STRONG["error"][dark]
    picture = theme.icon("search", "muted").pixmap(32, 32).toImage()
    drawn = {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert STRONG["muted"][dark] in drawn
    theme.apply(dressed, Scheme.LIGHT)
    assert not theme.is_strong()


@pytest.mark.parametrize(
    ("scheme", "dark"), [(Scheme.LIGHT, False), (Scheme.DARK, True)], ids=["light", "dark"]
)
def test_the_palette_and_the_roles_agree(dressed: QApplication, scheme: Scheme, dark: bool):
    theme.apply(dressed, scheme, 12)
    palette = QGuiApplication.palette()
    assert theme.is_dark() is dark
    assert dressed.font().pointSizeF() == 12
    role = QPalette.ColorRole
    for words, ground, least in (
        (role.WindowText, role.Window, TEXT),
        (role.Text, role.Base, TEXT),
        (role.Text, role.AlternateBase, TEXT),
        (role.ButtonText, role.Button, TEXT),
        (role.ToolTipText, role.ToolTipBase, TEXT),
        (role.PlaceholderText, role.Base, TEXT),
        (role.Link, role.Base, TEXT),
        (role.HighlightedText, role.Highlight, TEXT),
    ):
        pair = palette.color(words).name(), palette.color(ground).name()
        assert contrast(*pair) >= least, (words, ground)


def test_icons_are_tinted_by_role(dressed: QApplication):
    for scheme, place in ((Scheme.LIGHT, 0), (Scheme.DARK, 1)):
        theme.apply(dressed, scheme)
        picture = theme.icon("square", "error").pixmap(32, 32).toImage()
        seen = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert seen == {QColor(COLOURS["error"][place]).name()}


@pytest.mark.parametrize(("size", "ratio"), [(14, 1.0), (18, 1.0), (20, 1.5), (24, 2.0)])
def test_icons_are_drawn_for_the_screen_they_are_on(dressed: QApplication, size: int, ratio: float):
    picture = theme.icon("square").pixmap(QSize(size, size), ratio)
    assert picture.devicePixelRatio() == ratio
    assert picture.size() == QSize(round(size * ratio), round(size * ratio))


def test_an_icon_is_dimmed_where_it_is_disabled(dressed: QApplication):
    theme.apply(dressed, Scheme.LIGHT)
    icon = theme.icon("square", "accent")
    strongest: dict[QIcon.Mode, int] = {}
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        picture = icon.pixmap(QSize(32, 32), mode).toImage()
        strongest[mode] = max(
            picture.pixelColor(x, y).alpha() for x in range(32) for y in range(32)
        )
    assert strongest[QIcon.Mode.Normal] == 255
    assert strongest[QIcon.Mode.Disabled] == pytest.approx(128, abs=1)


def test_an_unknown_role_is_a_mistake():
    with pytest.raises(KeyError):
        theme.colour("no such role")
