"""What oO writes it reads again, in every format, whatever stands in a task."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.task_files import TaskFileFormats
from core.records import FileTask, TaskFile, TaskFormat
from tests.adapters.task_files.drafts import BERLIN, NOW, file_tasks

FORMATS = TaskFileFormats()


def again(tasks: tuple[FileTask, ...], format: TaskFormat) -> TaskFile:
    content = FORMATS.write(tasks, format, now=NOW)
    return FORMATS.read(content, name=f"tasks.{format.value}", now=NOW, zone=BERLIN)


def comparable(tasks: tuple[FileTask, ...], *hidden: str) -> list[str]:
    """The tasks in any order, each with the title of its parent, without the fields that a format lacks."""
    blank = dict.fromkeys(hidden)
    parents = [tasks[task.parent].title if task.parent is not None else "" for task in tasks]
    return sorted(
        f"{parent} < {replace(task, parent=None, **blank)!r}"  # type: ignore[arg-type]
        for task, parent in zip(tasks, parents, strict=True)
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tasks=file_tasks())
def test_a_calendar_gives_every_field_back(tasks: tuple[FileTask, ...]) -> None:
    if tasks:
        read = again(tasks, TaskFormat.ICS)
        assert (read.unreadable, read.left_out) == ((), 0)
        assert read.tasks == tasks


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tasks=file_tasks())
def test_todo_txt_gives_every_field_back_but_the_id_and_the_hour_of_making(
    tasks: tuple[FileTask, ...],
) -> None:
    if tasks:
        read = again(tasks, TaskFormat.TODO_TXT)
        days = tuple(
            replace(
                task,
                uid=None,
                created_at=task.created_at and task.created_at.replace(hour=0, minute=0, second=0),
            )
            for task in tasks
        )
        assert (read.unreadable, read.left_out) == ((), 0)
        assert read.tasks == days


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tasks=file_tasks())
def test_todoists_csv_gives_every_field_back_but_the_id_and_when_it_was_made(
    tasks: tuple[FileTask, ...],
) -> None:
    if tasks:
        read = again(tasks, TaskFormat.TODOIST_CSV)
        assert read.unreadable == ()
        assert comparable(read.tasks) == comparable(tasks, "uid", "created_at")


@pytest.mark.parametrize("format", TaskFormat)
def test_an_empty_list_is_a_file_that_can_be_read_or_is_called_empty(format: TaskFormat) -> None:
    content = FORMATS.write((), format, now=NOW)
    if content:
        assert FORMATS.read(content, name=f"a.{format.value}", now=NOW, zone=BERLIN).tasks == ()
