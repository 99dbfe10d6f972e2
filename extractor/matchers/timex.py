"""TIMEX3 expressions (ISO-TimeML) of what a text names, with X where it names nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.calendar import Stretch
from extractor.matchers import clock
from extractor.tables.periods import DayPart

Fields = Mapping[str, int]

_UNWRITTEN = frozenset({"first", "monday", "half", "quarter", "third", "fortnight"})


def point(fields: Fields, parts: Sequence[DayPart]) -> str | None:
    """2024-01-24, XXXX-01-24, XXXX-WXX-1, T15:20, 2024-01-24TMO; None if it has no such form."""
    date = _date(fields)
    time = _time(fields, parts)
    if date is None and time is None:
        return None
    return (date or "") + (time or "")


def _date(fields: Fields) -> str | None:
    year = f"{fields['year']:04d}" if "year" in fields else "XXXX"
    if fields.keys() & (_UNWRITTEN | {"next", "opens"}):
        return None
    if "day" in fields:
        month = f"{fields['month']:02d}" if "month" in fields else "XX"
        return f"{year}-{month}-{fields['day']:02d}"
    if "month" in fields:
        week = f"-W{fields['week']:02d}" if "week" in fields else ""
        return f"{year}-{fields['month']:02d}{week}"
    if "weekday" in fields:
        return f"XXXX-WXX-{fields['weekday']}" if "year" not in fields else None
    return year if "year" in fields and "week" not in fields else None


def _time(fields: Fields, parts: Sequence[DayPart]) -> str | None:
    if "hour" in fields:
        units = [fields[name] for name in ("minute", "second") if name in fields]
        units.insert(0, clock.hour_of(fields, parts))
        return "T" + ":".join(f"{value:02d}" for value in units)
    code = parts[fields["part"]].timex if "part" in fields else None
    return f"T{code}" if code else None


def span(
    left: Fields, right: Fields, limits: tuple[Stretch, Stretch], parts: Sequence[DayPart]
) -> str | None:
    """(start, start of the last unit, length), as in (2016-01-01,2018-01-01,P2Y)."""
    first, final = limits
    if "hour" in right:
        hours = (final.start - first.start).total_seconds() / 3600
        if "day" in left or hours != int(hours):
            return None
        return f"({_time(left, parts)},{_time(right, parts)},PT{int(hours)}H)"
    if "day" in right:
        return f"({_date(left)},{_date(right)},P{(final.start - first.start).days}D)"
    months = (final.start.year - first.start.year) * 12 + final.start.month - first.start.month
    length = f"P{months}M" if "month" in right else f"P{months // 12}Y"
    opens = [_opening(fields) for fields in (left, right)]
    return None if None in opens else f"({opens[0]},{opens[1]},{length})"


def _opening(fields: Fields) -> str | None:
    if fields.keys() & (_UNWRITTEN | {"week"}):
        return None
    year = f"{fields['year']:04d}" if "year" in fields else "XXXX"
    return f"{year}-{fields.get('month', 1):02d}-01"
