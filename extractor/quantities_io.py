"""Quantities and periods as plain values that other tools read: one JSON object each.

``start`` and ``end`` are half-open code points of the text as it was given. ``value`` is the
number as written with its multiplier applied; ``low`` and ``high`` are the stretch that its
words leave open (超3萬: low 30000; 3000多家: 3000 to 4000; 3%至5%). Percentages have the unit
``%``; a permille is given in percent. Durations of several parts are given in their smallest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from msgspec import Struct

from extractor.marks import Rejected
from extractor.matchers import neutral
from extractor.matchers.periods import Period
from extractor.matchers.quantities import Quantity, without_overruled
from extractor.numerals import times
from extractor.text import SourceText

Prediction = dict[str, Any]

_KINDS = {"points": "percent", "multiple": "number", "count": "number"}
_PERCENT = {"‰": Decimal("0.1"), "‱": Decimal("0.01")}
_MULTIPLE = re.compile(r"([0-9]+)\.(\w+)")
_LOWER = frozenset({"gt", "gte"})
_UPPER = frozenset({"lt", "lte"})


class Quantities(Protocol):
    """What finds quantities: ``QuantityMatcher``."""

    names: dict[str, str]
    dozens: dict[str, Decimal]

    def find(
        self, text: str, *, region: str | None = None, taken: Any = ()
    ) -> tuple[list[Quantity], list[Rejected]]: ...


class Periods(Protocol):
    """What finds dates and periods: ``PeriodMatcher``."""

    def find(
        self,
        text: str,
        *,
        reference: dt.date | None = None,
        region: str | None = None,
        style: Any = "press",
    ) -> list[Period]: ...


class Matchers(Struct, frozen=True):
    """The two matchers that the predictions are merged from."""

    quantities: Quantities
    periods: Periods


def predictions(
    matchers: Matchers,
    text: str,
    reference: dt.date | None = None,
    *,
    region: str | None = None,
    style: str = "chat",
) -> list[Prediction]:
    """Every quantity and period of ``text`` in order of place.

    ``reference`` is the day that relative dates are counted from; ``style`` says how a bare
    number that may be a date is read (see ``PeriodMatcher.find``).
    """
    source = SourceText(text)
    periods = matchers.periods.find(source.text, reference=reference, region=region, style=style)
    taken = [(period.start, period.end) for period in periods]
    quantities, _ = matchers.quantities.find(source.text, region=region, taken=taken)
    kept = without_overruled(periods, quantities)
    found = [_placed(source, neutral.prediction(period)) for period in kept]
    names, dozens = matchers.quantities.names, matchers.quantities.dozens
    found += [_placed(source, of_quantity(quantity, names, dozens)) for quantity in quantities]
    return sorted(found, key=lambda prediction: (prediction["start"], prediction["end"]))


def of_quantity(
    quantity: Quantity, names: Mapping[str, str], dozens: Mapping[str, Decimal]
) -> Prediction:
    """One quantity with the interval that it leaves open.

    ``names`` gives the usual word for a unit's code, ``dozens`` how many things a unit counts.
    """
    low, high = quantity.low, quantity.high
    if quantity.value is not None:
        low, high = interval(quantity)
    code = quantity.unit_code or ""
    scale = _PERCENT.get(quantity.unit or "") or dozens.get(code)
    multiple = _MULTIPLE.fullmatch(code)
    if multiple is not None:
        scale, code = Decimal(multiple[1]), multiple[2]
    kind = "range" if quantity.value is None else _KINDS.get(quantity.kind, quantity.kind)

    def scaled(value: Decimal | None) -> Decimal | None:
        return value if scale is None or value is None else times(value, scale)

    return {
        "start": quantity.start,
        "end": quantity.end,
        "value": scaled(quantity.value),
        "low": scaled(low),
        "high": scaled(high),
        "unit": _unit(quantity, code, names),
        "kind": kind,
    }


def interval(quantity: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """The bounds that the words around an exact number set; ``None`` where open.

    "And some more" (3000多家) ends at the next step of the last written place where something
    is counted, and is open above where the number stands alone.
    """
    value, qualifier = quantity.value, quantity.qualifier
    if value is None:
        return quantity.low, quantity.high
    if qualifier in _LOWER:
        return value, _next(value) if quantity.vague and quantity.unit else None
    if qualifier in _UPPER:
        return None, value
    return None, None


def _next(value: Decimal) -> Decimal:
    step = Decimal(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return value + step


def _unit(quantity: Quantity, code: str, names: Mapping[str, str]) -> str | None:
    """A code for money, the usual word for a measure, the word itself for what is counted."""
    if quantity.unit in _PERCENT:
        return "%"
    if quantity.dimension == "money" and "/" not in (quantity.unit_code or ""):
        return quantity.unit_code
    return names.get(code, quantity.unit)


def _placed(source: SourceText, prediction: Prediction) -> Prediction:
    start, end = source.span(prediction["start"], prediction["end"])
    return prediction | {"start": start, "end": end}
