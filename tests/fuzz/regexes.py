"""Looks for patterns of oO's that take super-linear time on hostile text: ``python -m tests.fuzz.regexes``.

Every pattern that any module compiles is taken. For each of its repetitions, a text is made that matches the
pattern up to there, goes round the repetition again and again, and then fails: backtracking tries every way to
divide such a text. The time for texts of two lengths tells how it grows.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
import re
import re._constants as ops  # type: ignore[import-not-found]  # no other parser knows all of its syntax
import re._parser as parser  # type: ignore[import-not-found]
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

LENGTHS = (1_000, 4_000)
MAX_SECONDS = 0.05
"""Of processor time for the longer text. Linear patterns take some microseconds."""

MAX_GROWTH = 8.0
"""Of the time, where the text is four times as long. Quadratic work grows 16 times."""

MAX_SECONDS_A_PATTERN = 1.0
"""Of processor time: long patterns have thousands of repetitions."""

PACKAGES = ("core", "bot", "adapters", "jobs")
MAX_DEPTH = 5
"""Of tables within each other that are looked through for patterns."""

TAILS = ("\x00", "!", " ", "\n", "")
"""What may follow, so that the pattern fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """A pattern and a text on which it is slow."""

    where: str
    """The module that compiled it."""
    pattern: str
    text: str
    """The beginning of the text."""
    seconds: tuple[float, ...]
    """For each of ``LENGTHS``."""


def compiled_patterns() -> dict[str, tuple[str, re.Pattern[str]]]:
    """All patterns by their text and flags, with the module that first compiled each."""
    found: dict[str, tuple[str, re.Pattern[str]]] = {}
    for module in _modules():
        for pattern in _patterns_in(vars(module)):
            if isinstance(pattern.pattern, str):
                found.setdefault(f"{pattern.flags} {pattern.pattern}", (module.__name__, pattern))
    return found


def _modules() -> Iterator[Any]:
    for name in PACKAGES:
        package = importlib.import_module(name)
        yield package
        for one in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not one.name.endswith("__main__"):
                yield importlib.import_module(one.name)


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns in a module's constants, also in tables of them, and those that are compiled lazily."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(compiled := getattr(value, "compiled", None), re.Pattern):
        yield compiled
    elif depth < MAX_DEPTH:
        for one in _held(value):
            yield from _patterns_in(one, depth + 1)


def _held(value: object) -> Iterable[object]:
    """What a collection or a record of oO's holds."""
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, (tuple, list, set, frozenset)):
        return value
    names = getattr(type(value), "__slots__", ()) if type(value).__module__.startswith(PACKAGES) else ()
    return [getattr(value, name, None) for name in names]


# --- Texts -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pump:
    before: str
    again: str


