"""Chinese script: OpenCC's dictionaries, compiled once, and which of them a text needs.

The dictionaries are those of opencc-python-reimplemented, and the result equals its
``OpenCC(config).convert(text)``; only the way there differs: a translate table for single
characters and an automaton for phrases instead of a search through every substring.
"""

from __future__ import annotations

import json
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Any, Literal, NamedTuple, get_args

from ahocorasick_rs import AhoCorasick, MatchKind

Config = Literal["t2s", "hk2s", "tw2s", "tw2sp"]
Script = Literal["hant", "hans", "mixed"]

CONFIGS: tuple[Config, ...] = get_args(Config)

REAL_SHARE = 0.1
"""A text is mixed when the rarer script has more than this share of what tells them apart."""

_BMP = 0x10000


# Offsets


class Region(NamedTuple):
    """A stretch that changed its length; offsets in the new text, and in the one before."""

    start: int
    end: int
    source_start: int
    source_end: int


class Offsets:
    """From a changed text back to the one before it, kept as the regions that changed length.

    >>> before = Offsets([Region(0, 3, 0, 4)])
    >>> before.start(1), before.end(1), before.start(5)
    (0, 4, 6)
    """

    __slots__ = ("_ends", "_regions", "_starts")

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = tuple(regions)
        self._starts = [region.start for region in self._regions]

    def start(self, offset: int) -> int:
        """Where a span that starts at ``offset`` started; a region counts as a whole."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        region = self._regions[index]
        if offset < region.end:
            return region.source_start
        return offset + region.source_end - region.end

    def end(self, offset: int) -> int:
        """Where a span that ends at ``offset`` ended; a region counts as a whole."""
        index = bisect_left(self._starts, offset) - 1
        if index < 0:
            return offset
        region = self._regions[index]
        return max(offset, region.end) + region.source_end - region.end


class Converted(NamedTuple):
    """A converted text, with one map per pass that changed a length (nearly always none)."""

    text: str
    offsets: tuple[Offsets, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span behind ``text[start:end]`` in the text that was converted.

        >>> converter("tw2sp").convert("網際網路用戶").span(1, 3)
        (0, 4)
        """
        for offsets in reversed(self.offsets):
            start, end = offsets.start(start), offsets.end(end)
        return start, max(start, end)


Edit = tuple[int, int, str]
"""Start and end of a stretch, and what to put there."""


def splice(text: str, edits: Iterable[Edit]) -> Converted:
    """Apply edits, which come sorted and apart from each other.

    >>> splice("一二三", [(1, 2, "")]).span(1, 2)
    (2, 3)
    """
    parts: list[str] = []
    regions: list[Region] = []
    done = grown = 0
    for start, end, value in edits:
        parts += text[done:start], value
        growth = len(value) - (end - start)
        if growth:
            regions.append(Region(start + grown, start + grown + len(value), start, end))
            grown += growth
        done = end
    parts.append(text[done:])
    return Converted("".join(parts), (Offsets(regions),) if regions else ())


# Conversion


class Phrase(NamedTuple):
    """What a phrase becomes, and its rank: where phrases overlap, the lowest wins."""

    value: str
    rank: tuple[int, int]


