"""The jobs of the process: what runs from time to time, and what people hear of it.

Tests: tests/scenarios/test_process.py, tests/jobs/test_scheduler.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from bot.conversation.tokens import hide_tokens
from bot.languages.active import speaking_to
from bot.screens import calendars as calendars_screen
from bot.screens import connect as connect_screen
from bot.screens import mail as mail_screen
from bot.screens import texts, texts_calendar, texts_privacy, texts_sources
from bot.screens.daily import daily
from bot.screens.markup import say
from bot.screens.tips import arriving as tip_screen
from bot.settings import Settings
from bot.sources import connecting_jobs
from core.chat import Channel, Message
from core.delivery.push import push_due
from core.delivery.remind import Bell
from core.delivery.results import recover_orphans
from core.delivery.send import deliver_waiting
from core.dependencies import Dependencies
from core.learning.refit import refresh_if_due
from core.learning.update import reward_ignored_tips
from core.records import Account, Integration, Person, Task, TaskSource
from jobs.budget import tell_spent
from jobs.embed import Embedding
from jobs.evaluation import evaluate_if_due
from jobs.mail_notices import Ended, tell_ended
from jobs.prune import prune
from jobs.publish import Publishing
from jobs.relay import relay
from jobs.remind import Reminding
from jobs.scheduler import Job
from jobs.sync_calendars import sync_calendars
from jobs.sync_tasks import sync_tasks
from jobs.watch import Watching

EVALUATION_SECONDS = 300.0
"""How often the job looks whether the figures of the last evaluation have become old."""


def push_everybody(deps: Dependencies, settings: Settings) -> Sequence[Job]:
    """The jobs that send tips and reminders to everybody who is due."""
    every = settings.config.jobs
    reminding = Reminding(deps, bell(), process="run")
    return (
        Job(name="push", seconds=every.push, run=lambda: push_due(deps, tip_screen), is_shared=True),
        Job(
            name="remind",
            seconds=every.remind,
            run=reminding.everybody,
            stop=reminding.stop,
            is_shared=True,
        ),
    )


def bell() -> Bell:
    """How reminders ring."""
    return Bell(compose=tip_screen, daily=daily)


def _mail_jobs(deps: Dependencies, settings: Settings, compose: Ended) -> Sequence[Job]:
    """Nothing runs where no mails are sent."""
    if Channel.EMAIL not in deps.messengers:
        return ()
    return (Job(name="mail", seconds=settings.config.jobs.mail, run=lambda: tell_ended(deps, compose)),)


def watching(deps: Dependencies, settings: Settings) -> Watching:
    """Looks for what the operator should know."""
    folder = settings.environment.data_folder().absolute()

    def free_bytes() -> int | None:
        return shutil.disk_usage(folder).free if folder.is_dir() else None

    return Watching(deps, free_bytes)


def _for_the_operator(deps: Dependencies, settings: Settings) -> Sequence[Job]:
    """What only the operator's page shows."""
    if not settings.config.http.pages:
        return ()
    return (Job(name="evaluate", seconds=EVALUATION_SECONDS, run=lambda: evaluate_if_due(deps)),)


def jobs(
    deps: Dependencies,
    settings: Settings,
    push: Sequence[Job],
    watch: Watching | None = None,
    publishing: Publishing | None = None,
) -> Sequence[Job]:
    """All jobs of the process. ``watch`` None: made here; ``publishing`` None: there is no stream."""
    watch = watch or watching(deps, settings)
    every = settings.config.jobs

    def notice(integration: Integration, person: Person) -> Message:
        with speaking_to(person):
            return connect_screen.lost(integration, reconnects=bool(deps.oauth) and deps.vault.is_open)

    def calendar_lost(integration: Integration, person: Person) -> Message:
        with speaking_to(person):
            return calendars_screen.lost(integration)

    def given_up(kind: str, task: Task, person: Person) -> Message:
        with speaking_to(person):
            sentences = {**texts.SOURCE_REFUSED, **texts_sources.CHANGE_REFUSED}
            if task.source is TaskSource.CALDAV:
                sentences = texts_calendar.CALDAV_REFUSED
            return say(sentences[kind], title=task.title)

    def budget_spent(person: Person) -> Message:
        with speaking_to(person):
            return say(texts_privacy.BUDGET_OWNER)

    def mail_ended(account: Account, person: Person, by_link: bool) -> Message:
        return mail_screen.ended(account, person, by_link=by_link)

    return (
        *push,
        Job(
            name="deliver",
            seconds=every.deliver,
            run=lambda: deliver_waiting(deps, tip_screen, daily),
            is_shared=True,
        ),
        Job(name="recover", seconds=every.deliver, run=lambda: recover_orphans(deps)),
        Job(name="relay", seconds=every.relay, run=lambda: relay(deps, given_up)),
        Job(name="rewards", seconds=every.rewards, run=lambda: reward_ignored_tips(deps)),
        Job(name="sync", seconds=every.sync, run=lambda: sync_tasks(deps, notice)),
        *connecting_jobs(deps, settings),
        *_publishing_jobs(publishing, every.publish),
        Job(name="calendars", seconds=every.sync, run=lambda: sync_calendars(deps, calendar_lost)),
        Job(name="learn", seconds=every.learn, run=lambda: refresh_if_due(deps)),
        Job(name="embed", seconds=every.embed, run=Embedding(deps).run),
        Job(name="budget", seconds=every.rewards, run=lambda: tell_spent(deps, budget_spent)),
        Job(name="tokens", seconds=every.tokens, run=lambda: hide_tokens(deps)),
        *_mail_jobs(deps, settings, mail_ended),
        *_for_the_operator(deps, settings),
        Job(name="watch", seconds=every.watch, run=watch.look, is_shared=True),
        Job(name="prune", seconds=every.prune, run=lambda: prune(deps)),
    )


def _publishing_jobs(publishing: Publishing | None, seconds: float) -> Sequence[Job]:
    if publishing is None:
        return ()
    return (Job(name="publish", seconds=seconds, run=publishing.run, stop=publishing.stop),)
