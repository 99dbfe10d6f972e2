"""Bytes to text, and headers to metadata."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.errors import InputError
from extractor.reading import read
from extractor.reading.encoding import decode
from extractor.reading.header import Header, HeaderReader
from extractor.ruleset import load_rules
from extractor.script import converter
from extractor.text import SourceText
from tests.conftest import CORPUS, RELEASE

SIMPLIFIED = converter("t2s").convert(RELEASE).text


@pytest.mark.parametrize("text", [RELEASE, SIMPLIFIED], ids=["hant", "hans"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"],
)
def test_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), name="x") == text


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030"])
def test_every_release_is_read_in_its_legacy_encoding(path: Path, encoding: str) -> None:
    text = path.read_bytes().decode("utf-8")
    data = text.encode(encoding, "ignore")
    if len(data.decode(encoding)) < 0.98 * len(text):
        pytest.skip("the text is not in that encoding's script")
    assert decode(data, name="x") == data.decode(encoding)


def test_line_ends_and_spaces_stay() -> None:
    text = "\u3000增長5%。\r\n\r\n次行\t\n"
    assert decode(text.encode(), name="x") == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "x: empty"),
        (b"\xef\xbb\xbf \r\n", "x: empty"),
        (b"\x7fELF\0", "zero byte at offset 4"),
        (RELEASE.encode()[:100] + b"\xfe" + RELEASE.encode()[100:], "byte 0x"),
        (RELEASE.encode("utf-16")[:-1], "not utf-16-le"),
        ("売上高は前年より増えました".encode("shift_jis"), "not UTF-8"),
        ("déjà vu à la carte".encode("latin-1"), "byte 0xe9 at offset 1"),
    ],
)
def test_what_is_not_plainly_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        decode(data, name="x")


def test_a_named_encoding_is_strict() -> None:
    assert decode("売上".encode("shift_jis"), name="x", encoding="shift_jis") == "売上"
    with pytest.raises(InputError, match="byte 0x81 at offset 1 is not ascii"):
        decode(b"a\x81", name="x", encoding="ascii")


def test_unknown_formats_name_the_known(tmp_path: Path) -> None:
    path = tmp_path / "release.pdf"
    path.write_bytes(b"%PDF-1.7")
    (error,) = read(path)
    assert isinstance(error, InputError)
    assert "cannot read .pdf; readable are .txt" in str(error)


@pytest.fixture(scope="module")
def headers() -> HeaderReader:
    return HeaderReader(load_rules())


def header_of(headers: HeaderReader, text: str) -> Header:
    return headers.read(SourceText(text))


def test_a_mainland_page(headers: HeaderReader) -> None:
    text = """滨江网 > 新闻 > 本地
滨江市上半年经济运行情况发布
2024-07-18 10:30 来源:滨江日报 字号: 大 中 小
7月17日,市政府举行新闻发布会。

上半年,全市生产总值增长5.2%。(记者 何思源、周晓)

[责任编辑:孙一 ]
"""
    header = header_of(headers, text)
    assert header.title == "滨江市上半年经济运行情况发布"
    assert header.published == dt.date(2024, 7, 18)
    assert header.event_date == dt.date(2024, 7, 17)
    assert header.dateline == "7月17日"
    assert header.publisher == "滨江日报"
    assert header.reporter == "何思源、周晓"
    assert header.editor == "孙一"
    aside = [text[span.start : span.end] for span in header.boilerplate]
    assert aside[0] == "滨江网 > 新闻 > 本地"
    assert aside[-1] == "[责任编辑:孙一 ]"
    assert text[header.body.start : header.body.end].startswith("7月17日,")
    assert text[header.body.start : header.body.end].endswith("增长5.2%。")


def test_a_hong_kong_gazette(headers: HeaderReader) -> None:
    text = """香港特別行政區政府新聞公報
二○二四年六月酒店入住率
＊＊＊＊＊＊＊＊＊＊＊＊

政府統計處今日（七月十八日）發表數字，酒店平均入住率為八成四。

