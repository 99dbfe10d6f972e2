"""The shape of `rules/periods*.toml`: what words and patterns say of when.

A pattern is written as it is read: ``{slot}`` stands for a number or word of a slot,
``[a|b]`` for one of several words, ``[a]?`` for a word that may be missing, ``{to}`` for
what joins the two ends of a range, and ``>`` begins what must follow without being taken.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.ruleset import Example, Word

Means = Literal["fields", "offset", "run", "edge", "same", "span", "now"]
Style = Literal["any", "press", "chat"]


class TimeSlot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number, or one of some words, inside a pattern."""

    name: str
    field: str
    """What its value says: a calendar unit, ``offset``, ``count``, ``base`` …"""
    low: int = 0
    high: int = 9999
    arabic: tuple[int, int] | None = None
    """The fewest and the most Arabic digits."""
    chinese: tuple[int, int] | None = None
    """The fewest and the most Chinese numerals."""
    positional: bool = False
    """Chinese digits must stand one beside the other: 二四, not 二十四."""
    joined: bool = False
    """More digits may follow at once: 20240930."""
    words: dict[str, tuple[Word, ...]] = {}
    """The words of each value: {-1 = ["去年", "上年"]}."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class TimeRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of naming a time, or a part of one, and what it means."""

    name: str
    patterns: tuple[Word, ...]
    means: Means = "fields"
    grain: str | None = None
    """The unit that an offset, a run or an edge counts."""
    set: dict[str, int] = {}
    """Fields that the words fix without a number: {half = 1}."""
    offset: int = 0
    final: int | None = None
    """The offset of the last unit of a span."""
    sign: int = 1
    count: int | None = None
    where: Literal["first", "last", "past", "next", "till"] | None = None
    """Which units a run takes: of what encloses it, about the reference day, up to an end."""
    aligned: bool = False
    """Whether a run about the reference day takes whole calendar units."""
    edge: Literal["start", "middle", "end", "whole"] | None = None
    """Which part of a unit is meant; of a run to now, that it begins with a whole unit."""
    of: tuple[str, ...] = ()
    """The grains that an edge can be of."""
    style: Style = "any"
    region: tuple[str, ...] = ()
    early: bool = False
    """Tried before the rules of all files that are not."""
    opens: bool = False
    """Whether the time runs on from there: 再過兩天."""
    alone: bool = True
    """Whether it says a time without a coarser unit before it."""
    tight: bool = False
    """No space between number and unit."""
    ends: bool = False
    """The text or the clause ends after it, so that it is no part of another number."""
    not_after: tuple[Word, ...] = ()
    not_before: tuple[Word, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class TimeJoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words between two times: ``to`` makes a range of them, ``of`` puts one in the other,
    ``beside`` adds a weekday to a day, ``list`` joins a day and the next."""

    means: Literal["to", "of", "beside", "list"]
    words: tuple[Word, ...]
    style: Style = "any"
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class TimeBound(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words about a time that open or close it: 自…以來, 截至…, …之前."""

    name: str
    means: Literal["since", "to_date", "until", "before", "after", "at_end", "about"]
    before: tuple[Word, ...] = ()
    after: tuple[Word, ...] = ()
    needs: Literal["before", "after", "both"] = "after"
    style: Style = "any"
    not_before: tuple[Word, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class TimeCue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of the clause that say how to read a time: to come, or only compared with; ``due``
    stands right before it and says that it is not over yet: 將於1月15日舉行."""

    means: Literal["future", "due", "compared"]
    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class DayPart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the day: 上午. ``short`` words say it only after a day: 30日晚."""

    words: tuple[Word, ...]
    short: tuple[Word, ...] = ()
    hours: tuple[int, int]
    timex: str | None = None
    """Its code in TIMEX3."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class Holiday(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feast or holiday, and the one rule that says on which day of a year it falls."""

    words: tuple[Word, ...]
    day: tuple[int, int] | None = None
    weekday: tuple[int, int, int] | None = None
    """Month, number (-1 the last) and weekday (1 is Monday)."""
    offset: int = 0
    """Days after that weekday."""
    lunar: tuple[int, int] | None = None
    """Month and day of the Chinese calendar; day -1 is the last."""
    term: int | None = None
    """The sun's longitude in degrees."""
    easter: int | None = None
    orthodox: int | None = None
    islamic: tuple[int, int] | None = None
    """Month and day of the Islamic calendar."""
    days: int = 1
    regions: dict[str, tuple[int, int]] = {}
    """Month and day where a region keeps it on another."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class Season(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A season, from one solar longitude to another."""

    words: tuple[Word, ...]
    short: tuple[Word, ...]
    terms: tuple[int, int]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class TimeEdge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many smaller units the beginning or the end of a unit is, loosely speaking."""

    edge: Literal["start", "end"]
    share: dict[str, tuple[int, str]]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


TABLES: dict[str, type[Struct]] = {
    "time_slot": TimeSlot,
    "time": TimeRule,
    "time_joint": TimeJoint,
    "time_bound": TimeBound,
    "time_cue": TimeCue,
    "time_edge": TimeEdge,
    "day_part": DayPart,
    "holiday": Holiday,
    "season": Season,
}
