"""The elements that times are said with: one scan that finds every `[[time]]` pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.matchers.numbers import numerals_of
from extractor.matchers.patterns import ARABIC, Gate, Pattern, PatternCompiler, gate
from extractor.ruleset import Ruleset
from extractor.tables.periods import (
    DayPart,
    Holiday,
    Season,
    TimeJoint,
    TimeRule,
    TimeSlot,
)
from extractor.tables.quantities import DigitRule, MultiplierRule, TensRule

# How far after an element one may begin that only narrows it or ends a range: "——".
_GAP = 3
# The last three digits of 12,500 begin no date.
_GROUP = "(?<=[0-9],[0-9])[0-9]{2}(?![0-9])"
Value = tuple[str, int]


class Element(Struct, frozen=True, gc=False):
    """One pattern found: the values of its slots, on either side of a range."""

    start: int
    end: int
    rule: TimeRule
    left: tuple[Value, ...]
    right: tuple[Value, ...] | None = None


class DateNumerals:
    """Reads the numbers that stand in dates: 2024, 二〇二四, 二十一, 廿一."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._numerals = numerals_of(ruleset)
        # Every character that a number may be written with, and what it is worth.
        self.values: dict[str, int] = {
            word: digit.value
            for digit in ruleset.entries(DigitRule)
            for word in (*digit.words, *digit.counting)
        }
        for tens in ruleset.entries(TensRule):
            self.values |= dict.fromkeys(tens.words, tens.value)
        for multiplier in ruleset.entries(MultiplierRule):
            if not multiplier.group:
                self.values |= dict.fromkeys(multiplier.words, multiplier.value)

    def read(self, surface: str, *, positional: bool) -> int | None:
        """The integer that ``surface`` writes, or None."""
        if surface[0] in ARABIC:
            return int(surface)
        if positional and any(self.values[character] > 9 for character in surface):
            return None
        value = self._numerals.parse(surface)
        return None if value is None else int(value)


class Scanner:
    """Finds elements left to right; where several rules fit, the one written first wins."""

    def __init__(self, ruleset: Ruleset, style: str) -> None:
        self._numerals = DateNumerals(ruleset)
        digits = self._numerals.values
        slots = {slot.name: slot for slot in ruleset.entries(TimeSlot)}
        slots |= _slots_of(ruleset)
        self._words = {slot.name: by_word(slot.words) for slot in slots.values()}
        joints = [w for j in ruleset.entries(TimeJoint) if j.means == "to" for w in j.words]
        compiler = PatternCompiler(slots, self._words, digits, joints)
        rules = [rule for rule in ruleset.entries(TimeRule) if rule.style in ("any", style)]
        patterns = [
            compiler.compile(rule, pattern)
            for rule in sorted(rules, key=lambda rule: not rule.early)
            for pattern in rule.patterns
        ]
        self._tables = _tables(patterns)
        firsts = sorted(self._tables)
        # A number is read from its first digit on, never from its middle.
        arabic = "".join(c for c in firsts if c in ARABIC)
        chinese = "".join(c for c in firsts if c in digits)
        others = re.escape("".join(c for c in firsts if c not in arabic and c not in chinese))
        numeral = f"[{''.join(digits)}]"
        # One class in front, so that the text is searched for it and not matched all along.
        self._starts = re.compile(
            f"[{others}{arabic}{chinese}](?:(?<=[{others}])"
            f"|(?<=[{arabic}])(?<![0-9.A-Za-z_][0-9])(?!{_GROUP})"
            f"|(?<=[{chinese}])(?<!{numeral}{numeral}))"
        )

    def scan(self, text: str, region: str | None) -> Iterator[Element]:
        """Elements in order, none overlapping."""
        position = 0
        for candidate in self._starts.finditer(text):
            start = candidate.start()
            if start < position:
                continue
            table = self._tables[text[start]]
            near = start - position <= _GAP and position > 0
            if not (near or table.alone) or not table.admits(text, start):
                continue
            for match, pattern in table.matches(text, start):
                rule = pattern.rule
                if (rule.region and region not in rule.region) or not (rule.alone or near):
                    continue
                element = self._element(match, pattern)
                if element is not None:
                    yield element
                    position = element.end
                    break

    def _element(self, match: re.Match[str], pattern: Pattern) -> Element | None:
        sides: list[list[Value]] = [[]]
        for number, slot in enumerate(pattern.slots, start=2):
            if slot is None:
                sides.append([])
                continue
            value = self._value(match[number], slot)
            if value is None:
                return None
            sides[-1].append((slot.field, value))
        right = tuple(sides[1]) if len(sides) > 1 else None
        start = match.start(1)
        end = start + len(match[1].rstrip())
        return Element(start, end, pattern.rule, tuple(sides[0]), right)

    def _value(self, surface: str, slot: TimeSlot) -> int | None:
        if (known := self._words[slot.name].get(surface)) is not None:
            return known
        value = self._numerals.read(surface, positional=slot.positional)
        return value if value is not None and slot.low <= value <= slot.high else None


