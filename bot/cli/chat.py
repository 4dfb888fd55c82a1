"""``oo chat``: one person at the terminal, with the core, store and jobs of every channel.

Tests: tests/scenarios/test_terminal.py, tests/scenarios/test_terminal_pipe.py.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, TypeVar

from adapters.storage.store import TROUBLE_LOG
from adapters.terminal import (
    LOCAL_PERSON,
    ActiveButtons,
    IsKnown,
    RecallButtons,
    Terminal,
    TerminalPorts,
    TerminalWords,
    open_terminal,
)
from bot.app import STOP_TIMEOUT_SECONDS, App, build, language_model
from bot.cli.event_stream import event_stream
from bot.cli.logs import log_to_file
from bot.cli.warming import warm_up
from bot.conversation.commands import COMMANDS
from bot.intake import Intake
from bot.scheduled import bell
from bot.screens import texts, texts_terminal
from bot.screens.tips import arriving as tip_screen
from bot.settings import Settings
from core.chat import Button, Channel, Sender
from core.delivery.push import push_to
from core.dependencies import Dependencies
from core.errors import StoreUnavailable
from core.ports import Clock, Messenger
from jobs.remind import Reminding
from jobs.scheduler import Job

WARM_UP_DELAY_SECONDS = 2.0
"""A chat that lasts longer than this is likely to ask the language model something."""

TELL_SOURCES_TIMEOUT_SECONDS = 5.0
"""How long the end of a chat waits for a task source."""

LOG_FILE = "chat.log"
"""In the data folder: lines of the log do not come between those of the chat, unless DEBUG is asked for."""

P = ParamSpec("P")
T = TypeVar("T")
Speaking = Callable[[], AbstractContextManager[None]]
"""Speaks the language of the terminal's person within a block."""

EXIT_INTERRUPTED = 130
"""The shells' exit code of a process that SIGINT ended."""


async def chat(settings: Settings) -> int:
    """Chat until the input ends or a signal arrives. Tips are pushed meanwhile.

    Returns the exit code: 0, or 130 after SIGINT, which does not wait for answers. Raises
    ``StoreUnavailable`` when typed lines could not be stored, after printing them.
    """
    _log_beside(settings)
    terminals: list[Terminal] = []

    async def known(sender: Sender) -> bool:
        return await _is_known(app, sender)

    async def recall(sender: Sender) -> ActiveButtons | None:
        return await _on_screen(app, sender)

    def speaking() -> AbstractContextManager[None]:
        return app.router.speaking_to(terminals[0].sender)

    def connect(intake: Intake, clock: Clock) -> Mapping[Channel, Messenger]:
        terminals.append(_terminal(settings, intake, clock, known=known, recall=recall, speaking=speaking))
        return {Channel.TERMINAL: terminals[0]}

    model = await language_model(settings)
    app = await build(
        settings,
        connect,
        model=model,
        push=lambda deps: _push_own(deps, settings),
        stream=event_stream(settings),
    )
    try:
        await app.router.remember_language(terminals[0].sender)
        await app.start()
        app.scheduler.start()
        warming = asyncio.create_task(_warm_up_later(app))
        async with _connecting(app):
            stop = await _run(terminals[0])
        warming.cancel()
        if stop is signal.SIGINT:
            await app.pause(0.0)
        else:
            await app.pause(STOP_TIMEOUT_SECONDS, at_last=partial(_tell_sources, app))
        if terminals[0].store_failure:
            raise terminals[0].store_failure
        if not await _is_known(app, terminals[0].sender):
            _delete_history(settings)
    finally:
        await app.close()
    return EXIT_INTERRUPTED if stop is signal.SIGINT else 0


def _log_beside(settings: Settings) -> None:
    """Keep the log out of the chat, unless every line of it is asked for."""
    logging.getLogger(TROUBLE_LOG).setLevel(logging.CRITICAL)  # the terminal reports it itself
    if settings.config.log.level != "DEBUG":
        folder = settings.environment.data_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        log_to_file(folder / LOG_FILE)


def _connecting(app: App) -> AbstractAsyncContextManager[None]:
    """What lets the person connect accounts; nothing is loaded for it where nobody can."""
    if not app.deps.oauth:
        return nullcontext()
    from bot.cli.todoist_routes import callback_for_chat

    return callback_for_chat(app)


async def _tell_sources(app: App) -> None:
    """Send what waits for a task source: a chat of a few lines ends before the job has run once."""
    if app.providers:
        with suppress(TimeoutError):  # the next chat sends it as the same request
            async with asyncio.timeout(TELL_SOURCES_TIMEOUT_SECONDS):
                await app.scheduler.run("relay")


@dataclass(slots=True)
class StopSignal:
    """The signal that asked the chat to end, if any."""

    by: signal.Signals | None = None
    event: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self, by: signal.Signals) -> None:
        """Store the first signal."""
        self.by = self.by or by
        self.event.set()


