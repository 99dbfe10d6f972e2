"""The basis of a comparison: which kind of thing a number is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from extractor.marks import PERIOD, Mark
from extractor.matchers.periods import Period
from extractor.records import Basis
from extractor.tables.relations import ReferenceBasis

_STEP_OF: dict[str, Basis] = {"quarter": "qoq", "day": "vs_period", "week": "vs_period"}
_STEPS: tuple[tuple[Basis, int], ...] = (("yoy", 12), ("qoq", 3), ("mom", 1))


def basis_of(words: str, inner: Sequence[Mark], rules: Sequence[ReferenceBasis]) -> Basis | None:
    """The basis that the words compared with, or the kinds of marks in them, settle.

    A period counts only where it ends the comparison: 同期LPR is no period.
    """
    kinds = {mark.kind for mark in inner if mark.kind != PERIOD or mark is inner[-1]}
    for rule in rules:
        if words.endswith(rule.words) if rule.words else kinds & set(rule.kinds):
            return rule.basis
    return None


def basis_between(own: Period, other: Period) -> Basis | None:
    """yoy, qoq or mom where ``other`` lies exactly one year, quarter or month before ``own``."""
    if not (own.period_start and own.period_end and other.period_start and other.period_end):
        return None
    for basis, months in _STEPS:
        if basis != "yoy" and own.grain != other.grain:
            continue
        if _earlier(own.period_start, months) == other.period_start and _earlier(
            own.period_end + dt.timedelta(1), months
        ) == other.period_end + dt.timedelta(1):
            return basis if _apart(own, other) else "vs_period"
    return None


def _apart(own: Period, other: Period) -> bool:
    """Whether the two share no day; months that roll on overlap: 八月至十月 and 七月至九月."""
    start, end = own.period_start, other.period_end
    return start is not None and end is not None and end < start


def in_step(basis: Basis | None, own: Period | None) -> Basis | None:
    """What 環比 compares a period with: a month with a month, a quarter with a quarter."""
    if basis != "mom" or own is None:
        return basis
    return _STEP_OF.get(own.grain, basis)


def period_in(inner: Iterable[Mark]) -> Period | None:
    """The first period among the marks of a comparison."""
    return next((mark.value for mark in inner if mark.kind == PERIOD), None)


def _earlier(day: dt.date, months: int) -> dt.date | None:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return None
