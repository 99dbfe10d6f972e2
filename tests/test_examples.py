"""Every example and counterexample that a rule carries, one test each."""

from __future__ import annotations

import copy
import os
import re
from functools import cache

import msgspec
import pytest
from msgspec import Struct

from extractor import Extractor, pipeline
from extractor.errors import RuleError
from extractor.examples import Examples, without_examples
from extractor.matchers.periods import PeriodMatcher
from extractor.ruleset import Example, Word, examples_of, load_rules
from extractor.tables.periods import TimeSlot
from extractor.tables.policies import PolicyPattern
from extractor.tables.relations import Cue

RULESET = load_rules()
Placed = tuple[str, Struct]
GROUPS = int(os.environ.get("RULE_GROUPS", "24"))
"""Entries are left out a group at a time; as many groups as entries leave them out one by one."""
NOWHERE = Word("\uffff")
SHOWN_BY_OTHERS = {
    "1至10月，全市工業增加值增長7.9%，居全省第3位，高於全省1.6個百分點。",
    "豬肉價格環比降幅1.8%。",
    "碼頭將於明年增設泊位12個。",
    "2023年客運量已恢復至2019年逾八成的水平。",
    "一四至一五年度的開支",
    "5月書籍外銷額3.7億元，為歷年同月新高，年增9.2%。",
    "全縣新增床位900張，同時改造床位300張。",
    "為數4.2億元的撥款將於下月發放。",
    "工業產值380億元，按可比價計算，增長7.2%。",
    "該校排名由第85位升至第62位。",
    "截至6月底止十二個月的盈利上升",
    "失業率為2.4%，與上月持平，青年失業率為6.1%。",
    "牛肉和羊肉產量均增長3%。",
    "上月錄得貿易順差52億元。",
    "總耗電量相當於30萬戶家庭一年用電量。",
    "餘下個案，即260宗，將於下月處理。",
    "廢膠較去年減少了9.4%。",
    "旅宿業營收較109年減少了53%。",
    "招聘會提供崗位5200個，其中製造業崗位2100個。",
    "「綠能扎根方案」執行期間為113至122年，總經費3,000億元。",
    "力拚把審理時間縮短三成。",
    "按2020年價格計算，產值增長4.4%。",
    "全市的公共充電樁有1.2萬個。",
    "新增病床300張。改造病房45間。",
    "拖輪「海拓3056號」交付船東",
    "平均得分九十二點五分",
    "違規停車3,925件居六都之首，噪音檢舉2,118件居次。",
    "失業率為3.1%，與上季持平，就業率為62%。",
    "入住率較上月上升3.6個百分點。",
    "公共資源交易率同比提高1.9個百分點。",
    "外來投資較去年增長9.3%。",
    "登記失業人數比上月減少1200人。",
    "青年失業率回落1.2個百分點，但仍處於11.3%的較高水平。",
    "期內有920名長者受傷，其中逾三成涉及跌倒。",
    "獲批個案共312宗，當中約六成涉及學生。",
    "快遞業務量比2020年翻了一番。",
    "其中，外資企業83家。",
    "帶動就業3.6萬人。",
    "固定寬帶接入流量3.1億GB。",
}
"""The first examples of entries whose examples hold without them; the list only shrinks."""


ENTRIES: list[Placed] = [
    (place, entry)
    for place, entry in RULESET.placed()
    if not isinstance(entry, TimeSlot)
    and not any(example.text in SHOWN_BY_OTHERS for example, _ in examples_of(entry))
]


@cache
def examples() -> Examples:
    return Examples(RULESET, lambda region: Extractor(region=region))


@pytest.mark.parametrize(
    ("entry", "example", "holds"),
    [
        pytest.param(*one, id=f"{type(one[0]).__name__}-{one[1].text[:24]!r}")
        for one in RULESET.examples()
    ],
)
def test_rule_example(entry: Struct, example: Example, holds: bool) -> None:
    failure = examples().failure(entry, example, holds=holds)
    assert failure is None, failure


def header_entry() -> tuple[Struct, Example]:
    for entry, example, holds in RULESET.examples():
        if type(entry).__name__ == "HeaderLabel" and holds:
            return entry, example
    raise AssertionError("no header example")


def test_an_example_can_fail() -> None:
    entry, example = header_entry()
    wrong = Example({"text": example.text, "quote": "not in it"})
    assert "not found" in (examples().failure(entry, wrong, holds=True) or "")


def test_a_counterexample_can_fail() -> None:
    entry, example = header_entry()
    assert "yet found" in (examples().failure(entry, example, holds=False) or "")


def test_every_entry_has_an_example() -> None:
    assert not list(without_examples(RULESET))


@pytest.mark.parametrize("slot", RULESET.entries(TimeSlot), ids=lambda slot: slot.name)
def test_a_slot_left_out_is_missed(slot: TimeSlot) -> None:
    with pytest.raises(RuleError, match="unknown slot"):
        PeriodMatcher(RULESET.without([slot])).find("", style="chat")


@pytest.mark.parametrize("group", range(GROUPS))
def test_an_entry_left_out_is_missed(group: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an entry one of its own examples fails, or the rules do not hold together."""
    assert not unmissed(ENTRIES[group::GROUPS], monkeypatch)


def unmissed(left_out: list[Placed], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places of entries whose examples all hold without them."""
    try:
        rest = examples_without([entry for _, entry in left_out], monkeypatch)
        found = [one for one in left_out if all_hold(rest, one[1])]
    except (KeyError, RuleError, re.error):
        if len(left_out) == 1:
            return []
        half = len(left_out) // 2
        return unmissed(left_out[:half], monkeypatch) + unmissed(left_out[half:], monkeypatch)
    if len(left_out) > 1:  # what else was left out may have made up for it
        return [missing for one in found for missing in unmissed([one], monkeypatch)]
    return [place for place, _ in found]


def all_hold(rest: Examples, entry: Struct) -> bool:
    return all(
        rest.failure(entry, example, holds=holds) is None for example, holds in examples_of(entry)
    )


def examples_without(left_out: list[Struct], monkeypatch: pytest.MonkeyPatch) -> Examples:
    """The examples, to be run by extractors whose rules lack these entries."""
    rules = RULESET.without(left_out, muted)
    monkeypatch.setattr(pipeline, "load_rules", lambda _: rules)
    first = Extractor()

    def of_region(region: str | None) -> Extractor:
        # As Extractor(region=region), without making the same matchers again.
        extractor = copy.copy(first)
        extractor._region = region
        return extractor

    return Examples(rules, of_region)


def muted(entry: Struct) -> Struct | None:
    """An entry that others ask for by its name, so that it stays and matches nothing."""
    if isinstance(entry, PolicyPattern):
        return msgspec.structs.replace(entry, pattern=Word("(?!)"))
    return msgspec.structs.replace(entry, words=(NOWHERE,)) if isinstance(entry, Cue) else None
