"""What has changed in an account since a cursor, by Todoist's sync endpoint: one request if nothing has.

The cursor is the sync token with what later changes need: the names of the projects and sections, and whose
account it is.

Tests: tests/adapters/todoist/test_incremental.py, tests/adapters/todoist/test_reading.py,
tests/adapters/todoist/test_odd_rows.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from adapters.todoist.api import Api
from adapters.todoist.convert import known_sections, project_names, read_section, task_id, task_of
from adapters.todoist.wire import Changes, Cursor, Row, User, WireProject, WireTask, parsed, read_row
from core.errors import SourceRefused, SourceUnavailable
from core.records import TaskList

EVERYTHING = "*"
"""The sync token for a full sync."""

RESOURCES = ("items", "projects", "sections", "user")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of the sync endpoint."""

    changes: Changes
    is_full: bool
    """Whether it holds all open tasks, and nothing else."""
    state: Cursor
    """What the next request needs."""
    before: Changes | None = None
    """The changes because of which everything was read. They alone say what is gone, and not done."""

    @property
    def rows(self) -> list[Row]:
        """The tasks. Of a task that comes twice, the last row."""
        return _rows(self.changes)

    @property
    def gone_sections(self) -> frozenset[str]:
        """Ids of the sections that were archived or removed."""
        rows = (*self.changes.sections, *(self.before.sections if self.before else ()))
        return frozenset(one.id for row in rows if (one := read_section(row)) and not one.is_there)


def _rows(changes: Changes) -> list[Row]:
    found: dict[object, Row] = {}
    for at, raw in enumerate(changes.items or ()):
        row = read_row(raw)
        found[row.task.id or at] = row
    return list(found.values())


async def read_answer(api: Api, person_id: str, cursor: str | None) -> Answer:
    """What has changed since ``cursor``; everything if it is None, or Todoist no longer knows it.

    A project or section that was renamed or archived changes tasks that are not listed: then everything is
    read as well.
    """
    known = _known(cursor)
    if known is None:
        return await _read(api, person_id, None)
    try:
        answer = await _read(api, person_id, known)
    except SourceRefused:  # an old token; anything else that is wrong is refused again
        return await _read(api, person_id, None)
    if answer.is_full or not _changes_others(known, answer.changes):
        return answer
    return replace(await _read(api, person_id, None), before=answer.changes)


def _known(cursor: str | None) -> Cursor | None:
    try:
        return Cursor.model_validate_json(cursor) if cursor else None
    except ValidationError:
        return None


async def _read(api: Api, person_id: str, known: Cursor | None) -> Answer:
    asked = {"sync_token": known.token if known else EVERYTHING, "resource_types": list(RESOURCES)}
    changes = parsed(Changes, await api.post(person_id, "sync", asked))
    is_full = known is None or changes.full_sync
    if is_full and changes.items is None:
        raise SourceUnavailable("Todoist's answer has no list of tasks")
    names = project_names(changes.projects)
    before = known if known and not is_full else Cursor(token="", sections={})
    state = Cursor(
        token=changes.sync_token,
        user_id=changes.user.id if changes.user else before.user_id,
        projects={**before.projects, **names},
        sections={**before.sections, **known_sections(changes.sections)},
    )
    return Answer(changes=changes, is_full=is_full, state=state)


def _changes_others(known: Cursor, changes: Changes) -> bool:
    """Whether a changed project or section may change tasks that did not change themselves."""
    return _projects_change_others(known, changes.projects) or _sections_change_others(
        known, changes.sections
    )


def _sections_change_others(known: Cursor, rows: Iterable[object]) -> bool:
    for raw in rows:
        section = read_section(raw)
        if section is None:
            return True
        now = known_sections([raw]).get(section.id)
        if known.sections.get(section.id, now) != now:
            return True
    return False


def _projects_change_others(known: Cursor, projects: Iterable[object]) -> bool:
    for raw in projects:
        try:
            project = WireProject.model_validate(raw)
        except ValidationError:
            return True
        name = project_names([raw]).get(project.id)
        if project.is_archived or project.is_deleted or known.projects.get(project.id, name) != name:
            return True
    return False


async def with_user(api: Api, person_id: str, answer: Answer, rows: Sequence[Row]) -> Answer:
    """The answer with the id of the account's user, if some task is assigned to somebody."""
    if answer.state.user_id or all(row.task.responsible_uid is None for row in rows):
        return answer
    user = parsed(User, await api.get(person_id, "user"))
    return replace(answer, state=answer.state.model_copy(update={"user_id": user.id}))


def task_list(answer: Answer, rows: Sequence[Row], person_id: str) -> TaskList:
    """The answer in the core's records. Headings and tasks that are assigned to others are nobody's to do."""
    tasks = [row.task for row in rows]
    state = answer.state
    own = [one for one in tasks if _is_to_do(one, state.user_id)]
    has_holes = any(one.id is None for one in tasks)
    return TaskList(
        tasks=tuple(
            task
            for one in own
            if (task := task_of(one, person_id, projects=state.projects, sections=state.sections))
        ),
        unread=_ids(person_id, (one for one in own if one.content is None)),
        whole=answer.is_full and not has_holes,
        done=frozenset() if answer.is_full else _ids(person_id, (one for one in tasks if _is_done(one))),
        gone=_removed_before(answer, person_id) if answer.is_full else _gone(person_id, tasks, own),
        gone_sections=answer.gone_sections,
        cursor=None if has_holes else format_cursor(state),
    )


def _is_to_do(task: WireTask, user_id: str | None) -> bool:
    return task.is_active and not task.is_heading and task.responsible_uid in (None, user_id)


def _is_done(task: WireTask) -> bool:
    return task.checked and not task.is_deleted


def _gone(person_id: str, tasks: Sequence[WireTask], own: Sequence[WireTask]) -> frozenset[str]:
    """Ids of tasks that are no longer the person's to do, though nobody did them."""
    still = {one.id for one in own}
    return _ids(person_id, (one for one in tasks if one.id not in still and not _is_done(one)))


def _removed_before(answer: Answer, person_id: str) -> frozenset[str]:
    """Ids of tasks that the changes call removed, because of which everything was read."""
    rows = _rows(answer.before) if answer.before else ()
    return _ids(person_id, (row.task for row in rows if row.task.is_deleted))


def _ids(person_id: str, tasks: Iterable[WireTask]) -> frozenset[str]:
    return frozenset(task_id(person_id, one.id) for one in tasks if one.id)


def format_cursor(state: Cursor) -> str:
    """The cursor as it is stored."""
    content: Mapping[str, object] = state.model_dump(exclude_none=True)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
