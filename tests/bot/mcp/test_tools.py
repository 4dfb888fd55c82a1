"""Every operation is a tool or left out for a reason; arguments become the request that they mean."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from bot.api.operation import Operation
from bot.api.operations import OPERATIONS
from bot.api.problems import Problem
from bot.api.wire import MAX_BODY_BYTES
from bot.mcp.guides import DATA, GUIDES, LEFT_OUT
from bot.mcp.schemas import arguments_schema
from bot.mcp.tools import Tool, asked, tools


def test_every_operation_is_a_tool_or_left_out() -> None:
    assert sorted([*GUIDES, *LEFT_OUT]) == sorted(one.name for one in OPERATIONS)


@pytest.mark.parametrize("tool", tools().values(), ids=lambda one: one.name)
def test_a_tool_is_described_as_clients_need_it(tool: Tool) -> None:
    for schema in filter(None, (tool.arguments, tool.result)):
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object"
        assert not {"anyOf", "oneOf", "allOf", "$ref"} & set(schema)
    assert (DATA in tool.description) is tool.guide.holds_texts
    assert tool.operation.scope is not None


def test_what_changes_anything_is_marked() -> None:
    changing = {name for name, tool in tools().items() if not tool.is_read_only}
    destructive = {name for name, tool in tools().items() if tool.is_destructive}

    assert changing == {
        "ask_for_tip", "give_feedback", "add_task", "change_task", "remove_task", "complete_task",
        "reopen_task", "add_reminder", "cancel_reminder", "write_preferences",
    }  # fmt: skip
    assert destructive == {
        "change_task", "remove_task", "complete_task", "add_reminder", "cancel_reminder", "write_preferences",
    }  # fmt: skip
    assert all(tool.is_idempotent for tool in tools().values() if tool.is_read_only)
    assert not tools()["add_task"].is_idempotent


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("add_task", {"text": "Pay rent"}),
        ("add_task", {"title": "Pay rent", "due": {"date": "2026-12-01"}, "labels": ["home"]}),
        ("give_feedback", {"decision_id": "d", "reaction": "snooze", "until": "2026-12-01T09:00:00Z"}),
        ("add_reminder", {"task_id": "t", "lead_minutes": 5, "idempotency_key": "k"}),
        ("change_task", {"task_id": "t", "due": None}),
        ("list_tasks", {"limit": 5, "filter": "#home"}),
    ],
)
def test_what_may_be_asked_fits_the_schema(name: str, arguments: dict[str, Any]) -> None:
    jsonschema.validate(arguments, tools()[name].arguments)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("add_task", {"colour": "red"}),
        ("give_feedback", {"reaction": "done"}),
        ("give_feedback", {"decision_id": "d", "reaction": "burn"}),
        ("complete_task", {}),
    ],
)
def test_what_may_not_be_asked_does_not(name: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(arguments, tools()[name].arguments)


def test_bounds_of_numbers_are_in_the_schema() -> None:
    for arguments in ({"title": "x", "priority": 5}, {"title": "x", "minutes": 0}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(arguments, tools()["add_task"].arguments)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"limit": 201}, tools()["list_tasks"].arguments)
    assert not any('"ge"' in json.dumps(tool.arguments) for tool in tools().values())


def test_two_arguments_of_one_name_are_a_bug() -> None:
    add = next(one for one in OPERATIONS if one.name == "add_task")
    clash = Operation(
        name="clash", method="POST", path="/v1/{title}", summary="", scope=None, run=add.run, body=add.body
    )
    with pytest.raises(ValueError, match="title"):
        arguments_schema(clash)


# --- Requests ----------------------------------------------------------------------------------------------


async def test_arguments_go_to_path_query_headers_and_body() -> None:
    change = asked(
        tools()["change_task"], {"task_id": "t 1", "idempotency_key": "k", "title": "x", "due": None}
    )
    body = await change.request.read_body()
    assert body is not None

    assert (change.request.method, change.request.path) == ("PATCH", "/v1/tasks/t 1")
    assert change.path == {"task_id": "t 1"}
    assert change.request.headers == {"idempotency-key": "k", "content-type": "application/json"}
    assert json.loads(body) == {"title": "x", "due": None}

    listed = asked(tools()["list_tasks"], {"limit": 3, "filter": "#home", "cursor": None}).request
    assert listed.query == (("limit", "3"), ("filter", "#home"))


async def test_nulls_of_another_form_are_left_out() -> None:
    request = asked(tools()["add_task"], {"text": "Pay rent", "title": None, "due": None}).request

    assert json.loads(await request.read_body() or b"") == {"text": "Pay rent"}


@pytest.mark.parametrize("value", [None, "", 7, ["x"], {"a": 1}, True, "x" * 201])
def test_an_id_that_is_none_is_named(value: object) -> None:
    with pytest.raises(Problem) as raised:
        asked(tools()["get_task"], {"task_id": value})
    assert raised.value.document["errors"][0]["pointer"] == "/task_id"


@pytest.mark.parametrize("value", [True, 1.5, ["x"], {"a": 1}])
def test_a_value_that_no_query_can_hold_is_named(value: object) -> None:
    with pytest.raises(Problem) as raised:
        asked(tools()["list_tasks"], {"limit": value})
    assert raised.value.document["errors"][0]["pointer"] == "/limit"


async def test_large_arguments_are_no_body() -> None:
    request = asked(tools()["add_task"], {"text": "x" * MAX_BODY_BYTES}).request

    assert await request.read_body() is None
