"""The compose file exposes nothing beyond this machine, pins what it pulls and brings no credential."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import app
from bot.settings import Environment
from jobs import scheduler

INFRA = Path(__file__).parents[2] / "infra"
COMPOSE = yaml.safe_load((INFRA / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
KEYS = set(
    re.findall(
        r"\w+",
        """build cap_drop command configs depends_on deploy entrypoint env_file environment healthcheck image
        init ports profiles read_only restart security_opt shm_size stop_grace_period tmpfs volumes""",
    )
)
"""Of the Compose Specification, as far as they are used here."""


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


@pytest.mark.parametrize("name", [name for name, service in SERVICES.items() if "build" not in service])
def test_every_image_is_pinned_to_a_version(name: str) -> None:
    _, _, tag = SERVICES[name]["image"].partition(":")
    assert re.fullmatch(r"v?\d+(\.\d+){1,2}(-alpine)?", tag)


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


# --- Scale -------------------------------------------------------------------------------------------------


def test_the_profile_scale_makes_three_replicas_on_one_database() -> None:
    scaled = {name for name, service in SERVICES.items() if service.get("profiles") == ["scale"]}
    assert scaled == {"oo-replicas", "postgres", "nats"}
    assert 1 + SERVICES["oo-replicas"]["deploy"]["replicas"] == 3
    first, others = SERVICES["oo"], SERVICES["oo-replicas"]
    differs = {key for key in first | others if first.get(key) != others.get(key)}
    assert differs == {"profiles", "ports", "volumes", "tmpfs", "deploy", "command"}
    assert (others["ports"], others["volumes"]) == ([], [])


@pytest.mark.parametrize("name", ["oo", "oo-replicas"])
def test_every_process_has_the_tunables_of_the_project(name: str) -> None:
    (mounted,) = SERVICES[name]["configs"]
    assert mounted["target"] == "/app/config.yaml"
    file = INFRA / COMPOSE["configs"][mounted["source"]]["file"]
    assert file.resolve() == INFRA.parent / "config.yaml"


def test_oo_waits_for_the_database_only_where_there_is_one() -> None:
    assert SERVICES["oo"]["depends_on"] == {"postgres": {"condition": "service_healthy", "required": False}}


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_waits_for_can_become_so(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        assert set(SERVICES[other].get("profiles", ())) <= set(
            SERVICES[name].get("profiles", ())
        ) or not how.get("required", True)
        if how["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]


@pytest.mark.parametrize("name", SERVICES)
def test_every_key_and_volume_is_one_that_compose_knows(name: str) -> None:
    service = SERVICES[name]
    assert service.keys() <= KEYS
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert source in COMPOSE["volumes"] or (INFRA / source).exists()
    assert "no-new-privileges:true" in service["security_opt"]


def test_the_settings_that_the_comments_name_exist() -> None:
    comments = "\n".join(re.findall(r"#.*", (INFRA / "docker-compose.yml").read_text()))
    known = {name.upper() for name in Environment.model_fields} | {"POSTGRES_PASSWORD", "NATS_URL"}
    set_by_oo = set(SERVICES["oo"]["environment"])
    assert (set(re.findall(r"\b[A-Z]+_[A-Z_]+\b", comments)) | set_by_oo) <= known


def test_a_stop_has_the_time_that_oo_takes() -> None:
    own = scheduler.STOP_TIMEOUT_SECONDS + app.STOP_TIMEOUT_SECONDS + app.EDITS_TIMEOUT_SECONDS
    assert int(SERVICES["oo"]["stop_grace_period"].removesuffix("s")) >= own + 15


def test_replicas_refuse_to_start_without_a_common_database() -> None:
    command = [part.replace("$$", "$") for part in SERVICES["oo-replicas"]["command"]]

    def ended(url: str) -> subprocess.CompletedProcess[str]:
        command[2] = command[2].replace("exec python -m bot run", "echo runs")
        environment = {"PATH": os.defpath, "DATABASE_URL": url}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    assert ended("postgres://oo:secret@postgres/oo").stdout == "runs\n"
    for url in ("", "sqlite:///data/oo.db", "mysql://x"):
        assert (ended(url).returncode, ended(url).stdout) == (1, "")
        assert "Set DATABASE_URL" in ended(url).stderr
    assert ended("postgresql://oo:secret@postgres/oo").stdout == "runs\n"
