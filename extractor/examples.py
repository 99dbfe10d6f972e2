"""Run the examples that the rules carry: each must hold, each counterexample must not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from extractor.compare import same, show
from extractor.matchers.areas import AreaMatcher
from extractor.matchers.periods import Period
from extractor.matchers.quantities import Quantity
from extractor.pipeline import Extractor
from extractor.reading.header import HeaderReader
from extractor.records import Figure, Percentage, Policy
from extractor.ruleset import Example, Ruleset, examples_of, perhaps
from extractor.tables.patterns import ExactPolicy
from extractor.text import SourceText, fold


class Found(Struct, frozen=True):
    """One thing found in an example's text; offsets in the original text."""

    quote: str
    start: int
    end: int
    values: Mapping[str, Any]


class Rejected(Struct, frozen=True):
    """A candidate turned down in an example's text."""

    quote: str
    reason: str


PATTERN_FILES = ".jsonl"

_ABOUT = ("text", "quote", "name", "nth", "published", "region", "reason", "style")
_RECORD = frozenset(
    (*Figure.__struct_fields__, *Percentage.__struct_fields__, *Policy.__struct_fields__)
)
_QUANTITY = frozenset((*Quantity.__struct_fields__, *Period.__struct_fields__, "period"))
_KEYS: Mapping[str, frozenset[str]] = {
    "headers": frozenset(("field",)),
    "areas": frozenset(("area", "code", "kind", "in_name")),
    "arithmetic": _RECORD | {"warning"},
    "periods": _QUANTITY,
    "quantities": _QUANTITY,
    "regions": frozenset(("press", "code", "area")),
}
"""What an example can ask of what is found; by the module of the tables."""

Finding = tuple[list[Found], Callable[[], list[Rejected]]]


class Examples:
    """Runs examples against the rules that they stand beside."""

    def __init__(self, ruleset: Ruleset, make_extractor: Callable[[str | None], Extractor]) -> None:
        """``make_extractor`` makes the extractor of a region (or of none)."""
        self._extractor = cache(make_extractor)
        self._headers = HeaderReader(ruleset)
        self._areas = AreaMatcher(ruleset)
        # By the module of the tables; all that is not listed is seen in the records.
        self._families: dict[str, Callable[[Example], list[Found]]] = {
            "headers": self._header,
            "areas": self._area,
            "arithmetic": self._arithmetic,
            "periods": self._quantities,
            "quantities": self._quantities,
            "regions": self._region,
        }

    def failure(self, entry: Struct, example: Example, *, holds: bool) -> str | None:
        """What is wrong with an example (``holds``) or a counterexample; ``None`` if nothing."""
        family = type(entry).__module__.rpartition(".")[2]
        about = f"{example.text!r}: {example.quote or example.name or ''}".strip()
        keys = _KEYS.get(family, _RECORD | {"policies"})
        for key in example.expect:
            if key not in keys:
                return f"{about}: unknown key {key!r}{perhaps(key, (*keys, *_ABOUT))}"
        found = self._families.get(family, self._records)(example)
        # A record that covers the words takes them; a quantity or a header's value that is
        # longer is another one (16兆 and 16兆瓦).
        exact = holds or family in self._families
        wanted = [one for one in found if _meant(one, example, exact=exact)]
        right = [one for one in wanted if _agrees(one, example.expect)]
        if holds and not right:
            seen = wanted[0] if wanted else None
            return f"{about}: {_difference(seen, example, found)}"
        if not holds and right:
            return f"{about}: a counterexample, yet found as {right[0].quote}"
        if not holds and example.reason is not None:
            reasons = self._reasons(example)
            if example.reason not in reasons:
                return f"{about}: not rejected as {example.reason} ({', '.join(reasons) or 'none'})"
        return None

    def _records(self, example: Example) -> list[Found]:
        extraction = self._extract(example)
        names = {policy.id: policy.name for policy in extraction.policies}
        found = []
        for one in extraction.records:
            tied = tuple(names[number] for number in getattr(one, "policy_ids", ()))
            values = {**_attributes(one), "policies": tied}
            found.append(Found(one.quote, one.start, one.end, values))
        return found

    def _arithmetic(self, example: Example) -> list[Found]:
        """What is derived, and as ``warning`` the kinds of contradictions."""
        extractor = self._extractor(example.region)
        done = extractor.extract(example.text, published=example.published, derive=True)
        found = [
            Found(one.quote, one.start, one.end, _attributes(one))
            for one in (*done.figures, *done.percentages)
            if one.derived_from is not None
        ]
        whole = len(example.text)
        return found + [
            Found(example.text, 0, whole, {"warning": one.kind}) for one in done.warnings
        ]

    def _reasons(self, example: Example) -> list[str]:
        quote = example.quote or example.name or ""
        rejects = self._extract(example).rejects
        return [one.reason for one in rejects if one.quote in quote or quote in one.quote]

    def _extract(self, example: Example) -> Any:
        extractor = self._extractor(example.region)
        return extractor.extract(example.text, published=example.published)

    def _quantities(self, example: Example) -> list[Found]:
        reference = dt.date.fromisoformat(example.published) if example.published else None
        extractor = self._extractor(example.region)
        found = extractor.quantities(
            example.text, reference=reference, region=example.region, style=example.style
        )
        return [
            Found(
                example.text[one.start : one.end],
                one.start,
                one.end,
                {"period": getattr(one, "code", None), **_attributes(one)},
            )
            for one in found
        ]

    def _area(self, example: Example) -> list[Found]:
        source = SourceText(example.text)
        return [
            Found(
                source.quote(one.start, one.end),
                *source.span(one.start, one.end),
                {
                    "area": one.shown(source.script, example.region),
                    "code": one.code,
                    "kind": one.kind,
                    "in_name": one.in_name,
                },
            )
            for one in self._areas.find(source.text)
        ]

    def _region(self, example: Example) -> list[Found]:
        release = self._extract(example).release
        values = {"press": release.region, "code": release.area_code, "area": release.area}
        return [Found(example.text, 0, len(example.text), values)]

    def _header(self, example: Example) -> list[Found]:
        source = SourceText(example.text)
        header = self._headers.read(source)
        days = {"published": header.published, "event_date": header.event_date}
        values: list[tuple[str, str | None]] = [
            ("title", header.title),
            ("dateline", header.dateline),
            ("publisher", header.publisher),
            ("reporter", header.reporter),
            ("editor", header.editor),
            *((name, str(day)) for name, day in days.items() if day),
            *(("boilerplate", source.quote(*span)) for span in header.boilerplate),
        ]
        return [Found(value, 0, len(value), {"field": name}) for name, value in values if value]


