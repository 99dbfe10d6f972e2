"""Times that count others, cut them or point back: 前三季度, 年底, 同期."""

from __future__ import annotations

import datetime as dt

from extractor import calendar
from extractor.calendar import Stretch
from extractor.matchers.elements import Element
from extractor.matchers.fields import CLOCK, grain_of
from extractor.matchers.standpoint import LAST_YEAR_REPORTED, Standpoint, UnresolvedError
from extractor.tables.periods import TimeRule

_DAY = dt.timedelta(days=1)


def tail(stretch: Stretch | None, element: Element, seen: Standpoint) -> Stretch:
    """A stretch changed by an element that counts it, cuts it or points back."""
    rule = element.sense.rule
    if rule.means == "run":
        return _run(stretch, element, seen)
    if rule.means == "now":
        return _now(rule.grain or "month", seen)
    if rule.means == "span":
        return _span(element, seen)
    if rule.means == "same":
        return _same(stretch, seen)
    if stretch is None:
        stretch = _unit(rule.grain or "year", seen)
    return _edge(stretch, rule.edge or "whole", seen)


def _unit(grain: str, seen: Standpoint) -> Stretch:
    """The year or month that 年底 or 月底 alone is the end of."""
    if grain == "year" and not seen.future and (year := seen.context.get("year")):
        return calendar.years(year, year, "year")
    if grain == "quarter" and not seen.chat and not seen.future and grain in seen.named:
        return seen.named[grain]  # 季末, of the quarter that is spoken of
    found = calendar.around(seen.reference, grain)
    if grain == "year" and (told := seen.told_year()) is not None:
        return told
    if seen.chat or seen.future or grain != "year" or seen.reference.month > LAST_YEAR_REPORTED:
        return found
    return calendar.around(found.start - _DAY, grain)


def _now(grain: str, seen: Standpoint) -> Stretch:
    if seen.chat:
        return Stretch(seen.reference, seen.reference, "second")
    return calendar.around(seen.reference, grain)


def _span(element: Element, seen: Standpoint) -> Stretch:
    rule = element.sense.rule
    grain = rule.grain or "year"
    ends = (rule.offset, rule.offset if rule.final is None else rule.final)
    first, last = (calendar.around(calendar.shifted(seen.reference, grain, n), grain) for n in ends)
    return Stretch(first.start, last.end, calendar.spanning(grain))


def _same(stretch: Stretch | None, seen: Standpoint) -> Stretch:
    """The last time read, moved into ``stretch``; a year of a year is the year itself."""
    last = seen.topic
    if last is None:
        raise UnresolvedError
    if stretch is None:
        return last
    grain = stretch.grain
    if grain not in calendar.MONTHS:
        return stretch
    months = (stretch.start.year - last.start.year) * 12
    if grain != "year":
        months += stretch.start.month - last.start.month
    start = calendar.shifted(last.start, "month", months)
    end = calendar.shifted(last.end - _DAY, "month", months) + _DAY
    if last.end.day == 1:
        end = calendar.shifted(last.end, "month", months)
    return Stretch(start, end, last.grain)


def _edge(stretch: Stretch, name: str, seen: Standpoint) -> Stretch:
    """The beginning, middle or end of a stretch: a day in a release, some days in talk."""
    start, end = stretch.start, stretch.end
    if name == "whole":
        return stretch
    if name == "middle" and stretch.grain == "month":
        return Stretch(start + _DAY * 10, start + _DAY * 20, "third")
    if name == "middle":
        half = start + (end - start) * 0.49
        return calendar.around(half, "month" if stretch.grain == "year" else "year")
    if start == end:
        raise UnresolvedError
    share = seen.tables.shares.get((name, stretch.grain)) if seen.chat else None
    if share is None:
        day = start if name == "start" else end - _DAY
        return Stretch(day, day + _DAY, "day")
    count, grain = share
    if name == "start":
        return Stretch(start, calendar.shifted(start, grain, count), calendar.spanning(grain))
    return Stretch(calendar.shifted(end, grain, -count), end, calendar.spanning(grain))


def _run(stretch: Stretch | None, element: Element, seen: Standpoint) -> Stretch:
    rule, grain = element.sense.rule, grain_of(element)
    count = element.left.get("count", rule.count or 1)
    if rule.where in ("first", "last"):
        if stretch is None and seen.chat:
            return _aligned(grain, -count, seen)
        if stretch is None:
            stretch = _whole_year(grain, count, seen)
        found = calendar.run(stretch, grain, count if rule.where == "first" else -count)
        if found is None:
            raise UnresolvedError
        return found
    if rule.where == "till" and stretch is not None:
        start = calendar.shifted(stretch.end, grain, -count)
        year = calendar.around(start, "year")
        if (year.start, year.end) == (start, stretch.end):
            return year
        return Stretch(start, stretch.end, calendar.spanning(grain))
    topic = seen.topic
    told = topic is not None and topic.grain == grain == "year"
    if topic is not None and told and rule.where == "past" and not seen.chat:
        return calendar.years(topic.start.year - count + 1, topic.start.year)
    early = seen.reference.month <= LAST_YEAR_REPORTED
    if early and grain == "year" and count > 1 and rule.where == "past" and not seen.chat:
        return calendar.years(seen.reference.year - count, seen.reference.year - 1)
    return _from_now(rule, grain, count, seen)


def _from_now(rule: TimeRule, grain: str, count: int, seen: Standpoint) -> Stretch:
    if rule.aligned:
        return _aligned(grain, -count if rule.where == "past" else count, seen)
    other = calendar.shifted(seen.reference, grain, -count if rule.where == "past" else count)
    if "plus_half" in rule.set and grain in calendar.HALVES:
        other = calendar.shifted(other, *calendar.HALVES[grain])
    start, end = sorted((seen.reference, other))
    if rule.edge == "whole":
        start = calendar.around(start, grain).start
    if grain not in CLOCK:
        start = calendar.around(start, "day").start
        end = end if seen.chat else calendar.around(end, "day").start
    return Stretch(start, end, "days")


def _aligned(grain: str, count: int, seen: Standpoint) -> Stretch:
    """Whole units before (negative) or after the one that the reference lies in."""
    unit = calendar.around(seen.reference, grain)
    base = unit.start if count < 0 else unit.end
    start, end = sorted((base, calendar.shifted(base, grain, count)))
    return Stretch(start, end, grain if abs(count) == 1 else calendar.spanning(grain))


def _whole_year(grain: str, count: int, seen: Standpoint) -> Stretch:
    """The year that 前三季度 alone is of: the last one that has had so many."""
    if not seen.future and (year := seen.context.get("year")):
        return calendar.years(year, year, "year")
    this = calendar.around(seen.reference, "year")
    part = calendar.run(this, grain, count)
    had = part is not None and part.end <= seen.reference + _DAY * 20
    if seen.chat or seen.future or had:
        return this
    return calendar.around(this.start - _DAY, "year")
