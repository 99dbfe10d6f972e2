"""Policies named exactly as a user's phrases and token patterns have them."""

from __future__ import annotations

from bisect import bisect_left

from ahocorasick_rs import AhoCorasick, MatchKind

from extractor.matchers.policy_candidates import Candidate, Gathered
from extractor.matchers.policy_heads import category_of
from extractor.matchers.policy_register import bare
from extractor.matchers.policy_scan import Scan
from extractor.ruleset import Ruleset
from extractor.tables.patterns import ExactPolicy
from extractor.text import SourceText
from extractor.token_matcher import TokenMatcher
from extractor.tokens import Tokenizer

_RULE = "exact name"
_LONGEST_NAME = 120
_CLOSING = "」』”》〉"
_CATEGORY = "policy"
"""Of a name that ends with no known head noun."""


class ExactNames:
    """Reads the names that a user's phrases and token patterns describe."""

    def __init__(self, ruleset: Ruleset, tokenizer: Tokenizer) -> None:
        entries = ruleset.entries(ExactPolicy)
        self._tokenizer = tokenizer
        self._phrased = [one for one in entries if one.phrase is not None]
        self._tokened = [one for one in entries if one.tokens is not None]
        self._automaton = AhoCorasick(
            [str(one.phrase) for one in self._phrased], matchkind=MatchKind.LeftmostLongest
        )
        patterns = [one.tokens for one in self._tokened if one.tokens is not None]
        self._matcher = TokenMatcher(patterns) if patterns else None

    def __bool__(self) -> bool:
        return bool(self._phrased or self._tokened)

    def read(self, source: SourceText, scan: Scan, region: str | None, into: Gathered) -> None:
        """Add a candidate for each name found; it replaces what it overlaps.

        Only a longer name that was found without it stands. No name reaches across lines.
        """
        if not self:
            return
        before = _Spans(into.candidates)
        taken: list[Candidate] = []
        replaced: set[int] = set()
        for start, end, rule in self._found(source):
            if "\n" in source.text[start:end] or (taken and start < taken[-1].end):
                continue
            near = before.touching(start, end)
            if any(one.end - one.start > end - start for one in near if _holds(one, start, end)):
                continue
            replaced.update(map(id, near))
            taken.append(_candidate(scan, start, end, rule, region))
        into.candidates = [one for one in into.candidates if id(one) not in replaced] + taken
        names = _Spans(taken)
        into.rejected = [one for one in into.rejected if not names.touching(one.start, one.end)]

    def _found(self, source: SourceText) -> list[tuple[int, int, ExactPolicy]]:
        """Where names stand, the longest first of those that begin together."""
        found = [
            (start, end, self._phrased[number])
            for number, start, end in self._automaton.find_matches_as_indexes(source.text)
        ]
        if self._matcher is not None:
            words = self._tokenizer.cut_span(source, 0, len(source.text))
            matches = self._matcher.find([source.text[start:end] for start, end in words])
            found += (
                (words[start][0], words[end - 1][1], self._tokened[number])
                for number, start, end in matches
            )
        return sorted(found, key=lambda one: (one[0], -one[1]))


def _candidate(
    scan: Scan, start: int, end: int, rule: ExactPolicy, region: str | None
) -> Candidate:
    words = scan.text[start:end].rstrip(_CLOSING)
    head = scan.head_ending(start + len(words))
    category = category_of(head.rule, region) if head else _CATEGORY
    return Candidate(
        start=start,
        end=end,
        core=bare(scan.text[start:end]),
        category=rule.category or category,
        rule=_RULE,
        headed=True,
    )


class _Spans:
    """Candidates to be looked up by place."""

    def __init__(self, candidates: list[Candidate]) -> None:
        self._sorted = sorted(candidates, key=lambda one: one.start)
        self._starts = [one.start for one in self._sorted]

    def touching(self, start: int, end: int) -> list[Candidate]:
        """Those that overlap ``[start, end)``."""
        low = bisect_left(self._starts, start - _LONGEST_NAME)
        high = bisect_left(self._starts, end)
        return [one for one in self._sorted[low:high] if one.end > start]


def _holds(one: Candidate, start: int, end: int) -> bool:
    return one.start <= start and end <= one.end
