"""Schemathesis over the whole API, without a server between them.

``python -m tests.bot.api.fuzz`` runs it for longer and prints a summary.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import warnings
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import load_all_checks
from schemathesis.core.result import Ok

from bot.api.operations import openapi_json
from bot.api.wire import MAX_BODY_BYTES, RawAnswer, RawRequest
from tests.bot.api.program import Program, program_of
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore

LEFT_OUT = (
    *("ignored_auth", "use_after_free", "ensure_resource_availability", "max_response_time"),
    "positive_data_acceptance",
)
"""Checks that send requests by themselves, and the one that knows no rule but the schema: a time zone that
does not exist is a string as well.
"""


def checks() -> list[Any]:
    """All checks that look at one answer only."""
    load_all_checks()
    known = schemathesis.checks.CHECKS.get_all()
    return [check for check in known if check.__name__ not in LEFT_OUT]


@dataclass(slots=True)
class Fuzzing:
    """A world, somebody's program in it, and what the answers were."""

    runner: asyncio.Runner
    world: Scene
    program: Program
    ids: dict[str, str]
    """Values that exist, by the name of the parameter or field."""
    statuses: Counter[str] = field(default_factory=Counter)
    answers: int = 0

    @classmethod
    def start(cls, runner: asyncio.Runner) -> Fuzzing:
        """A person with tasks, a reminder and a tip, and their program."""
        world = scene(FakeStore(), llm=True)

        async def prepared() -> Fuzzing:
            program = await program_of(world, await world.person())
            await world.task("Pay rent")
            tip = (await program.post("/v1/tips", {})).json
            reminder = (await program.post("/v1/reminders", {"text": "call mum tomorrow 18:00"})).json
            ids = {
                "zone": "Asia/Tokyo",
                "language": "de",
                "task_id": tip["tip"]["task_id"],
                "decision_id": tip["decision_id"],
                "reminder_id": reminder["reminder_id"],
            }
            return cls(runner, world, program, ids)

        return runner.run(prepared())

    def answer(self, case: Any) -> Any:
        """What the API answers to a case, as Schemathesis has it."""
        request = prepared(case)
        raw = self.runner.run(self.program.api.answer(self._raw(request)))
        self.answers += 1
        self.statuses[f"{case.operation.label} {raw.status}"] += 1
        return response(request, raw)

    def _raw(self, request: requests.PreparedRequest) -> RawRequest:
        body = request.body or b""
        content = body if isinstance(body, bytes) else str(body).encode()
        parts = urlsplit(str(request.url))
        headers = {str(name).lower(): str(value) for name, value in request.headers.items()}

        async def read() -> bytes | None:
            return content if len(content) <= MAX_BODY_BYTES else None

        return RawRequest(
            method=str(request.method),
            path=unquote(parts.path, errors="replace"),
            query=parse_qsl(parts.query, keep_blank_values=True, errors="replace"),
            headers={**headers, "authorization": f"Bearer {self.program.secret}"},
            address="192.0.2.1",
            read_body=read,
        )


def without_tokens(document: dict[str, Any]) -> dict[str, Any]:
    """The document as if no token were needed: each request gets a good one."""
    del document["security"], document["components"]["securitySchemes"]
    return document


def prepared(case: Any) -> requests.PreparedRequest:
    """The request of a case."""
    options = case.as_transport_kwargs(base_url="http://oo.test")
    options.pop("timeout", None)
    return requests.Request(**options).prepare()


def response(request: requests.PreparedRequest, raw: RawAnswer) -> Any:
    """The answer as Schemathesis has it."""
    headers: Mapping[str, str] = raw.headers
    if raw.content_type:
        headers = {**headers, "Content-Type": raw.content_type}
    return schemathesis.Response(
        status_code=raw.status,
        headers={name.lower(): [value] for name, value in headers.items()},
        content=raw.body,
        request=request,
        elapsed=0.0,
        verify=False,
    )


def with_known_ids(case: Any, ids: Mapping[str, str]) -> Any:
    """The case, about what there is."""
    for name in list(case.path_parameters or {}):
        case.path_parameters[name] = ids[name]
    if isinstance(case.body, dict):
        for name in set(ids) & set(case.body):
            case.body[name] = ids[name]
    return case


def run(fuzzing: Fuzzing, *, examples: int) -> None:
    """``examples`` cases of each operation, valid and invalid ones, a half of them about what there is."""
    schema = schemathesis.openapi.from_dict(without_tokens(json.loads(openapi_json())))
    chosen = checks()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

            @settings(
                max_examples=examples,
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
            def holds(case: Any, known: bool) -> None:
                if known and mode is schemathesis.GenerationMode.POSITIVE:  # noqa: B023
                    case = with_known_ids(case, fuzzing.ids)
                case.validate_response(fuzzing.answer(case), checks=chosen)

            with suppress(*() if mode is schemathesis.GenerationMode.POSITIVE else (Unsatisfiable,)):
                holds()  # some operations have nothing that could be violated


def main() -> None:
    """Run it for longer and print what was answered."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--examples", type=int, default=300)
    warnings.simplefilter("ignore")
    with asyncio.Runner() as runner:
        fuzzing = Fuzzing.start(runner)
        run(fuzzing, examples=parser.parse_args().examples)
    print(f"{fuzzing.answers} answers, none of them a 5xx or undocumented")  # noqa: T201
    for name, count in sorted(fuzzing.statuses.items()):
        print(f"{count:7d}  {name}")  # noqa: T201


if __name__ == "__main__":
    main()
