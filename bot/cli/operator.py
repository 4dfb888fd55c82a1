"""The operator's commands: migrate, replay, export, delete.

Tests: tests/bot/test_command_line.py, tests/scenarios/test_helping.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from adapters.storage.schema import TablesState, revisions
from adapters.storage.store import tables_state
from bot.app import App, open_app, without_channels
from bot.settings import Settings
from core.chat import Channel
from core.errors import NotFound
from core.people.privacy import export as export_person
from core.people.privacy import forget
from core.policies.replay import replay as replay_draw
from core.records import Draw, Person
from core.store import Unit

PAGE_SIZE = 200


async def migrate(settings: Settings) -> None:
    """Create or migrate the database, by opening it."""
    app = await without_channels(settings)
    await app.close()


async def check_migrations(settings: Settings) -> TablesState:
    """How far the database's tables are, without changing anything."""
    file = settings.environment.database_file()
    if file and not file.exists():  # looking would create it
        return TablesState(version=None, missing=revisions())
    return await tables_state(settings.environment.database_url)


def format_migrations(tables: TablesState) -> str:
    """What is to be done, for the operator."""
    if not tables.missing:
        return f"The database is up to date: {tables.version}."
    here = f"is at {tables.version}" if tables.version else "has no tables yet"
    missing = ", ".join(tables.missing)
    return f"The database {here}; missing: {missing}. `oo migrate` or the next start applies them."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayResult:
    """A logged decision that was made again."""

    decision_id: str
    action: str
    propensity: float
    held_out: bool
    differences: tuple[str, ...]
    """Every figure that is not equal, bit for bit."""

    @property
    def same(self) -> bool:
        """Whether every figure is equal, bit for bit."""
        return not self.differences

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "decision_id": self.decision_id,
            "action": self.action,
            "propensity": self.propensity,
            "held_out": self.held_out,
            "same": self.same,
            "differences": list(self.differences),
        }


async def replay(settings: Settings, decision_id: str) -> ReplayResult:
    """Make the decision again from its log. Raises ``NotFound`` if it is unknown or drew nothing."""
    async with open_app(settings) as app, app.store.read() as unit:
        decision = await unit.decisions.get(decision_id)
        if decision.draw is None:
            reason = decision.refusal and decision.refusal.reason
            raise NotFound(f"decision {decision_id} drew nothing: {reason}")
        return await _replay_result(unit, decision_id, decision.draw)


async def _replay_result(unit: Unit, decision_id: str, draw: Draw) -> ReplayResult:
    report = replay_draw(draw, await unit.decisions.snapshot(draw.model_version))
    return ReplayResult(
        decision_id=decision_id,
        action=draw.action,
        propensity=draw.propensity,
        held_out=draw.held_out,
        differences=report.differences,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaySummary:
    """All decisions with a draw, made again."""

    decisions: int
    different: tuple[ReplayResult, ...]
    """Those with a difference."""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {"decisions": self.decisions, "different": [one.as_dict() for one in self.different]}


async def replay_all(settings: Settings) -> ReplaySummary:
    """Make every logged decision with a draw again."""
    decisions, after = 0, ""
    different: list[ReplayResult] = []
    async with open_app(settings) as app, app.store.read() as unit:
        while page := await unit.decisions.draws(after, PAGE_SIZE):
            again = [await _replay_result(unit, one.decision_id, one.draw) for one in page if one.draw]
            different += [one for one in again if not one.same]
            decisions, after = decisions + len(page), page[-1].decision_id
    return ReplaySummary(decisions=decisions, different=tuple(different))


def format_replay_summary(report: ReplaySummary) -> str:
    """In words."""
    lines = [format_replay(one) for one in report.different]
    return "\n".join(
        [*lines, f"{report.decisions} decisions made again: {len(report.different)} came out otherwise"]
    )


def format_replay(report: ReplayResult) -> str:
    """In words."""
    picked = f"{report.decision_id}: picked {report.action} with probability {report.propensity}"
    if report.held_out:
        picked += ", held out by its coin"
    if report.same:
        return f"{picked}; the same again, bit for bit"
    return "\n".join([f"{picked}; NOT the same again:", *report.differences])


async def find_person(app: App, name: str) -> Person:
    """The person with the id ``name``, or with an account like ``telegram:12345``. Raises ``NotFound``."""
    channel, colon, external_id = name.partition(":")
    async with app.store.read() as unit:
        if not colon:
            return await unit.people.get(name)
        if channel not in list(Channel):
            raise NotFound(f"{channel} is not one of {', '.join(Channel)}")
        account = await unit.people.account(Channel(channel), external_id)
        if account is None:
            raise NotFound(f"nobody is known as {name}")
        return await unit.people.get(account.person_id)


async def export(settings: Settings, name: str) -> bytes:
    """All data about a person, as JSON."""
    async with open_app(settings) as app:
        return await export_person(await find_person(app, name), app.deps)


async def delete(settings: Settings, name: str) -> None:
    """Delete all data about a person, including the lines they typed at the terminal."""
    async with open_app(settings) as app:
        person = await find_person(app, name)
        async with app.store.read() as unit:
            accounts = await unit.people.accounts(person.person_id)
        await forget(person, app.deps)
    if any(account.channel is Channel.TERMINAL for account in accounts):
        settings.environment.history().unlink(missing_ok=True)
