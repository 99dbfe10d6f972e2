"""One look at a text: quotes, head nouns, well-known policies, and words that end a name.

Everything later asks this scan, by binary search; the text is not walked again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
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

_QUOTE = re.compile(r"[「」『』“”《》〈〉\"\n]")
_CLOSES = {"「": "」", "『": "』", "“": "”", "《": "》", "〈": "〉"}
_TITLE_MARKS = "《〈"
_DEEPEST = 6
"""Quotations within quotations; of more only the innermost are followed."""
_FREEST_FIRST = ("any", "introduced", "designated", "joined", "never")

Value = TypeVar("Value")


class Quote(NamedTuple):
    """A quotation with its marks; ``parent`` is the index of the one around it, or -1."""

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
"""``(start, end, rule)`` of a word that ends whatever stood before a name. A plain tuple: a text
has hundreds, and few are ever looked at."""


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


class Scan:
    """What stands where in one text; offsets are those of the matching text."""

    def __init__(
        self, text: str, quotes: list[Quote], heads: list[Head], marks: list[Mark]
    ) -> None:
        self.text = text
        self.quotes = quotes
        self.heads = heads
        self.marks = marks
        self._head_starts = [head.start for head in heads]
        self._head_ends = [head.end for head in heads]
        self._mark_ends = [end for _, end, _ in marks]
        self._mark_starts = [start for start, _, _ in marks]

    def head_ending(self, end: int) -> Head | None:
        """The head noun that ends exactly at ``end``."""
        index = bisect_left(self._head_ends, end)
        return (
            self.heads[index] if index < len(self.heads) and self.heads[index].end == end else None
        )

    def heads_after(self, start: int, limit: int) -> list[Head]:
        """Head nouns that begin in ``[start, limit]``."""
        return self.heads[
            bisect_left(self._head_starts, start) : bisect_right(self._head_starts, limit)
        ]

    def marks_before(self, end: int) -> Iterator[Mark]:
        """Marks that end at or before ``end``, nearest first."""
        for index in range(bisect_right(self._mark_ends, end) - 1, -1, -1):
            yield self.marks[index]

    def mark_ending(self, end: int) -> Mark | None:
        """The mark that ends exactly at ``end``."""
        index = bisect_right(self._mark_ends, end) - 1
        return self.marks[index] if index >= 0 and self._mark_ends[index] == end else None

    def mark_starting(self, start: int) -> Mark | None:
        """The mark that begins exactly at ``start``."""
        index = bisect_left(self._mark_starts, start)
        return (
            self.marks[index]
            if index < len(self.marks) and self._mark_starts[index] == start
            else None
        )

    def marks_in(self, start: int, end: int) -> list[Mark]:
        """Marks that touch ``[start, end)``."""
        low = bisect_right(self._mark_ends, start)
        return self.marks[low : bisect_left(self._mark_starts, end)]


class Scanner:
    """Compiles the rules once; reads a text in one pass per kind of thing."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._names: Lexicon[PolicyHead | NamedPolicy] = Lexicon(_names(ruleset))
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
                # Of heads in a row the last one says what the whole is.
                unquoted = min(unquoted, heads.pop().unquoted, key=_FREEST_FIRST.index)
            heads.append(Head(start, end, rule, unquoted))
        return Scan(text, list(_quotes(text)), heads, self._marks.find(text))

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


def _quotes(text: str) -> Iterator[Quote]:
    """Pairs of quotation marks in order of their opening; none reaches past its line."""
    found: list[Quote | None] = []
    open_marks: list[tuple[int, int, str]] = []
    for match in _QUOTE.finditer(text):
        place, mark = match.start(), match[0]
        if mark == "\n":
            open_marks.clear()
        elif mark in _CLOSES or (mark == '"' and all(one[2] != '"' for one in open_marks)):
            found.append(None)
            open_marks.append((place, len(found) - 1, _CLOSES.get(mark, mark)))
            del open_marks[:-_DEEPEST]
        else:
            depth = len(open_marks) - 1
            while depth >= 0 and open_marks[depth][2] != mark:
                depth -= 1
            if depth >= 0:
                start, index, _ = open_marks[depth]
                del open_marks[depth:]
                parent = open_marks[-1][1] if open_marks else -1
                found[index] = Quote(start, place + 1, text[start] in _TITLE_MARKS, parent)
    # An opening mark without its closing one is no quotation; what it held stands by itself.
    kept: dict[int, int] = {}
    for index, quote in enumerate(found):
        if quote is not None:
            kept[index] = len(kept)
            yield quote if quote.parent < 0 else quote._replace(parent=kept.get(quote.parent, -1))
