"""Thinking is separated from the answer, wherever it is; a draft is no answer."""

import json

import pytest

from core.llm.answers import parse_answer
from core.llm.thinking import without_thinking
from core.tips.prompt import TIP_SCHEMA
from tests.core.moments import tip

MEANT = {"tips": [tip()]}
WHOLE = json.dumps(MEANT)
DRAFT = json.dumps({"tips": [tip("A draft.")]})
THOUGHT = {
    "closed": f"<think>\nMaybe {DRAFT}\n</think>\n{WHOLE}",
    "twice": f"<think>{DRAFT}</think>Hm. <think>No.</think>{WHOLE}",
    "only closed": f"Maybe {DRAFT}\n</think>\n\n{WHOLE}",
    "thinking": f"<thinking>{DRAFT}</thinking>{WHOLE}",
    "in capitals": f"<THINK>{DRAFT}</THINK>{WHOLE}",
    "Mistral": f"[THINK]{DRAFT}[/THINK]{WHOLE}",
    "thought": f"<|begin_of_thought|>{DRAFT}<|end_of_thought|>{WHOLE}",
    "Gemma": f"<|channel>thought\n{DRAFT}<channel|>{WHOLE}",
    "afterwards": f"{WHOLE}<think>Was that right? {DRAFT}",
    "channels": f"<|channel|>analysis<|message|>{DRAFT}<|end|>"
    f"<|start|>assistant<|channel|>final<|message|>{WHOLE}",
    "channels with a form": "<|start|>assistant<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant"
    f"<|channel|>final <|constrain|>json<|message|>{WHOLE}<|return|>",
    "a call on a channel": "<|channel|>commentary to=functions.answer <|constrain|>json<|message|>"
    f"{WHOLE}<|call|>",
    "channels without tokens": f"analysisMaybe {DRAFT}assistantfinal{WHOLE}",
}


@pytest.mark.parametrize("text", THOUGHT.values(), ids=THOUGHT)
def test_thinking_is_no_answer(text: str) -> None:
    assert parse_answer(text, TIP_SCHEMA) == MEANT


@pytest.mark.parametrize(
    "text",
    [
        f"<think>Maybe {DRAFT} or not",
        f"<think>{DRAFT}, but",
        f"<think>{DRAFT}</think>Hm.",
        f"<|channel|>analysis<|message|>{DRAFT} or",
    ],
)
def test_a_draft_is_not_taken_for_an_answer(text: str) -> None:
    with pytest.raises(ValueError, match=r"only thinking|no JSON object"):
        parse_answer(text, TIP_SCHEMA)


@pytest.mark.parametrize("thoughts", [WHOLE, f"So: {WHOLE}\n", f"{DRAFT}? No.\n```json\n{WHOLE}\n```"])
def test_thinking_that_ends_with_an_object_contains_the_answer(thoughts: str) -> None:
    assert parse_answer("", TIP_SCHEMA, thoughts=thoughts) == MEANT
    assert parse_answer(f"<think>{thoughts}", TIP_SCHEMA) == MEANT


def test_an_answer_counts_more_than_thinking() -> None:
    assert parse_answer(WHOLE, TIP_SCHEMA, thoughts=DRAFT) == MEANT
    with pytest.raises(ValueError, match="no JSON object"):
        parse_answer("I can't.", TIP_SCHEMA, thoughts=DRAFT)


def test_a_tag_inside_an_object_is_no_thinking() -> None:
    text = json.dumps({"tips": [tip("Read about <think> tags.")]})
    assert without_thinking(text) == text


def test_a_model_that_repeats_itself_is_read_in_linear_time() -> None:
    """With backtracking this takes hours."""
    for again in (" ", "a", "\n", "a "):
        said = "<|channel|>" + again * 200_000
        assert without_thinking(said + "<|message|>{}") == "{}"
        assert without_thinking("<|message|>" + said) == ""
        assert without_thinking(said + "<|constrain|>json" + again * 1000 + "<|message|>{}") == "{}"
