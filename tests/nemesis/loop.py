"""An event loop on virtual time, and the lives of processes in it.

Where every task waits for a timer, the loop's time jumps to the next one. A task belongs to the life in whose
context it was made. A frozen life does nothing until it is thawed; a dead one never does anything again.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Generator
from contextvars import Context, ContextVar, copy_context
from typing import Any, TypeVar

RESOLUTION_SECONDS = 1e-6
"""A timer that is nearer than this is due: after years, a float tells no smaller spans apart."""

T = TypeVar("T")
Step = tuple[Callable[..., object], tuple[Any, ...], Context]

_LIFE: ContextVar[Life | None] = ContextVar("life", default=None)


class Killed(asyncio.CancelledError):
    """The process was killed: nothing of it goes on, and nothing that it does has an effect."""


class Life:
    """A process from its start to its end, as far as the loop knows it."""

    def __init__(self) -> None:
        self.is_dead = False
        self.is_frozen = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self._held_back: list[Step] = []

    def check(self) -> None:
        """Raises ``Killed``. Called by everything that reaches the world outside of the process."""
        if self.is_dead:
            raise Killed

    def run(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start a task of this life."""
        context = copy_context()
        context.run(_LIFE.set, self)
        return asyncio.get_running_loop().create_task(work, context=context)

    def freeze(self) -> None:
        """As SIGSTOP."""
        self.is_frozen = True

    def thaw(self) -> None:
        """As SIGCONT."""
        self.is_frozen = False
        held_back, self._held_back = self._held_back, []
        for callback, arguments, context in held_back:
            asyncio.get_running_loop().call_soon(callback, *arguments, context=context)

    def die(self) -> None:
        """As SIGKILL. What its tasks do while they are cancelled has no effect."""
        self.is_dead = True
        if self.is_frozen:
            self.thaw()
        for task in [*self._tasks]:
            if task is not asyncio.current_task():
                task.cancel()

    async def buried(self) -> None:
        """Return when no task is left of a dead life. Called from outside of it."""
        while self._tasks:
            for task in [*self._tasks]:
                task.cancel()
            await asyncio.sleep(0)

    def adopt(self, task: asyncio.Task[Any]) -> None:
        """The task belongs to it."""
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def hold_back(self, step: Step) -> None:
        """A step that is due while the life is frozen."""
        self._held_back.append(step)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if self.is_dead and not task.cancelled():
            task.exception()  # nobody else retrieves it


def current_life() -> Life | None:
    """The life to which the running code belongs; None: the world outside."""
    return _LIFE.get()


class _JumpingSelector(selectors.SelectSelector):
    """Does not wait: it lets the time of the loop pass instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("every task waits for another one")
        self.now += max(0.0, timeout)
        return super().select(0) if timeout else []


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose time begins at 0, and is that of the simulation."""

    def __init__(self) -> None:
        self._virtual = _JumpingSelector()
        super().__init__(self._virtual)
        self._clock_resolution = RESOLUTION_SECONDS
        self.set_task_factory(_made)

    def time(self) -> float:
        return self._virtual.now

    def call_soon(  # type: ignore[override]  # the handle of a step that is held back is never used
        self, callback: Callable[..., object], *arguments: Any, context: Context | None = None
    ) -> asyncio.Handle | None:
        context = context or copy_context()
        life = context.get(_LIFE)
        if life is not None and life.is_frozen:
            life.hold_back((callback, arguments, context))
            return asyncio.Handle(callback, arguments, self, context)
        return super().call_soon(callback, *arguments, context=context)

    def run_in_executor(  # type: ignore[override]  # threads would make runs differ
        self, executor: object, work: Callable[..., T], *arguments: Any
    ) -> asyncio.Future[T]:
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(work(*arguments))
        except Exception as fault:
            future.set_exception(fault)
        return future


def _made(
    loop: asyncio.AbstractEventLoop,
    work: Coroutine[Any, Any, T] | Generator[Any, None, T],
    context: Context | None = None,
) -> asyncio.Task[T]:
    task = asyncio.Task(work, loop=loop, context=context)
    life = (context or copy_context()).get(_LIFE)
    if life is not None:
        life.adopt(task)
    return task


def run(work: Coroutine[Any, Any, T]) -> T:
    """What ``work`` returns on a loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
