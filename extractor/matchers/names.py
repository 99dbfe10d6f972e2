"""Where the name ends that an area opens: 河南省统计局, 北京大学, 广州塔."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from extractor.matchers.guarded import GuardedWords, guards
from extractor.ruleset import Ruleset
from extractor.tables.areas import NameStop, NameTail

_HAN = re.compile(r"[\u3400-\u9fff]*")
_REACH = 14
"""How many characters behind an area, or behind a tail, a tail is looked for."""
_STOP = -1

_Mark = tuple[int, int, int]
"""Start, end, and how many characters a tail may stand away (``_STOP``: it is none)."""


class NameTails:
    """The words that end a name, and those that no name holds before its tail."""

    def __init__(self, ruleset: Ruleset) -> None:
        tails = ruleset.entries(NameTail)
        gaps: dict[str, int] = {
            word: _STOP for stop in ruleset.entries(NameStop) for word in stop.words
        }
        gaps |= {word: tail.gap for tail in tails for word in tail.words}
        self._words = GuardedWords(gaps, guards(tails))

    def ends(self, text: str, positions: Sequence[int]) -> list[int | None]:
        """For each position, the end of the name that goes on there; ``None`` if none does."""
        if not positions:
            return []
        marks = list(self._words.find(text))
        starts = [mark[0] for mark in marks]
        return [_end(text, at, marks, bisect_left(starts, at)) for at in positions]


def _end(text: str, position: int, marks: Sequence[_Mark], first: int) -> int | None:
    end = None
    for start, stop, gap in islice(marks, first, None):
        away = start - position
        if gap == _STOP or away > _REACH or not _HAN.fullmatch(text, position, start):
            break
        if away <= gap:
            end = position = stop
    return end
