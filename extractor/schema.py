"""The JSON Schema of the output, generated from the record types."""

from __future__ import annotations

from typing import Any

import msgspec

from extractor.records import SCHEMA, Document
from extractor.tokens import Token


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of what is written for one release.

    It is as strict as the output is regular: every field is always there, and no other but
    the ``tokens`` that are given when asked for.
    """
    (document, _), definitions = msgspec.json.schema_components(
        [Document, Token], ref_template="#/$defs/{name}"
    )
    for definition in definitions.values():
        properties = {key: _plain(value) for key, value in definition["properties"].items()}
        definition["properties"] = properties
        definition["required"] = list(properties)
        definition["additionalProperties"] = False
    properties = definitions[Document.__name__]["properties"]
    properties["schema"] = {"const": SCHEMA}
    properties["tokens"] = {"type": "array", "items": {"$ref": f"#/$defs/{Token.__name__}"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
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
