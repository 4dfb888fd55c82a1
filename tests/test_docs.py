"""The documents keep up with the code: what exists is named, what is named exists, links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from adapters.storage.tables import metadata
from bot.__main__ import app
from bot.config import Config
from bot.conversation.commands import COMMANDS
from bot.settings import Environment
from tests.pages import CODE, LINK, PAGES, ROOT, code, rows, section

SETTINGS, GLOSSARY = PAGES["docs/reference/settings.md"], PAGES["docs/glossary.md"]
DECISIONS = sorted(name for name in PAGES if re.match(r"docs/decisions/\d{4}-", name))
LOG = (
    "decisions",
    "tip_scores",
    "shadow_distributions",
    "snapshots",
    "trials",
    "deliveries",
    "reactions",
    "rewards",
)

PATH = re.compile(r"`((?:bot|core|adapters|jobs|migrations|infra|benchmarks|docs|tests)/[\w./*-]*)")
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
KEY = re.compile(r"[a-z]+\.[a-z_]+(?:$|:)")
LISTED = re.compile(r"^(?P<indent> *)(?P<names>\S+(?: \S+)*)(?:  |$)")


def keys(model: BaseModel, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every key of a configuration by its dotted name, with its value."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from keys(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def anchors(text: str) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def house() -> list[str]:
    """Every path in the listing of ARCHITECTURE.md."""
    listing = section(PAGES["ARCHITECTURE.md"], "## Layout").split("```")[1].splitlines()[1:]
    found, folder = [], ""
    for line in listing:
        match = LISTED.match(line)
        assert match is not None, line
        folder = folder if match["indent"] else match["names"]
        inside = folder if match["indent"] else ""
        found += [f"{inside}{name}".rstrip("/") for name in match["names"].split()]
    return found


# --- Reference ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_configuration_keys_that_are_named_exist(page: str) -> None:
    known = {name for name, _ in keys(Config())}
    sections = {name.split(".")[0] for name in known}
    named = {found[0].rstrip(":") for word in code(PAGES[page]) if (found := KEY.match(word))}
    assert {name for name in named if name.split(".")[0] in sections} <= known


@pytest.mark.parametrize("name", [*map(str.upper, Environment.model_fields), *dict(keys(Config()))])
def test_a_setting_is_explained_in_one_table_only(name: str) -> None:
    explained = re.compile(rf"^\| `{re.escape(name)}` \|.*\|.*\|$", re.MULTILINE)
    assert [page for page, text in PAGES.items() for _ in explained.findall(text)] == [
        "docs/reference/settings.md"
    ]


def test_every_environment_variable_is_in_the_settings() -> None:
    known = {name.upper() for name in Environment.model_fields} | {"OO_CONFIG"}
    assert rows(section(SETTINGS, "## Environment")).keys() == known


def test_every_chat_command_is_in_its_table() -> None:
    assert rows(PAGES["docs/reference/chat-commands.md"]).keys() == {f"/{name}" for name in COMMANDS}


def test_every_command_of_the_command_line_is_in_its_table() -> None:
    known = {info.name or info.callback.__name__ for info in app.registered_commands if info.callback}
    known |= {group.name for group in app.registered_groups if group.name}
    named = rows(PAGES["docs/reference/command-line.md"])
    assert {name.split()[1] for name in named} == known


def test_what_the_readme_says_was_tried_is_on_the_page_of_all_of_it() -> None:
    tested = section(PAGES["README.md"], "## How it is tested")
    commands = [word for row in tested.splitlines() if row.startswith("| ") for word in CODE.findall(row)]
    whole = PAGES["docs/reference/tests-and-measurements.md"]
    assert commands
    assert [one for one in commands if one not in whole] == []


# --- Words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", LOG)
def test_every_column_of_the_decision_log_is_explained(table: str) -> None:
    explained = section(GLOSSARY, "## The decision log").split(f"\n`{table}`: ", 1)[1].split("\n`", 1)[0]
    assert list(rows(explained)) == [column.name for column in metadata.tables[table].c]


def test_every_table_is_in_the_privacy_page() -> None:
    stored = section(PAGES["PRIVACY.md"], "## What is stored")
    named = {name for row in stored.splitlines() if row.startswith("| ") for name in CODE.findall(row)}
    assert metadata.tables.keys() - named == set()


RECIPIENTS = {
    "calendars": ("calendar feed", "CalDAV server"),
    "llm": ("language model", "embedder", "Anthropic"),
    "mail": ("mail server",),
    "nats": ("NATS",),
    "oidc": ("identity provider",),
    "slack": ("Slack",),
    "storage": ("PostgreSQL",),
    "telegram": ("Telegram",),
    "todoist": ("Todoist",),
    "tracing": ("collector of traces",),
    "web_push": ("push service",),
}
"""As whom the privacy page lists what a package of adapters sends something to."""

SEND_NOTHING = {"gazetteer", "task_files", "terminal"}

CONNECTS = re.compile(
    r"^\s*(?:from|import) (aiohttp|aiosmtplib|asyncpg|ftplib|http\.client|httpx|imaplib|litellm|nats"
    r"|opentelemetry|requests|slack_bolt|slack_sdk|smtplib|socket|telegram|urllib\.request|urllib3|websockets)\b"
    r"|open_connection\(|create_connection\(",
    re.MULTILINE,
)
"""What opens connections, as the adapters import it."""


def test_whoever_an_adapter_sends_something_to_is_in_the_privacy_page() -> None:
    packages = {path.parent.name: path.parent for path in (ROOT / "adapters").glob("*/__init__.py")}
    connect = {
        name
        for name, folder in packages.items()
        if any(CONNECTS.search(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py"))
    }
    assert packages.keys() == RECIPIENTS.keys() | SEND_NOTHING
    assert connect == RECIPIENTS.keys()
    sent = section(PAGES["PRIVACY.md"], "## What is sent to whom")
    listed = [row.split(" | ")[0] for row in sent.splitlines() if row.startswith("| ")]
    for recipient in (name for names in RECIPIENTS.values() for name in names):
        assert any(recipient in cell for cell in listed), recipient


# --- Places ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in LINK.findall(PAGES[page]):
        if link.startswith("https://"):
            continue
        place, _, anchor = link.partition("#")
        target = (ROOT / page).parent / place if place else ROOT / page
        assert target.is_file(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page: str) -> None:
    for path in PATH.findall(PAGES[page]):
        pattern = path.rstrip("./").replace("NAME", "*")
        assert any(ROOT.glob(pattern)), path


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page: str) -> None:
    for path, name in TEST.findall(PAGES[page]):
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{name}"


def test_every_threat_has_a_test() -> None:
    threats = section(PAGES["SECURITY.md"], "## Threats and countermeasures")
    cells = [row.split(" | ") for row in threats.splitlines() if row.startswith("| ")]
    listed = [row for row in cells if row[0] != "| Threat"]
    assert listed
    assert [row for row in listed if len(row) != 4 or not TEST.search(row[3])] == []


def test_the_listing_of_the_house_is_whole() -> None:
    listed = house()
    assert [path for path in listed if not (ROOT / path).exists()] == []
    modules = {
        str(path.relative_to(ROOT))
        for room in ("bot", "core", "adapters", "jobs")
        for path in (ROOT / room).iterdir()
        if path.name not in ("__init__.py", "__pycache__") and path.suffix in ("", ".py")
    }
    assert modules - set(listed) == set()


# --- Decisions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", DECISIONS)
def test_a_decision_says_why_what_follows_and_which_check_keeps_it(page: str) -> None:
    headings = re.findall(r"^## (.+)$", PAGES[page], re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "Check"]
    assert re.search(r"`[\w./-]+`", section(PAGES[page], "## Check"))


def test_decisions_are_numbered_in_a_row_and_listed() -> None:
    numbers = [int(re.findall(r"\d{4}", page)[0]) for page in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    listed = LINK.findall(PAGES["docs/decisions/README.md"])
    assert listed == [Path(page).name for page in DECISIONS]
