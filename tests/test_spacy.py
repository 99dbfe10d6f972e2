"""The spaCy component, found by its entry point."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractor import Extractor
from extractor.errors import PressFiguresError
from tests.conftest import RELEASE


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("press_figures")
    return nlp


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"region": "JP"}, "region: 'JP' is none of CN, HK, TW, MO"),
        ({"rules": ["missing"]}, "missing: no such file or folder"),
    ],
)
def test_a_wrong_setting_is_one_line(config: dict[str, Any], said: str) -> None:
    with pytest.raises(PressFiguresError) as raised:
        spacy.blank("zh").add_pipe("press_figures", config=config)
    assert str(raised.value) == said


def test_records_hang_on_the_doc(nlp: Language, extractor: Extractor) -> None:
    doc = nlp(RELEASE)
    assert doc._.press_figures == extractor.extract(RELEASE).records


def test_spans_carry_type_and_id(nlp: Language) -> None:
    doc = nlp(RELEASE)
    spans = doc.spans["press_figures"]
    assert len(spans) == len(doc._.press_figures)
    for span, record in zip(spans, doc._.press_figures, strict=True):
        assert span.text == record.quote
        assert span.id_ == record.id
        assert span.label_ in {"figure", "percentage", "policy"}


def test_records_survive_processes_and_bytes(nlp: Language) -> None:
    doc = nlp(RELEASE)
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert copy._.press_figures == doc._.press_figures
    assert [span.text for span in copy.spans["press_figures"]] == [
        span.text for span in doc.spans["press_figures"]
    ]


def test_a_day_of_publication_may_come_with_the_doc(nlp: Language) -> None:
    doc = nlp.make_doc("去年全市新增企業300家。")
    doc.user_data["published"] = "2024-03-05"
    (record, *_) = nlp(doc)._.press_figures
    assert record.period == "2023"


def test_empty_docs_have_no_records(nlp: Language) -> None:
    for text in ("", " ", "\n\n"):
        doc = nlp(text)
        assert doc._.press_figures == ()
        assert len(doc.spans["press_figures"]) == 0


def test_words_of_jieba_are_covered_whole() -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.add_pipe("press_figures")
    doc = nlp(RELEASE)
    for span, record in zip(doc.spans["press_figures"], doc._.press_figures, strict=True):
        assert record.quote in span.text


def test_the_config_reaches_the_extractor() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("press_figures", config={"region": "TW"})
    (record, *_) = nlp("撥款5億元。")._.press_figures
    assert record.unit_code == "TWD"
