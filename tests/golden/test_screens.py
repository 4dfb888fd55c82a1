"""What people see has not changed unless somebody looked at it: see ``tests/golden/screens.py``."""

from __future__ import annotations

import pytest

from tests.golden.messages import MESSAGES
from tests.golden.screens import FOLDER, golden


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_looks_as_it_was_agreed(name: str) -> None:
    assert golden(MESSAGES[name]) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_there_is_no_file_without_a_message() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(MESSAGES)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_first_line_fits_on_a_lock_screen(name: str) -> None:
    if name.startswith("tip-"):
        assert len(MESSAGES[name].lines[0].text) <= 160
