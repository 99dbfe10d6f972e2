"""What the elements of a time come to on the calendar, seen from a reference day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from extractor import calendar
from extractor.calendar import Stretch
from extractor.matchers import clock, feasts, timex
from extractor.matchers.elements import FIELD_RANKS, Element, Fields
from extractor.matchers.fields import CLOCK, grain_of, units, within_one
from extractor.matchers.standpoint import Standpoint, UnresolvedError
from extractor.tables.periods import TimeRule

_DAY = dt.timedelta(days=1)
_YEARS = frozenset({"base", "roc", "yy", "plan", "decade", "century"})
# A month without a year that lies this far ahead is taken for the one of the year before.
_AHEAD = dt.timedelta(days=100)
# What was expected of a time is told up to this long after it: statistics take some weeks.
_TOLD_AFTER = dt.timedelta(days=50)
# Two-digit years reach this far beyond the reference year, and not before 1900.
_PIVOT = 11


class Resolver(Standpoint):
    """Turns elements into stretches."""

    # -- fields ---------------------------------------------------------------------------

    def fields(self, elements: Iterable[Element], *, right: bool = False) -> Fields:
        """The calendar units that ``elements`` name, as numbers; ``right``: a range's far end."""
        found: Fields = {}
        for element in elements:
            sense = element.sense
            if not sense.units or sense.rule.grain in found:
                continue
            values = element.right if right and element.right is not None else element.left
            if sense.rule.means != "fields":
                found = self._relative(element, values) | found
            found |= sense.fixed
            if not sense.plain:
                values = {name: n for name, n in values.items() if name in FIELD_RANKS}
            found |= values
        return found if _YEARS.isdisjoint(found) else self._plain(found)

    def _relative(self, element: Element, values: Fields) -> Fields:
        rule, grain = element.sense.rule, grain_of(element)
        moment = self._seen_from(rule, grain)
        if "opens" in rule.set:
            # A year that opens in April has begun only if April has.
            moment = calendar.shifted(moment, "month", 1 - rule.set["opens"])
        offset = values.get("offset", rule.offset) + rule.sign * values.get("count", 0)
        moment = calendar.shifted(moment, grain, offset)
        if "plus_half" in rule.set and grain in calendar.HALVES:
            smaller, count = calendar.HALVES[grain]
            moment = calendar.shifted(moment, smaller, count * rule.sign)
            grain = "month" if grain == "year" else grain
        # A number of hours from now is a moment, a number of days from now a day.
        return units(calendar.around(moment, "second" if grain in CLOCK else grain))

    def _seen_from(self, rule: TimeRule, grain: str) -> dt.datetime:
        """The moment that a relative word counts from: the reference, or the time spoken of."""
        topic, known = self.topic, self.named.get(grain)
        if rule.means == "same":
            if topic is not None and grain != "day" and within_one(topic, grain):
                return topic.start
            return known.start if known is not None else self.reference
        # October, compared with the month before: September, whenever that is printed.
        if self.clause.compared and grain in ("month", "quarter"):
            if topic is not None and within_one(topic, grain):
                return topic.start
            if known is not None:
                return known.start
        opens = rule.set.get("opens")
        if opens and self.clause.compared and topic is not None and topic.start.month == opens:
            # The school year 2023/24, compared with the one before, whenever that is printed.
            return topic.start
        return self.reference

    def _plain(self, fields: Fields) -> Fields:
        """Years in other calendars and short years as full years."""
        if "base" in fields:
            fields["year"] = fields.pop("base") + fields["year"]
        if "roc" in fields:
            fields["year"] = fields.pop("roc") + 1911
        if "yy" in fields:
            fields["year"] = self._century(fields.pop("yy"))
        if "plan" in fields:
            first = fields.pop("plan")
            fields |= {"first": first, "final": first + 4}
        if "decade" in fields or "century" in fields:
            decade = fields.pop("decade", None)
            if "century" in fields:
                first = (fields.pop("century") - 1) * 100 + (decade or 0)
            else:
                first = self.reference.year - (self.reference.year - (decade or 0)) % 100
            fields |= {"first": first, "final": first + (99 if decade is None else 9)}
        return fields

    def _century(self, short: int) -> int:
        latest = self.reference.year + _PIVOT
        return max(latest - (latest - short) % 100, 1900 + short)

    # -- stretches ------------------------------------------------------------------------

    def stretch(self, fields: Fields) -> Stretch:
        """The time that ``fields`` name; what is missing is taken from the reference day."""
        fields = self.completed(fields)
        if "monday" in fields:
            start = dt.datetime.combine(dt.date.fromordinal(fields["monday"]), dt.time.min)
            found = Stretch(start, start + _DAY * 7, "week")
        else:
            found = self._years(fields)
        if not feasts.FIELDS.isdisjoint(fields):
            tables = self.tables
            feast = feasts.in_year(
                fields["year"], fields, tables.holidays, tables.seasons, self.region
            )
            if feast is None:
                raise UnresolvedError
            found = feast
        for grain in ("half", "quarter", "month", "fortnight", "third", "week", "day"):
            if grain in fields:
                part = calendar.nth(found, grain, fields[grain])
                if part is None:
                    raise UnresolvedError
                found = part
        if not clock.FIELDS.isdisjoint(fields):
            found = clock.within(found, fields, self.tables.parts)
        return found

    def _years(self, fields: Fields) -> Stretch:
        if "first" in fields:
            return calendar.years(fields["first"], fields["final"])
        year = fields["year"]
        if "next" in fields and (year + 1) % 100 != fields["next"] % 100:
            return calendar.years(year, year // 100 * 100 + fields["next"] % 100)
        if "opens" in fields:
            return calendar.months(calendar.month(year, fields["opens"]), 12, "months")
        return calendar.years(year, year, "year")

    def completed(self, fields: Fields) -> Fields:
        """``fields`` with the year (and for a bare day the month) that the text leaves out."""
        if "year" in fields or "first" in fields or "monday" in fields:
            return fields
        if fields and fields.keys() <= clock.FIELDS:
            return self._today(fields)
        if "month" not in fields and fields.keys() & {"day", "third", "fortnight"}:
            return self._month_of_day(fields)
        if not self.future and (year := self.context.get("year")):
            return self._past(fields | {"year": year})
        here = fields | {"year": self.reference.year}
        if self.chat:
            return self._coming(here) if "holiday" in fields else self._leap(here)
        found = self.stretch(here)
        ahead = found.start - self.reference
        if self.clause.due and found.end + _TOLD_AFTER <= self.reference:
            return here | {"year": self.reference.year + 1}
        begun = found.start + (found.end - found.start) / 4 <= self.reference
        near = found.grain in ("day", "month") and ahead < _AHEAD and self.told_year() is None
        if begun or self.future or near:
            return here
        return here | {"year": self.reference.year - 1}

    def _past(self, fields: Fields) -> Fields:
        """``fields`` of the year the sentence has named, or of the one before where that is yet
        to come: 2025年1月…，較12月…, told in February."""
        begins = self.stretch(fields).start
        soon = "day" in fields and begins - self.reference < _AHEAD
        if self.chat or self.clause.due or soon or begins <= self.reference:
            return fields
        return fields | {"year": fields["year"] - 1}

    def _today(self, fields: Fields) -> Fields:
        """A weekday or a time of day without a date."""
        day = self.reference
        if "weekday" in fields:
            # Talk means the coming one, a release the last one.
            ahead = (fields["weekday"] - 1 - day.weekday() - 1) % 7 + 1
            day += _DAY * (ahead if self.chat or self.future else (ahead % 7 or 7) - 7)
        elif self.chat and "part" not in fields and 0 < fields.get("hour", 0) < 12:
            passed = (fields["hour"], fields.get("minute", 0)) < (day.hour, day.minute)
            if passed and "later" not in fields:
                fields = fields | {"hour": fields["hour"] + 12}
        return fields | {"year": day.year, "month": day.month, "day": day.day}

    def _coming(self, fields: Fields) -> Fields:
        """This year's feast, or the next one's if it is over."""
        over = self.stretch(fields).end <= self.reference
        return fields | {"year": fields["year"] + over}

    def _leap(self, fields: Fields) -> Fields:
        """The next leap year, for a day that only leap years have."""
        if (fields.get("month"), fields.get("day")) != (2, 29):
            return fields
        return fields | {"year": fields["year"] + -fields["year"] % 4}

    def _month_of_day(self, fields: Fields) -> Fields:
        context = self.context
        if not self.future and "month" in context and "year" in context:
            return fields | context
        day = fields.get("day") or 1
        day = max(day, 10 * fields.get("third", 1) - 9, 15 * fields.get("fortnight", 1) - 14)
        moment = self.reference.replace(day=1)
        if not self.chat and not self.future and day > self.reference.day:
            moment = calendar.shifted(moment, "month", -1)
        while calendar.shifted(moment, "month", 1) - moment < _DAY * day:
            moment = calendar.shifted(moment, "month", -1)
        return fields | {"year": moment.year, "month": moment.month}

    def timex(
        self,
        fields: Fields,
        right: Fields | None = None,
        *,
        first: Stretch | None = None,
        final: Stretch | None = None,
    ) -> str | None:
        """What was named, in TIMEX3; only talk asks for it."""
        if not self.chat:
            return None
        if right is None or first is None or final is None:
            return timex.point(fields, self.tables.parts)
        return timex.span(fields, right, (first, final), self.tables.parts)