def run_examples(
    ruleset: Ruleset, make_extractor: Callable[[str | None], Extractor]
) -> Iterator[str | None]:
    """The outcome of every example in ``ruleset``: a line for what fails, else ``None``."""
    examples = Examples(ruleset, make_extractor)
    for place, entry in ruleset.placed():
        for example, holds in examples_of(entry):
            failure = examples.failure(entry, example, holds=holds)
            yield f"{place}: {failure}" if failure else None


def without_examples(ruleset: Ruleset) -> Iterator[str]:
    """A line for every entry that carries neither an example nor a counterexample.

    Names to be taken exactly as given have none: each is all there is to show of itself; and
    spaCy's lines of patterns have no room for any.
    """
    for place, entry in ruleset.placed():
        exempt = isinstance(entry, ExactPolicy) or PATTERN_FILES in place
        if not exempt and next(examples_of(entry), None) is None:
            yield f"{place}: no example of its own"


def needless(
    ruleset: Ruleset, own: Ruleset, make_extractor: Callable[[str | None], Extractor]
) -> Iterator[str]:
    """A line for every entry of ``ruleset`` beyond ``own`` whose examples hold without those.

    ``make_extractor`` makes the extractor of a region with the ``own`` rules alone.
    """
    examples = Examples(own, make_extractor)
    for place, entry in ruleset.beyond(own):
        shown = list(examples_of(entry))
        if shown and not any(examples.failure(entry, one, holds=holds) for one, holds in shown):
            yield f"{place}: its examples hold without it; drop it, or add one that needs it"


def _attributes(one: Struct) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def _meant(one: Found, example: Example, *, exact: bool) -> bool:
    """Whether a thing found is the one that the example speaks of, or covers it."""
    if example.name is not None and exact:
        return one.values.get("name") == example.name
    quote = example.quote or example.name
    if quote is None:
        return True
    return one.quote == quote if exact else quote in one.quote


def _agrees(one: Found, expect: Mapping[str, Any]) -> bool:
    return all(
        name in one.values and _same(want, one.values[name]) for name, want in expect.items()
    )


def _same(want: object, got: object) -> bool:
    """As in the records, but in either script; TOML has no null, an empty string stands for it."""
    if want == "":
        return got is None
    if isinstance(want, str) and isinstance(got, str):
        return fold(want) == fold(got)
    return same(want, got)


def _difference(seen: Found | None, example: Example, found: Sequence[Found]) -> str:
    if seen is None:
        others = ", ".join(one.quote for one in found)
        return f"not found, but {others}" if others else "not found, nor anything else"
    return "; ".join(
        f"{name}: read as {show(seen.values.get(name))}, to be {show(want)}"
        for name, want in example.expect.items()
        if not _same(want, seen.values.get(name))
    )
