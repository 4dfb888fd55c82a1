"""Context -> prompt, and a language model's answer -> checked candidates.

What comes back is untrusted: it is parsed strictly, cleaned, cut, and every tip must rest on facts that
were in the prompt. A tip that names a task, date or number which its facts do not hold is dropped with its
reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from core.errors import LanguageModelUnavailable
from core.llm.answers import Fields, read
from core.model import Context, Fact, TipCandidate, TipKind, TipSource
from core.ports import Completion, Turn
from core.text import clean_strictly
from core.tips.facts import text_of
from core.tips.grounding import ungrounded

MAX_QUOTED = 2000
MAX_LINE = 160
MAX_TOPIC = 30
CORRECTIONS = 2

Ask = Callable[[Sequence[Turn]], Awaitable[Completion]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptFile:
    """A versioned prompt: ``version`` is its file name without ending, ``text`` a ``str.format`` template."""

    version: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """The prompts in use."""

    tip: PromptFile
    talk: PromptFile
    correction: PromptFile


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
                    "content": {"type": "string", "maxLength": MAX_LINE},
                    "rationale": {"type": "string", "maxLength": MAX_LINE},
                    "fact_ids": {"type": "array", "items": {"type": "string"}, "maxItems": 6},
                    "minutes": {"type": ["integer", "null"]},
                    "topic": {"type": "string", "maxLength": MAX_TOPIC},
                },
                "required": ["content", "rationale", "fact_ids", "minutes", "topic"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["tips"],
    "additionalProperties": False,
}

TALK_SCHEMA: Fields = {
    "type": "object",
    "properties": {
        "reply": {"type": "string", "maxLength": 600},
        "action": {
            "type": ["object", "null"],
            "properties": {"name": {"type": "string"}, "argument": {"type": "string", "maxLength": 300}},
            "required": ["name", "argument"],
            "additionalProperties": False,
        },
    },
    "required": ["reply", "action"],
    "additionalProperties": False,
}


def facts_turn(facts: tuple[Fact, ...], **more: str) -> Turn:
    """The facts, and what else is given, as delimited data in one turn: some models refuse two in a row.

    JSON quoting keeps a hostile title inside its string.
    """
    listed = [{"id": fact.fact_id, "text": text_of(fact)} for fact in facts]
    return Turn(role="user", content=json.dumps({"facts": listed, **more}, ensure_ascii=False))


def tip_turns(context: Context, prompt: PromptFile, count: int) -> list[Turn]:
    """The prompt for ``count`` written tips about ``context``."""
    wishes = _wishes(context)
    facts = facts_turn(context.facts, wishes=wishes) if wishes else facts_turn(context.facts)
    return [Turn(role="system", content=prompt.text.format(count=count)), facts]


def _wishes(context: Context) -> str:
    request = context.request
    said = [f"The person has {request.minutes} minutes." if request.minutes else ""]
    said.append(f"The person's energy is {request.energy}." if request.energy else "")
    return " ".join(part for part in said if part)


async def ask_for_json(
    ask: Ask, turns: list[Turn], correction: PromptFile, *, schema: Fields
) -> tuple[Fields, str]:
    """Ask, and ask again (at most twice) with a correction when the answer holds no object by ``schema``.

    Returns the object and the model's name. Raises ``LanguageModelUnavailable``.
    """
    said = list(turns)
    for _ in range(CORRECTIONS + 1):
        answer = await ask(said)
        try:
            return read(answer.text, schema, thoughts=answer.thoughts), answer.model
        except ValueError as fault:
            last = str(fault)
        said = [
            *turns,
            Turn(role="assistant", content=clean_strictly(answer.text, MAX_QUOTED) or "…"),
            Turn(role="user", content=correction.text.format(fault=last)),
        ]
    raise LanguageModelUnavailable(f"no JSON after {CORRECTIONS + 1} attempts: {last}")


def parse_tips(
    answer: Fields, context: Context, *, model: str, version: str, count: int
) -> tuple[TipCandidate, ...]:
    """Checked candidates from an answer; at most ``count``, the ungrounded ones marked with their reason."""
    listed = answer.get("tips")
    if not isinstance(listed, list):
        raise LanguageModelUnavailable("the answer has no list of tips")
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
    rests_on = tuple(known[one] for one in named if one in known)
    tasks = [fact.task_id for fact in rests_on if fact.task_id]
    minutes = item.get("minutes")
    return TipCandidate(
        candidate_id=f"llm:{number}",
        kind=TipKind.ADVICE,
        source=TipSource.LLM,
        content=content,
        rationale=rationale,
        topic=_topic(item.get("topic")),
        task_id=tasks[0] if len(tasks) == 1 else None,
        fact_ids=tuple(fact.fact_id for fact in rests_on),
        minutes=minutes if type(minutes) is int and 0 < minutes <= 480 else None,
        prompt_version=version,
        llm_model=model,
        dropped=fault(content, rationale, rests_on, unknown=len(named) - len(rests_on), context=context),
    )


def _sentence(value: object) -> str:
    return clean_strictly(value, MAX_LINE) if isinstance(value, str) else ""


def _topic(value: object) -> str | None:
    """A word or three that can stand on a button; anything else is no topic."""
    topic = _sentence(value).lower()
    return topic if len(topic) <= MAX_TOPIC and TOPIC.fullmatch(topic) else None


TOPIC = re.compile(r"[\w-]+(?: [\w-]+){0,2}")
# What chat platforms make clickable: schemes, anything like a domain or an address, commands.
LINK = re.compile(
    r"[a-z]:/|\b(?:mailto|tel|javascript|data):|[\w-]\.[^\W\d_]{2,}|@\w|(?<!\w)/\w", re.IGNORECASE
)


def fault(
    content: str, rationale: str, facts: Sequence[Fact], *, unknown: int, context: Context
) -> str | None:
    """Why a written tip can't be used: empty, link, unknown_fact, no_fact, ungrounded_number,
    ungrounded_date, ungrounded_task; None if it can.
    """
    said = f"{content}\n{rationale}"
    if not (content and rationale):
        return "empty"
    if LINK.search(said):
        return "link"
    if unknown:
        return "unknown_fact"
    if not facts:
        return "no_fact"
    return ungrounded(said, facts, context)
