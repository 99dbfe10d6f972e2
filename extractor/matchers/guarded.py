"""Words found in one pass, each kept only where its neighbours allow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

Value = TypeVar("Value")

_REACH = 4
"""How many characters before a word its guard may look at."""


class Guard(NamedTuple):
    """What may not stand right before or right behind a word."""

    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()

    def __add__(self, other: object) -> Guard:
        if not isinstance(other, Guard):
            return NotImplemented
        return Guard(self.not_after + other.not_after, self.not_before + other.not_before)

    def allows(self, text: str, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` may stand where it does."""
        if self.not_before and text.startswith(self.not_before, end):
            return False
        return not (
            self.not_after and text[max(0, start - _REACH) : start].endswith(self.not_after)
        )


class _Guarding(Protocol):
    @property
    def words(self) -> tuple[str, ...]: ...
    @property
    def not_after(self) -> tuple[str, ...]: ...
    @property
    def not_before(self) -> tuple[str, ...]: ...


def guards(entries: Iterable[_Guarding]) -> dict[str, Guard]:
    """Word to guard; a word in several entries has the guards of all."""
    found: dict[str, Guard] = {}
    for entry in entries:
        guard = Guard(tuple(entry.not_after), tuple(entry.not_before))
        for word in entry.words:
            found[word] = found.get(word, Guard()) + guard
    return found


class GuardedWords(Generic[Value]):
    """An automaton over words with a value each: leftmost, then longest, without overlap."""

    def __init__(self, values: Mapping[str, Value], guarded: Mapping[str, Guard]) -> None:
        self._words = [(value, guarded.get(word)) for word, value in values.items()]
        self._automaton = AhoCorasick(list(values), matchkind=MatchKind.LeftmostLongest)

    def find(
        self, text: str, first: int = 0, last: int | None = None
    ) -> list[tuple[int, int, Value]]:
        """``(start, end, value)`` of each word that its guard allows, from left to right.

        Words are looked for in ``text[first:last]``; guards see what stands around that as well.
        """
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(text[first:last]):
            value, guard = self._words[number]
            if guard is None or guard.allows(text, first + start, first + end):
                found.append((first + start, first + end, value))
        return found
