"""Dates and periods: what the text says of when, resolved against a reference day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, NamedTuple

from msgspec import Struct, structs

from extractor import calendar
from extractor.calendar import Stretch
from extractor.matchers.clauses import REACH, Clause, Cues
from extractor.matchers.clock import FIELDS as CLOCK_FIELDS
from extractor.matchers.dates import Scanner
from extractor.matchers.elements import Fields, Kind
from extractor.matchers.fields import CLOCK, coarsest, inherit
from extractor.matchers.phrases import Phrase, PhraseBuilder
from extractor.matchers.standpoint import Tables, UnresolvedError
from extractor.matchers.tails import tail
from extractor.matchers.when import Resolver
from extractor.ruleset import Ruleset
from extractor.tables.periods import DayPart, Holiday, Season, TimeEdge

Style = Literal["press", "chat"]

_STAND_IN = dt.date(2020, 12, 31)
_DAY = dt.timedelta(days=1)
_MOMENT = dt.timedelta(microseconds=1)
_SENTENCE_END = re.compile(r"[。!?\n]")
_EVENTS = frozenset({"day", "part", "minute", "second"})
_TITLE = "《》"


class Supposed(NamedTuple):
    """A time that says nothing by itself, only how it lies to another of its kind."""

    start: dt.date
    end: dt.date
    grain: str


class Period(Struct, frozen=True, gc=False, kw_only=True):
    """A stretch of time as a text names it; offsets in the matching text, half-open.

    ``code`` is SDMX/ISO 8601 (2023, 2023-Q3, 2023-S1, 2023-09, 2024-01-24, 2023-01/2023-09;
    ``2018/..`` where one end is open); it is ``None`` where the words alone do not say which
    time is meant (去年 without a reference day). ``period_start`` and ``period_end`` are both
    inside the period. ``begins`` and ``ends`` give the same to the second, ``ends`` being the
    first moment after it.
    """

    start: int
    end: int
    code: str | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    begins: dt.datetime | None = None
    ends: dt.datetime | None = None
    grain: str
    kind: Kind = "absolute"
    open_start: bool = False
    open_end: bool = False
    stock: bool = False
    """Whether it is a day that something stands at: 截至9月30日, 9月底."""
    current: bool = False
    """Whether it says of a year with its number that it is this one: 今（113）年."""
    titled: bool = False
    """Whether it stands in the title of a document: 《2025年施政報告》."""
    rule: str
    timex: str | None = None
    supposed: Supposed | None = None
    """Where no reference day is known: the time as seen from a day that is only supposed."""


_FEWEST = 3


def parts(period: Period, count: int) -> list[Period] | None:
    """The months, quarters or years that a run of exactly ``count`` of them consists of; fewer
    than three figures of months and quarters may as well be of two things (產銷分別為…)."""
    begins, ends = period.begins, period.ends
    if begins is None or ends is None or (begins.day, ends.day) != (1, 1):
        return None
    months = (ends.year - begins.year) * 12 + ends.month - begins.month
    for grain in ("month", "quarter", "year"):
        if months != calendar.MONTHS[grain] * count or (grain != "year" and count < _FEWEST):
            continue
        units = [
            calendar.around(calendar.shifted(begins, grain, number), grain)
            for number in range(count)
        ]
        if units[0].start != begins:
            return None
        return [
            structs.replace(
                period,
                code=calendar.code(unit),
                period_start=unit.start.date(),
                period_end=unit.last_day,
                begins=unit.start,
                ends=unit.end,
                grain=grain,
            )
            for unit in units
        ]
    return None


class PeriodMatcher:
    """Finds every date and period; compiled once from the rules, then reusable."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        # How talk is read is compiled only when it is asked for.
        self._readers: dict[Style, tuple[Scanner, PhraseBuilder]] = {}
        self._reader("press")
        shares = {
            (str(row.edge), grain): share
            for row in ruleset.entries(TimeEdge)
            for grain, share in row.share.items()
        }
        self._tables = Tables(
            shares,
            ruleset.entries(DayPart),
            ruleset.entries(Holiday),
            ruleset.entries(Season),
        )
        self._cues = Cues(ruleset)

    def find(
        self,
        text: str,
        *,
        reference: dt.date | None = None,
        region: str | None = None,
        style: Style = "press",
    ) -> list[Period]:
        """Dates and periods of ``text`` in order, never overlapping.

        ``reference`` is the day (or the moment) the text was published. ``style`` says how
        what is left out is read: ``press`` looks back as a release does and takes the end of
        a month for its last day; ``chat`` takes the reference year, and some days about it.
        """
        scanner, builder = self._reader(style)
        resolver = Resolver(
            _moment(reference or _STAND_IN),
            self._tables,
            self._cues,
            chat=style == "chat",
            region=region,
        )
        found: list[Period] = []
        seen = 0
        for phrase in builder.build(scanner.scan(text, region), text):
            if resolver.context and _SENTENCE_END.search(text, seen, phrase.start):
                resolver.context = {}
            seen = phrase.end
            deadline = phrase.bound is not None and phrase.bound.means == "before"
            clause = Clause(text, phrase.start, phrase.end, self._cues, deadline=deadline)
            resolver.clause = clause
            period = _period(phrase, resolver, known=reference is not None)
            if style == "press" and _is_of_any_day(phrase, period, builder.is_end(phrase, text)):
                continue  # 夜間消費, 19時至凌晨2時: which night it is, is not said.
            if _in_title(text, phrase):
                period = structs.replace(period, titled=True)
            elif not clause.compared:
                _remember(resolver, phrase, period)
            found.append(period)
        return found

    def _reader(self, style: Style) -> tuple[Scanner, PhraseBuilder]:
        if style not in self._readers:
            made = Scanner(self._ruleset, style), PhraseBuilder(self._ruleset, style)
            self._readers[style] = made
        return self._readers[style]


