"""Finds JSON values in a text with prose and fences around them, and repairs broken ones.

Tests: tests/core/llm/test_answers.py.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator

MAX_NESTING = 12
MAX_STARTS = 40
"""How many brackets are tried as the start of a value."""

MAX_REPAIR_CHARS = 5_000
MAX_REPAIR_BRACKETS = 64
"""Longer texts are not repaired. No answer needs more, and a few hundred random brackets take a second."""

CUT_OFF = "\ue000"
"""Appended to a text before repair: a string, number or word that was cut off ends with it."""

_NEEDS_LETTER = (":", *"0123456789")
"""After these the mark needs a letter before it, to become part of the value."""

REPAIR_ERRORS = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What json_repair raises for text that it cannot repair; random text triggers each of them."""

BRACKET = re.compile(r"[{\[]")
_ANY_BRACKET = re.compile(r"[{\[]|[}\]]")
# A string counts only where a line or a fence begins, if it contains an object or a list.
_VALUE_START = re.compile(r'[{\[]|(?<![^\n`])"(?=[{\[]|\\+")')
_SMART_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_NOTHING = object()


def is_nested_deeply(text: str) -> bool:
    """Whether brackets in ``text`` are nested deeper than in any answer."""
    depth = 0
    for bracket in _ANY_BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "{[" else max(0, depth - 1)
        if depth > MAX_NESTING:
            return True
    return False


def valid(text: str) -> Iterator[object]:
    """The valid JSON values in ``text``, in order, without those inside of others."""
    at = tried = 0
    while (bracket := _VALUE_START.search(text, at)) and tried < MAX_STARTS:
        at = bracket.end()
        tried += 1
        for value, end in decoded(text, bracket.start()):
            at = end
            yield value


def decoded(text: str, start: int) -> Iterator[tuple[object, int]]:
    """The value that begins at ``start`` and its end; nothing if it is not valid JSON."""
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    try:
        yield decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return


def _refuse_constant(constant: str) -> float:
    raise ValueError(f"{constant} is not JSON")


def repaired(text: str) -> object:
    """The first JSON value in ``text``, repaired; None if there is none."""
    bracket = BRACKET.search(text)
    if bracket is None:
        return None
    from json_repair import repair_json  # imported here because most answers need no repair

    broken = text[bracket.start() :][:MAX_REPAIR_CHARS].replace(CUT_OFF, "")
    if broken.count("{") + broken.count("[") > MAX_REPAIR_BRACKETS:
        return None
    if '"' not in broken:
        broken = broken.translate(_SMART_QUOTES)
    mark = f"x{CUT_OFF}" if broken.rstrip().endswith(_NEEDS_LETTER) else CUT_OFF
    try:
        return _without_cut_off(repair_json(broken + mark, return_objects=True))
    except REPAIR_ERRORS:
        return None


def _without_cut_off(value: object) -> object:
    """``value`` without what was cut off, and without empty strings and NaN, which repair may add."""
    if isinstance(value, dict):
        inner = {str(key): _without_cut_off(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item is not _NOTHING}
    if isinstance(value, list):
        return [item for item in map(_without_cut_off, value) if item is not _NOTHING]
    if isinstance(value, str) and (not value or CUT_OFF in value):
        return _NOTHING
    return None if isinstance(value, float) and not math.isfinite(value) else value
