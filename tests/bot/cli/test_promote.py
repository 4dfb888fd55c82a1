"""``oo promote`` on a real database: promotion, roll-back, and refusals that say why."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from adapters.storage.store import open_store
from core.deciding.active_policy import PROMOTIONS_NOTE, warn_once
from core.policies.catalog import FALLBACK, policy_of
from core.records import Decision, Person, Shadow
from tests.bot.conftest import Oo
from tests.bot.served_logs import APART, CHANCES, EAGER, HOSTILE, SERVED, START, decision, keep
from tests.decisions import altered, draw_of

INCUMBENT, EAGER_ONE, LAZY_ONE = (
    policy_of(name).policy_id for name in ("inverse-gap", "thompson", "uniform")
)
IDLE = "unlearned"
MANY = 700
LAZY = dict(zip(SERVED, (0.3, 0.5, 0.2), strict=True))


def drawn(number: int, action: str, served_by: str = INCUMBENT) -> Decision:
    """Thompson does what earns most; uniform, here, what earns least; unlearned failed and was not logged."""
    shadows = (
        Shadow(policy_id=EAGER_ONE, model_version="m", probabilities=tuple(EAGER.values())),
        Shadow(policy_id=FALLBACK.policy_id, model_version="m", probabilities=(1 / 3, 1 / 3, 1 / 3)),
        Shadow(policy_id=LAZY_ONE, model_version="m", probabilities=tuple(LAZY.values())),
    )
    return decision(number, action, policy_id=served_by, shadows=shadows)


async def serve(folder: Path, actions: Sequence[str], *, served_by: str = INCUMBENT, start: int = 0) -> None:
    store = await open_store(f"sqlite:///{folder}/data/oo.db")
    made = [drawn(start + number, action, served_by) for number, action in enumerate(actions)]
    if not start:
        async with store.begin() as unit:
            await unit.people.add(Person(person_id="ada", created_at=START))
    await keep(store, *made, seed=1)
    await store.close()


def log(folder: Path, n: int, **more: object) -> None:
    """Ada is served n decisions."""
    actions = Random(0).choices(list(SERVED), weights=list(SERVED.values()), k=n)
    asyncio.run(serve(folder, actions, **more))  # type: ignore[arg-type]  # as the caller knows


async def noted(folder: Path, note: str) -> None:
    store = await open_store(f"sqlite:///{folder}/data/oo.db")
    async with store.begin() as unit:
        await unit.notes.put(None, PROMOTIONS_NOTE, note)
    await store.close()


def test_without_a_name_it_says_who_serves_and_that_nothing_was_promoted(oo: Oo) -> None:
    oo("migrate")
    for arguments in ((), ("--list",)):
        ended = oo("promote", *arguments)
        assert ended.code == 0, ended.err
        assert ended.out.splitlines() == [
            f"Serves: {INCUMBENT}",
            "Shadows:",
            f"  {EAGER_ONE}",
            f"  {policy_of(IDLE).policy_id}",
            f"  {LAZY_ONE}",
            "Nothing was promoted yet.",
        ]


def test_a_better_shadow_is_promoted_and_can_be_rolled_back(oo: Oo, tmp_path: Path) -> None:
    log(tmp_path, MANY)
    ended = oo("promote", "thompson")
    assert ended.code == 0, ended.err
    said = ended.out.splitlines()
    assert said[0] == (
        f"{EAGER_ONE} serves from now on, in place of {INCUMBENT}. To go back: oo promote --back"
    )
    assert said[1] == "The log shows that it is better."
    assert re.fullmatch(r".* earns \+0\.\d{4} for each decision\.", said[2])
    assert re.fullmatch(
        r"With .* in its place: a difference of \+0\.1\d{3}, at least \+0\.\d{4} \(98\.0% sure, .*", said[3]
    )
    assert re.match(r"Effective sample \d{3} of 698 decisions, weights: mean ", said[4])

    standing = json.loads(oo("promote", "--json").out)
    assert standing["policy"] == EAGER_ONE
    assert standing["shadows"] == [INCUMBENT, policy_of(IDLE).policy_id, LAZY_ONE]
    (event,) = standing["history"]
    assert (event["kind"], event["policy_id"], event["over"]) == ("policy.promoted", EAGER_ONE, INCUMBENT)
    assert 0 < event["least"] < event["more"]

    back = oo("promote", "--back")
    assert back.code == 0, back.err
    assert back.out.splitlines()[0] == f"Serves: {INCUMBENT}"
    assert re.search(
        rf"UTC  back to {re.escape(INCUMBENT)}, from {re.escape(EAGER_ONE)}\n.* promoted over", back.out
    )

    again = oo("promote", "--back")
    assert (again.code, again.out) == (2, "")
    assert again.err.startswith("There is no promotion to go back from")


def test_after_a_promotion_evidence_is_gathered_anew(oo: Oo, tmp_path: Path) -> None:
    """What the policy before served says nothing of the one that serves now."""
    log(tmp_path, MANY)
    assert oo("promote", "thompson").code == 0
    ended = oo("promote", "uniform")
    assert ended.code == 1
    assert ended.out == (
        f"Not promoted: there is no decision yet that {EAGER_ONE} served with {LAZY_ONE} beside it.\n"
        "Who serves now, the configuration says, or a promotion; oo evaluate lists who served this log.\n"
    )


def test_only_what_the_incumbent_served_counts(oo: Oo, tmp_path: Path) -> None:
    log(tmp_path, MANY, served_by="epsilon-greedy:epsilon=0.1")
    log(tmp_path, 100, start=MANY)
    ended = oo("promote", "thompson")
    assert ended.code == 1
    assert "Too little to say anything: an effective sample of" in ended.out


def test_a_worse_shadow_is_refused_with_its_figures(oo: Oo, tmp_path: Path) -> None:
    log(tmp_path, MANY)
    ended = oo("promote", "uniform", "--json")
    assert ended.code == 1, ended.err
    found = json.loads(ended.out)
    assert (found["promoted"], found["verdict"]["refusal"]) == (False, "not_better")
    assert found["verdict"]["figures"]["least"] < found["verdict"]["figures"]["more"] < 0
    earns = sum(SERVED[name] * CHANCES[name] for name in SERVED)
    assert found["verdict"]["figures"]["earns"] == pytest.approx(earns, abs=0.05)
    assert oo("promote", "uniform").out.startswith(
        f"Not promoted: {INCUMBENT} goes on serving.\nThe log does not show that it is better.\n"
    )


def test_a_small_log_is_refused_and_says_how_long_to_wait(oo: Oo, tmp_path: Path) -> None:
    log(tmp_path, 120)
    ended = oo("promote", "thompson")
    assert ended.code == 1
    assert re.search(
        r"Too little .* 200 are needed\. At the rate so far, wait about \d+ days more\.", ended.out
    )
    assert "in its place" not in ended.out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tompson", "No shadow is called tompson. There are:"),
        ("promise", "No shadow is called promise. There are:"),
        (FALLBACK.policy_id, "No shadow is called uniform-fallback. There are:"),
        ("inverse-gap", "inverse-gap serves already. Its shadows are:"),
        (INCUMBENT, f"{INCUMBENT} serves already. Its shadows are:"),
        (HOSTILE, "No shadow is called"),
    ],
)
def test_a_name_that_is_no_shadows_is_answered_with_those_there_are(oo: Oo, name: str, said: str) -> None:
    oo("migrate")
    ended = oo("promote", name)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(said)
    assert ended.err.splitlines()[1:] == [EAGER_ONE, policy_of(IDLE).policy_id, LAZY_ONE]
    assert "\x1b" not in ended.err


@pytest.mark.parametrize("arguments", [("thompson", "--back"), ("--back", "--list"), ("thompson", "--list")])
def test_two_wishes_at_once_are_a_wrong_use(oo: Oo, arguments: tuple[str, str]) -> None:
    ended = oo("promote", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "exclude each other" in ended.err


def test_nothing_can_be_forced(oo: Oo) -> None:
    assert oo("promote", "thompson", "--force").code == 2


def test_a_note_that_makes_no_sense_is_a_warning_and_the_configuration_holds(
    oo: Oo,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    warn_once.cache_clear()
    asyncio.run(noted(tmp_path, "{"))
    ended = oo("promote")
    assert ended.code == 0
    assert ended.out.splitlines()[0] == f"Serves: {INCUMBENT}"
    assert "what was promoted can't be served" in caplog.text
    assert oo("promote", "--back").out.splitlines()[0] == f"Serves: {INCUMBENT}"
    assert oo("promote", "--back").err.startswith("There is no promotion to go back from")


@pytest.mark.parametrize(
    ("when", "error"),
    [
        (START - APART, 0.8 * (0.05 - 0.8 * 0.05) / 2),
        (START, 0.8 * 0.05 / 7),
        (START + MANY // 2 * APART, 0.8 * 0.05 / 2),
    ],
    ids=["before", "at once", "after"],
)
def test_all_shadows_that_were_ever_logged_share_the_error_by_when_they_came(
    oo: Oo, tmp_path: Path, when: datetime, error: float
) -> None:
    async def more_shadows() -> None:
        store = await open_store(f"sqlite:///{tmp_path}/data/oo.db")
        more = tuple(
            Shadow(
                policy_id=f"softmax:temperature={n}", model_version="m", probabilities=tuple(EAGER.values())
            )
            for n in range(1, 6)
        )
        await keep(store, altered(drawn(MANY, "b"), decided_at=when, shadows=more))
        await store.close()

    log(tmp_path, MANY)
    asyncio.run(more_shadows())
    found = json.loads(oo("promote", "uniform", "--json").out)
    assert found["verdict"]["error"] == pytest.approx(error)


def test_a_share_of_the_error_stays_when_whoever_came_first_leaves(oo: Oo, tmp_path: Path) -> None:
    async def bob_was_first() -> None:
        store = await open_store(f"sqlite:///{tmp_path}/data/oo.db")
        async with store.begin() as unit:
            await unit.people.add(Person(person_id="bob", created_at=START))
        early = replace(drawn(MANY, "b"), person_id="bob", decided_at=START - APART)
        await keep(store, altered(early, shadows=draw_of(early).shadows[:1]))
        await store.close()

    async def bob_leaves() -> None:
        store = await open_store(f"sqlite:///{tmp_path}/data/oo.db")
        async with store.begin() as unit:
            await unit.people.forget("bob")
        await store.close()

    log(tmp_path, MANY)
    asyncio.run(bob_was_first())
    before = json.loads(oo("promote", "uniform", "--json").out)["verdict"]
    asyncio.run(bob_leaves())
    after = json.loads(oo("promote", "uniform", "--json").out)["verdict"]
    assert after["weights"]["decisions"] == before["weights"]["decisions"]
    assert before["error"] == after["error"] == pytest.approx(0.8 * 0.2 * 0.05)


def test_a_shadow_that_was_logged_with_impossible_figures_is_left_out(oo: Oo, tmp_path: Path) -> None:
    async def spoil() -> None:
        store = await open_store(f"sqlite:///{tmp_path}/data/oo.db")
        odd = Shadow(policy_id=EAGER_ONE, model_version="m", probabilities=(9.0, float("nan"), 0.0))
        await keep(store, *(altered(drawn(MANY + n, "b"), shadows=(odd,)) for n in range(50)))
        await store.close()

    log(tmp_path, MANY)
    whole = json.loads(oo("promote", "uniform", "--json").out)
    asyncio.run(spoil())
    assert json.loads(oo("promote", "thompson", "--json").out)["verdict"]["weights"]["decisions"] == (
        whole["verdict"]["weights"]["decisions"] + 2  # these two are no longer too young to count
    )
