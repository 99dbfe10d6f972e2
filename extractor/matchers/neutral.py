"""Periods as plain values that other tools read: ISO dates and TIMEX expressions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from extractor.matchers.periods import Period

_POINTS = {"day", "hour", "minute", "second", "weekday"}


def prediction(period: Period) -> dict[str, Any]:
    """``start``, ``end``, ``kind`` and a ``value`` (a date) or ``low`` and ``high`` (a period).

    Both ends are inside the period; a time of day is written out, and an open end is None.
    """
    found: dict[str, Any] = {"start": period.start, "end": period.end, "kind": "period"}
    begins, ends = period.begins, period.ends
    if period.timex is not None:
        found["timex"] = period.timex
    if begins is not None and ends is not None and period.grain in _POINTS:
        clock = period.grain != "day"
        return found | {
            "kind": "date",
            "value": begins.isoformat() if clock else begins.date().isoformat(),
        }
    if any(moment is not None and moment.time() != dt.time.min for moment in (begins, ends)):
        low = begins.isoformat() if begins else None
        high = ends.isoformat() if ends else None
    else:
        low = period.period_start.isoformat() if period.period_start else None
        high = period.period_end.isoformat() if period.period_end else None
    return found | {"low": low, "high": high}
