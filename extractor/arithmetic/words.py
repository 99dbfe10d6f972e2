"""The rules of arithmetic, compiled: words between numbers and names of wholes and parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.ruleset import Ruleset
from extractor.tables.arithmetic import Linking, LinkRole, Partition


class Parts(NamedTuple):
    """A whole by its names, and the names of each of its parts."""

    whole: frozenset[str]
    parts: tuple[frozenset[str], ...]


class LinkingWords:
    """Answers what the words between two numbers say of how they belong together."""

    def __init__(self, ruleset: Ruleset) -> None:
        entries = ruleset.entries(Linking)

        def words(role: LinkRole) -> tuple[str, ...]:
            """The longest first."""
            found = (str(word) for one in entries if one.role == role for word in one.words)
            return tuple(sorted(found, key=len, reverse=True))

        self.part = frozenset(words("part"))
        self.inside = frozenset(words("inside"))
        self.sum = words("sum")
        self.rest = words("rest")
        self.announcing = self.sum + self.rest
        self.last_letters = frozenset(word[-1] for word in self.announcing)
        self._unordered = frozenset(words("unordered"))
        self._falling = re.compile(_any_of([one for one in words("unordered") if len(one) > 1]))
        self._incomparable = re.compile(_any_of(words("incomparable")))
        self._rebased = re.compile(_any_of(words("rebased")))
        self._planned = re.compile(_any_of(words("planned")))
        self._average = re.compile(f"(?:{_any_of(words('average'))})*")
        self._whole = re.compile(f"(?:{_any_of(words('whole'))})?")
        self.partitions = tuple(
            Parts(
                frozenset(map(str, one.whole)),
                tuple(frozenset(map(str, names)) for names in one.parts),
            )
            for one in ruleset.entries(Partition)
        )

        self.members = frozenset(
            name for one in self.partitions for names in (one.whole, *one.parts) for name in names
        )
        """All names of wholes and of parts."""
        self.longest_member = max(map(len, self.members), default=0)

    def is_unordered(self, said: str, unit: str) -> bool:
        """Whether numbers of this unit, or so introduced, fall when the thing named rises."""
        return unit in self._unordered or self._falling.search(said) is not None

    def is_average(self, words: str) -> bool:
        """Whether words beside an area leave the same thing measured."""
        return self._average.fullmatch(words) is not None

    def is_whole(self, words: str) -> bool:
        """Whether words name all of what is spoken of; no words do so too."""
        return self._whole.fullmatch(words) is not None

    def is_incomparable(self, words: str) -> bool:
        """Whether a growth so told is not that of the amounts stated beside it."""
        return self._incomparable.search(words) is not None

    def is_rebased(self, words: str) -> bool:
        """Whether words beside an index name the time that it is a hundred of."""
        return self._rebased.search(words) is not None

    def is_planned(self, words: str) -> bool:
        """Whether words name what was set beforehand for a whole year."""
        return self._planned.search(words) is not None


def _any_of(words: Sequence[str]) -> str:
    """A pattern of any of the words; one that never matches if there are none."""
    return "|".join(map(re.escape, words)) if words else r"(?!)"
