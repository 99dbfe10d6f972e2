"""What the relation rules may hold: cues, phrases, relations, reference words, trimmings."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.records import Basis, Direction, Measure
from extractor.ruleset import Example, Word, compiled


class Cue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that mark the text with a ``kind``, the letter that patterns are written in."""

    kind: str
    words: tuple[Word, ...]
    direction: Direction | None = None
    basis: Basis | None = None
    measure: Measure | None = None
    """The measure it lends to plain levels on its right, as far as ``scope`` reaches."""
    scope: Literal["clause", "sentence", "counts"] = "clause"
    """``counts``: in later clauses it reaches counted things only, no money and no rates."""
    ahead: bool = False
    """Lends its measure only where the sentence has stated no time that is past."""
    object: bool = False
    """Lends no measure where it brings in the object of a verb behind it (將票價調升至)."""
    followed_by: tuple[str, ...] = ()
    """Counts only directly before a mark of one of these kinds; else it is plain text."""
    whole_word: bool = False
    """Counts only where the tokeniser too sees a word begin and end."""
    state: bool = False
    """A verb that tells of a thing what has become of it: 〔投產〕茶園面積 is a measure's name."""
    serves: bool = False
    """A verb that places and machines are named after: 〔檢測〕中心 is a facility's name."""
    linking: bool = False
    """A verb that counts for what stands ahead of it: 活動〔吸引〕5萬人次."""
    outer: bool = False
    """Joins things whose own parts other words of its kind join: 批發〔和〕住宿及餐飲."""
    done: bool = False
    """Says that its clause is no plan, whatever a clause before it foresees: 已, 目前已."""
    light: bool = False
    """Says only that so much was reached: with 產值 it makes no name (實現產值3億元)."""
    speaks: bool = False
    """A verb of saying: a day ahead of it is when that was said, 16日透露，…."""
    whole: bool = False
    """The number behind it sums up what the sentence listed: 甲校3人，乙校5人，〔合計〕8人."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class Phrase(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A run of marks that acts as one mark of ``kind`` in the patterns that follow."""

    name: str
    kind: str
    pattern: str
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class Relation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern round one ``figure`` and what it says of that figure."""

    name: str
    pattern: str
    measure: Measure | None = None
    direction: Direction | None = None
    """Where it is left out, the direction of the mark that the pattern calls ``cue``."""
    basis: Basis | None = None
    stated: bool = False
    """The measure stands even in a sentence about plans (由…增至, 上修)."""
    same: bool = False
    """What the figure before measured, of another time or area: 增長7%，高於全國的5%."""
    untimed: bool = False
    """Of a time that the text does not give: the level before a rise."""
    specification: bool = False
    """A property of a thing (16兆瓦風電主軸): it has neither period nor area."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class ReferenceBasis(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words inside a thing compared with that settle the ``basis``; first entry wins."""

    basis: Basis
    words: tuple[Word, ...] = ()
    kinds: tuple[str, ...] = ()
    """Kinds of marks inside the reference that settle it as well."""
    examples: tuple[Example, ...] = ()


