"""A task -> the prompt for its pieces, and a language model's answer -> checked titles of pieces.

The answer is as untrusted as that of a written tip, and checked by the same rules: a piece that has a link,
names another task, or a date or number that the task does not have, is dropped.

Tests: tests/core/tips/test_pieces.py.
"""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from core.errors import LanguageModelUnavailable
from core.llm.answers import Fields
from core.ports import Turn
from core.records import Context, Fact, Task
from core.text import clean_strictly
from core.tips.cooldowns import plain_words
from core.tips.facts import known_facts
from core.tips.grounding import ungrounded
from core.tips.prompt import LINK, PromptFile, facts_turn

MIN_PIECES, MAX_PIECES = 2, 6
MAX_TITLE_CHARS = 80
"""Longer pieces are dropped: the prompt asks for 60."""

PIECES_SCHEMA: Fields = {
    "type": "object",
    "properties": {
        "pieces": {
            "type": "array",
            "minItems": MIN_PIECES,
            "maxItems": MAX_PIECES,
            "items": {
                "type": "object",
                "properties": {"title": {"type": "string", "maxLength": MAX_TITLE_CHARS}},
                "required": ["title"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["pieces"],
    "additionalProperties": False,
}


def context_of(task: Task, context: Context) -> Context:
    """The context with the task as its first one, so that the prompt and the check know it."""
    others = [one for one in context.tasks if one.task_id != task.task_id]
    facts = known_facts(
        [task, *others],
        context.now,
        ZoneInfo(context.zone),
        open_tasks=context.open_tasks,
        overdue_tasks=context.overdue_tasks,
    )
    return replace(context, tasks=(task, *others), facts=facts)


def pieces_turns(task: Task, context: Context, prompt: PromptFile) -> list[Turn]:
    """The prompt for the pieces of ``task``. Only its own fact is told. ``context``: of ``context_of``."""
    fact = _fact_of(task, context)
    system = prompt.text.format(least=MIN_PIECES, most=MAX_PIECES)
    more = {"notes": clean_strictly(task.notes, 500)} if task.notes else {}
    return [Turn(role="system", content=system), facts_turn((fact,), task=fact.fact_id, **more)]


def _fact_of(task: Task, context: Context) -> Fact:
    return next(fact for fact in context.facts if fact.task_id == task.task_id)


def parse_pieces(answer: Fields, task: Task, context: Context) -> tuple[str, ...]:
    """2 to 6 titles of pieces, in their order. Raises ``LanguageModelUnavailable`` if there are fewer."""
    listed = answer.get("pieces")
    items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    fact, known = _fact_of(task, context), {plain_words(task.title)}
    titles: list[str] = []
    for item in items:
        title = _title(item.get("title"))
        if plain_words(title) not in known and is_piece(title, fact, context):
            titles.append(title)
            known.add(plain_words(title))
    if len(titles) < MIN_PIECES:
        raise LanguageModelUnavailable("too few of the pieces can be used")
    return tuple(titles[:MAX_PIECES])


def _title(value: object) -> str:
    title = clean_strictly(value, MAX_TITLE_CHARS + 1) if isinstance(value, str) else ""
    return title.removesuffix(".") if len(title) <= MAX_TITLE_CHARS else ""


def is_piece(title: str, fact: Fact, context: Context) -> bool:
    """Whether a title may be a piece of the task of ``fact``."""
    has_words = bool(plain_words(title))
    return has_words and not LINK.search(title) and ungrounded(title, [fact], context) is None
