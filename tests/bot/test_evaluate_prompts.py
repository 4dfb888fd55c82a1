"""`oo evaluate` compares prompts by the draw of the prompt, whichever tip was chosen then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.evaluate.gather import ServedDecision
from bot.evaluate.report import DRAWN_PROMPT, drawn_prompts
from core.records import PromptDraw, TipKind

START = datetime(2027, 3, 1, tzinfo=UTC)


def served(number: int, reward: float, prompt: PromptDraw | None) -> ServedDecision:
    return ServedDecision(
        decided_at=START + timedelta(hours=number),
        reward=reward,
        policy_id="p",
        kind=TipKind.TASK,
        prompt_version=None,
        llm_model=None,
        prompt=prompt,
    )


def log(
    count: int, chances: dict[str, float], earns: dict[str, float], seed: int = 2
) -> list[ServedDecision]:
    random = Random(seed)
    found = []
    for number in range(count):
        version = random.choices(list(chances), list(chances.values()))[0]
        reward = 1.0 if random.random() < earns[version] else 0.0
        draw = PromptDraw(version=version, chance=chances[version], seed=number)
        found.append(served(number, reward, draw))
    return found


@pytest.mark.parametrize("chances", [{"tip-v1": 0.5, "tip-v2": 0.5}, {"tip-v1": 0.2, "tip-v2": 0.8}])
def test_the_better_prompt_is_found(chances: dict[str, float]) -> None:
    found = list(drawn_prompts(log(4000, chances, {"tip-v1": 0.3, "tip-v2": 0.5}), 30))
    assert [(group.of, group.name) for group in found] == [
        (DRAWN_PROMPT, "tip-v1"),
        (DRAWN_PROMPT, "tip-v2"),
        (DRAWN_PROMPT, "tip-v2 more than tip-v1"),
    ]
    first, second, more = (group.average.figure for group in found)
    assert first
    assert second
    assert more
    assert first.value == pytest.approx(0.3, abs=0.05)
    assert second.value == pytest.approx(0.5, abs=0.05)
    assert more.interval.low < 0.2 < more.interval.high
    assert more.interval.low > 0


def test_equal_prompts_differ_by_nothing() -> None:
    *_, more = drawn_prompts(log(4000, {"a": 0.5, "b": 0.5}, {"a": 0.4, "b": 0.4}), 30)
    assert more.average.figure
    assert more.average.figure.interval.low < 0 < more.average.figure.interval.high


def test_few_decisions_say_nothing() -> None:
    *_, more = drawn_prompts(log(60, {"a": 0.5, "b": 0.5}, {"a": 0.0, "b": 1.0}), 30)
    assert more.average.figure is None
    assert more.wait_days is not None


@pytest.mark.parametrize(
    "prompt",
    [None, PromptDraw(version="tip-v2", chance=1.0, seed=0), PromptDraw(version="a", chance=0.5, seed=1)],
)
def test_without_a_random_choice_of_two_there_is_no_comparison(prompt: PromptDraw | None) -> None:
    assert list(drawn_prompts([served(number, 1.0, prompt) for number in range(300)], 30)) == []
