"""Date arithmetic: stretches of the calendar, their parts, and their SDMX codes.

A stretch is half-open: ``end`` is the first moment after it. Its grain says what it was
called by (a half of the year and "January to June" cover the same days).
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from typing import NamedTuple

MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1, "decade": 120, "century": 1200}
LENGTHS = {
    "week": dt.timedelta(weeks=1),
    "day": dt.timedelta(days=1),
    "hour": dt.timedelta(hours=1),
    "minute": dt.timedelta(minutes=1),
    "second": dt.timedelta(seconds=1),
}
UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
# Half of a unit, in smaller ones.
HALVES = {
    "year": ("month", 6),
    "month": ("day", 15),
    "day": ("hour", 12),
    "hour": ("minute", 30),
    "minute": ("second", 30),
}
# Parts of a month: how many days each has, and the number of the last, which has the rest.
_SHARES = {"third": (10, 3), "fortnight": (15, 2)}
# From the coarsest to the finest: a finer grain is counted inside a coarser one.
RANKS = {
    "century": 0,
    "decade": 1,
    "years": 1,
    "year": 2,
    "season": 3,
    "leap": 4,
    "lunar_month": 5,
    "lunar_day": 7,
    "holiday": 7,
    "half": 3,
    "quarter": 4,
    "month": 5,
    "third": 6,
    "fortnight": 6,
    "week": 7,
    "day": 7,
    "monday": 6,
    "nth": 7,
    "weekday": 8,
    "weekend": 8,
    "part": 9,
    "hour": 10,
    "later": 10,
    "minute": 11,
    "second": 12,
}

# The same few years and months come up in every text: that many results are kept of each.
_remembered = lru_cache(maxsize=500)


class Stretch(NamedTuple):
    """The time from ``start`` up to, and without, ``end``."""

    start: dt.datetime
    end: dt.datetime
    grain: str

    @property
    def last_day(self) -> dt.date:
        return max(self.start, self.end - dt.timedelta(microseconds=1)).date()


def month(year: int, number: int) -> dt.datetime:
    """The first moment of a month; ``number`` may run past the year in both directions."""
    return dt.datetime(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)


@_remembered
def months(start: dt.datetime, count: int, grain: str) -> Stretch:
    """``count`` months from the month that ``start`` lies in."""
    return Stretch(month(start.year, start.month), month(start.year, start.month + count), grain)


@_remembered
def years(first: int, last: int, grain: str = "years") -> Stretch:
    """From the first day of one year to the last day of another."""
    return Stretch(dt.datetime(first, 1, 1), dt.datetime(last + 1, 1, 1), grain)


@_remembered
def around(moment: dt.datetime, grain: str) -> Stretch:
    """The calendar unit that ``moment`` lies in."""
    if grain in MONTHS:
        size = MONTHS[grain]
        index = (moment.year * 12 + moment.month - 1) // size * size
        return Stretch(month(0, index + 1), month(0, index + 1 + size), grain)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if grain == "week":
        start = day - dt.timedelta(days=day.weekday())
    elif grain == "day":
        start = day
    else:
        kept = {"hour": 1, "minute": 2, "second": 3}[grain]
        clock = [moment.hour, moment.minute, moment.second][:kept] + [0, 0, 0][kept:]
        start = day.replace(hour=clock[0], minute=clock[1], second=clock[2])
    return Stretch(start, start + LENGTHS[grain], grain)


@_remembered
def shifted(moment: dt.datetime, grain: str, count: int) -> dt.datetime:
    """``moment`` moved by ``count`` units; a day that a month lacks becomes its last."""
    if grain not in MONTHS:
        return moment + LENGTHS[grain] * count
    first = month(moment.year, moment.month + MONTHS[grain] * count)
    day = min(moment.day, calendar.monthrange(first.year, first.month)[1])
    return moment.replace(year=first.year, month=first.month, day=day)


@_remembered
def nth(stretch: Stretch, grain: str, number: int) -> Stretch | None:
    """The ``number``-th unit inside a stretch (from 1; from -1 at its end), if it has one.

    Weeks are whole weeks that begin inside the stretch, as "the first week of May" is.
    """
    if grain in _SHARES:
        days, count = _SHARES[grain]
        start = stretch.start + dt.timedelta(days=days * (number - 1))
        end = stretch.end if number == count else start + dt.timedelta(days=days)
        return Stretch(start, end, grain)
    if grain in MONTHS:
        size = MONTHS[grain]
        offset = size * (number - 1) if number > 0 else size * number
        base = stretch.start if number > 0 else stretch.end
        found = Stretch(
            month(base.year, base.month + offset),
            month(base.year, base.month + offset + size),
            grain,
        )
    else:
        length = LENGTHS[grain]
        base = stretch.start if number > 0 else stretch.end
        if grain == "week" and base.weekday():
            base += dt.timedelta(days=7 - base.weekday())
        start = base + length * (number - 1 if number > 0 else number)
        found = Stretch(start, start + length, grain)
    return found if stretch.start <= found.start < stretch.end else None


@_remembered
def run(stretch: Stretch, grain: str, count: int) -> Stretch | None:
    """The first ``count`` units of a stretch, or its last ones where ``count`` is negative."""
    if count > 0:
        first, last = nth(stretch, grain, 1), nth(stretch, grain, count)
    else:
        first, last = nth(stretch, grain, count), nth(stretch, grain, -1)
    if first is None or last is None:
        return None
    return Stretch(first.start, last.end, grain if abs(count) == 1 else spanning(grain))


def spanning(grain: str) -> str:
    """The grain of a span that is told in such units: years, months or days."""
    if grain in ("years", "months"):
        return grain
    if grain in MONTHS:
        return "years" if MONTHS[grain] >= MONTHS["year"] else "months"
    return "days"


@_remembered
def code(stretch: Stretch) -> str:
    """The SDMX / ISO 8601 code: 2023, 2023-S1, 2023-Q3, 2023-09, 2024-01-24, or ``a/b``.

    >>> code(years(2016, 2020))
    '2016/2020'
    """
    start, end = stretch.start, stretch.end
    if stretch.grain in ("half", "quarter"):
        size = MONTHS[stretch.grain]
        letter = "S" if stretch.grain == "half" else "Q"
        return f"{start.year:04d}-{letter}{(start.month - 1) // size + 1}"
    if stretch.grain == "week":
        iso = start.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}"
    if start == end or not _is_midnight(start) or not _is_midnight(end):
        first, last = start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes")
        return first if start == end or stretch.grain in LENGTHS else f"{first}/{last}"
    if start.day == 1 and end.day == 1 and stretch.grain != "days":
        if start.month == 1 and end.month == 1 and stretch.grain != "months":
            return _join(f"{start.year:04d}", f"{end.year - 1:04d}")
        return _join(*(f"{day.year:04d}-{day.month:02d}" for day in (start, stretch.last_day)))
    return _join(start.date().isoformat(), stretch.last_day.isoformat())


def _is_midnight(moment: dt.datetime) -> bool:
    return moment.time() == dt.time.min


def _join(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"
