"""A candidate for a policy's name, before names of one policy are put together."""

from __future__ import annotations

from msgspec import Struct

from extractor.marks import Rejected
from extractor.text import Span

WELL_KNOWN = "well-known"
"""The rule of a name that the gazetteer knows."""


class Candidate(Struct, frozen=True, gc=False):
    """Words that name a policy at one place."""

    start: int
    end: int
    core: str
    """What tells it from other policies: the words inside its quotes, or the bare name."""
    category: str
    rule: str
    quoted: bool = False
    headed: bool = False
    """A head noun belongs to it, so that the name is whole."""
    certain: bool = True
    """False: a slogan that only a definition, or a fuller name elsewhere, makes a policy."""
    head: Span | None = None
    """A head noun shared with neighbours."""
    noun: Span | None = None
    """The words that make it a policy of its class: a head noun, or what tells it by use."""
    cue: Span | None = None
    """The word before a name without quotes that brings it in."""
    period: str | None = None
    confidence: float = 1.0


class Gathered(Struct):
    """What the readers of names hand on, in any order."""

    candidates: list[Candidate]
    rejected: list[Rejected]

    def reject(self, start: int, end: int, reason: str) -> None:
        """Turn ``[start, end)`` down for ``reason``."""
        self.rejected.append(Rejected(start, end, "policy", reason))
