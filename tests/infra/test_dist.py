"""What ``make dist`` builds holds all that oO needs to run, and nothing of its owner's."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from bot import __version__

pytestmark = pytest.mark.xdist_group("dist")  # one worker builds for all

ROOT = Path(__file__).parents[2]
PACKAGES = ("adapters", "bot", "core", "jobs", "migrations")
INFO = f"oo_assistant-{__version__}.dist-info"
NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", "data", "__pycache__", ".*_cache", ".hypothesis")
THE_OWNERS = (".env", "data/oo.db", ".venv/pyvenv.cfg", "core/__pycache__/chat.pyc", "htmlcov/index.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The files in a wheel and in a source distribution, by their names within it."""

    wheel: dict[str, bytes]
    source: dict[str, bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Built as ``make dist`` does, without a network, in a folder that somebody has lived in."""
    folder = tmp_path_factory.mktemp("dist") / "oo"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    for name in THE_OWNERS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("secret")
    subprocess.run([sys.executable, "-m", "hatchling", "build"], cwd=folder, check=True, capture_output=True)
    (wheel,), (source,) = (folder / "dist").glob("*.whl"), (folder / "dist").glob("*.tar.gz")
    return Built(wheel=in_wheel(wheel), source=in_source(source))


def in_wheel(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_source(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as archive:
        members = [(member.name, archive.extractfile(member)) for member in archive.getmembers()]
        return {name.partition("/")[2]: data.read() for name, data in members if data}


def own_files() -> dict[str, bytes]:
    """All that stands in the packages: code, prompts, migrations, the table of places."""
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file()]
    return {
        file.relative_to(ROOT).as_posix(): file.read_bytes()
        for file in files
        if "__pycache__" not in file.parts
    }


def metadata(built: Built) -> Message:
    return message_from_bytes(built.wheel[f"{INFO}/METADATA"])


def test_the_wheel_holds_the_packages_whole_the_configuration_and_nothing_else(built: Built) -> None:
    code = {name: data for name, data in built.wheel.items() if not name.startswith(INFO)}
    configuration = {
        f"bot/{name}": (ROOT / name).read_bytes() for name in ("config.yaml", "config.schema.json")
    }
    assert code == own_files() | configuration


@pytest.mark.parametrize(
    "kind",
    [
        "adapters/gazetteer/places.tsv.gz",
        "bot/simulate/prompts/*.md",
        "core/**/prompts/*.md",
        "migrations/env.py",
        "migrations/script.py.mako",
        "migrations/versions/0001_*.py",
    ],
)
def test_what_is_no_module_and_is_read_when_oo_runs_is_in_the_wheel(built: Built, kind: str) -> None:
    wanted = {file.relative_to(ROOT).as_posix() for file in ROOT.glob(kind)}
    assert wanted
    assert wanted <= built.wheel.keys()


def test_the_wheel_brings_the_command_the_licences_and_the_version(built: Built) -> None:
    assert built.wheel[f"{INFO}/entry_points.txt"].decode().split() == [
        *("[console_scripts]", "oo", "=", "bot.__main__:main")
    ]
    for name in ("LICENSE", "NOTICE"):
        assert built.wheel[f"{INFO}/licenses/{name}"] == (ROOT / name).read_bytes()
    assert metadata(built)["Version"] == __version__
    assert metadata(built)["Requires-Python"] == ">=3.11"


def test_what_is_needed_to_build_check_and_change_oo_is_in_the_source_distribution(built: Built) -> None:
    needed = own_files().keys() | {
        *("Makefile", "pyproject.toml", "config.yaml", "LICENSE", "NOTICE", "CHANGELOG.md", ".ci/run"),
        *("requirements.lock", "requirements-dev.lock", "tests/conftest.py", "infra/docker-compose.yml"),
    }
    assert needed <= built.source.keys()


def test_nothing_of_the_owners_is_in_either(built: Built) -> None:
    for name, data in (built.wheel | built.source).items():
        assert name not in THE_OWNERS
        assert data != b"secret", name