class Pass:
    """One group of dictionaries applied to a whole text.

    OpenCC takes the longest phrase anywhere in the text first, the leftmost of equals, and
    then looks on both sides of it; a later dictionary sees what the earlier ones left.
    """

    def __init__(self, dictionaries: Iterable[Mapping[str, str]]) -> None:
        # Of the tables that str.translate takes, a string is the one that the processor's caches
        # hold, and what lies beyond its end is left alone: rare characters, and those that grow,
        # are found as phrases instead.
        table = list(map(chr, range(_BMP)))
        phrases: dict[str, Phrase] = {}
        singles: set[str] = set()
        for order, dictionary in enumerate(dictionaries):
            # A character that an earlier dictionary takes is gone when a later one is tried.
            gone = frozenset(singles)
            for key, value in dictionary.items():
                if key in phrases or not gone.isdisjoint(key):
                    continue
                if len(key) == 1:
                    singles.add(key)
                if len(key) == len(value) == 1 and ord(key) < _BMP:
                    table[ord(key)] = value
                else:
                    phrases[key] = Phrase(value, (order, -len(key)))
        self._table = "".join(table)
        self._phrases = tuple(phrases.values())
        self._automaton = AhoCorasick(phrases, matchkind=MatchKind.Standard)

    def then(self, table: Mapping[int, int]) -> Pass:
        """This pass, with a table of single characters applied to what comes out."""
        other = copy(self)
        other._table = self._table.translate(table)
        other._phrases = tuple(
            Phrase(phrase.value.translate(table), phrase.rank) for phrase in self._phrases
        )
        return other

    def convert(self, text: str) -> Converted:
        """The converted text, with an offset map if a phrase changed its length."""
        converted = text.translate(self._table)
        if not self._phrases:
            return Converted(converted)
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not matches:
            return Converted(converted)
        return splice(converted, self._chosen(matches, len(text)))

    def _chosen(self, matches: list[tuple[int, int, int]], length: int) -> list[Edit]:
        """The matches that OpenCC would take, from left to right."""
        phrases = self._phrases
        edits: list[Edit] = []
        taken = bytearray(length)
        for index, start, end in sorted(matches, key=lambda m: (phrases[m[0]].rank, m[1])):
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                edits.append((start, end, phrases[index].value))
        edits.sort(key=itemgetter(0))
        return edits


class Converter:
    """One OpenCC configuration; made once by :func:`converter`, and safe to share."""

    def __init__(self, passes: Iterable[Pass]) -> None:
        self._passes = tuple(passes)

    def convert(self, text: str) -> Converted:
        """Convert ``text`` to Simplified script.

        >>> converter("t2s").convert("增長").text
        '增长'
        """
        offsets: tuple[Offsets, ...] = ()
        for step in self._passes:
            text, more = step.convert(text)
            offsets += more
        return Converted(text, offsets)

    def then(self, table: Mapping[int, int]) -> Converter:
        """This converter, with a table of single characters applied to what comes out."""
        *first, last = self._passes
        return Converter([*first, last.then(table)])


_lock = threading.Lock()


def converter(config: Config | None) -> Converter:
    """The converter of a configuration, compiled when first asked for; ``None`` changes nothing.

    >>> converter(None).convert("增長").text
    '增長'
    """
    with _lock:
        return _compiled(config)


@cache
def _compiled(config: Config | None) -> Converter:
    if config is None:
        return Converter([Pass([])])
    settings = json.loads(_resource("config", f"{config}.json"))
    return Converter(Pass(_dictionaries(link["dict"])) for link in settings["conversion_chain"])


