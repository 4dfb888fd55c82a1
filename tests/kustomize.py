"""Renders the part of kustomize that ``infra/k3s`` uses: resources, namespace, labels, images, patches, and
maps of configuration with a hash in their names.

``python -m tests.kustomize infra/k3s/overlays/*`` compares it with ``kubectl kustomize``.

Tests: tests/infra/test_k3s.py.
"""

import copy
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

Manifest = dict[str, Any]

MERGED_BY = {
    "containers": "name",
    "volumes": "name",
    "env": "name",
    "ports": "containerPort",
    "volumeMounts": "mountPath",
}
"""Lists that a patch merges, by the key that names an entry; it replaces others."""

KNOWN = {"apiVersion", "kind", "namespace", "resources", "labels", "patches", "images", "configMapGenerator"}
WITHOUT_NAMESPACE = {"Namespace"}
_NO_WORDS = str.maketrans("013ae", "ghkmt")
"""A hash without vowels and what looks like them, as kustomize writes it."""


def build(folder: Path) -> list[Manifest]:
    """The manifests of a kustomization. Raises ``ValueError`` for what it does not know."""
    found = _accumulated(folder)
    for one in found:
        if one["kind"] == "ConfigMap":
            _rename(one, found)
    return found


def _accumulated(folder: Path) -> list[Manifest]:
    settings = yaml.safe_load((folder / "kustomization.yaml").read_text())
    if settings.keys() - KNOWN:
        raise ValueError(f"unknown in {folder.name}: {sorted(settings.keys() - KNOWN)}")
    found: list[Manifest] = []
    for name in settings["resources"]:
        path = folder / name
        found += _accumulated(path.resolve()) if path.is_dir() else yaml.safe_load_all(path.read_text())
    found += [_config_map(folder, one) for one in settings.get("configMapGenerator", ())]
    found = copy.deepcopy(found)  # YAML's aliases are shared
    for patch in settings.get("patches", ()):
        _patch(found, yaml.safe_load((folder / patch["path"]).read_text()), patch.get("target"))
    for one in found:
        _name(one, settings)
    return found


def _config_map(folder: Path, generator: Manifest) -> Manifest:
    data = {name: (folder / name).read_text() for name in generator["files"]}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": generator["name"]}, "data": data}


def _rename(made: Manifest, manifests: Iterable[Manifest]) -> None:
    """Add a hash of what it holds to its name, wherever that is used: a change of it replaces pods."""
    former = made["metadata"]["name"]
    hashed = {"data": made["data"], "kind": "ConfigMap", "name": ""}
    content = json.dumps(hashed, separators=(",", ":"), ensure_ascii=False)
    for plain, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):  # as Go writes it
        content = content.replace(plain, escaped)
    digest = hashlib.sha256(content.encode()).hexdigest()[:10].translate(_NO_WORDS)
    made["metadata"]["name"] = f"{former}-{digest}"
    for one in manifests:
        for volume in one.get("spec", {}).get("template", {}).get("spec", {}).get("volumes", ()):
            if volume.get("configMap", {}).get("name") == former:
                volume["configMap"]["name"] = made["metadata"]["name"]


def _patch(manifests: Iterable[Manifest], patch: Any, target: Manifest | None) -> None:
    wanted = target or {"kind": patch["kind"], "name": patch["metadata"]["name"]}
    for one in manifests:
        if (one["kind"], one["metadata"]["name"]) != (wanted["kind"], wanted["name"]):
            continue
        if isinstance(patch, list):
            for operation in patch:
                _add(one, operation)
        else:
            _merge(one, patch)


def _add(manifest: Manifest, operation: Manifest) -> None:
    *parents, last = operation["path"].strip("/").split("/")
    if operation["op"] != "add" or last != "-":
        raise ValueError(f"unknown operation {operation['op']} {operation['path']}")
    place: Any = manifest
    for key in parents:
        place = place[key]
    place.append(operation["value"])


def _merge(into: Manifest, patch: Manifest) -> None:
    for key, value in patch.items():
        if value is None:
            into.pop(key, None)
        elif isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        elif key in MERGED_BY and key in into:
            _merge_list(into[key], value, MERGED_BY[key])
        else:
            into[key] = value


def _merge_list(into: list[Manifest], patch: list[Manifest], key: str) -> None:
    known = {one[key]: one for one in into}
    for entry in patch:
        if entry[key] in known:
            _merge(known[entry[key]], entry)
        else:
            into.append(entry)


def _name(manifest: Manifest, settings: Manifest) -> None:
    """Namespace, labels and images."""
    if "namespace" in settings and manifest["kind"] not in WITHOUT_NAMESPACE:
        manifest["metadata"]["namespace"] = settings["namespace"]
    template = manifest.get("spec", {}).get("template")
    for label in settings.get("labels", ()):
        for metadata in [manifest["metadata"], *([template.setdefault("metadata", {})] if template else ())]:
            metadata.setdefault("labels", {}).update(label["pairs"])
    for container in containers(template["spec"]) if template else ():
        for image in settings.get("images", ()):
            if container["image"] == image["name"]:
                container["image"] = f"{image['newName']}:{image['newTag']}"


def containers(pod: Manifest) -> list[Manifest]:
    """Those of the pod, also those that run before the others."""
    return [*pod.get("initContainers", ()), *pod["containers"]]


# --- By hand -----------------------------------------------------------------------------------------------


def differences(overlay: Path) -> list[tuple[str, str]]:
    """Kind and name of what kubectl builds otherwise."""
    command = ["kubectl", "kustomize", str(overlay)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def by_name(manifests: Iterable[Manifest]) -> dict[tuple[str, str], Any]:
        return {(one["kind"], one["metadata"]["name"]): _sorted(one) for one in manifests}

    theirs, ours = by_name(yaml.safe_load_all(shown)), by_name(build(overlay))
    return [name for name in theirs.keys() | ours.keys() if theirs.get(name) != ours.get(name)]


def _sorted(node: Any) -> Any:
    """Without the order of lists that are merged by name."""
    if isinstance(node, dict):
        return {key: _sorted(node[key]) for key in sorted(node)}
    if isinstance(node, list):
        return sorted((_sorted(one) for one in node), key=repr)
    return node


if __name__ == "__main__":
    for overlay in map(Path, sys.argv[1:]):
        sys.stdout.write(f"{overlay}: {differences(overlay) or 'the same'}\n")
