"""Named policies: whole names, classes, makers, definitions, aliases, and what is no policy."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Extractor
from extractor.matchers.areas import AreaMatcher
from extractor.matchers.periods import PeriodMatcher
from extractor.matchers.policies import PolicyMatcher
from extractor.matchers.policy_marks import PolicyFindings
from extractor.matchers.policy_records import build
from extractor.records import Policy
from extractor.ruleset import load_rules
from extractor.text import SourceText

RULES = load_rules()
MATCHER = PolicyMatcher(RULES)
AREAS = AreaMatcher(RULES)
PERIODS = PeriodMatcher(RULES)


def read(text: str, region: str = "CN") -> tuple[SourceText, PolicyFindings, list[Policy]]:
    source = SourceText(text)
    periods = PERIODS.find(source.text, reference=dt.date(2025, 6, 1), region=region)
    areas = AREAS.find(source.text)
    findings = MATCHER.find(source, region=region, periods=periods, areas=areas)
    return source, findings, build(findings, source, "r")


def names(text: str, region: str = "CN") -> list[str]:
    return [policy.name for policy in read(text, region)[2]]


def reasons(text: str) -> dict[str, str]:
    source, findings, _ = read(text)
    return {source.quote(one.start, one.end): one.reason for one in findings.rejected}


# text, names in order, region
NAMES = [
    # quoted, with a head after, inside or before
    ("縱深推進「強海」行動。", ["「強海」行動"], "CN"),
    ("實施“数字赋能”三年行动，强基础。", ["“数字赋能”三年行动"], "CN"),
    ("环保局推出“绿屋顶计划”。", ["“绿屋顶计划”"], "CN"),
    ("公安機關開展專項行動「夏安」。", ["專項行動「夏安」"], "CN"),
    ("宣布「亞港3.0：智慧園區推動方案」。", ["「亞港3.0：智慧園區推動方案」"], "TW"),
    ("勞動部的「青年築夢方案第三期」上路。", ["「青年築夢方案第三期」"], "TW"),
    # quoted, within a longer name
    ("制定冷鏈物流「三新」改造支持政策。", ["冷鏈物流「三新」改造支持政策"], "CN"),
    ("出台製造業「建圈」行動計劃。", ["製造業「建圈」行動計劃"], "CN"),
    # titles
    ("印發《冰雪經濟辦法》（吉政〔2024〕7號）。", ["《冰雪經濟辦法》（吉政〔2024〕7號）"], "CN"),
    ("印發《落實〈十年規劃〉工作方案》。", ["《落實〈十年規劃〉工作方案》"], "CN"),
    ("討論《都市更新法律制度》法律草案。", ["《都市更新法律制度》法律草案"], "MO"),
    # one head for several names
    ("推行「店長+專員」「清單+台賬」工作機制。", ["「店長+專員」", "「清單+台賬」"], "CN"),
    ("推出「甲港」、「乙港」補助方案。", ["「甲港」", "「乙港」"], "TW"),
    # without quotes: the left edge
    ("全省深入實施生態立省戰略。", ["生態立省戰略"], "CN"),
    ("實施強省會戰略。", ["強省會戰略"], "CN"),
    ("制定低空培育總體方案和9個分領域方案。", ["低空培育總體方案", "9個分領域方案"], "CN"),
    ("縱深推進新一輪水網提升行動。", ["新一輪水網提升行動"], "CN"),
    ("市民對夜間門診資助計劃反應正面。", ["夜間門診資助計劃"], "HK"),
    ("三讀通過再生能源發展條例修正案。", ["再生能源發展條例修正案"], "TW"),
    ("落實經濟適度多元發展規劃（2024-2028年）。", ["經濟適度多元發展規劃"], "MO"),
    # titles conferred
    ("九家企業入選國家綠色製造試點示範。", ["國家綠色製造試點示範"], "CN"),
    ("臨江縣獲批全國首批城鄉融合試點縣。", ["城鄉融合試點"], "CN"),
    # slogans
    ("推行「一縣一業」，做強農業。", ["「一縣一業」"], "CN"),
    ("把「一核三帶」作為發展主軸。", ["「一核三帶」"], "CN"),
    ("寧海市打造「246」千億級產業集群。", ["「246」千億級產業集群"], "CN"),
    ("發佈「民宿16條」。", ["「民宿16條」"], "CN"),
    # well known
    ("較「十三五」末提高五個百分點。", ["「十三五」"], "CN"),
    ("企業積極參與「一帶一路」建設。", ["「一帶一路」"], "CN"),
    ("債務低於公共債務法上限。", ["公共債務法"], "TW"),
]


@pytest.mark.parametrize(("text", "expected", "region"), NAMES)
def test_names_are_whole(text: str, expected: list[str], region: str) -> None:
    assert names(text, region) == expected


# text, the candidate, why it is none
TRAPS = [
    ("人工智能大模型「聽瀾」上線。", "「聽瀾」", "product"),
    ("「遠航六號」科考船出海。", "「遠航六號」", "product"),
    ("「雲上茶」品牌價值突破十億元。", "「雲上茶」", "brand"),
    ("「恆川」公司在港上市。", "「恆川」", "company"),
    ("受颱風「海燕」影響，碼頭停運。", "「海燕」", "event"),
    ("「數字海洋」論壇昨日閉幕。", "「數字海洋」", "event"),
    ("他說：「這項計劃很好。」", "「這項計劃很好。」", "speech"),
    ("電影《山海之間》票房破億。", "《山海之間》", "song"),
    ("把「金種子」變成「金飯碗」。", "「金飯碗」", "scare_quotes"),
    ("解決「急難愁盼」的事。", "「急難愁盼」", "no_head"),
    ("加大專項支持政策力度。", "專項支持政策", "generic"),
    ("各地抓緊制定實施方案。", "實施方案", "generic"),
    ("出台12項穩崗扶持政策。", "12項穩崗扶持政策", "counted"),
]


@pytest.mark.parametrize(("text", "candidate", "reason"), TRAPS)
def test_a_trap_is_turned_down_with_its_reason(text: str, candidate: str, reason: str) -> None:
    assert names(text) == []
    assert reasons(text)[candidate] == reason


@pytest.mark.parametrize(
    "text",
    [
        "集團計劃投資二十億元，在兩市建廠。",
        "這項計劃已見成效，有關政策將續推。",
        "兩家公司簽署戰略合作協議。",
        "政府會檢討相關條例。",
        "政策性銀行加大投放。",
        "企業推出一站式倉儲解決方案。",
        "公司將優化營銷策略，完善激勵機制。",
    ],
)
def test_ordinary_words_name_nothing(text: str) -> None:
    assert names(text) == []


CATEGORIES = [
    ("推出「安居樂」計劃。", "HK", "scheme"),
    ("推出「安居樂」計劃。", "CN", "plan"),
    ("推出「安居樂」先導計劃。", "HK", "programme"),
    ("推出「碳費收費辦法」。", "TW", "law"),
    ("通過「中央政府水患治理特別預算案」。", "TW", "policy"),
    ("「2+8」數字農業平台體系接入農戶。", "CN", "platform"),
    ("推行「一縣一業」。", "CN", "slogan"),
]


@pytest.mark.parametrize(("text", "region", "category"), CATEGORIES)
def test_category_follows_the_head_and_the_region(text: str, region: str, category: str) -> None:
    assert [policy.category for policy in read(text, region)[2]] == [category]


ISSUERS = [
    ("省委、省政府深入實施文化強省戰略。", "省委、省政府"),
    ("一年來，市政府串珠成鏈，先後印發《濱海規劃》和《港口規劃》。", "市政府"),
    ("省科技廳會同省財政廳印發「攬才」支持政策。", "省科技廳"),
    ("瀋陽市人民政府辦公室印發《數字辦法》。", "瀋陽市人民政府辦公室"),
    ("成都市出台製造業「建圈」行動計劃。", "成都市"),
    ("教育局的「晨光」計劃惠及千人。", "教育局"),
    ("「築夢」計劃由民政總署推行。", "民政總署"),
    ("旅遊局昨日公布數字。該局推行「澳遊」計劃。", "旅遊局"),
    ("全省十一屆五次全會後，省委提出，以「五新」突破引領發展。", "省委"),
    ("按照省政府部署，縱深推進「強海」行動。", None),
    ("旅遊局表示，為推進「慢遊」計劃，下月增設站點。", None),
    ("財政部依《稅務紓緩特別條例》准許緩繳。", None),
    ("省商務廳廳長介紹，全省開展「消費煥新」行動。", None),
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_the_maker_is_the_subject_that_brings_it_in(text: str, issuer: str | None) -> None:
    assert {policy.issuer for policy in read(text)[2]} == {issuer}


def test_definitions_of_a_sum_have_members_and_glosses() -> None:
    text = (
        "構建「2+3+N」產業體系。「2」就是打造軸承、閥門2個支柱產業，"
        "「3」就是做強儲能等3個新興產業，「N」就是在沿海各市孵化若干未來產業。"
    )
    (policy,) = read(text)[2]
    assert [(one.term, one.gloss, one.members) for one in policy.definitions] == [
        ("「2」", "2個支柱產業", ("軸承", "閥門")),
        ("「3」", "儲能等3個新興產業", ()),
        ("「N」", "若干未來產業", ()),
    ]


MEMBERS = [
    ("實施「兩化」工程。「兩化」即推動農業規模化、品牌化發展。", ("規模化", "品牌化")),
    ("布局新港口，培育新物流，開拓新航線，以「三新」突破引領。", ("新港口", "新物流", "新航線")),
    ("圍繞「三量」，做強存量、做大增量、盤活變量。", ("存量", "增量", "變量")),
    ("提出「兩減一增」，即減農藥、減農膜，增綠肥。", ("減農藥", "減農膜", "增綠肥")),
    (
        "推行「三增」策略；所謂「三增」，是指增據點、增人力及增給付。",
        ("增據點", "增人力", "增給付"),
    ),
    ("推進「三增」（增綠、增收、增效）工程。", ("增綠", "增收", "增效")),
    ("推動「三冷計畫」，即冷鏈、冷能、冷儲三項工作。", ("冷鏈", "冷能", "冷儲")),
    ("圍繞「5+N」布局，即5個工程、3項應用、若干項目。", ("5個工程", "3項應用", "若干項目")),
]


@pytest.mark.parametrize(("text", "members"), MEMBERS)
def test_members_are_listed(text: str, members: tuple[str, ...]) -> None:
    (policy,) = read(text)[2]
    assert [one.members for one in policy.definitions] == [members]


def test_a_term_that_is_part_of_a_name_is_no_policy() -> None:
    text = "把「一轉兩優」作為抓手。「一轉」即綠色轉型，「兩優」即優環境、優結構。"
    assert names(text) == ["「一轉兩優」"]


def test_the_first_full_name_wins_and_all_mentions_are_kept() -> None:
    text = "壯大「3+5」群鏈。按「3+5」群鏈部署，「3+5」產業群鏈提速，「3+5」見效。"
    (policy,) = read(text)[2]
    assert policy.name == "「3+5」群鏈"
    assert policy.aliases == ("「3+5」產業群鏈", "「3+5」")
    assert [mention.quote for mention in policy.mentions] == [
        "「3+5」群鏈",
        "「3+5」群鏈",
        "「3+5」產業群鏈",
        "「3+5」",
    ]


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("《山區貸款管理辦法》（下稱《辦法》）下月實施。《辦法》共八章。", "《辦法》"),
        ("行政院核定「安家方案」（下稱安家案），安家案下月上路。", "安家案"),
    ],
)
def test_a_shorter_name_that_is_introduced_is_an_alias(text: str, alias: str) -> None:
    (policy,) = read(text)[2]
    assert policy.aliases == (alias,)
    assert [mention.quote for mention in policy.mentions][1:] == [alias, alias]


def test_a_slogan_and_the_plan_that_carries_it_out_are_two() -> None:
    text = "把「一轉兩優」作為抓手。市政府制定「一轉兩優」三年行動計劃。"
    assert names(text) == ["「一轉兩優」", "「一轉兩優」三年行動計劃"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("印發《雨林保護規劃（2024—2028年）》。", "2024/2028"),
        ("《濕地條例》自2024年5月1日起施行。", "2024-05-01/.."),
        ("印發《「十四五」養老規劃》。", "2021/2025"),
        ("啟動「金穗」工程，實施期為2025年至2027年。", "2025/2027"),
        ("啟動「金穗」工程，2025年至2027年新增旅客一成。", None),
    ],
)
def test_period(text: str, period: str | None) -> None:
    assert [policy.period for policy in read(text)[2]] == [period]


def test_numbers_in_names_are_sealed_but_a_leading_count_is_not() -> None:
    text = "制定低空培育總體方案和9個分領域方案，壯大「3+5」群鏈。"
    source, findings, _ = read(text)
    sealed = [source.quote(*span) for span in findings.sealed]
    assert sealed == ["低空培育總體方案", "個分領域方案", "「3+5」群鏈"]


def test_a_count_that_disagrees_with_the_members_lowers_confidence() -> None:
    (policy,) = read("推行「三送」工程。「三送」包括送崗位、送政策、送技能。")[2]
    (doubtful,) = read("推行「三送」工程。「三送」即送崗位、送政策、送技能、送溫暖。")[2]
    assert doubtful.confidence < policy.confidence


LETTERS = "「」『』“”《》〈〉（），。、；：\n 即就是一三新化+计划計劃行动政策条例實施由在的省政府X7"


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet=LETTERS,
        max_size=80,
    )
)
def test_any_text_is_read_and_every_span_holds(text: str) -> None:
    source, findings, policies = read(text)
    for policy in policies:
        assert text[policy.start : policy.end] == policy.quote == policy.name
        assert any((m.start, m.end) == (policy.start, policy.end) for m in policy.mentions)
        for mention in policy.mentions:
            assert text[mention.start : mention.end] == mention.quote
    ends = [0]
    for span in findings.sealed:
        assert ends[-1] <= span.start < span.end <= len(source.text)
        ends.append(span.end)


def test_a_body_belongs_to_the_area_of_the_release() -> None:
    title = "河南省經濟運行情況\n2024-01-25\n"
    story = "省委、省政府深入實施文化強省戰略；鄭州市政府出台夜經濟行動方案。"
    extraction = Extractor().extract(title + story)
    assert {one.issuer: one.issuer_area for one in extraction.policies} == {
        "省委、省政府": "河南省",
        "鄭州市政府": "鄭州市",
    }


def test_a_list_that_disagrees_with_its_number_is_flagged() -> None:
    text = "全市實施「三化」行動計劃。「三化」即高端化、智能化、綠色化、融合化。"
    definitions = [
        one for policy in Extractor().extract(text).policies for one in policy.definitions
    ]
    assert [(one.term, one.agrees) for one in definitions] == [("「三化」", False)]
