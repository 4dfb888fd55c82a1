"""A service of the matrix: what oO uses it for, and what became of that.

Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AsyncExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from tests.faults.house import House
from tests.faults.kinds import Kind, Wire
from tests.servers.proxy import Proxy


class Word(StrEnum):
    """What became of it: the verdicts of the matrix."""

    DONE = "done"
    """Once, while the fault went on."""
    LATER = "later"
    """Once, after the fault, without anybody's doing."""
    UNKNOWN = "unknown"
    """oO says that it does not know, and did not repeat it."""
    WITHOUT = "without"
    """People were served without the service."""
    ASKED = "asked again"
    """Nothing happened, the person was told so, and it worked when they tried again."""
    LOST = "LOST"
    TWICE = "TWICE"
    WRONG = "WRONG"
    """oO says that something happened, or did not, and the opposite is the case."""
    HUNG = "HUNG"
    """oO waited for the service far beyond its limits."""
    STUCK = "STUCK"
    """It does not work again without a restart."""


BAD = frozenset({Word.LOST, Word.TWICE, Word.WRONG, Word.HUNG, Word.STUCK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of what oO was doing."""

    word: Word
    detail: str = ""
    """Figures, for whoever looks into a cell."""


class Service(ABC):
    """Used in this order: ``open``, ``settle``, then for each fault ``prepare``, ``act``, ``recover``,
    ``outcome``.
    """

    name: ClassVar[str]
    purpose: ClassVar[str]
    """What oO does during the fault."""
    wire: ClassVar[Wire]
    serves_all: ClassVar[bool] = False
    """Whether nobody can be served without it: a tap elsewhere is answered after the fault."""
    proxy: Proxy
    here: House

    @abstractmethod
    async def open(self, here: House, stack: AsyncExitStack) -> dict[str, str]:
        """Start the service and its proxy; returns oO's environment for it."""

    async def settle(self) -> None:  # noqa: B027 - most need nothing
        """People connect what they need."""

    @abstractmethod
    async def prepare(self) -> None:
        """Before the fault."""

    @abstractmethod
    async def act(self, kind: Kind) -> None:
        """During the fault. Returns when oO has met it."""

    @abstractmethod
    async def recover(self) -> bool:
        """After the fault: use the service anew until it works; False if it does not."""

    @abstractmethod
    async def outcome(self, kind: Kind) -> Outcome:
        """What became of it, when nothing is under way any more."""


def once(count: int, *, state: str, was_done: bool, may_be_done: bool) -> Outcome:
    """The verdict about something that must happen at most once.

    ``count``: how often the service has it. ``state``: what oO says, as in ``DeliveryState``. ``was_done``:
    whether it was there before the fault ended.
    """
    detail = f"{count} times, {state}"
    if count > 1:
        return Outcome(word=Word.TWICE, detail=detail)
    if state == "unknown":
        return Outcome(word=Word.UNKNOWN if may_be_done else Word.WRONG, detail=detail)
    if state == "sent":
        done = Word.DONE if was_done else Word.LATER
        return Outcome(word=done if count else Word.WRONG, detail=detail)
    return Outcome(word=Word.WRONG if count else Word.LOST, detail=detail)
