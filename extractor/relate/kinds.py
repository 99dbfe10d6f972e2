"""Kinds of marks that the rules name: a misspelt one would be read by nothing."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.marks import AREA, ELSEWHERE, FIGURES, PERIOD, STOP, TEXT
from extractor.relate.patterns import kinds_in
from extractor.ruleset import Ruleset, perhaps
from extractor.tables.relations import Cue, Phrase, Relation

_UNPATTERNED = frozenset(
    (
        "aged",
        "aside",
        "benefit",
        "both",
        "causing",
        "foremost",
        "former",
        "latter",
        "object",
        "outline",
        "state",
        "term",
        "within",
        "word",
    )
)
"""Kinds that no pattern names: the engine looks at them itself, or they only part the text."""

_GIVEN = frozenset((TEXT, STOP, AREA, PERIOD, ELSEWHERE, *FIGURES, "figure"))


def unknown_kinds(ruleset: Ruleset) -> Iterator[str]:
    """A line for every kind of a cue that nothing names, and that a cue waits for in vain."""
    patterns = [
        *(phrase.pattern for phrase in ruleset.entries(Phrase)),
        *(relation.pattern for relation in ruleset.entries(Relation)),
    ]
    named = _UNPATTERNED.union(*map(kinds_in, patterns))
    made = _GIVEN.union(
        (cue.kind for cue in ruleset.entries(Cue)),
        (phrase.kind for phrase in ruleset.entries(Phrase)),
    )
    for place, entry in ruleset.placed():
        if not isinstance(entry, Cue):
            continue
        if entry.kind not in named:
            yield f"{place}: kind: no pattern names {entry.kind!r}{perhaps(entry.kind, named)}"
        for kind in entry.followed_by:
            if kind not in made:
                yield f"{place}: followed_by: no mark is a {kind!r}{perhaps(kind, made)}"
