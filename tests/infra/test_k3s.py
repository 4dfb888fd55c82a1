"""The manifests are what Kubernetes accepts, as restricted as can be, and fit how oO stops."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from adapters.slack import EVENTS_PATH
from adapters.slack.install import INSTALL_PATH, REDIRECT_PATH
from adapters.telegram import WEBHOOK_PATH
from adapters.todoist.webhook import WEBHOOK_PATH as TODOIST_WEBHOOK_PATH
from bot import app, election
from bot.settings import TODOIST_CALLBACK, Environment, load_settings
from bot.web.pages import PAGES
from jobs import scheduler
from tests.kustomize import Manifest, build, containers

K3S = Path(__file__).parents[2] / "infra" / "k3s"
OVERLAYS = ("sqlite-one-replica", "postgres-three-replicas")
VERSIONS = ("1.30", "1.33", "1.37")
"""Of Kubernetes: the first that knows ``preStop.sleep`` without a switch, and later ones."""

BUILT = {overlay: build(K3S / "overlays" / overlay) for overlay in OVERLAYS}
SECRET: Manifest = yaml.safe_load((K3S / "secret.example.yaml").read_text())
each_overlay = pytest.mark.parametrize("overlay", OVERLAYS)


def of_kind(overlay: str, kind: str) -> Manifest:
    (found,) = (one for one in BUILT[overlay] if one["kind"] == kind)
    return found


def pods(overlay: str) -> list[Manifest]:
    """The specifications of pods."""
    return [one["spec"]["template"]["spec"] for one in BUILT[overlay] if "template" in one.get("spec", {})]


@each_overlay
def test_every_manifest_fits_the_schemas_of_kubernetes(overlay: str) -> None:
    for version in VERSIONS:
        for manifest in (*BUILT[overlay], SECRET):
            kubernetes_validate.validate(manifest, version, strict=True)


def test_the_schemas_refuse_what_kubernetes_would() -> None:
    wrong = {**of_kind(OVERLAYS[0], "Service"), "specs": {}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[0], strict=True)


@each_overlay
def test_every_pod_is_as_restricted_as_can_be(overlay: str) -> None:
    assert of_kind(overlay, "Namespace")["metadata"]["labels"] == {
        "pod-security.kubernetes.io/enforce": "restricted"
    }
    for pod in pods(overlay):
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["runAsUser"] == 10001 == user_of_the_image()
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in containers(pod):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
            assert "memory" in container["resources"]["limits"]
            assert re.fullmatch(r".+:\d+\.\d+\.\d+", container["image"])

        for container in pod["containers"]:
            mounts = {one["mountPath"]: one for one in container["volumeMounts"]}
            assert mounts.keys() == {"/app/data", "/tmp", "/app/config.yaml"}  # noqa: S108
            assert mounts["/app/config.yaml"]["readOnly"] is True


def user_of_the_image() -> int:
    (number,) = re.findall(r"useradd .*--uid (\d+)", (K3S.parents[1] / "Dockerfile").read_text())
    return int(number)


@each_overlay
def test_a_stop_has_the_time_that_oo_takes(overlay: str) -> None:
    pod = of_kind(overlay, "Deployment")["spec"]["template"]["spec"]
    before = pod["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    own = (
        election.USUAL_TIMES.given_back_within
        + scheduler.STOP_TIMEOUT_SECONDS
        + app.STOP_TIMEOUT_SECONDS
        + app.EDITS_TIMEOUT_SECONDS
    )

    assert pod["terminationGracePeriodSeconds"] >= before + own + 15


@each_overlay
def test_a_platform_that_is_down_takes_no_pod_out_of_service(overlay: str) -> None:
    container = of_kind(overlay, "Deployment")["spec"]["template"]["spec"]["containers"][0]

    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz?part=serving&part=database"
    assert {container[name]["httpGet"]["path"] for name in ("startupProbe", "livenessProbe")} == {"/healthz"}


def reached(path: str, overlay: str) -> bool:
    rules = of_kind(overlay, "Ingress")["spec"]["rules"][0]["http"]["paths"]
    return any(
        path == one["path"]
        or (one["pathType"] == "Prefix" and path.startswith(one["path"].rstrip("/") + "/"))
        for one in rules
    )


def test_what_others_need_is_reached_from_outside_and_what_is_the_operators_is_not() -> None:
    needed = {page.path for page in PAGES} | {EVENTS_PATH, WEBHOOK_PATH, "/v1/me", "/mcp", "/static/oo.css"}
    needed |= {INSTALL_PATH, REDIRECT_PATH, TODOIST_CALLBACK, TODOIST_WEBHOOK_PATH}

    assert [path for path in sorted(needed) if not reached(path, OVERLAYS[0])] == []
    assert [
        path for path in ("/metrics", "/healthz", "/readyz", "/anything") if reached(path, OVERLAYS[0])
    ] == []


@each_overlay
def test_every_setting_that_is_named_exists(overlay: str) -> None:
    known = {name.upper() for name in Environment.model_fields}
    named = {one["name"] for pod in pods(overlay) for box in containers(pod) for one in box.get("env", ())}

    assert named | SECRET["stringData"].keys() <= known


@each_overlay
def test_every_pod_has_the_tunables_of_the_overlay_and_a_change_of_them_replaces_it(overlay: str) -> None:
    made = of_kind(overlay, "ConfigMap")
    assert re.fullmatch(r"oo-config-[a-z0-9]{10}", made["metadata"]["name"])
    assert made["metadata"]["namespace"] == "oo"
    for pod in pods(overlay):
        (volume,) = (one for one in pod["volumes"] if one["name"] == "config")
        assert volume["configMap"] == {"name": made["metadata"]["name"]}
        (mount,) = (one for one in pod["containers"][0]["volumeMounts"] if one["name"] == "config")
        assert made["data"].keys() == {mount["subPath"]}


@pytest.mark.parametrize("served", ["", "pages", "api", "mcp"])
def test_what_the_ingress_publishes_can_be_switched_on_by_one_line(tmp_path: Path, served: str) -> None:
    text = (K3S / "base" / "config.yaml").read_text()
    switched = text.replace(f"# {served}: true", f"{served}: true")
    assert (switched == text) is not bool(served)
    (tmp_path / "config.yaml").write_text(switched)

    settings = load_settings({"OO_HTTP_HOST": "0.0.0.0"}, tmp_path)  # noqa: S104 - as in the pod

    http = settings.config.http
    assert [name for name in ("pages", "api", "mcp") if getattr(http, name)] == [served] * bool(served)
    assert http.behind_proxy


@pytest.mark.parametrize("kind", ["Deployment", "Job"])
def test_three_replicas_refuse_to_start_without_a_common_database(kind: str) -> None:
    (check,) = of_kind(OVERLAYS[1], kind)["spec"]["template"]["spec"]["initContainers"]
    assert check["envFrom"] == [{"secretRef": {"name": "oo"}}]

    def ended(**environment: str) -> subprocess.CompletedProcess[str]:
        given = {"PATH": os.defpath, **environment}
        return subprocess.run(check["command"], capture_output=True, text=True, check=False, env=given)

    for url in (SECRET["stringData"]["DATABASE_URL"], "sqlite:///data/oo.db", "mysql://x"):
        assert ended(DATABASE_URL=url).returncode == 1
        assert "Set DATABASE_URL in the Secret oo" in ended(DATABASE_URL=url).stderr
    assert ended().returncode == 1
    for url in ("postgresql://oo:secret@postgres/oo", "postgres://oo@postgres/oo"):
        assert (ended(DATABASE_URL=url).returncode, ended(DATABASE_URL=url).stderr) == (0, "")


def test_the_template_asks_for_nothing_that_oo_makes_by_itself() -> None:
    assert "TELEGRAM_WEBHOOK_SECRET" not in SECRET["stringData"]


def test_no_secret_is_in_the_repository() -> None:
    kinds = {one["kind"] for overlay in OVERLAYS for one in BUILT[overlay]}
    assert "Secret" not in kinds
    filled = {name for name, value in SECRET["stringData"].items() if value}
    assert filled == {"OO_PUBLIC_URL"}


@each_overlay
def test_pods_reach_names_and_the_internet_and_nothing_else_unless_an_overlay_says_so(overlay: str) -> None:
    policy = of_kind(overlay, "NetworkPolicy")["spec"]
    assert policy["podSelector"] == {}
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    ports = sorted(port["port"] for rule in policy["egress"] for port in rule["ports"])
    assert ports == ([53, 53, 443] if overlay == OVERLAYS[0] else [53, 53, 443, 4222, 5432])
    (internet,) = (rule for rule in policy["egress"] if "ipBlock" in rule["to"][0])
    assert "169.254.0.0/16" in internet["to"][0]["ipBlock"]["except"]


def test_one_replica_owns_its_file_and_three_give_way_one_by_one() -> None:
    one, three = (of_kind(overlay, "Deployment")["spec"] for overlay in OVERLAYS)
    assert (one["replicas"], one["strategy"]) == (1, {"type": "Recreate"})
    assert three["replicas"] == 3
    assert three["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    budget = of_kind(OVERLAYS[1], "PodDisruptionBudget")["spec"]
    assert budget["selector"] == three["selector"]
    job = of_kind(OVERLAYS[1], "Job")["spec"]["template"]
    assert job["spec"]["containers"][0]["command"] == ["python", "-m", "bot", "migrate"]
    assert (
        job["metadata"]["labels"]["app.kubernetes.io/name"] != "oo"
    )  # else the Service would send it requests
