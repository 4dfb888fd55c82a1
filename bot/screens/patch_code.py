"""Patches as JSON: what the button Undo below a change carries, or a button that makes a change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from core.errors import NotFound
from core.records import Keep, TaskPatch
from core.tasks.undo_change import Reversal


def patch_code(patch: TaskPatch) -> str:
    """The fields that the patch sets, as JSON on one line."""
    return _text(_values(patch))


def patch_of(code: str) -> TaskPatch:
    """The inverse of ``patch_code``. Raises ``NotFound`` for what no release of oO wrote."""
    return _patch(_parsed(code))


def reversal_code(reversal: Reversal) -> str:
    """Both patches as JSON on one line."""
    return _text({"before": _values(reversal.before), "after": _values(reversal.after)})


def reversal_of_code(code: str) -> Reversal:
    """The inverse of ``reversal_code``. Raises ``NotFound`` for what no release of oO wrote."""
    match _parsed(code):
        case {"before": {} as before, "after": {} as after}:
            return Reversal(before=_patch(before), after=_patch(after))
    raise NotFound("no reversal")


def _text(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _parsed(code: str) -> Any:
    try:
        return json.loads(code)
    except ValueError as fault:
        raise NotFound("no patch") from fault


def _values(patch: TaskPatch) -> dict[str, object]:
    return {
        one.name: _adapters()[one.name].dump_python(getattr(patch, one.name), mode="json")
        for one in fields(patch)
        if getattr(patch, one.name) != one.default
    }


def _patch(values: Any) -> TaskPatch:
    if not isinstance(values, Mapping):
        raise NotFound("no patch")
    try:
        return TaskPatch(**{name: _adapters()[name].validate_python(values[name]) for name in values})
    except (KeyError, TypeError, ValidationError) as fault:
        raise NotFound("no patch") from fault


@cache
def _adapters() -> dict[str, TypeAdapter[Any]]:
    """For each field of a patch the type of its values; that a field stays as it is has no JSON."""
    return {name: TypeAdapter(_without_keep(hint)) for name, hint in get_type_hints(TaskPatch).items()}


def _without_keep(hint: Any) -> Any:
    if get_origin(hint) not in (UnionType, Union):
        return hint
    return Union[tuple(part for part in get_args(hint) if part != Keep)]  # noqa: UP007 - made at run time
