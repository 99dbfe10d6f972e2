"""What dates and names claim of a text: a number inside them is none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from extractor.marks import Rejected
from extractor.matchers.periods import Period
from extractor.text import Span


def claimed(periods: Sequence[Period], sealed: Sequence[Span]) -> list[tuple[int, int]]:
    """The places of all periods and names, in order."""
    spans = [(period.start, period.end) for period in periods]
    return sorted([*spans, *((span.start, span.end) for span in sealed)])


def reasoned(
    rejected: Sequence[Rejected], periods: Sequence[Period], sealed: Sequence[Span]
) -> Iterator[Rejected]:
    """Candidates turned down; a number that a name holds is told from one that a date holds."""
    names = {(span.start, span.end) for span in sealed}
    names -= {(period.start, period.end) for period in periods}
    for one in rejected:
        named = one.reason == "date" and (one.start, one.end) in names
        yield Rejected(one.start, one.end, one.kind, "name") if named else one


def standing_alone(periods: Sequence[Period], sealed: Sequence[Span]) -> list[Period]:
    """The periods that are not merely part of a longer name (《2025年施政報告》)."""
    own = {(period.start, period.end) for period in periods}
    names = sorted(span for span in sealed if span not in own)
    starts = [span.start for span in names]
    reach = list(accumulate((span.end for span in names), max))
    return [
        period
        for period in periods
        if not (before := bisect_right(starts, period.start)) or reach[before - 1] < period.end
    ]
