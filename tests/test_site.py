"""The site: every page can be reached, what pages tell readers to type exists, and the example runs."""

from __future__ import annotations

import inspect
import pkgutil
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from adapters.nats.registry import BUCKET
from adapters.nats.stream import STREAM
from bot.__main__ import app
from bot.conversation.commands import COMMANDS
from bot.settings import Environment
from tests.pages import PAGES, ROOT, blocks, code, rows

NAVIGATION = (ROOT / "docs/navigation.md").read_text(encoding="utf-8")
OWN_DATA = PAGES["docs/how-to/evaluate-a-policy.md"]

CALL = re.compile(r"(?:\$ )?(?:[A-Z_]+=\S+ )*(?:oo|\.venv/bin/python -m bot) ([a-z].*)")
MAKE = re.compile(r"make (?:-s )?([a-z-]+)")
VARIABLE = re.compile(r"\b(?:OO|TELEGRAM|SLACK|TODOIST|LITELLM|OLLAMA|ANTHROPIC|DATABASE)_[A-Z_]*[A-Z]\b")
FILE = re.compile(r"(?<![\w./])(?:adapters|benchmarks|bot|core|docs|infra|tests)/[\w./-]*\w")
OTHER_WORDS = {"oo", "quit", "newbot"}  # of Slack, of the terminal, of @BotFather
OTHER_WORDS |= {"list", "todo", "stop"}  # no commands, but understood as words
HTTP_PATHS = {"mcp", "healthz", "readyz", "metrics", "operator"}


SHOWN = [
    name for page in PAGES.values() for name in re.findall(r"^\.\. auto\w+:: (\S+)$", page, re.MULTILINE)
]


def navigation() -> list[str]:
    """Pages in the order in which readers find them."""
    entries = [
        line
        for tree in re.findall(r"^```\{toctree\}\n(.*?)^```", NAVIGATION, re.MULTILINE | re.DOTALL)
        for line in tree.splitlines()
        if line and not line.startswith(":")
    ]
    return [f"{entry}.md" for entry in entries]


def options() -> dict[str, set[str]]:
    """The options of each command of ``oo``, those of its own commands included."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return {name: options_of(command) for name, command in group.commands.items()}


def options_of(command: Any) -> set[str]:
    below = command.commands.values() if isinstance(command, TyperGroup) else ()
    own = {option for parameter in command.params for option in parameter.opts}
    return own.union({"--help"}, *map(options_of, below))


def calls(page: str) -> list[str]:
    """Everything that a page says to type, one program at a time."""
    return [call for line in code(PAGES[page]) for call in re.split(r" (?:\||&&) ", line)]


def locked(name: str) -> set[str]:
    """The packages that a lock file pins."""
    return set(re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def figures(line: str) -> list[float]:
    return [float(figure) for figure in re.findall(r"[+-]\d\.\d\d", line)]


# --- Pages -------------------------------------------------------------------------------------------------


def test_every_page_is_in_the_navigation_once() -> None:
    beneath_their_list = {page for page in PAGES if re.match(r"docs/decisions/\d{4}-", page)}
    assert sorted(navigation()) == sorted(PAGES.keys() - beneath_their_list - {"README.md"})


def test_the_readme_is_one_page() -> None:
    readme = PAGES["README.md"]
    assert len(readme.splitlines()) <= 130
    assert {"make run", "make test"} <= {line.split("  ")[0] for line in code(readme)}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_title_which_comes_first(page: str) -> None:
    titles = re.findall(r"^# .+$", re.sub(r"```.*?```", "", PAGES[page], flags=re.DOTALL), re.MULTILINE)
    assert len(titles) == 1
    assert PAGES[page].startswith(titles[0])


# --- What readers type -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_commands_of_oo_exist_with_their_options(page: str) -> None:
    known = options()
    for typed in calls(page):
        if call := CALL.match(typed):
            command, *words = call[1].split()
            used = {word.split("=")[0] for word in words if word.startswith("--")}
            assert command in known, typed
            assert used <= known[command], typed


def test_options_in_the_table_of_the_command_line_exist() -> None:
    known = options()
    for line in PAGES["docs/reference/command-line.md"].splitlines():
        if row := re.match(r"\| `oo (\w+)", line):
            assert set(re.findall(r"(?<=[` ])--[a-z-]+", line)) <= known[row[1]], line


@pytest.mark.parametrize("page", PAGES)
def test_targets_of_make_exist(page: str) -> None:
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {target[1] for typed in calls(page) if (target := MAKE.match(typed))} <= known


@pytest.mark.parametrize("page", PAGES)
def test_variables_of_the_environment_exist(page: str) -> None:
    in_nats = {STREAM, BUCKET}
    known = {name.upper() for name in Environment.model_fields} | {"OO_CONFIG"} | in_nats
    assert set(VARIABLE.findall(PAGES[page])) <= known


@pytest.mark.parametrize("page", PAGES)
def test_commands_of_the_chat_exist(page: str) -> None:
    said = {word[1] for line in code(PAGES[page]) if (word := re.match(r"/([a-z]+)(?: |$)", line))}
    assert said - OTHER_WORDS - HTTP_PATHS <= COMMANDS.keys()


@pytest.mark.parametrize("page", PAGES)
def test_files_in_shell_commands_exist(page: str) -> None:
    named = [path for block in blocks(PAGES[page], "sh") for path in FILE.findall(block)]
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", SHOWN)
def test_names_whose_docstrings_are_shown_exist_and_have_one(name: str) -> None:
    shown = pkgutil.resolve_name(name)
    assert inspect.getdoc(shown)


# --- What pages claim --------------------------------------------------------------------------------------


def test_the_figures_count_the_locked_packages() -> None:
    page = PAGES["docs/reference/figures.md"]
    (counted,) = re.findall(r"^\| packages that are pinned by hash.*\| (\d+), (\d+) \|$", page, re.MULTILINE)
    locks = [locked("requirements.lock"), locked("requirements-dev.lock")]
    assert list(counted) == [str(len(names)) for names in locks]


def test_the_first_change_is_one_that_can_be_made() -> None:
    page = PAGES["docs/how-to/make-a-first-change.md"]
    ((path, test),) = re.findall(r"^FAILED (\S+)::(\w+)$", page, re.MULTILINE)
    assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")
    sources = [source.read_text(encoding="utf-8") for source in (ROOT / "bot").rglob("*.py")]
    (templates,) = (source for source in sources if "\nTEMPLATES = (" in source)
    fields = re.findall(r"^        \w+=", blocks(page, "python")[0], re.MULTILINE)
    assert fields
    assert [field for field in fields if field not in templates] == []


def test_the_example_with_own_data_prints_what_its_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    program = tmp_path / "own_data.py"
    program.write_text("\n".join(blocks(OWN_DATA, "python")), encoding="utf-8")
    runpy.run_path(str(program))
    printed, claimed = capsys.readouterr().out.splitlines(), blocks(OWN_DATA, "text")[0].splitlines()
    assert [line.split(":")[0] for line in printed] == [line.split(":")[0] for line in claimed]
    for here, there in zip(printed, claimed, strict=True):
        assert figures(here) == pytest.approx(figures(there), abs=0.02)  # machines round differently


def test_the_example_makes_a_log_of_the_fields_that_its_page_explains() -> None:
    maker = blocks(OWN_DATA, "python")[0]
    assert list(rows(OWN_DATA)) == re.findall(r'^            "(\w+)":', maker, re.MULTILINE)
