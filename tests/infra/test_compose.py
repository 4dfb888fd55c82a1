"""The compose file exposes nothing beyond this machine, pins what it pulls and brings no credential."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

INFRA = Path(__file__).parents[2] / "infra"
COMPOSE = yaml.safe_load((INFRA / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_the_profile_ai_adds_ollama_and_litellm_to_oo() -> None:
    assert "profiles" not in SERVICES["oo"]
    assert {name for name, service in SERVICES.items() if service.get("profiles") == ["ai"]} == {
        "ollama",
        "ollama-models",
        "litellm",
    }


@pytest.mark.parametrize("name", SERVICES)
def test_every_port_is_published_on_loopback_only(name: str) -> None:
    for port in SERVICES[name].get("ports", []):
        assert port.startswith("127.0.0.1:")


@pytest.mark.parametrize("name", [name for name, service in SERVICES.items() if "image" in service])
def test_every_image_is_pinned_to_a_version(name: str) -> None:
    _, _, tag = SERVICES[name]["image"].partition(":")
    assert re.fullmatch(r"v?\d+\.\d+\.\d+", tag)


def test_the_litellm_image_is_a_safe_version() -> None:
    tag = SERVICES["litellm"]["image"].partition(":v")[2]
    assert tuple(map(int, tag.split("."))) >= (1, 84, 0)


def test_no_secret_has_a_value_and_litellm_sees_none_of_the_tokens_of_oo() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("KEY|TOKEN|SECRET|PASSWORD", name):
                assert value == f"${{{name}:-}}"
    assert "env_file" not in SERVICES["litellm"]


def test_the_models_that_are_pulled_are_those_that_litellm_asks_for() -> None:
    config = yaml.safe_load((INFRA / "litellm" / "litellm_config.yaml").read_text())
    asked = {entry["litellm_params"]["model"].split("/")[1] for entry in config["model_list"]}
    pulled = set(re.findall(r"ollama pull (\S+)", SERVICES["ollama-models"]["command"][0]))
    assert asked == pulled
