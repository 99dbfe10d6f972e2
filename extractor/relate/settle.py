"""The steps that settle where, when and what one figure measures, each for one draft."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.marks import AREA, STOP, TEXT, Mark
from extractor.matchers.periods import Period, parts
from extractor.relate import sequence
from extractor.relate.bases import in_step
from extractor.relate.cascade import Found
from extractor.relate.clauses import PREDICATE
from extractor.relate.context import Context
from extractor.relate.draft import BETWEEN_TWO, Draft
from extractor.relate.phrases import NounPhrases
from extractor.tables.relations import Cue
from extractor.text import Span

_MOVING = frozenset(("rise", "fall"))
RATED = "so much of the things"
"""The relation of a percentage and what stands right behind it."""
_TEN_THOUSAND = 10**4
_BEFORE_AMOUNT = frozenset(("adverb", "target", "cumulative", "each", "object"))
_EXTENTS = frozenset(("area", "length"))
_WEIGHED = frozenset(("kg", "g", "mg"))
"""Units of goods; what machines weigh is told in tonnes."""
_HANDLED = frozenset((PREDICATE, "object", "and", "enum", "reach"))
_APART = frozenset((STOP, "semicolon", "reach", "rise", "fall"))
"""What stands between two percentages that are not of one whole: 占3%；利率為2%."""
_PLAIN = frozenset(("quantity", "level moved to"))
"""Rules that say nothing of a whole."""
_VAGUE = frozenset(("approx", "nearly"))


def fits(found: Found, draft: Draft, row: Sequence[Mark]) -> bool:
    """Whether the relation may hold: no share is below zero (3,210輛（-8%）); a property is never
    about so much (約5公斤糖果), nor is it how far something that is made extends (建成300畝茶園),
    ten thousands of mu, or what goods weigh (檢獲2公斤海味)."""
    if found.rule.measure == "share" and (draft.quantity.value or 0) < 0:
        return False
    if not found.rule.specification:
        return True
    made = row[draft.position - 1].kind in (PREDICATE, "new")
    extent = draft.quantity.dimension in _EXTENTS
    extent = extent and (made or draft.quantity.multiplier >= _TEN_THOUSAND)
    goods = draft.quantity.unit_code in _WEIGHED and row[draft.position - 1].kind in _HANDLED
    return not (extent or goods or draft.quantity.qualifier in _VAGUE)


def place(draft: Draft, row: Sequence[Mark], found: Found | None, context: Context) -> None:
    """Give it the period and the area of its relation or bracket, else those that hold here."""
    if found is not None and found.rule.specification:
        draft.timeless = True
        draft.note("period", "property")
        draft.note("area", "property")
        return
    draft.period, draft.area = context.period_of(draft), context.area
    if draft.notes is not None:
        draft.note("period", context.source_of(draft))
        draft.note("area", "sentence" if draft.area else "release")
    at = draft.position
    if at > 1 and row[at - 1].kind == "lparen" and row[at - 2].kind == AREA:
        draft.area = row[at - 2]
        draft.note("area", "bracket")
    if found is None:
        return
    end = _end_of_span(draft, row, found)
    if end is not None:
        draft.period = end
    elif found.rule.untimed:
        draft.period = None
        draft.note("period", "untimed")
    if "then" in found.groups:
        draft.period = found.marks(row, "then")[0].value
        draft.note("period", "rule")
    if "where" in found.groups:
        draft.area = found.marks(row, "where")[0]
        draft.note("area", "rule")


def _end_of_span(draft: Draft, row: Sequence[Mark], found: Found) -> Period | None:
    """The first of some years for what a move starts from, the last for what it leads to:
    2019年至2024年，人數由〔3萬〕增至〔5萬〕."""
    span = draft.period
    if span is None or span.grain != "span" or span.begins is None or span.ends is None:
        return None
    years = parts(span, span.ends.year - span.begins.year)
    moved = "start" in found.groups and found.position("start") != draft.position
    starts = found.rule.untimed and "from" in [one.kind for one in row[found.start : found.end]]
    if not years or years[0].grain != "year" or not (moved or starts):
        return None
    return years[-1] if moved else years[0]


def start_as_before(
    draft: Draft, row: Sequence[Mark], found: Found, before: Sequence[Draft]
) -> None:
    """What a move starts from is of the time that the move before in the sentence started from:
    甲由去年的5%升至今年的6%，乙由〔2%〕升至3%."""
    if not found.rule.untimed or "from" not in [mark.kind for mark in row[found.start : found.end]]:
        return
    for other in reversed(before):
        if STOP in [mark.kind for mark in row[other.position : draft.position]]:
            return
        start = next((one for one in before if one.position == other.start), None)
        if start is not None and "from" in (row[start.position - step].kind for step in (1, 2, 3)):
            draft.period = start.period
            draft.note("period", "figure", of=start)
            return


def measure(draft: Draft, row: Sequence[Mark], found: Found | None, context: Context) -> None:
    """The measure that the relation gives, else what a cue to the left lends to a level.

    Plans and forecasts are targets, whatever else they are; a level that something started
    from is not.
    """
    settled = False
    if found is not None:
        draft.rule = found.rule.name
        draft.measure = found.rule.measure or draft.measure
        draft.note("measure", "rule" if found.rule.measure else "nothing")
        turning = _turning(found.marks(row, "cue"))
        draft.direction = found.rule.direction or (turning.value.direction if turning else None)
        if "start" in found.groups:
            draft.start = found.position("start")
        if "step" in found.groups:
            draft.step = found.position("step")
        if "base" in found.groups:
            draft.base = tuple(found.marks(row, "base"))
        draft.note("direction", "rule", by=turning)
        settled = found.rule.stated or found.rule.specification
    if draft.direction == "up" and draft.quantity.value is not None and draft.quantity.value < 0:
        # 增長-3.1%
        draft.direction = "down"
        draft.note("direction", "sign")
    elif draft.measure == "growth" and draft.direction is None and draft.quantity.value:
        # 變動（%）: -3.1
        draft.direction = "up" if draft.quantity.value > 0 else "down"
        draft.note("direction", "sign")
    elif found is None and _is_signed(draft, row):
        # 皮具（-28.1%）
        draft.measure, draft.direction = "growth", "down"
        draft.note("measure", "sign")
        draft.note("direction", "sign")
    if settled:
        return
    lent = context.measure
    if lent == "new" and draft.quantity.kind == "currency" and draft.quantity.qualifier == "lte":
        # 對新引進企業最高獎勵300萬元: a ceiling is not what is new.
        return
    if lent and (draft.measure == "level" or lent == "target"):
        draft.measure = lent
        draft.note("measure", "cue", by=context.lender)
    if context.is_future(draft):
        draft.measure = "target"
        draft.note("measure", "future")


def _is_signed(draft: Draft, row: Sequence[Mark]) -> bool:
    """Whether a bracket holds nothing but a percentage below zero."""
    value, at = draft.quantity.value, draft.position
    if value is None or value >= 0 or at == 0:
        return False
    return [mark.kind for mark in row[at - 1 : at + 2]] == ["lparen", "percent", "rparen"]


def grow(draft: Draft, heading: Mark) -> None:
    """Take a percentage for a growth whose column says only what it is compared with."""
    draft.measure, draft.basis = "growth", in_step(heading.value.basis, draft.period)
    draft.note("measure", "cue", by=heading)
    draft.note("basis", "cue", by=heading)
    if draft.quantity.value:
        draft.direction = "up" if draft.quantity.value > 0 else "down"
        draft.note("direction", "sign")


def measure_as_part(draft: Draft, among: int, before: Sequence[Draft]) -> None:
    """What is new of a whole is new of its parts: 新增學位3萬個，其中小學2萬個.

    ``among``: where the mark stands that leads over to the parts.
    """
    whole = next((one for one in reversed(before) if one.position < among), None)
    alike = whole is not None and whole.quantity.unit == draft.quantity.unit
    if whole is not None and alike and whole.measure == "new":
        draft.measure = "new"
        draft.note("measure", "figure", of=whole)


def is_move_aimed_at(draft: Draft, row: Sequence[Mark], found: Found) -> bool:
    """Whether the relation is of a goal told as a rise or a fall: 同比下降3%的目標."""
    moves = [mark.kind in _MOVING for mark in found.marks(row, "cue")]
    return draft.measure == "target" and any(moves)


def share_alike(
    draft: Draft, row: Sequence[Mark], before: Sequence[Draft], phrases: NounPhrases
) -> None:
    """A percentage of a thing beside a share of another is a share: 手機占35%最高，筆電21%次之."""
    other = before[-1] if before else None
    if other is None or other.measure != "share" or draft.rule not in _PLAIN:
        return
    if not (draft.measure == "level" and draft.quantity.kind == other.quantity.kind == "percent"):
        return
    between = {mark.kind for mark in row[other.position + 1 : draft.position]}
    named = draft.indicator
    if named is None or named == other.indicator:
        return
    bracketed = row[draft.position - 1].kind == "lparen"
    if phrases.fits(named, "percent") if bracketed else phrases.is_measure(named):
        return
    if named.start > row[other.position].end and not between & _APART:
        draft.measure = "share"
        draft.note("measure", "figure", of=other)


def level_of_rate(draft: Draft, phrases: NounPhrases) -> None:
    """A percentage ahead of the name of a rate is the rate, no share of it: 82%載客率."""
    if draft.rule == RATED and draft.indicator and phrases.fits(draft.indicator, "percent"):
        draft.measure = "level"
        draft.note("measure", "after")


def measure_alike(draft: Draft, before: Draft) -> None:
    """Take over what the figure before measures, of another time or area: 高於全國的5%."""
    if draft.quantity.kind == before.quantity.kind:
        # 料達1,270億元，仍低於去年的1,318億元: that was no forecast.
        draft.measure = "level" if before.measure == "target" else before.measure
        # 由3.1人降至2.4人，仍高於日本的1.3人: the other did not fall.
        draft.direction = before.direction if before.measure in BETWEEN_TWO else None
        draft.basis, draft.reference = before.basis, before.reference
        draft.take_over(("measure", "direction", "basis", "reference"), "figure", before)


def _turning(marks: Sequence[Mark]) -> Mark | None:
    """The cue among ``marks`` that says whether something rises or falls."""
    for mark in sequence.flat(marks):
        if isinstance(mark.value, Cue) and mark.value.direction:
            return mark
    return None


def amount(draft: Draft, row: Sequence[Mark], phrases: NounPhrases) -> Span | None:
    """The name of the measure right before a number of ten thousands that lacks only its unit:
    〔營收〕突破12億."""
    if row[draft.position].kind != "number" or draft.rule != "quantity":
        return None
    at = draft.position - 1
    while at > 0 and row[at].kind in _BEFORE_AMOUNT:
        at -= 1
    if at < 0 or row[at].kind != TEXT or draft.quantity.multiplier < _TEN_THOUSAND:
        return None
    named = phrases.trimmed(row[at].start, row[at].end)
    return named if named and phrases.is_measure(named) else None


def is_index(draft: Draft, row: Sequence[Mark], phrases: NounPhrases) -> bool:
    """Whether a number is the level of what has no unit: behind its name (物價指數110.5), or a
    decimal in brackets (物價指數（118.35）)."""
    value, named = draft.quantity.value, draft.shared_head or draft.indicator
    if row[draft.position].kind != "number" or draft.rule != "quantity":
        return False
    if draft.position and phrases.is_bare(row[draft.position - 1]):
        return True
    if value is None or value == value.to_integral_value():
        return False
    bracketed = [mark.kind for mark in row[draft.position - 1 : draft.position + 2 : 2]]
    return bracketed == ["lparen", "rparen"] and bool(named and phrases.fits(named, "number"))
