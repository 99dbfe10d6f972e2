"""Named policies as the matcher hands them on; every offset is one of the matching text."""

from __future__ import annotations

from msgspec import Struct

from extractor.marks import Rejected
from extractor.text import Span


class DefinitionMark(Struct, frozen=True, gc=False):
    """What the text says a term stands for."""

    start: int
    """Where the term begins; its brackets are part of it."""
    end: int
    """Where the explanation ends."""
    term: Span
    gloss: Span | None = None
    members: tuple[Span, ...] = ()
    count: int | None = None
    """The number that the term itself gives, where it opens with one."""

    @property
    def agrees(self) -> bool:
        """Whether as many members are listed as the term says."""
        return self.count is None or not self.members or self.count == len(self.members)


class PolicyMark(Struct, frozen=True, gc=False):
    """One named policy with everything that the text says about it."""

    start: int
    """``[start, end)`` is the first full name: brackets and head noun included."""
    end: int
    category: str
    rule: str
    head: Span | None = None
    """The head noun shared with its neighbours, where that stands outside the name."""
    issuer: Span | None = None
    aliases: tuple[Span, ...] = ()
    mentions: tuple[Span, ...] = ()
    """Every place that names it, in text order, the first full name among them."""
    definitions: tuple[DefinitionMark, ...] = ()
    period: str | None = None
    noun: Span | None = None
    """The words that make it a policy of its class."""
    cue: Span | None = None
    """The word before a name without quotes that brings it in."""
    made: Span | None = None
    """The words that tell of the issuer: a verb, the particle of an owner, 'made by'."""
    time: Span | None = None
    """The words that the period is read from; ``None`` where its name is known to have one."""
    confidence: float = 1.0


class PolicyFindings(Struct, frozen=True):
    """All that a release names, what was turned down, and where numbers are no figures."""

    policies: tuple[PolicyMark, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    sealed: tuple[Span, ...] = ()
    """Sorted, disjoint: a number inside belongs to a name and is never a figure. A count that
    opens an unquoted name stands outside, so that it is a figure as well."""
