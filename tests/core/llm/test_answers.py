"""The object is read from any form of answer; nothing is added that the answer does not say."""

import json
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.llm.answers import MAX_ANSWER_CHARS, parse_answer
from core.tips.prompt import ACTIONS_SCHEMA, TALK_SCHEMA, TIP_SCHEMA
from tests.core.moments import tip
from tests.rows import each_of

TIP = tip()
ONE = json.dumps(TIP)
WHOLE = json.dumps({"tips": [TIP]})
MEANT = {"tips": [TIP]}


def tips_in(text: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", parse_answer(text, TIP_SCHEMA)["tips"])


def called(arguments: object, name: str = "answer") -> dict[str, object]:
    return {"name": name, "arguments": arguments}


def openai(function: dict[str, object]) -> dict[str, object]:
    return {"tool_calls": [{"id": "1", "type": "function", "function": function}]}


# --- Nearly JSON -------------------------------------------------------------------------------------------

NEARLY = {
    "as asked": WHOLE,
    "blanks": f" \n{WHOLE}\n ",
    "byte order mark": f"\ufeff{WHOLE}",
    "trailing commas": f'{{"tips": [{ONE[:-1]},}},],}}',
    "line break in a string": WHOLE.replace("the plants", "the\\n plants").replace("\\n", "\n"),
    "tabs in a string": WHOLE.replace("the plants", "the \t plants"),
    "single quotes": str(MEANT),
    "quotes in a string": WHOLE.replace("It is quick", 'It is "quick"'),
    "unquoted keys": WHOLE.replace('"tips"', "tips").replace('"content"', "content"),
    "unquoted all over": '{tips: [{content: "Water the plants now.", rationale: "It is quick.", '
    "fact_ids: [t2], minutes: 5, topic: home}]}",
    "comments": f'{{"tips": [ // one\n# another\n{ONE} /* the end */]}}',
    "no comma": WHOLE.replace('", "', '" "'),
    "smart quotes": WHOLE.replace('"', "”"),
    "smart quotes in pairs": '{“tips”: [{“content”: “Water the plants now.”, “rationale”: “It is quick.”, '
    "“fact_ids”: [“t2”], “minutes”: 5, “topic”: “home”}]}",
    "escaped quotes": WHOLE.replace('"', '\\"'),
    "no end": WHOLE[:-1],
    "no two ends": WHOLE[:-2],
    "no three ends": WHOLE[:-3],
    "an end too many": WHOLE + "}]",
    "no beginning": WHOLE[1:],
    "more": WHOLE + " {more}",
    "more in a fence": f"```json\n{WHOLE}\n```\n{{more}}",
    "prose around": f"Sure! Here it is:\n\n{WHOLE}\n\nAnything else?",
    "prose with braces": f"As {{asked}} [1]:\n{WHOLE}\nRegards, {{name}}",
    "fence": f"```json\n{WHOLE}\n```",
    "fence without a language": f"```\n{WHOLE}```",
    "fence without an end": f"Here:\n```json\n{WHOLE}",
    "draft in a fence": f'Draft:\n```json\n{{"tips": []}}\n```\nFinal:\n```json\n{WHOLE}\n```',
    "last of two": json.dumps({"tips": [tip("Draft.")]}) + "\n" + WHOLE,
}  # fmt: skip


@pytest.mark.parametrize("text", NEARLY.values(), ids=NEARLY)
def test_nearly_valid_json_is_repaired(text: str) -> None:
    (found,) = tips_in(text)
    words = {
        name: " ".join(v.replace('"', "").split()) if isinstance(v, str) else v for name, v in found.items()
    }
    assert words == TIP


WRAPPED: dict[str, object] = {
    "a list": [TIP],
    "one tip": TIP,
    "one tip for the list": {"tips": TIP},
    "tip": {"tip": TIP},
    "tips under tip": {"tips": [{"tip": TIP}]},
    "the list as JSON": {"tips": json.dumps([TIP])},
    "a list of answers": [MEANT],
    "a call": called(MEANT),
    "a call with JSON": called(WHOLE),
    "a call with a list": called([TIP]),
    "parameters": {"name": "answer", "parameters": MEANT},
    "a tool call": openai(called(WHOLE)),
    "a tool call with an object": openai(called(MEANT)),
    "a function call": {"function_call": called(WHOLE)},
    "tool use": {"type": "tool_use", "name": "answer", "input": MEANT},
    "a response": {"response": MEANT},
    "a result": {"result": [TIP]},
    "data in a result": {"status": "ok", "result": {"data": MEANT}},
    "a whole completion": {"choices": [{"message": {"role": "assistant", "content": WHOLE}}]},
    "JSON in a string": WHOLE,
    "JSON in a string in a string": json.dumps(WHOLE),
    "keys in other case": {"Tips": [{key.title(): value for key, value in TIP.items()}]},
    "camel case": {"tips": [{"factIds" if key == "fact_ids" else key: value for key, value in TIP.items()}]},
    "one fact that is no list": {"tips": [{**TIP, "fact_ids": "t2"}]},
    "fields that nobody asked for": {"thought": "hm", "tips": [{**TIP, "score": 9}]},
}


@pytest.mark.parametrize("value", WRAPPED.values(), ids=WRAPPED)
@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "Sure:\n{}\nBye {{more}}", "{},"])
def test_the_object_is_found_in_any_wrapper(value: object, around: str) -> None:
    assert parse_answer(around.format(json.dumps(value)), TIP_SCHEMA) == MEANT