class Trim(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words at one edge of a noun phrase that do not belong to an indicator.

    ``whole``: what they open is the whole of a share, inside or behind the phrase. ``list``:
    inside the phrase they open the list that it is the first thing of. ``through``: they end
    words of time ahead of the name, wherever those begin (春節連假期間〔旅客〕). ``keep``: they
    open a name, though a word of the left side opens them (在研課題). ``among``: they close the
    whole of a share, ahead of the part. ``most``: they rank the things counted behind them
    (產量〔最高〕的3個縣). ``told``: what they open is told of the things, inside a phrase behind
    their number (家長〔反對加價〕). ``verdict``: the same, also where the things are not named
    (〔尚未啟用〕). ``alone``: what names nothing measured where it is the whole phrase (10月底的
    〔數字〕). ``front``: what a list says once of all its things, ahead of the first (對東盟、
    非洲出口). ``agent``: they lead who does what a clause before 的 tells. ``acting``: units of
    those who act by themselves. ``act``: verbs that may stand behind those (15間食肆〔結業〕).
    ``under``: under what those stand that a clause before 的 tells of (計分制〔下〕的申請).
    """

    side: Literal[
        "left",
        "right",
        "whole",
        "list",
        "through",
        "keep",
        "among",
        "most",
        "told",
        "verdict",
        "alone",
        "front",
        "agent",
        "acting",
        "act",
        "under",
    ]
    words: tuple[Word, ...]
    not_before: tuple[Word, ...] = ()
    """With ``list``: what may not stand behind the word."""
    unless: tuple[Word, ...] = ()
    """Stay where one of these follows inside the phrase: 〔有〕出口實績〔的〕企業."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class MeasureNoun(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the names of measures end: 涵蓋率, 種植面積, 專項資金."""

    words: tuple[Word, ...]
    names: bool = False
    """Makes the name of a measure out of a verb before it: 涵蓋率, 接入流量."""
    money: bool = False
    """A sum of money: 專項資金15億元."""
    allotting: bool = False
    """A verb as well: what it gives is for what the verb behind the sum says."""
    counts: bool = False
    """A number of things: 就業人數5.2萬人."""
    size: bool = False
    """How much or how many there are: what follows the figure is only its classifier's noun."""
    rates: bool = False
    """A part of a hundred: 失業率（2.3%）."""
    bare: bool = False
    """Has no unit: a bare number behind it, also in a bracket, is its level (物價指數110.5)."""
    firm: bool = False
    """Of a firm, which stands before its time: 海灣電〔第2季〕營收."""
    deed: bool = False
    """Makes one name of a word of work and itself, behind a verb: 舉辦〔推廣活動〕."""
    total: bool = False
    """A sum of things: the verb before them tells which (檢獲貨物總值)."""
    examples: tuple[Example, ...] = ()


class VerbNoun(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What makes a part of a name of a verb that it touches: 輸入〔性〕個案, 〔被〕羈押人士."""

    behind: tuple[Word, ...] = ()
    before: tuple[Word, ...] = ()
    """Only where a noun follows the verb that has no figure of its own behind it."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class Organisation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the names of organisations end: what a number may belong to."""

    endings: tuple[Word, ...]
    field: bool = False
    """Names a line of business, never a firm: 零售業第2季營收."""
    trade: bool = False
    """Lines of business, whose names may hold a verb: 煤炭開採和洗選業."""
    treasury: bool = False
    """Spends money: a verb behind it is none of the money's name."""
    subject: bool = False
    """Counts only before a verb: 江岸半導體將投資…, while 投入半導體3億元 names a field."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class Setting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How phrases end that set the scene of a clause and name nothing measured: 調整後.

    With ``reckoned`` they say by what something is measured, part of its name before 的.
    """

    endings: tuple[Word, ...]
    reckoned: bool = False
    topic: bool = False
    """What stands before them is measured where the sentence names nothing else (人口〔方面〕)."""
    examples: tuple[Example, ...] = ()


class Announcing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that the period follows which a release reports on: 公布〔9月〕失業率."""

    words: tuple[Word, ...] = ()
    titles: tuple[Word, ...] = ()
    """How documents end that report on the period they are named after: 《2024年統計公報》."""
    parts: tuple[Word, ...] = ()
    """What stands right behind a period that only a part of it is meant of: 2024—2025年雪季."""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class Population(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of whom the measures of a list are taken, said once ahead: 企業〔研發投入率〕、〔聯網率〕."""

    words: tuple[Word, ...]
    counted: bool = False
    """Only where they are counted, of what is measured behind them: 16個〔城市〕空氣優良率."""
    origin: bool = False
    """Named after the place that they come from: 香港及台灣〔旅客〕的人均消費."""
    examples: tuple[Example, ...] = ()


class Settlement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the names of places end that no table of areas holds: 永安〔鎮〕."""

    endings: tuple[Word, ...]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class Facility(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns that make the name of a place, a machine or a work out of a verb: 檢測〔中心〕."""

    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


class SumLabel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels of the row of a table that sums up the others."""

    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()


class PlainHeading(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Headings of columns that name nothing; what is counted, the labels of the rows say."""

    words: tuple[Word, ...]
    examples: tuple[Example, ...] = ()


class Spell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A length of time that is no figure: rejected with ``reason`` behind one of the words
    ``before``, if any, where the pattern ``after``, if any, follows.
    """

    name: str
    reason: str
    before: tuple[Word, ...] = ()
    after: str = ""
    kinds: tuple[str, ...] = ("duration",)
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    def __post_init__(self) -> None:
        """A wrong pattern is a mistake in the rules, found when they are loaded."""
        compiled(self.after, "after")


TABLES: dict[str, type[Struct]] = {
    "cue": Cue,
    "phrase": Phrase,
    "relation": Relation,
    "reference": ReferenceBasis,
    "trim": Trim,
    "measure_noun": MeasureNoun,
    "verb_noun": VerbNoun,
    "organisation": Organisation,
    "setting": Setting,
    "announcing": Announcing,
    "population": Population,
    "settlement": Settlement,
    "facility": Facility,
    "sum_label": SumLabel,
    "plain_heading": PlainHeading,
    "spell": Spell,
}
