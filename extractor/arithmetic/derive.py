"""Records of what stated numbers imply: the third number of an equation that has two.

Written numbers added or subtracted give a ``value``; what rounding leaves open gives ``low`` and
``high``, rounded outward. What the text states itself is never derived.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from extractor.arithmetic.equations import EQUATIONS, ROLES, Binding, Kind, Role
from extractor.arithmetic.gaps import gaps
from extractor.arithmetic.intervals import Interval, place, point
from extractor.arithmetic.moves import moves, told_moves
from extractor.arithmetic.shares import shares
from extractor.arithmetic.statements import (
    PERCENT,
    Statement,
    Statements,
    scale,
    value_of,
)
from extractor.arithmetic.words import LinkingWords
from extractor.matchers.areas import Area
from extractor.records import Figure, Percentage, Qualifier
from extractor.relate.bases import basis_between

_CONFIDENCE = 0.9
"""How much surer its inputs are than what is derived from them."""
_TURNED: dict[str, Qualifier] = {"gt": "lt", "gte": "lte", "lt": "gt", "lte": "gte"}
_CARRIED = frozenset(("approx", "gt", "gte", "lt", "lte"))
_POINTS = {"unit": None, "unit_code": "pp", "dimension": "ratio_difference", "multiplier": 1}
_PERCENT = {"unit": "%", "unit_code": "%", "dimension": "ratio", "multiplier": 1}

Fields = dict[str, Any]
Shown = Callable[[Area], str | None]
"""The name of an area as a record has it."""


class Derivation(NamedTuple):
    """What is derived where ``missing`` is not stated: like which of the others, but for what."""

    kind: Kind
    missing: Role
    like: Role
    rule: str
    equation: str
    """How it follows, for people to read."""
    changes: Callable[[Binding, Statements, Shown], Fields]


def _of_area(binding: Binding, statements: Statements, shown: Shown) -> Fields:
    area = binding.area
    if area is None:
        return {}
    text = statements.source.quote(area.start, area.end)
    return {"area": shown(area), "area_text": text, "area_code": area.code, "holder": None}


def _forecast(_binding: Binding, _statements: Statements, _shown: Shown) -> Fields:
    return {"measure": "target"}


def _earlier(binding: Binding, _statements: Statements, _shown: Shown) -> Fields:
    when = binding.when
    if when is None:
        return {}
    return {
        "period": when.code,
        "period_text": when.text,
        "period_start": when.start,
        "period_end": when.end,
    }


def _compared(binding: Binding) -> Fields:
    """Basis and reference of a move between two stated levels."""
    if binding.result is None or binding.base is None:
        return {}
    own, other = binding.result.draft.period, binding.base.draft.period
    if own is None or other is None or own.code is None or other.code in (None, own.code):
        return {}
    basis = basis_between(own, other) or "vs_period"
    return {"basis": basis, "reference": binding.base.record.period_text}


def _change(binding: Binding, _statements: Statements, _shown: Shown) -> Fields:
    points = binding.result is not None and binding.result.kind == PERCENT
    return {"measure": "change", **_compared(binding), **(_POINTS if points else {})}


def _growth(binding: Binding, _statements: Statements, _shown: Shown) -> Fields:
    return {"measure": "growth", **_compared(binding), **_PERCENT}


def _whole(binding: Binding, statements: Statements, shown: Shown) -> Fields:
    changes = _of_area(binding, statements, shown) | {"holder": None, "event": None}
    if binding.whole is not None:
        changes["indicator"] = statements.source.quote(*binding.whole)
    return changes


def _part(binding: Binding, _statements: Statements, _shown: Shown) -> Fields:
    step = binding.step
    return {"indicator": step.record.indicator if step else None, "event": None}


WANTED = (
    Derivation(
        "gap",
        "base",
        "result",
        "derived: rate of the area compared with",
        "the rate less the gap",
        _of_area,
    ),
    Derivation(
        "forecast",
        "base",
        "result",
        "derived: forecast compared with",
        "the rate less the gap",
        _forecast,
    ),
    Derivation(
        "change",
        "base",
        "result",
        "derived: level before a change",
        "the level less its change",
        _earlier,
    ),
    Derivation(
        "growth",
        "base",
        "result",
        "derived: level before a growth",
        "the level divided by 1 plus its growth",
        _earlier,
    ),
    Derivation(
        "multiple",
        "base",
        "result",
        "derived: level that a multiple is of",
        "the level divided by the multiple",
        _earlier,
    ),
    Derivation(
        "change",
        "step",
        "result",
        "derived: change between two levels",
        "the later level less the earlier",
        _change,
    ),
    Derivation(
        "growth",
        "step",
        "result",
        "derived: growth between two levels",
        "the later level divided by the earlier, less 1",
        _growth,
    ),
    Derivation(
        "share",
        "base",
        "result",
        "derived: whole of a part and its share",
        "the part divided by its share",
        _whole,
    ),
    Derivation(
        "share",
        "result",
        "base",
        "derived: part of a whole and its share",
        "the whole times the share",
        _part,
    ),
)
_BY_MISSING = {(one.kind, one.missing): one for one in WANTED}


def derive(statements: Statements, words: LinkingWords, shown: Shown) -> list[Figure | Percentage]:
    """The records that the stated numbers imply, in the order of the text.

    ``text[start:end] == quote`` holds for them too: the quote runs over all inputs. Of what two
    pairs of numbers imply differently nothing is kept.
    """
    told = _Told(statements)
    found: list[Figure | Percentage] = []
    implied: dict[tuple[object, ...], Interval] = {}
    doubted: set[tuple[object, ...]] = set()
    bindings = chain(
        moves(statements, words),
        told_moves(statements, words),
        gaps(statements, words),
        shares(statements, words),
    )
    for binding in bindings:
        given = binding.stated()
        missing = [role for role in ROLES if role not in given]
        derivation = _BY_MISSING.get((binding.kind, missing[0])) if len(missing) == 1 else None
        if derivation is None:
            continue
        record = _record(derivation, binding, statements, shown)
        if record is None:
            continue
        thing = (_kind(record), record.period, record.holder)
        ends = _ends(record)
        if not ends.meets(implied.setdefault(thing, ends)):
            doubted.add(thing)
        if not told.says(record, list(given.values())):
            told.add(record)
            found.append(record)
    kept = [one for one in found if (_kind(one), one.period, one.holder) not in doubted]
    return sorted(kept, key=lambda one: (one.start, one.end, one.id))


def _ends(record: Figure | Percentage) -> Interval:
    """What is derived, below zero where it fell."""
    low, high = record.low, record.high
    if low is None or high is None:
        low = high = record.value or Decimal(0)
    return Interval(-high, -low) if record.direction == "down" else Interval(low, high)


def _record(
    derivation: Derivation, binding: Binding, statements: Statements, shown: Shown
) -> Figure | Percentage | None:
    given = binding.stated()
    amount = _amount(derivation, given, statements)
    if amount is None:
        return None
    changes = derivation.changes(binding, statements, shown)
    like = given[derivation.like].record
    measure = changes.get("measure", like.measure)
    interval = amount.interval
    if changes.get("unit_code", like.unit_code) == like.unit_code:
        # What the equations take for points is told in basis points, as the other number is.
        interval = interval.times(point(1 / scale(given[derivation.like])))
    changes |= _number(interval, measure) | {"qualifier": amount.qualifier}
    changes |= _evidence(derivation, list(given.values()), statements)
    fields = {name: getattr(like, name) for name in like.__struct_fields__}
    rate = isinstance(like, Percentage) or changes.get("unit_code") == _PERCENT["unit_code"]
    return (Percentage if rate else Figure)(**fields | changes)


class _Amount(NamedTuple):
    interval: Interval
    qualifier: Qualifier


def _amount(
    derivation: Derivation, given: dict[Role, Statement], statements: Statements
) -> _Amount | None:
    """The missing number and its qualifier; ``None`` where it could be no such amount."""
    equation = EQUATIONS[derivation.kind]
    qualifier = _qualifier(given, derivation.missing, exact=equation.exact)
    if qualifier is None:
        return None
    as_written = equation.exact and _same_place(given, statements)
    if qualifier != "exact" and not as_written:
        return None
    terms = {
        role: point(value_of(one)) if as_written else statements.term(one)
        for role, one in given.items()
    }
    solved = equation.solve(derivation.missing, terms)
    if solved is None:
        return None
    like = given[derivation.like].record
    counts = [one.record.value for one in given.values() if one.record.dimension == "count"]
    if as_written:
        interval: Interval | None = solved
    elif derivation.missing != "step" and like.dimension == "count" and _are_whole(counts):
        interval = solved.counted()
    else:
        interval = solved.rounded()
    if interval is None or interval.low < 0 < interval.high:
        return None
    signless = derivation.missing != "step" and like.measure != "growth"
    return None if signless and interval.low <= 0 else _Amount(interval, qualifier)


def _are_whole(counts: Sequence[Decimal | None]) -> bool:
    return all(count is not None and count == count.to_integral_value() for count in counts)


def _same_place(given: dict[Role, Statement], statements: Statements) -> bool:
    """Whether amounts are written to one place; rates are subtracted as they are written."""
    if any(one.kind == PERCENT for one in given.values()):
        return True
    text = statements.source.text
    return len({place(one.draft.quantity, text) for one in given.values()}) == 1


def _qualifier(given: dict[Role, Statement], missing: Role, *, exact: bool) -> Qualifier | None:
    """The qualifier that the others hand on; ``None`` where nothing honest can be said."""
    if any(one.record.value is None for one in given.values()):
        return None
    loose = {role: one for role, one in given.items() if one.record.qualifier != "exact"}
    if not loose:
        return "exact"
    if len(loose) > 1 or not exact:
        return None
    ((role, one),) = loose.items()
    qualifier = one.record.qualifier
    if qualifier not in _CARRIED or any(value_of(each) < 0 for each in given.values()):
        return None
    subtracted = role == ("base" if missing == "step" else "step") and missing != "result"
    return _TURNED.get(qualifier, qualifier) if subtracted else qualifier


def _number(interval: Interval, measure: str) -> Fields:
    """Value or ends, and the direction that a comparison takes from the sign."""
    low, high = interval
    direction = None
    if measure in ("growth", "change"):
        direction = "up" if high > 0 else "down" if low < 0 else "flat"
    if high <= 0:
        low, high = -high, -low
    if low == high:
        return {"value": low, "low": None, "high": None, "direction": direction}
    return {"value": None, "low": low, "high": high, "direction": direction}


def _evidence(
    derivation: Derivation, inputs: Sequence[Statement], statements: Statements
) -> Fields:
    """Where a derived record is from: a quote over all its inputs, and their ids."""
    records = sorted((one.record for one in inputs), key=lambda one: one.start)
    start, end = records[0].start, max(one.end for one in records)
    places = "-".join(str(one.start) for one in records)
    release = records[0].release_id
    return {
        "id": f"{release}-d{places}-{derivation.kind}",
        "quote": statements.source.original[start:end],
        "start": start,
        "end": end,
        "sentence_start": min(one.sentence_start for one in records),
        "sentence_end": max(one.sentence_end for one in records),
        "rule": derivation.rule,
        "confidence": round(min(one.confidence for one in records) * _CONFIDENCE, 2),
        "derived_from": tuple(one.id for one in records),
        "policy_ids": (),
    }


class _Told:
    """What the text tells already, and what has been derived."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._periods: dict[tuple[str | None, ...], dict[str | None, list[str]]] = {}
        for one in statements.all:
            self.add(one.record)

    def add(self, record: Figure | Percentage) -> None:
        """Note a record; a few ids of each kind are enough to find one that is no input."""
        ids = self._periods.setdefault(_kind(record), {}).setdefault(record.period, [])
        if len(ids) <= len(ROLES):
            ids.append(record.id)

    def says(self, derived: Figure | Percentage, inputs: Sequence[Statement]) -> bool:
        """Whether it is known what was derived, be it with another number: the same thing at
        that time, or at none, or as much of something near in the sentence."""
        known = self._periods.get(_kind(derived), {})
        ids = {one.record.id for one in inputs}
        times = known if derived.period is None else (derived.period, None)
        if any(not ids.issuperset(known.get(time, ())) for time in times):
            return True
        return any(
            _is_as_much(one.record, derived)
            for one in self._statements.near(inputs[-1])
            if one not in inputs
        )


def _kind(record: Figure | Percentage) -> tuple[str | None, ...]:
    return record.measure, record.unit_code, record.area, record.indicator, record.basis


def _is_as_much(one: Figure | Percentage, derived: Figure | Percentage) -> bool:
    if (one.measure, one.unit_code, one.area) != (
        derived.measure,
        derived.unit_code,
        derived.area,
    ):
        return False
    if one.value is None or derived.low is None or derived.high is None:
        return one.value == derived.value
    return derived.low <= one.value <= derived.high
