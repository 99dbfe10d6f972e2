"""One look at a text: quotes, head nouns, well-known policies, and words that end a name.

Everything later asks this scan, by binary search; the text is not walked again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from extractor.ruleset import Ruleset
from extractor.tables.policies import (
    Issuer,
    NamedPolicy,
    PolicyBoundary,
    PolicyGeneric,
    PolicyHead,
    PolicyPattern,
)

_QUOTE = re.compile(r"[「」『』“”《》〈〉\"]")
_CLOSES = {"「": "」", "『": "』", "“": "”", "《": "》", "〈": "〉"}
_TITLE_MARKS = "《〈"
_DEEPEST = 6
"""Quotations within quotations; of more only the innermost are followed."""
_START, _END = itemgetter(1), itemgetter(2)
"""Of a word found, as the automaton gives it."""
_FREEST_FIRST = ("any", "introduced", "designated", "joined", "never")

Value = TypeVar("Value")


class Quote(NamedTuple):
    """A quotation with its marks; ``parent`` is where the mark around it opens, or -1."""

    start: int
    end: int
    title: bool
    parent: int


class Head(NamedTuple):
    """A head noun, or a well-known policy, where it stands."""

    start: int
    end: int
    rule: PolicyHead | NamedPolicy
    unquoted: str
    """When a name without quotes is taken; of heads in a row, what the freest of them allows."""


Mark = tuple[int, int, PolicyBoundary | Issuer]
"""``(start, end, rule)`` of a word that ends whatever stood before a name."""


def kind_of(mark: Mark) -> str:
    """The kind of a boundary word; ``issuer`` for the name of a body."""
    rule = mark[2]
    return rule.kind if isinstance(rule, PolicyBoundary) else "issuer"


class Lexicon(Generic[Value]):
    """Words to the rule they belong to; the longest word at the leftmost place wins."""

    def __init__(self, words: Iterable[tuple[str, Value | None]]) -> None:
        table: dict[str, Value | None] = {}
        for word, value in words:
            # A word set apart hides others only as long as no rule lists it for itself.
            if value is not None or word not in table:
                table[word] = value
        self._values = list(table.values())
        self._automaton = AhoCorasick(list(table), matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[tuple[int, int, Value]]:
        """``(start, end, value)`` of every word that is not merely set apart."""
        values = self._values
        return [
            (start, end, value)
            for index, start, end in self._automaton.find_matches_as_indexes(text)
            if (value := values[index]) is not None
        ]

    def places(self, text: str) -> Places[Value]:
        """The same, for a text of which few words will be looked at."""
        return Places(self._automaton.find_matches_as_indexes(text), self._values)


class Places(Generic[Value]):
    """Words found in a text, apart from each other, by where they start and end."""

    def __init__(self, found: list[tuple[int, int, int]], values: list[Value | None]) -> None:
        """``found``: which of ``values`` each is, or ``None``, and its start and end."""
        self._found = found
        self._values = values

    def _at(self, index: int) -> tuple[int, int, Value] | None:
        number, start, end = self._found[index]
        value = self._values[number]
        return None if value is None else (start, end, value)

    def before(self, end: int) -> Iterator[tuple[int, int, Value]]:
        """Those that end at or before ``end``, nearest first."""
        for index in range(bisect_right(self._found, end, key=_END) - 1, -1, -1):
            if (place := self._at(index)) is not None:
                yield place

    def ending(self, end: int) -> tuple[int, int, Value] | None:
        """The one that ends exactly at ``end``."""
        index = bisect_left(self._found, end, key=_END)
        same = index < len(self._found) and self._found[index][2] == end
        return self._at(index) if same else None

    def starting(self, start: int) -> tuple[int, int, Value] | None:
        """The one that begins exactly at ``start``."""
        index = bisect_left(self._found, start, key=_START)
        same = index < len(self._found) and self._found[index][1] == start
        return self._at(index) if same else None

    def touching(self, start: int, end: int) -> list[tuple[int, int, Value]]:
        """Those that share a letter with ``[start, end)``."""
        low = bisect_right(self._found, start, key=_END)
        high = bisect_left(self._found, end, key=_START)
        return [place for index in range(low, high) if (place := self._at(index)) is not None]


class Scan:
    """What stands where in one text; offsets are those of the matching text."""

    def __init__(
        self,
        text: str,
        quotes: list[Quote],
        heads: list[Head],
        marks: Places[PolicyBoundary | Issuer],
    ) -> None:
        self.text = text
        self.quotes = quotes
        self.heads = heads
        self.marks = marks
        self._head_starts = [head.start for head in heads]
        self._by_end = {head.end: head for head in heads}

    def head_ending(self, end: int) -> Head | None:
        """The head noun that ends exactly at ``end``."""
        return self._by_end.get(end)

    def heads_after(self, start: int, limit: int) -> list[Head]:
        """Head nouns that begin in ``[start, limit]``."""
        return self.heads[
            bisect_left(self._head_starts, start) : bisect_right(self._head_starts, limit)
        ]


class Scanner:
    """Compiles the rules once; reads a text in one pass per kind of thing."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._names: Lexicon[PolicyHead | NamedPolicy] = Lexicon(_names(ruleset))
        heads = ruleset.entries(PolicyHead)
        self._unquoted = {str(word): head.unquoted for head in heads for word in head.words}
        self._marks: Lexicon[PolicyBoundary | Issuer] = Lexicon(_marks(ruleset))
        self.patterns = {
            rule.name: re.compile(rule.pattern) for rule in ruleset.entries(PolicyPattern)
        }
        generic = ruleset.entries(PolicyGeneric)
        self._leading = _any_of(word for rule in generic if rule.leading for word in rule.words)
        self._generic = _any_of(word for rule in generic for word in rule.words)

    def scan(self, text: str) -> Scan:
        """Everything in ``text`` that the reading of policies asks for."""
        heads: list[Head] = []
        for start, end, rule in self._names.find(text):
            unquoted: str = rule.unquoted if isinstance(rule, PolicyHead) else "any"
            if heads and heads[-1].end == start and isinstance(heads[-1].rule, PolicyHead):
                # Of heads in a row the last one says what the whole is, and a longer one that
                # the row closes with tells more: 增效行動|計劃 is a 行動計劃.
                first = heads.pop()
                unquoted = min(unquoted, first.unquoted, key=_FREEST_FIRST.index)
                closing = (self._unquoted.get(text[at:end]) for at in range(first.start, start))
                unquoted = next(filter(None, closing), unquoted)
            heads.append(Head(start, end, rule, unquoted))
        return Scan(text, _quotes(text), heads, self._marks.places(text))

    def without_leading(self, text: str, start: int, end: int) -> int:
        """Where a name begins once the words that name nothing are dropped from its front."""
        match = self._leading.match(text, start, end)
        return match.end() if match else start

    def is_generic(self, words: str) -> bool:
        """Whether ``words`` before a head noun name nothing."""
        return self._generic.fullmatch(words) is not None


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(words), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})*")


