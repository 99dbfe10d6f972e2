"""One row of marks for a whole release: what the patterns of the relation rules run over.

Numbers, periods, areas and cues stand as marks, what is left between them as ``text``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractor.lexicon import WORD
from extractor.marks import AREA, FIGURES, PERIOD, START, STOP, TEXT, Mark
from extractor.relate.clauses import MeasureNouns, join_text, read_verbs
from extractor.relate.tabular import Tables
from extractor.relate.words import Words
from extractor.text import SourceText, Span

_WIDE_SPACE = "\u3000"
"""Sets the parts of a headline apart."""
_BLANKS = re.compile(r"\s+")
_SPREAD = re.compile(r"\W\w\s+\w(?![^\W\d])")
"""A blank between two letters that stand by themselves."""
_WORD = 2
_PHRASE = 4
_PARTED = re.compile(rf"[^\W\da-zA-Z_]{{{_WORD}}}\s+[^\W\da-zA-Z_]{{{_PHRASE}}}")
"""A blank between a word and a phrase, each of so many letters at least."""

_FIGURES = frozenset(FIGURES)
_INHERITED = frozenset((PERIOD, AREA))


def sentences_with_figures(source: SourceText, found: Sequence[Mark], tables: Tables) -> list[Span]:
    """The sentences that a figure of ``found`` stands in, and the headings of tables."""
    figures = sorted(mark.start for mark in found if mark.kind in _FIGURES)
    figures = sorted((*figures, *tables.headings))
    return [
        sentence
        for sentence in source.sentences
        if bisect_left(figures, sentence.start) < bisect_left(figures, sentence.end)
    ]


def build(
    source: SourceText,
    sentences: Sequence[Span],
    found: Sequence[Mark],
    cues: Sequence[Mark],
    words: Words,
    nouns: MeasureNouns,
    tables: Tables,
) -> list[Mark]:
    """All marks of the release in order, gaps filled with ``text``, sentences ended by ``stop``.

    ``sentences`` are those that state figures. A ``stop`` has the value True at the end of a
    paragraph. ``found`` (numbers, periods, areas)
    and ``cues`` do not overlap. A sentence without figures keeps only what others may inherit
    from it: its periods and areas.
    """
    marks = sorted([*found, *cues], key=START)
    starts = [*map(START, marks)]
    stating = set(sentences)
    paragraphs = {paragraph.end for paragraph in source.paragraphs}
    row: list[Mark] = []

    def within(span: Span) -> list[Mark]:
        return marks[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def settle(span: Span) -> list[Mark]:
        settled = _settle(source, span, within(span), words)
        return join_text(source.text, read_verbs(source.text, settled, nouns))

    for sentence in source.sentences:
        inner = within(sentence)
        cells = tables.marks(sentence, inner, settle)
        if cells is not None:
            row += cells
        elif sentence in stating:
            row += settle(sentence)
        else:
            row += [mark for mark in inner if mark.kind in _INHERITED]
        row.append(Mark(STOP, sentence.end, sentence.end, sentence.end in paragraphs))
    return row


def flat(marks: Sequence[Mark]) -> list[Mark]:
    """The marks with those inside folded phrases in their place."""
    inner: list[Mark] = []
    for mark in marks:
        inner += flat(mark.value) if isinstance(mark.value, tuple) else [mark]
    return inner


def _settle(source: SourceText, sentence: Span, marks: Sequence[Mark], words: Words) -> list[Mark]:
    """The marks of a sentence with ``text`` in the gaps, read from right to left.

    Each cue gets the first of its readings that its neighbourhood bears out; one with none is
    text as well.
    """
    settled: list[Mark] = []
    following = Mark(STOP, sentence.end, sentence.end)
    for passed, mark in enumerate(reversed(marks), 1):
        if mark.end < following.start and (gaps := _gaps(source, mark.end, following.start)):
            settled += reversed(gaps)
            following = gaps[0]
        if isinstance(mark.value, tuple):
            before = marks[-passed - 1] if passed < len(marks) else following
            following = _settled(mark, before, following, words)
        else:
            following = mark
        settled.append(following)
    if sentence.start < following.start:
        settled += reversed(_gaps(source, sentence.start, following.start))
    settled.reverse()
    return settled


def _gaps(source: SourceText, start: int, end: int) -> list[Mark]:
    """What stands between two marks: text, and a comma for each wide space in it that does not
    merely spread the letters of a word (總　計), or for a space between two phrases of Han."""
    text = source.text
    if text[start:end].isalnum():
        return [Mark(TEXT, start, end)]
    parts: list[Mark] = []
    for blank in _BLANKS.finditer(text, start, end) if " " in text[start:end] else ():
        wide = _WIDE_SPACE in source.quote(*blank.span())
        wide = wide and not _SPREAD.match(text, blank.start() - 2)
        if wide or _PARTED.match(text, blank.start() - _WORD):
            parts += _text(text, start, blank.start())
            parts.append(Mark("comma", *blank.span()))
            start = blank.end()
    return [*parts, *_text(text, start, end)]


def _text(text: str, start: int, end: int) -> list[Mark]:
    """What is written from ``start`` to ``end``, if anything."""
    gap = text[start:end]
    bare = gap.strip()
    if not bare:
        return []
    start += gap.index(bare) if bare != gap else 0
    return [Mark(TEXT, start, start + len(bare))]


def _settled(mark: Mark, before: Mark, following: Mark, words: Words) -> Mark:
    near = following.kind if following.start - mark.end <= 1 else None
    for reading in mark.value:
        cue = reading.cue
        if reading.followers and near not in reading.followers:
            continue
        if not cue.whole_word or _is_word(mark, before, following, words):
            kind = TEXT if cue.kind == WORD else cue.kind
            return Mark(kind, mark.start, mark.end, cue)
    return Mark(TEXT, mark.start, mark.end)


def _is_word(mark: Mark, before: Mark, following: Mark, words: Words) -> bool:
    """Whether words begin and end at the mark; a longer cue beside it is a word by itself."""
    # Neighbours are looked at first: to know an edge a run may have to be cut.
    left = (before.end == mark.start and _is_long_cue(before)) or words.edge(mark.start)
    return left and (
        (following.start == mark.end and _is_long_cue(following)) or words.edge(mark.end)
    )


def _is_long_cue(mark: Mark) -> bool:
    return mark.kind != TEXT and mark.value is not None and mark.end - mark.start > 1
