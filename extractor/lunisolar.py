"""The Chinese calendar and the movable feasts, computed, so that no table has to be kept up.

New moons and the sun's longitude follow the series in J. Meeus, "Astronomical Algorithms"
(chapters 25 and 49), cut to an accuracy of minutes, as days of China Standard Time. That
settles the months of 1900 to 2100 but for a rare new moon within minutes of midnight.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from math import cos, floor, radians, sin

_EPOCH = dt.date(2000, 1, 1)
_EPOCH_JD = 2451544.5
_ISLAMIC = 1948440 - 1721425  # the ordinal of the day before the calendar's first, less a year
_CHINA = 8 / 24
_SYNODIC = 29.530588861
# Coefficients in days; the arguments are multiples of the sun's anomaly, the moon's anomaly
# and the moon's latitude, and the power of the eccentricity of the earth's orbit.
_NEW_MOON = (
    (-0.40720, 0, 1, 0, 0), (0.17241, 1, 0, 0, 1), (0.01608, 0, 2, 0, 0), (0.01039, 0, 0, 2, 0),
    (0.00739, -1, 1, 0, 1), (-0.00514, 1, 1, 0, 1), (0.00208, 2, 0, 0, 2), (-0.00111, 0, 1, -2, 0),
    (-0.00057, 0, 1, 2, 0), (0.00056, 1, 2, 0, 1), (-0.00042, 0, 3, 0, 0), (0.00042, 1, 0, 2, 1),
    (0.00038, 1, 0, -2, 1), (-0.00024, -1, 2, 0, 1), (-0.00007, 2, 1, 0, 0), (0.00004, 0, 2, -2, 0),
)  # fmt: skip


@cache
def solar_term(year: int, longitude: int) -> dt.date:
    """The day of ``year`` on which the sun reaches a longitude in degrees, a multiple of 15.

    >>> solar_term(2024, 15), solar_term(2023, 270)
    (datetime.date(2024, 4, 4), datetime.date(2023, 12, 22))
    """
    start = _EPOCH_JD + (dt.date(year, 1, 1) - _EPOCH).days
    moment = start + ((longitude - 280) % 360) * 365.2422 / 360
    for _ in range(5):
        gap = (longitude - _sun(moment) + 180) % 360 - 180
        moment += gap * 365.2422 / 360
    return _day(moment)


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> dt.date | None:
    """The day of the Chinese calendar; ``day`` -1 is the last of the month; None if it lacks one.

    >>> lunar_day(2024, 1, 1), lunar_day(2020, 4, 1, leap=True)
    (datetime.date(2024, 2, 10), datetime.date(2020, 5, 23))
    """
    span = lunar_month(year, month, leap=leap)
    if span is None:
        return None
    start, end = span
    found = start + dt.timedelta(days=day - 1) if day > 0 else end + dt.timedelta(days=day)
    return found if start <= found < end else None


def lunar_month(year: int, month: int, *, leap: bool = False) -> tuple[dt.date, dt.date] | None:
    """The first day of a month of the Chinese calendar and the first day after it."""
    this, following = _months_to_solstice(year), _months_to_solstice(year + 1)
    months = [*this[_new_year(this) :], *following[: _new_year(following) + 1]]
    for (number, is_leap, start), (_, _, end) in pairwise(months):
        if (number, is_leap) == (month, leap):
            return start, end
    return None


@cache
def easter(year: int, *, orthodox: bool = False) -> dt.date:
    """Easter Sunday, as a date of the Gregorian calendar (Meeus's rules, chapter 8).

    >>> easter(2024), easter(2024, orthodox=True)
    (datetime.date(2024, 3, 31), datetime.date(2024, 5, 5))
    """
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        julian = dt.date(year, (d + e + 114) // 31, (d + e + 114) % 31 + 1)
        return julian + dt.timedelta(days=year // 100 - year // 400 - 2)
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    total = h + weekday - 7 * m + 114
    return dt.date(year, total // 31, total % 31 + 1)


def islamic_day(year: int, month: int, day: int) -> dt.date | None:
    """The day of the tabular Islamic calendar that falls first in a Gregorian ``year``.

    Seen moons may move it by a day. None in the rare year that has none.

    >>> islamic_day(2024, 10, 1), islamic_day(2024, 12, 10)
    (datetime.date(2024, 4, 10), datetime.date(2024, 6, 17))
    """
    hijri = (year - 622) * 33 // 32 - 1
    for number in range(hijri, hijri + 4):
        days = (11 * number + 3) // 30 + 354 * number + 30 * month - (month - 1) // 2 + day
        found = dt.date.fromordinal(days - 385 + _ISLAMIC)
        if found.year == year:
            return found
    return None


@cache
def _months_to_solstice(year: int) -> tuple[tuple[int, bool, dt.date], ...]:
    """The months from the one with the winter solstice of ``year - 1`` up to the next such one."""
    first = _new_moon_by(solar_term(year - 1, 270))
    last = _new_moon_by(solar_term(year, 270))
    starts = [_new_moon(number) for number in range(first, last + 1)]
    months: list[tuple[int, bool, dt.date]] = []
    number, leap_left = 11, len(starts) - 1 == 13
    for start, end in pairwise(starts):
        if leap_left and months and not _has_principal_term(start, end):
            months.append(((number - 2) % 12 + 1, True, start))
            leap_left = False
            continue
        months.append(((number - 1) % 12 + 1, False, start))
        number += 1
    return tuple(months)


def _new_year(months: tuple[tuple[int, bool, dt.date], ...]) -> int:
    return next(i for i, (number, leap, _) in enumerate(months) if number == 1 and not leap)


def _has_principal_term(start: dt.date, end: dt.date) -> bool:
    return any(
        start <= solar_term(year, longitude) < end
        for year in {start.year, end.year}
        for longitude in range(0, 360, 30)
    )


def _new_moon_by(day: dt.date) -> int:
    """The number of the last new moon on or before ``day``."""
    number = floor((day - _EPOCH).days / _SYNODIC) + 1
    while _new_moon(number) > day:
        number -= 1
    return number


@cache
def _new_moon(number: int) -> dt.date:
    """The day of a new moon; number 0 is that of 6 January 2000."""
    t = number / 1236.85
    sun = radians(2.5534 + 29.10535670 * number - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * t * t)
    latitude = radians(160.7108 + 390.67050284 * number - 0.0016118 * t * t)
    node = radians(124.7746 - 1.56375588 * number + 0.0020672 * t * t)
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t
    moment = 2451550.09766 + _SYNODIC * number + 0.00015437 * t * t - 0.00017 * sin(node)
    moment += sum(
        size * eccentricity**power * sin(a * sun + b * moon + c * latitude)
        for size, a, b, c, power in _NEW_MOON
    )
    return _day(moment)


def _sun(moment: float) -> float:
    """The sun's apparent longitude in degrees at a Julian ephemeris day."""
    t = (moment - 2451545.0) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    # The largest pulls of the moon, Venus and Jupiter, which the low-accuracy series leaves out.
    pulls = (
        0.00179 * sin(radians(267.8 + 445267.11 * t))
        + 0.00134 * cos(radians(153.23 + 22518.7541 * t))
        + 0.00154 * cos(radians(216.57 + 45037.5082 * t))
        + 0.002 * cos(radians(312.69 + 32964.3577 * t))
    )
    return (mean + centre + pulls - 0.00569 - 0.00478 * sin(node)) % 360


def _day(moment: float) -> dt.date:
    """The day in China on which a Julian ephemeris day falls."""
    years = (moment - 2451545.0) / 365.25
    # The slowing of the earth's rotation, in days; good to a minute from 1900 to 2100.
    slowing = (63 + 0.33 * years + 0.0025 * years * years) / 86400
    return _EPOCH + dt.timedelta(days=floor(moment - slowing + _CHINA - _EPOCH_JD))
