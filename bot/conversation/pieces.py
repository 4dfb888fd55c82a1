"""*Break it down*: offers to split a task into steps, by the language model or else by asking for them.

A model's steps are shown before they are added; what a person typed is added at once. One tap takes all back.
Tests: tests/scenarios/test_pieces.py.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from bot.conversation.ask_llm import ask_in_conversation
from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.question import Question
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.screens import pieces as screen
from bot.screens import texts, texts_pieces, texts_privacy
from bot.screens.markup import join, say
from core.chat import Message
from core.deciding.decide import current_context
from core.delivery.callbacks import CallbackAction
from core.delivery.tip_status import latest_unanswered
from core.errors import BudgetSpent, LanguageModelUnavailable, NotFound
from core.records import Purpose, Request, Task, TaskState, Trigger
from core.scheduling.quiet_hours import DAY
from core.tasks.pieces import MAX_PIECES, add_pieces, open_pieces, remove_pieces
from core.tasks.todo_list import MAX_OPEN_TASKS
from core.tips.pieces import PIECES_SCHEMA, context_of, parse_pieces, pieces_turns
from core.tips.prompt import PromptFile
from core.tips.urgency import by_urgency
from core.words.intents import AddTask, Undo
from core.words.matching import best_match, matches
from core.words.pieces import is_no, steps_in
from core.words.tasks import TaskDraft

log = logging.getLogger(__name__)

STEPS = "steps"
"""The question for the steps of a task."""


# --- Buttons -----------------------------------------------------------------------------------------------


async def break_down(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Offer steps of a task; where there are forms and no model, the tap brings the typed steps."""
    task = await _open_task(ctx, action.arg)
    typed = getattr(ctx.update, "typed", None)
    if typed is not None:
        steps = steps_in(typed, now=ctx.said_at, zone=ctx.zone)
        return CallbackResult(reply=_wrong_number(steps) or await _add(ctx, task, steps))
    if split := await _already_split(ctx, task):
        return CallbackResult(reply=split)
    if prompt := _prompt(ctx):
        return CallbackResult(later=partial(_propose, ctx, task, prompt))
    return CallbackResult(question=_question(task), reply=say(texts_pieces.ASK_STEPS, title=task.title))


