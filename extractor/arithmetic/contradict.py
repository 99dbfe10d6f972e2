"""Stated numbers that contradict each other: a reader's hunt for errata. The text stays as it is.

A number stands for all that is rounded to it, and what is only about, over or up to something
speaks against nothing. Where words leave open which numbers belong together, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from extractor.arithmetic.equations import EQUATIONS, Binding, Kind, Role, Terms
from extractor.arithmetic.gaps import gaps
from extractor.arithmetic.intervals import Interval, point
from extractor.arithmetic.moves import moves, starts, told_moves
from extractor.arithmetic.shares import shares
from extractor.arithmetic.statements import Statement, Statements, scale, value_of
from extractor.arithmetic.sums import Whole, sums, wanted
from extractor.arithmetic.words import LinkingWords
from extractor.records import Contradiction, WarningKind

_ZERO = point(Decimal(0))
_NUMBER = re.compile(r"^[^\d]*[\d,]+(?:\.\d+)?")
_HUNDRED = Decimal(100)
_TOLD: dict[Kind, str] = {
    "gap": "{result} is {step} {way} {base}",
    "change": "{result} is {step} {way} {base}",
    "growth": "{result} is {step} {way} {base}",
    "multiple": "{result} is {step} of {base}",
    "share": "{result} is {step} of {base}",
}
"""What the text says, by the kind of the equation."""


def contradictions(statements: Statements, words: LinkingWords) -> Iterator[Contradiction]:
    """Every contradiction, in the order in which its kind is looked for."""
    found = chain(
        moves(statements, words),
        told_moves(statements, words, complete=True),
        gaps(statements, words),
        shares(statements, words),
    )
    for binding in found:
        if binding.result and binding.base and binding.step:
            yield from _unequal(binding, statements)
    yield from _turned(statements, words)
    for whole in sums(statements, words):
        yield from _unlike(whole, statements)


def _unequal(binding: Binding, statements: Statements) -> Iterator[Contradiction]:
    """An equation all of whose numbers are stated and that does not hold."""
    given = binding.stated()
    if any(one.is_open for one in given.values()):
        return
    equation = EQUATIONS[binding.kind]
    terms: Terms = {role: statements.term(one) for role, one in given.items()}
    if binding.falls:
        terms["result"] = _ZERO.minus(terms["result"])
        terms["base"] = _ZERO.minus(terms["base"])
    claim = max(given, key=lambda role: given[role].position)
    expected = equation.solve(claim, terms)
    if expected is None:
        return
    if expected.meets(terms[claim]) and not _is_multiple(binding):
        return
    if binding.kind == "forecast" or (binding.kind == "share" and _explained(given, statements)):
        return
    quotes = {role: one.record.quote for role, one in given.items()}
    way = "below" if given["step"].record.direction == "down" else "above"
    told = _TOLD[binding.kind].format(**quotes, way=way)
    yield _contradiction(binding.kind, told, [given[claim], *_others(given, claim)], expected)


def _is_multiple(binding: Binding) -> bool:
    """Whether a growth told in times is the multiple instead: 由5億增至20億，增長4倍."""
    result, base, step = binding.result, binding.base, binding.step
    if binding.kind != "growth" or not (result and base and step) or step.kind != "multiple":
        return False
    return value_of(result) * _HUNDRED == value_of(base) * value_of(step)


def _others(given: dict[Role, Statement], claim: Role) -> list[Statement]:
    return [one for role, one in given.items() if role != claim]


def _explained(given: dict[Role, Statement], statements: Statements) -> bool:
    """Whether the share is one of another amount of the sentence."""
    part, step = given["result"], given["step"]
    share = statements.interval(step)
    equation = EQUATIONS["share"]
    for one in statements.before(step):
        if one.is_level and one is not part:
            terms: Terms = {"result": statements.interval(part), "base": statements.interval(one)}
            found = equation.solve("step", terms)
            if found is not None and found.meets(share):
                return True
    return False


def _turned(statements: Statements, words: LinkingWords) -> Iterator[Contradiction]:
    """由2.4%升至2.1%: a rise to less, a fall to more."""
    for start, end in starts(statements, words):
        direction = end.record.direction
        if direction is None or not _is_ordered(start, end):
            continue
        first, last = statements.interval(start), statements.interval(end)
        told = f"{start.record.quote} moves {direction} to {end.record.quote}"
        if direction == "up" and last.high < first.low:
            expected = f"at least {_shown(first.low, end)}"
            low, high = first.low, None
        elif direction == "down" and last.low > first.high:
            expected = f"at most {_shown(first.high, end)}"
            low, high = None, first.high
        else:
            continue
        yield Contradiction(
            kind="direction",
            message=f"{told}, but {end.record.quote} should be {expected}",
            record_ids=(end.record.id, start.record.id),
            low=low,
            high=high,
        )


def _is_ordered(start: Statement, end: Statement) -> bool:
    """Whether one of two numbers can be said to be the greater."""
    if (
        not (end.is_level or end.is_rate or end.is_spread)
        or start.record.unit_code != end.record.unit_code
    ):
        return False
    return not (start.is_open or end.is_open) and min(value_of(start), value_of(end)) >= 0


def _unlike(whole: Whole, statements: Statements) -> Iterator[Contradiction]:
    expected = wanted(whole, statements)
    if expected is None:
        return
    parts = " + ".join(one.record.quote for one in whole.parts)
    if whole.total is None:
        *others, last = whole.parts
        told = f"{parts} are all the shares of one whole"
        yield _contradiction("shares", told, [last, *others], expected)
    else:
        told = f"{parts} make up {whole.total.record.quote}"
        yield _contradiction("sum", told, [whole.total, *whole.parts], expected)


def _contradiction(
    kind: WarningKind, told: str, statements: Sequence[Statement], expected: Interval
) -> Contradiction:
    """``told`` is what the text says; the first of ``statements`` is what should be else."""
    claim = statements[0]
    if value_of(claim) < 0:
        expected = _ZERO.minus(expected)
    low, high = expected.times(point(1 / scale(claim))).rounded()
    ends = _shown(low, claim) if low == high else f"{_scaled(low, claim)} to {_shown(high, claim)}"
    return Contradiction(
        kind=kind,
        message=f"{told}, but {claim.record.quote} should be {ends}",
        record_ids=tuple(one.record.id for one in statements),
        low=low,
        high=high,
    )


def _shown(number: Decimal, claim: Statement) -> str:
    """A number as the claim writes its own: with 億元 or % behind it."""
    unit = _NUMBER.sub("", claim.record.quote)
    return f"{_scaled(number, claim)}{unit}"


def _scaled(number: Decimal, claim: Statement) -> str:
    return f"{(number / claim.record.multiplier).normalize():f}"
