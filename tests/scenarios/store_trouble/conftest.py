from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.oo import Place, place
from tests.scenarios.store_trouble.helpers import onboarded


@pytest.fixture
async def here(tmp_path: Path) -> Place:
    """An oO whose owner has agreed."""
    return await onboarded(place(tmp_path / "oo"))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """The folder of a small disk of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a disk takes a right that is missing")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
async def small(disk: Path) -> Place:
    """An oO on a disk that ``fill_disk`` can fill."""
    return await onboarded(place(disk / "oo"))
