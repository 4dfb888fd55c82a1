"""What is generated from the operations is up to date, and valid."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.api.documents import OPENAPI_FILE, PAGE, table, with_table
from bot.api.openapi import kinds_of
from bot.api.operation import Operation
from bot.api.operations import OPERATIONS, openapi_json
from bot.api.problems import Kind
from core.records import Scope

ROOT = Path(__file__).parents[3]


def test_the_committed_document_is_the_generated_one() -> None:
    assert (ROOT / OPENAPI_FILE).read_text(encoding="utf-8") == openapi_json(), "run: make schema"


def test_the_table_of_routes_is_up_to_date() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")

    assert with_table(page, table()) == page, "run: make schema"


def test_every_kind_of_problem_and_every_scope_is_on_the_page() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")

    assert [kind.slug for kind in Kind if f"`{kind.slug}`" not in page] == []
    assert [scope for scope in Scope if f"`{scope}`" not in page] == []


def test_the_document_is_openapi_3_1_and_every_reference_leads_somewhere() -> None:
    document = json.loads(openapi_json())

    assert document["openapi"] == "3.1.0"
    names = re.findall(r"#/components/schemas/(\w+)", openapi_json())
    assert set(names) <= set(document["components"]["schemas"])


def test_a_change_has_no_defaults_that_a_generated_client_would_send() -> None:
    change = json.loads(openapi_json())["components"]["schemas"]["TaskChange"]

    assert [name for name, field in change["properties"].items() if "default" in field] == []
    assert "required" not in change


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_an_operation_says_all_that_it_needs(operation: Operation) -> None:
    assert operation.summary
    assert operation.path.startswith("/v1/")
    assert len({one.name for one in OPERATIONS}) == len(OPERATIONS)
    if operation.scope:
        assert Kind.UNAUTHENTICATED in kinds_of(operation)
