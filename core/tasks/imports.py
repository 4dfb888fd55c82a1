"""Tasks from a file: what is new and what is known, adding the new ones, and taking that back.

A person sees first what would be added. What they saw is stored and added by one tap, so the file is not
fetched twice and a tap needs no network. An offer that nobody takes is deleted after ``answer_wait``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_event
from core.records import (
    FileTask,
    ImportedTask,
    ImportState,
    Person,
    Task,
    TaskFile,
    TaskImport,
    TaskKey,
    TaskSource,
    TaskState,
)
from core.store import Unit
from core.tasks.file_tasks import content_digest, text_keys, uid_key
from core.tasks.reminders import put_tasks
from core.tasks.todo_list import MAX_OPEN_TASKS


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOffer:
    """What adding a file's tasks would do."""

    import_id: str
    new: tuple[FileTask, ...]
    """The tasks that would be added."""
    known: int
    """How many are on the person's list already, or were."""
    changed: int
    """How many of the known ones differ from when the file came last. oO's own version stays."""
    no_room: int
    """How many new ones don't fit on the list."""
    left_out: int
    """As in ``TaskFile``, as the next."""
    unreadable: tuple[int, ...]


async def offer_import(
    person: Person,
    deps: Dependencies,
    file: TaskFile,
    *,
    origin: str,
    max_open_tasks: int = MAX_OPEN_TASKS,
) -> ImportOffer:
    """Compare a file with the person's tasks, and store what is new until they agree.

    ``origin`` names the update that brought the file: handled twice, it makes one offer.
    """
    tasks = _without_circles(file.tasks)
    keys = _keys_of(tasks)
    async with deps.store.begin(person.person_id) as unit:
        known = await _known(unit, person)
        new = [place for place in range(len(tasks)) if not any(key in known.ids for key in keys[place])]
        fitting = new[: max(0, max_open_tasks - known.open)]
        offered = TaskImport(
            import_id=f"import-{origin}",
            person_id=person.person_id,
            offered_at=deps.clock.now(),
            tasks=_imported(tasks, keys, fitting, known.ids),
        )
        if fitting:
            await unit.imports.put(offered)
    return ImportOffer(
        import_id=offered.import_id,
        new=tuple(tasks[place] for place in fitting),
        known=len(tasks) - len(new),
        changed=_changed(tasks, known.contents),
        no_room=len(new) - len(fitting),
        left_out=file.left_out,
        unreadable=file.unreadable,
    )


