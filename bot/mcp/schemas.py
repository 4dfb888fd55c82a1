"""The arguments of a tool as one JSON schema, out of path, query, headers and body of its operation.

Tests: tests/bot/mcp/test_tools.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from bot.api.openapi import parameters
from bot.api.operation import Operation

Schema = dict[str, Any]


def argument_of(name: str) -> str:
    """The argument that stands for a parameter: ``Idempotency-Key`` is ``idempotency_key``."""
    return name.lower().replace("-", "_")


def arguments_schema(operation: Operation) -> Schema:
    """An object without choices at its root: providers of language models refuse those.

    What the forms of a body do not have in common is optional; the API says what is missing. Raises
    ``ValueError`` if two arguments have the same name.
    """
    outside = parameters(operation)
    forms, definitions = forms_of(operation)
    around = {argument_of(one["name"]): _described(one) for one in outside}
    inside = _merged([form["properties"] for form in forms])
    if twice := sorted(set(around) & set(inside)):
        raise ValueError(f"{operation.name}: two arguments are called {', '.join(twice)}")
    properties = inside | around
    required = [argument_of(one["name"]) for one in outside if one["required"]] + _always(forms)
    used = _used(definitions, properties)
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": required} if required else {}),
        **({"$defs": used} if used else {}),
    }


def forms_of(operation: Operation) -> tuple[list[Schema], Mapping[str, Schema]]:
    """The schemas of the forms that a body may have, none without a body; and the definitions they name."""
    if operation.body is None:
        return [], {}
    schema = TypeAdapter(operation.body).json_schema()
    definitions = schema.get("$defs", {})
    forms = schema.get("oneOf") or schema.get("anyOf") or [schema]
    return [_resolved(one, definitions) for one in forms], definitions


def _resolved(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    reference = schema.get("$ref")
    return definitions[reference.rpartition("/")[2]] if reference else schema


def _described(parameter: Schema) -> Schema:
    description = parameter.get("description")
    return {**parameter["schema"], **({"description": description} if description else {})}


def _merged(forms: Sequence[Mapping[str, Schema]]) -> Schema:
    """The properties of all forms; without defaults if there are several: no form knows another's."""
    merged: dict[str, list[Schema]] = {}
    for name, schema in ((name, schema) for form in forms for name, schema in form.items()):
        alone = {key: value for key, value in schema.items() if len(forms) == 1 or key != "default"}
        if alone not in merged.setdefault(name, []):
            merged[name].append(alone)
    return {name: _either(found) for name, found in merged.items()}


def _either(schemas: Sequence[Schema]) -> Schema:
    if len(schemas) == 1:
        return schemas[0]
    if all("const" in one for one in schemas):
        return {"type": "string", "enum": [one["const"] for one in schemas]}
    return {"anyOf": list(schemas)}


def _always(forms: Sequence[Schema]) -> list[str]:
    """What every form requires."""
    first, *others = [form.get("required", []) for form in forms] or [[]]
    return [name for name in first if all(name in other for other in others)]


def _used(definitions: Mapping[str, Schema], properties: Schema) -> Schema:
    """The definitions that the properties name, and those that these name."""
    used: Schema = {}
    named = _named(definitions, properties)
    while new := [name for name in named if name not in used]:
        used |= {name: definitions[name] for name in new}
        named = _named(definitions, used)
    return used


def _named(names: Iterable[str], schema: Schema) -> list[str]:
    text = json.dumps(schema)
    return [name for name in names if f'"#/$defs/{name}"' in text]
