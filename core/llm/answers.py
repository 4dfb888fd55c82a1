"""A language model's answer -> the JSON object that was asked for.

Models think aloud, put JSON into fences, prose, strings and tool calls, forget brackets, quote wrongly and
stop early. What an answer plainly means is read; nothing is added to it. A value that was cut off is left
out. What the object says is checked elsewhere, as if it had been written well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from core.llm.loose_json import BRACKET, MAX_STARTS, decoded, is_nested_deeply, mended, valid
from core.llm.thinking import spoken

MAX_ANSWER = 20_000
MAX_WRAPPERS = 6
"""How many layers of lists, wrappers and strings may lie around the object."""

Fields = Mapping[str, object]

_JSON = re.compile(r'\s*["{\[]')
_FENCE = re.compile(r"```[\w-]*|~~~[\w-]*")
_WORD_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s-]+")
_ARGUMENTS = ("argument", "arguments", "parameters", "input")
_WRAPPERS = {*_ARGUMENTS, "answer", "content", "data", "json", "output", "response", "result"}
"""Whose strings may hold JSON that counts. Elsewhere it is what somebody typed, repeated by the model."""


def read(text: str, schema: Fields, *, thoughts: str = "") -> Fields:
    """The object by ``schema`` in an answer; one that does not fit it if there is no other.

    ``thoughts`` is what the model thought aloud beside the answer. Where it says nothing else, the object
    counts with which its thoughts end. Raises ``ValueError`` with a reason that holds nothing of the text.
    """
    said = spoken(text).strip()
    if len(said) > MAX_ANSWER:
        raise ValueError("the answer is too long")
    if not said:
        return _end_of_thoughts(f"{thoughts}{text}"[-MAX_ANSWER:], schema)
    if is_nested_deeply(said):
        raise ValueError("the JSON is malformed")
    found = _found(said, schema)
    if found is None:
        has_object = -1 < said.find("{") < said.rfind("}")
        raise ValueError("the JSON is malformed" if has_object else "there is no JSON object")
    return found


def _found(text: str, schema: Fields) -> Fields | None:
    """The object, from JSON as it stands if possible, then mended; at last from its parts."""
    as_it_stands = list(valid(text))
    fitting = _root(as_it_stands, schema)
    if fitting is not None:
        return fitting
    made_whole = [mended(text)]
    return (
        _complete(_root(made_whole, schema), schema)
        or _from_parts(as_it_stands, schema)
        or _complete(_from_parts(made_whole, schema), schema)
        or next((value for value in as_it_stands if isinstance(value, dict) and value), None)
    )


def _end_of_thoughts(thoughts: str, schema: Fields) -> Fields:
    """The object with which ``thoughts`` end: there, JSON is a draft unless it is the last word."""
    text = _FENCE.sub("", thoughts).rstrip()
    starts = [bracket.start() for bracket in BRACKET.finditer(text)][-MAX_STARTS:]
    for start in starts if text.endswith(("}", "]")) else ():
        found = [value for value, end in decoded(text, start) if end == len(text)]
        fitting = _root(found, schema) or _from_parts(found, schema)
        if fitting is not None:
            return fitting
    raise ValueError("there is no answer, only thinking" if thoughts.strip() else "there is no JSON object")


# --- The object that was asked for, within what was found --------------------------------------------------


def _root(values: Iterable[object], schema: Fields) -> Fields | None:
    """The last object among ``values`` that fits ``schema``, if possible one that says something."""
    fitting = [one for value in values for one in _fitting(value, schema)]
    telling = [one for one in fitting if any(one.values())]
    return next(reversed(telling or fitting), None)


def _complete(fields: Fields | None, schema: Fields) -> Fields | None:
    """What was mended, without the objects in it that are not whole; None if that leaves nothing."""
    if fields is None:
        return None
    kept = dict(fields)
    for name, part in _properties(schema).items():
        listed = kept.get(name)
        if isinstance(listed, list) and _properties(part.get("items", {})):
            kept[name] = [one for one in listed if _is_whole(one, part["items"])]
    return kept if any(kept.values()) and _is_whole(kept, schema) else None


def _is_whole(fields: Fields, schema: Fields) -> bool:
    """Whether nothing is missing but what may be null, and the last property: an answer may end too early."""
    *needed, _ = [name for name, part in _properties(schema).items() if "null" not in part.get("type", ())]
    return all(fields.get(name) for name in needed)


def _fitting(value: object, schema: Fields, layer: int = 0) -> Iterator[Fields]:
    """The objects with a property of ``schema``, however they are wrapped, brought into its form."""
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
    """What lies one layer further in: items, values, or the JSON that a string holds."""
    if isinstance(value, dict):
        pairs = ((_key(key), inner) for key, inner in value.items())
        return [inner for key, inner in pairs if key in _WRAPPERS or not isinstance(inner, str)]
    if isinstance(value, list):
        return value
    if isinstance(value, str) and _JSON.match(value) and not is_nested_deeply(value):
        return list(valid(value)) or [mended(value)]
    return ()


def _from_parts(values: Iterable[object], schema: Fields) -> Fields | None:
    """The object that has what was found as its only property: a list of tips, or an action alone."""
    found = list(values)
    for name, part in _properties(schema).items():
        items = part.get("items")
        if isinstance(items, dict) and _properties(items):
            listed = [one for value in found for one in _items(value, items)]
            if listed:
                return {name: listed}
        elif _properties(part):
            actions = [one for value in found for one in _calls(value, alone=True)]
            if actions:
                return {name: actions[-1]}
    return None


def _items(value: object, schema: Fields) -> Iterator[Fields]:
    """The objects among what was found that have the first property of ``schema``."""
    first = next(iter(_properties(schema)))
    return (one for one in _fitting(value, schema) if first in one)


def _calls(value: object, *, alone: bool) -> Iterator[Fields]:
    """What is called by its ``name``, as an object with that and an ``argument``.

    ``alone``, nothing but its arguments tells it from anything else that has a name.
    """
    for called in _fitting(value, {"properties": {name: {} for name in ("name", *_ARGUMENTS)}}):
        given = [called[name] for name in _ARGUMENTS if name in called]
        if isinstance(called.get("name"), str) and (given or not alone):
            yield {"name": called["name"], "argument": _argument(given[0]) if given else ""}


def _argument(given: object) -> object:
    """The one argument: given as it is, as an object with one string in it, or as that object's JSON."""
    if _is_object(given):
        given = next(iter(_inner(given)), given)
    if not isinstance(given, dict):
        return given or ""
    strings = [value for value in given.values() if isinstance(value, str)]
    return given.get("argument", strings[0] if len(strings) == 1 else "")


