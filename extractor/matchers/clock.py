"""Weekdays and times of day inside a day, a week or a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from extractor.calendar import Stretch
from extractor.tables.periods import DayPart

FIELDS = frozenset({"nth", "weekday", "weekend", "part", "hour", "minute", "second", "later"})
_DAY = dt.timedelta(days=1)


def within(stretch: Stretch, fields: Mapping[str, int], parts: Sequence[DayPart]) -> Stretch:
    """The weekday, part of the day or moment that ``fields`` name inside ``stretch``."""
    if "weekend" in fields:
        return Stretch(stretch.start + _DAY * 5, stretch.start + _DAY * 7, "span")
    if "weekday" in fields:
        stretch = _weekday(stretch, fields["weekday"], fields.get("nth", 1))
    day = stretch.start
    part = parts[fields["part"]] if "part" in fields else None
    if "hour" in fields:
        hour = hour_of(fields, parts)
        minute, second = fields.get("minute", 0), fields.get("second", 0)
        moment = day + dt.timedelta(hours=hour, minutes=minute, seconds=second)
        return Stretch(moment, moment, "second" if "second" in fields else "minute")
    if part is not None:
        first, last = (dt.timedelta(hours=hour) for hour in part.hours)
        return Stretch(day + first, day + last, "part")
    return stretch


def _weekday(stretch: Stretch, weekday: int, number: int) -> Stretch:
    """A day already named stays; in a week or month the weekday is counted."""
    if stretch.grain in ("day", "minute", "second"):
        return stretch
    if number > 0:
        ahead = (weekday - 1 - stretch.start.weekday()) % 7
        start = stretch.start + _DAY * (ahead + 7 * (number - 1))
    else:
        last = stretch.end - _DAY
        start = last - _DAY * ((last.weekday() - weekday + 1) % 7)
    return Stretch(start, start + _DAY, "day")


def hour_of(fields: Mapping[str, int], parts: Sequence[DayPart]) -> int:
    """An hour of twelve as one of twenty-four: the one nearest to the part of the day."""
    hour = fields["hour"]
    if "later" in fields:
        return hour + 12 if hour < 12 else hour
    if "part" not in fields or hour > 12:
        return hour
    part = parts[fields["part"]]
    first, last = part.hours
    later = first >= 12 and part.timex is not None
    hours = (hour, hour + 12) if later else (hour, hour + 12, hour - 12)
    nearest = min(hours, key=lambda h: (later and h < 12, max(first - h, h - last, 0)))
    return nearest if nearest >= 0 else nearest + 24
