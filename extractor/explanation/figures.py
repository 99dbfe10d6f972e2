"""Where every field of a figure comes from, as its draft has noted it step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractor.explanation.model import Origin, RecordExplanation, Rule, Words
from extractor.explanation.places import Place
from extractor.explanation.stages import Stages
from extractor.explanation.wording import because
from extractor.marks import Mark
from extractor.matchers.periods import Period
from extractor.records import Figure, Observation, Percentage
from extractor.relate.cascade import Found
from extractor.relate.draft import Draft, Note
from extractor.text import SourceText, Span

TOLD_APART = frozenset(
    (
        *("id", "release_id", "quote", "start", "end", "sentence_start", "sentence_end"),
        *("value", "low", "high", "unit", "unit_code", "dimension", "multiplier", "qualifier"),
        *("period_text", "period_start", "period_end", "area_text", "area_code"),
        *("rule", "derived_from"),
    )
)
"""Fields that a derivation shows in another way: the place of the record, its number and unit, its
rule, and what goes with the period and the area."""

FIELDS = tuple(name for name in Observation.__struct_fields__ if name not in TOLD_APART)
"""The fields that say what is measured, in the order of the records, and how sure that is."""

_RELATIVE = "relative"
"""The kind of an area that is named only by a word for it: the whole province."""

_ALONE = "no relation holds round this number: it is how much there is of what stands beside it"
_WITHOUT = frozenset(("property", "untimed", "ceiling", "definition", "unequal"))
"""Sources that tell why a field has no value."""

_HOLDS = "a relation round the number, the first in the file that holds"
_LISTED = "the relation of the first figure of the list, which holds for all of them"


def words(source: SourceText, start: int, end: int) -> Words:
    """A stretch of the matching text as the original has it."""
    first, last = source.span(start, end)
    return Words(quote=source.original[first:last], start=first, end=last)


class FigureReader:
    """Explains the figures and percentages of one release."""

    def __init__(
        self,
        stages: Stages,
        holding: Mapping[int, Sequence[Found]],
        places: Mapping[tuple[str, str], Place],
    ) -> None:
        """``holding``: every rule that holds of a figure, the one that counts first."""
        self._stages = stages
        self._source = stages.source
        self._holding = holding
        self._places = places
        self._records = {
            one.start: one
            for one in stages.document.records
            if isinstance(one, Figure | Percentage) and one.derived_from is None
        }

    def read(self, draft: Draft) -> RecordExplanation:
        """The derivation of the record that ``draft`` became."""
        record = self._records[self._words(draft).start]
        return RecordExplanation(
            id=record.id,
            type="percentage" if isinstance(record, Percentage) else "figure",
            quote=record.quote,
            start=record.start,
            end=record.end,
            rule=self._rule(draft),
            fields=(
                *self._number(draft, record),
                *(self._origin(draft, record, field) for field in FIELDS),
            ),
            considered=tuple(self._considered(draft, record)),
        )

    def _words(self, draft: Draft) -> Words:
        return words(self._source, draft.quantity.start, draft.quantity.end)

    def _rule(self, draft: Draft) -> Rule:
        """The relation that the figure has, its own or that of the list's first figure."""
        given = _last(draft, "rule")
        owner = draft
        while given is not None and given.of is not None:
            owner = given.of
            given = _last(owner, "rule")
        found = self._stages.related.relations.get(owner.position)
        if found is None:
            return Rule(name=draft.rule, about=_ALONE)
        row = self._stages.related.row
        place = self._places.get(("relation", found.rule.name))
        others = [one.rule.name for one in self._holding.get(owner.position, ())]
        return Rule(
            name=found.rule.name,
            about=_HOLDS if owner is draft else _LISTED,
            file=place.file if place else None,
            line=place.line if place else None,
            pattern=found.rule.pattern,
            matched=self._stretch(row[found.start : found.end]),
            parts={
                name: self._stretch(found.marks(row, name))
                for name in sorted(found.groups, key=found.groups.__getitem__)
            },
            also=tuple(name for name in dict.fromkeys(others) if name != found.rule.name),
        )

    def _stretch(self, marks: Sequence[Mark]) -> Words:
        return words(self._source, marks[0].start, marks[-1].end)

    def _number(self, draft: Draft, record: Figure | Percentage) -> Iterator[Origin]:
        """Value and unit, which are read before anything is related."""
        quantity = draft.quantity
        value: Any = record.value if record.value is not None else [record.low, record.high]
        yield Origin(
            field="value",
            value=value,
            source="number",
            because=because("value", "number"),
            words=(words(self._source, quantity.number_start, quantity.number_end),),
        )
        unit: tuple[Words, ...] = ()
        if quantity.unit is not None and quantity.unit_start < quantity.unit_end:
            unit = (words(self._source, quantity.unit_start, quantity.unit_end),)
        if quantity.unit is None:
            source = "nothing"
        elif not unit:
            source = "inside"
        else:
            source = "number" if record.start <= unit[0].start < record.end else "shared"
        yield Origin(
            field="unit",
            value=record.unit,
            source=source,
            because=because("unit", source),
            words=unit,
        )

    def _origin(self, draft: Draft, record: Figure | Percentage, field: str) -> Origin:
        value = getattr(record, field)
        note = _settling(draft, field)
        if note is None or (value is None and note.source not in _WITHOUT):
            return Origin(
                field=field,
                value=value or None,
                source="nothing",
                because=because(field, "nothing"),
            )
        taken = self._words(note.of) if note.of else None
        model = self._records.get(taken.start) if taken else None
        source = self._source_of(note, record)
        return Origin(
            field=field,
            value=value,
            source=source,
            because=because(field, source),
            words=self._evidence(draft, note),
            taken_from=taken,
            record_id=model.id if model else None,
        )

    def _source_of(self, note: Note, record: Figure | Percentage) -> str:
        """The source that a note gives, made more exact by what only the release tells."""
        if note.field == "period" and note.source == "release":
            title = self._stages.header.title_span
            titled = title is not None and title.start <= note.value.start < title.end
            return "title" if titled else "lead"
        if note.field == "area" and note.source == "release" and record.area is None:
            return "nothing"
        if (
            note.field == "area"
            and note.source == "sentence"
            and note.value.value.kind == _RELATIVE
        ):
            return "relative"
        if note.source == "list" and note.of is not None:
            return "first"
        return note.source

    def _evidence(self, draft: Draft, note: Note) -> tuple[Words, ...]:
        """The words that a note speaks of: the cue if it has one, else the value itself."""
        settled = note.field == "basis" and note.source in ("words", "periods")
        given = draft.reference if settled else note.by or note.value
        if note.field == "policy_ids":
            marks = (self._stages.policies.policies[index] for index in note.value)
            return tuple(words(self._source, mark.start, mark.end) for mark in marks)
        if not isinstance(given, Mark | Period | Span):
            return ()
        found = [words(self._source, given.start, given.end)]
        if note.field == "indicator" and draft.indicator == note.value:
            if draft.shared_front:
                found.insert(0, words(self._source, *draft.shared_front))
            if draft.shared_head:
                found.append(words(self._source, *draft.shared_head))
        return tuple(found)

    def _considered(self, draft: Draft, record: Figure | Percentage) -> Iterator[Origin]:
        """What a field held for a while, or could have held."""
        seen: set[tuple[str, str, tuple[Words, ...]]] = set()
        for note in draft.notes or ():
            if note.value is None or _is_final(draft, note):
                continue
            evidence = self._evidence(draft, note)
            spoken = "".join(one.quote for one in evidence)
            shown = note.value if isinstance(note.value, str) else spoken
            if (note.field, shown, evidence) in seen:
                continue
            seen.add((note.field, shown, evidence))
            source = self._source_of(note, record)
            yield Origin(
                field=note.field,
                value=shown,
                source=source,
                because=because(note.field, source),
                words=evidence,
            )


def _settling(draft: Draft, field: str) -> Note | None:
    """The last note that gave a field the value which it has in the end."""
    notes = [one for one in draft.notes or () if one.field == field and _is_final(draft, one)]
    return notes[-1] if notes else None


def _is_final(draft: Draft, note: Note) -> bool:
    """Whether what a note gave its field is what that has in the end."""
    if note.field == "policy_ids":
        return note.source != "passing"
    return note.field == "confidence" or bool(note.value == getattr(draft, note.field))


def _last(draft: Draft, field: str) -> Note | None:
    notes = [one for one in draft.notes or () if one.field == field]
    return notes[-1] if notes else None
