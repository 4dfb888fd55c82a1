"""A judge: a language model that plays the synthetic people. It says what they do about a message, and when.

Where it gives no usable answer, people do what they would have done by themselves; that is counted.
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

from bot.simulate.people import Answer, Persona, born
from bot.simulate.portrait import situation
from core.chat import Line, Message, Span
from core.errors import LanguageModelUnavailable, OoError
from core.llm.answers import Fields
from core.model import Context, DismissReason, Trigger
from core.ports import Completion, LanguageModel, Turn
from core.tips.prompt import PromptFile, ask_for_json

ALIAS: Final = "judge"
VERSION = "judge-v1"

LATEST = timedelta(hours=72)
"""Whoever would answer later than this does so then."""

PAUSE = 5.0
PAUSES_AFTER = 3
PATIENCE = 20
"""After so many failures in a row the model counts as gone; after fewer it is given a few seconds each time:
a server may be starting again.
"""

CAPPED = "it was asked as often as it may be"
NO_REASON = "none"

ANSWERS = {"done": Answer.DONE, "snooze": Answer.SNOOZE, "dismiss": Answer.DISMISS, "nothing": Answer.SILENCE}
REASONS = [reason.value for reason in DismissReason]

SCHEMA: Fields = {
    "type": "object",
    "properties": {
        "reaction": {"type": "string", "enum": list(ANSWERS)},
        "reason": {"type": "string", "enum": [*REASONS, NO_REASON]},
        "minutes": {"type": "integer"},
    },
    "required": ["reaction", "reason", "minutes"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody does about a message, and how long ``after`` it came."""

    answer: Answer
    after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a judge did: the model that answered last, the prompt, how often it was asked (the trial and
    corrections included), what it ruled how often, and how often people stood in for it, by reason.
    """

    model: str
    prompt: str
    calls: int
    rulings: dict[str, int]
    stood_in: dict[str, int]


class Judge:
    """Asks ``model`` at most ``most_calls`` times, each time for at most ``deadline`` of real time."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        correction: PromptFile,
        deadline: timedelta,
        most_calls: int,
        pause: float = PAUSE,
    ) -> None:
        self._model = model
        self._prompt = prompt()
        self._correction = correction
        self._deadline = deadline
        self._most_calls = most_calls
        self._pause = pause
        self._name = ""
        self._calls = 0
        self._failures = 0
        self._rulings: Counter[str] = Counter()
        self._stood_in: Counter[str] = Counter()

    async def try_out(self, now: datetime) -> None:
        """Ask about somebody and some message. Raises ``LanguageModelUnavailable``."""
        persona = born(0, 0, 1)
        context = Context(now=now, zone=persona.zone.key, trigger=Trigger.SCHEDULED)
        message = Message(lines=(Line(spans=(Span(text="Water the plants"),)),))
        await self._ask(persona, context, message)

    async def ruling(self, persona: Persona, context: Context, message: Message) -> Ruling | None:
        """What they do about ``message``; None where they have to know for themselves.

        Raises ``OoError`` when the model seems to be gone.
        """
        if self._calls >= self._most_calls:
            self._stood_in[CAPPED] += 1
            return None
        if self._failures >= PAUSES_AFTER:
            await asyncio.sleep(self._pause)
        try:
            ruling = await self._ask(persona, context, message)
        except LanguageModelUnavailable as fault:
            self._failed(str(fault))
            return None
        self._failures = 0
        self._rulings[ruling.answer.value] += 1
        return ruling

    def judged(self) -> Judged:
        """What it did so far."""
        return Judged(
            model=self._name,
            prompt=self._prompt.version,
            calls=self._calls,
            rulings=dict(sorted(self._rulings.items())),
            stood_in=dict(sorted(self._stood_in.items())),
        )

    def _failed(self, why: str) -> None:
        self._failures += 1
        self._stood_in[why] += 1
        if self._failures == PATIENCE:
            raise OoError(f"the judge gave no usable answer {PATIENCE} times in a row; the last time: {why}")

    async def _ask(self, persona: Persona, context: Context, message: Message) -> Ruling:
        turns = [
            Turn(role="system", content=self._prompt.text.format()),
            # JSON quoting keeps a hostile title inside its string.
            Turn(role="user", content=json.dumps(situation(persona, context, message), ensure_ascii=False)),
        ]
        fields, self._name = await ask_for_json(self._complete, turns, self._correction, schema=SCHEMA)
        return parse_ruling(fields)

    async def _complete(self, turns: Sequence[Turn]) -> Completion:
        if self._calls >= self._most_calls:
            raise LanguageModelUnavailable(CAPPED)
        self._calls += 1
        return await self._model.complete(ALIAS, turns, schema=SCHEMA, deadline=self._deadline)


def parse_ruling(fields: Fields) -> Ruling:
    """A checked ruling. Raises ``LanguageModelUnavailable`` for what is no reaction, no reason or no time."""
    reaction, reason, minutes = (fields.get(name) for name in ("reaction", "reason", "minutes"))
    if not isinstance(reaction, str) or reaction not in ANSWERS:
        raise LanguageModelUnavailable("no such reaction")
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or minutes < 0:
        raise LanguageModelUnavailable("no such time")
    after = timedelta(minutes=min(minutes, LATEST / timedelta(minutes=1)))
    answer = ANSWERS[reaction]
    if answer is Answer.DISMISS and reason in REASONS:
        answer = Answer(reason)
    return Ruling(answer=answer, after=after)


def prompt() -> PromptFile:
    """The prompt file of this release."""
    file = resources.files("bot.simulate") / "prompts" / f"{VERSION}.md"
    return PromptFile(version=VERSION, text=file.read_text(encoding="utf-8"))
