"""The ``oo`` command: exit codes, JSON, and errors that say what to do next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.scenarios.oo import Place, place


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path / "oo")


ACROSS_CHANGES = [
    ("Europe/Berlin", "2027-03-27", ["02:30:00+01:00", "03:00:00+02:00", "02:30:00+02:00"]),
    ("Europe/Berlin", "2027-10-30", ["02:30:00+02:00", "02:30:00+02:00", "02:30:00+01:00"]),
    ("Australia/Lord_Howe", "2027-10-02", ["02:30:00+10:30", "02:30:00+11:00", "02:30:00+11:00"]),
    ("Antarctica/Troll", "2027-03-27", ["02:30:00+00:00", "03:00:00+02:00", "02:30:00+02:00"]),
    ("America/Havana", "2027-11-06", ["02:30:00-04:00", "02:30:00-05:00", "02:30:00-05:00"]),
]


@pytest.mark.parametrize(("zone", "start", "expected"), ACROSS_CHANGES)
async def test_plan_keeps_one_slot_a_day_across_clock_changes(
    here: Place, zone: str, start: str, expected: list[str]
) -> None:
    ended = await here.run(
        "plan", "--timezone", zone, "--times", "02:30", "--quiet", "23:00-02:00", "--from", start,
        "--days", "3", "--json",
    )  # fmt: skip

    assert ended.code == 0, ended.err
    slots = json.loads(ended.out)
    assert [slot["local"][11:] for slot in slots] == expected
    assert len({slot["local"][:10] for slot in slots}) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "--timezone", "Atlantis/Capital"),
        ("plan", "--timezone", "Berlin", "--times", "25:99"),
        ("plan", "--timezone", "Berlin", "--from", "soon"),
        ("plan", "--timezone", "Berlin", "--days", "0"),
        ("dance",),
        ("plan",),
    ],
)
async def test_wrong_use_ends_with_two_and_a_sentence(here: Place, arguments: tuple[str, ...]) -> None:
    ended = await here.run(*arguments)

    assert ended.code == 2
    assert ended.err.strip()
    assert "Traceback" not in ended.err


async def test_doctor_says_what_is_switched_off(here: Place) -> None:
    ended = await here.run("doctor", "--json")

    assert ended.code == 0, ended.err
    found = {finding["what"]: finding for finding in json.loads(ended.out)}
    assert all(finding["ok"] for finding in found.values())
    assert "TELEGRAM_BOT_TOKEN" in found["telegram"]["said"]


async def test_doctor_finds_a_dead_telegram(tmp_path: Path) -> None:
    here = place(
        tmp_path / "oo", TELEGRAM_BOT_TOKEN="1:x", TELEGRAM_API_URL="http://127.0.0.1:9", OO_ACCESS="open"
    )

    ended = await here.run("doctor")

    assert ended.code == 1
    assert "NO  telegram" in ended.out


async def test_faulty_settings_end_with_two_and_list_all(tmp_path: Path) -> None:
    here = place(tmp_path / "oo", OO_ACCESS="all", OO_HTTP_PORT="-1")

    ended = await here.run("chat")

    assert ended.code == 2
    assert "OO_ACCESS" in ended.err
    assert "OO_HTTP_PORT" in ended.err


async def test_run_without_a_channel_says_what_to_set(here: Place) -> None:
    ended = await here.run("run")

    assert ended.code == 2
    assert "TELEGRAM_BOT_TOKEN" in ended.err


async def test_replay_of_an_unknown_decision(here: Place) -> None:
    ended = await here.run("replay", "nope")

    assert ended.code == 1
    assert "Traceback" not in ended.err
