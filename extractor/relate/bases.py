"""The basis of a comparison: which kind of thing a number is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from extractor.marks import PERIOD, Mark
from extractor.matchers.periods import Period, Supposed
from extractor.records import Basis
from extractor.tables.relations import Cue, ReferenceBasis
from extractor.text import Span

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


def own_basis(marks: Sequence[Mark], figure: Mark) -> Basis | None:
    """The basis that the words behind the figure name: 2.7%的〔按季〕跌幅."""
    cues = (mark.value for mark in marks if mark.start >= figure.end)
    return next((cue.basis for cue in cues if isinstance(cue, Cue) and cue.basis), None)


def basis_of_time(
    text: str, inner: Sequence[Mark], rules: Sequence[ReferenceBasis]
) -> Basis | None:
    """The basis that the time in a comparison over time settles, whatever follows: 去年〔調查〕."""
    place = next((place for place, mark in enumerate(inner) if mark.kind == PERIOD), None)
    if place is None:
        return None
    upto = inner[: place + 1]
    return basis_of(text[upto[0].start : upto[-1].end], upto, rules)


def basis_between(own: Period, other: Period) -> Basis | None:
    """yoy, qoq or mom where ``other`` lies exactly one year, quarter or month before ``own``."""
    one, two = _limits(own), _limits(other)
    if one is None or two is None or (own.supposed is None) != (other.supposed is None):
        return None
    day = dt.timedelta(1)
    for basis, months in _STEPS:
        if basis != "yoy" and one.grain != two.grain:
            continue
        # The last days of two months lie as far apart as the months.
        apart = one.grain == two.grain == "day" or _earlier(one.start, months) == two.start
        if apart and _earlier(one.end + day, months) == two.end + day:
            # Months that roll on share days: 八月至十月 and 七月至九月.
            return basis if two.end < one.start else "vs_period"
    return None


def is_year_before(own: Period, other: Period, last: Period) -> bool:
    """Whether a bare year listed ahead of the ``last`` time, which is a part of its year as
    ``own`` is, means the same part of the year before."""
    start = own.period_start
    part = "year" != own.grain == last.grain and other.grain == "year"
    before = other.period_start and start and start.year - other.period_start.year == 1
    return part and bool(before)


def _limits(period: Period) -> Supposed | None:
    """First and last day, also of a time that is only supposed."""
    if period.period_start and period.period_end:
        return Supposed(period.period_start, period.period_end, period.grain)
    return period.supposed


def in_step(basis: Basis | None, own: Period | None) -> Basis | None:
    """What 環比 compares a period with: a month or its last day with a month, a quarter with a
    quarter."""
    if basis != "mom" or own is None or own.stock:
        return basis
    return _STEP_OF.get(own.supposed.grain if own.supposed else own.grain, basis)


def stated(text: str, inner: Sequence[Mark]) -> Span:
    """The words of what is compared with; a bracket that only dates them is none of them:
    較上期（2月至4月）."""
    last = inner[-1]
    dated = len(inner) > 1 and last.kind == PERIOD and text.startswith("(", last.start - 1)
    return Span(inner[0].start, inner[-2].end if dated else last.end)


def period_in(inner: Iterable[Mark]) -> Period | None:
    """The first period among the marks of a comparison."""
    return next((mark.value for mark in inner if mark.kind == PERIOD), None)


def _earlier(day: dt.date, months: int) -> dt.date | None:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return None
