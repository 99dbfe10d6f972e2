"""The text that rules are matched against, and the way back to the text as it was given.

The *matching text* is in Simplified script, with full-width forms folded to ASCII, lines that
were only wrapped joined again, and invisible characters gone. Every offset into it maps to an
offset into the original; both count Unicode code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise, starmap
from typing import Literal, NamedTuple

from extractor.script import (
    Config,
    Converted,
    Converter,
    Edit,
    converter,
    leftovers,
    splice,
    survey,
)

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")

_END = "。!?"
_CLOSING = "」』”’》〉)】\\]"
_SENTENCE = re.compile(
    rf"[^\s{_END}][^\n{_END}]*(?:[{_END}]+[{_CLOSING}]*)?|[{_END}]+[{_CLOSING}]*"
)
_PARAGRAPH = re.compile(r"\S[^\n]*")


class Span(NamedTuple):
    """A half-open range of the matching text."""

    start: int
    end: int


class SourceText:
    """A text as given, and the matching text made from it; never changed once made.

    >>> source = SourceText("網際網路用戶增長１２％。", script="tw2sp")
    >>> source.text
    '互联网用户增长12%。'
    >>> source.span(0, 3), source.quote(7, 10)
    ((0, 4), '１２％')
    """

    __slots__ = ("_moved", "_offsets", "original", "paragraphs", "script", "sentences", "text")

    def __init__(self, original: str, *, script: Config | Literal["auto"] = "auto") -> None:
        """Make the matching text, choosing the conversion by content with ``auto``.

        Raises ``UnicodeEncodeError`` for a lone surrogate, which is no text.
        """
        found = survey(original)
        cleaned = _cleaned(original)
        config = found.config if script == "auto" else script
        converted = _converter(config).convert(cleaned.text)
        self.original = original
        self.text = converted.text
        self.script = found.script
        self.sentences = _spans(_SENTENCE, self.text)
        self.paragraphs = _spans(_PARAGRAPH, self.text)
        self._offsets = Converted(converted.text, cleaned.offsets + converted.offsets)
        self._moved = bool(self._offsets.offsets)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the original behind ``text[start:end]``, whole phrases throughout."""
        return self._offsets.span(start, end) if self._moved else (start, end)

    def quote(self, start: int, end: int) -> str:
        """What stands in the original for ``text[start:end]``."""
        if self._moved:
            start, end = self._offsets.span(start, end)
        return self.original[start:end]


def fold(word: str) -> str:
    """How a rule's word is written in the matching text.

    >>> fold("１２萬戶")
    '12万户'
    """
    return _converter("t2s").convert(word).text


@cache
def _converter(config: Config | None) -> Converter:
    return converter(config).then(_folding())


@cache
def _folding() -> dict[int, int]:
    """One character for one character, so that folding moves no offset.

    Quotation marks, dashes, the Chinese full stop and the enumeration comma mean something
    of their own and stay as they are.
    """
    table = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}
    table |= {ord(old): ord(new) for old, new in zip("￠￡￥￦〜", "¢£¥₩~", strict=True)}
    table |= {ord(old): ord(new) for old, new in zip("｡｢｣､", "。「」、", strict=True)}
    table |= {
        ord(old): ord(new)
        for old, new in zip("﹐﹑﹒﹔﹕﹖﹗﹙﹚﹣﹪", ",、.;:?!()-%", strict=True)
    }
    table |= dict.fromkeys(map(ord, "\u2010\u2011\u2212"), ord("-"))
    table |= dict.fromkeys(map(ord, "\u2236\ufe13"), ord(":"))
    table |= dict.fromkeys(map(ord, "\u00a0\u1680\u202f\u205f\u3000"), ord(" "))
    table |= dict.fromkeys(range(0x2000, 0x200B), ord(" "))
    table |= dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), ord("\n"))
    return table | leftovers() | _lookalikes()


