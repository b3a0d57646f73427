"""The map in cells, so that what is near a spot is found in a few of them."""

from __future__ import annotations

import math
from collections.abc import Iterator

from streams.merging.compatible import EARTH_RADIUS_KM, NEAR_KM

Cell = tuple[int, int]
"""Number of the band of latitude, from the equator, and of the cell in it, from Greenwich eastwards."""

BAND_DEGREES = 0.6
"""Of latitude: twice `NEAR_KM` and a little, so that what is near a spot mostly lies in one band or two."""
CELL_KM = 2 * NEAR_KM
"""A cell is at least so wide, if the band is."""
_REACH = math.degrees(NEAR_KM / EARTH_RADIUS_KM) * 1.001
"""`NEAR_KM` in degrees along a great circle, with room for rounding."""


def cell_of(lat: float, lon: float) -> Cell:
    """The cell of a spot."""
    band = math.floor(lat / BAND_DEGREES)
    return band, _number(band, lon)


def cells_near(lat: float, lon: float) -> Iterator[Cell]:
    """The cells that hold every spot at most `NEAR_KM` away."""
    for band in range(math.floor((lat - _REACH) / BAND_DEGREES), math.floor((lat + _REACH) / BAND_DEGREES) + 1):
        around = _cells_around(band)
        reach = _reach_east(lat)
        first, last = (math.floor((lon + way) / 360 * around) for way in (-reach, reach))
        for number in range(first, min(last, first + around - 1) + 1):
            yield band, number % around


def _number(band: int, lon: float) -> int:
    around = _cells_around(band)
    return math.floor(lon / 360 * around) % around


def _cells_around(band: int) -> int:
    """How many cells make up the band: as many as are `CELL_KM` wide on its narrow side."""
    edge = min(90.0, max(abs(band), abs(band + 1)) * BAND_DEGREES)
    return max(1, math.floor(2 * math.pi * EARTH_RADIUS_KM * math.cos(math.radians(edge)) / CELL_KM))


def _reach_east(lat: float) -> float:
    """Most degrees of longitude between a spot at this latitude and one that is near; half the globe at a pole."""
    if abs(lat) + _REACH >= 90:
        return 180.0
    return math.degrees(math.asin(math.sin(math.radians(_REACH)) / math.cos(math.radians(lat))))
