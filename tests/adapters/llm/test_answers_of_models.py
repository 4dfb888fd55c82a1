"""Answers as models give them, through the real litellm: each is accepted or asked for again, never shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from adapters.llm import Gateway
from core.llm.answers import Fields
from core.ports import Completion, Turn
from core.tips.prompt import ACCEPTED_TALK, ACTIONS_SCHEMA, TIP_SCHEMA, PromptFile, ask_for_json
from tests.servers.llm import LlmServer, Say, fenced, in_prose, message
from tests.waiting import WAIT_LIMIT

CORRECTION = PromptFile(version="c", text="{fault}")
TURNS = [Turn(role="system", content="Be brief."), Turn(role="user", content="the second one tomorrow")]
ARGUMENT = {"argument": "t1 tomorrow"}
MOVE = {"name": "move_task", "argument": "t1 tomorrow"}
REST = {"name": "add_task", "argument": "Rest"}
DRAFT = '{"reply": "draft", "actions": []}'
WHOLE = json.dumps({"reply": "Gladly.", "actions": [MOVE, REST]})
TIP: dict[str, Any] = {
    "content": "Water the plants.",
    "rationale": "Quick.",
    "fact_ids": ["t1"],
    "minutes": 5,
    "topic": "home",
}
TIPS = json.dumps({"tips": [TIP]})


def call(name: str, arguments: object, number: int = 1) -> dict[str, object]:
    function = {"name": name, "arguments": json.dumps(arguments)}
    return {"id": f"c{number}", "type": "function", "function": function}


def replied(*actions: object, key: str = "actions") -> str:
    return json.dumps({"reply": "Gladly.", key: actions[0] if key == "action" else list(actions)})


async def asked(server: LlmServer, model: Gateway, said: Say, *, wanted: Fields, accepted: Fields) -> Fields:
    """What oO reads in an answer, at once or after a correction."""
    server.script(said)

    async def complete(turns: Sequence[Turn]) -> Completion:
        deadline = timedelta(seconds=WAIT_LIMIT)
        return await model.complete("tip-generator", turns, schema=wanted, deadline=deadline)

    return (await ask_for_json(complete, TURNS, CORRECTION, schema=accepted))[0]


BOTH = {
    "as asked": WHOLE,
    "thinking before it": f"<think>Maybe {DRAFT} or so?</think>\n{WHOLE}",
    "thinking without its start": f"I think {DRAFT}</think>\n{WHOLE}",
    "thinking in a field": message(WHOLE, reasoning_content=DRAFT),
    "only in the thinking": message("", reasoning_content=f"Hm, {DRAFT}. So: {WHOLE}"),
    "channels": f"<|channel|>analysis<|message|>{DRAFT}<|end|><|channel|>final<|message|>{WHOLE}",
    "a fence": fenced(WHOLE),
    "prose": in_prose(WHOLE),
    "prose and a fence": in_prose(fenced(WHOLE)),
    "trailing commas": WHOLE.replace('"}', '",}').replace("]}", ",]}"),
    "comments": WHOLE.replace('"actions"', '// now\n"actions"'),
    "single quotes": str(json.loads(WHOLE)),
    "JSON in a string": json.dumps(WHOLE),
    "a wrapper": json.dumps({"response": json.loads(WHOLE)}),
    "a list in a string": json.dumps({"reply": "Gladly.", "actions": json.dumps([MOVE, REST])}),
    "a bare list": json.dumps([MOVE, REST]),
    "calls": message(
        None,
        finish="tool_calls",
        tool_calls=[call("move_task", ARGUMENT), call("add_task", {"argument": "Rest"}, 2)],
    ),
    "calls beside prose": message(
        "Gladly.", tool_calls=[call("move_task", ARGUMENT), call("add_task", {"title": "Rest"}, 2)]
    ),
    "a call that is the answer": message("", tool_calls=[call("answer", json.loads(WHOLE))]),
    "draft and answer": f"{DRAFT}\n{WHOLE}",
}


@pytest.mark.parametrize("said", BOTH.values(), ids=BOTH)
async def test_both_actions_are_read(server: LlmServer, gateway: Gateway, said: Say) -> None:
    found = await asked(server, gateway, said, wanted=ACTIONS_SCHEMA, accepted=ACCEPTED_TALK)
    assert found["actions"] == [MOVE, REST]
    assert found.get("reply", "Gladly.") == "Gladly."
    assert len(server.requests) == 1


ONE = {
    "cut off": WHOLE[:-30],
    "one instead of a list": replied(MOVE).replace("[", "").replace("]", ""),
    "alone": json.dumps(MOVE),
    "one call": message(None, tool_calls=[call("move_task", {"task": "t1", "when": "tomorrow"})]),
    "an old function call": message(
        None, function_call={"name": "move_task", "arguments": json.dumps(ARGUMENT)}
    ),
    "a call in tags": f"<tool_call>{json.dumps({'name': 'move_task', 'arguments': ARGUMENT})}</tool_call>",
    "a nested function": replied({"function": {"name": "move_task", "arguments": ARGUMENT}}),
    "another key": replied({"action": "move_task", "argument": "t1 tomorrow"}),
    "the name as key": replied({"move_task": "t1 tomorrow"}),
    "a list of arguments": replied({"name": "move_task", "argument": ["t1", "tomorrow"]}),
}


@pytest.mark.parametrize("said", ONE.values(), ids=ONE)
async def test_the_one_action_is_read(server: LlmServer, gateway: Gateway, said: Say) -> None:
    found = await asked(server, gateway, said, wanted=ACTIONS_SCHEMA, accepted=ACCEPTED_TALK)
    assert found["actions"] == [MOVE]
    assert len(server.requests) == 1


async def test_the_single_action_of_earlier_prompts_is_read(server: LlmServer, gateway: Gateway) -> None:
    said = replied(MOVE, key="action")
    found = await asked(server, gateway, said, wanted=ACTIONS_SCHEMA, accepted=ACCEPTED_TALK)
    assert found == {"reply": "Gladly.", "action": MOVE}


@pytest.mark.parametrize("actions", [None, [], ""])
async def test_no_action_is_none(server: LlmServer, gateway: Gateway, actions: object) -> None:
    said = json.dumps({"reply": "Gladly.", "actions": actions})
    found = await asked(server, gateway, said, wanted=ACTIONS_SCHEMA, accepted=ACCEPTED_TALK)
    assert found["reply"] == "Gladly."
    assert found["actions"] in (None, [], [""], "")


@pytest.mark.parametrize("said", ["Sure, I moved it.", "null", "[]", "{", "<think>I wonder", "{}{}"])
async def test_what_is_no_answer_is_asked_for_again(server: LlmServer, gateway: Gateway, said: str) -> None:
    server.answer = lambda _request: WHOLE
    found = await asked(server, gateway, said, wanted=ACTIONS_SCHEMA, accepted=ACCEPTED_TALK)
    assert found["actions"] == [MOVE, REST]
    assert len(server.requests) == 2


WRITTEN = {
    "as asked": TIPS,
    "one tip": json.dumps(TIP),
    "a bare list": json.dumps([TIP]),
    "one instead of a list": json.dumps({"tips": TIP}),
    "another key": json.dumps({"tip": TIP}),
    "minutes as text": json.dumps({"tips": [TIP | {"minutes": "5"}]}),
    "minutes with a unit": json.dumps({"tips": [TIP | {"minutes": "5 min"}]}),
    "minutes as float": json.dumps({"tips": [TIP | {"minutes": 5.0}]}),
    "ids as text": json.dumps({"tips": [TIP | {"fact_ids": "t1"}]}),
    "the second cut off": json.dumps({"tips": [TIP, TIP]})[:-45],
    "a call": message(None, tool_calls=[call("write_tips", {"tips": [TIP]})]),
    "thinking": f"<think>{TIPS.replace('Water', 'Burn')}</think>{TIPS}",
}


@pytest.mark.parametrize("said", WRITTEN.values(), ids=WRITTEN)
async def test_the_tip_is_read(server: LlmServer, gateway: Gateway, said: Say) -> None:
    found = await asked(server, gateway, said, wanted=TIP_SCHEMA, accepted=TIP_SCHEMA)
    assert found == {"tips": [TIP]}
    assert len(server.requests) == 1


async def test_several_ids_in_one_text_are_parted(server: LlmServer, gateway: Gateway) -> None:
    said = json.dumps({"tips": [TIP | {"fact_ids": "t1, load"}]})
    found: Any = await asked(server, gateway, said, wanted=TIP_SCHEMA, accepted=TIP_SCHEMA)
    assert found["tips"][0]["fact_ids"] == ["t1", "load"]
