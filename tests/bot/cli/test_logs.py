"""What is logged, how grave it must be, and that nothing personal is in it."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest

from bot.cli import loop
from bot.cli.logs import LogFormatter, log_handler, log_to_file, start_logging
from tests.bot.conftest import Oo
from tests.operators_log import operators_log, restored_logging

CANARY = "canary-7"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    with restored_logging():
        yield


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What is written at the lowest level that an operator can set."""
    with operators_log() as stream:
        yield stream


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
    oo: Oo, tmp_path: Path, configured: str, arguments: tuple[str, ...], used: int
) -> None:
    (tmp_path / "config.yaml").write_text(f"log: {{level: {configured}}}\n")

    assert oo(*arguments).code == 0
    assert logging.getLogger("core.people").getEffectiveLevel() == used
    assert logging.getLogger("a.library").getEffectiveLevel() == max(used, logging.WARNING)


@pytest.mark.parametrize("library", ["aiosqlite", "httpx", "sqlalchemy.engine", "some.library.of.tomorrow"])
def test_libraries_say_nothing_below_warnings(log: StringIO, library: str) -> None:
    logging.getLogger(library).info("executing %s", CANARY)
    logging.getLogger(library).debug(CANARY)
    logging.getLogger("core.tasks").debug("an own line")
    assert log.getvalue().endswith(" DEBUG core.tasks: an own line\n")
    assert len(log.getvalue().splitlines()) == 1


def test_of_a_librarys_warning_the_template_is_written_and_the_place(log: StringIO) -> None:
    logging.getLogger("some.library").warning("job %s was missed by %s", CANARY, 3)
    assert log.getvalue().startswith("2")
    assert "WARNING some.library: job %s was missed by %s (test_logs.py:" in log.getvalue()


@pytest.mark.parametrize(
    "write",
    [
        lambda logger: logger.warning(" ".join(("no such task:", CANARY))),
        lambda logger: logger.error(ValueError(CANARY)),
        lambda logger: logger.error("%(what)s", {"what": CANARY}),
        lambda logger: logger.error("failed", exc_info=ValueError(CANARY)),
        lambda logger: logger.critical("unreadable: %s", CANARY.encode()),
    ],
)
def test_a_librarys_values_are_never_written(log: StringIO, write: Callable[[logging.Logger], None]) -> None:
    write(logging.getLogger("some.library"))
    assert "some.library: " in log.getvalue()
    assert CANARY not in log.getvalue()


def test_an_error_of_oo_is_written_without_its_message(log: StringIO) -> None:
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("core.tasks").exception("unexpected")
    assert "test_logs.py" in log.getvalue()
    assert log.getvalue().endswith("ValueError\n")
    assert CANARY not in log.getvalue()


def test_other_handlers_get_the_record_unchanged() -> None:
    record = logging.makeLogRecord({"name": "some.library", "msg": "says %s", "args": (CANARY,)})
    assert CANARY not in LogFormatter("%(message)s").format(record)
    assert record.getMessage() == f"says {CANARY}"


def test_what_nobody_awaited_is_logged_by_its_type_and_place(log: StringIO) -> None:
    async def left_behind() -> None:
        running = asyncio.get_running_loop()
        running.call_soon(lambda: [].index(CANARY))  # type: ignore[arg-type]
        done = asyncio.Event()
        running.call_later(0, done.set)
        await done.wait()
        running.call_exception_handler({"message": "nobody closed it"})

    loop.run(left_behind())
    assert "left behind in the event loop: ValueError at test_logs.py" in log.getvalue()
    assert "nobody closed it" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_a_crash_shows_where_and_not_what(log: StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("INFO")

    def fail() -> None:
        raise KeyError(CANARY)

    try:
        fail()
    except KeyError as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)
    said = capsys.readouterr().err
    assert said.endswith("KeyError\n")
    assert "in fail" in said

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "a thread ended: KeyError at test_logs.py" in log.getvalue()
    assert CANARY not in said + log.getvalue()


def test_the_log_of_a_chat_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = [*root.handlers]
    try:
        root.handlers = [log_handler(sys.stderr)]
        log_to_file(tmp_path / "chat.log")
        logging.getLogger("core.tasks").warning("task source %s", "todoist")
        logging.getLogger("some.library").warning("says %s", CANARY)
    finally:
        for one in root.handlers:
            one.close()
        root.handlers = before
    said = (tmp_path / "chat.log").read_text(encoding="utf-8")
    assert "WARNING core.tasks: task source todoist" in said
    assert CANARY not in said
    assert capsys.readouterr().err == ""
