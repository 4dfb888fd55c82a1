"""oO may not write into its folder: a command says so in a sentence."""

from __future__ import annotations

import ctypes

import pytest

from tests.scenarios.oo import Place, heed_interrupts
from tests.scenarios.store_trouble.helpers import COMMANDS, expect_one_sentence

pytestmark = pytest.mark.of_a_sqlite_file


def without_rights() -> None:
    """Even root is refused what the file's mode refuses."""
    heed_interrupts()
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE


@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[2]], ids=lambda command: command[0])
async def test_a_folder_that_may_not_be_written_is_a_sentence(here: Place, command: tuple[str, ...]) -> None:
    here.database.parent.chmod(0o500)
    try:
        ended = await here.run(*command, typed="/tasks\n", prepare=without_rights)
    finally:
        here.database.parent.chmod(0o700)
    expect_one_sentence(ended, "it may only be read. Give oO the right")
