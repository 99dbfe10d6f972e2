"""The relation rules at work: phrases are folded into marks, then relations found round figures.

A cascade of finite-state patterns, in the manner of FASTUS: each level sees what the level
below has put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from extractor.errors import RuleError
from extractor.lexicon import Lexicon
from extractor.marks import AREA, FIGURES, KIND, PERIOD, STOP, TEXT, Mark
from extractor.relate.kinds import unknown_kinds
from extractor.relate.patterns import Alphabet
from extractor.ruleset import Ruleset
from extractor.tables.relations import Phrase, Relation

_USED_UP = frozenset(("reference", "then", "base"))
"""Names that patterns give to marks which belong to their figure alone."""
Rule = TypeVar("Rule", Phrase, Relation)


class Found(Struct, frozen=True, gc=False):
    """A relation that holds of the figure at ``figure``; all numbers are mark positions."""

    rule: Relation
    figure: int
    start: int
    end: int
    groups: dict[str, tuple[int, int]]

    def position(self, name: str) -> int | None:
        """Where the mark stands that the pattern calls ``name``; ``None`` where it has none."""
        group = self.groups.get(name)
        return group[0] if group else None

    def marks(self, row: Sequence[Mark], name: str) -> Sequence[Mark]:
        """The marks that the pattern calls ``name``; empty where it has none."""
        start, end = self.groups.get(name, (0, 0))
        return row[start:end]


class Compiled(NamedTuple, Generic[Rule]):
    """A rule ready to run; no need to try it on a row that lacks one of the letters it needs."""

    rule: Rule
    pattern: re.Pattern[str]
    needs: frozenset[str]
    names: tuple[str, ...]
    lead: frozenset[str]
    """Letters that a match takes in on its left."""


class Cascade:
    """The compiled patterns; reusable, without state between releases."""

    def __init__(self, ruleset: Ruleset, lexicon: Lexicon) -> None:
        phrases = ruleset.entries(Phrase)
        kinds = (
            *(TEXT, STOP, AREA, PERIOD),
            *FIGURES,
            *lexicon.kinds,
            *(phrase.kind for phrase in phrases),
        )
        self._alphabet = Alphabet(kinds, {"figure": FIGURES})
        mistakes = list(unknown_kinds(ruleset))
        self._phrases = list(self._compiled(ruleset, Phrase, mistakes))
        self._relations = list(self._compiled(ruleset, Relation, mistakes))
        if mistakes:
            raise RuleError(tuple(mistakes))

    def _compiled(
        self, ruleset: Ruleset, kind: type[Rule], mistakes: list[str]
    ) -> Iterator[Compiled[Rule]]:
        for place, rule in ruleset.placed():
            if isinstance(rule, kind):
                try:
                    yield self._compile(rule)
                except ValueError as error:
                    mistakes.append(f"{place}: pattern: {error}")

    def _compile(self, rule: Rule) -> Compiled[Rule]:
        lead, written = frozenset[str](), rule.pattern
        if isinstance(rule, Relation):
            lead, written = self._alphabet.split_lead(written)
        pattern = self._alphabet.compile(written)
        if isinstance(rule, Relation) and "figure" not in pattern.groupindex:
            raise ValueError("name one mark figure=…")
        if isinstance(rule, Phrase) and self._may_be_nothing(pattern):
            raise ValueError(f"{rule.pattern!r} matches where there is no mark; + is one or more")
        return Compiled(
            rule, pattern, self._alphabet.needs(written), tuple(pattern.groupindex), lead
        )

    def _may_be_nothing(self, pattern: re.Pattern[str]) -> bool:
        """Whether a match can be without a mark, be it ahead of one that is looked at."""
        ahead = self._alphabet.letters.values() if "(?=" in pattern.pattern else ()
        found = (pattern.match(letter) for letter in ("", *ahead))
        return any(match is not None and not match.end() for match in found)

    def fold(self, row: list[Mark], done: list[tuple[Mark, Phrase]] | None = None) -> list[Mark]:
        """The row with every phrase put together into one mark; its value is the inner marks.

        ``done`` gathers each with the rule that made it.
        """
        letters = self._letters(row)
        present = set(letters)
        for phrase in self._phrases:
            if not phrase.needs <= present:
                continue
            folded: list[Mark] = []
            at = 0
            for match in phrase.pattern.finditer(letters):
                inner = row[match.start() : match.end()]
                folded += row[at : match.start()]
                folded.append(Mark(phrase.rule.kind, inner[0].start, inner[-1].end, tuple(inner)))
                at = match.end()
                if done is not None:
                    done.append((folded[-1], phrase.rule))
            if at:
                row = folded + row[at:]
                letters = phrase.pattern.sub(self._alphabet.letters[phrase.rule.kind], letters)
                present = set(letters)
        return row

    def relations(self, row: Sequence[Mark]) -> dict[int, Found]:
        """The first rule, in file order, that holds of each figure, by the figure's position."""
        letters = self._letters(row)
        present = set(letters)
        found: dict[int, Found] = {}
        for relation in self._relations:
            if not relation.needs <= present:
                continue
            for match in relation.pattern.finditer(letters):
                figure = match.start("figure")
                if figure not in found:
                    found[figure] = _found(relation, match, letters)
        return found

    def holding(self, row: Sequence[Mark]) -> dict[int, list[Found]]:
        """Every rule that holds of each figure, in file order: the first is the one that counts."""
        letters = self._letters(row)
        found: dict[int, list[Found]] = {}
        for relation in self._relations:
            for match in relation.pattern.finditer(letters):
                found.setdefault(match.start("figure"), []).append(_found(relation, match, letters))
        return found

    def _letters(self, row: Sequence[Mark]) -> str:
        return "".join(map(self._alphabet.letters.__getitem__, map(KIND, row)))


def _found(relation: Compiled[Relation], match: re.Match[str], letters: str) -> Found:
    """A match, widened to the marks on its left that the pattern takes in."""
    groups = {name: match.span(name) for name in relation.names if match[name]}
    start = match.start()
    while start and letters[start - 1] in relation.lead:
        start -= 1
    return Found(relation.rule, match.start("figure"), start, match.end(), groups)


def compared(relations: Mapping[int, Found]) -> dict[int, str]:
    """Positions of marks that a relation uses up, and as what: other figures inherit nothing
    from them."""
    return {
        place: name
        for found in relations.values()
        for name, group in found.groups.items()
        if name in _USED_UP
        for place in range(*group)
    }
