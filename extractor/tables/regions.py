"""The shape of what tells which press a release belongs to, and which area it speaks for."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.ruleset import Example, Word


class PublisherCue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[publisher]]``: bodies that speak for one area."""

    code: str
    words: tuple[Word, ...]
    not_after: tuple[Word, ...] = ()
    """Right behind one of these it is a body of another place: 甲市|教育局."""
    not_before: tuple[Word, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class RegionCue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[region_cue]]``: wording that one of the four presses uses and the others do not."""

    region: Literal["CN", "HK", "TW", "MO"]
    weight: int = 1
    style: bool = False
    """Only how one writes there: it tells the press, and not that anything is of the area."""
    words: tuple[Word, ...]
    not_after: tuple[Word, ...] = ()
    """Right behind one of these a word is a part of others: 每|年增."""
    not_before: tuple[Word, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class AreaPartner(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[[area_partner]]``: what stands before an area that another one deals with."""

    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


TABLES: dict[str, type[Struct]] = {
    "area_partner": AreaPartner,
    "publisher": PublisherCue,
    "region_cue": RegionCue,
}
