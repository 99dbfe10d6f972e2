"""Patterns of `[[time]]` rules as regular expressions, and what each may begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.errors import RuleError
from extractor.matchers.elements import Sense, sense_of
from extractor.tables.periods import TimeRule, TimeSlot

ARABIC = "0123456789"
_PIECE = re.compile(
    r"\{(?P<slot>\w+)\}|\[(?P<words>[^\]]*)\](?P<maybe>\?)?|(?P<look>>)|(?P<text>.)"
)
# What a number that stands for a year or a day by itself cannot be followed by.
_ENDS = r"(?![\w%$(]|[.,:/-][0-9])"


class Piece(Struct, frozen=True, gc=False):
    """One slot, choice of words or character of a pattern."""

    source: str
    words: tuple[str, ...]
    arabic: tuple[int, int] | None = None
    """The fewest and the most Arabic digits it may have."""
    chinese: str = ""
    """The Chinese digits it may be written with."""
    maybe: bool = False
    spaced: bool = False
    slot: TimeSlot | None = None
    captured: bool = False


class Pattern(Struct, frozen=True, gc=False):
    """A pattern of a rule: group 1 of ``expression`` is all of it, its slots follow."""

    rule: TimeRule
    pieces: tuple[Piece, ...]
    expression: str
    slots: tuple[TimeSlot | None, ...]
    """The captured slots in order; None is where a range is split."""
    sense: Sense

    def gates(self, digits: str) -> Iterator[tuple[str | int, frozenset[str]]]:
        """What it may begin with, and the characters that may come next.

        It begins with one character or so many Arabic digits. After Arabic digits, or one of
        the Chinese ``digits``, comes what may follow the whole number, so that a word which
        begins with such a one may be followed by anything, which an empty set says.
        """
        for index, piece in enumerate(self.pieces):
            rest = self.pieces[index + 1 :]
            after = _opening(rest)
            for word in piece.words:
                figures = len(word) - len(word.lstrip(ARABIC))
                if word[0] in digits:
                    yield word[0], frozenset()
                elif len(word) > max(figures, 1):
                    yield figures or word[0], frozenset(word[figures or 1])
                else:
                    yield figures or word[0], after
            if piece.arabic:
                yield from _figures(piece.arabic, piece.slot, rest)
            yield from ((digit, after) for digit in piece.chinese)
            if not piece.maybe:
                return


class PatternCompiler:
    """Knows the slots, their words, and what joins the ends of a range."""

    def __init__(
        self,
        slots: Mapping[str, TimeSlot],
        words: Mapping[str, Mapping[str, int]],
        digits: Mapping[str, int],
        joints: Sequence[str],
    ) -> None:
        self._slots = slots
        self._words = words
        self._digits = digits
        self._joints = tuple(joints)

    def compile(self, rule: TimeRule, pattern: str) -> Pattern:
        """Raises ``RuleError`` for an unknown slot."""
        pieces: list[Piece] = []
        source: list[str] = []
        look = False
        space = "" if rule.tight else " ?"
        for match in _PIECE.finditer(pattern):
            if match["look"]:
                look = True
                source.append("(?=")
                continue
            piece = self._piece(rule, match, captured=not look)
            pieces.append(piece)
            if piece.spaced and source and source[-1] not in ("(?=", space):
                source.append(space)
            source.append(piece.source)
            if piece.spaced:
                source.append(space)
        expression = "".join(source).removesuffix(" ?") + (")" if look else "")
        before = "".join(f"(?<!{re.escape(word)})" for word in rule.not_after)
        after = f"(?!{alternatives(rule.not_before)})" if rule.not_before else ""
        after += _ENDS if rule.ends else ""
        slots = tuple(piece.slot for piece in pieces if piece.captured)
        return Pattern(
            rule,
            tuple(pieces),
            f"{before}({expression}){after}",
            slots,
            sense_of(rule, [slot.field for slot in slots if slot is not None]),
        )

    def _piece(self, rule: TimeRule, match: re.Match[str], *, captured: bool) -> Piece:
        name = match["slot"]
        if name is None:
            words = match["words"].split("|") if match["words"] is not None else [match["text"]]
            maybe = bool(match["maybe"])
            return Piece(alternatives(words) + "?+" * maybe, tuple(words), maybe=maybe)
        if name == "to":
            source = alternatives(self._joints)
            return Piece(
                f"({source})" if captured else source,
                self._joints,
                spaced=not rule.tight,
                captured=captured,
            )
        slot = self._slots.get(name)
        if slot is None:
            raise RuleError((f"[[time]] {rule.name!r}: unknown slot {{{name}}}",))
        return self._number(rule, slot, captured=captured)

    def _number(self, rule: TimeRule, slot: TimeSlot, *, captured: bool) -> Piece:
        words = tuple(self._words[slot.name])
        choices = [alternatives(words)] if words else []
        if slot.arabic:
            guard = "" if slot.joined else "(?![0-9])"
            choices.append(f"[0-9]{{{slot.arabic[0]},{slot.arabic[1]}}}{guard}")
        digits = ""
        if slot.chinese:
            digits = "".join(c for c, v in self._digits.items() if not slot.positional or v < 10)
            choices.append(f"[{digits}]{{{slot.chinese[0]},{slot.chinese[1]}}}")
        source = "|".join(choices)
        return Piece(
            f"({source})" if captured else f"(?:{source})",
            words,
            arabic=slot.arabic,
            chinese=digits,
            spaced=not rule.tight,
            slot=slot,
            captured=captured,
        )


def alternatives(words: Iterable[str]) -> str:
    """An expression for any of ``words``, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def _opening(pieces: Sequence[Piece]) -> frozenset[str]:
    """The characters that ``pieces`` may begin with; none if they may be nothing."""
    found: set[str] = set()
    for piece in pieces:
        found |= {word[0] for word in piece.words} | set(piece.chinese)
        found |= set(ARABIC) if piece.arabic else set()
        if not piece.maybe:
            # One space is always passed over, so what may begin with one may begin with anything.
            return frozenset() if " " in found else frozenset(found)
    return frozenset()


def _figures(
    size: tuple[int, int], slot: TimeSlot | None, rest: Sequence[Piece]
) -> Iterator[tuple[int, frozenset[str]]]:
    """How many Arabic digits may stand together from a slot on, and what may come next."""
    joined = slot is not None and slot.joined
    more = rest[0].arabic if joined and rest else None
    after = [(0, _opening(rest))] if more is None else [*_figures(more, rest[0].slot, rest[1:])]
    for count in range(size[0], size[1] + 1):
        yield from ((count + further, following) for further, following in after)
