"""Patterns of `[[time]]` rules as regular expressions, and what each may begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.errors import RuleError
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
    arabic: int = 0
    """The most Arabic digits it may have; 0 for none."""
    chinese: str = ""
    """The Chinese digits it may be written with."""
    chinese_most: int = 0
    maybe: bool = False
    spaced: bool = False
    slot: TimeSlot | None = None
    captured: bool = False


class Pattern(Struct, frozen=True, gc=False):
    """A pattern of a rule: group 1 of ``expression`` is all of it, its slots follow."""

    rule: TimeRule
    pieces: tuple[Piece, ...]
    expression: str

    @property
    def slots(self) -> tuple[TimeSlot | None, ...]:
        """The captured slots in order; None is where a range is split."""
        return tuple(piece.slot for piece in self.pieces if piece.captured)

    def gates(self, digits: str) -> Iterator[tuple[str, frozenset[str]]]:
        """Which characters it may begin with, and what may come next.

        After one of ``digits`` that is what may follow the whole number, so that a word which
        begins with one may be followed by anything, which an empty set says.
        """
        for index, piece in enumerate(self.pieces):
            after = _opening(self.pieces[index + 1 :])
            for word in piece.words:
                if word[0] in digits:
                    yield word[0], frozenset()
                elif len(word) > 1:
                    yield word[0], frozenset(word[1])
                else:
                    yield word[0], after
            joined = piece.slot is not None and piece.slot.joined
            if piece.arabic:
                yield from ((digit, frozenset() if joined else after) for digit in ARABIC)
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
        return Pattern(rule, tuple(pieces), f"{before}({expression}){after}")

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
            arabic=slot.arabic[1] if slot.arabic else 0,
            chinese=digits,
            chinese_most=slot.chinese[1] if slot.chinese else 0,
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