def _names(ruleset: Ruleset) -> Iterator[tuple[str, PolicyHead | NamedPolicy | None]]:
    for head in ruleset.entries(PolicyHead):
        yield from ((word, head) for word in head.words)
        yield from ((word, None) for word in head.apart)
    for named in ruleset.entries(NamedPolicy):
        yield from ((word, named) for word in named.words)
        yield from ((word, None) for word in named.apart)


def _marks(ruleset: Ruleset) -> Iterator[tuple[str, PolicyBoundary | Issuer | None]]:
    for issuer in ruleset.entries(Issuer):
        yield from ((word, issuer) for word in issuer.words)
        if issuer.words:
            yield from ((word, None) for word in issuer.apart)
    for boundary in ruleset.entries(PolicyBoundary):
        yield from ((word, boundary) for word in boundary.words)
        yield from ((word, None) for word in boundary.apart)


def _quotes(text: str) -> list[Quote]:
    """Pairs of quotation marks in order of their opening; none reaches past its line."""
    quotes: list[Quote] = []
    # An opening mark without its closing one is no quotation; what it held stands by itself.
    open_marks: list[tuple[int, str]] = []
    last = 0
    for match in _QUOTE.finditer(text):
        place, mark = match.start(), match[0]
        if open_marks and text.find("\n", last, place) >= 0:
            open_marks.clear()
        last = place
        closing = _CLOSES.get(mark)
        if mark == '"' and all(wanted != '"' for _, wanted in open_marks):
            closing = mark
        if closing is not None:
            open_marks.append((place, closing))
            del open_marks[:-_DEEPEST]
            continue
        for depth in reversed(range(len(open_marks))):
            start, closing = open_marks[depth]
            if closing == mark:
                parent = open_marks[depth - 1][0] if depth else -1
                quotes.append(Quote(start, place + 1, text[start] in _TITLE_MARKS, parent))
                del open_marks[depth:]
                break
    return sorted(quotes)