async def _run(terminal: Terminal) -> signal.Signals | None:
    """Chat until the person leaves or a signal arrives, which is returned. At a TTY, Ctrl-C is only a key."""
    stop, loop = StopSignal(), asyncio.get_running_loop()
    signals = [signal.SIGTERM] if terminal.handles_interrupts else [signal.SIGTERM, signal.SIGINT]
    for one in signals:
        loop.add_signal_handler(one, stop.end, one)
    chatting, ending = asyncio.create_task(terminal.run()), asyncio.create_task(stop.event.wait())
    try:
        await asyncio.wait((chatting, ending), return_when=asyncio.FIRST_COMPLETED)
        if stop.by is None:
            await chatting
        return stop.by
    finally:
        for one in signals:
            loop.remove_signal_handler(one)
        chatting.cancel()
        ending.cancel()
        await asyncio.wait((chatting, ending))


async def _warm_up_later(app: App) -> None:
    """Warm up after a delay: a few lines through a pipe are answered before it would help."""
    await asyncio.sleep(WARM_UP_DELAY_SECONDS)
    await warm_up(app)


def _push_own(deps: Dependencies, settings: Settings) -> Sequence[Job]:
    """The jobs that write to the terminal's own person; ``oo run`` serves everybody else."""
    every, reminding = settings.config.jobs, Reminding(deps, bell(), process="chat")

    async def own() -> str | None:
        async with deps.store.read() as unit:
            account = await unit.people.account(Channel.TERMINAL, LOCAL_PERSON)
        return account.person_id if account else None

    async def push() -> None:
        if person_id := await own():
            await push_to(person_id, deps, tip_screen)

    async def remind() -> None:
        if person_id := await own():
            await reminding.person(person_id)

    return (
        Job(name="push", seconds=every.push, run=push),
        Job(name="remind", seconds=every.remind, run=remind, stop=reminding.stop),
    )


async def _on_screen(app: App, sender: Sender) -> ActiveButtons | None:
    """The buttons of the latest message that has some; None if they no longer work."""
    async with app.store.read() as unit:
        account = await unit.people.account(sender.channel, sender.external_id)
        message = await unit.messages.with_buttons(account.account_id) if account else None
        handle = await unit.handles.get(message.handle) if message and message.handle else None
    if message is None or handle is None:
        return None
    buttons = tuple(
        Button(label=label, verb="", token=f"{handle.handle}.{number}")
        for number, label in enumerate(handle.labels)
    )
    return ActiveButtons(message_id=message.message_id, buttons=buttons) if buttons else None


def _terminal(
    settings: Settings,
    intake: Intake,
    clock: Clock,
    *,
    known: IsKnown,
    recall: RecallButtons,
    speaking: Speaking,
) -> Terminal:
    folder = settings.environment.data_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # a database on a server has made none
    ports = TerminalPorts(
        accept=intake.accept,
        wait_until_answered=intake.wait_until_answered,
        is_known=known,
        clock=clock,
        downloads=folder,
        retry_notice=_in_language(speaking, untaken),
        failure_notice=_in_language(speaking, not_kept),
        recall=recall,
        words=_in_language(speaking, terminal_words),
    )
    run_id, history = f"{clock.now().timestamp():.6f}", settings.environment.history()
    commands = _in_language(speaking, described_commands)
    return open_terminal(ports, run_id=run_id, commands=commands, history=history)


def _in_language(speaking: Speaking, say: Callable[P, T]) -> Callable[P, T]:
    """``say`` in the language of the terminal's person."""

    def said(*args: P.args, **kwargs: P.kwargs) -> T:
        with speaking():
            return say(*args, **kwargs)

    return said


def untaken(trouble: StoreUnavailable) -> str:
    """Says that a line can't be stored yet."""
    return texts.STORE_UNTAKEN.format(why=texts.STORE_WHY[trouble.reason])


def not_kept(trouble: StoreUnavailable, line: str) -> str:
    """Says that a line was not stored."""
    return texts.STORE_NOT_KEPT.format(why=texts.STORE_WHY[trouble.reason], text=line)


def described_commands() -> Mapping[str, str]:
    """The commands and what they are for."""
    return {entry.name: entry.described for entry in COMMANDS.values()}


def terminal_words() -> TerminalWords:
    """What the terminal itself says."""
    return TerminalWords(
        saved=texts_terminal.SAVED,
        no_button=texts_terminal.NO_BUTTON,
        idle=texts_terminal.IDLE,
        thinking=texts_terminal.THINKING,
        leave=texts_terminal.LEAVE,
        leave_by_key=texts_terminal.LEAVE_BY_KEY,
    )


async def _is_known(app: App, sender: Sender) -> bool:
    async with app.store.read() as unit:
        return await unit.people.account(sender.channel, sender.external_id) is not None


def _delete_history(settings: Settings) -> None:
    """Delete the typed lines of a person who had everything deleted."""
    settings.environment.history().unlink(missing_ok=True)
