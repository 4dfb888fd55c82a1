"""The Makefile, CI, pre-commit and the templates agree with each other and with pyproject.toml."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([\w-][\w.-]*)\s*:(?!=)", MAKEFILE, re.MULTILINE))
"""Those that are typed: files begin with a variable here, and what is for make itself with a dot."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
YAML = {
    str(file.relative_to(ROOT)): yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in (*ROOT.glob(".github/**/*.yml"), ROOT / ".pre-commit-config.yaml")
}
WORKFLOWS = [name for name in YAML if name.startswith(".github/workflows/")]
FORMS = [name for name in YAML if "ISSUE_TEMPLATE" in name and not name.endswith("config.yml")]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/*.md")]


def steps(workflow: str) -> list[dict[str, Any]]:
    return [step for job in YAML[workflow]["jobs"].values() for step in job["steps"]]


def commands(workflow: str) -> list[str]:
    return [line for step in steps(workflow) for line in step.get("run", "").splitlines()]


def keys(part: object) -> Iterator[str]:
    """Every key at any depth."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield str(key)
            yield from keys(value)
    elif isinstance(part, list):
        for entry in part:
            yield from keys(entry)


# --- The Makefile ------------------------------------------------------------------------------------------


def test_every_target_says_in_make_help_what_it_does() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    explained = set(re.findall(r"^make (\S+) +\S", listed, re.MULTILINE))
    phony = set(re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[0].split())
    assert explained == phony == TARGETS


def test_unit_scenario_and_the_exhaustive_tests_are_every_test_once() -> None:
    lists = [re.findall(rf"^{name} := (.+)$", MAKEFILE, re.MULTILINE)[0] for name in ("UNIT", "SCENARIO")]
    parts = ["tests/exhaustive", *" ".join(lists).split()]
    tests = {file.relative_to(ROOT) for file in (ROOT / "tests").rglob("test_*.py")}
    found = [test for test in tests for part in parts if test.is_relative_to(part)]
    assert sorted(found) == sorted(tests)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_target_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"(?:^|`)make ([a-z][a-z-]*)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) <= TARGETS


# --- What runs it ------------------------------------------------------------------------------------------


def test_pre_commit_runs_what_make_check_runs_and_installs_nothing() -> None:
    (repo,) = YAML[".pre-commit-config.yaml"]["repos"]
    (hook,) = repo["hooks"]
    assert (repo["repo"], hook["language"], hook["entry"]) == ("local", "system", "make check")
    assert hook["always_run"] is True
    assert hook["pass_filenames"] is False


def test_a_public_ci_runs_what_ours_runs_on_every_python_that_is_supported() -> None:
    job = YAML[".github/workflows/ci.yml"]["jobs"]["test"]
    ours = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line.startswith("make ")]
    assert [step["run"] for step in job["steps"] if "run" in step] == ours == ["make check", "make test"]
    promised = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if ":: Python :: 3." in name]
    assert job["strategy"]["matrix"]["python"] == promised
    assert PROJECT["requires-python"] == f">={promised[0]}"


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_workflow_calls_targets_that_exist_and_nothing_else(workflow: str) -> None:
    assert commands(workflow)
    for command in commands(workflow):
        make, *targets = command.split()
        assert make == "make"
        assert set(targets) <= TARGETS


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_workflow_may_only_read_and_ends_by_itself(workflow: str) -> None:
    assert YAML[workflow]["permissions"] == {"contents": "read"}
    assert "cancel-in-progress" in YAML[workflow]["concurrency"]
    for job in YAML[workflow]["jobs"].values():
        assert job["timeout-minutes"] <= 90
        assert "permissions" not in job
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False] * len(checkouts)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_workflow_pins_its_actions_and_caches_nothing(workflow: str) -> None:
    for step in steps(workflow):
        assert re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})", step.get("uses", "actions/none@v0"))
    assert not {key for key in keys(YAML[workflow]) if "cache" in key}


@pytest.mark.parametrize("name", YAML)
def test_no_host_is_named(name: str) -> None:
    assert not re.search(r"https?://|index-url|\b[a-z-]+\.(org|com|io)\b", (ROOT / name).read_text())


# --- Templates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_an_issue_form_is_one_that_is_accepted(form: str) -> None:
    assert YAML[form].keys() <= {"name", "description", "labels", "body", "title", "assignees", "projects"}
    assert YAML[form]["name"]
    assert YAML[form]["description"]
    fields = [field for field in YAML[form]["body"] if field["type"] != "markdown"]
    assert fields
    assert len({field["id"] for field in fields}) == len(fields)
    for field in fields:
        assert field["type"] in {"checkboxes", "dropdown", "input", "textarea"}
        assert field["attributes"]["label"]
        assert (field["type"] == "dropdown") is ("options" in field["attributes"])


def test_bugs_and_ideas_have_forms_and_pull_requests_a_template() -> None:
    assert {Path(form).stem for form in FORMS} == {"bug", "idea"}
    assert (ROOT / ".github" / "pull_request_template.md").is_file()
