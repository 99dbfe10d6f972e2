"""Words: offsets, nothing of jieba's global state touched, and rjieba equal to jieba."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text import SourceText
from extractor.tokens import Tokenizer, verbs

ROOT = Path(__file__).parents[1]
TEXTS = sorted([*(ROOT / "corpus").glob("*.txt"), *(ROOT.parent / "shared/press").glob("*.txt")])

HAN = "[\u4e00-\u9fd5]+"

needs_rjieba = pytest.mark.skipif(find_spec("rjieba") is None, reason="rjieba is not installed")


@cache
def words() -> tuple[str, ...]:
    """The Han words of jieba's dictionary."""
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.origin is not None
    text = (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8")
    return tuple(re.findall(rf"^({HAN}) ", text, re.MULTILINE))


def cut(text: str) -> list[str]:
    source = SourceText(text)
    spans = Tokenizer().cut_span(source, 0, len(source.text))
    return [source.text[start:end] for start, end in spans]


# What comes out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("工業增加值", ["工业", "增加值"]),
        ("增長１２．５％，", ["增长", "12.5", "%", ","]),
        ("1,234,567.8戶", ["1,234,567.8", "户"]),
        ("5G 3.5GHz C919", ["5G", "3.5GHz", "C919"]),
        ("7+28+N 2023-24", ["7", "+", "28", "+", "N", "2023", "-", "24"]),
        ("R&D e-mail", ["R&D", "e-mail"]),
        ("「十四五」", ["「", "十四五", "」"]),
        ("二〇年", ["二", "〇", "年"]),
        ("\u3000\n", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(
    st.lists(st.sampled_from(["網際網路", "埠", "增長", "１２．５", "GDP", " ", "。"])).map("".join)
)
def test_tokens_are_quotes_of_the_original(text: str) -> None:
    source = SourceText(text, script="tw2sp")
    for token in Tokenizer().tokens(source):
        assert text[token.start : token.end] == token.text != ""


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_span_is_cut_as_if_it_stood_alone(text: str, start: int, end: int) -> None:
    source = SourceText(text, script="t2s")
    spans = Tokenizer().cut_span(source, start, end)
    assert all(start <= a < b <= end for a, b in spans)
    left = re.sub(r"\s", "", source.text[start:end])
    assert "".join(source.text[a:b] for a, b in spans) == left


def test_verbs_are_plain_verbs() -> None:
    assert {"增加", "下降", "推动"} <= verbs()
    assert not {"增加值", "工业", "投资"} & verbs()
    assert verbs() is verbs()


def test_jieba_is_left_alone(tmp_path: Path) -> None:
    program = (
        "from extractor.tokens import Tokenizer, verbs\n"
        "import sys\n"
        "verbs(); assert 'jieba' not in sys.modules\n"
        "print(Tokenizer('jieba').cut('工业增加值'))\n"
        "import jieba\n"
        "assert not jieba.dt.initialized and not jieba.dt.FREQ\n"
    )
    env = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stderr, done.stdout) == ("", "['工业', '增加值']\n")
    assert not list(tmp_path.iterdir())


def test_without_guessing_words_are_those_of_jieba() -> None:
    jieba = import_module("jieba").Tokenizer()
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.origin is not None
    with (Path(spec.origin).parent / "dict.txt").open("rb") as lines:
        jieba.FREQ, jieba.total = jieba.gen_pfdict(lines)
    jieba.initialized = True
    rng, plain = random.Random(4), Tokenizer("jieba", guess=False)
    runs = ["".join(rng.choices(words(), k=6)) for _ in range(2000)]
    runs += ["".join(rng.choice(word) for word in rng.choices(words(), k=9)) for _ in range(2000)]
    runs += ["".join(_any_han(rng) for _ in range(6)) for _ in range(1000)]
    assert [run for run in runs if plain.cut(run) != jieba.lcut(run, HMM=False)] == []


def test_a_run_is_parted_only_where_a_word_begins() -> None:
    rng, plain = random.Random(5), Tokenizer("jieba", guess=False)
    known = 0
    for _ in range(1000):
        run = "".join(rng.choices(words(), k=4))
        begins = {len("".join(plain.cut(run)[:count])) for count in range(1, len(run))}
        parted = {place for place in range(1, len(run)) if plain.is_parted(run, place)}
        assert parted <= begins, run
        known += len(parted)
    assert known > 1000
    assert not any(Tokenizer("jieba").is_parted("工业增加值", place) for place in range(1, 5))


# rjieba cuts as jieba does


def assert_same(runs: list[str]) -> None:
    for guess in (True, False):
        plain, fast = Tokenizer("jieba", guess=guess), Tokenizer("rjieba", guess=guess)
        assert [run for run in runs if plain.cut(run) != fast.cut(run)] == []


@needs_rjieba
@pytest.mark.skipif(not TEXTS, reason="no corpus here")
def test_rjieba_cuts_texts_as_jieba_does() -> None:
    for path in TEXTS:
        assert_same(re.findall(HAN, SourceText(path.read_text(encoding="utf-8")).text))


@needs_rjieba
def test_rjieba_cuts_dictionary_words_as_jieba_does() -> None:
    chosen = random.Random(1).sample(words(), 60_000)
    assert_same(["".join(chosen[at : at + 12]) for at in range(0, len(chosen), 12)])


def _any_han(rng: random.Random) -> str:
    return chr(rng.randint(0x4E00, 0x9FD5))


def _common_han(rng: random.Random) -> str:
    return bytes((rng.randint(0xB0, 0xD6), rng.randint(0xA1, 0xFE))).decode("gb2312")


def _word(rng: random.Random) -> str:
    return rng.choice(words())


@needs_rjieba
@pytest.mark.parametrize("kinds", [[_any_han], [_common_han], [_any_han, _common_han, _word]])
def test_rjieba_cuts_random_han_as_jieba_does(kinds: list[Callable[[random.Random], str]]) -> None:
    rng = random.Random(2)
    runs = [
        "".join(rng.choice(kinds)(rng) for _ in range(rng.randint(1, 16))) for _ in range(4_000)
    ]
    assert_same(runs)
