"""The calendar units that a time names: small dictionaries from unit to number."""

from __future__ import annotations

import datetime as dt

from extractor import calendar
from extractor.calendar import Stretch
from extractor.matchers.elements import FIELD_RANKS, Element, Fields

CLOCK = ("hour", "minute", "second")
_MOMENT = dt.timedelta(microseconds=1)


def grain_of(element: Element) -> str:
    """The unit that an element counts: its rule's, or the one that it names itself."""
    unit = element.left.get("unit")
    return calendar.UNITS[unit - 1] if unit is not None else element.sense.rule.grain or "day"


def within_one(stretch: Stretch, grain: str) -> bool:
    """Whether a stretch lies in one calendar unit."""
    final = max(stretch.start, stretch.end - _MOMENT)
    return calendar.around(stretch.start, grain) == calendar.around(final, grain)


def units(stretch: Stretch) -> Fields:
    """A calendar unit as fields."""
    start = stretch.start
    fields = {"year": start.year}
    if stretch.grain in ("half", "quarter"):
        fields[stretch.grain] = (start.month - 1) // calendar.MONTHS[stretch.grain] + 1
    elif stretch.grain == "week":
        return {"monday": start.toordinal()}
    elif stretch.grain != "year":
        fields["month"] = start.month
        if stretch.grain != "month":
            fields["day"] = start.day
        if stretch.grain in CLOCK:
            fields |= {"hour": start.hour, "minute": start.minute, "second": start.second}
    return fields


def coarsest(fields: Fields) -> int:
    """The rank of the coarsest unit that ``fields`` names."""
    return min((FIELD_RANKS[name] for name in fields), default=99)


def inherit(fields: Fields, other: Fields) -> Fields:
    """``fields`` with the coarser units that only ``other`` names."""
    if not fields:
        return fields
    rank = coarsest(fields)
    return {n: v for n, v in other.items() if FIELD_RANKS[n] < rank} | fields
