"""One row of marks for a whole release: what the patterns of the relation rules run over.

Numbers, periods, areas and cues stand as marks, what is left between them as ``text``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.marks import Mark
from extractor.relate.words import Words
from extractor.tables.relations import Cue
from extractor.text import SourceText, Span

TEXT = "text"
STOP = "stop"
AREA = "area"
ELSEWHERE = "elsewhere"
"""An area outside the one the release speaks of: a market, where visitors come from."""
PERIOD = "period"
PREDICATE = "predicate"
ACTIVITY = "activity"
WORD = "word"
"""Cues of this kind guard a longer word from the cues inside it: plain text."""

FIGURES = (
    "percent",
    "points",
    "fraction",
    "multiple",
    "currency",
    "count",
    "dimension",
    "temperature",
    "duration",
    "age",
    "number",
)
class MeasureNouns(NamedTuple):
    """Nouns that make the name of a measure out of a verb, and those of sums."""

    every: frozenset[str]
    totals: tuple[str, ...]


_WIDE_SPACE = "\u3000"
"""Sets the parts of a headline apart."""

_COMPARING = frozenset(("compare", "above", "below"))
CLASSES = {"figure": FIGURES}


def build(
    source: SourceText,
    found: Sequence[Mark],
    cues: Sequence[Mark],
    words: Words,
    nouns: MeasureNouns,
) -> list[Mark]:
    """All marks of the release in order, gaps filled with ``text``, sentences ended by ``stop``.

    A ``stop`` has the value True at the end of a paragraph. ``found`` (numbers, periods, areas)
    and ``cues`` do not overlap. A sentence without figures keeps only what others may inherit
    from it: its periods and areas.
    """
    taken = sorted(found, key=lambda mark: mark.start)
    figures = [mark.start for mark in taken if mark.kind in FIGURES]
    paragraphs = {paragraph.end for paragraph in source.paragraphs}
    row: list[Mark] = []
    for sentence in source.sentences:
        inner = _between(taken, sentence)
        if bisect_left(figures, sentence.start) < bisect_left(figures, sentence.end):
            inner = _fill(source, sentence, sorted([*inner, *_between(cues, sentence)], key=_start))
            inner = _join_text(_read_verbs(source.text, _settle(inner, words), nouns))
        else:
            inner = [mark for mark in inner if mark.kind in (PERIOD, AREA)]
        row += inner
        row.append(Mark(STOP, sentence.end, sentence.end, sentence.end in paragraphs))
    return row


def _between(marks: Sequence[Mark], span: Span) -> list[Mark]:
    first = bisect_left(marks, span.start, key=_start)
    return list(marks[first : bisect_left(marks, span.end, key=_start)])


def _start(mark: Mark) -> int:
    return mark.start


def _fill(source: SourceText, sentence: Span, marks: Iterable[Mark]) -> list[Mark]:
    filled: list[Mark] = []
    at = sentence.start
    for mark in (*marks, Mark(STOP, sentence.end, sentence.end)):
        if mark.start > at:
            gap = _trimmed(source.text, at, mark.start)
            if gap is not None:
                filled.append(gap)
            elif _WIDE_SPACE in source.quote(at, mark.start):
                filled.append(Mark("comma", at, mark.start))
        filled.append(mark)
        at = mark.end
    return filled[:-1]


def _trimmed(text: str, start: int, end: int) -> Mark | None:
    gap = text[start:end]
    bare = gap.strip()
    if not bare:
        return None
    start += len(gap) - len(gap.lstrip())
    return Mark(TEXT, start, start + len(bare))


def _settle(marks: list[Mark], words: Words) -> list[Mark]:
    """Give each cue the first of its readings that its neighbourhood bears out, right to left.

    A cue with none is plain text.
    """
    settled: list[Mark] = []
    following = Mark(STOP, marks[-1].end, marks[-1].end)
    for place in range(len(marks) - 1, -1, -1):
        mark = marks[place]
        before = marks[place - 1] if place else None
        readings = mark.value
        if isinstance(readings, tuple):
            mark = Mark(TEXT, mark.start, mark.end)
            for cue in readings:
                if _borne_out(cue, mark, following) and (
                    not cue.whole_word or _is_word(mark, before, following, words)
                ):
                    kind = TEXT if cue.kind == WORD else cue.kind
                    mark = Mark(kind, mark.start, mark.end, cue)
                    break
        settled.append(mark)
        following = mark
    settled.reverse()
    return settled


def _is_word(mark: Mark, before: Mark | None, following: Mark, words: Words) -> bool:
    """Whether words begin and end at the mark; a longer cue beside it is a word by itself."""
    after_cue = before is not None and before.end == mark.start and _is_long_cue(before)
    before_cue = following.start == mark.end and _is_long_cue(following)
    return (after_cue or words.edge(mark.start)) and (before_cue or words.edge(mark.end))


def _is_long_cue(mark: Mark) -> bool:
    return mark.kind != TEXT and isinstance(mark.value, tuple | Cue) and mark.end - mark.start > 1


def _borne_out(cue: Cue, mark: Mark, following: Mark) -> bool:
    if not cue.followed_by:
        return True
    kinds = cue.followed_by
    near = following.start - mark.end <= 1
    return near and (following.kind in kinds or ("figure" in kinds and following.kind in FIGURES))


def _read_verbs(text: str, marks: Sequence[Mark], nouns: MeasureNouns) -> list[Mark]:
    """Tell verbs from nouns that look alike by what stands round them.

    A verb before a bare measure noun is part of a name (涵蓋率, 接入流量). An ``activity``
    (生產) is a verb before a figure or before the object right ahead of one, else part of a name
    (生產設備聯網率).
    """
    read = list(marks)
    for place, mark in enumerate(marks):
        if mark.kind not in (ACTIVITY, PREDICATE):
            continue
        after = marks[place + 1 : place + 3]
        touching = bool(after) and after[0].start == mark.end and after[0].kind == TEXT
        if touching and text[after[0].start : after[0].end] in nouns.every:
            read[place] = Mark(TEXT, mark.start, mark.end)
        elif mark.kind == ACTIVITY:
            verb = _is_verb(text, read, place, nouns)
            read[place] = Mark(PREDICATE if verb else TEXT, mark.start, mark.end)
    return read


def _is_verb(
    text: str, marks: Sequence[Mark], place: int, nouns: MeasureNouns
) -> bool:
    """Whether an activity governs the figure behind it; marks to its left are read already."""
    mark = marks[place]
    before = marks[place - 1] if place else None
    follows_noun = before is not None and before.kind == TEXT and before.end == mark.start
    if follows_noun and place > 1 and marks[place - 2].kind == PREDICATE:
        return False
    end = place + 1
    while end < len(marks) and marks[end].kind in (TEXT, ACTIVITY):
        if marks[end].start != marks[end - 1].end:
            return False
        end += 1
    if end == len(marks) or marks[end].kind not in FIGURES:
        return False
    if text.endswith(nouns.totals, mark.end, marks[end - 1].end):
        return False
    if not follows_noun:
        return True
    # 數字化改造投資3億元: beside money or a share the words before it are its name.
    if marks[end].kind in ("currency", "percent"):
        return False
    has_object = end > place + 1
    return has_object or (end + 1 < len(marks) and marks[end + 1].kind == TEXT)


def _without_asides(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without brackets that hold no figure: 旅客總消費（不包括博彩）為….

    A bracket that is never closed stays.
    """
    kept: list[Mark] = []
    opened: int | None = None
    for mark in marks:
        kept.append(mark)
        if mark.kind == "lparen":
            opened = len(kept) - 1
        elif mark.kind in FIGURES:
            opened = None
        elif mark.kind == "rparen" and opened is not None:
            del kept[opened:]
            opened = None
    return kept


def _join_text(marks: Sequence[Mark]) -> list[Mark]:
    """Join neighbouring text; an area inside a running noun phrase is part of it.

    An area elsewhere that opens a noun phrase is part of it too (香港旅客 in Macau), unless it
    is what a figure is compared with.
    """
    joined: list[Mark] = []
    marks = _without_asides(marks)
    for place, mark in enumerate(marks):
        last = joined[-1] if joined else None
        if mark.kind == ELSEWHERE:
            after = marks[place + 1] if place + 1 < len(marks) else None
            opens = after is not None and after.kind == TEXT and after.start == mark.end
            compared = last is not None and last.kind in _COMPARING
            kind = TEXT if opens and not compared else AREA
            mark = Mark(kind, mark.start, mark.end, mark.value if kind == AREA else None)
        if last is not None and last.end == mark.start and last.kind == TEXT:
            if mark.kind in (TEXT, AREA):
                cue = last.value or (mark.value if mark.kind == TEXT else None)
                joined[-1] = Mark(TEXT, last.start, mark.end, cue)
                continue
        joined.append(mark)
    return joined
