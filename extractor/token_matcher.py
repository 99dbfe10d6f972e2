"""Token patterns as spaCy writes them, matched by spaCy's own Matcher.

spaCy is imported when the first pattern is given, never before. Words of a pattern are folded
like those of every rule, so that one pattern reads both scripts.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from extractor.text import fold

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

TokenPattern = Sequence[Mapping[str, Any]]

_WORDS = frozenset(("TEXT", "ORTH", "LOWER", "NORM"))
_ATTRIBUTES = _WORDS | frozenset(
    (
        *("OP", "SHAPE", "LENGTH", "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER"),
        *("IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL"),
        *("IS_BRACKET", "IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY"),
    )
)
"""What a token has without a trained pipeline."""
_WIDE_MARKS = re.compile("([！-／：-＠［-｀｛-～])")
_REGEX = "REGEX"


class TokenMatcher:
    """Finds token patterns in lists of words; compiled once, then reusable from any thread."""

    def __init__(self, patterns: Sequence[TokenPattern]) -> None:
        """Raises ``ValueError``, in one line, for a pattern that spaCy does not take or that
        asks for what only a trained pipeline knows."""
        from spacy.matcher import Matcher  # noqa: PLC0415 - heavy, and wanted by few

        self._vocab = _vocab()
        self._matcher = Matcher(self._vocab, validate=True)
        for number, pattern in enumerate(patterns):
            _add(self._matcher, str(number), pattern)

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """``(pattern, start, end)`` of the longest matches, ``[start, end)`` counting words.

        Matches of one pattern do not overlap; those of two may.
        """
        from spacy.tokens import Doc  # noqa: PLC0415

        with _lock:
            found = self._matcher(Doc(self._vocab, words=list(words)))
            return [(int(self._vocab.strings[key]), start, end) for key, start, end in found]


_lock = threading.Lock()
"""All matchers write to one vocabulary."""


@cache
def _vocab() -> Vocab:
    from spacy.lang.zh import Chinese  # noqa: PLC0415
    from spacy.vocab import create_vocab  # noqa: PLC0415

    return create_vocab("zh", Chinese.Defaults)


def _add(matcher: Matcher, name: str, pattern: TokenPattern) -> None:
    unknown = sorted({key for token in pattern for key in token if key.upper() not in _ATTRIBUTES})
    if unknown:
        raise ValueError(
            f"{', '.join(unknown)}: not known without a trained pipeline; known: "
            f"{', '.join(sorted(_ATTRIBUTES))}"
        )
    folded = [{key: _folded(key, value) for key, value in token.items()} for token in pattern]
    try:
        matcher.add(name, [folded], greedy="LONGEST")
    except (ValueError, re.error) as error:
        raise ValueError(" ".join(str(error).split())) from error


def _folded(key: str, value: Any) -> Any:
    """A pattern's words as the matching text writes them."""
    return _fold_value(value, regex=False) if key.upper() in _WORDS else value


def _fold_value(value: Any, *, regex: bool) -> Any:
    if isinstance(value, Mapping):
        return {key: _fold_value(one, regex=regex or key == _REGEX) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_fold_value(one, regex=regex) for one in value]
    if isinstance(value, str):
        # A full-width bracket becomes one that means something in a regular expression.
        return fold(_WIDE_MARKS.sub(r"\\\1", value) if regex else value)
    return value
