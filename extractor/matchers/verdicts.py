"""Why a number is no quantity after all."""

from __future__ import annotations

import re

from extractor.matchers.amount import Amount
from extractor.matchers.numbers import NumberReader, any_of, words_of
from extractor.matchers.units import Unit
from extractor.ruleset import Ruleset

_IDENTIFIER = 12  # so many bare digits in a row name something
_FORMAL = frozenset(("money", "ratio"))
"""Of what a formal digit alone may be a number."""
_BARE_GROUP = 10_000
_OPEN = frozenset(" \n\t“”\"'「」『』‘’《》〈〉()[]【】,、;:。!?·/")
_COPULA = 3  # characters of the longest word that says what a number is
_DIGITS = "0123456789"
_LONG = 2  # positional digits that need no unit are more than these


class Judge:
    """Tells numbers from words and codes by what stands around them."""

    def __init__(self, ruleset: Ruleset, numbers: NumberReader, heads: frozenset[str]) -> None:
        notation = numbers.numerals.notation
        self._formal = notation.formal
        self._copulas = words_of(ruleset, "copula")
        self._contrasts = words_of(ruleset, "contrast")
        self._to = re.compile(any_of(words_of(ruleset, "to")))
        between = (word for role in ("to", "with", "list") for word in words_of(ruleset, role))
        self._joints = frozenset(word[0] for word in between) | {" "} | heads
        contrasts = frozenset(word[0] for word in self._contrasts)
        # What must follow a single Chinese digit for it to be looked at any closer.
        self.telling = (
            self._joints
            | contrasts
            | _OPEN
            | numbers.joints
            | frozenset(notation.roles)
            | frozenset("0123456789./%")
        )

    def reason(self, text: str, amount: Amount, floor: int) -> str | None:
        """Why ``amount`` is none, or ``None``; ``floor`` is where the one before it ended."""
        form = amount.form
        if amount.refused is not None or form == "ordinal":
            return amount.refused
        if form == "arabic":
            reason = self._arabic(text, amount, floor)
        elif form not in ("fraction", "fixed"):
            reason = self._chinese(text, amount)
        elif text[amount.number_end - 1] in _DIGITS:
            reason = self._arabic(text, amount, floor)
        else:
            reason = None
        if reason is None and (amount.unit is None or form == "digit"):
            self._weigh(amount)
        return reason

    def loose(self, text: str, amount: Amount, floor: int) -> bool:
        """Whether a range or a list may make a number of a single Chinese digit."""
        if text[amount.number_end : amount.number_end + 1] in self._joints:
            return True
        near = 0 < amount.start - floor <= 2
        return near and self._to.fullmatch(text, floor, amount.start) is not None

    def _weigh(self, amount: Amount) -> None:
        """Mark what need not be meant as a number."""
        unit = None if amount.unit is None else amount.unit.unit
        if unit is None:
            amount.weak = amount.kind is None and amount.form != "fraction"
        elif amount.form == "digit" and not amount.prefixed:
            one = amount.value == 1 and unit.dimension == "count"
            amount.weak = one or unit.noun

    def _arabic(self, text: str, amount: Amount, floor: int) -> str | None:
        start, end, unit = amount.number_start, amount.number_end, amount.unit
        strong = unit is not None or amount.scale > 1
        if text[start] == "0" and end - start > 1 and text[start:end].isdigit():
            return "identifier"
        before = text[start - 1] if start else ""
        if before.isascii():
            if before.isalpha() and not amount.prefixed:
                lettered = unit is not None and unit.unit.latin
                lettered = lettered or (
                    unit is not None and _is_coded_thing(text, start, unit.unit)
                )
                return None if strong and "." not in text[start:end] and not lettered else "code"
            if before and before in "+-" and _coded(text, start, floor):
                return "code"
        if strong:
            return None
        following = text[end : end + 1]
        if following.isascii() and following.isalpha():
            return "code"
        return "identifier" if end - start >= _IDENTIFIER and text[start:end].isdigit() else None

    def _chinese(self, text: str, amount: Amount) -> str | None:
        form, unit = amount.form, amount.unit
        if form == "bare":
            return self._bare(amount)
        if unit is not None:
            formal = form == "digit" and text[amount.number_start] in self._formal
            # 壹元 stands on cheques, 仟分之貳 too.
            formal = formal and unit.unit.dimension not in _FORMAL
            article = form == "digit" and amount.value == 1 and unit.unit.noun
            return "word" if formal or (article and not amount.prefixed) else None
        if form in ("han", "decimal"):
            return None
        if form == "digit":
            return None if self._alone(text, amount) else "word"
        if form == "half" and amount.before is not None:
            amount.kind = "fraction"  # 過半, 近半
            return None
        if form in ("half", "pair"):
            return "word"
        short = amount.number_end - amount.number_start <= _LONG
        return "word" if short and amount.scale == 1 else None

    def _bare(self, amount: Amount) -> str | None:
        """百家 may be counted, 萬家 and 千企 are not; 超萬家 and 百餘家 are."""
        if amount.before is not None or amount.inside is not None:
            return None
        single = amount.number_end - amount.number_start == 1
        unit = amount.unit
        if unit is None or unit.unit.noun or (single and amount.scale >= _BARE_GROUP):
            return "multiplier"
        amount.weak = True
        return None

    def _alone(self, text: str, amount: Amount) -> bool:
        """A single Chinese digit that stands for a number: quoted, or said to be something."""
        start, end = amount.start, amount.number_end
        before, after = text[start - 1] if start else "", text[end : end + 1]
        closed = not after or after in _OPEN
        if closed and (not before or before in _OPEN):
            while before == " ":
                start -= 1
                before = text[start - 1] if start else ""
            heading = not before or before in "\n("
            return not (heading and after and after in "、).")
        copula = text.endswith(self._copulas, max(0, start - _COPULA), start)
        return copula and (closed or text.startswith(self._contrasts, end))


def _is_coded_thing(text: str, start: int, unit: Unit) -> bool:
    """Whether a single letter stands before a number at ``start`` of what is counted: M2則上升."""
    before = text[max(start - 2, 0) : start - 1]
    return unit.dimension == "count" and not (before.isascii() and before.isalpha())


def _coded(text: str, start: int, floor: int) -> bool:
    """Whether the sign before a number at ``start`` belongs to a code: T+0, COVID-19."""
    before = text[start - 2] if start >= 2 else ""
    if text[start - 1] == "+":
        return before.isascii() and before.isalpha()
    return before.isascii() and before.isalnum() and floor != start - 1
