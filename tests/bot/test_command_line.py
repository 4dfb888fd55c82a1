"""The ``oo`` command: exit codes, JSON, and errors that say what to do next."""

from __future__ import annotations

import asyncio
import io
import json
import re
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from bot import __version__
from tests.bot.conftest import Oo
from tests.scenarios.oo import place

ACROSS_CHANGES = [
    ("Europe/Berlin", "2027-03-27", ["02:30:00+01:00", "03:00:00+02:00", "02:30:00+02:00"]),
    ("Europe/Berlin", "2027-10-30", ["02:30:00+02:00", "02:30:00+02:00", "02:30:00+01:00"]),
    ("Australia/Lord_Howe", "2027-10-02", ["02:30:00+10:30", "02:30:00+11:00", "02:30:00+11:00"]),
    ("Antarctica/Troll", "2027-03-27", ["02:30:00+00:00", "03:00:00+02:00", "02:30:00+02:00"]),
    ("America/Havana", "2027-11-06", ["02:30:00-04:00", "02:30:00-05:00", "02:30:00-05:00"]),
]
ROOT = Path(__file__).parents[2]
AT_NIGHT = ("--times", "02:30", "--quiet", "23:00-02:00", "--days", "3")


@pytest.mark.parametrize(
    "arguments", [("--version",), ("--version", "chat"), ("--version", "plan", "--from")]
)
def test_the_version_is_printed_and_nothing_else_happens(oo: Oo, arguments: tuple[str, ...]) -> None:
    ended = oo(*arguments, OO_CONFIG="there/is/none.yaml")

    assert (ended.code, ended.out, ended.err) == (0, f"oo {__version__}\n", "")


@pytest.mark.parametrize(("zone", "start", "expected"), ACROSS_CHANGES)
def test_plan_keeps_one_slot_a_day_across_clock_changes(
    oo: Oo, zone: str, start: str, expected: list[str]
) -> None:
    ended = oo("plan", "--timezone", zone, "--from", start, *AT_NIGHT, "--json")

    assert ended.code == 0, ended.err
    slots = json.loads(ended.out)
    assert [slot["local"][11:] for slot in slots] == expected
    assert len({slot["local"][:10] for slot in slots}) == 3


@pytest.mark.parametrize("start", ["0001-01-01", "0001-01-02", "9999-12-31", "9990-01-01", "2200-01-01"])
def test_a_plan_beyond_the_calendar_is_refused_in_one_line(oo: Oo, start: str) -> None:
    ended = oo("plan", "--timezone", "Berlin", "--from", start, "--days", "3660")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "The calendar of plans goes from 1900 to 2199.\n"


@pytest.mark.parametrize("start", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Africa/Monrovia"])
def test_plans_can_be_made_up_to_the_ends_of_the_calendar(oo: Oo, zone: str, start: str) -> None:
    ended = oo("plan", "--timezone", zone, "--from", start, "--times", "9:00", "--days", "3660", "--json")

    assert ended.code == 0, ended.err
    assert len(json.loads(ended.out)) == 3660


def test_a_slot_too_close_before_quiet_hours_is_planned_for_their_end(oo: Oo, tmp_path: Path) -> None:
    asked = ("plan", "--timezone", "Berlin", "--from", "2027-06-14", "--days", "1")
    close = ("--times", "21:30 21:59", "--quiet", "22-7")

    usual = ["Mon 14 Jun 2027  21:30", "Tue 15 Jun 2027  7:00 instead of 21:59 (quiet until 7:00)"]
    assert oo(*asked, *close).out.splitlines() == usual
    (tmp_path / "config.yaml").write_text("availability: {guard_seconds: 1800}\n")
    (slot,) = json.loads(oo(*asked, *close, "--json").out)
    assert (slot["slot"], slot["merged"]) == ("2027-06-14T21:30", ["2027-06-14T21:59"])


async def test_the_rules_of_zones_are_those_of_the_package_not_the_machines(tmp_path: Path) -> None:
    machine = tmp_path / "machine" / "Europe"
    machine.mkdir(parents=True)
    tokyo = files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (machine / "Berlin").write_bytes(tokyo)
    here = place(tmp_path, PYTHONTZPATH=str(machine.parent))

    ended = await here.run("plan", "--timezone", "Berlin", "--from", "2027-06-14", "--days", "1", "--json")

    assert ended.code == 0, ended.err
    assert json.loads(ended.out)[0]["utc"] == "2027-06-14T07:00:00Z"


def test_a_city_in_two_zones_is_a_question(oo: Oo) -> None:
    ended = oo("plan", "--timezone", "indiana")

    assert ended.code == 2
    assert "America/Indiana/Indianapolis" in ended.err


def test_plan_says_why_a_slot_was_moved(oo: Oo) -> None:
    ended = oo("plan", "--timezone", "berlin", "--from", "2027-03-27", *AT_NIGHT)

    assert ended.out.splitlines() == [
        "Sat 27 Mar 2027  2:30",
        "Sun 28 Mar 2027  3:00 instead of 2:30 (the clocks go forward)",
        "Mon 29 Mar 2027  2:30",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "--timezone", "Atlantis/Capital"),
        ("plan", "--timezone", "Berlin", "--times", "25:99"),
        ("plan", "--timezone", "Berlin", "--quiet", "9-9"),
        ("plan", "--timezone", "Berlin", "--from", "soon"),
        ("plan", "--timezone", "Berlin", "--days", "0"),
        ("plan", "--timezone", "Berlin", "--from", "0001-01-01"),
        ("plan", "--timezone", "Pacific/Kiritimati", "--from", "9999-12-31"),
        ("plan", "--timezone", "Berlin", "--from", "1899-12-31"),
        ("plan", "--timezone", "indiana"),
        ("plan",),
        ("dance",),
        ("replay",),
        ("run", "fast"),
    ],
)
def test_wrong_use_ends_with_two_and_a_sentence(oo: Oo, arguments: tuple[str, ...]) -> None:
    ended = oo(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.strip()
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "name", ["chat", "run", "plan", "doctor", "migrate", "replay", "evaluate", "export", "delete"]
)
def test_every_command_explains_itself(oo: Oo, name: str) -> None:
    ended = oo(name, "--help")

    assert ended.code == 0
    assert f"oo {name}" in ended.out


