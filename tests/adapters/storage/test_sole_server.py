"""One process at a time serves a file, and who died serves it no more."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.storage.sole_server import lock_of, serving_alone
from core.errors import AlreadyServed

ROOT = Path(__file__).parents[3]
SERVE = """
import sys
from pathlib import Path
from adapters.storage.sole_server import serving_alone

with serving_alone(Path(sys.argv[1])):
    print("serves", flush=True)
    sys.stdin.read()
"""


def another(database: Path) -> subprocess.Popen[str]:
    """Another process that serves it."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(database)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "serves\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


@pytest.mark.parametrize("link", [False, True])
def test_a_second_process_is_refused_until_the_first_one_has_ended_however_it_ends(
    tmp_path: Path, *, link: bool
) -> None:
    database = tmp_path / "oo.db"
    named = tmp_path / "link.db" if link else database
    if link:
        named.symlink_to(database)
    first = another(database)
    try:
        named_so = f"is served already, by process {first.pid} on "
        with pytest.raises(AlreadyServed, match=named_so), serving_alone(named):
            raise AssertionError("both serve it")
    finally:
        end(first)
    with serving_alone(named):
        assert lock_of(database).read_text().startswith(f"process {os.getpid()} on ")
    with serving_alone(named):
        pass


def test_a_child_of_the_process_holds_nothing_after_it(tmp_path: Path) -> None:
    with serving_alone(tmp_path / "oo.db"):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, text=True)
    end(another(tmp_path / "oo.db"))
    end(child)


def test_the_lock_is_readable_by_its_owner_only_and_makes_the_folder(tmp_path: Path) -> None:
    database = tmp_path / "new" / "oo.db"
    with serving_alone(database):
        pass
    assert lock_of(database).stat().st_mode & 0o777 == 0o600
    assert database.parent.stat().st_mode & 0o777 == 0o700


def test_where_nothing_can_be_locked_it_serves_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.lockf", refuse)
    with serving_alone(tmp_path / "oo.db"):
        pass
    (tmp_path / "file").touch()
    with serving_alone(tmp_path / "file" / "oo.db"):
        pass
    assert [one.message.partition(":")[0] for one in caplog.records] == [
        "a second oo run would not be noticed"
    ] * 2
