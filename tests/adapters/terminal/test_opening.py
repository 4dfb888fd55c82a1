import sys
from io import BytesIO, StringIO
from pathlib import Path
from subprocess import run

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import DummyInput
from prompt_toolkit.output import DummyOutput

from adapters.terminal import PipeTerminal, Terminal, open_terminal, system_zone
from adapters.terminal.tty import TtyTerminal
from tests.adapters.terminal.backend import Backend


class Window(StringIO):
    """One end of a terminal window."""

    buffer = BytesIO()

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0


def opened(folder: Path) -> Terminal:
    backend = Backend(folder)
    return open_terminal(
        backend.ports, run_id="run", commands=lambda: {"tip": "A tip now"}, history=folder / "history"
    )


def sit_at(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setattr(sys, "stdin", Window())
    monkeypatch.setattr(sys, "stdout", Window())
    monkeypatch.setenv("TERM", term)


def test_a_window_gets_the_comfortable_terminal_and_a_history_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_at(monkeypatch, "xterm-256color")

    with create_app_session(input=DummyInput(), output=DummyOutput()):
        assert isinstance(opened(tmp_path), TtyTerminal)
    assert (tmp_path / "history").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("term", ["dumb", "unknown", "DUMB", ""])
def test_a_window_that_can_only_print_gets_plain_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    sit_at(monkeypatch, term)

    assert isinstance(opened(tmp_path), PipeTerminal)


@pytest.mark.parametrize("end", ["stdin", "stdout"])
def test_with_one_end_on_a_pipe_lines_are_plain_and_nothing_typed_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    sit_at(monkeypatch, "xterm-256color")
    with open("/dev/null") as pipe:
        monkeypatch.setattr(sys, end, pipe)

        assert isinstance(opened(tmp_path), PipeTerminal)
    assert list(tmp_path.iterdir()) == []


async def test_closed_ends_are_an_empty_chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)

    await opened(tmp_path).run()


def test_a_pipe_loads_nothing_of_the_comfortable_terminal() -> None:
    code = "import sys, adapters.terminal; print({'prompt_toolkit', 'rich'} & set(sys.modules))"

    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


@pytest.mark.parametrize("name", ["UTC", "Etc/UTC", "local", None])
def test_a_machine_without_a_home_has_no_zone(monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: name)

    assert system_zone() is None


def test_the_zone_of_the_machine_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Europe/Berlin")

    assert system_zone() == "Europe/Berlin"


@pytest.mark.parametrize("fault", [LookupError, OSError, ValueError])
def test_a_zone_that_cannot_be_read_is_no_zone(
    monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def unreadable() -> str:
        raise fault

    monkeypatch.setattr("tzlocal.get_localzone_name", unreadable)

    assert system_zone() is None
