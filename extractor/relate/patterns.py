"""Patterns over marks: regular expressions whose letters are kinds of marks.

A pattern is written in words, read from left to right::

    cue=(rise|fall) adverb* figure=percent

Each word is a kind of mark, ``|`` ``( )`` ``*`` ``+`` ``?`` mean what they mean in a regular
expression, ``name=`` names what follows, ``&( )`` looks ahead without taking. A class such as
``figure`` stands for several kinds. Models: CPSL/JAPE, TokensRegex.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_LETTERS = [chr(point) for point in range(0x30, 0x100) if chr(point).isalnum()]
"""Latin-1 only: regular expressions over such rows are the fastest."""

FARTHEST = 60
"""How many marks a repeat of one mark takes in; no sentence of prose has more between two."""

_LEAD = re.compile(r"(?:\((?P<many>[a-z_|]+)\)\*|(?P<one>[a-z_]+)[?*])\s+")
_CHOICE = re.compile(r"\(\?:(\[\w+\](?:\|\[\w+\])*)\)")
"""Brackets round a choice between single marks."""
_WORD = re.compile(r"(?P<name>[a-z]+)=|(?P<kind>[a-z_]+)|(?P<look>&\()|(?P<rest>\S)")


def kinds_in(pattern: str) -> frozenset[str]:
    """The kinds of marks that a pattern names.

    >>> sorted(kinds_in("cue=(rise|fall) figure=percent"))
    ['fall', 'percent', 'rise']
    """
    return frozenset(part["kind"] for part in _WORD.finditer(pattern) if part["kind"])


class Alphabet:
    """One letter per kind of mark, and classes that stand for several kinds."""

    def __init__(self, kinds: Iterable[str], classes: Mapping[str, tuple[str, ...]]) -> None:
        every = list(dict.fromkeys(kinds))
        if len(every) > len(_LETTERS):
            raise ValueError(f"more than {len(_LETTERS)} kinds of marks")
        self.letters = dict(zip(every, _LETTERS, strict=False))
        self._classes = classes

    def compile(self, pattern: str) -> re.Pattern[str]:
        """The pattern over letters. Raises ``ValueError`` that names an unknown kind."""
        written = []
        for part in _WORD.finditer(pattern):
            if part["name"]:
                written.append(f"(?P<{part['name']}>")
                continue
            if part["kind"]:
                piece = self._one_of(part["kind"])
            elif part["look"]:
                piece = "(?="
            else:
                piece = "(?:" if part["rest"] == "(" else part["rest"]
            written.append(piece)
        try:
            expression = _CHOICE.sub(_one_letter, _close_names(written))
            return re.compile(expression.replace("]*", f"]{{0,{FARTHEST}}}"))
        except re.error as error:
            raise ValueError(f"{pattern!r}: {error}") from None

    def split_lead(self, pattern: str) -> tuple[frozenset[str], str]:
        """The letters that may stand before a match in any number, and the pattern without them.

        ``(basis|adverb)* cue=rise …`` is searched for from ``rise`` on and then widened to its
        left: a search that begins with a letter is many times faster than one that begins with
        a repeat.
        """
        lead: set[str] = set()
        while match := _LEAD.match(pattern):
            kinds = (match["many"] or match["one"]).split("|")
            lead.update(self.letters[kind] for kind in kinds if kind in self.letters)
            pattern = pattern[match.end() :]
        return frozenset(lead), pattern

    def needs(self, pattern: str) -> frozenset[str]:
        """The letters that every match has or looks ahead to: of kinds that are not optional, in
        brackets that are neither optional nor a choice."""
        levels: list[set[str]] = [set()]
        choices = [False]
        for part in _WORD.finditer(pattern):
            optional = pattern[part.end() : part.end() + 1] in ("*", "?")
            if part["look"] or part["rest"] == "(":
                levels.append(set())
                choices.append(False)
            elif part["rest"] == ")":
                needed, choice = levels.pop(), choices.pop()
                levels[-1] |= set() if optional or choice else needed
            elif part["rest"] == "|":
                choices[-1] = True
            elif part["kind"] in self.letters and not optional:
                levels[-1].add(self.letters[part["kind"]])
        return frozenset() if choices[0] else frozenset(levels[0])

    def _one_of(self, kind: str) -> str:
        members = self._classes.get(kind, (kind,))
        unknown = [member for member in members if member not in self.letters]
        if unknown:
            raise ValueError(f"unknown kind of mark {unknown[0]!r}")
        return "[" + "".join(self.letters[member] for member in members) + "]"


def _one_letter(choice: re.Match[str]) -> str:
    """A choice between letters as a class of them, which is many times faster to match."""
    return choice[1].replace("]|[", "")


def _close_names(written: list[str]) -> str:
    """Close each ``name=`` after the one piece or bracket, with its repeat, that it names."""
    out: list[str] = []
    depth = 0
    open_at: list[int] = []
    for position, piece in enumerate(written):
        if piece.startswith("(?P<"):
            out.append(piece)
            open_at.append(depth)
            continue
        out.append(piece)
        depth += piece.startswith("(") - (piece == ")")
        following = written[position + 1] if position + 1 < len(written) else ""
        while open_at and open_at[-1] == depth and following not in ("*", "+", "?"):
            out.append(")")
            open_at.pop()
    return "".join(out)
