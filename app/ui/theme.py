"""How the program looks: one table of colours, icons tinted by role, one style sheet.

The scheme in force lives in the application's palette and nowhere else, so that there is nothing
to keep in step.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import lru_cache, partial
from string import Template

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.paths import RESOURCES

STYLE = "fusion"
_WANTED = "wanted_sheet"
WORDS_GAP = 8
"""Pixels that a wide icon adds around itself, half of them before the words beside it."""

# role: (light, dark). tests/ui/test_theme.py holds every pair that meets on screen to WCAG AA.
COLOURS: dict[str, tuple[str, str]] = {
    "window": ("#F4F5F7", "#16181C"),
    "surface": ("#FFFFFF", "#1E2126"),
    "raised": ("#FAFBFC", "#272B32"),
    "text": ("#1A1E26", "#E7E9ED"),
    "muted": ("#576070", "#A3ABB8"),
    "accent": ("#1D5BB8", "#86B4FF"),
    "on_accent": ("#FFFFFF", "#10192A"),
    "accent_soft": ("#E4EDFA", "#22324A"),
    "line": ("#D9DDE4", "#363B44"),
    "outline": ("#868E9B", "#6F7887"),
    "ok": ("#1B7041", "#74D095"),
    "doubt": ("#8A5200", "#F2B65F"),
    "doubt_soft": ("#FFF4DC", "#3A2F1A"),
    "missing": ("#A32A3E", "#F6919C"),
    "missing_soft": ("#FDECEE", "#402329"),
    "edited": ("#5A3EA6", "#BBA6FF"),
    "error": ("#B0241C", "#FF8F85"),
    "error_soft": ("#FDEBEA", "#442522"),
    "page": ("#FFFFFF", "#1B1D21"),
    "lit": ("#FFD54A", "#E0B030"),
    "find": ("#8CC4FF", "#3C78BE"),
    "selection": ("#A9CBFF", "#35598C"),
}


# What takes the place of the same role where strong contrast is wanted: words and signs at 7 to 1 on
# every ground (WCAG AAA), grounds black or white.
STRONG: dict[str, tuple[str, str]] = {
    **COLOURS,
    "window": ("#FFFFFF", "#000000"),
    "surface": ("#FFFFFF", "#000000"),
    "raised": ("#FFFFFF", "#000000"),
    "text": ("#000000", "#FFFFFF"),
    "muted": ("#2B2F36", "#E4E7EC"),
    "accent": ("#00317A", "#9CCBFF"),
    "on_accent": ("#FFFFFF", "#000000"),
    "accent_soft": ("#E4EDFA", "#10233D"),
    "line": ("#000000", "#FFFFFF"),
    # What cannot be used is told by it too, and so is not as strong as words.
    "outline": ("#5A6270", "#A7AFBC"),
    "ok": ("#0B4A27", "#8FEBAB"),
    "doubt": ("#5C3500", "#FFD08A"),
    "doubt_soft": ("#FFF4DC", "#2B2210"),
    "missing": ("#7A1028", "#FFB3BB"),
    "missing_soft": ("#FDECEE", "#301419"),
    "edited": ("#3F2585", "#D3C6FF"),
    "error": ("#7F0F09", "#FFB5AE"),
    "error_soft": ("#FDEBEA", "#331412"),
}


class Scheme(StrEnum):
    """What the user chose; SYSTEM follows the desktop, in its wish for strong contrast too."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    """Strong contrast, light or dark as the desktop."""


def is_dark() -> bool:
    """Whether the application's palette is the dark one."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def colour(role: str) -> QColor:
    """The colour of a role in the scheme in force. Raises KeyError for an unknown role."""
    return QColor(_colours()[role][is_dark()])


