"""The published schema against an independent validator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from extractor import Extractor
from extractor.schema import json_schema, register_schema
from tests.conftest import CORPUS, RELEASE, Command

VALIDATOR = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def mistakes(document: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(document)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_output_is_valid(extractor: Extractor, path: Path) -> None:
    extraction = extractor.extract(path.read_text("utf-8"), source=path.name, derive=True)
    assert mistakes(json.loads(extraction.to_json())) == []


def test_the_command_s_output_is_valid_with_and_without_tokens(
    command: Command, release: Path
) -> None:
    for arguments in ([], ["--tokens"]):
        assert mistakes(json.loads(command("extract", release, *arguments).out)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "5"}, "'5' is not"),
        ({"measure": "guess"}, "'guess' is not"),
        ({"surprise": 1}, "'surprise' was unexpected"),
        ({"period_start": "2024-02-30"}, "is not"),
        ({"type": "policy"}, "is not"),
    ],
)
def test_the_schema_refuses_what_is_not_so(
    extractor: Extractor, change: dict[str, Any], said: str
) -> None:
    document = json.loads(extractor.extract(RELEASE).to_json())
    record = next(one for one in document["records"] if one["type"] == "percentage")
    record.update(change)
    assert mistakes(document) != []
    alone = {**json_schema(), "$ref": "#/$defs/Percentage"}
    checker = Draft202012Validator.FORMAT_CHECKER
    errors = Draft202012Validator(alone, format_checker=checker).iter_errors(record)
    assert any(said in error.message for error in errors)


@pytest.mark.parametrize("name", ["schema", "release", "records", "warnings"])
def test_the_schema_misses_what_is_not_there(extractor: Extractor, name: str) -> None:
    document = json.loads(extractor.extract(RELEASE).to_json())
    del document[name]
    assert mistakes(document) == [f"'{name}' is a required property"]


REGISTER = Draft202012Validator(
    register_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER
)


def test_the_register_is_valid(command: Command, tmp_path: Path) -> None:
    Draft202012Validator.check_schema(register_schema())
    command("run", CORPUS, "--output", tmp_path)
    written = json.loads((tmp_path / "policies.json").read_text("utf-8"))
    assert len(written["policies"]) > 60
    assert [error.message for error in REGISTER.iter_errors(written)] == []
    assert json.loads(command("schema", "--register").out) == register_schema()
    one = written["policies"][0]
    for change in ({"mentions": "2"}, {"first_date": "2024-02-30"}, {"surprise": 1}):
        assert list(REGISTER.iter_errors({**written, "policies": [{**one, **change}]}))
