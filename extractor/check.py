"""Score extractions against known figures: found or not, and right or not, field by field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from extractor.compare import same, show
from extractor.errors import InputError
from extractor.extraction import Extraction
from extractor.known import Known, KnownRelease, Mark
from extractor.pipeline import Extractor
from extractor.records import Figure, Percentage, Policy, Record
from extractor.report import record_type

FLOORS = "floors.toml"
ALL = "all"
"""The name under which a record counts only if each of its fields is right."""

MEASURES = ("precision", "recall", "f1")

GROUPS = ("fields", "policy_fields", "release_fields")
"""The fields of figures and percentages, of policies, and of the release."""


class Tally(Struct, kw_only=True):
    """How many were known, found, and made up."""

    known: int = 0
    found: int = 0
    extra: int = 0

    @property
    def precision(self) -> float:
        """The share of what was extracted that is right (1 if nothing was)."""
        return self.found / (self.found + self.extra) if self.found + self.extra else 1.0

    @property
    def recall(self) -> float:
        """The share of what is known that was found (1 if nothing is known)."""
        return self.found / self.known if self.known else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Accuracy(Struct, kw_only=True):
    """How often a field was checked, and right."""

    checked: int = 0
    right: int = 0

    @property
    def share(self) -> float:
        """The share that was right (1 if none was checked)."""
        return self.right / self.checked if self.checked else 1.0


class Failure(Struct, frozen=True, kw_only=True):
    """One thing that is not as known."""

    kind: Literal["miss", "extra", "trap", "field"]
    path: str
    quote: str
    start: int
    detail: str
    sentence: str


class Result(Struct, kw_only=True):
    """What a check came to."""

    types: dict[str, Tally] = field(default_factory=dict)
    """By record type; ``observation`` is figures and percentages together."""
    groups: dict[str, dict[str, Accuracy]] = field(default_factory=dict)
    traps: dict[str, int] = field(default_factory=dict)
    """Traps taken, by what they are traps for."""
    failures: list[Failure] = field(default_factory=list)

    def tally(self, name: str) -> Tally:
        """The tally called ``name``, made when first asked for."""
        return self.types.setdefault(name, Tally())

    def accuracy(self, group: str, name: str) -> Accuracy:
        """The accuracy of a field, made when first asked for."""
        return self.groups.setdefault(group, {}).setdefault(name, Accuracy())


def check(releases: Iterable[KnownRelease], extractor: Extractor) -> Result:
    """Extract every text and compare with what is known of it."""
    result = Result()
    for known in releases:
        extraction = extractor.extract(known.text, source=str(known.path))
        _Check(known, extraction, result).run()
    return result


class _Check:
    """The check of one release, adding to a common result."""

    def __init__(self, known: KnownRelease, extraction: Extraction, result: Result) -> None:
        self.known = known
        self.extraction = extraction
        self.result = result
        self.names = {policy.id: policy.name for policy in extraction.policies}
        self.quotes = {one.id: one.quote for one in extraction.records}

    def run(self) -> None:
        observed = [one for one in self.extraction.records if not isinstance(one, Policy)]
        pairs = _pair_figures(self.known.figures, observed)
        self._score("fields", self.known.figures, observed, pairs, self.known.not_figures)
        policies = list(self.extraction.policies)
        pairs = _pair_policies(self.known.policies, policies)
        self._score("policy_fields", self.known.policies, policies, pairs, self.known.not_policies)
        if self.known.release:
            self._release()

    def _score(
        self,
        group: str,
        known: Sequence[Known],
        records: Sequence[Record],
        pairs: dict[int, Record],
        traps: Sequence[Mark],
    ) -> None:
        """Tally one kind of record; ``pairs`` holds the record found for each known index."""
        taken = {id(record) for record in pairs.values()}
        unpaired = [record for record in records if id(record) not in taken]
        for index, one in enumerate(known):
            record = pairs.get(index)
            for name in _tally_names(one.type):
                self.result.tally(name).known += 1
            if record is None:
                near = [r.quote for r in unpaired if r.start < one.end and one.start < r.end]
                self._fail("miss", one, f"instead: {' '.join(near)}" if near else "")
                continue
            for name in _tally_names(record_type(record)):
                tally = self.result.tally(name)
                if name in _tally_names(one.type):
                    tally.found += 1
                else:
                    tally.extra += 1
            self._fields(group, one, record)
        for record in unpaired:
            if _touches(record, self.known.optional):
                continue
            for name in _tally_names(record_type(record)):
                self.result.tally(name).extra += 1
            trapped = _touches(record, traps)
            kind = "policies" if group == "policy_fields" else "figures"
            self.result.traps[kind] = self.result.traps.get(kind, 0) + trapped
            self._fail("trap" if trapped else "extra", record, f"rule {record.rule}")

    def _fields(self, group: str, known: Known, record: Record) -> None:
        got = {name: self._value(record, name) for name in known.fields}
        wrong = self._compare(group, known.fields, got)
        if group == "fields":
            wrong += self._compare_place(known, record)
        accuracy = self.result.accuracy(group, ALL)
        accuracy.checked += 1
        accuracy.right += not wrong
        if wrong:
            self._fail("field", known, "; ".join(wrong))

    def _compare_place(self, known: Known, record: Record) -> list[str]:
        """A policy's name has been compared when it was found; a figure's span and type not."""
        want = {"span": known.quote, "type": known.type}
        got: dict[str, object] = {"span": record.quote, "type": record_type(record)}
        return self._compare("fields", want, got)

    def _compare(
        self, group: str, want: Mapping[str, object], got: Mapping[str, object]
    ) -> list[str]:
        """Tally each field of ``want``; returns what is to be said of the wrong ones."""
        wrong = []
        for name, value in want.items():
            accuracy = self.result.accuracy(group, name)
            accuracy.checked += 1
            if same(value, got[name]):
                accuracy.right += 1
            else:
                wrong.append(f"{name}: {show(got[name])} for {show(value)}")
        return wrong

    def _value(self, record: Record, name: str) -> object:
        """A field's value; links to other records as the words that those are known by."""
        if name == "policies" and isinstance(record, Figure | Percentage):
            return tuple(self.names[one] for one in record.policy_ids)
        if name == "figures" and isinstance(record, Policy):
            return tuple(self.quotes[one] for one in record.figure_ids)
        return getattr(record, name)

    def _release(self) -> None:
        want = self.known.release
        got = {name: getattr(self.extraction.release, name) for name in want}
        wrong = self._compare("release_fields", want, got)
        accuracy = self.result.accuracy("release_fields", ALL)
        accuracy.checked += 1
        accuracy.right += not wrong
        if wrong:
            self._fail("field", None, "; ".join(wrong))

    def _fail(
        self,
        kind: Literal["miss", "extra", "trap", "field"],
        one: Known | Record | None,
        detail: str,
    ) -> None:
        """Note a failure of ``one``, or of the release itself."""
        self.result.failures.append(
            Failure(
                kind=kind,
                path=str(self.known.path),
                quote=one.quote if one else "release",
                start=one.start if one else 0,
                detail=detail,
                sentence=_line_around(self.known.text, one.start, one.end) if one else "",
            )
        )