def test_doctor_says_what_is_switched_off(oo: Oo) -> None:
    ended = oo("doctor", "--json")

    assert ended.code == 0, ended.err
    found = {finding["what"]: finding for finding in json.loads(ended.out)}
    platforms = ["telegram", "slack", "web push", "mail", "todoist"]
    served = ["vault", "pages", "http api", "sign-in", "events", "language model"]
    assert [*found] == ["configuration", "database", *platforms, *served]
    assert all(finding["ok"] for finding in found.values())
    assert "TELEGRAM_BOT_TOKEN" in found["telegram"]["said"]


@pytest.mark.parametrize(
    ("environment", "what"),
    [
        ({"TELEGRAM_BOT_TOKEN": "1:x", "TELEGRAM_API_URL": "http://127.0.0.1:9"}, "telegram"),
        (
            {"SLACK_BOT_TOKEN": "x", "SLACK_APP_TOKEN": "y", "SLACK_API_URL": "http://127.0.0.1:9/api/"},
            "slack",
        ),
        ({"TODOIST_API_TOKEN": "canary", "TODOIST_API_URL": "http://127.0.0.1:9"}, "todoist"),
        ({"NATS_URL": "nats://oo:canary@127.0.0.1:9"}, "events"),
        ({"LITELLM_URL": "http://127.0.0.1:9"}, "language model"),
        ({"OLLAMA_URL": "http://127.0.0.1:9"}, "language model"),
    ],
)
def test_doctor_finds_what_is_dead(oo: Oo, environment: dict[str, str], what: str) -> None:
    ended = oo("doctor", **environment)

    assert ended.code == 1
    assert f"NO  {what}: " in ended.out
    assert ended.out.count("NO  ") == 1
    assert "canary" not in ended.out


def test_faulty_settings_end_with_two_and_list_all(oo: Oo) -> None:
    ended = oo("chat", OO_ACCESS="all", OO_HTTP_PORT="-1")

    assert ended.code == 2
    assert "OO_ACCESS" in ended.err
    assert "OO_HTTP_PORT" in ended.err


@pytest.mark.parametrize("command", ["run", "migrate", "evaluate"])
def test_an_outage_of_the_database_ends_with_one_so_that_a_service_is_started_again(
    oo: Oo, command: str
) -> None:
    unreachable = "postgresql://oo:canary@127.0.0.1:9/oo"
    ended = oo(command, DATABASE_URL=unreachable, TELEGRAM_BOT_TOKEN="1:x")

    assert ended.code == 1
    assert (
        "The database postgresql://oo@127.0.0.1:9/oo can't be used: its server does not answer" in ended.err
    )
    assert "canary" not in ended.err


def test_the_documented_unit_goes_on_after_an_outage_and_not_after_wrong_settings(oo: Oo) -> None:
    unit = (ROOT / "docs/how-to/run-as-a-service.md").read_text()
    assert "Restart=on-failure" in unit
    (never_again,) = re.findall(r"RestartPreventExitStatus=(\d+)", unit)
    assert oo("run").code == int(never_again)


def test_run_without_a_channel_says_what_to_set(oo: Oo) -> None:
    ended = oo("run")

    assert ended.code == 2
    assert "TELEGRAM_BOT_TOKEN" in ended.err