async def drop_import(import_id: str, person: Person, deps: Dependencies) -> None:
    """Delete an offer, if that was not done before. Raises ``NotFound`` if it is not open any more."""
    async with deps.store.begin(person.person_id) as unit:
        try:
            await unit.imports.get(import_id)
        except NotFound:
            return
        await _offered(unit, import_id, person, deps)
        await unit.imports.delete(import_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """The tasks of an import after they were added, or after that was taken back."""

    import_id: str
    tasks: int
    """How many were added, or removed again."""
    kept: int = 0
    """How many were done or removed before the import was taken back: these stay so."""


async def add_import(
    import_id: str, person: Person, deps: Dependencies, *, max_open_tasks: int = MAX_OPEN_TASKS
) -> ImportResult:
    """Add the offered tasks, in one transaction. What became known since the offer is left out. What was
    added before is not added again.

    Raises ``NotFound`` if the offer was dropped, taken back or too old.
    """
    async with deps.store.begin(person.person_id) as unit:
        done = await unit.imports.get(import_id)
        if (done.person_id, done.state) == (person.person_id, ImportState.ADDED):
            return ImportResult(import_id=import_id, tasks=len(done.task_ids))
        offer = await _offered(unit, import_id, person, deps)
        known = await _known(unit, person)
        ids = dict(known.ids)
        chosen: dict[str, ImportedTask] = {}
        for place, one in enumerate(offer.tasks):
            if known.open + len(chosen) < max_open_tasks and not any(key in ids for key in one.keys):
                task_id = f"oo-{import_id}.{place:05}"  # in the file's order, also among equal times
                chosen[task_id] = one
                ids |= dict.fromkeys(one.keys, task_id)
        tasks = [_task(task_id, one, offer, ids, deps) for task_id, one in chosen.items()]
        task_keys = [
            key for task, one in zip(tasks, chosen.values(), strict=True) for key in _task_keys(one, task)
        ]
        await put_tasks(unit, tasks, deps)
        await unit.imports.put_keys(task_keys)
        task_ids = tuple(task.task_id for task in tasks)
        await unit.imports.put(replace(offer, state=ImportState.ADDED, tasks=(), task_ids=task_ids))
        await record_event(unit, deps, "tasks.imported", person.person_id, tasks=len(tasks))
    return ImportResult(import_id=import_id, tasks=len(tasks))


async def undo_import(import_id: str, person: Person, deps: Dependencies) -> ImportResult:
    """Take an import back: its open tasks are removed, and none of its tasks is known any more. Taken back
    again, it stays as it is.

    Raises ``NotFound`` if nothing was added.
    """
    async with deps.store.begin(person.person_id) as unit:
        done = await unit.imports.get(import_id)
        if done.person_id != person.person_id or done.state is ImportState.OFFERED:
            raise NotFound("no such import of this person")
        tasks = await unit.tasks.some(done.task_ids)
        if done.state is ImportState.UNDONE:
            gone = sum(task.state is TaskState.GONE for task in tasks)
            return ImportResult(import_id=import_id, tasks=gone, kept=len(tasks) - gone)
        removed = [replace(task, state=TaskState.GONE) for task in tasks if task.state is TaskState.OPEN]
        await put_tasks(unit, removed, deps)
        await unit.imports.delete_keys(person.person_id, [task.task_id for task in removed])
        await unit.imports.put(replace(done, state=ImportState.UNDONE))
        await record_event(unit, deps, "tasks.import_undone", person.person_id, tasks=len(removed))
    return ImportResult(import_id=import_id, tasks=len(removed), kept=len(tasks) - len(removed))


async def left_of_import(import_id: str, person: Person, deps: Dependencies) -> int:
    """How many open tasks ``undo_import`` would remove."""
    async with deps.store.read() as unit:
        try:
            done = await unit.imports.get(import_id)
        except NotFound:
            return 0
        tasks = await unit.tasks.some(done.task_ids) if done.person_id == person.person_id else ()
    return sum(task.state is TaskState.OPEN for task in tasks)


async def _offered(unit: Unit, import_id: str, person: Person, deps: Dependencies) -> TaskImport:
    offer = await unit.imports.get(import_id)
    is_old = deps.clock.now() - offer.offered_at > deps.rules.answer_wait
    if is_old or (offer.person_id, offer.state) != (person.person_id, ImportState.OFFERED):
        raise NotFound("no such offer to this person")
    return offer


# --- What is known -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    ids: Mapping[str, str]
    """Task ids by key: of tasks that were in files, and of all open ones by their text."""
    contents: Mapping[str, str]
    """What files said last, by key."""
    open: int
    """How many of oO's own tasks are open."""


async def _known(unit: Unit, person: Person) -> _Known:
    stored = await unit.imports.keys(person.person_id)
    tasks = await unit.tasks.open(person.person_id)
    by_text = {key: task.task_id for key, task in zip(text_keys(tasks), tasks, strict=True)}
    return _Known(
        ids=by_text | {one.key: one.task_id for one in stored},
        contents={one.key: one.content for one in stored},
        open=sum(task.source is TaskSource.OO for task in tasks),
    )


def _changed(tasks: Sequence[FileTask], contents: Mapping[str, str]) -> int:
    before = [(task, contents.get(uid_key(task.uid))) for task in tasks if task.uid]
    return sum(content is not None and content != content_digest(task) for task, content in before)


def _keys_of(tasks: Sequence[FileTask]) -> list[tuple[str, ...]]:
    return [
        (uid_key(task.uid), by_text) if task.uid else (by_text,)
        for task, by_text in zip(tasks, text_keys(tasks), strict=True)
    ]


# --- Pieces and their tasks --------------------------------------------------------------------------------


def _without_circles(tasks: Sequence[FileTask]) -> tuple[FileTask, ...]:
    """The tasks; one whose parents lead back to itself has none."""
    circles = _in_circles([task.parent for task in tasks])
    return tuple(replace(task, parent=None) if index in circles else task for index, task in enumerate(tasks))


def _in_circles(parents: Sequence[int | None]) -> set[int]:
    """The places whose parents lead back to them. Looks at each place once: a file may be one long chain."""
    found: set[int] = set()
    seen: set[int] = set()
    for start in range(len(parents)):
        path: dict[int, int] = {}
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            path[at] = len(path)
            at = parents[at]
        if at is not None and at in path:
            found |= {place for place, number in path.items() if number >= path[at]}
    return found


def _imported(
    tasks: Sequence[FileTask],
    keys: Sequence[tuple[str, ...]],
    chosen: Sequence[int],
    known: Mapping[str, str],
) -> tuple[ImportedTask, ...]:
    """The chosen tasks, with parents among themselves, else among the known ones."""
    places = {place: number for number, place in enumerate(chosen)}
    found = []
    for place in chosen:
        parent = tasks[place].parent
        above = None
        if parent is not None and parent not in places:
            above = next((known[key] for key in keys[parent] if key in known), None)
        inner = places.get(parent) if parent is not None else None
        found.append(
            ImportedTask(task=replace(tasks[place], parent=inner), keys=keys[place], parent_id=above)
        )
    return tuple(found)


def _task(
    task_id: str,
    one: ImportedTask,
    offer: TaskImport,
    ids: Mapping[str, str],
    deps: Dependencies,
) -> Task:
    read = one.task
    parent_keys = offer.tasks[read.parent].keys if read.parent is not None else ()
    return Task(
        task_id=task_id,
        person_id=offer.person_id,
        title=read.title,
        created_at=read.created_at or deps.clock.now(),
        priority=read.priority,
        due=read.due,
        repeats=read.repeats,
        repeats_from_done=read.repeats_from_done,
        minutes=read.minutes,
        labels=read.labels,
        project=read.project,
        section=read.section,
        deadline=read.deadline,
        notes=read.notes,
        parent_id=one.parent_id or next((ids[key] for key in parent_keys if key in ids), None),
    )


def _task_keys(one: ImportedTask, task: Task) -> list[TaskKey]:
    content = content_digest(one.task)
    return [
        TaskKey(person_id=task.person_id, key=key, task_id=task.task_id, content=content) for key in one.keys
    ]
