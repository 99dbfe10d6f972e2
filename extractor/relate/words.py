"""Where words begin and end, asked for clause by clause and cut once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from extractor.text import SourceText
from extractor.tokens import Tokenizer

_CLAUSE = re.compile(r"[^\s,;:。!?、()\[\]【】]+")


class Words:
    """The words of one release; a clause is cut when something in it is first asked for."""

    def __init__(
        self, source: SourceText, tokenizer: Tokenizer, known: Iterable[tuple[int, int]] = ()
    ) -> None:
        """``known``: stretches that are read already (numbers, periods); words end at them."""
        self._source = source
        self._tokenizer = tokenizer
        self._clauses: list[tuple[int, int]] = []
        edges = sorted(place for span in known for place in span)
        for match in _CLAUSE.finditer(source.text):
            start, end = match.span()
            inner = edges[bisect_right(edges, start) : bisect_left(edges, end)]
            self._clauses += zip([start, *inner], [*inner, end], strict=True)
        self._edges: dict[int, list[int]] = {}

    def edge(self, place: int) -> bool:
        """Whether a word begins or ends at ``place``."""
        edges = self._edges_at(place)
        index = bisect_left(edges, place)
        if index == len(edges):
            edges = self._edges_at(place - 1)
            index = bisect_left(edges, place)
        return index == len(edges) or edges[index] == place

    def cut(self, start: int, end: int) -> list[tuple[int, int]]:
        """The words of a stretch; what its edges cut in two counts as words of its own."""
        inner: list[int] = []
        at = start
        while at < end:
            edges = self._edges_at(at)
            inner += edges[bisect_right(edges, at) : bisect_left(edges, end)]
            at = max(edges[-1], at + 1)
            if at < end:
                inner.append(at)
        places = [start, *inner, end]
        return list(zip(places, places[1:], strict=False))

    def _edges_at(self, place: int) -> list[int]:
        index = bisect_right(self._clauses, (place, len(self._source.text))) - 1
        edges = self._edges.get(index)
        if edges is None:
            start, end = self._clauses[index] if index >= 0 else (place, place)
            cut = self._tokenizer.cut_span(self._source, start, end)
            edges = self._edges[index] = [first for first, _ in cut] + [end]
        return edges