def _period(phrase: Phrase, resolver: Resolver, *, known: bool) -> Period:
    kind = _kind(phrase)
    try:
        stretch, settled, timex = _stretch(phrase, resolver, absolute=kind == "absolute")
        if not known and not settled:
            supposed = Supposed(stretch.start.date(), (stretch.end - _MOMENT).date(), stretch.grain)
            return structs.replace(_unknown(phrase, kind), supposed=supposed)
        return _bounded(phrase, stretch, kind, resolver, timex, known=known)
    except (UnresolvedError, OverflowError, ValueError):
        return _unknown(phrase, kind)


def _is_of_any_day(phrase: Phrase, period: Period, end: bool) -> bool:
    """Whether it is a part of a day alone, or, as the ``end`` of a range, an hour alone."""
    if period.kind != "absolute" or phrase.until is not None or phrase.bound is not None:
        return False
    if end:
        return all(CLOCK_FIELDS.issuperset(one.left) for one in phrase.elements)
    return len(phrase.elements) == 1 and phrase.elements[0].left.keys() == {"part"}


def _unknown(phrase: Phrase, kind: Kind) -> Period:
    rule = phrase.elements[-1].sense.rule.name
    return Period(start=phrase.start, end=phrase.end, grain="unknown", kind=kind, rule=rule)


def _stretch(
    phrase: Phrase, resolver: Resolver, *, absolute: bool
) -> tuple[Stretch, bool, str | None]:
    """The time of a phrase, whether the text settles it without a reference day, its TIMEX."""
    left = resolver.fields(phrase.elements)
    named = "year" in left or "first" in left
    far = phrase.until or phrase
    if far is phrase and not phrase.ranged:
        timex = None if phrase.tails else resolver.timex(left)
        return _tailed(phrase, left, resolver), named and absolute, timex
    ranged = far.elements
    if far is phrase:
        ranged = [one for one in far.elements if one.right is not None]
    if phrase.until and any(one.sense.rule.means == "same" for one in ranged):
        # 13:20 to 5:40 the next day: the day of the range's own beginning.
        resolver.named["day"] = _tailed(phrase, resolver.completed(left), resolver)
    right = resolver.fields(far.elements, right=True)
    own = resolver.fields(ranged, right=True)
    settled = (named or "year" in right or "first" in right) and absolute
    written = (inherit(left, right), inherit(right, left))
    if coarsest(right) < coarsest(left):
        left = inherit(left, right)
    elif coarsest(right) == coarsest(left) and right:
        # Neither says the year: the end of the range settles it.
        right = resolver.completed(right)
        left = inherit(left, right)
    elif left:
        left = resolver.completed(left)
        right = inherit(right, left)
    first = _tailed(phrase, left, resolver)
    final = _tailed(far, right, resolver)
    if final.end <= first.start:
        if named and "year" not in own and "year" in right:
            final = _tailed(far, _moved(right, 1), resolver)
        elif "year" in left:
            first = _tailed(phrase, _moved(left, -1), resolver)
    if final.end < first.start:
        raise UnresolvedError
    timex = None if phrase.tails else resolver.timex(*written, first=first, final=final)
    grain = calendar.spanning(final.grain)
    return Stretch(first.start, max(first.start, final.end), grain), settled, timex


def _moved(fields: Fields, years: int) -> Fields:
    return fields | {"year": fields["year"] + years}


def _tailed(phrase: Phrase, fields: Fields, resolver: Resolver) -> Stretch:
    stretch = resolver.stretch(fields) if fields else None
    if phrase.tails:
        for element in phrase.elements:
            if element.sense.tail:
                stretch = tail(stretch, element, resolver)
    if stretch is None:
        raise UnresolvedError
    return stretch


