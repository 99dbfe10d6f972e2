"""Tables of named policies: heads, words left of a name, traps, well-known policies, issuers."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.records import Category
from extractor.ruleset import Example, Word, compiled

Region = Literal["CN", "HK", "TW", "MO"]


class PolicyHead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns that close a policy's name, and the class of policy they stand for."""

    words: tuple[Word, ...]
    category: Category
    category_in: dict[Region, Category] = {}
    """Where a region's usage differs."""
    unquoted: Literal["any", "introduced", "designated", "joined", "never"] = "introduced"
    """A name without quotes is taken: always; after a verb that brings policies in; after one
    that confers a title; beside another name; never."""
    quoted: Literal["any", "titled", "shaped"] = "any"
    """A name in quotes is taken: always; only inside title marks; only if the quoted words
    have the shape of a slogan."""
    gap: int = 14
    """Most characters between the closing quote and the head."""
    apart: tuple[Word, ...] = ()
    """Longer words that merely contain the head."""
    acting: tuple[Word, ...] = ()
    """Right behind a name without quotes that nothing brings in: it is the body that acts."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class PolicyBoundary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words after which a name may begin."""

    words: tuple[Word, ...]
    kind: Literal["issue", "pursue", "designate", "word", "and", "break"]
    """issue: its subject made the policy; pursue: brings policies in, its subject need not have
    made them; designate: confers a title; word: ends whatever stood before; and: does so after
    another name only; break: nothing reaches across."""
    inside: bool = False
    """May also stand inside a name, right before the head."""
    apart: tuple[Word, ...] = ()
    """Longer words that merely contain one of the words."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class PolicyGeneric(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that name nothing: a head with no others before it is no name."""

    words: tuple[Word, ...]
    leading: bool = False
    """Dropped from the front of a name as well."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class PolicyShape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the words inside quotes look when they are a slogan (a pattern, matched whole)."""

    name: str
    pattern: Word
    category: Category
    alone: bool = False
    """Enough without a verb, a head or a definition."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    def __post_init__(self) -> None:
        compiled(self.pattern)


class PolicyPattern(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A construction that the engine asks for by its name."""

    name: str
    pattern: Word
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    def __post_init__(self) -> None:
        compiled(self.pattern)


class PolicyCount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Numerals that open a slogan: 「三…」 has three members."""

    words: tuple[Word, ...]
    value: int
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class NamedPolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A well-known policy, taken with or without quotes."""

    words: tuple[Word, ...]
    category: Category
    period: str | None = None
    """SDMX code of the years it covers."""
    bare: bool = True
    """Taken without quotes as well."""
    apart: tuple[Word, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class NotPolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What makes quoted words, or words before a head, something other than a policy."""

    reason: str
    before: tuple[Word, ...] = ()
    """Stands right before the opening quote."""
    after: tuple[Word, ...] = ()
    """Stands right after the closing quote."""
    ending: tuple[Word, ...] = ()
    """Closes the words inside the quotes."""
    pattern: Word | None = None
    """The words inside the quotes, matched whole."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    def __post_init__(self) -> None:
        if self.pattern is not None:
            compiled(self.pattern)


class Issuer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bodies that make policies: whole names, or the last words of names."""

    words: tuple[Word, ...] = ()
    suffixes: tuple[Word, ...] = ()
    apart: tuple[Word, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


TABLES: dict[str, type[Struct]] = {
    "policy_head": PolicyHead,
    "policy_boundary": PolicyBoundary,
    "policy_generic": PolicyGeneric,
    "policy_shape": PolicyShape,
    "policy_pattern": PolicyPattern,
    "policy_count": PolicyCount,
    "policy": NamedPolicy,
    "not_policy": NotPolicy,
    "issuer": Issuer,
}
