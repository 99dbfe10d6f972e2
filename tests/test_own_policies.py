"""A user's own policies: tables, and spaCy's pattern files, which are taken as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy

from extractor import Extractor
from extractor.errors import RuleError
from extractor.records import Policy
from extractor.ruleset import load_rules
from tests.conftest import Command


def lines(path: Path, *patterns: Any) -> Path:
    """A pattern file; a pattern is given alone or with the keys of its line."""
    rows = (one if isinstance(one, dict) else {"pattern": one} for one in patterns)
    content = "\n".join(json.dumps({"label": "POLICY", **row}, ensure_ascii=False) for row in rows)
    path.write_text(content, encoding="utf-8")
    return path


def found(rules: Path, text: str) -> list[Policy]:
    extraction = Extractor(rules=[rules]).extract(text)
    for policy in extraction.policies:
        for place in policy.mentions:
            assert text[place.start : place.end] == place.quote
    return list(extraction.policies)


def names(rules: Path, text: str) -> list[tuple[str, str]]:
    return [(policy.name, policy.category) for policy in found(rules, text)]


def test_without_them_none_of_these_is_a_policy(extractor: Extractor) -> None:
    text = "市民申請置安心，推進綠色出行2030，參觀「雲頂」樂園。"
    assert extractor.extract(text).policies == ()


def test_a_phrase_is_found_in_either_script_with_brackets_and_without(tmp_path: Path) -> None:
    file = lines(tmp_path / "own.jsonl", "長者友善通城")
    (policy,) = found(file, "長者友善通城上路，惠及3萬人。「長者友善通城」撥款2億元。")
    assert [one.quote for one in policy.mentions] == ["長者友善通城", "「長者友善通城」"]
    assert len(policy.figure_ids) == 2
    assert names(file, "长者友善通城上路。") == [("长者友善通城", "policy")]


def test_the_category_is_the_one_given_else_that_of_the_head_noun(tmp_path: Path) -> None:
    file = lines(
        tmp_path / "own.jsonl", "雲頂夢", "雲頂條例", {"pattern": "天頂夢", "category": "slogan"}
    )
    text = "雲頂夢成真。市民談論雲頂條例，天頂夢也近了。"
    assert names(file, text) == [
        ("雲頂夢", "policy"),
        ("雲頂條例", "law"),
        ("天頂夢", "slogan"),
    ]


def test_a_phrase_with_brackets_is_taken_whole(tmp_path: Path) -> None:
    file = lines(tmp_path / "own.jsonl", "「雲頂」樂園", "《雲頂法》")
    text = "市民參觀「雲頂」樂園。依《雲頂法》收費。「雲頂」好。"
    assert names(file, text) == [("「雲頂」樂園", "policy"), ("《雲頂法》", "law")]


TOKENS = [{"TEXT": "綠色"}, {"TEXT": {"REGEX": "^(出行|建築)$"}}, {"IS_DIGIT": True, "OP": "+"}]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("全市推進綠色出行2030，投入3億元。", "綠色出行2030"),
        ("全市推进绿色建筑2030，投入3亿元。", "绿色建筑2030"),
        ("網際網路業推進綠色出行２０３０，投入3億元。", "綠色出行２０３０"),
    ],
)
def test_tokens_are_matched_in_either_script_and_mapped_back(
    tmp_path: Path, text: str, name: str
) -> None:
    file = lines(tmp_path / "own.jsonl", TOKENS)
    (policy,) = found(file, text)
    assert (policy.name, text[policy.start : policy.end]) == (name, name)
    extraction = Extractor(rules=[file]).extract(text)
    assert [one.policy_ids for one in extraction.figures] == [(policy.id,)]


def test_tokens_do_not_reach_across_lines(tmp_path: Path) -> None:
    assert names(lines(tmp_path / "own.jsonl", TOKENS), "推進綠色\n\n出行2030。") == []


def test_a_longer_name_stands(tmp_path: Path) -> None:
    file = lines(tmp_path / "own.jsonl", [{"TEXT": "綠色"}, {"TEXT": "出行"}])
    text = "市政府印發《綠色出行行動計劃》，倡導綠色出行。"
    assert names(file, text)[0] == ("《綠色出行行動計劃》", "plan")


def test_what_the_matcher_finds_is_what_spacy_finds(tmp_path: Path) -> None:
    """spaCy on the same words: the same stretches."""
    words = ["推進", "綠色", "出行", "2030", "和", "綠色", "建築", "2050", "2060"]
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "POLICY", "pattern": TOKENS}])  # type: ignore[attr-defined]
    doc = nlp.get_pipe("entity_ruler")(spacy.tokens.Doc(nlp.vocab, words, [False] * len(words)))
    spacy_finds = [(one.start_char, one.end_char) for one in doc.ents]
    text = "".join(words)
    file = lines(tmp_path / "own.jsonl", TOKENS)
    assert [(one.start, one.end) for one in found(file, text)] == spacy_finds


def test_a_folder_may_hold_both_kinds_of_file(tmp_path: Path) -> None:
    lines(tmp_path / "own.jsonl", "雲頂夢")
    table = '[[policy]]\nwords = ["天頂夢"]\ncategory = "slogan"\n'
    (tmp_path / "own.toml").write_text(table, "utf-8")
    expected = [("天頂夢", "slogan"), ("雲頂夢", "policy")]
    assert names(tmp_path, "天頂夢與雲頂夢。") == expected
    assert names(tmp_path / "own.toml", "天頂夢與雲頂夢。") == expected[:1]


def test_other_labels_are_passed_over(tmp_path: Path) -> None:
    file = lines(tmp_path / "own.jsonl", {"label": "ORG", "pattern": "雲頂夢"}, "天頂夢")
    assert names(file, "天頂夢與雲頂夢。") == [("天頂夢", "policy")]


def test_the_command_takes_a_pattern_file(command: Command, release: Path, tmp_path: Path) -> None:
    file = lines(tmp_path / "own.jsonl", {"pattern": "濱江晚報", "id": "x"})
    done = command("extract", release, "--rules", file)
    assert "濱江晚報" in [one.get("name") for one in json.loads(done.out)["records"]]


BAD = {
    '{"label": "POLICY", "pattern": ""}': "line 1: words",
    '{"label": "POLICY", "pattern": []}': "line 2: ",
    "no json": "line 3: JSON is malformed",
    '{"label": "POLICY", "pattern": [{"POS": "NOUN"}]}': "line 4: POS: not known without",
    '{"label": "POLICY", "pattern": [{"TEXT": 5}]}': "line 5: ",
    '{"label": "POLICY", "pattern": [{"TEXT": {"REGEX": "("}}]}': "line 6: missing )",
    '{"label": "POLICY", "pattern": "x", "category": "thing"}': "line 7: category",
    '{"label": "POLICY", "pattern": "x", "more": 1}': "line 8: Object contains unknown field",
    '{"label": "POLICY"}': "line 9: Object missing required field `pattern`",
}


def test_all_mistakes_are_said_at_once_each_with_its_line(
    command: Command, release: Path, tmp_path: Path
) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text("\n".join(BAD), "utf-8")
    with pytest.raises(RuleError) as raised:
        load_rules([file])
    said = raised.value.mistakes
    assert len(said) == len(BAD)
    for line, expected in zip(said, BAD.values(), strict=True):
        assert line.startswith(f"bad.jsonl: {expected}")
        assert "\n" not in line
    done = command("extract", release, "--rules", file)
    assert (done.code, done.out, len(done.err.splitlines())) == (4, "", len(BAD))


def test_a_file_without_a_policy_is_a_mistake(tmp_path: Path) -> None:
    file = lines(tmp_path / "own.jsonl", {"label": "policy", "pattern": "雲頂夢"})
    with pytest.raises(RuleError, match="no line has the label POLICY"):
        load_rules([file])
