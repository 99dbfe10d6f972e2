"""Qualifiers: the words that bound or blur a number, in front of it, inside or behind."""

from __future__ import annotations

from msgspec import Struct

from extractor.records import Qualifier
from extractor.ruleset import Ruleset
from extractor.tables.quantities import QualifierRule

_WEAK = ("nearly", "approx")  # a bound says more than these


class Bound(Struct, frozen=True, gc=False):
    """A qualifier at its place."""

    start: int
    end: int
    code: Qualifier
    dimensions: tuple[str, ...] = ()


class _Meaning(Struct, frozen=True, gc=False):
    code: Qualifier
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    dimensions: tuple[str, ...]


class BoundReader:
    """Looks qualifiers up by the longest word at a place."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._before = _Lookup(ruleset, "before")
        self._inside = _Lookup(ruleset, "inside")
        self._after = _Lookup(ruleset, "after")
        self.ends = frozenset(self._before.last)
        """The last characters of what stands before a number."""
        self.inside_heads = frozenset(self._inside.first)
        self.after_heads = frozenset(self._after.first)

    def before(self, text: str, at: int, floor: int) -> Bound | None:
        """The qualifier that ends at ``at`` (or a space before) and begins after ``floor``."""
        if at and text[at - 1] == " ":
            at -= 1
        for length in self._before.last.get(text[at - 1 : at] if at else "", ()):
            start = at - length
            meaning = self._before.words.get(text[start:at]) if start >= floor else None
            if meaning is None:
                continue
            if start == floor and floor and not text[start].isalpha():
                continue  # 1.6~3.9: the sign stands between two numbers
            if meaning.not_after and text.endswith(meaning.not_after, 0, start):
                continue
            return Bound(start, at, meaning.code, meaning.dimensions)
        return None

    def inside(self, text: str, at: int) -> Bound | None:
        """The qualifier between a number that ends at ``at`` and its unit."""
        return self._inside.at(text, at)

    def after(self, text: str, at: int) -> Bound | None:
        """The qualifier behind a unit that ends at ``at``."""
        return self._after.at(text, at)


class _Lookup:
    def __init__(self, ruleset: Ruleset, position: str) -> None:
        self.words: dict[str, _Meaning] = {}
        for rule in ruleset.entries(QualifierRule):
            if rule.position == position:
                meaning = _Meaning(rule.code, rule.not_after, rule.not_before, rule.dimensions)
                self.words |= dict.fromkeys(rule.words, meaning)
        self.first: dict[str, list[int]] = {}
        self.last: dict[str, list[int]] = {}
        for word in sorted(self.words, key=len, reverse=True):
            for lengths in (self.first.setdefault(word[0], []), self.last.setdefault(word[-1], [])):
                if len(word) not in lengths:
                    lengths.append(len(word))

    def at(self, text: str, at: int) -> Bound | None:
        for length in self.first.get(text[at : at + 1], ()):
            end = at + length
            meaning = self.words.get(text[at:end])
            if meaning is None or end > len(text):
                continue
            if meaning.not_before and text.startswith(meaning.not_before, end):
                continue
            return Bound(at, end, meaning.code, meaning.dimensions)
        return None


def joined(
    before: Qualifier | None, inside: Qualifier | None, after: Qualifier | None
) -> Qualifier:
    """One qualifier for all that were written.

    >>> joined("nearly", None, "approx"), joined("approx", "gt", None), joined(None, None, None)
    ('nearly', 'gt', 'exact')
    """
    written = [code for code in (before, after, inside) if code is not None]
    for code in written:
        if code not in _WEAK:
            return code
    return "nearly" if "nearly" in written else written[0] if written else "exact"