def _conforming(named: Fields, schema: Fields, layer: int) -> Fields:
    """The properties of ``schema`` that are named, each in the type it should have where that is plain.

    Where one of them is a text that holds the whole object once more, that counts.
    """
    parts = {name: part for name, part in _properties(schema).items() if name in named}
    texts = [named[name] for name, part in parts.items() if part.get("type") == "string"]
    again = [one for text in texts if _is_object(text) for one in _fitting(text, schema, layer + 1)]
    return again[-1] if again else {name: _typed(named[name], part) for name, part in parts.items()}


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
        return [value]
    if isinstance(value, dict) and _properties(schema):
        return next(_calls(value, alone=False), value)
    return value


def _text(value: object) -> object:
    """Sentences in a list as one text; an object where a text should be says nothing."""
    if isinstance(value, list):
        return " ".join(one for one in value if isinstance(one, str))
    return "" if isinstance(value, dict) else value


def _listed(value: object, schema: Fields) -> object:
    """A list of objects by ``schema``: one alone is a list of one, a string alone is its first property."""
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return value
    first = next(iter(_properties(schema)))
    found = (({first: item},) if isinstance(item, str) else _fitting(item, schema) for item in value)
    return [one for fitting in found for one in fitting]


def _properties(schema: Fields) -> dict[str, dict[str, Any]]:
    return cast("dict[str, dict[str, Any]]", schema.get("properties") or {})


def _key(name: object) -> str:
    """A key in the spelling of schemas: ``Fact IDs`` and ``factIds`` are ``fact_ids``."""
    return _WORD_BREAK.sub("_", str(name).strip()).casefold()