@pytest.mark.parametrize(
    "arguments", [("replay", "nope"), ("export", "nope"), ("export", "fax:1"), ("delete", "nope", "--yes")]
)
def test_what_is_not_there_ends_with_one_and_a_sentence(oo: Oo, arguments: tuple[str, ...]) -> None:
    oo("migrate")
    ended = oo(*arguments)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ("replay", "--all"),
        ("replay", "d1"),
        ("evaluate",),
        ("promote", "--list"),
        ("promote", "--back"),
        ("promote", "thompson"),
        ("export", "terminal:local"),
        ("delete", "terminal:local", "--yes"),
    ],
)
def test_a_database_that_is_not_there_is_no_empty_one(
    oo: Oo, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended = oo(*arguments, DATABASE_URL=f"sqlite:///{tmp_path}/mistyped/oo.db")

    assert (ended.code, ended.out) == (2, "")
    assert f"DATABASE_URL: can't open {tmp_path}/mistyped/oo.db: No such file" in ended.err
    assert "oo migrate" in ended.err
    assert not (tmp_path / "mistyped").exists()


def test_doctor_makes_no_database(oo: Oo, tmp_path: Path) -> None:
    file = tmp_path / "mistyped" / "oo.db"
    ended = oo("doctor", DATABASE_URL=f"sqlite:///{file}")

    assert ended.code == 0, ended.err
    assert f"ok  database: there is no {file} yet" in ended.out
    assert not file.parent.exists()


def test_doctor_sees_that_no_database_can_be_made(oo: Oo, tmp_path: Path) -> None:
    (tmp_path / "mistyped").write_text("no folder")
    ended = oo("doctor", DATABASE_URL=f"sqlite:///{tmp_path}/mistyped/oo.db")

    assert ended.code == 1
    assert f"none can be made in {tmp_path}/mistyped" in ended.out


def test_doctor_looks_into_the_database_that_is_there(oo: Oo) -> None:
    oo("migrate")

    assert "sqlite:///data/oo.db can be written and is up to date" in oo("doctor").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--timezone", "Nowhere"), 'I don\'t know where "Nowhere" is.'),
        (("--timezone", "Berlin", "--quiet", "late"), 'I didn\'t get "late".'),
        (("--timezone", "Berlin", "--times", ""), "At what times?"),
    ],
)
def test_a_command_line_hears_of_its_own_options_not_of_a_chats_commands(
    oo: Oo, arguments: tuple[str, ...], sentence: str
) -> None:
    assert oo("plan", *arguments).err.splitlines() == [sentence, "See: oo plan --help"]


def test_migrate_can_only_look(oo: Oo, tmp_path: Path) -> None:
    ended = oo("migrate", "--check")
    assert ended.code == 1
    assert "The database has no tables yet; missing: 0001, 0002" in ended.out
    assert not (tmp_path / "data" / "oo.db").exists()
    oo("migrate")
    ended = oo("migrate", "--check")
    assert ended.code == 0
    assert ended.out.startswith("The database is up to date: ")


def test_move_carries_everything_to_an_empty_database(oo: Oo, tmp_path: Path) -> None:
    assert "can't open" in oo("move", "--to", f"sqlite:///{tmp_path}/new.db").err
    oo("migrate")
    ended = oo("move", "--to", f"sqlite:///{tmp_path}/new.db")
    assert ended.code == 0
    assert "the same in both databases" in ended.out
    ended = oo("move", "--to", "mysql://u:secret@h/d")
    assert ended.code == 2
    assert "secret" not in ended.err + ended.out


def test_migrate_twice(oo: Oo) -> None:
    assert oo("migrate").out == oo("migrate").out == "The database is up to date.\n"


def test_a_database_of_a_newer_release_is_left_alone(oo: Oo, tmp_path: Path) -> None:
    (tmp_path / "data" / "oo.db").write_bytes(b"no database at all, but long enough to be one" * 100)

    ended = oo("migrate")

    assert ended.code == 2
    assert "DATABASE_URL" in ended.err


def test_what_the_operator_can_do_for_a_person(
    oo: Oo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = place(tmp_path / "oo")
    typed = "/start\n1\n/timezone Berlin\n/add Pay rent p1\n/tip\n1\n"
    assert "Done at" in asyncio.run(here.run("chat", typed=typed)).out
    [decision] = here.rows("SELECT decision_id FROM decisions")
    url = here.database_url

    replayed = oo("replay", decision["decision_id"], "--json", DATABASE_URL=url)
    exported = oo("export", "terminal:local")
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    kept = oo("delete", "terminal:local")
    assert len(here.rows("SELECT * FROM people")) == 1
    deleted = oo("delete", "terminal:local", "--yes")

    assert json.loads(replayed.out)["same"] is True
    assert json.loads(exported.out)["tables"]["tasks"][0]["title"] == "Pay rent"
    assert kept.code == 130
    assert (deleted.code, deleted.out) == (0, "Deleted.\n")
    assert here.rows("SELECT * FROM people") == []
