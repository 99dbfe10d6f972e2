"""When a policy runs: as its name says, or as the sentence around it does."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extractor.matchers.periods import Period
from extractor.matchers.policy_register import Entry
from extractor.matchers.policy_scan import Scan, Scanner
from extractor.tables.policies import NamedPolicy
from extractor.text import Span

_NEAR = 8
_FARTHEST = 120


class PolicyPeriods:
    """Ties periods to policies."""

    def __init__(self, scanner: Scanner) -> None:
        self._before = scanner.patterns["runs_before"]
        self._after = scanner.patterns["runs_after"]
        self._into = scanner.patterns["runs_into"]
        self._points_back = scanner.patterns["points_back"]
        self._obeyed = scanner.patterns["obeyed"]

    def of(
        self,
        scan: Scan,
        entry: Entry,
        periods: Sequence[Period],
        sentences: Sequence[Span],
        stops: Sequence[int],
    ) -> str | None:
        """The code of the time for which ``entry`` runs; ``stops``: where other names begin."""
        first = entry.first
        if first.period is not None or not (periods or first.quoted):
            return first.period
        for head in scan.heads_after(first.start, first.end - 1):
            if isinstance(head.rule, NamedPolicy) and head.rule.period is not None:
                return head.rule.period
        for period in _from(periods, first.start):
            if period.end > first.end:
                break
            if _spans(period):
                return period.code
        if not periods:
            return None
        own = {place.start for place in entry.mentions}
        for place in entry.mentions:
            code = self._around(scan.text, place, periods, sentences, stops, own)
            if code is not None:
                return code
        return None

    def _around(
        self,
        text: str,
        place: Span,
        periods: Sequence[Period],
        sentences: Sequence[Span],
        stops: Sequence[int],
        own: set[int],
    ) -> str | None:
        if self._obeyed.search(text, max(0, place.start - 2), place.start):
            return None
        number = max(bisect_right(sentences, place.start, key=lambda one: one.start) - 1, 0)
        sentence = sentences[number]
        end = self._next_name(stops, place.end, min(sentence.end, place.end + _FARTHEST), own)
        for period in _from(periods, max(sentence.start, place.start - _FARTHEST)):
            if period.start >= end:
                break
            if period.end <= place.start:
                if self._runs_into(text, period, place):
                    return period.code
            elif self._says_so(text, period, place.end):
                return period.code
        if end == sentence.end and number + 1 < len(sentences):
            after = sentences[number + 1]
            if self._points_back.match(text, after.start):
                return self._pointed_at(text, after, periods)
        return None

    def _next_name(self, stops: Sequence[int], place: int, end: int, own: set[int]) -> int:
        """Where the next name begins that is not one of the policy's ``own``, at most ``end``."""
        for index in range(bisect_left(stops, place), len(stops)):
            if stops[index] >= end:
                break
            if stops[index] not in own:
                return stops[index]
        return end

    def _pointed_at(self, text: str, sentence: Span, periods: Sequence[Period]) -> str | None:
        for period in _from(periods, sentence.start):
            if period.start >= sentence.end:
                return None
            if self._says_so(text, period, sentence.start):
                return period.code
        return None

    def _says_so(self, text: str, period: Period, floor: int) -> bool:
        """Whether the words around ``period`` say that something runs then."""
        if not _spans(period) or period.start < floor:
            return False
        if self._after.match(text, period.end) is not None:
            return True
        return self._before.search(text, max(floor, period.start - _NEAR), period.start) is not None

    def _runs_into(self, text: str, period: Period, place: Span) -> bool:
        """Whether only the verb stands between ``period`` and the name: from 2024 on, runs X."""
        return _spans(period) and self._into.fullmatch(text, period.end, place.start) is not None


def _from(periods: Sequence[Period], start: int) -> Iterator[Period]:
    """``periods`` from the first one on that begins at ``start`` or later."""
    for index in range(bisect_left(periods, start, key=lambda one: one.start), len(periods)):
        yield periods[index]


def _spans(period: Period) -> bool:
    return period.code is not None and "/" in period.code