def _bounded(
    phrase: Phrase,
    stretch: Stretch,
    kind: Kind,
    resolver: Resolver,
    timex: str | None,
    *,
    known: bool,
) -> Period:
    """The period of a stretch whose ends the words around it may open or move."""
    means = phrase.bound.means if phrase.bound and kind != "now" else None
    if means == "to_date" and not known:
        means = "since"  # 2017年以來, nobody knows until when
    last = phrase.elements[-1]
    if means is None and not last.sense.rule.opens:
        return _made(phrase, stretch, kind, calendar.code(stretch), stretch[:2], timex)
    counted = "count" in last.left
    tail = any(one.sense.rule.where == "till" for one in phrase.elements)
    if means == "at_end" and not tail and stretch.grain not in CLOCK:
        stretch = Stretch(stretch.end - _DAY, stretch.end, "day")
    elif means == "to_date" and stretch.start <= resolver.reference:
        stretch = Stretch(stretch.start, _until(resolver), "days")
    begins: dt.datetime | None = stretch.start
    ends: dt.datetime | None = stretch.end
    code = calendar.code(stretch)
    if means in ("since", "after") or last.sense.rule.opens:
        code, ends = f"{code.split('/')[0]}/..", None
    elif means == "before" and not resolver.chat and stretch.grain == "day":
        begins = None  # A deadline is a day.
    elif means == "until" or (means == "before" and (counted or not resolver.chat)):
        code, begins = f"../{code.split('/')[-1]}", None
    elif means == "before":
        if stretch.start == stretch.end:
            begins = None
        elif stretch.end > resolver.reference:
            begins = resolver.reference
        else:
            begins, ends = None, stretch.start
        code = f"../{code.split('/')[-1]}"
    return _made(phrase, stretch, kind, code, (begins, ends), timex)


def _made(
    phrase: Phrase,
    stretch: Stretch,
    kind: Kind,
    code: str,
    limits: tuple[dt.datetime | None, dt.datetime | None],
    timex: str | None,
) -> Period:
    begins, ends = limits
    rule = phrase.elements[-1].sense.rule
    means = phrase.bound.means if phrase.bound else None
    deadline = begins is None and code == stretch.start.date().isoformat()
    return Period(
        start=phrase.start,
        end=phrase.end,
        code=code,
        period_start=(begins or stretch.start).date() if begins or deadline else None,
        period_end=(ends - _MOMENT).date() if ends else None,
        begins=begins,
        ends=ends,
        grain="span" if stretch.grain in ("years", "months", "days") else stretch.grain,
        kind=kind,
        open_start=begins is None,
        open_end=ends is None,
        current=_is_this_year(phrase.elements[-1].left),
        stock=stretch.grain == "day" and (means == "at_end" or rule.means == "edge"),
        rule=rule.name,
        timex=timex,
    )


def _is_this_year(values: Fields) -> bool:
    """Whether a year is told by its number and as the one that is spoken in: 今（113）年."""
    return values.get("offset") == 0 and not values.keys().isdisjoint(("year", "roc"))


def _until(resolver: Resolver) -> dt.datetime:
    return resolver.reference if resolver.chat else resolver.reference + _DAY


def _remember(resolver: Resolver, phrase: Phrase, period: Period) -> None:
    """What later times may leave out or point back to."""
    begins, ends = period.begins, period.ends
    if begins is None or ends is None or period.kind in ("anaphoric", "now"):
        return
    stretch = Stretch(begins, ends, period.grain if period.grain != "span" else "months")
    plain = phrase.bound is None and not phrase.tails
    if plain:
        resolver.named[period.grain] = stretch
    # A plain day is that of an event; figures are of longer times, or of the end of one.
    # 預計到2029年升至兩成。由〔上年〕的386人降至297人: that is told of the time before.
    told = resolver.chat or resolver.topic is None or begins <= resolver.reference
    if told and (not plain or period.grain not in _EVENTS):
        resolver.topic = stretch
    if resolver.chat or abs(begins.year - resolver.reference.year) > 1 or period.grain == "span":
        return
    resolver.context = {"year": begins.year}
    if period.grain in ("day", "month"):
        resolver.context["month"] = begins.month


def _in_title(text: str, phrase: Phrase) -> bool:
    opened = text.rfind(_TITLE[0], max(0, phrase.start - REACH), phrase.start)
    return opened >= 0 and text.find(_TITLE[1], opened, phrase.start) < 0


def _kind(phrase: Phrase) -> Kind:
    elements = phrase.elements
    if phrase.until:
        elements = elements + phrase.until.elements
    elif len(elements) == 1:
        return elements[0].sense.kind
    kinds = {element.sense.kind for element in elements}
    if "anaphoric" in kinds:
        named = {name for element in elements for name in element.left}
        senses = [one.sense for one in elements if one.sense.kind == "anaphoric"]
        if any(sense.rule.grain not in named for sense in senses):
            return "anaphoric"
    if "now" in kinds:
        return "now"
    return "relative" if "relative" in kinds else "absolute"


def _moment(day: dt.date) -> dt.datetime:
    return day if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day)
