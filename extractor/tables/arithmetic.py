"""What the rules of arithmetic may hold: words that say which numbers belong together."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.ruleset import Example, Word

LinkRole = Literal[
    "average",
    "part",
    "whole",
    "inside",
    "incomparable",
    "rebased",
    "planned",
    "sum",
    "rest",
    "unordered",
]


class Linking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words between numbers that settle how they belong together.

    ``average``: beside the area compared with, they leave the same thing measured (全國平均水平).
    ``part``: what follows is part of what stands before. ``whole``: they name all of what
    stands before. ``inside``: right behind an amount, what follows is part of it (1200戶中).
    ``incomparable``: a growth is told of other amounts than those stated.
    ``rebased``: beside an index, the time that it is 100 of. ``planned``: a whole that was set
    beforehand for a year. ``sum``: right before a number, it is the sum of those before it.
    ``rest``: before the last part of a whole. ``unordered``: numbers that fall when the thing
    rises.
    """

    role: LinkRole
    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class Partition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of a whole and of the parts that make it up entirely."""

    whole: tuple[Word, ...]
    parts: tuple[tuple[Word, ...], ...]
    """For each part the names it goes by."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


TABLES: dict[str, type[Struct]] = {"linking": Linking, "partition": Partition}
