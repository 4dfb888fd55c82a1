"""Column types: times as integers, enum members as text, records as JSON, vectors as bytes.

They convert in both directions, so that a row and its record have the same values. Each gives SQLAlchemy one
plain function per direction, for speed: one tip reads thousands of values.
"""

from __future__ import annotations

import json
import logging
import struct
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import BigInteger, Dialect, LargeBinary, Text, TypeDecorator

_log = logging.getLogger(__name__)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BYTES_PER_DOUBLE = 8

A = TypeVar("A")
B = TypeVar("B")


class _Stored(TypeDecorator[Any], ABC):
    """A value with another representation in the database. None is NULL in both directions."""

    @abstractmethod
    def store(self, value: Any) -> Any:
        """The representation of ``value`` in the database."""

    @abstractmethod
    def load(self, stored: Any) -> Any:
        """The value that is represented by ``stored``."""

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return _or_none(self.store)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        return _or_none(self.load)


def _or_none(translate: Callable[[A], B]) -> Callable[[A | None], B | None]:
    return lambda value: None if value is None else translate(value)


class Moment(_Stored):
    """An instant as microseconds since 1970 in UTC: exact, sortable, small in an index."""

    impl = BigInteger
    cache_ok = True

    def store(self, value: datetime) -> int:
        """Raises ``ValueError`` for a naive time: it would be a different instant on every machine."""
        if value.tzinfo is None:
            raise ValueError("a naive time can't be stored")
        return (value - _EPOCH) // _MICROSECOND

    def load(self, stored: int) -> datetime:
        return _EPOCH + timedelta(microseconds=stored)


class Word(_Stored):
    """A member of a ``StrEnum`` as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind
        self._members = {member.value: member for member in kind}

    def store(self, value: str) -> str:
        return self.kind(value).value

    def load(self, stored: str) -> StrEnum:
        return self._members[stored]


class Json(_Stored):
    """A record, or a container of records, of the type ``shape`` as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    def store(self, value: Any) -> str:
        return _adapter(self.shape).dump_json(value).decode()

    def load(self, stored: str) -> Any:
        return _adapter(self.shape).validate_json(stored)


class JsonIfReadable(Json):
    """As ``Json``; an unreadable value is logged and becomes None, so that the row can still be read."""

    cache_ok = True

    def load(self, stored: str) -> Any:
        try:
            return super().load(stored)
        except ValidationError:
            _log.warning("a %s in the database can't be read", getattr(self.shape, "__name__", "value"))
            return None


class PlainJson(_Stored):
    """JSON text as what it says, without its record."""

    impl = Text
    cache_ok = True

    def store(self, value: Any) -> str:
        return json.dumps(value)

    def load(self, stored: str) -> Any:
        return json.loads(stored)


class Vector(_Stored):
    """Doubles as little-endian bytes, so that a replay reads the very same bits."""

    impl = LargeBinary
    cache_ok = True

    def store(self, value: tuple[float, ...]) -> bytes:
        return struct.pack(f"<{len(value)}d", *value)

    def load(self, stored: bytes) -> tuple[float, ...]:
        return struct.unpack(f"<{len(stored) // _BYTES_PER_DOUBLE}d", stored)


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
