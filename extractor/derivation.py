"""A derivation for people: each sentence as the rules saw it, and its records field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.explanation.model import (
    Explanation,
    MarkedWords,
    Origin,
    RecordExplanation,
    Rule,
    SentenceExplanation,
    TurnedDown,
    Words,
)
from extractor.marks import FIGURES
from extractor.records import Release

PAGE = 110
"""Columns of a page that is no terminal."""

_LABEL = 15
"""Columns of a field's name."""
_LONGEST_VALUE = 30
_LONGEST_MARK = 44
"""Columns of a mark; the middle of a longer one is left out."""
_GAP = 2
_COUNTED = ("figure_ids", "mentions")
"""Fields of which the number is shown; their words follow."""
_INDENT = 2

_DIM, _LOUD, _GOOD, _BAD = "dim", "bold cyan", "green", "yellow"


def render(explanation: Explanation, width: int) -> Iterator[RenderableType]:
    """What to print, piece by piece; ``width`` is that of the page in columns."""
    yield _release(explanation.release)
    for sentence in explanation.sentences:
        yield Text()
        yield _sentence(sentence, width)


def _release(release: Release) -> Text:
    said = {
        "published": release.published,
        "area": release.area,
        "press": release.region,
        "id": release.id,
    }
    line = Text().append(release.title or "(no title)", style="bold")
    line.append("".join(f"  {name} {value}" for name, value in said.items() if value), style=_DIM)
    return line


def _sentence(sentence: SentenceExplanation, width: int) -> Group:
    pieces: list[RenderableType] = [_heading(sentence)]
    if any(mark.kind in FIGURES for mark in sentence.marks):
        pieces += [Text(), *_marks(sentence.marks, width - _INDENT)]
        pieces += [_indented(line) for line in _phrases(sentence.marks)]
    for record in sentence.records:
        pieces += [Text(), _indented(_record_line(record)), _fields(record)]
    if sentence.turned_down:
        pieces += [Text(), _turned_down(sentence.turned_down)]
    return Group(*pieces)


def _heading(sentence: SentenceExplanation) -> Table:
    table = _grid()
    table.add_column(no_wrap=True, style=_DIM)
    table.add_column(overflow="fold", style="bold")
    table.add_row(_span(sentence.start, sentence.end), " ".join(sentence.quote.split()))
    return table


def _grid() -> Table:
    return Table.grid(padding=(0, _GAP), pad_edge=False)


def _indented(content: RenderableType, by: int = _INDENT) -> Padding:
    return Padding(content, (0, 0, 0, by))


def _marks(marks: Sequence[MarkedWords], width: int) -> Iterator[RenderableType]:
    """Words above, their kinds below, in columns; as many lines of both as it takes."""
    upper, lower = Text(), Text()
    for mark in marks:
        words = _shortened(" ".join(mark.quote.split()) or "␣")
        columns = max(cell_len(words), cell_len(mark.kind))
        if upper and cell_len(upper.plain) + columns > width:
            yield _indented(Group(upper, lower, Text()))
            upper, lower = Text(), Text()
        loud = mark.kind in FIGURES
        upper.append(set_cell_size(words, columns) + " " * _GAP, style=_LOUD if loud else "")
        lower.append(set_cell_size(mark.kind, columns) + " " * _GAP, style=_DIM)
    yield _indented(Group(upper, lower))


def _shortened(words: str) -> str:
    if cell_len(words) <= _LONGEST_MARK:
        return words
    half = (_LONGEST_MARK - 1) // 2
    front = set_cell_size(words, half).rstrip()
    back = words
    while cell_len(back) > half:
        back = back[1:]
    return f"{front}…{back}"


def _phrases(marks: Iterable[MarkedWords]) -> Iterator[Text]:
    """What each mark that a phrase has put together is made of."""
    for mark in marks:
        if mark.phrase is not None:
            line = Text(f"{mark.quote} = ")
            line.append(" + ".join(f"{part.kind} {part.quote}" for part in mark.parts))
            line.append(f'  (phrase "{mark.phrase}")', style=_DIM)
            yield line
            yield from _phrases(mark.parts)


def _record_line(record: RecordExplanation) -> Text:
    line = Text().append(" ".join(record.quote.split()), style=_LOUD)
    return line.append(f"  {record.type} {record.id}")


