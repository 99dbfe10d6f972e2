"""The elements that times are said with, and what each says whatever its numbers are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from extractor.calendar import RANKS
from extractor.tables.periods import TimeRule

Fields = dict[str, int]
"""Numbers by what they count or name: calendar units, ``offset``, ``count`` …"""
Kind = Literal["absolute", "relative", "anaphoric", "now"]

# Fields that stand for a year, or say how to read one.
_OTHERS = {"roc": 2, "yy": 2, "next": 2, "base": 2, "opens": 2, "first": 1, "final": 1, "plan": 1}
FIELD_RANKS = RANKS | _OTHERS
_NO_PARTS = 99


class Sense(Struct, frozen=True, gc=False, kw_only=True):
    """What a pattern says whatever its numbers are; worked out once, when rules are read."""

    rule: TimeRule
    fixed: Fields
    """The calendar units that the words fix without a number."""
    named: bool
    """Whether it says a number of some calendar unit."""
    coarsest: int
    """The rank of the coarsest unit that it speaks of."""
    finest: int
    """The rank of the finest one; the beginning or end of a unit has no parts of its own."""
    plain: bool
    """Whether all that its slots hold is numbers of calendar units."""
    units: bool
    """Whether it says which unit is meant, rather than what to do with one."""
    tail: bool
    """Whether it counts, cuts or repeats what stands before it."""
    kind: Kind


class Element(Struct, frozen=True, gc=False):
    """One pattern found: the values of its slots, on either side of a range."""

    start: int
    end: int
    sense: Sense
    left: Fields
    right: Fields | None = None


def sense_of(rule: TimeRule, fields: Sequence[str]) -> Sense:
    """The sense of a pattern of ``rule`` whose slots fill ``fields``."""
    names = [name for name in (*fields, *rule.set) if name in FIELD_RANKS]
    ranks = [FIELD_RANKS[name] for name in names]
    if rule.grain:
        ranks.append(RANKS[rule.grain])
    partial = rule.means == "edge" and rule.edge != "whole"
    repeats = rule.means == "same" and rule.grain is None
    return Sense(
        rule=rule,
        fixed={name: n for name, n in rule.set.items() if name in FIELD_RANKS},
        named=bool(names),
        coarsest=min(ranks, default=0),
        finest=_NO_PARTS if partial else max(ranks, default=0),
        plain=FIELD_RANKS.keys() >= set(fields),
        units=rule.means in ("fields", "offset") or (rule.means == "same" and not repeats),
        tail=repeats or rule.means in ("run", "edge", "now", "span"),
        kind=_kind(rule, fields),
    )


def _kind(rule: TimeRule, fields: Sequence[str]) -> Kind:
    if rule.means == "same" and rule.grain not in fields:
        return "anaphoric"
    if rule.means == "now":
        return "now"
    relative = rule.means in ("offset", "span") or rule.where in ("past", "next")
    return "relative" if relative else "absolute"
