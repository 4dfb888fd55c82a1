"""``oo chat``: one person at the terminal, with the same core, store and jobs as every channel."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from adapters.storage.store import TROUBLE_LOG
from adapters.terminal import PERSON, Known, Ports, Terminal, open_terminal
from bot import texts
from bot.app import App, build, language_model
from bot.commands import COMMANDS
from bot.intake import Intake
from bot.screens.tips import arriving as tip_screen
from bot.settings import Settings
from bot.warming import warm_up
from core.chat import Channel, Sender
from core.ports import Clock, Messenger
from core.push import push_to
from core.world import World
from jobs.clockwork import Job

STAYS = 2.0
"""Seconds after which somebody at the terminal is taken to stay a while."""


async def chat(settings: Settings) -> None:
    """Chat until the end of the input; pushes arrive while it is open.

    Raises ``StoreUnavailable`` when something that was typed could not be stored, after saying what.
    """
    logging.getLogger(TROUBLE_LOG).setLevel(logging.CRITICAL)  # the terminal says so in its own words
    terminals: list[Terminal] = []

    async def known(sender: Sender) -> bool:
        return await _is_known(app, sender)

    def connect(intake: Intake, clock: Clock) -> Mapping[Channel, Messenger]:
        terminals.append(_terminal(settings, intake, clock, known))
        return {Channel.TERMINAL: terminals[0]}

    model = await language_model(settings)
    app = await build(settings, connect, model=model, push=lambda world: _push_own(world, settings))
    try:
        await app.start()
        app.clockwork.start()
        warming = asyncio.create_task(_warm_up_later(app))
        await terminals[0].run()
        warming.cancel()
        await app.pause()
        if terminals[0].lost:
            raise terminals[0].lost
        if not await _is_known(app, terminals[0].sender):
            _forget_what_was_typed(settings)
    finally:
        await app.close()


async def _warm_up_later(app: App) -> None:
    """A few lines through a pipe are answered, and over, before it would be of use."""
    await asyncio.sleep(STAYS)
    await warm_up(app)


def _push_own(world: World, settings: Settings) -> Job:
    """A terminal looks after its own person: everybody else is for ``oo run``."""

    async def push() -> None:
        async with world.store.read() as unit:
            account = await unit.people.account(Channel.TERMINAL, PERSON)
        if account:
            await push_to(account.person_id, world, tip_screen)

    return Job(name="push", seconds=settings.config.jobs.push, run=push)


def _terminal(settings: Settings, intake: Intake, clock: Clock, known: Known) -> Terminal:
    folder = settings.environment.data_folder()
    ports = Ports(
        accept=intake.accept,
        settled=intake.settled,
        known=known,
        clock=clock,
        downloads=folder,
        untaken=lambda trouble: texts.STORE_UNTAKEN.format(why=texts.STORE_WHY[trouble.reason]),
        not_kept=lambda trouble, line: texts.STORE_NOT_KEPT.format(
            why=texts.STORE_WHY[trouble.reason], text=line
        ),
    )
    commands = {entry.name: entry.description for entry in COMMANDS.values()}
    run_id = f"{clock.now().timestamp():.6f}"
    return open_terminal(ports, run_id=run_id, commands=commands, history=settings.environment.history())


async def _is_known(app: App, sender: Sender) -> bool:
    async with app.store.read() as unit:
        return await unit.people.account(sender.channel, sender.external_id) is not None


def _forget_what_was_typed(settings: Settings) -> None:
    """Somebody who had everything deleted leaves no typed lines behind either."""
    settings.environment.history().unlink(missing_ok=True)