def hostile_texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Beginnings, parts to be repeated, and ends, for each repetition of a pattern."""
    for pump in dict.fromkeys(_pumps(parser.parse(pattern.pattern, pattern.flags), "")):
        for tail in TAILS:
            yield pump.before, pump.again, tail
            if pump.before:
                yield "", pump.before + pump.again, tail  # a search begins anew at every place


def _pumps(tree: Iterable[Any], before: str) -> Iterator[_Pump]:
    for op, about in tree:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            _, most, body = about
            for again in _samples(body):
                if again and most > 4:
                    yield _Pump(before, again)
            yield from _pumps(body, before)
        else:
            for inner in _inner(op, about):
                yield from _pumps(inner, before)
        before += next(iter(_samples([(op, about)])), "")


def _inner(op: Any, about: Any) -> Sequence[Any]:
    if op is ops.SUBPATTERN:
        return [about[3]]
    if op is ops.BRANCH:
        return list(about[1])
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [about[1]]
    if op is ops.ATOMIC_GROUP:
        return [about]
    return []


def _samples(tree: Iterable[Any], many: int = 3) -> list[str]:
    """A few texts that the tree matches."""
    texts = [""]
    for op, about in tree:
        parts = _parts(op, about, many)
        texts = [
            text + parts[place % len(parts)]
            for place in range(max(len(texts), len(parts)))
            for text in [texts[place % len(texts)]]
        ]
    return texts[: many * 4]


def _parts(op: Any, about: Any, many: int) -> list[str]:
    if op is ops.LITERAL:
        return [chr(about)]
    if op is ops.IN:
        return _in(about)
    if op in (ops.ANY, ops.NOT_LITERAL):
        return ["a", " "] if about != ord("a") else ["b"]
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, most, body = about
        once = _samples(body, many)
        return [one * max(least, min(1, most)) for one in once] or [""]
    if op is ops.BRANCH:
        return [text for branch in about[1][:many] for text in _samples(branch, many)[:2]] or [""]
    if op is ops.SUBPATTERN:
        return _samples(about[3], many)
    return _samples(about, many) if op is ops.ATOMIC_GROUP else [""]


_CATEGORIES = {
    ops.CATEGORY_DIGIT: "1",
    ops.CATEGORY_SPACE: " ",
    ops.CATEGORY_WORD: "a",
    ops.CATEGORY_NOT_DIGIT: "a",
    ops.CATEGORY_NOT_SPACE: "a",
    ops.CATEGORY_NOT_WORD: " ",
}


def _in(about: Any) -> list[str]:
    if about and about[0][0] is ops.NEGATE:
        test = re.compile("[^" + "".join(_written(one) for one in about[1:]) + "]")
        return [one for one in "a 1-.x,;:\n" if test.match(one)][:3] or ["\u4e00"]
    found = []
    for op, value in about:
        if op is ops.LITERAL:
            found.append(chr(value))
        elif op is ops.RANGE:
            found.append(chr(value[0]))
        elif op is ops.CATEGORY:
            found.append(_CATEGORIES[value])
    return found[:3] + found[-1:]


def _written(item: Any) -> str:
    op, value = item
    if op is ops.LITERAL:
        return re.escape(chr(value))
    if op is ops.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    sign = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}
    name = str(value).rpartition("_")[2]
    return "\\" + (sign[name].upper() if "NOT" in str(value) else sign[name])


# --- Time --------------------------------------------------------------------------------------------------


def slow_text(where: str, pattern: re.Pattern[str]) -> Slow | None:
    """The first text of those that make the pattern slow; None if none does within the time for one pattern."""
    ends_at = time.thread_time() + MAX_SECONDS_A_PATTERN
    for before, again, tail in hostile_texts(pattern):
        for use in (pattern.fullmatch, pattern.search):
            short, long = (before + again * (length // len(again)) + tail for length in LENGTHS)
            seconds = _seconds(use, short)
            if seconds < MAX_SECONDS / MAX_GROWTH**2:  # the longer one would not take long enough
                continue
            longer = _seconds(use, long) if seconds < MAX_SECONDS else math.inf
            grows = math.isinf(longer) or longer > MAX_GROWTH * seconds
            if grows and longer > MAX_SECONDS:
                text = before + again * 3 + tail
                return Slow(where=where, pattern=pattern.pattern, text=text[:80], seconds=(seconds, longer))
        if time.thread_time() > ends_at:
            break
    return None


def _seconds(use: Callable[[str], object], text: str) -> float:
    """Processor time for a text. One that takes exponential time shows it in a part of itself."""
    for length in (*range(14, 40), 100, len(text)):
        begun = time.thread_time()
        use(text[: min(length, len(text) - 1)] + text[-1:])
        seconds = time.thread_time() - begun
        if seconds > MAX_SECONDS:
            return math.inf if length < len(text) else seconds
    return seconds


def main() -> int:
    """Print the slow patterns; 1 if there are any."""
    patterns = compiled_patterns()
    print(f"{len(patterns)} patterns", flush=True)
    is_any_slow = False
    for where, pattern in patterns.values():
        if slow := slow_text(where, pattern):
            is_any_slow = True
            short, long = slow.seconds
            print(f"{slow.where}: {short:.3f} s, {long:.3f} s: {slow.text!r}", flush=True)
            print(f"    {slow.pattern[:200]}", flush=True)
    return int(is_any_slow)


if __name__ == "__main__":
    sys.exit(main())
