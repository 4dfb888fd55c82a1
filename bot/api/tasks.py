"""Tasks: list, add, read, change, complete, reopen, remove."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from bot.api.cursors import Page, cursor_of, page
from bot.api.models import COUNT, WHOLE, Day, DueDate, Input, Minutes, Name, Output, ShortText, Text, either
from bot.api.operation import Call, Operation, Result
from bot.api.problems import Kind, Problem, unusable
from core.errors import BadInput, NotFound
from core.records import FileTask, Scope, Task, TaskPatch, TaskSource, TaskState
from core.tasks.changes import change_task, open_task, remove_task
from core.tasks.file_tasks import cleaned
from core.tasks.filters import filtered
from core.tasks.todo_list import add_task, complete_task, list_tasks, reopen_task
from core.words.tasks import TaskDraft, parse_task

Labels = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field(max_length=20)]
Notes = Annotated[str, Field(min_length=1, max_length=4000)]
Priority = Annotated[int, Field(ge=1, le=4, description="1 is the most urgent"), WHOLE]
Rule = Annotated[str, Field(min_length=1, max_length=300, description="RFC 5545 RRULE without DTSTART")]


class TaskOut(Output):
    """A task."""

    task_id: str
    title: str
    state: TaskState
    priority: int
    due: DueDate | None
    deadline: date | None = Field(description="The day by which it has to be done, whatever `due` says")
    repeats: str | None
    repeats_from_done: bool
    minutes: int | None
    labels: list[str]
    project: str | None
    section: str | None = Field(description="The part of the project that it is in")
    notes: str | None
    source: TaskSource
    parent_id: str | None
    created_at: datetime
    done_at: datetime | None

    @classmethod
    def of(cls, task: Task) -> TaskOut:
        """The task of an answer."""
        same = ("task_id", "title", "state", "priority", "repeats", "repeats_from_done", "minutes", "project")
        more = ("deadline", "section", "notes", "source", "parent_id", "created_at", "done_at")
        values = {name: getattr(task, name) for name in same + more}
        return cls.model_construct(due=DueDate.of(task.due), labels=list(task.labels), **values)


class TaskPage(Output):
    """A part of the list."""

    tasks: list[TaskOut]
    next_cursor: str | None = Field(description="For the next part; None: this is the last one")


class TaskQuery(Input):
    """Which tasks are wanted."""

    cursor: Annotated[str, Field(max_length=400)] | None = None
    limit: Annotated[int, Field(ge=1, le=200), COUNT] = 50
    filter: Annotated[str, Field(max_length=80)] | None = Field(
        None,
        description="As in the chat: today, overdue, #label, +project, /section, p1, or words of the title",
    )


class TaskInWords(Input):
    """A task as it is typed in the chat."""

    text: Text = Field(examples=["Pay rent tomorrow 9am p1 #home"])


class TaskInFields(Input):
    """A task by its fields. Nothing is read out of the title."""

    title: ShortText
    due: DueDate | None = None
    deadline: Day | None = None
    repeats: Rule | None = None
    priority: Priority = 4
    minutes: Minutes | None = None
    labels: Labels = ()
    project: Name | None = None
    section: Name | None = None
    notes: Notes | None = None


def _unset() -> Any:
    """The value of a field that a change does not name. The schema has no default for it: a generated client
    would send that, and so clear the field.
    """
    return None


class TaskChange(Input):
    """New values; what is not named stays. None clears a field."""

    title: ShortText = Field(default_factory=_unset)
    due: DueDate | None = Field(default_factory=_unset)
    deadline: Day | None = Field(default_factory=_unset)
    repeats: Rule | None = Field(default_factory=_unset)
    priority: Priority = Field(default_factory=_unset)
    minutes: Minutes | None = Field(default_factory=_unset)
    labels: Labels = Field(default_factory=tuple)
    project: Name | None = Field(
        default_factory=_unset, description="Another project takes it out of its section"
    )
    section: Name | None = Field(default_factory=_unset)
    notes: Notes | None = Field(default_factory=_unset)


async def _list(call: Call) -> Result:
    wanted: TaskQuery = call.query
    tasks = await list_tasks(call.person, call.deps, zone=call.zone)
    if wanted.filter:
        tasks = filtered(tasks, wanted.filter, now=call.deps.clock.now(), zone=call.zone)
    ordered = sorted(tasks, key=lambda task: (task.created_at, task.task_id))
    found: Page[Task] = page(ordered, wanted.cursor, wanted.limit, key=_place)
    return Result(
        content=TaskPage.model_construct(
            tasks=[TaskOut.of(one) for one in found.items], next_cursor=cursor_of(found.last)
        )
    )


def _place(task: Task) -> tuple[str, str]:
    return (f"{task.created_at:%Y-%m-%dT%H:%M:%S.%f}", task.task_id)


async def _add(call: Call) -> Result:
    wanted: TaskInWords | TaskInFields = call.body
    if isinstance(wanted, TaskInWords):
        draft = parse_task(wanted.text, now=call.deps.clock.now(), zone=call.zone)
    else:
        draft = _draft(wanted, call)
    task = await add_task(call.person, call.deps, draft, origin=call.origin)
    return Result(content=TaskOut.of(task))


def _draft(wanted: TaskInFields, call: Call) -> TaskDraft:
    fields = _cleaned(wanted.model_dump(exclude={"due", "labels"}), wanted.due, wanted.labels, call)
    same = (
        "title",
        "due",
        "deadline",
        "priority",
        "repeats",
        "minutes",
        "labels",
        "project",
        "section",
        "notes",
    )
    return TaskDraft(**{name: getattr(fields, name) for name in same})


def _cleaned(values: dict[str, Any], due: DueDate | None, labels: tuple[str, ...], call: Call) -> FileTask:
    """The fields made harmless. Raises ``Problem`` for a rule or a zone that is none, and ``BadInput``."""
    given = FileTask(**values, due=due.record() if due else None, labels=labels)
    fields = cleaned(given, now=call.deps.clock.now(), zone=call.zone)
    if fields is None:
        raise BadInput("task_empty")
    if given.repeats and fields.repeats is None:
        raise unusable("/repeats", "should be an RRULE that oO knows, together with a due date")
    if given.due and given.due.zone and (fields.due is None or fields.due.zone is None):
        raise unusable("/due/zone", "should be an IANA name, together with a time")
    return fields


async def own_task(call: Call) -> Task:
    """The person's task that the path names, whatever its state. Raises ``NotFound``."""
    async with call.deps.store.read() as unit:
        task = await unit.tasks.get(call.path["task_id"])
    if task.person_id != call.person.person_id:
        raise NotFound("no such task of this person")
    return task


