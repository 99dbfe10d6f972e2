"""Words: jieba on runs of Han characters, and everything else as it stands.

jieba runs on a tokenizer of our own, so that its global one, its log and its cache in the
shared temporary folder are left alone. rjieba reads the same dictionary and cuts Han runs at
the same places, many times faster; it is used where it is installed.
"""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from math import inf, log
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct

from extractor.text import SourceText

Engine = Literal["auto", "jieba", "rjieba"]

Cut = Callable[[str, bool], list[str]]
Parted = Callable[[str, int], bool]

# The Han characters that jieba takes for such; others stand alone with it, and here.
_PIECE = re.compile(
    r"(?P<han>[\u4E00-\u9FD5]+)"
    r"|[0-9]++(?:[.,][0-9]++)*+(?![A-Za-z])"
    r"|[A-Za-z0-9]+(?:[-_.&'’+][A-Za-z0-9]+)*"
    r"|\S"
)


class Token(Struct, frozen=True, gc=False):
    """A word as written; offsets in the original text, in code points, half-open."""

    text: str
    start: int
    end: int


class Tokenizer:
    """Cuts text into words; its dictionary is read at the first cut, once per process.

    >>> Tokenizer().cut("工业增加值")
    ['工业', '增加值']
    """

    def __init__(self, engine: Engine = "auto", *, guess: bool = True) -> None:
        """``auto`` takes rjieba if it is installed; what comes out is the same.

        ``guess`` lets the engine make words of characters that its dictionary does not join
        (jieba's ``HMM``).
        """
        if engine == "auto":
            engine = "rjieba" if find_spec("rjieba") else "jieba"
        self.engine = engine
        self.guess = guess
        self._engine: _Engine | None = None

    def cut(self, run: str) -> list[str]:
        """The words of a run of Han characters in Simplified script."""
        return self._loaded().cut(run, self.guess)

    def is_parted(self, run: str, place: int) -> bool:
        """Whether it is known without a cut that one of the words begins at ``place`` in a run."""
        parted = None if self.guess else self._loaded().is_parted
        return parted is not None and parted(run, place)

    def _loaded(self) -> _Engine:
        if self._engine is None:
            self._engine = _engine(self.engine)
        return self._engine

    def cut_span(self, source: SourceText, start: int, end: int) -> list[tuple[int, int]]:
        """Where the words of ``source.text[start:end]`` start and end, white space left out."""
        return list(self._bounds(source.text, start, end))

    def tokens(self, source: SourceText) -> list[Token]:
        """The words of a whole text, as written in the original and with its offsets.

        >>> Tokenizer().tokens(SourceText("工業 增１２％"))[1:3]
        [Token(text='增', start=3, end=4), Token(text='１２', start=4, end=6)]
        """
        spans = (source.span(*word) for word in self._bounds(source.text, 0, len(source.text)))
        return [Token(source.original[start:end], start, end) for start, end in spans]

    def _bounds(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        cut = self._loaded().cut
        for piece in _PIECE.finditer(text, start, end):
            if piece.lastgroup is None:
                yield piece.span()
                continue
            left = piece.start()
            for word in cut(piece[0], self.guess):
                right = left + len(word)
                yield left, right
                left = right


class _Engine(NamedTuple):
    """What a tokenizer is made of."""

    cut: Cut
    is_parted: Parted | None = None
    """Whether no word of the dictionary can lie across a place in a run."""


_lock = threading.Lock()


def _engine(name: str) -> _Engine:
    with _lock:
        return _ENGINES[name]()


@cache
def _jieba() -> _Engine:
    with warnings.catch_warnings():
        # Its patterns are not raw strings, and it asks setuptools for its dictionary.
        warnings.simplefilter("ignore")
        tokenizer = import_module("jieba").Tokenizer()
    # What initialize() does, without its log and its cache file.
    with _dictionary().open("rb") as lines:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(lines)
    tokenizer.initialized = True
    lcut = tokenizer.lcut
    likeliest = _likeliest(tokenizer.FREQ, tokenizer.total)

    def cut(run: str, guess: bool) -> list[str]:
        words: list[str] = lcut(run) if guess else likeliest(run)
        return words

    return _Engine(cut, _parted(tokenizer.FREQ))


def _parted(beginnings: Collection[str]) -> Parted:
    """``beginnings``: those of all words of a dictionary, and the words themselves."""
    longest = max(map(len, beginnings))

    def is_parted(run: str, place: int) -> bool:
        end = place + 1
        return all(
            run[start:end] not in beginnings for start in range(max(end - longest, 0), place)
        )

    return is_parted


def _likeliest(frequencies: Mapping[str, int], total: int) -> Callable[[str], list[str]]:
    """What jieba does with a Han run where it does not guess: the most probable path through
    the words of its dictionary, of equals the one with the longer word, in a single pass.

    ``frequencies`` holds every beginning of a word too, with 0 where it is no word itself.
    """
    rarest = -log(total)

    def cut(run: str) -> list[str]:
        size = len(run)
        scores, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            end, best, chosen = start, -inf, start
            while end < size and (frequency := frequencies.get(run[start : end + 1])) is not None:
                end += 1
                if frequency and (score := log(frequency) + rarest + scores[end]) >= best:
                    best, chosen = score, end
            if chosen == start:
                best, chosen = rarest + scores[start + 1], start + 1
            scores[start], ends[start] = best, chosen
        words, start = [], 0
        while start < size:
            words.append(run[start : ends[start]])
            start = ends[start]
        return words

    return cut


@cache
def _rjieba() -> _Engine:
    # Its dictionary cannot be asked, and cutting a run takes it no longer than that would.
    return _Engine(import_module("rjieba").Jieba().cut)


_ENGINES: dict[str, Callable[[], _Engine]] = {"jieba": _jieba, "rjieba": _rjieba}


@cache
def verbs() -> frozenset[str]:
    """The words that jieba's dictionary has as verbs and nothing else (tag ``v``).

    >>> "增加" in verbs(), "增加值" in verbs()
    (True, False)
    """
    text = _dictionary().read_text(encoding="utf-8")
    return frozenset(re.findall(r"^(\S+) [0-9]+ v$", text, re.MULTILINE))


def _dictionary() -> Path:
    """jieba's dictionary, found without importing jieba."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed", name="jieba")
    return Path(spec.origin).parent / "dict.txt"
