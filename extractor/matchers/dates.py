"""The elements that times are said with: one scan that finds every `[[time]]` pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.matchers.numbers import numerals_of
from extractor.matchers.patterns import ARABIC, Pattern, PatternCompiler
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
        self._tables = _tables(patterns, "".join(digits))
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
            if not (near or table.alone):
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


class _Opening(Struct, frozen=True, gc=False):
    """A pattern, and what may come after the word or number that it begins with."""

    expression: re.Pattern[str]
    pattern: Pattern
    after: frozenset[str]


class _Table:
    """The patterns that may begin with one character, told apart by what comes next."""

    def __init__(self, openings: Sequence[_Opening], number: str) -> None:
        self.alone = any(one.pattern.rule.alone for one in openings)
        self._openings = openings
        # A number is passed over to what follows it; a word is known by its second character.
        self._lead = re.compile(f"(?:{number}++|.) ?" if number else ". ?")
        self._by_next: dict[str, _Choice | None] = {}

    def matches(self, text: str, start: int) -> Iterator[tuple[re.Match[str], Pattern]]:
        """What fits at ``start``, in the order of the rules."""
        lead = self._lead.match(text, start)
        following = text[lead.end() : lead.end() + 1] if lead is not None else ""
        try:
            choice = self._by_next[following]
        except KeyError:
            choice = self._by_next[following] = self._choice(following)
        return choice.matches(text, start) if choice is not None else iter(())

    def _choice(self, following: str) -> _Choice | None:
        fitting = [one for one in self._openings if not one.after or following in one.after]
        return _Choice(fitting) if fitting else None


class _Choice:
    """Patterns as one expression."""

    def __init__(self, openings: Sequence[_Opening]) -> None:
        self._groups: dict[int, int] = {}
        number = 1
        for index, one in enumerate(openings):
            self._groups[number] = index
            number += 1 + len(one.pattern.slots)
        self._all = re.compile("|".join(one.pattern.expression for one in openings))
        self._each = openings

    def matches(self, text: str, start: int) -> Iterator[tuple[re.Match[str], Pattern]]:
        found = self._all.match(text, start)
        if found is None:
            return
        index = self._groups[found.lastindex or 0]
        # Taken again alone, so that a rule's own slots are always the groups from 2 on.
        for one in self._each[index:]:
            if match := one.expression.match(text, start):
                yield match, one.pattern


def _tables(patterns: Sequence[Pattern], digits: str) -> dict[str, _Table]:
    """A table for each character that a pattern may begin with."""
    each = [re.compile(pattern.expression) for pattern in patterns]
    after: dict[str, dict[int, frozenset[str] | None]] = {}
    for index, pattern in enumerate(patterns):
        for first, following in pattern.gates(digits):
            known = after.setdefault(first, {}).get(index, frozenset())
            after[first][index] = known | following if following and known is not None else None
    tables: dict[str, _Table] = {}
    for first, openings in after.items():
        number = "[0-9]" if first in ARABIC else f"[{digits}]" if first in digits else ""
        tables[first] = _Table(
            [_Opening(each[n], patterns[n], known or frozenset()) for n, known in openings.items()],
            number,
        )
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
