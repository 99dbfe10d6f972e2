"""Where the name ends that an area opens: 河南省统计局, 北京大学, 广州塔."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.matchers.guarded import GuardedWords, guards
from extractor.ruleset import Ruleset
from extractor.tables.areas import NameStop, NameTail

_HAN = re.compile(r"[\u3400-\u9fff]+")
_REACH = 14
"""How many characters behind an area, or behind a tail, a tail is looked for."""
_STOP = -1
"""Stands for the gap of a word that is no tail."""


class NameTails:
    """The words that end a name, and those that no name holds before its tail."""

    def __init__(self, ruleset: Ruleset) -> None:
        tails = ruleset.entries(NameTail)
        gaps: dict[str, int] = {
            word: _STOP for stop in ruleset.entries(NameStop) for word in stop.words
        }
        gaps |= {word: tail.gap for tail in tails for word in tail.words}
        self._words = GuardedWords(gaps, guards(tails))
        self._window = _REACH + max(map(len, gaps), default=0)

    def ends(self, text: str, places: Iterable[int]) -> list[int | None]:
        """For each place, the end of the name that goes on there; ``None`` if none does."""
        known: dict[int, int | None] = {}
        return [self._end(text, place, known) for place in places]

    def _end(self, text: str, place: int, known: dict[int, int | None]) -> int | None:
        passed = []
        end = None
        while place not in known and (tail := self._tail(text, place)) is not None:
            passed.append(place)
            end = place = tail
        end = known.get(place, end)
        known.update(dict.fromkeys(passed, end))
        return end

    def _tail(self, text: str, place: int) -> int | None:
        """Where the first tail behind ``place`` ends that belongs to the same name."""
        run = _HAN.match(text, place, place + self._window)
        if run is None:
            return None
        for start, end, gap in self._words.find(text, place, run.end()):
            away = start - place
            if gap == _STOP or away > _REACH:
                return None
            if away <= gap:
                return end
        return None
