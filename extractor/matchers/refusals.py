"""What looks like a number and counts nothing: codes, names, idioms, document numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind
from msgspec import Struct

from extractor.ruleset import Ruleset
from extractor.tables.quantities import DigitRule, MultiplierRule, NotQuantityRule, TensRule


class Refusal(Struct, frozen=True, gc=False):
    """A stretch of text that holds no quantity, and why."""

    start: int
    end: int
    reason: str


class Refusals:
    """Finds the fixed words of a whole text at once, and tries the patterns at one place."""

    def __init__(self, ruleset: Ruleset) -> None:
        rules = ruleset.entries(NotQuantityRule)
        words = {word: rule.reason for rule in rules for word in rule.words}
        self._reasons = tuple(words.values())
        self._words = AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)
        self._anywhere = tuple(
            (rule, re.compile(rule.pattern)) for rule in rules if rule.hints and rule.pattern
        )
        self._arabic = _Patterns(ruleset, rules, "arabic")
        self._chinese = _Patterns(ruleset, rules, "chinese")

    def fixed(self, text: str) -> list[Refusal]:
        """Every fixed word of ``text``, sorted by start."""
        found = [
            Refusal(start, end, self._reasons[index])
            for index, start, end in self._words.find_matches_as_indexes(text)
        ]
        for rule, pattern in self._anywhere:
            if any(hint in text for hint in rule.hints):
                found += [
                    Refusal(match.start(), match.end(), rule.reason)
                    for match in pattern.finditer(text)
                ]
                found.sort(key=lambda refusal: refusal.start)
        return found

    def at(self, text: str, start: int) -> Refusal | None:
        """What a pattern says about a number that begins at ``start``."""
        patterns = self._arabic if text[start].isascii() else self._chinese
        led = start > 0 and text[start - 1] in patterns.ends
        match = (patterns.led if led else patterns.free)(text, start)
        if match is None:
            return None
        return Refusal(start, match.end(), patterns.reasons[match.lastgroup or ""])


class _Patterns:
    """The patterns that begin with one kind of digits, joined into one expression."""

    def __init__(self, ruleset: Ruleset, rules: Sequence[NotQuantityRule], digits: str) -> None:
        tried = {
            f"p{number}": rule
            for number, rule in enumerate(rules)
            if rule.pattern is not None and rule.digits in (digits, "either") and not rule.hints
        }
        self.reasons = {name: rule.reason for name, rule in tried.items()}
        self.ends = frozenset(word[-1] for rule in tried.values() for word in rule.before)
        """The last characters of all that some pattern asks to stand in front."""
        free = {name: rule for name, rule in tried.items() if not rule.before}
        self.free, self.led = (_joined(ruleset, chosen).match for chosen in (free, tried))


def _joined(ruleset: Ruleset, rules: Mapping[str, NotQuantityRule]) -> re.Pattern[str]:
    digits = ruleset.entries(DigitRule)
    signs = [word for digit in digits for word in (*digit.words, *digit.counting)]
    signs += [word for tens in ruleset.entries(TensRule) for word in tens.words]
    signs += [word for one in ruleset.entries(MultiplierRule) for word in one.words]
    # Possessive and short, so that a long row of numerals is not read over and over.
    chinese = f"[{''.join(signs)}]{{1,12}}+"
    either = f"(?:[0-9]{{1,12}}+|{chinese})"
    parts = []
    for name, rule in rules.items():
        before = "|".join(f"(?<={re.escape(word)})" for word in rule.before)
        parts.append(f"(?:{before})(?P<{name}>{rule.pattern})")
    joined = "|".join(parts).replace("{h}", chinese).replace("{n}", either)
    return re.compile(joined or r"(?!)")
