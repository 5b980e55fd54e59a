"""What is done to the picture of a page before it is read: even dots, soft edges, upright, level.

Measured: bicubic interpolation to 300 dots an inch both ways and a slight blur read a coarse fax far
better than the picture as it came; sharper interpolations and median filters read it worse.
"""

# The library has no full types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageFilter, ImageOps

DOTS = 300
"""Dots an inch, both ways."""
_BLUR = 1.2
_MOST_SKEW = 7.0
"""Degrees."""
_SMALL = 700
"""Pixels of the longer side of the picture in which the skew is looked for."""
_COARSE, _FINE = 0.5, 0.1
_SIDE_STEP, _SURELY = 1.0, 1.2
_LEAST_SKEW = 0.15
"""Degrees. Less does not harm the reading."""
_TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


class Prepared(NamedTuple):
    """A grey picture at `DOTS`; `skew` is by how many degrees its rows fell to the right before."""

    picture: Image.Image
    skew: float


def lies_on_its_side(picture: Image.Image) -> bool:
    """Whether its rows of ink run from top to bottom."""
    ink = _small_ink(picture)
    side = ink.transpose(Image.Transpose.ROTATE_90)
    angles = [step * _SIDE_STEP for step in range(*_steps(_MOST_SKEW, _SIDE_STEP))]
    lying = max(_contrast(side, angle) / side.height for angle in angles)
    return lying > _SURELY * max(_contrast(ink, angle) / ink.height for angle in angles)


def at_even_dots(picture: Image.Image, across: float, down: float) -> Image.Image:
    """A grey picture of `across` times `down` dots an inch brought to `DOTS` both ways."""
    picture = picture.convert("L")
    size = (
        max(1, round(picture.width * DOTS / across)),
        max(1, round(picture.height * DOTS / down)),
    )
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.BICUBIC)
    return picture


def softened(picture: Image.Image) -> Image.Image:
    """With the edges that scanning made hard a little soft."""
    return picture.filter(ImageFilter.GaussianBlur(_BLUR))


def turned_back(picture: Image.Image, turned: int) -> Image.Image:
    """The picture of a page whose text is turned so many degrees clockwise, turned upright."""
    return picture.transpose(_TURNS[turned]) if turned else picture


def levelled(picture: Image.Image) -> Prepared:
    """The picture with its rows level; what comes in at the corners is white."""
    skew = _skew(picture)
    if abs(skew) < _LEAST_SKEW:
        return Prepared(picture, 0.0)
    level = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    return Prepared(level, skew)


def _skew(picture: Image.Image) -> float:
    """By how many degrees the rows fall to the right: the turn at which ink lies in the thinnest rows."""
    small = _small_ink(picture)
    best = _best(small, [step * _COARSE for step in range(*_steps(_MOST_SKEW, _COARSE))])
    return _best(small, [best + step * _FINE for step in range(*_steps(_COARSE, _FINE))])


def _small_ink(picture: Image.Image) -> Image.Image:
    small = picture.copy()
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
    return ImageOps.invert(small)


def _steps(most: float, step: float) -> tuple[int, int]:
    count = math.floor(most / step + 0.5)
    return -count, count + 1


def _best(ink: Image.Image, angles: list[float]) -> float:
    # Of several as good the smallest turn: a page without rows stays as it is.
    return max(sorted(angles, key=abs), key=lambda angle: _contrast(ink, angle))


def _contrast(ink: Image.Image, angle: float) -> int:
    """How sharply rows of ink part from rows of paper when the picture is turned by that angle."""
    rows = ink.rotate(angle, Image.Resampling.BILINEAR).reduce((ink.width, 1))
    profile = rows.tobytes()
    return sum((one - other) ** 2 for one, other in pairwise(profile))
