"""What a release says of itself: title, dateline, dates, publisher, reporter, editor.

Nothing is taken out of the text. The lines that are no part of the story are marked as spans,
so that whoever extracts can pass over them and every offset stays what it was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from extractor.ruleset import Ruleset
from extractor.tables.headers import (
    Byline,
    Dateline,
    DatelinePlace,
    EventDay,
    HeaderDate,
    HeaderLabel,
    HeaderLine,
    HeaderNumbers,
)
from extractor.text import SourceText, Span

ROC = 1911
"""Year 1 of the Republic of China calendar is 1912."""

LONGEST_TITLE = 60
"""A line of more characters than this is a paragraph of the story."""

LONGEST_LINE = 200
"""No label, date or trail of pages takes more characters than this."""

LINES_AROUND = 12
"""How many lines from either end can be header or footer."""

LAST_PARAGRAPHS = 3
"""A reporter who is not named in the first paragraph is named in one of these."""

LEAD = 60
"""The day of the event is said within so many characters from the start of the story."""

AHEAD = dt.timedelta(days=31)
"""A release may speak of an event this far ahead; what seems later was a year ago."""

_SENTENCE_END = ("。", "!", "?", ";", "…")
_VALUE = r"(?P<value>[^\s()\[\]{}【】<>|,;。:]+)"


class Header(Struct, frozen=True, kw_only=True):
    """What was found; every span is one of the matching text."""

    title: str | None = None
    dateline: str | None = None
    published: dt.date | None = None
    event_date: dt.date | None = None
    seen_from: dt.date | None = None
    """The day that relative words count from: of the event where it is written out, else that of
    the release, whose 昨日 it may be."""
    publisher: str | None = None
    reporter: str | None = None
    editor: str | None = None
    title_span: Span | None = None
    dateline_span: Span | None = None
    bylines: tuple[Span, ...] = ()
    """Where reporters are named, with the place that they write from."""
    boilerplate: tuple[Span, ...] = ()
    """Lines before and after the story, and what follows its last sentence; in order."""
    body: Span
    """The story, title excluded: from its first line to its last."""


class _Found(NamedTuple):
    """A value of one field and where it stands in the matching text."""

    field: str
    start: int
    end: int


class _Layout(NamedTuple):
    """The paragraphs of a text, told apart."""

    title: Span | None
    body: Span
    paragraphs: tuple[Span, ...]
    """Those of the story, from its first sentence on (a subtitle may stand before that)."""
    boilerplate: tuple[Span, ...]


class HeaderReader:
    """Reads headers by the rules given; made once, used for any number of texts."""

    def __init__(self, ruleset: Ruleset) -> None:
        labels = ruleset.entries(HeaderLabel)
        self._fields = {str(word): entry.field for entry in labels for word in entry.labels}
        words = _any_of(self._fields)
        self._label = re.compile(rf"(?<!\w)(?P<label>{words}) ?: ?{_VALUE}?")
        counted = [enumerate(entry.words, start=1) for entry in ruleset.entries(HeaderNumbers)]
        self._numbers = {str(word): number for words in counted for number, word in words}
        dates = [
            (date.pattern.replace("{number}", _any_of(self._numbers)), date)
            for date in ruleset.entries(HeaderDate)
        ]
        self._dates = [(re.compile(pattern), date) for pattern, date in dates]
        any_date = "|".join(f"(?:{_unnamed(pattern)})" for pattern, _ in dates)
        places = _any_of(name for entry in ruleset.entries(DatelinePlace) for name in entry.names)

        def compiled(pattern: str) -> re.Pattern[str]:
            pattern = pattern.replace("{date}", f"(?P<date>{any_date})")
            return re.compile(pattern.replace("{place}", places))

        self._datelines = [compiled(entry.pattern) for entry in ruleset.entries(Dateline)]
        days = ruleset.entries(EventDay)
        self._event_days = [(compiled(entry.pattern), entry.days_ago) for entry in days]
        bylines = ruleset.entries(Byline)
        self._bylines = [(one.hints, re.compile(one.pattern)) for one in bylines]
        lines = ruleset.entries(HeaderLine)
        self._letterheads = [re.compile(one.pattern) for one in lines if one.kind == "publisher"]
        whole = [one.pattern for one in lines if one.kind != "noise"]
        self._furniture = re.compile("|".join(map(_unnamed, whole)) or r"(?!)")
        noise = [one.pattern for one in lines if one.kind == "noise"]
        parts = (self._label.pattern, any_date, *(one.pattern for one in bylines), *noise)
        # Atomic throughout: the first letter that belongs to no part settles it.
        self._parts = re.compile(rf"(?>{'|'.join(map(_unnamed, filter(None, parts)))}|\W)*+")

    def read(self, source: SourceText, *, published: dt.date | None = None) -> Header:
        """The header of ``source``; ``published``, when given, wins over what the text says."""
        layout = self._layout(source)
        found: dict[str, _Found] = {}
        bylines = list(self._find_bylines(source.text, layout))
        for one in self._values(source, layout, bylines):
            found.setdefault(one.field, one)
        published = published or self._published(source.text, layout, found.get("published"))
        dateline = self._dateline(source.text, layout)
        span = Span(*dateline.span()) if dateline else None
        if dateline is not None:
            for field in ("publisher", "reporter"):
                if dateline.groupdict().get(field):
                    found.setdefault(field, _Found(field, *dateline.span(field)))
        title = Span(*found["title"][1:]) if "title" in found else layout.title

        def words(field: str) -> str | None:
            return source.quote(found[field].start, found[field].end) if field in found else None

        event_date, told = self._event_date(source.text, layout, dateline, published)
        return Header(
            title=source.quote(*title) if title else None,
            dateline=source.quote(*span) if span else None,
            published=published,
            event_date=event_date,
            seen_from=published if told else event_date or published,
            publisher=words("publisher"),
            reporter=words("reporter"),
            editor=words("editor"),
            title_span=title,
            dateline_span=span,
            bylines=tuple(Span(*one.span()) for one in bylines),
            boilerplate=layout.boilerplate,
            body=layout.body,
        )

    def aside(self, line: str) -> bool:
        """Whether a line holds labels, dates and page furniture and nothing else."""
        if len(line) > LONGEST_LINE:
            return False
        return bool(self._parts.fullmatch(line) or self._furniture.search(line))

    def _layout(self, source: SourceText) -> _Layout:
        """Title and story are what is left when the furniture at either end is set aside."""
        text, lines = source.text, source.paragraphs
        aside: list[Span] = []
        title: Span | None = None
        first = story = 0
        for index, line in enumerate(lines[:LINES_AROUND]):
            words = text[line.start : line.end]
            if self.aside(words):
                aside.append(line)
                first = index + 1
            elif len(words) > LONGEST_TITLE or words.endswith(_SENTENCE_END):
                break
            elif title is None:
                title = line
                first = index + 1
            story = index + 1
        last = len(lines)
        while last > max(first, len(lines) - LINES_AROUND):
            line = lines[last - 1]
            if not self.aside(text[line.start : line.end]):
                break
            aside.append(line)
            last -= 1
        start = lines[first].start if first < len(lines) else len(text)
        end = lines[last - 1].end if last > first else start
        for sentence in reversed(source.sentences):
            if sentence.end <= end:
                if sentence.start <= start or not self.aside(text[sentence.start : sentence.end]):
                    break
                aside.append(sentence)
                end = len(text[: sentence.start].rstrip())
        within = lines[story:last] or lines[first:last]
        return _Layout(title, Span(start, end), within, tuple(sorted(aside)))

    def _values(
        self, source: SourceText, layout: _Layout, bylines: Sequence[re.Match[str]]
    ) -> Iterator[_Found]:
        """Labelled values around the story, then letterheads, then bylines at its ends."""
        text = source.text
        for line in (*layout.boilerplate, *([layout.title] if layout.title else [])):
            for match in self._label.finditer(text, line.start, line.end):
                if match["value"]:
                    yield _Found(self._fields[match["label"]], *match.span("value"))
        for line in layout.boilerplate:
            for pattern in self._letterheads:
                if letterhead := pattern.search(text[line.start : line.end]):
                    start, end = letterhead.span()
                    yield _Found("publisher", line.start + start, line.start + end)
        for byline in bylines:
            yield _Found("reporter", *byline.span("reporter"))

    def _find_bylines(self, text: str, layout: _Layout) -> Iterator[re.Match[str]]:
        story = layout.paragraphs
        ends = [*layout.boilerplate, *story[:1], *story[-LAST_PARAGRAPHS:]]
        for hints, pattern in self._bylines:
            for start, end in ends:
                if hints and not any(text.find(hint, start, end) >= 0 for hint in hints):
                    continue
                if byline := pattern.search(text, start, end):
                    yield byline

    def _published(self, text: str, layout: _Layout, labelled: _Found | None) -> dt.date | None:
        if labelled is not None:
            # The label's value ends at a space or mark; the date may go on behind it.
            end = next((s.end for s in layout.boilerplate if s.end >= labelled.end), labelled.end)
            if (date := self._date(text[labelled.start : end])) is not None:
                return date
        for line in layout.boilerplate:
            if (date := self._date(text[line.start : line.end], standalone=True)) is not None:
                return date
        return None

    def _dateline(self, text: str, layout: _Layout) -> re.Match[str] | None:
        if not layout.paragraphs:
            return None
        start, end = layout.paragraphs[0]
        matches = (pattern.match(text, start, end) for pattern in self._datelines)
        return next((match for match in matches if match), None)

    def _event_date(
        self,
        text: str,
        layout: _Layout,
        dateline: re.Match[str] | None,
        published: dt.date | None,
    ) -> tuple[dt.date | None, bool]:
        """The day in the dateline, else the day that the first words of the story name; whether
        they say it as seen from the day of the release (昨日)."""
        if dateline is not None and dateline.groupdict().get("date"):
            return self._date(dateline["date"], near=published), False
        for start, end in layout.paragraphs[:1]:
            for pattern, days_ago in self._event_days:
                match = pattern.search(text, start, min(end, start + LEAD))
                if match and days_ago is None:
                    return self._date(match["date"], near=published), False
                if match and days_ago is not None and published is not None:
                    return published - dt.timedelta(days_ago), True
        return None, False

    def _date(
        self, words: str, *, standalone: bool = False, near: dt.date | None = None
    ) -> dt.date | None:
        """The first date in ``words``; what it leaves out (year, month) comes from ``near``."""
        for pattern, rule in self._dates:
            if standalone and not rule.standalone:
                continue
            for match in pattern.finditer(words):
                groups = match.groupdict()
                year, month, day = (
                    self._number(groups.get(key)) for key in ("year", "month", "day")
                )
                year += ROC if rule.era == "roc" and year else 0
                date = _complete(year, month, day, near)
                if date is not None:
                    return date
        return None

    def _number(self, written: str | None) -> int:
        if not written:
            return 0
        return self._numbers.get(written) or int(written)


def _complete(year: int, month: int, day: int, near: dt.date | None) -> dt.date | None:
    """The day meant by parts of a date (0: not written); ``None`` if there is no such day."""
    if not year and near is None:
        return None
    try:
        if year or near is None:
            return dt.date(year, month, day)
        if month:
            date = dt.date(near.year, month, day)
            return date if date <= near + AHEAD else date.replace(year=near.year - 1)
        if day <= near.day:
            return near.replace(day=day)
        return (near.replace(day=1) - dt.timedelta(days=1)).replace(day=day)
    except (ValueError, OverflowError):
        return None


def _any_of(words: Iterable[str]) -> str:
    """A group that matches any of ``words``, longest first; with no words, nothing at all."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else r"(?!)"


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)
