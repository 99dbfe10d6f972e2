"""The words that noun phrases begin and end with, as the rules list them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.ruleset import Ruleset
from extractor.tables.relations import MeasureNoun, Population, Setting, SumLabel, Trim


class Edges:
    """The words to take off a noun phrase, as the rules list them."""

    def __init__(self, ruleset: Ruleset) -> None:
        trims = ruleset.entries(Trim)
        self.measure_nouns = tuple(
            word for one in ruleset.entries(MeasureNoun) if not one.deed for word in one.words
        )
        populations = [one for one in ruleset.entries(Population) if not one.origin]
        self.origins = tuple(
            word for one in ruleset.entries(Population) if one.origin for word in one.words
        )
        self.populations = tuple(
            word for one in populations if not one.counted for word in one.words
        )
        self.groups = tuple(word for one in populations for word in one.words)
        self.counts = _endings(ruleset, "counts")
        self.firm = _endings(ruleset, "firm")
        self.allotting = frozenset(_endings(ruleset, "allotting"))
        self.money = _endings(ruleset, "money")
        self.deeds = _endings(ruleset, "deed")
        self.names = _endings(ruleset, "names")
        self.rates = _endings(ruleset, "rates")
        self.bare = _endings(ruleset, "bare")
        self.sizes = _endings(ruleset, "size")
        self.sums = frozenset(word for one in ruleset.entries(SumLabel) for word in one.words)
        settings = ruleset.entries(Setting)
        self.settings = frozenset(word for one in settings for word in one.endings)
        self.setting_ends = _by_letter(self.settings, -1)
        self.topics = tuple(word for one in settings if one.topic for word in one.endings)
        self.reckoned = tuple(word for one in settings if one.reckoned for word in one.endings)
        lists = [one for one in trims if one.side == "list"]
        self.lists = frozenset(word for one in lists for word in one.words)
        self.any_list = any_of(self.lists)
        self.not_listed = tuple(word for one in lists for word in one.not_before)
        self.kept = tuple(word for one in trims if one.side == "keep" for word in one.words)
        self.fronts = tuple(word for one in trims if one.side == "front" for word in one.words)
        agents = [one for one in trims if one.side == "agent"]
        self.agents = frozenset(word for one in agents for word in one.words)
        self.whole = tuple(word for one in trims if one.side == "whole" for word in one.words)
        self.among = frozenset(word for one in trims if one.side == "among" for word in one.words)
        self.most = tuple(word for one in trims if one.side == "most" for word in one.words)
        self.through = tuple(word for one in trims if one.side == "through" for word in one.words)
        self.any_through = any_of(self.through)
        self.left_words: dict[str, tuple[str, ...]] = {
            str(word): one.unless for one in trims if one.side == "left" for word in one.words
        }
        self.heads = _by_letter(self.left_words, 0)
        self.longest = max(map(len, (*self.left_words, *self.whole)), default=0)
        """Letters of the longest word that opens a phrase, or a whole."""
        self.right_words = frozenset(
            word for one in trims if one.side == "right" for word in one.words
        )
        self.ends = _by_letter(self.right_words, -1)
        self.verdicts = frozenset(
            word for one in trims if one.side == "verdict" for word in one.words
        )
        self.told = self.verdicts.union(*(one.words for one in trims if one.side == "told"))
        self.under = tuple(word for one in trims if one.side == "under" for word in one.words)
        self.acting = frozenset(word for one in trims if one.side == "acting" for word in one.words)
        self.acts = frozenset(word for one in trims if one.side == "act" for word in one.words)
        self.alone = frozenset(word for one in trims if one.side == "alone" for word in one.words)

    def is_sum(self, label: str) -> bool:
        """Whether a label only says that its row sums up the others; it may be spaced out."""
        return "".join(label.split()) in self.sums


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """An expression for any of the words; for nothing where there are none."""
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def _by_letter(words: Iterable[str], at: int) -> dict[str, tuple[str, ...]]:
    """The words by the letter that each has ``at`` an edge: few are left to try at a place."""
    letters: dict[str, list[str]] = {}
    for word in words:
        letters.setdefault(word[at], []).append(word)
    return {letter: tuple(some) for letter, some in letters.items()}


def _endings(ruleset: Ruleset, kind: str) -> tuple[str, ...]:
    """The measure nouns that the rules say are of a kind."""
    entries = [one for one in ruleset.entries(MeasureNoun) if getattr(one, kind)]
    return tuple(word for one in entries for word in one.words)
