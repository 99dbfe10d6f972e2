"""Quotations that are no policies: products, brands, events, speech …, told by their company."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.matchers.policy_scan import Quote, Scan
from extractor.ruleset import Ruleset
from extractor.tables.policies import NotPolicy


class Traps:
    """Says why a quotation is no policy."""

    def __init__(self, ruleset: Ruleset) -> None:
        rules = ruleset.entries(NotPolicy)
        self._after: dict[str, str] = {word: rule.reason for rule in rules for word in rule.after}
        self._before: dict[str, str] = {word: rule.reason for rule in rules for word in rule.before}
        self._ending: dict[str, str] = {word: rule.reason for rule in rules for word in rule.ending}
        self._after_pattern = _longest_of(self._after)
        self._before_lengths = sorted({len(word) for word in self._before}, reverse=True)
        self._ending_lengths = sorted({len(word) for word in self._ending}, reverse=True)
        inner = {f"r{i}": rule for i, rule in enumerate(rules) if rule.pattern}
        self._inner_reasons = {group: rule.reason for group, rule in inner.items()}
        patterns = (f"(?P<{group}>{rule.pattern})" for group, rule in inner.items())
        self._inner = re.compile("|".join(patterns) or "(?!)")

    def around(self, scan: Scan, quote: Quote) -> str | None:
        """The reason that the words around or inside ``quote`` give, or ``None``."""
        text = scan.text
        after = self._after_pattern.match(text, quote.end)
        if after is not None:
            return self._after[after[0]]
        for length in self._before_lengths:
            reason = self._before.get(text[max(0, quote.start - length) : quote.start])
            if reason is not None:
                return reason
        return self.within(scan, quote)

    def within(self, scan: Scan, quote: Quote) -> str | None:
        """The reason that the words inside ``quote`` give, or ``None``. Titles run on and hold
        commas, so only their last words count."""
        end = quote.end - 1
        for length in self._ending_lengths:
            reason = self._ending.get(scan.text[max(quote.start + 1, end - length) : end])
            if reason is not None:
                return reason
        if quote.title:
            return None
        match = self._inner.fullmatch(scan.text, quote.start + 1, end)
        return self._inner_reasons[match.lastgroup] if match and match.lastgroup else None


def _longest_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
