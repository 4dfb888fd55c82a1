from pathlib import Path

import pytest

from adapters.terminal.files import read_file
from core.errors import FileUnusable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my tasks.txt"
    path.write_bytes(b"Call Ann\n")
    return path


def test_a_file_is_read_however_a_terminal_pastes_its_name(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(file.parent))
    escaped = str(file).replace(" ", "\\ ")

    for name in (
        str(file),
        f"'{file}'",
        f'"{file}"',
        escaped,
        f" {file} ",
        "~/my tasks.txt",
        f"file://{file}",
    ):
        assert read_file(name, max_bytes=9) == b"Call Ann\n"


def test_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not(file: Path) -> None:
    assert read_file(str(file), max_bytes=9)
    with pytest.raises(FileUnusable, match="too_big"):
        read_file(str(file), max_bytes=8)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing here", "no_file"),
        ("", "no_file"),
        ("/dev/zero", "no_regular_file"),
        ("/", "no_regular_file"),
        ("/dev/null/x", "no_file"),
        ("~nobody-of-that-name/x", "no_file"),
        ("x" * 5000, "unreachable"),
        ("a\x00b", "no_file"),
    ],
)
def test_what_is_no_file_is_said_and_never_waited_for(name: str, reason: str) -> None:
    with pytest.raises(FileUnusable, match=reason):
        read_file(name, max_bytes=100)
