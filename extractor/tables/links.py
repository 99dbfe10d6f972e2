"""What tells which policy a figure hangs on: words beside its name, words that go back to it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.ruleset import Example, Word

LinkKind = Literal["aside", "basis", "time", "topic", "turn", "goes_on", "taker", "part"]


class PolicyLink(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that say how figures hang on a policy, by where they stand."""

    kind: LinkKind
    """Right before a name: ``aside`` mentions it in passing, ``basis`` as the ground of what
    follows. Right after it: ``time`` makes it a date, ``topic`` what the whole sentence is about.
    At the front of a clause: ``turn`` leaves the policy; of a sentence: ``goes_on`` stays with the
    one before. Anywhere in a clause: ``taker``, what only schemes have (applicants, quotas).
    ``part``: one letter that, between a word of ``aside`` or ``basis`` and the name, makes that
    word govern something else."""
    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class PolicyReference(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns that mean a policy named before; the head nouns of policies do so as well."""

    determiners: tuple[Word, ...] = ()
    """One of them stands before the noun."""
    nouns: tuple[Word, ...] = ()
    opening: tuple[Word, ...] = ()
    """Instead of a determiner: the noun opens a sentence, and one of these follows it."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


TABLES: dict[str, type[Struct]] = {
    "policy_link": PolicyLink,
    "policy_reference": PolicyReference,
}
