"""Script conversion: equal to OpenCC's own, with a way back; and which script a text is in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.script import (
    CONFIGS,
    Config,
    Converted,
    Offsets,
    Region,
    Script,
    converter,
    detect,
    leftovers,
    script_of,
    splice,
    survey,
)

ROOT = Path(__file__).parents[1]
TEXTS = sorted([*(ROOT / "corpus").glob("*.txt"), *(ROOT.parent / "shared/press").glob("*.txt")])


@cache
def peer(config: Config) -> opencc.OpenCC:
    return opencc.OpenCC(config)


@cache
def entries() -> tuple[str, ...]:
    """Every key and every value of every dictionary that OpenCC's package holds."""
    folder = files("opencc") / "dictionary"
    dictionaries = [file.read_text(encoding="utf-8") for file in folder.iterdir()]
    return tuple(word for text in dictionaries for word in text.split())


@cache
def phrases() -> tuple[str, ...]:
    names = ("TSPhrases", "HKVariantsRevPhrases", "TWVariantsRevPhrases", "TWPhrasesRev")
    folder = files("opencc") / "dictionary"
    lines = [line for n in names for line in (folder / f"{n}.txt").read_text("utf-8").splitlines()]
    return tuple(line.split("\t")[0] for line in lines)


# Equal to OpenCC


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.skipif(not TEXTS, reason="no corpus here")
def test_texts_come_out_as_from_opencc(config: Config) -> None:
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        assert converter(config).convert(text).text == peer(config).convert(text), path.name


@pytest.mark.parametrize("config", CONFIGS)
def test_every_entry_alone_comes_out_as_from_opencc(config: Config) -> None:
    text = "\n".join(entries())
    assert converter(config).convert(text).text == peer(config).convert(text)


@pytest.mark.parametrize("config", CONFIGS)
def test_entries_run_together_come_out_as_from_opencc(config: Config) -> None:
    # OpenCC's time grows with the square of what stands between two separators.
    words = entries()
    text = "，".join("".join(words[i : i + 12]) for i in range(0, len(words), 12))
    assert converter(config).convert(text).text == peer(config).convert(text)


@st.composite
def overlapping(draw: st.DrawFn) -> str:
    """Pieces of phrases, so that one phrase often starts within another."""
    pieces = []
    for phrase in draw(st.lists(st.sampled_from(phrases()), max_size=12)):
        start = draw(st.integers(0, len(phrase) - 1))
        pieces.append(phrase[start : draw(st.integers(start + 1, len(phrase)))])
    return "".join(pieces)


@given(overlapping() | st.text(max_size=40), st.sampled_from(CONFIGS))
def test_overlapping_phrases_come_out_as_from_opencc(text: str, config: Config) -> None:
    assert converter(config).convert(text).text == peer(config).convert(text)


# The way back


@pytest.mark.parametrize(
    ("text", "part", "source"),
    [
        ("網際網路用戶", "互联网", "網際網路"),
        ("網際網路用戶", "联", "網際網路"),
        ("網際網路用戶", "用", "用"),
        ("網際網路用戶", "网用", "網際網路用"),
        ("用網際網路", "用", "用"),
        ("商埠", "端口", "埠"),
        ("商埠口", "口口", "埠口"),
        ("程式碼與網際網路資訊", "与", "與"),
    ],
)
def test_a_part_of_a_phrase_stands_for_the_whole(text: str, part: str, source: str) -> None:
    converted = converter("tw2sp").convert(text)
    at = converted.text.index(part)
    start, end = converted.span(at, at + len(part))
    assert text[start:end] == source


@given(overlapping(), st.sampled_from(CONFIGS))
def test_spans_are_monotone_and_cover_the_text(text: str, config: Config) -> None:
    converted = converter(config).convert(text)
    spans = [converted.span(at, at + 1) for at in range(len(converted.text))]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))
    assert {at for start, end in spans for at in range(start, end)} == set(range(len(text)))
    assert converted.span(0, len(converted.text)) == (0, len(text))
    for at in range(len(converted.text) + 1):
        start, end = converted.span(at, at)
        assert 0 <= start <= end <= len(text)


def test_no_map_is_kept_where_no_length_changed() -> None:
    assert converter("hk2s").convert("衞生署公佈").offsets == ()
    assert converter("tw2sp").convert("人工智慧").offsets == ()


@given(st.text("ab"), st.data())
def test_splice_knows_the_way_back(text: str, data: st.DataObject) -> None:
    bounds = sorted(data.draw(st.lists(st.integers(0, len(text)), unique=True)))
    edits = [
        (start, end, data.draw(st.text("xy", max_size=3)))
        for start, end in zip(bounds[::2], bounds[1::2], strict=False)
    ]
    spliced = splice(text, edits)
    assert len(spliced.text) == len(text) + sum(len(v) - (end - s) for s, end, v in edits)
    for at, character in enumerate(spliced.text):
        start, end = spliced.span(at, at + 1)
        if character in "ab":
            assert text[start:end] == character
        else:
            assert any(s <= start < end <= e for s, e, _ in edits)


def test_maps_of_several_passes_are_followed_back() -> None:
    first, second = Offsets([Region(1, 1, 1, 2)]), Offsets([Region(0, 2, 0, 1)])
    assert Converted("xxbc", (first, second)).span(1, 3) == (0, 3)


# Which script


@pytest.mark.parametrize(
    ("text", "config", "script"),
    [
        ("", "t2s", "hans"),
        ("GDP 5%", "t2s", "hans"),
        ("一萬二千", "t2s", "hant"),
        ("规模以上工业增加值同比增长", None, "hans"),
        ("著名后里干部，长城乾坤", None, "hans"),
        ("规模以上工业增加值，出自臺灣", "t2s", "mixed"),
        (
            "规模以上工业增加值。" * 3 + "创新驱动产业链，长江经济带发展，国务院专题会议，见臺北",
            "t2s",
            "hans",
        ),
        ("湖北三項舉措加快推進綠色農業", "t2s", "hant"),
        ("河南会 > 全力推進新型工業化發展，創新驅動產業鏈，舉辦國際會議", "t2s", "hant"),
        ("规模以上工业 規模以上工業", "t2s", "mixed"),
        ("衞生署公佈，政府會着力處理", "hk2s", "hant"),
        ("隨著市場擴張，價格顯著上漲", "tw2s", "hant"),
        ("隨着市場擴張，價格顯著上漲", "t2s", "hant"),
        ("裡面設備，臺灣網際網路", "t2s", "hant"),
    ],
)
def test_the_script_is_seen(text: str, config: Config | None, script: Script) -> None:
    assert detect(text) == config
    assert script_of(text) == script


def test_nothing_picks_the_vocabulary_of_tw2sp() -> None:
    assert all(survey(entry).config != "tw2sp" for entry in entries())


def test_simplified_text_is_not_damaged() -> None:
    text = "著名后里干部皇后面粉斗争于是征收长江"
    assert detect(text) is None
    assert converter(None).convert(text) == (text, ())
    assert converter("t2s").convert(text).text == text


@pytest.mark.parametrize("config", CONFIGS)
def test_regional_forms_come_out_the_same(config: Config) -> None:
    written = "衞生 衛生 卫生；抬升；敍述 敘述；枱；梳粧"
    folded = converter(config).then(leftovers()).convert(written).text
    assert folded == "卫生 卫生 卫生；抬升；叙述 叙述；台；梳妆"


def test_threads_share_one_converter() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len(set(map(id, pool.map(converter, ["tw2s"] * 16)))) == 1