def _lookalikes() -> dict[int, int]:
    """Radicals and compatibility ideographs, which PDF files give in place of characters."""
    points = [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA)]
    plain = "".join(unicodedata.normalize("NFKC", chr(point)) for point in points)
    simplified = "".join(converter("t2s").convert(character).text for character in plain)
    return dict(zip(points, map(ord, simplified), strict=True))


def _spans(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    """Where a pattern matches, without white space at the end."""
    found = []
    for match in pattern.finditer(text):
        start, end = match.span()
        if text[end - 1].isspace():
            end = start + len(match[0].rstrip())
        found.append(Span(start, end))
    return tuple(found)


# Cleaning: what goes before anything is matched


def _cleaned(text: str) -> Converted:
    """Carriage returns as line ends; soft line ends and invisible characters gone."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    edits = [*_soft_breaks(text)] if "\n" in text else []
    edits += ((match.start(), match.end(), "") for match in _INVISIBLE.finditer(text))
    return splice(text, sorted(edits)) if edits else Converted(text)


_COLUMNS = range(40, 121)
"""How wide a text may be wrapped: e-mail, and pages of one or two columns."""

_EVIDENCE = 3
"""How many lines must be full before a text counts as wrapped."""

_SLACK = 2
"""How many columns a full line may lack: a page's characters are not all equally wide."""

_STOPS = re.compile(rf"[{_END}！？:：][{_CLOSING}）]*$")
_SET_OFF = re.compile(r"[\s•●■◆□※*#>|]|[·○+—–-]\s")
_LATIN = re.compile(r"[A-Za-z0-9]")
_TABULAR = re.compile(r"\t|\S {3}|\|")
_UNIT = re.compile(rf"(?:[!-~]+|.)[，。、；：！？,;:{_CLOSING}）％%]*")


class Line(NamedTuple):
    """A line without the white space at its end, and the offset where it starts."""

    start: int
    text: str

    @property
    def width(self) -> int:
        """Columns taken: two for each character that UTF-8 writes in three bytes."""
        return _columns(self.text)

    def is_full(self, after: Line, page: int) -> bool:
        """Whether the first word of the next line would not have fitted on this one."""
        unit = _UNIT.match(after.text)
        return unit is not None and self.width + _columns(unit[0]) > page - _SLACK

    def goes_on(self, after: Line) -> bool:
        """Whether the next line could be the same paragraph going on."""
        return bool(
            self.text
            and after.text
            and not _SET_OFF.match(after.text)
            and not _TABULAR.search(self.text)
        )

    def joint(self, after: Line) -> Edit | None:
        """How the next line joins on, which it does not where a sentence has ended."""
        if _STOPS.search(self.text):
            return None
        # A line is not broken within a number or a Latin word: there was a space.
        space = " " if _LATIN.match(self.text[-1]) and _LATIN.match(after.text) else ""
        return self.start + len(self.text), after.start, space


def _columns(text: str) -> int:
    return (len(text) + len(text.encode())) // 2


def _soft_breaks(text: str) -> Iterator[Edit]:
    """Line ends that only the width of a page or an e-mail put there.

    A wrapped line is full: the first word of the next would not have fitted. In a text that
    nobody wrapped hardly any line is, and headings are short.
    """
    raw = text.split("\n")
    if not len(raw) > _EVIDENCE or max(map(len, raw)) > _COLUMNS.stop:
        return
    starts = accumulate((len(line) + 1 for line in raw), initial=0)
    lines = [Line(start, line.rstrip()) for start, line in zip(starts, raw, strict=False)]
    widths = sorted(line.width for line in lines if line.text)
    # One long line in twenty, such as an address, says nothing about the width of the page.
    page = widths[-1 - len(widths) // 20] if widths else 0
    if page not in _COLUMNS:
        return
    pairs = [(line, after) for line, after in pairwise(lines) if line.goes_on(after)]
    full = [(line, after) for line, after in pairs if line.is_full(after, page)]
    if len(full) >= max(_EVIDENCE, len(pairs) / 2):
        yield from filter(None, starmap(Line.joint, full))