def is_strong() -> bool:
    """Whether the application's palette is one of strong contrast."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return ground.name().upper() == STRONG["window"][is_dark()]


def _colours() -> dict[str, tuple[str, str]]:
    """The colours in force."""
    return STRONG if is_strong() else COLOURS


@lru_cache(maxsize=512)
def icon(name: str, role: str = "text") -> QIcon:
    """A one-colour icon of `resources/icons`, tinted by role, dimmed where disabled.

    It is drawn in the scheme that is in force when it is drawn.
    """
    svg = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    return QIcon(_TintedShape(svg, role))


class _TintedShape(QIconEngine):
    """Draws an icon in the sizes that are asked for: sharp at each, and none before it is seen."""

    def __init__(self, svg: str, role: str) -> None:
        super().__init__()
        self._svg = svg
        self._role = role
        self._pictures: dict[tuple[int, int, bool, str], QPixmap] = {}

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        if size.isEmpty():
            return QPixmap()  # nothing can be painted on it, as in a button without room
        dim = mode is QIcon.Mode.Disabled
        key = size.width(), size.height(), dim, self._tint(dim)
        if key not in self._pictures:
            picture = QPixmap(size)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self._draw(painter, QRectF(0, 0, size.width(), size.height()), dim)
            painter.end()
            self._pictures[key] = picture
        return self._pictures[key]

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        self._draw(painter, QRectF(rect), mode is QIcon.Mode.Disabled)

    def _draw(self, painter: QPainter, area: QRectF, dim: bool) -> None:
        tinted = self._svg.replace("currentColor", self._tint(dim))
        shape = QSvgRenderer(QByteArray(tinted.encode()))
        shape.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        painter.save()
        painter.setOpacity(0.5 if dim else 1.0)
        shape.render(painter, area)
        painter.restore()

    def _tint(self, dim: bool) -> str:
        return _colours()["muted" if dim else self._role][is_dark()]

    @override
    def clone(self) -> _TintedShape:
        return _TintedShape(self._svg, self._role)


class LookWatch(QObject):
    """Tells a widget once that another look is in force, so that it makes anew what it has made of
    colours or of the size of text.

    A change of scheme comes as several changes of the palette, and a palette changes for other
    reasons too; so does a font.
    """

    scheme_changed = Signal()
    text_changed = Signal()
    """The text of the whole program has another size."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._scheme, self._points = (is_dark(), is_strong()), QApplication.font().pointSizeF()
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Later: no looks are asked for while a style sheet is being put on.
        is_palette = event.type() == QEvent.Type.PaletteChange
        if is_palette and (is_dark(), is_strong()) != self._scheme:
            self._scheme = is_dark(), is_strong()
            QTimer.singleShot(0, self, self.scheme_changed.emit)
        elif event.type() == QEvent.Type.FontChange:
            points = QApplication.font().pointSizeF()
            if points != self._points:
                self._points = points
                QTimer.singleShot(0, self, self.text_changed.emit)
        return super().eventFilter(watched, event)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and have it looked at again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def show_words_beside_icon(button: QToolButton) -> None:
    """Give a button its words, with the air before them that the toolkit leaves out."""
    size = button.iconSize()
    button.setIconSize(QSize(size.width() + WORDS_GAP, size.height()))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)


def apply(application: QApplication, scheme: Scheme, points: float | None = None) -> None:
    """Dress the whole application; `points` is the size of its text, None for the platform's."""
    application.setStyleSheet(_undress(application, scheme, points))


def change(application: QApplication, scheme: Scheme, points: float | None = None) -> None:
    """The same while windows are open, in two turns of the event loop: each of them works out the
    looks of every widget once, so that no key waits for both. Nothing is painted between them."""
    windows = [window for window in application.topLevelWidgets() if window.isVisible()]
    for window in windows:
        window.setUpdatesEnabled(False)
    application.setProperty(_WANTED, _undress(application, scheme, points))
    QTimer.singleShot(0, application, partial(_dress, application, windows))


def _dress(application: QApplication, windows: list[QWidget]) -> None:
    sheet = application.property(_WANTED)
    if sheet:  # the last of several changes
        application.setProperty(_WANTED, "")
        application.setStyleSheet(sheet)
    for window in windows:
        if isValid(window):
            window.setUpdatesEnabled(True)


def _undress(application: QApplication, scheme: Scheme, points: float | None) -> str:
    """Palette and font without a sheet; gives the sheet that goes with them."""
    follows = scheme in (Scheme.SYSTEM, Scheme.CONTRAST)
    dark = scheme is Scheme.DARK or (follows and _desktop_is_dark())
    strong = scheme is Scheme.CONTRAST or (follows and _desktop_wants_contrast())
    colours = STRONG if strong else COLOURS
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSizeF(points or max(font.pointSizeF(), 10.0))
    size = font.pointSizeF()
    sheet = Template((RESOURCES / "style" / "desk.qss").read_text("utf-8")).substitute(
        {role: pair[dark] for role, pair in colours.items()},
        small=f"{size * 0.9:.1f}pt",
        title=f"{size * 1.25:.1f}pt",
        icons=(RESOURCES / "icons").as_posix(),
    )
    # Under a sheet each of these steps works out the looks of every widget, and another sheet in
    # place of one does so twice: a change takes a third of the time this way.
    application.setStyleSheet("")
    if application.style().name() != STYLE:
        application.setStyle(STYLE)
    application.setPalette(_palette(colours, dark))
    application.setFont(font)
    return sheet


@contextmanager
def laid_aside(application: QApplication) -> Iterator[None]:
    """Without the style sheet while a window is put together.

    It would be worked out anew for all that is inside at each step; this way it is done once.
    """
    sheet = application.styleSheet()
    application.setStyleSheet("")
    try:
        yield
    finally:
        application.setStyleSheet(sheet)


def _desktop_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _desktop_wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()  # held: what it gives lives as long as it
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def _palette(colours: dict[str, tuple[str, str]], dark: bool) -> QPalette:
    def tone(role: str) -> QColor:
        return QColor(colours[role][dark])

    role = QPalette.ColorRole
    palette = QPalette()
    for target, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "raised"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "error"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Link, "accent"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Mid, "line"),
        (role.Midlight, "line"),
        (role.Light, "raised"),
        (role.Dark, "outline"),
        (role.Shadow, "outline"),
        (role.Accent, "accent"),
    ):
        palette.setColor(target, tone(name))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, tone("outline"))
    return palette