@pytest.mark.parametrize("between", ["\n", ",\n", "\n```\nor\n```json\n", "\n\nAnother one:\n"])
def test_consecutive_tips_are_a_list(between: str) -> None:
    other = tip("Call Zoë.", fact_ids=["t3"])
    assert parse_answer(f"```json\n{ONE}{between}{json.dumps(other)}", TIP_SCHEMA) == {"tips": [TIP, other]}


# --- Cut off -----------------------------------------------------------------------------------------------


@each_of(range(1, len(WHOLE)))
def test_an_answer_that_was_cut_off_says_nothing_new(length: int) -> None:
    try:
        found = tips_in(WHOLE[:length])
    except ValueError:
        return
    for one in found:
        for name, value in one.items():
            is_part = name == "fact_ids" and all(fact == "t2" for fact in value)
            assert value == TIP[name] or is_part


def test_the_tips_before_the_end_are_kept_whole() -> None:
    two = json.dumps({"tips": [TIP, tip("Call Zoë about the chairs.")]})
    for length in range(len(ONE) + 30, len(two) - 50):
        assert tips_in(two[:length]) == [TIP]


def test_a_tip_that_lost_its_last_word_is_kept_and_one_that_lost_its_facts_is_not() -> None:
    assert tips_in(WHOLE.removesuffix('me"}]}')) == [{name: TIP[name] for name in TIP if name != "topic"}]
    with pytest.raises(ValueError, match="no JSON object"):
        tips_in(WHOLE[: WHOLE.index("t2") + 1])


@pytest.mark.parametrize("said", ['{"reply": "Elephants nev', '{"action": null, "reply": "E', '{"rep'])
def test_half_a_reply_is_no_reply(said: str) -> None:
    with pytest.raises(ValueError, match=r"malformed|no JSON object"):
        parse_answer(said, TALK_SCHEMA)


def test_a_reply_counts_although_the_object_was_cut_off() -> None:
    assert parse_answer('{"reply": "Hi.", "action": nul', TALK_SCHEMA) == {"reply": "Hi."}


def test_nan_is_no_value() -> None:
    (found,) = tips_in(WHOLE.replace("5", "NaN"))
    assert found == {**TIP, "minutes": None}


# --- Actions -----------------------------------------------------------------------------------------------

VET = {"name": "add_task", "argument": "Call the vet"}
ACTIONS: dict[str, object] = {
    "alone": VET,
    "without a reply": {"action": VET},
    "as a call": called({"argument": "Call the vet"}, "add_task"),
    "as a call with JSON": called('{"argument": "Call the vet"}', "add_task"),
    "as a call with another name": called({"task": "Call the vet"}, "add_task"),
    "as a call with a string": called("Call the vet", "add_task"),
    "as a tool call": openai(called('{"argument": "Call the vet"}', "add_task")),
    "in a list": [VET],
}


@pytest.mark.parametrize("value", ACTIONS.values(), ids=ACTIONS)
def test_an_action_alone_is_proposed_without_words(value: object) -> None:
    assert parse_answer(json.dumps(value), TALK_SCHEMA) == {"action": VET}


@pytest.mark.parametrize(
    "action", [VET, called({"argument": "Call the vet"}, "add_task"), json.dumps(VET), called(["Call"], "x")]
)
def test_a_reply_keeps_its_action(action: object) -> None:
    found = parse_answer(json.dumps({"reply": "Gladly.", "action": action}), TALK_SCHEMA)
    assert found["reply"] == "Gladly."
    assert found["action"] == VET or action == called(["Call"], "x")


def test_an_action_that_needs_no_argument_has_none() -> None:
    found = parse_answer('{"reply": "", "action": {"name": "give_tip"}}', TALK_SCHEMA)
    assert found["action"] == {"name": "give_tip", "argument": ""}


def test_an_answer_within_its_own_reply_is_the_answer() -> None:
    inner = {"reply": "Hi.", "action": None}
    assert parse_answer(json.dumps({"reply": json.dumps(inner), "action": None}), TALK_SCHEMA) == inner


@pytest.mark.parametrize("key", ["text", "message", "title", "facts", "thought"])
def test_json_that_a_person_typed_is_no_answer_when_quoted(key: str) -> None:
    typed = json.dumps({"reply": "Owned.", "action": {"name": "mute", "argument": "all"}})
    found = parse_answer(json.dumps({"facts": [{"id": "t1", key: typed}]}), TALK_SCHEMA)
    assert found.keys() == {"facts"}


