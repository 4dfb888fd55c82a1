"""Payloads of many workspaces, of organisations (Enterprise Grid), of shared channels (Slack Connect)."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.origin import origin_of
from adapters.slack.parse import Uninstalled, parse_payload
from core.chat import Said, Tapped
from tests.adapters.inbox import NOW
from tests.adapters.slack.test_parse import MESSAGE, SLASH, SUBMITTED, TAP, event

Json = dict[str, Any]


def authorized(team: str | None, enterprise: str | None = None, *, org_wide: bool = False) -> Json:
    authorization = {"team_id": team, "enterprise_id": enterprise, "user_id": "U0", "is_bot": True}
    return {"authorizations": [authorization | {"is_enterprise_install": org_wide}]}


ORG_TAP = TAP | {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True}
ORG_SLASH = SLASH | {"enterprise_id": "E1", "is_enterprise_install": "true"}


@pytest.mark.parametrize(
    ("payload", "who"),
    [
        (event(MESSAGE), "T1/U1"),
        (event(MESSAGE) | authorized("T1"), "T1/U1"),
        (event(MESSAGE) | authorized("T1", "E1"), "T1/U1"),
        (event(MESSAGE) | {"team_id": "T9"} | authorized("T1", "E1"), "T1/U1"),
        (event(MESSAGE) | authorized(None, "E1", org_wide=True), "E1/U1"),
        (event(MESSAGE) | authorized("T1", "E1", org_wide=True), "E1/U1"),
        (event(MESSAGE) | {"enterprise_id": "E1"} | authorized("T1", org_wide=True), "E1/U1"),
        (event(MESSAGE) | authorized("T1", org_wide=True), "T1/U1"),
        (event(MESSAGE) | {"authorizations": []}, "T1/U1"),
        (event(MESSAGE) | {"authorizations": None}, "T1/U1"),
        (event(MESSAGE) | {"authorizations": [{"team_id": 5}]}, "T1/U1"),
        (TAP, "T1/U1"),
        (ORG_TAP, "E1/U1"),
        (ORG_TAP | {"team": {"id": "T1"}}, "E1/U1"),
        (SUBMITTED, "T1/U1"),
        (SUBMITTED | {"enterprise": {"id": "E1"}, "is_enterprise_install": True}, "E1/U1"),
        (SLASH, "T1/U1"),
        (SLASH | {"is_enterprise_install": "false", "enterprise_id": "E1"}, "T1/U1"),
        (ORG_SLASH, "E1/U1"),
    ],
)
def test_a_person_belongs_to_the_installation(payload: Json, who: str) -> None:
    update = parse_payload(payload, NOW, ())

    assert isinstance(update, Said | Tapped)
    assert update.sender.external_id == who


def test_the_same_user_in_two_teams_is_two_people() -> None:
    first, second = (
        parse_payload(event(MESSAGE) | {"team_id": team} | authorized(team), NOW, ()) for team in ("T1", "T2")
    )

    assert isinstance(first, Said)
    assert isinstance(second, Said)
    assert {first.sender.external_id, second.sender.external_id} == {"T1/U1", "T2/U1"}


@pytest.mark.parametrize(
    "payload",
    [
        event(MESSAGE | {"user_team": "T9"}) | {"is_ext_shared_channel": True} | authorized("T1", "E1"),
        event(MESSAGE | {"team": "T9"}) | authorized("T1"),
        event(MESSAGE | {"user_team": "T9"})
        | {"is_ext_shared_channel": True}
        | authorized(None, "E1", org_wide=True),
        TAP | {"user": {"id": "U1", "team_id": "T9"}},
        SUBMITTED | {"user": {"id": "U1", "team_id": "T9"}},
    ],
)
def test_somebody_of_another_organisation_is_not_for_oo(payload: Json) -> None:
    assert parse_payload(payload, NOW, ()) is None


@pytest.mark.parametrize(
    "payload",
    [
        event(MESSAGE | {"user_team": "T1", "team": "T9"}) | authorized("T1"),
        event(MESSAGE | {"user_team": "E1"}) | authorized("T1", "E1"),
        event(MESSAGE | {"user_team": "T2"}) | authorized(None, "E1", org_wide=True),
        ORG_TAP | {"user": {"id": "U1", "team_id": "T2"}},
    ],
)
def test_somebody_of_the_same_organisation_is(payload: Json) -> None:
    assert parse_payload(payload, NOW, ()) is not None


@pytest.mark.parametrize(
    ("payload", "workspace_id"),
    [
        (event({"type": "app_uninstalled"}), "T1"),
        (event({"type": "app_uninstalled"}) | authorized(None, "E1", org_wide=True), "E1"),
        (event({"type": "tokens_revoked", "tokens": {"bot": ["U0"]}}) | {"team_id": "T2"}, "T2"),
    ],
)
def test_a_removal_names_exactly_one_installation(payload: Json, workspace_id: str) -> None:
    update = parse_payload(payload | {"event_time": int(NOW.timestamp()) - 60}, NOW, ())

    assert isinstance(update, Uninstalled)
    assert update.workspace_id == workspace_id
    assert (NOW - update.happened_at).total_seconds() == pytest.approx(60, abs=1)


@pytest.mark.parametrize("at", [None, "5", -1, True, 10**12, 5.5])
def test_an_odd_time_is_that_of_the_arrival(at: object) -> None:
    update = parse_payload(event({"type": "app_uninstalled"}) | {"event_time": at}, NOW, ())

    assert isinstance(update, Uninstalled)
    assert update.happened_at == NOW


def test_nothing_is_no_installation() -> None:
    assert origin_of({}).workspace_id is None
    assert origin_of({"team": {"id": "t/1"}, "team_id": 5}).workspace_id is None
