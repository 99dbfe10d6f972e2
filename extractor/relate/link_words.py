"""The rules of which policy a figure hangs on, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.matchers.policy_marks import PolicyMark
from extractor.ruleset import Ruleset
from extractor.tables.links import LinkKind, PolicyLink, PolicyReference
from extractor.tables.policies import PolicyBoundary, PolicyHead, PolicyPattern
from extractor.text import Span

NAMED = "named"
TOPIC = "topic"
CONFERRED = "conferred"
BASIS = "basis"

_BETWEEN = 4
"""Letters that may stand between a word of passing mention and the name: 配合國家「X」戰略."""
_REACH = 12
"""Letters before a name in which such a word is looked for."""


class LinkWords:
    """Answers what the words round a policy's name, or instead of one, say of figures."""

    def __init__(self, ruleset: Ruleset) -> None:
        entries = ruleset.entries(PolicyLink)

        def words(kind: LinkKind) -> tuple[str, ...]:
            return tuple(word for entry in entries if entry.kind == kind for word in entry.words)

        parts = re.escape("".join(words("part")))
        self._before = {
            "aside": _ending(words("aside"), parts),
            BASIS: _ending(words("basis"), parts),
        }
        self._time = words("time")
        self._topic = words("topic")
        self._turn = words("turn")
        self._goes_on = words("goes_on")
        taker = _any_of(words("taker"))
        self._taker = re.compile(taker)
        boundaries = ruleset.entries(PolicyBoundary)
        self._confers = tuple(
            word for entry in boundaries if entry.kind == "designate" for word in entry.words
        )
        brings = [entry for entry in boundaries if entry.kind in ("issue", "pursue")]
        self._brings = re.compile(
            f"(?:{_any_of(word for entry in brings for word in entry.words)})+"
        )
        joint = [one.pattern for one in ruleset.entries(PolicyPattern) if one.name == "joint"]
        self._joint = re.compile("|".join(joint))
        self._that, self._opening = _references(ruleset)
        self._back = re.compile(f"{taker}|{self._that.pattern}")

    def role(self, text: str, floor: int, place: Span, policy: PolicyMark) -> str:
        """How a name at ``place`` stands in its clause, which begins at ``floor``."""
        if text.startswith(self._time, place.end):
            return "time"
        for role, words in self._before.items():
            found = words.search(text, max(floor, place.start - _REACH), place.start)
            if found and not self._brings.search(found["between"] or ""):
                return role
        titled = policy.rule == "head designate" and place.start == policy.start
        if titled or text.endswith(self._confers, floor, place.start):
            return CONFERRED
        return TOPIC if text.startswith(self._topic, place.end) else NAMED

    def joined(self, text: str, start: int, end: int) -> bool:
        """Whether names on both sides of ``[start, end)`` stand in a row."""
        return start == end or self._joint.fullmatch(text, start, end) is not None

    def brought_in(self, text: str, start: int, end: int) -> bool:
        """Whether nothing but verbs that bring policies in is ``[start, end)``."""
        return self._brings.fullmatch(text, start, end) is not None

    def references(
        self, text: str, start: int, end: int, *, opens: bool
    ) -> Iterator[re.Match[str]]:
        """Words in a clause that go back to a policy, the noun being the group ``what``.

        ``opens``: the clause opens a sentence.
        """
        first = self._opening.match(text, start, end) if opens else None
        if first is not None:
            yield first
        yield from self._that.finditer(text, start, end)

    def go_back(self, text: str, start: int, end: int) -> bool:
        """Whether anything in a sentence goes back to a policy named before it."""
        return (
            self._back.search(text, start, end) is not None
            or self._opening.match(text, start, end) is not None
            or self.goes_on(text, start)
        )

    def has_taker(self, text: str, start: int, end: int) -> bool:
        """Whether a clause speaks of what only schemes have."""
        return self._taker.search(text, start, end) is not None

    def turns(self, text: str, start: int) -> bool:
        """Whether something else begins with the clause at ``start``."""
        return text.startswith(self._turn, start)

    def goes_on(self, text: str, start: int) -> bool:
        """Whether the sentence at ``start`` stays with the policy of the one before."""
        return text.startswith(self._goes_on, start)


def _ending(words: Iterable[str], parts: str) -> re.Pattern[str]:
    """One of ``words`` at the end, or, unless it is a single letter, a few letters before it.

    ``parts``: the letters that may not stand between.
    """
    long = _any_of(word for word in words if len(word) > 1)
    short = _any_of(word for word in words if len(word) == 1)
    return re.compile(f"(?:(?:{long})(?P<between>[^,;、{parts}]{{0,{_BETWEEN}}})|(?:{short}))$")


def _references(ruleset: Ruleset) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Nouns behind a determiner, and nouns that open a sentence."""
    entries = ruleset.entries(PolicyReference)
    those = [entry for entry in entries if entry.determiners]
    heads = [word for entry in ruleset.entries(PolicyHead) for word in entry.words]
    nouns = _any_of([*heads, *(word for entry in those for word in entry.nouns)])
    before = _any_of(word for entry in those for word in entry.determiners)
    openers = [entry for entry in entries if entry.opening]
    first = _any_of(word for entry in openers for word in entry.nouns)
    after = _any_of(word for entry in openers for word in entry.opening)
    return (
        re.compile(f"(?:{before})(?P<what>{nouns})"),
        re.compile(f"(?P<what>{first})(?={after})"),
    )


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(set(words), key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or "(?!)"
