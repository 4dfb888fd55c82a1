"""The few rules that Block Kit's schemas are made of; each complains as Slack does, with a JSON pointer."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Check = Callable[[Any, str], Iterator[str]]
"""(value, JSON pointer) -> what is wrong with it."""


def anything(_value: Any, _at: str) -> Iterator[str]:
    """No rule."""
    yield from ()


def boolean(value: Any, at: str) -> Iterator[str]:
    """true or false."""
    if not isinstance(value, bool):
        yield _problem("must provide a boolean", at)


def whole(value: Any, at: str) -> Iterator[str]:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        yield _problem("must provide a number", at)


def string(*, most: int, least: int = 1) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield _problem("must provide a string", at)
        elif len(value) > most:
            yield _problem(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            yield _problem(f"must be more than {least - 1} characters", at)

    return check


def one_of(*values: str) -> Check:
    """One of these strings."""

    def check(value: Any, at: str) -> Iterator[str]:
        if value not in values:
            yield _problem(f"must be one of {', '.join(values)}", at)

    return check


def array(item: Check, *, most: int, least: int = 1) -> Check:
    """`least` to `most` items that each keep the rule `item`."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield _problem("must provide an array", at)
            return
        if len(value) > most:
            yield _problem(f"no more than {most} items allowed", at)
        if len(value) < least:
            yield _problem(f"no less than {least} items allowed", at)
        for index, each in enumerate(value):
            yield from item(each, f"{at}/{index}")

    return check


def record(
    *,
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    any_of: tuple[str, ...] = (),
) -> Check:
    """An object with these fields and, beside `type`, no other; at least one of `any_of` is there."""
    needed = required or {}
    known = {"type": anything, **needed, **(optional or {})}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield _problem("must provide an object", at)
            return
        yield from (_problem(f"missing required field: {name}", at) for name in needed if name not in value)
        if any_of and not any(value.get(name) for name in any_of):
            yield _problem(f"missing required field: {' or '.join(any_of)}", at)
        for name, field in value.items():
            if name in known:
                yield from known[name](field, f"{at}/{name}")
            else:
                yield _problem(f"invalid additional property: {name}", at)

    return check


def tagged(variants: Mapping[str, Check]) -> Check:
    """An object whose `type` names the rule it keeps."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield _problem("must provide an object", at)
        elif not isinstance(value.get("type"), str):
            yield _problem("missing required field: type", at)
        elif value["type"] not in variants:
            yield _problem(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            yield from variants[value["type"]](value, at)

    return check


def then(first: Check, second: Check) -> Check:
    """`first`, and `second` only for what `first` found nothing wrong with."""

    def check(value: Any, at: str) -> Iterator[str]:
        problems = list(first(value, at))
        yield from problems or second(value, at)

    return check


def _problem(what: str, at: str) -> str:
    return f"{what} [json-pointer:{at or '/'}]"
