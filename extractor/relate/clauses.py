"""Second thoughts on the marks of a sentence: verbs that are names, asides, joined text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.marks import AREA, ELSEWHERE, FIGURES, KIND, PERIOD, TEXT, Mark
from extractor.tables.relations import Cue

PREDICATE = "predicate"
NEW = "new"
_DATED = ["lparen", PERIOD, "rparen"]
_NAMED_AGAIN = ["lparen", TEXT, "rparen", TEXT]
_AS_NAME = frozenset((TEXT, "lparen"))
ACTIVITY = "activity"
ABROAD = frozenset(("country", "region", "group"))
_LISTING = frozenset(("enum", "and"))
_NOTHING = frozenset[str]()
_LEADING_TO_FIGURE = frozenset(
    ("share", "rise", "fall", "distribute", "reach", "basis", "adverb", "compare", *FIGURES)
)
ADVERB = "adverb"
BENEFIT = "benefit"
_VERBAL = frozenset((PREDICATE, ACTIVITY, BENEFIT))
_COMPARING = frozenset(("compare", "above", "below"))
_FIGURES = frozenset(FIGURES)
QUOTES = (("「", "」"), ("“", "”"), ("《", "》"))
_JOINING = frozenset((TEXT, AREA, ELSEWHERE))
_CLAUSE_ENDS = frozenset(("comma", "semicolon", "stop"))
_TWO = 2


class MeasureNouns(NamedTuple):
    """Nouns that make the name of a measure out of a verb, of money, and of sums."""

    names: frozenset[str]
    endings: tuple[str, ...]
    """The same, as the endings of longer names."""
    openings: tuple[str, ...]
    """Those of more than one letter."""
    money: tuple[str, ...]
    treasuries: tuple[str, ...]
    """How the names of those end who spend it."""
    deeds: tuple[str, ...]
    totals: tuple[str, ...]
    trades: tuple[str, ...]
    """How lines of business end."""
    facilities: tuple[str, ...]
    """What opens the name of a place or a machine behind the verb that it is for."""
    behind: tuple[str, ...]
    """What makes a part of a name of the verb ahead of it."""
    before: tuple[str, ...]
    """The same of the verb behind it, where a noun follows that."""


def read_verbs(text: str, marks: Sequence[Mark], nouns: MeasureNouns) -> list[Mark]:
    """Tell verbs from nouns that look alike by what stands round them.

    A verb before a bare measure noun is part of a name (涵蓋率, 接入流量), and so is one
    between a noun and a last letter (產業集聚區), one of a ``state`` before a measure
    (投產茶園面積) and one that ``serves`` before a facility (檢測中心). An ``activity`` (生產) is
    a verb before a figure or before the object right ahead of one, else part of a
    name (生產設備聯網率). A ``benefit`` (受惠) gives a reason where no figure follows in its
    clause, else it is part of a name (受惠農民6萬戶).
    """
    read = list(marks)
    for place, mark in enumerate(marks):
        if mark.kind == NEW and _is_counted(text, marks[place + 1 : place + 3], mark, nouns):
            # 新登記〔量〕: how many are new has a name.
            read[place] = Mark(TEXT, mark.start, mark.end)
        if mark.kind not in _VERBAL:
            continue
        if mark.kind == BENEFIT:
            kind = "because" if _opens_clause(read, place) else TEXT
            read[place] = Mark(kind, mark.start, mark.end)
            continue
        after = marks[place + 1 : place + 3]
        touching = bool(after) and after[0].start == mark.end and after[0].kind == TEXT
        noun = text[after[0].start : after[0].end] if touching else ""
        letter = len(noun) == 1 and not _is_continued(after)
        cue = mark.value if isinstance(mark.value, Cue) else None
        state = cue is not None and cue.state and noun.endswith(nouns.endings)
        serves = cue is not None and cue.serves and noun.startswith(nouns.facilities)
        formed = _forms_noun(text, marks, place, nouns)
        measure = _is_measure(noun, nouns) and (letter or cue is None or not cue.light)
        if formed or _names_trade(text, read, place, nouns):
            read[place] = Mark(TEXT, mark.start, mark.end)
        elif state or serves or measure or (letter and _follows_noun(read, place)):
            read[place] = Mark(TEXT, mark.start, mark.end)
            if place and read[place - 1].kind == ADVERB and _follows_noun(read, place - 1):
                # 建築廢物整體產生量: no verb, so the word before it is no adverb.
                read[place - 1] = Mark(TEXT, read[place - 1].start, mark.start)
            if serves:
                _join_served(read, place)
        elif mark.kind == ACTIVITY:
            verb = _is_verb(text, read, place, nouns)
            read[place] = Mark(PREDICATE if verb else TEXT, mark.start, mark.end)
    return read


def _join_served(marks: list[Mark], place: int) -> None:
    """Make text of the verbs right before one that a facility is named after: 〔集中〕供水工程."""
    while place and marks[place - 1].end == marks[place].start:
        place -= 1
        mark = marks[place]
        if not (mark.kind in _VERBAL and isinstance(mark.value, Cue) and mark.value.serves):
            return
        marks[place] = Mark(TEXT, mark.start, mark.end)


def _forms_noun(text: str, marks: Sequence[Mark], place: int, nouns: MeasureNouns) -> bool:
    """Whether a verb is part of a name by what stands behind it or before it: 輸入〔性〕個案,
    〔被〕羈押人士."""
    mark, after = marks[place], marks[place + 1 : place + 3]
    if not after or after[0].start != mark.end:
        return False
    if after[0].kind != TEXT:
        # 已有63人〔被檢控〕，…
        counted = place > 1 and marks[place - 2].kind in _FIGURES
        ends = after[0].kind in _CLAUSE_ENDS
        return counted and ends and text.endswith(nouns.before, 0, mark.start)
    if text.startswith(nouns.behind, mark.end):
        return True
    counted = len(after) < _TWO or after[1].kind in _FIGURES
    return not counted and text.endswith(nouns.before, 0, mark.start)


def _is_measure(noun: str, nouns: MeasureNouns) -> bool:
    """Whether the name of a measure stands right behind a verb, alone or with an adverb behind."""
    return noun in nouns.names or noun.startswith(nouns.openings)


def _is_counted(text: str, after: Sequence[Mark], mark: Mark, nouns: MeasureNouns) -> bool:
    """Whether the last letter of the name of a measure stands right behind the mark."""
    if not after or after[0].kind != TEXT or after[0].start != mark.end or _is_continued(after):
        return False
    return after[0].end == mark.end + 1 and text[mark.end] in nouns.names


def _is_continued(marks: Sequence[Mark]) -> bool:
    """Whether the second of two marks goes on with the noun that the first begins."""
    return len(marks) > 1 and marks[1].kind == TEXT and marks[1].start == marks[0].end


def _names_trade(text: str, marks: Sequence[Mark], place: int, nouns: MeasureNouns) -> bool:
    """Whether a verb is part of the name of a line of business: 煤炭〔開採〕和洗選業."""
    after = marks[place + 1 : place + 3]
    if [mark.kind for mark in after] != ["and", TEXT] or after[0].start != marks[place].end:
        return False
    start, end = after[1].start, after[1].end
    return _follows_noun(marks, place) and any(
        text.find(one, start, end) > 0 for one in nouns.trades
    )


def _opens_clause(marks: Sequence[Mark], place: int) -> bool:
    for mark in marks[place + 1 :]:
        if mark.kind in _FIGURES:
            return False
        if mark.kind in ("comma", "semicolon"):
            return True
    return False


def _follows_noun(marks: Sequence[Mark], place: int) -> bool:
    before = marks[place - 1] if place else None
    return before is not None and before.kind == TEXT and before.end == marks[place].start


def _is_verb(text: str, marks: Sequence[Mark], place: int, nouns: MeasureNouns) -> bool:
    """Whether an activity governs the figure behind it; marks to its left are read already."""
    mark = marks[place]
    before = marks[place - 1] if place else None
    follows_noun = _follows_noun(marks, place)
    if before is not None and before.kind == PREDICATE and before.end == mark.start:
        # 下達補貼資金 and 舉辦推廣活動 have one verb, 布局建設醫療中心 two.
        after = marks[place + 1] if place + 1 < len(marks) else mark
        if after.kind in _FIGURES:
            # 收到申請8宗, 核發補助3億元
            after = mark
        if mark.end <= after.start and text.endswith(nouns.openings, after.start, after.end):
            return False  # 完成運輸總周轉量
        return text[after.start : after.end] not in (*nouns.money, *nouns.deeds)
    if follows_noun and place > 1 and marks[place - 2].kind == PREDICATE:
        return False
    end = _behind_object(marks, place)
    if end is None:
        return False
    if text.endswith(nouns.totals, mark.end, marks[end - 1].end):
        return False
    if end == place + 1 and text[mark.start : mark.end] in nouns.money:
        # 收入3億元，支出2億元
        return False
    if not follows_noun:
        return True
    spender = marks[place - 1]
    if end > place + 1 and text.endswith(nouns.treasuries, spender.start, spender.end):
        # 省級財政統籌生態補償資金126億元, but 省級財政補助資金126億元
        return text[mark.end : marks[end - 1].end] not in nouns.money
    # 數字化改造投資3億元: beside money or a share the words before it are its name.
    if marks[end].kind in ("currency", "percent"):
        return False
    has_object = any(one.kind != ACTIVITY for one in marks[place + 1 : end])
    return has_object or (end + 1 < len(marks) and marks[end + 1].kind == TEXT)


def _behind_object(marks: Sequence[Mark], place: int) -> int | None:
    """Where the figure stands right behind the verb at ``place`` and the words of its object."""
    end = place + 1
    while end < len(marks) and marks[end].kind in (TEXT, AREA, ACTIVITY, *_joints(marks, end)):
        if marks[end].start != marks[end - 1].end:
            return None
        end += 1
        if [mark.kind for mark in marks[end : end + 4]] == _NAMED_AGAIN:
            end += 3  # 受理《保護公約》（TCX）申請82件
    return end if end < len(marks) and marks[end].kind in _FIGURES else None


def _joints(marks: Sequence[Mark], end: int) -> frozenset[str]:
    """What may go on with the object of a verb at ``end``: 救助白血病〔、〕先心病患兒82人."""
    between = [mark.kind for mark in marks[end - 1 : end + 2 : 2]]
    return _LISTING if between == [TEXT, TEXT] else _NOTHING


def _without_asides(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without brackets that hold no figure: 旅客總消費（不包括博彩）為….

    A bracket that is never closed stays; of one that dates the words before it (小年夜（15日）,
    連假9天（2月14日至22日）) the time does.
    """
    kept: list[Mark] = []
    opened: int | None = None
    for mark in marks:
        kept.append(mark)
        if mark.kind == "lparen":
            opened = len(kept) - 1
        elif mark.kind in _FIGURES:
            opened = None
        elif mark.kind == "rparen" and opened is not None:
            kinds = [one.kind for one in kept[max(opened - 1, 0) :]]
            dated = kinds[1:] == _DATED and kinds[0] in (TEXT, "duration")
            kept[opened:] = kept[opened + 1 : opened + 2] if dated else []
            opened = None
    return kept


