"""How inputs are changed, beside the changes of bytes that libFuzzer makes by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from tests.fuzz.target import Shape, text_of

Mutate = Callable[[bytes, int], bytes]
"""Changes bytes, of which there may then be at most so many: libFuzzer's own way."""

STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**31, 2**53 + 1, 2**63, 2**64, 10**30, 10**400, 0.5, -0.0, 1e308),
    *("", " ", "0", "null", "\ud800", "\x00", "\u202e", "e\u0301" * 9, "a" * 300, "９", "²", "ß", "İ"),
    *([], {}, [[]], [None], {"": None}),
)
"""Values that parsers forget."""


def mutated(
    data: bytes, max_bytes: int, seed: int, *, shape: Shape, words: Sequence[str], mutate: Mutate
) -> bytes:
    """The input, changed once or a few times."""
    random = Random(seed)
    if shape is Shape.BYTES or random.random() < 0.3:
        return mutate(data, max_bytes)
    change = _changed_json if shape is Shape.JSON else _changed_words
    for _ in range(random.choice((1, 1, 2, 4))):
        data = change(data, random, words, mutate)
    return data[:max_bytes]


# --- Words -------------------------------------------------------------------------------------------------


def _changed_words(data: bytes, random: Random, words: Sequence[str], mutate: Mutate) -> bytes:
    parts = text_of(data).split(" ")
    at = random.randrange(len(parts) + 1)
    match random.randrange(6):
        case 0 | 1:
            parts.insert(at, random.choice(words) if words else "")
        case 2:
            parts[at : at + 1] = []
        case 3:
            parts[at : at + 1] = [random.choice(words)] if words else []
        case 4:
            random.shuffle(parts)
        case 5:
            parts[at:at] = parts[random.randrange(len(parts)) :] * random.choice((1, 1, 2, 8))
    return " ".join(parts).encode("utf-8", "surrogatepass")


# --- JSON --------------------------------------------------------------------------------------------------


def _changed_json(data: bytes, random: Random, words: Sequence[str], mutate: Mutate) -> bytes:
    head, body = data[:1], data[1:]
    try:
        document = [json.loads(body)]
    except (ValueError, RecursionError):
        return mutate(data, len(data) + 32)
    places = list(_places(document))
    holder, key = random.choice(places)
    value = holder[key]
    match random.randrange(7):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict) and words:
            holder[random.choice(words)] = holder.pop(key)
        case 2 if isinstance(value, str):
            holder[key] = text_of(mutate(value.encode("utf-8", "surrogatepass"), len(value) + 16))
        case other:
            holder[key] = _another(value, other, random, words, places)
    return head + json.dumps(document[0] if document else None).encode()


def _another(value: Any, kind: int, random: Random, words: Sequence[str], places: Sequence[Any]) -> Any:
    """A value in the place of that one."""
    if kind == 3 and words:
        return random.choice(words)
    if kind == 4:
        return [value] * random.choice((1, 2, 30))
    if kind == 5:
        holder, key = random.choice(places)
        return json.loads(json.dumps(holder[key]))
    return random.choice(STRANGE)


def _places(value: Any) -> Any:
    """Every place of a document: what holds it, and its key there."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])
