"""The clause that a time stands in, as far as its words say how to read the time."""

from __future__ import annotations

import re

from extractor.ruleset import Ruleset
from extractor.tables.periods import TimeCue

REACH = 40
"""How far about a time, in characters, the words around it are looked at."""
_STOP = re.compile(r"[,;。!?\n]")
_SENTENCE_END = re.compile(r"[;。!?\n]")


class Cues:
    """The words of a clause that say how to read its times."""

    def __init__(self, ruleset: Ruleset) -> None:
        cues = ruleset.entries(TimeCue)
        future = [re.escape(w) for cue in cues if cue.means == "future" for w in cue.words]
        self.future = re.compile("|".join(future) or r"(?!)")
        self.compared = tuple(w for cue in cues if cue.means == "compared" for w in cue.words)
        self.due = tuple(w for cue in cues if cue.means == "due" for w in cue.words)
        words = "|".join(map(re.escape, self.compared)) or r"(?!)"
        self.against = re.compile(rf"(?:{words})((?:19|20)\d\d)(?!\d)")


class Clause:
    """What stands about the time from ``start`` to ``end``; looked at once it is asked for."""

    __slots__ = ("_cues", "_end", "_future", "_start", "_text", "compared", "due")

    def __init__(
        self, text: str, start: int, end: int, cues: Cues, *, deadline: bool = False
    ) -> None:
        self._text, self._start, self._end = text, start, end
        self._cues = cues
        # A time to be met, 年底前, is one to come.
        self._future = True if deadline else None
        self.compared = text.endswith(cues.compared, 0, start)
        """Whether the time is what another is compared with."""
        self.due = text.endswith(cues.due, 0, start)
        """Whether the time is not over yet."""

    @property
    def future(self) -> bool:
        """Whether the clause speaks of what is to come."""
        if self._future is None:
            before = self._text[max(0, self._start - REACH) : self._start]
            after = self._text[self._end : self._end + REACH]
            words = _STOP.split(before)[-1] + _STOP.split(after, 1)[0]
            self._future = self._cues.future.search(words) is not None
        return self._future

    @property
    def set_against(self) -> int | None:
        """The year, written in digits, that the sentence goes on to compare with."""
        after = _SENTENCE_END.split(self._text[self._end : self._end + REACH], 1)[0]
        found = self._cues.against.search(after)
        return None if found is None else int(found[1])
