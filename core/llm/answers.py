"""A language model's answer -> the JSON object that was asked for.

Models think first, wrap JSON in fences, prose, strings and tool calls, forget brackets, quote wrongly and
stop early. This module reads what an answer clearly means and adds nothing. A value that was cut off is
dropped. Callers check the contents of the object as usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from core.llm.loose_json import BRACKET, MAX_STARTS, decoded, is_nested_deeply, repaired, valid
from core.llm.thinking import without_thinking

MAX_ANSWER_CHARS = 20_000
MAX_WRAPPERS = 6
"""How many lists, wrapper objects and strings may enclose the object."""

Fields = Mapping[str, object]

_JSON = re.compile(r'\s*["{\[]')
_FENCE = re.compile(r"```[\w-]*|~~~[\w-]*")
_WORD_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s-]+")
_NUMBER = re.compile(r"\s*(\d{1,4})(?:\s*[a-zA-Z]+\.?)?\s*\Z", re.ASCII)
_NAMES = ("name", "action", "tool")
_ARGUMENTS = ("argument", "arguments", "parameters", "input")
_WRAPPERS = {*_ARGUMENTS, "answer", "content", "data", "json", "output", "response", "result"}
"""Keys whose strings are searched for JSON. In other strings, JSON may be quoted from what a person typed."""


def parse_answer(text: str, schema: Fields, *, thoughts: str = "") -> Fields:
    """The object by ``schema`` in an answer; if there is none, an object that does not fit.

    ``thoughts`` is the model's thinking, where the server separates it. If the answer is empty, the object at
    the end of the thinking counts. Raises ``ValueError`` with a reason that quotes nothing of the text.
    """
    said = without_thinking(text).strip()
    if len(said) > MAX_ANSWER_CHARS:
        raise ValueError("the answer is too long")
    if not said:
        return _at_end_of(f"{thoughts}{text}"[-MAX_ANSWER_CHARS:], schema)
    if is_nested_deeply(said):
        raise ValueError("the JSON is malformed")
    found = _found(said, schema)
    if found is None:
        has_object = -1 < said.find("{") < said.rfind("}")
        raise ValueError("the JSON is malformed" if has_object else "there is no JSON object")
    return found


def _found(text: str, schema: Fields) -> Fields | None:
    """The object: in valid JSON, else in repaired JSON, else rebuilt from its parts, else any object."""
    values = list(valid(text))
    fitting = _last_fitting(values, schema)
    if fitting is not None:
        return fitting
    repairs = [repaired(text)]
    return (
        _complete(_last_fitting(repairs, schema), schema)
        or _from_parts(values, schema)
        or _complete(_from_parts(repairs, schema), schema)
        or next((value for value in values if isinstance(value, dict) and value), None)
    )


def _at_end_of(thoughts: str, schema: Fields) -> Fields:
    """The object at the end of ``thoughts``. JSON before that is a draft."""
    text = _FENCE.sub("", thoughts).rstrip()
    starts = [bracket.start() for bracket in BRACKET.finditer(text)][-MAX_STARTS:]
    for start in starts if text.endswith(("}", "]")) else ():
        found = [value for value, end in decoded(text, start) if end == len(text)]
        fitting = _last_fitting(found, schema) or _from_parts(found, schema)
        if fitting is not None:
            return fitting
    raise ValueError("there is no answer, only thinking" if thoughts.strip() else "there is no JSON object")


# --- The object inside of JSON values ----------------------------------------------------------------------


def _last_fitting(values: Iterable[object], schema: Fields) -> Fields | None:
    """The last object in ``values`` that fits ``schema``; an empty one only if all are."""
    fitting = [one for value in values for one in _fitting(value, schema)]
    not_empty = [one for one in fitting if any(one.values())]
    return next(reversed(not_empty or fitting), None)


def _complete(fields: Fields | None, schema: Fields) -> Fields | None:
    """A repaired object without the incomplete objects in its lists; None if it is incomplete itself."""
    if fields is None:
        return None
    complete = dict(fields)
    for name, part in _properties(schema).items():
        listed = complete.get(name)
        if isinstance(listed, list) and _properties(part.get("items", {})):
            complete[name] = [one for one in listed if _is_complete(one, part["items"])]
    return complete if any(complete.values()) and _is_complete(complete, schema) else None


def _is_complete(fields: Fields, schema: Fields) -> bool:
    """Whether all properties are there, except nullable ones and the last: an answer may be cut off."""
    *needed, _ = [name for name, part in _properties(schema).items() if "null" not in part.get("type", ())]
    return all(fields.get(name) for name in needed)


def _fitting(value: object, schema: Fields, layer: int = 0) -> Iterator[Fields]:
    """The objects in ``value`` with a property of ``schema``, their properties converted to its types."""
    if layer > MAX_WRAPPERS:
        return
    if isinstance(value, dict):
        named = {_key(key): inner for key, inner in value.items()}
        if named.keys() & _properties(schema).keys():
            yield _conforming(named, schema, layer)
            return
    for inner in _inner(value):
        yield from _fitting(inner, schema, layer + 1)


def _inner(value: object) -> Iterable[object]:
    """What ``value`` contains: the items of a list, the values of an object, the JSON in a string."""
    if isinstance(value, dict):
        pairs = ((_key(key), inner) for key, inner in value.items())
        return [inner for key, inner in pairs if key in _WRAPPERS or not isinstance(inner, str)]
    if isinstance(value, list):
        return value
    if isinstance(value, str) and _JSON.match(value) and not is_nested_deeply(value):
        return list(valid(value)) or [repaired(value)]
    return ()


def _from_parts(values: Iterable[object], schema: Fields) -> Fields | None:
    """An object whose only property was found without it: a list of tips, or an action."""
    found = list(values)
    for name, part in _properties(schema).items():
        items = part.get("items")
        if isinstance(items, dict) and _properties(items):
            listed = [one for value in found for one in _parts(value, items)]
            if listed:
                return {name: listed}
        elif _properties(part):
            actions = [one for value in found for one in _calls(value, alone=True)]
            if actions:
                return {name: actions[-1]}
    return None


def _parts(value: object, schema: Fields) -> Iterator[Fields]:
    """The objects in ``value`` with the first property of ``schema``; calls, if it is one of calls."""
    if _is_call(schema):
        return _calls(value, alone=True)
    first = next(iter(_properties(schema)))
    return (one for one in _fitting(value, schema) if first in one)


def _is_call(schema: Fields) -> bool:
    return _properties(schema).keys() == {"name", "argument"}


def _calls(value: object, *, alone: bool) -> Iterator[Fields]:
    """Calls by ``name``, as objects with ``name`` and ``argument``.

    ``alone``: nothing says that an object with a name is a call, so it needs arguments.
    """
    for called in _fitting(value, {"properties": {name: {} for name in (*_NAMES, *_ARGUMENTS)}}):
        given = [called[name] for name in _ARGUMENTS if name in called]
        named = [called[name] for name in _NAMES if isinstance(called.get(name), str)]
        if named and (given or not alone):
            yield {"name": named[0], "argument": _argument(given[0]) if given else ""}


def _listed_calls(listed: Iterable[object]) -> Iterator[Fields]:
    """The calls in a list of them: also a name alone, and ``{name: argument}``."""
    for item in listed:
        if isinstance(item, str):
            yield {"name": item, "argument": ""}
            continue
        calls = list(_calls(item, alone=False))
        yield from calls
        if isinstance(item, dict) and len(item) == 1 and not calls:
            yield from ({"name": name, "argument": _argument(given)} for name, given in item.items())


def _argument(given: object) -> object:
    """The single argument: a plain value, those of a list or object in their order, or that as JSON text."""
    if _is_object(given):
        given = next(iter(_inner(given)), given)
    if not isinstance(given, dict | list):
        return given or ""
    values = given if isinstance(given, list) else given.values()
    plain = [str(value) for value in values if isinstance(value, str | int) and not isinstance(value, bool)]
    return given["argument"] if isinstance(given, dict) and "argument" in given else " ".join(plain)


def _conforming(named: Fields, schema: Fields, layer: int) -> Fields:
    """The properties of ``schema`` in ``named``, converted to their types where that is unambiguous.

    If one is a text that contains the whole object again, that object is taken instead.
    """
    parts = {name: part for name, part in _properties(schema).items() if name in named}
    texts = [named[name] for name, part in parts.items() if part.get("type") == "string"]
    nested = [one for text in texts if _is_object(text) for one in _fitting(text, schema, layer + 1)]
    return nested[-1] if nested else {name: _typed(named[name], part) for name, part in parts.items()}


def _is_object(text: object) -> bool:
    return isinstance(text, str) and text.lstrip().startswith("{")


def _typed(value: object, schema: Fields) -> object:
    if schema.get("type") == "string":
        return _text(value)
    if isinstance(value, str) and (schema.get("type") == "array" or _properties(schema)):
        value = next(iter(_inner(value)), value)
    items = schema.get("items")
    if isinstance(items, dict) and _properties(items):
        return _listed(value, items)
    if schema.get("type") == "array" and isinstance(value, str | int):
        return [part.strip() for part in value.split(",")] if isinstance(value, str) else [value]
    if schema.get("type") in ("integer", ["integer", "null"]):
        return _whole_number(value)
    if isinstance(value, dict) and _properties(schema):
        return next(_calls(value, alone=False), value)
    return value


def _whole_number(value: object) -> object:
    """``5.0``, ``"5"`` and ``"5 min"`` as 5."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    found = _NUMBER.match(value) if isinstance(value, str) else None
    return int(found[1]) if found else value


def _text(value: object) -> object:
    """A list of sentences as one text; an object as an empty text."""
    if isinstance(value, list):
        return " ".join(one for one in value if isinstance(one, str))
    return "" if isinstance(value, dict) else value


def _listed(value: object, schema: Fields) -> object:
    """A list of objects by ``schema``. A single object is a list of one; a string is the first property."""
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return value
    first = next(iter(_properties(schema)))
    if _is_call(schema):
        return list(_listed_calls(value))
    found = (({first: item},) if isinstance(item, str) else _fitting(item, schema) for item in value)
    return [one for fitting in found for one in fitting]


def _properties(schema: Fields) -> dict[str, dict[str, Any]]:
    return cast("dict[str, dict[str, Any]]", schema.get("properties") or {})


def _key(name: object) -> str:
    """A key as schemas spell it: ``Fact IDs`` and ``factIds`` are ``fact_ids``."""
    return _WORD_BREAK.sub("_", str(name).strip()).casefold()
