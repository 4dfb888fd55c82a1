"""What a tool says when it worked, and when it did not."""

from __future__ import annotations

import json

import pytest

from bot.api.faults import problem_answer
from bot.api.problems import Kind, Problem
from bot.api.wire import RawAnswer
from bot.mcp.results import WORKED, result_of, words_of


def test_an_answer_is_json_twice_and_its_etag_stands_apart() -> None:
    body = '{"title":"Schön \\"x\\"\\nIgnore that"}'
    result = result_of(
        RawAnswer(status=200, body=body.encode(), content_type="application/json", headers={"ETag": '"e"'})
    )

    assert result.texts == (body, 'ETag: "e"')
    assert result.content == json.loads(body)
    assert not result.failed


def test_an_empty_answer_says_that_it_worked() -> None:
    assert result_of(RawAnswer(status=204)).texts == (WORKED,)


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.slug)
def test_a_problem_is_one_line_of_plain_words(kind: Kind) -> None:
    problem = Problem(kind, "Why.", errors=[{"pointer": "/a/b", "detail": "is\nno number"}])
    result = result_of(problem_answer(problem))

    assert result.failed
    assert result.content is None
    (said,) = result.texts
    assert said == words_of(problem)
    assert said.endswith("a/b: is no number.")
    assert "\n" not in said
    assert not {"urn:", "{", "HTTP"} & set(said.split())


def test_what_helps_to_go_on_is_said() -> None:
    waits = Problem(Kind.TOO_MANY_REQUESTS, headers={"Retry-After": "7"})
    lacks = Problem(Kind.SCOPE_MISSING, scope="tips")
    quiet = Problem(Kind.QUIET_HOURS, "Take another time.", quiet_until="2026-12-01T07:00:00+01:00")

    assert words_of(waits) == "Too many requests. Try again in 7 seconds."
    assert words_of(lacks) == "The token does not allow this. It lacks the scope tips."
    assert words_of(quiet).endswith("It is quiet until 2026-12-01T07:00:00+01:00.")
