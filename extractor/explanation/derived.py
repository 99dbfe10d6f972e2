"""Where a derived record comes from: its inputs, the equation, and how the result is rounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.arithmetic.derive import WANTED, Derivation
from extractor.arithmetic.equations import EQUATIONS
from extractor.explanation.figures import FIELDS
from extractor.explanation.model import Origin, RecordExplanation, Rule, Words
from extractor.explanation.wording import because
from extractor.records import Figure, Percentage, Record

_BY_RULE = {one.rule: one for one in WANTED}

_Derived = Figure | Percentage


def derived(records: Sequence[Record]) -> Iterator[RecordExplanation]:
    """The derivation of each record that follows from others."""
    by_id = {one.id: one for one in records if isinstance(one, Figure | Percentage)}
    for one in by_id.values():
        if one.derived_from is not None:
            yield _explained(one, [by_id[number] for number in one.derived_from])


def _explained(record: _Derived, inputs: Sequence[_Derived]) -> RecordExplanation:
    derivation = _BY_RULE[record.rule]
    given = {f"number {place}": _words(one) for place, one in enumerate(inputs, 1)}
    matched = Words(quote=record.quote, start=record.start, end=record.end)
    return RecordExplanation(
        id=record.id,
        type="percentage" if isinstance(record, Percentage) else "figure",
        quote=record.quote,
        start=record.start,
        end=record.end,
        rule=Rule(
            name=record.rule,
            about=f"no number of the text: {derivation.equation}",
            matched=matched,
            parts=given,
        ),
        fields=tuple(_fields(record, inputs, derivation)),
    )


def _fields(
    record: _Derived,
    inputs: Sequence[_Derived],
    derivation: Derivation,
) -> Iterator[Origin]:
    source = _rounding(record, derivation)
    ends = [record.low, record.high]
    yield Origin(
        field="value",
        value=ends if record.value is None else record.value,
        source=source,
        because=because("value", source),
    )
    for field in ("unit", *FIELDS):
        yield _field(field, record, inputs)


def _rounding(record: _Derived, derivation: Derivation) -> str:
    if record.value is None:
        return "rounded"
    return "written" if EQUATIONS[derivation.kind].exact else "single"


def _field(field: str, record: _Derived, inputs: Sequence[_Derived]) -> Origin:
    """A field as one of the inputs has it, or as the equation settles it."""
    value = getattr(record, field)
    if field == "confidence":
        return Origin(field=field, value=value, source="less", because=because(field, "less"))
    if value is None or value == ():
        return Origin(field=field, source="nothing", because=because("", "nothing"))
    model = next((one for one in inputs if getattr(one, field) == value), None)
    if model is None:
        return Origin(
            field=field, value=value, source="equation", because=because(field, "equation")
        )
    return Origin(
        field=field,
        value=value,
        source="input",
        because=because(field, "input"),
        taken_from=_words(model),
        record_id=model.id,
    )


def _words(record: _Derived) -> Words:
    return Words(quote=record.quote, start=record.start, end=record.end)
