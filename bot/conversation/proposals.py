"""Actions that a language model proposes: checked, carried out at once, or offered.

A new task, a tip or a list is carried out at once if it is the only action; any other is offered first.
Several are offered as a list, with one tap for each and one for all. Arguments go through the parsers that
people's own words go through; tasks are named by the ids of facts only.

Tests: tests/scenarios/with_model/test_conversation.py, tests/scenarios/with_model/test_proposals.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from bot.conversation.callback_result import CallbackResult
from bot.conversation.commands import COMMANDS, Response
from bot.conversation.task_changes import add_tasks, change, complete, remove
from bot.conversation.update_context import UpdateContext
from bot.languages.language import spoken_like
from bot.languages.names import name_of, tag_named
from bot.screens import texts, texts_talk
from bot.screens.changed_tasks import new_values
from bot.screens.hints import hint
from bot.screens.markup import say
from bot.screens.patch_code import patch_code, patch_of
from bot.screens.proposals import Choice, Proposal, choices
from bot.screens.tasks import estimate
from core.errors import BadInput, NotFound
from core.llm.answers import Fields
from core.records import Context, Task, TaskFact, TaskPatch, TaskState
from core.tasks.changes import ChangedTask
from core.tasks.patching import patched
from core.text import clean_strictly
from core.words.asked_reminders import reminder_wish
from core.words.patches import parse_move, parse_patch
from core.words.understand import wished

MAX_ARGUMENT = 300
MAX_PROPOSALS = 5

COMMAND_OF = {
    "list_tasks": "tasks",
    "give_tip": "tip",
    "pause": "pause",
    "resume": "resume",
    "set_quiet": "quiet",
    "set_times": "times",
    "set_cap": "cap",
    "set_language": "language",
    "mute": "mute",
}
"""The command that carries an action out."""

ABOUT_A_TASK = frozenset({"complete_task", "remove_task", "change_task", "move_task"})
NEW_TASKS = {"add_task": wished, "remind": reminder_wish}
"""Actions that add tasks, and what reads their argument."""

WITHOUT_ARGUMENT = frozenset({"give_tip", "list_tasks", "resume", "pause"})
"""Actions that need no argument."""

AT_ONCE = NEW_TASKS.keys() | {"give_tip", "list_tasks"}
"""Actions that are carried out without a question."""

SAYS_WHAT_TO_CHANGE = frozenset(
    {"remind", "remove_task", "change_task", "move_task", "set_cap", "set_language"}
)
"""Where oO says that it could not tell what is meant."""

ACTIONS = frozenset(COMMAND_OF) | ABOUT_A_TASK | NEW_TASKS.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What an answer proposes."""

    valid: tuple[Proposal, ...]
    refused: bool
    """Whether oO has to say that it could not tell what is meant."""


async def proposals_in(ctx: UpdateContext, answer: Fields, context: Context) -> Proposed:
    """The actions of a language model's answer; at most ``MAX_PROPOSALS``, each once."""
    found: dict[tuple[str, str], Proposal] = {}
    refused = False
    for number, (name, argument) in enumerate(islice(_named(answer), MAX_PROPOSALS)):
        try:
            one = await _checked(ctx, name, argument, context)
        except (BadInput, LookupError, NotFound):
            refused = refused or name in SAYS_WHAT_TO_CHANGE
        else:
            found[one.name, one.argument] = replace(
                one, origin=f"{ctx.origin}.p{number}", offered_at=ctx.now.isoformat()
            )
    return Proposed(valid=tuple(found.values()), refused=refused)


def _named(answer: Fields) -> Iterator[tuple[str, str]]:
    """Names of known actions with their arguments as text."""
    listed = answer.get("actions")
    for action in [*(listed if isinstance(listed, list) else []), answer.get("action")]:
        match action:
            case {"name": str(name), "argument": str() | int() | float() as typed} if name in ACTIONS:
                yield name, clean_strictly(str(typed), MAX_ARGUMENT)


async def _checked(ctx: UpdateContext, name: str, argument: str, context: Context) -> Proposal:
    """The action with its argument as ``act`` takes it. Raises ``BadInput``, ``LookupError``."""
    if name in ABOUT_A_TASK:
        return await _about_task(ctx, name, argument, context)
    if name in COMMAND_OF and COMMAND_OF[name] not in COMMANDS:
        raise LookupError(f"there is no command for {name}")
    if not (argument or name in WITHOUT_ARGUMENT):
        raise LookupError(f"{name} needs an argument")
    if name in NEW_TASKS and NEW_TASKS[name](argument, now=ctx.said_at, zone=ctx.zone).only_begun:
        raise LookupError("it is not said what is to be done")
    if name == "set_language" and tag_named(argument) is None:
        raise LookupError("there is no such language")
    return Proposal(name=name, argument=argument, sentence=name, values={"argument": _shown(name, argument)})


