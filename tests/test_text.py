"""The matching text: folding, joined lines, sentences, and the way back to the original."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.script import CONFIGS
from extractor.text import SourceText, fold

ROOT = Path(__file__).parents[1]

WORDS = ["網際網路", "程式碼", "埠", "資訊", "增長", "12.5%", "萬", "乾隆", "。", "「", "」", "！"]
WORDS += ["\n", "\r\n", " ", "\u3000", "\u200b", "\ufeff", "Ａ", "x" * 50, "長" * 25]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map("".join) | st.text(max_size=60)
SCRIPTS = st.sampled_from(("auto", *CONFIGS))


def sentences(text: str) -> list[str]:
    source = SourceText(text)
    return [source.quote(*span) for span in source.sentences]


# Invariants


@given(TEXTS, SCRIPTS)
def test_every_span_leads_back(text: str, script: str) -> None:
    source = SourceText(text, script=script)  # type: ignore[arg-type]
    size = len(source.text)
    spans = [source.span(at, at + 1) for at in range(size)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))
    for start in range(0, size + 1, 3):
        for end in range(start, size + 1, 3):
            first, last = source.span(start, end)
            assert 0 <= first <= last <= len(text)
            assert source.quote(start, end) == text[first:last]
            assert all(first <= a and b <= last for a, b in spans[start:end])


@given(TEXTS, SCRIPTS)
def test_what_no_span_covers_cannot_be_seen(text: str, script: str) -> None:
    source = SourceText(text, script=script)  # type: ignore[arg-type]
    spans = (source.span(at, at + 1) for at in range(len(source.text)))
    covered = {at for start, end in spans for at in range(start, end)}
    left = "".join(text[at] for at in range(len(text)) if at not in covered)
    assert not re.sub(
        r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]", "", left
    )


@given(TEXTS, SCRIPTS)
def test_sentences_and_paragraphs_hold_all_that_can_be_seen(text: str, script: str) -> None:
    source = SourceText(text, script=script)  # type: ignore[arg-type]
    visible = [at for at, character in enumerate(source.text) if not character.isspace()]
    for spans in (source.sentences, source.paragraphs):
        assert all(a.end <= b.start for a, b in pairwise(spans))
        covered = {at for start, end in spans for at in range(start, end)}
        assert covered.issuperset(visible)
        for start, end in spans:
            assert source.text[start:end].strip() == source.text[start:end] != ""
            assert "\n" not in source.text[start:end]


@given(st.text(st.characters(max_codepoint=0xFFFF, categories=["L", "N", "P", "S", "Zs"])))
def test_folding_moves_nothing(text: str) -> None:
    if not re.search("[\ufe00-\ufe0f]", text):
        source = SourceText(text)
        assert len(source.text) == len(text)
        assert source.span(0, len(text)) == (0, len(text))


# Folding


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("１２３．５％", "123.5%"),
        ("五七八四．九億", "五七八四.九亿"),
        ("（ＧＤＰ）：", "(GDP):"),
        ("３～５", "3~5"),
        ("－３ ﹣３ \u22123", "-3 -3 -3"),
        ("25∶22 文號︓15", "25:22 文号:15"),
        ("增長——逾—成", "增长——逾—成"),
        ("「三化」『一』《法》〈條〉、。", "「三化」『一』《法》〈条〉、。"),
        ("“引”‘文’", "“引”‘文’"),
        ("甲\u3000乙\u00a0丙", "甲 乙 丙"),
        ("￥５", "¥5"),
        ("⼈⼝", "人口"),
        ("⾞", "车"),
        ("衞生 裡 裏", "卫生 里 里"),
    ],
)
def test_words_are_folded(word: str, folded: str) -> None:
    assert fold(word) == folded
    assert SourceText(word).text == folded


def test_a_rule_may_be_written_in_either_script() -> None:
    assert fold("個百分點") == fold("个百分点")


@pytest.mark.parametrize(
    ("text", "matching"),
    [
        ("\ufeff增長12\u200b萬", "增长12万"),
        ("甲\r\n乙\r丙", "甲 \n乙\n丙"),
        ("甲\u2028乙\x0c丙", "甲\n乙\n丙"),
    ],
)
def test_what_cannot_be_seen_is_not_matched(text: str, matching: str) -> None:
    source = SourceText(text)
    assert source.text == matching
    assert source.quote(0, 1) == matching[0].translate(str.maketrans("增长", "增長"))


def test_a_quote_holds_what_stands_inside_it() -> None:
    source = SourceText("增長12\u200b萬\u200b戶")
    at = source.text.index("12万")
    assert source.quote(at, at + 3) == "12\u200b萬"


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\u3000\n", []),
        ("甲。乙！丙？丁", ["甲。", "乙！", "丙？", "丁"]),
        ("他說：「增長三成。」其後回落。", ["他說：「增長三成。」", "其後回落。"]),
        ("（見下文。）後文", ["（見下文。）", "後文"]),
        ("真的？！好。。", ["真的？！", "好。。"]),
        ("一是甲；二是乙;三是丙", ["一是甲；二是乙;三是丙"]),
        ("增長1.5倍.其後", ["增長1.5倍.其後"]),
        ("標題\n\u3000\u3000正文。 \n", ["標題", "正文。"]),
        ("甲。\n」乙", ["甲。", "」乙"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_paragraphs() -> None:
    source = SourceText("標題\r\n\r\n  一段。仍是一段。 \n二段")
    assert [source.quote(*span) for span in source.paragraphs] == [
        "標題",
        "一段。仍是一段。",
        "二段",
    ]


# Wrapped lines

MAIL = """新廠房落成
本公司今日宣佈，位於東區的新廠房已經落成，總投資額達十二億元，每年可生產
三百萬台設備，預計為當地創造一千二百個職位。廠房採用太陽能供電，全年可減
少碳排放約5,600噸，用電量較舊廠房減少百分之三十五，是本公司首個零碳廠房，
也是區內最大的一個。
市場反應
新產品自上市以來銷情理想，首季售出12萬台，按年增加兩成，其中海外市場佔36
萬台；公司預期下半年增長持續。
"""


def test_wrapped_lines_are_joined() -> None:
    assert [sentence.replace("\n", "") for sentence in sentences(MAIL)] == [
        "新廠房落成",
        "本公司今日宣佈，位於東區的新廠房已經落成，總投資額達十二億元，每年可生產三百萬台設備，預計為當地創造一千二百個職位。",
        "廠房採用太陽能供電，全年可減少碳排放約5,600噸，用電量較舊廠房減少百分之三十五，是本公司首個零碳廠房，也是區內最大的一個。",
        "市場反應",
        "新產品自上市以來銷情理想，首季售出12萬台，按年增加兩成，其中海外市場佔36萬台；公司預期下半年增長持續。",
    ]


def test_a_number_is_read_through_a_soft_line_end() -> None:
    source = SourceText(MAIL)
    at = source.text.index("36万台")
    assert source.quote(at, at + 4) == "36\n萬台"


LINE = "甲乙丙丁戊己庚辛壬癸" * 3


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("長", "江", "長江"),
        ("增長", "12萬", "增長12萬"),
        ("the press", "release", "the press release"),
        ("增長。", "其後", None),
        ("如下：", "甲", None),
        ("為15", "680人", "為15 680人"),
        ("為", "-0.6‰", "為-0.6‰"),
        ("甲", "\u3000\u3000乙", None),
        ("甲", "• 乙", None),
        ("甲", "\n乙", None),
    ],
)
def test_how_two_lines_are_joined(left: str, right: str, joined: str | None) -> None:
    full = f"{LINE[: 30 - (len(left) + len(left.encode())) // 4]}{left}\n{right}"
    text = SourceText(f"{LINE}\n{LINE}\n{LINE}\n{LINE}{'。'}\n\n{full}").text
    assert text.endswith(fold(joined or f"{left}\n{right}"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("標題\n二〇二三年一月\n本報訊\n正文一句", id="short lines"),
        pytest.param(f"{LINE * 5}\n{LINE * 5}\n{LINE * 5}\n{LINE * 5}", id="too wide for a page"),
        pytest.param(f"{LINE}\n\n{LINE}\n\n{LINE}\n\n{LINE}", id="blank lines between"),
        pytest.param(f"{LINE}\n{LINE[:12]}\n{LINE[:9]}\n{LINE[:20]}\n乙", id="one long line"),
        pytest.param(f"\u3000\u3000{LINE}\n" * 5, id="indented paragraphs"),
        pytest.param("河南省  12.3   45.6   1,234.5   78.9   45.6\n" * 6, id="table"),
        pytest.param("河南省\t12.3\t45.6\t1,234.5\t78.9\t45.6\t12\n" * 6, id="table with tabs"),
    ],
)
def test_lines_that_nobody_wrapped_stay_apart(text: str) -> None:
    assert SourceText(text).text.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "corpus").glob("*.txt")), ids=lambda path: path.stem
)
def test_the_corpus_is_not_wrapped(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(SourceText(text).text) == len(text)
