"""What is written from the configuration model is up to date, and says what the model says."""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Iterator
from datetime import timedelta
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from adapters.llm.gateway import Gateway
from adapters.llm.ollama import Ollama
from bot.config import Config
from bot.config.documents import (
    CONFIG_FILE,
    SCHEMA_FILE,
    SCHEMA_REFERENCE,
    TABLE_HEAD,
    config_yaml,
    pages,
    schema,
    table,
    with_table,
)
from bot.config.sections import Section
from core.dependencies import Rules

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads(schema())
VALIDATOR = Draft202012Validator(SCHEMA)
RUN = "out of date: run `make schema`"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def keys(node: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that the schema knows, by its dotted name, with what is said of it."""
    for key, value in node.get("properties", {}).items():
        reference = next((one["$ref"] for one in value.get("anyOf", []) if "$ref" in one), None)
        if reference:
            yield from keys(SCHEMA["$defs"][reference.rpartition("/")[2]], f"{key}.")
        else:
            yield f"{name}{key}", value


# --- One default for each setting --------------------------------------------------------------------------


def test_the_rules_without_a_configuration_are_those_of_the_core() -> None:
    assert Config().rules() == Rules()


def test_the_shipped_config_has_every_key_at_its_default() -> None:
    shipped = yaml.safe_load(read(CONFIG_FILE))

    assert shipped == Config().model_dump(mode="json")
    assert Config.model_validate(shipped).rules() == Rules()


def test_defaults_pass_the_bounds_that_a_file_has_to_keep() -> None:
    """pydantic does not check defaults."""
    assert Config.model_validate(Config().model_dump()).rules() == Config().rules()


def literal_defaults(section: type[Section]) -> list[str]:
    """The keys whose default is typed in the section itself."""
    (declared,) = ast.parse(textwrap.dedent(inspect.getsource(section))).body
    assert isinstance(declared, ast.ClassDef)
    found = []
    for line in declared.body:
        match line:
            case ast.AnnAssign(target=ast.Name(id=key), value=ast.Call(args=[ast.expr() as default, *_])):
                found += [] if any(isinstance(part, ast.Name) for part in ast.walk(default)) else [key]
            case ast.AnnAssign(target=ast.Name(id=key), value=ast.Constant()):
                found.append(key)
    return found


def test_what_the_core_declares_has_no_second_default_in_the_configuration() -> None:
    """Not even an equal one, which would stay behind when the core's changes."""
    names = set(re.findall(r"self\.(\w+)\.", inspect.getsource(Config.rules)))
    assert {"availability", "rewards", "todoist"} <= names
    assert {name: found for name in names if (found := literal_defaults(type(getattr(Config(), name))))} == {}


def test_a_default_that_is_typed_is_found() -> None:
    assert {"push", "prune"} <= set(literal_defaults(type(Config().jobs)))
    assert literal_defaults(type(Config().llm)) == ["at_once", "keep_alive_minutes"]


def test_adapters_by_themselves_use_the_same_defaults() -> None:
    """They are built without a configuration in tests and benchmarks only."""
    gateway, ollama = (signature(one.__init__).parameters for one in (Gateway, Ollama))
    llm = Config().llm

    assert gateway["at_once"].default == ollama["at_once"].default == llm.at_once
    assert ollama["keep_alive"].default == timedelta(minutes=llm.keep_alive_minutes)


def test_the_containers_fetch_the_default_models() -> None:
    gateway = yaml.safe_load(read("infra/litellm/litellm_config.yaml"))
    models = {
        entry["model_name"]: entry["litellm_params"]["model"].partition("/")[2]
        for entry in gateway["model_list"]
    }

    assert models == Config().llm.models


# --- What is written ---------------------------------------------------------------------------------------


def test_the_schema_is_up_to_date() -> None:
    assert read(SCHEMA_FILE) == schema(), RUN


def test_the_shipped_config_is_up_to_date_and_names_its_schema() -> None:
    assert read(CONFIG_FILE) == config_yaml(), RUN
    assert read(CONFIG_FILE).splitlines()[0] == SCHEMA_REFERENCE
    assert (ROOT / SCHEMA_REFERENCE.partition("$schema=")[2]).is_file()


def test_one_page_of_the_documentation_has_the_table_and_it_is_up_to_date() -> None:
    texts = [page.read_text(encoding="utf-8") for page in pages(ROOT)]
    (holder,) = [text for text in texts if "\n".join(TABLE_HEAD) in text]

    assert with_table(holder) == holder, RUN


@pytest.mark.parametrize("after", ["", "\nMore text.\n"])
def test_an_old_table_is_replaced_and_the_text_around_it_stays(after: str) -> None:
    old = "\n".join([*TABLE_HEAD, "| `old.key` | 1 | gone |", ""])

    assert with_table(f"# Page\n\n{old}{after}") == f"# Page\n\n{table()}{after}"
    assert (
        with_table("# Page\n\n| Word | Meaning |\n|---|---|\n") == "# Page\n\n| Word | Meaning |\n|---|---|\n"
    )


def test_every_key_has_a_meaning_in_one_line_and_a_default_in_schema_and_table() -> None:
    found = dict(keys(SCHEMA))

    for name, said in found.items():
        assert said["description"].strip(), name
        assert "\n" not in said["description"], name
        assert "default" in said, name
        assert f"| `{name}` | " in table()
    assert len(table().splitlines()) == len(found) + len(TABLE_HEAD)


# --- The schema judges as oO does --------------------------------------------------------------------------


def test_the_schema_is_one_and_the_shipped_config_keeps_it() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    VALIDATOR.validate(yaml.safe_load(read(CONFIG_FILE)))


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "availability:\n",
        "availability:\n  # spacing_minutes: 5\nlog: {level: DEBUG}\n",
        "availability: {spacing_minutes: 0, guard_seconds: 40}\n",
        "rewards: {wait_hours: 0.5, soon_minutes: 30}\n",
        "policy: {serve: 'inverse-gap:floor=0.05,scale=30', shadows: []}\n",
        "policy: {serve: unlearned, shadows: [uniform, 'thompson:draws=64', 'unlearned:prior=2']}\n",
        "llm: {models: {judge: qwen3}}\n",
        "llm: {models: {}}\n",
        "delivery: {attempts: 5.0}\n",
        "jobs: {push: 1_000}\n",
    ],
)
def test_what_oo_takes_the_schema_takes(content: str) -> None:
    document = yaml.safe_load(content)

    Config.model_validate(document)
    VALIDATOR.validate(document)


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "nope: 1",
        "availability: {colour: red}",
        "availability: 5",
        "availability: {guard_seconds: 39.9}",
        "availability: {freshness_minutes: 0}",
        "cooldowns: {shown: -1}",
        "cooldowns: {shown: much}",
        "rewards: {done: 1.5}",
        "cooldowns: {shown: yes}",
        "cooldowns: {shown: }",
        "delivery: {attempts: on}",
        "helping: {hold_out: 15%}",
        "policy: {shadows: thompson}",
        "policy: {serve: Thompson}",
        "policy: {serve: thompson2}",
        "policy: {serve: ''}",
        "policy: {serve: [thompson]}",
        "policy: {serve: promise}",
        "policy: {shadows: [thompson, promise_quiet]}",
        "policy: {shadows: [uniform-fallback]}",
        "writing: {count: 2.5}",
        "writing: {deadline_scheduled_seconds: 90.5}",
        "llm: {models: {chat: qwen3}}",
        "llm: {models: [qwen3]}",
        "llm: {models: {judge: ''}}",
        "llm: {models: {judge: }}",
        "simulate: {cloud_model: ''}",
        "log: {level: LOUD}",
        "log: {level: off}",
        "log: 0",
        "false",
    ],
)
def test_what_oo_refuses_the_schema_refuses(content: str) -> None:
    document = yaml.safe_load(content)

    with pytest.raises(ValidationError):
        Config.model_validate(document)
    assert not VALIDATOR.is_valid(document)
