"""Where every field of a policy comes from, as its finding tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.explanation.figures import words
from extractor.explanation.model import Origin, RecordExplanation, Rule, Words
from extractor.explanation.places import Place
from extractor.explanation.stages import Stages
from extractor.explanation.wording import because, naming
from extractor.matchers.policy_marks import PolicyMark
from extractor.records import Policy
from extractor.ruleset import Ruleset
from extractor.tables.policies import PolicyShape
from extractor.text import Span

_SHAPED = "words in quotation marks that have the shape of a slogan"
_KNOWN = frozenset(("well-known", "exact name"))


class PolicyReader:
    """Explains the policies of one release."""

    def __init__(
        self, stages: Stages, ruleset: Ruleset, places: Mapping[tuple[str, str], Place]
    ) -> None:
        self._source = stages.source
        self._places = places
        self._shapes = {one.name: one.pattern for one in ruleset.entries(PolicyShape)}
        records = stages.document.records
        self._figures = {one.id: one for one in records if not isinstance(one, Policy)}
        self._records = {one.start: one for one in records if isinstance(one, Policy)}

    def read(self, mark: PolicyMark) -> RecordExplanation:
        """The derivation of the record that ``mark`` became."""
        record = self._records[self._words(Span(mark.start, mark.end)).start]
        return RecordExplanation(
            id=record.id,
            type="policy",
            quote=record.quote,
            start=record.start,
            end=record.end,
            rule=self._rule(mark),
            fields=tuple(self._fields(mark, record)),
        )

    def _words(self, span: Span) -> Words:
        return words(self._source, *span)

    def _some(self, *spans: Span | None) -> tuple[Words, ...]:
        return tuple(self._words(span) for span in spans if span is not None)

    def _rule(self, mark: PolicyMark) -> Rule:
        place = self._places.get(("policy_shape", mark.rule))
        parts = {"noun": mark.noun, "cue": mark.cue}
        return Rule(
            name=mark.rule,
            about=naming(mark.rule) or _SHAPED,
            file=place.file if place else None,
            line=place.line if place else None,
            pattern=self._shapes.get(mark.rule),
            parts={name: self._words(span) for name, span in parts.items() if span is not None},
        )

    def _fields(self, mark: PolicyMark, record: Policy) -> list[Origin]:
        name = Span(mark.start, mark.end)
        period = "nothing" if record.period is None else "words" if mark.time else "known"
        origins = [
            _origin(record, "name", "text", self._some(name)),
            _origin(record, "category", self._category(mark), self._some(mark.noun)),
            _origin(record, "head", "noun", self._some(mark.head)),
            _origin(record, "issuer", "text", self._some(mark.issuer, mark.made)),
            _origin(record, "issuer_area", "issuer", self._some(mark.issuer)),
            _origin(record, "period", period, self._some(mark.time)),
            _origin(record, "aliases", "text", self._some(*mark.aliases)),
            _origin(record, "mentions", "text", self._some(*mark.mentions)),
            _origin(
                record,
                "definitions",
                "text",
                self._some(*(Span(one.start, one.end) for one in mark.definitions)),
            ),
        ]
        figures = (self._figures[one] for one in record.figure_ids)
        tied = tuple(Words(quote=one.quote, start=one.start, end=one.end) for one in figures)
        agree = all(one.agrees for one in mark.definitions)
        return [
            *origins,
            _origin(record, "figure_ids", "figures", tied),
            _origin(record, "confidence", "rule" if agree else "disagrees", ()),
        ]

    def _category(self, mark: PolicyMark) -> str:
        if mark.noun is not None and mark.rule not in _KNOWN:
            return "noun"
        if mark.rule in self._shapes:
            return "shape"
        return "known" if mark.rule in _KNOWN else "use"


def _origin(record: Policy, field: str, source: str, found: tuple[Words, ...]) -> Origin:
    value: Any = getattr(record, field) or None
    if value is None:
        source, found = "nothing", ()
    said = because("runs" if field == "period" else field, source)
    return Origin(field=field, value=value, source=source, because=said, words=found)
