"""Quotations that are no policies: products, brands, events, speech …, told by their company."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.matchers.policy_scan import Quote, Scan
from extractor.ruleset import Ruleset
from extractor.tables.policies import NotPolicy


class Traps:
    """Says why a quotation is no policy."""

    def __init__(self, ruleset: Ruleset) -> None:
        rules = ruleset.entries(NotPolicy)
        self._after = _Reasons({word: rule.reason for rule in rules for word in rule.after})
        self._before = _Reasons({word: rule.reason for rule in rules for word in rule.before})
        self._ending = _Reasons({word: rule.reason for rule in rules for word in rule.ending})
        inner = {f"r{i}": rule for i, rule in enumerate(rules) if rule.pattern}
        self._inner_reasons = {group: rule.reason for group, rule in inner.items()}
        patterns = (f"(?P<{group}>{rule.pattern})" for group, rule in inner.items())
        self._inner = re.compile("|".join(patterns) or "(?!)")

    def around(self, scan: Scan, quote: Quote) -> str | None:
        """The reason that the words around or inside ``quote`` give, or ``None``."""
        return (
            self._after.opening(scan.text, quote.end)
            or self._before.closing(scan.text, 0, quote.start)
            or self.within(scan, quote)
        )

    def within(self, scan: Scan, quote: Quote) -> str | None:
        """The reason that the words inside ``quote`` give, or ``None``. Titles run on and hold
        commas, so only their last words count."""
        start, end = quote.start + 1, quote.end - 1
        reason = self._ending.closing(scan.text, start, end)
        if reason is not None or quote.title:
            return reason
        match = self._inner.fullmatch(scan.text, start, end)
        return self._inner_reasons[match.lastgroup] if match and match.lastgroup else None


class _Reasons:
    """What words beside a place give as a reason; the longest word counts."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        longest_first = sorted(reasons.items(), key=lambda pair: len(pair[0]), reverse=True)
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        self._by_last: dict[str, list[tuple[str, str]]] = {}
        for word, reason in longest_first:
            self._by_first.setdefault(word[0], []).append((word, reason))
            self._by_last.setdefault(word[-1], []).append((word, reason))

    def opening(self, text: str, start: int) -> str | None:
        """The reason of the word that begins at ``start``."""
        for word, reason in self._by_first.get(text[start : start + 1], ()):
            if text.startswith(word, start):
                return reason
        return None

    def closing(self, text: str, start: int, end: int) -> str | None:
        """The reason of the word that ``text[start:end]`` ends in."""
        for word, reason in self._by_last.get(text[end - 1 : end], ()):
            if text.endswith(word, start, end):
                return reason
        return None
