"""Table of names to be taken exactly as given, as spaCy's pattern files hold them too."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from extractor.records import Category
from extractor.ruleset import Example, Word
from extractor.token_matcher import TokenMatcher


class ExactPolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A policy's name exactly as given: with its brackets, or as a row of tokens."""

    phrase: Word | None = None
    tokens: tuple[dict[str, Any], ...] | None = None
    """In the notation of spaCy's Matcher."""
    category: Category | None = None
    """If left out, that of the head noun that the name ends with."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    def __post_init__(self) -> None:
        if (self.phrase is None) == (self.tokens is None):
            raise ValueError("a phrase or tokens are wanted, one of them")
        if self.tokens is not None:
            # Compiled alone, so that what is wrong is said where it stands.
            TokenMatcher([self.tokens])


TABLES: dict[str, type[Struct]] = {"exact_policy": ExactPolicy}
