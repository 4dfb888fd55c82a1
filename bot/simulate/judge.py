"""A judge: a language model that plays the synthetic people and says how and when they respond to a message.

Where it gives no usable answer, the persona's own likelihoods decide; the report counts that.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import Final

from bot.simulate.people import Persona, Response, create_persona
from bot.simulate.persona_prompt import describe_situation
from core.chat import Line, Message, Span
from core.errors import LanguageModelUnavailable, OoError
from core.llm.answers import Fields
from core.ports import Completion, LanguageModel, Turn
from core.records import Context, DismissReason, Trigger
from core.tips.prompt import PromptFile, ask_for_json

ALIAS: Final = "judge"
VERSION = "judge-v1"

MAX_DELAY = timedelta(hours=72)
"""Later responses are moved to this time."""

PAUSE_SECONDS = 5.0
PAUSE_AFTER_FAILURES = 3
MAX_FAILURES = 20
"""Failures in a row after which the simulation ends. Before that, each further question waits a few seconds,
as
the server may be restarting.
"""

CALL_LIMIT_REACHED = "it was asked as often as it may be"
NO_REASON = "none"

RESPONSES = {
    "done": Response.DONE,
    "snooze": Response.SNOOZE,
    "dismiss": Response.DISMISS,
    "nothing": Response.SILENCE,
}
REASONS = [reason.value for reason in DismissReason]

SCHEMA: Fields = {
    "type": "object",
    "properties": {
        "reaction": {"type": "string", "enum": list(RESPONSES)},
        "reason": {"type": "string", "enum": [*REASONS, NO_REASON]},
        "minutes": {"type": "integer"},
    },
    "required": ["reaction", "reason", "minutes"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """How a person responds to a message, and how long ``after`` it."""

    response: Response
    after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeSummary:
    """What a judge did in a simulation."""

    model: str
    """That answered last."""
    prompt: str
    """Version of the prompt."""
    calls: int
    """Including the trial and corrections."""
    rulings: dict[str, int]
    """How often by response."""
    stood_in: dict[str, int]
    """How often the persona's likelihoods decided instead, by reason."""


class Judge:
    """Asks a language model how personas respond."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        correction: PromptFile,
        deadline: timedelta,
        max_calls: int,
        pause: float = PAUSE_SECONDS,
    ) -> None:
        """Each of at most ``max_calls`` requests may take ``deadline`` of real time."""
        self._model = model
        self._prompt = prompt()
        self._correction = correction
        self._deadline = deadline
        self._most_calls = max_calls
        self._pause = pause
        self._name = ""
        self._calls = 0
        self._failures = 0
        self._rulings: Counter[str] = Counter()
        self._stood_in: Counter[str] = Counter()

    async def try_out(self, now: datetime) -> None:
        """Ask one question as a trial. Raises ``LanguageModelUnavailable``."""
        persona = create_persona(0, 0, 1)
        context = Context(now=now, zone=persona.zone.key, trigger=Trigger.SCHEDULED)
        message = Message(lines=(Line(spans=(Span(text="Water the plants"),)),))
        await self._ask(persona, context, message)

    async def ruling(self, persona: Persona, context: Context, message: Message) -> Ruling | None:
        """How the persona responds to ``message``; None if the persona's likelihoods must decide.

        Raises ``OoError`` after ``MAX_FAILURES`` failures in a row.
        """
        if self._calls >= self._most_calls:
            self._stood_in[CALL_LIMIT_REACHED] += 1
            return None
        if self._failures >= PAUSE_AFTER_FAILURES:
            await asyncio.sleep(self._pause)
        try:
            ruling = await self._ask(persona, context, message)
        except LanguageModelUnavailable as fault:
            self._failed(str(fault))
            return None
        self._failures = 0
        self._rulings[ruling.response.value] += 1
        return ruling

    def summary(self) -> JudgeSummary:
        """What the judge has done so far."""
        return JudgeSummary(
            model=self._name,
            prompt=self._prompt.version,
            calls=self._calls,
            rulings=dict(sorted(self._rulings.items())),
            stood_in=dict(sorted(self._stood_in.items())),
        )

    def _failed(self, why: str) -> None:
        self._failures += 1
        self._stood_in[why] += 1
        if self._failures == MAX_FAILURES:
            raise OoError(
                f"the judge gave no usable answer {MAX_FAILURES} times in a row; the last time: {why}"
            )

    async def _ask(self, persona: Persona, context: Context, message: Message) -> Ruling:
        turns = [
            Turn(role="system", content=self._prompt.text.format()),
            # JSON quoting keeps a hostile title inside its string.
            Turn(
                role="user",
                content=json.dumps(describe_situation(persona, context, message), ensure_ascii=False),
            ),
        ]
        fields, self._name = await ask_for_json(self._complete, turns, self._correction, schema=SCHEMA)
        return parse_ruling(fields)

    async def _complete(self, turns: Sequence[Turn]) -> Completion:
        if self._calls >= self._most_calls:
            raise LanguageModelUnavailable(CALL_LIMIT_REACHED)
        self._calls += 1
        return await self._model.complete(ALIAS, turns, schema=SCHEMA, deadline=self._deadline)


def parse_ruling(fields: Fields) -> Ruling:
    """The validated ruling. Raises ``LanguageModelUnavailable`` for an unknown reaction or a wrong time."""
    reaction, reason, minutes = (fields.get(name) for name in ("reaction", "reason", "minutes"))
    if not isinstance(reaction, str) or reaction not in RESPONSES:
        raise LanguageModelUnavailable("no such reaction")
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or minutes < 0:
        raise LanguageModelUnavailable("no such time")
    after = timedelta(minutes=min(minutes, MAX_DELAY / timedelta(minutes=1)))
    response = RESPONSES[reaction]
    if response is Response.DISMISS and reason in REASONS:
        response = Response(reason)
    return Ruling(response=response, after=after)


def prompt() -> PromptFile:
    """The judge's prompt."""
    file = resources.files("bot.simulate") / "prompts" / f"{VERSION}.md"
    return PromptFile(version=VERSION, text=file.read_text(encoding="utf-8"))
