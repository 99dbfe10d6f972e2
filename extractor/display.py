"""Tables for people: what a run, a check and a reading of quantities came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from rich import box
from rich.table import Table

from extractor.batch import Extracted
from extractor.check import ALL, Result
from extractor.report import record_type

TYPES = ("figure", "percentage", "policy")
LONGEST_LIST = 40
"""More releases than these are summed up, not listed."""
COUNTED = (*TYPES, "rejected", "warnings")


class Run(Struct, kw_only=True):
    """What a run came to, gathered as it goes."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    """Name and title of each release that is listed."""
    counts: list[Counter[str]] = field(default_factory=list)
    """Records by type, rejected candidates and warnings of each of these."""
    releases: int = 0
    total: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0

    def add(self, name: str, done: Extracted) -> None:
        """Count one release, written under ``name``."""
        counts = Counter(record_type(record) for record in done.document.records)
        counts["rejected"] = done.rejects
        counts["warnings"] = len(done.document.warnings)
        self.releases += 1
        self.total += counts
        if len(self.rows) < LONGEST_LIST:
            self.rows.append((name, done.document.release.title or ""))
            self.counts.append(counts)


def run_table(run: Run) -> Table:
    """Releases with their records by type, and the total."""
    table = _table("release", "title", *COUNTED)
    for (name, title), counts in zip(run.rows, run.counts, strict=True):
        table.add_row(name, title, *(str(counts[key]) for key in COUNTED))
    if run.releases > len(run.rows):
        table.add_row(f"… and {run.releases - len(run.rows)} more", "")
    table.add_section()
    unreadable = f"{run.unreadable} unreadable" if run.unreadable else ""
    total = (str(run.total[key]) for key in COUNTED)
    table.add_row(f"releases: {run.releases}", unreadable, *total)
    return table


def check_tables(result: Result) -> list[Table]:
    """Precision, recall and F1 by type, and the accuracy of every field."""
    types = _table("records", "known", "found", "extra", "precision", "recall", "F1")
    for name in ("observation", *TYPES):
        tally = result.tally(name)
        types.add_row(
            name,
            *map(str, (tally.known, tally.found, tally.extra)),
            *(f"{share:.3f}" for share in (tally.precision, tally.recall, tally.f1)),
        )
    tables = [types]
    for group, accuracies in result.groups.items():
        fields = _table(group.replace("_", " "), "right", "of", "share")
        for name, one in sorted(accuracies.items(), key=lambda item: item[0] == ALL):
            fields.add_row(name, str(one.right), str(one.checked), f"{one.share:.3f}")
        tables.append(fields)
    return tables


def quantity_table(predictions: Iterable[Mapping[str, Any]], text: str) -> Table:
    """Every quantity and period with its place and reading."""
    table = _table("quote", "start", "end", "kind", "value", "low", "high", "unit", left=1)
    for one in predictions:
        keys: Sequence[str] = ("start", "end", "kind", "value", "low", "high", "unit")
        cells = ("" if one.get(key) is None else str(one[key]) for key in keys)
        table.add_row(text[one["start"] : one["end"]], *cells)
    return table


def _table(first: str, *others: str, left: int = 1) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for index, name in enumerate((first, *others)):
        text = index < left or name in ("title", "kind", "unit")
        table.add_column(name, justify="left" if text else "right", overflow="fold")
    return table