class _Table:
    """The patterns that may begin with one character, as one expression."""

    def __init__(self, fitting: Sequence[tuple[re.Pattern[str], Pattern]], opens: Gate) -> None:
        self.alone = any(pattern.rule.alone for _, pattern in fitting)
        self._seconds = opens.seconds
        self._gate = re.compile(opens.expression)
        self._groups: dict[int, int] = {}
        number = 1
        for index, (_, pattern) in enumerate(fitting):
            self._groups[number] = index
            number += 1 + len(pattern.slots)
        self._all = re.compile("|".join(pattern.expression for _, pattern in fitting))
        self._each = fitting

    def admits(self, text: str, start: int) -> bool:
        """Whether any of them may fit at ``start``: cheap to turn down."""
        if self._seconds:
            return text[start + 1 : start + 2] in self._seconds
        return self._gate.match(text, start) is not None

    def matches(self, text: str, start: int) -> Iterator[tuple[re.Match[str], Pattern]]:
        """What fits at ``start``, in the order of the rules."""
        found = self._all.match(text, start)
        if found is None:
            return
        index = self._groups[found.lastindex or 0]
        # Taken again alone, so that a rule's own slots are always the groups from 2 on.
        for expression, pattern in self._each[index:]:
            if match := expression.match(text, start):
                yield match, pattern


def _tables(patterns: Sequence[Pattern]) -> dict[str, _Table]:
    """A table for each character that a pattern may begin with; like ones are shared."""
    each = [(re.compile(pattern.expression), pattern) for pattern in patterns]
    fitting: dict[str, dict[int, list[tuple[str, frozenset[str]]]]] = {}
    for index, pattern in enumerate(patterns):
        for first, opening, after in pattern.gates():
            fitting.setdefault(first, {}).setdefault(index, []).append((opening, after))
    tables: dict[str, _Table] = {}
    made: dict[tuple[Gate, tuple[int, ...]], _Table] = {}
    for first, openings in fitting.items():
        opens = gate(one for found in openings.values() for one in found)
        key = (opens, tuple(openings))
        if key not in made:
            made[key] = _Table([each[index] for index in openings], opens)
        tables[first] = made[key]
    return tables


def by_word(words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Each word's value, from the words of each value."""
    return {word: int(value) for value, spelled in words.items() for word in spelled}


def _slots_of(ruleset: Ruleset) -> dict[str, TimeSlot]:
    """Slots whose words are the entries of a table; their value is the entry's number."""
    parts, seasons = ruleset.entries(DayPart), ruleset.entries(Season)
    rows = {
        ("part", "part"): [one.words for one in parts],
        ("short_part", "part"): [one.short for one in parts],
        ("season", "season"): [one.words for one in seasons],
        ("short_season", "season"): [one.short for one in seasons],
        ("holiday", "holiday"): [one.words for one in ruleset.entries(Holiday)],
    }
    return {
        name: TimeSlot(
            name=name, field=field, words={str(n): words for n, words in enumerate(each) if words}
        )
        for (name, field), each in rows.items()
    }
