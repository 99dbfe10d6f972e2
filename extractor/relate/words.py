"""Where words begin and end in the sentences that state figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from extractor.marks import Mark
from extractor.text import Span
from extractor.tokens import Tokenizer

_HAN = "\u4e00"
_RUN = re.compile(r"[\u4e00-\u9fd5]{2,}|[A-Za-z0-9.]{2,}")


class Words:
    """The words of some sentences; a run of characters is cut when it is first asked about.

    Places outside these sentences count as word edges.
    """

    def __init__(
        self,
        text: str,
        sentences: Iterable[Span],
        tokenizer: Tokenizer,
        known: Iterable[Mark] = (),
    ) -> None:
        """``text`` is the matching text with ``known``, what is read already, blanked out; each
        of these is a word."""
        self._text = text
        self._cut = tokenizer.cut
        self._runs: list[tuple[int, int]] = []
        for sentence in sentences:
            self._runs += [run.span() for run in _RUN.finditer(text, *sentence)]
        self._starts = [start for start, _ in self._runs]
        self._waiting = set(self._starts)
        self._inside: set[int] = set()
        for mark in known:
            self._inside.update(range(mark.start + 1, mark.end))

    def edge(self, place: int) -> bool:
        """Whether a word begins or ends at ``place``."""
        self._read(place)
        return place not in self._inside

    def cut(self, start: int, end: int) -> list[tuple[int, int]]:
        """The words of a stretch; what its edges cut in two counts as words of its own."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        for run in self._starts[first : bisect_left(self._starts, end)]:
            self._read(run)
        inside = self._inside
        inner = [place for place in range(start + 1, end) if place not in inside]
        return list(zip([start, *inner], [*inner, end], strict=True))

    def first(self, start: int, end: int) -> str:
        """The first word of a stretch that is cut by itself, whatever stands round it."""
        return self._cut(self._text[start:end])[0]

    def _read(self, place: int) -> None:
        """Cut the run that ``place`` lies in, if that has not been done yet."""
        index = bisect_right(self._starts, place) - 1
        if index < 0 or self._starts[index] not in self._waiting:
            return
        start, end = self._runs[index]
        self._waiting.discard(start)
        if self._text[start] < _HAN:
            self._inside.update(range(start + 1, end))
            return
        inside = self._inside
        for word in self._cut(self._text[start:end]):
            length = len(word)
            if length == 2:
                inside.add(start + 1)
            elif length > 2:
                inside.update(range(start + 1, start + length))
            start += length