def _dictionaries(node: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """The dictionaries of one link of a conversion chain, flattened, in their order."""
    if node["type"] == "group":
        for child in node["dicts"]:
            yield from _dictionaries(child)
    else:
        yield _dictionary(node["file"])


@cache
def _dictionary(name: str) -> dict[str, str]:
    """One dictionary file: each key with the first of its values."""
    pairs = (line.split("\t") for line in _resource("dictionary", name).split("\n") if line)
    return {key: values.split(" ")[0] for key, values in pairs}


def _resource(folder: str, name: str) -> str:
    return (files("opencc") / folder / name).read_text(encoding="utf-8")


# Which script a text is in


class Survey(NamedTuple):
    """The script of a text, and the configuration that it needs (``None``: it is Simplified)."""

    script: Script
    config: Config | None


class Marks(NamedTuple):
    """Characters that tell scripts and standards apart."""

    scripts: str
    """By code point: ``t`` for a Traditional character, ``s`` for a Simplified one, or ``-``."""
    regional: dict[Config, tuple[frozenset[str], frozenset[str]]]
    """What only that configuration converts, and the form that the standard does not use."""


def survey(text: str) -> Survey:
    """Look at the characters of a text once.

    Simplified text is left alone. Any other is read as Traditional in general (t2s), unless
    it has forms that only the Hong Kong (hk2s) or the Taiwan tables (tw2s) convert. tw2sp
    exchanges vocabulary as well and is never picked.

    >>> survey("衞生署").config, survey("隨著").config, survey("随着").config
    ('hk2s', 'tw2s', None)
    """
    marks = _marks()
    characters = set(text)
    scripts = "".join(characters).translate(marks.scripts)
    traditional, simplified = scripts.count("t"), scripts.count("s")
    share = REAL_SHARE * (traditional + simplified)
    if traditional <= share:
        # A lone Traditional name in a Simplified text is converted too, and nothing else is.
        return Survey("hans", "t2s" if traditional or not simplified else None)
    if simplified > share:
        return Survey("mixed", "t2s")
    return Survey("hant", _regional(characters, marks))


def detect(text: str) -> Config | None:
    """The configuration that a text needs; ``None`` when it is all in Simplified script.

    >>> detect("增長"), detect("增长")
    ('t2s', None)
    """
    return survey(text).config


def script_of(text: str) -> Script:
    """Whether a text is in Traditional or Simplified script, or in both.

    >>> script_of("增長"), script_of("增长"), script_of("增長 增长")
    ('hant', 'hans', 'mixed')
    """
    return survey(text).script


def _regional(characters: set[str], marks: Marks) -> Config:
    """The standard with the most forms of its own in the text, less those it would not use."""
    scores = {
        config: len(characters & own) - len(characters & foreign)
        for config, (own, foreign) in marks.regional.items()
    }
    best = max(scores.values())
    winners = [config for config, score in scores.items() if score == best > 0]
    return winners[0] if len(winners) == 1 else "t2s"


@cache
def _marks() -> Marks:
    pairs = {key: value for key, value in _dictionary("TSCharacters.txt").items() if key != value}
    # What tells is the standard of the other script, which lacks the character.
    traditional = {key for key in pairs if not _in_charset(key, "gb2312")}
    simplified = frozenset(
        value for value in pairs.values() if value not in pairs and not _in_charset(value, "big5")
    )
    regional: dict[Config, tuple[frozenset[str], frozenset[str]]] = {}
    for config, forms in _regional_forms().items():
        others = {form for c, other in _regional_forms().items() if c != config for form in other}
        own = frozenset(
            form
            for form, standard in forms.items()
            if form not in others
            and form not in simplified
            and pairs.get(form, form) != pairs.get(standard, standard)
        )
        foreign = frozenset(forms[form] for form in own if forms[form] not in forms)
        regional[config] = own, foreign
        traditional |= {form for form in own if not _in_charset(form, "gb2312")}
    scripts = ["-"] * (max(map(ord, traditional | simplified)) + 1)
    for letter, group in (("t", traditional), ("s", simplified)):
        for character in group:
            scripts[ord(character)] = letter
    return Marks("".join(scripts), regional)


def _regional_forms() -> dict[Config, dict[str, str]]:
    """How Hong Kong and Taiwan write characters, and how OpenCC's own standard does."""
    return {
        "hk2s": _dictionary("HKVariantsRev.txt"),
        "tw2s": _dictionary("TWVariantsRev.txt"),
    }


@cache
def leftovers() -> dict[int, int]:
    """Regional forms that a conversion leaves in a Simplified text, and what they should be.

    Which configuration converts which variant differs; with this table applied on top, a word
    comes out the same from all of them wherever GB 2312 has one form of it only.

    >>> "衞生".translate(leftovers())
    '卫生'
    """
    simplified = _dictionary("TSCharacters.txt")
    table: dict[int, int] = {}
    for forms in _regional_forms().values():
        for pair in forms.items():
            results = [simplified.get(form, form) for form in pair]
            known = [result for result in results if _in_charset(result, "gb2312")]
            if len(known) == 1:
                table |= {ord(form): ord(known[0]) for form in results if form != known[0]}
    return table


def _in_charset(character: str, encoding: str) -> bool:
    return bool(character.encode(encoding, "ignore"))
