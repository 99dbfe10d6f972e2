"""Which figures become records, and the period a release reports on."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence

from extractor.marks import Rejected
from extractor.matchers.periods import Period
from extractor.matchers.quantities import Quantity
from extractor.reading.days import Told
from extractor.reading.header import Header
from extractor.relate.context import lasts_till
from extractor.relate.draft import Draft
from extractor.ruleset import Ruleset
from extractor.tables.relations import Announcing, Cue, Spell
from extractor.text import SourceText, Span

_REPORTABLE = frozenset(("year", "half", "quarter", "month", "span", "years", "run"))
_CLAUSE = 12
"""How far before a period the words of a plan stand."""
_LIMITING = frozenset(("count", "dimension", "currency", "percent", "temperature"))
_BOUNDS = frozenset(("gte", "gt", "lte", "lt"))
_SPANNING = frozenset(("span", "years"))
"""Fiscal years and stretches of months: figures beside them are often of plans and schemes."""
_TOLD_WITHIN = {
    "day": (100, True),
    "month": (100, True),
    "span": (100, True),
    "quarter": (120, False),
    "half": (120, False),
    "year": (183, False),
}
"""How many days after a period of each grain a release on it comes out at most, and whether
within a month."""
_LONGEST_AREA = 4
_TITLE = "《》"
_OPENERS = frozenset("(「『《“‘<[/")
"""What stands before a period inside brackets or a title, or inside a date."""


class Spells:
    """Tells lengths of time that are no figures; built once from the rules."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._rules: dict[str, list[tuple[Spell, tuple[str, ...], re.Pattern[str]]]] = {}
        for rule in ruleset.entries(Spell):
            for kind in rule.kinds:
                compiled = rule, rule.before or ("",), re.compile(rule.after)
                self._rules.setdefault(kind, []).append(compiled)

    def reason(self, text: str, quantity: Quantity) -> str | None:
        """Why ``quantity`` of the matching ``text`` is none, or ``None``."""
        for rule, before, after in self._rules.get(quantity.kind, ()):
            behind = text.endswith(before, 0, quantity.start)
            if behind and after.match(text, quantity.end):
                return rule.reason
        return None


def select(
    drafts: Sequence[Draft], boilerplate: Sequence[Span], text: str, spells: Spells
) -> tuple[list[Draft], list[Rejected]]:
    """Drafts worth a record, and the others with the reason.

    ``boilerplate``: a number of a letterhead or of a contact line. ``bare_number``: it has no
    unit and nothing says what it measures. ``indefinite``: 一個 and its like, an article.
    ``in_name``: it limits the things that another figure measures (65歲以上長者佔兩成).
    Lengths of time have the reasons that ``spells`` knows; they too have been related by then,
    for what stands beside them is read by them.
    """
    kept: list[Draft] = []
    dropped: list[Rejected] = []
    names = {one.indicator for one in drafts if one.indicator is not None}
    aside = set[int]().union(*(range(line.start, line.end) for line in boilerplate))
    for draft in drafts:
        quantity = draft.quantity
        reason = None
        if quantity.start in aside:
            reason = "boilerplate"
        elif quantity.kind == "number" and draft.rule == "quantity" and quantity.unit is None:
            reason = "bare_number"
        elif quantity.weak and draft.rule == "quantity" and draft.measure == "level":
            reason = "indefinite"
        elif _limits(draft) and any(_holds(name, quantity) for name in names):
            reason = "in_name"
        else:
            reason = spells.reason(text, quantity)
        if reason:
            dropped.append(Rejected(quantity.start, quantity.end, "quantity", reason))
        else:
            kept.append(draft)
    return kept, dropped


def _limits(draft: Draft) -> bool:
    """Whether a figure can tell which things are meant."""
    quantity = draft.quantity
    bounded = quantity.qualifier in _BOUNDS or quantity.value is None
    if quantity.kind in _LIMITING:
        return bounded
    return draft.rule == "quantity" and quantity.kind == "age"