def line(failure: Failure) -> str:
    """A failure on one line: what, where, how, and the words around it."""
    where = f"{Path(failure.path).stem}:{failure.start}"
    parts = (f"{failure.kind:5} {where} {failure.quote}", failure.detail, failure.sentence)
    return " | ".join(part for part in parts if part)


def as_json(result: Result) -> dict[str, Any]:
    """Everything measured, as plain values."""
    return {
        "types": {
            name: {
                **msgspec.structs.asdict(tally),
                **{measure: getattr(tally, measure) for measure in MEASURES},
            }
            for name, tally in result.types.items()
        },
        **{
            group: {
                name: {**msgspec.structs.asdict(one), "share": one.share}
                for name, one in accuracies.items()
            }
            for group, accuracies in result.groups.items()
        },
        "traps": result.traps,
        "failures": result.failures,
    }


def _pair_figures(known: Sequence[Known], records: Sequence[Record]) -> dict[int, Record]:
    """The record for each known index: the same span, else one that overlaps and is as much."""
    by_span = {(record.start, record.end): record for record in records}
    pairs = {
        index: by_span[one.start, one.end]
        for index, one in enumerate(known)
        if (one.start, one.end) in by_span
    }
    taken = {id(record) for record in pairs.values()}
    for index, one in enumerate(known):
        if index in pairs:
            continue
        for record in records:
            overlaps = record.start < one.end and one.start < record.end
            if overlaps and id(record) not in taken and _same_amount(one, record):
                pairs[index] = record
                taken.add(id(record))
                break
    return pairs


def _same_amount(known: Known, record: Record) -> bool:
    given = [name for name in ("value", "low", "high") if name in known.fields]
    return bool(given) and all(same(known.fields[n], getattr(record, n)) for n in given)


def _pair_policies(known: Sequence[Known], records: Sequence[Policy]) -> dict[int, Record]:
    by_name = {record.name: record for record in reversed(records)}
    return {i: by_name[one.quote] for i, one in enumerate(known) if one.quote in by_name}


def _tally_names(kind: str) -> tuple[str, ...]:
    return (kind,) if kind == "policy" else ("observation", kind)


def _touches(record: Record, marks: Iterable[Mark]) -> bool:
    spans = (span for mark in marks for span in mark.spans)
    return any(start < record.end and record.start < end for start, end in spans)


def _line_around(text: str, start: int, end: int, reach: int = 30) -> str:
    """What stands around a span on its line, the span itself marked."""
    before = text[max(0, start - reach) : start].rpartition("\n")[2]
    after = text[end : end + reach].partition("\n")[0]
    return f"{before}⟦{text[start:end]}⟧{after}"


def below_floors(result: Result, floors: Path) -> Iterator[str]:
    """A line for every measure that is below its floor in the file ``floors``.

    ``[figure]``, ``[percentage]``, ``[observation]`` and ``[policy]`` hold floors of
    ``precision``, ``recall`` and ``f1``; ``[fields]``, ``[policy_fields]`` and
    ``[release_fields]`` of each field's accuracy. Raises ``InputError`` on a bad file.
    """
    try:
        content = tomllib.loads(floors.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{floors}: {error}") from error
    for table, measures in content.items():
        if not isinstance(measures, dict):
            raise InputError(f"{floors}: {table}: a table of floors is wanted, not {measures!r}")
        for name, floor in measures.items():
            if isinstance(floor, bool) or not isinstance(floor, int | float):
                raise InputError(f"{floors}: [{table}] {name}: a number is wanted, not {floor!r}")
            score = _score_of(result, table, name)
            if score is None:
                raise InputError(f"{floors}: [{table}] {name}: no such measure")
            if score < floor:
                yield f"{table} {name}: {score:.4f} is below the floor {floor}"


def _score_of(result: Result, table: str, name: str) -> float | None:
    if table in GROUPS:
        accuracies = result.groups.get(table, {})
        return accuracies[name].share if name in accuracies else None
    if table in result.types and name in MEASURES:
        return float(getattr(result.types[table], name))
    return None