async def add_these(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Add the steps that were proposed."""
    task_id, *titles = action.arg.split(screen.SEPARATOR)
    task = await _open_task(ctx, task_id)
    if split := await _already_split(ctx, task):
        return CallbackResult(edit=split)
    return CallbackResult(edit=await _add(ctx, task, [TaskDraft(title=title) for title in titles]))


async def no_thanks(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Leave the task whole."""
    return CallbackResult(edit=say(texts_pieces.LEFT_WHOLE))


async def undo_pieces(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take back the steps that were added and are not done yet."""
    task_id, *ids = action.arg.split(screen.SEPARATOR)
    async with ctx.deps.store.read() as unit:
        task = await unit.tasks.get(task_id)
    removed = await remove_pieces(ids, ctx.person, ctx.deps, origin=ctx.origin)
    if not removed:
        return CallbackResult(toast=texts.NOTHING_TO_UNDO)
    sentence = texts_pieces.REMOVED if len(removed) == len(ids) else texts_pieces.REMOVED_SOME
    return CallbackResult(edit=say(sentence, title=task.title))


PIECES_BUTTONS: dict[str, CallbackHandler] = {
    "break_down": break_down,
    "add_pieces": add_these,
    "no_pieces": no_thanks,
    "undo_pieces": undo_pieces,
}


# --- Words -------------------------------------------------------------------------------------------------


async def break_down_by_words(ctx: UpdateContext, words: str) -> Message:
    """Offer steps of the task that the words name, or of the latest tip's; if that is not clear, ask."""
    async with ctx.deps.store.read() as unit:
        tasks = by_urgency(await unit.tasks.open(ctx.person.person_id), ctx.now, ctx.zone)
    if not words:
        tip = await latest_unanswered(ctx.person, ctx.deps, since=ctx.now - DAY)
        return await _offer(ctx, tip.task) if tip and tip.task else screen.which("", tasks)
    titles = [task.title for task in tasks]
    found = best_match(words, titles)
    if found is not None:
        return await _offer(ctx, tasks[found])
    rivals = [tasks[index] for index in sorted(matches(words, titles))]  # the most pressing first
    return screen.which(words, rivals or tasks)


async def take_steps(ctx: UpdateContext, question: Question, utterance: Utterance) -> Message:
    """Take typed steps. Without any, or with too many, the question stays."""
    if is_no(utterance.text):
        await ctx.set_question(None)
        return say(texts_pieces.LEFT_WHOLE)
    steps = steps_in(utterance.text, now=ctx.said_at, zone=ctx.zone)
    if wrong := _wrong_number(steps):
        return wrong
    try:
        answer = await _add(ctx, await _open_task(ctx, question.subject or ""), steps)
    except NotFound:
        answer = say(texts.TASK_ALREADY)
    await ctx.set_question(None)
    return answer


def wants_something_else(utterance: Utterance) -> bool:
    """Whether the text is clearly about something else than steps."""
    refuses, intent = is_no(utterance.text), utterance.intent
    is_step = isinstance(intent, AddTask) or (isinstance(intent, Undo) and intent.title)  # "bring back …"
    return not refuses and intent is not None and not is_step


def _wrong_number(steps: Sequence[TaskDraft]) -> Message | None:
    if not steps:
        return say(texts_pieces.NO_STEPS)
    is_too_many = len(steps) > MAX_PIECES
    return say(texts_pieces.TOO_MANY_STEPS, limit=MAX_PIECES) if is_too_many else None


# --- The offer ---------------------------------------------------------------------------------------------


async def _offer(ctx: UpdateContext, task: Task) -> Message:
    if split := await _already_split(ctx, task):
        return split
    prompt = _prompt(ctx)
    return await (_propose(ctx, task, prompt) if prompt else _ask(ctx, task))


def _prompt(ctx: UpdateContext) -> PromptFile | None:
    """The prompt for the language model; None if it is not to be asked."""
    is_asked = ctx.deployment.llm and ctx.person.allows(Purpose.LANGUAGE_MODEL)
    return ctx.deps.prompts.pieces if is_asked else None


async def _propose(ctx: UpdateContext, task: Task, prompt: PromptFile) -> Message:
    """Steps by the language model; if it has none that may be shown, ask the person."""
    await ctx.thinking()
    known = await current_context(
        ctx.person, ctx.deps, trigger=Trigger.REQUESTED, zone=ctx.zone, request=Request()
    )
    context = context_of(task, known)
    try:
        answer = await ask_in_conversation(ctx, pieces_turns(task, context, prompt), PIECES_SCHEMA)
        titles = parse_pieces(answer, task, context)
    except BudgetSpent:
        return join(await _ask(ctx, task), say(texts_privacy.BUDGET_SPENT))
    except LanguageModelUnavailable as unavailable:
        log.warning("no pieces of a task: %s", unavailable)
        return await _ask(ctx, task)
    return screen.proposed(task, titles)


async def _ask(ctx: UpdateContext, task: Task) -> Message:
    await ctx.set_question(_question(task))
    return say(texts_pieces.ASK_STEPS, title=task.title)


def _question(task: Task) -> Question:
    return Question(what=STEPS, subject=task.task_id)


async def _already_split(ctx: UpdateContext, task: Task) -> Message | None:
    async with ctx.deps.store.read() as unit:
        pieces = await open_pieces(unit, task)
    return say(texts_pieces.ALREADY_SPLIT, title=task.title, next=pieces[0].title) if pieces else None


async def _open_task(ctx: UpdateContext, task_id: str) -> Task:
    """The person's open task. Raises ``NotFound``."""
    async with ctx.deps.store.read() as unit:
        task = await unit.tasks.get(task_id)
    if (task.person_id, task.state) != (ctx.person.person_id, TaskState.OPEN):
        raise NotFound("no such open task of this person")
    return task


async def _add(ctx: UpdateContext, task: Task, steps: Sequence[TaskDraft]) -> Message:
    pieces = await add_pieces(
        task.task_id, ctx.person, ctx.deps, steps, origin=ctx.origin, max_open_tasks=MAX_OPEN_TASKS
    )
    return screen.added(task, pieces)
