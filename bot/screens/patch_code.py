"""Patches as JSON: what a button that makes a change carries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from core.errors import NotFound
from core.records import UNCHANGED, Due, TaskPatch


def patch_code(patch: TaskPatch) -> str:
    """The fields that the patch sets, as JSON on one line."""
    unset = TaskPatch()
    values = {one.name: getattr(patch, one.name) for one in fields(patch)}
    changed = {name: value for name, value in values.items() if value != getattr(unset, name)}
    return _adapter().dump_json(changed).decode()


def patch_of(code: str) -> TaskPatch:
    """The inverse of ``patch_code``. Raises ``NotFound`` for what no release of oO wrote."""
    try:
        values: Mapping[str, Any] = json.loads(code)
        due, labels = values.get("due", UNCHANGED), values.get("labels", UNCHANGED)
        parsed = {"due": TypeAdapter(Due).validate_python(due)} if isinstance(due, dict) else {}
        listed = {"labels": tuple(labels)} if isinstance(labels, list) else {}
        return TaskPatch(**{**values, **parsed, **listed})
    except (AttributeError, ValueError, TypeError, ValidationError) as fault:
        raise NotFound("no patch") from fault


@cache
def _adapter() -> TypeAdapter[dict[str, Any]]:
    return TypeAdapter(dict[str, Any])