def _holds(name: Span, quantity: Quantity) -> bool:
    """Whether the quantity is part of the name of what a figure measures."""
    return name.start <= quantity.start and quantity.end <= name.end


class LeadWords:
    """What stands before a period that a release announces, or is compared with."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.announcing = tuple(
            word for entry in ruleset.entries(Announcing) for word in entry.words
        )
        self.titles = tuple(word for entry in ruleset.entries(Announcing) for word in entry.titles)
        self.parts = tuple(word for entry in ruleset.entries(Announcing) for word in entry.parts)
        cues = ruleset.entries(Cue)
        self.comparing = tuple(word for cue in cues if cue.kind == "compare" for word in cue.words)
        self.compared = tuple(word for cue in cues if cue.kind == "compared" for word in cue.words)
        self.planning = tuple(
            word for cue in cues if cue.kind == "target" for word in cue.words if len(word) > 1
        )


def reporting_period(
    source: SourceText,
    header: Header,
    periods: Sequence[Period],
    figures: Sequence[Quantity],
    words: LeadWords,
) -> Period | None:
    """The period that the release announces, for figures that state none.

    It stands in the title; else in the lead paragraph, in the title of a document that reports on
    it (《2024年統計公報》), in a sentence without figures, set off
    by a comma (2024年，全市…), or past and right behind one of the words ``announcing``; else in
    the first sentence of that paragraph with figures, in a clause ahead of them (公布去年業績，
    收入…) or opening one (公布，上半年錄得…); else it is the day that this sentence opens with
    (截至9月底，…). What is only compared with (較2020年，…, 與2020年相比，…) it is not.
    """
    candidates = [
        one
        for one in periods
        if (one.grain in _REPORTABLE or one.stock)
        and one.code
        and not lasts_till(one, header.published or header.event_date)
        and not _is_compared(one, source, words)
        and not source.text.startswith(words.parts, one.end)
    ]
    stocks = [one for one in candidates if one.stock]
    candidates = [one for one in candidates if not one.stock]
    title = header.title_span
    for period in candidates:
        if title and title.start <= period.start < title.end:
            return period
    lead = next((part for part in source.paragraphs if part.start >= header.body.start), None)
    if lead is None:
        return None
    candidates = [one for one in candidates if lead.start <= one.start < lead.end]
    counted = [figure.start for figure in figures]
    starts = [sentence.start for sentence in source.sentences]
    for period in candidates:
        if period.titled:
            if _names_report(source.text, period, words):
                return period
            continue
        sentence = source.sentences[bisect_right(starts, period.start) - 1]
        silent = bisect_right(counted, sentence.end) == bisect_right(counted, sentence.start)
        if silent or source.text[period.end : period.end + 1] == ",":
            return period
        behind = source.text.endswith(words.announcing, lead.start, period.start)
        if behind and _has_begun(period, header):
            return period
    first = next((one for one in counted if lead.start <= one < lead.end), lead.end)
    sentence = source.sentences[bisect_right(starts, first) - 1]
    for period in candidates:
        if period.titled or not sentence.start <= period.start < sentence.end:
            continue
        comma = source.text.find(",", period.end, first)
        plain = period.grain not in _SPANNING or _is_part_of_year(period, header)
        if comma >= 0 or (plain and _opens_clause(source.text, period.start)):
            return period
    return next((one for one in stocks if _opens(source.text, sentence, one, first)), None)


def _opens(text: str, sentence: Span, period: Period, first: int) -> bool:
    """Whether a sentence opens with the period, or with a clause of who tells it before that."""
    within = sentence.start <= period.start < first
    set_off = text[period.end : period.end + 1] == "," and _opens_clause(text, period.start)
    return within and (period.start == sentence.start or set_off)


def _is_part_of_year(period: Period, header: Header) -> bool:
    """Whether it is past and within one year: 前三季度."""
    today = header.published or header.event_date
    start, end = period.period_start, period.period_end
    within = start is not None and end is not None and start.year == end.year
    return within and (today is None or end is None or end < today)


def _names_report(text: str, period: Period, words: LeadWords) -> bool:
    """Whether the title of a document that reports on the period begins with it."""
    closed = text.find(_TITLE[1], period.end)
    opened = text.startswith(_TITLE[0], period.start - 1)
    return opened and text.endswith(words.titles, period.end, max(closed, period.end))


def _has_begun(period: Period, header: Header) -> bool:
    today = header.published or header.event_date
    return today is None or (period.period_start is not None and period.period_start <= today)


def told(
    source: SourceText, header: Header, periods: Sequence[Period], words: LeadWords
) -> Told | None:
    """The full period that a release without a date tells of, by its last day.

    It is the year that is said to be this one, else the period that the title opens with, an area
    ahead or not, or announces, else one of the first sentence, set off by a comma; else the last
    month or quarter that is named with its year. In the first sentence it may also be shorter
    than a year, be announced, or open a clause. What is planned, or only compared with, is not
    told.
    """
    full = [
        one
        for one in periods
        if one.kind == "absolute"
        and (one.grain in _REPORTABLE or one.stock)
        and not _is_compared(one, source, words)
        and not _is_planned(one, source, words)
        and not source.text.endswith("(", 0, one.start)
    ]
    this_year = next((one for one in full if one.current and one.grain == "year"), None)
    if this_year is not None and this_year.period_start and this_year.period_end:
        return Told(this_year.period_start, 366, False, this_year.period_end)
    title = header.title_span
    first = next((one for one in full if one.code), None)
    if first is not None and title is not None and title.start <= first.start < title.end:
        announced = source.text.endswith(words.announcing, title.start, first.start)
        if announced or first.start - title.start <= _LONGEST_AREA:
            return _told(first)
    lead = next((one for one in source.sentences if one.start >= header.body.start), None)
    for period in full:
        if lead is not None and lead.start <= period.start < lead.end and period.code:
            if source.text[period.end : period.end + 1] == ",":
                return _told(period)
            behind = source.text.endswith(words.announcing, lead.start, period.start)
            told_of = behind or period.stock or period.grain in ("month", "quarter", "half")
            named = source.text.startswith(_TITLE[0], period.end)  # 2024年《施政報告》
            opens = _opens_clause(source.text, period.start) and not named
            dated = any(lead.start <= one.start < period.start for one in periods)
            told_of = told_of or (opens and not dated)  # 3月5日，2023年開業的夜市
            return _told(period) if told_of else None
    ends = (_told(one) for one in full if one.code and "-" in one.code)
    return max((one for one in ends if one is not None), default=None)


def _is_compared(period: Period, source: SourceText, words: LeadWords) -> bool:
    """Whether the period is only compared with: 较〔2020年〕, 与〔2020年〕相比."""
    behind = source.text.endswith(words.comparing, 0, period.start)
    return behind or source.text.startswith(words.compared, period.end)


def _is_planned(period: Period, source: SourceText, words: LeadWords) -> bool:
    """Whether words of a plan stand before the period in its clause: 計劃〔2027年〕建成."""
    before = source.text[max(period.start - _CLAUSE, 0) : period.start]
    clause = before[max(before.rfind(sign) for sign in ",;。\n") + 1 :]
    return any(word in clause for word in words.planning)


def _told(period: Period) -> Told | None:
    if period.period_end is None:
        return None
    within, monthly = _TOLD_WITHIN.get(period.grain, (0, False))
    end = period.period_end
    seen = end + dt.timedelta(days=1) if period.grain == "year" else end
    return Told(end, within, monthly, seen)


def _opens_clause(text: str, start: int) -> bool:
    before = text[:start].rstrip(" ")[-1:]
    return not before.isalnum() and before not in _OPENERS
