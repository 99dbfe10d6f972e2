"""The derivation of a release's records: what was seen, which rule held, where each field is from.

What ``Extractor.explain`` returns and ``extractor explain --json`` prints. Every ``start`` and
``end`` is a half-open range of code points in the original text, and
``text[start:end] == quote`` for all of them.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from extractor.errors import UsageError
from extractor.records import Release

SCHEMA = "press-figures-explanation/1"

_FEW = 4


class Words(Struct, frozen=True, kw_only=True):
    """Words of the text and their place."""

    quote: str
    start: int
    end: int


class MarkedWords(Words, frozen=True, kw_only=True):
    """One mark of the row that the relation rules run over."""

    kind: str
    """A word of the pattern language: a kind of number, a cue of ``cues.toml``, text …"""
    phrase: str | None = None
    """The ``[[phrase]]`` that put its ``parts`` together, where it is no single mark."""
    parts: tuple[MarkedWords, ...] = ()


class Rule(Struct, frozen=True, kw_only=True):
    """The rule behind a record."""

    name: str
    """As in the record's field ``rule``."""
    about: str
    """What it says, in a sentence."""
    file: str | None = None
    line: int | None = None
    """Where it begins in that file, from 1."""
    pattern: str | None = None
    """As the file has it."""
    matched: Words | None = None
    """The stretch of text that the pattern covers."""
    parts: dict[str, Words] = {}
    """What the pattern names: cue, reference, then, base, figure …; of a policy noun and cue."""
    also: tuple[str, ...] = ()
    """Rules that would hold too, but stand later in the file."""


class Origin(Struct, frozen=True, kw_only=True):
    """Where one field of a record comes from."""

    field: str
    value: Any = None
    """As in the record."""
    source: str
    """One word for the way it was found; ``nothing`` where the text does not give it."""
    because: str
    """The same in a sentence."""
    words: tuple[Words, ...] = ()
    """The words it is read from."""
    taken_from: Words | None = None
    """The figure, or the policy, that it is taken over from."""
    record_id: str | None = None
    """The record of ``taken_from``, if it is one."""


class RecordExplanation(Struct, frozen=True, kw_only=True):
    """One record and its derivation."""

    id: str
    type: Literal["figure", "percentage", "policy"]
    quote: str
    start: int
    end: int
    rule: Rule
    fields: tuple[Origin, ...]
    considered: tuple[Origin, ...] = ()
    """What was looked at for a field, or held for a while, and is not its value."""


class TurnedDown(Words, frozen=True, kw_only=True):
    """A candidate that was looked at and not taken."""

    kind: Literal["quantity", "policy", "relation", "period", "area"]
    """Periods and areas are found all the same; they are turned down as those of a figure."""
    reason: str
    because: str
    """The same in a sentence."""


class SentenceExplanation(Struct, frozen=True, kw_only=True):
    """One sentence with what was read in it; headings and lines of a header are sentences too."""

    quote: str
    start: int
    end: int
    marks: tuple[MarkedWords, ...]
    records: tuple[RecordExplanation, ...]
    """A policy is explained where its full name stands first."""
    turned_down: tuple[TurnedDown, ...]


class Explanation(Struct, frozen=True, kw_only=True):
    """The derivation of all records of a release, in the order of the text."""

    schema: str = SCHEMA
    release: Release
    sentences: tuple[SentenceExplanation, ...]
    """Those in which a record or a rejected candidate stands."""

    @property
    def records(self) -> Iterator[RecordExplanation]:
        """The explanation of every record, in the order of the text."""
        for sentence in self.sentences:
            yield from sentence.records

    def only(self, ids: Collection[str]) -> Explanation:
        """The same for some records, given by their ids or what follows the dash in these.

        Raises ``UsageError`` for an id that no record has.
        """
        known = [record.id for record in self.records]
        wanted = {_known(one, known) for one in ids}
        sentences = []
        for sentence in self.sentences:
            records = tuple(record for record in sentence.records if record.id in wanted)
            if records:
                sentences.append(replace(sentence, records=records))
        return replace(self, sentences=tuple(sentences))


def _known(given: str, known: list[str]) -> str:
    for one in known:
        if given in (one, one.partition("-")[2]):
            return one
    if not known:
        raise UsageError(f"record {given!r}: this text has no records")
    ends = {one.partition("-")[2]: one for one in known}
    near = difflib.get_close_matches(given.rpartition("-")[2], ends, n=_FEW, cutoff=0)
    shown = [one for one in known if one in {ends[end] for end in near}]
    more = "" if len(known) == len(shown) else "; extractor extract prints all ids"
    raise UsageError(
        f"record {given!r}: none of the {len(known)} of this text, such as {', '.join(shown)}{more}"
    )
