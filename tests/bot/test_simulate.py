"""`oo simulate`: the same seed makes the same bytes, and what it lives through keeps oO's promises."""

from __future__ import annotations

import asyncio
import math
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.storage.store import Storage, open_store
from bot.__main__ import main
from bot.cli import loop
from bot.settings import load_settings
from bot.simulate.people import Response, create_persona, worth
from bot.simulate.report import SimulationReport
from bot.simulate.run import SimulationSpec, simulate
from bot.simulate.synthetic_tasks import BY_TITLE
from core.policies.replay import replay
from core.policies.rewards import RewardRules
from core.records import Context, Decision, Task, Trigger
from core.scheduling.quiet_hours import quiet_until
from core.tips.candidates import SILENCE, from_task
from core.words.tasks import parse_task
from tests.decisions import draw_of
from tests.waiting import WAIT_LIMIT

SEED = 1  # one of its three people wants a tip in their quiet hours
NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A simulation that is over: its report and its database."""

    report: SimulationReport
    file: Path

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as connection:
            return connection.execute(query).fetchall()

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Storage]:
        store = await open_store(f"sqlite:///{self.file}")
        try:
            yield store
        finally:
            await store.close()

    def decisions(self) -> list[str]:
        return [str(row[0]) for row in self.rows("SELECT decision_id FROM decisions ORDER BY decided_at, 1")]

    def check(self, look: Callable[[Storage], Awaitable[None]]) -> None:
        """Look into the store."""

        async def opened() -> None:
            async with self.store() as store:
                await look(store)

        loop.run(opened())


def live(folder: Path, *, seed: int = SEED, people: int = 3, days: int = 3) -> Lived:
    settings = load_settings({}, folder)
    file = folder / "kept.db"
    plan = SimulationSpec(people=people, days=days, seed=seed)
    report = loop.run(simulate(settings, plan, keep=file, on_day=lambda day: None))
    return Lived(report=report, file=file)


of_one_life = pytest.mark.xdist_group("a simulated life")
"""One worker lives it for all."""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return live(tmp_path_factory.mktemp("lived"))


# --- The same again ----------------------------------------------------------------------------------------


@of_one_life
def test_the_same_seed_makes_the_same_report_and_the_same_log(lived: Lived, tmp_path: Path) -> None:
    again = live(tmp_path)

    assert again.report.as_json() == lived.report.as_json()
    for table in ("events", "decisions", "tip_scores", "deliveries", "reactions", "rewards", "handles"):
        query = f"SELECT * FROM {table} ORDER BY 1, 2, 3"  # noqa: S608 - names from the line above
        assert again.rows(query) == lived.rows(query)
        assert again.rows(query)


@of_one_life
def test_another_seed_makes_another_life(lived: Lived, tmp_path: Path) -> None:
    other = live(tmp_path, seed=SEED + 1)

    assert other.report.as_json() != lived.report.as_json()


def test_two_processes_print_the_same_bytes_and_nothing_else(tmp_path: Path) -> None:
    printed = [
        subprocess.run(
            [
                sys.executable,
                "-m",
                "bot",
                "simulate",
                "--people",
                "2",
                "--days",
                "1",
                "--seed",
                "3",
                "--json",
            ],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            cwd=tmp_path,
            capture_output=True,
            timeout=2 * WAIT_LIMIT,
            check=True,
        )
        for hash_seed in ("1", "2")
    ]

    assert printed[0].stdout == printed[1].stdout
    assert printed[0].stdout.startswith(b"{")
    assert printed[0].stderr == b""


def test_told_to_stop_it_leaves_nothing_behind(tmp_path: Path) -> None:
    arguments = ("--people", "1000", "--days", "3660")  # more than fits into memory
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "simulate", *arguments, "--keep", str(tmp_path / "kept.db")],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(tmp_path)},
        cwd=tmp_path,
        stderr=subprocess.PIPE,
    )
    begun = time.monotonic()
    while not list(tmp_path.glob("tmp*/oo.db-wal")) and time.monotonic() - begun < WAIT_LIMIT:
        time.sleep(0.05)

    running.terminate()
    _, said = running.communicate(timeout=WAIT_LIMIT)

    assert (running.returncode, said) == (1, b"the simulation was stopped\n")
    assert list(tmp_path.iterdir()) == []


# --- oO's promises -----------------------------------------------------------------------------------------


@of_one_life
def test_nothing_is_sent_in_quiet_hours_though_somebody_asked_for_it(lived: Lived) -> None:
    async def look(store: Storage) -> None:
        moved = 0
        for decision in await drawn(store, lived):
            async with store.read() as unit:
                person = await unit.people.get(decision.person_id)
                deliveries = await unit.deliveries.of(decision.decision_id)
            zone, quiet = zone_of(decision), person.preferences.quiet
            assert all(quiet_until(one.changed_at, zone, quiet) is None for one in deliveries)
            if decision.trigger is Trigger.SCHEDULED and decision.slot:
                planned = datetime.fromisoformat(decision.slot).replace(tzinfo=zone)
                moved += quiet_until(planned.astimezone(UTC), zone, quiet) is not None
        assert moved > 0

    lived.check(look)


@of_one_life
def test_every_decision_is_made_again_bit_for_bit(lived: Lived) -> None:
    async def look(store: Storage) -> None:
        decisions = await drawn(store, lived)
        assert len(decisions) >= 15
        for decision in decisions:
            async with store.read() as unit:
                snapshot = await unit.decisions.snapshot(draw_of(decision).model_version)
            assert replay(draw_of(decision), snapshot).differences == ()

    lived.check(look)


def test_nobody_waits_for_the_real_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sleep = asyncio.sleep

    async def impatient(delay: float, result: object = None) -> object:
        assert delay == 0
        return await sleep(delay, result)

    monkeypatch.setattr(asyncio, "sleep", impatient)

    assert live(tmp_path, people=1, days=2).report.messages > 0


@of_one_life
def test_the_report_agrees_with_the_log(lived: Lived) -> None:
    report = lived.report
    sent = lived.rows("SELECT count(*) FROM deliveries WHERE state = 'sent'")[0][0]
    served = lived.rows("SELECT propensity FROM decisions WHERE action IS NOT NULL AND trigger = 'scheduled'")

    assert report.messages == sent == sum(kind.tips for kind in report.kinds)
    rewards = lived.rows("SELECT source, count(*), avg(value) FROM rewards GROUP BY source ORDER BY source")
    known = [one for one in report.rewards if one.name != "waiting"]
    assert [(one.name, one.tips) for one in known] == [(source, tips) for source, tips, _ in rewards]
    assert [one.mean_reward for one in known] == pytest.approx([mean for _, _, mean in rewards])
    assert report.reward is not None
    assert report.judged is None
    assert report.importance.decisions == report.reward.decisions == len(served)
    assert report.reward.served <= report.reward.oracle
    assert sum(week.decisions for week in report.weeks) == report.reward.decisions


async def drawn(store: Storage, lived: Lived) -> list[Decision]:
    async with store.read() as unit:
        decisions = [await unit.decisions.get(one) for one in lived.decisions()]
    return [one for one in decisions if one.draw]


def zone_of(decision: Decision) -> ZoneInfo:
    assert decision.context is not None
    return ZoneInfo(decision.context.zone)


# --- The synthetic people ----------------------------------------------------------------------------------


def errand(title: str, **other: object) -> Context:
    task = replace(Task(task_id="t", person_id="p", title=title, created_at=NOW), **other)  # type: ignore[arg-type]  # fields by name
    return Context(now=NOW, zone="Europe/Berlin", trigger=Trigger.SCHEDULED, tasks=(task,), open_tasks=1)


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("title", ["Reply to the customer", "Paint the fence"])
def test_the_answers_of_a_person_have_probabilities_and_their_mean_is_what_the_oracle_knows(
    number: int, title: str
) -> None:
    person, context, rules = create_persona(1, number, 60), errand(title), RewardRules()
    tip = from_task(context.tasks[0], context)

    likely = person.likelihoods(tip, context)

    assert set(likely) == set(Response)
    assert min(likely.values()) >= 0
    assert math.isclose(math.fsum(likely.values()), 1)
    mean = sum(chance * worth(answer, rules) for answer, chance in likely.items())
    assert math.isclose(person.expected(tip, context, rules), mean)
    assert person.expected(SILENCE, context, rules) == 0


def test_messages_weary_and_rest_restores() -> None:
    person, context = create_persona(1, 0, 60), errand("Go for a run")
    tip = from_task(context.tasks[0], context)
    fresh = person.likelihoods(tip, context)[Response.DONE]

    for _ in range(4):
        person.receive_message(NOW)
    fatigue = person.likelihoods(tip, context)[Response.DONE]
    rested = person.likelihoods(tip, replace(context, now=NOW + timedelta(days=14)))[Response.DONE]

    assert fatigue < rested
    assert math.isclose(rested, fresh, rel_tol=0.01)


def test_people_differ_and_are_born_the_same_again() -> None:
    people = [create_persona(1, number, 60) for number in range(30)]

    assert people == [create_persona(1, number, 60) for number in range(30)]
    assert len({person.traits.baseline_log_odds for person in people}) == 30
    assert {person.traits.trip is None for person in people} == {True, False}
    assert {person.traits.prefers_late_tip for person in people} == {True, False}


def test_every_chore_is_noted_under_its_own_title() -> None:
    for title in BY_TITLE:
        for words in ("", " tomorrow p1", " in 3 days", " next week p2"):
            assert parse_task(title + words, now=NOW, zone=ZoneInfo("UTC")).title == title


# --- The command line --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--keep", "there.db"), "there.db is there already"),
        (("--people", "0"), "--people"),
        (("--cloud",), "--judge"),
        (("--calls", "10"), "--judge"),
        (("--policy", "promise"), "no policy is called"),
        (("--judge", "--calls", "0"), "--calls"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_lived_through(
    arguments: tuple[str, ...],
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.db").touch()
    monkeypatch.setattr(sys, "argv", ["oo", "simulate", *arguments])

    with pytest.raises(SystemExit) as ended:
        main()

    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert complaint in said.err