def _fields(record: RecordExplanation) -> Padding:
    """The rule, then each field with its value and origin; what is not stated in one line."""
    rule = _grid()
    rule.add_column(width=_LABEL, no_wrap=True, style=_DIM)
    rule.add_column(overflow="fold")
    for name, said in _rule(record.rule):
        rule.add_row(name, said)
    table = _grid()
    table.add_column(width=_LABEL, no_wrap=True, style=_DIM)
    table.add_column(max_width=_LONGEST_VALUE, overflow="fold")
    table.add_column(overflow="fold")
    silent = []
    for origin in record.fields:
        if origin.value is None and origin.source == "nothing" and origin.field != "indicator":
            silent.append(origin.field)
        else:
            table.add_row(origin.field, _value(origin), _because(origin))
    for origin in record.considered:
        value = Text(_value(origin).plain, style="strike dim")
        table.add_row(Text(f"not {origin.field}"), value, _because(origin))
    missing = _grid()
    missing.add_column(width=_LABEL, no_wrap=True, style=_DIM)
    missing.add_column(overflow="fold", style=_DIM)
    if silent:
        missing.add_row("not stated", ", ".join(silent))
    return _indented(Group(rule, table, missing), 2 * _INDENT)


def _rule(rule: Rule) -> Iterator[tuple[str, Text]]:
    name = Text().append(rule.name, style=_GOOD)
    if rule.file:
        name.append(f"  {rule.file}:{rule.line}", style=_DIM)
    yield "rule", name
    yield "", Text(rule.about)
    if rule.pattern:
        yield "  pattern", Text(rule.pattern, style=_DIM)
    if rule.matched:
        yield "  matched", _words(rule.matched)
    for part, words in rule.parts.items():
        if part != "figure":
            yield f"  {part}", _words(words)
    if rule.also:
        yield "  also holds", Text(f"but later in the file: {', '.join(rule.also)}", style=_DIM)


def _value(origin: Origin) -> Text:
    if origin.value is None:
        return Text("none", style=_DIM)
    if origin.field in _COUNTED:
        return Text(str(len(origin.value)))
    if origin.field == "value":
        ends = origin.value if isinstance(origin.value, list) else [origin.value]
        return Text("–".join(_plain(one) for one in ends))
    if origin.field == "policy_ids":
        return Text(", ".join(words.quote for words in origin.words))
    return Text(_plain(origin.value))


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value)
    return str(getattr(value, "term", value))


def _because(origin: Origin) -> Text:
    said = Text(origin.because)
    if origin.taken_from is not None:
        said.append(": ").append_text(_words(origin.taken_from))
        if origin.record_id is not None:
            said.append(f" {origin.record_id}", style=_DIM)
    elif origin.words:
        repeated = len(origin.words) == 1 and origin.words[0].quote == origin.value
        said.append(" " if repeated else ": ")
        for number, words in enumerate(origin.words):
            said.append(" + " if number else "")
            said.append_text(Text(_place(words), style=_DIM) if repeated else _words(words))
    return said


def _words(words: Words) -> Text:
    return Text(" ".join(words.quote.split())).append(f" {_place(words)}", style=_DIM)


def _place(words: Words) -> str:
    return _span(words.start, words.end)


def _span(start: int, end: int) -> str:
    return f"[{start}:{end}]"


def _turned_down(found: Sequence[TurnedDown]) -> Padding:
    """What was looked at and not taken, by the reason."""
    groups: dict[tuple[str, str], dict[tuple[int, int], TurnedDown]] = {}
    for one in found:
        groups.setdefault((one.kind, one.because), {})[one.start, one.end] = one
    table = _grid()
    table.add_column(no_wrap=True, style=_BAD)
    table.add_column(no_wrap=True, style=_DIM)
    table.add_column(overflow="fold")
    for (kind, because), places in groups.items():
        table.add_row("turned down", kind, _reasoned(because, places))
    return _indented(table)


def _reasoned(because: str, places: Mapping[tuple[int, int], TurnedDown]) -> Text:
    line = Text(f"{because}: ")
    for number, one in enumerate(places.values()):
        line.append(", " if number else "").append_text(_words(one))
    return line
