"""Written tips are asked for within one deadline, and a language model that fails costs only its tips."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest

from core.deciding.llm_tips import ask_model, written_tips
from core.dependencies import Dependencies
from core.errors import LanguageModelUnavailable
from core.policies.catalog import policy_of
from core.ports import Completion, Embedded, LanguageModel, Messengers, RandomSource, Turn
from core.records import Trigger
from core.store import Store
from core.tips.prompt import TIP_SCHEMA, PromptFile, Prompts
from tests.core.moments import CONTEXT, NOW, tip

TWO_TIPS = json.dumps({"tips": [tip(), tip("Pay 500 now.", fact_ids=["t1"])]})
SOON = timedelta(seconds=10)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time


class Model:
    """Answers what it is told to, taking its time; keeps what it was asked."""

    def __init__(self, clock: Clock, *answers: str | LanguageModelUnavailable, takes: float = 0) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.takes = timedelta(seconds=takes)
        self.asked: list[tuple[str, Sequence[Turn], Mapping[str, object]]] = []
        self.deadlines: list[float] = []

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        self.asked.append((alias, turns, schema))
        self.deadlines.append(deadline.total_seconds())
        self.clock.time += self.takes
        answer = self.answers.pop(0)
        if isinstance(answer, LanguageModelUnavailable):
            raise answer
        return Completion(text=answer, model="llama3.2")

    def is_awake(self, alias: str) -> bool:
        return True

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        raise NotImplementedError


def deps(clock: Clock, model: LanguageModel | None) -> Dependencies:
    file = PromptFile(version="tip-v1", text="Write {count} tips.")
    return Dependencies(
        clock=clock,
        random=cast(RandomSource, None),
        store=cast(Store, None),
        messengers=Messengers(),
        policy=policy_of("uniform"),
        shadows=(),
        prompts=Prompts(
            tips=(file,), talk=file, correction=PromptFile(version="correction-v1", text="No: {fault}")
        ),
        model=model,
    )


Made = Callable[..., tuple[Model, Dependencies]]


@pytest.fixture
def made() -> Made:
    def make(*answers: str | LanguageModelUnavailable, takes: float = 0) -> tuple[Model, Dependencies]:
        clock = Clock()
        model = Model(clock, *answers, takes=takes)
        return model, deps(clock, model)

    return make


async def test_tips_carry_the_model_and_the_prompt_that_wrote_them(made: Made) -> None:
    model, here = made(TWO_TIPS)
    first, second = await written_tips(CONTEXT, here)
    assert (first.content, first.dropped) == ("Water the plants now.", None)
    assert second.dropped == "ungrounded_number"
    assert {(one.llm_model, one.prompt_version) for one in (first, second)} == {("llama3.2", "tip-v1")}
    ((alias, turns, schema),) = model.asked
    assert (alias, schema) == ("tip-generator", TIP_SCHEMA)
    assert turns[0] == Turn(role="system", content="Write 3 tips.")


@pytest.mark.parametrize(
    ("trigger", "seconds"), [(Trigger.REQUESTED, 8), (Trigger.SCHEDULED, 45), (Trigger.SNOOZED, 8)]
)
async def test_a_slot_waits_longer_than_a_person(made: Made, trigger: Trigger, seconds: float) -> None:
    model, here = made(TWO_TIPS)
    await written_tips(replace(CONTEXT, trigger=trigger), here)
    assert model.deadlines == [seconds]


async def test_corrections_share_the_one_deadline(made: Made) -> None:
    model, here = made("no", "```", TWO_TIPS, takes=3)
    assert len(await written_tips(CONTEXT, here)) == 2
    assert model.deadlines == [8, 5, 2]


async def test_no_correction_is_asked_for_after_the_deadline(made: Made) -> None:
    model, here = made("no", "no", TWO_TIPS, takes=4)
    assert await written_tips(CONTEXT, here) == ()
    assert model.deadlines == [8, 4]


@pytest.mark.parametrize(
    "answers",
    [
        ["no", "no", "no"],
        ['{"tip": 1}'],
        ['{"tips": "none"}'],
        [LanguageModelUnavailable("Timeout 408")],
        ["no", LanguageModelUnavailable("RateLimitError 429")],
        ['{"tips": []}'],
    ],
)
async def test_a_model_that_fails_costs_only_its_tips(
    made: Made, answers: list[str | LanguageModelUnavailable]
) -> None:
    model, here = made(*answers)
    assert await written_tips(CONTEXT, here) == ()
    assert model.answers == []


async def test_the_log_says_why_and_nothing_personal(made: Made, caplog: pytest.LogCaptureFixture) -> None:
    _, here = made("rent SECRET", "rent SECRET", "rent SECRET")
    with caplog.at_level(logging.DEBUG):
        await written_tips(CONTEXT, here)
    assert "no JSON after 3 attempts" in caplog.text
    assert "SECRET" not in caplog.text
    assert "rent" not in caplog.text


async def test_the_log_says_what_was_dropped_and_why(made: Made, caplog: pytest.LogCaptureFixture) -> None:
    _, here = made(TWO_TIPS)
    with caplog.at_level(logging.DEBUG):
        await written_tips(CONTEXT, here)
    assert "1 of 2 written tips dropped: ungrounded_number" in caplog.text
    assert "500" not in caplog.text


async def test_without_a_model_there_are_no_written_tips() -> None:
    assert await written_tips(CONTEXT, deps(Clock(), None)) == ()
    with pytest.raises(LanguageModelUnavailable, match="none is set up"):
        await ask_model(deps(Clock(), None), "judge", [], schema={}, deadline=SOON)


async def test_any_question_is_asked_under_its_alias_and_schema(made: Made) -> None:
    model, here = made('```json\n{"reply": "Hi"}\n```')
    turns = [Turn(role="user", content="hello")]
    answer = await ask_model(here, "judge", turns, schema={"type": "object"}, deadline=SOON)
    assert answer == ({"reply": "Hi"}, "llama3.2")
    assert model.asked == [("judge", turns, {"type": "object"})]


async def test_a_deadline_that_has_passed_asks_nobody(made: Made) -> None:
    model, here = made(TWO_TIPS)
    with pytest.raises(LanguageModelUnavailable, match="deadline passed"):
        await ask_model(here, "judge", [], schema={}, deadline=timedelta())
    assert model.asked == []
