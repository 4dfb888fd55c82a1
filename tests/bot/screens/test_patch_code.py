"""Patches survive the way through a button, and what no release wrote is refused."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.screens.patch_code import patch_code, patch_of, reversal_code, reversal_of_code
from core.errors import NotFound
from core.records import Delay, Due, TaskPatch
from core.tasks.undo_change import Reversal

PATCHES = [
    TaskPatch(),
    TaskPatch(title="unchanged"),
    TaskPatch(title='Pay "rent" \\ {x} \U0001f600 é\u2028'),
    TaskPatch(due=None, repeats=None, minutes=None, project=None, notes=None),
    TaskPatch(due=Due(on=date(2026, 11, 27), at=time(9, 30), zone="Europe/Berlin"), repeats="FREQ=DAILY"),
    TaskPatch(due=Due(on=date(2026, 11, 27))),
    TaskPatch(repeats_from_done=True, priority=1, minutes=90),
    TaskPatch(labels=(), add_labels=("a", "b"), remove_labels=("c",)),
    TaskPatch(labels=("x", "y"), project="House", notes="line\nline"),
    TaskPatch(delay=Delay(months=1, days=2, minutes=3)),
]


@pytest.mark.parametrize("patch", PATCHES)
def test_a_patch_comes_back_as_it_was(patch: TaskPatch) -> None:
    code = patch_code(patch)

    assert "\n" not in code
    assert patch_of(code) == patch


@pytest.mark.parametrize("patch", PATCHES)
def test_both_patches_of_a_reversal_come_back(patch: TaskPatch) -> None:
    reversal = Reversal(before=patch, after=TaskPatch(priority=2))

    assert reversal_of_code(reversal_code(reversal)) == reversal


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "[]",
        "5",
        '{"color": 1}',
        '{"due": "soon"}',
        '{"priority": "high"}',
        '{"due": {"on": "2026-99-99"}}',
    ],
)
def test_what_is_no_patch_is_refused(code: str) -> None:
    with pytest.raises(NotFound):
        patch_of(code)
    with pytest.raises(NotFound):
        reversal_of_code(code)
