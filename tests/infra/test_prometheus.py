"""Alert rules and the dashboard use metrics that exist, and every alert says what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser as promql
import yaml

from bot.cli.metrics import Metrics
from tests.core.worlds import scene
from tests.fakes.store import FakeStore

ROOT = Path(__file__).parents[2]
RULES = yaml.safe_load((ROOT / "infra/prometheus/rules.yml").read_text())["groups"][0]["rules"]
SCRAPING = yaml.safe_load((ROOT / "infra/prometheus/prometheus.yml").read_text())
DASHBOARD = json.loads((ROOT / "infra/grafana/oo.json").read_text())
RUNBOOK = (ROOT / "docs/how-to/answer-an-alert.md").read_text()

OF_PROMETHEUS = {"up"}
"""What Prometheus itself knows of every target."""


def exported() -> dict[str, set[str]]:
    """The labels of each metric of ``/metrics``, by the name of its samples."""
    registry = Metrics(scene(FakeStore()).deps, dict)._registry
    collectors = registry._collector_to_names  # the only place that knows metrics without samples
    labels = {
        name: set(getattr(one, "_labelnames", ())) for one, names in collectors.items() for name in names
    }
    of_process = {sample.name: set(sample.labels) for one in registry.collect() for sample in one.samples}
    return labels | of_process


def selectors(expression: str) -> Iterator[tuple[str, set[str]]]:
    """Names of metrics and of their labels in an expression. Raises ``ValueError`` if it is not PromQL."""

    def within(node: Any) -> Iterator[tuple[str, set[str]]]:
        if isinstance(node, promql.MatrixSelector):
            yield from within(node.vector_selector)
        elif isinstance(node, promql.VectorSelector):
            yield node.name or "", {matcher.name for matcher in node.matchers.matchers}
        for name in ("expr", "lhs", "rhs"):
            if hasattr(node, name):
                yield from within(getattr(node, name))
        if isinstance(node, promql.Call):
            for argument in node.args:
                yield from within(argument)

    return within(promql.parse(expression))


def unknown(expression: str) -> list[str]:
    """What the expression names that oO does not export."""
    known = exported()
    found = list(selectors(expression))
    assert found, expression
    return [
        f"{name}{sorted(labels)}"
        for name, labels in found
        if name not in OF_PROMETHEUS and (name not in known or labels - known[name] - {"job", "instance"})
    ]


def queries() -> list[str]:
    return [target["expr"].replace("$job", "oo") for one in DASHBOARD["panels"] for target in one["targets"]]


def test_every_rule_and_query_is_promql_about_metrics_that_exist() -> None:
    wrong = {text: found for text in [rule["expr"] for rule in RULES] + queries() if (found := unknown(text))}

    assert wrong == {}
    assert unknown('oo_deliveries{state="sent"} > 1') == []
    assert unknown('rate(oo_gone{job="oo"}[5m]) / oo_people_due{state="x"}') == [
        "oo_gone['job']",
        "oo_people_due['state']",
    ]


def test_every_metric_of_oo_is_on_the_dashboard() -> None:
    shown = {name for text in queries() for name, _ in selectors(text)}

    assert {name for name in exported() if name.startswith("oo_")} - shown == set()


def test_every_alert_says_what_to_do_and_every_section_has_its_alert() -> None:
    sections = re.findall(r"^## (.+)$", RUNBOOK, re.MULTILINE)

    assert sorted(sections) == sorted(rule["alert"] for rule in RULES)
    for rule in RULES:
        assert rule["annotations"]["runbook"] == f"docs/how-to/answer-an-alert.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"].endswith(".")
        assert re.fullmatch(r"\d+[mh]", rule.get("for", "0m"))
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}


def test_labels_in_a_summary_are_those_that_the_alert_has() -> None:
    for rule in RULES:
        named = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        kept = set(re.findall(r"\w+", " ".join(re.findall(r"by \(([^)]*)\)", rule["expr"]))))
        assert named <= kept | ({"instance"} if "by (" not in rule["expr"] else set()), rule["alert"]


def test_the_rules_are_loaded_for_the_job_that_they_name() -> None:
    assert SCRAPING["rule_files"] == ["rules.yml"]
    assert [one["job_name"] for one in SCRAPING["scrape_configs"]] == ["oo"]
    assert all('job="oo"' in rule["expr"] for rule in RULES)