def _is_partner(marks: Sequence[Mark], place: int) -> bool:
    """Whether a figure is said of the country at ``place``, or of a list of countries from it."""
    last = after = place
    while after + 1 < len(marks) and marks[after].kind in (TEXT, ELSEWHERE):
        last, after = after, after + 1
        if marks[after].kind not in _LISTING:
            break
        after += 1
    leads = after < len(marks) and marks[after].kind in _LEADING_TO_FIGURE
    return leads and marks[place].value.kind in ABROAD and marks[last].kind == ELSEWHERE


def join_text(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """Join neighbouring text; an area inside a running noun phrase is part of it.

    An area elsewhere that opens a noun phrase is part of it too (香港旅客 in Macau). One with its
    figure in brackets names a partner or an origin (來自甲國（5%）), and so does a country with a
    figure of its own (甲國占5%，乙國下滑3%), unless it is what a figure is compared with.
    """
    joined: list[Mark] = []
    if "rparen" in map(KIND, marks):
        marks = _without_asides(marks)
    for place, mark in enumerate(marks):
        if mark.kind not in _JOINING:
            if mark.kind in _LISTING and joined and _is_quoted(text, joined[-1], mark):
                # 對「批發及零售業」的貸款
                joined[-1] = Mark(TEXT, joined[-1].start, mark.end, joined[-1].value)
            else:
                joined.append(mark)
            continue
        last = joined[-1] if joined else None
        read = mark
        if mark.kind == ELSEWHERE:
            read = _elsewhere(marks, place, last)
        if last is not None and last.kind == TEXT and last.end == read.start:
            cue = last.value or (read.value if read.kind == TEXT else None)
            joined[-1] = Mark(TEXT, last.start, read.end, cue)
        else:
            joined.append(read)
    return joined


def _is_quoted(text: str, before: Mark, joint: Mark) -> bool:
    """Whether a quotation that the text ``before`` a joint opens is not closed there."""
    touching = before.kind == TEXT and before.end == joint.start
    return touching and any(
        text.rfind(opens, before.start, before.end) > text.rfind(closes, before.start, before.end)
        for opens, closes in QUOTES
    )


def _elsewhere(marks: Sequence[Mark], place: int, before: Mark | None) -> Mark:
    """The area elsewhere at ``place`` as text, where it names something, or as an area."""
    mark, after = marks[place], marks[place + 1] if place + 1 < len(marks) else None
    opens = after is not None and after.kind in _AS_NAME and after.start == mark.end
    compared = before is not None and before.kind in _COMPARING
    if (opens or _is_partner(marks, place)) and not compared:
        return Mark(TEXT, mark.start, mark.end)
    return Mark(AREA, mark.start, mark.end, mark.value)
