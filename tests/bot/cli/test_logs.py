"""How grave something must be to be logged."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.bot.conftest import Oo


@pytest.mark.parametrize(
    ("configured", "arguments", "used"),
    [
        ("DEBUG", ("migrate",), logging.DEBUG),
        ("ERROR", ("migrate",), logging.ERROR),
        ("DEBUG", ("simulate", "--people", "1", "--days", "1", "--json"), logging.WARNING),
        ("ERROR", ("simulate", "--people", "1", "--days", "1", "--json"), logging.ERROR),
    ],
)
def test_a_simulation_logs_no_less_grave_than_warnings(
    oo: Oo,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    configured: str,
    arguments: tuple[str, ...],
    used: int,
) -> None:
    levels: list[object] = []
    monkeypatch.setattr(logging, "basicConfig", lambda **settings: levels.append(settings["level"]))
    (tmp_path / "config.yaml").write_text(f"log: {{level: {configured}}}\n")

    assert oo(*arguments).code == 0
    assert levels == [used]
