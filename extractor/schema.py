"""The JSON Schemas of the output, generated from the record types."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from extractor import register
from extractor.explanation import model as explanation
from extractor.records import SCHEMA, Document
from extractor.tokens import Token


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of what is written for one release.

    It is as strict as the output is regular: every field is always there, and no other but
    the ``tokens`` that are given when asked for.
    """
    document, definitions = _components(Document, Token)
    properties = definitions[Document.__name__]["properties"]
    properties["schema"] = {"const": SCHEMA}
    properties["tokens"] = {"type": "array", "items": {"$ref": f"#/$defs/{Token.__name__}"}}
    return _whole(SCHEMA, document, definitions)


def register_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of ``policies.json``, the register of a run."""
    document, definitions = _components(register.Register)
    definitions[register.Register.__name__]["properties"]["schema"] = {"const": register.SCHEMA}
    return _whole(register.SCHEMA, document, definitions)


def explanation_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of what ``extractor explain --json`` prints."""
    document, definitions = _components(explanation.Explanation)
    properties = definitions[explanation.Explanation.__name__]["properties"]
    properties["schema"] = {"const": explanation.SCHEMA}
    return _whole(explanation.SCHEMA, document, definitions)


def _components(*kinds: type[Struct]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of the first of ``kinds`` and the definitions of all: every field required."""
    (document, *_), definitions = msgspec.json.schema_components(
        kinds, ref_template="#/$defs/{name}"
    )
    for definition in definitions.values():
        properties = {key: _plain(value) for key, value in definition["properties"].items()}
        definition["properties"] = properties
        definition["required"] = list(properties)
        definition["additionalProperties"] = False
    return document, definitions


def _whole(name: str, document: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": name,
        **document,
        "$defs": definitions,
    }


def _plain(node: Any) -> Any:
    """``node`` with decimals as the numbers they are written as, and without defaults."""
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("format") == "decimal":
        return {"type": "number"}
    return {key: _plain(value) for key, value in node.items() if key != "default"}
