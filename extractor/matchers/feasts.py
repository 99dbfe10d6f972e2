"""Feasts, months of the Chinese calendar and seasons in a given year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from extractor import lunisolar
from extractor.calendar import Stretch
from extractor.tables.periods import Holiday, Season

FIELDS = frozenset({"holiday", "lunar_month", "lunar_day", "leap", "season"})
_DAY = dt.timedelta(days=1)


def in_year(
    year: int,
    fields: Mapping[str, int],
    holidays: Sequence[Holiday],
    seasons: Sequence[Season],
    region: str | None,
) -> Stretch | None:
    """The feast, Chinese month or season that ``fields`` name, in ``year``."""
    if "holiday" in fields:
        holiday = holidays[fields["holiday"]]
        day = _holiday(holiday, year, region)
        return None if day is None else _stretch(day, holiday.days)
    if "season" in fields:
        first, last = seasons[fields["season"]].terms
        opens = lunisolar.solar_term(year, first)
        closes = lunisolar.solar_term(year, last)
        if closes < opens:
            closes = lunisolar.solar_term(year + 1, last)
        return _stretch(opens, (closes - opens).days, "season")
    month, leap = fields["lunar_month"], bool(fields.get("leap"))
    if "lunar_day" in fields:
        day = lunisolar.lunar_day(year, month, fields["lunar_day"], leap=leap)
        return None if day is None else _stretch(day, 1)
    span = lunisolar.lunar_month(year, month, leap=leap)
    return None if span is None else _stretch(span[0], (span[1] - span[0]).days, "days")


def _holiday(holiday: Holiday, year: int, region: str | None) -> dt.date | None:
    if region in holiday.regions:
        return dt.date(year, *holiday.regions[region])
    if holiday.lunar is not None:
        return _lunar_feast(year, *holiday.lunar)
    if holiday.term is not None:
        return lunisolar.solar_term(year, holiday.term)
    if holiday.islamic is not None:
        return lunisolar.islamic_day(year, *holiday.islamic)
    if holiday.easter is not None:
        return lunisolar.easter(year) + _DAY * holiday.easter
    if holiday.orthodox is not None:
        return lunisolar.easter(year, orthodox=True) + _DAY * holiday.orthodox
    if holiday.weekday is not None:
        month, number, weekday = holiday.weekday
        return _nth_weekday(year, month, number, weekday) + _DAY * holiday.offset
    return dt.date(year, *holiday.day) if holiday.day is not None else None


def _lunar_feast(year: int, month: int, day: int) -> dt.date | None:
    """The feast that falls in ``year``: 2024年除夕 is the eve of that year's 春節."""
    found = lunisolar.lunar_day(year, month, day)
    if found is not None and found.year > year:
        earlier = lunisolar.lunar_day(year - 1, month, day)
        if earlier is not None and earlier.year == year:
            return earlier
    return found


def _nth_weekday(year: int, month: int, number: int, weekday: int) -> dt.date:
    if number < 0:
        last = dt.date(year + month // 12, month % 12 + 1, 1) - _DAY
        return last - _DAY * ((last.isoweekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + _DAY * ((weekday - first.isoweekday()) % 7 + 7 * (number - 1))


def _stretch(day: dt.date, days: int, grain: str = "days") -> Stretch:
    start = dt.datetime.combine(day, dt.time.min)
    return Stretch(start, start + _DAY * days, "day" if days == 1 else grain)
