"""Context -> prompt, and a language model's answer -> checked candidates.

Answers are untrusted: they are parsed strictly, cleaned and cut, and every tip must cite facts of the prompt.
A tip that names a task, date or number that its facts do not support is dropped with the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from core.errors import AnswerUnusable
from core.llm.answers import Fields, parse_answer
from core.ports import Completion, Turn
from core.records import Context, Fact, PromptDraw, TalkTurn, TipCandidate, TipKind, TipSource
from core.text import clean_strictly
from core.tips.facts import BASIC, text_of
from core.tips.grounding import ungrounded

MAX_QUOTED_CHARS = 2000
"""How much of a malformed answer is quoted back to the model."""

MAX_LINE_CHARS = 160
MAX_TOPIC_CHARS = 30
MAX_MINUTES = 480
MAX_CORRECTIONS = 2

Complete = Callable[[Sequence[Turn]], Awaitable[Completion]]
"""Sends a prompt to a model. Raises ``LanguageModelUnavailable``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptFile:
    """A versioned prompt."""

    version: str
    """The file name without ending; it is logged with every tip."""

    text: str
    """A ``str.format`` template."""

    def shown(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """The facts that go with this prompt. Each fact is checked the same, whichever prompt showed it."""
        return tuple(fact for fact in facts if self.version not in FIRST or isinstance(fact, BASIC))

    @property
    def talk_schema(self) -> Fields:
        """The schema of an answer in conversation."""
        return TALK_SCHEMA if self.version in FIRST else ACTIONS_SCHEMA


TIP_PROMPTS: tuple[Literal["tip-v2"], ...] = ("tip-v2",)
TALK_PROMPT: Final = "talk-v2"
"""The prompts in use, unless configured otherwise."""

FIRST = frozenset({"tip-v1", "talk-v1"})
"""The prompts that know only the kinds of facts in ``BASIC``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """The prompts in use."""

    tips: tuple[PromptFile, ...]
    """For each decision, one is drawn with equal chances."""

    talk: PromptFile
    correction: PromptFile
    pieces: PromptFile | None = None
    """None: a person is asked for the steps of a task, and no model."""


TIP_SCHEMA: Fields = {
    "type": "object",
    "properties": {
        "tips": {
            "type": "array",
            "minItems": 1,
            "maxItems": 5,
            "items": {
                "type": "object",
                "properties": {
                    "content": {"type": "string", "maxLength": MAX_LINE_CHARS},
                    "rationale": {"type": "string", "maxLength": MAX_LINE_CHARS},
                    "fact_ids": {"type": "array", "items": {"type": "string"}, "maxItems": 6},
                    "minutes": {"type": ["integer", "null"]},
                    "topic": {"type": "string", "maxLength": MAX_TOPIC_CHARS},
                },
                "required": ["content", "rationale", "fact_ids", "minutes", "topic"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["tips"],
    "additionalProperties": False,
}

_ACTION: Fields = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "argument": {"type": "string", "maxLength": 300}},
    "required": ["name", "argument"],
    "additionalProperties": False,
}
_REPLY: Fields = {"type": "string", "maxLength": 600}

ACTIONS_SCHEMA: Fields = {
    "type": "object",
    "properties": {"reply": _REPLY, "actions": {"type": "array", "maxItems": 5, "items": _ACTION}},
    "required": ["reply", "actions"],
    "additionalProperties": False,
}

ACCEPTED_TALK: Fields = {
    "properties": {
        "reply": _REPLY,
        "actions": {"type": "array", "items": _ACTION},
        "action": {**_ACTION, "type": ["object", "null"]},
    }
}
"""What answers in conversation are read by: models that know earlier prompts answer with one ``action``."""

TALK_SCHEMA: Fields = {
    "type": "object",
    "properties": {"reply": _REPLY, "action": {**_ACTION, "type": ["object", "null"]}},
    "required": ["reply", "action"],
    "additionalProperties": False,
}
"""The schema of the first prompt: one action at most."""


def talk_turns(
    context: Context,
    prompt: PromptFile,
    message: str,
    earlier: Sequence[TalkTurn] = (),
    *,
    language: str | None = None,
) -> list[Turn]:
    """The prompt that answers ``message``; ``language``: the English name of the person's.

    Earlier turns are data like the facts, in the same JSON.
    """
    said = [{"who": turn.speaker.value, "text": turn.text} for turn in earlier]
    more: dict[str, object] = {"earlier": said} if said and prompt.version not in FIRST else {}
    more |= {"wishes": f"Reply in {language}."} if language else {}
    system = Turn(role="system", content=prompt.text.format())
    return [system, facts_turn(prompt.shown(context.facts), **more, message=message)]


def facts_turn(facts: tuple[Fact, ...], **more: object) -> Turn:
    """The facts and ``more`` as JSON in one turn: some models refuse two user turns in a row.

    JSON quoting keeps a hostile title inside its string.
    """
    listed = [{"id": fact.fact_id, "text": text_of(fact)} for fact in facts]
    return Turn(role="user", content=json.dumps({"facts": listed, **more}, ensure_ascii=False))


def draw_prompt(prompts: Sequence[PromptFile], seed: Callable[[], int]) -> PromptDraw:
    """One of the prompts, each with the same chance. ``seed`` is called only if there are several."""
    if len(prompts) == 1:
        return PromptDraw(version=prompts[0].version, chance=1.0, seed=0)
    drawn_with = seed()
    drawn = Random(drawn_with).choice(prompts)  # noqa: S311 - a random assignment, no secret
    return PromptDraw(version=drawn.version, chance=1 / len(prompts), seed=drawn_with)


def tip_turns(context: Context, prompt: PromptFile, count: int, *, language: str | None = None) -> list[Turn]:
    """The prompt for ``count`` written tips about ``context``; ``language``: its English name."""
    wishes = _wishes(context, language)
    shown = prompt.shown(context.facts)
    facts = facts_turn(shown, wishes=wishes) if wishes else facts_turn(shown)
    return [Turn(role="system", content=prompt.text.format(count=count)), facts]


def _wishes(context: Context, language: str | None) -> str:
    request = context.request
    said = [f"The person has {request.minutes} minutes." if request.minutes else ""]
    free = context.minutes_free
    said.append(f"The person is free for {free} minutes until the next meeting." if free else "")
    said.append(f"The person's energy is {request.energy}." if request.energy else "")
    said.append(f"Write in {language}." if language else "")
    return " ".join(part for part in said if part)


async def ask_for_json(
    complete: Complete, turns: list[Turn], correction: PromptFile, *, schema: Fields
) -> tuple[Fields, str]:
    """An object by ``schema`` and the model's name. A malformed answer is sent back at most twice.

    ``schema`` is what an answer is read by: it may accept more than the model was asked for.
    Raises ``AnswerUnusable``, and what ``complete`` raises.
    """
    prompt = turns
    for _ in range(MAX_CORRECTIONS + 1):
        answer = await complete(prompt)
        try:
            return parse_answer(answer.text, schema, thoughts=answer.thoughts), answer.model
        except ValueError as error:
            reason = str(error)
        prompt = [*turns, *_correction_turns(answer, reason, correction)]
    raise AnswerUnusable(f"no JSON after {MAX_CORRECTIONS + 1} attempts: {reason}")


def _correction_turns(answer: Completion, reason: str, correction: PromptFile) -> tuple[Turn, Turn]:
    """The malformed answer, shortened, and what is wrong with it."""
    quoted = clean_strictly(answer.text, MAX_QUOTED_CHARS) or "…"
    return (
        Turn(role="assistant", content=quoted),
        Turn(role="user", content=correction.text.format(fault=reason)),
    )


def parse_tips(
    answer: Fields, context: Context, *, model: str, version: str, count: int
) -> tuple[TipCandidate, ...]:
    """At most ``count`` candidates from an answer; those that may not be sent have the reason in ``dropped``.

    Raises ``AnswerUnusable`` if there is no list of tips.
    """
    listed = answer.get("tips")
    if not isinstance(listed, list):
        raise AnswerUnusable("the answer has no list of tips")
    fields = [item for item in listed if isinstance(item, dict)][:count]
    return tuple(
        _candidate(item, number, context, model=model, version=version)
        for number, item in enumerate(fields, start=1)
    )


def _candidate(item: Fields, number: int, context: Context, *, model: str, version: str) -> TipCandidate:
    content, rationale = (_sentence(item.get(name)) for name in ("content", "rationale"))
    raw_ids = item.get("fact_ids")
    named = dict.fromkeys(str(one) for one in raw_ids) if isinstance(raw_ids, list) else {}
    known = {fact.fact_id: fact for fact in context.facts}
    cited = tuple(known[fact_id] for fact_id in named if fact_id in known)
    tasks = [fact.task_id for fact in cited if fact.task_id]
    minutes = item.get("minutes")
    return TipCandidate(
        candidate_id=f"llm:{number}",
        kind=TipKind.ADVICE,
        source=TipSource.LLM,
        content=content,
        rationale=rationale,
        topic=_topic(item.get("topic")),
        task_id=tasks[0] if len(tasks) == 1 else None,
        fact_ids=tuple(fact.fact_id for fact in cited),
        minutes=minutes if type(minutes) is int and 0 < minutes <= MAX_MINUTES else None,
        prompt_version=version,
        llm_model=model,
        dropped=rejection_reason(content, rationale, cited, unknown=len(named) - len(cited), context=context),
    )


def _sentence(value: object) -> str:
    return clean_strictly(value, MAX_LINE_CHARS) if isinstance(value, str) else ""


def _topic(value: object) -> str | None:
    """One to three words that fit on a button; None for anything else."""
    topic = _sentence(value).lower()
    return topic if len(topic) <= MAX_TOPIC_CHARS and TOPIC.fullmatch(topic) else None


TOPIC = re.compile(r"[\w-]+(?: [\w-]+){0,2}")
# What chat platforms turn into links: schemes, domains, mail addresses, mentions, commands.
LINK = re.compile(
    r"[a-z]:/|\b(?:mailto|tel|javascript|data):|[\w-]\.[^\W\d_]{2,}|@\w|(?<!\w)/\w", re.IGNORECASE
)


def rejection_reason(
    content: str, rationale: str, facts: Sequence[Fact], *, unknown: int, context: Context
) -> str | None:
    """Why a written tip may not be sent: empty, link, unknown_fact, no_fact, ungrounded_number,
    ungrounded_date, ungrounded_task; None if it may. ``unknown`` counts cited ids that no fact has.
    """
    text = f"{content}\n{rationale}"
    if not (content and rationale):
        return "empty"
    if LINK.search(text):
        return "link"
    if unknown:
        return "unknown_fact"
    if not facts:
        return "no_fact"
    return ungrounded(text, facts, context)
