"""The register of a run: what counts as one policy, in which order, and what is kept of it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.records import Document, Policy, Release
from extractor.register import Register, RegisteredPolicy, Registrar, canonical, policy_id
from tests.conftest import Command


@pytest.fixture(scope="module")
def documents(extractor: Extractor) -> list[Document]:
    """Two releases in two scripts of one plan, and a third of another with the same short form."""
    given = {
        "a": (
            "2024-03-05",
            "縣政府印發《濱江縣冰雪經濟行動計劃》（濱政發〔2024〕9號），實施「雪路」工程，投入3億元。",
        ),
        "b": (
            "2025-01-20",
            "发改局落实“雪路”工程。《滨江县冰雪经济行动计划》实施一年，投入5亿元。",
        ),
        "c": (
            None,
            "市教育局推行「樂讀」先導計劃（下稱「先導計劃」），撥款2億元。「先導計劃」成效好。",
        ),
        "d": (
            None,
            "社署推行「同行」先導計劃（下稱「先導計劃」），撥款4億元。「先導計劃」成效好。",
        ),
    }
    return [
        extractor.extract(text, published=day, source=name).document
        for name, (day, text) in given.items()
    ]


def register(documents: list[Document]) -> Register:
    registrar = Registrar()
    for document in documents:
        registrar.add(document)
    return registrar.register()


def named(documents: list[Document], name: str) -> RegisteredPolicy:
    (found,) = [one for one in register(documents).policies if name in one.names]
    return found


def test_one_name_in_two_scripts_and_without_its_number_is_one_policy(
    documents: list[Document],
) -> None:
    found = named(documents, "《濱江縣冰雪經濟行動計劃》（濱政發〔2024〕9號）")
    assert found.canonical == "滨江县冰雪经济行动计划"
    assert found.id == policy_id(found.canonical)
    assert found.names == (
        "《濱江縣冰雪經濟行動計劃》（濱政發〔2024〕9號）",
        "《滨江县冰雪经济行动计划》",
    )
    assert found.category == "plan"
    assert found.issuers == ("縣政府",)
    assert [place.source for place in found.releases] == ["a", "b"]
    assert (found.first_date, found.last_date) == (dt.date(2024, 3, 5), dt.date(2025, 1, 20))
    assert found.mentions == 2


def test_a_policy_keeps_its_figures_by_their_ids(documents: list[Document]) -> None:
    found = named(documents, "「雪路」工程")
    records = {one.id: one.quote for document in documents for one in document.records}
    assert [records[number] for number in found.figure_ids] == ["3億元"]
    assert all(place.policy_id in records for place in found.releases)


def test_a_short_form_of_two_policies_is_neither(documents: list[Document]) -> None:
    found = {one.name: one for one in register(documents).policies}
    assert found["「樂讀」先導計劃"].id != found["「同行」先導計劃"].id
    for name in ("「樂讀」先導計劃", "「同行」先導計劃"):
        assert found[name].names == (name, "「先導計劃」")
        assert len(found[name].releases) == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_the_releases_does_not_matter(
    documents: list[Document], order: tuple[int, ...]
) -> None:
    assert register([documents[index] for index in order]) == register(documents)


def test_a_release_counts_once(documents: list[Document]) -> None:
    assert register(documents * 2) == register(documents)


def release(name: str, policies: list[tuple[str, tuple[str, ...]]]) -> Document:
    """A release with these policies, each by its name and its other names."""
    records = tuple(
        Policy(
            id=f"{name}-p{place}",
            release_id=name,
            quote=words,
            start=place,
            end=place + len(words),
            name=words,
            canonical=canonical(words),
            category="programme",
            aliases=aliases,
            sentence_start=0,
            sentence_end=99,
            rule="r",
        )
        for place, (words, aliases) in enumerate(policies)
    )
    return Document(release=Release(id=name), records=records)


def both(extractor: Extractor, *texts: str) -> list[str]:
    made = [extractor.extract(text, source=str(n)).document for n, text in enumerate(texts)]
    return [one.name for one in register(made).policies if "群" in one.name or "鏈" in one.name]


CHAINS = "全省壯大「3+6」群鏈。「3+6」群鏈匯聚企業900家，「3+6」產業群鏈再添新軍。"
"""A release that calls one policy by two names."""


@pytest.mark.parametrize("reverse", [False, True])
def test_another_name_joins_what_a_later_release_calls_by_it(
    extractor: Extractor, *, reverse: bool
) -> None:
    texts = [CHAINS, "全省推進「3+6」產業群鏈建設，投資9億元。"]
    assert len(both(extractor, *(reversed(texts) if reverse else texts))) == 1
    assert len(both(extractor, "全省壯大「3+6」群鏈。", texts[1])) == 2


def test_what_a_release_keeps_apart_is_not_joined() -> None:
    first, second = (
        release("a", [("「雙強」工程", ("「雙強」行動",))]),
        release("b", [("「雙強」工程", ()), ("「雙強」行動", ())]),
    )
    assert len(register([first, second]).policies) == 2
    alone = release("b", [("「雙強」行動", ())])
    assert len(register([first, alone]).policies) == 1
    short = release("a", [("「雙強」工程", ("「行動」",))])
    assert len(register([short, release("b", [("「行動」", ())])]).policies) == 2
    other = release("c", [("「雙強」計劃", ("「雙強」行動",))])
    assert len(register([first, other, alone]).policies) == 3


def test_a_canonical_name_has_neither_brackets_nor_script() -> None:
    assert canonical("「雪路」 工程") == canonical("“雪路”工程") == canonical("《雪路工程》")
    assert canonical("行動方案（2024—2028年）") == "行动方案(2024—2028年)"


def test_a_run_writes_its_register(command: Command, tmp_path: Path) -> None:
    for name, text in (
        ("x", "縣裡實施「綠谷」工程，投資3億元。"),
        ("y", "“绿谷”工程竣工。"),
        ("policies", "好。"),
    ):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    written = []
    for jobs in ("1", "2"):
        output = tmp_path / f"out{jobs}"
        command("run", tmp_path / "*.txt", "--output", output, "--jobs", jobs)
        written.append((output / "policies.json").read_bytes())
        assert (output / "policies-2.json").exists()
    assert written[0] == written[1]
    found = json.loads(written[0])
    assert [len(one["releases"]) for one in found["policies"]] == [2]


def test_a_run_without_policies_has_an_empty_register(command: Command, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("全市新增300家企業。", "utf-8")
    command("run", tmp_path / "x.txt", "--output", tmp_path / "out")
    assert json.loads((tmp_path / "out" / "policies.json").read_text("utf-8"))["policies"] == []
