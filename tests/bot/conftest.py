"""The ``oo`` command, run in the test's own process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Environment
from tests.scenarios.oo import Ended

Oo = Callable[..., Ended]


@pytest.fixture
def oo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Oo:
    """Runs ``oo ARGUMENTS`` in this process and an empty folder, with nothing set but ``environment``."""
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def run(*arguments: str, **environment: str) -> Ended:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["oo", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ended(code=int(ended.value.code or 0), out=said.out, err=said.err)

    return run