async def _get(call: Call) -> Result:
    return Result(content=TaskOut.of(await own_task(call)))


async def _change(call: Call) -> Result:
    wanted: TaskChange = call.body
    task = await own_task(call)
    if wanted.repeats and task.source is not TaskSource.OO:
        raise unusable("/repeats", "can't be set for a task that lives elsewhere")
    named = wanted.model_fields_set
    values = wanted.model_dump(include=set(named) - {"due", "labels"})
    due = wanted.due if "due" in named else DueDate.of(task.due)
    complete = {"title": task.title, **values}
    fields = _cleaned(complete, due, wanted.labels, call)
    patch = TaskPatch(**{name: getattr(fields, name) for name in named})
    if "repeats" in named:
        patch = replace(patch, repeats_from_done=False)
    changed = await change_task(
        task.task_id, call.person, call.deps, patch, zone=call.zone, origin=call.origin
    )
    return Result(content=TaskOut.of(changed.after))


async def _complete(call: Call) -> Result:
    async with call.deps.store.begin(call.person.person_id) as unit:
        task = await open_task(unit, call.path["task_id"], call.person)
        done = (await complete_task(unit, task, call.deps, zone=call.zone)).task
    return Result(content=TaskOut.of(done))


async def _reopen(call: Call) -> Result:
    task = await own_task(call)
    if task.state is not TaskState.DONE:
        raise Problem(Kind.NOT_DONE)
    async with call.deps.store.begin(call.person.person_id) as unit:
        task = await unit.tasks.get(task.task_id)
        opened = await reopen_task(unit, task, call.deps, due=task.due, done_at=task.done_at)
    return Result(content=TaskOut.of(opened))


async def _remove(call: Call) -> Result:
    await remove_task(call.path["task_id"], call.person, call.deps)
    return Result()


TASKS = (
    Operation(
        name="list_tasks", method="GET", path="/v1/tasks", scope=Scope.TASKS_READ, run=_list, needs_zone=True,
        summary="The open tasks, oldest first", query=TaskQuery, answer=TaskPage,
    ),
    Operation(
        name="add_task", method="POST", path="/v1/tasks", scope=Scope.TASKS_WRITE, run=_add, needs_zone=True,
        summary="Add a task, in words or by its fields", body=either(TaskInWords, TaskInFields),
        answer=TaskOut, status=201, repeatable=True, location="/v1/tasks/{task_id}",
    ),
    Operation(
        name="get_task", method="GET", path="/v1/tasks/{task_id}", scope=Scope.TASKS_READ, run=_get,
        summary="A task, whatever its state", answer=TaskOut,
    ),
    Operation(
        name="change_task", method="PATCH", path="/v1/tasks/{task_id}", scope=Scope.TASKS_WRITE, run=_change,
        summary="Change some fields of an open task", body=TaskChange, answer=TaskOut, needs_zone=True,
        repeatable=True,
    ),
    Operation(
        name="remove_task", method="DELETE", path="/v1/tasks/{task_id}", scope=Scope.TASKS_WRITE, run=_remove,
        summary="Take an open task off the list; that is no completion", status=204,
    ),
    Operation(
        name="complete_task", method="POST", path="/v1/tasks/{task_id}/complete", scope=Scope.TASKS_WRITE,
        run=_complete, summary="Complete an open task; a repeating one moves to its next date",
        answer=TaskOut, needs_zone=True, repeatable=True,
    ),
    Operation(
        name="reopen_task", method="POST", path="/v1/tasks/{task_id}/reopen", scope=Scope.TASKS_WRITE,
        run=_reopen, summary="Take a completion back", answer=TaskOut, problems=(Kind.NOT_DONE,),
        repeatable=True,
    ),
)  # fmt: skip
