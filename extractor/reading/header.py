"""What a release says of itself: title, dateline, dates, publisher, reporter, editor.

Nothing is taken out of the text. The lines that are no part of the story are marked as spans,
so that whoever extracts can pass over them and every offset stays what it was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from extractor.reading.days import Days, Told, any_of, unnamed
from extractor.ruleset import Ruleset
from extractor.tables.headers import (
    Byline,
    Dateline,
    DatelinePlace,
    EventDay,
    HeaderLabel,
    HeaderLine,
)
from extractor.text import SourceText, Span

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

_SENTENCE_END = ("。", "!", "?", ";", "…")
_STORY = (*_SENTENCE_END, ":")
"""A line that ends with one of these belongs to the story."""
_SPACED = r"(?<=..)[ \u3000]+(?=\w{2,4} ?(?:[)\]】]|$))"
"""A space may stand for the colon before a name that ends the line."""
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


class _Event(NamedTuple):
    """The day that a release reports on."""

    day: dt.date | None = None
    seen: bool = False
    """Whether the words say it as seen from the day of the release (昨日)."""
    published: bool = False
    """Whether they say that it is the day of the release."""


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
        words = any_of(self._fields)
        self._label = re.compile(rf"(?<![^\W\d])(?P<label>{words})(?: ?: ?|{_SPACED}){_VALUE}?")
        self._days = Days(ruleset)
        places = any_of(name for entry in ruleset.entries(DatelinePlace) for name in entry.names)

        def compiled(pattern: str) -> re.Pattern[str]:
            pattern = pattern.replace("{date}", f"(?P<date>{self._days.any})")
            return re.compile(pattern.replace("{place}", places))

        datelines = ruleset.entries(Dateline)
        self._datelines = [(compiled(entry.pattern), entry.published) for entry in datelines]
        days = ruleset.entries(EventDay)
        self._event_days = [(compiled(entry.pattern), entry) for entry in days]
        bylines = ruleset.entries(Byline)
        self._bylines = [(one.hints, re.compile(one.pattern)) for one in bylines]
        lines = ruleset.entries(HeaderLine)
        patterns = [
            (one.kind, one.pattern.replace("{date}", f"(?:{self._days.any})")) for one in lines
        ]
        self._letterheads = [re.compile(words) for kind, words in patterns if kind == "publisher"]
        heads = [unnamed(words) for kind, words in patterns if kind == "publisher"]
        self._letterhead = re.compile("|".join(heads) or r"(?!)")
        path = [unnamed(words) for kind, words in patterns if kind == "path"]
        self._path = re.compile("|".join(path) or r"(?!)")
        signed = [words for kind, words in patterns if kind == "signature"]
        self._signature = re.compile("|".join(signed) or r"(?!)")
        noise = [one.pattern for one in lines if one.kind == "noise"]
        parts = (self._label.pattern, self._days.any, *(one.pattern for one in bylines), *noise)
        # Atomic throughout: the first letter that belongs to no part settles it.
        self._parts = re.compile(rf"(?>{'|'.join(map(unnamed, filter(None, parts)))}|\W)*+")

    def read(
        self, source: SourceText, *, published: dt.date | None = None, told: Told | None = None
    ) -> Header:
        """The header of ``source``; ``published``, when given, wins over what the text says.

        ``told`` is what completes a day without a year where nothing else does.
        """
        layout = self._layout(source)
        found: dict[str, _Found] = {}
        bylines = list(self._find_bylines(source.text, layout))
        for one in self._values(source, layout, bylines):
            found.setdefault(one.field, one)
        published = published or self._published(source.text, layout, found.get("published"))
        dateline, filed = self._dateline(source.text, layout)
        if dateline is not None and dateline.groupdict().get("date"):
            day = self._days.read(dateline["date"], near=published, told=told)
            event = _Event(day, published=filed)
            written = self._event(source.text, layout, published or day, told, dateline.end("date"))
            if written.day is not None and not written.seen:
                published = published or (day if filed else None)
                event = _Event(written.day)
        else:
            event = self._event(source.text, layout, published, told)
        if published is None and event.published:
            published = event.day
        span = Span(*dateline.span()) if dateline else None
        if dateline is not None:
            for field in ("publisher", "reporter"):
                if dateline.groupdict().get(field):
                    found.setdefault(field, _Found(field, *dateline.span(field)))
        title = Span(*found["title"][1:]) if "title" in found else layout.title

        def words(field: str) -> str | None:
            return source.quote(found[field].start, found[field].end) if field in found else None

        return Header(
            title=source.quote(*title) if title else None,
            dateline=source.quote(*span) if span else None,
            published=published,
            event_date=event.day,
            seen_from=published if event.seen else event.day or published,
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
        if self._parts.fullmatch(line):
            return True
        if line.endswith(_SENTENCE_END):
            return False
        if self._letterhead.match(line) or self._path.search(line):
            return True
        return any(
            self._fields[match["label"]] == "published"
            and self._is_dated(line[match.end("label") :])
            for match in self._label.finditer(line)
        )

    def _is_dated(self, words: str) -> bool:
        return self._days.read(words, standalone=True) is not None

    def _signs(self, text: str, lines: Sequence[Span], index: int) -> bool:
        """Whether a line is only the name of who issued it, beside the line with the day."""
        line = lines[index]
        if not self._signature.fullmatch(text, line.start, line.end):
            return False
        beside = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
        days = [text[one.start : one.end] for one in beside]
        return any(self.aside(day) and self._is_dated(day) for day in days)

    def _layout(self, source: SourceText) -> _Layout:
        """Title and story are what is left when the furniture at either end is set aside."""
        text, lines = source.text, source.paragraphs
        aside: list[Span] = []
        title: Span | None = None
        first = story = 0
        for index, line in enumerate(lines[:LINES_AROUND]):
            words = text[line.start : line.end]
            signed = title is not None and self._signs(text, lines, index)
            if signed or self.aside(words):
                aside.append(line)
                first = index + 1
            elif len(words) > LONGEST_TITLE or words.endswith(_STORY):
                break
            elif title is None:
                title = line
                first = index + 1
            story = index + 1
        last = len(lines)
        while last > max(first, len(lines) - LINES_AROUND):
            line = lines[last - 1]
            signed = self._signs(text, lines, last - 1)
            if not signed and not self.aside(text[line.start : line.end]):
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
                    field, start = self._fields[match["label"]], match.start("value")
                    yield _Found(field, start, line.end if field == "title" else match.end("value"))
        for line in layout.boilerplate:
            for pattern in self._letterheads:
                if letterhead := pattern.match(text[line.start : line.end]):
                    named = "publisher" in letterhead.groupdict()
                    start, end = letterhead.span("publisher" if named else 0)
                    yield _Found("publisher", line.start + start, line.start + end)
            if self._signature.fullmatch(text, line.start, line.end):
                yield _Found("publisher", line.start, line.end)
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
            if (date := self._days.read(text[labelled.start : end])) is not None:
                return date
        for line in layout.boilerplate:
            if (date := self._days.read(text[line.start : line.end], standalone=True)) is not None:
                return date
        return None

    def _dateline(self, text: str, layout: _Layout) -> tuple[re.Match[str] | None, bool]:
        """How the story opens, and whether the day there is that of the release."""
        for start, end in layout.paragraphs[:1]:
            for pattern, published in self._datelines:
                if match := pattern.match(text, start, end):
                    return match, published
        return None, False

    def _event(
        self,
        text: str,
        layout: _Layout,
        published: dt.date | None,
        told: Told | None,
        start: int = 0,
    ) -> _Event:
        """The day that the first words of the story name, from ``start`` on."""
        for opening, end in layout.paragraphs[:1]:
            start = max(start, opening)
            for pattern, rule in self._event_days:
                reach = end if rule.published else min(end, start + LEAD)
                match = pattern.search(text, start, reach)
                if match and rule.days_ago is None:
                    day = self._days.read(match["date"], near=published, told=told)
                    seen = rule.seen and published is not None
                    return _Event(day, seen=seen, published=rule.published)
                if match and rule.days_ago is not None and published is not None:
                    return _Event(published - dt.timedelta(rule.days_ago), seen=True)
        return _Event()
