"""What holds for every operation: tokens, limits, strict input, and problems of one form."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.api.operations import OPERATIONS
from bot.api.wire import MAX_BODY_BYTES
from core.errors import BadInput, StoreFull
from core.people.tokens import MAX_TOKENS, make_token, revoke_token, tokens_of
from core.records import Scope
from tests.bot.api.program import Program, program_of
from tests.core.worlds import Scene

TASK = {"title": "Pay rent"}


# --- Tokens ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer oo_",
        "Bearer x",
        "Bearer oo_AAAAAAAAAAAAAAAAAAAAAA",
        "Bearer oo_AAAAAAAAAAAAAAAAAAAAAAA",
        "Bearer OO_AAAAAAAAAAAAAAAAAAAAAA",
        "Bearer oo_ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ",
        "Bearer " + "a" * 10_000,
        "Basic b286b28=",
        "bearer\too_AAAAAAAAAAAAAAAAAAAAAA",
        "oo_AAAAAAAAAAAAAAAAAAAAAA",
        "Bearer ' OR 1=1 --",
    ],
)
async def test_without_a_token_in_force_there_is_one_answer_only(ada: Program, authorization: str) -> None:
    for operation in OPERATIONS:
        if operation.scope:
            reply = await ada.send(operation.method, operation.path, authorization=authorization)
            assert (reply.status, reply.problem) == (401, "unauthenticated")
            assert reply.raw.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_revoked_token_is_useless_at_once(ada: Program) -> None:
    assert (await ada.get("/v1/tasks")).status == 200
    person = await ada.scene.stored()
    (token,) = await tokens_of(person, ada.scene.deps)

    await revoke_token(token.token_id, person, ada.scene.deps)

    assert (await ada.get("/v1/tasks")).status == 401


async def test_a_token_that_is_revoked_while_a_slow_body_arrives_is_useless(ada: Program) -> None:
    person = await ada.scene.stored()
    (token,) = await tokens_of(person, ada.scene.deps)

    async def slowly() -> None:
        ada.scene.clock.move(seconds=20)
        await revoke_token(token.token_id, person, ada.scene.deps)

    ada.on_body = slowly
    reply = await ada.post("/v1/tasks", TASK)

    assert (reply.status, reply.problem) == (401, "unauthenticated")
    ada.on_body = None
    other = await program_of(ada.scene, person, name="other")
    assert (await other.get("/v1/tasks")).json["tasks"] == []


async def test_the_scheme_is_read_in_any_case(ada: Program) -> None:
    assert (await ada.send("GET", "/v1/tasks", authorization=f"bEARER {ada.secret}")).status == 200


async def test_no_secret_is_logged_or_answered(real_ada: Program, caplog: pytest.LogCaptureFixture) -> None:
    ada = real_ada
    caplog.set_level(logging.DEBUG)
    wrong = "oo_" + "x" * 22

    answers = [
        await ada.get("/v1/tasks"),
        await ada.send("GET", "/v1/tasks", authorization=f"Bearer {wrong}"),
        await ada.send("POST", "/v1/tasks", raw=b"{"),
        await ada.get("/v1/export"),
    ]

    for secret in (ada.secret, wrong):
        assert secret not in caplog.text
        assert not any(secret.encode() in one.raw.body for one in answers)


# --- Limits ------------------------------------------------------------------------------------------------


async def test_a_token_that_asks_too_often_has_to_wait_and_no_other_does(world: Scene) -> None:
    ada = await program_of(world, await world.person(), token_rate=60)  # 10 at once
    bob = replace(ada, secret=(await program_of(world, await world.person("bob"))).secret)

    statuses = [(await ada.get("/v1/tasks")).status for _ in range(12)]
    late = await ada.get("/v1/tasks")

    assert statuses == [200] * 10 + [429] * 2
    assert (late.problem, late.raw.headers["Retry-After"]) == ("too-many-requests", "1")
    assert (await bob.get("/v1/tasks")).status == 200
    world.clock.move(seconds=1)
    assert (await ada.get("/v1/tasks")).status == 200


async def test_an_address_that_guesses_has_to_wait(world: Scene) -> None:
    ada = await program_of(world, await world.person(), address_rate=60)

    statuses = [
        (await ada.send("GET", "/v1/tasks", authorization=f"Bearer oo_{number:022}")).status
        for number in range(12)
    ]

    assert statuses == [401] * 10 + [429] * 2
    assert (await ada.send("GET", "/v1/tasks", address="192.0.2.2")).status == 200


# --- Input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"nonsense",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b'{"title": "a", "title": "b"}',
        b'{"title": NaN}',
        b'{"title": "a", "minutes": Infinity}',
        b'{"title": "a", "minutes": 1e999}',
        b'{"title": "a", "minutes": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b'{"title": "a"} {}',
        b"{'title': 'a'}",
        b'{"title": "a",}',
        b'{"title": "\x00"}',
    ],
)
async def test_what_is_no_strict_json_is_refused(ada: Program, raw: bytes) -> None:
    reply = await ada.send("POST", "/v1/tasks", raw=raw, content_type="application/json")

    assert (reply.status, reply.problem) == (400, "bad-request")


@pytest.mark.parametrize("raw", [b'{"title": "\\ud800"}', b"[" * 150 + b"]" * 150, b'{"x": {"x": {"x": 1}}}'])
async def test_json_of_another_form_is_refused(ada: Program, raw: bytes) -> None:
    reply = await ada.send("POST", "/v1/tasks", raw=raw)

    assert (reply.status, reply.problem) == (422, "unusable")


async def test_a_large_body_is_refused(ada: Program) -> None:
    for operation in OPERATIONS:
        if operation.body:
            path = operation.path.replace("{task_id}", "x")
            reply = await ada.send(operation.method, path, raw=b" " * (MAX_BODY_BYTES + 1))
            assert (reply.status, reply.problem) == (413, "too-large")


@pytest.mark.parametrize(
    "headers",
    [
        {"content_type": ""},
        {"content_type": "text/plain"},
        {"content_type": "application/json; charset=latin-1"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"content_type": "application/jsonp"},
        {"content_type": "application/json", "content_encoding": "gzip"},
    ],
)
async def test_only_plain_json_in_utf_8_is_read(ada: Program, headers: dict[str, Any]) -> None:
    reply = await ada.send("POST", "/v1/tasks", TASK, **headers)

    assert (reply.status, reply.problem) == (415, "not-json")


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']
)
async def test_the_usual_ways_to_say_json_are_read(ada: Program, content_type: str) -> None:
    assert (await ada.post("/v1/tasks", TASK, content_type=content_type)).status == 201


async def test_unknown_paths_and_methods_are_problems_as_well(ada: Program) -> None:
    for path in ("/v1", "/v1/", "/v1/nothing", "/v1/tasks/", "/v1/tasks/a/b", "/v1/tasks/" + "a" * 201):
        assert (await ada.get(path)).problem == "not-found"
    for method in ("PUT", "TRACE", "OPTIONS", "BREW"):
        reply = await ada.send(method, "/v1/tasks")
        assert (reply.status, reply.problem) == (405, "method-not-allowed")
        assert reply.raw.headers["Allow"] == "GET, POST"


async def test_head_is_answered_as_get(ada: Program) -> None:
    assert (await ada.send("HEAD", "/v1/tasks")).status == 200


async def test_a_problem_names_the_place_and_never_the_value(ada: Program) -> None:
    reply = await ada.post("/v1/tasks", {"title": "a", "priority": "very secret"})

    assert [one["pointer"] for one in reply.json["errors"]] == ["/priority"]
    assert b"very secret" not in reply.raw.body


@pytest.mark.parametrize(
    ("path", "body", "pointers"),
    [
        ("/v1/tasks", {}, ["/title"]),
        ("/v1/tasks", {"text": 1}, ["/text"]),
        ("/v1/tasks", {"text": "a", "title": "b"}, ["/title"]),
        ("/v1/tasks", {"title": "a", "due": {"date": "x"}}, ["/due/date"]),
        ("/v1/tasks", {"title": "a", "labels": ["ok", 1]}, ["/labels/1"]),
        ("/v1/tasks", {"title": "a", "a/b~c": 1}, ["/a~1b~0c"]),
        ("/v1/tasks", [], [""]),
        ("/v1/reminders", {"lead_minutes": 1}, ["/task_id"]),
        ("/v1/feedback", {"reaction": "done"}, ["/decision_id"]),
        ("/v1/feedback", {"decision_id": "x", "reaction": "done", "until": "x"}, ["/until"]),
        (
            "/v1/score",
            {"candidates": [{"id": "a", "features": {"tip": "x"}}]},
            ["/candidates/0/features/tip"],
        ),
    ],
)
async def test_every_fault_is_at_its_place_in_the_body(
    ada: Program, path: str, body: Any, pointers: list[str]
) -> None:
    reply = await ada.post(path, body)

    assert reply.status == 422
    assert [one["pointer"] for one in reply.json["errors"]] == pointers


# --- Trouble -----------------------------------------------------------------------------------------------


async def test_a_database_that_fails_is_503_and_a_bug_500_without_a_word_about_it(
    ada: Program, caplog: pytest.LogCaptureFixture
) -> None:
    @asynccontextmanager
    async def full(*people: str) -> AsyncIterator[Any]:
        raise StoreFull("SECRET place")
        yield

    @asynccontextmanager
    async def broken(*people: str) -> AsyncIterator[Any]:
        raise ZeroDivisionError("SECRET")
        yield

    for begin, expected in ((full, (503, "store-unavailable")), (broken, (500, "internal"))):
        store = _Store(ada.scene.deps.store.read, begin)
        program = replace(ada, api=_with_store(ada, store))
        reply = await program.post("/v1/tasks", TASK)
        assert (reply.status, reply.problem) == expected
        assert b"SECRET" not in reply.raw.body
    assert "SECRET" not in caplog.text
    assert "unexpected ZeroDivisionError" in caplog.text


class _Store:
    """A store whose writing transactions fail."""

    def __init__(self, read: Any, begin: Any) -> None:
        self.read, self.begin = read, begin


def _with_store(ada: Program, store: Any) -> Any:
    api = type(ada.api).__new__(type(ada.api))
    for name, value in vars(ada.api).items():
        setattr(api, name, value)
    api._deps = replace(ada.scene.deps, store=store)
    return api


async def test_a_person_who_was_deleted_is_401_afterwards(real_ada: Program) -> None:
    ada = real_ada
    refused = await ada.send("DELETE", "/v1/me")
    wrong = await ada.send("DELETE", "/v1/me", oo_confirm="yes")
    gone = await ada.send("DELETE", "/v1/me", oo_confirm="delete everything about me")

    assert [refused.problem, wrong.problem] == ["not-confirmed"] * 2
    assert (gone.status, gone.raw.body) == (204, b"")
    assert (await ada.get("/v1/tasks")).status == 401


async def test_the_token_of_a_person_is_used_for_that_person_only(world: Scene, ada: Program) -> None:
    await ada.post("/v1/tasks", {"title": "CANARY of Ada"})
    bob = await program_of(world, await world.person("bob"))

    for operation in OPERATIONS:
        if operation.method == "GET":
            reply = await bob.get(operation.path)
            assert b"CANARY" not in reply.raw.body


async def test_a_second_token_of_the_same_name_and_too_many_are_refused(world: Scene) -> None:
    person = await world.person()
    for number in range(MAX_TOKENS):
        await make_token(person, world.deps, name=f"n{number}", scopes=[Scope.TIPS])
    for name, hint in (("N0", "token_name_taken"), ("other", "too_many_tokens"), ("\u200b", "token_name")):
        with pytest.raises(BadInput, match=hint):
            await make_token(person, world.deps, name=name, scopes=[Scope.TIPS])
    with pytest.raises(BadInput, match="token_scopes"):
        await make_token(person, world.deps, name="x", scopes=[])
