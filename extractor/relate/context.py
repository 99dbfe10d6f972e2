"""What a figure inherits from its sentence and paragraph: period, area, a lent measure."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from typing import Literal

from extractor.marks import AREA, FIGURES, PERIOD, STOP, TEXT, Mark
from extractor.matchers.periods import Period
from extractor.records import Measure
from extractor.relate.draft import Draft, Source
from extractor.tables.relations import Cue

REFERENCE = "reference"
PRESENT = "now"
"""A period of this kind (目前) holds for its own sentence only."""


_SILENT = frozenset(("of", "enum", "and", "reach", "rise", "fall", "predicate", *FIGURES))
"""Marks that figures to their right inherit nothing from."""
_ABOUT = frozenset(("copula", "by", "because", "compare", "compared", "from", "above", "below"))
"""A period behind one of these is spoken of: 是「十四五」收官之年, 按上年價格計算, 比去年擴招."""
_COMPARING = frozenset(("above", "below", "compare", "equal"))
"""An area behind one of these is only compared with: 低於全國平均水平，儲蓄率為31%."""
_COUNTED = frozenset(("count", "dimension", "number"))
_WORDS = frozenset((TEXT, AREA, PERIOD, "of"))
_STATED = frozenset((*FIGURES, "rank", "rparen"))
_OPENS = frozenset(("comma", "semicolon", "among", "besides", "object"))
"""An area behind one of these opens a clause about it."""
_LISTING = frozenset(("enum", "and", "etc", "place", "to"))
"""Marks that make the areas beside them members of a list or ends of a route."""

_MOVED_BY = frozenset(("rise_to", "fall_to", "revise", "reset"))
"""Verbs that, behind a noun, have it for their object: 將〔票價調升至〕50元."""
_SUBJECTLESS = frozenset(("predicate", "basis", "rise", "fall", "new", "cumulative"))
"""What a clause opens with that goes on about the subject of the one before."""
_SPEAKING = frozenset((TEXT, AREA, "predicate", "place", "from", "enum", "and", "of", "new"))
_SHARES = frozenset(("percent", "fraction"))
_AIMS = frozenset(("target", "goal"))
_CLAUSE_ENDS = frozenset(("comma", "semicolon", "colon", STOP))
_PUNCTUATION = frozenset(("comma", "semicolon", "colon", "lparen", "rparen"))

AMONG = "among"
"""Cues of this kind lead over from a whole to its parts."""

PassedOver = Literal["spoken_of", "listed"]


def lasts_till(period: Period, today: dt.date | None) -> bool:
    """Whether a time began in an earlier year than that of ``today``, and lasts till then."""
    start = period.period_start
    begun = start is not None and today is not None and start.year < today.year
    return begun and period.period_end == today


class Context:
    """Walks the row of marks once, left to right, and knows what holds at each place."""

    def __init__(
        self,
        row: Sequence[Mark],
        compared: Collection[int],
        reporting: Period | None,
        today: dt.date | None,
        opens_with_verb: Callable[[Mark], bool],
    ) -> None:
        """``compared``: positions of marks that only name what a figure is compared with.
        ``reporting``: the period that a paragraph begins with."""
        self._opens_with_verb = opens_with_verb
        self._row = row
        self._telling = [
            place
            for place, mark in enumerate(row)
            if mark.kind not in _SILENT
            and place not in compared
            and (mark.kind != TEXT or mark.value is not None)
        ]
        """Places of the marks that others may inherit from, or that end what is inherited."""
        self._taken = 0
        self._lender: Cue | None = None
        self.lender: Mark | None = None
        """The words of the cue that lent a measure last."""
        self._asked = False
        """Whether the lender says what a share of those asked expect; it ends with its clause."""
        self._expected: list[tuple[Period | None, bool]] = []
        """The period before the one that they expect something for, and whether it was stated."""
        self._own_clause = True
        """Whether the lender stands in the clause that is being read."""
        self._counts = True
        """Whether the figure at hand is of counted or measured things."""
        self._reporting = reporting
        self._today = today
        self._paragraph_period = reporting
        self.period = reporting
        self._own_period = False
        """Whether the sentence at hand states its period itself."""
        self._dated = False
        """Whether the clause at hand does."""
        self.allotted = False
        """Whether the sentence at hand states a sum of money that is no target."""
        self.area: Mark | None = None
        self.among: int | None = None
        """Where the sentence, up to its last semicolon, leads over from a whole to its parts."""
        self._topic: Mark | None = None
        """The area that the sentence opens with: it holds past its semicolons."""
        self._introduced = False
        """Whether a clause about the area has begun that states no figure yet."""
        self.passed_over: dict[int, PassedOver] | None = None
        """Positions of periods and areas that no figure inherits; kept only to be explained."""
        self._outside: tuple[Period | None, Period | None, Mark | None] | None = None
        self.comparison: Mark | None = None
        """A comparison stated once, ahead of a list; it holds to the end of the paragraph."""

    @property
    def measure(self) -> Measure | None:
        """The measure that a cue to the left lends: cumulative, new or target."""
        cue = self._lender
        if cue is None or (cue.scope == "counts" and not self._own_clause and not self._counts):
            return None
        return cue.measure

    def period_of(self, draft: Draft) -> Period | None:
        """The period of a figure that its relation gives none; a ceiling of a scheme has one only
        where its own clause says so, and nothing is planned for a time that is past."""
        if not self._own_period and self.measure != "target" and self._lies_ahead():
            # 未來三年增加40個。收費為2元: what is so today.
            return self._reporting
        ceiling = not self._dated and self._is_ceiling(draft)
        plan = not self._own_period and self.measure == "target" and self._is_past()
        return None if ceiling or plan else self.period

    def _lies_ahead(self) -> bool:
        """Whether the period runs from today on: 未來三年."""
        period = self.period
        begins = period is not None and period.period_start == self._today is not None
        return begins and period is not None and period.period_end != self._today

    def _is_ahead(self) -> bool:
        """Whether the period begins or ends after today."""
        end = self.period.period_end if self.period else None
        return self._today is not None and end is not None and end > self._today

    def _is_ceiling(self, draft: Draft) -> bool:
        return draft.quantity.qualifier == "lte" and draft.quantity.kind == "currency"

    def source_of(self, draft: Draft) -> Source:
        """Where the period that ``period_of`` gives was found."""
        if self.period is None:
            return "nothing"
        if self._is_ceiling(draft) and not self._dated:
            return "ceiling"
        if self._own_period:
            return "sentence"
        return "release" if self.period is self._reporting else "paragraph"

    def is_future(self, draft: Draft) -> bool:
        """Whether a number can only be planned; money for the future is allotted today, and
        what it grows by is known."""
        start = draft.period.period_start if draft.period else None
        money = draft.quantity.kind == "currency" or (self.allotted and draft.measure != "level")
        if self._today is None or start is None or money or not self._own_period:
            return False
        return start > self._today or self._lies_ahead()

    def advance(self, position: int) -> None:
        """Take in all marks up to ``position``."""
        end = bisect_left(self._telling, position, self._taken)
        for place in self._telling[self._taken : end]:
            self._take(place)
        self._taken = end
        self._introduced = False
        self._counts = self._row[position].kind in _COUNTED

    def _take(self, place: int) -> None:
        mark = self._row[place]
        kind = mark.kind
        if kind in _PUNCTUATION:
            self._punctuate(kind, place)
        elif kind == STOP:
            self._end_sentence(mark, self._row[place + 1 : place + 2])
        elif kind == PERIOD:
            about = self._row[place - 1].kind in _ABOUT and not self._is_span(place)
            if about or self._asked or self._is_of_speech(place):
                # 六成商戶預期〔8月〕生意下跌: it is not then that they were asked.
                self._pass_over(place, "spoken_of")
            else:
                self._see_period(mark.value, passing=self._is_passing(place))
        elif kind == "within":
            self.period = self._reporting or self.period
        elif kind == AREA:
            self._see_area(mark, place)
        elif kind == REFERENCE and self._row[place + 1].kind == "comma":
            self.comparison = mark
        elif isinstance(mark.value, Cue) and (mark.value.measure or mark.value.done):
            self._lend(mark, mark.value, place)
        elif kind == AMONG:
            self.among = place

    def _see_area(self, mark: Mark, place: int) -> None:
        if self._row[place - 1].kind in _COMPARING:
            self._pass_over(place, "spoken_of")
        elif self._is_listed(place):
            self._pass_over(place, "listed")
        else:
            self.area = mark
            self._topic = mark if self._leads(place) else self._topic
            self._introduced = place > 0 and self._row[place - 1].kind in _OPENS

    def _lend(self, mark: Mark, cue: Cue, place: int) -> None:
        if cue.done:
            lender = self._lender
            if lender is not None and lender.measure == "target" and not self._own_clause:
                # 將持續優化系統，下載〔已〕達5億次 is no plan.
                self._lender = None
            if not self._own_period and self._is_ahead():
                # 力爭到2026年達1,200家。全市〔已〕有980家: not in 2026.
                self.period = self._reporting
        elif self._takes_over(cue) and not (self._is_benchmark(place) or self._is_object(place)):
            self._lender, self._own_clause = cue, True
            self._asked = self._of_a_share(place)
            self.lender = mark

    def _leads(self, place: int) -> bool:
        """Whether nothing but a time stands in the sentence before the mark at ``place``."""
        before = place - 1
        if before > 1 and self._row[before].kind == "comma":
            before -= 1
        if before > 0 and self._row[before].kind == PERIOD:
            before -= 1
        return before < 0 or self._row[before].kind == STOP

    def _behind(self, place: int) -> Mark:
        """The mark behind an area and the figure in brackets that it may have."""
        behind = [mark.kind for mark in self._row[place + 1 : place + 4 : 2]]
        return self._row[place + (4 if behind == ["lparen", "rparen"] else 1)]

    def _is_object(self, place: int) -> bool:
        """Whether a word of the future only brings in what a verb moves: 〔將〕票價調升至50元."""
        last = place + 1
        while self._row[last].kind in _WORDS:
            last += 1
        moved = last > place + 1 and self._row[last].kind in _MOVED_BY
        if not moved or not self._row[place].value.object:
            return False
        # 將帶動產值提升至5億元 is of the future.
        return not self._opens_with_verb(self._row[place + 1])

    def _is_benchmark(self, place: int) -> bool:
        """Whether a forecast is only what something is held against: 優於市場〔預期〕."""
        before = place - 1
        while self._row[before].kind in _WORDS:
            before -= 1
        return before >= 0 and self._row[before].kind in ("above", "below", "compare")

    def _is_passing(self, place: int) -> bool:
        """Whether a time holds for its sentence only: one of several, that of a goal (全年目標),
        or one that began in an earlier year and lasts till today (2008年以來)."""
        since = lasts_till(self._row[place].value, self._today)
        return since or self._row[place + 1].kind in _AIMS or self._is_one_of_several(place)

    def _is_one_of_several(self, place: int) -> bool:
        """Whether a time stands in a list of times, each with its own figure: 114、115及116年."""
        row = self._row
        return any(
            row[place + step].kind in ("enum", "and") and row[place + 2 * step].kind == PERIOD
            for step in (-1, 1)
            if 0 <= place + 2 * step < len(row)
        )

    def _is_span(self, place: int) -> bool:
        """Whether a time runs from one day, month or year to another: 自1月起至3月."""
        code: str | None = self._row[place].value.code
        return self._row[place - 1].kind == "from" and code is not None and "/" in code[1:-2]

    def _is_of_speech(self, place: int) -> bool:
        """Whether a day is only when somebody spoke: 16日在京透露，…, 16日從海關獲悉，…."""
        period: Period = self._row[place].value
        if period.grain != "day" or period.stock:
            return False
        end = place + 1
        while self._row[end].kind in _SPEAKING:
            end += 1
        cue = self._row[end - 1].value
        ends = self._row[end].kind in _CLAUSE_ENDS
        return ends and isinstance(cue, Cue) and cue.speaks

    def _is_listed(self, place: int) -> bool:
        """Whether an area is one of several; what is listed may be figures: 甲縣5戶、乙縣3戶."""
        if self._behind(place).kind in _LISTING:
            return True
        joint, listed = self._row[place - 1].kind, self._row[place - 2].kind
        if joint in _LISTING and listed == "rparen" and self._row[place + 1].kind == "lparen":
            # 甲縣（5戶）和乙縣（3戶）: each has its own bracket, and nothing else.
            return True
        return joint in _LISTING and not (joint in ("enum", "and") and listed in _STATED)

    def _pass_over(self, place: int, reason: PassedOver) -> None:
        if self.passed_over is not None:
            self.passed_over[place] = reason

    def _of_a_share(self, place: int) -> bool:
        """Whether those who expect something are a share of those asked: 六成商戶〔預期〕…."""
        for before in reversed(self._row[:place]):
            if before.kind in _CLAUSE_ENDS:
                return False
            if before.kind in _SHARES:
                return True
        return False

    def _punctuate(self, kind: str, place: int) -> None:
        if self._asked and kind in _CLAUSE_ENDS:
            self._lender, self._asked = None, False
            if self._expected:
                self.period, self._own_period = self._expected.pop()
        if kind == "semicolon":
            self.among = None
            if self._row[place + 1].kind not in _SUBJECTLESS:
                self.area = self._topic
            self._dated = False
            # 爭取補助3,000萬元；〔另〕推出…: it goes on to something else.
            besides = self._row[place + 1].kind == "besides"
            if self._lender is not None and (besides or self._lender.scope != "sentence"):
                self._lender = None
        elif kind == "comma":
            self._own_clause = self._dated = False
            if self._lender is not None and self._lender.scope == "clause":
                self._lender = None
        elif kind == "lparen":
            self._outside = self.period, self._paragraph_period, self.area
        elif kind == "rparen" and self._outside:
            # What a bracket states holds in the bracket: 指數為110.5（110年=100），上漲….
            # A bracket of nothing but a time dates what it stands behind: 「X方案」（115至118年）.
            if self._row[place - 1].kind == PERIOD and self._row[place - 2].kind == "lparen":
                self._outside = None
                return
            self.period, self._paragraph_period, self.area = self._outside
            self._outside = None

    def _takes_over(self, cue: Cue) -> bool:
        if cue.ahead and self._own_period and self._is_past():
            return False
        lender = self._lender
        if lender is None or lender.measure != "target":
            return True
        return cue.measure == "target" and (cue.scope == "sentence" or lender.scope != "sentence")

    def _is_past(self) -> bool:
        end = self.period.period_end if self.period else None
        return self._today is not None and end is not None and end < self._today

    def _see_period(self, period: Period, *, passing: bool = False) -> None:
        """``passing``: it holds for its sentence only."""
        stated = self._own_period
        if self._asked:
            # 六成商戶預期〔明年〕銷售下跌: what time the answers are of is said elsewhere.
            self._expected = [(self.period, stated)]
            self.period = period
            return
        self.period = period
        self._own_period = self._dated = True
        present = period.kind == PRESENT
        reckoned = self._lender is not None and self._lender.ahead
        if (reckoned or not self._own_clause) and self.measure == "target":
            # What a forecast goes on to say of the past is not foreseen, nor is 估計去年底有9萬人.
            self._lender = None if present or self._is_past() else self._lender
        # 截至9月底，開工3項，預計年底再開工2項: the next sentence does not speak of the forecast.
        lasting = not passing and period.kind != PRESENT
        if lasting and not (stated and self.measure == "target"):
            self._paragraph_period = period

    def _end_sentence(self, mark: Mark, following: Sequence[Mark]) -> None:
        if isinstance(mark.value, Cue) and following and following[0].kind == STOP:
            # Behind the full stop stands the end of its sentence, which says the same.
            return
        paragraph = mark.value is True
        self._lender = self.among = None
        if paragraph or not self._introduced:
            # …，沙田區的學生反而上升。空缺為997個: what it goes on to state is of the same area.
            self.area = None
        self._topic = None
        self._introduced = False
        self._own_period = self._dated = self.allotted = False
        self._outside = None
        if paragraph:
            self._paragraph_period = self._reporting
            self.comparison = None
        self.period = self._paragraph_period
