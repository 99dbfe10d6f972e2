"""Where words begin and end in the sentences that state figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from extractor.marks import Mark
from extractor.text import Span
from extractor.tokens import Tokenizer

_HAN = "\u4e00"
_RUN = re.compile(r"[\u4e00-\u9fd5]{2,}|[A-Za-z0-9.]{2,}")
_EDGE, _INSIDE, _UNREAD = range(3)
"""What is known of a place: a word's edge, within a word, within a run that is not cut yet."""
_ROWS = tuple(bytes((what,)) for what in range(3))


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
        self._cut, self._is_parted = tokenizer.cut, tokenizer.is_parted
        self._places = bytearray(len(text) + 1)
        self._runs = [run.span() for one in sentences for run in _RUN.finditer(text, *one)]
        for start, end in self._runs:
            what = _ROWS[_INSIDE if text[start] < _HAN else _UNREAD]
            self._places[start + 1 : end] = what * (end - start - 1)
        for mark in known:
            inner = mark.end - mark.start - 1
            if inner > 0:
                self._places[mark.start + 1 : mark.end] = _ROWS[_INSIDE] * inner

    def edge(self, place: int) -> bool:
        """Whether a word begins or ends at ``place``."""
        if self._places[place] == _UNREAD:
            start, end = self._run(place)
            if self._is_parted(self._text[start:end], place - start):
                self._places[place] = _EDGE
            else:
                self._read(start, end)
        return self._places[place] == _EDGE

    def cut(self, start: int, end: int) -> list[tuple[int, int]]:
        """The words of a stretch; what its edges cut in two counts as words of its own."""
        places = self._places
        while (unread := places.find(_UNREAD, start + 1, end)) >= 0:
            self._read(*self._run(unread))
        inner = [place for place in range(start + 1, end) if places[place] == _EDGE]
        return list(zip([start, *inner], [*inner, end], strict=True))

    def first(self, start: int, end: int) -> str:
        """The first word of a stretch that is cut by itself, whatever stands round it."""
        return self._cut(self._text[start:end])[0]

    def _run(self, place: int) -> tuple[int, int]:
        """The run that ``place`` lies in."""
        return self._runs[bisect_right(self._runs, (place,)) - 1]

    def _read(self, start: int, end: int) -> None:
        """Cut a run."""
        places = self._places
        at = start
        for word in self._cut(self._text[start:end]):
            at += len(word)
            if places[at] == _UNREAD:
                places[at] = _EDGE
        places[start:end] = places[start:end].replace(_ROWS[_UNREAD], _ROWS[_INSIDE])
