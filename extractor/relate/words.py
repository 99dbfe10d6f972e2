"""Where words begin and end in the sentences that state figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.marks import Mark
from extractor.text import Span
from extractor.tokens import Tokenizer

_RUN = re.compile(r"(?P<han>[\u4e00-\u9fd5]{2,})|[A-Za-z0-9.]{2,}")


class Words:
    """The words of some sentences, all cut when made. Other places count as word edges."""

    def __init__(
        self,
        text: str,
        sentences: Iterable[Span],
        tokenizer: Tokenizer,
        known: Iterable[Mark] = (),
    ) -> None:
        """``text`` is the matching text with ``known``, what is read already, blanked out; each
        of these is a word."""
        inside: set[int] = set()
        for mark in known:
            inside.update(range(mark.start + 1, mark.end))
        for sentence in sentences:
            for run in _RUN.finditer(text, *sentence):
                start, end = run.span()
                if run.lastgroup is None:
                    inside.update(range(start + 1, end))
                    continue
                for word in tokenizer.cut(run[0]):
                    length = len(word)
                    if length == 2:
                        inside.add(start + 1)
                    elif length > 2:
                        inside.update(range(start + 1, start + length))
                    start += length
        self._inside = inside

    def edge(self, place: int) -> bool:
        """Whether a word begins or ends at ``place``."""
        return place not in self._inside

    def cut(self, start: int, end: int) -> list[tuple[int, int]]:
        """The words of a stretch; what its edges cut in two counts as words of its own."""
        inside = self._inside
        inner = [place for place in range(start + 1, end) if place not in inside]
        return list(zip([start, *inner], [*inner, end], strict=True))
