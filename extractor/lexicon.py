"""Every cue of the relation rules, found in one scan of the matching text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ahocorasick_rs
from msgspec import Struct

from extractor.marks import FIGURES, Mark
from extractor.ruleset import Ruleset
from extractor.tables.relations import Cue

_FIGURE = "figure"
WORD = "word"
"""Cues of this kind guard a longer word from the cues inside it: plain text."""


class Reading(Struct, frozen=True, gc=False):
    """One thing that a cue word may be, with what has to follow it."""

    cue: Cue
    followers: frozenset[str]
    """Kinds of marks of which one has to follow directly; empty where anything may."""


class Lexicon:
    """An Aho-Corasick automaton over all cue words; the longest word at a place wins."""

    def __init__(self, ruleset: Ruleset) -> None:
        readings: dict[str, list[Reading]] = {}
        for cue in ruleset.entries(Cue):
            followers = set(cue.followed_by)
            if _FIGURE in followers:
                followers.update(FIGURES)
            reading = Reading(cue, frozenset(followers))
            for word in cue.words:
                readings.setdefault(str(word), []).append(reading)
        self._readings = [tuple(found) for found in readings.values()]
        self._kinds = [found[0].cue.kind for found in self._readings]
        self._values = [found[0].cue if _sure(found) else found for found in self._readings]
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(readings), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """All kinds of cue marks, in the order of the rules."""
        return tuple(dict.fromkeys(one.cue.kind for found in self._readings for one in found))

    def scan(self, text: str, spans: Iterable[tuple[int, int]]) -> list[Mark]:
        """Cue marks of some spans of ``text``, in their order, none overlapping another.

        The value of each is its possible readings, in file order, or the cue that it can only
        be; its kind is that of the first.
        """
        kinds, values = self._kinds, self._values
        find = self._automaton.find_matches_as_indexes
        return [
            Mark(kinds[number], offset + start, offset + end, values[number])
            for offset, limit in spans
            for number, start, end in find(text[offset:limit])
        ]


def _sure(readings: Sequence[Reading]) -> bool:
    """Whether a word is the same cue wherever it stands."""
    first = readings[0]
    asks = first.followers or first.cue.whole_word or first.cue.kind == WORD
    return len(readings) == 1 and not asks
