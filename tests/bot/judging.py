"""Judges for the tests, and what they say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import cycle

from bot.app import prompts
from bot.simulate.judge import SCHEMA, Judge
from core.ports import Completion, Embedded, LanguageModel, Turn


def says(reaction: str = "done", reason: str = "none", minutes: object = 5) -> str:
    """An answer as it is asked for."""
    return json.dumps({"reaction": reaction, "reason": reason, "minutes": minutes})


class Scripted:
    """A model without a server: it says one thing after the other, and keeps what it was asked."""

    def __init__(self, *said: str) -> None:
        self.said = cycle(said)
        self.asked: list[Sequence[Turn]] = []

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        assert (alias, schema) == ("judge", SCHEMA)
        self.asked.append(turns)
        return Completion(text=next(self.said), model="scripted[/x]")

    def is_awake(self, alias: str) -> bool:
        return True

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        raise AssertionError("a judge embeds nothing")


def judge_by(model: LanguageModel, *, max_calls: int = 1000) -> Judge:
    """A judge that waits for nothing."""
    return Judge(
        model, correction=prompts().correction, deadline=timedelta(seconds=20), max_calls=max_calls, pause=0
    )
