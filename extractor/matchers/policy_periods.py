"""When a policy runs: as its name says, or as the sentence around it does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from extractor.matchers.periods import Period
from extractor.matchers.policy_register import Entry
from extractor.matchers.policy_scan import Scan, Scanner
from extractor.tables.policies import NamedPolicy
from extractor.text import Span

_NEAR = 8
_FARTHEST = 120


class Times:
    """When something can run in one text: periods with a beginning and an end."""

    def __init__(self, periods: Sequence[Period], sentences: Sequence[Span]) -> None:
        """``periods``: all that the text names, in order."""
        self.any = bool(periods)
        self.spans = [one for one in periods if one.code is not None and "/" in one.code]
        self.sentences = sentences
        self._starts = [one.start for one in self.spans]

    def since(self, start: int) -> list[Period]:
        """The spans that begin at ``start`` or later."""
        return self.spans[bisect_left(self._starts, start) :]

    def sentence(self, place: int) -> int:
        """The index of the sentence that ``place`` is in."""
        return max(bisect_left(self.sentences, (place + 1,)) - 1, 0)


class Runs(NamedTuple):
    """The time for which a policy runs, as a code, and the words it is read from."""

    code: str
    words: Span | None = None
    """``None`` where the name itself has it, or is known to have one."""


class PolicyPeriods:
    """Ties periods to policies."""

    def __init__(self, scanner: Scanner) -> None:
        self._before = scanner.patterns["runs_before"]
        self._after = scanner.patterns["runs_after"]
        self._into = scanner.patterns["runs_into"]
        self._points_back = scanner.patterns["points_back"]
        self._obeyed = scanner.patterns["obeyed"]

    def of(self, scan: Scan, entry: Entry, times: Times, stops: Sequence[int]) -> Runs | None:
        """The time for which ``entry`` runs; ``stops``: where other names begin."""
        first = entry.first
        if first.period is not None:
            return Runs(first.period)
        if not (times.any or first.quoted):
            return None
        for head in scan.heads_after(first.start, first.end - 1):
            if isinstance(head.rule, NamedPolicy) and head.rule.period is not None:
                return Runs(head.rule.period, Span(head.start, head.end))
        if not times.spans:
            return None
        for period in times.since(first.start)[:1]:
            if period.end <= first.end:
                return _runs(period)
        own = {place.start for place in entry.mentions}
        for place in entry.mentions:
            runs = self._around(scan.text, place, times, stops, own)
            if runs is not None:
                return runs
        return None

    def _around(
        self, text: str, place: Span, times: Times, stops: Sequence[int], own: set[int]
    ) -> Runs | None:
        if self._obeyed.search(text, max(0, place.start - 2), place.start):
            return None
        number = times.sentence(place.start)
        sentence = times.sentences[number]
        end = self._next_name(stops, place.end, min(sentence.end, place.end + _FARTHEST), own)
        for period in times.since(max(sentence.start, place.start - _FARTHEST)):
            if period.start >= end:
                break
            if period.end <= place.start:
                if self._into.fullmatch(text, period.end, place.start):
                    return _runs(period)
            elif self._says_so(text, period, place.end):
                return _runs(period)
        if end == sentence.end and number + 1 < len(times.sentences):
            after = times.sentences[number + 1]
            if self._points_back.match(text, after.start):
                return self._pointed_at(text, after, times)
        return None

    def _next_name(self, stops: Sequence[int], place: int, end: int, own: set[int]) -> int:
        """Where the next name begins that is not one of the policy's ``own``, at most ``end``."""
        for index in range(bisect_left(stops, place), len(stops)):
            if stops[index] >= end:
                break
            if stops[index] not in own:
                return stops[index]
        return end

    def _pointed_at(self, text: str, sentence: Span, times: Times) -> Runs | None:
        for period in times.since(sentence.start):
            if period.start >= sentence.end:
                return None
            if self._says_so(text, period, sentence.start):
                return _runs(period)
        return None

    def _says_so(self, text: str, period: Period, floor: int) -> bool:
        """Whether the words around ``period`` say that something runs then."""
        if period.start < floor:
            return False
        if self._after.match(text, period.end) is not None:
            return True
        return self._before.search(text, max(floor, period.start - _NEAR), period.start) is not None


def _runs(period: Period) -> Runs | None:
    return Runs(period.code, Span(period.start, period.end)) if period.code else None
