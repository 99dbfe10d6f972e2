"""Every cue of the relation rules, found in one scan of the matching text."""

from __future__ import annotations

import ahocorasick_rs

from extractor.marks import Mark
from extractor.ruleset import Ruleset
from extractor.tables.relations import Cue


class Lexicon:
    """An Aho-Corasick automaton over all cue words; the longest word at a place wins."""

    def __init__(self, ruleset: Ruleset) -> None:
        readings: dict[str, list[Cue]] = {}
        for cue in ruleset.entries(Cue):
            for word in cue.words:
                readings.setdefault(str(word), []).append(cue)
        self._readings = [tuple(cues) for cues in readings.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(readings), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """All kinds of cue marks, in the order of the rules."""
        return tuple(dict.fromkeys(cue.kind for cues in self._readings for cue in cues))

    def scan(self, text: str) -> list[Mark]:
        """Cue marks in text order, none overlapping another.

        The value of each is its possible readings, in file order; its kind is the first one's.
        """
        readings = self._readings
        return [
            Mark(readings[number][0].kind, start, end, readings[number])
            for number, start, end in self._automaton.find_matches_as_indexes(text)
        ]
