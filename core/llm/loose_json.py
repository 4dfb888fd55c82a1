"""Text -> the JSON values in it, as they stand or mended; among prose, fences and what is no JSON at all."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator

MAX_NESTING = 12
MAX_STARTS = 40
"""How many brackets are tried as the beginning of JSON."""

MAX_MENDED = 5_000
MAX_OBJECTS = 64
"""Characters, and objects and lists, that are mended: more than any answer needs. Of random brackets, a few
hundred take a second.
"""

CUT_OFF = "\ue000"
"""A mark behind the text: a string, number or word that was cut off ends in it."""

_UNFINISHED = (":", *"0123456789")
"""After these the mark needs a letter before it to be taken for a part of the value."""

WHERE_MENDING_ENDS = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What json_repair raises where it is at its wits' end; random text finds all kinds."""

BRACKET = re.compile(r"[{\[]")
_NESTING = re.compile(r"[{\[]|[}\]]")
# Of an object, a list, or a string that holds one: where a line or a fence begins, elsewhere it is a value.
_BEGINNING = re.compile(r'[{\[]|(?<![^\n`])"(?=[{\[]|\\+")')
_SMART_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_NOTHING = object()


def is_nested_deeply(text: str) -> bool:
    """Whether more brackets are open at once in ``text`` than any answer has."""
    depth = 0
    for bracket in _NESTING.finditer(text):
        depth = depth + 1 if bracket[0] in "{[" else max(0, depth - 1)
        if depth > MAX_NESTING:
            return True
    return False


def valid(text: str) -> Iterator[object]:
    """The JSON values in ``text`` that need no mending, outermost only, in their order."""
    at = tried = 0
    while (bracket := _BEGINNING.search(text, at)) and tried < MAX_STARTS:
        at = bracket.end()
        tried += 1
        for value, end in decoded(text, bracket.start()):
            at = end
            yield value


def decoded(text: str, start: int) -> Iterator[tuple[object, int]]:
    """The value that begins at ``start`` and where it ends, if it is JSON."""
    decoder = json.JSONDecoder(parse_constant=_refuse)
    try:
        yield decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")


def mended(text: str) -> object:
    """What the JSON in ``text`` would be, were it written well: None for none."""
    bracket = BRACKET.search(text)
    if bracket is None:
        return None
    from json_repair import repair_json  # most answers need no mending

    broken = text[bracket.start() :][:MAX_MENDED].replace(CUT_OFF, "")
    if broken.count("{") + broken.count("[") > MAX_OBJECTS:
        return None
    if '"' not in broken:
        broken = broken.translate(_SMART_QUOTES)
    mark = f"x{CUT_OFF}" if broken.rstrip().endswith(_UNFINISHED) else CUT_OFF
    try:
        return _whole(repair_json(broken + mark, return_objects=True))
    except WHERE_MENDING_ENDS:
        return None


def _whole(value: object) -> object:
    """``value`` without what was cut off, without empty texts, which mending makes, and what is no number."""
    if isinstance(value, dict):
        kept = {str(key): _whole(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner is not _NOTHING}
    if isinstance(value, list):
        return [inner for inner in map(_whole, value) if inner is not _NOTHING]
    if isinstance(value, str) and (not value or CUT_OFF in value):
        return _NOTHING
    return None if isinstance(value, float) and not math.isfinite(value) else value