def _shown(name: str, argument: str) -> str:
    """The argument as oO says it: of ``de``, ``German``."""
    if name == "set_language":
        return name_of(tag_named(argument) or argument)
    return argument or (texts.LLM_PAUSE_OPEN if name == "pause" else "")


def is_at_once(one: Proposal) -> bool:
    """Whether a single proposal is carried out without a question. A language that oO does not speak changes
    nothing: the answer says which there are.
    """
    unspoken = one.name == "set_language" and spoken_like(tag_named(one.argument)) is None
    return one.name in AT_ONCE or unspoken


# --- Tasks -------------------------------------------------------------------------------------------------


async def _about_task(ctx: UpdateContext, name: str, argument: str, context: Context) -> Proposal:
    fact_id, _, words = argument.partition(" ")
    known = {fact.fact_id: fact.task_id for fact in context.facts if isinstance(fact, TaskFact)}
    task_id = known[fact_id.strip(",.:;()[]").lower()]
    async with ctx.deps.store.read() as unit:
        task = await unit.tasks.get(str(task_id))
    if task.state is not TaskState.OPEN:
        raise LookupError("the task is not open")
    if name in ("complete_task", "remove_task"):
        return Proposal(name=name, argument=task.task_id, sentence=name, values={"argument": task.title})
    return _change(ctx, name, task, _patch(ctx, name, words))


def _patch(ctx: UpdateContext, name: str, words: str) -> TaskPatch:
    """The change that the words mean; to move a task "a week" puts it off. Raises ``BadInput``."""
    if name == "move_task":
        with suppress(BadInput):  # "friday p1" moves and changes
            return parse_move(words, now=ctx.said_at, zone=ctx.zone)
    return parse_patch(words, now=ctx.said_at, zone=ctx.zone)


def _change(ctx: UpdateContext, name: str, task: Task, patch: TaskPatch) -> Proposal:
    """The change with its new values, so that carrying it out twice changes nothing more."""
    change = ChangedTask(before=task, after=patched(task, patch, now=ctx.now, zone=ctx.zone))
    if not change.changed:
        raise LookupError("nothing would change")
    absolute = TaskPatch(**{name: getattr(change.after, name) for name in change.changed})
    values = {
        "argument": task.title,
        "changed": new_values(change, ctx.now, ctx.zone),
        "estimate": estimate(change.after.minutes or 0),
    }
    sentence = "estimate" if change.changed == ("minutes",) and change.after.minutes else name
    code = patch_code(absolute)
    return Proposal(name="change_task", argument=f"{task.task_id} {code}", sentence=sentence, values=values)


async def act(
    ctx: UpdateContext, name: str, argument: str, *, offered_at: datetime | None = None
) -> Response:
    """Carry out an action of ``ACTIONS``. Dates of new tasks count from ``offered_at``, or from now.

    Raises ``BadInput``, ``NotFound``.
    """
    match name:
        case "complete_task":
            return await complete(ctx, argument) or say(texts.TASK_ALREADY)
        case "remove_task":
            return await remove(ctx, argument)
        case "change_task" | "move_task":
            task_id, _, code = argument.partition(" ")
            return await change(ctx, task_id, patch_of(code))
        case "add_task" | "remind":
            now = offered_at or ctx.now
            return await add_tasks(ctx, NEW_TASKS[name](argument, now=now, zone=ctx.zone))
    return await COMMANDS[COMMAND_OF[name]].run(ctx, argument)


async def carry_out_choice(ctx: UpdateContext, choice: Choice) -> CallbackResult:
    """Carry out one action of a list, or all. The list keeps what is left of it."""
    chosen = choice.offered if choice.chosen is None else (choice.offered[choice.chosen],)
    left = tuple(one for one in choice.offered if one not in chosen)
    answers = [answer for one in chosen if (answer := await _try(ctx, one))]
    for answer in answers[:-1]:
        await ctx.reply(answer)
    remaining = choices(left) if left else say(texts_talk.PROPOSED_CHOSEN)
    return CallbackResult(edit=remaining, reply=answers[-1] if answers else None)


async def _try(ctx: UpdateContext, one: Proposal) -> Response:
    """The confirmation of an action, or why it is not possible any more."""
    ctx.acts_for = one.origin
    try:
        return await act(ctx, one.name, one.argument, offered_at=datetime.fromisoformat(one.offered_at))
    except BadInput as fault:
        return hint(fault)
    except NotFound:
        return say(texts.TASK_ALREADY)
