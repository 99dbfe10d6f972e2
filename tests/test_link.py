"""Which policies a figure hangs on."""

from __future__ import annotations

import pytest

from extractor import Extractor
from tests.conftest import ROOT

PRESS = ROOT.parent / "shared" / "press"

TIES: list[tuple[str, dict[str, list[str]], str]] = [
    # the policy named last holds to the end of the sentence
    (
        "社署推行「同行」先導計劃，總撥款8億元，設立36支外展隊，當中四成在新界。",
        {"8億元": ["「同行」先導計劃"], "36支": ["「同行」先導計劃"], "四成": ["「同行」先導計劃"]},
        "HK",
    ),
    (
        "市裡實施「綠谷」工程，建成公園12個，推行「河長」行動，治理河道30公里。",
        {"12個": ["「綠谷」工程"], "30公里": ["「河長」行動"]},
        "CN",
    ),
    ("「綠谷」工程建成公園12個；全市造林30萬畝。", {"12個": ["「綠谷」工程"], "30萬畝": []}, "CN"),
    ("「綠谷」工程完工。全市造林30萬畝。", {"30萬畝": []}, "CN"),
    # names in a row hold together, a maxim joins what is spoken of
    (
        "全市實施「強鏈」工程和「補鏈」行動，引進項目86個。",
        {"86個": ["「強鏈」工程", "「補鏈」行動"]},
        "CN",
    ),
    (
        "全省推進「千企煥新」行動，「一廠一策」解難題，辦理訴求300件。",
        {"300件": ["「千企煥新」行動", "「一廠一策」"]},
        "CN",
    ),
    # what a title was conferred on, and nothing else of the sentence
    (
        "26噸裝載機下線，星河能源等9家企業入選國家綠色製造試點示範，全市用電增長5%。",
        {"26噸": [], "9家": ["國家綠色製造試點示範"], "5%": []},
        "CN",
    ),
    # a number that opens a name
    (
        "省裡制定冷鏈建設總體方案和12個分區方案。",
        {"12個": ["12個分區方案"]},
        "CN",
    ),
    # money
    ("市府撥款5億元推行「安居」計劃。", {"5億元": ["「安居」計劃"]}, "HK"),
    ("當局預留8,000萬元，推行「數碼店」先導計劃。", {"8,000萬元": ["「數碼店」先導計劃"]}, "HK"),
    (
        "省財政下達資金32.5億元，支持實施《教育提質行動計劃》。",
        {"32.5億元": ["《教育提質行動計劃》"]},
        "CN",
    ),
    # going back to it
    ("縣裡實施「綠谷」工程。該工程投資3億元。", {"3億元": ["「綠谷」工程"]}, "CN"),
    ("縣裡實施「綠谷」工程。\n\n該工程投資3億元。", {"3億元": ["「綠谷」工程"]}, "CN"),
    (
        "教育局推出「樂讀」計劃。全港有學校900間。首輪名額500個。",
        {"900間": [], "500個": ["「樂讀」計劃"]},
        "HK",
    ),
    ("教育局推出「樂讀」計劃。\n\n首輪名額500個。", {"500個": []}, "HK"),
    # in passing
    ("全市落實「雙減」政策，新增學位5000個。", {"5000個": []}, "CN"),
    ("為配合國家「雙碳」戰略，全市新增光伏裝機30萬千瓦。", {"30萬千瓦": []}, "CN"),
    ("覆蓋率比「十三五」末提高3個百分點。", {"3個百分點": []}, "CN"),
    ("縣裡實施「綠谷」工程，「碧浪」牌水泵銷量增長兩成。", {"兩成": []}, "CN"),
    # a ground holds where nothing nearer is spoken of
    ("當局依《防洪條例》徵用9個倉庫。", {"9個": ["《防洪條例》"]}, "TW"),
    (
        "院會通過「抗旱特別預算案」。該案依《防洪條例》編列560億元。",
        {"560億元": ["「抗旱特別預算案」"]},
        "TW",
    ),
    # a count inside a definition
    (
        "推進「四梁八柱」工程，「八柱」即八個特色園區。",
        {"八個": ["「四梁八柱」工程"]},
        "CN",
    ),
]


@pytest.mark.parametrize(("text", "expected", "region"), TIES, ids=[one[0] for one in TIES])
def test_a_figure_hangs_on(text: str, expected: dict[str, list[str]], region: str) -> None:
    extraction = EXTRACTORS[region].extract(text, published="2025-06-01")
    names = {policy.id: policy.name for policy in extraction.policies}
    observed = extraction.figures + extraction.percentages
    found = {one.quote: [names[number] for number in one.policy_ids] for one in observed}
    assert {quote: found.get(quote) for quote in expected} == expected


EXTRACTORS = {region: Extractor(region=region) for region in ("CN", "HK", "TW")}


def test_both_ends_of_a_link_agree(extractor: Extractor) -> None:
    text = "全市實施「強鏈」工程和「補鏈」行動，引進項目86個。「強鏈」工程投資9億元。"
    extraction = extractor.extract(text)
    pairs = {(one.id, number) for one in extraction.figures for number in one.policy_ids}
    assert len(pairs) == 3
    assert pairs == {(number, one.id) for one in extraction.policies for number in one.figure_ids}


def test_a_long_list_is_no_statement_about_each() -> None:
    """Nor do many names beside many figures cost more than their sum."""
    letters = "東南西北春夏秋冬山河湖海"
    names = "、".join(f"「{a}{b}明珠」工程" for a in letters for b in letters)
    amounts = "、".join(f"{number}個" for number in range(100, 300))
    extraction = EXTRACTORS["CN"].extract(f"市府實施{names}，建成公園{amounts}。")
    assert len(extraction.policies) == len(letters) ** 2
    assert max(len(one.policy_ids) for one in extraction.figures) <= 12


@pytest.mark.skipif(not PRESS.is_dir(), reason="the article is kept elsewhere")
def test_the_real_article() -> None:
    """By reading, after a first look at extracted links: each figure's place, and its policies."""
    (path,) = PRESS.glob("*.txt")
    text = path.read_text("utf-8")
    extraction = EXTRACTORS["CN"].extract(text)
    starts = {policy.id: policy.start for policy in extraction.policies}
    found = {
        one.start: sorted(starts[number] for number in one.policy_ids)
        for one in extraction.figures + extraction.percentages
    }
    chains, platform = [495], [1576]
    nothing = (441, 451, 471, 478, 985, 1058, 1064, 1075, 1120, 1526, 1533, 1545, 1552, 1559)
    known = {
        **{start: [] for start in nothing},
        **{start: [] for start in (1711, 1715, 1719, 1889, 1903, 1923, 1937, 1950, 1964, 1979)},
        **dict.fromkeys((561, 586, 806, 822, 834), chains),
        **dict.fromkeys((1597, 1611, 1624), platform),
        321: [273, 302],
        702: [702],
        1236: [1243],
        1270: [1277],
        1294: [1301],
        1462: [1438],
    }
    assert {start: found.get(start) for start in known} == known
