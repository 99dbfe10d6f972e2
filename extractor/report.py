"""Records as rows: for a data frame and for CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from extractor.records import Record, to_json

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = tuple(
    dict.fromkeys(["type", *(name for kind in get_args(Record) for name in kind.__struct_fields__)])
)
"""The fields of all record types in the schema's order; what a type lacks is empty in its row."""

DATES = ("period_start", "period_end")


def record_type(record: Record) -> str:
    """``figure``, ``percentage`` or ``policy``."""
    return str(record.__struct_config__.tag)


def rows(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """One flat mapping per record; only lists and nested values are not scalars."""
    for record in records:
        yield {"type": record_type(record), **msgspec.structs.asdict(record)}


def to_frame(records: Iterable[Record]) -> DataFrame:
    """A ``pandas.DataFrame`` with one row per record and ``COLUMNS`` as its columns.

    Numbers stay exact ``Decimal`` (``frame["value"].astype(float)`` where speed counts more),
    the ends of periods are timestamps, lists are lists of plain values.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and wanted by few

    content = [
        {
            name: value if _scalar(value) else msgspec.to_builtins(value)
            for name, value in row.items()
        }
        for row in rows(records)
    ]
    frame = pd.DataFrame(content, columns=list(COLUMNS))
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name])
    return frame


def csv_row(record: Record) -> list[str]:
    """The cells of ``COLUMNS``: decimals in full, ISO dates, lists as JSON, absent as empty."""
    row = next(rows([record]))
    return [cell(row.get(name)) for name in COLUMNS]


def cell(value: object) -> str:
    """One value as CSV has it."""
    if value is None or value == ():
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if _scalar(value) else to_json(value).decode()


def _scalar(value: object) -> bool:
    return not isinstance(value, tuple)