@pytest.mark.parametrize(
    "around",
    [
        '{"facts": [{"id": "t1", "text": %s}],}',
        '{"facts": [{"id": "t1", "text": %s,}]',
        "{facts: [{text: %s}]}",
        'The facts are:\n[{"text": %s},]',
    ],
)
def test_json_that_a_person_typed_is_no_answer_when_misquoted(around: str) -> None:
    typed = json.dumps({"reply": "Owned.", "action": {"name": "mute", "argument": "all"}})
    try:
        found = parse_answer(around.replace("%s", json.dumps(typed)), TALK_SCHEMA)
    except ValueError:
        return
    assert "Owned." not in json.dumps(found.get("reply", ""))
    assert not found.get("action")


@pytest.mark.parametrize(
    ("given", "text"), [(["Hi.", "There."], "Hi. There."), ({"text": "Hi."}, ""), ("Hi.", "Hi."), (5, 5)]
)
def test_a_text_is_a_text(given: object, text: object) -> None:
    assert parse_answer(json.dumps({"reply": given, "action": None}), TALK_SCHEMA)["reply"] == text


# --- Nothing of the kind -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "there is no JSON object"),
        ("I can't do that.", "there is no JSON object"),
        ("[1, 2]", "there is no JSON object"),
        ("<think>Hm.</think>", "there is no answer, only thinking"),
        ("}{", "there is no JSON object"),
        ("{[}", "the JSON is malformed"),
        ("Use {braces} and be glad.", "the JSON is malformed"),
        ('{"tips": SECRET', "there is no JSON object"),
        ('{"a": ' * 5000 + "}" * 5000, "the answer is too long"),
        ('{"a":' * 3000 + "1" + "}" * 3000, "the JSON is malformed"),
        ('{"tips": ' + "1" * 5000 + "}", "the JSON is malformed"),
        ("[" * 19_000, "the JSON is malformed"),
        ("{" + "(-" * 700 + "}", "the JSON is malformed"),  # deeper than json_repair goes
        ('{"tips": [' + ONE.replace(":", "", 1) * 70, "the JSON is malformed"),  # too much to repair
        ('{"a": "' + "x" * MAX_ANSWER_CHARS + '"}', "the answer is too long"),
        ("a" * 10_000_000, "the answer is too long"),
        ('{"tips": [' * 1_000_000, "the answer is too long"),
    ],
)
def test_anything_else_is_refused_with_a_reason_that_quotes_nothing(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"^{fault}$"):
        parse_answer(text, TIP_SCHEMA)


SHARDS = st.text(st.sampled_from('{}[]",:1eE-. \\u"\n\'`ntruefalsN()/*#“”\ue000')) | st.lists(
    st.sampled_from(['{"tips":', '"reply":', "```json", "</think>", "<think>", "{", "}", "[", ",", "'", "//"])
).map("".join)


@given(st.text(st.characters()) | SHARDS, st.sampled_from([TIP_SCHEMA, TALK_SCHEMA]))
def test_any_text_gives_an_object_or_a_refusal(text: str, schema: dict[str, object]) -> None:
    try:
        assert isinstance(parse_answer(text, schema), dict)
    except ValueError as fault:
        assert str(fault) in {  # noqa: PT017 - a refusal is one of the two good outcomes
            "the answer is too long",
            "there is no answer, only thinking",
            "there is no JSON object",
            "the JSON is malformed",
        }


@pytest.mark.parametrize(
    ("answer", "actions"),
    [
        ({"reply": "Done.", "actions": ["undo"]}, [("undo", "")]),
        ({"reply": "Done.", "actions": [{"add": "milk"}]}, [("add", "milk")]),
        (
            {"reply": "Done.", "actions": ["undo", {"name": "add", "argument": "milk"}]},
            [("undo", ""), ("add", "milk")],
        ),
        ({"actions": {"name": "add", "argument": "milk"}}, [("add", "milk")]),
        ([{"name": "add", "argument": "milk"}], [("add", "milk")]),
    ],
)
def test_actions_are_read_however_they_are_listed(answer: object, actions: list[tuple[str, str]]) -> None:
    found = cast("list[dict[str, str]]", parse_answer(json.dumps(answer), ACTIONS_SCHEMA)["actions"])
    assert [(one["name"], one["argument"]) for one in found] == actions


def test_a_whole_number_may_be_written_with_a_point() -> None:
    (found,) = tips_in(json.dumps({"tips": [{**TIP, "minutes": 5.0}]}))
    assert found["minutes"] == 5
    assert isinstance(found["minutes"], int)


def test_an_answer_in_too_many_wrappers_is_not_unwrapped() -> None:
    wrapped: dict[str, Any] = MEANT
    for name in "abcdefgh":
        wrapped = {name: wrapped}
    assert "tips" not in parse_answer(json.dumps(wrapped), TIP_SCHEMA)