完

2024年7月18日（星期四）
香港時間16時30分
"""
    header = header_of(headers, text)
    assert header.publisher == "香港特別行政區政府新聞公報"
    assert header.title == "二○二四年六月酒店入住率"
    assert header.published == dt.date(2024, 7, 18)
    assert len(header.boilerplate) == 5


def test_a_taiwanese_agency(headers: HeaderReader) -> None:
    text = """觀光人次創新高

（海濱社記者何思源高雄3日電）觀光署今天公布，上半年旅客達420萬人次。（編輯：孫一）1140703
"""
    header = header_of(headers, text)
    assert header.title == "觀光人次創新高"
    assert header.dateline == "（海濱社記者何思源高雄3日電）"
    assert header.publisher == "海濱社"
    assert header.reporter == "何思源"
    assert header.editor == "孫一"
    assert header.published == dt.date(2025, 7, 3)
    assert header.event_date == dt.date(2025, 7, 3)


@pytest.mark.parametrize(
    ("published", "opening", "event"),
    [
        ("2024-01-02", "12月30日，", dt.date(2023, 12, 30)),
        ("2024-01-02", "1月2日，", dt.date(2024, 1, 2)),
        ("2024-12-30", "1月5日，", dt.date(2024, 1, 5)),
        ("2024-02-01", "2月30日，", None),
        ("2023-03-05", "2022年3月4日，", dt.date(2022, 3, 4)),
    ],
)
def test_what_a_date_leaves_out_comes_from_the_day_of_publication(
    headers: HeaderReader, published: str, opening: str, event: dt.date | None
) -> None:
    source = SourceText(f"夜市重開\n\n{opening}市政府宣布夜市重開。\n")
    header = headers.read(source, published=dt.date.fromisoformat(published))
    assert header.event_date == event


def test_a_day_without_a_year_says_nothing_alone(headers: HeaderReader) -> None:
    assert header_of(headers, "夜市重開\n\n3月5日，夜市重開。\n").event_date is None


@pytest.mark.parametrize(
    ("title", "opening", "event"),
    [
        ("2024年2月花市統計", "3月5日，", dt.date(2024, 3, 5)),
        ("2024年12月花市統計", "1月16日，", dt.date(2025, 1, 16)),
        ("2024年花市統計", "1月16日，", dt.date(2025, 1, 16)),
        ("2024年花市統計", "10月16日，", None),
        ("2024年2月花市統計", "10月16日，", None),
        ("花市統計", "3月5日，市政府介紹2023年花市情況。", dt.date(2024, 3, 5)),
        ("花市統計", "3月5日，2023年開業的花市重開。", None),
        ("花市統計", "（海濱社記者何思源高雄5日電）113年2月", dt.date(2024, 3, 5)),
        ("花市統計", "（海濱社記者何思源高雄5日電）113年首季", None),
    ],
)
def test_the_period_told_of_gives_the_year_of_a_day(
    title: str, opening: str, event: dt.date | None
) -> None:
    release = Extractor().extract(f"{title}\n\n{opening}花市人流上升。\n").release
    assert (release.event_date, release.published) == (event, None)


@pytest.mark.parametrize(
    "text",
    [
        "增長5%",
        "\n\n",
        "一句話。",
        "只有標題",
        "2024-03-05\n",
        "來源:\n編輯:\n",
        "(" * 500,
        "記者" * 300,
    ],
)
def test_fragments_give_no_more_than_they_hold(headers: HeaderReader, text: str) -> None:
    header = header_of(headers, text)
    assert 0 <= header.body.start <= header.body.end <= len(text)
    assert header.editor is None
    assert header.publisher is None


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_spans_lie_in_the_text_and_never_overlap(headers: HeaderReader, path: Path) -> None:
    source = SourceText(path.read_text("utf-8"))
    header = headers.read(source)
    spans = sorted([*header.boilerplate, header.body])
    if header.title_span is not None:
        spans = sorted([*spans, header.title_span])
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert header.title
