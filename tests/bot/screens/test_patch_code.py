"""A patch as a button carries it."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.screens.patch_code import patch_code, patch_of
from core.errors import NotFound
from core.records import Due, TaskPatch

DUE = Due(on=date(2026, 10, 6), at=time(9, 5), zone="Asia/Tokyo")


@pytest.mark.parametrize(
    "patch",
    [
        TaskPatch(),
        TaskPatch(title='Call "Zoë" 🌱'),
        TaskPatch(due=DUE),
        TaskPatch(due=Due(on=date(2026, 10, 6))),
        TaskPatch(due=None, minutes=None, project=None, notes=None, repeats=None),
        TaskPatch(priority=1, minutes=30, labels=("a", "b"), repeats="FREQ=DAILY"),
        TaskPatch(labels=()),
    ],
)
def test_a_patch_comes_back(patch: TaskPatch) -> None:
    assert patch_of(patch_code(patch)) == patch


@pytest.mark.parametrize("code", ["", "{", "[]", "1", '{"due": {"on": "never"}}', '{"sing": 1}'])
def test_anything_else_is_no_patch(code: str) -> None:
    with pytest.raises(NotFound):
        patch_of(code)
